//! A sweep's charts: each measure over the axis, a heat map of two axes, cost against service.

use super::super::charts::{
    Axes, Chart, Field, Panel, PanelPoint, Sides, Spot, Trade, front as front_chart, heat_map, panels,
};
use super::super::number::figure;
use super::super::prose::capital;
use super::{figure_words, measure_words, scale, short_name, words};
use crate::experiment::{Figure, Sweep, SweepAxis};
use crate::measures::{Better, Metric, Unit};

/// So many panels are drawn side by side; more cannot be read.
const MAX_PANELS: usize = 12;
/// Heat maps have at most so many fields on a side.
const MAX_SIDE: usize = 40;
/// So many points are drawn in a panel.
const MAX_POINTS: usize = 400;

/// Every chart that the sweep has something for: its name as a file, and the drawing.
pub(super) fn charts_of(sweep: &Sweep) -> Vec<(String, Chart)> {
    let mut charts = Vec::new();
    charts.extend(cost_against_service(sweep).map(|chart| ("cost_against_service".to_string(), chart)));
    let differs = |metric: &&Metric| {
        let mut means = sweep.cells.iter().filter_map(|cell| cell.figure(**metric)).map(|found| found.mean);
        let first = means.next();
        means.any(|mean| Some(mean) != first)
    };
    for &metric in sweep.measures().iter().filter(differs) {
        charts.extend(over_axis(sweep, metric).map(|chart| (metric.name().to_string(), chart)));
    }
    for &metric in sweep.measures().iter().filter(differs) {
        charts.extend(map(sweep, metric).map(|chart| (format!("map_{}", metric.name()), chart)));
    }
    charts
}

/// A measure over the axis along which it is best seen: the first that is a line, else the first. Each combination of the
/// other axes' values has a panel of its own.
fn over_axis(sweep: &Sweep, metric: Metric) -> Option<Chart> {
    let axes = &sweep.plan.axes;
    let along = axes.iter().position(|axis| axis.positions.is_some()).unwrap_or(0);
    let axis = axes.get(along)?;
    let others: Vec<usize> = if sweep.plan.design.is_side_by_side() {
        Vec::new()
    } else {
        (0..axes.len()).filter(|&other| other != along).collect()
    };
    let mut drawn: Vec<(Vec<usize>, Panel)> = Vec::new();
    for (number, cell) in sweep.cells.iter().enumerate() {
        let key: Vec<usize> = others.iter().map(|&other| cell.values[other]).collect();
        let place = match drawn.iter().position(|(known, _)| *known == key) {
            Some(place) => place,
            None if drawn.len() < MAX_PANELS => {
                let title = others.iter().map(|&other| named(&axes[other], cell.values[other])).collect::<Vec<_>>();
                drawn.push((key, Panel { title: title.join(", "), points: Vec::new() }));
                drawn.len() - 1
            }
            // More panels than can be read.
            None => return None,
        };
        let Some(found) = cell.figure(metric) else { continue };
        drawn[place].1.points.push(point(sweep, number, axis, cell.values[along], metric, found));
    }
    if drawn.iter().any(|(_, panel)| panel.points.len() > MAX_POINTS) {
        return None;
    }
    let drawn: Vec<Panel> = drawn.into_iter().map(|(_, panel)| panel).collect();
    let unit = axis.is_of_durations && axis.positions.is_some();
    let sought = sweep.goal.as_ref().map(|goal| &goal.sought.seek.gate).filter(|gate| gate.metric == metric);
    let shared = Axes {
        x: if unit { format!("{}, days", axis.label) } else { axis.label.clone() },
        y: unit_words(metric),
        is_percent: metric.definition().unit == Unit::Share,
        is_line: axis.positions.is_some(),
        threshold: sought.map(|gate| gate.threshold * scale(metric.definition().unit)),
    };
    let name = measure_words(metric);
    let title = capital(&format!("{name} by {}", axis.label));
    panels("measure", &title, range(sweep, metric)?, "cells.csv", &shared, &drawn)
}

fn point(sweep: &Sweep, number: usize, axis: &SweepAxis, value: usize, metric: Metric, found: Figure) -> PanelPoint {
    let by = scale(metric.definition().unit);
    let position = axis.positions.as_ref().map_or(value as f64, |positions| positions[value]);
    let label = match &axis.positions {
        // In days, as the axis says.
        Some(_) if axis.is_of_durations => format!("{}", (position * 1_000.0).round() / 1_000.0),
        _ => axis.values[value].clone(),
    };
    PanelPoint {
        x: position,
        label,
        mean: found.mean * by,
        half_width: found.half_width.map(|half| half * by),
        said: format!("{}: {}", words::cell(sweep, number), figure_words(metric.definition().unit, found)),
    }
}

