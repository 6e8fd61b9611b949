//! An export as a table: its encoding, what stands between its columns and where its headers are found out, its rows handed on
//! one by one.
//!
//! Quotes are read as strictly as those of a scenario's tables: a quote that nothing closes would swallow orders.

use super::complaint::Complaint;
use super::fields::{Kind, normalised};
use crate::domain::phrase::{grouped, plural};
use crate::scenario::{
    Decoded, Field, RecordLayout, Records, SEPARATORS, Slip, decoded, encoding, is_blank, unpacked, unwrapped,
};

/// So many lines are searched for the headers.
const SEARCHED: usize = 40;
/// So many complaints about one file's rows are kept.
const KEPT: usize = 50;

/// What is said of a file; what is not is found out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'h> {
    /// The encoding's label.
    pub encoding: Option<&'h str>,
    /// What stands between its columns.
    pub separator: Option<u8>,
    /// The line of its headers, from 1.
    pub header_row: Option<usize>,
}

/// A table, its headers known.
#[derive(Clone, Debug)]
pub struct Table {
    /// The file, as it was named.
    pub name: String,
    /// Its headers.
    pub header: Vec<String>,
    /// The name of its encoding.
    pub encoding: &'static str,
    /// Whether nothing in the file says so.
    pub is_encoding_guessed: bool,
    /// What stands between its columns.
    pub separator: u8,
    /// The line of its headers, from 1.
    pub header_line: usize,
    text: String,
    layout: RecordLayout,
}

/// A row.
pub struct Row<'r> {
    /// Its line, from 1.
    pub line: usize,
    fields: &'r [Field<'r>],
}

impl Row<'_> {
    /// The cell of a column, without blanks and marks around it; empty where the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        let text = self.fields.get(column).map_or("", |field| field.text.trim());
        // What keeps a spreadsheet from taking a code for a number.
        match text.as_bytes().first() {
            Some(b'\'' | b'=') if text == "=\"\"" || text == "=\"\"\"\"" => "",
            Some(b'\'' | b'=') => unwrapped(text).map_or(text, str::trim),
            _ => text,
        }
    }

    /// How many of its cells hold something.
    fn filled(&self) -> usize {
        self.fields.iter().filter(|field| !field.text.trim().is_empty()).count()
    }
}

/// Rows that are none: how many, by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoRows {
    /// Nothing but separators.
    pub empty: usize,
    /// The headers once more, where exports were put together.
    pub headers: usize,
    /// Sums and notes below the table.
    pub totals: usize,
}

impl NoRows {
    /// What there is to tell of them, of a file of a kind.
    pub fn told(&self, kind: Kind) -> Option<String> {
        match self.totals {
            0 => None,
            1 => Some(format!("{kind}: 1 row is a total or a note below the table, left out.")),
            rows => Some(format!("{kind}: {} are totals or notes below the table, left out.", plural(rows, "row"))),
        }
    }
}

/// What a separator is called.
pub fn separator_name(separator: u8) -> &'static str {
    SEPARATORS.iter().find(|(byte, _)| *byte == separator).map_or("", |(_, name)| name)
}

