//! The reference retailer is what its page says.
//!
//! In `cargo test` half of its orders are looked at, for four months; with `BACKORDER_LONG=1` all of it, replication by replication, and the
//! scorecard on the page is compared with the one that is printed (`UPDATE_EXPECTED=1` writes it anew: then look at every
//! other number of the page too).

use std::path::Path;

use backorder::domain::Model;
use backorder::experiment::{Results, Settings, replicate};
use backorder::measures::Metric;
use backorder::report;
use backorder::rules::Rule;

use super::page;
use crate::support::expected::{self, root};
use crate::support::replay::{self, Folder};

const PAGE: &str = "docs/supplements.md";

fn long() -> bool {
    std::env::var_os("BACKORDER_LONG").is_some_and(|value| value == "1")
}

fn model() -> Model {
    let folder = root().join("scenarios");
    let text = std::fs::read_to_string(folder.join("supplements.toml")).expect("the scenario is there");
    // Half the orders of four months, one replication, with levels for so many.
    let shorter = [
        ("run.warm_up", "30d"),
        ("run.horizon", "120d"),
        ("demand.orders_per_day", "1500"),
        ("run.replan", "true"),
        ("run.replications", "1"),
    ];
    replay::load_with("supplements.toml", &text, &Folder(folder), if long() { &[] } else { &shorter })
}

fn figure(results: &Results, metric: Metric) -> f64 {
    results.estimate(metric).unwrap_or_else(|| panic!("{} has no denominator", metric.name())).mean
}

#[test]
fn the_reference_retailer_looks_like_a_business() {
    let model = model();
    assert_eq!((model.warehouses().len(), model.zones().len()), (5, 30));
    assert_eq!((model.products().len(), model.vendors().len()), (2_000, 6));
    let results = replicate(&model, &Settings::default()).expect("the run succeeds");
    let fill = figure(&results, Metric::LineFillRate);
    assert!((0.93..=0.97).contains(&fill), "{fill}");
    let (turns, parcels) = (figure(&results, Metric::InventoryTurns), figure(&results, Metric::ParcelsPerOrder));
    assert!((6.0..=24.0).contains(&turns) && (1.05..=1.5).contains(&parcels), "{turns} turns, {parcels} parcels");
    assert_eq!(figure(&results, Metric::OpenOrderShare), 0.0);
    // Every rule fires a hundred times in every replication; the very rare one ten times in a year.
    let (least, rare) = if long() { (100, 10) } else { (20, 1) };
    for (number, row) in results.rows.iter().enumerate() {
        for rule in Rule::ALL {
            let (fired, wanted) = (row.firings[rule as usize], if rule == Rule::AutoCancel { rare } else { least });
            assert!(fired >= wanted, "{} fired {fired} times in replication {number}", rule.id());
        }
    }
    let abroad: f64 = model.zones().iter().filter(|zone| zone.international).map(|zone| zone.share).sum();
    let everywhere: f64 = model.zones().iter().map(|zone| zone.share).sum();
    assert!(abroad / everywhere >= 0.03);
    if long() {
        the_page_shows(&results);
    }
}

/// The first block of the page is the scorecard as it is printed.
fn the_page_shows(results: &Results) {
    let page = page(PAGE);
    let (before, rest) = page.split_once("```text\n").expect("the page shows the scorecard");
    let (_, after) = rest.split_once("\n```").expect("the block ends");
    let text = report::text(&report::run_document(&report::Summary::from(results)));
    let (scorecard, _) = text.split_once("\n\nDemand\n").expect("demand comes after the scorecard");
    let whole = format!("{before}```text\n{scorecard}\n```{after}");
    expected::matches(Path::new(PAGE), &whole, "The reference retailer's scorecard changed.");
}
