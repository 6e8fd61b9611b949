//! What is kept of the replications of a model.

use std::borrow::Cow;
use std::ops::ControlFlow;

use crate::domain::Model;
use crate::experiment::{Ended, RunError, Runner, Task};
use crate::measures::Metric;
use crate::observe::{Keep, TraceDigest, TraceSummary, TraceWriter};
use crate::rules::Rule;
use crate::stats::Pair;

/// So many replications have a trace.
pub const TRACED: u32 = 3;
/// Of the first replication's trace so many events have a digest each, and it is kept whole up to so many bytes.
const FIRST: Keep = Keep { events: 4_096, bytes: 8_192 };
/// Of the others the days have one.
const OTHERS: Keep = Keep { events: 0, bytes: 0 };

/// What a model's replications came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// For each of [`Metric::ALL`] what each replication says of it; `None` where a stored record does not know it.
    pub measures: Vec<Option<Vec<Pair>>>,
    /// For each replication how often each of [`Rule::ALL`] fired.
    pub firings: Vec<[i64; Rule::ALL.len()]>,
    /// The traces of the first replications in short; none where they were not watched.
    pub traces: Vec<TraceSummary>,
}

impl Record {
    /// How many replications it has.
    pub fn replications(&self) -> usize {
        self.firings.len()
    }

    /// What the replications say of a measure.
    pub fn pairs(&self, metric: Metric) -> Option<&[Pair]> {
        self.measures.get(metric.index())?.as_deref()
    }
}

/// Runs a model's replications and keeps what they came to; where `watched`, with the traces of the first of them. `None`
/// where it was stopped before all were run.
///
/// Measures are taken from replications that nobody watches, as `run` does: a watched one tells what happens order by order,
/// and an error in the way that the engine takes with most orders would not show.
///
/// # Errors
/// See [`RunError`].
pub fn record(runner: &Runner, model: &Model, replications: u32, watched: bool) -> Result<Option<Record>, RunError> {
    let (model, _) = runner.settled(model)?;
    let mut rows = Vec::new();
    let tasks = Task::in_turn(0..1, 0..replications);
    let of_cell = |_| Ok(Cow::Borrowed(&*model));
    let ended = runner.rows(&tasks, of_cell, |_, row| {
        rows.push(row);
        ControlFlow::Continue(())
    })?;
    let traced = if watched { replications.min(TRACED) } else { 0 };
    let writers = runner.watched(&model, 0..traced, |replication| {
        let keep = if replication == 0 { FIRST } else { OTHERS };
        TraceWriter::new(&model, TraceDigest::new(keep))
    })?;
    if ended == Ended::Stopped || writers.len() < traced as usize {
        return Ok(None);
    }
    // A digest takes everything that is written to it.
    let traces = writers.into_iter().flat_map(TraceWriter::into_destination).map(TraceDigest::finish).collect();
    let column = |metric: &Metric| Some(rows.iter().map(|row| row.pairs[metric.index()]).collect());
    Ok(Some(Record {
        measures: Metric::ALL.iter().map(column).collect(),
        firings: rows.iter().map(|row| row.firings).collect(),
        traces,
    }))
}
