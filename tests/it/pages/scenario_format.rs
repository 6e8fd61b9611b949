//! Every example of the page on the scenario format is loaded, and runs under the auditor.
//!
//! The first block of TOML is a whole scenario. Each later one stands in for the tables of the same name in it, unless
//! it says `whole`. A block of CSV says which file it is.

use backorder::domain::distribution::{FAMILIES, FamilyTable};
use backorder::domain::settings::{Setting, Words};
use backorder::domain::{Model, ReplenishmentPolicy, Replications, WarmUp};
use backorder::scenario::{self, Files};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::page;
use crate::support::{expected, replay};

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

/// A text with what stands between two others of its lines put in place of what stands there.
fn with_between(text: &str, (before, after): (&str, &str), inner: &str) -> String {
    let (start, rest) = text.split_once(before).unwrap_or_else(|| panic!("the page has no {before}"));
    let (_, end) = rest.split_once(after).unwrap_or_else(|| panic!("the page has no {after}"));
    format!("{start}{before}{inner}{after}{end}")
}

/// Distributions and policies are shown as they are declared.
#[test]
fn distributions_and_policies_are_those_that_are_declared() {
    let mut distributions = String::new();
    for FamilyTable { name, about, example, .. } in FAMILIES {
        let is_known = about.to_lowercase() == format!("{name}.");
        let about = if is_known { String::new() } else { format!("# {about}\n") };
        distributions
            .push_str(&format!("[[vendors]]\nid = \"{name}\"\n{about}lead_time = {{ {name} = {example} }}\n\n"));
    }
    let mut policies = String::new();
    for (policy, (word, does)) in ReplenishmentPolicy::ALL.iter().zip(ReplenishmentPolicy::KIND.words_in_words()) {
        let levels: Vec<String> = policy.needs().iter().map(|level| format!("`{}`", level.key())).collect();
        policies.push_str(&format!("| `{word}` | {} | {} |\n", does.replace('\n', " "), levels.join(", ")));
    }
    let text = page("docs/scenario-format.md");
    let deterministic = "lead_time = { deterministic = \"6d\" }\n\n";
    let text = with_between(&text, (deterministic, "[[vendors]]\nid = \"from-a-file\" "), &distributions);
    let heading = "| policy | what it does | levels |\n|---|---|---|\n";
    let text = with_between(&text, (heading, "\nLevels stand under"), &policies);
    let meaning = "They are shown as they are declared: UPDATE_EXPECTED=1 cargo test --test it pages";
    expected::matches(Path::new("docs/scenario-format.md"), &text, meaning);
}
