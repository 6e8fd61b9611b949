//! How a CSV file is laid out (`separator`, `skip_rows`), and what to say where it is laid out otherwise than its author says.
//! A spreadsheet's habits are told in one sentence with the setting that copes with them, rather than as a list of columns that
//! are not there.

use super::context::Context;
use super::date::Moment;
use super::diagnostic::{grouped, listed};
use super::notation::parse_number;
use super::reader::Section;
use super::records::{Field, Layout, Records, SEPARATORS};
use super::report::Finding;
use super::source::{Place, SourceText};
use crate::domain::settings::kinds::MAX_SKIPPED_ROWS;

impl Section<'_> {
    /// How the file that the table names is laid out: its keys `separator` and `skip_rows`.
    pub fn layout(&self) -> Option<Layout> {
        let separator = match self.written("separator") {
            None => Some(Layout::default().separator),
            Some(item) => item.text().and_then(|text| {
                let known = SEPARATORS.iter().find(|(byte, _)| text.as_bytes() == [*byte]);
                if known.is_none() {
                    let message = format!("`separator` cannot be \"{}\"", text.escape_debug());
                    let finding = item.error("wrong-word", message);
                    let word = text.trim().to_lowercase();
                    let word = word.strip_suffix('s').unwrap_or(&word);
                    let named = [
                        ("tab", "\\t"),
                        ("\\t", "\\t"),
                        ("semicolon", ";"),
                        ("comma", ","),
                        ("bar", "|"),
                        ("pipe", "|"),
                    ];
                    let meant = named.iter().find(|(name, _)| *name == word);
                    let help = meant.map(|(name, sign)| {
                        let name = if *name == "\\t" { "tab" } else { name };
                        format!("a {name} is written `separator = \"{sign}\"`")
                    });
                    self.cx.sink.push(finding.expected("\",\", \";\", \"\\t\" (a tab) or \"|\"").help_if(help));
                }
                known.map(|(byte, _)| *byte)
            }),
        };
        let skip_rows = match self.written("skip_rows") {
            None => Some(0),
            Some(item) => item.whole(0, MAX_SKIPPED_ROWS).map(|lines| lines as usize),
        };
        Some(Layout { separator: separator?, skip_rows: skip_rows? })
    }
}

/// Which columns a reader looks for.
#[derive(Clone, Copy)]
pub struct Wanted<'w> {
    /// Those without which nothing can be read.
    pub needed: &'w [&'w str],
    /// Those that hold something in every row.
    pub filled: &'w [&'w str],
    /// Whether a column is one that is read.
    pub is_known: &'w dyn Fn(&str) -> bool,
}

