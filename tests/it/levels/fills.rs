//! What a target fills: the table of `docs/conventions.md`, measured again.

use crate::support::expected::root;
use crate::support::replay::{NoFiles, load};
use backorder::experiment::{Settings, planned, replicate};
use backorder::measures::Metric;

/// The rows of the table: the target, and reorder point and fill for each of the two lots.
fn table() -> Vec<(f64, [(i32, f64); 2])> {
    let page = std::fs::read_to_string(root().join("docs/conventions.md")).expect("the page is there");
    let rows = page.split("| target `fill_rate` |").nth(1).expect("the table is there").lines().skip(2);
    let cells =
        |row: &str| -> Vec<f64> { row.split('|').map(|cell| cell.trim().parse().unwrap_or(f64::NAN)).collect() };
    let rows = rows.take_while(|row| row.starts_with('|')).map(cells);
    rows.map(|cells| (cells[1], [(cells[2] as i32, cells[3]), (cells[4] as i32, cells[5])])).collect()
}

#[test]
fn what_a_target_fills_is_what_the_page_says() {
    let rows = table();
    assert_eq!(rows.len(), 8, "{rows:?}");
    for (target, expected) in rows {
        for (order_cost, (point, fill)) in [15.0, 0.0].into_iter().zip(expected) {
            let text = format!(
                "run = {{ horizon = \"400d\", warm_up = \"100d\", run_out = \"60d\", replications = 10, seed = 3 }}
                 zones = [{{ id = \"home\" }}]
                 warehouses = [{{ id = \"boise\" }}]
                 lanes = [{{ from = \"boise\", to = \"home\" }}]
                 vendors = [{{ id = \"acme\", lead_time = \"4d\", order_cost = {order_cost} }}]
                 products = [{{ id = \"whey\", vendor = \"acme\", unit_cost = 10.0 }}]
                 demand = {{ orders_per_day = 4 }}
                 replenishment = {{ policy = \"r-Q\", target = {{ fill_rate = {target} }} }}
                 rules.cancellation.after = \"never\"
                 costs.holding_rate = 0.25"
            );
            let model = load("one.toml", &text, &NoFiles);
            let [pair] = &planned(&model)[..] else { panic!("one pair") };
            assert_eq!(pair.levels.reorder_point, Some(point), "{target} with an order cost of {order_cost}");
            let found = replicate(&model, &Settings::default()).expect("the scenario runs");
            let estimate = |metric: Metric| *found.estimate(metric).expect("it is measured");
            let measured = estimate(Metric::UnitFillRate);
            let half_width = measured.half_width.expect("there is an interval");
            // Of fewer days than the page's, so that chance has its part: 0.0044 there, and three half-widths here.
            assert!((measured.mean - fill).abs() < 0.0044 + 1.5 * half_width, "{target}: {} and {fill}", measured.mean);
            // The stock that the formulas expect is the stock there is.
            let on_hand = estimate(Metric::OnHandMeanUnits);
            let expected = pair.mean_stock.expect("it is planned");
            let half_width = on_hand.half_width.expect("there is an interval");
            assert!(
                (on_hand.mean - expected).abs() < 2.0 * half_width,
                "{target}: {} on hand, {expected} planned",
                on_hand.mean
            );
        }
    }
}
