//! Generated orders, drawn in blocks: an order's contents depend only on its own stream, and its time only on the gaps before it, so
//! both can be drawn long before the order is due.
//!
//! Drawing many orders in one loop lets the processor work on several of them at once, and leaves time to
//! [fetch](super::prefetch) what they will touch.

use std::ops::Range;

use super::affinity::{CameUp, draw_with_affinity};
use super::drawing::{RateStretch, another_product, draw_zone, next_point, use_up};
use super::plan::{DemandSamplers, Nearest, Plan};
use super::shape_clock::ShapeClock;
use super::surge::Surge;
use crate::domain::{Cents, OrderedLine, ProductId, SimTime, ZoneId, pair_among};
use crate::random::{Family, Purpose, Stream, UnitExponential};

/// Orders in a block: what they touch fits the nearest cache.
const BLOCK: usize = 128;
/// One bit for each order of a block.
type Bits = u128;
/// As many lines as nearly all orders have at most.
const FEW_LINES: usize = 4;
const NO_LINE: OrderedLine = OrderedLine { product: ProductId(0), units: 0 };

/// The generated orders of one replication: the block at hand, and how to draw the next one.
pub(super) struct Generated<'a> {
    plan: &'a Plan<'a>,
    demand: Option<&'a DemandSamplers<'a>>,
    /// When each order of the block comes; last, when the first one after it does.
    at: [SimTime; BLOCK + 1],
    zones: [ZoneId; BLOCK],
    /// Where the lines of each order begin; last, where they all end.
    first_lines: [u32; BLOCK + 1],
    lines: Vec<OrderedLine>,
    /// For each line the position of its order in the block; entries after the last line are meaningless.
    owners: Vec<u8>,
    /// The shelf of each line in the nearest warehouse, as its position among all pairs.
    shelves: Vec<u32>,
    came_up: CameUp,
    /// What the weight of each order adds to the cost of a parcel that holds all of it; 0 where weight costs nothing.
    weight_costs: [Cents; BLOCK],
    /// Whether every order has one line.
    have_one_line_each: bool,
    /// Orders of the block that were taken.
    taken: usize,
    /// Orders drawn so far that no event keeps away, those of the block included.
    drawn: u64,
    /// All orders drawn so far, including those that an event keeps away.
    points: u64,
    /// The number among these of each order of the block, where an event keeps some of it away; else empty.
    numbers: Vec<u64>,
    /// What events make of demand.
    surge: Option<&'a Surge<'a>>,
    process: Process,
    contents: Family,
    /// Where demand has a shape of its own: what holds of it when the first order after the block comes.
    shape: Option<Box<ShapeClock<'a>>>,
}

/// Memory for the lines of a block.
#[derive(Default)]
pub(super) struct LineBuffers {
    lines: Vec<OrderedLine>,
    owners: Vec<u8>,
    shelves: Vec<u32>,
    came_up: CameUp,
}

/// A generated order that was drawn and not taken yet.
#[derive(Clone, Copy, Debug)]
pub struct Ahead<'a> {
    /// When it comes.
    pub at: SimTime,
    /// Where its customer is.
    pub zone: ZoneId,
    /// What is asked for.
    pub lines: &'a [OrderedLine],
    /// The shelf of each line in the nearest warehouse.
    pub shelves: &'a [u32],
    /// What its weight adds to the cost of a parcel that holds all of it.
    pub weight_cost: Cents,
}

impl<'a> Generated<'a> {
    /// The generated orders of a replication, in the memory of another's; the first block is to be drawn.
    pub(super) fn new(
        plan: &'a Plan<'a>,
        surge: Option<&'a Surge<'a>>,
        replication: u32,
        LineBuffers { mut lines, owners, mut shelves, came_up }: LineBuffers,
    ) -> Self {
        let seed = plan.model.run.seed;
        let has_shape = plan.demand.as_ref().is_some_and(|demand| demand.shape.is_some());
        let have_one_line_each =
            !has_shape && plan.demand.as_ref().is_some_and(|demand| demand.lines.always() == Some(1));
        let units = plan.demand.as_ref().and_then(|demand| demand.units.always()).unwrap_or(0);
        lines.clear();
        shelves.clear();
        if have_one_line_each {
            lines.resize(BLOCK, OrderedLine { units, ..NO_LINE });
            shelves.resize(BLOCK, 0);
        }
        let mut generated = Self {
            plan,
            demand: plan.demand.as_ref(),
            at: [SimTime::NEVER; BLOCK + 1],
            zones: [ZoneId(0); BLOCK],
            first_lines: std::array::from_fn(|index| index as u32),
            lines,
            owners,
            shelves,
            came_up,
            weight_costs: [Cents::ZERO; BLOCK],
            have_one_line_each,
            taken: BLOCK,
            drawn: 0,
            points: 0,
            numbers: Vec::new(),
            surge,
            process: Process {
                seconds: 0.0,
                exponential: UnitExponential::new(),
                stretch: RateStretch::NONE,
                gaps: Stream::new(seed, replication, Purpose::Arrivals, 0),
            },
            contents: Family::new(seed, replication, Purpose::OrderContents),
            shape: plan
                .demand
                .as_ref()
                .and_then(|demand| demand.shape.as_ref())
                .map(|shape| Box::new(ShapeClock::new(shape, seed, replication))),
        };
        if let Some(demand) = generated.demand {
            generated.at[BLOCK] = match &mut generated.shape {
                Some(shape) => generated.process.next_of_shape(demand, plan.end, shape),
                None => generated.process.next(demand, plan.end),
            };
        }
        generated
    }

