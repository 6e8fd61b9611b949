//! The stories of `scenarios/rules/`: each shows its rule, and its header says which rules it exercises.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use backorder::rules::Rule;

use crate::support::replay::{self, Folder};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/rules")
}

/// The rules that a scenario's header says it exercises.
fn exercised(text: &str) -> BTreeSet<Rule> {
    let header = text
        .lines()
        .take_while(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches('#'))
        .collect::<Vec<_>>()
        .join(" ");
    let (_, list) = header.split_once("Exercises:").expect("a header says which rules are exercised");
    list.trim()
        .trim_end_matches('.')
        .split(',')
        .map(|id| Rule::from_id(id.trim()).unwrap_or_else(|| panic!("no rule is called `{id}`")))
        .collect()
}

#[test]
fn every_story_shows_its_rule_and_exercises_what_its_header_says() {
    let mut complaints = Vec::new();
    for rule in Rule::ALL {
        let name = format!("{}.toml", rule.id());
        let text = std::fs::read_to_string(folder().join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let run = replay::run(&name, &text, &Folder(folder()));
        assert!(run.breaches.is_empty(), "{name}: {:?}", run.breaches);
        assert!(run.firings.contains_key(&rule), "{name} does not show its rule:\n{}", run.told());
        let fired: BTreeSet<Rule> = run.firings.keys().copied().collect();
        if exercised(&text) != fired {
            complaints.push(format!("{name} exercises {fired:?} and says {:?}", exercised(&text)));
        }
        assert!(text.contains(&format!("Rule {}:", rule.id())), "{name} tells of its rule in its header");
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_story_belongs_to_a_rule() {
    for entry in std::fs::read_dir(folder()).expect("the folder of stories is there") {
        let path = entry.expect("its entries can be read").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            assert!(Rule::from_id(&stem).is_some(), "{stem} is no rule");
        }
    }
}

#[test]
fn the_story_from_abroad_says_why_the_parcel_waited() {
    let name = "international-complete.toml";
    let text = std::fs::read_to_string(folder().join(name)).expect("the story is there");
    let run = replay::run(name, &text, &Folder(folder()));
    let expectations = crate::support::expectation::read(
        "
        1d    order-placed      order=1 zone=abroad warehouse=boise
        1d    line-backordered  order=1 line=3 product=glutamine
        1d    display-mismatch  order=1 line=3
        1d1h  backorder-notice  order=1
        4d    line-covered      order=1 line=3
        4d    parcel-released   order=1 parcel=1 warehouse=boise lines=1,2,3 rule=international-complete
        4d4h  parcel-shipped    order=1
        4d4h  shipment-notice   order=1
        4d4h  order-completed   order=1
        10d4h parcel-delivered  order=1
        exactly order=1
        2d    parcel-released   order=2 warehouse=boise  lines=1,2
        2d    parcel-released   order=2 warehouse=dayton lines=3
        ",
    );
    assert_eq!(crate::support::expectation::compare(&expectations, &run), Vec::<String>::new());
}
