//! What is fitted: a scenario is run, its orders are written as a shop's exports, and what it was run with is found again.

use std::collections::BTreeMap;
use std::fmt::Write;

use backorder::domain::SimTime;
use backorder::engine::{Observer, Occurrence};
use backorder::experiment::{Settings, replicate_observed};
use backorder::files::Scenario;

use super::{imported, read, with_files};

/// A shop with one vendor: twelve orders a day, fewer on two days of the week, 1.6 lines an order, thirty products of which the first is
/// asked for most, lead times of nine days.
const SHOP: &str = r#"
run = { horizon = "365d", replications = 1, seed = 11 }
zones = [{ id = "US" }]
warehouses = [{ id = "w" }]
lanes = [{ from = "w", to = "US" }]
vendors = [{ id = "acme", lead_time = { gamma = { mean = "9d", cv = 0.5 } } }]
products = { generate = { count = 30, popularity = { zipf = 0.8 } } }
replenishment = { policy = "r-Q", reorder_point = 20, quantity = 15 }

[demand]
orders_per_day = 14
weekly = [1.2, 1.2, 1.2, 1.2, 1.2, 0.5, 0.5]
lines_per_order = { geometric = { mean = 1.6 } }
units_per_line = { geometric = { mean = 1.3 } }
"#;

/// What the run tells of orders, purchases and receipts.
#[derive(Default)]
struct Books {
    lines: Vec<(i64, String, usize, u32)>,
    purchases: Vec<(i64, usize, u32, u32)>,
    receipts: Vec<(i64, usize, u32, u32)>,
}

impl Observer for Books {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        match what {
            Occurrence::LineAsked { order, product, units, .. } => {
                self.lines.push((now.0, format!("{:?}", order.number), product.index(), units));
            }
            Occurrence::ReplenishmentOrdered { product, units, number, .. } => {
                self.purchases.push((now.0, product.index(), number, units));
            }
            Occurrence::Receipt { product, units, purchase_order: Some(number), .. } => {
                self.receipts.push((now.0, product.index(), number, units));
            }
            _ => {}
        }
    }
}

/// A second of the run as exports write it; the run begins on a Monday.
fn date(second: i64) -> String {
    let day = jiff_date(second / 86_400);
    format!("{day} {:02}:{:02}:{:02}", second / 3_600 % 24, second / 60 % 60, second % 60)
}

/// The date so many days after 2024-01-01, as a calendar has it.
fn jiff_date(days: i64) -> String {
    let mut left = days;
    for (year, lengths) in [
        (2024, [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
        (2025, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
    ] {
        for (month, length) in (1..).zip(lengths) {
            if left < length {
                return format!("{year}-{month:02}-{:02}", left + 1);
            }
            left -= length;
        }
    }
    panic!("{days} days are too many")
}

fn books() -> (Books, Vec<f64>) {
    let model = Scenario::from_text("shop.toml", SHOP).model().expect("a valid scenario");
    let shares: Vec<f64> = model.products().iter().map(|product| product.share).collect();
    let total: f64 = shares.iter().sum();
    let (_, mut observed) = replicate_observed(&model, &Settings::default(), |_, _| Books::default()).expect("it runs");
    (observed.remove(0), shares.iter().map(|share| share / total).collect())
}

#[test]
fn what_a_shop_was_run_with_is_found_again() {
    let (books, shares) = books();
    let mut orders = String::from(
        "Name,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Country\n",
    );
    for (second, order, product, units) in &books.lines {
        let _ = writeln!(orders, "#{order},paid,{} +0000,{units},Thing {product},9.90,P{product},US", date(*second));
    }
    let mut purchases = String::from("PO,Vendor,SKU,Qty,Order Date\n");
    for (second, product, number, units) in &books.purchases {
        let _ = writeln!(purchases, "{product}-{number},acme,P{product},{units},{}", date(*second));
    }
    let mut receipts = String::from("PO,SKU,Qty,Received at\n");
    for (second, product, number, units) in &books.receipts {
        let _ = writeln!(receipts, "{product}-{number},P{product},{units},{}", date(*second));
    }
    let folder = with_files("fits", &[("o.csv", &orders), ("p.csv", &purchases), ("r.csv", &receipts)]);
    let options = "--orders o.csv --purchases p.csv --receipts r.csv --demand fit";
    let (valid, _) = imported(&folder, options, &[]);
    assert!(valid.contains("30 products, 1 vendor"), "{valid}");
    let found: serde_json::Value = serde_json::from_str(&read(&folder, "shop/import.json")).expect("JSON");
    let fitted = &found["fitted"];
    let near = |what: &str, value: &serde_json::Value, half_width: &serde_json::Value, truth: f64| {
        let (value, half_width) = (value.as_f64().expect("a number"), half_width.as_f64().expect("a number"));
        assert!((value - truth).abs() <= half_width * 1.3, "{what}: {value} ± {half_width}, {truth} was put in");
        assert!(half_width < truth * 0.2, "{what}: ± {half_width} says little of {truth}");
    };
    near("orders a day", &fitted["orders_per_day"], &fitted["half_width"], 14.0);
    let lines = &fitted["lines_per_order"];
    near("lines of an order", &lines["mean"], &lines["half_width"], 1.6);
    let units = &fitted["units_per_line"];
    near("units of a line", &units["mean"], &units["half_width"], 1.3);
    assert_eq!((&lines["is_geometric"], &units["is_geometric"]), (&true.into(), &true.into()), "{fitted}");
    let weekly: Vec<f64> =
        fitted["weekly"].as_array().expect("a week").iter().filter_map(serde_json::Value::as_f64).collect();
    // The run of the fit begins on the day after the last order, a Monday after 52 weeks and a day: Tuesday.
    for (day, factor) in weekly.iter().enumerate() {
        let truth = if [4, 5].contains(&day) { 0.5 } else { 1.2 };
        assert!((factor - truth).abs() < 0.15, "day {day}: {weekly:?}");
    }
    assert!(fitted["dispersion"].as_f64().is_some_and(|dispersion| (0.7..1.4).contains(&dispersion)), "{fitted}");
    let lead_time = &found["lead_times"][0];
    near("lead time", &lead_time["mean_days"], &lead_time["half_width"], 9.0);
    assert!(lead_time["p"].as_f64().is_some_and(|p| p > 0.01), "{lead_time}");
    assert!((lead_time["fitted_cv"].as_f64().expect("a number") - 0.5).abs() < 0.1, "{lead_time}");
    // Popularity, with the interval of a share of so many lines.
    let rows = read(&folder, "shop/products.csv");
    let by_id: BTreeMap<&str, f64> = rows
        .lines()
        .skip(1)
        .map(|row| row.split(',').collect::<Vec<_>>())
        .map(|cells| (cells[0], cells[4].parse().expect("a share")))
        .collect();
    let n = books.lines.len() as f64;
    let mut missed = 0;
    for (product, share) in shares.iter().enumerate() {
        let found = by_id[format!("P{product}").as_str()];
        missed += usize::from((found - share).abs() > 1.96 * (share * (1.0 - share) / n).sqrt());
    }
    assert!(missed <= 5, "{missed} of 30 shares lie beyond their 95 % intervals");
    // And it runs.
    crate::cli::assert_exit(
        &crate::cli::with(&folder, "run shop/scenario.toml --replications 1 --quiet -o out", &[]),
        0,
    );
}
