//! TOML as text: what is not TOML, said in a planner's words; the rest as a tree.

use super::diagnostic::grouped;
use super::notation;
use super::parts::{Fault, Kind, Part, closing, header_name, parts};
use super::report::{Finding, Sink};
use super::source::{Place, SourceText};
use super::suggest::{disguised, told_apart, undisguised};
use super::tree::{Node, from_toml};
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Reading a text once more shows what the slips hid that were just cut out of it. No text that was met needed more than
/// three readings; after so many, the rest is given up.
const READINGS: usize = 8;

/// The tree of a scenario's text. What is not TOML is reported and cut out, and the rest, kept in `legible`, is read as if
/// it had never been there; also returned is which findings may then only be consequences.
pub fn parse<'t>(
    number: u32,
    source: &'t SourceText,
    legible: &'t OnceCell<String>,
    sink: &Sink,
) -> (Node<'t>, Option<Doubts>) {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let tree = |table: DeTable<'t>| from_toml(table, Place::whole(number), 0);
    if errors.is_empty() {
        return (tree(table.into_inner()), None);
    }
    let text = with_line_feeds(number, source, sink);
    let parts = parts(&text);
    let mut cut = Cut { number, source, sink, tables: tables(&parts), parts, text, stretches: Vec::new() };
    cut.out_all();
    let doubts = Doubts { number, stretches: merged(cut.stretches) };
    let (table, _) = DeTable::parse_recoverable(legible.get_or_init(|| cut.text));
    (tree(table.into_inner()), Some(doubts))
}

/// For each part the parts of the table it stands in, header included; above the first header each stands alone.
fn tables(parts: &[Part]) -> Vec<Range<usize>> {
    let mut tables: Vec<Range<usize>> = Vec::with_capacity(parts.len());
    let headers = (0..parts.len()).filter(|&index| parts[index].kind == Kind::Header);
    let mut start = 0;
    for end in headers.chain([parts.len()]) {
        let is_table = parts.get(start).is_some_and(|part| part.kind == Kind::Header);
        tables.extend((start..end).map(|index| if is_table { start..end } else { index..index + 1 }));
        start = end;
    }
    tables
}

/// The text with every carriage return that stands alone made a line feed, as its author meant it; told once.
fn with_line_feeds(number: u32, source: &SourceText, sink: &Sink) -> String {
    let mut text = source.text.clone();
    let alone: Vec<usize> = source.lone_returns().collect();
    let Some(&first) = alone.first() else { return text };
    for &at in &alone {
        text.replace_range(at..=at, "\n");
    }
    let lines = match alone.len() {
        1 => String::new(),
        2 => ", and so does another one".to_string(),
        n => format!(", and so do {} others", grouped(n - 1)),
    };
    let message = format!("this line ends with a carriage return alone (CR){lines}");
    let finding = Finding::error("syntax", Place::new(number, first..first + 1), message);
    sink.push(finding.help("save the file with line ends LF (Unix) or CRLF (Windows)"));
    text
}

/// The same stretches in order, none of which meets another.
fn merged(mut stretches: Vec<Range<usize>>) -> Vec<Range<usize>> {
    stretches.sort_by_key(|stretch| stretch.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for stretch in stretches {
        match merged.last_mut() {
            Some(last) if stretch.start <= last.end => last.end = last.end.max(stretch.end),
            _ => merged.push(stretch),
        }
    }
    merged
}

/// Where a text is not what its author meant.
#[derive(Debug)]
pub struct Doubts {
    number: u32,
    /// The tables, and above the first header the statements, that something was cut out of; in order and apart.
    stretches: Vec<Range<usize>>,
}

impl Doubts {
    /// Whether a finding holds, whatever was meant: it is about a value itself, and stands where nothing was cut out.
    /// What something lacks, or does not fit to, may just be what cannot be read.
    pub fn let_stand(&self, place: Place, code: &'static str) -> bool {
        let by_itself = matches!(
            code,
            "wrong-type"
                | "wrong-word"
                | "out-of-range"
                | "not-whole"
                | "not-finite"
                | "bad-duration"
                | "bad-date"
                | "bad-distribution"
                | "bad-path"
                | "unknown-key"
                | "duplicate-id"
                | "unreadable-file"
                | "separator"
                | "duplicate-column"
                | "field-count"
        );
        let (start, end) = (place.start as usize, place.end.max(place.start + 1) as usize);
        let next = self.stretches.partition_point(|stretch| stretch.end <= start);
        let meets = self.stretches.get(next).is_some_and(|stretch| stretch.start < end);
        code == "syntax" || (by_itself && (place.source != self.number || !meets))
    }
}

/// A text that is no TOML, out of which is cut what keeps it from being so.
struct Cut<'t> {
    number: u32,
    source: &'t SourceText,
    sink: &'t Sink,
    parts: Vec<Part>,
    /// For each part the parts of its table.
    tables: Vec<Range<usize>>,
    /// The text with spaces where something was cut out, so that places stay the same.
    text: String,
    /// Where findings are in doubt.
    stretches: Vec<Range<usize>>,
}

