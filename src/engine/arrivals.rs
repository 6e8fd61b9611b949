//! The next order: scripted and replayed ones, those that come by period, and generated ones merged by time, outside the calendar.
//!
//! There is always exactly one next order, so it need not be a calendar entry: the engine compares its time with the
//! calendar's head, which saves most of what an event costs.

use super::generated::{Ahead, Generated, LineBuffers};
use super::periods::{PeriodOrder, Periods};
use super::plan::{Nearest, Plan};
use super::replay::{Replayed, replay};
use super::surge::{Extra, Surge};
use std::borrow::Cow;

use crate::domain::{Cents, OrderNumber, OrderedLine, Resample, SimTime, ZoneId};

/// An order that a customer asks for; its lines are [`Arrivals::lines`].
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Its number.
    pub number: OrderNumber,
    /// Names the order's random streams; it does not depend on how many orders a script adds.
    pub draws: u64,
    /// Where the customer is.
    pub zone: ZoneId,
}

/// Entities of scripted and replayed orders lie apart from those of generated ones, so that a script added to a
/// scenario leaves the generated orders as they were.
const SCRIPTED_DRAWS: u64 = 1 << 62;
const REPLAYED_DRAWS: u64 = 1 << 61;
const EXTRA_DRAWS: u64 = 1 << 60;

/// Memory for the orders of a replication.
#[derive(Default)]
pub(super) struct OrderBuffers {
    generated: LineBuffers,
    listed: Vec<OrderedLine>,
}

/// The source of orders of one replication.
pub struct Arrivals<'a> {
    plan: &'a Plan<'a>,
    /// When the next order comes; [`SimTime::NEVER`] when none does before the end.
    pub next: SimTime,
    next_scripted: usize,
    /// Replayed orders of this replication, by time.
    replayed: Cow<'a, [Replayed]>,
    next_replayed: usize,
    /// Orders that come by period.
    periods: Periods<'a>,
    /// Orders that events bring on top of the generated ones.
    extra: Extra<'a>,
    /// How many replayed orders, orders of a period and extra orders were given out.
    unscripted: OrderNumber,
    /// When the next order comes that was not generated.
    listed: SimTime,
    /// Lines of the order given out last, if it was not a generated one.
    listed_lines: Vec<OrderedLine>,
    /// Whether the order given out last was not a generated one.
    is_listed: bool,
    generated: Generated<'a>,
}

impl<'a> Arrivals<'a> {
    /// The orders of a replication, in the memory of another's.
    pub(super) fn new(
        plan: &'a Plan<'a>,
        surge: Option<&'a Surge<'a>>,
        replication: u32,
        memory: OrderBuffers,
    ) -> Self {
        let seed = plan.model.run.seed;
        let replayed = match &plan.model.trace {
            Some(trace) if trace.resample != Resample::None => Cow::Owned(replay(trace, seed, replication)),
            _ => Cow::Borrowed(&*plan.replayed),
        };
        let mut arrivals = Self {
            plan,
            next: SimTime::NEVER,
            next_scripted: 0,
            replayed,
            next_replayed: 0,
            periods: Periods::new(plan.period.as_ref(), plan.end, seed, replication),
            extra: Extra::new(surge, plan.demand.as_ref(), plan.end, replication),
            unscripted: 0,
            listed: SimTime::NEVER,
            listed_lines: memory.listed,
            is_listed: true,
            generated: Generated::new(plan, surge, replication, memory.generated),
        };
        arrivals.look_up();
        arrivals
    }

    /// What is left of them as memory for others.
    pub(super) fn into_memory(self) -> OrderBuffers {
        OrderBuffers { generated: self.generated.into_memory(), listed: self.listed_lines }
    }

    /// Whether the next generated order is still to be drawn.
    #[inline(always)]
    pub fn is_used_up(&self) -> bool {
        self.generated.is_used_up()
    }

    /// Draws generated orders. Where events keep orders away, the next one may come later than was known.
    pub fn draw(&mut self, nearest: &[Nearest]) {
        loop {
            self.generated.draw(nearest);
            if !self.generated.is_used_up() || self.generated.next() >= self.plan.end {
                break;
            }
        }
        self.next = self.listed.min(self.generated.next());
    }

    /// To be called when the nearest warehouse of some zones has changed.
    pub fn renew_shelves(&mut self, nearest: &[Nearest]) {
        self.generated.renew_shelves(nearest);
    }

    /// Gives out the order that is next, and finds the one after it. Of one second, scripted orders come first, then
    /// replayed ones, those of a period, extra ones, and generated ones, which must have been drawn.
    #[inline(always)]
    pub fn take(&mut self) -> Asked {
        let now = self.next;
        if self.listed > now {
            self.take_generated(1);
            let draws = self.generated.draws();
            return Asked { number: self.numbered(), draws, zone: self.generated.at_hand().0 };
        }
        self.is_listed = true;
        let asked = if self.scripted_time() == now {
            self.take_scripted()
        } else if self.replayed_time() == now {
            self.take_replayed()
        } else if self.periods.next == now {
            self.take_of_period()
        } else {
            self.take_extra()
        };
        self.look_up();
        asked
    }

