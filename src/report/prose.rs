//! Phrases that several documents share.

use super::number::{self, grouped};
use super::summary::Reading;
use crate::domain::phrase::plain;
use crate::domain::{DAY, Span};
use crate::measures::{Metric, Unit};

/// A text with its first letter a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How long and how often a scenario was simulated.
pub(super) struct Extent {
    pub replications: u64,
    pub horizon: Span,
    pub warm_up: Span,
    pub run_out: Span,
}

impl Extent {
    /// From days, as results keep them; they are whole seconds.
    pub(super) fn of_days(replications: u64, horizon: f64, warm_up: f64, run_out: f64) -> Self {
        let [horizon, warm_up, run_out] = [horizon, warm_up, run_out].map(span_of_days);
        Self { replications, horizon, warm_up, run_out }
    }

    /// `30 replications of 365 days after 90 days of warm-up, 45 days of run-out`; of a comparison `30 replications each of
    /// …`.
    pub(super) fn words(&self, each: bool) -> String {
        let each = if each { " each" } else { "" };
        let mut words = format!("{}{each} of {}", replications(self.replications), length(self.horizon));
        if self.warm_up > Span::ZERO {
            words.push_str(&format!(" after {} of warm-up", length(self.warm_up)));
        }
        if self.run_out > Span::ZERO {
            words.push_str(&format!(", {} of run-out", length(self.run_out)));
        }
        words
    }
}

/// `1 replication`, `1,000 replications`.
pub(super) fn replications(number: u64) -> String {
    match number {
        1 => "1 replication".into(),
        n => format!("{} replications", grouped(n as f64, 0)),
    }
}

/// Whole days in words, anything else as scenario files write it.
pub(super) fn length(span: Span) -> String {
    match (span.0 % Span::from_days(1).0, span.0 / Span::from_days(1).0) {
        (0, 1) => "1 day".into(),
        (0, days) => format!("{} days", grouped(days as f64, 0)),
        _ => span.to_string(),
    }
}

/// Days, as results keep them, in words.
pub(super) fn days(days: f64) -> String {
    length(span_of_days(days))
}

fn span_of_days(days: f64) -> Span {
    Span::from_seconds_f64(days * DAY as f64)
}

/// `a, b and c`
pub(crate) fn listed(parts: &[String]) -> String {
    match parts {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => parts.concat(),
    }
}

/// A measure in a sentence, by itself: its label in the tables of a run, where that does not lean on the rows above it.
pub(crate) fn measure_words(metric: Metric) -> String {
    let words = match metric {
        Metric::FullyBackorderedOrderShare => "orders backordered fully",
        Metric::PartiallyBackorderedOrderShare => "orders backordered in part",
        Metric::BackorderWaitDaysP50 => "wait of a backordered line, median",
        Metric::BackorderWaitDaysP95 => "wait of a backordered line, 95 %",
        Metric::BackorderWaitDaysP99 => "wait of a backordered line, 99 %",
        Metric::BackorderWaitDaysMax => "wait of a backordered line, longest",
        Metric::DockQueuePeakParcels => "parcels waiting at docks, at the most",
        Metric::CostPerOrder => "cost per order",
        Metric::CostPerPeriod => "cost per period of demand",
        Metric::CostPerOrderHolding => "holding cost per order",
        Metric::CostPerOrderFixed => "warehouses' cost per order",
        Metric::CostPerOrderOrdering => "ordering cost per order",
        Metric::CostPerOrderExpediting => "expediting cost per order",
        Metric::CostPerOrderParcels => "cost of first parcels per order",
        Metric::CostPerOrderExtraParcels => "cost of further parcels per order",
        Metric::CostPerOrderBackorders => "cost of backorders per order",
        Metric::CostPerOrderCancellations => "cost of cancellations per order",
        Metric::CostPerOrderContacts => "cost of contacts per order",
        Metric::CostPerOrderLostMargin => "lost margin per order",
        Metric::CostPerOrderPurchase => "cost of units bought per order",
        _ => metric.definition().label.trim_end_matches(", mean"),
    };
    words.to_string()
}

/// A difference of a measure that somebody named, with its unit and as exact as it was named: `0.25 points`, `USD 0.027`.
pub(crate) fn named_difference(metric: Metric, difference: f64) -> String {
    let shown = plain(difference);
    match metric.definition().unit {
        Unit::Share => format!("{} points", plain(difference * 100.0)),
        Unit::Days => format!("{shown} days"),
        Unit::Money => number::as_money(&shown),
        Unit::Count(_) => shown,
    }
}

/// A measure as what a sentence speaks of, in the singular: `share of orders filled at once`.
pub(super) fn measure_noun(metric: Metric) -> String {
    let words = measure_words(metric);
    match (metric.definition().unit, words.strip_prefix("days ")) {
        (Unit::Share, _) => format!("share of {words}"),
        (Unit::Days, Some(rest)) => format!("time {rest}"),
        (Unit::Count(_), _) => format!("number of {words}"),
        (Unit::Days | Unit::Money, _) => words,
    }
}

/// A figure with its interval: `97.3 ± 0.2 %`.
pub(super) fn figure_words(unit: Unit, reading: impl Into<Reading>) -> String {
    let reading = reading.into();
    let (value, half) = number::estimate(unit, reading);
    match (reading.half_width, unit) {
        (None, _) => value,
        (Some(_), Unit::Share | Unit::Days) => match value.rsplit_once(' ') {
            Some((number, sign)) => format!("{number} ± {half} {sign}"),
            None => value,
        },
        (Some(_), Unit::Money | Unit::Count(_)) => format!("{value} ± {half}"),
    }
}

/// A difference with its interval: `+1.2 ± 0.3 points`.
pub(super) fn difference_words(unit: Unit, reading: impl Into<Reading>) -> String {
    let (change, half) = number::difference(unit, reading);
    match unit {
        Unit::Share => format!("{change} ± {half} points"),
        Unit::Days => format!("{change} ± {half} days"),
        Unit::Money => format!("{} ± {half}", number::as_money(&change)),
        Unit::Count(_) => format!("{change} ± {half}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_lists() {
        assert_eq!(length(Span(90_061)), "1d1h1m1s");
        assert_eq!((length(Span::from_days(1)), length(Span::from_days(1_458))), ("1 day".into(), "1,458 days".into()));
        assert_eq!((days(Span(90_061).days()), days(365.0)), ("1d1h1m1s".into(), "365 days".into()));
        let parts = ["a", "b", "c"].map(String::from);
        assert_eq!(
            (listed(&parts), listed(&parts[..1]), listed(&[])),
            ("a, b and c".into(), "a".into(), String::new())
        );
    }
}
