//! What was asked of a page, with the answers, read: what they cost and how they serve beside the result above.

use super::super::comparison_decision::SERVED;
use super::super::number::{self, NONE};
use super::super::prose::capital;
use super::super::summary::{ComparisonSummary, DifferenceSummary, Reading};
use crate::experiment::Conclusion;
use crate::measures::{Metric, Unit};
use serde::Deserialize;

/// What was asked of a page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct WhatIfAsked {
    /// The questions with their answers, in the order in which they were asked; at least one.
    pub answers: Vec<Asked>,
    /// The number of the one that the levers stand at, where it is there.
    pub shown: Option<usize>,
}

/// A question that was asked, with its answer.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Asked {
    /// The levers that were moved.
    pub moved: Vec<Moved>,
    /// Further settings, each `KEY=VALUE`.
    pub further: Vec<String>,
    /// The address, within the page, that sets the levers to it.
    pub bookmark: String,
    /// The text of its `comparison.json`.
    pub comparison: String,
}

/// A lever that was moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Moved {
    /// What it is called.
    pub lever: String,
    /// What was chosen.
    pub choice: String,
    /// The number of that choice.
    pub at: usize,
    /// The number of the choice that the scenario has made.
    pub now: usize,
    /// Whether the choices lie on a scale.
    pub is_scale: bool,
}

impl Moved {
    /// What was chosen, as a point is called: of `× 2: 60 orders a day` the factor.
    pub(super) fn short(&self) -> &str {
        match self.choice.split_once(": ") {
            Some((factor, _)) if factor.starts_with('×') => factor,
            _ => &self.choice,
        }
    }

    /// `reorder points × 1.1`, `sourcing policy: nearest`
    pub(super) fn words(&self) -> String {
        let short = self.short();
        let gap = if short.starts_with('×') { "" } else { ":" };
        format!("{}{gap} {short}", uncapital(&self.lever))
    }
}

/// The address, within the page, that sets all levers back.
pub(super) const BACK: &str = "#what-if:";
/// What the result above is called.
pub(super) const ABOVE: &str = "the result above";

/// What is paid, in the order in which one is looked for that is anything at all.
const PAID: [Metric; 4] =
    [Metric::CostPerOrder, Metric::OnHandMeanCost, Metric::OnHandMeanUnits, Metric::ParcelsPerOrder];

/// A question with its answer, read.
pub(super) struct Answer<'a> {
    pub(super) asked: &'a Asked,
    pub(super) comparison: &'a ComparisonSummary,
    /// `reorder points × 1.1, demand × 2`
    pub(super) name: String,
}

impl<'a> Answer<'a> {
    pub(super) fn of((asked, comparison): (&'a Asked, &'a ComparisonSummary)) -> Self {
        let moved = asked.moved.iter().map(Moved::words);
        let name = moved.chain(asked.further.iter().cloned()).collect::<Vec<_>>().join(", ");
        Self { asked, comparison, name }
    }

    /// Its name where a sentence begins; settings that were typed are written as they were.
    pub(super) fn title(&self) -> String {
        if self.asked.moved.is_empty() { self.name.clone() } else { capital(&self.name) }
    }

    pub(super) fn figure(&self, metric: Metric) -> Reading {
        *self.comparison.scenarios[1].metrics.of(metric)
    }

    pub(super) fn difference(&self, metric: Metric) -> &DifferenceSummary {
        self.comparison.contrasts[0].differences.of(metric)
    }

    pub(super) fn replications(&self) -> usize {
        self.comparison.compared.replications
    }
}

/// What is told of all answers together.
pub(super) struct Overview<'a> {
    pub(super) answers: &'a [Answer<'a>],
    /// The one that is marked.
    pub(super) marked: usize,
    /// Whether the levers stand at it.
    pub(super) is_shown: bool,
    /// Those with as many replications as the marked one, which can be held against one another.
    pub(super) together: Vec<usize>,
    pub(super) paid: Metric,
    pub(super) served: Metric,
}

impl<'a> Overview<'a> {
    pub(super) fn of(answers: &'a [Answer<'a>], marked: usize, is_shown: bool) -> Self {
        let replications = answers[marked].replications();
        let together: Vec<usize> =
            (0..answers.len()).filter(|&number| answers[number].replications() == replications).collect();
        let above = &answers[marked].comparison.scenarios[0].metrics;
        let is_something = |metric: &Metric| above.of(*metric).mean.is_some_and(|mean| mean != 0.0);
        let paid = PAID.into_iter().find(is_something).unwrap_or(Metric::CostPerOrder);
        // Orders filled at once, as long as the levers that were moved change that; else what they change.
        let fill = Metric::OrderFillRate;
        let candidates = [fill].into_iter().chain(SERVED.iter().map(|&(metric, _)| metric));
        let differs = |metric: &Metric| {
            together.iter().any(|&number| {
                let found = answers[number].difference(*metric);
                found.conclusion.is_some() && found.reading.mean.is_some_and(|mean| mean != 0.0)
            })
        };
        let served = candidates.into_iter().find(differs).unwrap_or(fill);
        Self { answers, marked, is_shown, together, paid, served }
    }

    /// The result that all answers of as many replications are held against.
    pub(super) fn above(&self, metric: Metric) -> Reading {
        *self.answers[self.marked].comparison.scenarios[0].metrics.of(metric)
    }

    /// How much higher or lower a figure is than in the result above: `2.1 % higher`, `0.8 points lower`, `negligibly higher`, `not told
    /// apart`.
    pub(super) fn level(&self, number: usize, metric: Metric) -> String {
        let found = self.answers[number].difference(metric);
        let Some(mean) = found.reading.mean else { return "without a figure".into() };
        let way = if mean > 0.0 { "higher" } else { "lower" };
        match found.conclusion {
            Some(Conclusion::Unclear { .. }) => return "not told apart".into(),
            Some(Conclusion::Equivalent) => return format!("negligibly {way}"),
            _ if mean == 0.0 => return "not different".into(),
            // Of a measure that is not judged its own interval tells.
            None if found.reading.half_width.is_some_and(|half| half >= mean.abs()) => return "not told apart".into(),
            _ => {}
        }
        let half = found.reading.half_width;
        let above = self.above(metric).mean.unwrap_or(0.0).abs();
        let (unit, by, half) = match metric.definition().unit {
            Unit::Share => (" points", mean.abs(), half),
            unit if above == 0.0 => {
                let change = number::difference_in_a_sentence(unit, found.reading);
                return format!("{} {way}", change.trim_start_matches(['+', '−']));
            }
            _ => (" %", mean.abs() / above, half.map(|half| half / above)),
        };
        let shown = number::in_short(Unit::Share, by, half);
        format!("{}{unit} {way}", shown.trim_end_matches(" %"))
    }
}

/// A text that does not begin with a capital, but where the second letter is one too.
pub(super) fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => text.to_string(),
    }
}

/// A figure in passing; a dash of nothing.
pub(super) fn short(metric: Metric, reading: Reading) -> String {
    let unit = metric.definition().unit;
    reading.mean.map_or_else(|| NONE.into(), |mean| number::in_short(unit, mean, reading.half_width))
}
