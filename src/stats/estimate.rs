//! Estimates over replications: the t interval, and the ratio of means with an interval by the delta method.

use super::normal::normal_quantile;
use super::quantile::nearest_rank;
use super::student::{student_t_cdf, student_t_two_sided};
use std::fmt;

/// The confidence of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// What one replication says of a ratio: how much of it, over how much.
///
/// A plain figure is a ratio with denominator 1; a replication that says nothing is (0, 0).
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Pair {
    /// The numerator.
    pub numerator: f64,
    /// The denominator, at least 0.
    pub denominator: f64,
}

impl Pair {
    /// Nothing to say.
    pub const NOTHING: Self = Self { numerator: 0.0, denominator: 0.0 };

    /// A numerator over a denominator.
    pub fn new(numerator: f64, denominator: f64) -> Self {
        Self { numerator, denominator }
    }

    /// One replication's own ratio, where it has a denominator.
    pub fn value(self) -> Option<f64> {
        (self.denominator != 0.0).then(|| self.numerator / self.denominator)
    }

    /// Whether the replication says nothing of the measure. Such a one changes neither sum of the ratio; leaving it out
    /// of the count of replications can only widen the interval.
    pub fn says_nothing(self) -> bool {
        self.numerator == 0.0 && self.denominator == 0.0
    }
}

/// An estimate with its interval, and how the replications spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub mean: f64,
    /// Half of the confidence interval; `None` where fewer than two replications had something to say.
    pub half_width: Option<f64>,
    /// Standard deviation of one replication about the estimate (for a ratio: of the residual over the mean
    /// denominator), so that `half_width` = t·`std_dev`/√`replications`; `None` where there is no half-width.
    pub std_dev: Option<f64>,
    /// 5 % quantile of the replications' own values (nearest rank).
    pub p05: f64,
    /// Their median.
    pub p50: f64,
    /// Their 95 % quantile.
    pub p95: f64,
    /// How many replications had something to say; of a difference, in the system that had it in fewer.
    pub replications: usize,
    /// How many more there were.
    pub silent: usize,
}

impl Estimate {
    /// Lower and upper end of the interval, where there is one.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.half_width.map(|half| (self.mean - half, self.mean + half))
    }

    /// The two-sided p-value of the true mean being `value`, by Student's t; below α just where the interval at 1 − α does
    /// not hold the value. `None` where there is no half-width. Without any spread it is 1 on the value and 0 beside it.
    pub fn p_value(&self, value: f64) -> Option<f64> {
        let n = self.replications as f64;
        let error = self.std_dev? / n.sqrt();
        let distance = (self.mean - value).abs();
        if distance == 0.0 {
            return Some(1.0);
        }
        // Twice the lower tail, which keeps its digits where the upper one is lost in 1.
        Some(2.0 * student_t_cdf(-distance / error, n - 1.0))
    }
}

/// `0.953 ± 0.004` with `{:.3}`, which says how many digits stand behind the point (4 where nothing is said); of a single
/// replication the mean alone.
impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = f.precision().unwrap_or(4);
        match self.half_width {
            Some(half_width) => write!(f, "{:.digits$} ± {half_width:.digits$}", self.mean),
            None => write!(f, "{:.digits$}", self.mean),
        }
    }
}

/// The mean of independent values with Student's t interval: x̄ ± t(n−1)·s/√n. `None` of no values.
pub fn t_interval(values: &[f64], confidence: f64) -> Option<Estimate> {
    let pairs: Vec<Pair> = values.iter().map(|&value| Pair::new(value, 1.0)).collect();
    // A value of 0 over 1 does say something, so no value is left out: the two estimators are one.
    ratio_of_means(&pairs, confidence)
}

