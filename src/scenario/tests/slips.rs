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
fn of_very_many_slips_the_first_are_told_and_all_are_counted() {
    for line in ["a = b\n", "a\n", "[a\n", "a = \"b\n", "# \u{7}\n"] {
        let found = load_with(&line.repeat(5_000), &[], &[]).expect_err("nothing of it is TOML");
        let lines: Vec<usize> = shown(&found).map(|one| one.location.line).collect();
        assert_eq!((lines, found.errors), ((1..=20).collect(), 5_000), "{line:?}");
        let all: Vec<usize> = found.list.iter().map(|one| one.location.line).collect();
        assert_eq!(all, (1..=5_000).collect::<Vec<_>>(), "programs are given all of them");
        let told = "\n… and 4,980 more, all of which `backorder validate --json` lists\n\n5,000 errors\n";
        assert!(found.to_string().contains(told), "{found}");
    }
    let found = load_with(&"a = 1\n".repeat(5_000), &[], &[]).expect_err("a key is there too often");
    assert_eq!(found.errors, 5_000, "the first is unknown, the others are duplicates");
    let found = load_with(&"[a]\nb = 1\n".repeat(5_000), &[], &[]).expect_err("a table is there too often");
    let lines: Vec<usize> = found.list.iter().map(|one| one.location.line).collect();
    assert_eq!((found.errors, lines), (2, vec![1, 3]), "it is unknown, and its keys may go into one");
}

#[test]
fn a_carriage_return_alone_ends_a_line_and_is_told_once() {
    for (text, line) in [
        ("\r".to_string(), 1),
        (format!("{TEXT}\r"), TEXT.lines().count() + 1),
        (TEXT.replace('\n', "\r"), 1),
        (TEXT.replacen('\n', "\r\r\n", 3), 1),
        (TEXT.replacen("name = ", "# a\rname = ", 1), 1),
    ] {
        let told = told(&text);
        assert_eq!(
            told.iter().map(|one| (one.code, one.location.line)).collect::<Vec<_>>(),
            [("syntax", line)],
            "{text:?}: {told:?}"
        );
        assert!(told[0].message.contains("carriage return"), "{told:?}");
    }
    assert!(told(&TEXT.replace('\n', "\r\n")).is_empty());
}

#[test]
fn every_text_is_read_to_its_end() {
    // What may begin or end a line, a comment, a string or a table, in every order.
    let tokens = ["\r", "\n", "#", "\"", "'''", "[", "]", "{", "}", "=", "a", ".", " ", "\u{7}", "é"];
    let mut texts = vec![String::new()];
    for _ in 0..3 {
        texts = texts.iter().flat_map(|text| tokens.map(|token| format!("{text}{token}"))).collect();
        for text in &texts {
            told(text);
        }
    }
}

#[test]
fn kinds_of_mistakes_share_what_is_shown() {
    let rows: String = (0..500).map(|row| format!("p{row},x,y\n")).collect();
    let text = format!("{}colour = 1\n", SMALL.replace("[{ id = \"whey\" }]", "{ file = \"p.csv\" }"));
    let found = load_with(&text, &[("p.csv", &format!("id,price,share\n{rows}"))], &[]).expect_err("much is wrong");
    assert_eq!((shown(&found).count(), found.list.len(), found.errors), (20, 1_001, 1_001));
    let of = |word: &str| shown(&found).filter(|one| one.message.contains(word)).count();
    assert_eq!((of("colour"), of("price"), of("share")), (1, 10, 9));
    assert!(found.to_string().contains("and 490 more like this"), "{found}");
    assert!(found.to_string().contains("… and 981 more,"), "{found}");
}
