//! A study file: a scenario, and what is varied in it.

use super::{AxisValues, Flag, Id, Replications, Seed, Text};
use schemars::JsonSchema;

/// A scenario, and what is varied in it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Study {
    /// The study's name; default: the file's.
    #[schemars(default)]
    name: Text,
    /// What it is about.
    #[schemars(default, extend("default" = ""))]
    description: Text,
    /// The scenario file, relative to the study file.
    #[schemars(extend("examples" = ["../supplements.toml"]))]
    scenario: Id,
    /// Settings that hold for all cells, each `KEY=VALUE`.
    #[schemars(default, extend("examples" = [["run.horizon=180d"]]))]
    set: Vec<String>,
    /// What is varied; the first axis changes slowest.
    #[schemars(length(min = 1))]
    axes: Vec<StudyAxis>,
    /// Whether the axes are gone through side by side, instead of in all combinations.
    #[schemars(default, extend("default" = false))]
    zip: Flag,
    /// The measures shown, the first one first, by their names in `summary.json`; the tables have all. Default: service,
    /// waits, parcels and cost.
    #[schemars(default, extend("examples" = [["order_fill_rate", "cost_per_order"]]))]
    measures: Vec<String>,
    /// How many replications of each cell, or until an interval is narrow enough. Default: the scenario's.
    #[schemars(default)]
    replications: Replications,
    /// Seed of every random stream. Default: the scenario's.
    #[schemars(default)]
    seed: Seed,
}

/// An axis: a setting with its values, or a name with variants.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct StudyAxis {
    /// The setting that is varied: keys with dots between them; a row is named by its id or its number from 0.
    #[schemars(default, extend("examples" = ["network.open"]))]
    key: Id,
    /// Its values.
    #[schemars(default)]
    values: AxisValues,
    /// Instead of `key`, what an axis of variants is called.
    #[schemars(default, extend("examples" = ["policy"]))]
    name: Id,
    /// Instead of `values`, variants: `NAME: KEY=VALUE, KEY=VALUE`.
    #[schemars(default, extend("examples" = [["near: sourcing.policy=nearest", "few: sourcing.policy=fewest-parcels"]]))]
    variants: Vec<String>,
    /// What the axis is called in sentences and on charts. Default: its key or name.
    #[schemars(default, extend("examples" = ["open warehouses"]))]
    label: Id,
}
