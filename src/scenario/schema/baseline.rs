//! A baseline file: a scenario or study whose measures `backorder check` holds against stored ones.

use super::super::choices::{Mode, Suite};
use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::{MAX_REPLICATIONS, NAME, NOT_NEGATIVE, SEED, TEXT, TEXTS};
use crate::domain::settings::{Kind, Setting, Shape};

table! {
    /// A scenario or study, and how what it comes to is held against what it came to before.
    pub BASELINE as "Baseline": "the baseline" {
        /// What it guards.
        description: TEXT = "";
        /// The scenario or study file, relative to the baseline.
        scenario: NAME = needed, example("../../scenarios/supplements.toml");
        /// Settings of the scenario that are changed, each `KEY=VALUE`.
        set: TEXTS = optional, example(["run.horizon=60d"]);
        /// Seed of every random stream. Default: the scenario's.
        seed: SEED = optional;
        /// How many replications. Default: the scenario's, where it is a number.
        replications: COUNT = optional;
        /// What counts as moved.
        mode: MODE = "exact";
        /// When it is checked.
        suite: SUITE = "quick";
        /// In statistical mode the measures judged, by their names in `summary.json`. Default: those that `compare` judges.
        measures: TEXTS = optional, example(["order_fill_rate", "cost_per_order"]);
        /// In statistical mode differences that do not matter, measure by measure, in the measure's unit. Default: as for
        /// `compare`.
        tolerances: TOLERANCES = optional;
    }
}

const MODE: Kind = <Mode as Setting>::KIND;
const SUITE: Kind = <Suite as Setting>::KIND;
const COUNT: Kind = Kind::new("", "a whole number", Shape::Whole(1, MAX_REPLICATIONS));
const TOLERANCES: Kind = Kind::new("", "a table of numbers", Shape::Map(&NOT_NEGATIVE));
