//! What grows beyond what can be counted ends a run with a reason: never with a panic, and never with wrong figures.

use backorder::domain::Model;
use backorder::engine::{Counted, Limit, Plan};
use backorder::experiment::{Settings, replicate};
use backorder::observe::{Auditor, Tally};

use crate::support::replay::{NoFiles, load};

/// One product in one warehouse, to which these tables belong.
fn model(horizon: &str, tables: &str) -> Model {
    let text = format!(
        "run = {{ horizon = \"{horizon}\", warm_up = \"0s\", replications = 3, seed = 1 }}\n\
         zones = [{{ id = \"home\" }}]\n\
         warehouses = [{{ id = \"boise\" }}]\n\
         lanes = [{{ from = \"boise\", to = \"home\", parcel_cost = 5.0, transit = \"1d\" }}]\n\
         products = [{{ id = \"whey\", vendor = \"acme\" }}]\n\
         {tables}\n"
    );
    load("limit.toml", &text, &NoFiles)
}

fn met(model: &Model) -> Limit {
    let limit = Plan::new(model).run(0, &mut Tally::new(model)).expect_err("it grows beyond all bounds");
    // Who watches changes nothing; and an auditor has nothing to object to before.
    let mut audited = (Tally::new(model), Auditor::new(model));
    assert_eq!(Plan::new(model).run(0, &mut audited), Err(limit.clone()));
    assert_eq!(audited.1.breaches(), &[]);
    limit
}

/// What is asked for in 30 days is let in, but nobody is ever served.
const ENDLESS_WAIT: &str = "
    demand = { orders_per_day = 1, units_per_line = { uniform = { min = 1, max = 60_000_000 } } }
    vendors = [{ id = \"acme\", lead_time = \"200y\" }]
    rules.cancellation.after = \"never\"
    rules.backorder.full_order = \"ship-as-covered\"";

#[test]
fn too_many_units_waiting() {
    let stock = "stock = [{ warehouse = \"boise\", product = \"whey\", units = 0 }]";
    let model = model("10y", &format!("{ENDLESS_WAIT}\n{stock}"));
    let limit = met(&model);
    assert_eq!((limit.counted, limit.setting), (Counted::Waiting, "demand.units_per_line"));
    assert_eq!((limit.product.as_deref(), limit.warehouse.as_deref()), (Some("whey"), Some("boise")));
    // Units of 30 million on average: 67 orders or so.
    let day = limit.at.0 / 86_400;
    assert!((30..150).contains(&day), "{day}");
    let told = format!(
        "on day {day} there are more units waiting of \"whey\" at \"boise\" than can be counted, 2,000,000,000; that goes \
         back to `demand.units_per_line`: count in packs of several units"
    );
    assert_eq!(limit.to_string(), told);
    let failed = replicate(&model, &Settings::default()).expect_err("none of them can be run");
    assert_eq!(failed.to_string(), format!("replication 1: {told}"));
}

#[test]
fn too_many_units_on_order() {
    // What waits at the other warehouse's customers is bought here again and again.
    let replenishment = "replenishment = { policy = \"base-stock\", order_up_to = 0 }";
    let limit = met(&model("10y", &format!("{ENDLESS_WAIT}\n{replenishment}")));
    // Whichever comes first in the instant in which both are as many.
    assert!([Counted::Waiting, Counted::OnOrder].contains(&limit.counted), "{limit}");
    assert_eq!(limit.product.as_deref(), Some("whey"));
}

#[test]
fn too_many_units_in_stock() {
    // What is asked for on the first day is bought for, cancelled before it comes, and comes on top of as much again.
    let repeated = |row: &str| vec![row; 15].join(", ");
    let tables = format!(
        "vendors = [{{ id = \"acme\", lead_time = \"40d\" }}]\n\
         replenishment = {{ policy = \"base-stock\", order_up_to = 0 }}\n\
         orders = [{}]\nreceipts = [{}]",
        repeated("{ at = \"1d\", zone = \"home\", lines = [{ product = \"whey\", units = 100_000_000 }] }"),
        repeated("{ at = \"35d\", warehouse = \"boise\", product = \"whey\", units = 100_000_000 }")
    );
    let limit = met(&model("60d", &tables));
    assert_eq!((limit.counted, limit.setting, limit.at.0), (Counted::Free, "receipts", 41 * 86_400));
}

#[test]
fn levels_whose_integral_is_too_large_to_be_exact() {
    // Ten thousand million units in a thousand years are 3 × 10^20 unit seconds.
    let warehouses: Vec<String> = (0..100).map(|number| format!("{{ id = \"w{number}\" }}")).collect();
    let lanes: Vec<String> = (0..100)
        .map(|number| format!("{{ from = \"w{number}\", to = \"home\", parcel_cost = 5.0, transit = \"1d\" }}"))
        .collect();
    let rows: Vec<String> = (0..100)
        .map(|number| format!("{{ warehouse = \"w{number}\", product = \"whey\", units = 100_000_000 }}"))
        .collect();
    let text = format!(
        "run = {{ horizon = \"1000y\", warm_up = \"0s\", replications = 1, seed = 1 }}\n\
         zones = [{{ id = \"home\" }}]\n\
         warehouses = [{}]\nlanes = [{}]\nproducts = [{{ id = \"whey\" }}]\nstock = [{}]\n\
         orders = [{{ at = \"1d\", zone = \"home\", lines = [{{ product = \"whey\", units = 1 }}] }}]\n",
        warehouses.join(", "),
        lanes.join(", "),
        rows.join(", ")
    );
    let limit = met(&load("integral.toml", &text, &NoFiles));
    assert_eq!((limit.counted, limit.setting, limit.at.0), (Counted::UnitSeconds, "run.horizon", 0));
    assert_eq!(limit.product.as_deref(), Some("whey"));
}
