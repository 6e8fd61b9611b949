//! Why a result folder cannot be written, in words.

use std::io;
use std::path::{Path, PathBuf};

use super::journal::Stopped;
use super::room::NoRoom;
use crate::cli::failure::Failure;

pub(super) fn cannot(path: &Path, error: &io::Error, remedy: &str) -> Failure {
    let mut failure = Failure::writing(path, error);
    failure.message.push_str(&format!("; {remedy}"));
    if matches!(error.kind(), io::ErrorKind::InvalidFilename | io::ErrorKind::NotADirectory) {
        // The name itself is wrong, as the command line has it.
        failure.code = 2;
    }
    failure
}

pub(super) fn no_room(why: NoRoom, named: &Path, remedy: &str) -> Failure {
    match why {
        NoRoom::Busy(process) => {
            let process = process.map_or_else(String::new, |number| format!(" (process {number})"));
            let why = format!("another backorder{process} is writing to {}", named.display());
            Failure::running(format!("{why}; wait until it is done, or {remedy}"))
        }
        NoRoom::InTheWay(path) => {
            let why = format!("{} is in the way, as backorder keeps its work there", path.display());
            Failure::wrong(format!("{why}; move it elsewhere, or {remedy}"))
        }
        NoRoom::Cannot(error) => cannot(named, &error, remedy),
    }
}

pub(super) fn stopped_at(stopped: Stopped, as_named: impl Fn(&Path) -> PathBuf, named: &Path, remedy: &str) -> Failure {
    match stopped {
        Stopped::At(path, error) => cannot(&as_named(&path), &error, remedy),
        Stopped::Strange(names) => Failure::wrong(format!(
            "an earlier command was stopped while it put its result into {}, and since then somebody changed {}: move \
             that elsewhere, replace it with --force, or {remedy}",
            named.display(),
            names.join(", ")
        )),
    }
}