impl Cut<'_> {
    /// Tells and cuts out all that is not TOML.
    fn out_all(&mut self) {
        if let Some(format) = other_format(&self.text) {
            let message = format!("this is {format}, and a scenario is TOML");
            let finding = Finding::error("syntax", Place::whole(self.number), message);
            self.sink.push(finding.help("write tables as `[run]` with lines `key = value` below, rows as `[[zones]]`"));
            self.blank(0..self.text.len());
            return self.stretches.push(0..self.text.len());
        }
        // A header or line that cannot be read takes along all that follows in its table: nobody knows where that belongs.
        let mut homeless = 0;
        for index in 0..self.parts.len() {
            let is_faulty = self.tell_if_faulty(index);
            if is_faulty && index >= homeless && self.parts[index].kind != Kind::Statement {
                homeless = self.end_of_table(index);
            }
            if is_faulty || index < homeless {
                self.out(index..index + 1);
            }
        }
        // What is left goes wrong only together, such as a key given twice, or stands between the parts.
        let namesakes = self.namesakes();
        for _ in 0..READINGS {
            let Some(errors) = errors(&self.text) else { return };
            let cut_out: usize = errors.iter().map(|error| self.out_by_error(error, &namesakes)).sum();
            if cut_out == 0 {
                break;
            }
        }
        let Some(errors) = errors(&self.text) else { return };
        let finding = explain(self.number, self.source, errors[0].0.clone(), &errors[0].1);
        self.sink.push(finding.note("more may follow once this is mended"));
        self.blank(0..self.text.len());
        self.stretches.push(0..self.text.len());
    }

    /// Tells what is wrong with a part by itself; returns whether anything is.
    fn tell_if_faulty(&self, index: usize) -> bool {
        if let Some(fault) = self.parts[index].fault {
            self.tell_fault(fault, index);
            return true;
        }
        let Some(errors) = self.errors_of(index) else { return false };
        match self.parts[index].kind {
            Kind::Header => self.tell_header(index, &errors[0]),
            Kind::Neither => self.tell(&errors[0]),
            Kind::Statement => self.tell_statement(&errors),
        }
        true
    }

    /// What is wrong with a part by itself.
    fn errors_of(&self, index: usize) -> Option<Vec<Error>> {
        let range = &self.parts[index].range;
        let shifted = |(span, what): Error| (span.start + range.start..span.end + range.start, what);
        Some(errors(&self.text[range.clone()])?.into_iter().map(shifted).collect())
    }

    /// Tells an error that only all parts together have, and cuts out what it is about: the part it stands in, or the line
    /// between the parts. Returns how many bytes that were, none where an earlier error took them along.
    fn out_by_error(&mut self, error: &Error, namesakes: &HashMap<String, Vec<usize>>) -> usize {
        // An error at the end of a part is one of that part.
        let at = error.0.start;
        let index = self.parts.partition_point(|part| part.range.end < at);
        match self.parts.get(index) {
            Some(part) if part.range.start <= at => match part.kind {
                _ if self.is_out(index) => 0,
                Kind::Header => self.out_twice(index, error, namesakes),
                _ => {
                    self.tell(error);
                    self.out(index..index + 1)
                }
            },
            _ => {
                self.tell(error);
                let line = self.source.line_of(at as u32).1 as usize;
                let length = self.text[line..].find('\n').unwrap_or(self.text.len() - line);
                self.blank(line..line + length)
            }
        }
    }

    /// The headers of each name, by their parts. The map is only ever asked for single names.
    fn namesakes(&self) -> HashMap<String, Vec<usize>> {
        let mut namesakes: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, part) in self.parts.iter().enumerate() {
            if part.kind == Kind::Header {
                namesakes.entry(self.name(index).0.to_string()).or_default().push(index);
            }
        }
        namesakes
    }

    /// Tells what is wrong with a statement: the first mistake, and texts without quotes, which hide nothing.
    fn tell_statement(&self, errors: &[Error]) {
        let mut lines = BTreeSet::new();
        for (number, error) in errors.iter().enumerate() {
            let is_by_itself = number == 0 || errors[0].1 == error.1 && error.1.contains(UNQUOTED);
            if is_by_itself && lines.insert(self.source.line_of(error.0.start as u32).0) {
                self.tell(error);
            }
        }
    }

    /// Tells what is wrong with a header by itself.
    fn tell_header(&self, index: usize, error: &Error) {
        if self.is_paired(index) {
            return self.tell(error);
        }
        let name = self.name(index).0;
        let message = "the brackets of this header are no pairs".to_string();
        let expected = format!("[{name}], or [[{name}]] for one row of several");
        self.sink.push(Finding::error("syntax", self.line(index), message).expected(expected));
    }

    /// Tells that a table is there twice, and cuts out those that have to go; returns how many bytes these were.
    fn out_twice(&mut self, index: usize, error: &Error, namesakes: &HashMap<String, Vec<usize>>) -> usize {
        let (name, rows) = self.name(index);
        let namesakes = namesakes.get(name).map_or(&[][..], Vec::as_slice);
        let left = || namesakes.iter().copied().filter(|&other| !self.is_out(other));
        let single = left().find(|&other| !self.name(other).1).filter(|_| left().any(|other| self.name(other).1));
        match single {
            Some(single) => {
                let message = format!("`{name}` is both a single table, [{name}], and rows, [[{name}]]");
                let help = format!("write [[{name}]], with two brackets, above each row");
                self.sink.push(Finding::error("syntax", self.line(single), message).help(help));
            }
            None => self.tell(error),
        }
        // What is there twice is so each time anew.
        let is_twice = error.1.contains(TWICE);
        let all = is_twice && (single.is_some() || rows);
        let goes = |other: usize| other == index || all || (is_twice && other > index);
        let others: Vec<usize> = left().filter(|&other| goes(other)).collect();
        others.into_iter().map(|other| self.out(self.tables[other].clone())).sum()
    }

    /// Tells of a bracket or quote that keeps a part from ending.
    fn tell_fault(&self, fault: Fault, index: usize) {
        let text = &self.source.text;
        let shown = |at: usize| char::from(text.as_bytes()[at]);
        let close = |open: usize| char::from(closing(text.as_bytes()[open]));
        let line = |at: usize| self.source.line_of(at as u32).0;
        // Where the other bracket of a pair stands, unless it stands beside the one that is shown.
        let place = |of: usize, shown: usize| match line(of) {
            same if same == line(shown) => String::new(),
            line => format!(" of line {line}"),
        };
        let error =
            |at: usize, message: &str| Finding::error("syntax", Place::new(self.number, at..at + 1), message.into());
        let unclosed = |open: usize| error(open, "this bracket is never closed");
        match fault {
            Fault::Unclosed(open) => self.sink.push(unclosed(open).help(format!("close it with `{}`", close(open)))),
            Fault::Crossed { open, close: by } => {
                let expected = format!("`{}` before the `{}`{}", close(open), shown(by), place(by, open));
                self.sink.push(unclosed(open).expected(expected));
            }
            Fault::Stray { close: stray, open } => {
                let help =
                    format!("the `{}`{} is open here, which `{}` closes", shown(open), place(open, stray), close(open));
                self.sink.push(error(stray, "this bracket closes nothing").help(help));
            }
            Fault::Quote(quote) => {
                // The quote may be the end of a text that lacks its beginning: who reads the part knows.
                let is_end = |error: &Error| error.1.contains(NO_OPENING) && line(error.0.start) == line(quote);
                let found = self.errors_of(index).into_iter().flatten().find(is_end);
                self.tell(&found.unwrap_or((quote..quote + 1, NO_CLOSING[0].to_string())));
            }
        }
    }

    fn tell(&self, (span, message): &Error) {
        self.sink.push(explain(self.number, self.source, span.clone(), message));
    }

    /// Cuts out some parts, which puts the tables they stand in in doubt; returns how many bytes these were.
    fn out(&mut self, parts: Range<usize>) -> usize {
        let mut cut_out = 0;
        for index in parts {
            cut_out += self.blank(self.parts[index].range.clone());
            let table = &self.tables[index];
            self.stretches.push(self.parts[table.start].range.start..self.parts[table.end - 1].range.end);
        }
        cut_out
    }

    /// Puts spaces in place of some bytes, but for line feeds; returns how many were something else.
    fn blank(&mut self, range: Range<usize>) -> usize {
        let is_blank = |byte: u8| byte == b' ' || byte == b'\n';
        let stretch = &self.text[range.clone()];
        let count = stretch.bytes().filter(|&byte| !is_blank(byte)).count();
        let blank: String = stretch.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        self.text.replace_range(range, &blank);
        count
    }

    fn is_out(&self, index: usize) -> bool {
        self.text[self.parts[index].range.clone()].trim().is_empty()
    }

    /// The first part behind one that stands in another table.
    fn end_of_table(&self, index: usize) -> usize {
        let next = self.parts[index + 1..].iter().position(|part| part.kind == Kind::Header);
        next.map_or(self.parts.len(), |next| index + 1 + next)
    }

    fn name(&self, index: usize) -> (&str, bool) {
        header_name(&self.source.text[self.parts[index].range.clone()])
    }

    /// Whether a header has as many brackets behind its name as before it, and one or two.
    fn is_paired(&self, index: usize) -> bool {
        let line = self.source.text[self.parts[index].range.clone()].split('#').next().unwrap_or_default().trim();
        let opening = line.bytes().take_while(|&byte| byte == b'[').count();
        let closing = line.bytes().rev().take_while(|&byte| byte == b']').count();
        opening == closing && opening <= 2
    }

    /// The line that a part begins with.
    fn line(&self, index: usize) -> Place {
        let line = self.source.text[self.parts[index].range.clone()].trim_end();
        let start = self.parts[index].range.start + line.len() - line.trim_start().len();
        Place::new(self.number, start..start + line.trim_start().len())
    }
}

