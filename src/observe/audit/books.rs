//! The auditor's bookkeeping: what each occurrence does to its books, and the breaches that show at once.

use super::Auditor;
use super::breach::Invariant;
use super::orders::{Ending, OpenLine, OpenOrder, OpenParcel};
use super::purchase_orders::Ordered;
use crate::domain::{CancelClock, CancelScope, LineNumber, Loss, Mode, OrderNumber, ProductId, SimTime, WarehouseId};
use crate::engine::{Occurrence, OrderRef, ParcelRef};

impl Auditor<'_> {
    /// Books an occurrence of this instant.
    pub(super) fn book(&mut self, what: Occurrence<'_>) {
        use Occurrence as O;
        let now = self.now;
        match what {
            O::PairCarried { warehouse, product, units } => {
                self.shelves.carry(now, warehouse, product, units.into());
                self.waiting.touch(product);
            }
            O::Receipt { warehouse, product, units, purchase_order } => {
                self.shelves.receive(now, warehouse, product, units.into());
                if purchase_order.is_some() {
                    self.shelves.order(warehouse, product, -i64::from(units));
                }
                self.waiting.touch(product);
            }
            O::PurchaseOrderPlaced { vendor, warehouse, number, lines, units, cost } => {
                self.purchase_orders.place(
                    vendor,
                    warehouse,
                    number,
                    lines,
                    units,
                    cost,
                    self.model,
                    now,
                    &mut self.findings,
                );
            }
            O::ReplenishmentOrdered { vendor, warehouse, product, units, number, cost, joint, .. } => {
                self.ordered_of_vendor(vendor, (warehouse, product, number), units);
                self.shelves.order(warehouse, product, units.into());
                let line = Ordered { vendor, warehouse, product, units, cost, joint };
                self.purchase_orders.order(line, self.model, now, &mut self.findings);
            }
            O::OrderBegun { vendor, warehouse, product, number, begun, done, .. } => {
                self.begun_by_vendor(vendor, (warehouse, product, number), begun, done);
            }
            O::OrderDispatched { vendor, warehouse, product, number, .. } => {
                self.dispatched_by_vendor(vendor, (warehouse, product, number));
            }
            O::LeadTimeBegan { vendor, warehouse, product, number, .. } => {
                self.lead_time_began(vendor, (warehouse, product, number));
            }
            O::DisruptionBegan { vendor } => self.vendor_is_disrupted(vendor, true),
            O::DisruptionEnded { vendor } => self.vendor_is_disrupted(vendor, false),
            O::PurchaseOrderOpen { warehouse, product, units, .. } => {
                self.shelves.order(warehouse, product, units.into());
            }
            O::OrderOpen { order, mode, assigned, part_shipped, .. } => {
                self.take_up(order, mode, assigned, part_shipped)
            }
            O::LineOpen { order, line, product, units, .. } => {
                self.add_line_since(order, line, product, units, order.placed);
            }
            O::EventBegan { event } => self.change_event(event, true),
            O::EventEnded { event } => self.change_event(event, false),
            O::OrderBooked { order } => self.ahead.book(now, order, &mut self.findings),
            O::LineBooked { order, product, units, home, .. } => {
                self.shelves.wait(home, product, units.into());
                self.must_be_ahead(order);
            }
            O::LineFellDue { order, product, units, home, .. } => {
                self.shelves.wait(home, product, -i64::from(units));
                self.must_be_ahead(order);
            }
            O::OrderAsked { order, .. } => {
                let is_ahead = self.ahead.claim(now, order.number, &mut self.findings);
                self.ask(order);
                self.with(order, "being asked for", |open| open.is_ahead = is_ahead);
            }
            O::LinePromised { order, line, promised, .. } => self.promise(order, line, promised),
            O::PromiseKept { order, line, promised, done, .. } => {
                self.settle_promise(order, line, promised, Some(done), true);
            }
            O::PromiseBroken { order, line, promised, done, .. } => {
                self.settle_promise(order, line, promised, done, false);
            }
            O::LineAsked { order, line, product, units, displayed_in_stock, .. } => {
                self.add_line(order, line, product, units);
                self.note_limit(order, line, product, displayed_in_stock);
            }
            O::LineReplaced { order, line, product, to_product, .. } => {
                self.replace(order, line, product, to_product);
            }
            O::LineLost { order, line, units, why, .. } => {
                if why == Loss::NotOrderable {
                    self.must_be_at_limit(order, line);
                }
                self.end_line(order, line, units, Ending::Lost);
            }
            O::OrderPlaced { order, mode, assigned, .. } => {
                self.with(order, "placing", |open| {
                    open.mode = Some(mode);
                    open.assigned = assigned;
                });
                self.check_assignment(order, assigned);
                self.check_limits_of(order);
            }
            O::LinePlaced { order, units, available, .. } => {
                self.with(order, "line placed", |open| {
                    open.backordered |= available < units;
                    open.some_available |= available > 0;
                });
            }
            O::WaitingChanged { order, line, product, change, .. } => {
                self.waiting_units[product.index()] += change;
                self.with(order, "change of waiting", |open| {
                    if let Some(line) = open.line(line) {
                        line.stated += change;
                    }
                });
                // Of an order of before the run it counts where its home was before the events of second 0 began.
                if change > 0 && order.placed < SimTime::ZERO {
                    self.settle(order.number);
                }
            }
            O::UnitsReserved { order, line, product, warehouse, units } => {
                self.reserve(order, line, product, warehouse, units);
            }
            O::UnitsFreed { order, line, product, warehouse, units } => {
                self.free(order, line, product, warehouse, units);
            }
            O::OrderSourcedAnew { order, from, to } => self.source_anew(order, from, to),
            O::ParcelAtDock { order, warehouse, contents, .. } => self.dock(order, warehouse, contents),
            O::ParcelTakenBack { order, warehouse, contents, .. } => self.undock(order, warehouse, contents),
            O::ParcelPicked { order, warehouse, lines, ready } => self.check_picked(order, warehouse, lines, ready),
            O::ParcelReleased { order, parcel, .. } => self.release(order, parcel),
            O::ParcelShipped { order, parcel, arrives } => {
                self.depart(order, parcel);
                self.note_arrival(order, parcel.contents, arrives);
            }
            O::NoticeDue { order, due } => {
                self.with(order, "planned notice", |open| open.notice_due = Some(due));
                self.notices.insert((due, order.number));
            }
            O::NoticeSent { order, late } => self.notify(order, late),
            O::LineRemoved { order, line, units, .. } => {
                self.must_wait(order, line, "removed");
                self.end_line(order, line, units, Ending::Removed);
            }
            O::LineSwapped { order, line, units, to, to_product, .. } => {
                self.must_wait(order, line, "swapped");
                self.end_line(order, line, units, Ending::Swapped);
                self.add_line(order, to, to_product, units);
            }
            O::LineAutoCancelled { order, line, units, .. } => {
                self.check_age(order, line);
                self.end_line(order, line, units, Ending::AutoCancelled);
            }
            O::OrderCancelled { order } => self.end_order(order, 0),
            O::OrderCompleted { order, parcels, .. } => self.end_order(order, parcels.max(1)),
            // What a contact, a parcel or a notice brings about is stated on its own; the rest counts for measures.
            O::PickingLimitReached { .. }
            | O::OrderQueued { .. }
            | O::OrderBelowMinimum { .. }
            | O::ReplenishmentExpedited { .. }
            | O::ExpeditingSettled { .. }
            | O::ShelfEmptied { .. }
            | O::ShelfFilled { .. }
            | O::ShownOnBackorder { .. }
            | O::LineBackordered { .. }
            | O::DisplayMismatch { .. }
            | O::LineCovered { .. }
            | O::SplitNotCharged { .. }
            | O::ShipmentNotice { .. }
            | O::Contact { .. }
            | O::OrderPromiseSettled { .. }
            | O::CancellationNotice { .. } => {
                if let Some(order) = what.order() {
                    self.with(order, "something", |_| ());
                }
            }
        }
    }

    /// What is booked or falls due belongs to an order that was placed ahead.
    fn must_be_ahead(&mut self, order: OrderRef) {
        if !self.ahead.holds(order.number) {
            self.breach(Invariant::Ahead, || format!("order {} was not placed ahead", order.number));
        }
    }

    pub(super) fn breach(&mut self, invariant: Invariant, found: impl FnOnce() -> String) {
        self.findings.add(invariant, self.now, found);
    }

    /// Does something to an open order; nothing may happen to one that is not open.
    pub(super) fn with<T>(&mut self, order: OrderRef, what: &str, then: impl FnOnce(&mut OpenOrder) -> T) -> Option<T> {
        let number = order.number;
        let Some(open) = self.orders.get_mut(&number) else {
            self.breach(Invariant::Endings, || format!("{what} of order {number}, which is not open"));
            return None;
        };
        if !open.touched {
            open.touched = true;
            self.touched.push(number);
        }
        Some(then(open))
    }

    fn ask(&mut self, order: OrderRef) {
        let number = order.number;
        if self.orders.contains_key(&number) {
            self.breach(Invariant::Endings, || format!("order {number} was asked for twice"));
        }
        self.orders.insert(number, OpenOrder { touched: true, ..OpenOrder::new(order) });
        self.touched.push(number);
    }

    /// An event of the scenario begins or ends: other lanes may serve customers from now on, and a warehouse may be shut.
    fn change_event(&mut self, event: u32, begins: bool) {
        self.terms.change_event(event, begins);
        for warehouse in (0..self.model.warehouses.len()).map(WarehouseId::from_index) {
            self.shelves.set_shut(self.now, warehouse, self.terms.is_shut(warehouse));
        }
        (0..self.model.products.len()).map(ProductId::from_index).for_each(|product| self.waiting.touch(product));
        // When an event ends, who waits stays at the home it has: what was ordered for it is on its way there.
        if begins && self.model.events[event as usize].effect.changes_lanes() {
            self.move_homes();
        }
        let whole = self.orders.values().filter(|open| self.terms.waits_as_a_whole(open) && open.mode.is_some());
        whole.for_each(|open| self.waiting.touch_order(open.order.number));
    }

    /// Lines whose home serves their customers no more wait at the first warehouse that does and carries the product.
    fn move_homes(&mut self) {
        for open in self.orders.values_mut() {
            if open.assigned.is_some() && self.terms.is_one_warehouse(open.order) {
                continue;
            }
            let lanes = self.terms.lanes(open.order);
            for line in open.lines.iter_mut().filter(|line| line.counted > 0) {
                let is_served = lanes.iter().any(|lane| Some(lane.warehouse) == line.home);
                let mut others = lanes.iter().map(|lane| lane.warehouse);
                let next = others.find(|&at| self.shelves.shelf(at, line.product).carried);
                if let (false, Some(next)) = (is_served, next) {
                    self.shelves.wait(line.home, line.product, -i64::from(line.counted));
                    line.home = Some(next);
                    self.shelves.wait(line.home, line.product, i64::from(line.counted));
                }
            }
        }
    }

    /// An order of before the run. What of it had left is nobody's parcel here, but it has a number.
    fn take_up(&mut self, order: OrderRef, mode: Mode, assigned: Option<WarehouseId>, part_shipped: bool) {
        self.ask(order);
        self.with(order, "the book", |open| {
            open.mode = Some(mode);
            open.assigned = assigned;
            if part_shipped {
                open.some_available = true;
                open.parcels.push(OpenParcel { warehouse: WarehouseId(0), contents: Vec::new(), departed: true });
            }
        });
        self.check_assignment(order, assigned);
        if order.placed >= self.now {
            self.breach(Invariant::Endings, || format!("order {} was open before it was placed", order.number));
        }
    }

    /// A new line takes the next number.
    fn add_line(&mut self, order: OrderRef, line: LineNumber, product: ProductId, units: u32) {
        self.add_line_since(order, line, product, units, self.now);
    }

    fn add_line_since(&mut self, order: OrderRef, line: LineNumber, product: ProductId, units: u32, since: SimTime) {
        let next = self.with(order, "a new line", |open| {
            let next = open.lines.len() + 1;
            open.lines.push(OpenLine::new(next as LineNumber, product, units, since));
            next
        });
        if let Some(next) = next.filter(|&next| next != line as usize) {
            self.breach(Invariant::Endings, || {
                format!("a new line of order {} is number {line}, the next number is {next}", order.number)
            });
        }
    }

    /// An order that only one warehouse may serve has one, a warehouse with a lane to its customer.
    fn check_assignment(&mut self, order: OrderRef, assigned: Option<WarehouseId>) {
        let lanes = self.terms.lanes(order);
        if self.terms.is_one_warehouse(order)
            && !lanes.is_empty()
            && !lanes.iter().any(|lane| Some(lane.warehouse) == assigned)
        {
            self.breach(Invariant::OneParcel, || {
                format!("order {} is not assigned to a warehouse that can serve it", order.number)
            });
        }
    }

    fn end_line(&mut self, order: OrderRef, line: LineNumber, unshipped: u32, ending: Ending) {
        let number = order.number;
        let trouble = self.with(order, "a line's ending", |open| match open.line(line) {
            None => Some("it does not exist".to_string()),
            Some(line) if line.ending.is_some() => Some(format!("it had ended before ({:?})", line.ending)),
            Some(line) if line.released == line.units => Some("it had been shipped before".to_string()),
            Some(line) => {
                line.ending = Some(ending);
                // What is still reserved leaves in this instant: its parcel is stated when the instant closes.
                let left = line.units - line.released - line.reserved_units() - line.docked;
                (left != unshipped).then(|| format!("{unshipped} units are said to be unshipped, {left} are"))
            }
        });
        if let Some(Some(trouble)) = trouble {
            self.breach(Invariant::Endings, || format!("order {number} line {line} ended ({ending:?}), but {trouble}"));
        }
    }

    /// Customers end only lines that wait.
    fn must_wait(&mut self, order: OrderRef, line: LineNumber, what: &str) {
        let waits = self.with(order, what, |open| open.line(line).is_some_and(|line| line.waiting() > 0));
        if waits == Some(false) {
            self.breach(Invariant::Endings, || {
                format!("order {} line {line} was {what} although it did not wait", order.number)
            });
        }
    }

    fn reserve(&mut self, order: OrderRef, line: LineNumber, product: ProductId, warehouse: WarehouseId, units: u32) {
        self.check_turn(order, line, product, warehouse, units);
        self.shelves.reserve(self.now, warehouse, product, units.into());
        self.waiting.touch(product);
        let covered = self.with(order, "reservation", |open| {
            let Some(line) = open.line(line) else { return false };
            let fits = line.product == product && units <= line.waiting();
            if line.ending.is_none() {
                line.reserve(warehouse, units);
            }
            fits
        });
        if covered == Some(false) {
            self.breach(Invariant::Endings, || {
                format!("{units} units were reserved for order {} line {line}, which waits for fewer", order.number)
            });
        }
        if self.orders.get(&order.number).is_some_and(|open| !self.terms.sources(open).any(|at| at == warehouse)) {
            let at = self.terms.warehouse(warehouse);
            self.breach(Invariant::NoIdleStock, || {
                format!("order {} line {line} is served by {at}, which may not serve it", order.number)
            });
        }
    }

    /// Whether a line may take units: none that are withheld from its class, and none for which a line of a class that goes before it
    /// waits.
    fn check_turn(
        &mut self,
        order: OrderRef,
        line: LineNumber,
        product: ProductId,
        warehouse: WarehouseId,
        units: u32,
    ) {
        let free = self.shelves.shelf(warehouse, product).free();
        let withheld = self.terms.withheld_from(order);
        if withheld > 0 && free - i64::from(units) < withheld {
            self.breach(Invariant::Reserve, || {
                format!(
                    "order {} line {line} takes {units} of {free} free units, of which {withheld} are withheld",
                    order.number
                )
            });
        }
        let Some(priority) = self.terms.priority(order) else { return };
        // What it has just given back itself, an order that is sourced anew may take again.
        if self.orders.get(&order.number).is_some_and(|open| open.anew.is_some()) {
            return;
        }
        let on_the_shelf = (warehouse, product, free);
        let passed_over = self.waiting.passed_over(&self.terms, &self.orders, on_the_shelf, priority);
        if let Some((number, before)) = passed_over {
            self.breach(Invariant::Priority, || {
                format!(
                    "order {} line {line} is served before order {number} line {before}, which goes before it",
                    order.number
                )
            });
        }
    }

    fn free(&mut self, order: OrderRef, line: LineNumber, product: ProductId, warehouse: WarehouseId, units: u32) {
        // A cancellation may free its line's units before it is stated: what was past the limit is noted first.
        self.note_aged(order.number);
        self.shelves.reserve(self.now, warehouse, product, -i64::from(units));
        self.waiting.touch(product);
        let had = self.with(order, "freeing", |open| {
            // What is sourced anew is reserved in another place in the same instant.
            let is_gone = open.anew.is_none();
            open.line(line).is_some_and(|line| {
                line.freed += if is_gone { units } else { 0 };
                line.take_reserved(warehouse, units)
            })
        });
        if had == Some(false) {
            self.breach(Invariant::Endings, || {
                format!("{units} units of order {} line {line} were freed, which it did not have", order.number)
            });
        }
    }

    fn release(&mut self, order: OrderRef, parcel: ParcelRef<'_>) {
        let number = order.number;
        self.check_charge(order, parcel);
        let mut troubles = Vec::new();
        self.with(order, "release", |open| {
            let from_dock = std::mem::take(&mut open.is_picked_from_dock);
            if from_dock {
                let is_it = |at: &(WarehouseId, Vec<_>)| at.0 == parcel.warehouse && at.1 == parcel.contents;
                match open.at_dock.iter().position(is_it) {
                    Some(at) => drop(open.at_dock.remove(at)),
                    None => troubles.push("what did not wait at the dock".to_string()),
                }
            }
            for content in parcel.contents {
                let Some(line) = open.line(content.line) else {
                    troubles.push(format!("line {}, which does not exist", content.line));
                    continue;
                };
                if from_dock && line.docked >= content.units {
                    line.docked -= content.units;
                    line.released += content.units;
                    continue;
                }
                let had = line.product == content.product && line.take_reserved(parcel.warehouse, content.units);
                match line.ending {
                    _ if had => {}
                    Some(ending) => troubles.push(format!("line {}, which had ended ({ending:?})", content.line)),
                    None => troubles.push(format!("{} units of line {} it did not have", content.units, content.line)),
                }
                line.released += content.units;
            }
            if parcel.number as usize != open.parcels.len() + 1 {
                troubles.push("a number out of turn".to_string());
            }
            open.parcels.push(OpenParcel {
                warehouse: parcel.warehouse,
                contents: parcel.contents.to_vec(),
                departed: false,
            });
        });
        for trouble in troubles {
            self.breach(Invariant::Endings, || format!("parcel {} of order {number} has {trouble}", parcel.number));
        }
        let Some(open) = self.orders.get(&number) else { return };
        let parcels = open.parcels.len();
        let too_many = parcels > 1 && self.terms.is_one_parcel(order);
        let left_behind = open.waiting_line().filter(|_| self.terms.leaves_whole(open)).map(|line| line.number);
        if too_many {
            self.breach(Invariant::OneParcel, || format!("order {number} has {parcels} parcels"));
        }
        if let Some(line) = left_behind {
            self.breach(Invariant::LeavesWhole, || {
                format!("parcel {} of order {number} leaves while line {line} waits", parcel.number)
            });
        }
    }

    fn depart(&mut self, order: OrderRef, parcel: ParcelRef<'_>) {
        let number = order.number;
        self.check_charge(order, parcel);
        for content in parcel.contents {
            self.shelves.ship(parcel.warehouse, content.product, content.units.into());
            self.waiting.touch(content.product);
        }
        let right = self.with(order, "departure", |open| {
            let released = (parcel.number as usize).checked_sub(1).and_then(|index| open.parcels.get_mut(index));
            let right = released.is_some_and(|released| {
                let again = std::mem::replace(&mut released.departed, true);
                !again && released.warehouse == parcel.warehouse && released.contents == parcel.contents
            });
            for content in parcel.contents {
                if let Some(line) = open.line(content.line) {
                    line.shipped += content.units;
                }
            }
            right
        });
        if right == Some(false) {
            self.breach(Invariant::Endings, || {
                format!("parcel {} of order {number} departed otherwise than it was released, or twice", parcel.number)
            });
        }
    }

    fn check_charge(&mut self, order: OrderRef, parcel: ParcelRef<'_>) {
        let charge = parcel.customer_charge;
        if charge.0 != 0 {
            self.breach(Invariant::NoCharge, || {
                format!("the customer of order {} is charged {charge} for parcel {}", order.number, parcel.number)
            });
        }
    }

    fn notify(&mut self, order: OrderRef, late: bool) {
        let (now, number) = (self.now, order.number);
        let is_late = now - order.placed > self.terms.notice_deadline();
        let trouble = self.with(order, "notice", |open| {
            if std::mem::replace(&mut open.notice_sent, true) {
                Some("it had been told before")
            } else if open.notice_due != Some(now) {
                Some("none was due")
            } else if open.waiting_line().is_none() {
                Some("no line waits any more")
            } else {
                None
            }
        });
        if let Some(Some(trouble)) = trouble {
            self.breach(Invariant::Notice, || format!("order {number} got a notice although {trouble}"));
        }
        if late != is_late {
            self.breach(Invariant::Notice, || {
                format!("the notice of order {number} is wrongly said to be in time or late")
            });
        }
    }

    /// Notes which waiting lines of an order have a clock past the limit at this moment.
    pub(super) fn note_aged(&mut self, number: OrderNumber) {
        let (Some(open), Some(after)) = (self.orders.get_mut(&number), self.terms.cancel_after) else { return };
        for line in open.lines.iter_mut().filter(|line| line.waiting() > 0) {
            let since = match self.terms.cancel_clock {
                CancelClock::Line => Some(line.since),
                CancelClock::Product => self.shelves.out_since(line.product),
            };
            if since.is_some_and(|since| self.now - since > after) {
                line.aged_at = Some(self.now);
            }
        }
    }

    /// Invariant 5, first half: whoever is cancelled for age has a clock past the limit.
    fn check_age(&mut self, order: OrderRef, line: LineNumber) {
        let (now, number) = (self.now, order.number);
        self.note_aged(number);
        let Some(open) = self.orders.get_mut(&number) else { return };
        // With scope `order` one aged line ends the others of its order too.
        let whole_order = self.terms.cancel_scope == CancelScope::Order;
        let mut reasons = open.lines.iter().filter(|reason| whole_order || reason.number == line);
        if !reasons.any(|reason| reason.aged_at == Some(now)) {
            self.breach(Invariant::AgeLimit, || {
                format!("order {number} line {line} was cancelled for age although no clock had passed the limit")
            });
        }
    }

    fn end_order(&mut self, order: OrderRef, parcels: u32) {
        let number = order.number;
        let sound = self.with(order, "the end", |open| {
            open.mode.is_some() && open.is_over() && open.parcels.len() == parcels as usize
        });
        if sound == Some(false) {
            self.breach(Invariant::Endings, || {
                format!("order {number} ended with a line open, a parcel not departed or a wrong count of parcels")
            });
        }
        self.forget(number);
    }
}
