//! How a file beside the scenario is read, as its keys say: what stands between its columns, its encoding, which rows are read, what
//! its columns mean, what becomes of empty values and of numbers without a unit of time.

use super::choices::{EmptyRows, TimeUnit};
use super::context::Context;
use super::encoding::encoding;
use super::item::Item;
use super::reader::Section;
use super::records::{Field, Layout};
use super::report::Finding;
use super::source::Place;
use super::suggest::remedy;
use super::tree::{Node, Value};
use crate::domain::Span;
use std::collections::BTreeSet;

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
    /// The values, and where each stands.
    values: Vec<(String, Place)>,
    /// Whether rows with one of them are read, or left out.
    keeps: bool,
}

/// As many values that a filter does not name are remembered of its column, to tell what may be meant.
const MOST_OTHERS: usize = 100;
/// A word of so many letters that is like another one is a slip of the pen.
const LEAST_LETTERS: usize = 4;
/// As many of them are told.
const MOST_TOLD: usize = 8;

/// Which values of a filter's column were met.
struct Met {
    /// Of those that the filter names, whether any row has it.
    named: Vec<bool>,
    /// Others.
    others: BTreeSet<String>,
}

impl Met {
    /// Takes in a row's value; returns whether the filter names it. Capitals do not count.
    fn take(&mut self, filter: &Filter<'_>, value: &str) -> bool {
        let known = filter.values.iter().position(|(other, _)| other.eq_ignore_ascii_case(value));
        match known {
            Some(at) => self.named[at] = true,
            None if self.others.len() < MOST_OTHERS && !self.others.contains(value) => {
                self.others.insert(value.to_string());
            }
            None => {}
        }
        known.is_some()
    }

    /// Warns of values that no row has: where none of a filter's has any row, and where another value may be meant.
    fn report(&self, cx: &Context<'_>, filter: &Filter<'_>, file: &str) {
        let others = || self.others.iter().map(String::as_str).filter(|value| !value.is_empty());
        let is_idle = !self.named.contains(&true);
        let strange = filter.values.iter().zip(&self.named).filter(|(_, is_met)| !**is_met).map(|(value, _)| value);
        for (value, at) in strange {
            let meant = remedy(value, others());
            // Of codes, such as those of countries, any is near another one.
            let is_slip = meant.is_some() && value.chars().count() >= LEAST_LETTERS;
            if !is_idle && !is_slip {
                continue;
            }
            let message = format!("no row of {file} has \"{value}\" as its `{}`", filter.column.key);
            let finding = Finding::warning("no-effect", *at, message).about("where").help_if(meant);
            let told: Vec<String> = others().map(|value| format!("\"{value}\"")).collect();
            let expected =
                (1..=MOST_TOLD).contains(&told.len()).then(|| format!("one of its values: {}", told.join(", ")));
            cx.sink.push(match expected {
                Some(expected) => finding.expected(expected),
                None => finding,
            });
        }
    }
}

/// Which rows are read, by the values of their columns.
pub struct Kept<'t> {
    filters: Vec<(usize, &'t Filter<'t>)>,
    met: Vec<Met>,
    /// Rows that were looked at.
    rows: usize,
    /// The column whose value several rows share, of which the first may tell what the others leave blank.
    pub shared_by: Option<usize>,
    shared: String,
    last: Vec<String>,
}

impl<'t> Kept<'t> {
    /// Rows that filters keep, each of the column with a number.
    pub fn by(filters: Vec<(usize, &'t Filter<'t>)>) -> Self {
        let none = |(_, filter): &(usize, &Filter<'_>)| Met {
            named: vec![false; filter.values.len()],
            others: BTreeSet::new(),
        };
        let met = filters.iter().map(none).collect();
        Self { filters, met, rows: 0, shared_by: None, shared: String::new(), last: Vec::new() }
    }

    /// Whether rows were left out, be it all of them.
    pub fn has_looked(&self) -> bool {
        self.rows > 0
    }

    /// Warns of values that no row has.
    pub fn report(&self, cx: &Context<'_>, file: &str) {
        if self.has_looked() {
            self.met.iter().zip(&self.filters).for_each(|(met, (_, filter))| met.report(cx, filter, file));
        }
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
        self.rows += 1;
        let mut keeps = true;
        for (((_, filter), value), met) in self.filters.iter().zip(&values).zip(&mut self.met) {
            keeps &= met.take(filter, value) == filter.keeps;
        }
        keeps
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

fn values(item: &Item<'_>) -> Option<Vec<(String, Place)>> {
    let text = |node: &Node<'_>| {
        let text = match &node.value {
            Value::Text(text) | Value::Cell(text) => text.to_string(),
            Value::Integer(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            Value::Boolean(flag) => flag.to_string(),
            _ => return None,
        };
        Some((text, node.at))
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
