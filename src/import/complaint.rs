//! What keeps an export from being imported: where, what, and what helps. All of it is told at once.

use std::fmt;

/// Complaints that are shown; of more, the number is told.
const SHOWN: usize = 20;

/// Something wrong with a file, or with what was said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The file, as it was named; empty where no file is to blame.
    pub file: String,
    /// Its line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is wrong, in one sentence.
    pub what: String,
    /// What helps.
    pub help: Option<String>,
}

impl Complaint {
    /// About a file as a whole.
    pub fn of(file: impl Into<String>, what: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, what: what.into(), help: None }
    }

    /// About a line of a file.
    pub fn at(file: impl Into<String>, line: usize, what: impl Into<String>) -> Self {
        Self { line, ..Self::of(file, what) }
    }

    /// The same with what helps.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match (self.file.as_str(), self.line) {
            ("", _) => String::new(),
            (file, 0) => format!("{file}: "),
            (file, line) => format!("{file}:{line}: "),
        };
        write!(f, "error: {place}{}", self.what)?;
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

/// Complaints as they are printed.
pub fn told(complaints: &[Complaint]) -> String {
    let mut lines: Vec<String> = complaints.iter().take(SHOWN).map(ToString::to_string).collect();
    if complaints.len() > SHOWN {
        lines.push(format!("error: and {} more like these", complaints.len() - SHOWN));
    }
    lines.join("\n")
}
