//! The plain scenario as a model, what counts its lines when the engine runs it, and what takes the time.

use std::time::Instant;

use backorder::domain::{Model, SimTime};
use backorder::engine::{LeftAtOnce, Observer, Occurrence, Plan};
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

/// Counts what the hand-written programs count: lines, those filled at once, and how long the others waited.
#[derive(Default)]
struct Lines {
    outcome: Outcome,
    waited: i64,
}

impl Observer for Lines {
    const ACCEPTS_EARLY: bool = true;

    #[inline(always)]
    fn takes_whole(&mut self, _now: SimTime, _departs: SimTime) -> bool {
        true
    }

    #[inline(always)]
    fn left_at_once(&mut self, LeftAtOnce { lines, .. }: LeftAtOnce<'_>) {
        self.outcome.lines += lines.len() as u64;
        self.outcome.filled += lines.len() as u64;
    }

    #[inline(always)]
    fn observe(&mut self, _now: SimTime, what: Occurrence<'_>) {
        match what {
            Occurrence::LinePlaced { units, available, .. } => {
                self.outcome.lines += 1;
                self.outcome.filled += u64::from(available == units);
            }
            Occurrence::LineCovered { waited, .. } => self.waited += waited.0,
            _ => {}
        }
    }
}

/// What a replication of the engine counts.
pub fn counted(plan: &Plan<'_>, replication: u32) -> Outcome {
    let mut lines = Lines::default();
    plan.run(replication, &mut lines).expect("all of it can be counted");
    std::hint::black_box(lines.waited);
    lines.outcome
}

/// What a program gives, and the seconds it took.
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = run();
    (result, start.elapsed().as_secs_f64())
}

/// What a hand-written program counted, and its lines a second.
pub fn measured(run: impl FnOnce() -> Outcome) -> (Outcome, f64) {
    let (outcome, seconds) = timed(run);
    (outcome, outcome.lines as f64 / seconds)
}

/// The value in the middle.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
