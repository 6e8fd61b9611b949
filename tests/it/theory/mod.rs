//! Agreement with theory: scenarios whose measures are known exactly, judged by their own intervals.
//!
//! Each case of `exact_cases.json` has a scenario file under `scenarios/theory/` (several where the answer must not depend
//! on the distribution of the lead time). In `cargo test` they are cut to a fortieth; with the environment
//! variable `BACKORDER_LONG=1` they run as they stand, and only then the intervals must be narrow enough to be informative:
//!
//! ```text
//! BACKORDER_LONG=1 cargo test --release theory -- --nocapture
//! ```
//!
//! prints the table of exact values, simulated values, half-widths and z-scores. What the measures count, and how agreement
//! is judged, stands in this folder's README.

mod cases;
mod coverage;
mod judge;

use backorder::domain::{DAY, Model, Replications, Span};
use backorder::experiment::{Settings, replicate};
use backorder::measures::Metric;

use cases::{Case, all_cases};
use judge::{Finding, Judgement};

/// Whether the long form is wanted.
fn long() -> bool {
    std::env::var_os("BACKORDER_LONG").is_some_and(|value| value == "1")
}

/// Cuts a scenario to a fortieth: its horizon, or its replications where a short horizon is the point of the case.
fn shorten(model: &mut Model) {
    if model.run.horizon > Span::from_days(10 * 365) {
        // Whole weeks, because reviews and demand of some cases follow the week.
        model.run.horizon = Span::from_days(model.run.horizon.0 / DAY / 40 / 7 * 7);
    } else {
        model.run.replications = Replications::Fixed(60);
    }
}

/// Runs every scenario of a case and compares every value.
fn findings(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for scenario in case.scenarios() {
        let mut model = cases::load(&scenario);
        if !long() {
            shorten(&mut model);
        }
        let results = replicate(&model, &Settings::default(), &|_, _| ())
            .unwrap_or_else(|error| panic!("{scenario} does not run: {error}"));
        for value in &case.values {
            let metric = Metric::from_name(&value.metric)
                .unwrap_or_else(|| panic!("{}: no measure is called `{}`", case.id, value.metric));
            let estimate = results
                .estimate(metric)
                .unwrap_or_else(|| panic!("{scenario}: nothing was measured for {}", value.metric));
            findings.push(Finding {
                scenario: scenario.clone(),
                metric: value.metric.clone(),
                exact: value.exact,
                equals: value.equals,
                mean: estimate.mean,
                half_width: estimate.half_width.unwrap_or(0.0),
                replications: results.replications(),
            });
        }
    }
    findings
}

#[test]
fn simulated_measures_agree_with_theory() {
    let findings: Vec<Finding> = all_cases().iter().flat_map(findings).collect();
    let judgement = Judgement::of(&findings, long());
    println!("{}", judgement.table());
    assert!(judgement.defects().is_empty(), "\n{}\n{}", judgement.table(), judgement.defects().join("\n"));
}

#[test]
fn every_case_has_its_scenarios_and_every_scenario_its_case() {
    let mut expected: Vec<String> = all_cases().iter().flat_map(Case::scenarios).collect();
    expected.sort();
    assert_eq!(cases::files(), expected);
    for scenario in expected {
        let model = cases::load(&scenario);
        assert_eq!(model.name, scenario, "a scenario bears the name of its file");
    }
}
