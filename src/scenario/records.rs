//! A CSV text split into records, strictly: fields with their places, and every slip of a quote where it is.
//!
//! Written here rather than taken from a CSV library because a caret under a field needs the field's place in the
//! text, and because libraries read on over a quote that nobody closed: the rows behind it would be gone without a word.
//! The format is RFC 4180, with a separator of choice: quotes stand around what holds a separator, a quote (doubled) or a
//! line break.

use super::diagnostic::grouped;
use std::borrow::Cow;
use std::ops::Range;

/// How a file is laid out, as its author says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What stands between fields: one of [`SEPARATORS`].
    pub separator: u8,
    /// Lines above the header.
    pub skip_rows: usize,
}

/// What may stand between fields, with its name.
pub const SEPARATORS: [(u8, &str); 4] = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "bars (|)")];

impl Default for Layout {
    fn default() -> Self {
        Self { separator: b',', skip_rows: 0 }
    }
}

/// A field: its text, and the bytes it takes (quotes included).
#[derive(Clone, Debug)]
pub struct Field<'t> {
    /// The text, unquoted; blanks around unquoted text are not part of it.
    pub text: Cow<'t, str>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Whether a record holds no value: nothing but blanks, and control characters that old systems end a file with.
pub fn is_blank(fields: &[Field<'_>]) -> bool {
    fields.iter().all(|field| field.text.chars().all(|c| c.is_whitespace() || c.is_control()))
}

/// What keeps a record from being read, and where it stands on the line that is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slip {
    /// A field that opens with a quote which nothing closes.
    Unclosed(Range<usize>),
    /// A field with more text behind its closing quote.
    BehindQuote(Range<usize>),
    /// A carriage return without a line feed behind it.
    LoneReturn(Range<usize>),
}

impl Slip {
    /// Where it stands.
    pub fn range(&self) -> Range<usize> {
        match self {
            Self::Unclosed(range) | Self::BehindQuote(range) | Self::LoneReturn(range) => range.clone(),
        }
    }
}

/// Splits a text into records.
#[derive(Clone)]
pub struct Records<'t> {
    text: &'t str,
    at: usize,
    separator: u8,
}

impl<'t> Records<'t> {
    /// The records of a text, below the lines that its layout skips; a byte order mark before it is skipped too.
    pub fn new(text: &'t str, layout: Layout) -> Self {
        let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        for _ in 0..layout.skip_rows {
            at = next_line(text, at);
        }
        Self { text, at, separator: layout.separator }
    }

    /// Where the next record begins; the length of the text, or more, at its end.
    pub fn at(&self) -> usize {
        self.at
    }

    /// How many separators stand in a line.
    pub fn count_separators(&self, line: &str) -> usize {
        line.bytes().filter(|&byte| byte == self.separator).count()
    }

    /// Reads the next record that is not an empty line into `fields`; `None` at the end.
    ///
    /// # Errors
    /// A slip, with the fields before it in `fields`. The next record is then looked for on the line below it.
    pub fn next_into(&mut self, fields: &mut Vec<Field<'t>>) -> Option<Result<(), Slip>> {
        let bytes = self.text.as_bytes();
        loop {
            fields.clear();
            if self.at >= bytes.len() {
                return None;
            }
            loop {
                let end = match self.plain_field(self.at, fields) {
                    Some(end) => end,
                    None => match self.field(self.at) {
                        Ok((field, end)) => {
                            fields.push(field);
                            end
                        }
                        Err(slip) => {
                            // Never the same line again: each slip takes at least the byte it stands on.
                            self.at = next_line(self.text, slip.range().start.max(self.at));
                            return Some(Err(slip));
                        }
                    },
                };
                match bytes.get(end) {
                    Some(&byte) if byte == self.separator => self.at = end + 1,
                    Some(b'\r') if bytes.get(end + 1) != Some(&b'\n') => {
                        self.at = end + 1;
                        return Some(Err(Slip::LoneReturn(end..end + 1)));
                    }
                    Some(b'\r') => {
                        self.at = end + 2;
                        break;
                    }
                    _ => {
                        self.at = end + 1;
                        break;
                    }
                }
            }
            if fields.len() > 1 || fields[0].end > fields[0].start {
                return Some(Ok(()));
            }
        }
    }

