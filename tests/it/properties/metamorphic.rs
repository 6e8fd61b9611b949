//! What a change of the scenario must not change: names, costs of what did not happen, settings without a trigger,
//! products and orders that share nothing.

use super::compare::{first_difference, threads};
use super::draft::{Draft, LaneRow, LevelRow, OrderRow, ProductRow, ReceiptRow, StockRow};
use super::generator;
use crate::reference::Event;
use crate::support::replay::{NoFiles, run};

/// Random scenarios each property is tried on.
const TRIED: u64 = 60;

fn events(text: &str) -> Vec<Event> {
    run("random.toml", text, &NoFiles).trace
}

/// The scenarios, made ready for a property.
fn drafts(prepare: impl Fn(&mut Draft)) -> impl Iterator<Item = Draft> {
    (0..TRIED).map(move |seed| {
        // Seeds that the differential test does not begin with.
        let mut draft = generator::draft(1_000_000 + seed);
        prepare(&mut draft);
        draft
    })
}

/// The same without what is open at the start, which waits whatever there is, and without events, which close what there is.
fn ordinary_drafts(prepare: impl Fn(&mut Draft)) -> impl Iterator<Item = Draft> {
    drafts(move |draft| {
        draft.events.clear();
        draft.underway.clear();
        draft.waiting.clear();
        prepare(draft);
    })
}

/// Names of products, warehouses, zones and vendors in reverse alphabetical order, wherever they stand in quotes.
fn renamed(text: &str) -> String {
    let mut text = text.to_string();
    for kind in ["p", "w", "z", "v"] {
        for number in 1..=9 {
            let other = 90 - number;
            text = text.replace(&format!("\"{kind}{number}\""), &format!("\"the {kind} number {other}\""));
        }
    }
    text
}

#[test]
fn renaming_changes_nothing_but_names() {
    for draft in drafts(|_| {}) {
        let text = draft.to_toml();
        let plain: Vec<String> = events(&text).iter().map(|event| renamed(&event.to_string())).collect();
        let other: Vec<String> = events(&renamed(&text)).iter().map(ToString::to_string).collect();
        assert_eq!(plain, other, "{text}");
    }
}

