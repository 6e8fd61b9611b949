//! The page that says what each rule is worth lists every rule with its opposite, as the catalogue has it; and each
//! opposite is what its settings say.

use std::path::Path;

use backorder::rules::{Relaxation, Rule};

use super::theory;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rule-worth.md");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The row of the page's table that the catalogue asks for.
fn row(rule: Rule) -> String {
    match rule.relaxed() {
        Relaxation::Opposite { setting, means, .. } => format!("| `{}` | `{setting}` | {means} |", rule.id()),
        Relaxation::None { why } => format!("| `{}` | – | not measured: {why} |", rule.id()),
    }
}

#[test]
fn the_page_lists_every_rule_with_its_opposite() {
    let page = page();
    let listed: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    let expected: Vec<String> = Rule::ALL.into_iter().map(row).collect();
    assert_eq!(listed, expected);
}

#[test]
fn an_opposite_is_a_change_and_changes_nothing_when_repeated() {
    let model = theory("swap-at-once", 10, 1);
    for rule in Rule::ALL {
        let Relaxation::Opposite { apply, .. } = rule.relaxed() else { continue };
        let mut once = model.clone();
        apply(&mut once);
        let mut twice = once.clone();
        apply(&mut twice);
        assert_eq!(once, twice, "{}", rule.id());
    }
}
