//! The rules' decisions as they are stored, and what has become another decision since.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::rules::decisions::Decision;

/// The columns of the file.
const HEADER: [&str; 4] = ["rule", "decision", "case", "answer"];

/// A decision that is another than the stored one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionMoved {
    /// The file of what is stored.
    pub file: String,
    /// Its line there; of a case that is new none.
    pub line: Option<u64>,
    /// Whose decision it is.
    pub rule: String,
    /// What is decided.
    pub decision: String,
    /// In which case.
    pub case: String,
    /// What was decided; nothing of a case that is new.
    pub before: Option<String>,
    /// What is decided; nothing of a case that is not asked any more.
    pub after: Option<String>,
}

/// Whether a text begins as a file of decisions does.
pub fn is_of_decisions(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.split(',').eq(HEADER))
}

/// The file of decisions: a line each.
pub fn decisions_csv(decisions: &[Decision]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let rows = decisions.iter().map(|it| [it.rule.id(), it.question, &it.case, &it.answer]);
    for row in std::iter::once(HEADER).chain(rows) {
        writer.write_record(row).expect("writing to memory cannot fail");
    }
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("what was written is text")
}

/// Which decisions are others than those stored in a file, in the order of the rules.
///
/// # Errors
/// What is wrong with the stored ones.
pub fn decisions_moved(file: &str, stored: &str, now: &[Decision]) -> Result<Vec<DecisionMoved>, String> {
    let mut before: BTreeMap<[String; 3], (u64, String)> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(stored.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?;
    if !header.iter().eq(HEADER) {
        return Err(format!("its columns are not {}", HEADER.join(", ")));
    }
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: usize| record[at].to_string();
        if before.insert([cell(0), cell(1), cell(2)], (line, cell(3))).is_some() {
            return Err(format!("line {line} has a case that stands there before"));
        }
    }
    let mut moved = Vec::new();
    let mut told = |line, [rule, decision, case]: [String; 3], before, after| {
        moved.push(DecisionMoved { file: file.to_string(), line, rule, decision, case, before, after });
    };
    for decision in now {
        let key = [decision.rule.id(), decision.question, &decision.case].map(String::from);
        match before.remove(&key) {
            Some((_, answer)) if answer == decision.answer => {}
            Some((line, answer)) => told(Some(line), key, Some(answer), Some(decision.answer.clone())),
            None => told(None, key, None, Some(decision.answer.clone())),
        }
    }
    for (key, (line, answer)) in before {
        told(Some(line), key, Some(answer), None);
    }
    Ok(moved)
}

impl DecisionMoved {
    /// `auto-cancel, is cancelled at (waits since 1d, limit 30d): 32d instead of 31d1s`.
    pub(super) fn sentence(&self) -> String {
        let answer = match (&self.before, &self.after) {
            (Some(before), Some(after)) => format!("{after} instead of {before}"),
            (Some(before), None) => format!("not asked any more; it was {before}"),
            (None, after) => format!("new: {}", after.as_deref().unwrap_or_default()),
        };
        format!("{}, {} ({}): {answer}", self.rule, self.decision, self.case)
    }

    /// The rules of some decisions, each with how many of them are its own, in their order.
    pub(super) fn by_rule(moved: &[Self]) -> Vec<(&str, usize)> {
        let mut seen = BTreeSet::new();
        let rules = moved.iter().map(|it| it.rule.as_str()).filter(|rule| seen.insert(*rule));
        rules.map(|rule| (rule, moved.iter().filter(|it| it.rule == rule).count())).collect()
    }
}
