//! What the rules decide, case by case: a table that a change of a rule's code shows up in, with the case that it shows in.
//!
//! A scenario meets some of the cases that a rule knows, and what a wrong decision leads to is often first seen as another
//! rule's event. Here each rule is asked by itself, on both sides of every boundary that its page names; so a rule that
//! decides otherwise is known by name, whatever follows from it. `backorder check` keeps the table beside its baselines.

mod words;

use std::fmt::Display;

use super::international_complete::Candidate;
use super::remove::Left;
use super::*;
use crate::domain::Cents;
use crate::domain::settings::Words;
use crate::domain::{
    AtLimit, CancelClock, CancelScope, ClassId, Customers, FullOrder, Granularity, Pool, Priority, ProductId, Reserve,
    SimTime, Span, SwapIfNone,
};

use words::{AVAILABILITIES, BOTH, DAY, available, by_rule, changed, in_days, listed, pairs, rank, yes};

/// What a rule decides in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Which rule.
    pub rule: Rule,
    /// What is decided.
    pub question: &'static str,
    /// What is the case.
    pub case: String,
    /// What is decided then.
    pub answer: String,
}

/// Every rule's decisions, rule by rule in the order of [`Rule::ALL`].
pub fn decisions() -> Vec<Decision> {
    let mut table = Asked { rule: Rule::MultiWarehouse, table: Vec::new() };
    for rule in Rule::ALL {
        table.rule = rule;
        match rule {
            Rule::MultiWarehouse => table.multi_warehouse(),
            Rule::EarlyReplenishment => table.early_replenishment(),
            Rule::BackorderDisplay => table.backorder_display(),
            Rule::BackorderOrderable => table.backorder_orderable(),
            Rule::FullBackorderHold => table.full_backorder_hold(),
            Rule::BackorderNotice => table.backorder_notice(),
            Rule::ShipmentNotice => table.shipment_notice(),
            Rule::PartialSplit => table.partial_split(),
            Rule::FreeSplit => table.free_split(),
            Rule::Swap => table.swap(),
            Rule::Remove => table.remove(),
            Rule::AutoCancel => table.auto_cancel(),
            Rule::InternationalComplete => table.international_complete(),
            Rule::DisplayMismatch => table.display_mismatch(),
            Rule::Support247 => table.support_24_7(),
        }
        if let Relaxation::Opposite { setting, .. } = rule.relaxed() {
            table.ask("is taken back by", "to measure its worth", setting);
        }
    }
    table.table
}

/// The table, and the rule that is being asked.
struct Asked {
    rule: Rule,
    table: Vec<Decision>,
}

impl Asked {
    fn ask(&mut self, question: &'static str, case: impl Display, answer: impl Display) {
        let (case, answer) = (case.to_string(), answer.to_string());
        self.table.push(Decision { rule: self.rule, question, case, answer });
    }

