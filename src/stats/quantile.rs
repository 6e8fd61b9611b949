//! Quantiles by nearest rank: always a value that occurred.

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

#[cfg(test)]
mod tests {
    use super::*;

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
