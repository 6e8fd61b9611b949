//! Control variates: figures of a replication whose true mean is known correct an estimate that moves with them.

use super::estimate::{Pair, ratio_of_means};
use super::student::student_t_two_sided;

/// A ratio of means with its interval, corrected by control variates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Controlled {
    /// The corrected estimate.
    pub mean: f64,
    /// Half of its interval.
    pub half_width: f64,
    /// Residual variance over the variance without controls, loss of degrees of freedom included: how many times as many
    /// replications the same precision would take without controls is one over it.
    pub variance_ratio: f64,
}

/// The ratio of means of `pairs`, corrected by `controls`: for each control the replications' values less the known
/// mean. By least squares on the ratio's residuals; the interval allows for the coefficients being estimated (Lavenberg
/// and Welch (1981), *A perspective on the use of control variables to increase the efficiency of Monte Carlo
/// simulations*, Management Science 27, 322–335).
///
/// Controls that do not vary, or are a combination of others, are left out. `None` where none is left, where there are
/// fewer than four replications more than controls, or where some replication has no denominator: what is known of a control holds
/// over all replications, not over those that have something to say.
///
/// # Panics
/// When a control has not as many values as there are pairs.
pub fn controlled_ratio(pairs: &[Pair], controls: &[&[f64]], confidence: f64) -> Option<Controlled> {
    assert!(controls.iter().all(|control| control.len() == pairs.len()), "a value for each replication");
    let n = pairs.len();
    let plain = ratio_of_means(pairs, confidence)?;
    if n < controls.len() + 4 || plain.silent > 0 {
        return None;
    }
    let denominators: f64 = pairs.iter().map(|pair| pair.denominator).sum::<f64>() / n as f64;
    let residuals: Vec<f64> =
        pairs.iter().map(|pair| (pair.numerator - plain.mean * pair.denominator) / denominators).collect();
    let columns = orthogonal(controls);
    if columns.is_empty() {
        return None;
    }
    let (count, used) = (n as f64, columns.len() as f64);
    // Each column is centred and orthogonal to the others, so each coefficient stands alone.
    let (mut correction, mut leverage, mut left) = (0.0, 1.0 / count, residuals.clone());
    for Column { centred, mean, squares } in &columns {
        let coefficient = dot(centred, &residuals) / squares;
        correction += coefficient * mean;
        leverage += mean * mean / squares;
        left.iter_mut().zip(centred).for_each(|(left, value)| *left -= coefficient * value);
    }
    let degrees = count - 1.0 - used;
    let variance = dot(&left, &left) / degrees;
    let without = dot(&residuals, &residuals) / (count - 1.0);
    if without == 0.0 {
        return None;
    }
    Some(Controlled {
        mean: plain.mean - correction,
        half_width: student_t_two_sided(confidence, degrees) * (variance * leverage).sqrt(),
        // Estimating q coefficients costs a factor (n − 2)/(n − q − 2).
        variance_ratio: variance / without * (count - 2.0) / (degrees - 1.0),
    })
}

/// A control as a direction of its own.
struct Column {
    /// Its values about their mean.
    centred: Vec<f64>,
    /// Their mean, which is the error of what is known: its expectation is 0.
    mean: f64,
    /// Σ centred².
    squares: f64,
}

/// Gram and Schmidt: what each control says beyond those before it.
fn orthogonal(controls: &[&[f64]]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for control in controls {
        let mut mean = control.iter().sum::<f64>() / control.len() as f64;
        let mut centred: Vec<f64> = control.iter().map(|value| value - mean).collect();
        let at_first = dot(&centred, &centred);
        for earlier in &columns {
            let share = dot(&earlier.centred, &centred) / earlier.squares;
            centred.iter_mut().zip(&earlier.centred).for_each(|(value, other)| *value -= share * other);
            mean -= share * earlier.mean;
        }
        let squares = dot(&centred, &centred);
        // What rounding leaves of a combination of others is nothing.
        if squares > 1e-9 * at_first {
            columns.push(Column { centred, mean, squares });
        }
    }
    columns
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(values: &[f64]) -> Vec<Pair> {
        values.iter().map(|&value| Pair::new(value, 1.0)).collect()
    }

    #[test]
    fn where_a_replication_says_nothing_nothing_is_corrected() {
        let mut pairs = plain(&Y);
        assert!(controlled_ratio(&pairs, &[&X], 0.95).is_some());
        pairs[3] = Pair::new(0.0, 0.0);
        assert_eq!(controlled_ratio(&pairs, &[&X], 0.95), None);
    }

    const X: [f64; 11] = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
    const Y: [f64; 11] = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];

    #[test]
    fn a_published_regression() {
        // Anscombe (1973), *Graphs in statistical analysis*, first data set: intercept 3.0001 with standard error 1.1247,
        // R² = 0.6665. The intercept is the estimate for a control whose known mean is 0.
        let found = controlled_ratio(&plain(&Y), &[&X], 0.95).unwrap();
        assert!((found.mean - 3.0001).abs() < 5e-5, "{found:?}");
        assert!((found.half_width / student_t_two_sided(0.95, 9.0) - 1.1247).abs() < 5e-5, "{found:?}");
        // (1 − R²)·10/9 · 9/8.
        assert!((found.variance_ratio - (1.0 - 0.666_5) * 10.0 / 9.0 * 9.0 / 8.0).abs() < 1e-4, "{found:?}");
    }

    #[test]
    fn a_combination_of_controls_adds_nothing() {
        let twice: Vec<f64> = X.iter().map(|x| 2.0 * x - 1.0).collect();
        let constant = [4.0; 11];
        let one = controlled_ratio(&plain(&Y), &[&X], 0.95).unwrap();
        let shifted: Vec<f64> = X.to_vec();
        let two = controlled_ratio(&plain(&Y), &[&X, &shifted, &constant], 0.95).unwrap();
        assert!((one.mean - two.mean).abs() < 1e-12 && (one.half_width - two.half_width).abs() < 1e-12);
        assert!(controlled_ratio(&plain(&Y), &[&constant], 0.95).is_none());
        assert!(controlled_ratio(&plain(&Y[..4]), &[&twice[..4]], 0.95).is_none());
    }

    #[test]
    fn two_controls_explain_what_one_cannot() {
        // y = 5 + x + z + a ripple, with x and z of mean 0 in the long run.
        let x: Vec<f64> = (0..40).map(|i| f64::from(i * 7 % 11) - 5.0).collect();
        let z: Vec<f64> = (0..40).map(|i| f64::from(i * 5 % 13) - 6.0).collect();
        let y: Vec<f64> = (0..40).map(|i| 5.0 + x[i] + z[i] + (i * 3 % 7) as f64 * 0.01 - 0.03).collect();
        let both = controlled_ratio(&plain(&y), &[&x, &z], 0.95).unwrap();
        let one = controlled_ratio(&plain(&y), &[&x], 0.95).unwrap();
        assert!((both.mean - 5.0).abs() < 0.02 && both.variance_ratio < 1e-4, "{both:?}");
        assert!(one.variance_ratio > 0.3, "{one:?}");
    }
}