    fn multi_warehouse(&mut self) {
        for (free, units) in [
            (-1, 1),
            (0, 1),
            (1, 1),
            (1, 2),
            (2, 2),
            (3, 2),
            (70_000, 65_537),
            (65_537, 70_000),
            (10_0000, 10_0000),
            (i32::MAX, u32::MAX),
        ] {
            let is_able = multi_warehouse::is_able(free, units);
            self.ask("covers the line", format!("{units} wanted, {free} free"), yes(is_able));
        }
        for (units, free) in [
            (2, [0, 0, 0]),
            (2, [2, 0, 0]),
            (2, [1, 2, 3]),
            (2, [0, 1, 5]),
            (1, [0, 0, 1]),
            (5, [4, 9, 5]),
            (70_000, [65_535, 70_000, 90_000]),
        ] {
            let first = multi_warehouse::first_able(free, units);
            self.ask("is supplied by", format!("{units} wanted, {} free by rank", listed(free)), rank(first));
        }
        let reserve = Reserve { units: 3, may_take: vec![true, false] };
        for (kept, reserve) in [("nothing", None), ("3 units for class 1", Some(&reserve))] {
            // A class that the reserve does not know, too.
            for class in 0..3 {
                let withheld = multi_warehouse::withheld_from(ClassId(class), reserve);
                self.ask("units withheld of a shelf", format!("kept {kept}, class {}", class + 1), withheld);
            }
        }
        for (free, withheld) in
            [(5, 0), (5, 3), (4, 3), (3, 3), (2, 3), (0, 3), (0, 0), (i32::MAX, 1), (i32::MAX, i32::MAX)]
        {
            let left = multi_warehouse::free_to_take(free, withheld);
            self.ask("may be taken", format!("{free} free, {withheld} withheld"), left);
        }
        for &granularity in Granularity::ALL {
            let divides = multi_warehouse::divides_lines(granularity);
            self.ask("comes from several warehouses", format!("granularity {}", granularity.word()), yes(divides));
        }
        for &priority in Priority::ALL {
            let first = multi_warehouse::serves_complete_orders_first(priority);
            self.ask("complete orders take first", format!("priority {}", priority.word()), yes(first));
        }
        let latest = multi_warehouse::claim(1, SimTime(2 * DAY.0), 7, 2);
        for (class, day, order, line) in [
            (1, 2, 7, 1),
            (1, 2, 7, 3),
            (1, 2, 6, 9),
            (1, 2, 8, 1),
            (1, 1, 9, 9),
            (1, 3, 1, 1),
            (2, 1, 1, 1),
            (0, 9, 9, 9),
        ] {
            let goes_before = multi_warehouse::claim(class, SimTime(day * DAY.0), order, line) < latest;
            let case = format!("priority {class}, placed on day {day}, order {order} line {line}");
            let other = "goes before priority 1, day 2, order 7 line 2";
            self.ask(other, case, yes(goes_before));
        }
    }

    fn early_replenishment(&mut self) {
        for disrupted in BOTH {
            let may = early_replenishment::may_expedite(disrupted);
            self.ask("may be expedited", format!("vendor disrupted: {}", yes(disrupted)), yes(may));
        }
        for (due, expedited) in [(9, 8 * DAY.0), (9, 9 * DAY.0), (9, 9 * DAY.0 + 1), (400, 399 * DAY.0), (2, 3 * DAY.0)]
        {
            let sooner = early_replenishment::arrives_sooner(SimTime(due * DAY.0), SimTime(expedited));
            self.ask("takes the other arrival", format!("due {due}d, expedited {}", Span(expedited)), yes(sooner));
        }
        // Days, and the hours beyond them; much, little and nothing.
        for (free, per_day, days) in [
            (0, 0.0, 3.0),
            (1, 0.0, 3.0),
            (5, 2.0, 3.0),
            (6, 2.0, 3.0),
            (7, 2.0, 3.0),
            (0, 2.0, 0.0),
            (0, 2.0, -1.0),
            (-1, 2.0, -1.0),
            (0, 0.4, 1.5),
            (1, 0.4, 1.5),
            (3, 2.0, 1.75),
            (4, 2.0, 1.75),
            (4_0000, 1_000.0, 40.0),
            (4_0001, 1_000.0, 40.0),
        ] {
            let expedite = early_replenishment::should_expedite(free, per_day, in_days(days), in_days(0.0));
            let case = format!("{per_day} a day, promised {days} days from now");
            self.ask("is expedited", format!("{free} free, {case}"), yes(expedite));
        }
        for (saved, charge) in [(0.0, 0), (48.99, 4_900), (49.0, 4_900), (49.01, 4_900), (f64::INFINITY, 4_900)] {
            let worth = early_replenishment::is_worth_its_charge(saved, Cents(charge));
            self.ask("is worth its charge", format!("saves {saved}, charged {}", Cents(charge)), yes(worth));
        }
        let month = 365 * DAY.0 / 12;
        for second in [0, month - 1, month, 12 * month - 1, 12 * month] {
            let found = early_replenishment::month_of(SimTime(second));
            self.ask("falls into the month", format!("second {second}"), found.to_string());
        }
        for (spent, charge) in [(0, 10_000), (0, 10_001), (6_000, 4_000), (6_000, 4_001), (10_000, 0), (i64::MAX, 1)] {
            let within = early_replenishment::is_within_budget(Cents(spent), Cents(charge), Cents(10_000));
            let case = format!("budget 100.00, {} spent, charged {}", Cents(spent), Cents(charge));
            self.ask("is within the budget", case, yes(within));
        }
        for (units, net_stock) in [(10, 12), (10, 10), (10, 4), (10, 0), (10, -3)] {
            let needed = early_replenishment::needed_early(units, net_stock);
            self.ask("units needed early", format!("{units} units, net stock {net_stock}"), needed.to_string());
        }
        for (first, last) in [(20, 10), (10, 0), (10, -10), (4, 4), (0, -5), (15, 5)] {
            let spared = early_replenishment::spared_unit_seconds(10, first, last, 3_600);
            self.ask("unit-seconds spared", format!("10 units, net stock {first} to {last} in 1h"), spared.to_string());
        }
        for (per_day, days) in [
            (0.0, 3.0),
            (1.5, 3.0),
            (2.0, 3.0),
            (2.0, 0.0),
            (2.0, -1.0),
            (0.4, 1.5),
            (2.0, 1.75),
            (1_000.0, 40.0),
            (1e9, 400.0),
        ] {
            let most = early_replenishment::most_free_to_expedite(per_day, in_days(days), in_days(0.0));
            self.ask("the most free stock that is", format!("{per_day} a day, promised {days} days from now"), most);
        }
    }

