//! Conditions on a measure in words: `orders filled at once ≥ 85 %` of `order_fill_rate >= 0.85`.

use super::number::{as_money, grouped};
use super::prose::measure_words;
use crate::domain::phrase::{percent, plain};
use crate::experiment::{Gate, Relation};
use crate::measures::{Metric, Unit};

/// A condition on one measure of one scenario, as exact as it was written.
pub(crate) fn condition_words(gate: &Gate) -> String {
    let sign = match gate.relation {
        Relation::AtLeast => "≥",
        Relation::Above => ">",
        Relation::AtMost => "≤",
        Relation::Below => "<",
        Relation::Exactly => "=",
    };
    format!("{} {sign} {}", measure_words(gate.metric), bound(gate.metric, gate.threshold))
}

/// The same of a condition as it is kept, in writing; what cannot be read as one stays as it is.
pub(super) fn written_condition(text: &str) -> String {
    Gate::parse(text).map_or_else(|_| text.to_string(), |gate| condition_words(&gate))
}

fn bound(metric: Metric, threshold: f64) -> String {
    // A bound may be smaller than what is shown of measures; it stands as exact as it was written.
    let (rounded, exact) = (plain(threshold), threshold.to_string());
    let shown = if rounded.parse() == Ok(threshold) { rounded } else { exact };
    let decimals = shown.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let number = grouped(threshold, decimals);
    match metric.definition().unit {
        Unit::Share => percent(threshold),
        Unit::Days if threshold == 1.0 => format!("{number} day"),
        Unit::Days => format!("{number} days"),
        Unit::Money => as_money(&number),
        Unit::Count(_) => number,
    }
}

#[cfg(test)]
mod tests {
    use super::super::number::in_currency;
    use super::*;

    #[test]
    fn a_condition_is_said_as_one_reads_it() {
        for (written, said) in [
            ("order_fill_rate >= 0.85", "orders filled at once ≥ 85 %"),
            ("order_fill_rate>=57%", "orders filled at once ≥ 57 %"),
            ("late_notice_share = 0", "backorder notices sent late = 0 %"),
            ("backorder_wait_days_mean < 2.5", "wait of a backordered line < 2.5 days"),
            ("backorder_wait_days_mean <= 1", "wait of a backordered line ≤ 1 day"),
            ("cost_per_order <= 12.50", "cost per order ≤ USD 12.5"),
            ("on_hand_mean_cost > 1250000", "stock on hand at cost > USD 1,250,000"),
            ("parcels_per_order <= 1.25", "parcels per order ≤ 1.25"),
            ("backorder_wait_days_mean < 1e-7", "wait of a backordered line < 0.0000001 days"),
            ("no condition", "no condition"),
        ] {
            assert_eq!(in_currency(Some("USD"), || written_condition(written)), said, "{written}");
        }
    }
}
