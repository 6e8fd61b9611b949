//! Promised dates as the tally counts them, worked out by hand.

use super::observer::Tally;
use crate::domain::{ClassId, DAY, LateFor, Model, ProductId, SimTime, Span, ZoneId};
use crate::engine::{Observer, Occurrence as O, OrderRef};
use crate::measures::{Basis, Metric, fixture};

#[test]
fn promises_kept_broken_and_late() {
    let model = Model { promise: Some(fixture::promising(Span::from_days(3))), ..fixture::model() };
    let mut tally = Tally::new(&model);
    let (product, promised) = (ProductId(0), SimTime(5 * DAY));
    // Placed on day 2, which is measured, and on day 0, which is not.
    for (number, placed) in [(1, 2), (2, 2), (3, 0)] {
        let order = OrderRef {
            number,
            placed: SimTime(placed * DAY),
            zone: ZoneId(0),
            international: false,
            class: ClassId(0),
        };
        let mut say = |what| tally.observe(SimTime(4 * DAY), what);
        say(O::PromiseKept { order, line: 1, product, promised, done: promised });
        if number > 1 {
            // A day late, three days late, never.
            for (line, days, why) in [(2, 6, LateFor::Limit), (3, 8, LateFor::Stock)] {
                say(O::PromiseBroken { order, line, product, promised, done: Some(SimTime(days * DAY)), why });
            }
            say(O::PromiseBroken { order, line: 4, product, promised, done: None, why: LateFor::Stock });
        }
        say(O::OrderPromiseSettled { order, kept: number == 1 });
    }
    let (outcome, basis) = (tally.into_outcome(), Basis::of(&model));
    for sums in [&outcome.total, &outcome.product(0)] {
        for (metric, expected) in [
            (Metric::LateForStockLineShare, 2.0 / 5.0),
            (Metric::LateForLimitLineShare, 1.0 / 5.0),
            (Metric::LateForHoursLineShare, 0.0),
            (Metric::LateForOrderLineShare, 0.0),
            (Metric::LateForWayLineShare, 0.0),
        ] {
            assert_eq!(metric.pair(sums, &basis).value(), Some(expected), "{}", metric.name());
        }
    }
    let total = outcome.total;
    for (metric, expected) in [
        (Metric::OnTimeLineShare, 2.0 / 5.0),
        (Metric::OnTimeOrderShare, 1.0 / 2.0),
        (Metric::DaysLateMean, (1.0 + 3.0) / 2.0),
    ] {
        assert_eq!(metric.pair(&total, &basis).value(), Some(expected), "{}", metric.name());
    }
}
