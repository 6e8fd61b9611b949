//! `[tune]`: what `backorder tune` may decide, and what it aims at.

use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::{DURATION, MAJORITY, NAME, POSITIVE, REPLICATIONS, TEXTS};
use crate::domain::settings::{Kind, Procedure, Setting, Shape};

/// The fewest replications with which anything can be chosen: 10 of each of two finalists, and as many to find these.
pub const LEAST_BUDGET: u64 = 40;

table! {
    /// What `backorder tune` may decide, and what it aims at; its options on the command line go before. Other commands pass
    /// over it.
    pub TUNE as "Tune": "[tune]" {
        /// What may be decided. Without it: the levels of every product.
        vary: VARIABLES = optional;
        /// The measure to make as small as possible, by its name in `summary.json`. Default: `cost_per_order`, where
        /// `maximise` is not given.
        minimise: NAME = optional, example("cost_per_order");
        /// Instead, the measure to make as large as possible.
        maximise: NAME = optional, example("unit_fill_rate");
        /// What must hold on average, each `MEASURE >= VALUE` or `MEASURE <= VALUE`.
        require: TEXTS = optional, example(["order_fill_rate >= 0.97"]);
        /// How much may be spent on search and choice: a number of replications, or a time, which is made into as many
        /// replications as this machine runs in it. Default: 3,000 replications, 400 for the levels of every product.
        budget: BUDGET = optional;
        /// The difference of the objective that matters. Default: 0.25 % of the least among today's and those that theory proposes.
        delta: POSITIVE = optional;
        /// How sure the choice is to be within `delta` of the best finalist. Default: 0.95.
        confidence: MAJORITY = optional;
        /// How one of the finalists is chosen. Default: `"kn"`.
        selection: Procedure::KIND = optional;
        /// How many replications of everything that is estimated at the end, from fresh seeds. Default: 50.
        replications: REPLICATIONS = optional;
    }
}

const VARIABLES: Kind = Kind::new("", "a list of settings (below)", Shape::List(&Kind::table(&TUNE_VARIABLE), 0, None));
const BUDGET: Kind = Kind::new(
    "Budget",
    "a number from 40, or a duration",
    Shape::Either(&[Kind::new("", "a number", Shape::Whole(LEAST_BUDGET as i64, i64::MAX)), DURATION]),
)
.about("A number of replications, or a time.");

table! {
    /// A setting that may be decided.
    pub TUNE_VARIABLE as "TuneVariable": "a row of [[tune.vary]]" {
        /// The setting: keys with dots between them; a row is named by its id or its number from 0.
        key: NAME = needed, example("replenishment.reorder_point");
        /// The values that it may take.
        values: AXIS_VALUES = needed,
            example("1..8"),
            example("0.90..0.99 step 0.01"),
            example("10d..40d step 5d,never"),
            example(["nearest", "cheapest"]);
    }
}

/// The values of an axis: in one text, or in a list.
pub const AXIS_VALUES: Kind = Kind::new(
    "AxisValues",
    "a text of values and ranges, or a list",
    Shape::Either(&[Kind::new("", "a text", Shape::Name), Kind::new("", "a list", Shape::List(&ANYTHING, 1, None))]),
)
.about("A list of values, or a text: values and ranges with commas between them.");
const ANYTHING: Kind = Kind::new("", "anything", Shape::Any);