impl Wanted<'_> {
    fn count_in(&self, columns: &[Field<'_>]) -> usize {
        columns.iter().filter(|column| (self.is_known)(&column.text)).count()
    }

    /// Whether every column is there that has to be.
    pub fn are_met(&self, columns: &[Field<'_>]) -> bool {
        self.needed.iter().all(|needed| columns.iter().any(|column| column.text == *needed))
    }
}

/// So many lines are searched for a header.
const SEARCHED: usize = 20;

/// Tells, where a header lacks what is needed, why that may be; returns whether anything was told. `columns` are what was
/// read as the header.
pub fn complain(
    cx: &Context<'_>,
    number: u32,
    source: &SourceText,
    columns: &[Field<'_>],
    wanted: Wanted<'_>,
    layout: Layout,
) -> bool {
    let place = |columns: &[Field<'_>]| {
        let end = columns.last().map_or(0, |column| column.end);
        Place::new(number, columns.first().map_or(0, |column| column.start)..end)
    };
    let name = &source.name;
    if let Some((what, help)) = other_kind(&source.text) {
        let finding = Finding::error("no-table", Place::whole(number), format!("{name} is {what}, not a table"));
        cx.sink.push(finding.help(help));
        return true;
    }
    let found = other_layout(&source.text, layout, wanted, wanted.count_in(columns));
    let first = columns.first().map_or("", |column| &*column.text).trim_matches('"').to_ascii_lowercase();
    if first.starts_with("sep=") && columns.len() <= 2 {
        let layout_meant = found.unwrap_or(Layout { skip_rows: layout.skip_rows + 1, ..layout });
        let message = format!("{name} begins with a `sep=` line, which only tells a spreadsheet how to open it");
        let help = format!("write {} beside `file`, or take the line out", settings(layout, layout_meant));
        cx.sink.push(Finding::error("separator", place(columns), message).help(help));
        return true;
    }
    if let Some(meant) = found {
        let (line, between) = (meant.skip_rows + 1, named(meant.separator));
        let message = if meant.skip_rows == layout.skip_rows {
            format!("{name} has {between} between its columns, not {}", named(layout.separator))
        } else if meant.separator == layout.separator {
            format!("the header of {name} stands on line {line}, not on line {}", layout.skip_rows + 1)
        } else {
            format!("the header of {name} stands on line {line}, and has {between} between its columns")
        };
        let (code, at) = if meant.skip_rows == layout.skip_rows {
            ("separator", place(columns))
        } else {
            // What stands there instead may be a row, and rows are not quoted.
            ("title-row", Place::whole(number))
        };
        let help = format!("write {} beside `file`", settings(layout, meant));
        cx.sink.push(Finding::error(code, at, message).help(help));
        return true;
    }
    if let [only] = columns
        && only.text.as_bytes().contains(&layout.separator)
    {
        let message = format!("the header of {name} stands within a single pair of quotes");
        let help = "save the file again as CSV: quotes stand around values, not around whole lines";
        cx.sink.push(Finding::error("quotes", place(columns), message).help(help));
        return true;
    }
    if let [only] = columns
        && let Some(&(separator, between)) = SEPARATORS
            .iter()
            .filter(|(byte, _)| only.text.as_bytes().contains(byte))
            .max_by_key(|(byte, _)| only.text.bytes().filter(|other| other == byte).count())
    {
        let message = format!("{name} has {between} between its columns, not {}", named(layout.separator));
        let help = format!("write {} beside `file`", settings(layout, Layout { separator, ..layout }));
        cx.sink.push(Finding::error("separator", Place::whole(number), message).help(help));
        return true;
    }
    let is_data = |column: &Field<'_>| parse_number(&column.text).is_some() || Moment::is_like(&column.text);
    if wanted.count_in(columns) == 0 && columns.iter().any(is_data) {
        // What stands there may be anybody's address: it is not quoted.
        let message = format!("{name} has no header: its first row holds values");
        let finding = Finding::error("no-header", Place::whole(number), message);
        cx.sink.push(
            finding.expected(format!("a first row that names the columns, among them {}", listed(wanted.needed))),
        );
        return true;
    }
    if columns.len() == 1 && wanted.needed.len() > 1 {
        let message = format!("{name} has a single column: its first line holds nothing that sets columns apart");
        let expected = "commas between the columns; with `separator` beside `file` semicolons, tabs or bars";
        cx.sink.push(Finding::error("separator", Place::whole(number), message).expected(expected));
        return true;
    }
    false
}

/// What a text is that is plainly no table, and what helps.
fn other_kind(text: &str) -> Option<(&'static str, &'static str)> {
    let start: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(200).collect();
    let start = start.to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        let help = "download the table itself; a page comes instead where one has to log in first";
        return Some(("a web page", help));
    }
    match start.chars().next()? {
        '<' => Some(("XML", "export it as CSV")),
        '{' | '[' if start.contains(['"', ':']) => Some(("JSON", "export it as CSV")),
        _ => None,
    }
}

fn named(separator: u8) -> &'static str {
    SEPARATORS.iter().find(|(byte, _)| *byte == separator).map_or("something else", |(_, name)| name)
}

/// The settings that change one layout into another, as they are written.
fn settings(from: Layout, to: Layout) -> String {
    let separator = match to.separator {
        b'\t' => "`separator = \"\\t\"`".to_string(),
        byte => format!("`separator = \"{}\"`", char::from(byte)),
    };
    let skip = format!("`skip_rows = {}`", grouped(to.skip_rows));
    match (from.separator != to.separator, from.skip_rows != to.skip_rows) {
        (true, true) => format!("{separator} and {skip}"),
        (true, false) => separator,
        _ => skip,
    }
}

/// The layout under which more of the wanted columns are found than a number, if there is one: among all separators and the
/// first lines. The nearest to what was asked for, where several do as well.
fn other_layout(text: &str, asked: Layout, wanted: Wanted<'_>, than: usize) -> Option<Layout> {
    let mut best: Option<(usize, Layout)> = None;
    let mut separators = SEPARATORS;
    separators.sort_by_key(|(byte, _)| *byte != asked.separator);
    let mut fields = Vec::new();
    for (separator, _) in separators {
        for skip_rows in 0..SEARCHED + asked.skip_rows {
            let layout = Layout { separator, skip_rows };
            let mut records = Records::new(text, layout);
            match text.as_bytes().get(records.at()) {
                None => break,
                // The lines before a header count, empty ones too.
                Some(b'\n' | b'\r') => continue,
                Some(_) => {}
            }
            if !matches!(records.next_into(&mut fields), Some(Ok(()))) {
                continue;
            }
            let count = wanted.count_in(&fields);
            let is_header = count >= 2 || (count > 0 && wanted.are_met(&fields));
            if is_header && count > best.map_or(than, |(count, _)| count) {
                best = Some((count, layout));
            }
        }
    }
    best.map(|(_, layout)| layout)
}