/// The ratio of means R = Σ numerators / Σ denominators over replications, with an interval by the delta method.
///
/// With residuals eᵢ = numᵢ − R·denᵢ and s² = Σe²/(n−1) the half-width is t(n−1)·s/(mean denominator·√n) (Law,
/// *Simulation Modeling and Analysis*, 5th ed., §9.3). Where all denominators are equal this is the plain t interval.
/// Pairs that say nothing are left out. `None` where no replication has a denominator.
pub fn ratio_of_means(pairs: &[Pair], confidence: f64) -> Option<Estimate> {
    let speaking = || pairs.iter().filter(|pair| !pair.says_nothing());
    let n = speaking().count();
    let numerators: f64 = speaking().map(|pair| pair.numerator).sum();
    let denominators: f64 = speaking().map(|pair| pair.denominator).sum();
    if denominators == 0.0 {
        return None;
    }
    // A sum of nothing negated is -0, which is written like that; plus 0 it is 0.
    let mean = numerators / denominators + 0.0;
    let squares: f64 = speaking()
        .map(|pair| {
            let residual = residual(*pair, mean);
            residual * residual
        })
        .sum();
    let mut values: Vec<f64> = speaking().filter_map(|pair| pair.value()).map(|value| value + 0.0).collect();
    values.sort_by(f64::total_cmp);
    let (std_dev, half_width) = spread(squares, denominators, n, confidence).unzip();
    Some(Estimate {
        mean,
        half_width,
        std_dev,
        p05: nearest_rank(&values, 0.05),
        p50: nearest_rank(&values, 0.5),
        p95: nearest_rank(&values, 0.95),
        replications: n,
        silent: pairs.len() - n,
    })
}

/// About how many replications it takes to tell a difference of `distance` at `confidence` four times in five, if they
/// spread as those seen do, and as many of them are silent; `None` where no number does, or where there is no half-width.
///
/// n = ((z₁₋α⸝₂ + z₀.₈)·s/d)², the usual size of a sample for a power of 80 %: with the half-width just at the distance it
/// would be told one time in two.
pub fn enough_replications(estimate: &Estimate, distance: f64, confidence: f64) -> Option<u64> {
    const MOST: f64 = 1e12;
    const POWER: f64 = 0.8;
    let std_dev = estimate.std_dev?;
    let z = normal_quantile(0.5 + confidence / 2.0) + normal_quantile(POWER);
    // Two more than the normal distribution says stand for what Student's t adds.
    let speaking = (z * std_dev / distance).powi(2).ceil() + 2.0;
    let seen = estimate.replications + estimate.silent;
    // Those that say nothing have to be run as well.
    let enough = (speaking * (seen as f64 / estimate.replications as f64)).ceil();
    (enough <= MOST).then(|| (enough as u64).max(seen as u64 + 1))
}

/// What a replication's numerator is above its ratio's mean; 0 where that is rounding alone, as where all have one quotient.
pub(super) fn residual(pair: Pair, ratio: f64) -> f64 {
    let residual = pair.numerator - ratio * pair.denominator;
    if is_rounding(residual, pair.numerator) { 0.0 } else { residual }
}

/// Standard deviation and half-width from the residuals' sum of squares; `None` below two replications.
pub(super) fn spread(squares: f64, denominators: f64, n: usize, confidence: f64) -> Option<(f64, f64)> {
    if n < 2 {
        return None;
    }
    let (std_dev, count) = (std_dev(squares, denominators, n), n as f64);
    Some((std_dev, student_t_two_sided(confidence, count - 1.0) * std_dev / count.sqrt()))
}

/// Whether a number is what rounding leaves of one that is 0, among numbers of this size.
///
/// Sums and quotients of a replication are right to a few units in their last place; a difference of no more than these is none.
pub fn is_rounding(number: f64, size: f64) -> bool {
    const FEW: f64 = 64.0;
    number.abs() <= FEW * f64::EPSILON * size.abs()
}

