//! What real scenarios have and the retailer lacks, one core: seasons of week and year, products bought together, counts from a list,
//! vendors that fail. Each is added to the retailer by itself, and all of them together, with all measures; in turn, so that
//! what else the machine does falls on all of them. Medians and ratios to the retailer without them are printed.

#[path = "../network/mod.rs"]
mod network;

use backorder::domain::Model;
use backorder::engine::Plan;
use backorder::observe::Tally;
use network::{Size, Work, median, model_of, timed};

/// Measured runs of each variant.
const RUNS: usize = 5;

/// A change of the retailer's text: what is put in place of what.
type Change = (&'static str, &'static str);

const SEASONS: Change = (
    "units_per_line =",
    "weekly = [1.10, 1.06, 1.02, 0.98, 0.94, 0.92, 0.98], \
     yearly = [1.55, 1.25, 1.05, 0.95, 0.90, 0.85, 0.80, 0.80, 0.85, 0.90, 1.20, 0.90], units_per_line =",
);
const AFFINITY: [Change; 2] = [
    ("units_per_line =", "affinity = 0.15, units_per_line ="),
    ("substitutes = { group_size = 4 }", "substitutes = { group_size = 4 }\nbought_with = { group_size = 5 }"),
];
const LISTED: Change = (
    "units_per_line = { geometric = { mean = 1.4 } }",
    "units_per_line = { empirical = { values = [1, 2, 3, 4], weights = [0.72, 0.19, 0.06, 0.03] } }",
);
const DISRUPTIONS: [Change; 2] = [
    (
        "mean = \"8d\", cv = 0.5 } }",
        "mean = \"8d\", cv = 0.5 } }\ndisruption = { every = { exponential = { mean = \"60d\" } }, lasts = \"7d\" }",
    ),
    (
        "mean = \"12d\", cv = 0.5 } }",
        "mean = \"12d\", cv = 0.5 } }\ndisruption = { every = { exponential = { mean = \"60d\" } }, lasts = \"7d\" }",
    ),
];

fn main() {
    let size = Size { products: 10_000, warehouses: 10, orders_per_day: 10_000.0, days: 180 };
    let changed = |changes: &[Change]| {
        let text = changes.iter().fold(size.text(), |text, (from, to)| {
            assert!(text.contains(from), "the retailer's text has `{from}`");
            text.replacen(from, to, 1)
        });
        model_of(&text)
    };
    let all: Vec<Change> = [LISTED, SEASONS].into_iter().chain(AFFINITY).chain(DISRUPTIONS).collect();
    let variants: [(&str, Model); 6] = [
        ("the retailer", size.model()),
        ("seasons of week and year", changed(&[SEASONS])),
        ("products bought together", changed(&AFFINITY)),
        ("counts from a list", changed(&[LISTED])),
        ("vendors that fail", changed(&DISRUPTIONS)),
        ("all of them", changed(&all)),
    ];
    let plans: Vec<Plan<'_>> = variants.iter().map(|(_, model)| Plan::new(model)).collect();
    let works: Vec<Work> = plans.iter().map(work_of).collect();
    let mut times = vec![Vec::new(); variants.len()];
    for _ in 0..RUNS {
        for (((_, model), plan), (work, times)) in variants.iter().zip(&plans).zip(works.iter().zip(&mut times)) {
            let (_, seconds) = timed(|| {
                let mut tally = Tally::new(model);
                plan.run(0, &mut tally).expect("all of it can be counted");
                tally.into_outcome()
            });
            times.push(seconds / work.lines as f64);
        }
    }
    println!("the retailer with what real scenarios have, all measures, one core, medians of {RUNS} interleaved runs");
    println!(
        "{:<28}{:>12}{:>12}{:>11}{:>20}{:>8}",
        "", "ns a line", "M lines/s", "filled", "orders bought/line", "ratio"
    );
    let medians: Vec<f64> = times.iter_mut().map(|times| median(times)).collect();
    for (((name, _), work), seconds) in variants.iter().zip(&works).zip(&medians) {
        println!(
            "{name:<28}{:>12.1}{:>12.2}{:>9.1} %{:>20.3}{:>8.2}",
            seconds * 1e9,
            1e-6 / seconds,
            100.0 * work.filled as f64 / work.lines as f64,
            work.purchase_orders as f64 / work.lines as f64,
            seconds / medians[0]
        );
    }
}

/// What a replication has to do.
fn work_of(plan: &Plan<'_>) -> Work {
    let mut work = Work::default();
    plan.run(0, &mut work).expect("all of it can be counted");
    work
}
