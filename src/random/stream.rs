//! Named streams of random bits: what they are for, and how they are derived.

use std::convert::Infallible;

use rand::TryRng;

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
    /// Which alternatives a search begins with; one stream. Does not depend on the replication.
    Search = 13,
    /// What is left of the lead time of a purchase order that was open at the start; entity: the purchase order.
    ResidualLeadTime = 14,
    /// When random events of the scenario come and how long they last; entity: (row, number).
    EventTimes = 15,
    /// Units of a product in a period, and how they are spread over zones; entity: (product, period).
    PeriodUnits = 16,
    /// Which generated orders, or lines of them, an event keeps away; entity: the order.
    DemandThinning = 17,
    /// The orders that an event brings on top: 0 for the gaps between them, then each order's contents.
    ExtraOrders = 18,
    /// How long after it is placed an order falls due; entity: the order.
    DueAfter = 30,
    /// When bursts of demand begin and how long they last; entity: (product, number).
    Bursts = 20,
    /// The class of an order's customer; entity: the order.
    CustomerClass = 31,
    /// Samples that an import holds the distance of a fit against; entity: the sample. Does not depend on the replication.
    GoodnessOfFit = 40,
    /// How long its vendor works on the units of a purchase order; entity: the purchase order.
    ServiceTime = 32,
}

/// Points of the grid of uniform numbers.
pub(super) const GRID: f64 = (1u64 << 53) as f64;

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
        self.from(entity).next_stream()
    }

    /// The streams of an entity and those after it: the next number is the next step.
    #[inline(always)]
    pub const fn from(self, entity: u64) -> InARow {
        InARow { key: self.0.wrapping_add(entity.wrapping_mul(GOLDEN)) }
    }

    /// The stream of an entity that has two numbers, such as a line of an order.
    #[inline(always)]
    pub const fn of_pair(self, first: u64, second: u64) -> Stream {
        Family(finalise(self.0.wrapping_add(first.wrapping_mul(GOLDEN)))).of(second)
    }
}

/// The streams of entities that are numbered in a row.
#[derive(Clone, Copy, Debug)]
pub struct InARow {
    key: u64,
}

impl InARow {
    /// The stream of the next entity.
    #[inline(always)]
    pub const fn next_stream(&mut self) -> Stream {
        let state = finalise(self.key);
        self.key = self.key.wrapping_add(GOLDEN);
        Stream { state }
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

    /// Stands before the 64 bits that it passed last.
    #[inline(always)]
    pub const fn step_back(&mut self) {
        self.state = self.state.wrapping_sub(STEP);
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

    /// A whole number in 0..n, each equally likely up to n/2⁶⁴.
    #[inline(always)]
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(n)) >> 64) as u64
    }
}

/// A probability, for coins that are tossed often: it comes up just where [`Stream::coin`] does.
#[derive(Clone, Copy, Debug)]
pub struct Chance {
    /// So many points of the grid of uniform numbers are below it: none for a toss that does not count, and then those for one that
    /// does. Looked up, as the compiler would make a branch of anything else.
    points: [u64; 2],
}

impl Chance {
    /// The chance of a probability.
    pub fn of(probability: f64) -> Self {
        // The product is exact, as the grid is a power of 2.
        Self { points: [0, libm::ceil(probability * GRID) as u64] }
    }

    /// Tosses the coin; whether it came up and `counts`. One comparison, so that no branch depends on `counts` alone.
    #[inline(always)]
    pub const fn comes_up_and(&self, counts: bool, stream: &mut Stream) -> bool {
        (stream.bits() >> 11) < self.points[counts as usize]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chance_comes_up_where_a_coin_does() {
        let mut stream = Stream::new(3, 0, Purpose::KeepLine, 1);
        for toss in 0..20_000 {
            // Close by the number that is drawn, and elsewhere.
            let drawn = { stream }.unit();
            for probability in [0.0, drawn, drawn + 1.0 / GRID, drawn - 1.0 / GRID, 0.15, 0.15 + drawn / 1e9, 1.0] {
                let (mut one, mut other) = (stream, stream);
                let comes_up = Chance::of(probability).comes_up_and(true, &mut one);
                assert_eq!(comes_up, other.coin(probability), "{probability} in toss {toss}");
                assert_eq!(one.bits(), other.bits());
                assert!(!Chance::of(probability).comes_up_and(false, &mut { stream }));
            }
            stream.skip();
        }
        let mut there_and_back = stream;
        there_and_back.skip();
        there_and_back.step_back();
        assert_eq!(there_and_back.bits(), stream.bits());
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
}