    fn backorder_display(&mut self) {
        for free in [&[][..], &[0, 0], &[-1, 0], &[0, 1], &[1, 0], &[-1, 2], &[0, 0, 3], &[70_000], &[-5, -5]] {
            let shown = backorder_display::shows_in_stock(free.iter().copied());
            self.ask("shows in stock", format!("{} free by warehouse", listed(free)), yes(shown));
        }
        for (refreshed, (there, shown)) in BOTH.into_iter().flat_map(|one| pairs().map(move |others| (one, others))) {
            let displayed = backorder_display::displays_in_stock(refreshed, there, || shown);
            let case = format!("refreshed {}, in stock {}, when last taken {}", yes(refreshed), yes(there), yes(shown));
            self.ask("the customer reads in stock", case, yes(displayed));
        }
        for refresh in [Span::ZERO, Span(1), DAY, Span(30 * DAY.0)] {
            let rules = changed(|rules| rules.display.refresh = refresh);
            let interval = backorder_display::refresh_interval(&rules);
            let every = interval.map_or_else(|| "current at all times".to_string(), |every| every.to_string());
            self.ask("is refreshed", format!("refresh {refresh}"), yes(backorder_display::is_refreshed(&rules)));
            self.ask("refreshed every", format!("refresh {refresh}"), every);
        }
    }

    fn backorder_orderable(&mut self) {
        for (shown, coin) in pairs() {
            let kept = backorder_orderable::keeps_line(shown, || coin);
            self.ask(
                "the line is kept",
                format!("shown in stock {}, the customer keeps it {}", yes(shown), yes(coin)),
                yes(kept),
            );
        }
        for (shown, keep) in
            [(false, 0.0), (false, 0.5), (false, 0.99), (false, 1.0), (true, 0.0), (true, 0.5), (true, 1.0)]
        {
            let kept = backorder_orderable::keeps_everything(shown, keep);
            self.ask(
                "every line is kept",
                format!("all shown in stock {}, kept with probability {keep}", yes(shown)),
                yes(kept),
            );
        }
        for shown in BOTH {
            for (waiting, most) in [
                (0, None),
                (i64::MAX, None),
                (0, Some(0)),
                (0, Some(1)),
                (1, Some(1)),
                (2, Some(1)),
                (19, Some(20)),
                (20, Some(20)),
                (i64::from(u32::MAX), Some(u32::MAX)),
            ] {
                let can = backorder_orderable::can_be_ordered(shown, waiting, most);
                let limit = most.map_or_else(|| "without a limit".to_string(), |most| format!("limit {most}"));
                let case = format!("shown in stock {}, {waiting} units wait, {limit}", yes(shown));
                self.ask("can be ordered", case, yes(can));
            }
        }
        for &at_limit in AtLimit::ALL {
            let asks = backorder_orderable::asks_for_a_substitute(at_limit);
            self.ask("asks for a substitute", format!("at_limit {}", at_limit.word()), yes(asks));
        }
        for accept in BOTH {
            let rules = changed(|rules| rules.backorder.accept = accept);
            self.ask(
                "the line may wait",
                format!("accept {accept}"),
                yes(backorder_orderable::accepts_backorder(&rules)),
            );
        }
    }

