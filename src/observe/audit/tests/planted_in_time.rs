//! Planted breaches of the age limit and of the notices: the right thing at the wrong time, or not at all.

use super::super::{Breach, Invariant};
use super::bench::{Bench, assert_breaks, assert_clean};
use crate::domain::*;
use crate::engine::{Occurrence as O, OrderRef};
use crate::observe::fixture::{BOISE, CREATINE, HOME, WHEY, model, order};

const LIMIT: i64 = 30 * DAY;

/// One order that waits from second 0 and is told so after an hour.
fn waiting(bench: &mut Bench<'_>, lines: &[(ProductId, u32, u32)]) -> OrderRef {
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Held, None, lines);
    bench.at(3_600);
    bench.notify(order);
    order
}

/// Cancels the only line of such an order at a second.
fn cancelled_at(model: &Model, second: i64) -> Vec<Breach> {
    let mut bench = Bench::new(model, &[]);
    let order = waiting(&mut bench, &[(WHEY, 1, 0)]);
    bench.at(second);
    bench.cancel(order, 1, WHEY, Some(BOISE));
    bench.say(O::OrderCancelled { order });
    bench.end(90 * DAY)
}

#[test]
fn cancelled_at_exactly_the_limit() {
    assert_breaks(&cancelled_at(&model(), LIMIT), Invariant::AgeLimit, "no clock had passed the limit");
}

#[test]
fn cancelled_a_second_after_is_right() {
    assert_clean(&cancelled_at(&model(), LIMIT + 1));
}

#[test]
fn cancelled_two_seconds_after_is_late() {
    assert_breaks(&cancelled_at(&model(), LIMIT + 2), Invariant::AgeLimit, "goes on waiting past the limit");
}

#[test]
fn cancelled_while_the_rule_is_off() {
    let mut model = model();
    model.rules.cancellation.after = None;
    assert_breaks(&cancelled_at(&model, LIMIT + 1), Invariant::AgeLimit, "no clock had passed the limit");
}

#[test]
fn never_cancelled_though_the_rule_is_on() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    waiting(&mut bench, &[(WHEY, 1, 0)]);
    assert_breaks(&bench.end(LIMIT + 2), Invariant::AgeLimit, "goes on waiting past the limit");
    let mut bench = Bench::new(&model, &[]);
    waiting(&mut bench, &[(WHEY, 1, 0)]);
    assert_clean(&bench.end(LIMIT + 1));
}

#[test]
fn a_line_that_an_earlier_receipt_of_the_second_covered_is_no_reason() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    let order = waiting(&mut bench, &[(WHEY, 1, 0)]);
    bench.at(LIMIT + 1);
    bench.receive(BOISE, WHEY, 1);
    bench.cover(order, 1, WHEY, BOISE, 1);
    bench.say(O::UnitsFreed { order, line: 1, product: WHEY, warehouse: BOISE, units: 1 });
    bench.cancel(order, 1, WHEY, None);
    bench.say(O::OrderCancelled { order });
    assert_breaks(&bench.end(90 * DAY), Invariant::AgeLimit, "no clock had passed the limit");
}

#[test]
fn with_scope_line_each_line_needs_its_own_age() {
    let mut model = model();
    for (scope, is_breach) in [(CancelScope::Order, false), (CancelScope::Line, true)] {
        model.rules.cancellation.scope = scope;
        let mut bench = Bench::new(&model, &[(BOISE, CREATINE, 1)]);
        let order = waiting(&mut bench, &[(WHEY, 1, 0), (CREATINE, 1, 1)]);
        bench.at(3_601);
        bench.reserve(order, 2, CREATINE, BOISE, 1);
        bench.at(LIMIT + 1);
        bench.cancel(order, 1, WHEY, Some(BOISE));
        bench.say(O::UnitsFreed { order, line: 2, product: CREATINE, warehouse: BOISE, units: 1 });
        bench.cancel(order, 2, CREATINE, None);
        bench.say(O::OrderCancelled { order });
        let breaches = bench.end(90 * DAY);
        assert_eq!(breaches.iter().any(|breach| breach.invariant == Invariant::AgeLimit), is_breach, "{breaches:?}");
    }
}

