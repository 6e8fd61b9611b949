//! Measures and figures in sentences.

use super::super::number;
use super::super::summary::Reading;
use crate::measures::Metric;

/// A measure in a sentence: `order fill rate`.
pub(super) fn words(metric: Metric) -> String {
    metric.name().replace('_', " ")
}

/// A figure with its interval: `12.30 ± 0.04`.
pub(super) fn figure(metric: Metric, reading: Reading) -> String {
    let Some(mean) = reading.mean else { return number::NONE.to_string() };
    let (value, half) = number::figure(metric.definition().unit, mean, reading.half_width);
    match (reading.half_width, value.split_once(' ')) {
        (None, _) => value,
        (Some(_), Some((number, sign))) => format!("{number} ± {half} {sign}"),
        (Some(_), None) => format!("{value} ± {half}"),
    }
}
