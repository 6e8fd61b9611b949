//! How replications of alternatives spread, and what that says of the best of them.

use super::archive::{Archive, ratio};
use super::problem::{Bound, Point, Problem, Response};
use crate::stats::normal_cdf;

/// The replications' values of a ratio of means, linearised about it: R + (num − R·den)/mean den. With denominators 1 they
/// are the numerators.
pub(super) fn linear(responses: &[Response], column: usize) -> Vec<f64> {
    let n = responses.len() as f64;
    let Some(ratio) = ratio(responses, column) else { return vec![0.0; responses.len()] };
    let denominator = responses.iter().map(|response| response[column].denominator).sum::<f64>() / n;
    responses
        .iter()
        .map(|response| ratio + (response[column].numerator - ratio * response[column].denominator) / denominator)
        .collect()
}

/// The mean of the objective; infinite where there is none.
pub(super) fn mean_of(responses: &[Response]) -> f64 {
    ratio(responses, 0).unwrap_or(f64::INFINITY)
}

/// The variance of a column of one replication.
pub(super) fn variance(responses: &[Response], column: usize) -> f64 {
    let values = linear(responses, column);
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (values.len() - 1) as f64
}

/// The same of the measure of a bound. Where all trials of a share went one way, no variance is seen though there may be some: it
/// is then that of one trial more, which goes the other way.
pub(super) fn variance_of_measure(responses: &[Response], column: usize) -> f64 {
    let seen = variance(responses, column);
    let trials: f64 = responses.iter().map(|response| response[column].denominator).sum();
    let is_one_way = ratio(responses, column).is_some_and(|share| share == 0.0 || share == 1.0);
    if seen > 0.0 || !is_one_way {
        return seen;
    }
    let share = 1.0 / (trials + 1.0);
    share * (1.0 - share) * responses.len() as f64 / trials
}

/// The variance of the difference of two alternatives' replications.
pub(super) fn variance_of_difference(left: &[f64], right: &[f64]) -> f64 {
    let n = left.len() as f64;
    let mean = left.iter().zip(right).map(|(a, b)| a - b).sum::<f64>() / n;
    left.iter().zip(right).map(|(a, b)| (a - b - mean) * (a - b - mean)).sum::<f64>() / (n - 1.0)
}

/// A lower bound, by Bonferroni's inequality, on the probability that none of the others is better: each difference is that of
/// the replications that both have, with its own variance.
pub(super) fn probability_of_best<P: Problem>(
    archive: &Archive<'_, P>,
    problem: &P,
    best: &Point,
    left: &[Point],
    left_out: &[Point],
) -> f64 {
    // The chance that a figure of this mean and standard error is really below 0.
    let below = |mean: f64, error: f64| {
        if error > 0.0 { normal_cdf(-mean / error) } else { f64::from(u8::from(mean < 0.0)) }
    };
    let at_best = archive.responses(best);
    let mut wrong = 0.0;
    for other in left.iter().filter(|point| *point != best) {
        let other = archive.responses(other);
        let n = at_best.len().min(other.len());
        let variance = variance_of_difference(&linear(&at_best[..n], 0), &linear(&other[..n], 0)) / n as f64;
        wrong += below(mean_of(&other[..n]) - mean_of(&at_best[..n]), variance.sqrt());
    }
    // The chance that a bound is missed.
    let missed = |point: &Point, index: usize, bound: &Bound| {
        let responses = archive.responses(point);
        let error = (variance_of_measure(responses, index + 1) / responses.len() as f64).sqrt();
        below(ratio(responses, index + 1).map_or(f64::NEG_INFINITY, |value| bound.slack(value)), error)
    };
    let bounds = || problem.bounds().iter().enumerate();
    wrong += bounds().map(|(index, bound)| missed(best, index, bound)).sum::<f64>();
    // One that was left out for its bounds, would be better, and may hold them after all.
    for other in left_out.iter().filter(|point| mean_of(archive.responses(point)) < mean_of(at_best)) {
        wrong += bounds().map(|(index, bound)| 1.0 - missed(other, index, bound)).fold(1.0, f64::min);
    }
    (1.0 - wrong).max(0.0)
}
