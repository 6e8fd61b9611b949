//! `[report]`: which levers a page with the engine in it is to have.

use super::item::Item;
use super::reader::Section;
use super::schema;
use super::study::{self, Axis};
use super::tree::Value;
use crate::domain::settings::{LeverName, Words};

/// The most values of a lever: as many as can be told apart where they are chosen from.
const MOST_VALUES: usize = 30;

/// A lever that a scenario asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum WantedLever {
    /// One that every page knows.
    Named(LeverName),
    /// A setting with its values.
    Own(Axis),
}

/// Reads the table: the levers in their order, none where the page is to choose. What is wrong in it is reported.
pub fn read(root: &Section<'_>) -> Vec<WantedLever> {
    let Some(table) = root.written_table("report", &schema::REPORT) else { return Vec::new() };
    let Some(list) = table.written("levers") else { return Vec::new() };
    let Some(rows) = list.list() else { return Vec::new() };
    let rows: Vec<Item<'_>> = rows.collect();
    if rows.is_empty() || rows.len() > schema::MOST_LEVERS {
        let message = format!("`levers` has {} levers", rows.len());
        let finding = list.error("out-of-range", message);
        list.cx.sink.push(finding.expected(format!("1 to {}, or no `levers` at all", schema::MOST_LEVERS)));
    }
    let mut found: Vec<WantedLever> = Vec::new();
    for row in &rows {
        let Some(lever) = lever(row) else { continue };
        let is_again = found.iter().any(|other| match (other, &lever) {
            (WantedLever::Named(one), WantedLever::Named(other)) => one == other,
            (WantedLever::Own(one), WantedLever::Own(other)) => one.key == other.key,
            _ => false,
        });
        if is_again {
            row.cx.sink.push(row.error("duplicate", "this lever is listed twice".to_string()).help("drop one of them"));
        }
        found.push(lever);
    }
    found
}

fn lever(row: &Item<'_>) -> Option<WantedLever> {
    if let Value::Text(_) = row.node.value {
        let at = row.word(LeverName::WORDS)?;
        return Some(WantedLever::Named(LeverName::ALL[at]));
    }
    let section = Section::new(row.cx, row.node, &schema::LEVER)?;
    let label = section.written("label").map(|item| item.name());
    let (key, values) = (section.item("key").and_then(|item| item.name()), section.item("values")?);
    let axis = study::axis_of_setting(&key?, &values)?;
    if axis.values.len() > MOST_VALUES {
        let message = format!("a lever has at most {MOST_VALUES} values, and this one {}", axis.values.len());
        row.cx.sink.push(values.error("out-of-range", message).help("leave some out, or give a range a larger step"));
        return None;
    }
    Some(WantedLever::Own(Axis { label: label.flatten().map(|it| it.into_owned()), option: study::place(row), ..axis }))
}
