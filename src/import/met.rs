//! What a survey of cells has met: the first of a kind, and where it stands.

use super::complaint::Complaint;

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// What stands there.
    pub text: String,
    /// Its file.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
}

impl Met {
    /// A cell that was met.
    pub fn at(text: &str, file: &str, line: usize) -> Self {
        Self { text: text.to_string(), file: file.to_string(), line }
    }

    /// A complaint about it.
    pub fn complaint(&self, what: impl Into<String>) -> Complaint {
        Complaint::at(&self.file, self.line, what)
    }
}
