//! Pages are finished: nothing stands in them that was to be replaced by something measured or written later.

use super::{page, pages};

/// Whether a line is a name in capitals with an underscore and nothing else, as `SOME_TABLE`.
fn holds_a_place(line: &str) -> bool {
    let line = line.trim();
    line.contains('_') && line.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}

/// What authors write where something is missing.
const LATER: [&str; 5] = ["TODO", "TBD", "FIXME", "XXX", "lorem ipsum"];

#[test]
fn nothing_waits_to_be_filled_in() {
    let mut all = pages();
    all.push("README.md".into());
    for path in all {
        for (number, line) in page(&path).lines().enumerate() {
            let later = LATER.iter().any(|word| line.contains(word));
            assert!(!holds_a_place(line) && !later, "{path}:{}: {line}", number + 1);
        }
    }
}

#[test]
fn a_name_in_a_sentence_holds_no_place() {
    assert!(holds_a_place("THEORY_TABLE") && holds_a_place("  SOME_OTHER_TABLE"));
    assert!(!holds_a_place("BACKORDER_LONG=1 cargo test") && !holds_a_place("SKU") && !holds_a_place("--- | ---"));
}