/// An error of who reads TOML: where, and what.
type Error = (Range<usize>, String);

/// Words by which some kinds of errors are known.
const UNQUOTED: &str = "must be quoted";
const TWICE: &str = "duplicate key";
const NO_OPENING: &str = "missing opening quote";
const NO_CLOSING: [&str; 2] = ["invalid basic string", "invalid literal string"];

/// Quotes of word processors, which are none to TOML.
const CURLY: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '«', '»'];

/// What is wrong with a text, in its order; `None` where nothing is.
fn errors(text: &str) -> Option<Vec<Error>> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let mut errors: Vec<Error> =
        errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message().to_string())).collect();
    errors.sort_by_key(|(span, _)| span.start);
    (!errors.is_empty()).then_some(errors)
}

/// The name of another format that a text is plainly in.
fn other_format(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}'])) {
        return Some("JSON");
    }
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_key = |line: &str| line.ends_with(':') || line.contains(": ");
    let is_yaml = |line: &str| !line.contains('=') && !line.starts_with('[') && (is_key(line) || line.starts_with('-'));
    (lines().any(is_key) && lines().all(is_yaml)).then_some("YAML")
}

/// The error about a character that only looks like the one that is meant, where a line is right but for such ones.
fn explain_disguise(number: u32, line: (usize, &str), value: Option<&str>) -> Option<Finding> {
    let (start, text) = line;
    let (at, c, plain) = disguised(text)?;
    let is_value = |value: &str| DeValue::parse(undisguised(value).trim()).is_ok();
    if !value.is_none_or(is_value) {
        return None;
    }
    let place = Place::new(number, start + at..start + at + c.len_utf8());
    let help = match plain {
        None => "delete it".to_string(),
        Some(' ') => "write a plain blank".to_string(),
        Some(plain) => format!("write a plain `{plain}`"),
    };
    Some(Finding::error("syntax", place, told_apart(c, plain)).help(help))
}

