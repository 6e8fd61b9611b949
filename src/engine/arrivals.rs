//! The next order: scripted, replayed and generated ones merged by time, outside the calendar.
//!
//! There is always exactly one next order, so comparing its time with the calendar's head is all it takes; keeping it
//! out of the calendar saves most of what an event costs.

use super::plan::{DemandSamplers, Plan};
use crate::domain::{DAY, Model, OrderNumber, OrderedLine, ProductId, Resample, SimTime, Span, TraceDemand, ZoneId};
use crate::random::{Family, Purpose, Stream};

/// An order somebody asks for; its lines are [`Arrivals::lines`].
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Its number.
    pub number: OrderNumber,
    /// Names the order's random draws: independent of how many orders a script adds.
    pub draws: u64,
    /// Where the customer is.
    pub zone: ZoneId,
}

/// Entities of scripted and replayed orders lie apart from those of generated ones, so that a script added to a
/// scenario leaves the generated orders as they were.
const SCRIPTED_DRAWS: u64 = 1 << 62;
const REPLAYED_DRAWS: u64 = 1 << 61;

/// Generated orders that are drawn ahead.
const AHEAD: u64 = 2;
/// Places for the generated order at hand and those drawn ahead, each at its number's remainder, and one after them for listed
/// orders.
const PLACES: usize = 4;
const LISTED: usize = PLACES;

/// What an order asks for.
struct Basket {
    zone: ZoneId,
    lines: Vec<OrderedLine>,
}

/// The source of orders of one replication.
pub struct Arrivals<'a> {
    plan: &'a Plan<'a>,
    /// When the next order comes; [`SimTime::NEVER`] when none does before the end.
    pub next: SimTime,
    numbered: OrderNumber,
    next_scripted: usize,
    /// Replayed orders of this replication, by time: (when, row of the trace, draw).
    replayed: Vec<(SimTime, u32, u32)>,
    next_replayed: usize,
    /// When the next scripted or replayed order comes.
    listed: SimTime,
    generated: u64,
    /// What the generated order at hand and the next ones ask for, and a listed one: what an order asks for depends on nothing
    /// but its own stream, so it can be drawn ahead.
    baskets: [Basket; PLACES + 1],
    /// The place of the order given out last.
    at_hand: usize,
    /// Continuous time of the next generated order, seconds; cut to the second only at the event.
    generated_at: f64,
    gaps: Stream,
    contents: Family,
}

impl<'a> Arrivals<'a> {
    /// The orders of a replication.
    pub fn new(plan: &'a Plan<'a>, replication: u32) -> Self {
        let seed = plan.model.run.seed;
        let replayed = plan.model.trace.as_ref().map(|trace| replay(trace, seed, replication)).unwrap_or_default();
        let mut arrivals = Self {
            plan,
            next: SimTime::NEVER,
            numbered: plan.model.script.orders.len() as OrderNumber,
            next_scripted: 0,
            replayed,
            next_replayed: 0,
            listed: SimTime::NEVER,
            generated: 0,
            baskets: [const { Basket { zone: ZoneId(0), lines: Vec::new() } }; PLACES + 1],
            at_hand: LISTED,
            generated_at: if plan.demand.is_some() { 0.0 } else { f64::INFINITY },
            gaps: Stream::new(seed, replication, Purpose::Arrivals, 0),
            contents: Family::new(seed, replication, Purpose::OrderContents),
        };
        arrivals.advance_generated();
        for next in 1..=AHEAD {
            arrivals.draw_ahead(next, |_, _| ());
        }
        arrivals.look_up();
        arrivals
    }

    /// Gives out the order that is next, and finds the one after it. Of one second, scripted orders come first, then
    /// replayed, then generated ones. `expect` is told what a generated order asks for, two orders ahead: zone and product.
    #[inline(always)]
    pub fn take(&mut self, expect: impl Fn(ZoneId, ProductId)) -> Asked {
        let now = self.next;
        if self.listed > now {
            let asked = self.take_generated(expect);
            self.next = self.listed.min(self.generated_time());
            return asked;
        }
        self.at_hand = LISTED;
        let asked = if self.scripted_time() == now { self.take_scripted() } else { self.take_replayed() };
        self.look_up();
        asked
    }

