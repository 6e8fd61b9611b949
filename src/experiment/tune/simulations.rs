//! Rounds of replications: what is kept is recalled, what is missing is run and kept.

use std::borrow::Cow;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::memory::{Configuration, Kept, Memory, OF_PRODUCTS, Request};
use super::problem::{Stage, stage_seed};
use crate::domain::Model;
use crate::experiment::{Ended, RunError, Runner, Task};

/// What a tuning has simulated and will simulate, in numbered requests.
pub struct Simulations<'a> {
    runner: &'a Runner,
    memory: &'a dyn Memory,
    /// How many requests were made.
    made: AtomicUsize,
}

/// A round of requests that have the stage in common.
pub(super) struct Round<F> {
    /// What the replications are wanted for.
    pub(super) stage: Stage,
    /// Each alternative, and which of its replications.
    pub(super) asked: Vec<(Configuration, Range<u32>)>,
    /// Of how many products figures of their own are wanted: of all or of none.
    pub(super) products: usize,
    /// The model of an alternative, its warm-up known.
    pub(super) model: F,
}

impl<'a> Simulations<'a> {
    /// Runs what `memory` does not have.
    pub fn new(runner: &'a Runner, memory: &'a dyn Memory) -> Self {
        Self { runner, memory, made: AtomicUsize::new(0) }
    }

    /// The answers to a round, in its order.
    pub(super) fn answers<F: Fn(&Configuration) -> Model + Sync>(
        &self,
        round: Round<F>,
    ) -> Result<Vec<Kept>, RunError> {
        let Round { stage, asked, products, model } = round;
        let first = self.made.fetch_add(asked.len(), Ordering::Relaxed);
        let request =
            |(number, (configuration, replications))| Request { number, stage, configuration, replications, products };
        let requests: Vec<Request> = (first..).zip(asked).map(request).collect();
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
            self.run(&requests, &missing, &mut answers, &model)?;
        }
        Ok(answers.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// Runs those requests of a round that are missing, and keeps each as soon as it is whole.
    fn run(
        &self,
        requests: &[Request],
        missing: &[usize],
        answers: &mut [Option<Kept>],
        model: &(impl Fn(&Configuration) -> Model + Sync),
    ) -> Result<(), RunError> {
        let of = |&index: &usize| Task::in_turn(index..index + 1, requests[index].replications.clone());
        let tasks: Vec<Task> = missing.iter().flat_map(of).collect();
        let of_products = if requests.iter().any(|request| request.products > 0) { &OF_PRODUCTS[..] } else { &[] };
        let model = |index: usize| {
            let mut model = model(&requests[index].configuration);
            model.run.seed = stage_seed(model.run.seed, requests[index].stage);
            Ok(Cow::Owned(model))
        };
        let mut failed = None;
        let ended = self.runner.rows_by_product(&tasks, of_products, model, |task, row| {
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
