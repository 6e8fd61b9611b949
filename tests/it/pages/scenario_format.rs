//! Every example of the page on the scenario format is loaded, and runs under the auditor.
//!
//! The first block of TOML is a whole scenario. Each later one stands in for the tables of the same name in it, unless
//! it says `whole`. A block of CSV says which file it is.

use backorder::domain::{Model, Replications, WarmUp};
use backorder::scenario::{self, Files};
use std::collections::{BTreeMap, BTreeSet};

use super::page;
use crate::support::replay;

/// A fenced block: what it says it is, and what stands in it.
struct Block {
    info: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    let page = page("docs/scenario-format.md");
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(Block { info: info.into(), text: text.join("\n") + "\n" });
        }
    }
    blocks
}

/// The files of the page.
struct OnThePage(BTreeMap<String, String>);

impl OnThePage {
    fn new() -> Self {
        let name = |block: &Block| block.info.strip_prefix("csv ").map(str::to_string);
        Self(blocks().into_iter().filter_map(|block| Some((name(&block)?, block.text))).collect())
    }
}

impl Files for OnThePage {
    fn read(&self, path: &str) -> Result<String, String> {
        self.0.get(path).cloned().ok_or_else(|| "it is not on the page".into())
    }
}

/// The scenarios of the page, each with the text it was made of.
fn scenarios() -> Vec<(String, Model)> {
    let toml: Vec<Block> = blocks().into_iter().filter(|block| block.info.starts_with("toml")).collect();
    let whole: toml::Table = toml[0].text.parse().expect("the first scenario is TOML");
    let files = OnThePage::new();
    toml.iter()
        .map(|block| {
            let mut table: toml::Table = block.text.parse().unwrap_or_else(|error| panic!("{error}\n{}", block.text));
            if block.info != "toml whole" {
                for (key, value) in &whole {
                    table.entry(key).or_insert_with(|| value.clone());
                }
            }
            let text = table.to_string();
            let loaded = scenario::load("docs/scenario-format.md", &text, &files, &[]);
            let loaded = loaded.unwrap_or_else(|mistakes| panic!("{mistakes}\nin\n{}", block.text));
            assert!(loaded.warnings.is_empty(), "{}\nin\n{}", loaded.warnings[0], block.text);
            (block.text.clone(), loaded.model)
        })
        .collect()
}

#[test]
fn every_example_loads_and_runs() {
    let scenarios = scenarios();
    assert!(scenarios.len() >= 15, "{} examples", scenarios.len());
    for (text, model) in scenarios {
        let run = replay::replay(&model);
        assert!(!run.trace.is_empty() && run.breaches.is_empty(), "{:?} in\n{text}", run.breaches);
    }
}

#[test]
fn the_examples_say_what_the_page_says_of_them() {
    let scenarios = scenarios();
    let (_, first) = &scenarios[0];
    assert_eq!((first.zones().len(), first.warehouses().len(), first.products().len()), (3, 2, 3));
    assert!(scenarios.iter().any(|(_, model)| model.run().warm_up == WarmUp::Auto));
    assert!(scenarios.iter().any(|(_, model)| matches!(model.run().replications, Replications::Sequential { .. })));
    assert!(scenarios.iter().any(|(_, model)| model.products().len() == 500));
    assert!(scenarios.iter().any(|(_, model)| model.trace().is_some_and(|trace| trace.orders.len() == 3)));
    // "These are the defaults."
    let (_, rules) = scenarios.iter().find(|(text, _)| text.contains("[rules.backorder]")).expect("rules are shown");
    assert_eq!(rules.rules(), first.rules());
}

#[test]
fn no_table_of_the_format_is_left_out() {
    let schema = scenario::json_schema();
    let tables: BTreeSet<&String> = schema["properties"].as_object().expect("tables").keys().collect();
    let mut shown = BTreeSet::new();
    for block in blocks().iter().filter(|block| block.info.starts_with("toml")) {
        shown.extend(block.text.parse::<toml::Table>().expect("TOML").keys().cloned().collect::<Vec<_>>());
    }
    let missing: Vec<&&String> = tables.iter().filter(|table| !shown.contains(**table)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The kinds of distributions are those of the format, and the page shows each.
#[test]
fn no_distribution_is_left_out() {
    let schema = scenario::json_schema();
    let page = page("docs/scenario-format.md");
    for kind in schema["definitions"]["DurationDistribution"]["anyOf"].as_array().expect("a constant, or a table") {
        for (name, _) in kind["properties"].as_object().into_iter().flatten() {
            assert!(page.contains(&format!("lead_time = {{ {name} = ")), "{name}");
        }
    }
}
