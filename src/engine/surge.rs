//! Demand that events multiply: orders that come on top, and orders that do not come.
//!
//! Orders come by a Poisson process, and an order's contents are drawn for it alone. So a factor above 1 is a second, independent
//! process laid over the first, and one below 1 a first from which orders are taken out at random: what is left, and what comes
//! together, are again Poisson (superposition and thinning; Kingman, *Poisson Processes*, 1993, chapters 2 and 5). The orders of the first process
//! stay what they are without events, to the second; both draw from streams of their own.
//!
//! The second process runs at the rate of the first times the largest factor less 1. Each of its orders is drawn as any other, and
//! keeps the lines that are asked for more by then, each with the probability that its own factor bears to the largest: a
//! promotion of one product brings orders of that product alone, as many as the first process has lines of it.

use super::drawing::{draw_an_order, next_point};
use super::plan::DemandSamplers;
use super::shape_clock::ShapeClock;
use super::timeline::Happening;
use crate::domain::{Effect, Model, OrderedLine, ProductId, SimTime, ZoneId};
use crate::random::{Family, Purpose, Stream, UnitExponential};

/// A stretch of time in which the same events multiply demand.
struct Stretch {
    from: i64,
    to: i64,
    /// What is on, by rows.
    on: Vec<u32>,
    /// No factor is larger than 1 + this.
    surplus: f64,
    /// Whether some factor is below 1.
    thins: bool,
}

/// What events make of the demand of a replication.
pub(super) struct Surge<'a> {
    model: &'a Model,
    stretches: Vec<Stretch>,
    /// By event: whether it is about each product; empty where it is about all.
    is_about: Vec<Vec<bool>>,
    thinning: Family,
    extra: Family,
}

impl<'a> Surge<'a> {
    /// `None` where no event multiplies generated demand.
    pub(super) fn new(model: &'a Model, replication: u32, happenings: &[Happening]) -> Option<Self> {
        model.demand.as_ref()?;
        let is_of_demand = |event: u32| matches!(model.events[event as usize].effect, Effect::Demand { .. });
        let of_demand: Vec<&Happening> = happenings.iter().filter(|happening| is_of_demand(happening.event)).collect();
        let mut bounds: Vec<i64> = of_demand.iter().flat_map(|happening| [happening.from.0, happening.to.0]).collect();
        bounds.sort_unstable();
        bounds.dedup();
        let stretch = |bounds: &[i64]| {
            let (from, to) = (bounds[0], bounds[1]);
            let is_on = |happening: &&&Happening| happening.from.0 <= from && to <= happening.to.0;
            let on: Vec<u32> = of_demand.iter().filter(is_on).map(|happening| happening.event).collect();
            let factors = || on.iter().map(|&event| factor_of(&model.events[event as usize].effect));
            Stretch {
                from,
                to,
                surplus: factors().map(|factor| factor.max(1.0)).product::<f64>() - 1.0,
                thins: factors().any(|factor| factor < 1.0),
                on,
            }
        };
        let stretches: Vec<Stretch> = bounds.windows(2).map(stretch).filter(|stretch| !stretch.on.is_empty()).collect();
        let is_about = |effect: &Effect| match effect {
            Effect::Demand { products: Some(products), .. } => {
                let mut is_about = vec![false; model.products.len()];
                products.iter().for_each(|product| is_about[product.index()] = true);
                is_about
            }
            _ => Vec::new(),
        };
        let family = |purpose| Family::new(model.run.seed, replication, purpose);
        (!stretches.is_empty()).then(|| Self {
            model,
            stretches,
            is_about: model.events.iter().map(|event| is_about(&event.effect)).collect(),
            thinning: family(Purpose::DemandThinning),
            extra: family(Purpose::ExtraOrders),
        })
    }

    /// The factor of a product's demand in a zone, in a stretch.
    fn factor(&self, stretch: &Stretch, zone: ZoneId, product: ProductId) -> f64 {
        let of = |&event: &u32| match self.model.events[event as usize].effect {
            Effect::Demand { zone: of_zone, factor, .. } => {
                let is_about = &self.is_about[event as usize];
                let holds =
                    of_zone.is_none_or(|of_zone| of_zone == zone) && (is_about.is_empty() || is_about[product.index()]);
                if holds { factor } else { 1.0 }
            }
            _ => 1.0,
        };
        stretch.on.iter().map(of).product()
    }

    /// The stretch of an instant, or else the next one.
    fn stretch_at(&self, at: i64) -> Option<&Stretch> {
        let next = self.stretches.partition_point(|stretch| stretch.to <= at);
        self.stretches.get(next)
    }

