//! The cases that are shipped, and their scenario files.

use std::path::{Path, PathBuf};

use backorder::domain::Model;
use backorder::experiment::theory::Case;

use crate::support::replay::{self, Folder};

/// Every case, in the order of the file.
pub fn all_cases() -> Vec<Case> {
    let text = std::fs::read_to_string(folder().join("exact.json")).expect("the cases can be read");
    Case::read_all(&text).unwrap_or_else(|mistakes| panic!("exact.json:\n{}", mistakes.join("\n")))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/theory")
}

/// The names of the scenario files that are there.
pub fn files() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .expect("the folder of theory scenarios is there")
        .map(|entry| entry.expect("its entries can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().expect("a file has a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Loads the scenario of a name.
pub fn load(name: &str) -> Model {
    load_with(name, &[])
}

/// The same with some settings changed.
pub fn load_with(name: &str, settings: &[(&str, &str)]) -> Model {
    let file = format!("{name}.toml");
    let text = std::fs::read_to_string(folder().join(&file)).expect("a scenario can be read");
    replay::load_with(&file, &text, &Folder(folder()), settings)
}