impl Table {
    /// Reads a file's bytes. `is_known` says whether a header, normalised, is one that some layout has.
    pub fn open(
        name: &str,
        bytes: Vec<u8>,
        hints: Hints<'_>,
        is_known: impl Fn(&str) -> bool,
    ) -> Result<Self, Complaint> {
        let wrong = |why: String| Complaint::of(name, why);
        let bytes = unpacked(bytes).map_err(wrong)?;
        if let Some(kind) = no_table(&bytes) {
            return Err(wrong(format!("it is {kind}")).help("export it as CSV: in a spreadsheet, \"CSV UTF-8\""));
        }
        let given = hints.encoding.map(|label| {
            let unknown = || wrong(format!("there is no encoding \"{label}\""));
            encoding(label).ok_or_else(|| unknown().help("such as utf-8, windows-1252, utf-16le"))
        });
        let Decoded { mut text, encoding, is_guess } = decoded(bytes, given.transpose()?).map_err(wrong)?;
        if !text.contains('\n') {
            // As the first spreadsheets ended lines, and some still do.
            text = text.replace('\r', "\n");
        }
        let start = text.trim_start();
        if start.starts_with('<') || start.starts_with('{') || start.starts_with('[') {
            return Err(wrong("it is a web page, XML or JSON, not a table".into()).help("export it as CSV"));
        }
        let layout = find_header(&text, hints, is_known).ok_or_else(|| {
            let wrong = if text.trim().is_empty() {
                wrong("it is empty".into())
            } else if let Some(line) = in_one_pair_of_quotes(&text) {
                let what = "the header stands within a single pair of quotes, as do the rows";
                let help = "take away the quotes around whole lines; doubled quotes within them become single ones";
                return Complaint::at(name, line, what).help(help);
            } else {
                wrong("no row of headers is found in it".into())
            };
            wrong.help("--header-row N names its line, --separator what stands between its columns")
        })?;
        let mut fields = Vec::new();
        let mut records = Records::new(&text, layout);
        match records.next_into(&mut fields) {
            Some(Ok(())) => {}
            Some(Err(slip)) => return Err(slipped(name, layout.skip_rows + 1, &slip)),
            None => return Err(wrong("it is empty".into())),
        }
        let header_line = 1 + text[..fields[0].start].bytes().filter(|&byte| byte == b'\n').count();
        let mut header: Vec<String> = fields.iter().map(|field| plain(&field.text)).collect();
        while header.last().is_some_and(String::is_empty) {
            header.pop();
        }
        if let Some(other) = other_separator(&text, records.at(), &header, layout.separator) {
            let (of_headers, of_rows) = (separator_name(layout.separator), separator_name(other));
            let what = format!("the headers have {of_headers} between them, the row below has {of_rows}");
            let help = "write one of them throughout: a text editor replaces it in the row of headers";
            return Err(Complaint::at(name, header_line, what).help(help));
        }
        let table = Self {
            name: name.to_string(),
            header,
            encoding,
            is_encoding_guessed: is_guess,
            separator: layout.separator,
            header_line,
            layout,
            text,
        };
        Ok(table)
    }

    /// The headers, normalised.
    pub fn normalised_header(&self) -> Vec<String> {
        self.header.iter().map(|header| normalised(header)).collect()
    }