    /// Reads the field that starts at a byte if it begins and ends with a letter, a digit or a sign that is no quote, as nearly all
    /// do: there are no blanks around it. Returns the byte that ends it.
    fn plain_field(&self, start: usize, fields: &mut Vec<Field<'t>>) -> Option<usize> {
        let first = self.text.as_bytes().get(start)?;
        if !first.is_ascii_graphic() || *first == b'"' {
            return None;
        }
        let end = self.end_of_field(start);
        let text = &self.text[start..end];
        if !text.as_bytes().last()?.is_ascii_graphic() {
            return None;
        }
        fields.push(Field { text: Cow::Borrowed(text), start, end });
        Some(end)
    }

    /// The field that starts at a byte, and the byte that ends it: a separator, a line's end or the text's.
    fn field(&self, start: usize) -> Result<(Field<'t>, usize), Slip> {
        let first = self.behind_blanks(start);
        if self.text.as_bytes().get(first) == Some(&b'"') {
            return self.quoted(first);
        }
        let end = self.end_of_field(start);
        let whole = &self.text[start..end];
        let text = whole.trim();
        let start = start + (whole.len() - whole.trim_start().len());
        Ok((Field { text: Cow::Borrowed(text), start, end: start + text.len() }, end))
    }

    fn quoted(&self, open: usize) -> Result<(Field<'t>, usize), Slip> {
        let bytes = self.text.as_bytes();
        let mut doubled = false;
        let mut close = open + 1;
        loop {
            match bytes.get(close) {
                Some(b'"') if bytes.get(close + 1) == Some(&b'"') => {
                    doubled = true;
                    close += 2;
                }
                Some(b'"') => break,
                Some(_) => close += 1,
                None => return Err(Slip::Unclosed(open..self.end_of_field(open))),
            }
        }
        let inner = &self.text[open + 1..close];
        let end = self.behind_blanks(close + 1);
        if let Some(&byte) = bytes.get(end)
            && byte != self.separator
            && !matches!(byte, b'\n' | b'\r')
        {
            // The quote of another field further down is none that closes this one.
            let is_elsewhere = inner.contains(['\n', '\r']);
            let range = open..self.end_of_field(if is_elsewhere { open } else { end });
            return Err(if is_elsewhere { Slip::Unclosed(range) } else { Slip::BehindQuote(range) });
        }
        let text = if doubled { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) };
        Ok((Field { text, start: open, end: close + 1 }, end))
    }

    /// The first byte from one on that is no blank; tabs that set fields apart are none.
    fn behind_blanks(&self, start: usize) -> usize {
        let is_blank = |byte: u8| byte == b' ' || (byte == b'\t' && self.separator != b'\t');
        start + self.text.as_bytes()[start..].iter().take_while(|&&byte| is_blank(byte)).count()
    }

    /// Where a field without quotes ends.
    fn end_of_field(&self, start: usize) -> usize {
        let is_end = |&byte: &u8| byte == self.separator || byte == b'\n' || byte == b'\r';
        let rest = &self.text.as_bytes()[start..];
        start + rest.iter().position(is_end).unwrap_or(rest.len())
    }
}

/// Where the line behind the one that holds a byte begins; else the text's end.
fn next_line(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let Some(length) = bytes[at.min(bytes.len())..].iter().position(|&byte| byte == b'\n' || byte == b'\r') else {
        return bytes.len();
    };
    let end = at + length;
    end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 }
}

/// What a stretch of a file is, to those who look at it in a spreadsheet.
pub enum Spot {
    /// The header, or what stands above it.
    Header,
    /// A row as a whole: `row 4`, counted from 1 below the header; one that holds nothing has no number.
    Row(Option<String>),
    /// A field, by row and column: ``row 4, column `price` ``; and the bytes that are the field.
    Field(String, Range<usize>),
}

