//! Moments of counts as they are drawn: lines of an order, units of a line.

use super::Distribution;
use libm::{floor, rint};

/// The first two moments of a count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CountMoments {
    /// Mean.
    pub mean: f64,
    /// Mean of the square.
    pub square: f64,
}

impl Distribution {
    /// The moments of a count drawn from the distribution: rounded to the nearest whole number (a uniform one is uniform on the whole
    /// numbers from `min` to `max`), at least 1 and at most `most`.
    pub fn count_moments(&self, most: u32) -> CountMoments {
        self.count_moments_from(1, most)
    }

    /// The same where a count is at least `least`, 0 or 1.
    pub fn count_moments_from(&self, least: u32, most: u32) -> CountMoments {
        let (least, most) = (f64::from(least), f64::from(most.max(1)));
        if !matches!(self, Self::Empirical(_)) && self.variance() <= 0.0 {
            let only = rint(self.mean()).clamp(least, most);
            return CountMoments { mean: only, square: only * only };
        }
        self.family().count_moments(least, most).unwrap_or_else(|| self.summed_moments(least, most))
    }

    /// The probability of a count of at least 1, where counts may be 0.
    pub fn chance_of_some(&self) -> f64 {
        self.family().at_least()(1.0)
    }

    /// Σ P(count ≥ k) and Σ (2k − 1)·P(count ≥ k) over k = 1 … `most`, of which the first `least` have the probability 1: term by
    /// term as far as [`SMOOTH`] and as near to where the distribution bends, elsewhere stretch by stretch, each by the five points
    /// of Gauss and Legendre.
    fn summed_moments(&self, least: f64, most: f64) -> CountMoments {
        let at_least = self.family().at_least();
        let (bends, width) = self.family().bends();
        let mut moments = CountMoments { mean: least, square: least * least };
        let mut add = |k: f64, terms: f64| {
            let probability = at_least(k);
            moments.mean += terms * probability;
            moments.square += terms * (2.0 * k - 1.0) * probability;
            probability > 0.0
        };
        let mut k = least + 1.0;
        let mut goes_on = true;
        while goes_on && k <= most {
            let to_bend = bends.iter().fold(f64::INFINITY, |least, bend| least.min((k - bend).abs()));
            let scale = k.min(to_bend.max(width));
            if scale < SMOOTH {
                goes_on = add(k, 1.0);
                k += 1.0;
            } else {
                let half = floor(scale / 8.0).min(most - k + 1.0) / 2.0;
                for (point, weight) in GAUSS_LEGENDRE {
                    goes_on = add(k - 0.5 + half * (1.0 + point), half * weight);
                }
                k += 2.0 * half;
            }
        }
        moments
    }
}

/// From here on it makes no difference whether a smooth distribution's terms are added up or integrated.
const SMOOTH: f64 = 1024.0;

