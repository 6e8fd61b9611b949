//! Planted breaches of units, endings, parcels, charges, held orders and idle stock.

use super::super::Invariant;
use super::bench::{Bench, assert_breaks};
use crate::domain::*;
use crate::engine::{Occurrence as O, OrderRef, ParcelLine};
use crate::observe::fixture::{ABROAD, BOISE, CREATINE, DAYTON, HOME, WHEY, model, order, parcel};
use crate::rules::Rule;

const END: i64 = 90 * DAY;

/// One order for one unit of whey that ships from boise at once, up to its release.
fn one_order(bench: &mut Bench<'_>) -> OrderRef {
    let order = order(1, HOME, 0);
    bench.place(order, Mode::ShipsNow, None, &[(WHEY, 1, 1)]);
    bench.reserve(order, 1, WHEY, BOISE, 1);
    order
}

#[test]
fn units_that_appear_in_the_books() {
    let model = model();
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1)]);
    let order = one_order(&mut bench);
    bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
    bench.complete(order, 1);
    bench.books.on_hand.insert((BOISE, WHEY), 1);
    assert_breaks(&bench.end(END), Invariant::Units, "leaves 0 on hand, the engine's books say 1");
}

#[test]
fn books_that_drift_where_nothing_happens_are_found_at_the_end() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    bench.at(60);
    bench.books.on_order.insert((DAYTON, CREATINE), 7);
    bench.books.waiting.insert((DAYTON, CREATINE), -1);
    let breaches = bench.end(END);
    assert_breaks(&breaches, Invariant::Units, "leaves 0 on order, the engine's books say 7");
    assert_breaks(&breaches, Invariant::Units, "leaves 0 waiting, the engine's books say -1");
}

#[test]
fn more_reserved_than_there_is() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    one_order(&mut bench);
    bench.release(order(1, HOME, 0), 1, BOISE, &[(1, WHEY, 1)]);
    assert_breaks(&bench.end(60), Invariant::Units, "whey at boise: 1 reserved of 0 on hand");
}

#[test]
fn waiting_units_that_the_engine_tells_wrongly() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Held, None, &[(WHEY, 1, 0)]);
    bench.wait(order, 1, WHEY, BOISE, 1);
    assert_breaks(&bench.end(60), Invariant::Units, "order 1 line 1: 1 units wait, the engine spoke of 2");
}

#[test]
fn a_parcel_that_departs_twice() {
    let model = model();
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 2)]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::ShipsNow, None, &[(WHEY, 1, 1)]);
    bench.reserve(order, 1, WHEY, BOISE, 1);
    bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
    bench.depart(order, 1, BOISE, &[(1, WHEY, 1)]);
    let breaches = bench.end(END);
    assert!(breaches.iter().any(|b| b.invariant == Invariant::Endings && b.found.contains("departed")), "{breaches:?}");
}

#[test]
fn a_line_with_two_endings() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Held, None, &[(WHEY, 1, 0), (CREATINE, 1, 0)]);
    bench.at(60);
    bench.say(O::LineRemoved { order, line: 1, product: WHEY, units: 1, rule: Rule::Remove });
    bench.wait(order, 1, WHEY, BOISE, -1);
    bench.at(3_600);
    bench.notify(order);
    bench.say(O::LineRemoved { order, line: 1, product: WHEY, units: 1, rule: Rule::Remove });
    assert_breaks(&bench.end(DAY), Invariant::Endings, "it had ended before");
}

#[test]
fn a_line_that_ships_after_its_removal() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Split, None, &[(WHEY, 1, 0), (CREATINE, 1, 0)]);
    bench.at(60);
    bench.say(O::LineRemoved { order, line: 1, product: WHEY, units: 1, rule: Rule::Remove });
    bench.wait(order, 1, WHEY, BOISE, -1);
    bench.receive(BOISE, WHEY, 1);
    bench.reserve(order, 1, WHEY, BOISE, 1);
    bench.release(order, 1, BOISE, &[(1, WHEY, 1)]);
    let mut breaches = bench.end(61);
    // That the lone line of a fully backordered order leaves is another matter.
    breaches.retain(|breach| breach.invariant != Invariant::LeavesWhole);
    assert_breaks(&breaches, Invariant::Endings, "line 1, which had ended (Removed)");
}

#[test]
fn something_happens_to_an_order_that_ended() {
    let model = model();
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1)]);
    let order = one_order(&mut bench);
    bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
    bench.complete(order, 1);
    bench.at(60);
    bench.say(O::CancellationNotice { order });
    assert_breaks(&bench.end(END), Invariant::Endings, "order 1, which is not open");
}

#[test]
fn an_order_whose_end_is_forgotten() {
    let model = model();
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1)]);
    let order = one_order(&mut bench);
    bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
    assert_breaks(&bench.end(END), Invariant::Endings, "did not end");
}

