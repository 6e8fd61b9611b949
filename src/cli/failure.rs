//! What can go wrong, and the exit code that says so.

use std::fmt::Display;
use std::io;
use std::path::Path;

pub(super) use crate::files::in_words;

/// Why a command ended without doing all it was asked.
#[derive(Debug)]
pub(super) struct Failure {
    /// The exit code.
    pub(super) code: u8,
    /// What is told on standard error: what went wrong, where, and what can be done about it.
    pub(super) message: String,
}

impl Failure {
    /// The scenario or the command line is wrong.
    pub(super) fn wrong(message: impl Display) -> Self {
        Self { code: 2, message: lead(message) }
    }

    /// Something failed while running.
    pub(super) fn running(message: impl Display) -> Self {
        Self { code: 1, message: lead(message) }
    }

    /// A gate did not hold, or could not be decided.
    pub(super) fn gate(code: u8, message: impl Display) -> Self {
        Self { code, message: message.to_string() }
    }

    /// Interrupted by the user.
    pub(super) fn interrupted(message: impl Display) -> Self {
        Self { code: 130, message: message.to_string() }
    }

    /// A file that could not be read.
    pub(super) fn reading(path: &Path, error: &io::Error) -> Self {
        Self::running(format!("{} cannot be read: {}", path.display(), in_words(error)))
    }

    /// A file that could not be written.
    pub(super) fn writing(path: &Path, error: &io::Error) -> Self {
        let remedy = match error.kind() {
            io::ErrorKind::PermissionDenied => "; choose a place that you may write to",
            io::ErrorKind::StorageFull => "; free some space or choose another disk",
            io::ErrorKind::NotFound => "; create the folder it is to stand in, or choose another",
            io::ErrorKind::IsADirectory => "; it is a folder, name a file",
            _ => "",
        };
        Self::running(format!("{} cannot be written: {}{remedy}", path.display(), in_words(error)))
    }
}

/// Diagnostics name their severity themselves.
fn lead(message: impl Display) -> String {
    let message = message.to_string();
    if message.starts_with("error") || message.starts_with("warning") { message } else { format!("error: {message}") }
}
