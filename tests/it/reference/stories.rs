//! Short stories about the finer points, worked out by hand from the rules.
//!
//! Everywhere: warehouses `near` and `far` (in that order of preference) serve `home` and the foreign `abroad`;
//! products `x`, `y` and `z`, of which `x` and `z` can be swapped. An event reads: when, what, order and line, rest.

use backorder::domain::Span;

use super::{Event, simulate};
use crate::support::replay::{NoFiles, load};

const SETTING: &str = r#"
name = "story"
run = { horizon = "90d", replications = 1, seed = 1 }
zones = [{ id = "home" }, { id = "abroad", international = true }]
lanes = [
    { from = "near", to = "home", parcel_cost = 5.0, transit = "2d" },
    { from = "far", to = "home", parcel_cost = 7.0, transit = "3d" },
    { from = "near", to = "abroad", parcel_cost = 15.0, transit = "6d" },
    { from = "far", to = "abroad", parcel_cost = 17.0, transit = "7d" },
]
"#;

const USUAL: &str = r#"
warehouses = [{ id = "near" }, { id = "far" }]
products = [{ id = "x", substitutes = "g" }, { id = "y" }, { id = "z", substitutes = "g" }]
"#;

/// What happens, without the events that follow by themselves.
fn happens(script: &str) -> Vec<String> {
    told(&[SETTING, USUAL, script].concat())
}

fn told(text: &str) -> Vec<String> {
    let history = simulate(&load("story.toml", text, &NoFiles)).unwrap_or_else(|refusal| panic!("{refusal}"));
    let plain = ["shipment-notice", "parcel-delivered", "parcel-shipped", "backorder-notice", "contact"];
    let told = |event: &&Event| !plain.iter().any(|name| event["event"] == *name);
    history.events.iter().filter(told).map(tell).collect()
}

fn tell(event: &Event) -> String {
    let mut text = format!("{} {}", Span(event["t"].as_i64().unwrap()), event["event"].as_str().unwrap());
    match (&event["order"], &event["line"]) {
        (order, line) if !line.is_null() => text += &format!(" {order}.{line}"),
        (order, _) if !order.is_null() => text += &format!(" {order}"),
        _ => {}
    }
    for field in ["to", "product", "units", "warehouse", "lines"] {
        let said = match event["event"].as_str() {
            Some("line-backordered") => field == "units",
            Some("line-covered" | "line-auto-cancelled" | "line-removed" | "display-mismatch") => false,
            Some("lost-at-display" | "order-placed") => false,
            Some("line-swapped") => field == "to" || field == "product",
            Some("parcel-released") => field == "warehouse" || field == "lines",
            _ => true,
        };
        if said && !event[field].is_null() {
            text += &format!(" {}", event[field]).replace('"', "");
        }
    }
    if matches!(event["event"].as_str(), Some("parcel-released" | "line-removed")) {
        text += &format!(" {}", event["rule"].as_str().unwrap());
    }
    text
}

#[test]
fn by_unit_a_line_takes_what_there_is() {
    let events = happens(
        r#"
stock = [{ warehouse = "near", product = "x", units = 1 }, { warehouse = "far", product = "x", units = 1 }]
receipts = [{ at = "2d", warehouse = "near", product = "x", units = 5 }]
orders = [{ at = "1d", zone = "home", lines = [{ product = "x", units = 3 }] }]
rules.split = { granularity = "unit", ship_available = 1.0 }
"#,
    );
    let expected = [
        "1d order-placed 1",
        "1d line-backordered 1.1 1",
        "1d display-mismatch 1.1",
        "1d parcel-released 1 near [1] partial-split",
        "1d parcel-released 1 far [1] partial-split",
        "2d receipt x 5 near",
        "2d line-covered 1.1",
        "2d parcel-released 1 near [1] partial-split",
        "2d order-completed 1",
    ];
    assert_eq!(events, expected);
}

