//! Demand by period: the orders of a period are drawn when it is the next one. Each product and zone with demand gets an order of one
//! line.
//!
//! The demand of a product in a period comes from a stream of its own, so that adding a product changes no other draw. Where there
//! are several zones, each unit falls to one of them by share, independently of the others.

use rand_distr::Distribution as _;

use crate::domain::{Demand, Distribution, Model, OrderedLine, PeriodDemand, ProductId, SimTime, ZoneId};
use crate::random::{CountSampler, Family, Purpose, Stream};

/// Samplers of demand by period.
pub(super) struct PeriodSamplers<'a> {
    pub(super) settings: &'a PeriodDemand,
    products: Vec<(ProductId, CountSampler)>,
    /// Zones that have a share, each with its part of what is left for it and those after it.
    zones: Vec<(ZoneId, f64)>,
}

impl<'a> PeriodSamplers<'a> {
    pub(super) fn new(model: &'a Model, settings: &'a PeriodDemand) -> Self {
        let sampler = |units: &Distribution| CountSampler::from_zero(units, Demand::MAX_UNITS);
        let products = settings.asked_for(&model.products).map(|(product, units)| (product, sampler(units)));
        let shares: Vec<f64> = model.zones.iter().map(|zone| zone.share).collect();
        let part = |zone: usize| (ZoneId::from_index(zone), shares[zone] / shares[zone..].iter().sum::<f64>());
        let zones = (0..shares.len()).filter(|&zone| shares[zone] > 0.0).map(part).collect();
        Self { settings, products: products.collect(), zones }
    }
}

/// An order of a period.
#[derive(Clone, Copy, Debug)]
pub(super) struct PeriodOrder {
    /// Names its further draws.
    pub(super) draws: u64,
    pub(super) zone: ZoneId,
    pub(super) line: OrderedLine,
}

/// The orders that come by period in one replication.
pub(super) struct Periods<'a> {
    samplers: Option<&'a PeriodSamplers<'a>>,
    end: SimTime,
    units: Family,
    /// Periods drawn so far.
    drawn: i64,
    /// When the orders at hand come; [`SimTime::NEVER`] where there are none.
    pub(super) next: SimTime,
    /// Orders of a period that are not taken, the next one last.
    orders: Vec<PeriodOrder>,
}

impl<'a> Periods<'a> {
    /// The orders of a replication before an instant.
    pub(super) fn new(samplers: Option<&'a PeriodSamplers<'a>>, end: SimTime, seed: u64, replication: u32) -> Self {
        let mut periods = Self {
            samplers,
            end,
            units: Family::new(seed, replication, Purpose::PeriodUnits),
            drawn: 0,
            next: SimTime::NEVER,
            orders: Vec::new(),
        };
        periods.draw();
        periods
    }

    /// Takes the next order, of which there must be one.
    pub(super) fn take(&mut self) -> PeriodOrder {
        let order = self.orders.pop().expect("an order is next");
        if self.orders.is_empty() {
            self.draw();
        }
        order
    }

    /// Draws the next period in which somebody orders anything.
    fn draw(&mut self) {
        self.next = SimTime::NEVER;
        let Some(samplers) = self.samplers else { return };
        let mut at = SimTime::NEVER;
        while self.orders.is_empty() {
            at = samplers.settings.moment(self.drawn);
            if at >= self.end {
                return;
            }
            // Backwards, as the last one is taken first.
            for (product, sampler) in samplers.products.iter().rev() {
                let mut stream = self.units.of_pair(product.0.into(), self.drawn as u64);
                let units = sampler.draw(&mut stream);
                if units > 0 {
                    self.spread(*product, units, &samplers.zones, stream);
                }
            }
            self.drawn += 1;
        }
        self.next = at;
    }

    /// Spreads the units of a product over zones.
    fn spread(&mut self, product: ProductId, units: u32, zones: &[(ZoneId, f64)], mut stream: Stream) {
        let first = self.orders.len();
        let mut left = units;
        for &(zone, part) in zones {
            // Of units that each fall to a zone by share, those of one zone among what is left are binomial.
            let units = if part < 1.0 { binomial(left, part, &mut stream) } else { left };
            left -= units;
            if units > 0 {
                let line = OrderedLine { product, units };
                self.orders.push(PeriodOrder { draws: PERIOD_DRAWS | stream.bits() >> 4, zone, line });
            }
        }
        self.orders[first..].reverse();
    }
}

/// Entities of orders of a period lie apart from all others: a number of 60 bits out of their own stream, in front of which this
/// bit stands.
const PERIOD_DRAWS: u64 = 1 << 60;

fn binomial(units: u32, part: f64, stream: &mut Stream) -> u32 {
    if units == 0 {
        return 0;
    }
    rand_distr::Binomial::new(units.into(), part).expect("a part lies between 0 and 1").sample(stream) as u32
}
