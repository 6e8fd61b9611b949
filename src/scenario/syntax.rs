//! TOML as text: what is not TOML, said in a planner's words; the rest as a tree.

use super::report::{Finding, Sink};
use super::source::{Place, Source};
use super::tree::{Node, from_toml};
use std::collections::BTreeSet;
use toml::de::DeTable;

/// The tree of a scenario's text, as far as it can be made out; what cannot is reported. Also the lines that are in
/// doubt, where further findings would only be consequences.
pub fn parse<'t>(number: u32, source: &'t Source, sink: &Sink) -> (Node<'t>, Doubts) {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let mut doubts = Doubts::default();
    if !errors.is_empty() {
        let open = unclosed(&source.text);
        let mut spans: Vec<(std::ops::Range<usize>, String)> =
            errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message().to_string())).collect();
        spans.sort_by_key(|(span, _)| span.start);
        for (span, message) in spans {
            // Everything behind a bracket that is never closed is inside it: only the bracket is to blame.
            if open.is_some_and(|open| span.start > open) {
                continue;
            }
            let (line, _) = source.line_of(span.start as u32);
            if doubts.lines.insert(line) {
                sink.push(explain(number, source, span, &message));
            }
        }
        if let Some(open) = open {
            let (line, _) = source.line_of(open as u32);
            doubts.lines.insert(line);
            doubts.behind = Some(open as u32);
            let message = "this bracket is never closed".to_string();
            let close = if source.text[open..].starts_with('[') { "]" } else { "}" };
            let finding = Finding::error("syntax", Place::new(number, open..open + 1), message);
            sink.push(finding.help(format!("close it with `{close}`; what follows is looked at once it is")));
        }
    }
    (from_toml(table.into_inner(), Place::whole(number), 0), doubts)
}

/// Where a text is not what its author meant.
#[derive(Debug, Default)]
pub struct Doubts {
    lines: BTreeSet<usize>,
    behind: Option<u32>,
}

impl Doubts {
    /// Whether there are any.
    pub fn any(&self) -> bool {
        !self.lines.is_empty()
    }

    /// Whether a finding may be a mere consequence of what is not TOML.
    pub fn explain(&self, source: &Source, place: Place, code: &'static str) -> bool {
        if code == "syntax" {
            return false;
        }
        let absence = matches!(code, "missing-key" | "missing-table" | "dangling" | "empty-table" | "no-shares");
        let behind = self.behind.is_some_and(|open| place.start >= open);
        self.any() && (absence || behind || self.lines.contains(&source.line_of(place.start).0))
    }
}

/// The first bracket that is still open when the text ends, if there is one: it swallows all that follows.
fn unclosed(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open: Vec<(usize, u8)> = Vec::new();
    let (mut at, mut in_header, mut line_is_blank) = (0, false, true);
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'#' => at = end_of_line(bytes, at),
            b'"' | b'\'' => at = end_of_string(bytes, at),
            b'\n' => {
                // The bracket of a header is closed on its line, or is a mistake of that line alone.
                if in_header {
                    open.clear();
                }
                (in_header, line_is_blank) = (false, true);
            }
            b'[' | b'{' => {
                in_header |= line_is_blank && open.is_empty();
                open.push((at, byte));
            }
            b']' | b'}' => {
                let partner = if byte == b']' { b'[' } else { b'{' };
                if let Some(depth) = open.iter().rposition(|&(_, opened)| opened == partner) {
                    open.truncate(depth);
                }
            }
            _ => {}
        }
        line_is_blank &= bytes.get(at).is_some_and(u8::is_ascii_whitespace);
        // A comment and a string end before the byte that has still to be looked at.
        at += usize::from(!matches!(byte, b'#' | b'"' | b'\''));
    }
    open.first().filter(|_| !in_header).map(|&(at, _)| at)
}

fn end_of_line(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |length| at + length)
}

/// One past the end of the string that opens at a byte; one on a single line ends with the line at the latest.
fn end_of_string(bytes: &[u8], open: usize) -> usize {
    let quote = bytes[open];
    let escapes = quote == b'"';
    let triple = bytes.get(open + 1) == Some(&quote) && bytes.get(open + 2) == Some(&quote);
    let mut at = open + if triple { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if escapes => at += 1,
            b'\n' if !triple => return at,
            byte if byte == quote && !triple => return at + 1,
            byte if byte == quote && bytes[at..].starts_with(&[quote; 3]) => return at + 3,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// A syntax error in words.
fn explain(number: u32, source: &Source, span: std::ops::Range<usize>, said: &str) -> Finding {
    let text = &source.text;
    let line_text = source.line_at(source.line_of(span.start as u32).1);
    let (what, wanted) = match said.split_once(", expected ") {
        Some((what, wanted)) if wanted != "nothing" => (what, Some(wanted)),
        Some((what, _)) => (what, None),
        None => (said, None),
    };
    let blamed = text.get(span.clone()).unwrap_or_default();
    let at = |span: std::ops::Range<usize>| Place::new(number, span.start..span.end.max(span.start + 1));
    let error = |message: String| Finding::error("syntax", at(span.clone()), message);
    let behind_equals = line_text.split_once('=').map(|(_, value)| value.trim());
    if what.contains("must be quoted") {
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
    if what.starts_with("invalid basic string") || what.starts_with("invalid literal string") {
        return error("this text has no closing quote".into()).help("end it with the quote that it began with");
    }
    if what.contains("duplicate key") {
        if line_text.trim_start().starts_with('[') {
            return error(format!("the table {} is there twice", line_text.trim())).help("put its keys into one");
        }
        return error(format!("`{blamed}` is given twice in one table")).help("keep one of the two");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bracket_left_open_is_found() {
        assert_eq!(unclosed("a = [1, 2]\n[b]\nc = { d = 1 }\n"), None);
        assert_eq!(unclosed("a = [\n  { b = 1 },\n\n[c]\nd = 1\n"), Some(4));
        assert_eq!(unclosed("a = 1\nb = {{ c = 1 }\n[d]\n"), Some(10));
        assert_eq!(unclosed("[[a]\nb = 1\n"), None, "a header's line goes wrong alone");
    }

    #[test]
    fn brackets_in_text_and_comments_do_not_count() {
        assert_eq!(unclosed("a = \"[\" # [\nb = '{'\nc = \"\\\"[\"\nd = \"\"\"\n[\n\"\"\"\n"), None);
        assert_eq!(unclosed("a = \"never closed\nb = [1]\n"), None);
    }
}
