//! The best of several scenarios, measure by measure.
//!
//! Every pair of scenarios has a paired difference; their intervals are widened so that those of one measure hold
//! together (Bonferroni over the k(k−1)/2 pairs), which allows for the leader being picked by its own figures. A pair with the
//! first scenario has a verdict already, which holds together with all others that are told: that one decides.

use super::contrast::{Conclusion, Difference, Judging};
use super::results::Results;
use super::rows;
use crate::measures::{Better, Metric};
use crate::stats::{CONFIDENCE, Estimate, Pair, enough_replications, paired_ratio_difference, ratio_of_means};

/// Which scenario is best by a measure, and how sure that is.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// The measure.
    pub metric: Metric,
    /// The scenario with the best mean: its place among those compared.
    pub leader: usize,
    /// Those that are exactly as good, in every replication.
    pub equal: Vec<usize>,
    /// How sure.
    pub claim: Claim,
    /// Over how many pairs the intervals hold together.
    pub pairs: usize,
}

/// What can be said of the leader.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// It is better than every other that is not exactly as good.
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
pub(super) fn best(
    results: &[Results],
    replications: usize,
    judging: &Judging,
    contrasts: &[Vec<Difference>],
) -> Vec<Best> {
    judging.metrics.iter().filter_map(|&metric| best_by(results, replications, metric, judging, contrasts)).collect()
}

/// How a leader stands to another scenario.
enum Standing {
    Ahead,
    /// Behind it by no more than does not matter.
    Within,
    /// Not told from it; about so many replications would tell, as far as can be said.
    Untold(Option<u64>),
}

impl Standing {
    /// By the verdict on the two.
    fn of_verdict(conclusion: Conclusion) -> Self {
        match conclusion {
            Conclusion::Same | Conclusion::Equivalent => Self::Within,
            Conclusion::Unclear { enough } => Self::Untold(enough),
            Conclusion::NoOccasion => Self::Untold(None),
            Conclusion::Better | Conclusion::Worse | Conclusion::Higher | Conclusion::Lower => Self::Ahead,
        }
    }

    /// By the interval of the leader's advance.
    fn of_interval(ahead: &Estimate, indifference: f64, confidence: f64) -> Self {
        // How far the leader is at least ahead, or at worst (where negative) behind.
        let least = ahead.half_width.map_or(f64::NEG_INFINITY, |half| ahead.mean - half);
        if least > 0.0 {
            Self::Ahead
        } else if least >= -indifference {
            Self::Within
        } else {
            Self::Untold(enough_replications(ahead, ahead.mean.abs() + indifference, confidence))
        }
    }
}

/// The verdict on a pair, which those with the first scenario have.
fn verdict(contrasts: &[Vec<Difference>], metric: Metric, (one, other): (usize, usize)) -> Option<Conclusion> {
    let differences = contrasts.get(one.max(other).checked_sub(1).filter(|_| one.min(other) == 0)?)?;
    Some(differences.iter().find(|it| it.metric == metric)?.judged?.conclusion)
}

fn best_by(
    results: &[Results],
    replications: usize,
    metric: Metric,
    judging: &Judging,
    contrasts: &[Vec<Difference>],
) -> Option<Best> {
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
    let mut is_best = true;
    let (mut equal, mut rivals, mut enough) = (Vec::new(), Vec::new(), Some(0));
    for other in (0..means.len()).filter(|&other| other != leader) {
        let ahead = paired_ratio_difference(&pairs[other], &pairs[leader], confidence)?.estimate;
        let ahead = Estimate { mean: sign * ahead.mean, ..ahead };
        if pairs[other] == pairs[leader] || (ahead.mean, ahead.half_width) == (0.0, Some(0.0)) {
            equal.push(other);
            continue;
        }
        let standing = match verdict(contrasts, metric, (leader, other)) {
            Some(conclusion) => Standing::of_verdict(conclusion),
            None => Standing::of_interval(&ahead, indifference, confidence),
        };
        is_best &= matches!(standing, Standing::Ahead);
        if let Standing::Untold(more) = standing {
            rivals.push(other);
            enough = enough.zip(more).map(|(most, more)| most.max(more));
        }
    }
    if equal.len() + 1 == pairs.len() {
        return None;
    }
    let claim = match (is_best, rivals.is_empty()) {
        (true, _) => Claim::Best,
        (false, true) => Claim::WithinIndifference(indifference),
        (false, false) => Claim::Contested { rivals, enough },
    };
    Some(Best { metric, leader, equal, claim, pairs: count })
}