    /// What is left of them as memory for others.
    pub(super) fn into_memory(self) -> LineBuffers {
        LineBuffers { lines: self.lines, owners: self.owners, shelves: self.shelves, came_up: self.came_up }
    }

    /// When the next order comes; [`SimTime::NEVER`] when none does.
    #[inline(always)]
    pub(super) fn next(&self) -> SimTime {
        self.at[self.taken]
    }

    /// Whether the next order is still to be drawn.
    #[inline(always)]
    pub(super) fn is_used_up(&self) -> bool {
        self.taken == BLOCK
    }

    /// Orders taken so far.
    #[inline(always)]
    pub(super) fn count(&self) -> u64 {
        self.drawn - (BLOCK - self.taken) as u64
    }

    /// Names the draws of the order taken last: its number among all that were drawn, whether or not others were kept away.
    #[inline(always)]
    pub(super) fn draws(&self) -> u64 {
        if self.numbers.is_empty() { self.points - (BLOCK - self.taken) as u64 } else { self.numbers[self.taken - 1] }
    }

    /// Marks the next orders as taken.
    #[inline(always)]
    pub(super) fn take(&mut self, orders: usize) {
        self.taken += orders;
    }

    /// Zone and lines of the order taken last.
    #[inline(always)]
    pub(super) fn at_hand(&self) -> (ZoneId, &[OrderedLine]) {
        (self.zones[self.taken - 1], &self.lines[self.lines_of(self.taken - 1)])
    }

    /// What the weight of the order taken last adds to the cost of a parcel that holds all of it.
    #[inline(always)]
    pub(super) fn weight_cost(&self) -> Cents {
        self.weight_costs[self.taken - 1]
    }

    #[inline(always)]
    fn lines_of(&self, index: usize) -> Range<usize> {
        self.first_lines[index] as usize..self.first_lines[index + 1] as usize
    }

