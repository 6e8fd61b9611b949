//! A comparison as forest plots: for each scenario after the first, the measures judged, those of one unit together, and
//! what the costs are made of.

use super::charts::{Effect, Tone, forest};
use super::number;
use crate::experiment::{Comparison, Difference, Standing, letter};
use crate::measures::{Group, Metric, Unit};

/// What stands on one axis.
struct Axis {
    /// A name for the file.
    name: &'static str,
    /// A title.
    title: &'static str,
    /// What differences are counted in.
    unit: &'static str,
    /// Which measures belong to it.
    belongs: fn(Metric) -> bool,
    /// From a difference, and the first scenario's figure, to the axis; `None` where it has no place there.
    scale: fn(f64) -> Option<f64>,
    /// Whether measures that were not judged stand there, too.
    with_parts: bool,
}

/// The axes, a chart each.
const AXES: [Axis; 4] = [
    Axis {
        name: "shares",
        title: "Shares",
        unit: "percentage points",
        belongs: |metric| metric.definition().unit == Unit::Share,
        scale: |_| Some(100.0),
        with_parts: false,
    },
    Axis {
        name: "days",
        title: "Days",
        unit: "days",
        belongs: |metric| metric.definition().unit == Unit::Days,
        scale: |_| Some(1.0),
        with_parts: false,
    },
    Axis {
        name: "costs",
        title: "Costs an order",
        unit: "money an order",
        belongs: |metric| metric.definition().group == Group::Costs,
        scale: |_| Some(1.0),
        with_parts: true,
    },
    Axis {
        name: "relative",
        title: "Other measures",
        unit: "per cent of the first scenario's",
        belongs: |metric| {
            let definition = metric.definition();
            definition.group != Group::Costs && matches!(definition.unit, Unit::Money | Unit::Count(_))
        },
        scale: |first| (first != 0.0).then(|| 100.0 / first.abs()),
        with_parts: false,
    },
];

/// Charts as files: name and content.
pub(super) fn chart_files(comparison: &Comparison) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (index, differences) in (1..).zip(&comparison.contrasts) {
        let (first, second) = (letter(0), letter(index));
        for axis in &AXES {
            let effects: Vec<Effect> = differences.iter().filter_map(|found| effect(comparison, axis, found)).collect();
            let title = format!("{} of {second} ({}), less those of {first}", axis.title, comparison.names[index]);
            if let Some(chart) = forest(&title, &format!("difference, {}", axis.unit), &effects) {
                files.push((format!("charts/{}-{}.svg", axis.name, second.to_ascii_lowercase()), chart.standalone()));
            }
        }
    }
    files
}

/// A difference on its axis; nothing where there is none to draw, or nothing ever differs.
fn effect(comparison: &Comparison, axis: &Axis, found: &Difference) -> Option<Effect> {
    let estimate = found.estimate?;
    let never_differs = estimate.mean == 0.0 && estimate.std_dev == Some(0.0);
    if !(axis.belongs)(found.metric) || never_differs || (found.judged.is_none() && !axis.with_parts) {
        return None;
    }
    let first = comparison.results[0].estimate(found.metric).map_or(0.0, |estimate| estimate.mean);
    let scale = (axis.scale)(first)?;
    let (mean, half) = number::difference(found.metric.definition().unit, Some(&estimate));
    let is_apart = estimate.half_width.is_some_and(|half| estimate.mean.abs() > half);
    let tone = match found.judged.map(|judged| judged.standing) {
        Some(Standing::Better) => Tone::Better,
        Some(Standing::Worse) => Tone::Worse,
        Some(Standing::Higher | Standing::Lower) => Tone::Changed,
        Some(Standing::NoMatter | Standing::Same | Standing::Unclear { .. } | Standing::NoOccasion) => Tone::Alike,
        // A part that is not judged by itself explains the sum.
        None if is_apart => Tone::Changed,
        None => Tone::Alike,
    };
    Some(Effect {
        label: name(found.metric),
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