/// Standard deviation of one of `n` replications from the residuals' sum of squares.
pub(super) fn std_dev(squares: f64, denominators: f64, n: usize) -> f64 {
    let count = n as f64;
    (squares / (count - 1.0)).sqrt() / (denominators / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_no_sign() {
        let found = t_interval(&[-0.0, -0.0, 0.0], 0.95).unwrap();
        for value in [found.mean, found.p05, found.p50, found.p95] {
            assert!(value == 0.0 && value.is_sign_positive(), "{found:?}");
        }
    }

    fn close(left: f64, right: f64, tolerance: f64) {
        assert!((left - right).abs() <= tolerance, "{left} against {right}");
    }

    #[test]
    fn a_published_t_interval() {
        // Law, Simulation Modeling and Analysis, example 4.27: ten observations, 90 % interval 1.34 ± 0.24.
        let values = [1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09];
        let estimate = t_interval(&values, 0.9).unwrap();
        close(estimate.mean, 1.343, 1e-12);
        close(estimate.std_dev.unwrap().powi(2), 0.17, 0.005);
        close(estimate.half_width.unwrap(), 0.24, 0.005);
        assert_eq!(format!("{estimate:.2}"), "1.34 ± 0.24");
        assert_eq!(t_interval(&values[..1], 0.9).unwrap().to_string(), "1.2000");
    }

    #[test]
    fn the_ratio_by_hand() {
        // R = 6/12; residuals 0.5, −0.5, 0; s² = 0.25; mean denominator 4; t(0.95, 2) = 4.302653.
        let pairs = [Pair::new(2.0, 3.0), Pair::new(2.0, 5.0), Pair::new(2.0, 4.0)];
        let estimate = ratio_of_means(&pairs, 0.95).unwrap();
        close(estimate.mean, 0.5, 1e-15);
        close(estimate.std_dev.unwrap(), 0.5 / 4.0, 1e-15);
        close(estimate.half_width.unwrap(), 4.302_652_729_749_464 * 0.125 / 3f64.sqrt(), 1e-11);
        assert_eq!((estimate.p05, estimate.p50, estimate.p95), (0.4, 0.5, 2.0 / 3.0));
    }

    #[test]
    fn a_published_p_value() {
        // Student's sleep data, paired: t = −4.0621 on 9 degrees of freedom, p = 0.002833 (R's help page of t.test).
        let differences = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];
        let estimate = t_interval(&differences, 0.95).unwrap();
        close(estimate.p_value(0.0).unwrap(), 0.002_833, 5e-7);
        let (low, high) = estimate.interval().unwrap();
        close(estimate.p_value(low).unwrap(), 0.05, 1e-12);
        close(estimate.p_value(high).unwrap(), 0.05, 1e-12);
        assert_eq!(estimate.p_value(estimate.mean), Some(1.0));
    }

    #[test]
    fn enough_replications_by_the_square_law() {
        // s = 1, so (1.9600 + 0.8416)² / 0.1² = 784.9.
        let estimate = t_interval(&[1.0, 2.0, 3.0], 0.95).unwrap();
        assert_eq!(enough_replications(&estimate, 0.1, 0.95), Some(787));
        assert_eq!(enough_replications(&estimate, 100.0, 0.95), Some(4));
        assert_eq!(enough_replications(&estimate, 0.0, 0.95), None);
    }

    #[test]
    fn published_sizes_of_a_sample() {
        // Cohen (1992), *A power primer*, Psychological Bulletin 112, table 2, for a difference of two means at 5 % and a
        // power of 80 %: 393, 64 and 26 in each group. Their difference has s = √2; the allowance for Student's t is at most
        // two too much.
        let estimate = t_interval(&[0.0, 2.0], 0.95).unwrap();
        for (effect, published) in [(0.2, 393), (0.5, 64), (0.8, 26)] {
            let enough = enough_replications(&estimate, effect, 0.95).unwrap();
            assert!((published..=published + 2).contains(&enough), "{effect}: {enough}");
        }
    }

    #[test]
    fn a_p_value_without_spread_is_certain() {
        let estimate = t_interval(&[2.0, 2.0, 2.0], 0.95).unwrap();
        assert_eq!((estimate.p_value(2.0), estimate.p_value(1.9)), (Some(1.0), Some(0.0)));
        assert_eq!(t_interval(&[2.0], 0.95).unwrap().p_value(2.0), None);
    }

    #[test]
    fn a_published_ratio() {
        // Efron and Tibshirani, *An Introduction to the Bootstrap*, table 10.1 (patch data): θ̂ = ȳ/z̄ = −0.0713, with a
        // bootstrap standard error of 0.105.
        let z = [8406.0, 2342.0, 8187.0, 8459.0, 4795.0, 3516.0, 4796.0, 10238.0];
        let y = [-1200.0, 2601.0, -2705.0, 1982.0, -1290.0, 351.0, -638.0, -2719.0];
        let pairs: Vec<Pair> = y.iter().zip(z).map(|(&y, z)| Pair::new(y, z)).collect();
        let estimate = ratio_of_means(&pairs, 0.95).unwrap();
        close(estimate.mean, -0.0713, 5e-5);
        close(estimate.std_dev.unwrap() / 8f64.sqrt(), 0.105, 0.005);
    }

    #[test]
    fn it_is_no_mean_of_ratios() {
        // A replication with one order and one with 99 weigh by their orders, not alike.
        let estimate = ratio_of_means(&[Pair::new(0.0, 1.0), Pair::new(99.0, 99.0)], 0.95).unwrap();
        close(estimate.mean, 0.99, 1e-15);
    }

    #[test]
    fn equal_denominators_give_the_plain_interval_to_the_bit() {
        let values = [3.0, 1.5, 4.25, 0.125, 2.5];
        let plain = t_interval(&values, 0.95).unwrap();
        // A power of two as denominator rounds nothing, so not even the last bit may differ.
        let scaled: Vec<Pair> = values.iter().map(|&value| Pair::new(value * 8.0, 8.0)).collect();
        assert_eq!(ratio_of_means(&scaled, 0.95).unwrap(), plain);
        let mean = values.iter().sum::<f64>() / 5.0;
        let s = (values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 4.0).sqrt();
        assert_eq!(plain.half_width, Some(student_t_two_sided(0.95, 4.0) * s / 5f64.sqrt()));
    }

    #[test]
    fn who_says_nothing_is_left_out() {
        let speaking = [Pair::new(2.0, 1.0), Pair::new(4.0, 1.0)];
        let with_silent = [Pair::NOTHING, speaking[0], Pair::NOTHING, speaking[1]];
        let alone = ratio_of_means(&speaking, 0.95).unwrap();
        assert_eq!(ratio_of_means(&with_silent, 0.95), Some(Estimate { silent: 2, ..alone }));
        // Two times as many have to be run where every other one is silent.
        let enough = |estimate| enough_replications(&estimate, 0.1, 0.95);
        assert_eq!(enough(ratio_of_means(&with_silent, 0.95).unwrap()), enough(alone).map(|enough| 2 * enough));
        assert_eq!(ratio_of_means(&[Pair::NOTHING; 3], 0.95), None);
        assert_eq!(ratio_of_means(&[], 0.95), None);
    }

    #[test]
    fn a_cost_without_an_order_still_counts() {
        // Holding cost in a replication without orders belongs to the ratio of means.
        let estimate = ratio_of_means(&[Pair::new(10.0, 0.0), Pair::new(10.0, 4.0)], 0.95).unwrap();
        assert_eq!(estimate.mean, 5.0);
        assert_eq!(estimate.p50, 2.5);
        assert_eq!(ratio_of_means(&[Pair::new(10.0, 0.0)], 0.95), None);
    }

    #[test]
    fn one_replication_has_no_interval() {
        let estimate = t_interval(&[7.0], 0.95).unwrap();
        assert_eq!((estimate.mean, estimate.half_width, estimate.std_dev), (7.0, None, None));
        assert_eq!(estimate.interval(), None);
    }
}
