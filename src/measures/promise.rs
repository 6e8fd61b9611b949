//! The scorecard: what the retailer promises, by which measure each promise is judged, and the verdict.

use super::Metric;
use crate::domain::{Granularity, Model, Promises};
use crate::stats::{Estimate, Pair};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A promise of the retailer's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// Almost always stock in at least one place.
    StockSomewhere,
    /// The next shipment arrives before it runs out.
    NextShipmentInTime,
    /// Most are back within a few days.
    BackSoon,
    /// A notice within 24 hours.
    NoticeInTime,
    /// Most of the time what is available ships right away.
    ShippedAhead,
    /// No charge for a split.
    FreeSplit,
    /// Cancelled only very rarely.
    RarelyCancelled,
    /// International orders never in parts.
    InternationalComplete,
}

/// How a measure must stand to the threshold for the promise to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    AtLeast,
    Above,
    AtMost,
}

/// Whether a promise is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The whole interval lies on the kept side.
    Kept,
    /// The whole interval lies on the broken side.
    Broken,
    /// The threshold lies within the interval, or one replication gives none: more replications may tell.
    Undecided,
    /// Nothing happened that the promise is about.
    #[serde(rename = "no occasion")]
    NoOccasion,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Kept => "kept",
            Self::Broken => "broken",
            Self::Undecided => "undecided",
            Self::NoOccasion => "no occasion",
        })
    }
}

impl Promise {
    /// Every promise, in the order of the retailer's page.
    pub const ALL: [Self; 8] = [
        Self::StockSomewhere,
        Self::NextShipmentInTime,
        Self::BackSoon,
        Self::NoticeInTime,
        Self::ShippedAhead,
        Self::FreeSplit,
        Self::RarelyCancelled,
        Self::InternationalComplete,
    ];

