//! Units move between free, reserved and waiting; lists and counters move with them.
//!
//! The steps of a waiting line, here and in [`release`](super::release) and [`parcels`](super::parcels), are `inline(always)`: each is
//! so short that a call would take as long as the work, and inlined, each call site has a branch history of its own.

use super::event::Event;
use super::limit::Counted;
use super::observer::{Observer, Occurrence, OrderRef};
use super::open_orders::{Allocation, Line, LineState};
use super::pool::NONE;
use super::simulation::Simulation;
use crate::domain::{CancelClock, Lane, LineNumber, ProductId, SimTime, WarehouseId};
use crate::rules::multi_warehouse::Claim;
use crate::rules::{auto_cancel, multi_warehouse};

impl<'a, O: Observer> Simulation<'a, O> {
    /// The warehouses that may serve an order, in preference order: the assigned one alone, or every eligible one.
    #[inline(always)]
    pub(super) fn lanes_of(&self, order: u32) -> &'a [Lane] {
        let order = &self.open.orders[order];
        let lanes = self.roads.lanes[order.about.zone.index()];
        match order.assigned {
            // None while that lane is closed.
            Some(warehouse) => {
                lanes.iter().position(|lane| lane.warehouse == warehouse).map_or(&[], |rank| &lanes[rank..=rank])
            }
            None => lanes,
        }
    }

    /// Marks a pair whose inventory position has fallen, if it may have to be ordered for.
    #[inline]
    pub(super) fn touch(&mut self, warehouse: WarehouseId, product: ProductId) {
        let (free, cell) = self.world.free_and_cell(warehouse, product);
        if cell.is_low(free) && cell.touch() {
            self.touched.push((warehouse, product));
        }
    }

    /// Reserves free units for a line.
    #[inline(always)]
    pub(super) fn reserve(&mut self, line: u32, warehouse: WarehouseId, units: u32) {
        let line_state = &mut self.open.lines[line];
        let (product, number) = (line_state.product, line_state.number);
        let allocation = Allocation { line: number, product, warehouse, units, next: line_state.reserved };
        line_state.reserved = self.open.allocations.insert(allocation);
        let order = self.open.orders[line_state.order].about;
        self.take_off_the_shelf(order, number, product, warehouse, units);
    }

    /// Free units become reserved, and what follows from that for the shelf.
    #[inline(always)]
    pub(super) fn take_off_the_shelf(
        &mut self,
        order: OrderRef,
        line: LineNumber,
        product: ProductId,
        warehouse: WarehouseId,
        units: u32,
    ) {
        let needs_a_look = self.world.take_off_the_shelf(warehouse, product, units);
        if O::READS_BOOKS {
            self.world.change_reserved(warehouse, product, i64::from(units));
        }
        self.emit(Occurrence::UnitsReserved { order, line, product, warehouse, units });
        if needs_a_look {
            self.look_at(warehouse, product);
        }
    }

    /// Free stock fell to the level at which the cold half must be examined.
    #[inline(always)]
    pub(super) fn look_at(&mut self, warehouse: WarehouseId, product: ProductId) {
        let (free, cell) = self.world.free_and_cell(warehouse, product);
        let (is_low, is_watched) = (cell.is_low(free) && cell.touch(), cell.is_watched(free));
        if free == 0 {
            self.emit(Occurrence::ShelfEmptied { warehouse, product });
            if !self.world.is_in_stock(product) {
                self.turn(product);
                self.start_product_clock(product);
            }
        }
        if is_low {
            self.touched.push((warehouse, product));
        }
        if is_watched {
            self.expedite_if_needed(warehouse, product);
        }
    }

    /// Adds free units, reserved before or just arrived; waiting lines are asked in the next release pass.
    #[inline(always)]
    pub(super) fn add_free(&mut self, warehouse: WarehouseId, product: ProductId, units: u32) {
        if self.world.is_shut(warehouse) {
            self.world.put_aside(warehouse, product, units);
            return;
        }
        let was_empty = self.world.free(warehouse, product) == 0;
        let was_out_of_stock = was_empty && !self.world.is_in_stock(product);
        let shelf = self.world.shelf_mut(warehouse, product);
        if !shelf.add(units) {
            return self.meet_limit(Counted::Free, Some((warehouse, product)));
        }
        if self.world.queue(product).first != NONE {
            self.mark_replenished(product);
        }
        if was_empty && units > 0 {
            self.emit(Occurrence::ShelfFilled { warehouse, product });
        }
        if was_out_of_stock {
            self.turn(product);
        }
    }

    /// Notes that the waiting lines of a product are to be asked in the next release pass.
    #[inline(always)]
    pub(super) fn mark_replenished(&mut self, product: ProductId) {
        if !std::mem::replace(&mut self.world.product_mut(product).is_replenished, true) {
            self.replenished.push(product);
        }
    }

    /// Notes that a product's network stock came or went, for the next time pages are taken anew.
    pub(super) fn turn(&mut self, product: ProductId) {
        let state = self.world.product_mut(product);
        if !std::mem::replace(&mut state.has_turned, true) {
            self.turned.push(product);
        }
    }

    /// Frees everything that is reserved for a line and not released yet.
    pub(super) fn free_reserved(&mut self, line: u32) {
        let order = self.open.orders[self.open.lines[line].order].about;
        let mut slot = std::mem::replace(&mut self.open.lines[line].reserved, NONE);
        while slot != NONE {
            let Allocation { line: number, product, warehouse, units, next } = self.open.allocations[slot];
            self.open.allocations.remove(slot);
            if O::READS_BOOKS {
                self.world.change_reserved(warehouse, product, -i64::from(units));
            }
            self.emit(Occurrence::UnitsFreed { order, line: number, product, warehouse, units });
            self.add_free(warehouse, product, units);
            slot = next;
        }
    }

    /// Units of a line begin to wait; its clock starts.
    #[inline(always)]
    pub(super) fn begin_to_wait(&mut self, line: u32, units: u32) {
        self.stand_in_line(line, units, self.now);
        let Some(after) = self.model.rules.cancellation.after else { return };
        match self.model.rules.cancellation.clock {
            CancelClock::Line => {
                // The entry does not keep the line: by then its slot may be another line's, which has an entry of its own.
                let at = auto_cancel::cancelled_at(self.now, after);
                self.open.lines[line].ages = self.schedule_in_before_end(self.ages, at, Event::LineAges { line });
            }
            CancelClock::Product => {
                let product = self.open.lines[line].product;
                if self.expired_clock(line).is_some() {
                    self.calendar.schedule(self.now, Event::ProductAges(product));
                }
            }
        }
    }

    /// Units of a line wait since `since`, which is not later than now. The caller starts its clock.
    #[inline(always)]
    pub(super) fn stand_in_line(&mut self, line: u32, units: u32, since: SimTime) {
        let state = &mut self.open.lines[line];
        (state.waiting, state.since) = (units, since);
        self.open.orders[state.order].waiting += 1;
        self.join_queue(line);
        self.change_waiting(line, i64::from(units));
    }

    /// Units of a line no longer wait: they are covered, or the line ends.
    #[inline(always)]
    pub(super) fn stop_waiting(&mut self, line: u32, units: u32) {
        let state = &mut self.open.lines[line];
        state.waiting -= units;
        let (is_done, order) = (state.waiting == 0, state.order);
        self.change_waiting(line, -i64::from(units));
        if is_done {
            self.leave_queue(line);
            self.open.orders[order].waiting -= 1;
            if self.open.orders[order].waiting == 0 {
                self.settle_notice(order);
            }
            if let (Some(lane), Some(ticket)) = (self.ages, self.open.lines[line].ages) {
                self.calendar.withdraw(lane, ticket);
            }
        }
    }

    /// The units of a line that wait do so at another home.
    pub(super) fn wait_at(&mut self, line: u32, home: WarehouseId) {
        let units = i64::from(self.open.lines[line].waiting);
        self.change_waiting(line, -units);
        self.open.lines[line].home = Some(home);
        self.change_waiting(line, units);
    }

    /// Counts waiting units against their home's position.
    #[inline(always)]
    fn change_waiting(&mut self, line: u32, change: i64) {
        let line = &self.open.lines[line];
        let (product, home, number) = (line.product, line.home, line.number);
        let order = self.open.orders[line.order].about;
        if let Some(home) = home {
            let (is_counted, may_be_ordered_for) = self.world.change_cell(home, product, |cell, free| {
                (cell.change_waiting(change), change > 0 && cell.is_low(free) && cell.touch())
            });
            if may_be_ordered_for {
                self.touched.push((home, product));
            }
            if !is_counted {
                self.meet_limit(Counted::Waiting, Some((home, product)));
            }
        }
        if let Some(units) = self.waiting_units.get_mut(product.index()) {
            *units += change;
        }
        self.emit(Occurrence::WaitingChanged { order, line: number, product, home, change });
    }

    /// Covers waiting units of a line from a warehouse.
    #[inline(always)]
    pub(super) fn cover(&mut self, line: u32, warehouse: WarehouseId, units: u32) {
        self.stop_waiting(line, units);
        self.reserve(line, warehouse, units);
        let state = &self.open.lines[line];
        if !state.waits() && state.was_backordered {
            let (number, product) = (state.number, state.product);
            let order = self.open.orders[state.order].about;
            let waited = self.now - order.placed;
            self.note_covered(line);
            self.emit(Occurrence::LineCovered { order, line: number, product, waited });
        }
    }

    /// Ends a line that is not wholly released: what waits stops waiting, what is reserved becomes free. Returns the
    /// units that were not released. The caller emits the ending.
    pub(super) fn end_line(&mut self, line: u32) -> u32 {
        let unreleased = self.open.unreleased(line);
        let waiting = self.open.lines[line].waiting;
        if waiting > 0 {
            self.stop_waiting(line, waiting);
        }
        self.free_reserved(line);
        self.open.lines[line].state = LineState::Ended;
        let order = self.open.lines[line].order;
        self.open.orders[order].open -= 1;
        unreleased
    }

    /// A line's place among those that wait: the priority of its customer's class, its order's placing time, the order's number, its
    /// own number.
    pub(super) fn claim(&self, line: u32) -> Claim {
        let state = &self.open.lines[line];
        let order = &self.open.orders[state.order].about;
        multi_warehouse::claim(self.plan.priority(order.class), order.placed, order.number, state.number)
    }

    /// Joins the product's waiting list at its place; nearly always that is the end.
    #[inline(always)]
    fn join_queue(&mut self, line: u32) {
        let Line { product, order, .. } = self.open.lines[line];
        let mut before = self.world.queue(product).last;
        // No line comes after those of the order that was placed last.
        if !self.open.is_newest(order) || self.plan.has_priorities() {
            let place = self.claim(line);
            while before != NONE && self.claim(before) > place {
                before = self.open.lines[before].longer_waiting;
            }
        }
        let after = match before {
            NONE => std::mem::replace(&mut self.world.queue_mut(product).first, line),
            _ => std::mem::replace(&mut self.open.lines[before].shorter_waiting, line),
        };
        match after {
            NONE => self.world.queue_mut(product).last = line,
            _ => self.open.lines[after].longer_waiting = line,
        }
        self.open.lines[line].longer_waiting = before;
        self.open.lines[line].shorter_waiting = after;
    }

    #[inline(always)]
    fn leave_queue(&mut self, line: u32) {
        let state = &self.open.lines[line];
        let (product, before, after) = (state.product, state.longer_waiting, state.shorter_waiting);
        match before {
            NONE => self.world.queue_mut(product).first = after,
            _ => self.open.lines[before].shorter_waiting = after,
        }
        match after {
            NONE => self.world.queue_mut(product).last = before,
            _ => self.open.lines[after].longer_waiting = before,
        }
    }
}