    /// The orders of the block that are not taken yet.
    #[inline(always)]
    pub(super) fn ahead(&self) -> impl Iterator<Item = Ahead<'_>> {
        // By position, as a list of each column from there on would take longer to begin than most batches last.
        (self.taken..BLOCK).map(|index| {
            let lines = self.lines_of(index);
            Ahead {
                at: self.at[index],
                zone: self.zones[index],
                lines: &self.lines[lines.clone()],
                shelves: &self.shelves[lines],
                weight_cost: self.weight_costs[index],
            }
        })
    }

    /// The same where every order [has one line](Self::have_one_line_each).
    #[inline(always)]
    pub(super) fn ahead_of_one_line(&self) -> impl Iterator<Item = Ahead<'_>> {
        // Arrays of a known length, so that the compiler drops the bounds checks.
        let (lines, shelves): (&[OrderedLine; BLOCK], &[u32; BLOCK]) = (
            self.lines.first_chunk().expect("a block has a line for each order"),
            self.shelves.first_chunk().expect("and a shelf for each line"),
        );
        (self.taken..BLOCK).map(move |index| Ahead {
            at: self.at[index],
            zone: self.zones[index],
            lines: std::slice::from_ref(&lines[index]),
            shelves: std::slice::from_ref(&shelves[index]),
            weight_cost: self.weight_costs[index],
        })
    }

    /// Whether every order has one line.
    #[inline(always)]
    pub(super) fn have_one_line_each(&self) -> bool {
        self.have_one_line_each
    }

    /// All lines of the block, each with its shelf in the nearest warehouse.
    #[inline(always)]
    pub(super) fn lines_ahead(&self) -> impl Iterator<Item = (&OrderedLine, usize)> {
        self.lines.iter().zip(self.shelves.iter().map(|&shelf| shelf as usize))
    }

    /// The zone of the order of a line, by the line's position among those.
    #[inline(always)]
    pub(super) fn zone_of_line(&self, line: usize) -> ZoneId {
        let owner = if self.have_one_line_each { line } else { usize::from(self.owners[line]) };
        self.zones[owner]
    }

    /// Draws the next block. Orders due after the end of the run are drawn as well, without effect.
    pub(super) fn draw(&mut self, nearest: &[Nearest]) {
        let Some(demand) = self.demand else { return };
        if self.shape.is_some() {
            self.draw_with_shape(demand, nearest)
        } else {
            self.draw_times(demand);
            if self.have_one_line_each {
                self.draw_single_lines(demand, nearest)
            } else {
                self.draw_contents(demand, nearest)
            }
        }
        self.drawn += BLOCK as u64;
        self.points += BLOCK as u64;
        self.taken = 0;
        if let Some(surge) = self.surge {
            self.numbers.clear();
            if surge.thins_between(self.at[0], self.at[BLOCK - 1]) {
                self.keep_away(surge, nearest);
            }
        }
        if self.plan.weight_costs_something() {
            self.weigh();
        }
    }

    /// Weighs every order of the block. In loops over all of them, as the sums and roundings of several orders go on at once there.
    fn weigh(&mut self) {
        let mut weights = [0.0; 1 << u8::BITS];
        if self.have_one_line_each {
            for (weight, line) in weights.iter_mut().zip(&self.lines) {
                *weight = self.plan.weight_of(line.product, line.units);
            }
        } else {
            for (line, &owner) in self.lines.iter().zip(&self.owners) {
                weights[usize::from(owner)] += self.plan.weight_of(line.product, line.units);
            }
        }
        for (cost, &weight) in self.weight_costs.iter_mut().zip(&weights) {
            *cost = self.plan.cost_of_weight(weight);
        }
    }

    /// Takes out of the block what an event keeps away, and moves the rest to its end.
    #[cold]
    fn keep_away(&mut self, surge: &Surge<'_>, nearest: &[Nearest]) {
        let first = self.points - BLOCK as u64 + 1;
        let mut lines: Vec<OrderedLine> = Vec::with_capacity(self.lines.len());
        let mut kept: Vec<(usize, Range<usize>)> = Vec::with_capacity(BLOCK);
        for index in 0..BLOCK {
            let from = lines.len();
            let of_the_order = &self.lines[self.lines_of(index)];
            surge.thin(first + index as u64, self.at[index], self.zones[index], |is_kept| {
                lines.extend(of_the_order.iter().filter(|line| is_kept(line.product)));
            });
            if lines.len() > from {
                kept.push((index, from..lines.len()));
            }
        }
        let gone = BLOCK - kept.len();
        self.numbers.resize(BLOCK, 0);
        // From the last one: each moves towards the end, where nothing is needed any more.
        for (slot, (index, of_the_order)) in (gone..BLOCK).zip(&kept).rev() {
            (self.at[slot], self.zones[slot]) = (self.at[*index], self.zones[*index]);
            self.numbers[slot] = first + *index as u64;
            if self.have_one_line_each {
                self.lines[slot] = lines[of_the_order.start];
            } else {
                self.first_lines[slot] = of_the_order.start as u32;
            }
        }
        if !self.have_one_line_each {
            self.first_lines[BLOCK] = lines.len() as u32;
            for (slot, (_, of_the_order)) in (gone..BLOCK).zip(&kept) {
                self.owners[of_the_order.clone()].fill(slot as u8);
            }
            self.lines = lines;
        }
        self.drawn -= gone as u64;
        self.taken = gone;
        self.renew_shelves(nearest);
    }

    /// Finds the shelves anew, after the nearest warehouse of some zones has become another.
    pub(super) fn renew_shelves(&mut self, nearest: &[Nearest]) {
        let warehouses = self.plan.model.warehouses.len();
        let shelves = (0..self.lines.len()).map(|line| {
            let owner = if self.have_one_line_each { line } else { usize::from(self.owners[line]) };
            pair_among(warehouses, nearest[self.zones[owner].index()].warehouse, self.lines[line].product) as u32
        });
        let shelves: Vec<u32> = shelves.collect();
        self.shelves = shelves;
    }

    /// Contents of orders of one line each: nothing has to be listed, and no product stands twice.
    fn draw_single_lines(&mut self, demand: &DemandSamplers<'_>, nearest: &[Nearest]) {
        let mut streams = self.contents.from(self.points + 1);
        let warehouses = self.plan.model.warehouses.len();
        if demand.zones.is_a_single_choice() && demand.units.always().is_some() {
            // Only the product has to be drawn; a loop that does nothing else keeps its state in registers.
            for line in &mut self.lines {
                let mut stream = streams.next_stream();
                stream.skip();
                line.product = ProductId(demand.products.draw(&mut stream));
            }
            let Nearest { warehouse, .. } = nearest[0];
            for (shelf, line) in self.shelves.iter_mut().zip(&self.lines) {
                *shelf = pair_among(warehouses, warehouse, line.product) as u32;
            }
            return;
        }
        let orders = self.zones.iter_mut().zip(&mut self.lines).zip(&mut self.shelves);
        for ((zone, line), shelf) in orders {
            let mut stream = streams.next_stream();
            draw_zone(demand, zone, &mut stream);
            line.product = ProductId(demand.products.draw(&mut stream));
            line.units = demand.units.draw(&mut stream);
            *shelf = pair_among(warehouses, nearest[zone.index()].warehouse, line.product) as u32;
        }
    }

    /// Order by order: what one asks for depends on when it comes, and when the next one comes on what holds until then.
    #[cold]
    fn draw_with_shape(&mut self, demand: &DemandSamplers<'_>, nearest: &[Nearest]) {
        let Some(shape) = &mut self.shape else { return };
        let mut streams = self.contents.from(self.points + 1);
        self.at[0] = self.at[BLOCK];
        self.lines.clear();
        for index in 0..BLOCK {
            self.first_lines[index] = self.lines.len() as u32;
            self.zones[index] = shape.draw(self.plan.model, demand, &mut streams.next_stream(), &mut self.lines);
            self.at[index + 1] = self.process.next_of_shape(demand, self.plan.end, shape);
        }
        self.first_lines[BLOCK] = self.lines.len() as u32;
        self.list_owners(self.lines.len());
        self.renew_shelves(nearest);
    }

    fn draw_times(&mut self, demand: &DemandSamplers<'_>) {
        self.at[0] = self.at[BLOCK];
        // A copy, which can stay in registers.
        let mut process = self.process;
        let (end, at) = (self.plan.end, &mut self.at[1..]);
        // What never comes is later than any run, since both conversions saturate.
        if !demand.is_seasonal && end.0 <= i64::from(u32::MAX) {
            // Before 136 years are over, the narrower one does, which takes half the instructions.
            at.fill_with(|| SimTime(i64::from(process.next_at_one_rate(demand) as u32)));
        } else {
            at.fill_with(|| process.next(demand, end));
        }
        self.process = process;
    }

    /// Column by column, since a short loop keeps its state in registers. Lines are drawn in one loop over all orders: an inner loop
    /// over each order's lines would end after a random number of rounds, which the branch predictor misses nearly every time.
    fn draw_contents(&mut self, demand: &DemandSamplers<'_>, nearest: &[Nearest]) {
        let mut of_orders = self.contents.from(self.points + 1);
        let mut streams = self.zones.each_mut().map(|zone| {
            let mut stream = of_orders.next_stream();
            draw_zone(demand, zone, &mut stream);
            stream
        });
        let mut lines = 0;
        for (first_line, stream) in self.first_lines.iter_mut().zip(&mut streams) {
            *first_line = lines;
            lines += demand.lines.draw(stream);
        }
        self.first_lines[BLOCK] = lines;
        self.list_owners(lines as usize);
        self.lines.resize(lines as usize, NO_LINE);
        let mut after = streams;
        let mut one_by_one: Bits = 0;
        if demand.settings.affinity > 0.0 {
            let of_which = (&*self.owners, &self.first_lines[..]);
            draw_with_affinity(demand, &mut self.lines, of_which, &mut after, &mut self.came_up, |owner| {
                one_by_one |= 1 << owner;
            });
        } else {
            for (line, &owner) in self.lines.iter_mut().zip(&self.owners) {
                let stream = &mut after[usize::from(owner)];
                line.product = ProductId(demand.products.draw(stream));
                line.units = demand.units.draw(stream);
            }
        }
        one_by_one |= self.orders_that_name_a_product_twice();
        while one_by_one != 0 {
            let index = one_by_one.trailing_zeros() as usize;
            self.draw_one_by_one(demand, index, streams[index]);
            one_by_one &= one_by_one - 1;
        }
        let nearest = self.zones.map(|zone| nearest[zone.index()].warehouse);
        let warehouses = self.plan.model.warehouses.len();
        let shelf =
            |(line, &owner): (&OrderedLine, &u8)| pair_among(warehouses, nearest[usize::from(owner)], line.product);
        self.shelves.clear();
        self.shelves.extend(self.lines.iter().zip(&self.owners).map(shelf).map(|shelf| shelf as u32));
    }

    /// Lists to which order of the block each line belongs.
    fn list_owners(&mut self, lines: usize) {
        if self.owners.len() < lines + FEW_LINES {
            self.owners.resize(lines + FEW_LINES, 0);
        }
        for (index, bounds) in self.first_lines.windows(2).enumerate() {
            let (first, end) = (bounds[0] as usize, bounds[1] as usize);
            // Always writes as many entries as nearly all orders have lines; the next order overwrites the surplus.
            self.owners[first..first + FEW_LINES].fill(index as u8);
            if end > first + FEW_LINES {
                self.owners[first + FEW_LINES..end].fill(index as u8);
            }
        }
    }

    /// The orders of which a product stands in two lines, as bits.
    fn orders_that_name_a_product_twice(&self) -> Bits {
        // An order has two words, and a product a bit of each: the lower digit of its number and the next one. Where both come up a
        // second time a product may stand twice; hardly any other order is left to be looked at line by line. What came up before
        // stays in registers, and with the first line of an order nothing has.
        let (mut lower, mut upper) = (0_u64, 0_u64);
        let mut before = u8::MAX;
        let mut twice: Bits = 0;
        for (line, &owner) in self.lines.iter().zip(&self.owners) {
            let bit = |digit: u32| 1 << (digit % u64::BITS);
            let (low, high) = (bit(line.product.0), bit(line.product.0 / u64::BITS));
            let keeps = u64::from(std::mem::replace(&mut before, owner) == owner).wrapping_neg();
            (lower, upper) = (lower & keeps, upper & keeps);
            if lower & low != 0 && upper & high != 0 {
                let of_the_order = &self.lines[self.lines_of(usize::from(owner))];
                twice |= Bits::from(!OrderedLine::are_distinct(of_the_order)) << owner;
            }
            (lower, upper) = (lower | low, upper | high);
        }
        twice
    }

    /// Draws the lines of an order of the block one after the other, none with a product that stands in an earlier one.
    #[inline(never)]
    fn draw_one_by_one(&mut self, demand: &DemandSamplers<'_>, index: usize, mut stream: Stream) {
        let of_the_order = self.lines_of(index);
        let lines = &mut self.lines[of_the_order];
        for at in 0..lines.len() {
            let product = another_product(self.plan.model, demand, &lines[..at], &mut stream);
            lines[at] = OrderedLine { product, units: demand.units.draw(&mut stream) };
        }
    }
}

