//! Where headers and statements begin and end in a text that may not be TOML: told by its lines, brackets and quotes alone,
//! so that a slip in one of them is not taken for a slip in all that follow.

use std::ops::Range;

/// A header or a statement, on whole lines.
#[derive(Debug, PartialEq)]
pub struct Part {
    /// Its bytes, up to the line behind it.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// The bracket or quote that keeps it from ending where it should.
    pub fault: Option<Fault>,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// `[run]`: what follows stands in that table.
    Header,
    /// `key = value`.
    Statement,
    /// A line of neither kind: perhaps a header that lost its bracket, so that nobody knows where what follows belongs.
    Neither,
}

/// What keeps a part from ending.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// A bracket that nothing closes.
    Unclosed(usize),
    /// A bracket that is still open where one around it is closed.
    Crossed {
        /// The bracket.
        open: usize,
        /// The one that closes what is around it.
        close: usize,
    },
    /// A bracket that closes none of those that are open.
    Stray {
        /// The bracket.
        close: usize,
        /// The last one that is open there.
        open: usize,
    },
    /// A text that nothing ends: within brackets, or over several lines.
    Quote(usize),
}

/// The parts of a text, in order; blank lines and comments between them belong to none.
pub fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let line = line_at(text, at);
        let next = at + line.len() + usize::from(at + line.len() < text.len());
        match line.trim_start().bytes().next() {
            None | Some(b'#') => at = next,
            Some(b'[') => {
                parts.push(Part { range: at..next, kind: Kind::Header, fault: None });
                at = next;
            }
            Some(first) => {
                let (end, fault) = end_of_statement(text, at);
                match parts.last_mut() {
                    // No statement begins so: it is the rest of one that seemed to have ended.
                    Some(before) if b"{}],".contains(&first) && before.kind == Kind::Statement => {
                        before.range.end = end;
                        before.fault = before.fault.or(fault);
                    }
                    _ => {
                        let kind = if line.contains('=') { Kind::Statement } else { Kind::Neither };
                        parts.push(Part { range: at..end, kind, fault });
                    }
                }
                at = end;
            }
        }
    }
    parts
}

/// The name within a header's brackets, and whether there are two of them, as in `[[orders]]`.
pub fn header_name(line: &str) -> (&str, bool) {
    let line = line.split('#').next().unwrap_or_default().trim();
    (line.trim_matches(['[', ']', ' ', '\t']), line.starts_with("[["))
}

/// Where the statement that begins at a byte ends, and what keeps it from ending properly.
fn end_of_statement(text: &str, start: usize) -> (usize, Option<Fault>) {
    let bytes = text.as_bytes();
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'#' => {
                at = line_end(bytes, at);
                continue;
            }
            b'"' | b'\'' => {
                let (end, closed) = end_of_string(bytes, at);
                let is_long = bytes[at..].starts_with(&[byte; 3]);
                if !closed && (is_long || !open.is_empty()) {
                    return (next_header(text, at), Some(Fault::Quote(at)));
                }
                at = end;
                continue;
            }
            b'\n' => {
                if open.is_empty() {
                    return (at + 1, None);
                }
                if is_surely_header(line_at(text, at + 1)) {
                    return (at + 1, Some(Fault::Unclosed(open[0].0)));
                }
            }
            b'[' | b'{' => open.push((at, byte)),
            // Where none is open, one too many is told by who reads the statement.
            b']' | b'}' => {
                if let Some((last, bracket)) = open.pop()
                    && closing(bracket) != byte
                {
                    let is_around = open.iter().any(|&(_, bracket)| closing(bracket) == byte);
                    let (open, close) = (last, at);
                    let fault = if is_around { Fault::Crossed { open, close } } else { Fault::Stray { close, open } };
                    return (next_header(text, at), Some(fault));
                }
            }
            _ => {}
        }
        at += 1;
    }
    (at, open.first().map(|&(opened, _)| Fault::Unclosed(opened)))
}

/// The bracket that closes one.
pub fn closing(open: u8) -> u8 {
    if open == b'[' { b']' } else { b'}' }
}

/// Where the next line begins that can only be a header; else the end.
fn next_header(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(end) = text[at..].find('\n') {
        at += end + 1;
        if is_surely_header(line_at(text, at)) {
            return at;
        }
    }
    text.len()
}