/// A setting, and other values than the scenario's own that it is given in turn.
type Switch<'a> = (&'a str, &'a str, &'a [&'a str]);

/// Runs every scenario as it is and with other values of a setting; `fields` says what may not differ.
fn makes_no_difference(prepare: impl Fn(&mut Draft), switches: &[Switch<'_>], fields: impl Fn(&str, &str) -> bool) {
    for draft in ordinary_drafts(prepare) {
        let plain = threads(events(&draft.to_toml()).iter(), &fields);
        for (table, key, values) in switches {
            for value in *values {
                let mut switched = draft.clone();
                switched.set(table, key, value);
                if switched == draft {
                    continue;
                }
                let other = threads(events(&switched.to_toml()).iter(), &fields);
                if let Some(how) = first_difference(&plain, &other) {
                    panic!("{table}.{key} = {value} made a difference in\n{}{how}", draft.to_toml());
                }
            }
        }
    }
}

fn every_field(_event: &str, _field: &str) -> bool {
    true
}

/// Whether an order was assigned to a warehouse is told of it; what follows need not differ.
fn all_but_the_assignment(event: &str, field: &str) -> bool {
    (event, field) != ("order-placed", "warehouse")
}

#[test]
fn with_stock_for_everything_no_rule_about_backorders_matters() {
    let ample = |draft: &mut Draft| {
        // The policy that evens out shelves does so from the first order on.
        draft.settings.retain(|setting| setting.value != "\"most-stock\"");
        draft.lanes.clear();
        draft.stock.clear();
        for from in 0..draft.warehouses.len() {
            for to in 0..draft.zones.len() {
                draft.lanes.push(LaneRow { from, to, cents: 500 + 100 * ((from + to) % 3) as i64, transit: 0 });
            }
            for product in 0..draft.products.len() {
                draft.stock.push(StockRow { warehouse: from, product, units: 1_000 });
            }
        }
    };
    let settings: &[Switch] = &[
        ("sourcing", "policy", &["\"nearest\"", "\"fewest-parcels\"", "\"cheapest\""]),
        ("customers", "keep_when_backordered", &["0.0", "1.0"]),
        ("customers", "contact_after_mismatch", &["0.0", "1.0"]),
        ("customers.contact", "probability", &["0.0", "1.0"]),
        ("rules.backorder", "accept", &["true", "false"]),
        ("rules.backorder", "full_order", &["\"hold\"", "\"ship-as-covered\""]),
        ("rules.backorder", "pool", &["\"network\"", "\"warehouse\""]),
        ("rules.backorder", "priority", &["\"first-come\"", "\"complete-first\""]),
        ("rules.backorder", "reserve_while_held", &["true", "false"]),
        ("rules.split", "ship_available", &["0.0", "1.0"]),
        ("rules.split", "granularity", &["\"line\"", "\"unit\"", "\"order\""]),
        ("rules.notice", "delay", &["\"0s\"", "\"2d\""]),
        ("rules.cancellation", "after", &["\"never\"", "\"0s\""]),
        ("rules.cancellation", "clock", &["\"line\"", "\"product\""]),
        ("rules.cancellation", "scope", &["\"line\"", "\"order\""]),
        ("rules.international", "complete_only", &["true", "false"]),
        ("rules.swap", "if_none", &["\"remove\"", "\"wait\""]),
        ("rules.display", "refresh", &["\"0s\"", "\"1d\""]),
    ];
    makes_no_difference(ample, settings, all_but_the_assignment);
}

#[test]
fn without_foreign_zones_the_international_rule_does_not_matter() {
    let settings: &[Switch] = &[("rules.international", "complete_only", &["true", "false"])];
    makes_no_difference(|draft| draft.zones.fill(false), settings, every_field);
}

/// A class as it is written, without what says when its customers call.
fn without_contact(class: &str) -> String {
    class.lines().filter(|line| !line.starts_with("contact")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn without_contacts_nothing_about_them_matters() {
    let silent = |draft: &mut Draft| {
        draft.contacts.clear();
        draft.set("customers.contact", "probability", "0.0");
        draft.set("customers", "contact_after_mismatch", "0.0");
        // Classes may have contacts of their own.
        draft.classes.iter_mut().for_each(|class| *class = without_contact(class));
    };
    let settings: &[Switch] = &[
        ("customers", "swap_share", &["0.0", "1.0"]),
        ("customers.contact", "after", &["\"0s\"", "\"1d\""]),
        ("customers.contact", "handling", &["\"0s\"", "\"1d\""]),
        ("rules.swap", "if_none", &["\"remove\"", "\"wait\""]),
    ];
    makes_no_difference(silent, settings, every_field);
}

#[test]
fn without_cancellation_its_clock_and_scope_do_not_matter() {
    let settings: &[Switch] = &[
        ("rules.cancellation", "clock", &["\"line\"", "\"product\""]),
        ("rules.cancellation", "scope", &["\"line\"", "\"order\""]),
    ];
    makes_no_difference(|draft| draft.set("rules.cancellation", "after", "\"never\""), settings, every_field);
}

#[test]
fn the_notices_deadline_only_judges() {
    makes_no_difference(|_| {}, &[("rules.notice", "deadline", &["\"0s\"", "\"1d\""])], |_, field| field != "late");
}

#[test]
fn with_one_warehouse_sourcing_and_pool_do_not_matter() {
    let one = |draft: &mut Draft| {
        draft.warehouses.truncate(1);
        draft.lanes.retain(|row| row.from == 0);
        if draft.lanes.is_empty() {
            draft.lanes.push(LaneRow { from: 0, to: 0, cents: 500, transit: 0 });
        }
        draft.stock.retain(|row| row.warehouse == 0);
        draft.receipts.retain(|row| row.warehouse == 0);
        if let Some(policy) = &mut draft.replenishment {
            policy.pairs.retain(|row| row.0 == 0);
            policy.later.retain(|row| row.0 == 0);
            policy.general = policy.general.or(Some(LevelRow { reorder_point: Some(1), quantity: Some(2) }));
        }
    };
    let settings: &[Switch] = &[
        ("sourcing", "policy", &["\"nearest\"", "\"fewest-parcels\"", "\"cheapest\"", "\"most-stock\""]),
        ("sourcing", "reevaluate", &["true", "false"]),
        ("rules.backorder", "pool", &["\"network\"", "\"warehouse\""]),
    ];
    makes_no_difference(one, settings, all_but_the_assignment);
}

#[test]
fn orders_of_one_line_are_neither_split_nor_held_for_each_other() {
    let single = |draft: &mut Draft| {
        draft.forget_demand();
        draft.set("rules.split", "granularity", "\"line\"");
        for order in &mut draft.orders {
            order.lines.truncate(1);
        }
    };
    let settings: &[Switch] = &[
        ("rules.split", "ship_available", &["0.0", "1.0"]),
        ("rules.backorder", "priority", &["\"first-come\"", "\"complete-first\""]),
        ("rules.backorder", "reserve_while_held", &["true", "false"]),
        ("rules.backorder", "full_order", &["\"hold\"", "\"ship-as-covered\""]),
    ];
    // How a waiting order and its parcel are called does differ.
    makes_no_difference(single, settings, |_, field| field != "rule" && field != "mode");
}

/// Where any warehouse may serve any line and lines are of one unit, it does not matter where the units lie: the same
/// lines wait, are covered, swapped, removed and cancelled in the same seconds; only the parcels differ.
#[test]
fn dividing_the_stock_of_unit_lines_changes_only_the_parcels() {
    let joined = |draft: &mut Draft| {
        draft.forget_demand();
        draft.zones.fill(false);
        draft.warehouses = vec![0, 0];
        // What a warehouse picks a day is shared by two.
        draft.docks = vec![String::new(); 2];
        draft.replenishment = None;
        draft.set("rules.backorder", "pool", "\"network\"");
        draft.set("rules.split", "granularity", "\"line\"");
        draft.lanes.clear();
        for (from, to) in (0..2).flat_map(|from| (0..draft.zones.len()).map(move |to| (from, to))) {
            draft.lanes.push(LaneRow { from, to, cents: 500, transit: 0 });
        }
        for product in 0..draft.products.len() {
            let units = draft.stock.iter().filter(|row| row.product == product).map(|row| row.units).sum();
            draft.stock.retain(|row| row.product != product);
            draft.stock.push(StockRow { warehouse: 0, product, units });
        }
        draft.receipts.iter_mut().for_each(|row| row.warehouse = 0);
        draft.orders.iter_mut().flat_map(|order| &mut order.lines).for_each(|line| line.1 = 1);
    };
    let lines = |event: &str, field: &str| {
        // Whether a date was kept is told parcel by parcel, in another order where there are other parcels.
        let is_of_parcels = event.starts_with("parcel-")
            || event.starts_with("promise-")
            || ["shipment-notice", "order-sourced-anew"].contains(&event);
        !is_of_parcels && field != "warehouse" && field != "parcels"
    };
    let happenings = |draft: &Draft| {
        let told = events(&draft.to_toml())
            .into_iter()
            .filter(|event| event["warehouse"].is_null() || event["order"].is_u64());
        let told: Vec<Event> = told.collect();
        let mut threads = threads(told.iter(), &lines);
        threads.values_mut().for_each(|told| told.retain(|event| !event.is_empty()));
        threads.retain(|_, told| !told.is_empty());
        threads
    };
    for draft in ordinary_drafts(joined) {
        let mut divided = draft.clone();
        for row in &draft.stock {
            let half = row.units / 2;
            divided.stock.push(StockRow { warehouse: 1, product: row.product, units: row.units - half });
            divided.stock.iter_mut().find(|one| *one == row).expect("its row").units = half;
        }
        divided.receipts.iter_mut().enumerate().for_each(|(place, row)| row.warehouse = place % 2);
        if let Some(how) = first_difference(&happenings(&draft), &happenings(&divided)) {
            panic!("dividing the stock made a difference in\n{}{how}", draft.to_toml());
        }
    }
}

#[test]
fn a_product_that_nobody_else_wants_changes_nothing_for_the_others() {
    // Where a vendor takes several products in one order, another product changes that order; what is picked a day is shared.
    let apart = |draft: &mut Draft| {
        draft.forget_demand();
        draft.docks.fill(String::new());
        for vendor in &mut draft.vendors {
            (vendor.consolidate, vendor.order_minimum) = (None, None);
            // What a vendor gets done is shared, too.
            vendor.working.clear();
        }
        if let Some(policy) = &mut draft.replenishment {
            policy.can_order = None;
        }
    };
    for draft in ordinary_drafts(apart) {
        let plain = threads(events(&draft.to_toml()).iter(), &every_field);
        let mut larger = draft.clone();
        let product = larger.products.len();
        larger.products.push(ProductRow {
            vendor: 0,
            group: None,
            levels: None,
            unit_cost: 0,
            price: 0,
            review_every: 1,
            most: None,
            target: None,
        });
        larger.stock.push(StockRow { warehouse: 0, product, units: 1 });
        if draft.stock.is_empty() && draft.replenishment.is_some() {
            // A stock table would empty the shelves that start full.
            larger.stock.clear();
        }
        let at = draft.orders[0].at.min(draft.horizon - 1);
        larger.receipts.push(ReceiptRow { at, warehouse: 0, product, units: 1 });
        for zone in 0..draft.zones.len() {
            larger.orders.push(OrderRow { at, zone, lines: vec![(product, 1), (product, 2)], due_after: 0, class: 0 });
        }
        let all = threads(events(&larger.to_toml()).iter(), &every_field);
        let newcomers: Vec<String> =
            (draft.orders.len() + 1..=larger.orders.len()).map(|order| format!("order {order}")).collect();
        assert!(newcomers.iter().any(|order| all.contains_key(order)), "somebody else ordered something");
        for (thread, told) in &plain {
            assert_eq!(all.get(thread), Some(told), "{thread} in\n{}", larger.to_toml());
        }
    }
}