    /// The lines of the order given out last.
    #[inline(always)]
    pub fn lines(&self) -> &[OrderedLine] {
        &self.baskets[self.at_hand].lines
    }

    /// Whether no product stands in two of them. Only scripted and replayed orders may name one twice.
    #[inline(always)]
    pub fn are_distinct(&self) -> bool {
        self.at_hand != LISTED || {
            let lines = self.lines();
            lines.iter().enumerate().all(|(index, line)| !is_named(&lines[..index], line.product))
        }
    }

    /// The lines of the order given out last, to be given back before the next one is taken.
    pub fn take_lines(&mut self) -> Vec<OrderedLine> {
        std::mem::take(&mut self.baskets[self.at_hand].lines)
    }

    /// Takes them back.
    pub fn give_back(&mut self, lines: Vec<OrderedLine>) {
        self.baskets[self.at_hand].lines = lines;
    }

    /// Looks up when the next listed order comes, and whether it is the next of all.
    fn look_up(&mut self) {
        self.listed = self.scripted_time().min(self.replayed_time());
        self.next = self.listed.min(self.generated_time());
    }

    fn scripted_time(&self) -> SimTime {
        let row = self.plan.scripted_orders.get(self.next_scripted);
        row.map_or(SimTime::NEVER, |&row| self.plan.model.script.orders[row as usize].at)
    }

    fn replayed_time(&self) -> SimTime {
        self.replayed.get(self.next_replayed).map_or(SimTime::NEVER, |&(at, ..)| at)
    }

    #[inline(always)]
    fn generated_time(&self) -> SimTime {
        if self.generated_at < 1e18 { SimTime(self.generated_at as i64) } else { SimTime::NEVER }
    }

    fn take_scripted(&mut self) -> Asked {
        let row = self.plan.scripted_orders[self.next_scripted];
        self.next_scripted += 1;
        let order = &self.plan.model.script.orders[row as usize];
        self.baskets[LISTED].lines.clone_from(&order.lines);
        let number = OrderNumber::from(row) + 1;
        Asked { number, draws: SCRIPTED_DRAWS + number, zone: order.zone }
    }

    fn take_replayed(&mut self) -> Asked {
        let (_, row, draw) = self.replayed[self.next_replayed];
        self.next_replayed += 1;
        self.numbered += 1;
        self.baskets[LISTED].lines.clear();
        let mut asked = Asked { number: self.numbered, draws: REPLAYED_DRAWS + u64::from(draw), zone: ZoneId(0) };
        if let Some(order) = self.plan.model.trace.as_ref().and_then(|trace| trace.orders.get(row as usize)) {
            asked.zone = order.zone;
            self.baskets[LISTED].lines.clone_from(&order.lines);
        }
        asked
    }

    #[inline(always)]
    fn take_generated(&mut self, expect: impl Fn(ZoneId, ProductId)) -> Asked {
        self.numbered += 1;
        self.generated += 1;
        self.at_hand = self.generated as usize % PLACES;
        let asked = Asked { number: self.numbered, draws: self.generated, zone: self.baskets[self.at_hand].zone };
        self.advance_generated();
        self.draw_ahead(self.generated + AHEAD, expect);
        asked
    }

    /// Zone and lines of the next generated order.
    #[inline(always)]
    pub fn ahead(&self) -> (ZoneId, &[OrderedLine]) {
        let basket = &self.baskets[(self.generated as usize + 1) % PLACES];
        (basket.zone, &basket.lines)
    }

    #[inline(always)]
    fn draw_ahead(&mut self, number: u64, expect: impl Fn(ZoneId, ProductId)) {
        let Some(demand) = &self.plan.demand else { return };
        let mut stream = self.contents.of(number);
        let Basket { zone, lines } = &mut self.baskets[number as usize % PLACES];
        lines.clear();
        *zone = ZoneId(demand.zones.draw(&mut stream));
        let count = demand.lines.draw_count(demand.most_lines, &mut stream);
        lines.reserve(count as usize);
        for _ in 0..count {
            let product = another_product(self.plan.model, demand, lines, &mut stream);
            expect(*zone, product);
            let units = demand.units.draw_count(u32::MAX >> 2, &mut stream);
            lines.push(OrderedLine { product, units });
        }
    }