/// A syntax error in words.
fn explain(number: u32, source: &SourceText, span: Range<usize>, said: &str) -> Finding {
    let text = &source.text;
    let line_start = source.line_of(span.start as u32).1;
    let line_text = source.line_at(line_start);
    let (what, wanted) = match said.split_once(", expected ") {
        Some((what, wanted)) if wanted != "nothing" => (what, Some(wanted)),
        Some((what, _)) => (what, None),
        None => (said, None),
    };
    let blamed = text.get(span.clone()).unwrap_or_default();
    let at = |span: Range<usize>| Place::new(number, span.start..span.end.max(span.start + 1));
    let error = |message: String| Finding::error("syntax", at(span.clone()), message);
    let behind_equals = line_text.split_once('=').map(|(_, value)| value.trim());
    let unquoted = what.contains(UNQUOTED).then_some(blamed);
    if let Some(finding) = explain_disguise(number, (line_start as usize, line_text), unquoted) {
        return finding;
    }
    let number_meant = behind_equals
        .map(|value| value.split('#').next().unwrap_or_default().trim())
        .filter(|value| value.contains(',') && value.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
        .and_then(|value| Some((value, notation::meant(value)?)));
    if let Some((value, meant)) = number_meant {
        return error(format!("`{value}` is no number")).help(format!("write {meant}"));
    }
    if what.contains(UNQUOTED) {
        if behind_equals == Some("") {
            return error("a value is missing behind `=`".into());
        }
        let truth = match blamed.to_ascii_lowercase().as_str() {
            "yes" | "y" | "on" | "true" => Some("true"),
            "no" | "n" | "off" | "false" => Some("false"),
            _ => None,
        };
        if let Some(truth) = truth {
            return error(format!("`{blamed}` is no value")).help(format!("did you mean `{truth}`?"));
        }
        let text = if blamed.contains(CURLY) { blamed.trim_matches(|c| CURLY.contains(&c)) } else { blamed };
        let help = match text == blamed {
            true => format!("if it is text, write it in quotes: \"{text}\""),
            false => format!("write it in straight quotes: \"{text}\""),
        };
        return error(format!("`{blamed}` is no value")).help(help);
    }
    if NO_CLOSING.iter().any(|begin| what.starts_with(begin)) {
        let help = match line_text.contains(CURLY) {
            true => "end it with the straight quote that it began with, not with a curly one",
            false => "end it with the quote that it began with",
        };
        return error("this text has no closing quote".into()).help(help);
    }
    if what.contains(TWICE) {
        if line_text.trim_start().starts_with('[') {
            return error(format!("the table {} is there twice", line_text.trim())).help("put its keys into one");
        }
        return error(format!("`{blamed}` is given twice in one table")).help("keep one of the two");
    }
    if what.contains(NO_OPENING) {
        let help = match line_text.contains(CURLY) {
            true => "begin it with the straight quote that it ends with, not with a curly one",
            false => "begin it with the quote that it ends with",
        };
        return error("this text has no opening quote".into()).help(help);
    }
    if what.contains("invalid boolean") {
        return error(format!("`{blamed}` is no value")).expected("true or false");
    }
    if line_text[..line_text.find('=').unwrap_or(line_text.len())].contains(CURLY) {
        return error("this is not TOML: a key in curly quotes".into()).help("write it in straight quotes, or in none");
    }
    let mut finding = error(format!("this is not TOML: {what}"));
    if let Some(wanted) = wanted {
        finding = finding.expected(wanted);
    }
    finding
}
