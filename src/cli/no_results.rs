//! What is told, and what is written all the same, when an experiment has no results.

use super::failure::Failure;
use super::folder::{Change, ResultFolder};
use crate::experiment::{RunError, Welch};
use crate::report;

/// The file with the data of a Welch plot.
const WELCH: &str = "warm_up.csv";

/// The failure that an error amounts to. Where no warm-up was found, what it was looked for in is written to the folder of
/// the results, so that one can be chosen by eye.
pub(super) fn no_results(error: &RunError, folder: &mut ResultFolder) -> Failure {
    match welch(error) {
        None => nothing(error),
        Some(welch) => match write(welch, folder) {
            Ok(true) => {
                let place = folder.named().join(WELCH);
                Failure::running(format!("{error}; {} has the days it was looked for in", place.display()))
            }
            Ok(false) => {
                let place = folder.named().display();
                let why = format!("{place} holds an earlier result, which stays as it is");
                Failure::running(format!(
                    "{error}; {why}: -o DIR shows in another folder the days it was looked for in"
                ))
            }
            Err(failure) => failure,
        },
    }
}

/// The failure that an error amounts to of which nothing is written.
pub(super) fn nothing(error: &RunError) -> Failure {
    match error {
        RunError::Interrupted => {
            Failure::interrupted("Interrupted before a replication was done; nothing was written.")
        }
        RunError::UnknownMetric { .. } | RunError::Gate(_) | RunError::TooMany { .. } => Failure::wrong(error),
        _ => Failure::running(format!("{error}; nothing was written")),
    }
}

/// Writes the data of a Welch plot where no earlier result stands: it is no part of that one, and does not replace it.
fn write(welch: &Welch, folder: &mut ResultFolder) -> Result<bool, Failure> {
    if folder.earlier()?.is_some_and(|earlier| !earlier.digests.keys().eq([WELCH])) {
        return Ok(false);
    }
    let files = vec![(WELCH.to_string(), report::warm_up_csv(welch).into_bytes())];
    folder.commit(Change { files, kept: Vec::new(), origin: serde_json::Map::new() })?;
    Ok(true)
}

fn welch(error: &RunError) -> Option<&Welch> {
    match error {
        RunError::WarmUp { welch, .. } => Some(welch),
        RunError::Of { error, .. } => welch(error),
        _ => None,
    }
}