    fn full_backorder_hold(&mut self) {
        for &full_order in FullOrder::ALL {
            let held = full_backorder_hold::is_held(full_order);
            self.ask("is held", format!("full_order {}", full_order.word()), yes(held));
        }
        for reserve in BOTH {
            for &pool in Pool::ALL {
                for &full_order in FullOrder::ALL {
                    let rules = changed(|rules| {
                        rules.backorder.reserve_while_held = reserve;
                        rules.backorder.pool = pool;
                        rules.backorder.full_order = full_order;
                    });
                    let whole = full_backorder_hold::waits_as_a_whole(&rules);
                    let others = format!("pool {}, full_order {}", pool.word(), full_order.word());
                    self.ask(
                        "takes nothing until complete",
                        format!("reserve_while_held {reserve}, {others}"),
                        yes(whole),
                    );
                }
            }
        }
    }

    fn backorder_notice(&mut self) {
        for deadline in [Span::ZERO, Span(3_600), DAY, Span(10 * DAY.0)] {
            for after in [deadline.0 - 1, deadline.0, deadline.0 + 1, deadline.0 + 40 * DAY.0] {
                let late = backorder_notice::is_late(Span(after), deadline);
                let case = format!("sent after {after} seconds, deadline {deadline}");
                self.ask("is late", case, yes(late));
            }
        }
        for waiting in [0, 1, 2, 3, 100, 70_000] {
            self.ask("is sent", format!("{waiting} lines waiting"), yes(backorder_notice::is_sent(waiting)));
        }
    }

    fn shipment_notice(&mut self) {
        for released in [Span::ZERO, DAY, Span(400 * DAY.0 + 1)] {
            for handling in [Span::ZERO, Span(3_600), Span(3 * DAY.0)] {
                let sent = shipment_notice::sent_at(SimTime(released.0), handling);
                self.ask("is sent at", format!("released {released}, handling {handling}"), Span(sent.0));
            }
        }
    }

    fn partial_split(&mut self) {
        for availability in AVAILABILITIES {
            for &full_order in FullOrder::ALL {
                for coin in BOTH {
                    let decided = partial_split::mode(availability, full_order, || coin);
                    let case = format!(
                        "{}, full_order {}, ships ahead {}",
                        available(availability),
                        full_order.word(),
                        yes(coin)
                    );
                    self.ask("a domestic order", case, by_rule(decided));
                }
            }
        }
        for part_shipped in BOTH {
            for &full_order in FullOrder::ALL {
                let decided = partial_split::mode_of_waiting(part_shipped, full_order);
                let case = format!("a part of it has left: {}, full_order {}", yes(part_shipped), full_order.word());
                self.ask("a domestic order that waits at the start", case, by_rule(decided));
            }
        }
    }

    fn free_split(&mut self) {
        for parcel in [1, 2, 3, 10, 1_000] {
            self.ask("comes from a split", format!("parcel {parcel}"), yes(free_split::is_extra(parcel)));
            self.ask("the customer pays", format!("parcel {parcel}"), free_split::customer_charge(parcel));
        }
    }

