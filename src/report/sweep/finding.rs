//! What a sweep found, in the sentences that its page opens with.

use super::super::number::{self, grouped};
use super::super::prose::listed;
use super::super::summary::Reading;
use super::goal;
use super::words::{self, at, between};
use super::{difference_words, figure_words, measure_noun, measure_words};
use crate::experiment::{Change, Conclusion, Front, Neighbours, Sweep, SweepAxis};
use crate::measures::{Better, Metric};

/// Of a front of more cells than these only the ends are named.
const MAX_ON_FRONT: usize = 4;

/// The finding: of one axis, where the first measure stops to change; of several, which cell is best; and what each point
/// of service costs, where both are shown.
pub fn finding(sweep: &Sweep) -> String {
    number::in_currency(sweep.plan.currency.as_deref(), || in_sentences(sweep))
}

fn in_sentences(sweep: &Sweep) -> String {
    if let Some(goal) = &sweep.goal {
        return goal::sentence(sweep, goal);
    }
    let mut sentences = Vec::new();
    if let Some(&main) = sweep.measures().first() {
        let is_line = sweep.plan.axes.len() == 1 || sweep.plan.design.is_side_by_side();
        sentences.push(match is_line.then(|| ordered(sweep)).flatten() {
            Some(axis) => along(sweep, axis, main),
            None => best(sweep, main),
        });
    }
    sentences.extend(sweep.front.as_ref().and_then(|front| paid(sweep, front)));
    sentences.join(" ")
}

/// The axis whose values are in order, of those that are gone through together.
fn ordered(sweep: &Sweep) -> Option<&SweepAxis> {
    sweep.plan.axes.iter().find(|axis| axis.positions.is_some())
}

/// How a measure goes along a line of cells: from where to where, the last step that can be told, and where it is unclear.
fn along(sweep: &Sweep, axis: &SweepAxis, main: Metric) -> String {
    let name = measure_noun(main);
    let last = sweep.cells.len() - 1;
    let value = |cell: usize| &axis.values[sweep.cells[cell].values[axis_number(sweep, axis)]];
    if sweep.cells.iter().all(|cell| cell.figure(main).is_none()) {
        return without_figures(sweep, main);
    }
    let (Some(start), Some(end)) = (sweep.cells[0].figure(main), sweep.cells[last].figure(main)) else {
        let empty = if sweep.cells[0].figure(main).is_none() { 0 } else { last };
        return format!(
            "The {name} has no figure at {}: nothing happened there that it is about.",
            at(axis, value(empty))
        );
    };
    let unit = main.definition().unit;
    let ends = format!(
        "from {} at {} to {} at {}",
        figure_words(unit, start),
        at(axis, value(0)),
        figure_words(unit, end),
        value(last)
    );
    let told: Vec<bool> = sweep.neighbours.iter().map(|it| is_told(it.conclusion(main))).collect();
    let upwards: Vec<bool> = sweep.neighbours.iter().map(|it| mean(it, main) > 0.0).collect();
    let rises: Vec<usize> = (0..told.len()).filter(|&step| told[step] && upwards[step]).collect();
    let falls: Vec<usize> = (0..told.len()).filter(|&step| told[step] && !upwards[step]).collect();
    let step = |step: usize| {
        let Neighbours { step: ends, .. } = &sweep.neighbours[step];
        let change = difference_words(unit, found(&sweep.neighbours[step], main).and_then(|change| change.figure));
        format!("{}: {change}", between(axis, value(ends.from), value(ends.to)))
    };
    // The last step that can be told, and what is beyond it.
    let to_the_last = |last_told: usize| {
        let mut words = step(last_told);
        let beyond = &sweep.neighbours[last_told + 1..];
        if !beyond.is_empty() {
            let is_small =
                beyond.iter().all(|it| matches!(it.conclusion(main), Some(Conclusion::Equivalent | Conclusion::Same)));
            let word = if is_small { "negligible" } else { "unclear" };
            words.push_str(&format!(", {word} beyond {}", value(sweep.neighbours[last_told].step.to)));
        } else if told.iter().all(|&told| told) && told.len() > 1 {
            words.push_str(", and each step before it can be told too");
        }
        words
    };
    if let Some(turn) = turn(sweep, main, &rises, &falls) {
        let figure = figure_words(unit, sweep.cells[turn.cell].figure(main).unwrap_or(start));
        let (cell, first, word, verb) = (value(turn.cell), value(0), turn.word, turn.verb_after);
        let head = match turn.verb_before {
            Some(before) => format!(
                "{before} from {} at {} to its {word}, {figure} at {cell}",
                figure_words(unit, start),
                at(axis, first)
            ),
            None => format!(
                "is {word} at {}, {figure} (not told apart from {} at {first})",
                at(axis, cell),
                figure_words(unit, start)
            ),
        };
        let tail = to_the_last(turn.last_told);
        return format!("The {name} {head}, and {verb} to {} at {}; {tail}.", figure_words(unit, end), value(last));
    }
    match (rises.last().copied(), falls.last().copied()) {
        (None, None) if told.is_empty() => {
            format!("The {name} is {} at {}.", figure_words(unit, start), at(axis, value(0)))
        }
        (None, None) => {
            let is_same = sweep.neighbours.iter().all(|it| it.conclusion(main) == Some(Conclusion::Same));
            let why = if is_same {
                "is the same in all of them"
            } else {
                "does not change by what could be told from chance"
            };
            format!("The {name} goes {ends}: between neighbours it {why}.")
        }
        (Some(last_told), None) => format!("The {name} rises {ends}; {}.", to_the_last(last_told)),
        (None, Some(last_told)) => format!("The {name} falls {ends}; {}.", to_the_last(last_told)),
        (Some(_), Some(_)) => {
            let (best, word) = extreme(sweep, main);
            let best_at = figure_words(unit, sweep.cells[best].figure(main).unwrap_or(start));
            format!(
                "The {name} goes {ends}; it is {word} at {}, {best_at}, rising and falling along the way.",
                at(axis, value(best))
            )
        }
    }
}

