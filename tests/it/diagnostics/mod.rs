//! Diagnostics by example: `broken/` holds a scenario for each kind of mistake, and beside it the exact message.
//!
//! A scenario's first lines may carry settings from the command line, as `# --set path=value`. After a change of
//! wording, `UPDATE_EXPECTED=1 cargo test --test it diagnostics` writes the messages anew: read every one of them in
//! the diff as the planner who made the mistake would.

use backorder::measures::Metric;
use backorder::scenario::{Files, Override, Setting, load_knowing};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        std::fs::read_to_string(self.0.join(relative_path)).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".to_string(),
            _ => error.to_string(),
        })
    }
}

/// What is said about a scenario.
fn told(folder: &Path, name: &str) -> String {
    let text = std::fs::read_to_string(folder.join(name)).expect("the scenario is there");
    let settings: Vec<Setting> = text
        .lines()
        .filter_map(|line| line.strip_prefix("# --set ")?.split_once('='))
        .map(|(path, value)| Override { path: path.into(), value: value.into() }.into())
        .collect();
    let measures: Vec<&str> = Metric::ALL.iter().map(|metric| metric.name()).collect();
    match load_knowing(&measures, name, &text, &Folder(folder.to_path_buf()), &settings) {
        Err(found) => found.to_string(),
        Ok(loaded) => {
            let mut told = String::new();
            for warning in &loaded.warnings {
                writeln!(told, "{warning}").expect("a string can be written to");
            }
            told + "accepted\n"
        }
    }
}

#[test]
fn every_mistake_gets_its_message() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/diagnostics/broken");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry can be read").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = String::new();
    for name in &names {
        let expected_at = folder.join(name.replace(".toml", ".expected.txt"));
        let told = told(&folder, name);
        if update {
            std::fs::write(&expected_at, &told).expect("the expectation can be written");
            continue;
        }
        let expected = std::fs::read_to_string(&expected_at).unwrap_or_default();
        if told != expected {
            write!(wrong, "── {name}, expected:\n{expected}── but told:\n{told}").expect("a string can be written to");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(names.len() >= 60, "only {} mistakes are shown", names.len());
}

#[test]
fn a_mistake_is_an_error_and_an_oddity_is_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/diagnostics/broken");
    for entry in std::fs::read_dir(&folder).expect("the folder is there") {
        let name = entry.expect("an entry can be read").file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") {
            assert_eq!(told(&folder, &name).ends_with("accepted\n"), name.starts_with("odd-"), "{name}");
        }
    }
}
