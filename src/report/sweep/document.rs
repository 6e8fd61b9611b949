//! A sweep as a document: the finding first, then cost against service, each measure, the cells, neighbours compared.

use super::super::charts::Chart;
use super::super::comparison::{tone, verdict};
use super::super::document::{Block, Document, Role, Section, WIDTH};
use super::super::facts::InputFile;
use super::super::number::{self, NONE, grouped, plural};
use super::super::prose::{length, replications};
use super::super::summary::Reading;
use super::super::table::{Cell, Column, Interval, Table};
use super::super::varied_inputs::{self, VariedInputs};
use super::super::words::Text;
use super::{finding, goal, measure_words, words};
use crate::domain::{Replications, Span};
use crate::experiment::{Figure, Neighbours, Sweep};
use crate::measures::Metric;
use crate::stats::CONFIDENCE;
use std::fmt::Write;

/// A terminal shows so many cells, a page so many, and so many pairs of neighbours; the tables have all.
const CELLS_IN_TEXT: usize = 24;
const CELLS_ON_PAGE: usize = 60;
const NEIGHBOURS_ON_PAGE: usize = 60;
/// Columns of a measure in a terminal, and of a half-width beside the first.
const MEASURE: usize = 10;
const HALF_WIDTH: usize = 6;
/// Columns of an axis at most.
const AXIS: usize = 26;

/// The sweep as a document without charts.
pub fn sweep_document(sweep: &Sweep) -> Document {
    number::in_currency(sweep.plan.currency.as_deref(), || with_charts(sweep, Vec::new(), None, &[]))
}

/// The sweep as a document with its charts.
pub(super) fn with_charts(
    sweep: &Sweep,
    charts: Vec<(String, Chart)>,
    inputs: Option<&VariedInputs>,
    sources: &[InputFile],
) -> Document {
    let plan = &sweep.plan;
    let mut document = Document::new(format!("A study of {}", plan.scenario), &plan.name);
    document.open(Block::of(Role::Extent, plan.name.as_str()).in_text());
    document.open(Block::of(Role::Finding, finding(sweep)));
    let mut figures = charts.into_iter().map(|(name, chart)| chart.figure(name));
    if let Some(first) = figures.next() {
        document.open(Block::figures(vec![first]).on_page());
    }
    if !plan.description.is_empty() {
        document.open(Block::of(Role::Lead, plan.description.as_str()));
    }
    document.open(Block::of(Role::Extent, extent(sweep)));
    if let Some(goal) = &sweep.goal {
        document.push(Section::on_page("path", "The path").with(goal::path(sweep, goal)));
    }
    let figures = figures.collect::<Vec<_>>();
    if !figures.is_empty() {
        document.push(Section::on_page("charts", "Charts").with(Block::figures(figures)));
    }
    let mut cells = Section::on_page("cells", "Cells").with(Block::from(in_text(sweep)).in_text());
    cells.push(Block::from(on_page(sweep)).on_page());
    document.push(cells);
    if !sweep.neighbours.is_empty() {
        document.push(
            Section::on_page("neighbours", "Neighbouring cells compared")
                .with(Block::from(neighbours(sweep)).on_page()),
        );
    }
    let mut reading = Section::on_page("reading", "How to read this").with(Block::paragraph(legend(sweep)));
    for note in &plan.notes {
        reading.push(Block::note(note.as_str()));
    }
    document.push(reading);
    varied_inputs::push(&mut document, inputs, sources, plan.seed);
    document
}

/// How many cells, how long, how often, from which seed.
fn extent(sweep: &Sweep) -> String {
    let plan = &sweep.plan;
    let cells = sweep.cells.len();
    let times = match &plan.replications {
        Replications::Fixed(count) => replications(u64::from(*count)),
        Replications::Sequential { min, max, .. } => {
            format!("{} to {} replications", grouped(f64::from(*min), 0), grouped(f64::from(*max), 0))
        }
    };
    let mut text = format!("{} {}, {times} each", grouped(cells as f64, 0), if cells == 1 { "cell" } else { "cells" },);
    // What an axis varies is not one figure.
    let is_one = |key: &str| plan.axes.iter().all(|axis| axis.key != key);
    if is_one("run.horizon") {
        let _ = write!(text, " of {}", length(plan.horizon));
    }
    if plan.warm_up > Span::ZERO && is_one("run.warm_up") {
        let _ = write!(text, " after {} of warm-up", length(plan.warm_up));
    }
    if plan.run_out > Span::ZERO && is_one("run.run_out") {
        let _ = write!(text, ", {} of run-out", length(plan.run_out));
    }
    let _ = write!(text, ", all from seed {}: the same customers and lead times", plan.seed);
    text
}

/// A measure's name over a column, a word or two a line.
fn heading(metric: Metric) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in measure_words(metric).split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() < MEASURE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines.join("\n")
}

