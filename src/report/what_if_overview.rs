//! Everything that was asked of a page so far: which answer costs least and which serves best, a picture of cost against service with
//! the result above in it, and a table.

use super::charts::{Along, Asked as Spot, Chart, Mark, Trade, asked as chart_of};
use super::comparison::{tone, verdict};
use super::comparison_decision::SERVED;
use super::document::{Block, Role};
use super::html::fragment;
use super::number::{self, NONE};
use super::prose::{capital, measure_noun, measure_words};
use super::summary::{ComparisonSummary, DifferenceSummary, Kept, Reading};
use super::table::{Cell, Column, Interval, Table};
use super::words::Text;
use crate::experiment::Conclusion;
use crate::measures::{Better, Metric, Unit};
use crate::stats::CONFIDENCE;
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
    fn short(&self) -> &str {
        match self.choice.split_once(": ") {
            Some((factor, _)) if factor.starts_with('×') => factor,
            _ => &self.choice,
        }
    }

    /// `reorder points × 1.1`, `sourcing policy: nearest`
    fn words(&self) -> String {
        let short = self.short();
        let gap = if short.starts_with('×') { "" } else { ":" };
        format!("{}{gap} {short}", uncapital(&self.lever))
    }
}

/// The address, within the page, that sets all levers back.
const BACK: &str = "#what-if:";
/// What the result above is called.
const ABOVE: &str = "the result above";
/// What its point is called.
const ABOVE_IN_SHORT: &str = "as above";
/// Fewer points along a lever are no line.
const LEAST_OF_A_LINE: usize = 3;

/// What is paid, in the order in which one is looked for that is anything at all.
const PAID: [Metric; 4] =
    [Metric::CostPerOrder, Metric::OnHandMeanCost, Metric::OnHandMeanUnits, Metric::ParcelsPerOrder];

/// Finding, picture and table of everything that was asked, as markup for a page.
///
/// # Errors
/// Which answer cannot be read, or that there is none.
pub fn what_if_overview(asked: &WhatIfAsked) -> Result<String, String> {
    let read = |it: &Asked| ComparisonSummary::from_json(&it.comparison).map_err(|why| format!("error: {why}"));
    let comparisons = asked.answers.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if comparisons.iter().any(|it| it.scenarios.len() != 2) {
        return Err("error: an answer is of the scenario as it is and as it is changed".into());
    }
    let Some(last) = comparisons.len().checked_sub(1) else { return Err("error: nothing was asked".into()) };
    let marked = asked.shown.filter(|&shown| shown <= last).unwrap_or(last);
    let answers: Vec<Answer> = asked.answers.iter().zip(&comparisons).map(Answer::of).collect();
    let currency = comparisons[marked].compared.currency.clone();
    Ok(number::in_currency(currency.as_deref(), || {
        fragment(&Overview::of(&answers, marked, asked.shown.is_some()).blocks())
    }))
}

/// A question with its answer, read.
struct Answer<'a> {
    asked: &'a Asked,
    comparison: &'a ComparisonSummary,
    /// `reorder points × 1.1, demand × 2`
    name: String,
}

impl<'a> Answer<'a> {
    fn of((asked, comparison): (&'a Asked, &'a ComparisonSummary)) -> Self {
        let moved = asked.moved.iter().map(Moved::words);
        let name = moved.chain(asked.further.iter().cloned()).collect::<Vec<_>>().join(", ");
        Self { asked, comparison, name }
    }

    /// Its name where a sentence begins; settings that were typed are written as they were.
    fn title(&self) -> String {
        if self.asked.moved.is_empty() { self.name.clone() } else { capital(&self.name) }
    }

    fn figure(&self, metric: Metric) -> Reading {
        *self.comparison.scenarios[1].metrics.of(metric)
    }

    fn difference(&self, metric: Metric) -> &DifferenceSummary {
        self.comparison.contrasts[0].differences.of(metric)
    }

    fn replications(&self) -> usize {
        self.comparison.compared.replications
    }
}

