//! Comparisons held to what is known: the same draws whatever is decided, intervals that cover as often as they say, no
//! difference called where there is none, the right sign where there is one, and the table of the rules' opposites.
//!
//! In `cargo test` the counts are small; with the environment variable `BACKORDER_LONG=1` they are as large as the claims
//! need:
//!
//! ```text
//! BACKORDER_LONG=1 cargo test --release compare -- --nocapture
//! ```

mod coverage;
mod false_alarms;
mod opposites;
mod same_draws;
mod signs;

use std::path::Path;

use backorder::domain::Model;
use backorder::experiment::Alternative;
use backorder::files::Scenario;

/// Whether the long form is wanted.
fn long() -> bool {
    std::env::var_os("BACKORDER_LONG").is_some_and(|value| value == "1")
}

/// A scenario of the folder `scenarios/theory`, cut to so many replications of so many days after 40 days of warm-up.
fn theory(name: &str, days: i64, replications: u32) -> Scenario {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/theory/{name}.toml"));
    let scenario = Scenario::open(file).unwrap_or_else(|error| panic!("{error}"));
    let scenario = scenario.set("run.warm_up", "40d").set("run.horizon", format!("{days}d"));
    scenario.set("run.replications", replications)
}

/// The model of a scenario that must be valid.
fn model(scenario: &Scenario) -> Model {
    scenario.model().unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// A scenario under a name.
fn alternative(name: &str, scenario: &Scenario) -> Alternative {
    Alternative { name: name.into(), changes: String::new(), model: model(scenario) }
}

/// Gives the alternatives a seed: the first one's counts.
fn sow(alternatives: &mut [Alternative], seed: u64) {
    alternatives[0].model = alternatives[0].model.clone().with_seed(seed);
}

/// The scenario with another order-up-to level.
fn with_level(scenario: Scenario, level: i32) -> Scenario {
    scenario.set("replenishment.order_up_to", level)
}
