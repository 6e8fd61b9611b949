//! A vendor's lead times: the distribution of the format that makes them most likely, with its distance from them.

use crate::stats::{digamma, gamma_cdf, normal_cdf, trigamma};
use libm::{exp, fabs, lgamma, log, pow, sqrt};

/// With fewer observations no family is told from another, and the observations themselves are drawn from.
const FEWEST: usize = 8;
/// Below so many a fit is told to be a poor guess.
pub const FEW: usize = 20;
/// A fit with a lower chance than this of being so far off is not believed.
const UNLIKELY: f64 = 0.01;
/// What came on the day it was ordered took a quarter of a day, say.
const SAME_DAY: f64 = 0.25;

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
}

/// A fitted distribution of days.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The family.
    pub family: Family,
    /// The observations, ascending, in days.
    pub days: Vec<f64>,
    /// The mean of the distribution, in days.
    pub mean: f64,
    /// Its standard deviation over its mean.
    pub cv: f64,
    /// Half of the 95 % interval of the observations' mean.
    pub half_width: f64,
    /// The Kolmogorov–Smirnov distance.
    pub distance: f64,
    /// The chance of such a distance, taking the parameters for given, which is too kind to a fit.
    pub chance: f64,
    /// The Anderson–Darling statistic.
    pub anderson_darling: f64,
    /// The two parameters of the family: of gamma shape and scale, of lognormal mean and deviation of the logarithm, of Weibull shape
    /// and scale, of exponential the mean.
    parameters: (f64, f64),
}

impl Fit {
    /// Fits the likeliest family, by Akaike's criterion; `None` without observations.
    pub fn of(mut days: Vec<f64>) -> Option<Self> {
        days.iter_mut().filter(|days| **days <= 0.0).for_each(|days| *days = SAME_DAY);
        days.sort_by(f64::total_cmp);
        let (&first, &last) = (days.first()?, days.last()?);
        let n = days.len() as f64;
        let mean = days.iter().sum::<f64>() / n;
        let variance = days.iter().map(|days| (days - mean) * (days - mean)).sum::<f64>() / (n - 1.0).max(1.0);
        let half_width = 1.96 * sqrt(variance / n);
        let cv = sqrt(variance) / mean;
        let bare = |family, days| Self {
            family,
            days,
            mean,
            cv,
            half_width,
            distance: 0.0,
            chance: 1.0,
            anderson_darling: 0.0,
            parameters: (mean, 0.0),
        };
        if first == last {
            return Some(bare(Family::Deterministic, days));
        }
        if days.len() < FEWEST {
            return Some(bare(Family::Empirical, days));
        }
        let families = [
            (Family::Exponential, (mean, 0.0), 1.0),
            (Family::Gamma, gamma(&days, mean), 2.0),
            (Family::Lognormal, lognormal(&days), 2.0),
            (Family::Weibull, weibull(&days), 2.0),
        ];
        let criterion = |&(family, parameters, count): &(Family, (f64, f64), f64)| {
            2.0 * count - 2.0 * days.iter().map(|&days| log_density(family, parameters, days)).sum::<f64>()
        };
        let best = families
            .iter()
            .filter(|family| criterion(family).is_finite())
            .min_by(|a, b| criterion(a).total_cmp(&criterion(b)));
        let Some(&(family, parameters, _)) = best else { return Some(bare(Family::Empirical, days)) };
        let (mean_of, cv_of) = moments(family, parameters);
        let (distance, anderson_darling) = distances(&days, |days| cdf(family, parameters, days));
        let chance = kolmogorov(distance, n);
        let fit =
            Self { family, days, mean: mean_of, cv: cv_of, half_width, distance, chance, anderson_darling, parameters };
        Some(if chance < UNLIKELY { Self { family: Family::Empirical, mean, cv, ..fit } } else { fit })
    }

    /// Whether there are too few observations to rely on.
    pub fn is_poor(&self) -> bool {
        self.days.len() < FEW
    }

    /// The chance of at most so many days; of an empirical one the share of the observations.
    pub fn cdf(&self, days: f64) -> f64 {
        match self.family {
            Family::Empirical | Family::Deterministic => {
                self.days.iter().filter(|&&observed| observed <= days).count() as f64 / self.days.len() as f64
            }
            family => cdf(family, self.parameters, days),
        }
    }

    /// The distribution as a scenario writes it.
    pub fn written(&self) -> String {
        let (mean, cv) = (duration(self.mean), (self.cv * 1e4).round() / 1e4);
        match self.family {
            Family::Deterministic => format!("\"{mean}\""),
            Family::Exponential => format!("{{ exponential = {{ mean = \"{mean}\" }} }}"),
            Family::Empirical => {
                let (values, weights) = self.binned();
                let values: Vec<String> = values.iter().map(|&days| format!("\"{}\"", duration(days))).collect();
                let weights: Vec<String> = weights.iter().map(ToString::to_string).collect();
                format!("{{ empirical = {{ values = [{}], weights = [{}] }} }}", values.join(", "), weights.join(", "))
            }
            family => format!("{{ {} = {{ mean = \"{mean}\", cv = {cv} }} }}", family.key()),
        }
    }

    /// The observations with how often each was made; of many different ones at most sixty, each the mean of its neighbours.
    fn binned(&self) -> (Vec<f64>, Vec<usize>) {
        const MOST: usize = 60;
        let mut values: Vec<(f64, usize)> = Vec::new();
        for &days in &self.days {
            match values.last_mut() {
                Some((value, count)) if *value == days => *count += 1,
                _ => values.push((days, 1)),
            }
        }
        if values.len() > MOST {
            let each = self.days.len().div_ceil(MOST);
            values =
                self.days.chunks(each).map(|part| (part.iter().sum::<f64>() / part.len() as f64, part.len())).collect();
        }
        values.into_iter().unzip()
    }
}

