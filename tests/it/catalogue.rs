//! The catalogue of rules is one thing told in several places: the enum, a room for each rule, a test file for each
//! rule, the README's table. (That each rule fires in its story is held by `rules/stories.rs`.)

use std::collections::BTreeSet;
use std::path::Path;

use backorder::rules::Rule;

/// A rule's name as a file of Rust has it.
fn room(rule: Rule) -> String {
    rule.id().replace('-', "_")
}

fn rooms() -> BTreeSet<String> {
    Rule::ALL.into_iter().map(room).collect()
}

/// The names of a folder's Rust files, without their ending.
fn files(folder: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    std::fs::read_dir(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .map(|entry| entry.expect("an entry of the folder").file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_string))
        .collect()
}

fn text(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_rule_is_listed_once_and_found_by_its_name() {
    let ids: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(ids.len(), Rule::ALL.len());
    for (position, rule) in Rule::ALL.into_iter().enumerate() {
        assert_eq!(rule as usize, position, "{} stands where its number says", rule.id());
        assert_eq!(Rule::from_id(rule.id()), Some(rule));
    }
}

#[test]
fn every_rule_has_its_room_and_every_room_its_rule() {
    let mut found = files("src/rules");
    for of_all in ["mod", "decisions"] {
        assert!(found.remove(of_all), "`{of_all}` is of all rules");
    }
    assert_eq!(found, rooms());
}

#[test]
fn every_rule_has_its_own_tests() {
    let missing: Vec<String> = rooms().difference(&files("tests/it/rules")).cloned().collect();
    assert!(missing.is_empty(), "rules without a file of tests: {missing:?}");
    for room in rooms() {
        let tests = text(&format!("tests/it/rules/{room}.rs")).matches("#[test]").count();
        assert!(tests >= 2, "{room}.rs has {tests} tests; a rule has boundaries and settings to be shown");
    }
}

#[test]
fn the_readme_lists_every_rule_in_order() {
    let readme = text("README.md");
    let listed: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` |"))
        .map(|(id, _)| id)
        .filter(|id| Rule::from_id(id).is_some())
        .collect();
    let all: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(listed, all, "the README's table has a row `| `id` | …` for each rule, in the order of the catalogue");
}

#[test]
fn every_rule_has_a_promise_of_its_own() {
    let promises: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.promise()).collect();
    assert_eq!(promises.len(), Rule::ALL.len());
    for promise in promises {
        // A sentence without its stop, as the report quotes it; the longest fits a line of the terminal.
        assert!((20..=76).contains(&promise.len()), "{promise}");
        assert!(promise.split(' ').count() >= 4 && !promise.ends_with('.'), "{promise}");
    }
}
