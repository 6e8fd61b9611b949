//! The worked examples of this folder: each scenario runs, tells what was expected of it, and breaches no invariant.

use std::path::{Path, PathBuf};

use crate::support::expectation::{Pattern, in_order};
use crate::support::replay::{self, Folder};

/// Rules that a worked example shows: all fifteen.
const RULES_SHOWN: usize = 15;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/timelines")
}

fn scenarios() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("the folder of worked examples is there")
        .map(|entry| entry.expect("its entries can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_worked_example_holds() {
    let mut complaints = Vec::new();
    for file in scenarios() {
        let name = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).expect("a scenario can be read");
        let expected = std::fs::read_to_string(file.with_extension("expected.jsonl")).expect("so can what it expects");
        let run = replay::run(&name, &text, &Folder(folder()));
        let patterns: Vec<Pattern> = expected
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| Pattern::from_json(&serde_json::from_str(line).expect("an expected event is JSON")))
            .collect();
        assert!(!patterns.is_empty(), "{name} expects nothing");
        let found = in_order(&patterns.iter().collect::<Vec<_>>(), &run.trace);
        for complaint in run.breaches.iter().chain(&found) {
            complaints.push(format!("{name}: {complaint}\n{}", run.told()));
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn every_rule_has_a_worked_example() {
    let mut rules: Vec<&str> = backorder::rules::Rule::ALL.iter().map(|rule| rule.id()).collect();
    let files = scenarios();
    rules.retain(|rule| {
        files.iter().any(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(rule)))
    });
    assert_eq!(rules.len(), RULES_SHOWN, "only these rules are shown: {rules:?}");
}
