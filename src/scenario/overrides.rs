//! `--set path.to.key=value`: changes to the scenario's tree before anything in it is looked at.

use super::diagnostic::grouped;
use super::input::Override;
use super::quoting::keys;
use super::report::{Finding, Sink};
use super::source::{Place, SourceText};
use super::suggest::closest;
use super::tree::{Entry, Node, Value, from_value};
use std::borrow::Cow;
use std::cell::Cell;
use toml::de::DeValue;

/// The tables whose rows may stand in a file of their own.
const ROW_TABLES: [&str; 10] =
    ["zones", "warehouses", "lanes", "vendors", "products", "stock", "receipts", "orders", "contacts", "levels"];

/// No key lies deeper, and what is followed key by key must end somewhere.
const DEEPEST: usize = 16;

/// A part of a path.
#[derive(Clone, Debug)]
struct Step<'t> {
    text: Cow<'t, str>,
    at: Place,
}

/// A setting for a row that stands in a file.
#[derive(Debug)]
struct RowSetting<'t> {
    table: &'static str,
    row: Step<'t>,
    rest: Vec<Step<'t>>,
    value: Node<'t>,
    used: Cell<bool>,
}

/// The settings for rows that stand in files, which are changed when they are read.
#[derive(Debug, Default)]
pub struct RowSettings<'t>(Vec<RowSetting<'t>>);

impl<'t> RowSettings<'t> {
    /// Changes a row of a table, if a setting names it by its number (from 0) or its id.
    pub fn apply(&self, table: &str, number: usize, row: &mut Node<'t>) {
        for setting in self.0.iter().filter(|setting| setting.table == table) {
            let id = row.entry("id").map(|entry| match &entry.node.value {
                Value::Cell(text) => text.as_ref(),
                _ => "",
            });
            if id == Some(&*setting.row.text) || setting.row.text.parse() == Ok(number) {
                setting.used.set(true);
                // A path that leads nowhere in a row is an unknown key or a wrong type there, and told as such.
                let _ = place(row, &setting.rest, setting.value.clone());
            }
        }
    }

    /// Reports settings whose row was not in the file.
    pub fn report_unused(&self, sink: &Sink) {
        for RowSetting { table, row, used, .. } in &self.0 {
            if !used.get() {
                let message = format!("`{table}` has no row \"{}\"", row.text);
                sink.push(Finding::error("dangling", row.at, message).expected("a row's id, or its number from 0"));
            }
        }
    }
}

/// What is wrong with a path.
enum Astray {
    /// A value stands where the path goes on.
    NotATable(Place, String),
    /// A table has no such row.
    NoRow(Place, String, Option<String>),
}

/// Applies a setting, whose text is `source`, to the tree; what concerns rows in files is kept for later.
pub fn apply<'t>(
    root: &mut Node<'t>,
    setting: &Override,
    number: u32,
    source: &'t SourceText,
    rows: &mut RowSettings<'t>,
    sink: &Sink,
) {
    let shift = setting.path.len() + 1;
    let value_text = &source.text[shift..];
    let value_at = Place::new(number, shift..source.text.len().max(shift + 1));
    let value = match DeValue::parse(value_text) {
        Ok(value) if !value_text.trim().is_empty() => {
            with_times_as_texts(from_value(value.into_inner(), value_at, shift), &source.text)
        }
        // Not TOML: a text, so that `--set rules.cancellation.after=never` needs no quotes inside quotes.
        _ => Node { at: value_at, value: Value::Text(Cow::Borrowed(value_text)) },
    };
    let steps = steps(&source.text[..setting.path.len()], number);
    if steps.len() > DEEPEST {
        let message = format!("this path leads through {} keys", grouped(steps.len()));
        let finding = Finding::error("bad-path", Place::new(number, 0..shift - 1), message);
        sink.push(finding.expected(format!("at most {DEEPEST}, such as vendors.acme.lead_time.gamma.mean")));
        return;
    }
    if steps.iter().any(|step| step.text.is_empty()) {
        let message = format!("`{}` is no path to a key", setting.path);
        let finding = Finding::error("bad-path", Place::new(number, 0..shift - 1), message);
        sink.push(finding.expected("keys with dots between them, such as run.seed or vendors.acme.lead_time"));
        return;
    }
    if let Some(setting) = row_in_file(root, &steps, &value) {
        rows.0.push(setting);
        return;
    }
    match place(root, &steps, value) {
        Ok(()) => {}
        Err(Astray::NotATable(at, before)) => {
            let message = format!("the path goes on behind `{before}`, which holds a single value");
            sink.push(Finding::error("bad-path", at, message).help(format!("set `{before}` itself")));
        }
        Err(Astray::NoRow(at, row, meant)) => {
            let finding = Finding::error("dangling", at, format!("there is no row \"{row}\" to set"));
            let finding = finding.help_if(meant.map(|meant| format!("did you mean \"{meant}\"?")));
            sink.push(finding.expected("a row's id, or its number from 0"));
        }
    }
}