    /// Moves on to the next point of the Poisson process: an exponential of mean 1 is used up at the rate of the day.
    #[inline(always)]
    fn advance_generated(&mut self) {
        let Some(demand) = &self.plan.demand else { return };
        let left = self.gaps.exponential();
        if demand.is_seasonal {
            self.use_up(left, demand);
        } else {
            self.generated_at += left / demand.orders_per_second;
        }
    }

    /// Uses up an exponential where the rate stays the same only between midnights and between the twelve parts of the year.
    fn use_up(&mut self, mut left: f64, demand: &DemandSamplers<'_>) {
        const PART: i64 = 365 * DAY / 12;
        loop {
            let second = self.generated_at as i64;
            let (day, in_year) = (second / DAY, second % (365 * DAY));
            let factor = demand.settings.weekly[(day % 7) as usize] * demand.settings.yearly[(in_year / PART) as usize];
            let stretch_end = ((day + 1) * DAY).min(second + PART - in_year % PART) as f64;
            let rate = demand.orders_per_second * factor;
            let points = rate * (stretch_end - self.generated_at);
            if left < points {
                self.generated_at += left / rate;
                return;
            }
            left -= points;
            self.generated_at = stretch_end;
            if stretch_end >= self.plan.end.0 as f64 {
                self.generated_at = f64::INFINITY;
                return;
            }
        }
    }
}

/// A product by share among those not yet in the order, or with the probability of `affinity` among those bought together
/// with the one before it.
#[inline(always)]
fn another_product(model: &Model, demand: &DemandSamplers, lines: &[OrderedLine], stream: &mut Stream) -> ProductId {
    let affinity = demand.settings.affinity;
    if affinity > 0.0
        && let Some(last) = lines.last()
        && stream.coin(affinity)
        && let Some(group) = model.products[last.product.index()].bought_with
    {
        let members = &model.affinity_groups[group as usize];
        if let Some(product) = by_share_among(model, lines, members.iter().copied(), stream) {
            return product;
        }
    }
    // Rejection draws exactly by share among the others; where a few products have nearly all the shares it would take
    // long, and the explicit sum takes over.
    for _ in 0..16 {
        let product = ProductId(demand.products.draw(stream));
        if !is_named(lines, product) {
            return product;
        }
    }
    let everything = (0..model.products.len()).map(ProductId::from_index);
    by_share_among(model, lines, everything, stream).unwrap_or(ProductId(demand.products.draw(stream)))
}

#[inline(always)]
fn is_named(lines: &[OrderedLine], product: ProductId) -> bool {
    lines.iter().any(|line| line.product == product)
}

fn by_share_among(
    model: &Model,
    lines: &[OrderedLine],
    products: impl Iterator<Item = ProductId> + Clone,
    stream: &mut Stream,
) -> Option<ProductId> {
    let share = |product: ProductId| model.products[product.index()].share;
    let open = products.filter(|&product| !is_named(lines, product) && share(product) > 0.0);
    let total: f64 = open.clone().map(share).sum();
    let mut left = stream.unit() * total;
    let mut last = None;
    for product in open {
        last = Some(product);
        left -= share(product);
        if left < 0.0 {
            break;
        }
    }
    last
}

/// The replayed orders of a replication by time: as they stand, or drawn again with replacement, each with its date.
fn replay(trace: &TraceDemand, seed: u64, replication: u32) -> Vec<(SimTime, u32, u32)> {
    // Without resampling every replication replays the same demand, to the second.
    let hours_of = if trace.resample == Resample::None { 0 } else { replication };
    let hours = Family::new(seed, hours_of, Purpose::TraceHour);
    let draws = Family::new(seed, replication, Purpose::TraceResample);
    let mut replayed: Vec<(SimTime, u32, u32)> = (0..trace.orders.len() as u32)
        .map(|draw| {
            let row = match trace.resample {
                Resample::None => draw,
                Resample::Orders => draws.of(draw.into()).below(trace.orders.len() as u64) as u32,
            };
            let mut at = trace.orders[row as usize].at;
            if trace.spread_over_day {
                at += Span(hours.of(draw.into()).below(DAY as u64) as i64);
            }
            (at, row, draw)
        })
        .collect();
    replayed.sort_by_key(|&(at, _, draw)| (at, draw));
    replayed
}
