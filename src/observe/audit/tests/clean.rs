//! Histories as the rules want them: the auditor has nothing to say.

use super::bench::{Bench, assert_clean};
use crate::domain::*;
use crate::engine::Occurrence as O;
use crate::observe::fixture::{ABROAD, BOISE, CREATINE, DAYTON, HOME, WHEY, model, order};

const DAYS: i64 = DAY;

#[test]
fn two_warehouses_at_once() {
    let model = model();
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1), (DAYTON, CREATINE, 1)]);
    bench.at(DAYS);
    let order = order(1, HOME, DAYS);
    bench.place(order, Mode::ShipsNow, None, &[(WHEY, 1, 1), (CREATINE, 1, 1)]);
    bench.reserve(order, 1, WHEY, BOISE, 1);
    bench.reserve(order, 2, CREATINE, DAYTON, 1);
    bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
    bench.ship(order, 2, DAYTON, &[(2, CREATINE, 1)]);
    bench.complete(order, 2);
    assert_clean(&bench.end(90 * DAYS));
}

#[test]
fn a_split_with_handling_and_a_notice() {
    let model = model();
    let mut bench = Bench::new(&model, &[(BOISE, CREATINE, 1)]);
    bench.at(DAYS);
    let order = order(1, HOME, DAYS);
    bench.place(order, Mode::Split, None, &[(WHEY, 1, 0), (CREATINE, 1, 1)]);
    bench.reserve(order, 2, CREATINE, BOISE, 1);
    bench.release(order, 1, BOISE, &[(2, CREATINE, 1)]);
    bench.at(DAYS + 3_600);
    bench.notify(order);
    bench.at(DAYS + 4 * 3_600);
    bench.depart(order, 1, BOISE, &[(2, CREATINE, 1)]);
    bench.at(3 * DAYS);
    bench.receive(BOISE, WHEY, 5);
    bench.cover(order, 1, WHEY, BOISE, 1);
    bench.ship(order, 2, BOISE, &[(1, WHEY, 1)]);
    bench.complete(order, 2);
    assert_clean(&bench.end(90 * DAYS));
}

#[test]
fn an_international_order_waits_beside_stock_elsewhere() {
    let model = model();
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1), (DAYTON, CREATINE, 1)]);
    bench.at(DAYS);
    let order = order(1, ABROAD, DAYS);
    bench.place(order, Mode::Held, Some(BOISE), &[(WHEY, 1, 1), (CREATINE, 1, 0)]);
    bench.reserve(order, 1, WHEY, BOISE, 1);
    bench.at(DAYS + 3_600);
    bench.notify(order);
    bench.at(3 * DAYS);
    bench.receive(BOISE, CREATINE, 1);
    bench.cover(order, 2, CREATINE, BOISE, 1);
    bench.ship(order, 1, BOISE, &[(1, WHEY, 1), (2, CREATINE, 1)]);
    bench.complete(order, 1);
    assert_clean(&bench.end(90 * DAYS));
}

#[test]
fn a_held_order_cancelled_in_its_second_gives_its_stock_to_the_next() {
    let model = model();
    let mut bench = Bench::new(&model, &[(BOISE, CREATINE, 1)]);
    let held = order(1, HOME, 0);
    bench.place(held, Mode::Held, None, &[(WHEY, 1, 0), (CREATINE, 1, 1)]);
    bench.reserve(held, 2, CREATINE, BOISE, 1);
    bench.at(3_600);
    bench.notify(held);
    bench.at(20 * DAYS);
    let next = order(2, HOME, 20 * DAYS);
    bench.place(next, Mode::Held, None, &[(CREATINE, 1, 0)]);
    bench.at(20 * DAYS + 3_600);
    bench.notify(next);
    bench.at(30 * DAYS + 1);
    bench.cancel(held, 1, WHEY, Some(BOISE));
    bench.say(O::UnitsFreed { order: held, line: 2, product: CREATINE, warehouse: BOISE, units: 1 });
    bench.cancel(held, 2, CREATINE, None);
    bench.say(O::OrderCancelled { order: held });
    bench.cover(next, 1, CREATINE, BOISE, 1);
    bench.ship(next, 1, BOISE, &[(1, CREATINE, 1)]);
    bench.complete(next, 1);
    assert_clean(&bench.end(90 * DAYS));
}

