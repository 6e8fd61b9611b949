//! A sweep as people and programs read it: a document, tables, JSON, charts.

mod charts;
mod document;
mod files;
mod finding;
mod goal;
mod replications;
#[cfg(feature = "parquet")]
mod shard;
mod summary;
#[cfg(test)]
mod tests;
mod words;

pub use document::sweep_document;
#[cfg(feature = "parquet")]
pub use files::ParquetReplications;
pub use files::{SweptReplications, cells_csv};
pub use finding::finding;
pub use replications::KeptReplications;
#[cfg(feature = "parquet")]
pub use shard::{ShardLabel, ShardRow, read_shard, shard_file, shard_label};
pub use summary::SweepSummary;

use super::facts::InputFile;
use super::prose::{difference_words, figure_words, measure_noun, measure_words};
use super::varied_inputs::VariedInputs;
use crate::experiment::Sweep;
use crate::measures::Unit;

/// Charts and page of a sweep: name and content. `data` are the files of its data, which the page holds as far as they are
/// not too large; `sources` are the files that were read, which results without `inputs` tell instead.
pub fn sweep_rendered(
    sweep: &Sweep,
    inputs: Option<&VariedInputs>,
    data: &[(String, String)],
    sources: &[InputFile],
) -> Vec<(String, String)> {
    super::number::in_currency(sweep.plan.currency.as_deref(), || made(sweep, inputs, data, sources))
}

fn made(
    sweep: &Sweep,
    inputs: Option<&VariedInputs>,
    data: &[(String, String)],
    sources: &[InputFile],
) -> Vec<(String, String)> {
    let charts = charts::charts_of(sweep);
    let mut made: Vec<(String, String)> =
        charts.iter().map(|(name, chart)| (format!("charts/{name}.svg"), chart.standalone())).collect();
    let document = document::with_charts(sweep, charts, inputs, sources);
    let page = super::html::page(&document, &data.iter().collect::<Vec<_>>());
    made.push(("report.html".into(), page));
    made
}

/// From a value to what charts show.
fn scale(unit: Unit) -> f64 {
    if unit == Unit::Share { 100.0 } else { 1.0 }
}

/// A cell by its values alone: `3, nearest`.
fn short_name(sweep: &Sweep, cell: usize) -> String {
    let values = sweep.plan.axes.iter().zip(&sweep.cells[cell].values);
    values.map(|(axis, &value)| axis.values[value].as_str()).collect::<Vec<_>>().join(", ")
}
