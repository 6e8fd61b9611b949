//! What a tuning has simulated, kept outside of it: so that one that was ended goes on where it was, and others can run its
//! rounds.

use std::ops::Range;

use super::pairs::PairRow;
use super::problem::{Point, Stage};
use crate::experiment::RunError;
use crate::measures::Metric;
use crate::stats::Pair;

/// What is kept of each product in a replication, where a request asks for it: its own parts of cost, and what it fills.
pub const OF_PRODUCTS: [Metric; 8] = [
    Metric::OnHandMeanCost,
    Metric::PurchaseOrders,
    Metric::BackordersMeanUnits,
    Metric::Units,
    Metric::ShippedUnits,
    Metric::UnitFillRate,
    Metric::OnHandMeanUnits,
    Metric::ReceivedUnits,
];

/// What the replications of a request say, replication by replication: of [`Metric::ALL`], and where the request asks for
/// it of [`OF_PRODUCTS`], product by product.
pub type Kept = Vec<Vec<Pair>>;

/// What is simulated.
#[derive(Clone, Debug, PartialEq)]
pub enum Configuration {
    /// The scenario as it stands.
    Today,
    /// The scenario with decisions.
    Point(Point),
    /// The scenario with levels for pairs of warehouse and product.
    Levels(Vec<PairRow>),
}

/// Replications that are wanted of an alternative. A tuning makes the same requests in the same order whenever it is begun
/// anew: each depends on nothing but the inputs and the answers to those before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Its number, from 0.
    pub number: usize,
    /// What they are wanted for.
    pub stage: Stage,
    /// What is to be simulated.
    pub configuration: Configuration,
    /// Which replications.
    pub replications: Range<u32>,
    /// Of how many products [`OF_PRODUCTS`] are wanted: of all or of none.
    pub products: usize,
}

impl Request {
    /// Whether an answer has the shape of one to this request.
    pub fn is_answered_by(&self, answer: &Kept) -> bool {
        let width = Metric::ALL.len() + self.products * OF_PRODUCTS.len();
        answer.len() == self.replications.len() && answer.iter().all(|row| row.len() == width)
    }
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
