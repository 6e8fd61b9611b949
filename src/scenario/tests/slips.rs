//! One slip of TOML is told once: nothing that only follows from it stands beside it.

use super::*;

/// Every way to write a table, with files beside it that name what is written here.
const TEXT: &str = r#"name = "slips"
zones = [
    { id = "home" },
    { id = "far", lat = 1.5, lon = 2 },
]

[run]
horizon = "90d"
replications = { min = 2, half_width = 0.01 }

[[warehouses]]
id = "boise"
handling = "2h"   # never more

[[warehouses]]
id = "dayton"

[[warehouses]]
id = "reno"

[lanes]
file = "lanes.csv"

[[vendors]]
id = "acme"
lead_time = { gamma = { mean = "6d", cv = 0.5 } }

[[products]]
id = "whey"
vendor = "acme"

[demand]
orders_per_day = 5
lines_per_order = { geometric = { mean = 2.2 } }
weekly = [1, 1, 1, 1, 1, 1, 1]

[replenishment]
policy = "s-S"

[[replenishment.levels]]
warehouse = "boise"
product = "whey"
reorder_point = 1
order_up_to = 2

[[orders]]
at = "1d6h"
zone = "home"
lines = [{ product = "whey", units = 2 }]
"#;
/// The lines of its list over several.
const LIST: std::ops::RangeInclusive<usize> = 2..=5;
const LANES: &str = "from,to,parcel_cost,transit\nboise,home,5,2d\ndayton,home,5,2d\nreno,far,5,2d\n";

fn told(text: &str) -> Vec<Diagnostic> {
    match load_with(text, &[("lanes.csv", LANES)], &[]) {
        Ok(_) => Vec::new(),
        Err(found) => found.list,
    }
}

/// The text with one mark of its syntax dropped, doubled or mistaken for another, at every place in turn.
fn slips() -> impl Iterator<Item = (usize, String)> {
    TEXT.char_indices().flat_map(|(at, mark)| {
        let instead: &[&str] = match mark {
            '"' => &["", "\"\"", "'"],
            '[' => &["", "[[", "{", "("],
            ']' => &["", "]]", "}", ")"],
            '{' => &["", "{{", "["],
            '}' => &["", "}}", "]"],
            '=' => &["", "==", ":"],
            ',' => &["", ",,", ";"],
            _ => &[],
        };
        instead.iter().map(move |instead| (at, format!("{}{instead}{}", &TEXT[..at], &TEXT[at + 1..])))
    })
}

#[test]
fn a_slip_is_told_once_and_where_it_is() {
    assert!(told(TEXT).is_empty(), "{:?}", told(TEXT));
    let line_of = |at: usize| TEXT[..at].matches('\n').count() + 1;
    let mut complaints = String::new();
    for (at, text) in slips() {
        let told = told(&text);
        if !told.iter().any(|diagnostic| diagnostic.code == "syntax") {
            continue;
        }
        let line = line_of(at);
        // What is wrong with a list over several lines may show in another line of it.
        let is_near = |other: usize| line == other || [line, other].iter().all(|line| LIST.contains(line));
        let is_right = told.len() == 1 && is_near(told[0].location.line);
        if !is_right {
            let all: Vec<String> =
                told.iter().map(|one| format!("   {}: {}", one.location.line, one.message)).collect();
            complaints += &format!("line {line}, {:?}:\n{}\n", text.lines().nth(line - 1), all.join("\n"));
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn a_slip_outside_of_any_statement_is_told_too() {
    for text in ["# a bell: \u{7}\n", "\u{7}"] {
        let told = told(&format!("{text}{TEXT}"));
        assert_eq!(
            told.iter().map(|one| (one.code, one.location.line)).collect::<Vec<_>>(),
            [("syntax", 1)],
            "{told:?}"
        );
    }
    assert_eq!(told("# a bell: \u{7}").len(), 1);
}

#[test]
fn of_very_many_slips_the_first_are_told() {
    let told = told(&"a = b\n".repeat(500));
    let lines: Vec<usize> = told.iter().map(|one| one.location.line).collect();
    assert_eq!(lines, (1..=10).collect::<Vec<_>>());
    assert_eq!(told[9].note.as_deref(), Some("more may follow once this is mended"));
}
