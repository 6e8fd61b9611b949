//! `[tune]`: what `backorder tune` may decide, and what it aims at.

use super::{AxisValues, Duration, Id, Positive};
use schemars::JsonSchema;

/// What `backorder tune` may decide, and what it aims at; its options on the command line go before. Other commands pass
/// over it.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Tune {
    /// What may be decided. Without it: the levels of every product.
    #[schemars(default)]
    vary: Vec<TuneVariable>,
    /// The measure to make as small as possible, by its name in `summary.json`. Default: `cost_per_order`, where
    /// `maximise` is not given.
    #[schemars(default, extend("examples" = ["cost_per_order"]))]
    minimise: Id,
    /// Instead, the measure to make as large as possible.
    #[schemars(default, extend("examples" = ["unit_fill_rate"]))]
    maximise: Id,
    /// What must hold on average, each `MEASURE >= VALUE` or `MEASURE <= VALUE`.
    #[schemars(default, extend("examples" = [["order_fill_rate >= 0.97"]]))]
    require: Vec<String>,
    /// How much may be spent on search and choice: a number of replications, or a time, which is made into as many
    /// replications as this machine runs in it. Default: 3,000 replications, 400 for the levels of every product.
    #[schemars(default)]
    budget: Budget,
    /// The difference of the objective that matters. Default: 0.25 % of the least among today's and those that theory proposes.
    #[schemars(default)]
    delta: Positive,
    /// How sure the choice is to be within `delta` of the best finalist. Default: 0.95.
    #[schemars(default)]
    confidence: Confidence,
    /// How many replications of everything that is estimated at the end, from fresh seeds. Default: 50.
    #[schemars(default)]
    replications: EstimatedReplications,
}

/// A setting that may be decided.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TuneVariable {
    /// The setting: keys with dots between them; a row is named by its id or its number from 0.
    #[schemars(extend("examples" = ["replenishment.reorder_point"]))]
    key: Id,
    /// The values that it may take.
    values: AxisValues,
}

/// A number of replications, or a time.
#[derive(Default, JsonSchema)]
#[schemars(untagged)]
pub enum Budget {
    /// So many replications.
    #[default]
    #[schemars(skip)]
    None,
    /// So many replications.
    Replications(#[schemars(range(min = 20))] u64),
    /// So long.
    Time(Duration),
}

/// A share above one half.
#[derive(Default, JsonSchema)]
pub struct Confidence(#[schemars(extend("exclusiveMinimum" = 0.5, "exclusiveMaximum" = 1.0))] f64);

/// Replications of an estimate.
#[derive(Default, JsonSchema)]
pub struct EstimatedReplications(#[schemars(range(min = 2, max = 1_000_000))] u32);
