//! What a tuning has simulated, kept outside of it: so that one that was ended goes on where it was, and others can run its
//! rounds.

use std::ops::Range;

use super::problem::{Point, Stage};
use crate::experiment::RunError;
use crate::stats::Pair;

/// What the replications of a request say of [`crate::measures::Metric::ALL`], replication by replication.
pub type Kept = Vec<Vec<Pair>>;

/// Replications that are wanted of an alternative. A tuning makes the same requests in the same order whenever it is begun
/// anew: each depends on nothing but the inputs and the answers to those before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Its number, from 0.
    pub number: usize,
    /// What they are wanted for.
    pub stage: Stage,
    /// The alternative; `None` is the scenario as it stands.
    pub point: Option<Point>,
    /// Which replications.
    pub replications: Range<u32>,
}

/// Keeps the answers to requests.
pub trait Memory: Sync {
    /// The answer to a request, if it is kept.
    ///
    /// # Errors
    /// When it cannot be read.
    fn recall(&self, request: &Request) -> Result<Option<Kept>, RunError>;

    /// Those of a round that are not kept are about to be run. All of them can be run at the same time.
    ///
    /// # Errors
    /// When they are not to be run here; the tuning ends with it.
    fn round(&self, missing: &[&Request]) -> Result<(), RunError>;

    /// Keeps the answer to a request.
    ///
    /// # Errors
    /// When it cannot be written; the tuning ends with it.
    fn keep(&self, request: &Request, answer: &Kept) -> Result<(), RunError>;
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMemory;

impl Memory for NoMemory {
    fn recall(&self, _: &Request) -> Result<Option<Kept>, RunError> {
        Ok(None)
    }

    fn round(&self, _: &[&Request]) -> Result<(), RunError> {
        Ok(())
    }

    fn keep(&self, _: &Request, _: &Kept) -> Result<(), RunError> {
        Ok(())
    }
}
