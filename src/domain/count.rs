//! Moments of counts as they are drawn: lines of an order, units of a line.

use super::Distribution;
use super::distribution::weibull_shape_and_scale;
use libm::{ceil, erfc, exp, floor, lgamma, log, log1p, pow, rint};
use std::f64::consts::SQRT_2;

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
        let most = f64::from(most.max(1));
        let as_drawn = |value: f64| rint(value).clamp(1.0, most);
        let beyond = |mean: f64| pow(1.0 - 1.0 / mean, most);
        match self {
            Self::Empirical { values, weights } => {
                let values = values.iter().map(|&value| as_drawn(value)).collect();
                Self::Empirical { values, weights: weights.clone() }.moments()
            }
            _ if self.variance() <= 0.0 => Self::Constant(as_drawn(self.mean())).moments(),
            Self::Uniform { min, max } if *min >= 1.0 && *max <= most => {
                let values = floor(*max) - ceil(*min) + 1.0;
                let mean = f64::midpoint(ceil(*min), floor(*max));
                CountMoments { mean, square: (values * values - 1.0) / 12.0 + mean * mean }
            }
            Self::Geometric { mean } if beyond(*mean) < 0.5 => {
                // Of what is beyond the largest count, that count stays and a geometric is cut off.
                let beyond = beyond(*mean);
                let CountMoments { mean, square } = self.moments();
                CountMoments {
                    mean: (1.0 - beyond) * mean,
                    square: (1.0 - beyond) * square - beyond * 2.0 * most * mean,
                }
            }
            // The difference of large numbers would leave little of where most counts are cut off.
            _ => self.summed_moments(most),
        }
    }

    /// The moments where every value is drawn as it is.
    fn moments(&self) -> CountMoments {
        let mean = self.mean();
        CountMoments { mean, square: self.variance() + mean * mean }
    }

    /// Σ P(count ≥ k) and Σ (2k − 1)·P(count ≥ k) over k = 1 … `most`: term by term as far as [`SMOOTH`] and as near to where the
    /// distribution bends, elsewhere stretch by stretch, each by the five points of Gauss and Legendre.
    fn summed_moments(&self, most: f64) -> CountMoments {
        let at_least = self.at_least();
        let (bends, width) = match *self {
            Self::Triangular { min, mode, max } => ([min, mode, max], 0.0),
            Self::Uniform { min, max } => ([min, min, max], 0.0),
            _ => ([self.mean(); 3], self.variance().sqrt()),
        };
        let mut moments = CountMoments { mean: 1.0, square: 1.0 };
        let mut add = |k: f64, terms: f64| {
            let probability = at_least(k);
            moments.mean += terms * probability;
            moments.square += terms * (2.0 * k - 1.0) * probability;
            probability > 0.0
        };
        let mut k = 2.0;
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

    /// P(count ≥ k) for k ≥ 2 where no count is too large, smooth between whole numbers: P(X ≥ k − ½) of what is rounded.
    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_> {
        let rounded = |reached: Box<dyn Fn(f64) -> f64>| Box::new(move |k: f64| reached(k - 0.5));
        match *self {
            Self::Constant(_) | Self::Empirical { .. } => unreachable!("their values are listed"),
            Self::Uniform { min, max } => {
                let (first, last) = (ceil(min), floor(max).max(ceil(min)));
                Box::new(move |k| ((last - k + 1.0) / (last - first + 1.0)).clamp(0.0, 1.0))
            }
            Self::Geometric { mean } => Box::new(move |k| pow(1.0 - 1.0 / mean, k - 1.0)),
            // By the time 1 there are k points of a process of rate λ if the k-th, a gamma of shape k, has come.
            Self::Poisson { mean } => Box::new(move |k| gamma_below_and_above(k, mean).0),
            Self::Exponential { mean } => rounded(Box::new(move |x| exp(-x / mean))),
            Self::Gamma { mean, cv } => {
                let shape = 1.0 / (cv * cv);
                rounded(Box::new(move |x| gamma_below_and_above(shape, shape * x / mean).1))
            }
            Self::Lognormal { mean, cv } => {
                let log_variance = log1p(cv * cv);
                let log_mean = log(mean) - log_variance / 2.0;
                rounded(Box::new(move |x| erfc((log(x) - log_mean) / (2.0 * log_variance).sqrt()) / 2.0))
            }
            Self::Weibull { mean, cv } => {
                let (shape, scale) = weibull_shape_and_scale(mean, cv);
                rounded(Box::new(move |x| exp(-pow(x / scale, shape))))
            }
            Self::Triangular { min, mode, max } => rounded(Box::new(move |x| match x {
                x if x <= min => 1.0,
                x if x < mode => 1.0 - (x - min) * (x - min) / ((max - min) * (mode - min)),
                x if x < max => (max - x) * (max - x) / ((max - min) * (max - mode)),
                _ => 0.0,
            })),
            Self::Normal { mean, sd } => {
                let beyond = move |x: f64| erfc((x - mean) / sd / SQRT_2);
                rounded(Box::new(move |x| beyond(x) / beyond(0.0)))
            }
        }
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

/// The probabilities that a gamma of this shape and scale 1 lies below x and above it: the regularised incomplete gamma functions, by
/// the series left of the mean and the continued fraction right of it (Press et al., *Numerical Recipes*, 2007, §6.2).
fn gamma_below_and_above(shape: f64, x: f64) -> (f64, f64) {
    let density = exp(shape * log(x) - x - lgamma(shape));
    if x < shape + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / shape, 1.0 / shape, shape);
        while term > sum * f64::EPSILON {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        let below = density * sum;
        return (below, 1.0 - below);
    }
    // Lentz's method.
    let mut b = x + 1.0 - shape;
    let (mut c, mut d) = (f64::INFINITY, 1.0 / b);
    let (mut fraction, mut n, mut factor) = (d, 0.0, 0.0);
    while f64::abs(factor - 1.0) > 4.0 * f64::EPSILON {
        n += 1.0;
        let a = n * (shape - n);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        factor = c * d;
        fraction *= factor;
    }
    let above = density * fraction;
    (1.0 - above, above)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let empirical = Distribution::Empirical { values: vec![1.0, 4.0], weights: vec![3.0, 1.0] };
        assert_eq!(moments(empirical.clone(), 9), (1.75, 4.75));
        assert_eq!(moments(empirical, 3), (1.5, 3.0));
        assert_eq!(moments(Distribution::Constant(2.4), 9), (2.0, 4.0));
        assert_eq!(moments(Distribution::Constant(0.0), 9), (1.0, 1.0));
        assert_eq!(moments(Distribution::Constant(5.0), 0), (1.0, 1.0));
        assert_eq!(moments(Distribution::Normal { mean: 3.0, sd: 0.0 }, 9), (3.0, 9.0));
        // 1 with probability ½, else 2.
        assert_eq!(moments(Distribution::Geometric { mean: 2.0 }, 2), (1.5, 2.5));
        // 1 with probability ¼, 2 with 3/16, else 3.
        assert_close(moments(Distribution::Geometric { mean: 4.0 }, 3), (2.3125, 6.0625), 1e-15);
        assert_eq!(moments(Distribution::Geometric { mean: 2.0 }, u32::MAX), (2.0, 6.0));
        assert_eq!(moments(Distribution::Geometric { mean: 1.0 }, 5), (1.0, 1.0));
        let uniform = Distribution::Uniform { min: 1.0, max: 9.0 };
        assert_close(moments(uniform.clone(), 9), (5.0, 285.0 / 9.0), 1e-15);
        assert_close(moments(uniform, 3), (24.0 / 9.0, 68.0 / 9.0), 1e-15);
        // 1 with probability 2/e, as 0 is raised to it.
        let once = exp(-1.0);
        assert_close(moments(Distribution::Poisson { mean: 1.0 }, u32::MAX), (1.0 + once, 2.0 + once), 1e-14);
        assert_close(moments(Distribution::Poisson { mean: 1.0 }, 2), (2.0 - 2.0 * once, 4.0 - 6.0 * once), 1e-14);
        // P(count ≥ k) is e^(½ − k) for k ≥ 2.
        let tail = exp(-1.5) / (1.0 - once);
        let square = 1.0 + tail * (3.0 + 2.0 * once / (1.0 - once));
        assert_close(moments(Distribution::Exponential { mean: 1.0 }, u32::MAX), (1.0 + tail, square), 1e-14);
        // On 0 … 4 with the mode 1: below 1.5 with probability 1 − 2.5²/12, below 2.5 with 1 − 1.5²/12, below 3.5 with 1 − 0.5²/12.
        let triangular = Distribution::Triangular { min: 0.0, mode: 1.0, max: 4.0 };
        assert_close(moments(triangular, 9), (1.0 + 8.75 / 12.0, 1.0 + (18.75 + 11.25 + 1.75) / 12.0), 1e-14);
    }

    #[test]
    fn large_counts_have_the_moments_of_what_is_rounded() {
        let mean = 2e5;
        for distribution in [
            Distribution::Poisson { mean },
            Distribution::Gamma { mean, cv: 0.01 },
            Distribution::Gamma { mean, cv: 0.5 },
            Distribution::Lognormal { mean, cv: 0.4 },
            Distribution::Weibull { mean, cv: 0.3 },
            Distribution::Normal { mean, sd: 2.0 },
            Distribution::Normal { mean, sd: 3e4 },
            Distribution::Triangular { min: 1e5, mode: 1e5, max: 4e5 },
            Distribution::Exponential { mean },
        ] {
            let plain = distribution.moments();
            assert_close(moments(distribution, u32::MAX), (plain.mean, plain.square), 1e-8);
        }
        let uniform = Distribution::Uniform { min: 1.0, max: 3e5 };
        // A third of them is capped.
        let square = ((1.6e16 + 1.2e11 + 2e5) / 6.0 + 4e15) / 3e5;
        assert_close(moments(uniform, 200_000), (400_001.0 / 3.0, square), 1e-8);
    }
}