/// The Poisson process by which orders come.
#[derive(Clone, Copy)]
struct Process {
    /// Continuous time of its last point; cut to the second only at the event.
    seconds: f64,
    exponential: UnitExponential,
    /// The last stretch of one rate that was looked up, where demand has a season.
    stretch: RateStretch,
    gaps: Stream,
}

impl Process {
    /// Moves on to the next point; the second in which it lies.
    #[inline(always)]
    fn next(&mut self, demand: &DemandSamplers<'_>, end: SimTime) -> SimTime {
        SimTime(if demand.is_seasonal {
            let left = self.exponential.draw(&mut self.gaps);
            self.seconds = use_up(left, self.seconds, demand, end, &mut self.stretch);
            self.seconds
        } else {
            self.next_at_one_rate(demand)
        } as i64)
    }

    /// The same where demand has a shape, which moves on to that second.
    fn next_of_shape(&mut self, demand: &DemandSamplers<'_>, end: SimTime, shape: &mut ShapeClock<'_>) -> SimTime {
        let left = self.exponential.draw(&mut self.gaps);
        self.seconds = next_point(left, self.seconds, demand, end, |second| {
            shape.move_to(second);
            shape.times()
        });
        SimTime(self.seconds as i64)
    }

    /// Moves on to the next point, where one rate holds for ever; when it is.
    #[inline(always)]
    fn next_at_one_rate(&mut self, demand: &DemandSamplers<'_>) -> f64 {
        self.seconds += self.exponential.draw(&mut self.gaps) / demand.orders_per_second;
        self.seconds
    }
}

#[cfg(test)]
#[path = "generated_tests.rs"]
mod tests;
