//! Counts: how many lines, how many units.

use super::geometric::ShortGeometric;
use super::{Sampler, Stream};
use crate::domain::Distribution;
use crate::domain::distribution::{Geometric, Uniform};

/// Draws counts from a [`Distribution`]: whole numbers from 1 to a largest one.
#[derive(Clone, Debug)]
pub struct CountSampler {
    kind: CountKind,
    most: u32,
}

#[derive(Clone, Debug)]
enum CountKind {
    /// Always the same, which is nothing to draw.
    Constant(u32),
    ShortGeometric(ShortGeometric),
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
        let most = most.max(1);
        let kind = match *distribution {
            Distribution::Constant(value) => CountKind::Constant((libm::rint(value) as u32).clamp(1, most)),
            Distribution::Uniform(Uniform { min, max }) => {
                let (min, max) = (libm::ceil(min), libm::floor(max));
                CountKind::Rarer(Rarer::Uniform { min, count: (max - min).max(0.0) as u64 + 1 })
            }
            Distribution::Geometric(Geometric { mean }) => match ShortGeometric::of_mean(mean) {
                Some(geometric) => CountKind::ShortGeometric(geometric),
                None => CountKind::Rarer(Rarer::Rounded(Sampler::continuous(distribution))),
            },
            _ => CountKind::Rarer(Rarer::Rounded(Sampler::continuous(distribution))),
        };
        Self { kind, most }
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
            CountKind::Rarer(rarer) => rarer.draw(self.most, stream),
        }
    }
}

impl Rarer {
    #[inline(never)]
    fn draw(&self, most: u32, stream: &mut Stream) -> u32 {
        let count = match self {
            Self::Uniform { min, count } => min + stream.below(*count) as f64,
            Self::Rounded(sampler) => libm::rint(sampler.draw(stream)),
        };
        count.clamp(1.0, f64::from(most)) as u32
    }
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
}