    /// When the next listed order comes.
    #[inline(always)]
    pub fn listed(&self) -> SimTime {
        self.listed
    }

    /// The generated orders that were drawn and not taken yet, the next one first.
    #[inline(always)]
    pub fn ahead(&self) -> impl Iterator<Item = Ahead<'_>> {
        self.generated.ahead()
    }

    /// The same, for blocks in which every order [has one line](Self::have_one_line_each).
    #[inline(always)]
    pub fn ahead_of_one_line(&self) -> impl Iterator<Item = Ahead<'_>> {
        self.generated.ahead_of_one_line()
    }

    /// Whether every generated order has one line.
    #[inline(always)]
    pub fn have_one_line_each(&self) -> bool {
        self.generated.have_one_line_each()
    }

    /// All lines of the block, each with its pair at the nearest warehouse.
    #[inline(always)]
    pub fn lines_ahead(&self) -> impl Iterator<Item = (&OrderedLine, usize)> {
        self.generated.lines_ahead()
    }

    /// The zone of the order that a line belongs to; `line` is its position in the block.
    #[inline(always)]
    pub fn zone_of_line(&self, line: usize) -> ZoneId {
        self.generated.zone_of_line(line)
    }

    /// Marks the next orders of the block as taken.
    #[inline(always)]
    pub fn take_generated(&mut self, orders: usize) {
        self.is_listed = false;
        self.generated.take(orders);
        self.next = self.listed.min(self.generated.next());
    }

    /// Order numbers given out so far. Scripted orders and orders open at the start have theirs from the beginning.
    #[inline(always)]
    pub fn numbered(&self) -> OrderNumber {
        self.plan.numbered + self.unscripted + self.generated.count()
    }

    /// The lines of the order given out last.
    #[inline(always)]
    pub fn lines(&self) -> &[OrderedLine] {
        if self.is_listed { &self.listed_lines } else { self.generated.at_hand().1 }
    }

    /// What the weight of the order given out last adds to the cost of a parcel that holds all of it.
    #[inline(always)]
    pub fn weight_cost(&self) -> Cents {
        if !self.is_listed {
            return self.generated.weight_cost();
        }
        if !self.plan.weight_costs_something() {
            return Cents::ZERO;
        }
        let weights = self.listed_lines.iter().map(|line| self.plan.weight_of(line.product, line.units));
        self.plan.cost_of_weight(weights.sum())
    }

    /// Has the lines of an earlier order be those at hand again; `lines` becomes a list that nobody needs.
    pub fn hand_back(&mut self, lines: &mut Vec<OrderedLine>) {
        std::mem::swap(&mut self.listed_lines, lines);
        self.is_listed = true;
    }

    /// Whether all lines have different products. Only scripted and replayed orders may name one twice.
    #[inline(always)]
    pub fn are_distinct(&self) -> bool {
        !self.is_listed || OrderedLine::are_distinct(&self.listed_lines)
    }

    /// Looks up when the next listed order comes, and whether it is the next of all.
    fn look_up(&mut self) {
        self.listed = self.scripted_time().min(self.replayed_time()).min(self.periods.next).min(self.extra.next);
        self.next = self.listed.min(self.generated.next());
    }

    fn scripted_time(&self) -> SimTime {
        let row = self.plan.scripted_orders.get(self.next_scripted);
        row.map_or(SimTime::NEVER, |&row| self.plan.model.script.orders[row as usize].at)
    }

    fn replayed_time(&self) -> SimTime {
        self.replayed.get(self.next_replayed).map_or(SimTime::NEVER, |&(at, ..)| at)
    }

    fn take_scripted(&mut self) -> Asked {
        let row = self.plan.scripted_orders[self.next_scripted];
        self.next_scripted += 1;
        let order = &self.plan.model.script.orders[row as usize];
        self.listed_lines.clone_from(&order.lines);
        let number = OrderNumber::from(row) + 1;
        Asked { number, draws: SCRIPTED_DRAWS + number, zone: order.zone }
    }

    fn take_extra(&mut self) -> Asked {
        self.extra.taken += 1;
        self.unscripted += 1;
        std::mem::swap(&mut self.listed_lines, &mut self.extra.lines);
        let asked = Asked { number: self.numbered(), draws: EXTRA_DRAWS + self.extra.taken, zone: self.extra.zone };
        self.extra.look_for_the_next();
        asked
    }

    fn take_replayed(&mut self) -> Asked {
        let (_, row, draw) = self.replayed[self.next_replayed];
        self.next_replayed += 1;
        self.unscripted += 1;
        self.listed_lines.clear();
        let mut asked = Asked { number: self.numbered(), draws: REPLAYED_DRAWS + u64::from(draw), zone: ZoneId(0) };
        if let Some(order) = self.plan.model.trace.as_ref().and_then(|trace| trace.orders.get(row as usize)) {
            asked.zone = order.zone;
            self.listed_lines.clone_from(&order.lines);
        }
        asked
    }

    fn take_of_period(&mut self) -> Asked {
        let PeriodOrder { draws, zone, line } = self.periods.take();
        self.unscripted += 1;
        self.listed_lines.clear();
        self.listed_lines.push(line);
        Asked { number: self.numbered(), draws, zone }
    }
}
