//! A comparison as forest plots: for each scenario after the first, the measures judged, those of one unit together, and
//! what the costs are made of.

use super::charts::{Chart, Effect, Outcome, Step, Sum, forest, waterfall};
use super::number;
use super::prose::{capital, measure_words};
use super::summary::{ComparisonSummary, DifferenceSummary, RuleWorthSummary};
use crate::experiment::{Conclusion, WORTH};
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
        unit: MONEY,
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

/// What the axis of costs is counted in, where no currency is named.
const MONEY: &str = "money an order";

/// What the axis of costs is counted in.
fn money_an_order() -> String {
    number::currency().map_or_else(|| MONEY.to_string(), |currency| format!("{currency} an order"))
}

/// Charts as files: name and content.
pub(super) fn as_files(charts: impl IntoIterator<Item = (String, Chart)>) -> Vec<(String, String)> {
    charts.into_iter().map(|(name, chart)| (format!("charts/{name}.svg"), chart.standalone())).collect()
}

/// Charts of what each scenario after the first changes, by name.
pub(super) fn of_each(comparison: &ComparisonSummary) -> impl Iterator<Item = (String, Chart)> {
    (1..=comparison.contrasts.len()).flat_map(|index| charts_of(comparison, index))
}

/// The charts of one scenario against the first, by name.
pub(super) fn charts_of(comparison: &ComparisonSummary, index: usize) -> Vec<(String, Chart)> {
    let [first, second] = [0, index].map(|at| comparison.scenarios[at].letter);
    let of = |axis: &Axis| {
        let effects: Vec<Effect> = comparison.contrasts[index - 1]
            .differences
            .iter()
            .filter_map(|(metric, found)| effect(comparison, axis, metric, found))
            .collect();
        let title = format!("{} of {second} ({}), less those of {first}", axis.title, comparison.scenarios[index].name);
        let unit = if axis.unit == MONEY { money_an_order() } else { axis.unit.to_string() };
        let chart = forest(&title, &format!("difference, {unit}"), &effects)?;
        Some((format!("{}-{}", axis.name, second.to_ascii_lowercase()), chart))
    };
    let name = format!("waterfall-{}", second.to_ascii_lowercase());
    let cost = cost_waterfall(comparison, index).map(|chart| (name, chart));
    cost.into_iter().chain(AXES.iter().filter_map(of)).collect()
}

/// From the cost of an order in the first scenario to that in another, part by part; nothing where no order costs anything.
fn cost_waterfall(comparison: &ComparisonSummary, index: usize) -> Option<Chart> {
    let differences = &comparison.contrasts[index - 1].differences;
    let unit = Metric::CostPerOrder.definition().unit;
    let sum = |at: usize| {
        let scenario = &comparison.scenarios[at];
        let reading = *scenario.metrics.of(Metric::CostPerOrder);
        let shown = number::beside_difference(unit, reading, differences.of(Metric::CostPerOrder).reading);
        Some(Sum { label: format!("{}: {}", scenario.letter, scenario.name), value: reading.mean?, shown })
    };
    let (from, to) = (sum(0)?, sum(index)?);
    let is_part = |metric: Metric| {
        metric.definition().group == Group::Costs && !matches!(metric, Metric::CostPerOrder | Metric::CostPerPeriod)
    };
    let step = |(metric, found): (Metric, &DifferenceSummary)| {
        let change = found.reading.mean.filter(|&change| change != 0.0)?;
        let (mean, half) = number::difference_with_unit(unit, found.reading);
        Some(Step {
            label: metric.definition().label.to_string(),
            change,
            is_certain: found.reading.half_width.is_some_and(|half| change.abs() > half),
            shown: format!("{mean} ± {half}"),
        })
    };
    let mut steps: Vec<Step> = differences.iter().filter(|(metric, _)| is_part(*metric)).filter_map(step).collect();
    steps.sort_by(|left, right| right.change.abs().total_cmp(&left.change.abs()));
    let largest = steps.first()?;
    let (mut less, mut more) = (steps.iter().filter(|it| it.change < 0.0), steps.iter().filter(|it| it.change > 0.0));
    let total = |of: &mut dyn Iterator<Item = &Step>| of.map(|it| it.change.abs()).sum::<f64>();
    let caption = format!(
        "From {} to {} an order: {} saved and {} added; the largest step is {}. Grey: not told from nothing.",
        from.shown,
        to.shown,
        number::money(total(&mut less), 2),
        number::money(total(&mut more), 2),
        largest.label
    );
    let [a, b] = [0, index].map(|at| comparison.scenarios[at].letter);
    Some(waterfall(&format!("What an order costs, from {a} to {b}"), caption, &money_an_order(), (from, to), &steps))
}

