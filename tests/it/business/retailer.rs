//! A small retailer with every rule at work, for tests of whole runs.

use backorder::domain::Model;
use backorder::scenario::{self, Override};

use crate::support::replay::{self, NoFiles};

const TEXT: &str = include_str!("retailer.toml");

/// The retailer as its file tells it.
pub fn model() -> Model {
    replay::load("retailer.toml", TEXT, &NoFiles)
}

/// The same with some keys changed.
#[track_caller]
pub fn with(settings: &[(&str, &str)]) -> Model {
    let settings: Vec<Override> =
        settings.iter().map(|(path, value)| Override { path: (*path).into(), value: (*value).into() }).collect();
    match scenario::load("retailer.toml", TEXT, &NoFiles, &settings) {
        Ok(loaded) => loaded.model,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

#[test]
fn every_rule_fires_and_no_invariant_breaks() {
    let run = replay::replay(&model());
    assert!(run.breaches.is_empty(), "{:?}", run.breaches);
    let missing: Vec<_> =
        backorder::rules::Rule::ALL.into_iter().filter(|rule| !run.firings.contains_key(rule)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
