//! # early-replenishment
//!
//! **Promise.** When a product runs low, the next shipment arrives before it runs out.
//!
//! **What happens.** The replenishment policy orders ahead, by the inventory position. When the projected stock would
//! still hit zero before the next receipt, the open purchase order is expedited, if its vendor offers that: whenever
//! free stock of a product at a warehouse falls, the earliest-promised purchase order not yet expedited is expedited
//! if what is free would be used up by the forecast before it is promised,
//! free ≤ forecast × (promise − now). It then arrives at the earlier of its old arrival and now plus a draw of the
//! expedited lead time.
//!
//! **Boundaries.** The promise is the order's placing plus the mean lead time: the retailer does not know the draw. An
//! order past its promise is not hurried: it is expected any moment. A purchase order is expedited at most once, all its
//! units are charged, and never while its vendor is disrupted.
//!
//! With `when = "worth-it"` it is expedited instead if the waiting and the lost margin that this is expected to spare cost more than the
//! charge (`docs/purchase-orders.md` has the formula); with `budget_per_month` only as long as the month's budget has as much left.
//!
//! **Settings.** `[replenishment]` (policy, review, levels or `target`); the vendor's `expedite = { lead_time,
//! cost_per_unit, when, budget_per_month }`; for `"worth-it"`, `[costs]` (`backorder_per_unit_day`, `backorder_per_unit`,
//! `lost_margin`).
//!
//! **Fires** for each purchase order placed and each one expedited.
//!
//! ```
//! use backorder::domain::{SimTime, Span};
//! use backorder::rules::early_replenishment::should_expedite;
//! let now = SimTime::ZERO;
//! // 2 a day for 3 days use up 6 units, not 7.
//! assert!(should_expedite(6, 2.0, now + Span::from_days(3), now));
//! assert!(!should_expedite(7, 2.0, now + Span::from_days(3), now));
//! ```

use super::Relaxation;
use crate::domain::{Cents, DAY, Level, Levels, Model, ReplenishmentPolicy, SimTime};

/// Whether a purchase order may be expedited: never while its vendor is disrupted.
#[inline(always)]
pub const fn may_expedite(vendor_is_disrupted: bool) -> bool {
    !vendor_is_disrupted
}

/// Whether an expedited purchase order arrives by the expedited lead time: at the earlier of its old arrival and that.
#[inline(always)]
pub fn arrives_sooner(old_arrival: SimTime, expedited_arrival: SimTime) -> bool {
    expedited_arrival < old_arrival
}

/// Whether the projected stock hits zero before the promise: free ≤ forecast × (promise − now), the forecast in units
/// a day.
#[inline]
pub fn should_expedite(free: i32, forecast_per_day: f64, promised: SimTime, now: SimTime) -> bool {
    free <= most_free_to_expedite(forecast_per_day, promised, now)
}

/// The most free stock at which the projection hits zero before the promise; -1 when even none lasts until then. It falls as
/// the promise comes nearer, so a pair with more than this now need not be asked again until its stock has fallen to it.
#[inline]
pub fn most_free_to_expedite(forecast_per_day: f64, promised: SimTime, now: SimTime) -> i32 {
    let projected = forecast_per_day * (promised - now).days();
    // The cast rounds towards zero, which is down from here on, without a call.
    if projected < 0.0 { -1 } else { projected as i32 }
}

/// Whether expediting is worth its charge: what it is expected to save, in the currency's unit, is more.
pub fn is_worth_its_charge(saved: f64, charge: Cents) -> bool {
    saved > charge.decimal()
}

/// The month of an instant, from 0: a twelfth of 365 days each, from second 0.
pub const fn month_of(now: SimTime) -> i64 {
    now.0 / (365 * DAY / 12)
}

/// Whether a month's budget has as much left as a charge.
pub fn is_within_budget(spent: Cents, charge: Cents, budget: Cents) -> bool {
    spent.0.saturating_add(charge.0) <= budget.0
}

