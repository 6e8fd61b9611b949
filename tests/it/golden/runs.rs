//! Whole runs: the bytes of their result files.

use backorder::domain::{Model, Replications, Span, WarmUp};
use backorder::experiment::{Settings, replicate};
use backorder::report;

use crate::business::retailer;
use crate::support::expected::root;
use crate::support::replay::{self, Folder};

use super::{check, hash};

const MEANING: &str = "A run of equal inputs gives other bytes than before. If no hash of a distribution, a stream or a purpose \
    changed with it, then the engine, a rule, a measure or the form of the files did. A line for `replications.csv` alone \
    means measures or columns; `summary.json` alone means estimates or its form.";

fn shipped(path: &str) -> Model {
    let at = root().join("scenarios").join(path);
    let text = std::fs::read_to_string(&at).expect("the scenario is there");
    replay::load(path, &text, &Folder(at.parent().expect("a file has a folder").to_path_buf()))
}

/// A case of theory, cut down to what a test can afford.
fn short(path: &str) -> Model {
    let mut model = shipped(path);
    model.run.warm_up = WarmUp::Fixed(Span::from_days(20));
    model.run.horizon = Span::from_days(300);
    model.run.replications = Replications::Fixed(4);
    model
}

#[test]
fn whole_runs_give_the_bytes_they_gave() {
    let runs = [
        ("small retailer", retailer::model()),
        ("one order's story", shipped("rules/auto-cancel.toml")),
        ("(r, Q), lost sales", short("theory/rq-lost-sales.toml")),
        ("two products, split", short("theory/two-products-split.toml")),
        ("periodic review", short("theory/periodic-ss.toml")),
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
