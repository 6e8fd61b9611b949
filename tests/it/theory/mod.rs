//! Agreement with theory: scenarios whose measures are known exactly, judged by their own intervals.
//!
//! Each case of `scenarios/theory/exact.json` has a scenario file beside it (several where the answer must not depend
//! on the distribution of the lead time). In `cargo test` they are cut to a fortieth; with the environment
//! variable `BACKORDER_LONG=1` they run as they stand, and only then the intervals must be narrow enough to be informative:
//!
//! ```text
//! BACKORDER_LONG=1 cargo test --release theory -- --nocapture
//! ```
//!
//! prints the table of exact values, simulated values, half-widths and z-scores, as `backorder theory` does. What the
//! measures count, and how agreement is judged, stands in the README of that folder.

mod cases;
mod coverage;

use backorder::experiment::theory::{Case, Finding, Judgement, findings, shorten};
use backorder::experiment::{Settings, replicate};
use backorder::report;

use cases::all_cases;

/// Whether the long form is wanted.
fn long() -> bool {
    std::env::var_os("BACKORDER_LONG").is_some_and(|value| value == "1")
}

/// Runs every scenario of a case and compares every value.
fn found(case: &Case) -> Vec<Finding> {
    let run = |scenario: &String| {
        let settings: Vec<(&str, &str)> = case.set.iter().filter_map(|setting| setting.split_once('=')).collect();
        assert_eq!(settings.len(), case.set.len(), "{}: a setting is `key=value`", case.id);
        let mut model = cases::load_with(scenario, &settings);
        if !long() {
            shorten(&mut model);
        }
        let results =
            replicate(&model, &Settings::default()).unwrap_or_else(|error| panic!("{scenario} does not run: {error}"));
        findings(case, case.name_of(scenario), &results).unwrap_or_else(|error| panic!("{error}"))
    };
    case.scenarios.iter().flat_map(run).collect()
}

#[test]
fn simulated_measures_agree_with_theory() {
    let findings: Vec<Finding> = all_cases().iter().flat_map(found).collect();
    let judgement = Judgement::of(&findings, long());
    let table = report::text(&report::theory_document(&judgement));
    println!("{table}");
    assert!(judgement.defects().is_empty(), "\n{table}");
}

#[test]
fn every_case_has_its_scenarios_and_every_scenario_its_case() {
    let mut expected: Vec<String> = all_cases().into_iter().flat_map(|case| case.scenarios).collect();
    expected.sort();
    expected.dedup();
    assert_eq!(cases::files(), expected);
    for scenario in expected {
        let model = cases::load(&scenario);
        assert_eq!(model.name(), scenario, "a scenario bears the name of its file");
    }
}