#[test]
fn a_held_order_without_reservation_waits_for_everything_at_once() {
    let events = happens(
        r#"
stock = [{ warehouse = "near", product = "x", units = 1 }]
receipts = [
    { at = "3d", warehouse = "near", product = "y", units = 1 },
    { at = "4d", warehouse = "far", product = "x", units = 1 },
]
orders = [
    { at = "1d", zone = "home", lines = [{ product = "x", units = 1 }, { product = "y", units = 1 }] },
    { at = "2d", zone = "home", lines = [{ product = "x", units = 1 }] },
]
rules.split = { ship_available = 0.0 }
rules.backorder = { reserve_while_held = false }
"#,
    );
    let expected = [
        "1d order-placed 1",
        "1d line-backordered 1.2 1",
        "2d order-placed 2",
        "2d parcel-released 2 near [1] multi-warehouse",
        "2d order-completed 2",
        "3d receipt y 1 near",
        "4d receipt x 1 far",
        "4d line-covered 1.2",
        "4d parcel-released 1 far [1] full-backorder-hold",
        "4d parcel-released 1 near [2] full-backorder-hold",
        "4d order-completed 1",
    ];
    assert_eq!(events, expected);
}

#[test]
fn complete_first_prefers_the_order_that_becomes_complete() {
    let events = happens(
        r#"
receipts = [{ at = "3d", warehouse = "near", product = "x", units = 1 }]
orders = [
    { at = "1d", zone = "home", lines = [{ product = "x", units = 1 }, { product = "y", units = 1 }] },
    { at = "2d", zone = "home", lines = [{ product = "x", units = 1 }] },
]
rules.split = { ship_available = 1.0 }
rules.backorder = { priority = "complete-first" }
rules.cancellation = { after = "never" }
"#,
    );
    let expected = [
        "1d order-placed 1",
        "1d line-backordered 1.1 1",
        "1d line-backordered 1.2 1",
        "2d order-placed 2",
        "2d line-backordered 2.1 1",
        "3d receipt x 1 near",
        "3d line-covered 2.1",
        "3d parcel-released 2 near [1] full-backorder-hold",
        "3d order-completed 2",
    ];
    assert_eq!(events, expected);
}

#[test]
fn the_products_clock_runs_from_when_it_ran_out() {
    let events = happens(
        r#"
receipts = [{ at = "4d", warehouse = "near", product = "x", units = 1 }]
orders = [
    { at = "1d", zone = "home", lines = [{ product = "x", units = 1 }] },
    { at = "3d", zone = "home", lines = [{ product = "x", units = 1 }] },
    { at = "5d", zone = "home", lines = [{ product = "x", units = 1 }] },
    { at = "6d", zone = "home", lines = [{ product = "x", units = 1 }] },
]
rules.split = { ship_available = 1.0 }
rules.cancellation = { after = "2d", clock = "product" }
"#,
    );
    let expected = [
        "1d order-placed 1",
        "1d line-backordered 1.1 1",
        "2d1s line-auto-cancelled 1.1",
        "2d1s cancellation-notice 1",
        "2d1s order-cancelled 1",
        "3d order-placed 2",
        "3d line-backordered 2.1 1",
        "3d line-auto-cancelled 2.1",
        "3d cancellation-notice 2",
        "3d order-cancelled 2",
        "4d receipt x 1 near",
        "5d order-placed 3",
        "5d parcel-released 3 near [1] multi-warehouse",
        "5d order-completed 3",
        "6d order-placed 4",
        "6d line-backordered 4.1 1",
        "7d1s line-auto-cancelled 4.1",
        "7d1s cancellation-notice 4",
        "7d1s order-cancelled 4",
    ];
    assert_eq!(events, expected);
}

#[test]
fn with_scope_line_the_rest_of_a_held_order_ships() {
    let events = happens(
        r#"
stock = [{ warehouse = "near", product = "x", units = 1 }]
orders = [{ at = "1d", zone = "home", lines = [{ product = "x", units = 1 }, { product = "y", units = 1 }] }]
rules.split = { ship_available = 0.0 }
rules.cancellation = { after = "2d", scope = "line" }
"#,
    );
    let expected = [
        "1d order-placed 1",
        "1d line-backordered 1.2 1",
        "3d1s line-auto-cancelled 1.2",
        "3d1s cancellation-notice 1",
        "3d1s parcel-released 1 near [1] full-backorder-hold",
        "3d1s order-completed 1",
    ];
    assert_eq!(events, expected);
}

