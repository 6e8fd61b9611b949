//! Vendors with working days or a capacity, each in a small timeline worked out by hand.

use serde_json::Value;

use crate::support::replay::{self, NoFiles, Replay};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Two warehouses that order one by one what is sold, from a vendor with these keys: whey at both, soy at the first.
fn told(vendor: &str, orders: &[(&str, &str, u32)], tables: &str) -> Replay {
    let mut text = format!(
        "[run]\nhorizon = \"40d\"\n[[zones]]\nid = \"east\"\n[[zones]]\nid = \"west\"\n\
         [[warehouses]]\nid = \"boise\"\n[[warehouses]]\nid = \"dayton\"\n\
         [[lanes]]\nfrom = \"boise\"\nto = \"west\"\n[[lanes]]\nfrom = \"dayton\"\nto = \"east\"\n\
         [[vendors]]\nid = \"acme\"\n{vendor}\n\
         [[products]]\nid = \"whey\"\nvendor = \"acme\"\n[[products]]\nid = \"soy\"\nvendor = \"acme\"\n\
         [replenishment]\npolicy = \"base-stock\"\norder_up_to = 50\n"
    );
    for (at, what, units) in orders {
        let (zone, product) = what.split_once(' ').expect("a zone and a product");
        text.push_str(&format!(
            "[[orders]]\nat = \"{at}\"\nzone = \"{zone}\"\nlines = [{{ product = \"{product}\", units = {units} }}]\n"
        ));
    }
    text.push_str(tables);
    let told = replay::run("vendors.toml", &text, &NoFiles);
    assert!(told.breaches.is_empty(), "{:?}\n{}", told.breaches, told.told());
    told
}

/// When a kind of thing happened, and to how many units of which product for which warehouse.
fn when<'t>(told: &'t Replay, event: &str) -> Vec<(i64, u64, &'t str, &'t str)> {
    let is_it = |line: &&Value| line["event"] == event;
    let of = |line: &'t Value| {
        let name = |key: &str| line[key].as_str().unwrap_or_default();
        (line["t"].as_i64().unwrap_or(-1), line["units"].as_u64().unwrap_or(0), name("product"), name("warehouse"))
    };
    told.trace.iter().filter(is_it).map(of).collect()
}

#[test]
fn what_is_ordered_on_a_day_off_is_dispatched_when_the_next_working_day_begins() {
    let keys = "lead_time = \"1d\"\nworking_days = \"mon-fri\"";
    let told = told(keys, &[("4d10h", "west whey", 1), ("5d10h", "west whey", 2), ("6d", "west soy", 3)], "");
    let dispatched = when(&told, "purchase-order-dispatched");
    // Friday at ten, and what came on Saturday and Sunday on Monday.
    let monday = 7 * DAY;
    assert_eq!(
        dispatched,
        [(4 * DAY + 10 * HOUR, 1, "whey", "boise"), (monday, 2, "whey", "boise"), (monday, 3, "soy", "boise")]
    );
    let received: Vec<i64> = when(&told, "receipt").iter().map(|receipt| receipt.0).collect();
    assert_eq!(received, [5 * DAY + 10 * HOUR, monday + DAY, monday + DAY], "goods may come on a day off");
    let promised: Vec<i64> = told.trace.iter().filter_map(|line| line["promised"].as_i64()).collect();
    assert_eq!(promised, received, "a promise counts from the day on which the order is taken up");
}

#[test]
fn holidays_of_the_calendar_are_those_of_vendors_who_keep_days() {
    let calendar = "[calendar]\nholidays = [\"0d\"]\n";
    let first = |keys: &str| when(&told(keys, &[("5h", "west whey", 1)], calendar), "purchase-order-dispatched")[0].0;
    assert_eq!(first("lead_time = \"1d\"\nworking_days = \"mon-fri\""), DAY);
    assert_eq!(first("lead_time = \"1d\"\nworking_days = \"mon-fri\"\nholidays = []"), 5 * HOUR);
    assert_eq!(first("lead_time = \"1d\"\nholidays = [\"0d\", \"1d\"]"), 2 * DAY);
}

