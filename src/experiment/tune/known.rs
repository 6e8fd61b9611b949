//! A test bed: alternatives with known means of objective and measure, and normal noise, part of which is common to all.

use super::problem::{Bound, Direction, Point, Problem, Response, Stage, Variable, Wanted};
use crate::random::{Family, Purpose};
use crate::stats::{Pair, normal_quantile};

/// The bed.
pub(super) struct Known {
    pub(super) seed: u64,
    pub(super) means: Vec<(f64, f64)>,
    /// The standard deviation of what all alternatives have in common; each has as much as 1 of its own.
    pub(super) common: f64,
    pub(super) variables: [Variable; 1],
    pub(super) bounds: Vec<Bound>,
}

impl Known {
    pub(super) fn new(seed: u64, means: &[(f64, f64)], limit: Option<f64>) -> Self {
        let variables = [Variable { name: "which".into(), levels: means.len() as u32, ordered: false }];
        let bound = |limit| Bound { direction: Direction::AtLeast, limit, tolerance: 0.1 };
        Self { seed, means: means.to_vec(), common: 1.0, variables, bounds: limit.map(bound).into_iter().collect() }
    }

    /// Every alternative.
    pub(super) fn all(&self) -> Vec<Point> {
        (0..self.means.len() as u32).map(|level| vec![level]).collect()
    }
}

impl Problem for Known {
    type Error = std::convert::Infallible;

    fn variables(&self) -> &[Variable] {
        &self.variables
    }

    fn bounds(&self) -> &[Bound] {
        &self.bounds
    }

    fn starts(&self) -> Vec<Point> {
        Vec::new()
    }

    fn simulate(&self, stage: Stage, wanted: &[Wanted]) -> Result<Vec<Vec<Response>>, Self::Error> {
        let one = |which: u32, replication: u32| {
            let family = Family::new(self.seed * 3 + stage as u64, replication, Purpose::Search);
            let noise = |entity: u64| normal_quantile(family.of(entity).unit_above_zero().min(0.999_999_999));
            let (objective, measure) = self.means[which as usize];
            let own = u64::from(which) * 2 + 1;
            let mut response = vec![Pair::new(objective + self.common * noise(0) + noise(own), 1.0)];
            response.extend(self.bounds.iter().map(|_| Pair::new(measure + noise(own + 1), 1.0)));
            response
        };
        Ok(wanted.iter().map(|it| it.replications.clone().map(|number| one(it.point[0], number)).collect()).collect())
    }
}
