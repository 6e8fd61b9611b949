//! What is told, and what is written all the same, when an experiment has no results.

use std::path::Path;

use super::failure::Failure;
use super::folder;
use crate::experiment::{RunError, Welch};
use crate::report;

/// The file with the data of a Welch plot.
const WELCH: &str = "warm_up.csv";

/// The failure that an error amounts to. Where no warm-up was found, what it was looked for in is written to the folder of
/// the results, so that one can be chosen by eye.
pub(super) fn no_results(error: &RunError, target: &Path) -> Failure {
    match error {
        RunError::Interrupted => {
            Failure::interrupted("Interrupted before a replication was done; nothing was written.")
        }
        RunError::UnknownMetric { .. } | RunError::Gate(_) | RunError::TooMany { .. } => Failure::wrong(error),
        _ => match welch(error) {
            None => Failure::running(format!("{error}; nothing was written")),
            Some(welch) => match folder::add(target, &[(WELCH.to_string(), report::warm_up_csv(welch))]) {
                Ok(()) => {
                    let place = target.join(WELCH);
                    Failure::running(format!("{error}; {} has the days it was looked for in", place.display()))
                }
                Err(failure) => failure,
            },
        },
    }
}

fn welch(error: &RunError) -> Option<&Welch> {
    match error {
        RunError::WarmUp { welch, .. } => Some(welch),
        RunError::Of { error, .. } => welch(error),
        _ => None,
    }
}