/// A figure without its interval.
fn bare(metric: Metric, figure: Option<Figure>) -> Cell {
    let shown = figure
        .map_or_else(|| NONE.to_string(), |it| number::figure(metric.definition().unit, it.mean, it.half_width).0);
    Cell::number(shown, figure.map(|figure| figure.mean))
}

/// The cells as a terminal shows them: the first measure with its interval, along one axis with the change from the
/// neighbour before; the others as far as there is room. Of more cells than fit, those on the front, or the first.
fn in_text(sweep: &Sweep) -> Table {
    let Some((&first, others)) = sweep.measures().split_first() else { return Table::default() };
    let axes = &sweep.plan.axes;
    // Many axes share what the first measure leaves.
    let widest = ((WIDTH - MEASURE - HALF_WIDTH - 4) / axes.len().max(1)).saturating_sub(2).clamp(6, AXIS);
    let longest = |axis: usize| {
        let values = axes[axis].values.iter().map(|value| value.chars().count());
        let heading = words::heading(&axes[axis]).chars().count();
        values.chain([heading]).max().unwrap_or(0).clamp(6, widest)
    };
    let is_line = axes.len() == 1 || sweep.plan.design.is_side_by_side();
    let mut room = WIDTH;
    let mut columns = Vec::new();
    for (number, axis) in axes.iter().enumerate() {
        let width = longest(number);
        room = room.saturating_sub(width + 2);
        columns.push(Column::words(cut(words::heading(axis), width)).wide(width + 2));
    }
    columns.push(Column::number(heading(first)).wide(MEASURE).with_interval(Interval::Beside, HALF_WIDTH));
    room = room.saturating_sub(MEASURE + HALF_WIDTH + 4);
    if is_line {
        columns.push(Column::number("Change").wide(8).with_interval(Interval::Beside, HALF_WIDTH));
        columns.push(Column::words("Verdict").wide(14));
        room = room.saturating_sub(8 + HALF_WIDTH + 4 + 14);
    }
    let fitting = others.len().min(room / MEASURE);
    columns.extend(others[..fitting].iter().map(|&metric| Column::number(heading(metric)).wide(MEASURE)));
    let (shown, about) = shown(sweep, CELLS_IN_TEXT);
    let mut table = Table::new("", columns);
    for &number in &shown {
        let cell = &sweep.cells[number];
        let mut row: Vec<Cell> = axes
            .iter()
            .zip(&cell.values)
            .enumerate()
            .map(|(axis, (it, &value))| Cell::words(cut(&it.values[value], longest(axis))))
            .collect();
        row.push(figure(first, cell.figure(first)));
        if is_line {
            let before = sweep.neighbours.iter().find(|it| it.step.to == number);
            row.extend(change(before, first));
        }
        row.extend(others[..fitting].iter().map(|&metric| bare(metric, cell.figure(metric))));
        table.row(row);
    }
    let mut footnote = about;
    let hidden: Vec<String> = others[fitting..].iter().map(|&metric| measure_words(metric)).collect();
    if !hidden.is_empty() {
        let _ =
            write!(footnote, "{}On the page too: {}.", if footnote.is_empty() { "" } else { " " }, hidden.join(", "));
    }
    table.footnote = (!footnote.is_empty()).then(|| Text::from(footnote));
    table
}

/// Which cells are shown where there is room for so many, and what is said of the others.
fn shown(sweep: &Sweep, room: usize) -> (Vec<usize>, String) {
    let all = sweep.cells.len();
    if all <= room {
        return ((0..all).collect(), String::new());
    }
    let total = grouped(all as f64, 0);
    match &sweep.front {
        Some(front) if front.cells.len() > 1 => {
            let shown: Vec<usize> = front.cells.iter().copied().take(room).collect();
            let (cost, service) = (measure_words(front.cost), measure_words(front.service));
            let of = if shown.len() < front.cells.len() {
                format!("The first {} of {}", shown.len(), front.cells.len())
            } else {
                format!("The {}", shown.len())
            };
            (
                shown,
                format!(
                    "{of} cells that no other beats in both {service} and {cost}, from the cheapest on; cells.csv has all {total}."
                ),
            )
        }
        _ => ((0..room).collect(), format!("The first {room} cells; cells.csv has all {total}.")),
    }
}

fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_string();
    }
    text.chars().take(width - 1).chain(['…']).collect()
}

/// A figure with its interval.
fn figure(metric: Metric, figure: Option<Figure>) -> Cell {
    figure.map_or_else(Cell::none, |it| Cell::figure(metric.definition().unit, (it.mean, it.half_width)))
}