/// A line's lowest or highest point, where that is not at an end and the line turns there.
struct Turn {
    cell: usize,
    /// `lowest` or `highest`.
    word: &'static str,
    /// What the line does before it, where a step of that can be told.
    verb_before: Option<&'static str>,
    verb_after: &'static str,
    last_told: usize,
}

/// Where a line turns: all steps that are told to go one way lie before its extreme, all that go the other way behind it,
/// and there are some of the latter. `rises` and `falls` are numbers of steps, of which step *n* leads from cell *n* to
/// cell *n* + 1.
fn turn(sweep: &Sweep, main: Metric, rises: &[usize], falls: &[usize]) -> Option<Turn> {
    let lowest = (falls, rises, -1.0, "lowest", "falls", "rises");
    let highest = (rises, falls, 1.0, "highest", "rises", "falls");
    [lowest, highest].into_iter().find_map(|(before, after, sign, word, verb_before, verb_after)| {
        let (&first_after, &last_told) = (after.first()?, after.last()?);
        let figure = |cell: &usize| sweep.cells[*cell].figure(main).map_or(f64::NEG_INFINITY, |it| sign * it.mean);
        // The first of equals.
        let cell = (0..sweep.cells.len()).rev().max_by(|a, b| figure(a).total_cmp(&figure(b)))?;
        let is_between = before.last().is_none_or(|&step| step < cell) && cell <= first_after;
        let verb_before = (!before.is_empty()).then_some(verb_before);
        (cell > 0 && is_between).then_some(Turn { cell, word, verb_before, verb_after, last_told })
    })
}

/// Which cell is best, and how it stands to its neighbours.
fn best(sweep: &Sweep, main: Metric) -> String {
    let name = measure_noun(main);
    let cells = sweep.cells.len();
    if sweep.cells.iter().all(|cell| cell.figure(main).is_none()) {
        return without_figures(sweep, main);
    }
    let (best, word) = extreme(sweep, main);
    let unit = main.definition().unit;
    let figure = sweep.cells[best].figure(main).map_or_else(String::new, |found| figure_words(unit, found));
    let with_figure = sweep.cells.iter().filter(|cell| cell.figure(main).is_some()).count();
    if with_figure == 1 && cells > 1 {
        let cell = words::cell(sweep, best);
        let cells = grouped(cells as f64, 0);
        return format!(
            "Of {cells} cells, only {cell} has a figure of the {name}: {figure}; nothing happened elsewhere that it is about."
        );
    }
    // Where nothing happened there is nothing to be told apart from.
    let has_figure = |cell: usize| sweep.cells[cell].figure(main).is_some();
    let others: Vec<&Neighbours> = sweep
        .neighbours
        .iter()
        .filter(|it| it.step.from == best || it.step.to == best)
        .filter(|it| has_figure(it.step.from) && has_figure(it.step.to))
        .collect();
    if cells == 1 {
        return format!("The {name} of the only cell, {}, is {figure}.", words::cell(sweep, best));
    }
    let told = against(sweep, main, best, &others);
    let all = grouped(cells as f64, 0);
    let of = match with_figure {
        some if some < cells => format!("Of the {} of {all} cells that have a figure", grouped(some as f64, 0)),
        _ => format!("Of {all} cells"),
    };
    format!("{of}, {} has the {word} {name}: {figure}{told}.", words::cell(sweep, best))
}