    /// Hands on every row, and tells of what is none and of what is wrong. `read` are the columns that hold what is read.
    pub fn each(&self, read: &[usize], mut take: impl FnMut(&Row<'_>)) -> (NoRows, Vec<Complaint>) {
        let mut records = Records::new(&self.text, self.layout);
        let (mut none, mut wrong) = (NoRows::default(), Vec::new());
        let (mut fields, mut lines) = (Vec::new(), Lines { text: &self.text, at: 0, line: 1 });
        let _ = records.next_into(&mut fields);
        loop {
            let from = records.at();
            let Some(record) = records.next_into(&mut fields) else { break };
            if let Err(slip) = record {
                wrong.push(slipped(&self.name, lines.of(slip.range().start.max(from)), &slip));
                if wrong.len() >= KEPT {
                    break;
                }
                continue;
            }
            let line = lines.of(fields.first().map_or(from, |field| field.start));
            if is_blank(&fields) {
                none.empty += 1;
                continue;
            }
            let row = Row { line, fields: &fields };
            if self.is_header(&fields) {
                none.headers += 1;
                continue;
            }
            if self.is_total(&row, read, self.text.get(records.at()..).is_none_or(|rest| rest.trim_start().is_empty()))
            {
                none.totals += 1;
                continue;
            }
            if let Some(found) = self.complaint(&row, read) {
                if wrong.len() < KEPT {
                    wrong.push(found);
                }
                continue;
            }
            take(&row);
        }
        (none, wrong)
    }

    /// What is wrong with a row as such.
    fn complaint(&self, row: &Row<'_>, read: &[usize]) -> Option<Complaint> {
        let wanted = self.header.len();
        if row.fields.iter().skip(wanted).any(|field| !field.text.trim().is_empty()) {
            let what =
                format!("this row has {} fields, the headers are {}", grouped(row.fields.len() as f64, 0), wanted);
            let help = "put quotes around a value that holds a separator; a value below no header has nowhere to go";
            return Some(Complaint::at(&self.name, row.line, what).help(help));
        }
        for (column, field) in
            row.fields.iter().enumerate().filter(|(_, field)| wanted > 2 && field.text.contains('\n'))
        {
            let looks_like_row = |line: &str| line.bytes().filter(|&byte| byte == self.separator).count() + 1 >= wanted;
            let swallowed = field.text.split('\n').skip(1).filter(|line| looks_like_row(line)).count();
            if swallowed > 0 && (read.contains(&column) || swallowed > 1) {
                let title = self.header.get(column).map_or("", String::as_str);
                let what = format!("the value below `{title}` goes on over {swallowed} lines that look like rows");
                return Some(
                    Complaint::at(&self.name, row.line, what).help("see whether its closing quote is missing"),
                );
            }
        }
        None
    }

    fn is_header(&self, fields: &[Field<'_>]) -> bool {
        self.header.len() > 1
            && fields.len() >= self.header.len()
            && self.header.iter().zip(fields).all(|(header, field)| *header == plain(&field.text))
    }

    /// Whether a row is the sum below a table, or a note there: nothing stands where a row has something.
    fn is_total(&self, row: &Row<'_>, read: &[usize], is_last: bool) -> bool {
        // Of two columns both are filled in below the table, too.
        let is_below = self.header.len() == 2 && is_last;
        if !is_below && (self.header.len() < 3 || row.filled() == self.header.len()) {
            return false;
        }
        const WORDS: [&str; 12] = [
            "total",
            "totals",
            "grand total",
            "subtotal",
            "sum",
            "summe",
            "gesamt",
            "somme",
            "suma",
            "totale",
            "average",
            "count",
        ];
        let first = row.fields.iter().map(|field| field.text.trim()).find(|text| !text.is_empty()).unwrap_or_default();
        let word = first.trim_end_matches(':').trim().to_lowercase();
        WORDS.contains(&word.as_str())
            || (!is_below
                && row.filled() == 1
                && read.iter().filter(|&&column| !row.cell(column).is_empty()).count() <= 1
                && {
                    let is_line = first.bytes().all(|byte| b"-=+_".contains(&byte));
                    let is_note = first.starts_with('(') || first.split(' ').count() > 3;
                    is_line || (is_note && !row.fields.first().is_some_and(|field| field.text.trim().is_empty()))
                })
    }
}

/// A header without what does not belong to it.
fn plain(header: &str) -> String {
    header.trim_start_matches('\u{feff}').trim().trim_matches('"').to_string()
}

/// The line of the first text where it and what follows stand whole within quotes: a table whose lines were quoted once more.
fn in_one_pair_of_quotes(text: &str) -> Option<usize> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let is_quoted = |line: &str| {
        let inner = line.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        inner.is_some_and(|inner| SEPARATORS.iter().any(|(byte, _)| inner.contains(char::from(*byte))))
    };
    let (first, line) = lines.next()?;
    (is_quoted(line) && lines.next().is_none_or(|(_, line)| is_quoted(line))).then_some(first + 1)
}

/// The separator of the row below the headers, where it is none of theirs and gives the row as many fields as there are headers.
fn other_separator(text: &str, at: usize, header: &[String], separator: u8) -> Option<u8> {
    let line = text.get(at..)?.lines().find(|line| !line.trim().is_empty())?;
    let fields = |byte: u8| line.bytes().filter(|&other| other == byte).count() + 1;
    if header.len() < 2 || fields(separator) > 1 {
        return None;
    }
    SEPARATORS.iter().map(|(byte, _)| *byte).find(|&byte| byte != separator && fields(byte) == header.len())
}

/// Counts lines as offsets go on.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, offset: usize) -> usize {
        if offset > self.at {
            self.line += self.text.as_bytes()[self.at..offset].iter().filter(|&&byte| byte == b'\n').count();
            self.at = offset;
        }
        self.line
    }
}

fn slipped(name: &str, line: usize, slip: &Slip) -> Complaint {
    let (what, help) = match slip {
        Slip::Unclosed(_) => (
            "a quote opens a value, and none closes it on its line or below",
            "close it, or double a quote that belongs to the value: \"27\"\" screen\"",
        ),
        Slip::BehindQuote(_) => (
            "there is more behind the quote that closes a value",
            "double a quote that belongs to the value: \"27\"\" screen\"",
        ),
        Slip::LoneReturn(_) => {
            ("a carriage return stands within the line", "save the file again with one kind of line ends")
        }
    };
    Complaint::at(name, line, what).help(help)
}

