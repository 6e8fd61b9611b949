//! What the pages name exists: measures, keys of the scenario file, rules, files of a result folder.

use std::collections::BTreeSet;

use backorder::measures::Metric;
use backorder::rules::Rule;
use backorder::scenario;
use serde_json::Value as Json;

use super::{page, pages};

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
fn every_name_on_the_pages_is_a_measure_or_a_key() {
    let keys = keys();
    let mut unknown = Vec::new();
    let mut known = 0;
    // The page of proof names tests, which are neither.
    for path in pages().into_iter().filter(|path| !path.ends_with("proof.md")) {
        let text = page(&path);
        for name in names(&text) {
            if keys.contains(name) || Metric::from_name(name).is_some() {
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