    /// The promise in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::StockSomewhere => "almost always stock in at least one place",
            Self::NextShipmentInTime => "the next shipment arrives before it runs out",
            Self::BackSoon => "most are back within a few days",
            Self::NoticeInTime => "a notice within 24 hours",
            Self::ShippedAhead => "most of the time what is available ships right away",
            Self::FreeSplit => "no charge for a split",
            Self::RarelyCancelled => "cancelled only very rarely",
            Self::InternationalComplete => "international orders never in parts",
        }
    }

    /// The promise in at most 41 characters, for a table.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NextShipmentInTime => "next shipment comes before it runs out",
            Self::ShippedAhead => "mostly what is available ships right away",
            other => other.words(),
        }
    }

    /// The measure it is judged by.
    pub const fn metric(self) -> Metric {
        match self {
            Self::StockSomewhere => Metric::NetworkAvailabilityShare,
            Self::NextShipmentInTime => Metric::CycleServiceLevel,
            Self::BackSoon => Metric::BackWithin3DaysShare,
            Self::NoticeInTime => Metric::LateNoticeShare,
            Self::ShippedAhead => Metric::ShippedAheadShare,
            Self::FreeSplit => Metric::CustomerSplitCharge,
            Self::RarelyCancelled => Metric::AutoCancelledOrderShare,
            Self::InternationalComplete => Metric::InternationalPartialShare,
        }
    }

    /// Its threshold in a scenario.
    pub const fn threshold(self, promises: &Promises) -> f64 {
        match self {
            Self::StockSomewhere => promises.network_availability_share,
            Self::NextShipmentInTime => promises.cycle_service_level,
            Self::BackSoon => promises.back_within_3_days_share,
            Self::NoticeInTime => promises.late_notice_share,
            Self::ShippedAhead => promises.shipped_ahead_share,
            Self::FreeSplit => promises.customer_split_charge,
            Self::RarelyCancelled => promises.auto_cancelled_order_share,
            Self::InternationalComplete => promises.international_partial_share,
        }
    }

    /// Why nothing can break it under the settings of a scenario; `None` where something can.
    pub fn cannot_break(self, model: &Model) -> Option<&'static str> {
        let rules = &model.rules;
        let reason = |holds: bool, why: &'static str| holds.then_some(why);
        match self {
            Self::StockSomewhere | Self::NextShipmentInTime | Self::BackSoon => None,
            // Every run's audit checks that no split is charged.
            Self::FreeSplit => Some("no split is ever charged"),
            Self::NoticeInTime => reason(
                rules.notice.delay.largest().is_some_and(|seconds| seconds <= rules.notice.deadline.0 as f64),
                "every notice is sent before its deadline",
            ),
            Self::ShippedAhead => {
                let always = |chance: f64| chance >= 1.0;
                let in_classes = model.classes.iter().all(|class| class.ship_available.is_none_or(always));
                let divides = rules.split.granularity != Granularity::Order;
                reason(
                    always(rules.split.ship_available) && in_classes && divides,
                    "what is available always ships ahead",
                )
            }
            Self::RarelyCancelled => reason(rules.cancellation.after.is_none(), "nothing is cancelled for age"),
            Self::InternationalComplete => {
                let ships_complete = rules.international.complete_only || rules.split.granularity == Granularity::Order;
                reason(!model.zones.iter().any(|zone| zone.international), "no zone is international")
                    .or(reason(ships_complete, "international orders ship complete only"))
            }
        }
    }

    /// What its measure is wherever nothing can break it: all of what is promised, or none of what must not be.
    pub const fn certain_value(self) -> f64 {
        match self.relation() {
            Relation::AtLeast | Relation::Above => 1.0,
            Relation::AtMost => 0.0,
        }
    }

    const fn relation(self) -> Relation {
        match self {
            Self::StockSomewhere | Self::NextShipmentInTime => Relation::AtLeast,
            Self::BackSoon | Self::ShippedAhead => Relation::Above,
            Self::NoticeInTime | Self::FreeSplit | Self::RarelyCancelled | Self::InternationalComplete => {
                Relation::AtMost
            }
        }
    }

    /// The sign that stands before the threshold: `≥`, `>`, `≤`, or `=` for at most nothing at all.
    pub fn sign(self, threshold: f64) -> &'static str {
        match self.relation() {
            Relation::AtLeast => "≥",
            Relation::Above => ">",
            Relation::AtMost if threshold == 0.0 => "=",
            Relation::AtMost => "≤",
        }
    }

    /// The verdict from what each replication says, and the estimate made of it.
    ///
    /// "Never" is exact: a single case breaks it, and none keeps it, whatever the interval.
    pub fn verdict(self, threshold: f64, pairs: &[Pair], estimate: Option<&Estimate>) -> Verdict {
        let Some(estimate) = estimate else {
            return Verdict::NoOccasion;
        };
        if self.relation() == Relation::AtMost && threshold == 0.0 {
            let never = pairs.iter().all(|pair| pair.numerator <= 0.0);
            return if never { Verdict::Kept } else { Verdict::Broken };
        }
        let Some((low, high)) = estimate.interval() else {
            return Verdict::Undecided;
        };
        let holds = |value: f64| match self.relation() {
            Relation::AtLeast => value >= threshold,
            Relation::Above => value > threshold,
            Relation::AtMost => value <= threshold,
        };
        match (holds(low), holds(high)) {
            (true, true) => Verdict::Kept,
            (false, false) => Verdict::Broken,
            _ => Verdict::Undecided,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Distribution;
    use crate::measures::fixture;
    use crate::stats::ratio_of_means;

    fn judge(promise: Promise, threshold: f64, values: &[f64]) -> Verdict {
        let pairs: Vec<Pair> = values.iter().map(|&value| Pair::new(value, 1.0)).collect();
        promise.verdict(threshold, &pairs, ratio_of_means(&pairs, 0.95).as_ref())
    }

    #[test]
    fn the_interval_decides() {
        let promise = Promise::StockSomewhere;
        assert_eq!(judge(promise, 0.9, &[0.95, 0.96, 0.97]), Verdict::Kept);
        assert_eq!(judge(promise, 0.99, &[0.95, 0.96, 0.97]), Verdict::Broken);
        assert_eq!(judge(promise, 0.96, &[0.95, 0.96, 0.97]), Verdict::Undecided);
        assert_eq!(judge(promise, 0.9, &[0.95]), Verdict::Undecided);
        assert_eq!(judge(promise, 0.9, &[]), Verdict::NoOccasion);
    }

    #[test]
    fn on_the_threshold() {
        assert_eq!(judge(Promise::NextShipmentInTime, 0.95, &[0.95, 0.95]), Verdict::Kept);
        assert_eq!(judge(Promise::BackSoon, 0.5, &[0.5, 0.5]), Verdict::Broken);
        assert_eq!(judge(Promise::RarelyCancelled, 0.001, &[0.001, 0.001]), Verdict::Kept);
        assert_eq!(judge(Promise::RarelyCancelled, 0.001, &[0.002, 0.002]), Verdict::Broken);
    }

    #[test]
    fn never_is_exact() {
        // One late notice in a thousand replications leaves 0 inside the interval, yet "never" is broken.
        let mut values = vec![0.0; 1_000];
        assert_eq!(judge(Promise::NoticeInTime, 0.0, &values), Verdict::Kept);
        values[17] = 0.01;
        assert_eq!(judge(Promise::NoticeInTime, 0.0, &values), Verdict::Broken);
        assert_eq!(judge(Promise::NoticeInTime, 0.01, &values), Verdict::Kept);
        assert_eq!(judge(Promise::FreeSplit, 0.0, &[0.0]), Verdict::Kept);
    }

    #[test]
    fn a_promise_cannot_break_where_the_settings_keep_it() {
        let mut model = fixture::model();
        let certain = |model: &Model| -> Vec<Promise> {
            Promise::ALL.into_iter().filter(|promise| promise.cannot_break(model).is_some()).collect()
        };
        // By default notices are sent after an hour, and international orders ship complete only.
        let by_default = [Promise::NoticeInTime, Promise::FreeSplit, Promise::InternationalComplete];
        assert_eq!(certain(&model), by_default);
        model.rules.international.complete_only = false;
        model.rules.notice.delay = Distribution::exponential(3_600.0);
        assert_eq!(certain(&model), [Promise::FreeSplit]);
        model.zones.iter_mut().for_each(|zone| zone.international = false);
        model.rules.cancellation.after = None;
        model.rules.split.ship_available = 1.0;
        let all = [Promise::ShippedAhead, Promise::FreeSplit, Promise::RarelyCancelled, Promise::InternationalComplete];
        assert_eq!(certain(&model), all);
        model.rules.notice.delay = Distribution::Constant(86_400.0 + 1.0);
        assert_eq!(certain(&model), all, "a notice a second too late");
    }

    #[test]
    fn signs() {
        assert_eq!(Promise::FreeSplit.sign(0.0), "=");
        assert_eq!(Promise::RarelyCancelled.sign(0.001), "≤");
        assert_eq!(Promise::BackSoon.sign(0.5), ">");
        assert_eq!(Promise::StockSomewhere.sign(0.99), "≥");
    }
}
