//! The glossary has every word that the guided tour explains, and the rules' promises as the program tells them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use backorder::rules::Rule;

use super::page;
use crate::support::expected;

/// The terms that a text sets in bold.
fn bold(text: &str) -> BTreeSet<String> {
    text.split("**").skip(1).step_by(2).map(|term| term.replace('\n', " ").trim().to_string()).collect()
}

#[test]
fn it_explains_what_the_guided_tour_explains() {
    let tour = page("src/lib.rs");
    let (_, glossary) = tour.split_once("//! # Glossary").expect("the tour has a glossary");
    let comment: Vec<&str> = glossary.lines().take_while(|line| line.is_empty() || line.starts_with("//!")).collect();
    let in_tour = bold(&comment.join("\n").replace("//!", ""));
    assert!(in_tour.len() >= 10, "{in_tour:?}");
    let here = bold(&page("docs/glossary.md"));
    let missing: Vec<&String> = in_tour.difference(&here).collect();
    assert!(missing.is_empty(), "docs/glossary.md lacks {missing:?}");
}

#[test]
fn every_term_is_explained_once() {
    let page = page("docs/glossary.md");
    let terms: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("| **")?.split_once("** |")).map(|(term, _)| term).collect();
    let distinct: BTreeSet<&&str> = terms.iter().collect();
    assert!(terms.len() >= 55 && distinct.len() == terms.len(), "{} terms, {} distinct", terms.len(), distinct.len());
}

#[test]
fn it_lists_the_rules_with_their_promises() {
    let path = "docs/glossary.md";
    let page = page(path);
    let (before, rest) = page.split_once("| term | the promise |\n|---|---|\n").expect("a table of rules");
    let (_, after) = rest.split_once("\n\n").expect("something comes after the table");
    let rows = Rule::ALL.into_iter().fold(String::new(), |mut rows, rule| {
        writeln!(rows, "| **{}** | {} |", rule.id(), rule.promise()).expect("a string takes all that is written");
        rows
    });
    let whole = format!("{before}| term | the promise |\n|---|---|\n{rows}\n{after}");
    let meaning = "The table of rules is made from the catalogue: UPDATE_EXPECTED=1 cargo test --test it pages";
    expected::matches(Path::new(path), &whole, meaning);
}