/// A chart for each measure that tells a rule's worth, with a row for each rule that makes a difference to it.
pub(super) fn worth_charts(worth: &RuleWorthSummary) -> Vec<(String, Chart)> {
    let of = |metric: Metric| {
        let unit = metric.definition().unit;
        let scale = if unit == Unit::Share { 100.0 } else { 1.0 };
        let effects: Vec<Effect> =
            worth.rules.iter().filter_map(|it| drawn(it.rule.id().into(), metric, it.effect(metric)?, scale)).collect();
        let title = format!("{}, with the rule less without it", capital(&name(metric)));
        Some((metric.name().to_string(), forest(&title, &format!("difference, {}", unit_of(metric)), &effects)?))
    };
    WORTH.into_iter().filter_map(of).collect()
}

/// What differences of a measure are counted in.
pub(super) fn unit_of(metric: Metric) -> String {
    let definition = metric.definition();
    match definition.unit {
        Unit::Share => "percentage points".to_string(),
        Unit::Days => "days".to_string(),
        Unit::Money if definition.group == Group::Costs => money_an_order(),
        Unit::Money => number::currency().unwrap_or_else(|| "money".to_string()),
        Unit::Count(what) => what.to_string(),
    }
}

/// A difference on its axis, where it belongs there.
fn effect(comparison: &ComparisonSummary, axis: &Axis, metric: Metric, found: &DifferenceSummary) -> Option<Effect> {
    if !(axis.belongs)(metric) || (found.conclusion.is_none() && !axis.with_parts) {
        return None;
    }
    let first = comparison.scenarios[0].metrics.of(metric).mean.unwrap_or(0.0);
    drawn(name(metric), metric, found, (axis.scale)(first)?)
}

/// A difference to draw; nothing where there is none, or nothing ever differs.
pub(super) fn drawn(label: String, metric: Metric, found: &DifferenceSummary, scale: f64) -> Option<Effect> {
    let (middle, half_width) = (found.reading.mean?, found.reading.half_width);
    if middle == 0.0 && found.std_dev == Some(0.0) {
        return None;
    }
    let (mean, half) = number::difference_with_unit(metric.definition().unit, found.reading);
    let is_apart = half_width.is_some_and(|half| middle.abs() > half);
    let outcome = match found.conclusion {
        Some(Conclusion::Better) => Outcome::Better,
        Some(Conclusion::Worse) => Outcome::Worse,
        Some(Conclusion::Higher | Conclusion::Lower) => Outcome::Changed,
        Some(Conclusion::Equivalent | Conclusion::Same | Conclusion::Unclear { .. } | Conclusion::NoOccasion) => {
            Outcome::Alike
        }
        // A part that is not judged by itself explains the sum.
        None if is_apart => Outcome::Changed,
        None => Outcome::Alike,
    };
    Some(Effect {
        label,
        mean: middle * scale,
        half_width: half_width.map(|half| half * scale),
        outcome,
        shown: format!("{mean} ± {half}"),
    })
}

/// The labels of a table lean on one another; here each stands by itself.
pub(super) fn name(metric: Metric) -> String {
    match metric {
        Metric::CostPerOrder => "all costs together".into(),
        _ if metric.definition().group == Group::Costs => metric.definition().label.into(),
        _ => measure_words(metric),
    }
}