/// What is told of all answers together.
struct Overview<'a> {
    answers: &'a [Answer<'a>],
    /// The one that is marked.
    marked: usize,
    /// Whether the levers stand at it.
    is_shown: bool,
    /// Those with as many replications as the marked one, which can be held against one another.
    together: Vec<usize>,
    paid: Metric,
    served: Metric,
}

impl<'a> Overview<'a> {
    fn of(answers: &'a [Answer<'a>], marked: usize, is_shown: bool) -> Self {
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
    fn above(&self, metric: Metric) -> Reading {
        *self.answers[self.marked].comparison.scenarios[0].metrics.of(metric)
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> =
            self.finding().map(|sentence| Block::of(Role::Finding, sentence)).into_iter().collect();
        blocks.extend(self.chart().map(|chart| Block::figures(vec![chart.figure("asked")])));
        blocks.push(self.table().into());
        blocks
    }

    /// Which answer costs least, which serves best, and what the marked one is; nothing where a figure is missing.
    fn finding(&self) -> Option<String> {
        let best = |metric: Metric, is_more_better: bool| {
            let sign = if is_more_better { 1.0 } else { -1.0 };
            let of = |reading: Reading| reading.mean.map(|mean| sign * mean);
            let above = (None, of(self.above(metric))?);
            let answers = self
                .together
                .iter()
                .filter_map(|&number| Some((Some(number), of(self.answers[number].figure(metric))?)));
            // Of equals the one that changes least: the result above, then whichever was asked first.
            Some(answers.fold(above, |best, it| if it.1 > best.1 { it } else { best }).0)
        };
        let is_more_better = self.served.definition().better != Better::Lower;
        let (least, most) = (best(self.paid, false)?, best(self.served, is_more_better)?);
        let (paid, served) = (measure_noun(self.paid), measure_noun(self.served));
        let extreme = if is_more_better { "highest" } else { "lowest" };
        let at = |number: usize, metric: Metric| {
            let level = self.level(number, metric);
            let than = if level.ends_with("er") { "than" } else { "from" };
            format!("{}, {level} {than} above", short(metric, self.answers[number].figure(metric)))
        };
        let mut sentences = vec![match least {
            Some(number) => {
                format!("The {paid} is least with {}: {}.", self.answers[number].name, at(number, self.paid))
            }
            None => format!("The {paid} is least as above, {}.", short(self.paid, self.above(self.paid))),
        }];
        sentences.push(match most {
            Some(number) if most == least => {
                format!("The {served} is {extreme} there, too: {}.", at(number, self.served))
            }
            Some(number) => format!(
                "The {served} is {extreme} with {}: {}; the {paid} is {}.",
                self.answers[number].name,
                at(number, self.served),
                self.level(number, self.paid)
            ),
            None => {
                let too = if least.is_none() { ", too" } else { "" };
                format!("The {served} is {extreme} as above{too}, {}.", short(self.served, self.above(self.served)))
            }
        });
        let is_told = [least, most].contains(&Some(self.marked));
        if !is_told {
            let shown = if self.is_shown { "shown below" } else { "the last one asked" };
            let [paid_level, served_level] = [self.paid, self.served].map(|metric| self.level(self.marked, metric));
            sentences.push(format!(
                "With {}, {shown}, the {paid} is {paid_level} and the {served} {served_level}.",
                self.answers[self.marked].name
            ));
        }
        Some(sentences.join(" "))
    }

    /// How much higher or lower a figure is than in the result above: `2.1 % higher`, `0.8 points lower`, `negligibly higher`, `not told
    /// apart`.
    fn level(&self, number: usize, metric: Metric) -> String {
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

    /// Cost against service, the result above in its place; nothing where a figure is missing.
    fn chart(&self) -> Option<Chart> {
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
    fn lines(&self) -> Vec<Line> {
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

    fn table(&self) -> Table {
        let is_alike = self.together.len() == self.answers.len();
        let mut columns = vec![Column::words("Setting")];
        for metric in [self.paid, self.served] {
            let name = measure_words(metric);
            columns.push(Column::number(capital(&name)).labelled(format!("{name}:")));
            columns.push(Column::number("Difference").with_interval(Interval::Below, 0).labelled("difference:"));
        }
        if !is_alike {
            columns.push(Column::number("Replications").labelled("replications:"));
        }
        let mut table = Table::new("Asked so far", columns);
        let replications = |count: usize| Cell::number(number::grouped(count as f64, 0), Some(count as f64));
        let mut cells = vec![Cell::words(Text::default().link(capital(ABOVE), BACK))];
        for metric in [self.paid, self.served] {
            let reading = self.above(metric);
            cells.extend([Cell::number(short(metric, reading), reading.mean), Cell::none()]);
        }
        cells.extend((!is_alike).then(|| replications(self.answers[self.marked].replications())));
        table.row(cells);
        for (number, answer) in self.answers.iter().enumerate() {
            let mut name = Cell::words(Text::default().link(answer.title(), &answer.asked.bookmark));
            if number == self.marked && self.is_shown {
                name = name.with_detail("shown below");
            }
            let mut cells = vec![name];
            for metric in [self.paid, self.served] {
                let (reading, found) = (answer.figure(metric), answer.difference(metric));
                let tone = tone(found.conclusion);
                let difference = Cell::difference(metric.definition().unit, found.reading).toned(tone);
                cells.push(Cell::number(short(metric, reading), reading.mean));
                cells.push(match found.conclusion {
                    Some(conclusion) => difference.with_detail(verdict(conclusion)),
                    None => difference,
                });
            }
            cells.extend((!is_alike).then(|| replications(answer.replications())));
            table.row(cells);
        }
        table.footnote = (!is_alike).then(|| {
            let count = self.answers[self.marked].replications();
            format!("Drawn and told are those of {count} replications.").into()
        });
        table
    }
}

/// Answers along a lever, with the result above among them as `None`.
struct Line {
    name: String,
    lever: String,
    rest: Rest,
    numbers: Vec<Option<usize>>,
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

/// A text that does not begin with a capital, but where the second letter is one too.
fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => text.to_string(),
    }
}

/// A figure in passing; a dash of nothing.
fn short(metric: Metric, reading: Reading) -> String {
    let unit = metric.definition().unit;
    reading.mean.map_or_else(|| NONE.into(), |mean| number::in_short(unit, mean, reading.half_width))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::compared;
    use crate::report::html::tests::assert_sound;
    use crate::report::summary::ByName;

    /// The result above costs 10 an order, fills 90 % of them and has 500 of stock.
    fn answer(moved: &[(&str, usize, bool)], cost: (f64, Conclusion), fill: (f64, Conclusion)) -> Asked {
        let mut found = ComparisonSummary::from(&compared());
        found.scenarios.truncate(2);
        found.contrasts.truncate(1);
        found.best.clear();
        found.gates.clear();
        let above = |metric| match metric {
            Metric::CostPerOrder => 10.0,
            Metric::OrderFillRate => 0.9,
            Metric::OnHandMeanCost => 500.0,
            _ => 0.0,
        };
        let change = |metric| match metric {
            Metric::CostPerOrder => (cost.0, Some(cost.1)),
            Metric::OrderFillRate => (fill.0, Some(fill.1)),
            Metric::OnHandMeanCost => (cost.0 * 50.0, None),
            _ => (0.0, None),
        };
        let reading = |mean, half_width| Reading { mean: Some(mean), half_width: Some(half_width) };
        found.scenarios[0].metrics = ByName::new(|metric| reading(above(metric), 0.001));
        found.scenarios[1].metrics = ByName::new(|metric| reading(above(metric) + change(metric).0, 0.001));
        found.contrasts[0].differences = ByName::new(|metric| {
            let (mean, conclusion) = change(metric);
            DifferenceSummary {
                reading: reading(mean, 0.000_1),
                conclusion,
                ..*ComparisonSummary::from(&compared()).contrasts[0].differences.of(metric)
            }
        });
        let moved: Vec<Moved> = (moved.iter())
            .map(|&(lever, at, is_scale)| Moved {
                lever: lever.into(),
                choice: format!("× {at}: {}0 a day", at),
                at,
                now: 1,
                is_scale,
            })
            .collect();
        let bookmark = moved.iter().map(|it| format!("{}={}", it.lever, it.at)).collect::<Vec<_>>().join("&");
        Asked { moved, further: Vec::new(), bookmark: format!("{BACK}{bookmark}"), comparison: found.to_json() }
    }

    const DEMAND: &str = "Demand";

    fn told(answers: &[Asked], shown: Option<usize>) -> String {
        let page = what_if_overview(&WhatIfAsked { answers: answers.to_vec(), shown }).unwrap();
        assert_sound(&page);
        page.replace('\u{a0}', " ")
    }

    /// The first sentence or paragraph.
    fn finding(page: &str) -> String {
        let (_, rest) = page.split_once("<p class=\"finding\">").expect("a finding");
        rest.split_once("</p>").unwrap().0.to_string()
    }

    #[test]
    fn the_least_cost_and_the_best_service_are_found_with_what_they_cost() {
        use Conclusion::{Better, Equivalent, Unclear, Worse};
        let cheap = answer(&[(DEMAND, 0, true)], (-0.19, Better), (-0.02, Worse));
        let between = answer(&[(DEMAND, 2, true)], (0.21, Worse), (0.008, Better));
        let dear = answer(&[(DEMAND, 3, true)], (0.61, Worse), (0.045, Better));
        let page = told(&[cheap.clone(), between.clone(), dear.clone()], Some(1));
        assert_eq!(
            finding(&page),
            "The cost per order is least with demand × 0: 9.81, 1.9 % lower than above. \
             The share of orders filled at once is highest with demand × 3: 94.5 %, 4.5 points higher than above; \
             the cost per order is 6.1 % higher. \
             With demand × 2, shown below, the cost per order is 2.1 % higher and the share of orders filled at once \
             0.8 points higher."
        );
        // Of several, whichever the levers stand at has no sentence of its own where it is one of those two.
        assert_eq!(finding(&told(&[cheap, between.clone(), dear], Some(2))).matches("shown below").count(), 0);
        // What is shown needs no sentence of its own where it is the best.
        let alone = told(std::slice::from_ref(&between), Some(0));
        assert_eq!(
            finding(&alone),
            "The cost per order is least as above, 10.00. The share of orders filled at once is highest with demand × 2: \
             90.8 %, 0.8 points higher than above; the cost per order is 2.1 % higher."
        );
        let worse = answer(&[(DEMAND, 2, true)], (0.21, Unclear { enough: None }), (-0.01, Equivalent));
        let page = told(&[worse], None);
        assert_eq!(
            finding(&page),
            "The cost per order is least as above, 10.00. The share of orders filled at once is highest as above, too, 90.0 %. \
             With demand × 2, the last one asked, the cost per order is not told apart and the share of orders filled at \
             once negligibly lower."
        );
    }

    #[test]
    fn every_answer_is_a_row_and_a_point_that_lead_back_to_it() {
        use Conclusion::{Better, Worse};
        let points: Vec<Asked> = [0, 2, 3]
            .map(|at| answer(&[(DEMAND, at, true)], (at as f64 - 1.0, Worse), (0.01 * at as f64, Better)))
            .to_vec();
        let page = told(&points, Some(1));
        for at in [0, 2, 3] {
            let link = format!("<a href=\"#what-if:Demand={at}\">Demand × {at}</a>");
            assert_eq!(page.matches(&link).count(), 1, "{link}: {page}");
            let point = format!("<a href=\"#what-if:Demand={at}\" tabindex=\"-1\">");
            assert_eq!(page.matches(&point).count(), 2, "for wide screens and for narrow ones");
        }
        assert!(page.contains("<a href=\"#what-if:\">The result above</a>"));
        assert_eq!(page.matches("<small>shown below</small>").count(), 1);
        assert!(page.contains("Joined along: demand.") && !page.contains("Replications"), "{page}");
        // The line goes by way of the result above: three answers, four points.
        let line = page
            .split("<polyline fill=\"none\" stroke=\"#0072B2\" stroke-width=\"14\" points=\"")
            .nth(1)
            .expect("a line");
        assert_eq!(line.split('"').next().unwrap().split_whitespace().count(), 4);
    }

    #[test]
    fn a_line_is_of_one_lever_while_all_else_stays() {
        use Conclusion::Worse;
        let of = |moved: &[(&str, usize, bool)]| answer(moved, (1.0, Worse), (-0.01, Worse));
        let lines = |answers: &[Asked]| {
            let comparisons: Vec<ComparisonSummary> =
                answers.iter().map(|it| ComparisonSummary::from_json(&it.comparison).unwrap()).collect();
            let read: Vec<Answer> = answers.iter().zip(&comparisons).map(Answer::of).collect();
            let lines = Overview::of(&read, 0, false).lines();
            lines.into_iter().map(|line| (line.name, line.numbers)).collect::<Vec<_>>()
        };
        let two = [of(&[("Lead times", 3, true)]), of(&[(DEMAND, 2, true)])];
        assert_eq!(lines(&two), [], "two points each, with the result above");
        let policies = [2, 3, 4].map(|at| of(&[("Policy", at, false)]));
        assert_eq!(lines(&policies), [], "policies are in no order");
        let three = [of(&[(DEMAND, 3, true)]), of(&[(DEMAND, 0, true)])];
        assert_eq!(lines(&three), [("Demand".to_string(), vec![Some(1), None, Some(0)])]);
        let slower = [
            of(&[(DEMAND, 2, true), ("Lead times", 3, true)]),
            of(&[("Lead times", 3, true)]),
            of(&[(DEMAND, 0, true), ("Lead times", 3, true)]),
        ];
        assert_eq!(lines(&slower), [("Demand (lead times × 3)".to_string(), vec![Some(2), Some(1), Some(0)])]);
    }

    #[test]
    fn only_answers_of_as_many_replications_are_held_against_one_another() {
        use Conclusion::Worse;
        let mut other = answer(&[(DEMAND, 3, true)], (-5.0, Conclusion::Better), (0.01, Conclusion::Better));
        other.comparison = other.comparison.replace("\"replications\": 6", "\"replications\": 20");
        let page = told(&[other, answer(&[(DEMAND, 2, true)], (1.0, Worse), (-0.01, Worse))], Some(1));
        assert!(finding(&page).starts_with("The cost per order is least as above"), "{page}");
        assert!(page.contains("Drawn and told are those of 6 replications.") && page.contains("Demand × 3"), "{page}");
        assert_eq!(page.matches("Demand × 3: ").count(), 0, "it is no point");
    }

    #[test]
    fn without_costs_it_is_the_capital_in_stock_that_is_paid() {
        let mut asked = answer(&[(DEMAND, 2, true)], (1.0, Conclusion::Worse), (0.01, Conclusion::Better));
        let mut found = ComparisonSummary::from_json(&asked.comparison).unwrap();
        for scenario in &mut found.scenarios {
            let before = scenario.metrics.clone();
            let nothing = Reading { mean: Some(0.0), half_width: Some(0.0) };
            scenario.metrics = ByName::new(|it| if it == Metric::CostPerOrder { nothing } else { *before.of(it) });
        }
        asked.comparison = found.to_json();
        let page = told(&[asked], None);
        assert!(page.contains("<h3>Stock on hand at cost against orders filled at once</h3>"), "{page}");
        assert!(page.contains("highest with demand × 2") && page.contains("10.0 % higher"), "{page}");
    }

    #[test]
    fn what_cannot_be_told_of_is_said() {
        assert!(what_if_overview(&WhatIfAsked::default()).is_err());
        let mut three = answer(&[(DEMAND, 2, true)], (1.0, Conclusion::Worse), (0.01, Conclusion::Better));
        three.comparison = ComparisonSummary::from(&compared()).to_json();
        let told = what_if_overview(&WhatIfAsked { answers: vec![three], shown: None });
        assert!(told.unwrap_err().contains("as it is and as it is changed"));
        let nonsense = Asked { comparison: "{}".into(), ..Asked::default() };
        assert!(what_if_overview(&WhatIfAsked { answers: vec![nonsense], shown: None }).is_err());
    }
}
