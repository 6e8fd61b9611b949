//! A comparison as forest plots: for each scenario after the first, the measures judged, those of one unit together.

use super::charts::{Effect, Tone, forest};
use super::number;
use crate::experiment::{Comparison, Difference, Standing, letter};
use crate::measures::Unit;

/// What stands on one axis: a name for the file, the axis' words, whether a unit belongs to it.
type Axis = (&'static str, &'static str, fn(Unit) -> bool);

/// The axes, a chart each.
const AXES: [Axis; 3] = [
    ("shares", "percentage points", |unit| unit == Unit::Share),
    ("days", "days", |unit| unit == Unit::Days),
    ("relative", "per cent of the first scenario's", |unit| matches!(unit, Unit::Money | Unit::Count(_))),
];

/// Charts by their names as files.
pub(super) fn chart_files(comparison: &Comparison) -> Vec<(String, String)> {
    let mut charts = Vec::new();
    for (index, differences) in (1..).zip(&comparison.contrasts) {
        let (first, second) = (letter(0), letter(index));
        for (name, axis, belongs) in AXES {
            let of_unit = differences.iter().filter(|found| belongs(found.metric.definition().unit));
            let effects: Vec<Effect> = of_unit.filter_map(|found| effect(comparison, found)).collect();
            let title = format!("{second}, {}, against {first}, {}", comparison.names[index], comparison.names[0]);
            if let Some(chart) = forest(&title, &format!("difference, {axis}"), &effects) {
                charts.push((format!("charts/{name}-{}.svg", second.to_ascii_lowercase()), chart.standalone()));
            }
        }
    }
    charts
}

/// A measure that was judged, on its axis; `None` where it has no difference to draw.
fn effect(comparison: &Comparison, found: &Difference) -> Option<Effect> {
    let (judged, estimate) = (found.judged?, found.estimate?);
    if estimate.mean == 0.0 && estimate.std_dev == Some(0.0) {
        return None;
    }
    let definition = found.metric.definition();
    let scale = match definition.unit {
        Unit::Share => 100.0,
        Unit::Days => 1.0,
        Unit::Money | Unit::Count(_) => {
            let first = comparison.results[0].estimate(found.metric)?.mean;
            (first != 0.0).then(|| 100.0 / first.abs())?
        }
    };
    let (mean, half) = number::difference(definition.unit, Some(&estimate));
    let tone = match judged.standing {
        Standing::Better => Tone::Better,
        Standing::Worse => Tone::Worse,
        Standing::Higher | Standing::Lower => Tone::Changed,
        Standing::NoMatter | Standing::Same | Standing::Unclear { .. } | Standing::NoOccasion => Tone::Alike,
    };
    Some(Effect {
        // The labels of a table lean on one another; a name stands by itself.
        label: found.metric.name().replace('_', " "),
        mean: estimate.mean * scale,
        half_width: estimate.half_width.map(|half| half * scale),
        tone,
        shown: format!("{mean} ± {half}"),
    })
}
