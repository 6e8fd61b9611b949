//! How replications of alternatives spread, and what that says of the best of them.

use super::archive::{Archive, ratio};
use super::problem::{Point, Problem, Response};
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
    infeasible: &[Point],
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
    for (index, bound) in problem.bounds().iter().enumerate() {
        let slack_of = |point: &Point| {
            let responses = archive.responses(point);
            let error = (variance(responses, index + 1) / responses.len() as f64).sqrt();
            (ratio(responses, index + 1).map_or(f64::NEG_INFINITY, |value| bound.slack(value)), error)
        };
        let (slack, error) = slack_of(best);
        wrong += below(slack, error);
        // One that was ruled out by a bound, would be better, and may hold it after all.
        let cheaper = infeasible.iter().filter(|point| mean_of(archive.responses(point)) < mean_of(at_best));
        for (slack, error) in cheaper.map(slack_of).filter(|(slack, _)| *slack < 0.0) {
            wrong += below(-slack, error);
        }
    }
    (1.0 - wrong).max(0.0)
}
