//! The cases: exact values, and the scenario files that must reproduce them.

use std::path::{Path, PathBuf};

use backorder::domain::Model;
use serde_json::Value;

use crate::support::replay::{self, Folder};

/// Cases with one answer for several distributions of the lead time: a scenario file for each.
const VARIANTS: [(&str, &[&str]); 3] = [
    ("palm", &["constant", "exponential", "uniform", "gamma", "lognormal"]),
    ("lost-sales", &["constant", "gamma"]),
    ("keep-when-backordered", &["constant", "exponential"]),
];

/// Values that rest on another reading than ours, by case and measure, with what our reading adds.
///
/// On hand is physical stock until the parcel departs. The pooled warehouse packs for six hours, six orders a day: to its
/// free stock, which is what the formula gives, come 6 × 0.25 units that are being packed.
const READ_OTHERWISE: [(&str, &str, f64); 1] = [("pooled-warehouse", "on_hand_mean_units", 6.0 * 0.25)];

/// A case of `exact_cases.json`.
pub struct Case {
    /// Its name.
    pub id: String,
    /// What is known of it.
    pub values: Vec<Exact>,
}

/// A measure known exactly.
pub struct Exact {
    /// Its name in the summary.
    pub metric: String,
    /// Its value.
    pub exact: f64,
    /// Whether there is no spread: every replication has just this value.
    pub equals: bool,
}

impl Case {
    /// The names of its scenarios.
    pub fn scenarios(&self) -> Vec<String> {
        match VARIANTS.iter().find(|(id, _)| *id == self.id) {
            Some((id, variants)) => variants.iter().map(|variant| format!("{id}-{variant}")).collect(),
            None => vec![self.id.clone()],
        }
    }
}

/// Every case, in the order of the file.
pub fn all_cases() -> Vec<Case> {
    let text = include_str!("exact_cases.json");
    let file: Value = serde_json::from_str(text).expect("the cases are JSON");
    let text = |value: &Value| value.as_str().expect("a name is a text").to_string();
    file["cases"]
        .as_array()
        .expect("the cases are a list")
        .iter()
        .map(|case| {
            let id = text(&case["id"]);
            let values = case["values"].as_array().expect("the values are a list");
            let values = values
                .iter()
                .map(|value| {
                    let metric = text(&value["metric"]);
                    let exact = value["exact"].as_f64().expect("an exact value is a number");
                    let equals = value["equals"].as_bool().unwrap_or(false);
                    Exact { exact: exact + added(&id, &metric), metric, equals }
                })
                .collect();
            Case { id, values }
        })
        .collect()
}

fn added(id: &str, metric: &str) -> f64 {
    READ_OTHERWISE.iter().filter(|(case, of, _)| *case == id && *of == metric).map(|(_, _, more)| more).sum()
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
    let file = format!("{name}.toml");
    let text = std::fs::read_to_string(folder().join(&file)).expect("a scenario can be read");
    replay::load(&file, &text, &Folder(folder()))
}
