//! Quantiles by nearest rank: always a value that occurred.

use std::cell::Cell;

/// The smallest of the ascending values such that at least the share `probability` of them is not above it.
///
/// # Panics
/// When there are no values; when `probability` is outside [0, 1].
///
/// ```
/// use backorder::stats::nearest_rank;
/// assert_eq!(nearest_rank(&[15.0, 20.0, 35.0, 40.0, 50.0], 0.3), 20.0);
/// ```
pub fn nearest_rank<T: Copy>(ascending: &[T], probability: f64) -> T {
    ascending[rank(ascending.len() as u64, probability) as usize - 1]
}

/// The rank, from 1, of a quantile among `count` values.
///
/// ⌈p·n⌉, after taking off what rounding may have added: 0.95 · 20 is exactly 19 on paper.
pub(super) fn rank(count: u64, probability: f64) -> u64 {
    assert!((0.0..=1.0).contains(&probability), "a probability, not {probability}");
    assert!(count > 0, "a quantile of no values");
    let product = probability * count as f64;
    let rank = (product * (1.0 - 4.0 * f64::EPSILON)).ceil() as u64;
    rank.clamp(1, count)
}

/// The interval of a quantile: the two of the ascending values between which the true quantile lies with at least the
/// given confidence, whatever the distribution. `None` where so few values cannot say so much.
///
/// The number of values at or below the quantile is binomial, which gives the ranks: equal tails, each at most half of
/// what the confidence leaves (David and Nagaraja, *Order Statistics*, 3rd ed., §7.1).
///
/// # Panics
/// When `probability` or `confidence` is not strictly between 0 and 1.
///
/// ```
/// use backorder::stats::quantile_interval;
/// // The median of ten lies between the second and the ninth of them.
/// assert_eq!(quantile_interval(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.5, 0.95), Some((2, 9)));
/// ```
pub fn quantile_interval<T: Copy>(ascending: &[T], probability: f64, confidence: f64) -> Option<(T, T)> {
    let (lower, upper) = interval_ranks(ascending.len(), probability, confidence)?;
    Some((ascending[lower - 1], ascending[upper - 1]))
}

/// The ranks, from 1, of the interval's ends.
fn interval_ranks(count: usize, probability: f64, confidence: f64) -> Option<(usize, usize)> {
    assert!(probability > 0.0 && probability < 1.0, "a probability strictly between 0 and 1, not {probability}");
    assert!(confidence > 0.0 && confidence < 1.0, "a confidence strictly between 0 and 1, not {confidence}");
    // A result asks for the same few of all its measures, and of a thousand replications each takes tens of microseconds.
    thread_local!(static KNOWN: [Cell<Known>; KEPT] = const { [const { Cell::new((0, 0.0, 0.0, None)) }; KEPT] });
    let place = (probability * KEPT as f64) as usize;
    let (of, at, with, known) = KNOWN.with(|kept| kept[place].get());
    if (of, at, with) == (count, probability, confidence) {
        return known;
    }
    let found = computed_ranks(count, probability, confidence);
    KNOWN.with(|kept| kept[place].set((count, probability, confidence, found)));
    found
}

/// How many values, the probability, the confidence, and the ranks.
type Known = (usize, f64, f64, Option<(usize, usize)>);

/// Ranks that each thread keeps.
const KEPT: usize = 8;

fn computed_ranks(count: usize, probability: f64, confidence: f64) -> Option<(usize, usize)> {
    let tail = (1.0 - confidence) / 2.0;
    // The lower end is the l-th with P(B < l) ≤ tail; mirrored, the upper end is the u-th with P(B ≥ u) ≤ tail.
    let lower = terms_within(count, probability, tail);
    let upper = terms_within(count, 1.0 - probability, tail);
    (lower >= 1 && upper >= 1).then(|| (lower, count + 1 - upper))
}

