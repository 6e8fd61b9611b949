//! The rows of a table, whether they stand in the scenario or in a CSV file beside it.

use super::context::Context;
use super::diagnostic::grouped;
use super::item::Item;
use super::overrides::RowSettings;
use super::reader::{RowHeader, Section, unknown_key};
use super::report::Finding;
use super::schema::RowsFile;
use super::sheet::{Field, Header, Records};
use super::source::Place;
use super::tree::Value;
use schemars::JsonSchema;

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
    /// What messages call a row: `a row of [[zones]]`.
    pub row: &'static str,
    /// Settings from the command line for rows of it.
    pub settings: &'c RowSettings<'c>,
}

impl RowTable<'_> {
    /// Reads every row with `each`.
    pub fn for_each<T: JsonSchema>(&self, parent: &Section<'_>, each: impl FnMut(Section<'_>)) -> Rows {
        self.for_each_as::<T, T>(parent, each)
    }

    /// The same for a table whose rows have other keys in a file than in the scenario.
    pub fn for_each_as<InScenario: JsonSchema, InFile: JsonSchema>(
        &self,
        parent: &Section<'_>,
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
                    match Section::new::<InScenario>(item.cx, row, self.row) {
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
                let file = Section::new::<RowsFile>(item.cx, item.node, self.name).and_then(|table| table.item("file"));
                file.is_some_and(|file| self.read_file::<InFile>(&file, &mut each))
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
    fn read_file<T: JsonSchema>(&self, file: &Item<'_>, each: &mut impl FnMut(Section<'_>)) -> bool {
        let cx = file.cx;
        let Some((number, source)) = file.open() else { return false };
        let mut records = Records::new(&source.text);
        let mut fields: Vec<Field<'_>> = Vec::new();
        if !records.next_into(&mut fields) {
            let message = format!("{} is empty", source.name);
            let keys: Vec<&str> = cx.catalogue.table::<T>().keys().collect();
            let finding = Finding::error("empty-table", Place::whole(number), message);
            cx.sink.push(finding.expected(format!("a header with columns among {}", keys.join(", "))));
            return false;
        }
        let header = Header::new(number, std::mem::take(&mut fields));
        if !self.check_header::<T>(cx, &header) {
            return false;
        }
        let known =
            RowHeader { at: header.whole(), names: header.columns.iter().map(|column| &*column.text).collect() };
        let (mut count, mut complete) = (0, true);
        while records.next_into(&mut fields) {
            if fields.len() != header.columns.len() {
                wrong_width(cx, &header, &fields);
                complete = false;
            } else {
                let mut node = header.row(&fields, &mut |at| {
                    let message = "two columns give this value at once".to_string();
                    let finding = Finding::error("clash", at, message).about(self.name);
                    cx.sink.push(finding.help("leave one of them empty in this row"));
                });
                self.settings.apply(self.key, count, &mut node);
                if let Some(row) = Section::row::<T>(cx, &node, self.row, &known) {
                    each(row);
                }
            }
            count += 1;
        }
        if count == 0 {
            let message = format!("{} has a header but no rows", source.name);
            let finding = Finding::error("empty-table", header.whole(), message);
            cx.sink.push(finding.help("add a row, or leave the table out"));
        }
        complete && count > 0
    }

    /// Reports columns that should not be there; returns whether the file is set apart by commas at all.
    fn check_header<T: JsonSchema>(&self, cx: &Context<'_>, header: &Header<'_>) -> bool {
        let definition = cx.catalogue.table::<T>();
        if let [only] = &header.columns[..]
            && only.text.contains([';', '\t'])
        {
            let message = "the header has a single column".to_string();
            let finding = Finding::error("separator", header.whole(), message);
            let help = "save the file as CSV with commas and decimal points";
            cx.sink.push(finding.expected("columns set apart by commas").help(help));
            return false;
        }
        for (i, column) in header.columns.iter().enumerate() {
            let key = column.text.split('.').next().unwrap_or_default();
            if header.columns[..i].iter().any(|earlier| earlier.text == column.text) {
                let message = format!("the column `{}` is there twice", column.text);
                cx.sink.push(Finding::error("duplicate-column", header.place(i), message).help("drop one of them"));
            } else if !definition.has(key) {
                let title = cx.sources.get(header.whole().source).name.clone();
                unknown_key(cx, definition, &title, key, header.place(i));
            }
        }
        true
    }
}

/// Reports a record with more or fewer fields than the header.
pub fn wrong_width(cx: &Context<'_>, header: &Header<'_>, fields: &[Field<'_>]) {
    let (found, wanted) = (fields.len(), header.columns.len());
    let place = header.row_place(fields);
    let plural = if found == 1 { "" } else { "s" };
    let message = format!("this row has {} field{plural}, the header has {}", grouped(found), grouped(wanted));
    let finding = Finding::error("field-count", place, message).about("fields");
    let finding = if found > wanted {
        finding.help("put quotes around a value that holds a comma")
    } else {
        let lacking: Vec<&str> = header.columns[found..].iter().map(|column| &*column.text).collect();
        finding.note(format!("nothing for {}", lacking.join(", "))).help("an empty value still needs its comma")
    };
    cx.sink.push(finding);
}
