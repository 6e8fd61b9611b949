//! Whatever the text, there is an answer.

use super::*;

/// Every part of the format, so that a changed letter meets every reader.
const TEXT: &str = r#"
run = { horizon = "90d", replications = { min = 2, half_width = 0.01 } }
zones = [{ id = "höme", lat = 1, lon = 1 }]
warehouses = { file = "w.csv" }
vendors = [{ id = "acme", lead_time = { gamma = { mean = "6d", cv = 0.5 } } }]
[[products]]
id = "whey"
vendor = "acme"
substitutes = "g"
[demand]
orders_per_day = 5
trace = { file = "t.csv" }
[replenishment]
policy = "s-S"
target = { fill_rate = 0.9 }
[[orders]]
at = "1d6h"
zone = "höme"
lines = [{ product = "whey", units = 2 }]
"#;
const WAREHOUSES: &str = "id,lat,lon\n\"böise\",43.6,-116.2\n";
const TRACE: &str = "order,date,zone,product,units\nA,2026-05-14 10:00:00 +0100,höme,whey,1\n";

/// The text with one letter dropped, doubled or replaced, at every place in turn.
fn slips(text: &str) -> impl Iterator<Item = String> {
    text.char_indices().flat_map(move |(at, letter)| {
        let (before, after) = (&text[..at], &text[at + letter.len_utf8()..]);
        let replaced = ['"', '[', '}', ',', '\n', '9', 'é', '.'][at % 8];
        [format!("{before}{after}"), format!("{before}{letter}{letter}{after}"), format!("{before}{replaced}{after}")]
    })
}

/// Loads it and shows what is told.
fn answer(text: &str, warehouses: &str, trace: &str, settings: &[(&str, &str)]) {
    match load_with(text, &[("w.csv", warehouses), ("t.csv", trace)], settings) {
        Ok(loaded) => assert!(!loaded.model.zones.is_empty() && !loaded.model.products.is_empty()),
        Err(found) => {
            assert!(found.errors > 0 && found.list.len() <= found.errors + found.warnings, "{found}");
            assert!(found.to_string().contains("error: "), "{found}");
        }
    }
}

#[test]
fn no_slip_of_the_pen_goes_unanswered() {
    assert_eq!(codes(TEXT, &[("w.csv", WAREHOUSES), ("t.csv", TRACE)], &[]), [""; 0]);
    for text in slips(TEXT) {
        answer(&text, WAREHOUSES, TRACE, &[]);
    }
    for warehouses in slips(WAREHOUSES) {
        answer(TEXT, &warehouses, TRACE, &[]);
    }
    for trace in slips(TRACE) {
        answer(TEXT, WAREHOUSES, &trace, &[]);
    }
    for path in slips("vendors.acme.lead_time") {
        answer(TEXT, WAREHOUSES, TRACE, &[(&path, "9d")]);
    }
}

#[test]
fn a_text_cut_short_is_answered() {
    for (end, _) in TEXT.char_indices() {
        answer(&TEXT[..end], WAREHOUSES, TRACE, &[]);
    }
}
