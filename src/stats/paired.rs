//! Differences between two systems seen under common random numbers: replication i of one against replication i of
//! the other.

use super::estimate::{Estimate, Pair, is_rounding, residual, spread, std_dev};
use super::quantile::nearest_rank;

/// A difference between two systems, and what pairing their replications brought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedDifference {
    /// The difference, second system less first.
    pub estimate: Estimate,
    /// Variance of the paired difference over that of a difference of independent runs; `None` where nothing varies, or
    /// where there is no interval.
    pub variance_ratio: Option<f64>,
}

/// The difference of two ratios of means, `after` − `before`, with an interval by the delta method on the paired
/// residuals dᵢ = (num − R·den)ᵢ/mean den of `after` − the same of `before` (Law, *Simulation Modeling and Analysis*,
/// 5th ed., §9.3 and §10.2). With denominators 1 it is the paired t interval.
///
/// A replication in which a system says nothing has the residual 0 there: it adds nothing to Σd², and neither agrees nor
/// differs. So the interval rests on m replications, the smaller of the numbers in which either system speaks: the
/// variance of the difference is m/(m−1)·Σd²/n², for each system at least what [`ratio_of_means`] has for it alone, and t
/// has m − 1 degrees of freedom. Below two there is no interval. Two systems that agree in every replication, silence
/// included, have nothing to estimate: all n count.
///
/// `None` where one of the systems has no denominator in any replication.
///
/// [`ratio_of_means`]: super::ratio_of_means
///
/// # Panics
/// When the two do not have the same number of replications.
pub fn paired_ratio_difference(before: &[Pair], after: &[Pair], confidence: f64) -> Option<PairedDifference> {
    assert_eq!(before.len(), after.len(), "a pair needs both");
    let n = before.len();
    let (first, second) = (Linear::new(before)?, Linear::new(after)?);
    let speaking = if before == after { n } else { first.speaking.min(second.speaking) };
    let squares: f64 = before
        .iter()
        .zip(after)
        .map(|(&before, &after)| {
            let residual = second.residual(after) / second.mean_denominator(n)
                - first.residual(before) / first.mean_denominator(n);
            if is_rounding(residual, first.ratio.abs().max(second.ratio.abs())) { 0.0 } else { residual * residual }
        })
        .sum();
    let mut values: Vec<f64> =
        before.iter().zip(after).filter_map(|(before, after)| Some(after.value()? - before.value()?)).collect();
    values.sort_by(f64::total_cmp);
    let mean = second.ratio - first.ratio;
    let mean = if is_rounding(mean, first.ratio) { 0.0 } else { mean };
    let quantile = |probability| if values.is_empty() { mean } else { nearest_rank(&values, probability) };
    // Σd is over residuals per mean denominator of all n, as if each had the denominator 1.
    let (std_dev_of_speaking, half_width) = spread(squares, n as f64, speaking, confidence).unzip();
    let variance_ratio = half_width.and_then(|_| {
        // All three over the same n: what is silent must not weigh in one of them alone.
        let variance = |squares, denominators| std_dev(squares, denominators, n).powi(2);
        let apart = variance(first.squares, first.denominators) + variance(second.squares, second.denominators);
        (apart > 0.0).then(|| variance(squares, n as f64) / apart)
    });
    let estimate = Estimate {
        mean,
        half_width,
        std_dev: std_dev_of_speaking,
        p05: quantile(0.05),
        p50: quantile(0.5),
        p95: quantile(0.95),
        replications: speaking,
        silent: n - speaking,
    };
    Some(PairedDifference { estimate, variance_ratio })
}

/// A ratio of means and its linearisation.
struct Linear {
    ratio: f64,
    denominators: f64,
    /// In how many replications the system speaks.
    speaking: usize,
    /// The residuals' sum of squares.
    squares: f64,
}

impl Linear {
    fn new(pairs: &[Pair]) -> Option<Self> {
        let numerators: f64 = pairs.iter().map(|pair| pair.numerator).sum();
        let denominators: f64 = pairs.iter().map(|pair| pair.denominator).sum();
        if denominators == 0.0 {
            return None;
        }
        let speaking = pairs.iter().filter(|pair| !pair.says_nothing()).count();
        let mut linear = Self { ratio: numerators / denominators, denominators, speaking, squares: 0.0 };
        linear.squares = pairs.iter().map(|&pair| linear.residual(pair) * linear.residual(pair)).sum();
        Some(linear)
    }

    fn residual(&self, pair: Pair) -> f64 {
        residual(pair, self.ratio)
    }

