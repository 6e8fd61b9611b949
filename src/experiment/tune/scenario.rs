//! A scenario as a problem: its settings are the decisions, its measures the objective and the bounds.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::problem::{Bound, Point, Problem, Response, Stage, Variable, Wanted};
use crate::domain::Model;
use crate::experiment::{Ended, Row, RunError, Runner, Task};
use crate::measures::Metric;
use crate::stats::Pair;

/// The seed of a stage: of three consecutive ones, so that each stage has random numbers of its own, and a figure of the last
/// one is that of `run` with the seed two above the scenario's.
pub fn stage_seed(seed: u64, stage: Stage) -> u64 {
    seed.wrapping_add(stage as u64)
}

/// A scenario to be tuned.
pub struct ScenarioProblem<'a, M> {
    /// Threads and how to use them.
    pub runner: &'a Runner,
    /// What may be decided.
    pub variables: Vec<Variable>,
    /// Alternatives to begin with.
    pub starts: Vec<Point>,
    /// What is minimised.
    pub objective: Metric,
    /// Whether more of the objective is better: it is then maximised.
    pub maximise: bool,
    /// What must hold, and of which measure.
    pub bounds: Vec<Bound>,
    /// The measure of each bound.
    pub bounded: Vec<Metric>,
    /// Further measures that are kept of every replication.
    pub watched: Vec<Metric>,
    /// The model of an alternative, its warm-up known; `None` where the settings contradict each other.
    pub model: M,
}

impl<M: Fn(&[u32]) -> Option<Model> + Sync> ScenarioProblem<'_, M> {
    pub(super) fn response(&self, row: &Row) -> Response {
        let pair = |metric: &Metric| row.pairs[metric.index()];
        let objective = pair(&self.objective);
        let objective = if self.maximise { Pair::new(-objective.numerator, objective.denominator) } else { objective };
        std::iter::once(objective).chain(self.bounded.iter().map(pair)).chain(self.watched.iter().map(pair)).collect()
    }
}

impl<M: Fn(&[u32]) -> Option<Model> + Sync> Problem for ScenarioProblem<'_, M> {
    type Error = RunError;

    fn variables(&self) -> &[Variable] {
        &self.variables
    }

    fn bounds(&self) -> &[Bound] {
        &self.bounds
    }

    fn admits(&self, point: &[u32]) -> bool {
        (self.model)(point).is_some()
    }

    fn starts(&self) -> Vec<Point> {
        self.starts.clone()
    }

    fn simulate(&self, stage: Stage, wanted: &[Wanted]) -> Result<Vec<Vec<Response>>, RunError> {
        let of = |(alternative, wanted): (usize, &Wanted)| {
            Task::in_turn(alternative..alternative + 1, wanted.replications.clone())
        };
        let tasks: Vec<Task> = wanted.iter().enumerate().flat_map(of).collect();
        let model = |alternative: usize| {
            let mut model = (self.model)(&wanted[alternative].point).expect("only admitted alternatives are asked for");
            model.run.seed = stage_seed(model.run.seed, stage);
            Ok(Cow::Owned(model))
        };
        let mut answers: Vec<Vec<Response>> = wanted.iter().map(|_| Vec::new()).collect();
        let ended = self.runner.rows(&tasks, model, |task, row| {
            answers[task.alternative].push(self.response(&row));
            ControlFlow::Continue(())
        })?;
        match ended {
            Ended::Complete => Ok(answers),
            Ended::Stopped => Err(RunError::Interrupted),
        }
    }
}