#[test]
fn an_order_that_ends_too_early() {
    let model = model();
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1)]);
    let order = one_order(&mut bench);
    bench.release(order, 1, BOISE, &[(1, WHEY, 1)]);
    bench.complete(order, 1);
    assert_breaks(&bench.end(END), Invariant::Endings, "a parcel not departed");
}

#[test]
fn an_order_neither_placed_nor_lost() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    let order = order(1, HOME, 0);
    bench.say(O::OrderAsked { order, lines: 1 });
    bench.say(O::LineAsked {
        order,
        line: 1,
        product: WHEY,
        units: 1,
        network_available: false,
        displayed_in_stock: false,
    });
    assert_breaks(&bench.end(END), Invariant::Endings, "neither placed nor lost");
}

#[test]
fn an_international_order_in_two_parcels() {
    let model = model();
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1), (BOISE, CREATINE, 1)]);
    let order = order(1, ABROAD, 0);
    bench.place(order, Mode::ShipsNow, Some(BOISE), &[(WHEY, 1, 1), (CREATINE, 1, 1)]);
    bench.reserve(order, 1, WHEY, BOISE, 1);
    bench.reserve(order, 2, CREATINE, BOISE, 1);
    bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
    bench.ship(order, 2, BOISE, &[(2, CREATINE, 1)]);
    bench.complete(order, 2);
    assert_breaks(&bench.end(END), Invariant::OneParcel, "order 1 has 2 parcels");
}

#[test]
fn with_granularity_order_two_parcels_are_a_breach_at_home_too() {
    let mut model = model();
    model.rules.split.granularity = Granularity::Order;
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 2)]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::ShipsNow, Some(BOISE), &[(WHEY, 1, 1), (WHEY, 1, 1)]);
    bench.reserve(order, 1, WHEY, BOISE, 1);
    bench.reserve(order, 2, WHEY, BOISE, 1);
    bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
    bench.ship(order, 2, BOISE, &[(2, WHEY, 1)]);
    bench.complete(order, 2);
    assert_breaks(&bench.end(END), Invariant::OneParcel, "order 1 has 2 parcels");
}

#[test]
fn an_international_order_without_its_warehouse() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    bench.place(order(1, ABROAD, 0), Mode::Held, None, &[(WHEY, 1, 0)]);
    assert_breaks(&bench.end(60), Invariant::OneParcel, "not assigned to a warehouse");
}

#[test]
fn a_split_that_is_charged() {
    let model = model();
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1)]);
    let order = one_order(&mut bench);
    let contents = [ParcelLine { line: 1, product: WHEY, units: 1 }];
    let charged = crate::engine::ParcelRef { customer_charge: Cents(199), ..parcel(1, BOISE, &contents) };
    bench.say(O::ParcelReleased { order, parcel: charged, departs: SimTime(0) });
    bench.depart(order, 1, BOISE, &[(1, WHEY, 1)]);
    bench.complete(order, 1);
    assert_breaks(&bench.end(END), Invariant::NoCharge, "charged 1.99 for parcel 1");
}

#[test]
fn a_charge_at_departure() {
    let model = model();
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1)]);
    let order = one_order(&mut bench);
    bench.release(order, 1, BOISE, &[(1, WHEY, 1)]);
    let contents = [ParcelLine { line: 1, product: WHEY, units: 1 }];
    let charged = crate::engine::ParcelRef { customer_charge: Cents(5), ..parcel(1, BOISE, &contents) };
    bench.say(O::ParcelShipped { order, parcel: charged, arrives: SimTime(DAY) });
    bench.complete(order, 1);
    assert_breaks(&bench.end(END), Invariant::NoCharge, "charged 0.05 for parcel 1");
}

/// Two lines, none available; the first is covered after a minute.
fn half_covered(bench: &mut Bench<'_>, order: OrderRef, mode: Mode, assigned: Option<WarehouseId>) {
    bench.place(order, mode, assigned, &[(WHEY, 1, 0), (CREATINE, 1, 0)]);
    bench.at(60);
    bench.receive(BOISE, WHEY, 1);
    bench.cover(order, 1, WHEY, BOISE, 1);
}

#[test]
fn part_of_a_fully_backordered_order_leaves() {
    let model = model();
    for mode in [Mode::Held, Mode::Split] {
        let mut bench = Bench::new(&model, &[]);
        let order = order(1, HOME, 0);
        half_covered(&mut bench, order, mode, None);
        bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
        assert_breaks(&bench.end(61), Invariant::LeavesWhole, "leaves while line 2 waits");
    }
}

#[test]
fn part_of_an_international_order_leaves_whatever_full_order_says() {
    let mut model = model();
    model.rules.backorder.full_order = FullOrder::ShipAsCovered;
    let mut bench = Bench::new(&model, &[]);
    let order = order(1, ABROAD, 0);
    half_covered(&mut bench, order, Mode::Held, Some(BOISE));
    bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
    assert_breaks(&bench.end(61), Invariant::LeavesWhole, "leaves while line 2 waits");
}

