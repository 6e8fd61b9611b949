//! Named random streams, and the samplers of the hot path.
//!
//! Every random number of a run comes from a [`Stream`] that is derived purely from (seed, replication, purpose,
//! entity). An order's draws belong to the order and a purchase order's lead time to the purchase order, so a changed
//! policy changes no other draw: the ground on which common random numbers stand. A stream is two registers, a key and
//! a counter hashed at each draw; making one costs about as much as drawing from it.
//!
//! Streams implement rand's traits, so rand_distr's distributions draw from them. What is drawn for every order line
//! (exponential gaps, weighted choices, geometric counts) has samplers of its own here, on the portable `libm`.

use std::convert::Infallible;
use std::sync::LazyLock;

use rand::TryRng;
use rand_distr::Distribution as _;

use crate::domain::{Distribution, Span};

/// What a stream is for. The number is part of every draw: never reuse or renumber one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// The gaps between generated orders; one stream.
    Arrivals = 1,
    /// Zone, products and units of an order; entity: the order.
    OrderContents = 2,
    /// Whether a customer keeps a line shown On Backorder; entity: the line.
    KeepLine = 3,
    /// Whether the available part of an order ships ahead; entity: the order.
    ShipAvailable = 4,
    /// How long after the purchase the backorder notice is sent; entity: the order.
    NoticeDelay = 5,
    /// Whether, when and with which wish a customer calls; entity: the line.
    Contact = 6,
    /// A purchase order's lead time; entity: the purchase order.
    LeadTime = 7,
    /// A purchase order's lead time once expedited; entity: the purchase order.
    ExpeditedLeadTime = 8,
    /// A vendor's disruptions; entity: (vendor, number).
    Disruption = 9,
    /// The hour of a replayed order whose file gives only the day; entity: the order.
    TraceHour = 10,
    /// Which orders of a trace are drawn again; entity: the draw.
    TraceResample = 11,
    /// A generated assortment of products; entity: the product. Does not depend on the replication.
    Assortment = 12,
}

/// Points of the grid of uniform numbers.
const GRID: f64 = (1u64 << 53) as f64;

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
const STEP: u64 = 0xa076_1d64_78bd_642f;
const MASK: u64 = 0xe703_7ed1_a0b4_28db;

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection, so distinct entities get distinct keys.
#[inline(always)]
const fn finalise(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// All streams of one purpose in one replication: the part of the key that is the same for every entity.
#[derive(Clone, Copy, Debug)]
pub struct Family(u64);

impl Family {
    /// The streams of a purpose in a replication.
    pub const fn new(seed: u64, replication: u32, purpose: Purpose) -> Self {
        let run = finalise(finalise(seed.wrapping_add(GOLDEN)).wrapping_add((replication as u64).wrapping_mul(GOLDEN)));
        Self(finalise(run ^ (purpose as u64).wrapping_mul(STEP)))
    }

    /// The stream of one entity.
    #[inline(always)]
    pub const fn of(self, entity: u64) -> Stream {
        Stream { state: finalise(self.0.wrapping_add(entity.wrapping_mul(GOLDEN))) }
    }

    /// The stream of an entity that has two numbers, such as a line of an order.
    #[inline(always)]
    pub const fn of_pair(self, first: u64, second: u64) -> Stream {
        Family(finalise(self.0.wrapping_add(first.wrapping_mul(GOLDEN)))).of(second)
    }
}

/// A stream of random bits, by the wyrand step (Wang Yi, public domain): a counter hashed by one wide multiplication.
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    state: u64,
}

impl Stream {
    /// The stream of an entity for a purpose in a replication.
    pub const fn new(seed: u64, replication: u32, purpose: Purpose, entity: u64) -> Self {
        Family::new(seed, replication, purpose).of(entity)
    }