/// Points and weights on −1 … 1 (Abramowitz and Stegun 25.4.30).
const GAUSS_LEGENDRE: [(f64, f64); 5] = [
    (-0.906_179_845_938_664, 0.236_926_885_056_189_08),
    (-0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
    (0.0, 0.568_888_888_888_888_9),
    (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
    (0.906_179_845_938_664, 0.236_926_885_056_189_08),
];

#[cfg(test)]
mod tests {
    use super::*;
    use libm::exp;

    fn moments(distribution: Distribution, most: u32) -> (f64, f64) {
        let CountMoments { mean, square } = distribution.count_moments(most);
        (mean, square)
    }

    fn assert_close(found: (f64, f64), known: (f64, f64), relative: f64) {
        let is_close = |a: f64, b: f64| (a - b).abs() <= relative * b;
        assert!(is_close(found.0, known.0) && is_close(found.1, known.1), "{found:?}, not {known:?}");
    }

    #[test]
    fn counts_by_hand() {
        let empirical = Distribution::empirical(vec![1.0, 4.0], vec![3.0, 1.0]);
        assert_eq!(moments(empirical.clone(), 9), (1.75, 4.75));
        assert_eq!(moments(empirical, 3), (1.5, 3.0));
        assert_eq!(moments(Distribution::Constant(2.4), 9), (2.0, 4.0));
        assert_eq!(moments(Distribution::Constant(0.0), 9), (1.0, 1.0));
        assert_eq!(moments(Distribution::Constant(5.0), 0), (1.0, 1.0));
        assert_eq!(moments(Distribution::normal(3.0, 0.0), 9), (3.0, 9.0));
        // 1 with probability ½, else 2.
        assert_eq!(moments(Distribution::geometric(2.0), 2), (1.5, 2.5));
        // 1 with probability ¼, 2 with 3/16, else 3.
        assert_close(moments(Distribution::geometric(4.0), 3), (2.3125, 6.0625), 1e-15);
        assert_eq!(moments(Distribution::geometric(2.0), u32::MAX), (2.0, 6.0));
        assert_eq!(moments(Distribution::geometric(1.0), 5), (1.0, 1.0));
        let uniform = Distribution::uniform(1.0, 9.0);
        assert_close(moments(uniform.clone(), 9), (5.0, 285.0 / 9.0), 1e-15);
        assert_close(moments(uniform, 3), (24.0 / 9.0, 68.0 / 9.0), 1e-15);
        // 1 with probability 2/e, as 0 is raised to it.
        let once = exp(-1.0);
        assert_close(moments(Distribution::poisson(1.0), u32::MAX), (1.0 + once, 2.0 + once), 1e-14);
        assert_close(moments(Distribution::poisson(1.0), 2), (2.0 - 2.0 * once, 4.0 - 6.0 * once), 1e-14);
        // From 0 on it is itself.
        let from_zero = |distribution: Distribution| {
            let CountMoments { mean, square } = distribution.count_moments_from(0, u32::MAX);
            (mean, square)
        };
        assert_close(from_zero(Distribution::poisson(1.0)), (1.0, 2.0), 1e-14);
        assert_eq!(from_zero(Distribution::uniform(0.0, 4.0)), (2.0, 6.0));
        assert_eq!(from_zero(Distribution::empirical(vec![0.0, 4.0], vec![3.0, 1.0])), (1.0, 4.0));
        assert_eq!(from_zero(Distribution::Constant(0.0)), (0.0, 0.0));
        assert_close((Distribution::poisson(1.0).chance_of_some(), 1.0), (1.0 - once, 1.0), 1e-14);
        // P(count ≥ k) is e^(½ − k) for k ≥ 2.
        let tail = exp(-1.5) / (1.0 - once);
        let square = 1.0 + tail * (3.0 + 2.0 * once / (1.0 - once));
        assert_close(moments(Distribution::exponential(1.0), u32::MAX), (1.0 + tail, square), 1e-14);
        // On 0 … 4 with the mode 1: below 1.5 with probability 1 − 2.5²/12, below 2.5 with 1 − 1.5²/12, below 3.5 with 1 − 0.5²/12.
        let triangular = Distribution::triangular(0.0, 1.0, 4.0);
        assert_close(moments(triangular, 9), (1.0 + 8.75 / 12.0, 1.0 + (18.75 + 11.25 + 1.75) / 12.0), 1e-14);
    }

    #[test]
    fn large_counts_have_the_moments_of_what_is_rounded() {
        let mean = 2e5;
        for distribution in [
            Distribution::poisson(mean),
            Distribution::gamma(mean, 0.01),
            Distribution::gamma(mean, 0.5),
            Distribution::lognormal(mean, 0.4),
            Distribution::weibull(mean, 0.3),
            Distribution::normal(mean, 2.0),
            Distribution::normal(mean, 3e4),
            Distribution::triangular(1e5, 1e5, 4e5),
            Distribution::exponential(mean),
        ] {
            let mean = distribution.mean();
            let plain = (mean, distribution.variance() + mean * mean);
            assert_close(moments(distribution, u32::MAX), plain, 1e-8);
        }
        let uniform = Distribution::uniform(1.0, 3e5);
        // A third of them is capped.
        let square = ((1.6e16 + 1.2e11 + 2e5) / 6.0 + 4e15) / 3e5;
        assert_close(moments(uniform, 200_000), (400_001.0 / 3.0, square), 1e-8);
    }
}