    /// Whether events may keep orders away between two instants.
    pub(super) fn thins_between(&self, first: SimTime, last: SimTime) -> bool {
        let after = self.stretches.partition_point(|stretch| stretch.to <= first.0);
        self.stretches[after..].iter().take_while(|stretch| stretch.from <= last.0).any(|stretch| stretch.thins)
    }

    /// Decides which lines of a generated order are asked for all the same, by `keep`; `number` names the order among the generated.
    pub(super) fn thin(
        &self,
        number: u64,
        at: SimTime,
        zone: ZoneId,
        mut lines: impl FnMut(&dyn Fn(ProductId) -> bool),
    ) {
        match self.stretch_at(at.0).filter(|stretch| stretch.from <= at.0 && stretch.thins) {
            None => lines(&|_| true),
            Some(stretch) => {
                let drawn = self.thinning.of(number).unit();
                lines(&|product| drawn < self.factor(stretch, zone, product));
            }
        }
    }
}

fn factor_of(effect: &Effect) -> f64 {
    match effect {
        Effect::Demand { factor, .. } => *factor,
        _ => 1.0,
    }
}

/// The orders that come on top of the generated ones.
pub(super) struct Extra<'a> {
    surge: Option<&'a Surge<'a>>,
    demand: Option<&'a DemandSamplers<'a>>,
    end: SimTime,
    /// When the next one comes; [`SimTime::NEVER`] when none does.
    pub(super) next: SimTime,
    /// Its zone.
    pub(super) zone: ZoneId,
    /// Its lines.
    pub(super) lines: Vec<OrderedLine>,
    /// Orders given out.
    pub(super) taken: u64,
    /// Continuous time of the last point of the process.
    seconds: f64,
    gaps: Stream,
    exponential: UnitExponential,
    /// Points so far; each names its order's draws.
    points: u64,
    /// What holds of the shape of demand, where it has one.
    shape: Option<Box<ShapeClock<'a>>>,
}

impl<'a> Extra<'a> {
    pub(super) fn new(
        surge: Option<&'a Surge<'a>>,
        demand: Option<&'a DemandSamplers<'a>>,
        end: SimTime,
        replication: u32,
    ) -> Self {
        let shape = surge.zip(demand.and_then(|demand| demand.shape.as_ref()));
        let shape = shape.map(|(surge, shape)| Box::new(ShapeClock::new(shape, surge.model.run.seed, replication)));
        let gaps = surge.map_or(Stream::new(0, 0, Purpose::ExtraOrders, 0), |surge| surge.extra.of(0));
        let mut extra = Self {
            surge,
            demand,
            end,
            next: SimTime::NEVER,
            zone: ZoneId(0),
            lines: Vec::new(),
            taken: 0,
            seconds: 0.0,
            gaps,
            exponential: UnitExponential::new(),
            points: 0,
            shape,
        };
        extra.look_for_the_next();
        extra
    }

    /// Finds the next order.
    pub(super) fn look_for_the_next(&mut self) {
        self.next = SimTime::NEVER;
        let (Some(surge), Some(demand)) = (self.surge, self.demand) else { return };
        loop {
            let left = self.exponential.draw(&mut self.gaps);
            let surplus = |second: i64| match surge.stretch_at(second) {
                None => (0.0, i64::MAX),
                Some(stretch) if second < stretch.from => (0.0, stretch.from),
                Some(stretch) => (stretch.surplus, stretch.to),
            };
            let shape = &mut self.shape;
            self.seconds = next_point(left, self.seconds, demand, self.end, |second| {
                let (surplus, until) = surplus(second);
                let Some(shape) = shape else { return (surplus, until) };
                shape.move_to(second);
                let (times, shape_until) = shape.times();
                (surplus * times, until.min(shape_until))
            });
            let at = SimTime(self.seconds as i64);
            if at >= self.end {
                return;
            }
            self.points += 1;
            let mut stream = surge.extra.of(self.points);
            let drawn = stream.unit();
            self.zone = match &self.shape {
                Some(shape) => {
                    self.lines.clear();
                    shape.draw(surge.model, demand, &mut stream, &mut self.lines)
                }
                None => draw_an_order(surge.model, demand, &mut stream, &mut self.lines),
            };
            let Some(stretch) = surge.stretch_at(at.0) else { return };
            let zone = self.zone;
            self.lines.retain(|line| drawn * stretch.surplus < surge.factor(stretch, zone, line.product) - 1.0);
            if !self.lines.is_empty() {
                self.next = at;
                return;
            }
        }
    }
}
