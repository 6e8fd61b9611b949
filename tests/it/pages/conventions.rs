//! What the pages name exists: measures, keys of the scenario file, rules, tests.

use std::collections::BTreeSet;

use backorder::domain::settings::{LeverName, Words};
use backorder::measures::Metric;
use backorder::report;
use backorder::rules::Rule;
use backorder::scenario;
use serde_json::Value as Json;

use super::{page, pages};
use crate::support::expected::root;

/// Every key of the scenario file, at any depth.
fn keys() -> BTreeSet<String> {
    fn collect(schema: &Json, found: &mut BTreeSet<String>) {
        match schema {
            Json::Object(map) => {
                found.extend(
                    map.get("properties").and_then(Json::as_object).into_iter().flatten().map(|(key, _)| key.clone()),
                );
                map.values().for_each(|value| collect(value, found));
            }
            Json::Array(values) => values.iter().for_each(|value| collect(value, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    collect(&scenario::json_schema(), &mut found);
    found
}

/// The names of all functions of the integration tests, and of the rules' rooms.
fn tests_and_rooms() -> BTreeSet<String> {
    let mut found: BTreeSet<String> = Rule::ALL.into_iter().map(|rule| rule.id().replace('-', "_")).collect();
    let mut folders = vec![root().join("tests/it")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of tests") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a test is text");
                let functions = text.split("fn ").skip(1).filter_map(|rest| rest.split_once('('));
                found.extend(functions.map(|(name, _)| name.to_string()));
            }
        }
    }
    found
}

/// Words in backticks that look like a name of the program's: `snake_case`, or `kebab-case`.
fn names(text: &str) -> BTreeSet<&str> {
    let prose: Vec<&str> = text.split("```").step_by(2).collect();
    let quoted = prose.into_iter().flat_map(|part| part.split('`').skip(1).step_by(2));
    let is_name = |name: &&str| {
        name.contains('_')
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    quoted.filter(is_name).collect()
}

#[test]
fn every_name_on_the_pages_is_a_measure_a_key_a_rule_or_a_test() {
    let mut known_names = keys();
    known_names.extend(Metric::ALL.iter().map(|metric| metric.name().to_string()));
    known_names.extend(report::LEVEL_COLUMNS.map(String::from));
    known_names.extend(report::EventSummary::NAMES.map(String::from));
    known_names.extend(tests_and_rooms());
    known_names.extend(LeverName::WORDS.iter().map(ToString::to_string));
    // A field of the inventory exports that are imported, which is called otherwise in a scenario.
    known_names.insert("on_hand".to_string());
    // A field of the exports of products that are imported.
    known_names.insert("weight_unit".to_string());
    // A field of a promise in `summary.json`.
    known_names.insert("cannot_break".to_string());
    let mut unknown = Vec::new();
    let mut known = 0;
    // The page of proof names tests, which are neither.
    for path in pages().into_iter().filter(|path| !path.ends_with("proof.md")) {
        let text = page(&path);
        for name in names(&text) {
            if known_names.contains(name) {
                known += 1;
            } else {
                unknown.push(format!("{path}: {name}"));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
    assert!(known > 100, "{known} names");
}

/// The conventions cover what has more than one reading; a measure that comes in later should be looked at.
#[test]
fn the_conventions_speak_of_the_measures_with_several_readings() {
    let conventions = page("docs/conventions.md");
    for name in [
        "ready_rate",
        "cycle_service_level",
        "backorder_wait_days_mean",
        "back_within_3_days_share",
        "ship_days_mean",
        "deliver_days_mean",
        "international_wait_days_mean",
        "late_notice_share",
        "split_order_share",
        "parcels_per_order",
        "contacts_per_day",
        "on_hand_mean_units",
        "on_order_mean_units",
        "backorders_mean_units",
        "auto_cancelled_order_share",
        "expedited_order_share",
        "inventory_turns",
        "network_availability_share",
        "display_mismatch_line_share",
        "cost_per_order",
        "open_order_share",
    ] {
        assert!(Metric::from_name(name).is_some(), "{name}");
        assert!(conventions.contains(&format!("`{name}`")), "docs/conventions.md does not speak of {name}");
    }
}

#[test]
fn every_rule_is_on_some_page() {
    let all: String = pages().iter().map(|path| page(path)).collect();
    for rule in Rule::ALL {
        assert!(all.contains(rule.id()), "{}", rule.id());
    }
}
