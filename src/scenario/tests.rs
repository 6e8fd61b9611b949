//! Small texts loaded, and the schema held against the reader.

mod agreement;
mod broad;
mod files;
mod opening;
mod period;
mod remedies;
mod slips;
mod sturdy;
mod trace_start;

use super::*;
use crate::domain::*;
use std::collections::BTreeMap;

/// Files by name.
#[derive(Default)]
struct Folder(BTreeMap<String, String>);

impl Files for Folder {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        self.0.get(relative_path).cloned().ok_or_else(|| "there is no such file".to_string())
    }
}

/// A scenario of one zone, one warehouse and one product, with more to be added.
const SMALL: &str = r#"
run = { horizon = "90d" }
zones = [{ id = "home" }]
warehouses = [{ id = "boise" }]
lanes = [{ from = "boise", to = "home", parcel_cost = 5.0, transit = "2d" }]
products = [{ id = "whey" }]
"#;

/// Loads a text with files beside it and settings from the command line.
fn load_with(text: &str, files: &[(&str, &str)], settings: &[(&str, &str)]) -> Result<Loaded, Diagnostics> {
    let folder = Folder(files.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect());
    let settings: Vec<Override> =
        settings.iter().map(|(path, value)| Override { path: path.to_string(), value: value.to_string() }).collect();
    load("small.toml", text, &folder, &settings)
}

fn model_with(text: &str, files: &[(&str, &str)], settings: &[(&str, &str)]) -> Model {
    load_with(text, files, settings).unwrap_or_else(|found| panic!("{found}")).model
}

fn model(text: &str) -> Model {
    model_with(text, &[], &[])
}

/// The small scenario with something added.
fn small(more: &str) -> Model {
    model(&format!("{SMALL}{more}"))
}

/// What a terminal shows.
fn shown(found: &Diagnostics) -> impl Iterator<Item = &Diagnostic> {
    found.list.iter().filter(|one| one.is_shown)
}

/// The codes of what is wrong.
fn codes(text: &str, files: &[(&str, &str)], settings: &[(&str, &str)]) -> Vec<&'static str> {
    match load_with(text, files, settings) {
        Ok(_) => Vec::new(),
        Err(found) => {
            let errors = found.list.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
            errors.map(|diagnostic| diagnostic.code).collect()
        }
    }
}

#[test]
fn a_bare_time_or_date_of_a_setting_is_the_text_that_was_written() {
    let read = |path: &str, value: &str| model_with(SMALL, &[], &[(path, value)]);
    for value in ["14:00", "\"14:00\"", "'14:00'"] {
        let calendar = |model: &Model| format!("{:?}", model.warehouses[0]);
        let quoted = small("[calendar]\n");
        let set = read("warehouses.boise.cut_off", value);
        assert_ne!(calendar(&set), calendar(&quoted), "{value}");
        assert_eq!(calendar(&set), calendar(&read("warehouses.boise.cut_off", "\"14:00\"")), "{value}");
    }
    // Whatever TOML takes for a date or a time, also in a list and in a table.
    for (path, value) in [
        ("name", "2026-01-05"),
        ("name", "2026-01-05T10:00:00Z"),
        ("name", "2026-01-05 10:00:00"),
        ("name", "14:00:30.5"),
    ] {
        assert_eq!(read(path, value).name, value);
    }
    assert!(load_with(SMALL, &[], &[("calendar.holidays", "[2026-12-25]"), ("run.start", "2026-01-05")]).is_ok());
    assert!(load_with(SMALL, &[], &[("calendar", "{ holidays = [2026-12-25] }"), ("run.start", "2026-01-05")]).is_ok());
    let found = load_with(SMALL, &[], &[("run.horizon", "2026-01-05")]).expect_err("it is no duration");
    assert!(found.to_string().contains("count from the start of the replication"), "{found}");
    // In a file, where quotes stay, a date is no text.
    assert_eq!(codes(&format!("name = 2026-01-05\n{SMALL}"), &[], &[]), ["wrong-type"]);
}
