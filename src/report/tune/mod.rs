//! What tuning found, as people and programs read it: `tune.json`, and made of it a document, tables, the trade-off as a chart.

mod document;
mod files;
mod found;
mod kept;
mod levels;
mod levels_kept;
mod prose;
mod summarise;
mod tradeoff;
mod unmet;

pub use document::tune_document;
pub use files::{finalists_csv, looked_at_csv, sensitivity_csv};
pub use found::{LevelsReport, TuneReport};
use kept::Decided;
pub use kept::TuneSummary;
pub use levels::{LevelsRow, levels_csv, levels_document, levels_looked_at_csv, proposed_levels_csv};
pub use levels_kept::LevelsSummary;

use serde::Deserialize;

use super::INPUTS;
use super::charts::Chart;
use super::data;
use super::document::Document;
use super::number::in_currency;
use super::varied_inputs::VariedInputs;

/// Charts and page of a tuning of settings: name and content.
pub fn tune_rendered(
    tuning: &TuneSummary,
    inputs: Option<&VariedInputs>,
    data: &[(String, String)],
) -> Vec<(String, String)> {
    in_currency(tuning.currency.as_deref(), || {
        made(tradeoff::of_settings(tuning), |chart| document::with_chart(tuning, chart, inputs), data)
    })
}

/// Charts and page of proposed levels: name and content.
pub fn levels_rendered(
    tuning: &LevelsSummary,
    inputs: Option<&VariedInputs>,
    data: &[(String, String)],
) -> Vec<(String, String)> {
    in_currency(tuning.currency.as_deref(), || {
        made(tradeoff::of_levels(tuning), |chart| levels::with_chart(tuning, chart, inputs), data)
    })
}

/// The trade-off as a file, and the page that it stands on.
fn made(
    chart: Option<Chart>,
    document: impl FnOnce(Option<Chart>) -> Document,
    data: &[(String, String)],
) -> Vec<(String, String)> {
    let mut made: Vec<(String, String)> =
        chart.iter().map(|chart| (format!("charts/{}.svg", tradeoff::NAME), chart.standalone())).collect();
    made.push(("report.html".into(), super::html::page(&document(chart), &data.iter().collect::<Vec<_>>())));
    made
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
    let inputs = || data::beside(INPUTS, files);
    match serde_json::from_str(text) {
        Ok(Which { decided: Decided::Levels }) => {
            Ok(levels_rendered(&data::summary(main, files)?, inputs()?.as_ref(), files))
        }
        // Whatever is wrong with it is told as of the usual kind.
        Ok(Which { decided: Decided::Settings }) | Err(_) => {
            Ok(tune_rendered(&data::summary(main, files)?, inputs()?.as_ref(), files))
        }
    }
}