/// Days as a duration: `6d`, `6d12h`, to the minute.
pub fn duration(days: f64) -> String {
    let minutes = (days * 1_440.0).round().max(1.0) as i64;
    let parts = [(minutes / 1_440, "d"), (minutes / 60 % 24, "h"), (minutes % 60, "m")];
    parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, unit)| format!("{number}{unit}")).collect()
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

fn log_density(family: Family, (a, b): (f64, f64), x: f64) -> f64 {
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

fn cdf(family: Family, (a, b): (f64, f64), x: f64) -> f64 {
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
fn moments(family: Family, (a, b): (f64, f64)) -> (f64, f64) {
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

/// The largest distance between the observations' distribution and another one, and Anderson and Darling's.
///
/// What is known to the day alone is compared at the ends of its days: between them nothing is known.
fn distances(ascending: &[f64], cdf: impl Fn(f64) -> f64) -> (f64, f64) {
    let n = ascending.len() as f64;
    let is_of_days = ascending.iter().all(|days| days.fract() == 0.0 || *days == SAME_DAY);
    let half = if is_of_days { 0.5 } else { 0.0 };
    let mut distance: f64 = 0.0;
    let mut at = 0;
    while at < ascending.len() {
        let value = ascending[at];
        let next = at + ascending[at..].iter().take_while(|&&other| other == value).count();
        distance = distance.max(fabs(next as f64 / n - cdf(value + half)));
        distance = distance.max(fabs(at as f64 / n - cdf((value - half).max(0.0))));
        at = next;
    }
    let clamp = |p: f64| p.clamp(1e-12, 1.0 - 1e-12);
    let sum: f64 = (0..ascending.len())
        .map(|i| {
            let (low, high) = (clamp(cdf(ascending[i])), clamp(cdf(ascending[ascending.len() - 1 - i])));
            (2.0 * i as f64 + 1.0) * (log(low) + log(1.0 - high))
        })
        .sum();
    (distance, -n - sum / n)
}

/// The chance of at least such a distance between a distribution and n draws from it (Stephens, 1970).
fn kolmogorov(distance: f64, n: f64) -> f64 {
    let x = (sqrt(n) + 0.12 + 0.11 / sqrt(n)) * distance;
    if x < 0.2 {
        return 1.0;
    }
    let terms = (1..=100).map(|k| {
        let k = f64::from(k);
        let sign = if k as i64 % 2 == 1 { 1.0 } else { -1.0 };
        sign * exp(-2.0 * k * k * x * x)
    });
    (2.0 * terms.sum::<f64>()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quantiles of a distribution at equal steps, which any estimator should lead back to it.
    fn quantiles(family: Family, parameters: (f64, f64), count: usize) -> Vec<f64> {
        (0..count)
            .map(|at| {
                let p = (at as f64 + 0.5) / count as f64;
                let (mut low, mut high) = (0.0, 1_000.0);
                for _ in 0..100 {
                    let middle = (low + high) / 2.0;
                    if cdf(family, parameters, middle) < p { low = middle } else { high = middle }
                }
                (low + high) / 2.0
            })
            .collect()
    }

    #[test]
    fn a_distribution_is_found_again() {
        for (family, parameters) in [
            (Family::Gamma, (4.0, 2.5)),
            (Family::Lognormal, (2.0, 0.6)),
            (Family::Weibull, (3.0, 12.0)),
            (Family::Exponential, (7.0, 0.0)),
        ] {
            let fit = Fit::of(quantiles(family, parameters, 500)).expect("observations");
            let (mean, cv) = moments(family, parameters);
            assert_eq!(fit.family, family);
            assert!(
                (fit.mean / mean - 1.0).abs() < 0.02 && (fit.cv - cv).abs() < 0.03,
                "{family:?}: {} {}",
                fit.mean,
                fit.cv
            );
            assert!(fit.distance < 0.02 && fit.chance > 0.9, "{family:?}: {} {}", fit.distance, fit.chance);
        }
    }

    #[test]
    fn what_no_family_fits_is_drawn_from_itself() {
        let two_ways: Vec<f64> = (0..60).map(|at| if at % 2 == 0 { 2.0 } else { 40.0 }).collect();
        let fit = Fit::of(two_ways).expect("observations");
        assert_eq!((fit.family, fit.mean), (Family::Empirical, 21.0));
        assert_eq!(fit.written(), "{ empirical = { values = [\"2d\", \"40d\"], weights = [30, 30] } }");
        let few = Fit::of(vec![3.0, 5.0, 4.5]).expect("observations");
        assert!(few.family == Family::Empirical && few.is_poor());
        let same = Fit::of(vec![6.5; 30]).expect("observations");
        assert_eq!((same.family, same.written().as_str()), (Family::Deterministic, "\"6d12h\""));
        assert_eq!(Fit::of(Vec::new()), None);
        assert_eq!(Fit::of(vec![0.0]).expect("one").written(), "\"6h\"");
    }

    #[test]
    fn the_chance_of_a_distance_is_that_of_the_tables() {
        // 1.358 is exceeded by chance once in twenty times, 1.628 once in a hundred.
        for (x, chance) in [(1.358, 0.05), (1.628, 0.01)] {
            assert!((kolmogorov(x / 1_000.0, 1e6) - chance).abs() < 0.001);
        }
    }
}
