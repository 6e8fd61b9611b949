//! TOML as text: what is not TOML, said in a planner's words; the rest as a tree.

use super::parts::{Fault, Kind, Part, closing, header_name, parts};
use super::report::{Finding, Sink};
use super::source::{Place, Source};
use super::tree::{Node, from_toml};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::de::DeTable;

/// So many slips are told at once, as many as are shown of any mistake: each costs another reading of the text.
const MOST: usize = 10;

/// The tree of a scenario's text. What is not TOML is reported and cut out, and the rest, kept in `legible`, is read as if
/// it had never been there; also returned is which findings may then only be consequences.
pub fn parse<'t>(
    number: u32,
    source: &'t Source,
    legible: &'t OnceCell<String>,
    sink: &Sink,
) -> (Node<'t>, Option<Doubts>) {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let tree = |table: DeTable<'t>| from_toml(table, Place::whole(number), 0);
    if errors.is_empty() {
        return (tree(table.into_inner()), None);
    }
    let mut cut = Cut { number, source, sink, parts: parts(&source.text), text: source.text.clone(), done: Vec::new() };
    cut.out_all();
    let doubts = Doubts { number, stretches: cut.done };
    let (table, _) = DeTable::parse_recoverable(legible.get_or_init(|| cut.text));
    (tree(table.into_inner()), Some(doubts))
}

/// Where a text is not what its author meant.
#[derive(Debug)]
pub struct Doubts {
    number: u32,
    /// The tables, and above the first header the statements, that something was cut out of.
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
        let meets = |stretch: &Range<usize>| {
            (place.start as usize) < stretch.end && (place.end.max(place.start + 1) as usize) > stretch.start
        };
        code == "syntax" || (by_itself && (place.source != self.number || !self.stretches.iter().any(meets)))
    }
}

/// A text that is no TOML, out of which is cut what keeps it from being so.
struct Cut<'t> {
    number: u32,
    source: &'t Source,
    sink: &'t Sink,
    parts: Vec<Part>,
    /// The text with spaces where something was cut out, so that places stay the same.
    text: String,
    /// Where findings are in doubt.
    done: Vec<Range<usize>>,
}

