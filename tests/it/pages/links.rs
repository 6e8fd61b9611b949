//! Links between pages lead somewhere, and every page can be found from the README.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{page, pages};
use crate::support::expected::root;

/// The targets of a page's links that stay within the repository: file and, perhaps, heading.
fn links(text: &str) -> Vec<(String, Option<String>)> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
        .filter(|target| !target.contains("://"))
        .map(|target| match target.split_once('#') {
            Some((file, heading)) => (file.to_string(), Some(heading.to_string())),
            None => (target.to_string(), None),
        })
        .collect()
}

/// A heading as it is named in links.
fn anchor(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c)).collect::<String>().replace(' ', "-")
}

/// A path without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

#[test]
fn every_link_leads_somewhere() {
    let mut broken = Vec::new();
    let mut all = pages();
    all.push("README.md".into());
    for path in &all {
        let folder = Path::new(path).parent().unwrap_or(Path::new(""));
        for (file, heading) in links(&page(path)) {
            let target = if file.is_empty() { PathBuf::from(path) } else { plain(&folder.join(&file)) };
            if !root().join(&target).exists() {
                broken.push(format!("{path}: {file}"));
            } else if let Some(heading) = heading {
                let text = page(&target.to_string_lossy());
                let headings: BTreeSet<String> =
                    text.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
                if !headings.contains(&heading) {
                    broken.push(format!("{path}: {file}#{heading}"));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_readme_leads_to_every_page() {
    let linked: BTreeSet<String> = links(&page("README.md")).into_iter().map(|(file, _)| file).collect();
    let missing: Vec<String> = pages().into_iter().filter(|path| !linked.contains(path)).collect();
    assert!(missing.is_empty(), "the README links none of {missing:?}");
}

#[test]
fn headings_are_named_as_readers_link_to_them() {
    assert_eq!(anchor("### Levels from a target"), "levels-from-a-target");
    assert_eq!(links("[a](b.md#c), [d](https://e.f), [g](h)").len(), 2);
}
