//! The scenario as a tree of values, each with its place: what TOML, CSV rows, `--set` and defaults have in common.

use super::source::Place;
use std::borrow::Cow;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node<'t> {
    /// Where the value stands; of a table with a header, the header.
    pub at: Place,
    /// What it is.
    pub value: Value<'t>,
}

/// A value.
#[derive(Clone, Debug)]
pub enum Value<'t> {
    /// A string.
    Text(Cow<'t, str>),
    /// A field of a CSV file: what it is depends on what is asked for.
    Cell(Cow<'t, str>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A TOML date or time, as it is written.
    Date(String),
    /// Values in order.
    Array(Vec<Node<'t>>),
    /// Keys with values, in the order of the file.
    Table(Vec<Entry<'t>>),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry<'t> {
    /// The key.
    pub key: Cow<'t, str>,
    /// Where the key stands.
    pub key_at: Place,
    /// Its value.
    pub node: Node<'t>,
}

impl<'t> Node<'t> {
    /// The entry of a table that has a key; `None` where there is none, or this is no table.
    pub fn entry(&self, key: &str) -> Option<&Entry<'t>> {
        match &self.value {
            Value::Table(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// What kind of value this is, with its article.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Text(_) | Value::Cell(_) => "a string",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Date(_) => "a date",
            Value::Array(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    /// The value as a message names it: itself where it is short, else its kind.
    pub fn shown(&self) -> String {
        match &self.value {
            Value::Text(text) | Value::Cell(text) if text.chars().count() <= 40 => format!("\"{text}\""),
            Value::Integer(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            Value::Boolean(truth) => truth.to_string(),
            _ => self.kind().to_string(),
        }
    }
}

/// The tree of a parsed TOML table whose text begins `shift` bytes into a source.
pub fn from_toml<'t>(table: DeTable<'t>, at: Place, shift: usize) -> Node<'t> {
    let place = |range: std::ops::Range<usize>| Place::new(at.source, range.start + shift..range.end + shift);
    let mut entries: Vec<Entry<'t>> = table
        .into_iter()
        .map(|(key, value)| {
            let (key_at, value_at) = (place(key.span()), place(value.span()));
            Entry { key: key.into_inner(), key_at, node: from_value(value.into_inner(), value_at, shift) }
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_at.start);
    Node { at, value: Value::Table(entries) }
}

/// The tree of a parsed TOML value.
pub fn from_value<'t>(value: DeValue<'t>, at: Place, shift: usize) -> Node<'t> {
    let value = match value {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            // Beyond 64 bits: any bound on it will refuse it.
            Err(_) => Value::Float(if number.as_str().starts_with('-') { -1e300 } else { 1e300 }),
        },
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Value::Boolean(truth),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(values) => Value::Array(
            values
                .into_iter()
                .map(|value| {
                    let span = value.span();
                    let place = Place::new(at.source, span.start + shift..span.end + shift);
                    from_value(value.into_inner(), place, shift)
                })
                .collect(),
        ),
        DeValue::Table(table) => return from_toml(table, at, shift),
    };
    Node { at, value }
}
