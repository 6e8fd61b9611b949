//! The journal of a tuning: every answer as it comes, so that one that was ended goes on where it was.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::cli::failure::Failure;
use crate::cli::folder::ResultFolder;
use crate::cli::no_results::no_results;
use crate::cli::sweep::Journal;
use crate::experiment::RunError;
use crate::experiment::tune::{Kept, Memory, Request};

/// Answers in a journal; a request's number is its cell.
pub(super) struct Journalled {
    journal: Mutex<Journal>,
    /// Why the tuning was ended by this.
    ended: Mutex<Option<Failure>>,
}

impl Journalled {
    pub(super) fn new(journal: Journal) -> Self {
        Self { journal: Mutex::new(journal), ended: Mutex::new(None) }
    }

    /// Ends the tuning with a failure.
    pub(super) fn end<T>(&self, failure: Failure) -> Result<T, RunError> {
        *open(&self.ended) = Some(failure);
        Err(RunError::Interrupted)
    }

    /// The failure that an error amounts to.
    pub(super) fn told(&self, error: &RunError, folder: &mut ResultFolder) -> Failure {
        let kept = open(&self.journal).len();
        match (open(&self.ended).take(), error) {
            (Some(failure), _) => failure,
            (None, RunError::Interrupted) if kept > 0 => Failure::interrupted(format!(
                "Interrupted: the replications of {kept} alternatives are finished and kept; the same command continues."
            )),
            (None, _) => no_results(error, folder),
        }
    }

    /// Removes the journal: the results are written.
    pub(super) fn remove(self) {
        self.journal.into_inner().unwrap_or_else(PoisonError::into_inner).remove();
    }
}

/// What a lock holds: only one thread, which folds the rows, ever asks.
fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memory for Journalled {
    fn recall(&self, request: &Request) -> Result<Option<Kept>, RunError> {
        let mut journal = open(&self.journal);
        if !journal.has(request.number) {
            return Ok(None);
        }
        match journal.read(request.number) {
            // Of a journal that some other version of the search has written, whatever does not fit is run again.
            Ok(kept) => Ok(Some(kept).filter(|kept| request.is_answered_by(kept))),
            Err(failure) => self.end(failure),
        }
    }

    fn round(&self, _: &[&Request]) -> Result<(), RunError> {
        Ok(())
    }

    fn keep(&self, request: &Request, answer: &Kept) -> Result<(), RunError> {
        let kept = open(&self.journal).push(request.number, answer.iter().map(Vec::as_slice));
        kept.or_else(|failure| self.end(failure))
    }
}
