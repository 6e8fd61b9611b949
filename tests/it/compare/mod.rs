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

use backorder::domain::{Model, Replications, Span, WarmUp};
use backorder::experiment::Alternative;

use crate::support::replay::{self, Folder};

/// Whether the long form is wanted.
fn long() -> bool {
    std::env::var_os("BACKORDER_LONG").is_some_and(|value| value == "1")
}

/// A scenario of the folder `scenarios/theory`, cut to so many replications of so many days after 40 days of warm-up.
fn theory(name: &str, days: i64, replications: u32) -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/theory");
    let file = folder.join(format!("{name}.toml"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut model = replay::load(name, &text, &Folder(folder));
    model.run.warm_up = WarmUp::Fixed(Span::from_days(40));
    model.run.horizon = Span::from_days(days);
    model.run.replications = Replications::Fixed(replications);
    model
}

/// A scenario under a name.
fn alternative(name: &str, model: Model) -> Alternative {
    Alternative { name: name.into(), changes: String::new(), model }
}

/// The scenario with another order-up-to level.
fn with_level(mut model: Model, level: i32) -> Model {
    let replenishment = model.replenishment.as_mut().expect("the scenario has a policy");
    replenishment.general.order_up_to = Some(level);
    model
}