/// Units of an early receipt that were needed by an instant when free stock less what waits is `net_stock`: so many would be short
/// without it.
pub fn needed_early(units: u32, net_stock: i64) -> u32 {
    (i64::from(units) - net_stock).clamp(0, units.into()) as u32
}

/// Unit-seconds of waiting that an early receipt spared over some seconds in which free stock less what waits moved evenly from
/// `first` to `last`, the receipt counted in: the integral of the units needed.
pub fn spared_unit_seconds(units: u32, first: i64, last: i64, seconds: i64) -> i64 {
    let units = f64::from(units);
    let (from, to) = (units - first as f64, units - last as f64);
    // The integral, from 0 on, of what is needed when so many would be lacking.
    let up_to = |lacking: f64| {
        let within = lacking.clamp(0.0, units);
        within * within / 2.0 + units * (lacking - units).max(0.0)
    };
    let mean = if from == to { from.clamp(0.0, units) } else { (up_to(to) - up_to(from)) / (to - from) };
    libm::rint(mean * seconds as f64) as i64
}

/// The rule taken back, to measure its worth.
pub const RELAXED: Relaxation = Relaxation::Opposite {
    setting: "replenishment.policy = \"s-S\" (or \"r-Q\"), replenishment.reorder_point = 0, no expedite",
    means: "nothing is ordered before the stock is used up, and nothing is expedited",
    apply: wait_until_used_up,
};

/// Orders only once the stock is used up, and expedites nothing. A policy without a reorder point becomes `s-S`, looking
/// as often as before.
fn wait_until_used_up(model: &mut Model) {
    if let Some(replenishment) = &mut model.replenishment {
        if !replenishment.policy.needs().contains(&Level::ReorderPoint) {
            replenishment.policy = ReplenishmentPolicy::MinMax;
        }
        // A level below 0, which waits even longer, stays.
        let lower = |levels: &mut Levels| levels.reorder_point = levels.reorder_point.map(|point| point.min(0));
        lower(&mut replenishment.general);
        replenishment.general.reorder_point.get_or_insert(0);
        replenishment.by_product.iter_mut().for_each(lower);
        replenishment.by_pair.iter_mut().for_each(|(_, _, levels)| lower(levels));
        if let Some(kept) = &mut replenishment.kept {
            for pair in kept.pairs.iter_mut().filter(|pair| pair.levels != Default::default()) {
                lower(&mut pair.levels);
                pair.levels.reorder_point.get_or_insert(0);
            }
        }
        model.vendors.iter_mut().for_each(|vendor| vendor.expedite = None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_twelfths_of_a_year() {
        let day = |day: i64| SimTime(day * DAY);
        assert_eq!([0, 30, 31, 364, 365].map(|at| month_of(day(at))), [0, 0, 1, 11, 12]);
        assert_eq!([2_627_999, 2_628_000].map(|at| month_of(SimTime(at))), [0, 1]);
    }

    #[test]
    fn a_budget_may_be_spent_to_the_last_cent() {
        let fits = |spent, charge| is_within_budget(Cents(spent), Cents(charge), Cents(1_000));
        assert!(fits(0, 1_000) && fits(999, 1) && !fits(1, 1_000) && !fits(i64::MAX, 1));
    }

    #[test]
    fn what_is_needed_early_is_what_would_be_short() {
        // Ten came; four are left, or all, or two wait besides.
        assert_eq!([4, 10, 15, 0, -2].map(|net_stock| needed_early(10, net_stock)), [6, 0, 0, 10, 10]);
    }

    #[test]
    fn waiting_is_spared_from_when_stock_would_have_run_out() {
        // Half of the way none of the ten is needed, then more and more, in the end all.
        assert_eq!(spared_unit_seconds(10, 20, 0, 1_000), 2_500);
        assert_eq!(spared_unit_seconds(10, 10, 0, 1_000), 5_000);
        assert_eq!(spared_unit_seconds(10, 4, 4, 1_000), 6_000);
        // All ten from half of the way on.
        assert_eq!(spared_unit_seconds(10, 10, -10, 1_000), 7_500);
        assert_eq!(spared_unit_seconds(10, 30, 12, 1_000), 0);
    }
}
