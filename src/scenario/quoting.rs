//! Settings in writing, `KEY=VALUE, KEY=VALUE`: which dots, commas, colons and equals signs set their parts apart, and which stand in
//! quotes and belong to a name or a value.

use std::borrow::Cow;
use std::ops::Range;

/// The characters of a text that stand outside quotes, with their places.
///
/// A quotation mark opens where another one closes it; within `"…"` a backslash takes the next character's meaning away. An
/// apostrophe opens only where a name or a value begins, as words have apostrophes too.
pub fn bare(text: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut at, mut before) = (0, None);
    std::iter::from_fn(move || {
        loop {
            let c = text[at..].chars().next()?;
            let begins = before.is_none_or(|before| "=.,:[{".contains(before));
            let end = match c {
                '"' => closing(text, at),
                '\'' if begins => text[at + 1..].find('\'').map(|length| at + 1 + length),
                _ => None,
            };
            if !c.is_whitespace() {
                before = Some(c);
            }
            let place = at;
            match end {
                Some(end) => at = end + 1,
                None => {
                    at += c.len_utf8();
                    return Some((place, c));
                }
            }
        }
    })
}

/// Where the quotation mark that opens at a place is closed.
fn closing(text: &str, opening: usize) -> Option<usize> {
    let mut is_escaped = false;
    let mut inside = text[opening + 1..].char_indices();
    inside.find_map(|(at, c)| {
        let closes = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        closes.then_some(opening + 1 + at)
    })
}

/// A setting's path and value: what stands before and behind the first equals sign.
pub fn halves(text: &str) -> Option<(&str, &str)> {
    let (at, _) = bare(text).find(|&(_, c)| c == '=')?;
    Some((&text[..at], &text[at + 1..]))
}

/// The parts between commas, without the blanks around them; commas within brackets and braces belong to a value.
pub fn between_commas(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, c) in bare(text) {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}

/// A key of a path without the quotes around it; in `"…"`, `\"` is a quotation mark and `\\` a backslash.
pub fn unquoted(key: &str) -> Cow<'_, str> {
    let within = |mark: char| key.strip_prefix(mark).and_then(|key| key.strip_suffix(mark));
    if let Some(literal) = within('\'') {
        return Cow::Borrowed(literal);
    }
    match within('"') {
        Some(text) if text.contains('\\') => {
            let mut plain = String::with_capacity(text.len());
            let mut chars = text.chars().peekable();
            while let Some(c) = chars.next() {
                let escaped = chars.next_if(|&next| c == '\\' && matches!(next, '"' | '\\'));
                plain.push(escaped.unwrap_or(c));
            }
            Cow::Owned(plain)
        }
        Some(text) => Cow::Borrowed(text),
        None => Cow::Borrowed(key),
    }
}

/// The keys of a path, which dots set apart: where each stands, and what it is without quotes.
pub fn keys(path: &str) -> Vec<(Range<usize>, Cow<'_, str>)> {
    let dots = bare(path).filter(|&(_, c)| c == '.').map(|(at, _)| at).chain([path.len()]);
    let mut start = 0;
    dots.map(|dot| {
        let at = start..dot;
        start = dot + 1;
        (at.clone(), unquoted(path[at].trim()))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_equals_sign_in_quotes_belongs_to_a_name() {
        for (text, path, value) in [
            ("run.seed=7", "run.seed", "7"),
            ("a=b=c", "a", "b=c"),
            (r#"warehouses."=W".handling=1h"#, r#"warehouses."=W".handling"#, "1h"),
            (r#"zones."c=\"d\", e".share=2"#, r#"zones."c=\"d\", e".share"#, "2"),
            ("zones.'a=b'.share=2", "zones.'a=b'.share", "2"),
            // An apostrophe within a word, and a mark that nothing closes, are letters.
            ("zones.o'hara.name=it's", "zones.o'hara.name", "it's"),
            (r#"pipes.5".share=2"#, r#"pipes.5".share"#, "2"),
        ] {
            assert_eq!(halves(text), Some((path, value)), "{text}");
        }
        assert_eq!((halves("run.seed"), halves(""), halves(r#""a=b""#)), (None, None, None));
    }

    #[test]
    fn commas_in_quotes_and_brackets_belong_to_a_value() {
        for (text, parts) in [
            ("a=1, b=2", &["a=1", "b=2"][..]),
            (r#"a="1, 2",[1, 2],{ x = 1, y = "}," }"#, &[r#"a="1, 2""#, "[1, 2]", r#"{ x = 1, y = "}," }"#]),
            (r#"a="say \"a, b\"", c"#, &[r#"a="say \"a, b\"""#, "c"]),
            ("a='1, 2', b", &["a='1, 2'", "b"]),
            ("it's, isn't", &["it's", "isn't"]),
            ("", &[""]),
        ] {
            assert_eq!(between_commas(text), parts, "{text}");
        }
    }

    #[test]
    fn dots_in_quotes_belong_to_a_key() {
        let texts = |path| keys(path).into_iter().map(|(_, key)| key.into_owned()).collect::<Vec<_>>();
        assert_eq!(texts(r#"zones."a.b" .share"#), ["zones", "a.b", "share"]);
        assert_eq!(keys("a.bc")[1].0, 2..4);
        assert_eq!((texts("a."), texts("")), (vec!["a".to_string(), String::new()], vec![String::new()]));
    }

    #[test]
    fn keys_lose_their_quotes() {
        for (key, plain) in [
            ("whey", "whey"),
            (r#""a.b""#, "a.b"),
            (r#""c=d, \"e\"""#, r#"c=d, "e""#),
            ("'a.b'", "a.b"),
            (r#""a\b\\""#, r"a\b\"),
        ] {
            assert_eq!(unquoted(key), plain);
        }
    }
}