/// Whether a line can be nothing but a header: not a list, or a part of one.
fn is_surely_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or_default().trim();
    let inner = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    let Some(inner) = inner else { return false };
    let name = inner.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(inner).trim();
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | ' ');
    let is_word = ["true", "false", "inf", "nan"].contains(&name);
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(is_of_name) && !is_word
}

/// The line that begins at a byte, without its end.
fn line_at(text: &str, start: usize) -> &str {
    text[start..].split('\n').next().unwrap_or_default()
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |length| at + length)
}

/// One past the end of the text in quotes that opens at a byte, and whether a quote ends it; one on a single line ends
/// with the line at the latest.
fn end_of_string(bytes: &[u8], open: usize) -> (usize, bool) {
    let quote = bytes[open];
    let escapes = quote == b'"';
    let is_long = bytes[open..].starts_with(&[quote; 3]);
    let mut at = open + if is_long { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if escapes => at += 1,
            b'\n' if !is_long => return (at, false),
            byte if byte == quote && !is_long => return (at + 1, true),
            byte if byte == quote && bytes[at..].starts_with(&[quote; 3]) => return (at + 3, true),
            _ => {}
        }
        at += 1;
    }
    (bytes.len(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<Fault> {
        parts(text).iter().filter_map(|part| part.fault).collect()
    }

    #[test]
    fn parts_are_headers_and_statements_over_as_many_lines_as_they_take() {
        let text = "a = 1\n\n# [b]\nc = [\n  [1],\n] # ]\n[d]\ne = \"\"\"\n[f]\n\"\"\"\nrun]\n";
        let found: Vec<(&str, Kind)> = parts(text).iter().map(|part| (&text[part.range.clone()], part.kind)).collect();
        let expected = [
            ("a = 1\n", Kind::Statement),
            ("c = [\n  [1],\n] # ]\n", Kind::Statement),
            ("[d]\n", Kind::Header),
            ("e = \"\"\"\n[f]\n\"\"\"\n", Kind::Statement),
            ("run]\n", Kind::Neither),
        ];
        assert_eq!(found, expected);
        assert!(faults(text).is_empty());
    }

    #[test]
    fn the_bracket_left_open_is_found_and_ends_with_the_next_header() {
        assert_eq!(faults("a = [\n  { b = 1 },\n\n[c]\nd = 1\n"), [Fault::Unclosed(4)]);
        assert_eq!(faults("a = 1\nb = {{ c = 1 }\n[d]\n"), [Fault::Unclosed(10)]);
        assert_eq!(faults("a = [{ b = 1 ]\n"), [Fault::Crossed { open: 5, close: 13 }]);
        assert_eq!(faults("a = { b = [ c = 1 } }\n"), [Fault::Crossed { open: 10, close: 18 }]);
        assert_eq!(faults("a = { b = 1 ]\n"), [Fault::Stray { close: 12, open: 4 }]);
        assert_eq!(faults("[[a]\nb = 1\n"), [], "a header's line goes wrong alone");
    }

    #[test]
    fn brackets_in_text_and_comments_do_not_count() {
        assert_eq!(faults("a = \"[\" # [\nb = '{'\nc = \"\\\"[\"\nd = \"\"\"\n[\n\"\"\"\n"), []);
        assert_eq!(faults("a = \"never closed\nb = [1]\n"), [], "it ends with its line");
        assert_eq!(faults("a = [{ b = \"c }]\nd = 1\n"), [Fault::Quote(11)]);
        assert_eq!(faults("a = '''b\nc = 1\n"), [Fault::Quote(4)]);
    }

    #[test]
    fn a_rest_without_its_beginning_belongs_to_what_stands_before_it() {
        let text = "a = \n  { b = 1 },\n]\n[c]\n";
        let ranges: Vec<&str> = parts(text).iter().map(|part| &text[part.range.clone()]).collect();
        assert_eq!(ranges, ["a = \n  { b = 1 },\n]\n", "[c]\n"]);
    }

    #[test]
    fn headers_are_told_from_lists() {
        for (line, is_header) in [
            ("[run]", true),
            (" [[orders]]  # all", true),
            ("[rules.split]", true),
            ("[1, 2]", false),
            ("[[1], [2]]", false),
            ("[\"a\"]", false),
            ("[true]", false),
            ("[run", false),
        ] {
            assert_eq!(is_surely_header(line), is_header, "{line}");
        }
        assert_eq!(header_name("[[orders]] # all"), ("orders", true));
        assert_eq!(header_name(" [ run ]"), ("run", false));
    }
}
