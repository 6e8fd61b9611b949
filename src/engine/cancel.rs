//! Lines that have waited longer than the age limit are cancelled.

use super::event::{Event, Phase};
use super::observer::{Observer, Occurrence};
use super::open_orders::{Line, LineState, Order};
use super::pool::NONE;
use super::simulation::Simulation;
use crate::domain::{CancelClock, ProductId, SimTime};
use crate::rules::auto_cancel;

impl<O: Observer> Simulation<'_, O> {
    /// Starts the clock of every product that has no stock at second 0.
    pub(super) fn start_product_clocks(&mut self) {
        for product in (0..self.model.products.len()).map(ProductId::from_index) {
            if !self.world.is_in_stock(product) {
                self.start_product_clock(product);
            }
        }
    }

    /// A product's network stock fell to 0.
    pub(super) fn start_product_clock(&mut self, product: ProductId) {
        self.world.queue_mut(product).ran_out = self.now;
        if let (Some(after), CancelClock::Product) =
            (self.model.rules.cancellation.after, self.model.rules.cancellation.clock)
        {
            self.schedule_before_end(auto_cancel::cancelled_at(self.now, after), Event::ProductAges(product));
        }
    }

    /// All cancellations of this second: those due are gathered and taken by their order's placing time, order number
    /// and line number; what one of them frees may save the next.
    pub(super) fn run_cancellations(&mut self) {
        self.calendar.stand_at(self.now, Phase::AutoCancellations);
        while let Some(event) = self.calendar.pop_due(self.now, Phase::AutoCancellations) {
            self.dispatch(event);
        }
        if self.scratch.aged.is_empty() {
            return;
        }
        let mut aged = std::mem::take(&mut self.scratch.aged);
        aged.sort_unstable_by_key(|&line| {
            let (_, placed, order, number) = self.claim(line);
            (placed, order, number)
        });
        aged.dedup();
        for &line in &aged {
            if let Some(since) = self.expired_clock(line) {
                self.cancel(line, since);
            }
        }
        aged.clear();
        self.scratch.aged = aged;
    }

    /// A line may have reached the limit: it must still wait, and the entry must not belong to an earlier line of the same slot.
    pub(super) fn line_ages(&mut self, line: u32) {
        if self.expired_clock(line).is_some() {
            self.scratch.aged.push(line);
        }
    }

    /// A product may have been out of stock for longer than the limit: examines all its waiting lines.
    pub(super) fn product_ages(&mut self, product: ProductId) {
        let mut line = self.world.queue(product).first;
        while line != NONE {
            self.line_ages(line);
            line = self.open.lines[line].shorter_waiting;
        }
    }

    /// When the clock of a waiting line was started, if it has run out.
    pub(super) fn expired_clock(&self, line: u32) -> Option<SimTime> {
        let after = self.model.rules.cancellation.after?;
        let state = &self.open.lines[line];
        if !state.waits() {
            return None;
        }
        let (clock, ran_out) = (self.model.rules.cancellation.clock, self.world.queue(state.product).ran_out);
        let since = auto_cancel::clock_of(clock, state.since, ran_out, || self.world.is_in_stock(state.product))?;
        auto_cancel::has_expired(since, after, self.now).then_some(since)
    }

    /// Cancels a line, with scope `order` every line of its order not yet released; then what is left of the order is
    /// examined, and what became free goes to the next.
    fn cancel(&mut self, line: u32, since: SimTime) {
        let slot = self.open.lines[line].order;
        let Order { about: order, first_line, .. } = self.open.orders[slot];
        if auto_cancel::ends_whole_order(self.model.rules.cancellation.scope) {
            self.take_back_from_docks(slot);
            let mut line = first_line;
            while line != NONE {
                if self.open.lines[line].state == LineState::Open {
                    self.cancel_line(line, since);
                }
                line = self.open.lines[line].next_in_order;
            }
        } else {
            self.cancel_line(line, since);
        }
        self.emit(Occurrence::CancellationNotice { order });
        self.examine_again(slot);
        self.release_pass();
    }

    fn cancel_line(&mut self, line: u32, since: SimTime) {
        let Line { order, number, product, .. } = self.open.lines[line];
        let order = self.open.orders[order].about;
        let units = self.end_line(line);
        self.emit(Occurrence::LineAutoCancelled { order, line: number, product, units, since });
        self.settle_ended(line, true);
    }
}
