//! A scenario as a problem: its settings are the decisions, its measures the objective and the bounds.

use std::borrow::Cow;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::memory::{Kept, Memory, Request};
use super::problem::{Bound, Point, Problem, Response, Stage, Variable, Wanted};
use crate::domain::Model;
use crate::experiment::{Ended, RunError, Runner, Task};
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
    /// Keeps what was simulated.
    pub memory: &'a dyn Memory,
    /// How many requests were made; 0 at first.
    pub requests: AtomicUsize,
    /// The scenario as it stands, its warm-up known.
    pub today: &'a Model,
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

/// An alternative, or the scenario as it stands, and which replications are wanted of it.
pub(super) type Ask<'p> = (Option<&'p Point>, Range<u32>);

impl<M: Fn(&[u32]) -> Option<Model> + Sync> ScenarioProblem<'_, M> {
    fn response(&self, pairs: &[Pair]) -> Response {
        let pair = |metric: &Metric| pairs[metric.index()];
        let objective = pair(&self.objective);
        let objective = if self.maximise { Pair::new(-objective.numerator, objective.denominator) } else { objective };
        std::iter::once(objective).chain(self.bounded.iter().map(pair)).chain(self.watched.iter().map(pair)).collect()
    }

    /// The model of an alternative for a stage.
    ///
    /// # Panics
    /// When the alternative is not admitted.
    pub fn model_of(&self, stage: Stage, point: Option<&Point>) -> Model {
        let mut model = match point {
            Some(point) => (self.model)(point).expect("only admitted alternatives are asked for"),
            None => self.today.clone(),
        };
        model.run.seed = stage_seed(model.run.seed, stage);
        model
    }

    /// The answers to a round of requests, kept or run.
    pub(super) fn answers(&self, stage: Stage, asked: &[Ask<'_>]) -> Result<Vec<Vec<Response>>, RunError> {
        let first = self.requests.fetch_add(asked.len(), Ordering::Relaxed);
        let requests: Vec<Request> = (first..)
            .zip(asked)
            .map(|(number, (point, replications))| Request {
                number,
                stage,
                point: point.cloned(),
                replications: replications.clone(),
            })
            .collect();
        let mut answers: Vec<Option<Kept>> =
            requests.iter().map(|request| self.memory.recall(request)).collect::<Result<_, _>>()?;
        let missing: Vec<usize> = (0..requests.len()).filter(|&index| answers[index].is_none()).collect();
        if !missing.is_empty() {
            self.memory.round(&missing.iter().map(|&index| &requests[index]).collect::<Vec<_>>())?;
            // Others may have run some of them.
            for &index in &missing {
                answers[index] = self.memory.recall(&requests[index])?;
            }
            let missing: Vec<usize> = missing.into_iter().filter(|&index| answers[index].is_none()).collect();
            self.run(&requests, &missing, &mut answers)?;
        }
        let response = |kept: Kept| kept.iter().map(|pairs| self.response(pairs)).collect();
        Ok(answers.into_iter().map(|kept| response(kept.unwrap_or_default())).collect())
    }

    /// Runs those requests of a round that are missing, and keeps each as soon as it is whole.
    fn run(&self, requests: &[Request], missing: &[usize], answers: &mut [Option<Kept>]) -> Result<(), RunError> {
        let of = |&index: &usize| Task::in_turn(index..index + 1, requests[index].replications.clone());
        let tasks: Vec<Task> = missing.iter().flat_map(of).collect();
        let model = |index: usize| Ok(Cow::Owned(self.model_of(requests[index].stage, requests[index].point.as_ref())));
        let mut failed = None;
        let ended = self.runner.rows(&tasks, model, |task, row| {
            let request = &requests[task.alternative];
            let answer = answers[task.alternative].get_or_insert_default();
            answer.push(row.pairs);
            if answer.len() < request.replications.len() {
                return ControlFlow::Continue(());
            }
            match self.memory.keep(request, answer) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        match (failed, ended) {
            (Some(error), _) => Err(error),
            (None, Ended::Complete) => Ok(()),
            (None, Ended::Stopped) => Err(RunError::Interrupted),
        }
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
        let asked: Vec<Ask<'_>> =
            wanted.iter().map(|wanted| (Some(&wanted.point), wanted.replications.clone())).collect();
        self.answers(stage, &asked)
    }
}
