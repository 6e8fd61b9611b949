//! What common random numbers bring: the variance of a paired difference over that of a difference of independent runs,
//! for changes that move events about. Each is a comparison of a scenario of 1,000 products with a changed one; once with
//! fast movers, once with slow ones.
//!
//! ```text
//! cargo bench --bench variance
//! ```
//!
//! Fails when, of the fast movers, (r, Q) against (r, Q + 2) leaves more than 0.15 of the variance of `unit_fill_rate` or `cost_per_order`.
//! `BACKORDER_REPLICATIONS` sets another number of replications than the scenario's.

use std::process::ExitCode;

use backorder::domain::Model;
use backorder::experiment::{Alternative, Comparison, Judging, Settings, compare};
use backorder::measures::Metric;
use backorder::scenario::{self, Override};

/// The most of the variance that may be left of these two measures, by the first change of the first case.
const MOST: f64 = 0.15;
const HELD: [Metric; 2] = [Metric::UnitFillRate, Metric::CostPerOrder];

/// The measures shown, with their headings.
const SHOWN: [(Metric, &str); 6] = [
    (Metric::UnitFillRate, "unit fill"),
    (Metric::OrderFillRate, "order fill"),
    (Metric::BackorderWaitDaysMean, "wait"),
    (Metric::ParcelsPerOrder, "parcels"),
    (Metric::OnHandMeanUnits, "on hand"),
    (Metric::CostPerOrder, "cost"),
];

/// A setting.
type Setting = (&'static str, &'static str);

/// A scenario, and the changes to it; the first change of the first scenario is the one that is held to [`MOST`].
struct Case {
    about: &'static str,
    settings: &'static [Setting],
    changes: &'static [(&'static str, Setting)],
}

const CASES: [Case; 2] = [
    Case {
        about: "fast movers: lead times make most of the luck, and they are the same in both",
        settings: &[],
        changes: &[
            ("Q + 2", ("replenishment.quantity", "62")),
            ("r + 1", ("replenishment.reorder_point", "41")),
            ("sourcing: nearest", ("sourcing.policy", "nearest")),
            ("one warehouse an order", ("rules.backorder.pool", "warehouse")),
            ("nothing ships ahead", ("rules.split.ship_available", "0")),
            ("complete orders first", ("rules.backorder.priority", "complete-first")),
        ],
    },
    Case {
        about: "slow movers: which customers meet an empty shelf depends on where in its cycle the stock is",
        settings: &[
            ("demand.orders_per_day", "1000"),
            ("replenishment.reorder_point", "9"),
            ("replenishment.quantity", "16"),
        ],
        changes: &[
            ("Q + 2", ("replenishment.quantity", "18")),
            ("r + 1", ("replenishment.reorder_point", "10")),
            ("sourcing: nearest", ("sourcing.policy", "nearest")),
            ("one warehouse an order", ("rules.backorder.pool", "warehouse")),
            ("nothing ships ahead", ("rules.split.ship_available", "0")),
            ("complete orders first", ("rules.backorder.priority", "complete-first")),
        ],
    },
];

/// The scenario needs no table beside it.
struct NoFiles;

impl scenario::Files for NoFiles {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        Err(format!("{relative_path}: the benchmark's scenario has no tables"))
    }
}

fn model(changes: &[Override]) -> Model {
    let text = include_str!("scenario.toml");
    let model = match scenario::load("benches/variance/scenario.toml", text, &NoFiles, changes) {
        Ok(loaded) => loaded.model,
        Err(diagnostics) => panic!("{diagnostics}"),
    };
    match std::env::var("BACKORDER_REPLICATIONS").ok().and_then(|text| text.parse().ok()) {
        Some(count) => model.with_replications(count),
        None => model,
    }
}

/// The comparison of a case's scenario with each of its changes.
fn compared(case: &Case) -> Comparison {
    let setting = |&(path, value): &Setting| Override { path: path.into(), value: value.into() };
    let base: Vec<Override> = case.settings.iter().map(setting).collect();
    let alternative = |name: &str, change: Option<&Setting>| Alternative {
        name: name.into(),
        changes: String::new(),
        model: model(&base.iter().cloned().chain(change.map(setting)).collect::<Vec<_>>()),
    };
    let mut alternatives = vec![alternative("as it is", None)];
    alternatives.extend(case.changes.iter().map(|(name, change)| alternative(name, Some(change))));
    match compare(&alternatives, &Settings::default(), &Judging::default(), &[]) {
        Ok(found) => found,
        Err(error) => panic!("{error}"),
    }
}

fn print(case: &Case, found: &Comparison) {
    let fill = found.results[0].estimate(Metric::UnitFillRate).map_or(0.0, |estimate| estimate.mean);
    println!("\n{}", case.about);
    println!("{} replications, unit fill rate {:.1} %\n", found.replications, fill * 100.0);
    print!("{:<24}", "change");
    for (_, name) in SHOWN {
        print!("{name:>11}");
    }
    println!();
    for (contrast, (name, _)) in found.contrasts.iter().zip(case.changes) {
        print!("{name:<24}");
        for (metric, _) in SHOWN {
            match contrast[metric.index()].variance_ratio {
                Some(ratio) => print!("{ratio:>11.4}"),
                None => print!("{:>11}", "–"),
            }
        }
        println!();
    }
}

fn main() -> ExitCode {
    println!("Var(paired difference) / Var(difference of independent runs)");
    let mut too_much: Vec<&str> = Vec::new();
    for (index, case) in CASES.iter().enumerate() {
        let found = compared(case);
        print(case, &found);
        if index == 0 {
            let ratio = |metric: &Metric| found.contrasts[0][metric.index()].variance_ratio;
            let exceeds = HELD.into_iter().filter(|metric| ratio(metric).is_none_or(|ratio| ratio > MOST));
            too_much = exceeds.map(Metric::name).collect();
        }
    }
    if too_much.is_empty() {
        println!("\nQ + 2 of the fast movers leaves at most {MOST} of unit_fill_rate and cost_per_order.");
        return ExitCode::SUCCESS;
    }
    println!("\nQ + 2 of the fast movers leaves more than {MOST} of {}.", too_much.join(" and "));
    ExitCode::FAILURE
}