#[test]
fn one_cancellation_may_save_the_next() {
    let events = happens(
        r#"
stock = [{ warehouse = "near", product = "x", units = 1 }]
orders = [
    { at = "1d", zone = "home", lines = [{ product = "x", units = 1 }, { product = "y", units = 1 }] },
    { at = "1d", zone = "home", lines = [{ product = "x", units = 1 }] },
]
rules.split = { ship_available = 0.0 }
rules.cancellation = { after = "2d" }
"#,
    );
    let expected = [
        "1d order-placed 1",
        "1d line-backordered 1.2 1",
        "1d order-placed 2",
        "1d line-backordered 2.1 1",
        "3d1s line-auto-cancelled 1.1",
        "3d1s line-auto-cancelled 1.2",
        "3d1s cancellation-notice 1",
        "3d1s order-cancelled 1",
        "3d1s line-covered 2.1",
        "3d1s parcel-released 2 near [1] full-backorder-hold",
        "3d1s order-completed 2",
    ];
    assert_eq!(events, expected);
}

#[test]
fn a_refused_line_leaves_its_stock_to_the_next() {
    let events = happens(
        r#"
stock = [{ warehouse = "near", product = "x", units = 1 }]
orders = [
    { at = "1d", zone = "home", lines = [{ product = "x", units = 2 }, { product = "x", units = 1 }] },
    { at = "2d", zone = "home", lines = [{ product = "x", units = 1 }] },
]
rules.split = { ship_available = 1.0 }
rules.backorder = { accept = false }
"#,
    );
    let expected = [
        "1d lost-at-display 1.1",
        "1d order-placed 1",
        "1d parcel-released 1 near [2] multi-warehouse",
        "1d order-completed 1",
        "2d lost-at-display 2.1",
    ];
    assert_eq!(events, expected);
}

#[test]
fn a_swap_without_a_substitute_removes_and_the_second_call_swaps() {
    let events = happens(
        r#"
receipts = [{ at = "3d", warehouse = "far", product = "z", units = 1 }]
orders = [{ at = "1d", zone = "home", lines = [{ product = "y", units = 1 }, { product = "x", units = 1 }] }]
contacts = [
    { at = "2d", order = 1, line = 1, wants = "swap" },
    { at = "2d", order = 1, line = 7, wants = "remove" },
    { at = "3d", order = 1, line = 2, wants = "swap" },
    { at = "4d", order = 1, line = 2, wants = "remove" },
]
rules.split = { ship_available = 1.0 }
"#,
    );
    let expected = [
        "1d order-placed 1",
        "1d line-backordered 1.1 1",
        "1d line-backordered 1.2 1",
        "2d line-removed 1.1 swap",
        "3d receipt z 1 far",
        "3d line-swapped 1.2 3 z",
        "3d parcel-released 1 far [3] full-backorder-hold",
        "3d order-completed 1",
    ];
    assert_eq!(events, expected);
}

#[test]
fn an_international_order_goes_where_most_of_it_is_then_where_most_is_carried() {
    let events = happens(
        r#"
stock = [
    { warehouse = "far", product = "x", units = 1 },
    { warehouse = "far", product = "y", units = 1 },
    { warehouse = "near", product = "x", units = 5 },
]
receipts = [
    { at = "2d", warehouse = "far", product = "z", units = 1 },
    { at = "3d", warehouse = "far", product = "z", units = 1 },
]
orders = [
    { at = "1d", zone = "abroad", lines = [{ product = "x", units = 1 }, { product = "y", units = 1 }, { product = "z", units = 1 }] },
    { at = "1d", zone = "abroad", lines = [{ product = "z", units = 1 }] },
]
rules.split = { ship_available = 1.0 }
rules.backorder = { full_order = "ship-as-covered" }
"#,
    );
    let expected = [
        "1d order-placed 1",
        "1d line-backordered 1.3 1",
        "1d order-placed 2",
        "1d line-backordered 2.1 1",
        "2d receipt z 1 far",
        "2d line-covered 1.3",
        "2d parcel-released 1 far [1,2,3] international-complete",
        "2d order-completed 1",
        "3d receipt z 1 far",
        "3d line-covered 2.1",
        "3d parcel-released 2 far [1] international-complete",
        "3d order-completed 2",
    ];
    assert_eq!(events, expected);
}

