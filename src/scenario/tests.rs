//! Small texts loaded, and the schema held against the reader.

mod agreement;
mod broad;
mod files;
mod opening;
mod period;
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
