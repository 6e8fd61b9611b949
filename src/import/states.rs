//! The values of columns by which rows are left out, such as the state of an order: which there are beside those that are known, and
//! which are named and do not occur.

use super::fields::Kind;
use super::layouts;
use super::settings::{Source, Values};
use crate::scenario::closest;
use std::collections::BTreeMap;

/// So many different values of a column are kept.
const KEPT: usize = 200;
/// So many of them are named.
const NAMED: usize = 8;

/// What stands in columns by which rows are left out.
#[derive(Clone, Debug, Default)]
pub struct States {
    /// By the column's title and the value: how many rows have it, and whether they are read.
    values: BTreeMap<String, BTreeMap<String, (usize, bool)>>,
    /// What is left out, by the column's title.
    dropped: BTreeMap<String, Vec<String>>,
}

/// What a column by which rows are left out is called among what was understood.
pub fn rows_by(title: &str) -> String {
    format!("rows by {title}")
}

impl States {
    /// Looks at a cell.
    pub fn see(&mut self, title: &str, values: &Values, cell: &str) {
        // A date tells of no state but that there is one.
        if cell.is_empty() || cell.bytes().filter(u8::is_ascii_digit).count() >= 6 {
            return;
        }
        if !self.values.contains_key(title) {
            self.values.insert(title.to_string(), BTreeMap::new());
            if let Values::Not { not } = values {
                self.dropped.insert(title.to_string(), not.clone());
            }
        }
        let Some(seen) = self.values.get_mut(title) else { return };
        if let Some((rows, _)) = seen.get_mut(cell) {
            *rows += 1;
        } else if seen.len() < KEPT {
            seen.insert(cell.to_string(), (1, values.keep(cell)));
        }
    }

    /// The values that are read of a column that something is left out by, for the fact of a name.
    pub fn words(&self, fact: &str) -> String {
        let column = self.values.iter().find(|(title, _)| self.dropped.contains_key(*title) && rows_by(title) == fact);
        let Some((_, values)) = column else { return String::new() };
        let kept = named(values.iter().filter(|(_, (_, is_kept))| *is_kept).map(|(value, (rows, _))| (value, *rows)));
        if kept.is_empty() { String::new() } else { format!("; read: {kept}") }
    }

    /// What is worth telling: values that are read though they look like no sale, and those that were named and do not occur.
    pub fn told(&self, prefix: &str, said: &Source, kind: Kind) -> Vec<String> {
        let mut notes = Vec::new();
        for (title, dropped) in &self.dropped {
            let doubtful: Vec<(&String, usize)> = self.values[title]
                .iter()
                .filter(|(value, (_, is_kept))| *is_kept && is_doubtful(value))
                .map(|(value, (rows, _))| (value, *rows))
                .collect();
            if !doubtful.is_empty() {
                let all: Vec<&str> =
                    dropped.iter().chain(doubtful.iter().map(|(value, _)| *value)).map(String::as_str).collect();
                let shown = named(doubtful.into_iter());
                let option = format!("--where '{prefix}{title}!={}'", all.join(","));
                notes.push(format!("rows whose `{title}` is {shown} are read as all others; {option} leaves them out"));
            }
        }
        for (title, values) in &said.filters {
            let (Values::Only(list) | Values::Not { not: list }) = values;
            let Some(seen) = self.values.get(title) else { continue };
            for value in list.iter().filter(|value| !value.is_empty() && !is_of_layout(kind, value)) {
                if seen.len() >= KEPT || seen.keys().any(|other| other.to_lowercase() == value.to_lowercase()) {
                    continue;
                }
                let meant = closest(value, seen.keys().map(String::as_str));
                let help = match meant {
                    Some(meant) => format!("did you mean {meant}?"),
                    None => format!("there are {}", named(seen.iter().map(|(value, (rows, _))| (value, *rows)))),
                };
                notes.push(format!("no row has {value} for its `{title}` ({help})"));
            }
        }
        notes
    }
}

/// Values with their rows, those of most rows first.
fn named<'v>(values: impl Iterator<Item = (&'v String, usize)>) -> String {
    let mut all: Vec<(&String, usize)> = values.collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let mut shown: Vec<String> = all.iter().take(NAMED).map(|(value, rows)| format!("{value} ({rows})")).collect();
    if all.len() > NAMED {
        shown.push(format!("{} more", all.len() - NAMED));
    }
    shown.join(", ")
}

/// Whether a value looks as if nothing was sold for good. What was sold in part was sold.
fn is_doubtful(value: &str) -> bool {
    const PARTS: [&str; 14] = [
        "cancel",
        "void",
        "refund",
        "return",
        "storn",
        "annul",
        "anul",
        "reject",
        "declin",
        "fail",
        "expired",
        "chargeback",
        "abandon",
        "trash",
    ];
    let value = value.to_lowercase();
    let is_denied = ["partial", "non", "no ", "not ", "un"].iter().any(|word| value.starts_with(word));
    !is_denied && PARTS.iter().any(|part| value.contains(part))
}

fn is_of_layout(kind: Kind, value: &str) -> bool {
    let filters = layouts::all().filter(|part| part.kind == kind).flat_map(|part| part.filters.iter());
    filters.flat_map(|filter| filter.drop.iter().chain(filter.keep)).any(|word| word.eq_ignore_ascii_case(value))
}