/// How many of P(B = 0), P(B = 1), … of a binomial B add up to no more than `tail`.
fn terms_within(count: usize, probability: f64, tail: f64) -> usize {
    let (odds, n) = (probability / (1.0 - probability), count as f64);
    // In logarithms, as P(B = 0) vanishes for many values.
    let mut term = n * libm::log1p(-probability);
    let (mut sum, mut terms) = (libm::exp(term), 0);
    while sum <= tail && terms < count {
        term += libm::log((n - terms as f64) / (terms as f64 + 1.0) * odds);
        terms += 1;
        sum += libm::exp(term);
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_ranks_of_the_median() {
        // 95 % intervals of a median by ranks, as in Conover, *Practical Nonparametric Statistics*, or Hahn and Meeker,
        // *Statistical Intervals*: exact coverages 97.9, 95.9, 95.7, 96.7 and 96.5 %.
        for (count, ranks) in [(10, (2, 9)), (20, (6, 15)), (30, (10, 21)), (50, (18, 33)), (100, (40, 61))] {
            assert_eq!(interval_ranks(count, 0.5, 0.95), Some(ranks), "{count}");
        }
        // Five values cannot bound a median at 95 %, six can: 1 − 2/2⁶ = 96.9 %.
        assert_eq!((interval_ranks(5, 0.5, 0.95), interval_ranks(6, 0.5, 0.95)), (None, Some((1, 6))));
    }

    #[test]
    fn published_binomial_sums() {
        // Conover's sixteen transistors: of B(16, 3/4), P(B ≤ 8) = 0.0271 and P(B ≥ 15) = 0.0635.
        for (tail, terms) in [(0.0270, 8), (0.0272, 9)] {
            assert_eq!(terms_within(16, 0.75, tail), terms);
        }
        for (tail, terms) in [(0.0634, 1), (0.0636, 2)] {
            assert_eq!(terms_within(16, 0.25, tail), terms);
        }
    }

    #[test]
    fn far_quantiles_need_many_values() {
        // 0.95^n ≤ 0.025 from n = 72 on.
        assert_eq!((interval_ranks(71, 0.05, 0.95), interval_ranks(71, 0.95, 0.95)), (None, None));
        assert!(interval_ranks(72, 0.05, 0.95).is_some_and(|(lower, _)| lower == 1));
        assert!(interval_ranks(72, 0.95, 0.95).is_some_and(|(_, upper)| upper == 72));
        let (lower, upper) = interval_ranks(100_000, 0.95, 0.95).unwrap();
        // np ∓ 1.96 √(np(1−p)) = 95,000 ∓ 135.
        assert!(lower.abs_diff(94_865) <= 2 && upper.abs_diff(95_136) <= 2, "{lower} {upper}");
    }

    #[test]
    fn the_textbook_example() {
        // https://en.wikipedia.org/wiki/Percentile, worked examples of the nearest-rank method.
        let five = [15, 20, 35, 40, 50];
        for (probability, value) in [(0.05, 15), (0.3, 20), (0.4, 20), (0.5, 35), (1.0, 50)] {
            assert_eq!(nearest_rank(&five, probability), value, "{probability}");
        }
        let ten = [3, 6, 7, 8, 8, 10, 13, 15, 16, 20];
        for (probability, value) in [(0.25, 7), (0.5, 8), (0.75, 15), (1.0, 20), (0.0, 3)] {
            assert_eq!(nearest_rank(&ten, probability), value, "{probability}");
        }
    }

    #[test]
    fn a_rank_that_is_whole_on_paper_is_not_rounded_up() {
        for count in 1..=10_000 {
            // p = 0.95 → ⌈19n/20⌉, p = 0.05 → ⌈n/20⌉, p = 0.99 → ⌈99n/100⌉ in whole numbers.
            assert_eq!(rank(count, 0.95), (19 * count).div_ceil(20), "{count}");
            assert_eq!(rank(count, 0.05), count.div_ceil(20), "{count}");
            assert_eq!(rank(count, 0.99), (99 * count).div_ceil(100), "{count}");
        }
    }
}