    fn mean_denominator(&self, n: usize) -> f64 {
        self.denominators / n as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{ratio_of_means, t_interval};

    fn plain(values: &[f64]) -> Vec<Pair> {
        values.iter().map(|&value| Pair::new(value, 1.0)).collect()
    }

    fn estimate(before: &[Pair], after: &[Pair]) -> Estimate {
        paired_ratio_difference(before, after, 0.95).unwrap().estimate
    }

    #[test]
    fn what_rounding_leaves_of_equal_figures_is_no_difference() {
        // Each order costs 5.10, whatever their number.
        let costs = |orders: [f64; 6]| orders.map(|orders| Pair::new(orders * 5.1, orders));
        let before = costs([13.0, 648.0, 651.0, 17.0, 649.0, 650.0]);
        let after = costs([20.0, 1_003.0, 997.0, 1_001.0, 19.0, 1_007.0]);
        let alone = ratio_of_means(&before, 0.95).unwrap();
        assert_eq!((alone.std_dev, alone.half_width), (Some(0.0), Some(0.0)));
        let found = paired_ratio_difference(&before, &after, 0.95).unwrap();
        assert_eq!((found.estimate.mean, found.estimate.std_dev, found.variance_ratio), (0.0, Some(0.0), None));
        // A difference of a billionth is one.
        let dearer = after.map(|pair| Pair::new(pair.numerator * (1.0 + 1e-9), pair.denominator));
        assert!(paired_ratio_difference(&before, &dearer, 0.95).unwrap().estimate.mean > 0.0);
    }

    #[test]
    fn a_published_paired_interval() {
        // Student's sleep data (Student 1908, table I): extra hours under two drugs, difference 1.58, s.d. 1.23,
        // 95 % interval 0.70 to 2.46.
        let dextro = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let laevo = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let estimate = estimate(&plain(&dextro), &plain(&laevo));
        assert!((estimate.mean - 1.58).abs() < 1e-12);
        assert!((estimate.std_dev.unwrap() - 1.229_995).abs() < 1e-6);
        let (low, high) = estimate.interval().unwrap();
        assert!((low - 0.700_114_2).abs() < 1e-6 && (high - 2.459_885_8).abs() < 1e-6, "{low} {high}");
    }

    #[test]
    fn with_denominator_one_it_is_the_t_interval_of_the_differences() {
        let before = [1.0, 2.0, 4.0, 3.0];
        let after = [2.0, 2.5, 4.5, 5.0];
        let differences = t_interval(&[1.0, 0.5, 0.5, 2.0], 0.95).unwrap();
        let ratio = estimate(&plain(&before), &plain(&after));
        assert!((differences.mean - ratio.mean).abs() < 1e-15);
        assert!((differences.half_width.unwrap() - ratio.half_width.unwrap()).abs() < 1e-14);
    }

    #[test]
    fn what_both_share_cancels() {
        // The second is the first plus exactly 0.1 of each denominator: the difference has no spread at all.
        let before = [Pair::new(3.0, 10.0), Pair::new(9.0, 20.0), Pair::new(2.0, 10.0)];
        let after = before.map(|pair| Pair::new(pair.numerator + 0.1 * pair.denominator, pair.denominator));
        let found = paired_ratio_difference(&before, &after, 0.95).unwrap();
        assert!((found.estimate.mean - 0.1).abs() < 1e-15);
        assert!(found.estimate.half_width.unwrap() < 1e-15);
        assert!(found.variance_ratio.unwrap() < 1e-15);
        assert_eq!(paired_ratio_difference(&before, &[Pair::NOTHING; 3], 0.95), None);
    }

    #[test]
    fn silent_replications_do_not_narrow_an_interval() {
        let (before, after) = (plain(&[1.0, 2.0, 4.0, 3.0]), plain(&[2.0, 2.5, 4.5, 5.0]));
        let padded = |pairs: &[Pair]| [pairs, &[Pair::NOTHING; 196]].concat();
        let few = paired_ratio_difference(&before, &after, 0.95).unwrap();
        let many = paired_ratio_difference(&padded(&before), &padded(&after), 0.95).unwrap();
        assert!((many.estimate.half_width.unwrap() - few.estimate.half_width.unwrap()).abs() < 1e-14);
        assert_eq!((many.estimate.replications, many.estimate.silent), (4, 196));
        assert!((many.variance_ratio.unwrap() - few.variance_ratio.unwrap()).abs() < 1e-14);
    }

    #[test]
    fn who_speaks_where_the_other_is_silent_is_independent_of_it() {
        // Two speak for the first, four for the second, never both: the variances add up, both at 2/(2 − 1).
        let silent = Pair::NOTHING;
        let (first, second) = (plain(&[1.0, 2.0]), plain(&[2.0, 2.5, 4.5, 5.0]));
        let before = [first.as_slice(), &[silent; 6]].concat();
        let after = [&[silent; 4], second.as_slice()].concat();
        let found = paired_ratio_difference(&before, &after, 0.95).unwrap();
        let error = |pairs: &[Pair]| ratio_of_means(pairs, 0.95).unwrap().std_dev.unwrap().powi(2) / pairs.len() as f64;
        let variance = error(&first) + error(&second) * 2.0 / (4.0 / 3.0);
        let half_width = 12.706_204_736_174_7 * variance.sqrt();
        assert!((found.estimate.half_width.unwrap() - half_width).abs() < 1e-9, "{found:?}");
        assert!((found.variance_ratio.unwrap() - 1.0).abs() < 1e-15, "{found:?}");
    }

    #[test]
    fn one_that_speaks_once_has_no_interval() {
        let mut before = vec![Pair::NOTHING; 200];
        before[7] = Pair::new(0.03, 1.0);
        let after: Vec<Pair> = (0..200).map(|i| Pair::new(0.01 * f64::from(i % 3), f64::from(i % 2))).collect();
        let found = paired_ratio_difference(&before, &after, 0.95).unwrap();
        assert_eq!((found.estimate.half_width, found.estimate.std_dev, found.variance_ratio), (None, None, None));
        assert_eq!((found.estimate.p_value(0.0), found.estimate.replications), (None, 1));
        // Nothing at all differs from itself, however rarely it speaks.
        let itself = paired_ratio_difference(&before, &before, 0.95).unwrap().estimate;
        assert_eq!((itself.mean, itself.half_width), (0.0, Some(0.0)));
    }
}
