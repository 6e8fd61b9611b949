//! The shape of demand in a replication: what holds at a moment, and an order of that moment.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::drawing::{another_by_share, draw_zone};
use super::plan::DemandSamplers;
use super::shape::ShapeTables;
use crate::domain::{DemandShape, Model, OrderedLine, ProductId, ZoneId};
use crate::random::{Family, Purpose, Stream};

/// What holds of the shape at a moment that only moves on.
pub(super) struct ShapeClock<'a> {
    tables: &'a ShapeTables<'a>,
    /// The first second in which another season holds.
    season_until: i64,
    /// Shares times the factors of the season, by kind.
    season: Vec<f64>,
    /// The same, bursts included.
    weights: Vec<f64>,
    /// Their sum.
    ordinary: f64,
    /// How many orders are each basket, of the orders that there are without any shape.
    baskets: Vec<f64>,
    /// All orders, of the orders that there are without any shape.
    times: f64,
    /// Whether a burst of each kind is on.
    is_on: Vec<bool>,
    /// When the next burst of a kind begins or ends, and its number.
    changes: BinaryHeap<Reverse<(i64, u32, u64)>>,
    family: Family,
}

impl<'a> ShapeClock<'a> {
    /// At second 0 of a replication.
    pub(super) fn new(tables: &'a ShapeTables<'a>, seed: u64, replication: u32) -> Self {
        let family = Family::new(seed, replication, Purpose::Bursts);
        let mut clock = Self {
            tables,
            season_until: 0,
            season: vec![0.0; tables.kinds.len()],
            weights: vec![0.0; tables.kinds.len()],
            ordinary: 0.0,
            baskets: vec![0.0; tables.shape.baskets.len()],
            times: 0.0,
            is_on: vec![true; tables.kinds.len()],
            changes: BinaryHeap::new(),
            family,
        };
        for (number, kind) in (0_u32..).zip(&tables.kinds) {
            if let Some((_, _, times)) = &kind.bursts {
                // As likely to be on as it is in the long run.
                clock.is_on[number as usize] = clock.stream_of(number, 0).unit() * times < 1.0;
                clock.schedule(0, number, 1);
            }
        }
        clock.turn_season(0);
        clock
    }

    /// The draws of a change of a kind's bursts, which is a single product.
    fn stream_of(&self, kind: u32, change: u64) -> Stream {
        let product = self.tables.kinds[kind as usize].products[0];
        self.family.of_pair(u64::from(product.0), change)
    }

    fn schedule(&mut self, now: i64, kind: u32, change: u64) {
        let Some((off, on, _)) = &self.tables.kinds[kind as usize].bursts else { return };
        let sampler = if self.is_on[kind as usize] { on } else { off };
        let after = sampler.draw_span(&mut self.stream_of(kind, change)).0.max(1);
        self.changes.push(Reverse((now.saturating_add(after), kind, change)));
    }

    /// Moves on to a second.
    #[inline]
    pub(super) fn move_to(&mut self, second: i64) {
        while let Some(&Reverse((at, kind, change))) = self.changes.peek()
            && at <= second
        {
            self.changes.pop();
            self.is_on[kind as usize] = !self.is_on[kind as usize];
            self.schedule(at, kind, change + 1);
            self.weights[kind as usize] = self.weight(kind as usize);
            self.add_up();
        }
        if second >= self.season_until {
            self.turn_season(second);
        }
    }

    fn turn_season(&mut self, second: i64) {
        self.season_until = self.tables.demand.factor_at(second).1;
        for (number, kind) in self.tables.kinds.iter().enumerate() {
            self.season[number] = kind.share * self.tables.shape.factor_at(&kind.rows, second);
            self.weights[number] = self.weight(number);
        }
        for (times, basket) in self.baskets.iter_mut().zip(&self.tables.shape.baskets) {
            let factor = |product: ProductId| match self.tables.kind_of[product.index()] {
                u32::MAX => 1.0,
                kind => self.tables.shape.factor_at(&self.tables.kinds[kind as usize].rows, second),
            };
            *times = basket.share * DemandShape::basket_factor(basket, factor);
        }
        self.add_up();
    }

    fn weight(&self, kind: usize) -> f64 {
        match &self.tables.kinds[kind].bursts {
            None => self.season[kind],
            Some((_, _, times)) if self.is_on[kind] => self.season[kind] * times,
            Some(_) => 0.0,
        }
    }

    fn add_up(&mut self) {
        self.ordinary = self.weights.iter().sum();
        let singly = 1.0 - self.tables.shape.baskets_share();
        self.times = singly * self.ordinary / self.tables.shares + self.baskets.iter().sum::<f64>();
    }

    /// How many times as many orders come now as without any shape, and until when.
    #[inline]
    pub(super) fn times(&self) -> (f64, i64) {
        let next = self.changes.peek().map_or(i64::MAX, |&Reverse((at, ..))| at);
        (self.times, self.season_until.min(next))
    }

    /// Draws an order of this moment: its zone, and its lines behind those that are there.
    pub(super) fn draw(
        &self,
        model: &Model,
        demand: &DemandSamplers<'_>,
        stream: &mut Stream,
        lines: &mut Vec<OrderedLine>,
    ) -> ZoneId {
        let mut zone = ZoneId(0);
        draw_zone(demand, &mut zone, stream);
        let own = self.tables.units_by_zone.get(zone.index()).and_then(Option::as_ref);
        let units = own.unwrap_or(&demand.units);
        if !self.baskets.is_empty()
            && let Some(basket) = self.basket(stream.unit() * self.times)
        {
            for &product in &self.tables.shape.baskets[basket].products {
                lines.push(OrderedLine { product, units: units.draw(stream) });
            }
            return zone;
        }
        let first = lines.len();
        for _ in 0..demand.lines.draw(stream) {
            let (draw, share) = (|stream: &mut Stream| self.product(stream), |product, _| self.share(product));
            // There may be fewer products that are asked for now than lines.
            let Some(product) = another_by_share(model, demand, &lines[first..], stream, draw, share) else { break };
            lines.push(OrderedLine { product, units: units.draw(stream) });
        }
        zone
    }

    /// The basket in which a number of orders ends, of all that there are; `None`: it is no basket.
    fn basket(&self, mut at: f64) -> Option<usize> {
        for (basket, times) in self.baskets.iter().enumerate() {
            if at < *times {
                return Some(basket);
            }
            at -= times;
        }
        // Rounding may leave a trifle where there is nothing else.
        self.baskets.len().checked_sub(1).filter(|_| self.ordinary <= 0.0)
    }

    /// A product by its share now.
    fn product(&self, stream: &mut Stream) -> ProductId {
        let mut at = stream.unit() * self.ordinary;
        let mut chosen = None;
        for (kind, weight) in self.weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            chosen = Some(kind);
            if at < *weight {
                break;
            }
            at -= weight;
        }
        let kind = &self.tables.kinds[chosen.unwrap_or(0)];
        kind.products[kind.choice.draw(stream) as usize]
    }

    /// The share of a product now.
    fn share(&self, product: ProductId) -> f64 {
        match self.tables.kind_of[product.index()] {
            u32::MAX => 0.0,
            kind => {
                let of_kind = &self.tables.kinds[kind as usize];
                self.tables.share_of[product.index()] * self.weights[kind as usize] / of_kind.share
            }
        }
    }
}