#[test]
fn one_unit_after_the_other_first_come_first_served_across_warehouses() {
    let keys = "lead_time = \"2h\"\ncapacity = { units_per_day = 24 }";
    let orders = [("1h", "east whey", 3), ("1h", "west whey", 2), ("2h", "west soy", 1)];
    let told = told(keys, &orders, "");
    // An hour a unit: those of the same second by their warehouses' places in the file.
    let done = [(3 * HOUR, 2, "whey", "boise"), (6 * HOUR, 3, "whey", "dayton"), (7 * HOUR, 1, "soy", "boise")];
    assert_eq!(when(&told, "purchase-order-dispatched"), done);
    let receipts: Vec<i64> = when(&told, "receipt").iter().map(|receipt| receipt.0).collect();
    assert_eq!(receipts, [5 * HOUR, 8 * HOUR, 9 * HOUR]);
    let queued: Vec<(u64, &str)> = told
        .trace
        .iter()
        .filter(|line| line["event"] == "purchase-order-queued")
        .map(|line| (line["ahead"].as_u64().unwrap_or(0), line["why"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(queued, [(2, "busy"), (5, "busy")]);
}

#[test]
fn work_rests_on_days_off() {
    let keys = "lead_time = \"0s\"\nworking_days = \"mon-fri\"\ncapacity = { service_time = \"6h\" }";
    // Three units on Friday at noon: two until midnight, the third on Monday morning.
    let told = told(keys, &[("4d12h", "west whey", 3)], "");
    assert_eq!(when(&told, "receipt"), [(7 * DAY + 6 * HOUR, 3, "whey", "boise")]);
}

#[test]
fn parts_of_a_second_are_not_lost() {
    let keys = "lead_time = \"0s\"\ncapacity = { units_per_day = 7 }";
    let orders: Vec<(&str, &str, u32)> = ["1h"; 7].iter().map(|at| (*at, "west whey", 1)).collect();
    let told = told(keys, &orders, "");
    // All are asked for in one second, so that they are one purchase order; then one unit a day, each a seventh.
    assert_eq!(when(&told, "receipt"), [(DAY + HOUR, 7, "whey", "boise")]);
}

#[test]
fn an_order_of_several_products_is_dispatched_when_all_of_it_is_done() {
    let keys = "lead_time = \"0s\"\nconsolidate = \"0s\"\ncapacity = { units_per_day = 24 }";
    let told = told(keys, &[("1h", "west whey", 2), ("1h", "west soy", 3), ("1h", "east whey", 1)], "");
    let all = [(6 * HOUR, 2, "whey", "boise"), (6 * HOUR, 3, "soy", "boise"), (7 * HOUR, 1, "whey", "dayton")];
    assert_eq!(when(&told, "receipt"), all);
}

#[test]
fn a_disrupted_vendor_finishes_what_it_has_in_hand_and_dispatches_it_afterwards() {
    let keys = "lead_time = \"0s\"\ncapacity = { units_per_day = 24 }";
    let events = "[[events]]\nfrom = \"2h\"\nto = \"10h\"\nvendor = \"acme\"\nstopped = true\n";
    let told = told(keys, &[("1h", "west whey", 2), ("1h", "west soy", 1)], events);
    let all = [(10 * HOUR, 2, "whey", "boise"), (11 * HOUR, 1, "soy", "boise")];
    assert_eq!(when(&told, "receipt"), all);
}

#[test]
fn what_waits_at_the_vendor_cannot_be_made_faster() {
    let vendor = "lead_time = \"5d\"\nexpedite = { lead_time = \"1h\" }\ncapacity = { units_per_day = 1 }";
    let orders = [("1h", "west whey", 2), ("10h", "west whey", 47), ("2d2h", "west whey", 1)];
    let told = told(vendor, &orders, "");
    // Stock runs low while both orders are at the vendor; only when it falls after the first was dispatched is that made faster.
    assert_eq!(when(&told, "replenishment-expedited"), [(2 * DAY + 2 * HOUR, 2, "whey", "boise")]);
    assert_eq!(when(&told, "receipt")[0], (2 * DAY + 3 * HOUR, 2, "whey", "boise"));
}

#[test]
fn an_order_of_several_products_that_is_done_as_the_week_ends_leaves_in_that_second() {
    let keys = "lead_time = \"0s\"\nconsolidate = \"0s\"\nworking_days = \"mon-fri\"\ncapacity = { units_per_day = 2 }";
    let told = told(keys, &[("1d", "west whey", 4), ("1d", "west soy", 4)], "");
    let all = [(5 * DAY, 4, "whey", "boise"), (5 * DAY, 4, "soy", "boise")];
    assert_eq!(when(&told, "purchase-order-dispatched"), all, "Tuesday's order is done when Friday is over");
}