/// The change from a neighbour, and its verdict.
fn change(before: Option<&Neighbours>, metric: Metric) -> [Cell; 2] {
    let found = before.and_then(|it| it.differences.iter().find(|difference| difference.metric == metric));
    match found {
        None => [Cell::words(""), Cell::words("")],
        Some(found) => {
            let tone = tone(found.judged.map(|judged| judged.conclusion));
            let verdict = found.judged.map_or_else(String::new, |judged| verdict(judged.conclusion));
            let change = Cell::difference(metric.definition().unit, Reading::from(found.figure)).toned(tone);
            [change, Cell::verdict(verdict, tone)]
        }
    }
}

/// The cells as a page shows them: every measure with its interval.
fn on_page(sweep: &Sweep) -> Table {
    let axes = &sweep.plan.axes;
    let mut columns: Vec<Column> = vec![Column::number("cell")];
    columns.extend(axes.iter().map(|axis| Column::words(axis.label.as_str())));
    columns.push(Column::number("replications"));
    let measures = sweep.measures();
    columns.extend(measures.iter().map(|&it| Column::number(measure_words(it)).with_interval(Interval::Beside, 0)));
    let mut table = Table::new("Cells", columns);
    let (shown, about) = shown(sweep, CELLS_ON_PAGE);
    for number in shown {
        let cell = &sweep.cells[number];
        let mut row = vec![Cell::number(number.to_string(), Some(number as f64))];
        for (axis, &value) in axes.iter().zip(&cell.values) {
            let name = axis.values[value].as_str();
            row.push(match &axis.positions {
                Some(positions) => Cell::number(name, Some(positions[value])),
                None => Cell::words(name),
            });
        }
        row.push(Cell::number(cell.replications.to_string(), Some(cell.replications as f64)));
        row.extend(measures.iter().map(|&metric| figure(metric, cell.figure(metric))));
        table.row(row);
    }
    table.footnote = (!about.is_empty()).then(|| Text::from(about));
    table
}

/// Which pairs of neighbours a page shows: of more than there is room for, those of the cells that it shows.
fn shown_neighbours(sweep: &Sweep) -> (Vec<&Neighbours>, String) {
    let all = sweep.neighbours.len();
    if all <= NEIGHBOURS_ON_PAGE {
        return (sweep.neighbours.iter().collect(), String::new());
    }
    let (cells, _) = shown(sweep, CELLS_ON_PAGE);
    let is_of_them = |it: &&Neighbours| cells.contains(&it.step.from) || cells.contains(&it.step.to);
    let shown: Vec<&Neighbours> = sweep.neighbours.iter().filter(is_of_them).take(NEIGHBOURS_ON_PAGE).collect();
    let (count, all) = (shown.len(), grouped(all as f64, 0));
    (shown, format!("{count} of {all} pairs of neighbours, of the cells shown above; sweep.json has all."))
}

/// Pairs of neighbours, with the differences of the measures shown.
fn neighbours(sweep: &Sweep) -> Table {
    let measures = sweep.measures();
    let mut columns = vec![Column::words("from"), Column::words("to")];
    columns.extend(measures.iter().map(|&it| Column::number(measure_words(it)).with_interval(Interval::Beside, 0)));
    let mut table = Table::new("Neighbours", columns);
    let (shown, about) = shown_neighbours(sweep);
    for it in shown {
        let mut row = vec![Cell::words(words::cell(sweep, it.step.from)), Cell::words(words::cell(sweep, it.step.to))];
        row.extend(it.differences.iter().map(|found| {
            let verdict = found.judged.map_or_else(String::new, |judged| verdict(judged.conclusion));
            Cell::difference(found.metric.definition().unit, Reading::from(found.figure))
                .toned(tone(found.judged.map(|judged| judged.conclusion)))
                .with_detail(verdict)
        }));
        table.row(row);
    }
    table.footnote = (!about.is_empty()).then(|| Text::from(about));
    table
}

/// What the signs mean, and what the verdicts rest on.
fn legend(sweep: &Sweep) -> String {
    let percent = CONFIDENCE * 100.0;
    let mut text = format!("±: half of the {percent} % confidence interval.");
    let differences = || sweep.neighbours.iter().flat_map(|it| &it.differences);
    let tested = differences().filter(|found| found.judged.is_some_and(|judged| judged.p_value.is_some())).count();
    if tested > 0 {
        let _ = write!(
            text,
            " A change is the paired difference from a neighbouring cell (along an axis without order, from its first value); \
             shares change in percentage points. The verdicts hold together at {percent} % (Holm's correction over {}).",
            plural(tested, "difference")
        );
    }
    if let Some(main) = sweep.measures().first()
        && let Some(left) = sweep.variance_left(*main)
    {
        let left = match left {
            little if little < 0.001 => "less than 0.1".to_string(),
            share => grouped(share * 100.0, if share < 0.1 { 1 } else { 0 }),
        };
        let _ = write!(
            text,
            " Common random numbers leave {left} % of the variance that the difference of independent runs would have \
             ({}, median over neighbours).",
            measure_words(*main)
        );
    }
    text
}
