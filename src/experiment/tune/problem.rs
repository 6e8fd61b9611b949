//! What a tuner needs to know of a problem: what may be decided, and what a replication of an alternative says.

use std::ops::Range;

use crate::stats::Pair;

/// One thing that may be decided. Its values are numbered levels; what a level means is the problem's affair.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// What it is called.
    pub name: String,
    /// How many levels it has, at least 1.
    pub levels: u32,
    /// Whether a level lies between its neighbours (a quantity), or levels are mere names (a policy).
    pub ordered: bool,
}

/// An alternative: a level for each variable.
pub type Point = Vec<u32>;

/// Which way a constraint goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The measure must be at least the limit.
    AtLeast,
    /// The measure must be at most the limit.
    AtMost,
}

/// A constraint on the mean of a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// Which way it goes.
    pub direction: Direction,
    /// The limit, in the measure's unit.
    pub limit: f64,
    /// How far beyond the limit a measure may have to lie before it must be recognised as holding: the tolerance of the
    /// feasibility check, above 0.
    pub tolerance: f64,
}

impl Bound {
    /// How far a value lies on the right side of the limit; negative where it does not hold.
    pub fn slack(&self, value: f64) -> f64 {
        match self.direction {
            Direction::AtLeast => value - self.limit,
            Direction::AtMost => self.limit - value,
        }
    }

    /// How far a value lies on the wrong side of the limit, relative to it: 0 where it holds, infinite where nothing was
    /// measured.
    pub fn violation(&self, value: Option<f64>) -> f64 {
        let slack = value.map_or(f64::NEG_INFINITY, |value| self.slack(value));
        if slack >= 0.0 { 0.0 } else { -slack / self.limit.abs().max(self.tolerance) }
    }
}

/// What a replication of an alternative says: the objective, then the measure of each bound.
pub type Response = Vec<Pair>;

/// What replications are run for. Each purpose has random numbers of its own, so that no figure of a later stage owes
/// anything to having been chosen by an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Looking for good alternatives.
    Search,
    /// Choosing among the finalists.
    Selection,
    /// Estimating what was chosen.
    Estimate,
}

/// The seed of a stage: of three consecutive ones, so that each stage has random numbers of its own, and a figure of the last
/// one is that of `run` with the seed two above the scenario's.
pub fn stage_seed(seed: u64, stage: Stage) -> u64 {
    seed.wrapping_add(stage as u64)
}

/// Replications of an alternative that are wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The alternative.
    pub point: Point,
    /// Which replications; replication *i* of every alternative meets the same random numbers.
    pub replications: Range<u32>,
}

/// A problem to be tuned: minimise the mean of an objective, subject to bounds on the means of measures.
pub trait Problem {
    /// Why an alternative could not be simulated.
    type Error;

    /// What may be decided.
    fn variables(&self) -> &[Variable];

    /// The constraints on measures.
    fn bounds(&self) -> &[Bound];

    /// Whether an alternative makes sense at all (a reorder point below the order-up-to level, say).
    fn admits(&self, _point: &[u32]) -> bool {
        true
    }

    /// Alternatives to begin with, which theory proposes. May be empty.
    fn starts(&self) -> Vec<Point>;

    /// The alternative that is in force today, with which a search begins, too; `None` where it is not one of those that can
    /// be decided.
    fn today(&self) -> Option<Point> {
        None
    }

    /// In how many variables an alternative differs from what is in force today, as far as that is one of their levels. Of
    /// alternatives that come to the same the one that changes least goes before.
    fn apart_from_today(&self, point: &[u32]) -> usize {
        self.today().map_or(0, |today| today.iter().zip(point).filter(|(now, then)| now != then).count())
    }

    /// Runs replications and answers in the order asked for. All that is asked for at once may run in parallel; the
    /// answers do not depend on how.
    ///
    /// # Errors
    /// When an alternative cannot be simulated, or the run was interrupted.
    fn simulate(&self, stage: Stage, wanted: &[Wanted]) -> Result<Vec<Vec<Response>>, Self::Error>;
}