    /// The next 64 bits.
    #[inline(always)]
    pub const fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        let wide = (self.state as u128) * ((self.state ^ MASK) as u128);
        (wide >> 64) as u64 ^ wide as u64
    }

    /// Passes over the next 64 bits.
    #[inline(always)]
    pub const fn skip(&mut self) {
        self.state = self.state.wrapping_add(STEP);
    }

    /// A number in [0, 1) on a grid of 2⁻⁵³.
    #[inline(always)]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / GRID)
    }

    /// A number in (0, 1], for logarithms.
    #[inline(always)]
    pub fn unit_above_zero(&mut self) -> f64 {
        ((self.bits() >> 11) + 1) as f64 * (1.0 / GRID)
    }

    /// `true` with the given probability.
    #[inline(always)]
    pub fn coin(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// An exponential of mean 1.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        UnitExponential::new().draw(self)
    }

    /// A whole number in 0..n, each equally likely up to n/2⁶⁴.
    #[inline(always)]
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(n)) >> 64) as u64
    }
}

impl TryRng for Stream {
    type Error = Infallible;

    #[inline(always)]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.bits() >> 32) as u32)
    }

    #[inline(always)]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.bits())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.bits().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// Draws exponentials of mean 1, by the ziggurat: nearly always one draw, one look-up and one multiplication.
