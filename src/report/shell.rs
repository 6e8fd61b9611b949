//! Command lines in writing, so that a shell takes them as they were meant.

use std::ffi::{OsStr, OsString};
use std::fmt::Write;

use super::visible::is_hidden;

/// Words as one line for a shell.
pub fn line(words: &[OsString]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// A word as a shell takes it.
pub fn quoted(word: &OsStr) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:,+%@".contains(c);
    match word.to_str() {
        Some(text) if !text.is_empty() && text.chars().all(is_plain) => text.to_string(),
        Some(text) if !text.chars().any(is_hidden) => format!("'{}'", text.replace('\'', r"'\''")),
        _ => escaped(word.as_encoded_bytes()),
    }
}

/// Bytes that are no text, or not one to be shown, in the form that bash, zsh and ksh read: `$'caf\351.toml'`.
fn escaped(bytes: &[u8]) -> String {
    let mut quoted = String::from("$'");
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\'' | '\\' => quoted.extend(['\\', c]),
                c if is_hidden(c) => add(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut quoted),
                c => quoted.push(c),
            }
        }
        add(chunk.invalid(), &mut quoted);
    }
    quoted + "'"
}

/// Octal, as what follows may be a digit and a shell takes three at most.
fn add(bytes: &[u8], quoted: &mut String) {
    for byte in bytes {
        write!(quoted, "\\{byte:03o}").expect("a string takes all that is written");
    }
}

#[cfg(any(test, feature = "cli"))]
/// The words of a line as [`line`] writes it; `None` where it is another. Bytes that are no text are lost.
pub fn words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = line.chars().peekable();
    while rest.peek().is_some() {
        let mut word = Vec::new();
        while let Some(c) = rest.next_if(|&c| c != ' ') {
            match c {
                '\'' => loop {
                    match rest.next()? {
                        '\'' => break,
                        c => push(c, &mut word),
                    }
                },
                '$' if rest.next_if_eq(&'\'').is_some() => loop {
                    match rest.next()? {
                        '\'' => break,
                        '\\' => match rest.next()? {
                            c @ ('\'' | '\\') => push(c, &mut word),
                            first => {
                                let digits = [first, rest.next()?, rest.next()?];
                                let digits = digits.iter().collect::<String>();
                                word.push(u8::from_str_radix(&digits, 8).ok()?);
                            }
                        },
                        c => push(c, &mut word),
                    }
                },
                '\\' => push(rest.next()?, &mut word),
                c => push(c, &mut word),
            }
        }
        words.push(String::from_utf8_lossy(&word).into_owned());
        rest.next_if_eq(&' ');
    }
    Some(words)
}

#[cfg(any(test, feature = "cli"))]
fn push(c: char, word: &mut Vec<u8>) {
    word.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_a_shell() {
        for (word, expected) in [
            ("scenarios/a.toml", "scenarios/a.toml"),
            ("vendors.acme.lead_time={ gamma = 1 }", "'vendors.acme.lead_time={ gamma = 1 }'"),
            ("it's", r"'it'\''s'"),
            ("", "''"),
            ("it's a\u{1b}[31m\u{202e}name", r"$'it\'s a\033[31m\342\200\256name'"),
        ] {
            assert_eq!(quoted(OsStr::new(word)), expected);
        }
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        for word in ["a.toml", "x={ gamma = 1 }", "it's", "", "it's a\u{1b}[31m\u{202e}\\name", "é", "'"] {
            let written = line(&["backorder".into(), word.into(), "--replan".into()]);
            assert_eq!(words(&written), Some(vec!["backorder".into(), word.into(), "--replan".into()]), "{written}");
        }
        assert_eq!(words("an 'open quote"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(quoted(OsStr::from_bytes(b"caf\xe9.toml")), r"$'caf\351.toml'");
    }
}
