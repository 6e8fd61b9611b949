//! What became of a record that was held against an earlier one.

use crate::experiment::contrast::Difference;
use crate::rules::Rule;
use crate::stats::Estimate;

/// What is to be said of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing moved.
    Unmoved,
    /// Whether anything moved is not decidable at this many replications.
    Undecided,
    /// Something moved.
    Moved,
}

/// What became of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// In a word.
    pub verdict: Verdict,
    /// The measures that are not the same to the byte.
    pub measures: Vec<MovedMeasure>,
    /// The rules that fired another number of times in some replication; where customers and lead times are others, those of
    /// which chance does not explain it.
    pub rules: Vec<MovedRule>,
    /// Where its traces part, if they do.
    pub parting: Option<Parting>,
}

/// A measure that is not the same to the byte.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MovedMeasure {
    /// As it was; `None` where nothing happened that it is about.
    pub before: Option<Estimate>,
    /// As it is.
    pub after: Option<Estimate>,
    /// The paired difference, judged in statistical mode alone.
    pub difference: Difference,
    /// Whether it counts as moved: in exact mode every one does.
    pub has_moved: bool,
}

/// A rule that fired otherwise: how often, all replications together, which may be as often as before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MovedRule {
    /// Which.
    pub rule: Rule,
    /// How often it fired.
    pub before: i64,
    /// How often it fires.
    pub after: i64,
    /// The change per 1,000 orders asked for, where there are orders.
    pub per_1000_orders: Option<Estimate>,
}

/// Where two traces part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parting {
    /// In which replication, from 0: the first one that differs.
    pub replication: usize,
    /// On which day, from 0.
    pub day: i64,
    /// How many events that replication has had.
    pub events: u64,
}
