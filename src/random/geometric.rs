//! The geometric: 1 and one more step with the same probability, again and again.

use super::Stream;
use super::stream::GRID;

/// A geometric on 1, 2, … where each further step has probability `beyond`: P(X > k) = beyondᵏ, by inversion: 1 and one more for
/// each power of `beyond` that is at least u.
#[derive(Clone, Debug)]
pub(super) struct ShortGeometric {
    beyond: f64,
    /// The count for each stretch of 2⁻⁸ of u; 0 where a power falls into the stretch, so that u itself decides.
    counts: Box<[u32; 256]>,
}

/// Beyond this probability of a further step, one logarithm is cheaper than the steps.
const LONG_RUNS: f64 = 0.9;

impl ShortGeometric {
    /// The geometric of a mean, if it is not [so long](long_geometric).
    pub(super) fn of_mean(mean: f64) -> Option<Self> {
        let beyond = beyond(mean);
        (beyond > 0.0 && beyond <= LONG_RUNS).then(|| Self::new(beyond))
    }

    fn new(beyond: f64) -> Self {
        let counts = std::array::from_fn(|stretch| {
            let least = steps(beyond, stretch as f64 / 256.0 + 1.0 / GRID);
            let most = steps(beyond, (stretch + 1) as f64 / 256.0);
            if least == most { least } else { 0 }
        });
        Self { beyond, counts: Box::new(counts) }
    }

    /// Nearly always one look-up: a loop that ends after a random number of rounds would cost a mispredicted branch.
    #[inline(always)]
    pub(super) fn draw(&self, stream: &mut Stream) -> u32 {
        let bits = stream.bits() >> 11;
        match self.counts[(bits >> 45) as usize] {
            0 => steps(self.beyond, (bits + 1) as f64 * (1.0 / GRID)),
            count => count,
        }
    }
}

/// 1 and one more for each power of `beyond` that is at least `u`.
#[cold]
fn steps(beyond: f64, u: f64) -> u32 {
    let (mut count, mut power) = (1, beyond);
    while u <= power {
        count += 1;
        power *= beyond;
    }
    count
}

/// The probability of a further step.
pub(super) fn beyond(mean: f64) -> f64 {
    1.0 - 1.0 / mean
}

/// A geometric of which `beyond` is 0, or so high that counting steps takes long.
pub(super) fn long_geometric(beyond: f64, stream: &mut Stream) -> f64 {
    if beyond <= 0.0 {
        return 1.0;
    }
    1.0 + libm::floor(libm::log(stream.unit_above_zero()) / libm::log(beyond))
}
