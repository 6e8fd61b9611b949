//! What tuning found, as people and programs read it: `tune.json`, and made of it a document, tables, the trade-off as a chart.

mod document;
mod files;
mod found;
mod kept;
mod levels;
mod prose;
mod summarise;

pub use document::tune_document;
pub use files::{finalists_csv, looked_at_csv, sensitivity_csv};
pub use found::{LevelsReport, TuneReport};
use kept::Decided;
pub use kept::TuneSummary;
pub use levels::{LevelsRow, LevelsSummary, levels_csv, levels_document, proposed_levels_csv};

use serde::Deserialize;

use super::charts::{Chart, Spot, Trade, front as front_chart};
use super::data;
use crate::measures::{Metric, Unit};

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
        cost: prose::words(cost),
        service: prose::words(service),
        is_percent: service.definition().unit == Unit::Share,
    };
    let caption = format!(
        "Each dot is an alternative that the search looked at; those on the line have none beside them that is better in both. {}",
        "Figures of the search, on few replications: the tables have the estimates."
    );
    front_chart("tradeoff", "What each point of service costs", caption, "looked_at.csv", &trade, &spots)
}
