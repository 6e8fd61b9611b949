//! What is wrong with a scenario, or odd about it, and how that is shown.

use serde::Serialize;
use std::fmt::{self, Write as _};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The scenario cannot run.
    Error,
    /// It can, but perhaps not as meant.
    Warning,
}

/// Where it is: a stretch of one line of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Location {
    /// File name; for a setting from the command line the option it was written with.
    pub file: String,
    /// Whether it is a setting: of one line, which needs no number.
    #[serde(skip)]
    pub is_setting: bool,
    /// Line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// Column in characters, from 1; 0 where the file as a whole is meant.
    pub column: usize,
    /// Row and column of a table, where the file is one: ``row 4, column `price` ``.
    pub cell: Option<String>,
    /// The line.
    pub text: String,
    /// How many characters, from `column` on, are to blame.
    pub width: usize,
}

/// One thing wrong, or odd.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A short name of the kind of mistake, such as `unknown-key`.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where.
    pub location: Location,
    /// What would have been right there.
    pub expected: Option<String>,
    /// How to mend it.
    pub help: Option<String>,
    /// What else there is to know.
    pub note: Option<String>,
    /// How many more like this there are, which are not shown.
    #[serde(skip)]
    pub more: usize,
}

/// The widest stretch of a source line that is shown, in characters.
const WIDEST: usize = 100;

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(f, "{severity}: {}", self.message)?;
        let gutter = self.location.fmt_with(f)?;
        for (word, text) in [("expected", &self.expected), ("help", &self.help), ("note", &self.note)] {
            if let Some(text) = text {
                let lead = format!("{:gutter$} = {word}: ", "");
                wrap(f, &lead, text)?;
            }
        }
        Ok(())
    }
}

impl Location {
    /// Writes file, line and caret; returns the width of the line numbers' gutter.
    fn fmt_with(&self, f: &mut fmt::Formatter<'_>) -> Result<usize, fmt::Error> {
        let number = if self.is_setting || self.line == 0 { String::new() } else { self.line.to_string() };
        let gutter = number.len().max(1);
        write!(f, "{:gutter$}--> {}", "", self.file)?;
        if !number.is_empty() {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        if let Some(cell) = &self.cell {
            write!(f, " ({cell})")?;
        }
        f.write_char('\n')?;
        if self.line > 0 {
            let (line, before, width) = self.window();
            writeln!(f, "{:gutter$} |", "")?;
            writeln!(f, "{number:>gutter$} | {line}")?;
            writeln!(f, "{:gutter$} | {:before$}{}", "", "", "^".repeat(width.max(1)))?;
        }
        Ok(gutter)
    }

    /// The stretch of the line around the caret, the characters before the caret, and the caret's width.
    fn window(&self) -> (String, usize, usize) {
        let shown = |c: char| if c.is_control() { ' ' } else { c };
        let line: Vec<char> = self.text.trim_end().chars().map(shown).collect();
        let start = self.column.saturating_sub(1).min(line.len());
        let width = self.width.min(line.len().saturating_sub(start).max(1));
        if line.len() <= WIDEST {
            return (line.into_iter().collect(), start, width);
        }
        let first = if start + width.min(30) <= WIDEST - 10 { 0 } else { start.saturating_sub(30) };
        let last = (first + WIDEST).min(line.len());
        let mut window = String::new();
        let mut before = start - first;
        if first > 0 {
            window.push_str("… ");
            before += 2;
        }
        window.extend(&line[first..last]);
        if last < line.len() {
            window.push_str(" …");
        }
        (window, before, width.min(last - start))
    }
}

/// Writes words behind a lead, with further lines indented under the first word.
fn wrap(f: &mut fmt::Formatter<'_>, lead: &str, text: &str) -> fmt::Result {
    let indent = lead.chars().count();
    let mut column = indent;
    f.write_str(lead)?;
    for (i, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if i > 0 && column + 1 + length > WIDEST {
            write!(f, "\n{:indent$}{word}", "")?;
            column = indent + length;
        } else {
            f.write_str(if i > 0 { " " } else { "" })?;
            f.write_str(word)?;
            column += length + usize::from(i > 0);
        }
    }
    f.write_char('\n')
}

/// All that was found, errors and warnings, in the order of the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diagnostics {
    /// What is shown, one entry a mistake.
    pub list: Vec<Diagnostic>,
    /// Errors found, those that are only counted included.
    pub errors: usize,
    /// Warnings found.
    pub warnings: usize,
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.list {
            writeln!(f, "{diagnostic}")?;
        }
        match self.list.iter().map(|diagnostic| diagnostic.more).sum() {
            0 => {}
            more => writeln!(f, "… and {} more\n", grouped(more))?,
        }
        writeln!(f, "{}", self.count())
    }
}

impl Diagnostics {
    /// All that is in a list, counted.
    pub(super) fn of(list: Vec<Diagnostic>) -> Self {
        let count = |severity: Severity| {
            list.iter().filter(|found| found.severity == severity).map(|found| 1 + found.more).sum()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        Self { list, errors, warnings }
    }

    /// Takes in what was found in another scenario, but for what is there already: what is wrong with a file is so with all
    /// that is made of it.
    pub fn add(&mut self, other: Vec<Diagnostic>) {
        let mut list = std::mem::take(&mut self.list);
        for found in other {
            if !list.contains(&found) {
                list.push(found);
            }
        }
        *self = Self::of(list);
    }

    /// How many there are, in words: `3 errors, 1 warning`; `1 warning` where nothing is wrong.
    pub fn count(&self) -> String {
        let plural = |n: usize, word: &str| format!("{} {word}{}", grouped(n), if n == 1 { "" } else { "s" });
        match (self.errors, self.warnings) {
            (errors, 0) => plural(errors, "error"),
            (0, warnings) => plural(warnings, "warning"),
            (errors, warnings) => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
        }
    }
}

impl std::error::Error for Diagnostics {}

/// A number with its thousands set apart: `12,345`.
pub(super) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, column: usize, width: usize) -> Location {
        Location { file: "a.toml".into(), is_setting: false, line: 12, column, cell: None, text: text.into(), width }
    }

    #[test]
    fn it_looks_as_a_compiler_would_show_it() {
        let diagnostic = Diagnostic {
            severity: Severity::Error,
            code: "unknown-key",
            message: "unknown key `sead` in [run]".into(),
            location: at("sead = 7", 1, 4),
            expected: None,
            help: Some("did you mean `seed`?".into()),
            note: None,
            more: 0,
        };
        let expected = "error: unknown key `sead` in [run]\n  --> a.toml:12:1\n   |\n12 | sead = 7\n   | ^^^^\n   = \
                        help: did you mean `seed`?\n";
        assert_eq!(diagnostic.to_string(), expected);
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let line = format!("{}X{}", "a".repeat(300), "b".repeat(300));
        let (window, before, width) = at(&line, 301, 1).window();
        assert_eq!(window.chars().nth(before), Some('X'));
        assert_eq!(width, 1);
        assert!(window.chars().count() <= WIDEST + 4);
        assert!(window.starts_with('…') && window.ends_with('…'));
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([grouped(0), grouped(999), grouped(1_000), grouped(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
    }
}
