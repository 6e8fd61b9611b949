//! Planted breaches of orders that are sourced anew: not for fewer parcels, or left in others than were found.

use super::super::{Breach, Invariant};
use super::bench::{Bench, assert_breaks, assert_clean};
use crate::domain::*;
use crate::engine::Occurrence as O;
use crate::observe::fixture::{BOISE, CREATINE, DAYTON, HOME, WHEY, model, order};

/// An order has whey in boise and waits for creatine, which dayton receives on day 2 with more whey. Its move is stated as `from` and
/// `to`; it leaves dayton in one parcel if it `moves`, else both places.
fn sourced_anew(reevaluate: bool, (from, to): (u32, u32), moves: bool) -> Vec<Breach> {
    let mut model = model();
    model.sourcing.reevaluate = reevaluate;
    let mut bench = Bench::new(&model, &[(BOISE, WHEY, 1)]);
    let order = order(1, HOME, 0);
    bench.place(order, Mode::Held, None, &[(WHEY, 1, 1), (CREATINE, 1, 0)]);
    bench.reserve(order, 1, WHEY, BOISE, 1);
    bench.at(3_600);
    bench.notify(order);
    bench.at(2 * DAY);
    bench.receive(DAYTON, WHEY, 1);
    bench.receive(DAYTON, CREATINE, 1);
    bench.reserve(order, 2, CREATINE, DAYTON, 1);
    bench.wait(order, 2, CREATINE, BOISE, -1);
    bench.say(O::OrderSourcedAnew { order, from, to });
    if moves {
        bench.say(O::UnitsFreed { order, line: 1, product: WHEY, warehouse: BOISE, units: 1 });
        bench.reserve(order, 1, WHEY, DAYTON, 1);
        bench.ship(order, 1, DAYTON, &[(1, WHEY, 1), (2, CREATINE, 1)]);
        bench.complete(order, 1);
    } else {
        bench.ship(order, 1, BOISE, &[(1, WHEY, 1)]);
        bench.ship(order, 2, DAYTON, &[(2, CREATINE, 1)]);
        bench.complete(order, 2);
    }
    bench.end(90 * DAY)
}

#[test]
fn an_order_that_leaves_in_one_parcel_instead_of_two_is_right() {
    assert_clean(&sourced_anew(true, (2, 1), true));
}

#[test]
fn one_that_leaves_in_two_parcels_all_the_same() {
    assert_breaks(&sourced_anew(true, (2, 1), false), Invariant::LeavesWhole, "for 1 parcels and left in 2");
}

#[test]
fn one_that_was_sourced_anew_for_no_fewer_parcels_or_from_others_than_it_had() {
    let breaches = sourced_anew(true, (2, 2), false);
    assert_breaks(&breaches, Invariant::LeavesWhole, "sourced anew from 2 to 2 parcels");
    let breaches = sourced_anew(true, (3, 1), true);
    assert_breaks(&breaches, Invariant::LeavesWhole, "from 3 to 1 parcels, with stock reserved in 2 places");
}

#[test]
fn one_that_was_sourced_anew_where_nobody_asked_for_that() {
    assert_breaks(&sourced_anew(false, (2, 1), true), Invariant::LeavesWhole, "sourced anew from 2 to 1 parcels");
}
