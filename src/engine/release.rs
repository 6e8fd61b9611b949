//! Waiting lines take what came in, and lines leave.

use super::leaving::Closing;
use super::observer::Observer;
use super::open_orders::{Line, LineState, Order};
use super::pool::NONE;
use super::simulation::Simulation;
use crate::domain::{Mode, OrderedLine, ProductId, WarehouseId};
use crate::policy::sourcing::{Request, Take, walk_by_units, walk_in_preference_order};
use crate::rules::multi_warehouse;
use crate::rules::remove::{Left, what_is_left};

impl<O: Observer> Simulation<'_, O> {
    /// Serves the waiting lines of every product whose free stock rose, in order of placing time, order number and line
    /// number. Lines of other products could not be covered before and cannot be now.
    pub(super) fn release_pass(&mut self) {
        // What an order gives back that is sourced anew is offered in a pass of its own.
        while !self.replenished.is_empty() {
            self.offer_what_came();
        }
    }

    #[inline(always)]
    fn offer_what_came(&mut self) {
        self.anew.has_moved = false;
        let mut claims = std::mem::take(&mut self.scratch.claims);
        claims.clear();
        let products = self.replenished.len();
        while let Some(product) = self.replenished.pop() {
            self.world.product_mut(product).is_replenished = false;
            let mut line = self.world.queue(product).first;
            while line != NONE {
                claims.push(line);
                let state = &self.open.lines[line];
                self.open.orders.fetch(state.order);
                line = state.shorter_waiting;
            }
        }
        if products > 1 {
            claims.sort_unstable_by_key(|&line| self.claim(line));
        }
        if multi_warehouse::serves_complete_orders_first(self.model.rules.backorder.priority) {
            let mut asked = NONE;
            for &line in &claims {
                let order = self.open.lines[line].order;
                if std::mem::replace(&mut asked, order) != order && self.open.lines[line].waits() {
                    self.cover_whole_order(order);
                    if self.offers_anew(&claims) {
                        self.scratch.claims = claims;
                        return;
                    }
                }
            }
        }
        let mut asked = NONE;
        for (at, &line) in claims.iter().enumerate() {
            let state = &self.open.lines[line];
            if !state.waits() || !self.world.is_in_stock(state.product) {
                continue;
            }
            let order = state.order;
            if !self.open.orders[order].as_a_whole {
                self.cover_what_can_be(line);
            } else if std::mem::replace(&mut asked, order) != order {
                self.cover_whole_order(order);
            }
            if self.offers_anew(&claims[at + 1..]) {
                break;
            }
        }
        self.scratch.claims = claims;
    }

    /// Whether an order has just moved its reservations. What it gave back goes to who has waited longest, so that those who have not
    /// been asked yet are asked in a new pass, with all others whom it may concern.
    #[inline(always)]
    fn offers_anew(&mut self, not_asked: &[u32]) -> bool {
        if self.anew.has_moved {
            for &line in not_asked {
                let Line { product, waiting, .. } = self.open.lines[line];
                if waiting > 0 {
                    self.mark_replenished(product);
                }
            }
        }
        self.anew.has_moved
    }

    /// A waiting line takes from the first warehouse in preference order that has it whole (with granularity `unit`:
    /// what is free, warehouse by warehouse), and what follows from that for its order.
    fn cover_what_can_be(&mut self, line: u32) {
        let (order, product) = (self.open.lines[line].order, self.open.lines[line].product);
        let lanes = self.lanes_of(order);
        let withheld = self.plan.withheld_from(self.open.orders[order].about.class);
        let units = self.open.lines[line].waiting;
        let mut is_covered = false;
        if multi_warehouse::divides_lines(self.model.rules.split.granularity) {
            let world = &self.world;
            let free = |warehouse: WarehouseId, product: ProductId| world.free_to_take(warehouse, product, withheld);
            self.scratch.takes.clear();
            let request = Request { lanes, lines: &[OrderedLine { product, units }], free };
            walk_by_units(&request, false, &mut self.scratch.takes);
            for at in 0..self.scratch.takes.len() {
                let Take { rank, units, .. } = self.scratch.takes[at];
                self.cover(line, lanes[rank].warehouse, units);
                is_covered = true;
            }
        } else {
            let free = lanes.iter().map(|lane| self.world.free_to_take(lane.warehouse, product, withheld));
            if let Some(rank) = multi_warehouse::first_able(free, units) {
                self.cover(line, lanes[rank].warehouse, units);
                is_covered = true;
            }
        }
        if is_covered {
            self.let_go(order, line);
        }
    }

    /// Covers all waiting lines of an order if that can be done at once, walking them in order in preference order.
    fn cover_whole_order(&mut self, order: u32) {
        let lanes = self.lanes_of(order);
        let withheld = self.plan.withheld_from(self.open.orders[order].about.class);
        let world = &self.world;
        let free = |warehouse: WarehouseId, product: ProductId| world.free_to_take(warehouse, product, withheld);
        let scratch = &mut self.scratch;
        scratch.slots.clear();
        scratch.lines.clear();
        scratch.takes.clear();
        let mut slot = self.open.orders[order].first_line;
        while slot != NONE {
            let line = &self.open.lines[slot];
            if line.waits() {
                scratch.slots.push(slot);
                scratch.lines.push(OrderedLine { product: line.product, units: line.waiting });
            }
            slot = line.next_in_order;
        }
        let wanted: u64 = scratch.lines.iter().map(|line| u64::from(line.units)).sum();
        if multi_warehouse::divides_lines(self.model.rules.split.granularity) {
            walk_by_units(&Request { lanes, lines: &scratch.lines, free }, true, &mut scratch.takes);
        } else {
            let request = Request { lanes, lines: &scratch.lines, free };
            walk_in_preference_order(&request, &mut scratch.choice);
            for (index, rank) in scratch.choice.iter().enumerate() {
                if let &Some(rank) = rank {
                    scratch.takes.push(Take { index, rank, units: scratch.lines[index].units });
                }
            }
        }
        if scratch.takes.iter().map(|take| u64::from(take.units)).sum::<u64>() < wanted {
            return;
        }
        for at in 0..self.scratch.takes.len() {
            let Take { index, rank, units } = self.scratch.takes[at];
            self.cover(self.scratch.slots[index], lanes[rank].warehouse, units);
        }
        match self.open.orders[order].mode {
            Mode::Split => self.release_reserved(order),
            Mode::Held | Mode::ShipsNow => self.ship_if_ready(order),
        }
    }

    /// After a line was covered: a split order lets it go, a held one leaves once nothing of it waits.
    #[inline(always)]
    pub(super) fn let_go(&mut self, order: u32, line: u32) {
        match self.open.orders[order].mode {
            Mode::Split => self.release_line(line),
            Mode::Held | Mode::ShipsNow => self.ship_if_ready(order),
        }
    }

    /// After a line ended: what is left of the order ends, leaves, or waits on.
    pub(super) fn examine_again(&mut self, order: u32) {
        let Order { open, waiting, as_a_whole, .. } = self.open.orders[order];
        match what_is_left(open, waiting) {
            Left::Nothing => self.end_if_over(order),
            Left::ReadyToShip => {
                self.source_anew(order);
                self.release_reserved(order);
            }
            Left::Waiting if as_a_whole => self.cover_whole_order(order),
            Left::Waiting => {}
        }
    }

    #[inline(always)]
    fn ship_if_ready(&mut self, order: u32) {
        let Order { open, waiting, .. } = self.open.orders[order];
        if what_is_left(open, waiting) == Left::ReadyToShip {
            self.source_anew(order);
            self.release_reserved(order);
        }
    }

    /// Releases whatever is reserved for an order.
    #[inline(always)]
    pub(super) fn release_reserved(&mut self, order: u32) {
        let mut line = self.open.orders[order].first_line;
        while line != NONE {
            if self.open.lines[line].reserved != NONE {
                self.release_line(line);
            }
            line = self.open.lines[line].next_in_order;
        }
    }

    /// Releases what is reserved for a line: from here on it counts as shipped. Parcels are closed at the end of the
    /// instant, so that all that leaves one warehouse for one order in one second shares a parcel.
    #[inline(always)]
    fn release_line(&mut self, line: u32) {
        let state = &mut self.open.lines[line];
        let first = std::mem::replace(&mut state.reserved, NONE);
        if first == NONE {
            return;
        }
        let order_slot = state.order;
        let is_done = state.waiting == 0;
        if is_done {
            state.state = LineState::Released;
        }
        let order = &mut self.open.orders[order_slot];
        order.open -= u32::from(is_done);
        order.released = self.now;
        let mut last = first;
        while self.open.allocations[last].next != NONE {
            last = self.open.allocations[last].next;
        }
        self.open.allocations[last].next = order.released_now;
        order.released_now = first;
        if !order.is_closing {
            order.is_closing = true;
            self.closing.push(Closing::Open(order_slot));
        }
    }
}