#[test]
fn a_swap_and_a_removal_complete_a_held_order() {
    let model = model();
    let mut bench = Bench::new(&model, &[(DAYTON, CREATINE, 2)]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Held, None, &[(WHEY, 1, 0), (WHEY, 2, 0)]);
    bench.at(600);
    bench.say(O::LineSwapped {
        order,
        line: 1,
        product: WHEY,
        units: 1,
        to: 3,
        to_product: CREATINE,
        warehouse: DAYTON,
    });
    bench.wait(order, 1, WHEY, BOISE, -1);
    bench.reserve(order, 3, CREATINE, DAYTON, 1);
    bench.at(700);
    bench.say(O::LineRemoved { order, line: 2, product: WHEY, units: 2, rule: crate::rules::Rule::Remove });
    bench.wait(order, 2, WHEY, BOISE, -2);
    bench.ship(order, 1, DAYTON, &[(3, CREATINE, 1)]);
    bench.complete(order, 1);
    assert_clean(&bench.end(90 * DAYS));
}

#[test]
fn an_order_lost_at_display_is_never_placed() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    let order = order(1, HOME, 0);
    bench.say(O::OrderAsked { order, lines: 1 });
    let (line, product, units) = (1, WHEY, 1);
    bench.say(O::LineAsked { order, line, product, units, network_available: false, displayed_in_stock: false });
    bench.say(O::LineLost { order, line, product, units, why: Loss::Dropped, home: Some(BOISE) });
    assert_clean(&bench.end(90 * DAYS));
}

#[test]
fn single_units_leave_as_they_come() {
    let mut model = model();
    model.rules.split.granularity = Granularity::Unit;
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1), (DAYTON, WHEY, 1)]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Split, None, &[(WHEY, 3, 2)]);
    bench.reserve(order, 1, WHEY, BOISE, 1);
    bench.reserve(order, 1, WHEY, DAYTON, 1);
    bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
    bench.ship(order, 2, DAYTON, &[(1, WHEY, 1)]);
    bench.at(60);
    bench.receive(BOISE, WHEY, 1);
    bench.cover(order, 1, WHEY, BOISE, 1);
    bench.ship(order, 3, BOISE, &[(1, WHEY, 1)]);
    bench.complete(order, 3);
    assert_clean(&bench.end(90 * DAYS));
}

#[test]
fn an_order_that_waits_as_a_whole_leaves_free_stock_alone() {
    let mut model = model();
    model.rules.backorder.reserve_while_held = false;
    let mut bench = Bench::new(&model, &[(BOISE, CREATINE, 1)]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Held, None, &[(WHEY, 1, 0), (CREATINE, 1, 1)]);
    bench.wait(order, 2, CREATINE, BOISE, 1);
    bench.at(60);
    bench.receive(DAYTON, WHEY, 1);
    bench.reserve(order, 1, WHEY, DAYTON, 1);
    bench.wait(order, 1, WHEY, BOISE, -1);
    bench.cover(order, 2, CREATINE, BOISE, 1);
    bench.ship(order, 1, BOISE, &[(2, CREATINE, 1)]);
    bench.ship(order, 2, DAYTON, &[(1, WHEY, 1)]);
    bench.complete(order, 2);
    assert_clean(&bench.end(90 * DAYS));
}

#[test]
fn the_product_clock_starts_again_when_stock_came_and_went() {
    let mut model = model();
    model.rules.cancellation.clock = CancelClock::Product;
    let mut bench = Bench::new(&model, &[]);
    let first = order(1, HOME, DAYS);
    let second = order(2, HOME, DAYS);
    bench.at(DAYS);
    bench.place(first, Mode::Held, None, &[(WHEY, 1, 0)]);
    bench.place(second, Mode::Held, None, &[(WHEY, 1, 0)]);
    bench.at(DAYS + 3_600);
    bench.notify(first);
    bench.notify(second);
    bench.at(20 * DAYS);
    bench.receive(BOISE, WHEY, 1);
    bench.cover(first, 1, WHEY, BOISE, 1);
    bench.ship(first, 1, BOISE, &[(1, WHEY, 1)]);
    bench.complete(first, 1);
    bench.at(50 * DAYS + 1);
    bench.cancel(second, 1, WHEY, Some(BOISE));
    bench.say(O::OrderCancelled { order: second });
    assert_clean(&bench.end(90 * DAYS));
}