    fn swap(&mut self) {
        // The order of a group is the file's, which need not be that of its products.
        for (group, wanted, stocked) in [
            ([3, 4, 5], 3, vec![]),
            ([3, 4, 5], 3, vec![3]),
            ([3, 4, 5], 3, vec![4, 5]),
            ([3, 4, 5], 4, vec![3, 4, 5]),
            ([3, 4, 5], 5, vec![4]),
            ([3, 4, 5], 9, vec![5]),
            ([8, 2, 6], 6, vec![2, 6, 8]),
            ([8, 2, 6], 8, vec![2, 6]),
            ([8, 2, 6], 2, vec![6, 8]),
        ] {
            let supplier = |product: ProductId| stocked.contains(&product.0).then_some(());
            let found = swap::substitute(&group.map(ProductId), ProductId(wanted), supplier);
            let of = group.map(|product| product.to_string()).join(", ");
            let case = format!("product {wanted} of the group {of}; in stock: {}", listed(stocked.iter()));
            self.ask(
                "the substitute",
                case,
                found.map_or_else(|| "none".to_string(), |(product, ())| product.0.to_string()),
            );
        }
        for &if_none in SwapIfNone::ALL {
            let removed = swap::removes_without_substitute(if_none);
            self.ask("removed without a substitute", format!("if_none {}", if_none.word()), yes(removed));
        }
    }

    fn remove(&mut self) {
        for (open, waiting) in [(0, 0), (1, 0), (2, 0), (1, 1), (2, 1), (3, 3), (70_000, 0), (70_000, 69_999)] {
            let left = match remove::what_is_left(open, waiting) {
                Left::Nothing => "nothing",
                Left::ReadyToShip => "lines ready to ship",
                Left::Waiting => "lines that wait",
            };
            self.ask("what is left", format!("{open} open, {waiting} of them waiting"), left);
        }
    }

    fn auto_cancel(&mut self) {
        for (since, after) in [(1, 30), (0, 30), (100, 30), (1, 0), (1, 1), (7, 45), (200, 400)] {
            let (since, after) = (SimTime(since * DAY.0), Span(after * DAY.0));
            let case = format!("waits since {}, limit {after}", Span(since.0));
            let at = auto_cancel::cancelled_at(since, after);
            self.ask("is cancelled at", &case, Span(at.0));
            for late in [-1, 0, 1, 2, 90 * DAY.0] {
                let now = since + after + Span(late);
                let expired = auto_cancel::has_expired(since, after, now);
                self.ask("has waited too long", format!("{case}, now {}", Span(now.0)), yes(expired));
            }
        }
        for &clock in CancelClock::ALL {
            for is_in_stock in BOTH {
                let since = auto_cancel::clock_of(clock, SimTime(9 * DAY.0), SimTime(4 * DAY.0), || is_in_stock);
                let shown = since.map_or_else(|| "never".to_string(), |since| Span(since.0).to_string());
                let case =
                    format!("clock {}, waits since 9d, out since 4d, some free now {}", clock.word(), yes(is_in_stock));
                self.ask("its clock runs since", case, shown);
            }
        }
        for &scope in CancelScope::ALL {
            self.ask(
                "ends the whole order",
                format!("scope {}", scope.word()),
                yes(auto_cancel::ends_whole_order(scope)),
            );
        }
    }

    fn international_complete(&mut self) {
        for (abroad, complete_only) in pairs() {
            for &granularity in Granularity::ALL {
                for &pool in Pool::ALL {
                    let rules = changed(|rules| {
                        rules.international.complete_only = complete_only;
                        rules.split.granularity = granularity;
                        rules.backorder.pool = pool;
                    });
                    let of = format!("international {}, complete_only {complete_only}", yes(abroad));
                    let case = format!("{of}, granularity {}, pool {}", granularity.word(), pool.word());
                    let complete = international_complete::ships_complete_only(abroad, &rules);
                    let assigned = international_complete::is_assigned(abroad, &rules);
                    self.ask("leaves in one parcel or not at all", &case, yes(complete));
                    self.ask("is assigned to one warehouse", &case, yes(assigned));
                }
            }
            let rules = changed(|rules| rules.international.complete_only = complete_only);
            for availability in AVAILABILITIES {
                let decided = international_complete::mode(availability, abroad, &rules);
                let of = format!("international {}, complete_only {complete_only}", yes(abroad));
                let case = format!("{of}, {}", available(availability));
                self.ask("an order in one parcel", &case, by_rule(decided));
                let mut in_one = rules.clone();
                in_one.split.granularity = Granularity::Order;
                in_one.backorder.full_order = FullOrder::ShipAsCovered;
                let decided = international_complete::mode(availability, abroad, &in_one);
                let case = format!("{case}, granularity order, full_order ship-as-covered");
                self.ask("an order in one parcel", case, by_rule(decided));
            }
        }
        for lines in [
            vec![],
            vec![(1, 2)],
            vec![(1, 2), (1, 2)],
            vec![(0, 2), (1, 1)],
            vec![(1, 1), (1, 2)],
            vec![(2, 2), (0, 3)],
            vec![(0, 0), (0, 0)],
            vec![(1, 2), (2, 2), (2, 2)],
            vec![(1, 9), (2, 3), (2, 4)],
            vec![(65_537, 70_000), (70_000, 70_000)],
        ] {
            let candidates = lines.iter().map(|&(available, carried)| Candidate { available, carried });
            let assigned = international_complete::assign(candidates);
            let shown = lines.iter().map(|(available, carried)| format!("{available} of {carried}"));
            self.ask(
                "the warehouse assigned",
                format!("lines available of carried by rank: {}", listed(shown)),
                rank(assigned),
            );
        }
    }

