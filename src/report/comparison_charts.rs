//! A comparison as forest plots: for each scenario after the first, the differences of shares, of days and of costs.

use super::charts::{Effect, Tone, forest};
use super::number;
use crate::experiment::{Comparison, Difference, Standing, letter};
use crate::measures::{Group, Metric, Unit};

/// What stands on one axis: a name for the file, a title, the axis' words, which differences belong to it.
const CHARTS: [(&str, &str, &str, fn(&Difference) -> bool); 3] = [
    ("shares", "Shares", "percentage points", |it| it.judged.is_some() && it.metric.definition().unit == Unit::Share),
    ("days", "Days", "days", |it| it.judged.is_some() && it.metric.definition().unit == Unit::Days),
    ("costs", "Costs an order", "money an order", |it| it.metric.definition().group == Group::Costs),
];

/// The charts as files: name and content.
pub(super) fn chart_files(comparison: &Comparison) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (index, differences) in (1..).zip(&comparison.contrasts) {
        let (first, second) = (letter(0), letter(index));
        for (name, what, unit, belongs) in CHARTS {
            let effects: Vec<Effect> = differences.iter().filter(|it| belongs(it)).filter_map(effect).collect();
            let title = format!("{what} of {second} ({}), less those of {first}", comparison.names[index]);
            if let Some(chart) = forest(&title, &format!("difference, {unit}"), &effects) {
                files.push((format!("charts/{name}-{}.svg", second.to_ascii_lowercase()), chart.standalone()));
            }
        }
    }
    files
}

/// A difference as the chart takes it; nothing where there is none to draw, or nothing ever differs.
fn effect(difference: &Difference) -> Option<Effect> {
    let estimate = difference.estimate?;
    if estimate.mean == 0.0 && estimate.std_dev == Some(0.0) {
        return None;
    }
    let scale = if difference.metric.definition().unit == Unit::Share { 100.0 } else { 1.0 };
    let (mean, half) = number::difference(difference.metric.definition().unit, Some(&estimate));
    let is_apart = estimate.half_width.is_some_and(|half| estimate.mean.abs() > half);
    let tone = match difference.judged.map(|judged| judged.standing) {
        Some(Standing::Better) => Tone::Better,
        Some(Standing::Worse) => Tone::Worse,
        Some(Standing::Higher | Standing::Lower) => Tone::Changed,
        Some(_) => Tone::Alike,
        // A part that is not judged by itself explains the sum.
        None if is_apart => Tone::Changed,
        None => Tone::Alike,
    };
    Some(Effect {
        label: name(difference.metric),
        mean: estimate.mean * scale,
        half_width: estimate.half_width.map(|half| half * scale),
        tone,
        shown: format!("{mean} ± {half}"),
    })
}

/// The labels of a table lean on one another; here each stands by itself.
fn name(metric: Metric) -> String {
    match metric {
        Metric::CostPerOrder => "all costs together".into(),
        _ if metric.definition().group == Group::Costs => metric.definition().label.into(),
        _ => metric.name().replace('_', " "),
    }
}
