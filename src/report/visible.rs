//! Characters that a terminal obeys rather than shows, made visible: control characters, and those that turn the direction
//! of writing and so make a text look like another.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a terminal would obey a character.
pub fn is_hidden(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    // Line and paragraph separators, and the mark of byte order, which has no width.
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// A text with such characters escaped, `\u{202e}`; line ends and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |c, out| write!(out, "\\u{{{:x}}}", u32::from(c)))
}

/// The same for a text within a line: line ends and tabs are escaped, too.
pub(super) fn visible_in_line(text: &str) -> Cow<'_, str> {
    match visible(text) {
        text if text.contains(['\n', '\t']) => Cow::Owned(text.replace('\n', "\\n").replace('\t', "\\t")),
        text => text,
    }
}

/// JSON with such characters escaped in its strings, which stay the same strings.
pub fn visible_json(text: &str) -> Cow<'_, str> {
    escaped(text, |c, out| write!(out, "\\u{:04x}", u32::from(c)))
}

fn escaped(text: &str, escape: impl Fn(char, &mut String) -> std::fmt::Result) -> Cow<'_, str> {
    let is_shown = |c: char| !is_hidden(c) || matches!(c, '\n' | '\t');
    if text.chars().all(is_shown) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_shown(c) {
            shown.push(c);
        } else {
            escape(c, &mut shown).expect("a string takes all that is written");
        }
    }
    Cow::Owned(shown)
}

/// A text for markup, which has no way to write most control characters: each such character, and each that turns the
/// direction of writing, becomes the sign for an unknown one; so do the two that XML does not allow.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    // Nearly all texts are of plain letters, and are looked through in a tenth of the time.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return Cow::Borrowed(text);
    }
    let has_no_sign = |c| (is_hidden(c) && c != '\n' && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if !text.contains(has_no_sign) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if has_no_sign(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        assert_eq!(visible("a\u{1b}[2Jb\u{202e}c\u{9b}\r\n\td"), "a\\u{1b}[2Jb\\u{202e}c\\u{9b}\\u{d}\n\td");
        assert!(matches!(visible("grün – 日本語 👩‍🚀\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn markup_has_no_character_that_it_may_not_have() {
        assert_eq!(printable("a\u{1b}b\u{ffff}c\n\t"), "a\u{fffd}b\u{fffd}c\n\t");
    }

    #[test]
    fn json_stays_the_same_json() {
        let value = serde_json::json!({"na\u{202e}me": "a\u{7f}\u{9b}\u{feff}"});
        let shown = visible_json(&value.to_string()).into_owned();
        assert!(shown.is_ascii(), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }
}
