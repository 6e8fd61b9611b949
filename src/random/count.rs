//! Counts: how many lines, how many units.

use super::geometric::ShortGeometric;
use super::{AliasTable, Sampler, Stream};
use crate::domain::Distribution;
use crate::domain::distribution::{Empirical, Geometric, Uniform};

/// Draws counts from a [`Distribution`]: whole numbers from 1, or from 0, to a largest one.
#[derive(Clone, Debug)]
pub struct CountSampler {
    kind: CountKind,
    least: u32,
    most: u32,
}

#[derive(Clone, Debug)]
enum CountKind {
    /// Always the same, which is nothing to draw.
    Constant(u32),
    ShortGeometric(ShortGeometric),
    /// Counts that are listed, rounded and bounded when the sampler is made.
    Listed {
        counts: Box<[u32]>,
        table: AliasTable,
    },
    Rarer(Rarer),
}

/// Counts that take longer to draw.
#[derive(Clone, Debug)]
enum Rarer {
    Uniform { min: f64, count: u64 },
    Rounded(Sampler),
}

impl CountSampler {
    /// A sampler of counts that are at least 1 and at most `most`; a uniform count is uniform on the whole numbers from `min` to
    /// `max`, others are rounded to the nearest.
    ///
    /// # Panics
    /// When the distribution's parameters were not validated.
    pub fn new(distribution: &Distribution, most: u32) -> Self {
        Self::between(distribution, 1, most.max(1))
    }

    /// The same where a count may be 0.
    ///
    /// # Panics
    /// When the distribution's parameters were not validated.
    pub fn from_zero(distribution: &Distribution, most: u32) -> Self {
        Self::between(distribution, 0, most)
    }

    fn between(distribution: &Distribution, least: u32, most: u32) -> Self {
        let kind = match *distribution {
            Distribution::Constant(value) => CountKind::Constant(rounded(value, least, most)),
            Distribution::Uniform(Uniform { min, max }) => {
                let (min, max) = (libm::ceil(min), libm::floor(max));
                CountKind::Rarer(Rarer::Uniform { min, count: (max - min).max(0.0) as u64 + 1 })
            }
            Distribution::Geometric(Geometric { mean }) => match ShortGeometric::of_mean(mean) {
                Some(geometric) => CountKind::ShortGeometric(geometric),
                None => CountKind::Rarer(Rarer::Rounded(Sampler::continuous(distribution))),
            },
            Distribution::Empirical(Empirical { ref values, ref weights }) => CountKind::Listed {
                counts: values.iter().map(|&value| rounded(value, least, most)).collect(),
                table: AliasTable::new(weights),
            },
            _ => CountKind::Rarer(Rarer::Rounded(Sampler::continuous(distribution))),
        };
        Self { kind, least, most }
    }

    /// The count that it always draws, if it is always the same.
    pub const fn always(&self) -> Option<u32> {
        match self.kind {
            CountKind::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// Draws a count.
    #[inline(always)]
    pub fn draw(&self, stream: &mut Stream) -> u32 {
        match &self.kind {
            // The counts of nearly every order and line: no rounding.
            CountKind::Constant(value) => *value,
            CountKind::ShortGeometric(geometric) => geometric.draw(stream).min(self.most),
            CountKind::Listed { counts, table } => counts[table.draw(stream) as usize],
            CountKind::Rarer(rarer) => rarer.draw(self.least, self.most, stream),
        }
    }
}

impl Rarer {
    #[inline(never)]
    fn draw(&self, least: u32, most: u32, stream: &mut Stream) -> u32 {
        let count = match self {
            Self::Uniform { min, count } => min + stream.below(*count) as f64,
            Self::Rounded(sampler) => sampler.draw(stream),
        };
        rounded(count, least, most)
    }
}

/// The nearest whole number from `least` to `most`.
fn rounded(count: f64, least: u32, most: u32) -> u32 {
    libm::rint(count).clamp(f64::from(least), f64::from(most)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn a_uniform_count_is_uniform_on_whole_numbers() {
        let sampler = CountSampler::new(&Distribution::uniform(1.0, 3.0), 10);
        let mut seen = [0u32; 5];
        for i in 0..30_000 {
            seen[sampler.draw(&mut Stream::new(7, 0, Purpose::LeadTime, i)) as usize] += 1;
        }
        assert_eq!((seen[0], seen[4]), (0, 0));
        assert!(seen[1..4].iter().all(|&n| n.abs_diff(10_000) < 400), "{seen:?}");
    }

    #[test]
    fn counts_from_zero_have_the_moments_they_state() {
        for units in [
            Distribution::poisson(0.4),
            Distribution::poisson(25.0),
            Distribution::normal(50.0, 8.0),
            Distribution::normal(0.5, 1.0),
            Distribution::uniform(0.0, 3.0),
            Distribution::geometric(2.5),
            Distribution::empirical(vec![0.0, 2.0], vec![3.0, 1.0]),
        ] {
            let sampler = CountSampler::from_zero(&units, 1 << 20);
            let n = 200_000;
            let draws = (0..n).map(|i| f64::from(sampler.draw(&mut Stream::new(7, 0, Purpose::PeriodUnits, i))));
            let (sum, squares) = draws.fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
            let known = units.count_moments_from(0, 1 << 20);
            let sd = (known.square - known.mean * known.mean).sqrt();
            let (mean, square) = (sum / n as f64, squares / n as f64);
            assert!((mean - known.mean).abs() < 4.5 * sd / (n as f64).sqrt(), "{units:?}: mean {mean}");
            assert!((square / known.square - 1.0).abs() < 0.02, "{units:?}: square {square}");
        }
    }
}
