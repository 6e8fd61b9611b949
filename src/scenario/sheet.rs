//! CSV files: fields with their places, and rows as trees.
//!
//! Written here rather than taken from a CSV library because a caret under a field needs the field's place in the
//! text. The format is RFC 4180: commas, quotes around what holds a comma, a quote (doubled) or a line break.

use super::source::Place;
use super::tree::{Entry, Node, Value};
use std::borrow::Cow;

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

/// Splits a text into records.
pub struct Records<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Records<'t> {
    /// The records of a text; a byte order mark before it is skipped.
    pub fn new(text: &'t str) -> Self {
        Self { text, at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 } }
    }

    /// Reads the next record that is not an empty line into `fields`; `false` at the end.
    pub fn next_into(&mut self, fields: &mut Vec<Field<'t>>) -> bool {
        let bytes = self.text.as_bytes();
        loop {
            fields.clear();
            if self.at >= bytes.len() {
                return false;
            }
            loop {
                let (field, end) = self.field(self.at);
                fields.push(field);
                self.at = end + 1;
                if bytes.get(end) != Some(&b',') {
                    break;
                }
            }
            if fields.len() > 1 || !fields[0].text.is_empty() {
                return true;
            }
        }
    }

    /// The field that starts at a byte, and the byte that ends it: a comma, a line feed or the end.
    fn field(&self, start: usize) -> (Field<'t>, usize) {
        let bytes = self.text.as_bytes();
        let first = start + bytes[start..].iter().take_while(|&&byte| byte == b' ' || byte == b'\t').count();
        if bytes.get(first) == Some(&b'"') {
            return self.quoted(first);
        }
        let length = bytes[first..].iter().position(|&byte| byte == b',' || byte == b'\n');
        let end = length.map_or(bytes.len(), |length| first + length);
        let text = self.text[first..end].trim();
        (Field { text: Cow::Borrowed(text), start: first, end: first + text.len() }, end)
    }

    fn quoted(&self, open: usize) -> (Field<'t>, usize) {
        let bytes = self.text.as_bytes();
        let mut doubled = false;
        let mut close = open + 1;
        loop {
            match bytes.get(close) {
                Some(b'"') if bytes.get(close + 1) == Some(&b'"') => {
                    doubled = true;
                    close += 2;
                }
                Some(b'"') | None => break,
                Some(_) => close += 1,
            }
        }
        let inner = &self.text[open + 1..close.min(bytes.len())];
        let text = if doubled { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) };
        let after = (close + 1).min(bytes.len());
        let rest = bytes[after..].iter().position(|&byte| byte == b',' || byte == b'\n');
        let end = rest.map_or(bytes.len(), |rest| after + rest);
        (Field { text, start: open, end: after }, end)
    }
}

/// Which row and column a stretch of bytes lies in, in words: ``row 4, column `price` ``. Rows count from 1 below
/// the header.
pub fn cell_name(text: &str, offset: usize, end: usize) -> Option<String> {
    let mut records = Records::new(text);
    let (mut header, mut fields) = (Vec::new(), Vec::new());
    if !records.next_into(&mut header) || offset <= header.last()?.end {
        return None;
    }
    let mut row = 0;
    while records.next_into(&mut fields) {
        row += 1;
        if offset > fields.last()?.end {
            continue;
        }
        let whole_row = offset == fields[0].start && fields.len() > 1 && end >= fields.last()?.end;
        let column = fields.iter().position(|field| offset <= field.end).and_then(|column| header.get(column));
        return Some(match column {
            Some(name) if !whole_row => format!("row {}, column `{}`", super::diagnostic::grouped(row), name.text),
            _ => format!("row {}", super::diagnostic::grouped(row)),
        });
    }
    None
}

/// The header of a table, ready to turn records into rows; a header with dots, such as `lead_time.gamma.mean`, names a
/// key within a key.
pub struct Header<'t> {
    source: u32,
    /// The columns, as fields.
    pub columns: Vec<Field<'t>>,
    nested: bool,
}

impl<'t> Header<'t> {
    /// A header from the fields of its record.
    pub fn new(source: u32, columns: Vec<Field<'t>>) -> Self {
        let nested = columns.iter().any(|column| column.text.contains('.'));
        Self { source, columns, nested }
    }

    /// Where a column's name stands.
    pub fn place(&self, column: usize) -> Place {
        Place::new(self.source, self.columns[column].start..self.columns[column].end)
    }

    /// Where the header stands.
    pub fn whole(&self) -> Place {
        let end = self.columns.last().map_or(0, |column| column.end);
        Place::new(self.source, self.columns.first().map_or(0, |column| column.start)..end)
    }

    /// Where a record stands.
    pub fn row_place(&self, fields: &[Field<'_>]) -> Place {
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

    fn all(text: &str) -> Vec<Vec<String>> {
        let (mut records, mut fields, mut out) = (Records::new(text), Vec::new(), Vec::new());
        while records.next_into(&mut fields) {
            out.push(fields.iter().map(|field| field.text.to_string()).collect());
        }
        out
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
        assert_eq!(all("\"open"), [["open"]]);
    }

    #[test]
    fn a_field_knows_where_it_stands() {
        let text = "id,price\nwhey, \"3\" \n";
        let mut records = Records::new(text);
        let mut fields = Vec::new();
        records.next_into(&mut fields);
        records.next_into(&mut fields);
        assert_eq!(&text[fields[1].start..fields[1].end], "\"3\"");
        assert_eq!(cell_name(text, fields[1].start, fields[1].end).as_deref(), Some("row 1, column `price`"));
        assert_eq!(cell_name(text, fields[0].start, fields[1].end).as_deref(), Some("row 1"));
        assert_eq!(cell_name(text, 0, 2), None);
    }

    #[test]
    fn dotted_headers_make_tables() {
        let text = "id,lead_time.gamma.mean,lead_time.gamma.cv\nacme,6d,0.5\n";
        let mut records = Records::new(text);
        let (mut header, mut fields) = (Vec::new(), Vec::new());
        records.next_into(&mut header);
        records.next_into(&mut fields);
        let row = Header::new(0, header).row(&fields, &mut |_| panic!("nothing clashes"));
        let gamma = row.entry("lead_time").and_then(|entry| entry.node.entry("gamma")).expect("a nested table");
        assert_eq!(gamma.node.entry("cv").expect("a column").node.shown(), "\"0.5\"");
    }
}
