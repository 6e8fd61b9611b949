//! Backorder notices: a customer with a backordered line is told when the notice is due, if the order still waits.
//!
//! An observer that [accepts early](Observer::ACCEPTS_EARLY) is told of a notice once it is known that it was sent: when the
//! order ceases to wait after the notice was due, or at the end. The calendar then need not come back to the order.

use super::event::Event;
use super::observer::{Observer, Occurrence};
use super::open_orders::Order;
use super::simulation::Simulation;
use crate::domain::{SimTime, Span};
use crate::rules::backorder_notice;

impl<O: Observer> Simulation<'_, O> {
    /// Schedules the backorder notice of an order with a backordered line.
    pub(super) fn expect_notice(&mut self, slot: u32) {
        let Order { about: order, draws, .. } = self.open.orders[slot];
        let delay = self.plan.notice_delay.draw_span(&mut self.streams.notice_delay.of(draws));
        let due = self.now + delay;
        self.emit(Occurrence::NoticeDue { order, due });
        // One that is due in this very second is sent in a further pass through it.
        if Self::EMITS_EARLY && delay > Span::ZERO {
            if due < self.plan.end {
                self.open.orders[slot].notice_due = due;
            }
        } else if self.schedule_before_end(due, Event::NoticeIsDue { order: slot }) {
            self.open.orders[slot].pending += 1;
        }
    }

    /// A notice is due: it is sent if the order still waits.
    pub(super) fn notice_is_due(&mut self, slot: u32) {
        if backorder_notice::is_sent(self.open.orders[slot].waiting) {
            self.state_notice(slot, self.now);
        }
        self.entry_came_up(slot);
    }

    /// An order ceases to wait: if its notice was due before, it was sent. An order that waits again does so in the same instant, as
    /// when a line is swapped, or never.
    #[inline(always)]
    pub(super) fn settle_notice(&mut self, slot: u32) {
        let due = self.open.orders[slot].notice_due;
        // In each pass through a second, notices come after whatever makes an order cease to wait.
        if due < self.now || (due == self.now && self.is_further_pass) {
            self.open.orders[slot].notice_due = SimTime::NEVER;
            self.state_notice(slot, due);
        }
    }

    /// At the end: states the notices of orders that still wait.
    pub(super) fn settle_all_notices(&mut self) {
        for slot in self.open.orders.all() {
            let Order { waiting, notice_due, .. } = self.open.orders[slot];
            if backorder_notice::is_sent(waiting) && notice_due != SimTime::NEVER {
                self.state_notice(slot, notice_due);
            }
        }
    }

    #[inline(always)]
    fn state_notice(&mut self, slot: u32, sent: SimTime) {
        let order = self.open.orders[slot].about;
        let late = backorder_notice::is_late(sent - order.placed, self.model.rules.notice.deadline);
        self.observer.observe(sent, Occurrence::NoticeSent { order, late });
    }
}
