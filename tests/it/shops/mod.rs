//! `import`: scenarios out of shops' exports. The files are made up from the headers that their makers publish, with the oddities of
//! real ones.

mod doubts;
mod fits;
mod layouts;
mod oddities;
mod people;
mod settings;
mod shopify;
mod trials;
mod valid;

use std::path::{Path, PathBuf};
use std::process::Output;

use crate::cli::{assert_exit, folder, stderr, stdout, with};

/// A folder of a test's own with files.
fn with_files(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = folder(&format!("shops-{name}"));
    for (file, text) in files {
        std::fs::write(folder.join(file), text).expect("the folder takes a file");
    }
    folder
}

/// Imports into `shop` below a folder.
fn import(folder: &Path, options: &str, more: &[&str]) -> Output {
    with(folder, &format!("import shop {options}"), more)
}

/// Imports, which goes well, and reads the scenario, which is valid; what validating it prints, and what the import printed.
#[track_caller]
fn imported(folder: &Path, options: &str, more: &[&str]) -> (String, String) {
    let output = import(folder, options, more);
    assert_exit(&output, 0);
    let valid = with(folder, "validate shop/scenario.toml", &[]);
    assert_exit(&valid, 0);
    // A sample of few days is shorter than any lead time, and some have two products that a spreadsheet would take for one: all there
    // is to warn of.
    let is_known =
        |line: &str| line.starts_with("warning: the horizon") || line.ends_with("are one number written in two ways");
    let told = stderr(&valid);
    assert!(told.lines().filter(|line| line.starts_with("warning")).all(is_known), "{told}");
    let valid = stdout(&valid).split_whitespace().collect::<Vec<_>>().join(" ");
    (valid, format!("{}{}", stdout(&output), stderr(&output)))
}

fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Every file below a folder with its content.
fn all_files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("its entries").path();
        if path.is_dir() {
            found.extend(all_files(&path));
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            found.push((path, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    found
}

/// Whether a text, as a person reads it, holds another: line breaks and runs of blanks count as one blank.
#[track_caller]
fn assert_says(text: &str, what: &str) {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(what), "{what:?} is not in:\n{text}");
}
