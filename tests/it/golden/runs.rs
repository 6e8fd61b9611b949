//! Whole runs: the bytes of their result files.

use backorder::experiment::{Settings, replicate};
use backorder::files::Scenario;
use backorder::report;

use crate::business::retailer;
use crate::support::expected::root;

use super::{check, hash};

const MEANING: &str = "A run of equal inputs gives other bytes than before. If no hash of a distribution, a stream or a purpose \
    changed with it, then the engine, a rule, a measure or the form of the files did. A line for `replications.csv` alone \
    means measures or columns; `summary.json` alone means estimates or its form.";

fn shipped(path: &str) -> Scenario {
    Scenario::open(root().join("scenarios").join(path)).expect("the scenario is there")
}

/// A case of theory, cut down to what a test can afford.
fn short(path: &str) -> Scenario {
    shipped(path).set("run.warm_up", "20d").set("run.horizon", "300d").set("run.replications", 4)
}

#[test]
fn whole_runs_give_the_bytes_they_gave() {
    let runs = [
        ("small retailer", retailer::model()),
        ("one order's story", shipped("rules/auto-cancel.toml").model().expect("it is valid")),
        ("(r, Q), lost sales", short("theory/rq-lost-sales.toml").model().expect("it is valid")),
        ("two products, split", short("theory/two-products-split.toml").model().expect("it is valid")),
        ("periodic review", short("theory/periodic-ss.toml").model().expect("it is valid")),
    ];
    let mut hashes = Vec::new();
    for (name, model) in runs {
        let results = replicate(&model, &Settings::default()).expect("the run succeeds");
        for (file, text) in report::files(&results) {
            if ["summary.json", "replications.csv"].contains(&file) {
                hashes.push((format!("{name}: {file}"), hash(text.into_bytes())));
            }
        }
    }
    check("runs.txt", &hashes, MEANING);
}
