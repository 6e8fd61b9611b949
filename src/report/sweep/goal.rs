//! A goal in words: which setting meets it, and the path to it.

use super::super::condition::condition_words;
use super::super::number::{NONE, grouped};
use super::super::summary::Reading;
use super::super::table::{Cell, Column, Interval, Table};
use super::super::words::{Text, Tone};
use super::words::heading;
use super::{figure_words, measure_words};
use crate::experiment::{Answer, Figure, GateVerdict, Goal, Look, Side, Sweep};

/// What was found.
pub(super) fn sentence(sweep: &Sweep, goal: &Goal) -> String {
    let Goal { sought, range: [from, to] } = goal;
    let axis = &sweep.plan.axes[0];
    let (label, condition) = (&axis.label, condition_words(&sought.seek.gate));
    let value = |setting: usize| &axis.values[setting];
    let figure = |setting: usize| words(goal, sought.look(setting).and_then(|look| look.figure));
    match sought.answer {
        None => {
            let nearest = sought.nearest().map_or_else(String::new, |look| {
                format!(" It comes nearest at {}: {}.", value(look.setting), figure(look.setting))
            });
            let undecided =
                if sought.is_missed() { "" } else { " Whether any does is not decidable at this many replications." };
            let measured = match (sought.looks.len(), sought.seek.settings) {
                (looked, all) if looked < all => {
                    format!("None of the {looked} values of {label} from {from} to {to} that were measured meets")
                }
                _ => format!("No {label} from {from} to {to} meets"),
            };
            format!("{measured} {condition} with its interval.{nearest}{undecided}")
        }
        Some(Answer { setting, side, fresh }) => {
            let fresh = words(goal, fresh);
            let figures =
                format!("{}; {fresh} on as many replications that had no part in choosing it", figure(setting));
            match side {
                Side::Above => format!(
                    "The least {label} from {from} to {to} that meets {condition} with its interval is {}: {figures}.",
                    value(setting)
                ),
                Side::Below => format!(
                    "The greatest {label} from {from} to {to} that meets {condition} with its interval is {}: {figures}.",
                    value(setting)
                ),
                Side::Everywhere => format!(
                    "Both ends of the range, {label} {} and {to}, meet {condition} with their intervals; at {}: {figures}. What lies \
                     beyond them was not looked at.",
                    value(setting),
                    value(setting)
                ),
                Side::Within => format!(
                    "Neither end of the range from {from} to {to} meets {condition}. Between them the least {label} that was found to \
                     with its interval is {}: {figures}. It does not hold from there on to the end.",
                    value(setting)
                ),
            }
        }
    }
}

/// The settings in the order in which they were measured.
pub(super) fn path(sweep: &Sweep, goal: &Goal) -> Table {
    let axis = &sweep.plan.axes[0];
    let gate = &goal.sought.seek.gate;
    let columns = [
        Column::number("step").wide(6),
        Column::number(heading(axis)).wide(14),
        Column::number(measure_words(gate.metric)).wide(24).with_interval(Interval::Beside, 8),
        Column::words("Verdict").wide(16),
    ];
    let mut table = Table::new("", columns).captioned(format!("The path to {}", condition_words(gate)));
    for (number, Look { setting, figure, verdict }) in goal.sought.looks.iter().enumerate() {
        let tone = match verdict {
            GateVerdict::Holds => Tone::Good,
            GateVerdict::Fails => Tone::Bad,
            GateVerdict::Undecided { .. } => Tone::Unclear,
            GateVerdict::NoOccasion => Tone::Neutral,
        };
        let position = axis.positions.as_ref().map(|positions| positions[*setting]);
        table.row([
            Cell::number((number + 1).to_string(), Some(number as f64)),
            Cell::number(axis.values[*setting].as_str(), position),
            Cell::figure(gate.metric.definition().unit, Reading::from(*figure)),
            Cell::verdict(verdict.to_string(), Some(tone)),
        ]);
    }
    let percent = 100.0 * goal.sought.confidence;
    let withdrawn: Vec<&str> =
        goal.sought.withdrawn.iter().map(|(setting, _)| axis.values[*setting].as_str()).collect();
    let mut footnote = format!(
        "A setting holds where its {} % interval lies on the right side, so that all verdicts hold together at 95 %; {} of {} \
         settings were measured.",
        grouped(percent, 2),
        goal.sought.looks.len(),
        grouped(goal.sought.seek.settings as f64, 0)
    );
    if !withdrawn.is_empty() {
        footnote.push_str(&format!(" Fresh replications did not bear out {}.", withdrawn.join(", ")));
    }
    table.footnote = Some(Text::from(footnote));
    table
}

fn words(goal: &Goal, figure: Option<Figure>) -> String {
    let unit = goal.sought.seek.gate.metric.definition().unit;
    figure.map_or_else(|| NONE.to_string(), |figure| figure_words(unit, figure))
}
