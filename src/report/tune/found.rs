//! What a tuning found, as it is handed over to be reported.

use crate::experiment::SweepAxis;
use crate::experiment::tune::{Effort, LevelsTuned, Outcome};
use crate::measures::Metric;
use crate::stats::Estimate;

/// What was tuned, and what came of it.
pub struct TuneReport<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// What money is told in.
    pub currency: Option<&'a str>,
    /// Its seed: of the search; the choice has the one above, the estimates the one above that.
    pub seed: u64,
    /// What was decided: its key, what it is called, its values.
    pub axes: Vec<SweepAxis>,
    /// For how many products each of these was decided, where not for all.
    pub products: Vec<Option<usize>>,
    /// What each of these is today, where that is written anywhere.
    pub today: Vec<Option<String>>,
    /// What was optimised.
    pub objective: Metric,
    /// Whether more of it is better.
    pub maximise: bool,
    /// What had to hold: the condition as it was written, and its measure.
    pub conditions: Vec<(&'a str, Metric)>,
    /// What the objective is traded against.
    pub service: Metric,
    /// Budget and guarantee.
    pub plan: Effort,
    /// Replications of each estimate.
    pub replications: u32,
    /// What was found.
    pub outcome: &'a Outcome,
}

/// What levels were proposed, and what came of them on fresh seeds.
pub struct LevelsReport<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// What money is told in.
    pub currency: Option<&'a str>,
    /// Its seed: of the search; the estimates have the one two above.
    pub seed: u64,
    /// What was minimised.
    pub objective: Metric,
    /// What had to hold: the condition as it was written, and its measure.
    pub conditions: Vec<(&'a str, Metric)>,
    /// What the objective is traded against.
    pub service: Metric,
    /// Replications allowed for ladder and combinations.
    pub budget: u64,
    /// The ladder, what was chosen from it, and the figures on fresh seeds.
    pub tuned: &'a LevelsTuned,
    /// By how much the objective falls. Paired.
    pub saving: Option<Estimate>,
    /// How many pairs of warehouse and product get other levels.
    pub changed: usize,
}
