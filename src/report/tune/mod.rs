//! What tuning found, as people and programs read it: a document, tables, JSON, the trade-off as a chart.

mod document;
mod files;

pub use document::{levels_document, tune_document};
pub use files::{LevelsRow, finalists_csv, levels_csv, levels_json, looked_at_csv, sensitivity_csv, tune_json};

use super::charts::{Chart, Spot, Trade, front as front_chart};
use super::facts::Source;
use super::number;
use crate::experiment::Results;
use crate::experiment::tune::{Candidate, LevelsTuned, Outcome, Plan};
use crate::measures::{Metric, Unit};
use crate::stats::Estimate;

/// What was tuned, and what came of it.
pub struct TuneReport<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// Its seed: of the search; the choice has the one above, the estimates the one above that.
    pub seed: u64,
    /// What was decided: key and values in words.
    pub axes: Vec<(&'a str, Vec<&'a str>)>,
    /// What each of these is today, where that is written anywhere.
    pub today: Vec<Option<String>>,
    /// What was optimised.
    pub objective: Metric,
    /// Whether more of it is better.
    pub maximise: bool,
    /// What had to hold: the condition as it was written, and its measure.
    pub conditions: Vec<(&'a str, Metric)>,
    /// What the objective is traded against.
    pub service: Metric,
    /// Budget and guarantee.
    pub plan: Plan,
    /// Replications of each estimate.
    pub replications: u32,
    /// What was found.
    pub outcome: &'a Outcome,
}

/// What levels were proposed, and what came of them on fresh seeds.
pub struct LevelsReport<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// Its seed: of the search; the estimates have the one two above.
    pub seed: u64,
    /// What was minimised.
    pub objective: Metric,
    /// What had to hold: the condition as it was written, and its measure.
    pub conditions: Vec<(&'a str, Metric)>,
    /// The ladder and what was chosen from it.
    pub tuned: &'a LevelsTuned,
    /// Today's levels on fresh seeds.
    pub today: &'a Results,
    /// The proposed ones, on the same.
    pub proposed: &'a Results,
    /// By how much the objective falls. Paired.
    pub saving: Option<Estimate>,
    /// How many pairs of warehouse and product get other levels.
    pub changed: usize,
}

impl TuneReport<'_> {
    /// What an alternative sets: `replenishment.reorder_point=12`, in the order of the axes.
    pub fn settings(&self, candidate: &Candidate) -> Vec<(&str, &str)> {
        self.axes.iter().zip(&candidate.point).map(|((key, values), &level)| (*key, values[level as usize])).collect()
    }

    fn in_words(&self, candidate: &Candidate) -> String {
        self.settings(candidate).iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(", ")
    }

    /// Whether the chosen settings cannot be told from today's: an interval of the saving that holds 0.
    pub fn is_told_apart(&self) -> bool {
        self.outcome
            .today
            .better_than_chosen
            .as_ref()
            .is_some_and(|it| it.interval().is_some_and(|(low, high)| low > 0.0 || high < 0.0))
    }
}

/// Charts and page: name and content.
pub fn tune_rendered(report: &TuneReport<'_>, data: &[(String, String)], sources: &[Source]) -> Vec<(String, String)> {
    let chart = trade_off(report);
    let mut made: Vec<(String, String)> =
        chart.iter().map(|chart| ("charts/cost_against_service.svg".to_string(), chart.standalone())).collect();
    let page = document::with_chart(report, chart, sources);
    made.push(("report.html".into(), super::html::page(&page, &data.iter().collect::<Vec<_>>())));
    made
}

/// Page of proposed levels.
pub fn levels_rendered(document: &super::document::Document, data: &[(String, String)]) -> (String, String) {
    ("report.html".into(), super::html::page(document, &data.iter().collect::<Vec<_>>()))
}

/// What was looked at, the objective against the service, and today's settings among them.
fn trade_off(report: &TuneReport<'_>) -> Option<Chart> {
    let (objective, service) = (report.objective.definition().unit, report.service.definition().unit);
    let scale = |unit: Unit| if unit == Unit::Share { 100.0 } else { 1.0 };
    let column = 1 + report.conditions.len();
    let mut seen: Vec<(f64, f64, String)> = report
        .outcome
        .looked_at
        .iter()
        .filter_map(|(point, means)| {
            let cost = (*means.first()?)? * if report.maximise { -1.0 } else { 1.0 };
            let named = report.axes.iter().zip(point).map(|((_, values), &level)| values[level as usize]);
            Some((
                cost * scale(objective),
                (*means.get(column)?)? * scale(service),
                named.collect::<Vec<_>>().join(", "),
            ))
        })
        .collect();
    let today = &report.outcome.today;
    if let (Some(cost), Some(Some(reached))) = (&today.objective, today.watched.first()) {
        seen.push((cost.mean * scale(objective), reached.mean * scale(service), "today".into()));
    }
    let better = |a: &(f64, f64, String), b: &(f64, f64, String)| {
        let cheaper = if report.maximise { b.0 >= a.0 } else { b.0 <= a.0 };
        cheaper && b.1 >= a.1 && (b.0 != a.0 || b.1 != a.1)
    };
    let mut front: Vec<usize> =
        (0..seen.len()).filter(|&a| !(0..seen.len()).any(|b| better(&seen[a], &seen[b]))).collect();
    front.sort_by(|&a, &b| seen[a].0.total_cmp(&seen[b].0));
    let spots: Vec<Spot> = seen
        .iter()
        .enumerate()
        .map(|(index, (cost, service, name))| Spot {
            cost: *cost,
            cost_half_width: None,
            service: *service,
            service_half_width: None,
            name: name.clone(),
            said: name.clone(),
            on_front: front.iter().position(|&at| at == index),
        })
        .collect();
    let words = |metric: Metric| metric.name().replace('_', " ");
    let trade =
        Trade { cost: words(report.objective), service: words(report.service), is_percent: service == Unit::Share };
    let caption = format!(
        "Each dot is an alternative that the search looked at; those on the line have none beside them that is better in both. {}",
        "Figures of the search, on few replications: the tables have the estimates."
    );
    front_chart("tradeoff", "What each point of service costs", caption, "looked_at.csv", &trade, &spots)
}

/// A figure with its interval: `12.30 ± 0.04`.
fn figure(metric: Metric, estimate: Option<&Estimate>) -> String {
    let Some(estimate) = estimate else { return number::NONE.to_string() };
    let (value, half) = number::figure(metric.definition().unit, estimate.mean, estimate.half_width);
    match (estimate.half_width, value.split_once(' ')) {
        (None, _) => value,
        (Some(_), Some((number, sign))) => format!("{number} ± {half} {sign}"),
        (Some(_), None) => format!("{value} ± {half}"),
    }
}
