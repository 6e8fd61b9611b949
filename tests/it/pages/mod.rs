//! The pages of `docs/` cannot rot: what they show loads, what they list is complete, what they name exists.

mod conventions;
mod finished;
mod glossary;
mod keys;
mod links;
mod measures;
mod scenario_format;
mod supplements;

use crate::support::expected::root;

/// The text of a page.
fn page(name: &str) -> String {
    let path = root().join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The pages of `docs/`, by their paths.
fn pages() -> Vec<String> {
    let mut pages: Vec<String> = std::fs::read_dir(root().join("docs"))
        .expect("the folder of pages is there")
        .map(|entry| entry.expect("an entry can be read").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".md"))
        .map(|name| format!("docs/{name}"))
        .collect();
    pages.sort();
    assert!(pages.len() >= 6, "{pages:?}");
    pages
}
