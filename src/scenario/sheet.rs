//! A CSV file read row by row: its header, its rows as trees, and whatever in it is not as a table should be.

use super::context::Context;
use super::diagnostic::{grouped, listed};
use super::item::Item;
use super::layout::{self, Wanted};
use super::notation::is_total;
use super::reading::{Filter, Kept, Reading, with_unit};
use super::records::{Field, Layout, Records, Slip, is_blank};
use super::report::Finding;
use super::source::{Place, SourceText, Sources, TextKind};
use super::suggest::remedy;
use super::tree::{Entry, Node, Value};
use crate::domain::Span;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The most keys that a header may name within one another.
const DEEPEST: usize = 16;

/// The text of a file, opened.
pub struct Text {
    number: u32,
    source: Rc<SourceText>,
    layout: Layout,
}

impl Text {
    /// Opens the file that the value at a place names; whatever keeps it from being read is reported.
    pub fn open(cx: &Context<'_>, name: &str, at: Place, reading: &Reading<'_>) -> Option<Self> {
        let layout = reading.layout;
        let text = match cx.files.read_in(name, reading.encoding.as_deref()) {
            Ok(text) => text,
            Err(why) => {
                let message = format!("`{name}` cannot be read: {why}");
                cx.sink.push(Finding::error("unreadable-file", at, message));
                return None;
            }
        };
        if text.len() > Sources::LONGEST {
            let message = format!("`{name}` is too large: {} bytes", grouped(text.len()));
            cx.sink.push(Finding::error("too-large", at, message).expected("a file below 4 GiB"));
            return None;
        }
        let (number, source) = cx.sources.add(&cx.beside(name), text, TextKind::Csv(layout));
        Some(Self { number, source, layout })
    }
}

/// The rows of a file, below its header.
pub struct Sheet<'t> {
    cx: &'t Context<'t>,
    /// The file's name.
    pub name: &'t str,
    /// What its columns are called.
    pub header: Header<'t>,
    text: &'t str,
    records: Records<'t>,
    /// The columns that hold something in every row.
    filled: Vec<usize>,
    /// Which columns are read.
    known: Vec<bool>,
    is_sound: bool,
    rows: usize,
    /// The first row without any value, and how many there are.
    empty: Option<(Place, usize)>,
    /// Which rows are read.
    kept: Kept<'t>,
    /// Whether rows that lack a value which every row has are left out; the first of them, and how many there are.
    skips_empty: bool,
    skipped: Option<(Place, usize)>,
    /// The unit of durations that are plain numbers.
    unit: Option<Span>,
}

impl<'t> Sheet<'t> {
    /// Reads the header of a file; `None` where it has none that can be read, which is then reported.
    pub fn new(cx: &'t Context<'t>, text: &'t Text, wanted: Wanted<'_>, reading: &'t Reading<'t>) -> Option<Self> {
        let Text { number, source, layout } = text;
        let (number, layout) = (*number, *layout);
        let push = |finding: Finding| cx.sink.push(finding);
        if !source.text.contains('\n') && source.lone_returns().next().is_some() {
            let message = format!("{} ends its lines with a carriage return alone (CR)", source.name);
            let finding = Finding::error("line-ends", Place::whole(number), message);
            push(finding.help("save it with line ends LF or CRLF: in a spreadsheet, as \"CSV UTF-8\""));
            return None;
        }
        let mut records = Records::new(&source.text, layout);
        let mut fields: Vec<Field<'t>> = Vec::new();
        match records.next_into(&mut fields) {
            Some(Ok(())) => {}
            Some(Err(slip)) => {
                // Quotes that end where another separator stands are no slip.
                if !layout::complain(cx, number, source, &fields, wanted, layout) {
                    push(told(number, &slip));
                }
                return None;
            }
            None if layout.skip_rows > 0 && !source.text.trim().is_empty() => {
                let message =
                    format!("{} has no more than the {} lines that are skipped", source.name, layout.skip_rows);
                push(Finding::error("empty-table", Place::whole(number), message).help("lower `skip_rows`"));
                return None;
            }
            None => {
                let message = format!("{} is empty", source.name);
                let finding = Finding::error("empty-table", Place::whole(number), message);
                push(finding.expected(format!("a header with {}, and rows", listed(wanted.needed))));
                return None;
            }
        }
        let filters = rename(cx, number, &source.name, &mut fields, reading)?;
        if !wanted.are_met(&fields) && layout::complain(cx, number, source, &fields, wanted, layout) {
            return None;
        }
        let position = |name: &&str| fields.iter().position(|column| column.text == **name);
        let filled = wanted.filled.iter().filter_map(position).collect();
        let known = fields.iter().map(|column| (wanted.is_known)(&column.text)).collect();
        let header = Header::new(number, fields);
        let is_sound = header.check(cx);
        if header.is_too_deep() {
            return None;
        }
        let (name, text) = (source.name.as_str(), source.text.as_str());
        let kept = Kept::by(filters);
        let (skips_empty, unit) = (reading.skips_empty, reading.unit);
        let (rows, empty, skipped) = (0, None, None);
        Some(Self {
            cx,
            name,
            header,
            text,
            records,
            filled,
            known,
            is_sound,
            rows,
            empty,
            kept,
            skips_empty,
            skipped,
            unit,
        })
    }

