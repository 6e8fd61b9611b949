//! Differences between two systems seen under common random numbers: replication i of one against replication i of
//! the other.

use super::estimate::{Estimate, Pair, spread, t_interval};
use super::quantile::nearest_rank;

/// The mean of `after` − `before`, replication by replication, with its t interval. `None` of no replications.
///
/// # Panics
/// When the two do not have the same number of replications.
pub fn paired_difference(before: &[f64], after: &[f64], confidence: f64) -> Option<Estimate> {
    assert_eq!(before.len(), after.len(), "a pair needs both");
    let differences: Vec<f64> = before.iter().zip(after).map(|(before, after)| after - before).collect();
    t_interval(&differences, confidence)
}

/// The difference of two ratios of means, `after` − `before`, with an interval by the delta method on the paired
/// residuals dᵢ = (num − R·den)ᵢ/mean den of `after` − the same of `before`.
///
/// Every replication counts, also one in which a system has nothing to say: its residual there is 0. `None` where one
/// of the systems has no denominator in any replication.
///
/// # Panics
/// When the two do not have the same number of replications.
pub fn paired_ratio_difference(before: &[Pair], after: &[Pair], confidence: f64) -> Option<Estimate> {
    assert_eq!(before.len(), after.len(), "a pair needs both");
    let n = before.len();
    let linear = |pairs: &[Pair]| -> Option<(f64, Vec<f64>)> {
        let numerators: f64 = pairs.iter().map(|pair| pair.numerator).sum();
        let denominators: f64 = pairs.iter().map(|pair| pair.denominator).sum();
        if denominators == 0.0 {
            return None;
        }
        let ratio = numerators / denominators;
        let mean_denominator = denominators / n as f64;
        Some((ratio, pairs.iter().map(|pair| (pair.numerator - ratio * pair.denominator) / mean_denominator).collect()))
    };
    let (ratio_before, residuals_before) = linear(before)?;
    let (ratio_after, residuals_after) = linear(after)?;
    let squares: f64 =
        residuals_before.iter().zip(&residuals_after).map(|(before, after)| (after - before) * (after - before)).sum();
    let mut values: Vec<f64> =
        before.iter().zip(after).filter_map(|(before, after)| Some(after.value()? - before.value()?)).collect();
    values.sort_by(f64::total_cmp);
    let mean = ratio_after - ratio_before;
    let quantile = |probability| if values.is_empty() { mean } else { nearest_rank(&values, probability) };
    let (std_dev, half_width) = spread(squares, n as f64, n, confidence).unzip();
    Some(Estimate {
        mean,
        half_width,
        std_dev,
        p05: quantile(0.05),
        p50: quantile(0.5),
        p95: quantile(0.95),
        replications: n,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_paired_interval() {
        // Student's sleep data (Student 1908, table I): extra hours under two drugs, difference 1.58, s.d. 1.23,
        // 95 % interval 0.70 to 2.46.
        let dextro = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let laevo = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let estimate = paired_difference(&dextro, &laevo, 0.95).unwrap();
        assert!((estimate.mean - 1.58).abs() < 1e-12);
        assert!((estimate.std_dev.unwrap() - 1.229_995).abs() < 1e-6);
        let (low, high) = estimate.interval().unwrap();
        assert!((low - 0.700_114_2).abs() < 1e-6 && (high - 2.459_885_8).abs() < 1e-6, "{low} {high}");
    }

    #[test]
    fn with_denominator_one_the_ratio_form_is_the_plain_form() {
        let before = [1.0, 2.0, 4.0, 3.0];
        let after = [2.0, 2.5, 4.5, 5.0];
        let one = |values: &[f64]| values.iter().map(|&value| Pair::new(value, 1.0)).collect::<Vec<_>>();
        let plain = paired_difference(&before, &after, 0.95).unwrap();
        let ratio = paired_ratio_difference(&one(&before), &one(&after), 0.95).unwrap();
        assert!((plain.mean - ratio.mean).abs() < 1e-15);
        assert!((plain.half_width.unwrap() - ratio.half_width.unwrap()).abs() < 1e-14);
    }

    #[test]
    fn what_both_share_cancels() {
        // The second is the first plus exactly 0.1 of each denominator: the difference has no spread at all.
        let before = [Pair::new(3.0, 10.0), Pair::new(9.0, 20.0), Pair::new(2.0, 10.0)];
        let after = before.map(|pair| Pair::new(pair.numerator + 0.1 * pair.denominator, pair.denominator));
        let estimate = paired_ratio_difference(&before, &after, 0.95).unwrap();
        assert!((estimate.mean - 0.1).abs() < 1e-15);
        assert!(estimate.half_width.unwrap() < 1e-15);
        assert_eq!(paired_ratio_difference(&before, &[Pair::NOTHING; 3], 0.95), None);
    }
}
