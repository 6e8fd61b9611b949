//! Probability distributions as a scenario names them, with their means and variances.
//!
//! Durations are in seconds, counts in units. The draws themselves are made in [`random`](crate::random).

/// A distribution of a duration (seconds) or of a count, as the scenario file states it; validated.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Always the same value.
    Constant(f64),
    /// Exponential with the given mean.
    Exponential {
        /// Mean.
        mean: f64,
    },
    /// Gamma with the given mean and coefficient of variation (shape 1/cv², scale mean·cv²).
    Gamma {
        /// Mean.
        mean: f64,
        /// Standard deviation over mean.
        cv: f64,
    },
    /// Lognormal with the given mean and coefficient of variation of the value itself, not of its logarithm.
    Lognormal {
        /// Mean.
        mean: f64,
        /// Standard deviation over mean.
        cv: f64,
    },
    /// Weibull with the given mean and coefficient of variation.
    Weibull {
        /// Mean.
        mean: f64,
        /// Standard deviation over mean.
        cv: f64,
    },
    /// Uniform between two values; for counts, uniform on the whole numbers from `min` to `max`.
    Uniform {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// Triangular.
    Triangular {
        /// Smallest value.
        min: f64,
        /// Most likely value.
        mode: f64,
        /// Largest value.
        max: f64,
    },
    /// Normal, truncated at 0 (conditioned on being at least 0).
    Normal {
        /// Mean before the truncation.
        mean: f64,
        /// Standard deviation before the truncation.
        sd: f64,
    },
    /// Poisson with the given mean.
    Poisson {
        /// Mean.
        mean: f64,
    },
    /// Geometric on 1, 2, 3, … with the given mean (at least 1).
    Geometric {
        /// Mean.
        mean: f64,
    },
    /// One of the values, each with a probability in proportion to its weight.
    Empirical {
        /// The values.
        values: Vec<f64>,
        /// Their weights, as many as values, not all 0.
        weights: Vec<f64>,
    },
}

impl Distribution {
    /// The mean.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Exponential { mean }
            | Self::Gamma { mean, .. }
            | Self::Lognormal { mean, .. }
            | Self::Weibull { mean, .. }
            | Self::Poisson { mean }
            | Self::Geometric { mean } => *mean,
            Self::Uniform { min, max } => (min + max) / 2.0,
            Self::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Self::Normal { mean, sd } => truncated_normal(*mean, *sd).0,
            Self::Empirical { values, weights } => weighted_mean(values, weights, |x| x),
        }
    }

    /// The variance, taken of the continuous form; that of a count as it is drawn comes from [`count_moments`](Self::count_moments).
    pub fn variance(&self) -> f64 {
        match self {
            Self::Constant(_) => 0.0,
            Self::Exponential { mean } => mean * mean,
            Self::Gamma { mean, cv } | Self::Lognormal { mean, cv } | Self::Weibull { mean, cv } => {
                (mean * cv) * (mean * cv)
            }
            Self::Uniform { min, max } => (max - min) * (max - min) / 12.0,
            Self::Triangular { min, mode, max } => {
                (min * min + mode * mode + max * max - min * mode - min * max - mode * max) / 18.0
            }
            Self::Normal { mean, sd } => truncated_normal(*mean, *sd).1,
            Self::Poisson { mean } => *mean,
            Self::Geometric { mean } => mean * (mean - 1.0),
            Self::Empirical { values, weights } => {
                let mean = weighted_mean(values, weights, |x| x);
                weighted_mean(values, weights, |x| (x - mean) * (x - mean))
            }
        }
    }
}

fn weighted_mean(values: &[f64], weights: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let total: f64 = weights.iter().sum();
    values.iter().zip(weights).map(|(&value, &weight)| of(value) * weight).sum::<f64>() / total
}

/// Mean and variance of a normal truncated below at 0 (Johnson, Kotz and Balakrishnan 1994, §10.1).
fn truncated_normal(mean: f64, sd: f64) -> (f64, f64) {
    if sd == 0.0 {
        return (mean.max(0.0), 0.0);
    }
    let alpha = -mean / sd;
    let density = libm::exp(-alpha * alpha / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    let above = libm::erfc(alpha / std::f64::consts::SQRT_2) / 2.0;
    let lambda = density / above;
    (mean + sd * lambda, sd * sd * (1.0 + alpha * lambda - lambda * lambda))
}

/// Shape k and scale λ of a Weibull with the given mean and coefficient of variation: 1 + cv² = Γ(1 + 2/k) / Γ(1 + 1/k)², by
/// bisection, and mean = λ·Γ(1 + 1/k).
pub fn weibull_shape_and_scale(mean: f64, cv: f64) -> (f64, f64) {
    let log_ratio = |k: f64| libm::lgamma(1.0 + 2.0 / k) - 2.0 * libm::lgamma(1.0 + 1.0 / k);
    let wanted = libm::log1p(cv * cv);
    // The ratio falls as the shape grows.
    let (mut low, mut high): (f64, f64) = (0.02, 1_000.0);
    for _ in 0..200 {
        let middle = (low * high).sqrt();
        if log_ratio(middle) > wanted { low = middle } else { high = middle }
    }
    let shape = (low * high).sqrt();
    (shape, mean / libm::tgamma(1.0 + 1.0 / shape))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_the_plain_ones() {
        let uniform = Distribution::Uniform { min: 1.0, max: 3.0 };
        assert_eq!((uniform.mean(), uniform.variance()), (2.0, 4.0 / 12.0));
        let sizes = Distribution::Empirical { values: vec![1.0, 2.0, 5.0], weights: vec![5.0, 3.0, 2.0] };
        assert!((sizes.mean() - 2.1).abs() < 1e-12);
        assert!((sizes.variance() - (0.5 + 1.2 + 5.0 - 2.1 * 2.1)).abs() < 1e-12);
    }

    #[test]
    fn a_half_normal_has_its_known_moments() {
        let (mean, variance) = truncated_normal(0.0, 1.0);
        assert!((mean - (2.0 / std::f64::consts::PI).sqrt()).abs() < 1e-12);
        assert!((variance - (1.0 - 2.0 / std::f64::consts::PI)).abs() < 1e-12);
    }

    #[test]
    fn a_weibull_of_cv_one_is_exponential() {
        let (shape, scale) = weibull_shape_and_scale(3.0, 1.0);
        assert!((shape - 1.0).abs() < 1e-9 && (scale - 3.0).abs() < 1e-8, "{shape} {scale}");
    }
}
