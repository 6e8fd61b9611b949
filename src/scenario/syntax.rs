//! TOML as text: what is not TOML, said in a planner's words; the rest as a tree.

use super::report::{Finding, Sink};
use super::source::{Place, Source};
use super::tree::{Node, from_toml};
use std::collections::BTreeSet;
use toml::de::{DeTable, DeValue};

/// The tree of a scenario's text, as far as it can be made out; what cannot is reported. Also the lines that are in
/// doubt, where further findings would only be consequences.
pub fn parse<'t>(number: u32, source: &'t Source, sink: &Sink) -> (Node<'t>, Doubts) {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let mut doubts = Doubts::default();
    if !errors.is_empty() {
        let open = unclosed(table.get_ref(), &source.text);
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

/// The bracket that swallows the rest of the text, if there is one.
fn unclosed(table: &DeTable<'_>, text: &str) -> Option<usize> {
    let last = text.trim_end().len();
    let swallows = |span: std::ops::Range<usize>| {
        let (open, close) = (text.as_bytes().get(span.start), text.as_bytes().get(span.end.wrapping_sub(1)));
        let closed = matches!((open, close), (Some(b'['), Some(b']')) | (Some(b'{'), Some(b'}')));
        let bracket = matches!(open, Some(b'[' | b'{'));
        bracket && span.end >= last && !closed
    };
    for (_, value) in table.iter() {
        match value.get_ref() {
            DeValue::Array(_) | DeValue::Table(_) if swallows(value.span()) => return Some(value.span().start),
            DeValue::Table(inner) => {
                if let Some(open) = unclosed(inner, text) {
                    return Some(open);
                }
            }
            DeValue::Array(values) => {
                for value in values.iter() {
                    if let DeValue::Table(inner) = value.get_ref()
                        && let Some(open) = unclosed(inner, text)
                    {
                        return Some(open);
                    }
                }
            }
            _ => {}
        }
    }
    None
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
