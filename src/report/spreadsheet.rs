//! Names in tables, so that a spreadsheet takes none of them for a formula: one that begins like a formula gets an
//! apostrophe before it, which is taken off again when the table is read.

use std::borrow::Cow;

/// Whether a spreadsheet would calculate what begins with this. The wide forms are taken for the narrow ones in Asia.
fn begins_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Whether a text begins like a formula, apostrophes aside: only before such a text do they have a meaning.
fn needs_guard(text: &str) -> bool {
    begins_formula(text.trim_start_matches('\''))
}

/// A name as it is written.
pub(super) fn guarded(name: &str) -> Cow<'_, str> {
    if needs_guard(name) { Cow::Owned(format!("'{name}")) } else { Cow::Borrowed(name) }
}

/// The name that was written so.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(name) if needs_guard(cell) => name,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_formulas_and_are_read_back() {
        for (name, written) in [
            ("=HYPERLINK(\"http://example.org\")", "'=HYPERLINK(\"http://example.org\")"),
            ("+1", "'+1"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("''", "''"),
            ("'n sync", "'n sync"),
            ("whey", "whey"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(guarded(name), written);
            assert_eq!(unguarded(written), name);
        }
    }
}
