//! A study file: a scenario, and what is varied in it.

use super::scenario::HOW_OFTEN;
use super::tune::AXIS_VALUES;
use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::{FLAG, NAME, SEED, TEXT, TEXTS};
use crate::domain::settings::{Kind, Shape};

table! {
    /// A scenario, and what is varied in it.
    pub STUDY as "Study": "the study" {
        /// The study's name; default: the file's.
        name: NAME = optional;
        /// What it is about.
        description: TEXT = "";
        /// The scenario file, relative to the study file.
        scenario: NAME = needed, example("../supplements.toml");
        /// Settings that hold for all cells, each `KEY=VALUE`.
        set: TEXTS = optional, example(["run.horizon=180d"]);
        /// What is varied; the first axis changes slowest.
        axes: AXES = needed;
        /// Whether the axes are gone through side by side, instead of in all combinations.
        zip: FLAG = false;
        /// The measures shown, the first one first, by their names in `summary.json`; the tables have all. Default: service,
        /// waits, parcels and cost.
        measures: TEXTS = optional, example(["order_fill_rate", "cost_per_order"]);
        /// How many replications of each cell, or until an interval is narrow enough. Default: the scenario's.
        replications: HOW_OFTEN = optional;
        /// Seed of every random stream. Default: the scenario's.
        seed: SEED = optional;
    }
}

const AXES: Kind = Kind::new("", "a list of axes (below)", Shape::List(&Kind::table(&STUDY_AXIS), 1, None));

table! {
    /// An axis: a setting with its values, or a name with variants.
    pub STUDY_AXIS as "StudyAxis": "a row of [[axes]]" {
        /// The setting that is varied: keys with dots between them; a row is named by its id or its number from 0.
        key: NAME = optional, example("network.open");
        /// Its values.
        values: AXIS_VALUES = optional,
            example("1..8"),
            example("0.90..0.99 step 0.01"),
            example("10d..40d step 5d,never"),
            example(["nearest", "cheapest"]);
        /// Instead of `key`, what an axis of variants is called.
        name: NAME = optional, example("policy");
        /// Instead of `values`, variants: `NAME: KEY=VALUE, KEY=VALUE`.
        variants: TEXTS = optional,
            example(["near: sourcing.policy=nearest", "few: sourcing.policy=fewest-parcels"]);
        /// What the axis is called in sentences and on charts. Default: its key or name.
        label: NAME = optional, example("open warehouses");
    }
}
