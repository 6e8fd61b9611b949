//! What lines are late for that were promised for a date, in words.

use crate::measures::Metric;

/// Shares of the lines below this are in the tables alone.
pub(super) const LEAST_TOLD: f64 = 0.000_5;

/// Something that lines are late for.
#[derive(Clone, Copy, Debug)]
pub(super) struct LateFor {
    /// The share of the lines promised that are.
    pub metric: Metric,
    /// Why, in a sentence: lines come late …
    pub why: &'static str,
    /// The same in so few words that an axis beside it has room.
    pub short: &'static str,
}

const fn late(metric: Metric, why: &'static str, short: &'static str) -> LateFor {
    LateFor { metric, why, short }
}

/// All there is, in the order of the tables.
pub(super) const LATE_FOR: [LateFor; 5] = [
    late(Metric::LateForStockLineShare, "for want of stock", "want of stock"),
    late(Metric::LateForOrderLineShare, "because they are held for the rest of their order", "the rest of the order"),
    late(Metric::LateForHoursLineShare, "for the warehouse's hours", "the warehouse's hours"),
    late(Metric::LateForLimitLineShare, "for the picking limit", "the picking limit"),
    late(Metric::LateForWayLineShare, "for a way that is longer than what was promised", "a way longer than promised"),
];
