//! What keeps the cells of a sweep from being run.

use super::super::failure::Failure;
use super::super::folder::ResultFolder;
use super::super::no_results::no_results;
use crate::experiment::RunError;

/// What keeps cells from being run: a simulation that fails, or a journal that cannot be written.
pub(super) enum Broken {
    Run(RunError),
    Kept(Failure),
}

impl Broken {
    pub(super) fn told(self, folder: &mut ResultFolder) -> Failure {
        match self {
            Self::Run(error) => no_results(&error, folder),
            Self::Kept(failure) => failure,
        }
    }
}