/// What a stretch of a file is.
pub fn spot(text: &str, layout: Layout, offset: usize, end: usize) -> Spot {
    let mut records = Records::new(text, layout);
    let (mut header, mut fields) = (Vec::new(), Vec::new());
    if records.next_into(&mut header).is_none() || offset < records.at() {
        return Spot::Header;
    }
    let mut row = 0;
    while let Some(read) = records.next_into(&mut fields) {
        let is_empty = read.is_ok() && is_blank(&fields);
        row += usize::from(!is_empty);
        if offset >= records.at() && records.at() < text.len() {
            continue;
        }
        if is_empty {
            return Spot::Row(None);
        }
        let name = format!("row {}", grouped(row));
        // Of a record with another number of fields nobody knows which they are.
        let is_whole = fields.len() != header.len()
            || (fields.len() > 1 && offset == fields[0].start && fields.last().is_some_and(|last| end >= last.end));
        let column = match &read {
            Ok(()) => fields.iter().position(|field| offset <= field.end),
            Err(_) => Some(fields.len()),
        };
        let (Some(column), false) = (column, is_whole && read.is_ok()) else { return Spot::Row(Some(name)) };
        let range = match read {
            // A quote too many may have made several rows of one field: no more is shown than would be without it.
            Ok(()) if fields[column].text.contains('\n') => {
                fields[column].start..records.end_of_field(fields[column].start)
            }
            Ok(()) => fields[column].start..fields[column].end,
            Err(Slip::LoneReturn(_)) => return Spot::Row(Some(name)),
            Err(slip) => slip.range(),
        };
        return match header.get(column) {
            Some(title) => Spot::Field(format!("{name}, column `{}`", title.text), range),
            None => Spot::Field(name, range),
        };
    }
    Spot::Header
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records as lists of texts; of one with a slip the slip.
    fn all_of(text: &str, layout: Layout) -> Vec<Result<Vec<String>, Slip>> {
        let (mut records, mut fields, mut out) = (Records::new(text, layout), Vec::new(), Vec::new());
        while let Some(read) = records.next_into(&mut fields) {
            out.push(read.map(|()| fields.iter().map(|field| field.text.to_string()).collect()));
        }
        out
    }

    fn all(text: &str) -> Vec<Vec<String>> {
        all_of(text, Layout::default()).into_iter().map(|record| record.expect("no slip")).collect()
    }

    fn slips(text: &str) -> Vec<(&'static str, &str)> {
        let told = |slip: Slip| match slip {
            Slip::Unclosed(range) => ("unclosed", &text[range]),
            Slip::BehindQuote(range) => ("behind", &text[range]),
            Slip::LoneReturn(range) => ("return", &text[range.start..]),
        };
        all_of(text, Layout::default()).into_iter().filter_map(Result::err).map(told).collect()
    }

    #[test]
    fn fields_are_split_as_rfc_4180_says() {
        assert_eq!(all("a,b\n1, 2 \n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(
            all("\u{feff}a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\r\n\r\n3,\r\n"),
            [["a", "b"], ["x, y", "say \"hi\""], ["3", ""]]
        );
        assert_eq!(all("a\n\"two\nlines\"\n"), [["a"], ["two\nlines"]]);
        assert_eq!(all(",\n"), [["", ""]]);
        assert_eq!(all("a\n\"\"\n\nb"), [["a"], [""], ["b"]], "an empty text is a field, an empty line is none");
        assert_eq!(all("27\" screen,=\"\"A\"\"\n"), [["27\" screen", "=\"\"A\"\""]], "a quote within text is a letter");
        assert_eq!(all("\u{a0}a \u{a0},\"b\" \n"), [["a", "b"]]);
    }

    #[test]
    fn separators_and_lines_above_the_header_are_as_the_layout_says() {
        let layout = |separator: u8, skip_rows| Layout { separator, skip_rows };
        let read = |text: &str, layout| {
            all_of(text, layout).into_iter().map(|record| record.expect("no slip")).collect::<Vec<_>>()
        };
        assert_eq!(read("a;b\n1,5;\"2;3\"\n", layout(b';', 0)), [["a", "b"], ["1,5", "2;3"]]);
        assert_eq!(read("a\tb\n\t2\n", layout(b'\t', 0)), [["a", "b"], ["", "2"]]);
        assert_eq!(read("\u{feff}Title, \"of\n\ra,b\r\n1,2\n", layout(b',', 2)), [["a", "b"], ["1", "2"]]);
        assert_eq!(read("a\n", layout(b',', 9)), [[""; 0]; 0]);
    }

    #[test]
    fn a_slip_is_told_on_its_line_and_the_next_line_is_read() {
        assert_eq!(slips("a,b\n1,\"x\n2,y\n"), [("unclosed", "\"x")]);
        assert_eq!(slips("a,b\n1,\"x\n2,\"y\"\n"), [("unclosed", "\"x")]);
        assert_eq!(slips("a,b\n\"27\" screen,2\n"), [("behind", "\"27\" screen")]);
        assert_eq!(slips("a\r1\r2"), [("return", "\r1\r2"), ("return", "\r2")]);
        let read = all_of("a,b\n1,\"x\n2,\"y\"\n3,\"z\"z\n4,w\n", Layout::default());
        let sound: Vec<_> = read.into_iter().filter_map(Result::ok).collect();
        assert_eq!(sound, [["a", "b"], ["2", "y"], ["4", "w"]]);
    }

    #[test]
    fn a_field_knows_where_it_stands() {
        let text = "id,price\nwhey, \"3\" \n\u{a0}pea,4\n";
        let (mut records, mut fields) = (Records::new(text, Layout::default()), Vec::new());
        for _ in 0..2 {
            records.next_into(&mut fields);
        }
        assert_eq!(&text[fields[1].start..fields[1].end], "\"3\"");
        records.next_into(&mut fields);
        assert_eq!(&text[fields[0].start..fields[0].end], "pea");
    }

    #[test]
    fn every_text_is_read_to_its_end() {
        let tokens = ["\r", "\n", "\"", ",", "a", " ", "\u{feff}"];
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            texts = texts.iter().flat_map(|text| tokens.map(|token| format!("{text}{token}"))).collect();
            for text in &texts {
                // A record takes at least a byte.
                assert!(all_of(text, Layout::default()).len() <= text.len(), "{text:?}");
            }
        }
    }

    fn named(text: &str, layout: Layout, blamed: &str) -> Option<String> {
        let start = text.find(blamed).expect("it is there");
        match spot(text, layout, start, start + blamed.len()) {
            Spot::Header => None,
            Spot::Row(name) => name,
            Spot::Field(name, range) => Some(format!("{name}: {}", &text[range])),
        }
    }

    #[test]
    fn a_spot_is_named_by_row_and_column() {
        let text = "Title\nid;price\n\nwhey;\"3\"\n;\npea;\"4\" x\nsoy;\"5\n";
        let layout = Layout { separator: b';', skip_rows: 1 };
        let named = |blamed| named(text, layout, blamed);
        assert_eq!(named("Title"), None);
        assert_eq!(named("price"), None);
        assert_eq!(named("\"3\"").as_deref(), Some("row 1, column `price`: \"3\""));
        assert_eq!(named("whey;\"3\"").as_deref(), Some("row 1"));
        assert_eq!(named("\"4\"").as_deref(), Some("row 2, column `price`: \"4\" x"));
        assert_eq!(named("\"5").as_deref(), Some("row 3, column `price`: \"5"));
        let text = "id,price,note\n\"whey,3,x\npea\",4,y\nsoy,5\n";
        let named = |blamed| self::named(text, Layout::default(), blamed);
        assert_eq!(named("\"whey").as_deref(), Some("row 1, column `id`: \"whey"), "not the rest of its row");
        assert_eq!(named("soy").as_deref(), Some("row 2"), "nobody knows which column it is");
    }
}
