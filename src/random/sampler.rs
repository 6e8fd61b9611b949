//! Real numbers from a scenario's distributions.

use rand_distr::Distribution as _;

use super::geometric::{ShortGeometric, beyond, long_geometric};
use super::{AliasTable, Stream};
use crate::domain::distribution::{
    Empirical, Exponential, Gamma, Geometric, Lognormal, Normal, Poisson, Triangular, Uniform,
};
use crate::domain::{Distribution, Span};

/// Draws from a [`Distribution`].
#[derive(Clone, Debug)]
pub struct Sampler(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Constant(f64),
    Exponential { mean: f64 },
    Gamma(rand_distr::Gamma<f64>),
    Lognormal(rand_distr::LogNormal<f64>),
    Weibull(rand_distr::Weibull<f64>),
    Uniform { min: f64, width: f64 },
    Triangular(rand_distr::Triangular<f64>),
    Normal { mean: f64, sd: f64 },
    Poisson(rand_distr::Poisson<f64>),
    ShortGeometric(ShortGeometric),
    LongGeometric { beyond: f64 },
    Empirical { values: Box<[f64]>, table: AliasTable },
}

impl Sampler {
    /// A sampler of a duration, in seconds, or of another real number.
    ///
    /// # Panics
    /// When the distribution's parameters were not validated.
    pub fn continuous(distribution: &Distribution) -> Self {
        const VALID: &str = "the parameters were validated";
        Self(match *distribution {
            Distribution::Constant(value) => Kind::Constant(value),
            Distribution::Exponential(Exponential { mean }) => Kind::Exponential { mean },
            Distribution::Gamma(Gamma { mean, cv }) => {
                Kind::Gamma(rand_distr::Gamma::new(1.0 / (cv * cv), mean * cv * cv).expect(VALID))
            }
            Distribution::Lognormal(Lognormal { mean, cv }) => {
                Kind::Lognormal(rand_distr::LogNormal::from_mean_cv(mean, cv).expect(VALID))
            }
            Distribution::Weibull(ref weibull) => {
                let (shape, scale) = weibull.shape_and_scale();
                Kind::Weibull(rand_distr::Weibull::new(scale, shape).expect(VALID))
            }
            Distribution::Uniform(Uniform { min, max }) => Kind::Uniform { min, width: max - min },
            Distribution::Triangular(Triangular { min, mode, max }) if min < max => {
                Kind::Triangular(rand_distr::Triangular::new(min, max, mode).expect(VALID))
            }
            Distribution::Triangular(Triangular { min, .. }) => Kind::Constant(min),
            Distribution::Normal(Normal { mean, sd }) if sd > 0.0 => Kind::Normal { mean, sd },
            Distribution::Normal(Normal { mean, .. }) => Kind::Constant(mean.max(0.0)),
            Distribution::Poisson(Poisson { mean }) if mean > 0.0 => {
                Kind::Poisson(rand_distr::Poisson::new(mean).expect(VALID))
            }
            Distribution::Poisson(Poisson { .. }) => Kind::Constant(0.0),
            Distribution::Geometric(Geometric { mean }) => match ShortGeometric::of_mean(mean) {
                Some(geometric) => Kind::ShortGeometric(geometric),
                None => Kind::LongGeometric { beyond: beyond(mean) },
            },
            Distribution::Empirical(Empirical { ref values, ref weights }) => {
                Kind::Empirical { values: values.clone().into(), table: AliasTable::new(weights) }
            }
        })
    }

    /// Draws a real number.
    #[inline]
    pub fn draw(&self, stream: &mut Stream) -> f64 {
        match &self.0 {
            Kind::Constant(value) => *value,
            Kind::Exponential { mean } => mean * stream.exponential(),
            Kind::Gamma(gamma) => gamma.sample(stream),
            Kind::Lognormal(lognormal) => lognormal.sample(stream),
            Kind::Weibull(weibull) => weibull.sample(stream),
            Kind::Uniform { min, width } => min + width * stream.unit(),
            Kind::Triangular(triangular) => triangular.sample(stream),
            Kind::Normal { mean, sd } => normal_above(0.0, *mean, *sd, stream),
            Kind::Poisson(poisson) => poisson.sample(stream),
            Kind::ShortGeometric(geometric) => f64::from(geometric.draw(stream)),
            Kind::LongGeometric { beyond } => long_geometric(*beyond, stream),
            Kind::Empirical { values, table } => values[table.draw(stream) as usize],
        }
    }

    /// Draws a duration, rounded to the nearest second, at least 0.
    #[inline]
    pub fn draw_span(&self, stream: &mut Stream) -> Span {
        Span::from_seconds_f64(self.draw(stream))
    }
}

/// A normal conditioned on being at least `least`: rejection, from the tail's exponential bound where that lies above the mean
/// (Robert 1995).
pub(super) fn normal_above(least: f64, mean: f64, sd: f64, stream: &mut Stream) -> f64 {
    let lower = (least - mean) / sd;
    if lower <= 0.0 {
        loop {
            let z: f64 = rand_distr::StandardNormal.sample(stream);
            if z >= lower {
                return mean + sd * z;
            }
        }
    }
    let rate = (lower + (lower * lower + 4.0).sqrt()) / 2.0;
    loop {
        let z = lower + stream.exponential() / rate;
        if stream.unit() <= libm::exp(-(z - rate) * (z - rate) / 2.0) {
            return mean + sd * z;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    fn stream(entity: u64) -> Stream {
        Stream::new(7, 0, Purpose::LeadTime, entity)
    }

    /// Mean and standard deviation of n draws, each from a stream of its own as the engine draws them.
    fn moments(sampler: &Sampler, n: u64) -> (f64, f64) {
        let draws: Vec<f64> = (0..n).map(|i| sampler.draw(&mut stream(i))).collect();
        let mean = draws.iter().sum::<f64>() / n as f64;
        let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n as f64;
        (mean, variance.sqrt())
    }

    #[test]
    fn every_distribution_has_the_moments_it_states() {
        for distribution in [
            Distribution::Constant(3.0),
            Distribution::exponential(2.0),
            Distribution::gamma(6.0, 0.5),
            Distribution::gamma(2.0, 2.0),
            Distribution::lognormal(5.0, 0.8),
            Distribution::weibull(4.0, 0.6),
            Distribution::weibull(4.0, 1.5),
            Distribution::uniform(1.0, 3.0),
            Distribution::triangular(1.0, 2.0, 6.0),
            Distribution::normal(1.0, 1.0),
            Distribution::normal(-2.0, 1.0),
            Distribution::poisson(2.5),
            Distribution::poisson(80.0),
            Distribution::geometric(2.2),
            Distribution::geometric(30.0),
            Distribution::empirical(vec![1.0, 2.0, 5.0], vec![5.0, 3.0, 2.0]),
        ] {
            let n = 400_000;
            let (mean, sd) = moments(&Sampler::continuous(&distribution), n);
            let error = 4.5 * distribution.variance().sqrt() / (n as f64).sqrt();
            assert!((mean - distribution.mean()).abs() <= error + 1e-12, "{distribution:?}: mean {mean}");
            assert!((sd - distribution.variance().sqrt()).abs() <= 0.02 * sd + 1e-12, "{distribution:?}: sd {sd}");
        }
    }
}
