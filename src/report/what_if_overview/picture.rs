//! The picture of all answers: cost against service, those along one lever joined.

use super::super::charts::{Along, Asked as Spot, Chart, Mark, Trade, asked as chart_of};
use super::super::number;
use super::super::prose::{capital, measure_words};
use super::super::summary::Reading;
use super::answers::{ABOVE, Asked, BACK, Moved, Overview, short, uncapital};
use crate::measures::{Better, Metric, Unit};
use crate::stats::CONFIDENCE;

/// What its point is called.
const ABOVE_IN_SHORT: &str = "as above";
/// Fewer points along a lever are no line.
const LEAST_OF_A_LINE: usize = 3;

impl Overview<'_> {
    /// Cost against service, the result above in its place; nothing where a figure is missing.
    pub(super) fn chart(&self) -> Option<Chart> {
        let scale = |metric: Metric| if metric.definition().unit == Unit::Share { 100.0 } else { 1.0 };
        let scales = [self.paid, self.served].map(scale);
        let place = |readings: [Reading; 2], halves: [Option<f64>; 2]| {
            let of = |at: usize| Some((readings[at].mean? * scales[at], halves[at].unwrap_or(0.0) * scales[at]));
            Some((of(0)?, of(1)?))
        };
        let both = [self.paid, self.served];
        let above = both.map(|metric| self.above(metric));
        let (cost, service) = place(above, [None, None])?;
        let said = both.map(|metric| format!("{} {}", measure_words(metric), short(metric, self.above(metric))));
        let mut points = vec![Spot {
            name: ABOVE_IN_SHORT.into(),
            said: format!("{}: {}", capital(ABOVE), said.join(", ")),
            link: BACK.into(),
            cost,
            service,
            mark: Some(Mark::Today),
        }];
        let mut drawn: Vec<Option<usize>> = vec![None];
        let lines = self.lines();
        for &number in &self.together {
            let answer = &self.answers[number];
            let halves = both.map(|metric| answer.difference(metric).reading.half_width);
            let Some((cost, service)) = place(both.map(|metric| answer.figure(metric)), halves) else { continue };
            let said = both.map(|metric| {
                let figure = short(metric, answer.figure(metric));
                format!("{} {figure}, {}", measure_words(metric), self.level(number, metric))
            });
            let on = lines.iter().filter(|line| line.numbers.contains(&Some(number)));
            let choice = on.flat_map(|line| answer.asked.moved.iter().find(|it| it.lever == line.lever)).next();
            points.push(Spot {
                name: choice.map_or(answer.name.as_str(), Moved::short).to_string(),
                said: format!("{}: {}", answer.title(), said.join("; ")),
                link: answer.asked.bookmark.clone(),
                cost,
                service,
                mark: (number == self.marked).then_some(Mark::Chosen),
            });
            drawn.push(Some(number));
        }
        let along: Vec<Along> = lines
            .iter()
            .map(|line| Along {
                name: line.name.clone(),
                points: line.numbers.iter().filter_map(|number| drawn.iter().position(|it| it == number)).collect(),
            })
            .collect();
        let trade = Trade {
            cost: with_unit(self.paid),
            service: with_unit(self.served),
            is_percent: self.served.definition().unit == Unit::Share,
            is_more_better: self.served.definition().better != Better::Lower,
        };
        let title = capital(&format!("{} against {}", measure_words(self.paid), measure_words(self.served)));
        let green = if self.is_shown { "the one shown below" } else { "the last one asked" };
        let joined = match &along[..] {
            [] => String::new(),
            [line] => format!(" Joined along: {}.", uncapital(&line.name)),
            _ => " Joined along each lever.".into(),
        };
        let caption = format!(
            "Up and to the left is better. {} is orange, {green} green.{joined} A cross is the {} % interval of the paired difference \
             from {ABOVE}.",
            capital(ABOVE),
            number::grouped(CONFIDENCE * 100.0, 0)
        );
        chart_of(&title, caption, &trade, &points, &along)
    }

    /// The levers along which there are answers enough, all else being as in the first of them.
    pub(super) fn lines(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for &number in &self.together {
            let asked = self.answers[number].asked;
            for moved in asked.moved.iter().filter(|it| it.is_scale) {
                let rest = Rest::of(asked, &moved.lever);
                if lines.iter().any(|line| line.lever == moved.lever && line.rest == rest) {
                    continue;
                }
                // Where the lever stands in each answer that differs in nothing else; in the result above, as it is now.
                let at = |other: &Asked| {
                    let own = other.moved.iter().find(|it| it.lever == moved.lever);
                    (Rest::of(other, &moved.lever) == rest).then(|| own.map_or(moved.now, |it| it.at))
                };
                let mut found: Vec<(usize, Option<usize>)> = (self.together.iter())
                    .filter_map(|&other| Some((at(self.answers[other].asked)?, Some(other))))
                    .collect();
                found.extend(at(&Asked::default()).map(|at| (at, None)));
                if found.len() >= LEAST_OF_A_LINE {
                    found.sort_unstable_by_key(|&(at, _)| at);
                    let name = match rest.words() {
                        rest if rest.is_empty() => moved.lever.clone(),
                        rest => format!("{} ({rest})", moved.lever),
                    };
                    let numbers = found.into_iter().map(|(_, number)| number).collect();
                    lines.push(Line { name, lever: moved.lever.clone(), rest, numbers });
                }
            }
        }
        lines
    }
}

/// Answers along a lever, with the result above among them as `None`.
pub(super) struct Line {
    /// What it is called.
    pub(super) name: String,
    lever: String,
    rest: Rest,
    /// The answers, in the lever's order.
    pub(super) numbers: Vec<Option<usize>>,
}

/// What else was changed.
#[derive(PartialEq)]
struct Rest(Vec<String>);

impl Rest {
    fn of(asked: &Asked, lever: &str) -> Self {
        let moved = asked.moved.iter().filter(|it| it.lever != lever).map(Moved::words);
        Self(moved.chain(asked.further.iter().cloned()).collect())
    }

    fn words(&self) -> String {
        self.0.join(", ")
    }
}

/// A measure with its unit, for an axis; shares have it on their numbers.
fn with_unit(metric: Metric) -> String {
    let name = measure_words(metric);
    match metric.definition().unit {
        Unit::Share => name,
        Unit::Days if name.contains("days") => name,
        Unit::Days => format!("{name} (days)"),
        Unit::Money => number::currency().map_or_else(|| name.clone(), |currency| format!("{name} ({currency})")),
        Unit::Count(_) => name,
    }
}
