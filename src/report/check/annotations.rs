//! A check as the workflow commands of GitHub Actions, which become annotations of a pull request's files.

use super::summary::CheckSummary;
use super::words;
use crate::experiment::check::Verdict;

/// A line for each decision that is another, and for each baseline in which something moved, or may have.
pub fn annotations(check: &CheckSummary) -> String {
    let mut out = String::new();
    for moved in &check.decisions {
        let (file, message) = (property(&moved.file), data(&moved.sentence()));
        let (line, level) = (moved.line.unwrap_or(1), check.level_of_decisions());
        out.push_str(&format!("::{level} file={file},line={line},title=A rule decides otherwise::{message}\n"));
    }
    for baseline in &check.baselines {
        for cell in &baseline.cells {
            let (level, title) = match cell.verdict {
                Verdict::Unmoved => continue,
                Verdict::Moved => ("error", "A baseline moved"),
                Verdict::Undecided => ("warning", "A baseline may have moved"),
            };
            let (file, message) = (property(&baseline.file), data(&words::cell(baseline, cell)));
            out.push_str(&format!("::{level} file={file},line=1,title={title}::{message}\n"));
        }
    }
    out
}

/// A message, as the runner reads it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
