//! The page that says what each rule is worth lists every rule with its opposite, as the catalogue has it; and each
//! opposite is what its settings say.

use std::path::Path;

use backorder::domain::SimTime;
use backorder::engine::{Observer, Occurrence, Plan};
use backorder::rules::{Relaxation, Rule};
use backorder::scenario::{self, Override};

use super::{model, theory};
use crate::support::replay::Folder;

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

/// Rules whose opposites are more than settings that can be written down in one way for every scenario.
const TOLD_IN_WORDS: [Rule; 2] = [Rule::EarlyReplenishment, Rule::DisplayMismatch];

#[test]
fn an_opposite_is_what_its_settings_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/theory");
    let text = std::fs::read_to_string(folder.join("swap-at-once.toml")).expect("the scenario is there");
    let load = |settings: &[Override]| {
        let loaded = scenario::load("swap-at-once.toml", &text, &Folder(folder.clone()), settings);
        loaded.unwrap_or_else(|diagnostics| panic!("{diagnostics}")).model
    };
    for rule in Rule::ALL.into_iter().filter(|rule| !TOLD_IN_WORDS.contains(rule)) {
        let Relaxation::Opposite { setting, apply, .. } = rule.relaxed() else { continue };
        let settings: Vec<Override> = setting
            .split(", ")
            .map(|part| {
                let (path, value) = part.split_once(" = ").unwrap_or_else(|| panic!("{}: {part}", rule.id()));
                Override { path: path.into(), value: value.into() }
            })
            .collect();
        let mut applied = load(&[]);
        apply(&mut applied);
        assert_eq!(applied, load(&settings), "{}", rule.id());
    }
}

#[test]
fn nothing_is_bought_before_the_stock_is_used_up() {
    let mut model = model(&theory("rq-3-5", 400, 1));
    let Relaxation::Opposite { apply, .. } = Rule::EarlyReplenishment.relaxed() else {
        panic!("it has an opposite");
    };
    apply(&mut model);
    #[derive(Default)]
    struct Bought {
        orders: u32,
        free: i64,
    }
    impl Observer for Bought {
        fn observe(&mut self, _now: SimTime, what: Occurrence<'_>) {
            match what {
                Occurrence::PairCarried { units, .. } | Occurrence::Receipt { units, .. } => {
                    self.free += i64::from(units);
                }
                Occurrence::LineAsked { units, .. } => self.free -= i64::from(units),
                Occurrence::ReplenishmentOrdered { .. } => {
                    self.orders += 1;
                    assert!(self.free <= 0, "{} units are left", self.free);
                }
                _ => {}
            }
        }
    }
    let mut bought = Bought::default();
    Plan::new(&model).run(0, &mut bought).expect("all of it can be counted");
    assert!(bought.orders > 20, "{}", bought.orders);
}

#[test]
fn an_opposite_is_a_change_and_changes_nothing_when_repeated() {
    let model = model(&theory("swap-at-once", 10, 1));
    for rule in Rule::ALL {
        let Relaxation::Opposite { apply, .. } = rule.relaxed() else { continue };
        let mut once = model.clone();
        apply(&mut once);
        let mut twice = once.clone();
        apply(&mut twice);
        assert_eq!(once, twice, "{}", rule.id());
    }
}
