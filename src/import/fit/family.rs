//! The families of distributions that lead times are fitted among: their likeliest parameters, densities and moments.

use crate::domain::Distribution;
use crate::domain::distribution::{Exponential, Gamma, Lognormal, Weibull};
use crate::stats::{digamma, gamma_cdf, normal_cdf, trigamma};
use libm::{exp, fabs, lgamma, log, pow, sqrt};

/// What came on the day it was ordered took a quarter of a day, say.
pub const SAME_DAY: f64 = 0.25;

/// A family of distributions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Exponential.
    Exponential,
    /// Gamma.
    Gamma,
    /// Lognormal.
    Lognormal,
    /// Weibull.
    Weibull,
    /// Always the same.
    Deterministic,
    /// One of those that were observed.
    Empirical,
}

impl Family {
    /// Its key in a scenario.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Exponential => "exponential",
            Self::Gamma => "gamma",
            Self::Lognormal => "lognormal",
            Self::Weibull => "weibull",
            Self::Deterministic => "deterministic",
            Self::Empirical => "empirical",
        }
    }

    /// How many parameters are fitted.
    pub const fn parameters(self) -> u8 {
        match self {
            Self::Exponential => 1,
            Self::Gamma | Self::Lognormal | Self::Weibull => 2,
            Self::Deterministic | Self::Empirical => 0,
        }
    }

    /// The parameters that make observations most likely.
    pub fn likeliest(self, days: &[f64]) -> (f64, f64) {
        let mean = days.iter().sum::<f64>() / days.len() as f64;
        match self {
            Self::Gamma => gamma(days, mean),
            Self::Lognormal => lognormal(days),
            Self::Weibull => weibull(days),
            Self::Exponential | Self::Deterministic | Self::Empirical => (mean, 0.0),
        }
    }

    /// The distribution of such parameters, in days.
    pub fn distribution(self, parameters: (f64, f64)) -> Distribution {
        let (mean, cv) = moments(self, parameters);
        match self {
            Self::Exponential => Exponential { mean }.into(),
            Self::Gamma => Gamma { mean, cv }.into(),
            Self::Lognormal => Lognormal { mean, cv }.into(),
            Self::Weibull => Weibull { mean, cv }.into(),
            Self::Deterministic | Self::Empirical => Distribution::Constant(mean),
        }
    }
}

/// Shape and scale: Newton's way to the root of ln k − ψ(k) = ln mean − mean of ln, from Minka's approximation.
fn gamma(days: &[f64], mean: f64) -> (f64, f64) {
    let gap = log(mean) - days.iter().map(|&days| log(days)).sum::<f64>() / days.len() as f64;
    let mut shape = (3.0 - gap + sqrt((gap - 3.0) * (gap - 3.0) + 24.0 * gap)) / (12.0 * gap);
    for _ in 0..50 {
        let step = (log(shape) - digamma(shape) - gap) / (1.0 / shape - trigamma(shape));
        let next = shape - step;
        shape = if next > 0.0 { next } else { shape / 2.0 };
        if fabs(step) < 1e-12 * shape {
            break;
        }
    }
    (shape, mean / shape)
}

/// Mean and standard deviation of the logarithm.
fn lognormal(days: &[f64]) -> (f64, f64) {
    let n = days.len() as f64;
    let mean = days.iter().map(|&days| log(days)).sum::<f64>() / n;
    let variance = days.iter().map(|&days| (log(days) - mean) * (log(days) - mean)).sum::<f64>() / n;
    (mean, sqrt(variance))
}

/// Shape and scale: Newton's way to the shape of the likelihood's top.
fn weibull(days: &[f64]) -> (f64, f64) {
    let n = days.len() as f64;
    let mean_log = days.iter().map(|&days| log(days)).sum::<f64>() / n;
    let deviation = lognormal(days).1;
    // The logarithm of a Weibull variable has the deviation π / (√6 shape).
    let mut shape = 1.282_55 / deviation.max(1e-6);
    let largest = days.iter().copied().fold(0.0, f64::max);
    for _ in 0..100 {
        let (mut s0, mut s1, mut s2) = (0.0, 0.0, 0.0);
        for &days in days {
            // Scaled by the largest, so that no power overflows.
            let (power, ln) = (pow(days / largest, shape), log(days));
            s0 += power;
            s1 += power * ln;
            s2 += power * ln * ln;
        }
        let slope = s1 / s0 - 1.0 / shape - mean_log;
        let curve = (s2 * s0 - s1 * s1) / (s0 * s0) + 1.0 / (shape * shape);
        let next = shape - slope / curve;
        let step = fabs(next - shape);
        shape = if next > 0.0 { next } else { shape / 2.0 };
        if step < 1e-12 * shape {
            break;
        }
    }
    let scale = largest * pow(days.iter().map(|&days| pow(days / largest, shape)).sum::<f64>() / n, 1.0 / shape);
    (shape, scale)
}

/// The logarithm of a family's density.
pub fn log_density(family: Family, (a, b): (f64, f64), x: f64) -> f64 {
    match family {
        Family::Exponential => -log(a) - x / a,
        Family::Gamma => (a - 1.0) * log(x) - x / b - lgamma(a) - a * log(b),
        Family::Lognormal => {
            let z = (log(x) - a) / b;
            -log(x) - log(b) - 0.918_938_533_204_672_7 - z * z / 2.0
        }
        Family::Weibull => log(a / b) + (a - 1.0) * log(x / b) - pow(x / b, a),
        Family::Deterministic | Family::Empirical => f64::NAN,
    }
}

/// The chance of at most x.
pub fn cdf(family: Family, (a, b): (f64, f64), x: f64) -> f64 {
    match family {
        _ if x <= 0.0 => 0.0,
        Family::Exponential => 1.0 - exp(-x / a),
        Family::Gamma => gamma_cdf(a, x / b),
        Family::Lognormal => normal_cdf((log(x) - a) / b),
        Family::Weibull => 1.0 - exp(-pow(x / b, a)),
        Family::Deterministic | Family::Empirical => f64::from(u8::from(x >= a)),
    }
}

/// Mean, and standard deviation over it.
pub fn moments(family: Family, (a, b): (f64, f64)) -> (f64, f64) {
    match family {
        Family::Gamma => (a * b, 1.0 / sqrt(a)),
        Family::Lognormal => (exp(a + b * b / 2.0), sqrt(exp(b * b) - 1.0)),
        Family::Weibull => {
            let first = exp(lgamma(1.0 + 1.0 / a));
            let second = exp(lgamma(1.0 + 2.0 / a));
            (b * first, sqrt((second / (first * first) - 1.0).max(0.0)))
        }
        Family::Exponential => (a, 1.0),
        Family::Deterministic | Family::Empirical => (a, 0.0),
    }
}