/// The same with every bare date and time as the text that was written: a shell takes the quotes away that a file would put
/// around `cut_off = "14:00"`, and no key asks for anything but a text there.
fn with_times_as_texts<'t>(mut node: Node<'t>, text: &'t str) -> Node<'t> {
    let Place { start, end, .. } = node.at;
    node.value = match node.value {
        Value::Date(_) => Value::Text(Cow::Borrowed(text[start as usize..end as usize].trim())),
        Value::Array(nodes) => Value::Array(nodes.into_iter().map(|node| with_times_as_texts(node, text)).collect()),
        Value::Table(entries) => {
            let with_text = |entry: Entry<'t>| Entry { node: with_times_as_texts(entry.node, text), ..entry };
            Value::Table(entries.into_iter().map(with_text).collect())
        }
        value => value,
    };
    node
}

/// The steps of a path.
fn steps(path: &str, source: u32) -> Vec<Step<'_>> {
    keys(path).into_iter().map(|(at, text)| Step { text, at: Place::new(source, at) }).collect()
}

/// The setting as one for a row in a file, if it is one: `products.whey.price` where `[products] file = …`.
fn row_in_file<'t>(root: &Node<'t>, steps: &[Step<'t>], value: &Node<'t>) -> Option<RowSetting<'t>> {
    let mut node = root;
    for (i, step) in steps.iter().enumerate() {
        let table = &node.entry(&step.text)?.node;
        let row_table = ROW_TABLES.into_iter().find(|name| *name == step.text);
        if let Some(row_table) = row_table.filter(|_| table.entry("file").is_some()) {
            let (row, rest) = steps[i + 1..].split_first()?;
            let known = row.text == "file" || rest.is_empty();
            let setting = || RowSetting {
                table: row_table,
                row: row.clone(),
                rest: rest.to_vec(),
                value: value.clone(),
                used: Cell::new(false),
            };
            return (!known).then(setting);
        }
        node = table;
    }
    None
}

/// Puts a value where the steps lead, making the tables on the way.
fn place<'t>(node: &mut Node<'t>, steps: &[Step<'t>], value: Node<'t>) -> Result<(), Astray> {
    let Some((step, rest)) = steps.split_first() else {
        *node = value;
        return Ok(());
    };
    match &mut node.value {
        Value::Array(rows) => {
            let number = rows.iter().position(|row| id_of(row) == Some(&*step.text)).or(step.text.parse().ok());
            match number.filter(|&number| number < rows.len()) {
                Some(number) => place(&mut rows[number], rest, value),
                None => {
                    let meant = closest(&step.text, rows.iter().filter_map(id_of)).map(str::to_string);
                    Err(Astray::NoRow(step.at, step.text.to_string(), meant))
                }
            }
        }
        Value::Table(entries) => {
            let found = entries.iter().position(|entry| entry.key == step.text);
            let position = found.unwrap_or_else(|| {
                let inner = Node { at: step.at, value: Value::Table(Vec::new()) };
                entries.push(Entry { key: step.text.clone(), key_at: step.at, node: inner });
                entries.len() - 1
            });
            if rest.is_empty() {
                // What is told of the key is told of the setting.
                entries[position].key_at = step.at;
            }
            if let Err(astray) = place(&mut entries[position].node, rest, value) {
                return Err(match astray {
                    Astray::NotATable(at, before) if before.is_empty() => Astray::NotATable(at, step.text.to_string()),
                    astray => astray,
                });
            }
            Ok(())
        }
        _ => Err(Astray::NotATable(step.at, String::new())),
    }
}

fn id_of<'n>(row: &'n Node<'_>) -> Option<&'n str> {
    match &row.entry("id")?.node.value {
        Value::Text(text) | Value::Cell(text) => Some(text),
        _ => None,
    }
}