/// Files that are plainly no text.
fn no_table(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "a spreadsheet (.xlsx) or another packed file"),
        (&[0xd0, 0xcf, 0x11, 0xe0], "an old spreadsheet (.xls)"),
        (b"%PDF", "a PDF"),
        (b"PAR1", "a Parquet file"),
        (b"SQLite", "a database"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

/// Where the headers stand and what is between the columns: the line with most headers that some layout has; where none has
/// any, the first line of several columns.
fn find_header(text: &str, hints: Hints<'_>, is_known: impl Fn(&str) -> bool) -> Option<RecordLayout> {
    let separators =
        SEPARATORS.iter().map(|(byte, _)| *byte).filter(|byte| hints.separator.is_none_or(|given| given == *byte));
    let lines: Vec<usize> = match hints.header_row {
        Some(line) => vec![line.saturating_sub(1)],
        None => (0..SEARCHED).collect(),
    };
    let mut best: Option<((usize, usize), RecordLayout)> = None;
    let mut fields = Vec::new();
    for separator in separators {
        for &skip_rows in &lines {
            let layout = RecordLayout { separator, skip_rows };
            let mut records = Records::new(text, layout);
            match text.as_bytes().get(records.at()) {
                None => break,
                Some(b'\n' | b'\r') if hints.header_row.is_none() => continue,
                Some(_) => {}
            }
            if !matches!(records.next_into(&mut fields), Some(Ok(()))) {
                continue;
            }
            let first = fields[0].text.trim_start_matches('\u{feff}').to_ascii_lowercase();
            if fields.len() <= 2 && first.trim_matches('"').starts_with("sep=") {
                continue;
            }
            let named = fields.iter().filter(|field| is_known(&normalised(&field.text))).count();
            let filled = fields.iter().filter(|field| !field.text.trim().is_empty()).count();
            // Of lines without a known header the widest among the first is taken; of known ones, the one with most of them.
            let score = (named, if named > 0 || skip_rows == 0 { filled.min(64) } else { 0 });
            let counts = named > 0 || filled > 1 || hints.header_row.is_some();
            if counts && best.is_none_or(|(so_far, _)| score > so_far) {
                best = Some((score, layout));
            }
        }
    }
    best.map(|(_, layout)| layout)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Table, Complaint> {
        let known = ["order", "date", "product", "units", "zone", "note"];
        Table::open("x.csv", text.as_bytes().to_vec(), Hints::default(), |header| known.contains(&header))
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        let table = table(text).expect("a table");
        let mut rows = Vec::new();
        let all: Vec<usize> = (0..table.header.len()).collect();
        let (_, wrong) =
            table.each(&all, |row| rows.push(all.iter().map(|&column| row.cell(column).to_string()).collect()));
        assert!(wrong.is_empty(), "{wrong:?}");
        rows
    }

    #[test]
    fn headers_are_found_wherever_they_stand() {
        for text in [
            "order,date,product\n1,2026-05-14,A\n",
            "order;date;product\n1;2026-05-14;A\n",
            "order\tdate\tproduct\n1\t2026-05-14\tA\n",
            "sep=;\norder;date;product\n1;2026-05-14;A\n",
            "\n\norder,date,product\n1,2026-05-14,A\n",
            "Orders report, May 2026,,\n,,\norder,date,product\n1,2026-05-14,A\n",
            "order,date,product\r1,2026-05-14,A\r",
            "\u{feff}order,date,product\r\n1,2026-05-14,A\r\n,,\r\n,,\r\n",
            "order,date,product\n1,2026-05-14,A\nTotal,,1\n",
            "order,date,product\n1,2026-05-14,A\norder,date,product\n",
            "order,date,product,\n'1,2026-05-14,\"=\"\"A\"\"\"\n",
        ] {
            assert_eq!(cells(text), [["1", "2026-05-14", "A"]], "{text:?}");
        }
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let table = table("title\n\norder,date,note\n1,x,\"two\nlines\"\n2,y,z\n").expect("a table");
        let mut lines = Vec::new();
        table.each(&[0], |row| lines.push(row.line));
        assert_eq!((table.header_line, lines), (3, vec![4, 6]));
    }

    #[test]
    fn what_would_swallow_rows_is_told() {
        let wrong = |text: &str| {
            let (_, wrong) = table(text).expect("a table").each(&[0, 1, 2], |_| {});
            wrong.iter().map(|wrong| wrong.line).collect::<Vec<_>>()
        };
        assert_eq!(wrong("order,date,product\n1,x,\"A\n2,y,B\n"), [2]);
        assert_eq!(wrong("order,date,product\n1,x,\"27\" screen\n2,y,B\n"), [2]);
        assert_eq!(wrong("order,date,product\n1,x,\"A\n2,y,B\n3,z,\"\n"), [2]);
        assert_eq!(wrong("order,date,product\n1,x,A,9\n"), [2]);
        assert!(table("PK\u{3}\u{4}").is_err() && table("").is_err() && table("{\"a\": 1}").is_err());
    }
}