#[derive(Clone, Copy)]
pub struct UnitExponential(&'static Ziggurat);

impl Default for UnitExponential {
    fn default() -> Self {
        Self::new()
    }
}

impl UnitExponential {
    /// A sampler, of which a loop that draws much keeps one: it need not ask each time whether the tables are there.
    #[inline]
    pub fn new() -> Self {
        Self(&EXPONENTIAL)
    }

    /// Draws an exponential.
    #[inline(always)]
    pub fn draw(self, stream: &mut Stream) -> f64 {
        loop {
            let bits = stream.bits();
            let layer = (bits & 0xff) as usize;
            let x = (bits >> 11) as f64 * (1.0 / GRID) * self.0.width[layer];
            if x < self.0.width[layer + 1] {
                return x;
            }
            let (accepted, after) = self.draw_beside_the_layer(layer, x, *stream);
            *stream = after;
            if let Some(x) = accepted {
                return x;
            }
        }
    }

    /// The one draw in a hundred that falls outside a layer's inner part: in the tail or under the curve. The stream goes in and
    /// out by value: lent to a function that is called, it could not stay in a register where it is drawn from.
    #[cold]
    fn draw_beside_the_layer(self, layer: usize, x: f64, mut stream: Stream) -> (Option<f64>, Stream) {
        if layer == 0 {
            return (Some(ZIGGURAT_EDGE - libm::log(stream.unit_above_zero())), stream);
        }
        let (low, high) = (self.0.height[layer], self.0.height[layer + 1]);
        let is_under_the_curve = low + (high - low) * stream.unit() < libm::exp(-x);
        (is_under_the_curve.then_some(x), stream)
    }
}

/// Layers of equal area under e⁻ˣ (Marsaglia and Tsang 2000), 256 of them, the lowest with the tail.
struct Ziggurat {
    /// Right edge of each layer; that of the lowest is widened so that its area includes the tail.
    width: [f64; 257],
    /// e⁻ʷⁱᵈᵗʰ at each edge.
    height: [f64; 257],
}

/// Where the tail begins, for 256 layers.
const ZIGGURAT_EDGE: f64 = 7.697_117_470_131_05;
/// Area of each layer.
const ZIGGURAT_AREA: f64 = 3.949_659_822_581_557e-3;

static EXPONENTIAL: LazyLock<Ziggurat> = LazyLock::new(|| {
    let mut ziggurat = Ziggurat { width: [0.0; 257], height: [1.0; 257] };
    ziggurat.width[0] = ZIGGURAT_AREA / libm::exp(-ZIGGURAT_EDGE);
    ziggurat.width[1] = ZIGGURAT_EDGE;
    for layer in 1..256 {
        let height = libm::exp(-ziggurat.width[layer]);
        ziggurat.height[layer] = height;
        // The next edge is where the curve is higher by the layer's area over its width; the top one is 0.
        let next = (height + ZIGGURAT_AREA / ziggurat.width[layer]).min(1.0);
        ziggurat.width[layer + 1] = if layer == 255 { 0.0 } else { -libm::log(next) };
    }
    ziggurat.height[0] = libm::exp(-ziggurat.width[0]);
    ziggurat
});

/// Weighted choice in constant time: Walker's alias method as Vose (1991) builds it, 8 bytes an entry, one draw.
#[derive(Clone, Debug)]
pub struct AliasTable {
    entries: Box<[AliasEntry]>,
}

#[derive(Clone, Copy, Debug)]
struct AliasEntry {
    /// The entry's own probability within its slot, in 2⁻³².
    keep_below: u32,
    /// Who gets the rest of the slot.
    alias: u32,
}

impl AliasTable {
    /// A table for weights that are finite, at least 0, and not all 0 (validated scenarios hold no others).
    ///
    /// # Panics
    /// When the weights are not so, or are 2³² or more.
    pub fn new(weights: &[f64]) -> Self {
        let total: f64 = weights.iter().sum();
        assert!(total.is_finite() && total > 0.0, "weights must have a positive finite sum");
        let n = u32::try_from(weights.len()).expect("fewer than 2^32 weights");
        let mut scaled: Vec<f64> = weights.iter().map(|w| w / total * f64::from(n)).collect();
        let (mut small, mut large): (Vec<u32>, Vec<u32>) = (0..n).partition(|&i| scaled[i as usize] < 1.0);
        let mut entries: Vec<AliasEntry> = (0..n).map(|i| AliasEntry { keep_below: u32::MAX, alias: i }).collect();
        while let (Some(&poor), Some(&rich)) = (small.last(), large.last()) {
            small.pop();
            let keep = scaled[poor as usize];
            entries[poor as usize] =
                AliasEntry { keep_below: (keep * 4_294_967_296.0).min(f64::from(u32::MAX)) as u32, alias: rich };
            scaled[rich as usize] -= 1.0 - keep;
            if scaled[rich as usize] < 1.0 {
                large.pop();
                small.push(rich);
            }
        }
        // What is left has its slot to itself (up to rounding); an entry of weight 0 never gets there, since the
        // rounding error of others is far below 1.
        for i in small {
            if weights[i as usize] == 0.0 {
                let heaviest = (0..n).max_by(|&a, &b| weights[a as usize].total_cmp(&weights[b as usize]));
                entries[i as usize] = AliasEntry { keep_below: 0, alias: heaviest.unwrap_or(0) };
            }
        }
        Self { entries: entries.into() }
    }

    /// Draws an index in proportion to its weight, where often there is but one: that draw is passed over.
    #[inline(always)]
    pub fn draw_if_several(&self, stream: &mut Stream) -> u32 {
        if self.entries.len() == 1 {
            stream.skip();
            0
        } else {
            self.draw(stream)
        }
    }

    /// Draws an index in proportion to its weight.
    #[inline(always)]
    pub fn draw(&self, stream: &mut Stream) -> u32 {
        let wide = u128::from(stream.bits()) * self.entries.len() as u128;
        let slot = (wide >> 64) as usize;
        // The low half is uniform within the slot: its top 32 bits decide between the slot's owner and its alias.
        let within = (wide >> 32) as u32;
        let entry = self.entries[slot];
        std::hint::select_unpredictable(within < entry.keep_below, slot as u32, entry.alias)
    }
}

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
            Distribution::Exponential { mean } => Kind::Exponential { mean },
            Distribution::Gamma { mean, cv } => {
                Kind::Gamma(rand_distr::Gamma::new(1.0 / (cv * cv), mean * cv * cv).expect(VALID))
            }
            Distribution::Lognormal { mean, cv } => {
                Kind::Lognormal(rand_distr::LogNormal::from_mean_cv(mean, cv).expect(VALID))
            }
            Distribution::Weibull { mean, cv } => {
                let shape = weibull_shape(cv);
                let scale = mean / libm::tgamma(1.0 + 1.0 / shape);
                Kind::Weibull(rand_distr::Weibull::new(scale, shape).expect(VALID))
            }
            Distribution::Uniform { min, max } => Kind::Uniform { min, width: max - min },
            Distribution::Triangular { min, mode, max } if min < max => {
                Kind::Triangular(rand_distr::Triangular::new(min, max, mode).expect(VALID))
            }
            Distribution::Triangular { min, .. } => Kind::Constant(min),
            Distribution::Normal { mean, sd } if sd > 0.0 => Kind::Normal { mean, sd },
            Distribution::Normal { mean, .. } => Kind::Constant(mean.max(0.0)),
            Distribution::Poisson { mean } if mean > 0.0 => Kind::Poisson(rand_distr::Poisson::new(mean).expect(VALID)),
            Distribution::Poisson { .. } => Kind::Constant(0.0),
            Distribution::Geometric { mean } => match 1.0 - 1.0 / mean {
                beyond if beyond > 0.0 && beyond <= LONG_RUNS => Kind::ShortGeometric(ShortGeometric::new(beyond)),
                beyond => Kind::LongGeometric { beyond },
            },
            Distribution::Empirical { ref values, ref weights } => {
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
            Kind::Normal { mean, sd } => truncated_normal(*mean, *sd, stream),
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
    Uniform {
        min: f64,
        count: u64,
    },
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
            Distribution::Uniform { min, max } => {
                let (min, max) = (libm::ceil(min), libm::floor(max));
                CountKind::Uniform { min, count: (max - min).max(0.0) as u64 + 1 }
            }
            _ => match Sampler::continuous(distribution) {
                Sampler(Kind::ShortGeometric(geometric)) => CountKind::ShortGeometric(geometric),
                other => CountKind::Rounded(other),
            },
        };
        Self { kind, most }
    }

    /// Draws a count.
    #[inline(always)]
    pub fn draw(&self, stream: &mut Stream) -> u32 {
        // The counts of nearly every order and line come first: no rounding.
        if let CountKind::Constant(value) = &self.kind {
            *value
        } else if let CountKind::ShortGeometric(geometric) = &self.kind {
            geometric.draw(stream).min(self.most)
        } else {
            self.draw_rarer(stream)
        }
    }

    #[inline(never)]
    fn draw_rarer(&self, stream: &mut Stream) -> u32 {
        let count = match &self.kind {
            CountKind::Constant(value) => f64::from(*value),
            CountKind::ShortGeometric(geometric) => f64::from(geometric.draw(stream)),
            CountKind::Uniform { min, count } => min + stream.below(*count) as f64,
            CountKind::Rounded(sampler) => libm::rint(sampler.draw(stream)),
        };
        count.clamp(1.0, f64::from(self.most)) as u32
    }
}

