//! How far observations lie from a distribution that was fitted to them, and how likely draws from it lie as far.
//!
//! Kolmogorov's tables take the distribution for given. One that was fitted lies closer to its observations than the true one, so
//! the tables call nearly every fit a good one (Lilliefors, 1967). The chance is therefore found by a parametric bootstrap (Stute,
//! González Manteiga and Presedo Quindimil, 1993): as many draws from the fitted distribution, known to the day alone where the
//! observations are, its parameters fitted to them anew, and the distance of the two. Sampling ends early where the chance is large
//! (Besag and Clifford, 1991). The samples come from a named stream, so the same export has the same chance everywhere.

use super::family::{Family, SAME_DAY, cdf};
use crate::random::{Purpose, Sampler, Stream};
use libm::{exp, fabs, log, sqrt};

/// At most so many samples are drawn; fewer of many observations, as each takes its time.
const SAMPLES: u32 = 999;
const SAMPLES_OF_MANY: u32 = 199;
/// More observations than these are many.
const MANY: usize = 2_000;
/// So many samples that lie farther off than the observations are enough to know the chance.
const ENOUGH: u32 = 50;
/// A distance that even the tables of given parameters call unlikely needs no samples.
const UNLIKELY: f64 = 0.005;

/// How far observations lie from a distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distances {
    /// The largest distance between their distribution and the other one.
    pub kolmogorov_smirnov: f64,
    /// Anderson and Darling's, which looks at both ends more closely.
    pub anderson_darling: f64,
}

impl Distances {
    /// Those of observations, ascending.
    pub fn of(ascending: &[f64], cdf: impl Fn(f64) -> f64) -> Self {
        let clamp = |p: f64| p.clamp(1e-12, 1.0 - 1e-12);
        let n = ascending.len() as f64;
        let sum: f64 = (0..ascending.len())
            .map(|i| {
                let (low, high) = (clamp(cdf(ascending[i])), clamp(cdf(ascending[ascending.len() - 1 - i])));
                (2.0 * i as f64 + 1.0) * (log(low) + log(1.0 - high))
            })
            .sum();
        Self { kolmogorov_smirnov: farthest(ascending, cdf), anderson_darling: -n - sum / n }
    }
}

/// Whether observations are known to the day alone.
fn are_of_days(days: &[f64]) -> bool {
    days.iter().all(|days| days.fract() == 0.0 || *days == SAME_DAY)
}

/// The largest distance between the distribution of observations, ascending, and another one. What is known to the day alone is
/// compared at the ends of its days: between them nothing is known.
fn farthest(ascending: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    let n = ascending.len() as f64;
    let half = if are_of_days(ascending) { 0.5 } else { 0.0 };
    let mut distance: f64 = 0.0;
    let mut at = 0;
    while at < ascending.len() {
        let value = ascending[at];
        let next = at + ascending[at..].iter().take_while(|&&other| other == value).count();
        distance = distance.max(fabs(next as f64 / n - cdf(value + half)));
        distance = distance.max(fabs(at as f64 / n - cdf((value - half).max(0.0))));
        at = next;
    }
    distance
}

/// The chance that draws from a fitted distribution, as many as there are observations, lie at least so far from what is fitted to
/// them.
pub fn chance(family: Family, parameters: (f64, f64), observed: &[f64], distance: f64) -> f64 {
    // The true chance is smaller still.
    let of_given = kolmogorov(distance, observed.len() as f64);
    if of_given < UNLIKELY {
        return of_given;
    }
    let sampler = Sampler::continuous(&family.distribution(parameters));
    let of_days = are_of_days(observed);
    let samples = if observed.len() > MANY { SAMPLES_OF_MANY } else { SAMPLES };
    let (mut drawn, mut farther) = (0_u32, 0_u32);
    let mut days = vec![0.0; observed.len()];
    for sample in 0..samples {
        let mut stream = Stream::new(0, 0, Purpose::GoodnessOfFit, u64::from(sample));
        for day in &mut days {
            *day = match (sampler.draw(&mut stream), of_days) {
                (days, false) => days.max(1e-9),
                (days, true) => Some(days.round()).filter(|days| *days > 0.0).unwrap_or(SAME_DAY),
            };
        }
        days.sort_unstable_by(f64::total_cmp);
        // Days that are all the same, as short ones may be, have no likeliest parameters.
        if days.first() == days.last() {
            continue;
        }
        let fitted = family.likeliest(&days);
        drawn += 1;
        farther += u32::from(farthest(&days, |days| cdf(family, fitted, days)) >= distance);
        if farther == ENOUGH {
            return f64::from(farther) / f64::from(drawn);
        }
    }
    f64::from(farther + 1) / f64::from(drawn + 1)
}

/// The chance of at least such a distance between a given distribution and n draws from it (Stephens, 1970).
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

    #[test]
    fn the_chance_of_a_given_distribution_is_that_of_the_tables() {
        // 1.358 is exceeded by chance once in twenty times, 1.628 once in a hundred.
        for (x, chance) in [(1.358, 0.05), (1.628, 0.01)] {
            assert!((kolmogorov(x / 1_000.0, 1e6) - chance).abs() < 0.001);
        }
    }

    /// Distances that draws from a distribution with fitted parameters exceed by chance once in twenty and once in ten times, after
    /// D'Agostino and Stephens, Goodness-of-Fit Techniques (1986), tables 4.7 (normal, so lognormal), 4.11 (exponential) and 4.17
    /// (extreme value, so Weibull), at twenty and fifty observations.
    #[test]
    fn the_chance_of_a_fitted_distribution_is_that_of_the_tables() {
        let normal = |n: f64, point: f64| point / (sqrt(n) - 0.01 + 0.85 / sqrt(n));
        let exponential = |n: f64, point: f64| point / (sqrt(n) + 0.26 + 0.5 / sqrt(n)) + 0.2 / n;
        let published = [
            (Family::Lognormal, (2.0, 0.6), 20, normal(20.0, 0.895), 0.05),
            (Family::Lognormal, (2.0, 0.6), 50, normal(50.0, 0.819), 0.10),
            (Family::Exponential, (7.0, 0.0), 20, exponential(20.0, 1.094), 0.05),
            (Family::Exponential, (7.0, 0.0), 50, exponential(50.0, 0.990), 0.10),
            (Family::Weibull, (2.0, 9.0), 20, 0.843 / sqrt(20.0), 0.05),
            (Family::Weibull, (2.0, 9.0), 50, 0.856 / sqrt(50.0), 0.05),
        ];
        for (family, parameters, n, distance, wanted) in published {
            let observed: Vec<f64> = (0..n).map(|at| f64::from(at) + 0.1).collect();
            let found = chance(family, parameters, &observed, distance);
            // Of 999 samples a chance of 5 % is known to 0.7 points.
            assert!((found - wanted).abs() < 0.025, "{family:?} {n}: {found}, published {wanted}");
            assert!(kolmogorov(distance, f64::from(n)) > 2.0 * wanted, "as given it would pass for likely");
        }
    }
}
