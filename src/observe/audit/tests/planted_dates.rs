//! Planted breaches of dates, of classes of customers and of limits.

use super::super::Invariant;
use super::bench::{Bench, assert_breaks, assert_clean};
use crate::domain::*;
use crate::engine::{Occurrence as O, OrderRef};
use crate::measures::fixture::promising as promising_within;
use crate::observe::fixture::{BOISE, CREATINE, HOME, WHEY, model, order};

const END: i64 = 90 * DAY;

/// A model that promises an arrival within three days.
fn promising() -> Model {
    Model { promise: Some(promising_within(Span::from_days(3))), ..model() }
}

/// An order whose parcel arrives two days on, and what is said of its promise.
fn promised(model: &Model, days: i64, said: impl Fn(OrderRef, SimTime) -> O<'static>) -> Vec<super::super::Breach> {
    let mut bench = Bench::new(model, &[(BOISE, WHEY, 1)]);
    let order = order(1, HOME, 0);
    let promised = SimTime(days * DAY);
    bench.place(order, Mode::ShipsNow, None, &[(WHEY, 1, 1)]);
    bench.say(O::LinePromised { order, line: 1, product: WHEY, promised, basis: PromiseBasis::Stock });
    bench.reserve(order, 1, WHEY, BOISE, 1);
    bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
    bench.say(said(order, promised));
    bench.complete(order, 1);
    bench.end(END)
}

#[test]
fn a_promise_that_is_kept_and_said_to_be_broken() {
    let model = promising();
    let done = SimTime(2 * DAY);
    let kept = |order, promised| O::PromiseKept { order, line: 1, product: WHEY, promised, done };
    let broken = |order, promised| O::PromiseBroken {
        order,
        line: 1,
        product: WHEY,
        promised,
        done: Some(done),
        why: LateFor::Stock,
    };
    let never =
        |order, promised| O::PromiseBroken { order, line: 1, product: WHEY, promised, done: None, why: LateFor::Stock };
    assert_clean(&promised(&model, 3, kept));
    assert_clean(&promised(&model, 1, broken));
    assert_breaks(&promised(&model, 3, broken), Invariant::Promise, "it arrives before or after that");
    assert_breaks(&promised(&model, 1, kept), Invariant::Promise, "it arrives before or after that");
    assert_breaks(&promised(&model, 3, never), Invariant::Promise, "there is time left");
    let untold = |order, _| O::OrderPromiseSettled { order, kept: true };
    assert_breaks(
        &promised(&model, 3, untold),
        Invariant::Promise,
        "nobody said whether the promise of line 1 was kept",
    );
}

#[test]
fn an_order_placed_ahead_that_claims_too_early_or_never() {
    let model = model();
    let ahead = order(1, HOME, 3 * DAY);
    let book = |bench: &mut Bench<'_>| {
        bench.say(O::OrderBooked { order: ahead });
        let (product, units, home) = (CREATINE, 1, Some(BOISE));
        bench.say(O::LineBooked { order: ahead, line: 1, product, units, home });
        bench.books.waiting.insert((BOISE, CREATINE), 1);
    };
    let mut never = Bench::new(&model, &[]);
    book(&mut never);
    never.at(4 * DAY);
    assert_breaks(&never.end(END), Invariant::Ahead, "order 1 was due, and claimed nothing");

    let mut early = Bench::new(&model, &[(BOISE, CREATINE, 1)]);
    book(&mut early);
    early.at(DAY);
    let (product, units, home) = (CREATINE, 1, Some(BOISE));
    early.say(O::LineFellDue { order: ahead, line: 1, product, units, home });
    early.books.waiting.insert((BOISE, CREATINE), 0);
    early.place(ahead, Mode::ShipsNow, None, &[(CREATINE, 1, 1)]);
    early.reserve(ahead, 1, CREATINE, BOISE, 1);
    early.ship(ahead, 1, BOISE, &[(1, CREATINE, 1)]);
    early.complete(ahead, 1);
    assert_breaks(&early.end(END), Invariant::Ahead, "claims stock, which is due at second 259200");
}

/// Two classes; `units` are reserved for the first, which goes before the second.
fn two_classes(units: u32) -> Model {
    let class = |id: &str, priority| CustomerClass {
        id: id.into(),
        share: 1.0,
        priority,
        customers: Customers::default(),
        ship_available: None,
    };
    let reserve = (units > 0).then(|| Reserve { units, may_take: vec![true, false] });
    Model { classes: vec![class("first", 1), class("second", 2)], reserve, ..model() }
}

fn of_class(number: OrderNumber, class: u16, placed: i64) -> OrderRef {
    OrderRef { class: ClassId(class), ..order(number, HOME, placed) }
}

/// An order of a class takes the one unit there is, of which so many are reserved.
fn takes_the_last_unit(reserved: u32, class: u16) -> Vec<super::super::Breach> {
    let model = two_classes(reserved);
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1)]);
    let order = of_class(1, class, 0);
    bench.place(order, Mode::ShipsNow, None, &[(WHEY, 1, 1)]);
    bench.reserve(order, 1, WHEY, BOISE, 1);
    bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
    bench.complete(order, 1);
    bench.end(END)
}

#[test]
fn a_reserved_unit_that_is_given_to_another_class() {
    assert_clean(&takes_the_last_unit(1, 0));
    assert_clean(&takes_the_last_unit(0, 1));
    let breaches = takes_the_last_unit(1, 1);
    assert_breaks(&breaches, Invariant::Reserve, "order 1 line 1 takes 1 of 1 free units, of which 1 are withheld");
}

#[test]
fn a_class_that_is_served_before_one_that_goes_before_it() {
    let model = two_classes(0);
    let served = |which: usize| {
        let mut bench = Bench::new(&model, &[]);
        let orders = [of_class(1, 1, 0), of_class(2, 0, 60)];
        bench.place(orders[0], Mode::Split, None, &[(WHEY, 1, 0)]);
        bench.at(60);
        bench.place(orders[1], Mode::Split, None, &[(WHEY, 1, 0)]);
        bench.at(3_600);
        bench.notify(orders[0]);
        bench.at(3_660);
        bench.notify(orders[1]);
        bench.at(DAY);
        bench.receive(BOISE, WHEY, 1);
        bench.cover(orders[which], 1, WHEY, BOISE, 1);
        bench.ship(orders[which], 1, BOISE, &[(1, WHEY, 1)]);
        bench.complete(orders[which], 1);
        bench.end(2 * DAY)
    };
    assert_clean(&served(1));
    assert_breaks(&served(0), Invariant::Priority, "order 1 line 1 is served before order 2 line 1");
}

#[test]
fn a_line_that_joins_a_queue_that_is_full() {
    let mut model = model();
    model.products[WHEY.index()].max_backorders = Some(1);
    let mut bench = Bench::new(&model, &[]);
    bench.place(order(1, HOME, 0), Mode::Split, None, &[(WHEY, 1, 0)]);
    bench.at(60);
    bench.place(order(2, HOME, 60), Mode::Split, None, &[(WHEY, 1, 0)]);
    assert_breaks(
        &bench.end(120),
        Invariant::Orderable,
        "order 2 line 1 is placed although its product cannot be ordered",
    );
}
