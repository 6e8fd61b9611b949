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
//! **Settings.** `[replenishment]` (policy, review, levels or `target`); the vendor's `expedite = { lead_time,
//! cost_per_unit }`.
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
use crate::domain::{Level, Levels, Model, ReplenishmentPolicy, SimTime};

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
