//! What keeps the cells of a sweep from being run.

use std::path::Path;

use super::super::failure::Failure;
use super::super::no_results::no_results;
use crate::experiment::RunError;

/// What keeps cells from being run: a simulation that fails, or a journal that cannot be written.
pub(super) enum Broken {
    Run(RunError),
    Kept(Failure),
}

impl Broken {
    pub(super) fn told(self, target: &Path) -> Failure {
        match self {
            Self::Run(error) => no_results(&error, target),
            Self::Kept(failure) => failure,
        }
    }
}
