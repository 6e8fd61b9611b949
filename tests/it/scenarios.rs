//! The shipped scenarios: all of them load without a warning, and the large ones do what their headers say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use backorder::domain::Model;
use backorder::rules::Rule;
use backorder::scenario;

use crate::support::expected;
use crate::support::replay::{self, Folder, Replay};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

fn scenarios_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of scenarios is there") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            found.extend(scenarios_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "toml") && !is_study(&path) && !is_import(&path)
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Whether a file is a study of a scenario; those are held by `sweep::studies`.
fn is_study(path: &Path) -> bool {
    scenario::is_study(&std::fs::read_to_string(path).expect("a scenario can be read"))
}

/// Whether a file says how exports are read that a scenario was made of.
fn is_import(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "import.toml")
}

fn model(name: &str, settings: &[(&str, &str)]) -> Model {
    let text = std::fs::read_to_string(folder().join(name)).expect("the scenario is there");
    replay::load_with(name, &text, &Folder(folder()), settings)
}

fn exercised(run: &Replay) -> BTreeSet<Rule> {
    run.firings.keys().copied().collect()
}

#[test]
fn every_scenario_loads_without_a_warning_and_names_its_schema() {
    let scenarios = scenarios_below(&folder());
    assert!(scenarios.len() > 15 + 28, "only {} scenarios", scenarios.len());
    let schema = folder().join("backorder.schema.json").canonicalize().expect("the schema is beside the scenarios");
    for path in scenarios {
        let text = std::fs::read_to_string(&path).expect("a scenario can be read");
        let beside = path.parent().expect("a file has a folder");
        let loaded = scenario::load(&path.to_string_lossy(), &text, &Folder(beside.to_path_buf()), &[]);
        let loaded = loaded.unwrap_or_else(|diagnostics| panic!("{}:\n{diagnostics}", path.display()));
        assert!(loaded.warnings.is_empty(), "{}: {}", path.display(), loaded.warnings[0]);
        let named = text.lines().next().and_then(|line| line.strip_prefix("#:schema "));
        let named = named.unwrap_or_else(|| panic!("{} names no schema", path.display()));
        let named = beside.join(named).canonicalize().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(named, schema, "{}", path.display());
    }
}

#[test]
fn the_schema_beside_the_scenarios_is_the_one_that_backorder_prints() {
    let printed = format!("{:#}\n", scenario::json_schema());
    let meaning = "It is made from the declarations: UPDATE_EXPECTED=1 cargo test --test it scenarios";
    expected::matches(Path::new("scenarios/backorder.schema.json"), &printed, meaning);
}

#[test]
fn superstore_replays_every_real_order_under_the_auditor() {
    let run = replay::replay(&model("superstore.toml", &[]));
    assert!(run.breaches.is_empty(), "{:?}", run.breaches);
    let numbers = |event: &str| -> BTreeSet<u64> {
        run.trace.iter().filter(|line| line["event"] == event).filter_map(|line| line["order"].as_u64()).collect()
    };
    // An order all of whose lines were dropped at the page is asked for and not placed.
    let asked: BTreeSet<u64> = numbers("order-placed").union(&numbers("lost-at-display")).copied().collect();
    assert_eq!(asked, (1..=5_009).collect());
    let all_but_abroad: BTreeSet<Rule> =
        Rule::ALL.into_iter().filter(|rule| *rule != Rule::InternationalComplete).collect();
    assert_eq!(exercised(&run), all_but_abroad);
}

#[test]
fn supplements_exercises_every_rule_under_the_auditor() {
    // A tenth of the orders, and long enough for the age limit to come up; the levels follow the forecast.
    let shorter = [
        ("run.warm_up", "0d"),
        ("run.run_out", "0d"),
        ("run.horizon", "120d"),
        ("demand.orders_per_day", "300"),
        ("run.replan", "true"),
    ];
    let run = replay::replay(&model("supplements.toml", &shorter));
    assert!(run.breaches.is_empty(), "{:?}", run.breaches);
    assert_eq!(exercised(&run), Rule::ALL.into_iter().collect());
}