    /// The same where rows with one value of a column, or with none there, belong together: what the first of them says holds for those
    /// by which rows are left out.
    #[must_use]
    pub fn sharing(mut self, column: usize) -> Self {
        self.kept.shared_by = Some(column);
        self
    }

    /// A row as a table; plain numbers of time get their unit.
    pub fn row(
        &self,
        fields: &[Field<'t>],
        is_duration: impl Fn(&str) -> bool,
        clash: &mut dyn FnMut(Place),
    ) -> Node<'t> {
        let Some(unit) = self.unit else { return self.header.row(fields, clash) };
        let mut fields = fields.to_vec();
        for (field, _) in fields.iter_mut().zip(&self.header.columns).filter(|(_, column)| is_duration(&column.text)) {
            if let Some(text) = with_unit(field, unit) {
                field.text = Cow::Owned(text);
            }
        }
        self.header.row(&fields, clash)
    }

    /// Whether all that was read so far is as it should be; what is not has been reported.
    pub fn is_sound(&self) -> bool {
        self.is_sound
    }

    /// How many rows were handed on.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Where a field stands; of an empty one, where it would.
    pub fn place(&self, field: &Field<'_>) -> Place {
        Place::new(self.header.source, field.start..field.end.max(field.start + 1))
    }

    /// Where a row stands.
    pub fn row_place(&self, fields: &[Field<'_>]) -> Place {
        self.header.row_place(fields)
    }

    /// Reads the next row into `fields`, one for each column; `false` at the end. Rows that are none are reported and left
    /// out.
    pub fn next_into(&mut self, fields: &mut Vec<Field<'t>>) -> bool {
        loop {
            let Some(read) = self.records.next_into(fields) else {
                self.report_empty_rows();
                self.report_skipped();
                self.kept.report(self.cx, self.name);
                return false;
            };
            if let Err(slip) = read {
                self.cx.sink.push(told(self.header.source, &slip));
                self.is_sound = false;
                continue;
            }
            if is_blank(fields) {
                let place = self.row_place(fields);
                self.empty.get_or_insert((place, 0)).1 += 1;
                continue;
            }
            if let Some((what, help)) = self.no_row(fields) {
                let finding = Finding::error("no-row", self.row_place(fields), what.to_string()).about("no row");
                self.cx.sink.push(finding.help(help));
                self.is_sound = false;
                continue;
            }
            if fields.len() != self.header.columns.len() {
                self.report_width(fields);
                self.is_sound = false;
                continue;
            }
            if !self.kept.keeps(fields) {
                continue;
            }
            if self.skips_empty && self.filled.iter().any(|&column| fields[column].text.is_empty()) {
                let place = self.row_place(fields);
                self.skipped.get_or_insert((place, 0)).1 += 1;
                continue;
            }
            self.is_sound &= self.check_unnamed(fields);
            if self.swallows_rows(fields) || self.is_total(fields) {
                self.is_sound = false;
                continue;
            }
            self.rows += 1;
            return true;
        }
    }

    /// The error about a file without any row that is read.
    pub fn without_rows(&self) -> Finding {
        let message = match self.kept.has_looked() {
            true => format!("`where` leaves out every row of {}", self.name),
            false => format!("{} has a header but no rows", self.name),
        };
        Finding::error("empty-table", self.header.whole(), message)
    }

    /// A spreadsheet keeps rows that once held something.
    fn report_empty_rows(&self) {
        let Some((place, count)) = self.empty else { return };
        let message = match count {
            1 => format!("a row of {} holds no value; it is left out", self.name),
            n => format!("{} rows of {} hold no value, the first here; they are left out", grouped(n), self.name),
        };
        let finding = Finding::warning("empty-rows", place, message).about("rows");
        self.cx.sink.push(finding.help("delete such rows in the spreadsheet, and save the file again"));
    }

    /// Tells of rows that were left out as they lack a value.
    fn report_skipped(&self) {
        let Some((place, count)) = self.skipped else { return };
        let names: Vec<&str> = self.filled.iter().map(|&column| &*self.header.columns[column].text).collect();
        let rows = if count == 1 { "a row lacks".to_string() } else { format!("{} rows lack", grouped(count)) };
        let message = format!("{rows} {}, the first here; left out, as `empty = \"skip\"` says", names.join(" or "));
        self.cx.sink.push(Finding::warning("skipped-rows", place, message).about("rows"));
    }

    /// What a record is that is plainly no row, and how to mend that: the header once more, where several exports were put
    /// together, or the line that a database draws below it.
    fn no_row(&self, fields: &[Field<'_>]) -> Option<(&'static str, &'static str)> {
        let is_line = |field: &Field<'_>| field.text.bytes().all(|byte| b"-=+:_".contains(&byte));
        if fields.len() > 1 && fields.iter().all(is_line) && fields.iter().any(|field| field.text.len() > 1) {
            return Some(("this line of dashes is no row", "take it out of the file"));
        }
        let columns = &self.header.columns;
        let is_header = fields.len() > 1
            && fields.len() == columns.len()
            && fields.iter().zip(columns).all(|(a, b)| a.text == b.text);
        is_header.then_some((
            "this is the header once more, not a row",
            "take the line out of the file; where exports were put together, only the first keeps its header",
        ))
    }

    /// Reports a record with more or fewer fields than the header.
    fn report_width(&self, fields: &[Field<'_>]) {
        let columns = &self.header.columns;
        let (found, wanted) = (fields.len(), columns.len());
        let plural = if found == 1 { "" } else { "s" };
        let message = format!("this row has {} field{plural}, the header has {}", grouped(found), grouped(wanted));
        let finding = Finding::error("field-count", self.header.row_place(fields), message).about("fields");
        let is_empty = |field: &Field<'_>| field.text.is_empty();
        let finding = if found > wanted && fields[wanted..].iter().all(is_empty) {
            finding.help(
                "it ends with a separator that the header does not end with: take that out of it, or add it there",
            )
        } else if found > wanted {
            finding.help("put quotes around a value that holds a separator")
        } else if columns[found..].iter().all(is_empty) {
            finding.help("the header ends with a separator that this row does not end with: take it out there")
        } else {
            let lacking: Vec<&str> = columns[found..].iter().map(|column| &*column.text).collect();
            let finding = finding.note(format!("nothing for {}", lacking.join(", ")));
            if found == 1 && wanted > 2 {
                finding
                    .help("take it out of the file if it is a note; an empty value of a row still needs its separator")
            } else {
                finding.help("an empty value still needs its separator")
            }
        };
        self.cx.sink.push(finding);
    }

    /// Reports values below a column without a name; returns whether there are none.
    fn check_unnamed(&self, fields: &[Field<'_>]) -> bool {
        let mut unnamed = self.header.unnamed.iter().filter(|&&column| !fields[column].text.is_empty()).peekable();
        let is_sound = unnamed.peek().is_none();
        for &column in unnamed {
            let message = "this value stands in a column without a name".to_string();
            let finding = Finding::error("unnamed-column", self.place(&fields[column]), message).about("unnamed");
            self.cx.sink.push(finding.help("name the column in the header, or empty it"));
        }
        is_sound
    }

    /// Tells of a value over several lines that look like rows: the quote before it may be closed by that of another value.
    /// Returns whether it stands in a column that is read, so that the row cannot be meant as it is.
    fn swallows_rows(&mut self, fields: &[Field<'_>]) -> bool {
        let columns = self.header.columns.len();
        let row = fields.first().map_or(0, |field| field.start)..fields.last().map_or(0, |field| field.end);
        if columns <= 2 || !self.text.as_bytes()[row].contains(&b'\n') {
            return false;
        }
        for (column, field) in fields.iter().enumerate().filter(|(_, field)| field.text.contains('\n')) {
            let lines = self.text[field.start..field.end].split('\n').skip(1);
            let count = lines.filter(|line| self.records.count_separators(line) + 1 >= columns).count();
            if count == 0 {
                continue;
            }
            let place = Place::new(self.header.source, field.start..field.start + 1);
            let (what, them) =
                if count == 1 { ("a line that looks like a row", "it") } else { ("lines that look like rows", "them") };
            let message = format!("this value goes on over {what}; nothing is read from {them}");
            let is_read = self.known[column];
            let finding = if is_read { Finding::error } else { Finding::warning };
            let finding = finding("swallowed-rows", place, message).about("quotes");
            self.cx.sink.push(finding.help("see whether its closing quote is missing on this line"));
            if is_read {
                return true;
            }
        }
        false
    }

    /// Whether a row is the sum below a table or a note there, which is reported. Where it can be read as a row all the same,
    /// it is, with a warning.
    fn is_total(&self, fields: &[Field<'_>]) -> bool {
        let lacks = self.filled.iter().any(|&column| fields[column].text.is_empty());
        let gaps = || fields.iter().filter(|field| field.text.is_empty()).count();
        let Some(column) = fields.iter().position(|field| is_total(&field.text)) else {
            // A line that the export adds of its own: "End of report", "(12 rows)", a sum that nobody named.
            let is_note = lacks && fields.len() > 3 && 2 * gaps() > fields.len();
            if is_note {
                let message = "most of this row is empty: it looks like a note or a total, not like a row".to_string();
                let names: Vec<&str> = self.filled.iter().map(|&column| &*self.header.columns[column].text).collect();
                let help = format!("take the row out of the file, or fill in {} if it is one", listed(&names));
                let finding = Finding::error("total-row", self.row_place(fields), message).about("note");
                self.cx.sink.push(finding.help(help));
            }
            return is_note;
        };
        let place = self.place(&fields[column]);
        let help = "take the row out of the file";
        if lacks {
            let message = "this row looks like a total, not like a row of its own".to_string();
            self.cx.sink.push(Finding::error("total-row", place, message).about("total").help(help));
        } else if !self.known[column] || (gaps() > 0 && self.is_last()) {
            let message = "this row looks like a total".to_string();
            let help = "if it is one, take it out of the file: it is read like any other";
            self.cx.sink.push(Finding::warning("total-row", place, message).about("total").help(help));
        }
        lacks
    }

    /// Whether no row follows that holds anything.
    fn is_last(&self) -> bool {
        let (mut records, mut fields) = (self.records.clone(), Vec::new());
        while let Some(read) = records.next_into(&mut fields) {
            if read.is_err() || !is_blank(&fields) {
                return false;
            }
        }
        true
    }
}

/// Gives columns the keys that they are, and finds those by which rows are left out.
fn rename<'t>(
    cx: &Context<'_>,
    number: u32,
    name: &str,
    fields: &mut [Field<'t>],
    reading: &'t Reading<'t>,
) -> Option<Vec<(usize, &'t Filter<'t>)>> {
    let header = Header::new(number, fields.to_vec());
    let position = |title: &str| header.columns.iter().position(|column| column.text == title);
    let mut is_sound = true;
    let mut filters = Vec::new();
    for filter in &reading.filters {
        match position(filter.column.key) {
            Some(column) => filters.push((column, filter)),
            None => {
                cx.sink.push(no_column(&filter.column, filter.column.key, name, &header).about("where"));
                is_sound = false;
            }
        }
    }
    for (title, key) in &reading.columns {
        match position(title) {
            Some(column) => fields[column].text = Cow::Owned(key.key.to_string()),
            None => {
                cx.sink.push(no_column(key, title, name, &header).about("columns"));
                is_sound = false;
            }
        }
    }
    is_sound.then_some(filters)
}

/// The error about a column that a file does not have.
pub fn no_column(item: &Item<'_>, name: &str, file: &str, header: &Header<'_>) -> Finding {
    let finding = item.error("missing-column", format!("{file} has no column \"{name}\""));
    let named = header.columns.iter().map(|field| &*field.text).filter(|name| !name.is_empty());
    finding.help_if(remedy(name, named)).expected(headers(header))
}

/// The names of a file's columns, as what is expected.
pub fn headers(header: &Header<'_>) -> String {
    let named = header.columns.iter().map(|field| &*field.text).filter(|name| !name.is_empty());
    // A header that is none may hold anything.
    let names: Vec<String> = named.clone().take(20).map(|name| name.chars().take(40).collect()).collect();
    let more = match named.count() - names.len() {
        0 => String::new(),
        more => format!(" and {} more", grouped(more)),
    };
    format!("one of its headers: {}{more}", names.join(", "))
}

/// The error about a slip of a quote or a line's end.
fn told(source: u32, slip: &Slip) -> Finding {
    let error =
        |message: &str| Finding::error("quotes", Place::new(source, slip.range()), message.into()).about("quotes");
    match slip {
        Slip::Unclosed(_) => error("a quote opens this value, and none closes it on its line or below")
            .help("close it with a quote; double a quote that belongs to the value: \"27\"\" screen\""),
        Slip::BehindQuote(_) => error("there is more behind the quote that closes this value")
            .help("double a quote that belongs to the value: \"27\"\" screen\""),
        Slip::LoneReturn(_) => error("this line holds a carriage return (CR) that no line feed follows")
            .help("save the file with line ends LF or CRLF: in a spreadsheet, as \"CSV UTF-8\""),
    }
}

/// The header of a table, ready to turn records into rows; a header with dots, such as `lead_time.gamma.mean`, names a
/// key within a key.
pub struct Header<'t> {
    source: u32,
    /// The columns, as fields.
    pub columns: Vec<Field<'t>>,
    /// Columns without a name, as spreadsheets append them.
    unnamed: Vec<usize>,
    nested: bool,
}

impl<'t> Header<'t> {
    fn new(source: u32, columns: Vec<Field<'t>>) -> Self {
        let nested = columns.iter().any(|column| column.text.contains('.'));
        let unnamed = (0..columns.len()).filter(|&column| columns[column].text.is_empty()).collect();
        Self { source, columns, unnamed, nested }
    }

    /// Reports columns that are there twice, or whose name leads too deep; returns whether all is well.
    fn check(&self, cx: &Context<'_>) -> bool {
        let mut seen = BTreeSet::new();
        let mut is_sound = true;
        for (i, column) in self.columns.iter().enumerate() {
            let error = |code, message| Finding::error(code, self.place(i), message).about(code);
            let depth = column.text.split('.').count();
            if depth > DEEPEST {
                let message = format!("the name of this column leads through {} keys", grouped(depth));
                let finding = error("unknown-key", message);
                cx.sink.push(finding.expected(format!("at most {DEEPEST}, such as `lead_time.gamma.mean`")));
                is_sound = false;
            } else if !column.text.is_empty() && !seen.insert(&column.text) {
                let finding = error("duplicate-column", format!("the column `{}` is there twice", column.text));
                cx.sink.push(finding.help("rename one of them, or take it out"));
                is_sound = false;
            }
        }
        is_sound
    }

    /// Whether a column's name leads deeper than any key lies.
    fn is_too_deep(&self) -> bool {
        self.columns.iter().any(|column| column.text.split('.').count() > DEEPEST)
    }

    /// Where a column's name stands.
    pub fn place(&self, column: usize) -> Place {
        Place::new(self.source, self.columns[column].start..self.columns[column].end)
    }

    /// Where the header stands.
    pub fn whole(&self) -> Place {
        self.row_place(&self.columns)
    }

    /// Where a record stands.
    fn row_place(&self, fields: &[Field<'_>]) -> Place {
        let end = fields.last().map_or(0, |field| field.end);
        Place::new(self.source, fields.first().map_or(0, |field| field.start)..end)
    }

    /// A record as a table; an empty field leaves its key out. A field whose key already has a value of another shape
    /// (`lead_time` beside `lead_time.gamma.mean`) is a clash.
    pub fn row(&self, fields: &[Field<'t>], clash: &mut dyn FnMut(Place)) -> Node<'t> {
        let mut row = Node { at: self.row_place(fields), value: Value::Table(Vec::with_capacity(fields.len())) };
        for (column, field) in fields.iter().enumerate().take(self.columns.len()) {
            if field.text.is_empty() {
                continue;
            }
            let at = Place::new(self.source, field.start..field.end);
            let node = Node { at, value: Value::Cell(field.text.clone()) };
            let name = &self.columns[column].text;
            if self.nested {
                if !insert(&mut row, name, self.place(column), node) {
                    clash(at);
                }
            } else if let Value::Table(entries) = &mut row.value {
                entries.push(Entry { key: name.clone(), key_at: self.place(column), node });
            }
        }
        row
    }
}

/// Puts a value under a dotted name, making the tables on the way; `false` where another value is in the way.
fn insert<'t>(table: &mut Node<'t>, name: &str, key_at: Place, node: Node<'t>) -> bool {
    let (head, rest) = match name.split_once('.') {
        Some((head, rest)) => (head, Some(rest)),
        None => (name, None),
    };
    let Value::Table(entries) = &mut table.value else { return false };
    let found = entries.iter().position(|entry| entry.key == head);
    let Some(rest) = rest else {
        if found.is_none() {
            entries.push(Entry { key: Cow::Owned(head.to_string()), key_at, node });
        }
        return found.is_none();
    };
    let position = found.unwrap_or_else(|| {
        let inner = Node { at: node.at, value: Value::Table(Vec::new()) };
        entries.push(Entry { key: Cow::Owned(head.to_string()), key_at, node: inner });
        entries.len() - 1
    });
    insert(&mut entries[position].node, rest, key_at, node)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dotted_headers_make_tables() {
        let text = "id,lead_time.gamma.mean,lead_time.gamma.cv\nacme,6d,0.5\n";
        let mut records = Records::new(text, Layout::default());
        let (mut header, mut fields) = (Vec::new(), Vec::new());
        records.next_into(&mut header).expect("a header").expect("no slip");
        records.next_into(&mut fields).expect("a row").expect("no slip");
        let row = Header::new(0, header).row(&fields, &mut |_| panic!("nothing clashes"));
        let gamma = row.entry("lead_time").and_then(|entry| entry.node.entry("gamma")).expect("a nested table");
        assert_eq!(gamma.node.entry("cv").expect("a column").node.shown(), "\"0.5\"");
    }
}
