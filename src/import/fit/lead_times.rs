//! A vendor's lead times: the distribution of the format that makes them most likely, with its distance from them.

use super::family::{Family, SAME_DAY, cdf, log_density, moments};
use super::goodness::{Distances, chance};
use libm::sqrt;

/// With fewer observations no family is told from another, and the observations themselves are drawn from.
const FEWEST: usize = 8;
/// Below so many a fit is told to be a poor guess.
pub const FEW: usize = 20;
/// A fit with a lower chance than this of being so far off is not believed.
const UNLIKELY: f64 = 0.01;

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
    /// The chance of at least such a distance between draws from the fitted distribution and what is fitted to them.
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
        let families = [Family::Exponential, Family::Gamma, Family::Lognormal, Family::Weibull]
            .map(|family| (family, family.likeliest(&days)));
        let criterion = |&(family, parameters): &(Family, (f64, f64))| {
            let likelihood = days.iter().map(|&days| log_density(family, parameters, days)).sum::<f64>();
            2.0 * f64::from(family.parameters()) - 2.0 * likelihood
        };
        let best = families
            .iter()
            .filter(|family| criterion(family).is_finite())
            .min_by(|a, b| criterion(a).total_cmp(&criterion(b)));
        let Some(&(family, parameters)) = best else { return Some(bare(Family::Empirical, days)) };
        let (mean_of, cv_of) = moments(family, parameters);
        let Distances { kolmogorov_smirnov: distance, anderson_darling } =
            Distances::of(&days, |days| cdf(family, parameters, days));
        let chance = chance(family, parameters, &days, distance);
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
}
