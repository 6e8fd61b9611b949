//! The plain scenario as a model, what counts its lines when the engine runs it, and what takes the time.

use std::time::Instant;

use backorder::domain::Model;
use backorder::engine::{Observer, Occurrence};
use backorder::scenario;

use crate::warehouse::Outcome;

/// The scenario needs no table beside it.
struct NoFiles;

impl scenario::Files for NoFiles {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        Err(format!("{relative_path}: the benchmark's scenario has no tables"))
    }
}

/// The model of `scenario.toml`.
pub fn model() -> Model {
    let text = include_str!("scenario.toml");
    match scenario::load("benches/plain/scenario.toml", text, &NoFiles, &[]) {
        Ok(loaded) => loaded.model,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

/// Counts lines, and those filled at once.
#[derive(Default)]
pub struct Lines(pub Outcome);

impl Observer for Lines {
    #[inline(always)]
    fn observe(&mut self, _now: backorder::domain::SimTime, what: Occurrence<'_>) {
        if let Occurrence::LinePlaced { units, available, .. } = what {
            self.0.lines += 1;
            self.0.filled += u64::from(available == units);
        }
    }
}

/// What a program counted, and its lines a second.
pub fn measured(run: impl FnOnce() -> Outcome) -> (Outcome, f64) {
    let start = Instant::now();
    let outcome = run();
    let seconds = start.elapsed().as_secs_f64();
    (outcome, outcome.lines as f64 / seconds)
}

/// The value in the middle.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
