//! Doubling every price doubles every cost and changes nothing else.

use backorder::experiment::{Results, Settings, replicate};
use backorder::measures::{Metric, Unit};

use crate::support::replay::{NoFiles, load};

/// A retailer in whom every part of the cost occurs, with every amount of money multiplied by `factor`.
fn results(factor: i64) -> Results {
    let money = |cents: i64| format!("{:.2}", (cents * factor) as f64 / 100.0);
    let text = format!(
        r#"
name = "every cost occurs"
run = {{ horizon = "60d", warm_up = "10d", run_out = "20d", replications = 3, seed = 5 }}
zones = [{{ id = "home", share = 3.0 }}, {{ id = "abroad", share = 1.0, international = true }}]
warehouses = [{{ id = "near", handling = "4h", fixed_cost = {fixed} }}, {{ id = "far" }}]
shipping = {{ cost_per_kg = {per_kg} }}
lanes = [
    {{ from = "near", to = "home", parcel_cost = {near}, transit = "1d" }},
    {{ from = "far", to = "home", parcel_cost = {far}, transit = "2d" }},
    {{ from = "near", to = "abroad", parcel_cost = {abroad}, transit = "6d" }},
    {{ from = "far", to = "abroad", parcel_cost = {abroad}, transit = "7d" }},
]
products = [
    {{ id = "x", vendor = "v", share = 2.0, weight_kg = 1.0, price = {dear}, unit_cost = {dear_cost}, substitutes = "g" }},
    {{ id = "y", vendor = "v", share = 1.0, weight_kg = 2.0, price = {cheap}, unit_cost = {cheap_cost}, substitutes = "g" }},
    {{ id = "z", vendor = "v", share = 1.0, weight_kg = 0.0, price = {cheap}, unit_cost = {cheap_cost} }},
]

[[vendors]]
id = "v"
lead_time = {{ gamma = {{ mean = "6d", cv = 0.8 }} }}
order_cost = {order}
expedite = {{ lead_time = "2d", cost_per_unit = {expedite} }}
disruption = {{ every = {{ exponential = {{ mean = "20d" }} }}, lasts = "12d" }}

[demand]
orders_per_day = 20
lines_per_order = {{ empirical = {{ values = [1, 2, 3], weights = [2, 1, 1] }} }}
units_per_line = {{ geometric = {{ mean = 1.5 }} }}

[replenishment]
policy = "s-S"
target = {{ fill_rate = 0.9 }}

[sourcing]
policy = "cheapest"

[customers]
keep_when_backordered = 0.9
contact = {{ probability = 0.3, after = "2d" }}
swap_share = 0.4

[rules.cancellation]
after = "8d"

[costs]
holding_rate = 0.25
lost_margin = 1.0
backorder_per_unit_day = {waiting}
cancelled_order = {cancelled}
contact = {contact}
"#,
        per_kg = money(50),
        fixed = money(50_000),
        near = money(500),
        far = money(700),
        abroad = money(1_500),
        dear = money(4_000),
        dear_cost = money(2_200),
        cheap = money(900),
        cheap_cost = money(600),
        order = money(2_500),
        expedite = money(30),
        waiting = money(10),
        cancelled = money(300),
        contact = money(400),
    );
    let model = load("costs.toml", &text, &NoFiles);
    replicate(&model, &Settings::default()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn doubling_every_price_doubles_every_cost_and_nothing_else() {
    let (once, twice) = (results(1), results(2));
    let mut costs = 0;
    for &metric in Metric::ALL {
        let definition = metric.definition();
        let (Some(one), Some(two)) = (once.estimate(metric), twice.estimate(metric)) else {
            assert!(once.estimate(metric).is_none() && twice.estimate(metric).is_none(), "{}", definition.name);
            continue;
        };
        let money = definition.unit == Unit::Money;
        let expected = if money { 2.0 * one.mean } else { one.mean };
        let apart = (two.mean - expected).abs();
        assert!(apart <= 1e-9 * expected.abs(), "{}: {} and {}", definition.name, one.mean, two.mean);
        // What the customer is charged for a split is nothing, and twice nothing.
        if money && definition.name != "customer_split_charge" {
            assert!(one.mean > 0.0, "{} does not occur", definition.name);
            costs += 1;
        }
    }
    assert!(costs >= 13, "only {costs} measures of money");
}
