//! The best of several scenarios, measure by measure.
//!
//! Every pair of scenarios has a paired difference; their intervals are widened so that those of one measure hold
//! together (Bonferroni over the k(k−1)/2 pairs), which allows for the leader being picked by its own figures.

use super::contrast::Judging;
use super::results::Results;
use super::rows;
use crate::measures::{Better, Metric};
use crate::stats::{CONFIDENCE, Pair, enough_replications, paired_ratio_difference, ratio_of_means};

/// Which scenario is best by a measure, and how sure that is.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// The measure.
    pub metric: Metric,
    /// The scenario with the best mean: its place among those compared.
    pub leader: usize,
    /// How sure.
    pub claim: Claim,
    /// Over how many pairs the intervals hold together.
    pub pairs: usize,
}

/// What can be said of the leader.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// It is better than every other.
    Best,
    /// It is the best, or worse than the best by no more than the indifference zone.
    WithinIndifference(f64),
    /// It cannot be told from these.
    Contested {
        /// The others it is not told from.
        rivals: Vec<usize>,
        /// About how many replications would tell, as far as can be said.
        enough: Option<u64>,
    },
}

/// The best by each of the measures judged that has a better side and differs at all.
pub(super) fn best(results: &[Results], replications: usize, judging: &Judging) -> Vec<Best> {
    judging.metrics.iter().filter_map(|&metric| best_by(results, replications, metric, judging)).collect()
}

fn best_by(results: &[Results], replications: usize, metric: Metric, judging: &Judging) -> Option<Best> {
    let sign = match metric.definition().better {
        Better::Higher => 1.0,
        Better::Lower => -1.0,
        Better::Neither => return None,
    };
    let pairs: Vec<Vec<Pair>> =
        results.iter().map(|results| rows::pairs(&results.rows[..replications], metric)).collect();
    let means: Vec<f64> =
        pairs.iter().map(|pairs| ratio_of_means(pairs, CONFIDENCE).map(|it| it.mean)).collect::<Option<_>>()?;
    // Of equals the first.
    let leader = (0..means.len()).rev().max_by(|&a, &b| (sign * means[a]).total_cmp(&(sign * means[b])))?;
    if pairs.iter().all(|other| *other == pairs[leader]) {
        return None;
    }
    let indifference = judging.indifference(metric, means[0]);
    let count = means.len() * (means.len() - 1) / 2;
    let confidence = 1.0 - (1.0 - CONFIDENCE) / count as f64;
    let (mut is_best, mut is_within) = (true, true);
    let (mut rivals, mut enough) = (Vec::new(), Some(0));
    for other in (0..means.len()).filter(|&other| other != leader) {
        let estimate = paired_ratio_difference(&pairs[other], &pairs[leader], confidence)?.estimate;
        // How far the leader is at least ahead, or at worst (where negative) behind.
        let ahead = estimate.half_width.map_or(f64::NEG_INFINITY, |half| sign * estimate.mean - half);
        is_best &= ahead > 0.0;
        if ahead < -indifference {
            is_within = false;
            rivals.push(other);
            let distance = estimate.mean.abs() + indifference;
            let more = enough_replications(&estimate, distance, confidence);
            enough = enough.zip(more).map(|(most, more)| most.max(more));
        }
    }
    let claim = match (is_best, is_within) {
        (true, _) => Claim::Best,
        (false, true) => Claim::WithinIndifference(indifference),
        (false, false) => Claim::Contested { rivals, enough },
    };
    Some(Best { metric, leader, claim, pairs: count })
}
