//! The book as it stands at second 0: purchase orders on their way, and customers who wait already.
//!
//! Both are emitted as *open*, not as ordered, because no measure counts what happened before the run. From there on they are like any other.
//! An open purchase order counts in its pair's position and arrives by what is left of its lead time, or when promised. An open order
//! stands in the queue at the place that its age gives it, and its clocks have run since it was placed; the stock of the start is
//! offered to it in the first second, after that second's receipts.

use super::event::Event;
use super::limit::Counted;
use super::observer::{Observer, Occurrence, OrderRef};
use super::open_orders::{Line, LineState};
use super::pool::NONE;
use super::simulation::Simulation;
use super::supply::{Promise, PurchaseOrder};
use crate::domain::{
    Arrives, Availability, CancelClock, LineNumber, OpenOrder, OpenPurchaseOrder, OrderNumber, OrderedLine, ProductId,
    SimTime,
};
use crate::random::remaining;
use crate::rules::{auto_cancel, international_complete, partial_split};

/// Entities of orders that were open at the start lie apart from those of all others.
const OPEN_DRAWS: u64 = 3 << 61;

impl<O: Observer> Simulation<'_, O> {
    /// Enters what is open at second 0.
    pub(super) fn open_the_book(&mut self) {
        for &row in &self.plan.open_purchase_orders {
            self.take_up_purchase_order(self.model.script.open_purchase_orders[row as usize]);
        }
        for &row in &self.plan.open_orders {
            self.take_up_order(row);
        }
        if !self.plan.open_orders.is_empty() {
            self.calendar.schedule(SimTime::ZERO, Event::StockIsOffered);
        }
    }

    /// A purchase order placed before second 0.
    fn take_up_purchase_order(&mut self, open: OpenPurchaseOrder) {
        let OpenPurchaseOrder { vendor, warehouse, product, units, age, .. } = open;
        let ordered = SimTime(-age.0);
        let promised = open.promised.unwrap_or(ordered + self.plan.vendor(vendor).mean_lead_time);
        // Only the vendor that the pair is replenished from can be asked to expedite.
        let may_hurry = self.plan.vendor(vendor).expedited.is_some() && self.plan.vendor_of(product) == Some(vendor);
        let promise = if may_hurry { self.supply.promises.insert(Promise::new(promised)) } else { NONE };
        let (is_counted, number) = self.world.change_cell(warehouse, product, |cell, _| {
            cell.purchase_orders += 1;
            (cell.add_on_order(units), cell.purchase_orders)
        });
        if !is_counted {
            self.meet_limit(Counted::OnOrder, Some((warehouse, product)));
        }
        let purchase_order = PurchaseOrder { warehouse, product, units, number, promise, joint: 0 };
        let slot = self.supply.purchase_orders.insert(purchase_order);
        if promise != NONE {
            self.join_open_purchase_orders(slot, &purchase_order);
        }
        self.emit(Occurrence::PurchaseOrderOpen { vendor, warehouse, product, units, number, ordered, promised });
        let arrival = match open.arrives {
            Arrives::Promised => promised.max(SimTime::ZERO),
            Arrives::LeadTime => {
                let lead_time = &self.model.vendors[vendor.index()].lead_time;
                let mut stream = self.plan.purchase_order_stream(self.streams.residual_lead_time, &purchase_order);
                // What is overdue comes at once.
                remaining(lead_time, age, &mut stream).map_or(SimTime::ZERO, |rest| SimTime::ZERO + rest)
            }
        };
        self.expect_arrival(slot, promise, arrival);
    }

    /// An order placed before second 0, all of whose lines wait.
    fn take_up_order(&mut self, row: u32) {
        let open: &OpenOrder = &self.model.script.open_orders[row as usize];
        let zone = &self.model.zones[open.zone.index()];
        let number = self.model.script.orders.len() as OrderNumber + OrderNumber::from(row) + 1;
        let (placed, international) = (open.placed(), zone.international);
        let about = OrderRef { number, placed, zone: open.zone, international, class: open.class };
        self.scratch.lines.clone_from(&open.lines);
        self.scratch.asked = open.lines.len() as LineNumber;
        let (assigned, _) = self.assign(open.zone, open.class, self.roads.lanes[open.zone.index()]);
        let rules = &self.model.rules;
        let (mode, rule) = if international_complete::ships_complete_only(international, rules) {
            international_complete::mode(Availability::None, international, rules)
        } else {
            partial_split::mode_of_waiting(open.part_shipped, rules.backorder.full_order)
        };
        let lines = open.lines.len() as u32;
        self.emit(Occurrence::OrderOpen { order: about, lines, mode, assigned, part_shipped: open.part_shipped });
        let slot = self.enter_order((about, OPEN_DRAWS + number), open.lines.len(), assigned, mode, rule);
        self.open.orders[slot].parcels = u32::from(open.part_shipped);
        for (index, &OrderedLine { product, units }) in open.lines.iter().enumerate() {
            let number = index as LineNumber + 1;
            let home = assigned.or_else(|| self.home(open.zone, product));
            let line = self.open.add_placed_line(
                index,
                Line {
                    order: slot,
                    number,
                    product,
                    since: placed,
                    home,
                    state: LineState::Open,
                    was_backordered: true,
                    ..Line::BLANK
                },
            );
            self.emit(Occurrence::LineOpen { order: about, line: number, product, units, home });
            self.expect_call(line, false);
            self.stand_in_line(line, units, placed);
            if let (Some(after), CancelClock::Line) =
                (self.model.rules.cancellation.after, self.model.rules.cancellation.clock)
            {
                let at = auto_cancel::cancelled_at(placed, after).max(SimTime::ZERO);
                self.schedule_before_end(at, Event::LineAges { line });
            }
        }
    }

    /// The stock of the start is offered to those who wait already.
    pub(super) fn offer_stock(&mut self) {
        for product in (0..self.model.products.len()).map(ProductId::from_index) {
            if self.world.queue(product).first != NONE && self.world.is_in_stock(product) {
                self.mark_replenished(product);
            }
        }
    }
}
