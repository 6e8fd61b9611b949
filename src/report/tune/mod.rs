//! What tuning found, as people and programs read it: `tune.json`, and made of it a document, tables, the trade-off as a chart.

mod document;
mod files;
mod kept;
mod levels;

pub use document::tune_document;
pub use files::{finalists_csv, looked_at_csv, sensitivity_csv};
use kept::Decided;
pub use kept::TuneSummary;
pub use levels::{LevelsRow, LevelsSummary, levels_csv, levels_document};

use serde::Deserialize;

use super::charts::{Chart, Spot, Trade, front as front_chart};
use super::data;
use super::number;
use super::summary::Reading;
use crate::experiment::Results;
use crate::experiment::tune::{LevelsTuned, Outcome, Plan};
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

/// Charts and page of a tuning of settings: name and content.
pub fn tune_rendered(tuning: &TuneSummary, data: &[(String, String)]) -> Vec<(String, String)> {
    let chart = trade_off(tuning);
    let mut made: Vec<(String, String)> =
        chart.iter().map(|chart| ("charts/cost_against_service.svg".to_string(), chart.standalone())).collect();
    let page = document::with_chart(tuning, chart);
    made.push(("report.html".into(), super::html::page(&page, &data.iter().collect::<Vec<_>>())));
    made
}

/// Page of proposed levels: name and content.
pub fn levels_rendered(tuning: &LevelsSummary, data: &[(String, String)]) -> Vec<(String, String)> {
    let page = super::html::page(&levels_document(tuning), &data.iter().collect::<Vec<_>>());
    vec![("report.html".into(), page)]
}

/// Charts and page of whatever `tune.json` holds.
///
/// # Errors
/// Each thing that is wrong with the files.
pub(super) fn rendered(main: &str, files: &[(String, String)]) -> Result<Vec<(String, String)>, Vec<String>> {
    /// What tells the two kinds apart.
    #[derive(Deserialize)]
    struct Which {
        decided: Decided,
    }
    let text = files.iter().find(|(name, _)| name == main).map_or("", |(_, text)| text);
    match serde_json::from_str(text) {
        Ok(Which { decided: Decided::Levels }) => Ok(levels_rendered(&data::summary(main, files)?, files)),
        // Whatever is wrong with it is told as of the usual kind.
        Ok(Which { decided: Decided::Settings }) | Err(_) => Ok(tune_rendered(&data::summary(main, files)?, files)),
    }
}

/// What was looked at, the objective against the service, and today's settings among them.
fn trade_off(tuning: &TuneSummary) -> Option<Chart> {
    let (cost, service) = (tuning.objective_measure, tuning.service_measure);
    let scale = |metric: Metric| if metric.definition().unit == Unit::Share { 100.0 } else { 1.0 };
    let spot = |objective: Option<f64>, reached: Option<f64>, name: String| {
        Some((objective? * scale(cost), reached? * scale(service), name))
    };
    let looked_at = tuning.alternatives.iter().map(|it| spot(it.objective, it.service, it.settings.values()));
    let today = spot(tuning.today.objective.mean, tuning.today.service.mean, "today".into());
    let seen: Vec<(f64, f64, String)> = looked_at.chain([today]).flatten().collect();
    let better = |a: &(f64, f64, String), b: &(f64, f64, String)| {
        let cheaper = if tuning.maximises() { b.0 >= a.0 } else { b.0 <= a.0 };
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
    let trade = Trade {
        cost: document::words(cost),
        service: document::words(service),
        is_percent: service.definition().unit == Unit::Share,
    };
    let caption = format!(
        "Each dot is an alternative that the search looked at; those on the line have none beside them that is better in both. {}",
        "Figures of the search, on few replications: the tables have the estimates."
    );
    front_chart("tradeoff", "What each point of service costs", caption, "looked_at.csv", &trade, &spots)
}

/// A figure with its interval: `12.30 ± 0.04`.
fn figure(metric: Metric, reading: Reading) -> String {
    let Some(mean) = reading.mean else { return number::NONE.to_string() };
    let (value, half) = number::figure(metric.definition().unit, mean, reading.half_width);
    match (reading.half_width, value.split_once(' ')) {
        (None, _) => value,
        (Some(_), Some((number, sign))) => format!("{number} ± {half} {sign}"),
        (Some(_), None) => format!("{value} ± {half}"),
    }
}