#[test]
fn a_covered_order_that_is_kept_back() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Held, None, &[(WHEY, 1, 0)]);
    bench.at(60);
    bench.receive(BOISE, WHEY, 1);
    bench.cover(order, 1, WHEY, BOISE, 1);
    assert_breaks(&bench.end(61), Invariant::LeavesWhole, "did not leave in the instant they could");
}

#[test]
fn a_covered_line_of_a_split_order_that_is_kept_back() {
    let mut model = model();
    model.rules.backorder.full_order = FullOrder::ShipAsCovered;
    let mut bench = Bench::new(&model, &[]);
    half_covered(&mut bench, order(1, HOME, 0), Mode::Split, None);
    assert_breaks(&bench.end(61), Invariant::LeavesWhole, "did not leave in the instant they could");
}

#[test]
fn a_line_waits_beside_a_receipt() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    bench.place(order(1, HOME, 0), Mode::Held, None, &[(WHEY, 2, 0)]);
    bench.at(60);
    bench.receive(DAYTON, WHEY, 2);
    assert_breaks(&bench.end(61), Invariant::NoIdleStock, "order 1 line 1 waits for whey while dayton has 2 free");
}

#[test]
fn a_line_placed_beside_free_stock() {
    let model = model();
    let mut bench = Bench::new(&model, &[(DAYTON, WHEY, 1)]);
    bench.place(order(1, HOME, 0), Mode::Held, None, &[(WHEY, 1, 0)]);
    assert_breaks(&bench.end(60), Invariant::NoIdleStock, "while dayton has 1 free");
}

#[test]
fn too_little_for_a_whole_line_is_idle_only_for_single_units() {
    let mut model = model();
    let stock = [(DAYTON, WHEY, 1)];
    let mut bench = Bench::new(&model, &stock);
    bench.place(order(1, HOME, 0), Mode::Held, None, &[(WHEY, 2, 0)]);
    assert_eq!(bench.end(60), []);
    model.rules.split.granularity = Granularity::Unit;
    let mut bench = Bench::new(&model, &stock);
    bench.place(order(1, HOME, 0), Mode::Held, None, &[(WHEY, 2, 0)]);
    assert_breaks(&bench.end(60), Invariant::NoIdleStock, "while dayton has 1 free");
}

#[test]
fn an_assigned_order_looks_at_its_warehouse_alone() {
    let mut model = model();
    model.rules.backorder.pool = Pool::Warehouse;
    for (warehouse, is_idle) in [(DAYTON, true), (BOISE, false)] {
        let mut bench = Bench::new(&model, &[]);
        bench.place(order(1, HOME, 0), Mode::Held, Some(DAYTON), &[(WHEY, 1, 0)]);
        bench.at(60);
        bench.receive(warehouse, WHEY, 1);
        let breaches = bench.end(61);
        assert_eq!(breaches.iter().any(|breach| breach.invariant == Invariant::NoIdleStock), is_idle, "{breaches:?}");
    }
}

#[test]
fn an_assigned_order_served_from_elsewhere() {
    let model = model();
    let mut bench = Bench::new(&model, &[(DAYTON, WHEY, 1)]);
    let order = order(1, ABROAD, 0);
    bench.place(order, Mode::ShipsNow, Some(BOISE), &[(WHEY, 1, 1)]);
    bench.reserve(order, 1, WHEY, DAYTON, 1);
    bench.ship(order, 1, DAYTON, &[(1, WHEY, 1)]);
    bench.complete(order, 1);
    assert_breaks(&bench.end(END), Invariant::NoIdleStock, "served by dayton, which may not serve it");
}

#[test]
fn an_order_that_waits_as_a_whole_though_all_of_it_is_there() {
    let mut model = model();
    model.rules.backorder.reserve_while_held = false;
    let mut bench = Bench::new(&model, &[(BOISE, CREATINE, 1)]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Held, None, &[(WHEY, 1, 0), (CREATINE, 1, 1)]);
    bench.wait(order, 2, CREATINE, BOISE, 1);
    bench.at(60);
    bench.receive(DAYTON, WHEY, 1);
    assert_breaks(&bench.end(61), Invariant::NoIdleStock, "waits as a whole while all of its 2 lines");
}

#[test]
fn a_removal_may_be_what_makes_the_rest_coverable() {
    let mut model = model();
    model.rules.backorder.reserve_while_held = false;
    let mut bench = Bench::new(&model, &[(BOISE, CREATINE, 1)]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Held, None, &[(WHEY, 1, 0), (CREATINE, 1, 1)]);
    bench.wait(order, 2, CREATINE, BOISE, 1);
    bench.at(60);
    bench.say(O::LineRemoved { order, line: 1, product: WHEY, units: 1, rule: Rule::Remove });
    bench.wait(order, 1, WHEY, BOISE, -1);
    assert_breaks(&bench.end(61), Invariant::NoIdleStock, "waits as a whole while all of its 1 lines");
}