/// One warehouse, one product, a vendor.
fn replenished(vendor: &str, script: &str) -> Vec<String> {
    let text = format!(
        r#"
name = "story"
run = {{ horizon = "90d", replications = 1, seed = 1 }}
zones = [{{ id = "home" }}]
warehouses = [{{ id = "near" }}]
lanes = [{{ from = "near", to = "home", parcel_cost = 5.0, transit = "2d" }}]
vendors = [{{ id = "v", {vendor} }}]
products = [{{ id = "x", vendor = "v" }}]
rules.split.ship_available = 1.0
{script}
"#
    );
    told(&text)
}

#[test]
fn a_delivery_without_lead_time_comes_in_a_further_pass_and_joins_the_parcel() {
    let events = replenished(
        r#"lead_time = "0s""#,
        r#"
replenishment = { policy = "base-stock", review = "continuous", order_up_to = 1 }
orders = [{ at = "1d", zone = "home", lines = [{ product = "x", units = 1 }, { product = "x", units = 1 }] }]
"#,
    );
    let expected = [
        "1d order-placed 1",
        "1d line-backordered 1.2 1",
        "1d display-mismatch 1.2",
        "1d replenishment-ordered x 2 near",
        "1d receipt x 2 near",
        "1d line-covered 1.2",
        "1d parcel-released 1 near [1,2] partial-split",
        "1d order-completed 1",
    ];
    assert_eq!(events, expected);
}

#[test]
fn a_disrupted_vendor_starts_no_lead_time_and_is_not_hurried() {
    let events = replenished(
        r#"lead_time = "2d", expedite = { lead_time = "6h" }, disruption = { every = "2d", lasts = "3d" }"#,
        r#"
replenishment = { policy = "r-Q", review = "continuous", reorder_point = 1, quantity = 2 }
orders = [
    { at = "1d", zone = "home", lines = [{ product = "x", units = 2 }] },
    { at = "1d12h", zone = "home", lines = [{ product = "x", units = 1 }] },
    { at = "4d", zone = "home", lines = [{ product = "x", units = 1 }] },
]
"#,
    );
    let first: Vec<&str> = events.iter().map(String::as_str).take_while(|event| !event.starts_with("7d ")).collect();
    let expected = [
        "1d order-placed 1",
        "1d replenishment-ordered x 2 near",
        "1d parcel-released 1 near [1] multi-warehouse",
        "1d order-completed 1",
        "1d12h order-placed 2",
        "1d12h replenishment-expedited x 2 near",
        "1d12h parcel-released 2 near [1] multi-warehouse",
        "1d12h order-completed 2",
        "1d18h receipt x 2 near",
        "2d disruption-began",
        "4d order-placed 3",
        "4d replenishment-ordered x 2 near",
        "4d parcel-released 3 near [1] multi-warehouse",
        "4d order-completed 3",
        "5d disruption-ended",
    ];
    assert_eq!(first, expected);
    assert_eq!(events[15..17], ["7d disruption-began", "7d receipt x 2 near"]);
}

#[test]
fn a_page_taken_before_the_receipt_loses_a_customer_and_one_taken_before_the_sale_misleads_one() {
    let events = happens(
        r#"
stock = [{ warehouse = "near", product = "x", units = 1 }]
receipts = [{ at = "1d6h", warehouse = "near", product = "x", units = 2 }]
orders = [
    { at = "12h", zone = "home", lines = [{ product = "x", units = 1 }] },
    { at = "18h", zone = "home", lines = [{ product = "x", units = 1 }] },
    { at = "1d12h", zone = "home", lines = [{ product = "x", units = 1 }] },
]
customers = { keep_when_backordered = 0.0 }
rules.split = { ship_available = 1.0 }
rules.display = { refresh = "1d" }
rules.cancellation = { after = "never" }
"#,
    );
    let expected = [
        "12h order-placed 1",
        "12h parcel-released 1 near [1] multi-warehouse",
        "12h order-completed 1",
        "18h order-placed 2",
        "18h line-backordered 2.1 1",
        "18h display-mismatch 2.1",
        "1d6h receipt x 2 near",
        "1d6h line-covered 2.1",
        "1d6h parcel-released 2 near [1] full-backorder-hold",
        "1d6h order-completed 2",
        "1d12h lost-at-display 3.1",
    ];
    assert_eq!(events, expected);
}