    fn display_mismatch(&mut self) {
        for (shown, backordered) in pairs() {
            let mismatch = display_mismatch::is_mismatch(shown, backordered);
            self.ask(
                "is a mismatch",
                format!("shown in stock {}, backordered {}", yes(shown), yes(backordered)),
                yes(mismatch),
            );
        }
        for after_mismatch in [None, Some(0.0), Some(0.5), Some(1.0)] {
            let customers = Customers { contact_after_mismatch: after_mismatch, ..Customers::default() };
            let set = after_mismatch.map_or_else(|| "not set".to_string(), |share| share.to_string());
            for mismatch in BOTH {
                let calls = display_mismatch::contact_probability(mismatch, &customers);
                let case = format!("contact_after_mismatch {set}, mismatch {}", yes(mismatch));
                self.ask("calls with probability", case, calls);
            }
        }
    }

    fn support_24_7(&mut self) {
        // At night, on each day of a week, with and without handling.
        for (day, hour) in [(0, 0), (1, 3), (1, 12), (2, 23), (3, 9), (4, 20), (5, 12), (6, 3), (400, 3)] {
            for handling in [Span::ZERO, Span(60), Span(2 * DAY.0)] {
                let call = SimTime(day * DAY.0 + hour * 3_600);
                let effect = support_24_7::takes_effect(call, handling);
                self.ask("takes effect at", format!("call at {}, handling {handling}", Span(call.0)), Span(effect.0));
            }
        }
        for coin in BOTH {
            let wish = support_24_7::wish(|| coin);
            self.ask("the caller wants", format!("among those who swap {}", yes(coin)), wish.word());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_of_every_rule_is_asked() {
        let own = include_str!("decisions.rs");
        let asked = own.split("#[cfg(test)]").next().unwrap();
        for rule in Rule::ALL {
            let room = rule.entry().room;
            let module = rule.id().replace('-', "_");
            let mut functions = 0;
            for line in room.split("#[cfg(test)]").next().unwrap().lines() {
                let Some(rest) = line.strip_prefix("pub fn ").or_else(|| line.strip_prefix("pub const fn ")) else {
                    continue;
                };
                let name = rest.split(['(', '<']).next().unwrap();
                assert!(asked.contains(&format!("{module}::{name}(")), "{}: no case asks `{name}`", rule.id());
                functions += 1;
            }
            assert!(functions > 0, "{} decides nothing", rule.id());
        }
    }

    #[test]
    fn no_case_is_asked_twice_and_no_answer_is_always_the_same() {
        let table = decisions();
        let mut cases: Vec<(Rule, &str, &str)> = table.iter().map(|it| (it.rule, it.question, &*it.case)).collect();
        let count = cases.len();
        cases.sort_unstable();
        cases.dedup();
        assert_eq!(cases.len(), count);
        for rule in Rule::ALL {
            let answers: Vec<&str> = table.iter().filter(|it| it.rule == rule).map(|it| &*it.answer).collect();
            assert!(answers.iter().any(|answer| *answer != answers[0]), "{}: {answers:?}", rule.id());
        }
    }
}