/// A measure over the two axes of a grid.
fn map(sweep: &Sweep, metric: Metric) -> Option<Chart> {
    let [down, across] = &sweep.plan.axes[..] else { return None };
    let is_small = down.values.len() <= MAX_SIDE && across.values.len() <= MAX_SIDE;
    let is_map = down.values.len() > 1 && across.values.len() > 1;
    if sweep.plan.design.is_side_by_side() || !is_small || !is_map {
        return None;
    }
    let unit = metric.definition().unit;
    let field = |number: usize| {
        let found = sweep.cells[number].figure(metric);
        let shown = found.map_or_else(|| "–".to_string(), |found| figure(unit, found.mean, found.half_width).0);
        let said = found.map_or_else(|| "no figure".to_string(), |found| figure_words(unit, found));
        Field { value: found.map(|found| found.mean), shown, said: format!("{}: {said}", words::cell(sweep, number)) }
    };
    let width = across.values.len();
    let fields: Vec<Vec<Field>> =
        (0..down.values.len()).map(|row| (0..width).map(|column| field(row * width + column)).collect()).collect();
    let sides = Sides {
        down: down.label.clone(),
        rows: down.values.clone(),
        across: across.label.clone(),
        columns: across.values.clone(),
    };
    let title = capital(&format!("{} by {} and {}", measure_words(metric), down.label, across.label));
    heat_map("map", &title, range(sweep, metric)?, "cells.csv", &sides, &fields)
}

fn cost_against_service(sweep: &Sweep) -> Option<Chart> {
    let found = sweep.front.as_ref()?;
    let service_unit = found.service.definition().unit;
    let by = scale(service_unit);
    let spot = |number: usize| {
        let cell = &sweep.cells[number];
        let (cost, service) = (cell.figure(found.cost)?, cell.figure(found.service)?);
        Some(Spot {
            cost: cost.mean,
            cost_half_width: cost.half_width,
            service: service.mean * by,
            service_half_width: service.half_width.map(|half| half * by),
            name: short_name(sweep, number),
            said: format!(
                "{}: {}, {}",
                words::cell(sweep, number),
                figure_words(service_unit, service),
                figure_words(found.cost.definition().unit, cost)
            ),
            on_front: found.cells.iter().position(|&cell| cell == number),
            mark: None,
        })
    };
    let spots: Vec<Spot> = (0..sweep.cells.len()).filter_map(spot).collect();
    let trade = Trade {
        cost: unit_words(found.cost),
        service: unit_words(found.service),
        is_percent: service_unit == Unit::Share,
        is_more_better: found.service.definition().better != Better::Lower,
    };
    let (cost, service) = (measure_words(found.cost), measure_words(found.service));
    let names: Vec<String> = found.cells.iter().take(6).map(|&cell| words::cell(sweep, cell)).collect();
    let more = found.cells.len() - names.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (on_it, all) = (found.cells.len(), sweep.cells.len());
    let caption = if on_it == 1 {
        format!("Of {all} cells, {} is beaten by no other in both, as measured.", names.join("; "))
    } else {
        format!(
            "{on_it} of {all} cells are beaten by no other in both, as measured, from the cheapest on: {}{more}.",
            names.join("; ")
        )
    };
    let title = capital(&format!("{service} against {cost}"));
    front_chart("cost_against_service", &title, caption, "cells.csv", &trade, &spots)
}

/// From where to where a measure goes, as a caption.
fn range(sweep: &Sweep, metric: Metric) -> Option<String> {
    let cells = || (0..sweep.cells.len()).filter_map(|cell| Some((cell, sweep.cells[cell].figure(metric)?)));
    let (low, least) = cells().min_by(|a, b| a.1.mean.total_cmp(&b.1.mean))?;
    let (high, most) = cells().max_by(|a, b| a.1.mean.total_cmp(&b.1.mean))?;
    let unit = metric.definition().unit;
    Some(format!(
        "From {} ({}) to {} ({}).",
        figure_words(unit, least),
        words::cell(sweep, low),
        figure_words(unit, most),
        words::cell(sweep, high)
    ))
}

/// An axis with its value: `policy: nearest`.
fn named(axis: &SweepAxis, value: usize) -> String {
    format!("{}: {}", axis.label, axis.values[value])
}

/// A measure with its unit, for an axis.
fn unit_words(metric: Metric) -> String {
    let name = measure_words(metric);
    match metric.definition().unit {
        Unit::Days => format!("{name}, in days"),
        Unit::Share | Unit::Money => name,
        Unit::Count(what) if name.contains(what) => name,
        Unit::Count(what) => format!("{name}, {what}"),
    }
}