impl Cut<'_> {
    /// Tells and cuts out all that is not TOML.
    fn out_all(&mut self) {
        for index in 0..self.parts.len() {
            if let Some(fault) = self.parts[index].fault {
                self.tell_fault(fault);
                self.out(index..index + 1);
            }
        }
        for told in 1.. {
            let Some(errors) = errors(&self.text) else { return };
            let (span, message) = &errors[0];
            // An error at the end of the text is one of its last part.
            let at =
                |part: &&Part| part.range.contains(&span.start) || part.range.end == self.text.len().min(span.start);
            let Some(index) = self.parts.iter().position(|part| at(&part)) else {
                self.tell(&errors[0]);
                let line = self.source.line_of(span.start as u32).1 as usize;
                self.blank(line..line + self.source.line_at(line as u32).len());
                continue;
            };
            if told == MOST {
                let finding = explain(self.number, self.source, span.clone(), message);
                self.sink.push(finding.note("more may follow once this is mended"));
                return self.out(index..self.parts.len());
            }
            match self.parts[index].kind {
                Kind::Header => self.header(index, &errors[0]),
                Kind::Neither => {
                    self.tell(&errors[0]);
                    self.out(index..self.end_of_table(index));
                }
                Kind::Statement => {
                    self.statement(index, &errors);
                    self.out(index..index + 1);
                }
            }
        }
    }

    /// Tells what is wrong with a statement: the first mistake, and texts without quotes, which hide nothing.
    fn statement(&self, index: usize, errors: &[Error]) {
        let mut lines = BTreeSet::new();
        for (number, error) in errors.iter().enumerate() {
            let is_here = self.parts[index].range.contains(&error.0.start) || number == 0;
            let is_by_itself = number == 0 || errors[0].1 == error.1 && error.1.contains(UNQUOTED);
            if is_here && is_by_itself && lines.insert(self.source.line_of(error.0.start as u32).0) {
                self.tell(error);
            }
        }
    }

    /// Tells what is wrong with a header, and cuts out its table: nobody knows where its keys belong.
    fn header(&mut self, index: usize, error: &Error) {
        let (name, rows) = self.name(index);
        let namesakes: Vec<usize> = (0..self.parts.len())
            .filter(|&other| self.parts[other].kind == Kind::Header && self.name(other).0 == name)
            .filter(|&other| !self.is_out(other))
            .collect();
        let single = namesakes.iter().copied().find(|&other| !self.name(other).1);
        let is_twice = error.1.contains(TWICE);
        match single.filter(|_| is_twice && namesakes.iter().any(|&other| self.name(other).1)) {
            Some(single) => {
                let message = format!("`{name}` is both a single table, [{name}], and rows, [[{name}]]");
                let help = format!("write [[{name}]], with two brackets, above each row");
                self.sink.push(Finding::error("syntax", self.line(single), message).help(help));
            }
            None if is_twice || self.is_paired(index) => self.tell(error),
            None => {
                let message = "the brackets of this header are no pairs".to_string();
                let expected = format!("[{name}], or [[{name}]] for one row of several");
                self.sink.push(Finding::error("syntax", self.line(index), message).expected(expected));
            }
        }
        // What is there twice is so each time anew.
        let all = single.is_some() || rows;
        for other in namesakes.into_iter().filter(|&other| other == index || is_twice && (all || other > index)) {
            self.out(other..self.end_of_table(other));
        }
    }

    /// Tells of a bracket or quote that keeps a part from ending.
    fn tell_fault(&self, fault: Fault) {
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
                // The quote may be the end of a text that lacks its beginning: who reads the line knows.
                let is_end = |error: &Error| error.1.contains(NO_OPENING) && line(error.0.start) == line(quote);
                let found = errors(&self.text).into_iter().flatten().find(is_end);
                self.tell(&found.unwrap_or((quote..quote + 1, NO_CLOSING[0].to_string())));
            }
        }
    }

    fn tell(&self, (span, message): &Error) {
        self.sink.push(explain(self.number, self.source, span.clone(), message));
    }

    /// Cuts out some parts, which puts the tables they stand in in doubt.
    fn out(&mut self, parts: Range<usize>) {
        for index in parts {
            let range = self.parts[index].range.clone();
            self.blank(range.clone());
            let header = self.parts[..=index].iter().rposition(|part| part.kind == Kind::Header);
            self.done.push(match header {
                Some(header) => self.parts[header].range.start..self.parts[self.end_of_table(header) - 1].range.end,
                None => range,
            });
        }
    }

    fn blank(&mut self, range: Range<usize>) {
        let blank = |byte: u8| if byte == b'\n' { '\n' } else { ' ' };
        let blank: String = self.text[range.clone()].bytes().map(blank).collect();
        self.text.replace_range(range, &blank);
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

/// What is wrong with a text, in its order; `None` where nothing is.
fn errors(text: &str) -> Option<Vec<Error>> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let mut errors: Vec<Error> =
        errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message().to_string())).collect();
    errors.sort_by_key(|(span, _)| span.start);
    (!errors.is_empty()).then_some(errors)
}

/// A syntax error in words.
fn explain(number: u32, source: &Source, span: Range<usize>, said: &str) -> Finding {
    let text = &source.text;
    let line_text = source.line_at(source.line_of(span.start as u32).1);
    let (what, wanted) = match said.split_once(", expected ") {
        Some((what, wanted)) if wanted != "nothing" => (what, Some(wanted)),
        Some((what, _)) => (what, None),
        None => (said, None),
    };
    let blamed = text.get(span.clone()).unwrap_or_default();
    let at = |span: Range<usize>| Place::new(number, span.start..span.end.max(span.start + 1));
    let error = |message: String| Finding::error("syntax", at(span.clone()), message);
    let behind_equals = line_text.split_once('=').map(|(_, value)| value.trim());
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
        return error(format!("`{blamed}` is no value"))
            .help(format!("if it is text, write it in quotes: \"{blamed}\""));
    }
    if NO_CLOSING.iter().any(|begin| what.starts_with(begin)) {
        return error("this text has no closing quote".into()).help("end it with the quote that it began with");
    }
    if what.contains(TWICE) {
        if line_text.trim_start().starts_with('[') {
            return error(format!("the table {} is there twice", line_text.trim())).help("put its keys into one");
        }
        return error(format!("`{blamed}` is given twice in one table")).help("keep one of the two");
    }
    if what.contains(NO_OPENING) {
        return error("this text has no opening quote".into()).help("begin it with the quote that it ends with");
    }
    if what.contains("invalid boolean") {
        return error(format!("`{blamed}` is no value")).expected("true or false");
    }
    let mut finding = error(format!("this is not TOML: {what}"));
    if let Some(wanted) = wanted {
        finding = finding.expected(wanted);
    }
    finding
}
