//! Orders that fall due later than they are placed: a demand lead time.
//!
//! Whoever replenishes knows of such an order at once: its units count against the inventory position of their home from when it is
//! placed. Its customer claims stock only when it is due; from there on it is an order like others, placed in that second before those
//! that come in it. With base stock and a constant lead time L, a demand lead time T makes the retailer as good as a lead time of L − T
//! (Hariharan and Zipkin, 1995).

use super::arrivals::Asked;
use super::booked::Booked;
use super::event::Event;
use super::limit::Counted;
use super::observer::{Observer, Occurrence, OrderRef};
use super::simulation::Simulation;
use crate::domain::{LineNumber, OrderedLine, SimTime, Span, WarehouseId};

impl<O: Observer> Simulation<'_, O> {
    /// Takes an order for when it is due, where that is later; else places it.
    pub(super) fn place_when_due(&mut self, asked: Asked) {
        let after = self.due_after(&asked);
        if after == Span::ZERO {
            return self.place(asked);
        }
        let due = self.now + after;
        let order = self.order_due(&asked, due);
        self.emit(Occurrence::OrderBooked { order });
        // A slot that held an earlier order lends its lists.
        let slot = self.booked.reserve(|| Booked { asked, lines: Vec::new(), homes: Vec::new() });
        let (mut lines, mut homes) = self.booked[slot].lend();
        lines.clear();
        lines.extend_from_slice(self.arrivals.lines());
        homes.clear();
        homes.extend(lines.iter().map(|line| self.home(asked.zone, line.product)));
        for (index, (line, &home)) in lines.iter().zip(&homes).enumerate() {
            let &OrderedLine { product, units } = line;
            self.count_booked(home, line, i64::from(units));
            self.emit(Occurrence::LineBooked { order, line: index as LineNumber + 1, product, units, home });
        }
        self.booked[slot] = Booked { asked, lines, homes };
        self.schedule_before_end(due, Event::OrderFallsDue { booked: slot });
    }

    /// A booked order is due: it no longer counts as such, and is placed.
    pub(super) fn order_falls_due(&mut self, slot: u32) {
        let asked = self.booked[slot].asked;
        let (mut lines, homes) = self.booked[slot].lend();
        let order = self.order_due(&asked, self.now);
        for (index, (line, &home)) in lines.iter().zip(&homes).enumerate() {
            let &OrderedLine { product, units } = line;
            self.count_booked(home, line, -i64::from(units));
            self.emit(Occurrence::LineFellDue { order, line: index as LineNumber + 1, product, units, home });
        }
        self.arrivals.hand_back(&mut lines);
        self.booked[slot] = Booked { asked, lines, homes };
        self.booked.remove(slot);
        self.is_booked_ahead = true;
        self.place(asked);
        self.is_booked_ahead = false;
    }

    fn order_due(&self, asked: &Asked, due: SimTime) -> OrderRef {
        let international = self.model.zones[asked.zone.index()].international;
        OrderRef { number: asked.number, placed: due, zone: asked.zone, international, class: self.class_of(asked) }
    }

    /// How long after now an order is due. One written by hand says so itself.
    fn due_after(&self, asked: &Asked) -> Span {
        let scripted = self.model.script.orders.get(asked.number as usize - 1);
        match (scripted, &self.plan.due_after) {
            (Some(order), _) => order.due_after,
            (None, Some(after)) => after.draw_span(&mut self.streams.due_after.of(asked.draws)),
            (None, None) => Span::ZERO,
        }
    }

    /// Counts booked units against the inventory position of their home, as those of waiting lines are.
    fn count_booked(&mut self, home: Option<WarehouseId>, line: &OrderedLine, change: i64) {
        let Some(home) = home else { return };
        self.world.change_booked(home, line.product, change);
        let (is_counted, may_be_ordered_for) = self.world.change_cell(home, line.product, |cell, free| {
            (cell.change_waiting(change), change > 0 && cell.is_low(free) && cell.touch())
        });
        if may_be_ordered_for {
            self.touched.push((home, line.product));
        }
        if !is_counted {
            self.meet_limit(Counted::Waiting, Some((home, line.product)));
        }
    }
}