/// Beyond this probability of a further step, one logarithm is cheaper than the steps.
const LONG_RUNS: f64 = 0.9;

/// A geometric on 1, 2, … where each further step has probability `beyond`: P(X > k) = beyondᵏ, by inversion: 1 and one more for
/// each power of `beyond` that is at least u.
#[derive(Clone, Debug)]
struct ShortGeometric {
    beyond: f64,
    /// The count for each stretch of 2⁻⁸ of u; 0 where a power falls into the stretch, so that u itself decides.
    counts: Box<[u32; 256]>,
}

impl ShortGeometric {
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
    fn draw(&self, stream: &mut Stream) -> u32 {
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

/// A geometric of which `beyond` is 0, or so high that counting steps takes long.
fn long_geometric(beyond: f64, stream: &mut Stream) -> f64 {
    if beyond <= 0.0 {
        return 1.0;
    }
    1.0 + libm::floor(libm::log(stream.unit_above_zero()) / libm::log(beyond))
}

/// A normal conditioned on being at least 0: rejection, from the tail's exponential bound where the mean is negative
/// (Robert 1995).
fn truncated_normal(mean: f64, sd: f64, stream: &mut Stream) -> f64 {
    let lower = -mean / sd;
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

/// The shape k of a Weibull with the given coefficient of variation: 1 + cv² = Γ(1 + 2/k) / Γ(1 + 1/k)², by bisection.
fn weibull_shape(cv: f64) -> f64 {
    let log_ratio = |k: f64| libm::lgamma(1.0 + 2.0 / k) - 2.0 * libm::lgamma(1.0 + 1.0 / k);
    let wanted = libm::log1p(cv * cv);
    // The ratio falls as the shape grows.
    let (mut low, mut high): (f64, f64) = (0.02, 1_000.0);
    for _ in 0..200 {
        let middle = (low * high).sqrt();
        if log_ratio(middle) > wanted { low = middle } else { high = middle }
    }
    (low * high).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            Distribution::Exponential { mean: 2.0 },
            Distribution::Gamma { mean: 6.0, cv: 0.5 },
            Distribution::Gamma { mean: 2.0, cv: 2.0 },
            Distribution::Lognormal { mean: 5.0, cv: 0.8 },
            Distribution::Weibull { mean: 4.0, cv: 0.6 },
            Distribution::Weibull { mean: 4.0, cv: 1.5 },
            Distribution::Uniform { min: 1.0, max: 3.0 },
            Distribution::Triangular { min: 1.0, mode: 2.0, max: 6.0 },
            Distribution::Normal { mean: 1.0, sd: 1.0 },
            Distribution::Normal { mean: -2.0, sd: 1.0 },
            Distribution::Poisson { mean: 2.5 },
            Distribution::Poisson { mean: 80.0 },
            Distribution::Geometric { mean: 2.2 },
            Distribution::Geometric { mean: 30.0 },
            Distribution::Empirical { values: vec![1.0, 2.0, 5.0], weights: vec![5.0, 3.0, 2.0] },
        ] {
            let n = 400_000;
            let (mean, sd) = moments(&Sampler::continuous(&distribution), n);
            let error = 4.5 * distribution.variance().sqrt() / (n as f64).sqrt();
            assert!((mean - distribution.mean()).abs() <= error + 1e-12, "{distribution:?}: mean {mean}");
            assert!((sd - distribution.variance().sqrt()).abs() <= 0.02 * sd + 1e-12, "{distribution:?}: sd {sd}");
        }
    }

    #[test]
    fn a_uniform_count_is_uniform_on_whole_numbers() {
        let sampler = CountSampler::new(&Distribution::Uniform { min: 1.0, max: 3.0 }, 10);
        let mut seen = [0u32; 5];
        for i in 0..30_000 {
            seen[sampler.draw(&mut stream(i)) as usize] += 1;
        }
        assert_eq!((seen[0], seen[4]), (0, 0));
        assert!(seen[1..4].iter().all(|&n| n.abs_diff(10_000) < 400), "{seen:?}");
    }

    #[test]
    fn an_alias_table_draws_in_proportion_and_never_a_weight_of_zero() {
        let weights = [0.0, 3.0, 1.0, 0.0, 6.0];
        let table = AliasTable::new(&weights);
        let mut seen = [0u32; 5];
        for i in 0..100_000 {
            seen[table.draw(&mut stream(i)) as usize] += 1;
        }
        for (&n, weight) in seen.iter().zip(weights) {
            assert!((f64::from(n) - weight * 10_000.0).abs() < 600.0, "{seen:?}");
        }
        assert_eq!((seen[0], seen[3]), (0, 0));
    }

    #[test]
    fn streams_of_different_names_differ_and_equal_names_agree() {
        let first = |mut s: Stream| s.bits();
        let base = first(Stream::new(1, 0, Purpose::LeadTime, 5));
        assert_eq!(base, first(Stream::new(1, 0, Purpose::LeadTime, 5)));
        for other in [
            Stream::new(2, 0, Purpose::LeadTime, 5),
            Stream::new(1, 1, Purpose::LeadTime, 5),
            Stream::new(1, 0, Purpose::ExpeditedLeadTime, 5),
            Stream::new(1, 0, Purpose::LeadTime, 6),
        ] {
            assert_ne!(base, first(other));
        }
    }

    #[test]
    fn the_exponential_has_its_tail_and_its_shape() {
        let n = 2_000_000;
        let mut stream = stream(1);
        let draws: Vec<f64> = (0..n).map(|_| stream.exponential()).collect();
        for x in [0.01, 0.1, 0.5, 1.0, 2.0, 4.0, 7.0, 7.8, 9.0] {
            let expected = libm::exp(-x);
            let share = draws.iter().filter(|&&draw| draw > x).count() as f64 / f64::from(n);
            let error = 4.5 * (expected * (1.0 - expected) / f64::from(n)).sqrt();
            assert!((share - expected).abs() < error, "P(X > {x}) = {share}, not {expected}");
        }
        assert!((EXPONENTIAL.width[255] * (1.0 - EXPONENTIAL.height[255]) - ZIGGURAT_AREA).abs() < 1e-9);
    }

    #[test]
    fn a_weibull_of_cv_one_is_exponential() {
        assert!((weibull_shape(1.0) - 1.0).abs() < 1e-9);
    }
}