#[test]
fn the_product_clock_counts_from_the_stock_out_not_from_the_order() {
    let mut model = model();
    model.rules.cancellation.clock = CancelClock::Product;
    // The product was never there, so its clock runs from second 0: an order of day 10 goes on day 30.
    let mut bench = Bench::new(&model, &[]);
    bench.at(10 * DAY);
    let late = order(1, HOME, 10 * DAY);
    bench.place(late, Mode::Held, None, &[(WHEY, 1, 0)]);
    bench.at(10 * DAY + 3_600);
    bench.notify(late);
    assert_breaks(&bench.end(LIMIT + 2), Invariant::AgeLimit, "out of stock past the limit");
    // While a unit is free anywhere, nothing is cancelled: here one is, too few for the line.
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1)]);
    let order = waiting(&mut bench, &[(WHEY, 2, 0)]);
    bench.at(LIMIT + 1);
    bench.say(O::LineAutoCancelled { order, line: 1, product: WHEY, units: 2, since: SimTime::ZERO });
    bench.wait(order, 1, WHEY, BOISE, -2);
    bench.say(O::OrderCancelled { order });
    assert_breaks(&bench.end(90 * DAY), Invariant::AgeLimit, "no clock had passed the limit");
}

#[test]
fn a_notice_that_is_forgotten() {
    let model = model();
    for instant_in_between in [false, true] {
        let mut bench = Bench::new(&model, &[]);
        bench.place(order(1, HOME, 0), Mode::Held, None, &[(WHEY, 1, 0)]);
        if instant_in_between {
            bench.at(3_600);
            bench.receive(BOISE, CREATINE, 1);
        }
        bench.at(7_200);
        bench.receive(BOISE, CREATINE, 1);
        assert_breaks(&bench.end(DAY), Invariant::Notice, "order 1 got no notice although line 1 waited");
    }
}

#[test]
fn a_notice_that_is_never_planned() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    let order = order(1, HOME, 0);
    bench.say(O::OrderAsked { order, lines: 1 });
    let (line, product, units) = (1, WHEY, 1);
    bench.say(O::LineAsked { order, line, product, units, network_available: false, displayed_in_stock: false });
    bench.say(O::OrderPlaced { order, lines: 1, availability: Availability::None, mode: Mode::Held, assigned: None });
    bench.say(O::LinePlaced { order, line, product, units, available: 0 });
    bench.wait(order, line, product, BOISE, 1);
    assert_breaks(&bench.end(DAY), Invariant::Notice, "no notice was planned");
}

#[test]
fn a_notice_at_the_wrong_time_or_twice() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Held, None, &[(WHEY, 1, 0)]);
    bench.at(60);
    bench.notify(order);
    assert_breaks(&bench.end(DAY), Invariant::Notice, "although none was due");
    let mut bench = Bench::new(&model, &[]);
    let order = waiting(&mut bench, &[(WHEY, 1, 0)]);
    bench.notify(order);
    assert_breaks(&bench.end(DAY), Invariant::Notice, "although it had been told before");
}

#[test]
fn a_notice_after_the_order_resolved() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Held, None, &[(WHEY, 1, 0)]);
    bench.at(3_600);
    bench.receive(BOISE, WHEY, 1);
    bench.cover(order, 1, WHEY, BOISE, 1);
    bench.release(order, 1, BOISE, &[(1, WHEY, 1)]);
    bench.notify(order);
    assert_breaks(&bench.end(DAY), Invariant::Notice, "although no line waits any more");
}

#[test]
fn a_notice_called_late_that_is_in_time() {
    let model = model();
    let mut bench = Bench::new(&model, &[]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Held, None, &[(WHEY, 1, 0)]);
    bench.at(3_600);
    bench.say(O::NoticeSent { order, late: true });
    assert_breaks(&bench.end(DAY), Invariant::Notice, "wrongly said");
}
