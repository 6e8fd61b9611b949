//! The rows of a table, whether they stand in the scenario or in a CSV file beside it.

use super::item::Item;
use super::layout::Wanted;
use super::overrides::RowSettings;
use super::reader::{Keys, RowHeader, Section, unknown_key};
use super::reading::Reading;
use super::records::Field;
use super::report::Finding;
use super::schema::ROWS_FILE;
use super::sheet::{Sheet, Text};
use super::tree::Value;
use crate::domain::settings::Table;

/// How reading a table went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// There is no such table.
    Absent,
    /// Every row was handed on.
    Complete,
    /// Some rows, or the whole table, could not be read; why not has been reported.
    Incomplete,
}

/// A table of rows, known by its key.
pub struct RowTable<'c> {
    /// Its key: `zones`.
    pub key: &'static str,
    /// What messages call it: `[[zones]]`.
    pub name: &'static str,
    /// Settings from the command line for rows of it.
    pub settings: &'c RowSettings<'c>,
}

impl RowTable<'_> {
    /// Reads every row with `each`.
    pub fn for_each(&self, parent: &Section<'_>, table: &'static Table, each: impl FnMut(Section<'_>)) -> Rows {
        self.for_each_as(parent, table, table, &[], each)
    }

    /// The same for a table whose rows have other keys in a file than in the scenario, and whose file may have columns that are
    /// passed over.
    pub fn for_each_as(
        &self,
        parent: &Section<'_>,
        in_scenario: &'static Table,
        in_file: &'static Table,
        passed_over: &[&str],
        mut each: impl FnMut(Section<'_>),
    ) -> Rows {
        let Some(item) = parent.written(self.key) else { return Rows::Absent };
        let complete = match &item.node.value {
            Value::Array(rows) => {
                if rows.is_empty() {
                    self.empty(&item, parent.requires(self.key));
                }
                let mut complete = !rows.is_empty();
                for row in rows {
                    match Section::new(item.cx, row, in_scenario) {
                        Some(row) => each(row),
                        None => complete = false,
                    }
                }
                complete
            }
            Value::Table(entries) if entries.iter().all(|entry| entry.key != "file") => {
                let message = format!("`{}` is a single table, not rows", self.key);
                let finding = item.error("wrong-type", message);
                let help = format!("write {}, with two brackets, above each row", self.name);
                let generate = if self.key == "products" { " or `generate = { count = 1000 }`" } else { "" };
                let expected = format!("rows, or `file = \"{}.csv\"`{generate}", self.key);
                item.cx.sink.push(finding.expected(expected).help(help));
                false
            }
            Value::Table(_) => {
                let table = Section::titled(item.cx, item.node, self.name, &ROWS_FILE);
                let file = table.and_then(|table| table.item("file").zip(table.reading()));
                file.is_some_and(|(file, reading)| self.read_file(&file, &reading, in_file, passed_over, &mut each))
            }
            _ => {
                let message = format!("`{}` must be rows, not {}", self.key, item.node.shown());
                let expected = format!("rows under {}, or `file = \"{}.csv\"`", self.name, self.key);
                item.cx.sink.push(item.error("wrong-type", message).expected(expected));
                false
            }
        };
        if complete { Rows::Complete } else { Rows::Incomplete }
    }

    fn empty(&self, item: &Item<'_>, required: bool) {
        let message = format!("{} has no rows", self.name);
        let help = if required { "add a row" } else { "add a row, or leave the table out" };
        item.cx.sink.push(item.error("empty-table", message).help(help));
    }

    /// Reads the rows of a file; returns whether all could be read.
    fn read_file(
        &self,
        file: &Item<'_>,
        reading: &Reading<'_>,
        table: &'static Table,
        passed_over: &[&str],
        each: &mut impl FnMut(Section<'_>),
    ) -> bool {
        let cx = file.cx;
        let text = file.text().and_then(|name| Text::open(cx, &name, file.node.at, reading));
        let Some(text) = text else { return false };
        let keys = Keys::from(table);
        let needed: Vec<&str> = keys.names().into_iter().filter(|key| keys.requires(key)).collect();
        let is_known = |column: &str| column.split('.').next().is_some_and(|key| keys.has(key));
        let wanted = Wanted { needed: &needed, filled: &needed, is_known: &is_known };
        let unknown = reading.columns.iter().filter(|(_, key)| !is_known(key.key)).collect::<Vec<_>>();
        for (_, key) in &unknown {
            unknown_key(cx, keys, "`columns`", key.key, key.key_at);
        }
        if !unknown.is_empty() {
            return false;
        }
        let Some(mut sheet) = Sheet::new(cx, &text, wanted, reading) else { return false };
        for (i, column) in sheet.header.columns.iter().enumerate() {
            let text: &str = &column.text;
            // Where columns are named, the others may be anything; so may those by which rows are left out.
            let is_passed_over =
                !reading.columns.is_empty() || reading.filters.iter().any(|filter| filter.column.key == text);
            if !text.is_empty() && !is_known(text) && !passed_over.contains(&text) && !is_passed_over {
                let key = column.text.split('.').next().unwrap_or_default();
                unknown_key(cx, keys, sheet.name, key, sheet.header.place(i));
            }
        }
        // A duration, or a parameter of a distribution of it; a coefficient of variation is none.
        let is_duration = |column: &str| {
            let (key, parameter) = column.split_once('.').unwrap_or((column, ""));
            keys.declared(key).is_some_and(|key| key.kind.is_of_time()) && !parameter.ends_with("cv")
        };
        let names: Vec<String> = sheet.header.columns.iter().map(|column| column.text.to_string()).collect();
        let known = RowHeader { at: sheet.header.whole(), names: names.iter().map(String::as_str).collect() };
        let mut fields: Vec<Field<'_>> = Vec::new();
        while sheet.next_into(&mut fields) {
            let mut node = sheet.row(&fields, is_duration, &mut |at| {
                let message = "two columns give this value at once".to_string();
                let finding = Finding::error("clash", at, message).about(self.name);
                cx.sink.push(finding.help("leave one of them empty in this row"));
            });
            self.settings.apply(self.key, sheet.rows() - 1, &mut node);
            if let Some(row) = Section::row(cx, &node, table, &known) {
                each(row);
            }
        }
        if sheet.rows() == 0 && sheet.is_sound() {
            cx.sink.push(sheet.without_rows().help("add a row, or leave the table out"));
        }
        sheet.is_sound() && sheet.rows() > 0
    }
}
