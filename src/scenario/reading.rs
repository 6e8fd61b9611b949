//! How a file beside the scenario is read, as its keys say: what stands between its columns, its encoding, which rows are read, what
//! its columns mean, what becomes of empty values and of numbers without a unit of time.

use super::choices::{EmptyRows, TimeUnit};
use super::encoding::encoding;
use super::item::Item;
use super::reader::Section;
use super::records::{Field, Layout};
use super::tree::{Node, Value};
use crate::domain::Span;

/// How a file is read.
#[derive(Clone, Default)]
pub struct Reading<'c> {
    /// Separator and lines above the header.
    pub layout: Layout,
    /// The encoding's label.
    pub encoding: Option<String>,
    /// What columns are called in the file, with the keys that they are.
    pub columns: Vec<(String, Item<'c>)>,
    /// Which rows are read.
    pub filters: Vec<Filter<'c>>,
    /// Whether rows that lack a value are left out.
    pub skips_empty: bool,
    /// The unit of durations that are plain numbers.
    pub unit: Option<Span>,
}

/// Which rows are read, by a column's value.
#[derive(Clone)]
pub struct Filter<'c> {
    /// The column.
    pub column: Item<'c>,
    /// The values.
    values: Vec<String>,
    /// Whether rows with one of them are read, or left out.
    keeps: bool,
}

impl Filter<'_> {
    /// Whether a row with a value is read. Capitals do not count.
    pub fn keeps(&self, value: &str) -> bool {
        self.values.iter().any(|other| other.eq_ignore_ascii_case(value.trim())) == self.keeps
    }
}

/// Which rows are read, by the values of their columns.
pub struct Kept<'t> {
    filters: Vec<(usize, &'t Filter<'t>)>,
    /// The column whose value several rows share, of which the first may tell what the others leave blank.
    pub shared_by: Option<usize>,
    shared: String,
    last: Vec<String>,
}

impl<'t> Kept<'t> {
    /// Rows that filters keep, each of the column with a number.
    pub fn by(filters: Vec<(usize, &'t Filter<'t>)>) -> Self {
        Self { filters, shared_by: None, shared: String::new(), last: Vec::new() }
    }

    /// Whether a row is read.
    pub fn keeps(&mut self, fields: &[Field<'_>]) -> bool {
        if self.filters.is_empty() {
            return true;
        }
        let value = |column: usize| fields.get(column).map_or("", |field| field.text.trim());
        let goes_on = self.shared_by.is_some_and(|column| ["", self.shared.as_str()].contains(&value(column)));
        let own = self.filters.iter().map(|(column, _)| value(*column));
        let values: Vec<String> = match goes_on {
            true => {
                own.zip(&self.last).map(|(own, last)| if own.is_empty() { last } else { own }.to_string()).collect()
            }
            false => own.map(str::to_string).collect(),
        };
        if let Some(column) = self.shared_by.filter(|_| !goes_on) {
            self.shared = value(column).to_string();
            self.last.clone_from(&values);
        }
        self.filters.iter().zip(&values).all(|((_, filter), value)| filter.keeps(value))
    }
}

impl From<Layout> for Reading<'_> {
    fn from(layout: Layout) -> Self {
        Self { layout, ..Self::default() }
    }
}

impl<'c> Section<'c> {
    /// How the file that the table names is read; what is wrong with its keys is reported.
    pub fn reading(&self) -> Option<Reading<'c>> {
        let layout = self.layout();
        let encoding = if self.has_key("encoding") { encoding_of(self) } else { Some(None) };
        // Columns of a trace have a table of their own.
        let columns = if self.has_key("unit") { columns(self) } else { Some(Vec::new()) };
        let filters = if self.has_key("where") { filters(self) } else { Some(Vec::new()) };
        let skips_empty = match self.has_key("empty").then(|| self.read::<EmptyRows>("empty")) {
            None => Some(false),
            Some(word) => word.map(|word| word == EmptyRows::Skip),
        };
        let unit = match self.has_key("unit").then(|| self.written("unit")).flatten() {
            None => Some(None),
            Some(item) => item.setting().map(|unit: TimeUnit| Some(unit.span())),
        };
        let (layout, encoding, columns) = (layout?, encoding?, columns?);
        Some(Reading { layout, encoding, columns, filters: filters?, skips_empty: skips_empty?, unit: unit? })
    }
}

fn encoding_of(table: &Section<'_>) -> Option<Option<String>> {
    let Some(item) = table.written("encoding") else { return Some(None) };
    let label = item.name()?;
    if encoding(&label).is_none() {
        let message = format!("`encoding` cannot be \"{label}\"");
        let expected = "the name of an encoding, such as \"utf-8\", \"windows-1252\" or \"utf-16le\"";
        table.cx.sink.push(item.error("wrong-word", message).expected(expected));
        return None;
    }
    Some(Some(label.into_owned()))
}

/// What columns are called in the file.
fn columns<'c>(table: &Section<'c>) -> Option<Vec<(String, Item<'c>)>> {
    let mut all = Vec::new();
    for entry in entries(table, "columns", "headers of the file by key, such as { id = \"SKU\" }")? {
        all.push((entry.name()?.into_owned(), entry));
    }
    Some(all)
}

/// Which rows are read.
fn filters<'c>(table: &Section<'c>) -> Option<Vec<Filter<'c>>> {
    let expected = "values by column, such as { Status = [\"paid\", \"sent\"] }, or { Status = { not = [\"void\"] } }";
    let mut all = Vec::new();
    for column in entries(table, "where", expected)? {
        let (node, keeps) = match column.node.entry("not") {
            Some(not) => (&not.node, false),
            None => (column.node, true),
        };
        let values = values(&Item { node, ..column });
        if values.is_none() || matches!(node.value, Value::Table(_)) {
            let message = format!("`where` cannot have {} for \"{}\"", column.node.shown(), column.key);
            table.cx.sink.push(column.error("wrong-type", message).expected(expected));
            return None;
        }
        all.push(Filter { column, values: values?, keeps });
    }
    Some(all)
}

fn values(item: &Item<'_>) -> Option<Vec<String>> {
    let text = |node: &Node<'_>| match &node.value {
        Value::Text(text) | Value::Cell(text) => Some(text.to_string()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(flag) => Some(flag.to_string()),
        _ => None,
    };
    match &item.node.value {
        Value::Array(nodes) => nodes.iter().map(text).collect(),
        _ => text(item.node).map(|text| vec![text]),
    }
}

/// The entries of a key that is a table whose keys are names.
fn entries<'c>(table: &Section<'c>, key: &'static str, expected: &'static str) -> Option<Vec<Item<'c>>> {
    let Some(item) = table.written(key) else { return Some(Vec::new()) };
    let Value::Table(entries) = &item.node.value else {
        let message = format!("`{key}` must be a table, not {}", item.node.shown());
        table.cx.sink.push(item.error("wrong-type", message).expected(expected));
        return None;
    };
    let each =
        entries.iter().map(|entry| Item { cx: item.cx, node: &entry.node, key: &entry.key, key_at: entry.key_at });
    Some(each.collect())
}

/// A plain number of time as a duration in seconds; any other text as it is.
pub fn with_unit(field: &Field<'_>, unit: Span) -> Option<String> {
    let number: f64 = field.text.trim().parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)?;
    Some(format!("{}s", (number * unit.0 as f64).round() as i64))
}