/// How the best cell stands to those that it was compared with.
fn against(sweep: &Sweep, main: Metric, best: usize, others: &[&Neighbours]) -> String {
    // A single one is named.
    let (every, any) = match others {
        [only] => {
            let named = words::cell(sweep, if only.step.from == best { only.step.to } else { only.step.from });
            (named.clone(), named)
        }
        _ => ("every neighbour".to_string(), "any neighbour".to_string()),
    };
    let told = others.iter().filter(|it| is_told(it.conclusion(main))).count();
    let is_same = others.iter().all(|it| it.conclusion(main) == Some(Conclusion::Same));
    let told = match (told, others.len()) {
        (_, 0) => return String::new(),
        (0, _) if is_same => format!(", as has {every} in every replication"),
        (0, _) => format!(", not told apart from {any}"),
        (all, of) if all == of => format!(", told apart from {every}"),
        (some, of) => format!(", told apart from {some} of {of} neighbours"),
    };
    // Of values that have no order each is compared with the first alone.
    let has_order = sweep.plan.axes.iter().all(|axis| axis.positions.is_some());
    if has_order || others.len() != 1 || sweep.cells.len() <= 2 || is_same {
        return told;
    }
    told + ", the only one that it was compared with"
}

/// Nothing happened anywhere that a measure is about.
fn without_figures(sweep: &Sweep, main: Metric) -> String {
    let (name, cells) = (measure_noun(main), grouped(sweep.cells.len() as f64, 0));
    let of = if sweep.cells.len() == 1 { "its only cell".to_string() } else { format!("any of {cells} cells") };
    format!("The {name} has no figure in {of}: nothing happened that it is about.")
}

/// The cells of the front, from the cheapest to the best.
fn paid(sweep: &Sweep, front: &Front) -> Option<String> {
    let (&first, &last) = (front.cells.first()?, front.cells.last()?);
    let is_few = front.cells.len() <= MAX_ON_FRONT;
    let named: Vec<usize> = if is_few { front.cells.clone() } else { vec![first, last] };
    let figures = |metric: Metric| -> Option<Vec<String>> {
        let of = |&cell: &usize| sweep.cells[cell].figure(metric).map(Reading::from);
        Some(number::told_apart(metric.definition().unit, &named.iter().map(of).collect::<Option<Vec<_>>>()?))
    };
    let (services, costs) = (figures(front.service)?, figures(front.cost)?);
    let points = named.iter().zip(services.iter().zip(&costs));
    let points: Vec<String> =
        points.map(|(&cell, (service, cost))| format!("{} ({service}, {cost})", words::cell(sweep, cell))).collect();
    let (cost, service) = (measure_words(front.cost), measure_words(front.service));
    if first == last {
        return Some(format!("It is {} that no other beats in {service} or {cost}, as measured.", points[0]));
    }
    Some(if is_few {
        format!("No other cell beats {} in both {service} and {cost}, as measured.", listed(&points))
    } else {
        let (count, from, to) = (front.cells.len(), &points[0], &points[1]);
        format!("{count} cells are beaten by no other in both {service} and {cost}, as measured, from {from} to {to}.")
    })
}

/// The cell with the best figure, or the highest of a measure that is neither good nor bad, and the word for it.
fn extreme(sweep: &Sweep, main: Metric) -> (usize, &'static str) {
    let (sign, word) = match main.definition().better {
        Better::Higher => (1.0, "best"),
        Better::Lower => (-1.0, "best"),
        Better::Neither => (1.0, "highest"),
    };
    let value = |cell: &usize| sweep.cells[*cell].figure(main).map_or(f64::NEG_INFINITY, |found| sign * found.mean);
    // The first of equals.
    let best = (0..sweep.cells.len()).rev().max_by(|a, b| value(a).total_cmp(&value(b))).unwrap_or(0);
    (best, word)
}

fn axis_number(sweep: &Sweep, axis: &SweepAxis) -> usize {
    sweep.plan.axes.iter().position(|other| other.key == axis.key).unwrap_or(0)
}

fn found(neighbours: &Neighbours, metric: Metric) -> Option<&Change> {
    neighbours.differences.iter().find(|difference| difference.metric == metric)
}

fn mean(neighbours: &Neighbours, metric: Metric) -> f64 {
    found(neighbours, metric).and_then(|change| change.figure).map_or(0.0, |figure| figure.mean)
}

/// Whether a difference was told from none.
fn is_told(conclusion: Option<Conclusion>) -> bool {
    matches!(conclusion, Some(Conclusion::Better | Conclusion::Worse | Conclusion::Higher | Conclusion::Lower))
}
