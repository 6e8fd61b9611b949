//! What was looked at: alternatives with the responses of their replications, compared on equal random numbers.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::problem::{Point, Problem, Response, Stage, Wanted};
use crate::stats::{Pair, paired_ratio_difference};

/// All alternatives that were simulated in one stage.
pub(super) struct Archive<'a, P> {
    problem: &'a P,
    stage: Stage,
    seen: BTreeMap<Point, Vec<Response>>,
    spent: u64,
}

/// Where an alternative stands: first how far it misses its bounds, then its objective.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Score {
    /// The sum over the bounds of what is missing, each relative to its limit; 0 where all hold.
    pub(super) violation: f64,
    /// The objective's mean; infinite where no replication has a denominator.
    pub(super) objective: f64,
}

impl Score {
    /// Less is better.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        self.violation.total_cmp(&other.violation).then(self.objective.total_cmp(&other.objective))
    }
}

/// The ratio of means of column `column` over some replications; `None` without a denominator.
pub(super) fn ratio(responses: &[Response], column: usize) -> Option<f64> {
    let (mut numerator, mut denominator) = (0.0, 0.0);
    for response in responses {
        numerator += response[column].numerator;
        denominator += response[column].denominator;
    }
    (denominator != 0.0).then(|| numerator / denominator)
}

impl<'a, P: Problem> Archive<'a, P> {
    pub(super) fn new(problem: &'a P, stage: Stage) -> Self {
        Self { problem, stage, seen: BTreeMap::new(), spent: 0 }
    }

    /// How many replications were run.
    pub(super) fn spent(&self) -> u64 {
        self.spent
    }

    /// How many replications of an alternative there are.
    pub(super) fn replications(&self, point: &[u32]) -> u32 {
        self.seen.get(point).map_or(0, |responses| responses.len() as u32)
    }

    /// How many replications [`Self::ensure`] would have to run.
    pub(super) fn missing(&self, points: &[Point], replications: u32) -> u64 {
        points.iter().map(|point| u64::from(replications.saturating_sub(self.replications(point)))).sum()
    }

    /// Sees to it that each of the points has at least so many replications.
    pub(super) fn ensure(&mut self, points: &[Point], replications: u32) -> Result<(), P::Error> {
        self.ensure_each(points.iter().map(|point| (point.clone(), replications)))
    }

    /// Sees to it that each point has at least its number of replications.
    pub(super) fn ensure_each(&mut self, points: impl Iterator<Item = (Point, u32)>) -> Result<(), P::Error> {
        let wanted: Vec<Wanted> = points
            .map(|(point, replications)| Wanted { replications: self.replications(&point)..replications, point })
            .filter(|wanted| !wanted.replications.is_empty())
            .collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let answers = self.problem.simulate(self.stage, &wanted)?;
        for (Wanted { point, replications }, responses) in wanted.into_iter().zip(answers) {
            debug_assert_eq!(responses.len(), replications.len());
            self.spent += u64::from(replications.end - replications.start);
            self.seen.entry(point).or_default().extend(responses);
        }
        Ok(())
    }

    /// The responses of an alternative.
    pub(super) fn responses(&self, point: &[u32]) -> &[Response] {
        self.seen.get(point).map_or(&[], Vec::as_slice)
    }

    /// Where an alternative stands by its first replications.
    pub(super) fn score(&self, point: &[u32], replications: u32) -> Score {
        let responses = self.responses(point);
        let responses = &responses[..responses.len().min(replications as usize)];
        let bounds = self.problem.bounds().iter().enumerate();
        let violation = bounds.map(|(index, bound)| bound.violation(ratio(responses, index + 1))).sum();
        Score { violation, objective: ratio(responses, 0).unwrap_or(f64::INFINITY) }
    }

    /// The points with at least so many replications, best first by these; of equal ones the one nearest to today's settings.
    pub(super) fn ranked(&self, replications: u32) -> Vec<(Point, Score)> {
        let mut ranked: Vec<(Point, Score)> = self
            .seen
            .iter()
            .filter(|(_, responses)| responses.len() >= replications as usize)
            .map(|(point, _)| (point.clone(), self.score(point, replications)))
            .collect();
        ranked.sort_by(|a, b| a.1.compare(&b.1).then_with(|| self.of_equals(&a.0, &b.0)));
        ranked
    }

    /// Which of two alternatives goes before where both come to the same: the one that changes less of today's settings.
    pub(super) fn of_equals(&self, left: &Point, right: &Point) -> Ordering {
        let apart = |point: &Point| self.problem.apart_from_today(point);
        apart(left).cmp(&apart(right)).then_with(|| left.cmp(right))
    }

    /// The standard error of the difference of two alternatives' objectives over the replications that both have.
    pub(super) fn difference_error(&self, left: &[u32], right: &[u32]) -> Option<f64> {
        let (left, right) = (self.responses(left), self.responses(right));
        let n = left.len().min(right.len());
        let pairs =
            |responses: &[Response]| -> Vec<Pair> { responses[..n].iter().map(|response| response[0]).collect() };
        let estimate = paired_ratio_difference(&pairs(left), &pairs(right), 0.95)?.estimate;
        Some(estimate.std_dev? / (estimate.replications as f64).sqrt())
    }

    /// The mean of each column of an alternative's responses.
    pub(super) fn means(&self, point: &[u32]) -> Vec<Option<f64>> {
        let responses = self.responses(point);
        (0..responses.first().map_or(0, Vec::len)).map(|column| ratio(responses, column)).collect()
    }

    /// Every point that was seen.
    pub(super) fn points(&self) -> impl Iterator<Item = &Point> {
        self.seen.keys()
    }
}
