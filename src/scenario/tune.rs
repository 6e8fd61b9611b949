//! `[tune]`: what may be decided and what is aimed at, as a scenario states it.

use super::item::{Item, Range};
use super::reader::Section;
use super::run;
use super::schema;
use super::study::{self, Axis};
use super::suggest::closest;
use super::tree::Value;
use crate::domain::Span;
use crate::domain::settings::{Procedure, Setting};
use std::fmt;

pub use super::schema::LEAST_BUDGET;

/// What a scenario says of its tuning; what it does not say is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tune {
    /// What may be decided.
    pub vary: Vec<Axis>,
    /// The name of the measure to make as small as possible.
    pub minimise: Option<String>,
    /// The name of the measure to make as large as possible.
    pub maximise: Option<String>,
    /// What must hold: each condition as it was written, and where.
    pub require: Vec<(String, String)>,
    /// How much may be spent.
    pub budget: Option<Budget>,
    /// The difference of the objective that matters.
    pub delta: Option<f64>,
    /// How sure the choice is to be.
    pub confidence: Option<f64>,
    /// How one of the finalists is chosen.
    pub selection: Option<Procedure>,
    /// Replications of every estimate.
    pub replications: Option<u32>,
}

/// How much a search may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// So many replications.
    Replications(u64),
    /// As many as are run in this time.
    Time(Span),
}

impl Budget {
    /// Reads `3000` or `10m`.
    ///
    /// # Errors
    /// What would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let replications = text.trim().replace(['_', ','], "").parse().ok().filter(|&count| count >= LEAST_BUDGET);
        let time = || Span::parse(text.trim()).ok().filter(|span| span.0 > 0).map(Self::Time);
        replications
            .map(Self::Replications)
            .or_else(time)
            .ok_or_else(|| format!("a number of replications, at least {LEAST_BUDGET}, or a time such as 10m"))
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replications(count) => count.fmt(f),
            Self::Time(span) => span.fmt(f),
        }
    }
}

/// Reads the table. What is wrong in it is reported.
pub fn read(root: &Section<'_>) -> Tune {
    let Some(table) = root.written_table("tune", &schema::TUNE) else { return Tune::default() };
    if let (Some(_), Some(again)) = (table.written("minimise"), table.written("maximise")) {
        let message = "both `minimise` and `maximise` are given".to_string();
        again
            .cx
            .sink
            .push(again.error("clash", message).help("keep one of the two; what else matters goes to `require`"));
    }
    Tune {
        vary: study::items(&table, "vary").iter().filter_map(variable).collect(),
        minimise: table.written("minimise").and_then(|item| run::measure(&item)),
        maximise: table.written("maximise").and_then(|item| run::measure(&item)),
        require: study::items(&table, "require").iter().filter_map(condition).collect(),
        budget: table.written("budget").and_then(|item| budget(&item)),
        delta: table.written("delta").and_then(|item| item.number(Range::POSITIVE)),
        confidence: table.written("confidence").and_then(|item| confidence(&item)),
        selection: table.written("selection").and_then(|item| item.read(&Procedure::KIND)).map(Procedure::from_value),
        replications: table.written("replications").and_then(|item| item.whole(2, 1_000_000)).map(|count| count as u32),
    }
}

/// A row of `[[tune.vary]]`.
fn variable(row: &Item<'_>) -> Option<Axis> {
    let section = Section::new(row.cx, row.node, &schema::TUNE_VARIABLE)?;
    let key = section.item("key").and_then(|item| item.name());
    let values = section.item("values")?;
    let axis = study::axis_of_setting(&key?, &values)?;
    Some(Axis { option: study::place(row), ..axis })
}

/// A condition: a measure that there is, a sign, a number.
fn condition(item: &Item<'_>) -> Option<(String, String)> {
    let text = item.text()?;
    let wrong = |message: String, help: Option<String>| {
        let finding = item.error("not-a-condition", message);
        item.cx.sink.push(finding.expected("`MEASURE >= VALUE` or `MEASURE <= VALUE`").help_if(help));
        None
    };
    let Some(at) = text.find(['<', '>']) else {
        return wrong(format!("`{text}` is no condition on an average"), None);
    };
    let measure = text[..at].trim();
    let value = text[at + 1..].trim_start_matches('=').trim();
    let known = item.cx.measures;
    if !known.is_empty() && !known.contains(&measure) {
        let meant = closest(measure, known.iter().copied()).map(|meant| format!("did you mean \"{meant}\"?"));
        return wrong(format!("there is no measure \"{measure}\""), meant);
    }
    let number = value.strip_suffix('%').unwrap_or(value).trim_end();
    if !number.parse().is_ok_and(f64::is_finite) {
        return wrong(format!("`{text}` compares with no number"), None);
    }
    Some((text.into_owned(), study::place(item)))
}

fn budget(item: &Item<'_>) -> Option<Budget> {
    match item.node.value {
        Value::Text(_) => item.some_time().map(Budget::Time),
        _ => {
            let count = item.whole_or(LEAST_BUDGET as i64, i64::MAX, ", or a time such as \"10m\"");
            count.map(|count| Budget::Replications(count as u64))
        }
    }
}

fn confidence(item: &Item<'_>) -> Option<f64> {
    let share = item.share()?;
    if share > 0.5 && share < 1.0 {
        return Some(share);
    }
    let message = format!("`confidence` is {share}");
    item.cx.sink.push(item.error("out-of-range", message).expected("a share above 0.5 and below 1, such as 0.95"));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_a_number_or_a_time() {
        assert_eq!(Budget::parse("3,000"), Ok(Budget::Replications(3_000)));
        assert_eq!(Budget::parse("10m"), Ok(Budget::Time(Span(600))));
        for wrong in ["39", "0s", "soon", "-5", ""] {
            assert!(Budget::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            (Budget::Replications(50).to_string(), Budget::Time(Span(600)).to_string()),
            ("50".into(), "10m".into())
        );
    }
}
