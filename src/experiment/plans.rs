//! The compiled plans of an experiment's alternatives: made when an alternative's turn comes, shared by all threads, and
//! dropped once its last replication was run, so that thousands of alternatives take no more memory than a few.

use super::error::RunError;
use crate::domain::{Model, WarmUp};
use crate::engine::Plan;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

self_cell::self_cell!(
    /// A model with the plan that borrows from it.
    struct Compiled<'m> {
        owner: Cow<'m, Model>,
        #[covariant]
        dependent: Plan,
    }
);

/// One alternative's model and plan, or why there is no model; empty until somebody needs it.
type Slot<'m> = Arc<OnceLock<Result<Compiled<'m>, RunError>>>;

/// The plans of alternatives, by number.
pub(super) struct Plans<'m, F> {
    model: F,
    slots: Mutex<BTreeMap<usize, Slot<'m>>>,
    /// How many more times a plan is used, for those that are dropped afterwards.
    uses: Mutex<BTreeMap<usize, u64>>,
}

impl<'m, F: Fn(usize) -> Result<Cow<'m, Model>, RunError>> Plans<'m, F> {
    /// Plans for the models that `model` gives for an alternative's number. Their warm-up must be known.
    pub fn new(model: F) -> Self {
        Self { model, slots: Mutex::default(), uses: Mutex::default() }
    }

    /// Has each of these alternatives' plans dropped after it was [used](Self::with) as often as it is named here.
    pub fn drop_after(&self, uses: impl IntoIterator<Item = usize>) {
        let mut left = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        uses.into_iter().for_each(|alternative| *left.entry(alternative).or_default() += 1);
    }

    /// Compiles an alternative's plan if there is none.
    pub fn prepare(&self, alternative: usize) {
        self.slot(alternative).get_or_init(|| self.compile(alternative));
    }

    /// What `work` makes of an alternative's model and plan.
    ///
    /// # Errors
    /// Those of the model and of `work`.
    pub fn with<T>(
        &self,
        alternative: usize,
        work: impl FnOnce(&Model, &Plan<'_>) -> Result<T, RunError>,
    ) -> Result<T, RunError> {
        let slot = self.slot(alternative);
        let compiled = slot.get_or_init(|| self.compile(alternative));
        let result = match compiled {
            Ok(compiled) => work(compiled.borrow_owner(), compiled.borrow_dependent()),
            Err(error) => Err(error.clone()),
        };
        self.used(alternative);
        result
    }

    /// The alternatives whose plans are in memory.
    #[cfg(test)]
    pub fn compiled(&self) -> Vec<usize> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
    }

    fn slot(&self, alternative: usize) -> Slot<'m> {
        Arc::clone(self.slots.lock().unwrap_or_else(PoisonError::into_inner).entry(alternative).or_default())
    }

    fn compile(&self, alternative: usize) -> Result<Compiled<'m>, RunError> {
        let model = (self.model)(alternative)?;
        assert!(matches!(model.run.warm_up, WarmUp::Fixed(_)), "the warm-up is found before a model is compiled");
        Ok(Compiled::new(model, |model| Plan::new(model)))
    }

    fn used(&self, alternative: usize) {
        let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(left) = uses.get_mut(&alternative) else { return };
        *left -= 1;
        if *left == 0 {
            uses.remove(&alternative);
            let slot = self.slots.lock().unwrap_or_else(PoisonError::into_inner).remove(&alternative);
            // Freeing a large plan takes a while; nobody else has to wait for it.
            drop(uses);
            drop(slot);
        }
    }
}
