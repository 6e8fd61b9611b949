//! Buying: inventory positions are reviewed, purchase orders placed, expedited and received; vendors fail and recover.
//!
//! As with [what a waiting line goes through](super::stock), the steps of a purchase order are not called but put where they are
//! used (`inline(always)`).

use super::event::{Event, Phase};
use super::limit::Counted;
use super::observer::{Observer, Occurrence};
use super::open_orders::Line;
use super::plan::Plan;
use super::pool::NONE;
use super::simulation::Simulation;
use super::supply::{Promise, PurchaseOrder, VendorState};
use crate::domain::{Cents, ProductId, Review, SimTime, Span, VendorId, WarehouseId};
use crate::policy::replenishment::{PairLevels, joint};
use crate::random::{Family, Stream};
use crate::rules::early_replenishment;

/// What so many receipts will touch is fetched at once.
const FETCHED_AHEAD: usize = 32;

/// So many of the lines that wait for a receipt are fetched with it.
const WAITING_FETCHED: usize = 3;

impl<O: Observer> Simulation<'_, O> {
    /// A continuous policy looks at every pair once, at the start.
    pub(super) fn touch_every_pair(&mut self) {
        for product in (0..self.model.products.len()).map(ProductId::from_index) {
            for warehouse in (0..self.model.warehouses.len()).map(WarehouseId::from_index) {
                self.touch(warehouse, product);
            }
        }
    }

    /// Continuous review: looks at the pairs whose position may have fallen in this instant.
    #[inline]
    pub(super) fn review_what_was_touched(&mut self) {
        if self.touched.is_empty() {
            return;
        }
        self.calendar.stand_at(self.now, Phase::Reviews);
        for at in 0..self.touched.len() {
            let (warehouse, product) = self.touched[at];
            self.world.cell_mut(warehouse, product).looked_at();
            self.review(warehouse, product, self.world.cell(warehouse, product).levels());
        }
        self.touched.clear();
        self.place_what_is_due();
    }

    /// Periodic review: looks at every pair, and enters the next time.
    pub(super) fn periodic_review(&mut self) {
        let Some(Review::Every(period)) = self.model.replenishment.as_ref().map(|settings| settings.review) else {
            return;
        };
        for product in (0..self.model.products.len()).map(ProductId::from_index) {
            if !joint::is_reviewed(self.model.products[product.index()].review_every, self.now, period) {
                continue;
            }
            for warehouse in (0..self.model.warehouses.len()).map(WarehouseId::from_index) {
                if !self.world.is_shut(warehouse) {
                    self.review(warehouse, product, self.levels_now(warehouse, product));
                }
            }
        }
        self.place_what_is_due();
        self.schedule_before_end(self.now + period, Event::Review);
    }

    /// The levels of a pair now.
    pub(super) fn levels_now(&self, warehouse: WarehouseId, product: ProductId) -> Option<PairLevels> {
        match self.levels_now.get(self.model.pair(warehouse, product)) {
            Some(&levels) => (levels != PairLevels::NONE).then_some(levels),
            None => self.plan.levels(warehouse, product),
        }
    }

    /// Levels become others: positions that are at or below the new ones are looked at in this instant.
    pub(super) fn change_levels(&mut self, change: u32) {
        for &(pair, levels) in &self.plan.level_changes[change as usize].pairs {
            self.levels_now[pair as usize] = levels;
            let (warehouse, product) = self.plan.pair_at(pair as usize);
            if self.plan.is_reviewed_continuously() && !self.world.is_shut(warehouse) {
                self.world.change_cell(warehouse, product, |cell, _| cell.set_levels(Some(levels)));
                self.touch(warehouse, product);
            }
        }
    }

    /// Places a purchase order for a pair if its levels ask for one at its inventory position.
    #[inline(always)]
    fn review(&mut self, warehouse: WarehouseId, product: ProductId, levels: Option<PairLevels>) {
        let (Some(levels), Some(settings)) = (levels, &self.model.replenishment) else { return };
        let wanted = levels.units_to_order(settings.policy, self.world.inventory_position(warehouse, product));
        if wanted > 0
            && let Some(vendor) = self.plan.vendor_of(product)
        {
            if self.plan.joint.takes_several(vendor) {
                self.want(vendor, warehouse, product);
                return;
            }
            let terms = &self.model.vendors[vendor.index()];
            let units = self.plan.as_sold(wanted, product, terms);
            let cost = terms.order_cost + self.plan.line_cost(product, terms);
            self.order_line(vendor, warehouse, product, units, cost, 0);
        }
    }

    /// Orders units of a product: a purchase order, or a line of the one with the number `joint`.
    #[inline(always)]
    pub(super) fn order_line(
        &mut self,
        vendor: VendorId,
        warehouse: WarehouseId,
        product: ProductId,
        units: u32,
        cost: Cents,
        joint: u32,
    ) {
        let terms = self.plan.terms_of(vendor);
        let taken_up = terms.map_or(self.now, |terms| match terms.opens(self.now) {
            SimTime::NEVER => self.plan.end,
            opens => opens,
        });
        let promised = taken_up + self.plan.vendor(vendor).mean_lead_time;
        let promise = if self.plan.vendor(vendor).expedited.is_some() {
            self.supply.promises.insert(Promise::new(promised))
        } else {
            NONE
        };
        let (is_counted, number) = self.world.change_cell(warehouse, product, |cell, _| {
            cell.purchase_orders += 1;
            (cell.add_on_order(units), cell.purchase_orders)
        });
        if !is_counted {
            self.meet_limit(Counted::OnOrder, Some((warehouse, product)));
        } else if number >= self.plan.max_purchase_orders {
            self.meet_limit(Counted::PurchaseOrders, Some((warehouse, product)));
        }
        let purchase_order = PurchaseOrder { warehouse, product, units, number, promise, joint };
        let slot = self.supply.purchase_orders.insert(purchase_order);
        if promise != NONE {
            self.join_open_purchase_orders(slot, &purchase_order);
        }
        self.emit(Occurrence::ReplenishmentOrdered {
            vendor,
            warehouse,
            product,
            units,
            number,
            promised,
            cost,
            joint,
        });
        let state = &mut self.supply.vendors[vendor.index()];
        if terms.is_some() {
            self.supply.queues.fresh.push((vendor, slot));
        } else if state.is_disrupted {
            state.held_back.push(slot);
        } else {
            self.start_lead_time(vendor, slot, &purchase_order);
        }
    }

    /// A purchase order's lead time begins now. The order is passed by value: reading back with wide loads what was just written with
    /// narrow stores would stall on store forwarding.
    #[inline(always)]
    pub(super) fn start_lead_time(&mut self, vendor: VendorId, slot: u32, purchase_order: &PurchaseOrder) {
        let &PurchaseOrder { warehouse, product, number, promise, .. } = purchase_order;
        let mut stream = match purchase_order.joint {
            0 => self.plan.purchase_order_stream(self.streams.lead_time, purchase_order),
            joint => self.plan.joint_order_stream(self.streams.lead_time, vendor, warehouse, joint),
        };
        // A factor of 1 changes nothing, to the second.
        let VendorState { lead_time_factor: factor, expected_lead_time: expected, .. } =
            self.supply.vendors[vendor.index()];
        let lead_time = Span::from_seconds_f64(self.plan.vendor(vendor).lead_time.draw(&mut stream) * factor);
        self.emit(Occurrence::LeadTimeBegan { vendor, warehouse, product, number, lead_time, expected });
        self.expect_arrival(slot, promise, self.now + lead_time);
    }

    #[inline(always)]
    pub(super) fn expect_arrival(&mut self, slot: u32, promise: u32, arrival: SimTime) {
        let is_entered = self.schedule_before_end(arrival, Event::PurchaseOrderArrives { purchase_order: slot });
        if promise != NONE {
            let promise = &mut self.supply.promises[promise];
            promise.arrival = arrival;
            promise.entries += u32::from(is_entered);
        }
    }

    /// A purchase order arrives; an entry left behind by expediting only lets its slot go.
    pub(super) fn receive_purchase_order(&mut self, slot: u32) {
        if !self.world.is_small() {
            if self.supply.receipts_fetched == 0 {
                self.fetch_receipts(slot);
            }
            self.supply.receipts_fetched -= 1;
        }
        let PurchaseOrder { warehouse, product, units, number, promise, .. } = self.supply.purchase_orders[slot];
        let arrives = promise == NONE || self.fulfil_promise(slot, promise);
        if arrives {
            self.world.change_cell(warehouse, product, |cell, _| cell.on_order -= units as i32);
            self.receive(warehouse, product, units, Some(number));
            if promise != NONE && self.supply.promises[promise].is_expedited {
                self.note_early_receipt(slot, promise);
            }
        }
        if promise == NONE {
            self.supply.purchase_orders.remove(slot);
        } else if self.supply.promises[promise].is_received && self.supply.promises[promise].entries == 0 {
            self.supply.promises.remove(promise);
            self.supply.purchase_orders.remove(slot);
        }
    }

    /// Prefetches what the next receipts will touch, this one included: first the purchase orders of all of them, then what those refer
    /// to, and so on. All of it was written days ago and has left the cache; misses that are outstanding together overlap.
    #[inline(never)]
    fn fetch_receipts(&mut self, first: u32) {
        let arriving = |event| match event {
            Event::PurchaseOrderArrives { purchase_order } => Some(purchase_order),
            _ => None,
        };
        let (soon, waiting) = (&mut self.scratch.receipts, &mut self.scratch.slots);
        soon.clear();
        soon.push(first);
        soon.extend(self.calendar.soon().filter_map(arriving).take(FETCHED_AHEAD - 1));
        self.supply.receipts_fetched = soon.len() as u32;
        let (supply, world, open) = (&self.supply, &self.world, &self.open);
        for &slot in &*soon {
            supply.purchase_orders.fetch(slot);
        }
        for &slot in &*soon {
            let PurchaseOrder { warehouse, product, promise, .. } = supply.purchase_orders[slot];
            world.fetch_pair(warehouse, product);
            supply.promises.fetch(promise);
            self.observer.expect_more(product);
        }
        waiting.clear();
        waiting.extend(soon.iter().map(|&slot| world.queue(supply.purchase_orders[slot].product).first));
        for _ in 0..WAITING_FETCHED {
            waiting.retain(|&line| line != NONE);
            for &line in &*waiting {
                open.lines.fetch(line);
            }
            for line in &mut *waiting {
                let &Line { order, shorter_waiting, .. } = &open.lines[*line];
                open.orders.fetch(order);
                *line = shorter_waiting;
            }
        }
    }

    /// A calendar entry of a purchase order that may have been expedited has come up; `true` when it arrives now.
    fn fulfil_promise(&mut self, slot: u32, promise: u32) -> bool {
        let state = &mut self.supply.promises[promise];
        state.entries -= 1;
        let arrives = state.arrival == self.now && !state.is_received;
        if arrives {
            state.is_received = true;
            self.leave_open_purchase_orders(slot);
        }
        arrives
    }

    /// A delivery that no policy ordered.
    pub(super) fn receive_scripted(&mut self, row: u32) {
        let receipt = self.model.script.receipts[row as usize];
        self.receive(receipt.warehouse, receipt.product, receipt.units, None);
    }

    #[inline(always)]
    fn receive(&mut self, warehouse: WarehouseId, product: ProductId, units: u32, purchase_order: Option<u32>) {
        self.emit(Occurrence::Receipt { warehouse, product, units, purchase_order });
        self.add_free(warehouse, product, units);
    }

    /// Free stock of a pair with an expeditable purchase order fell: expedites the earliest-promised one if the projected
    /// stock hits zero before the promise and the vendor is not disrupted.
    pub(super) fn expedite_if_needed(&mut self, warehouse: WarehouseId, product: ProductId) {
        let slot = self.earliest_expeditable(warehouse, product);
        let Some(vendor) = self.plan.vendor_of(product) else { return };
        if slot == NONE || !early_replenishment::may_expedite(self.supply.vendors[vendor.index()].is_disrupted) {
            return;
        }
        if let Some(terms) = self.plan.terms_of(vendor)
            && (terms.opens(self.now) > self.now || self.promise_mut(slot).arrival == SimTime::NEVER)
        {
            return; // Nobody is there to be asked, or it has not been dispatched.
        }
        let (Some(offer), Some(sampler)) =
            (&self.model.vendors[vendor.index()].expedite, &self.plan.vendor(vendor).expedited)
        else {
            return;
        };
        let PurchaseOrder { units, number, promise, .. } = self.supply.purchase_orders[slot];
        let Promise { arrival, .. } = *self.promise_mut(slot);
        let cost = offer.cost_per_unit * i64::from(units);
        if !self.decides_to_expedite(vendor, slot, offer, cost) {
            self.watch(warehouse, product);
            return;
        }
        self.promise_mut(slot).is_expedited = true;
        self.watch(warehouse, product);
        self.emit(Occurrence::ReplenishmentExpedited { vendor, warehouse, product, units, number, cost });
        let mut stream =
            self.plan.purchase_order_stream(self.streams.expedited_lead_time, &self.supply.purchase_orders[slot]);
        let expedited = self.now + sampler.draw_span(&mut stream);
        if early_replenishment::arrives_sooner(arrival, expedited) {
            self.expect_arrival(slot, promise, expedited);
        }
    }

    /// What is kept of a purchase order that its vendor may expedite.
    fn promise_mut(&mut self, slot: u32) -> &mut Promise {
        &mut self.supply.promises[self.supply.purchase_orders[slot].promise]
    }

    /// The pair's earliest-promised purchase order not yet expedited; [`NONE`] when there is none.
    #[inline(always)]
    fn earliest_expeditable(&mut self, warehouse: WarehouseId, product: ProductId) -> u32 {
        let mut slot = self.world.cell(warehouse, product).oldest;
        while slot != NONE && self.promise_mut(slot).is_expedited {
            slot = self.promise_mut(slot).younger;
        }
        slot
    }

    /// Keeps with the pair at which free stock its earliest-promised purchase order may have to be expedited, since every
    /// line that takes its stock asks.
    #[inline(always)]
    fn watch(&mut self, warehouse: WarehouseId, product: ProductId) {
        let watch = match self.earliest_expeditable(warehouse, product) {
            NONE => -1,
            slot => {
                let promised = self.promise_mut(slot).promised;
                let forecast_per_day = self.plan.forecast_per_day[self.model.pair(warehouse, product)];
                match self.plan.vendor_of(product).is_some_and(|vendor| self.plan.worth.weighs(vendor)) {
                    true => i32::MAX,
                    false => early_replenishment::most_free_to_expedite(forecast_per_day, promised, self.now),
                }
            }
        };
        self.world.change_cell(warehouse, product, |cell, _| cell.set_watch(watch));
    }

    /// Open purchase orders of a pair whose vendor expedites, earliest-promised first. The lead time's mean is the vendor's, so they
    /// are promised in the order in which they are placed; only one that was open at the start may have a promise of its own.
    #[inline(always)]
    pub(super) fn join_open_purchase_orders(&mut self, slot: u32, purchase_order: &PurchaseOrder) {
        let &PurchaseOrder { warehouse, product, promise, .. } = purchase_order;
        let promised = self.supply.promises[promise].promised;
        let mut last = NONE;
        let mut next = self.world.cell(warehouse, product).oldest;
        while next != NONE && self.promise_mut(next).promised <= promised {
            last = next;
            next = self.promise_mut(last).younger;
        }
        match last {
            NONE => self.world.cell_mut(warehouse, product).oldest = slot,
            _ => self.promise_mut(last).younger = slot,
        }
        self.promise_mut(slot).younger = next;
        self.watch(warehouse, product);
    }

    fn leave_open_purchase_orders(&mut self, slot: u32) {
        let PurchaseOrder { warehouse, product, .. } = self.supply.purchase_orders[slot];
        let younger = self.promise_mut(slot).younger;
        let mut before = self.world.cell(warehouse, product).oldest;
        if before == slot {
            self.world.cell_mut(warehouse, product).oldest = younger;
        } else {
            while self.promise_mut(before).younger != slot {
                before = self.promise_mut(before).younger;
            }
            self.promise_mut(before).younger = younger;
        }
        self.watch(warehouse, product);
    }

    /// Enters the first disruption of every vendor that has them.
    pub(super) fn start_disruptions(&mut self) {
        for vendor in (0..self.model.vendors.len()).map(VendorId::from_index) {
            self.expect_change(vendor);
        }
    }

    /// A disruption begins or ends. At its end the lead times of the purchase orders placed meanwhile begin.
    pub(super) fn change_disruption(&mut self, vendor: VendorId) {
        let state = &mut self.supply.vendors[vendor.index()];
        state.is_down = !state.is_down;
        self.settle_disruption(vendor);
        self.expect_change(vendor);
    }

    /// A vendor may have stopped starting lead times, or may start them again.
    pub(super) fn settle_disruption(&mut self, vendor: VendorId) {
        let state = &mut self.supply.vendors[vendor.index()];
        let is_disrupted = state.is_down || state.is_stopped;
        if std::mem::replace(&mut state.is_disrupted, is_disrupted) == is_disrupted {
            return;
        }
        if is_disrupted {
            self.emit(Occurrence::DisruptionBegan { vendor });
        } else {
            let mut held_back = std::mem::take(&mut state.held_back);
            self.emit(Occurrence::DisruptionEnded { vendor });
            for &slot in &held_back {
                let purchase_order = self.supply.purchase_orders[slot];
                self.start_lead_time(vendor, slot, &purchase_order);
            }
            if self.plan.terms_of(vendor).is_some() {
                self.resume_vendor(vendor);
            }
            held_back.clear();
            self.supply.vendors[vendor.index()].held_back = held_back;
        }
    }

    /// Enters the vendor's next change: the end of the disruption that is on, else the start of the next one.
    fn expect_change(&mut self, vendor: VendorId) {
        let Some((every, lasts)) = &self.plan.vendor(vendor).disruption else { return };
        let state = &mut self.supply.vendors[vendor.index()];
        let mut stream = self.streams.disruption.of_pair(vendor.0.into(), state.changes);
        state.changes += 1;
        let span = if state.is_down { lasts } else { every }.draw_span(&mut stream);
        // Disruptions of length 0 without a gap between them would stop the clock.
        let span = if state.is_down { span } else { span.max(Span(i64::from(state.changes > 1))) };
        self.schedule_before_end(self.now + span, Event::DisruptionChanges(vendor));
    }
}

impl Plan<'_> {
    /// A purchase order's own stream: named by product, number and the warehouse's place in the file, so that neither another
    /// pair's orders nor a warehouse that is added, opened or closed change its draw.
    pub(super) fn purchase_order_stream(&self, family: Family, purchase_order: &PurchaseOrder) -> Stream {
        stream_of(
            family,
            self.listed_at[purchase_order.warehouse.index()],
            purchase_order.product,
            purchase_order.number,
        )
    }
}

impl Plan<'_> {
    /// The stream of a purchase order of several products: named by vendor, warehouse and its number among those of the two. Products
    /// are counted from 0 and vendors from the other end, so that no order of one product has the same.
    fn joint_order_stream(&self, family: Family, vendor: VendorId, warehouse: WarehouseId, number: u32) -> Stream {
        stream_of(family, self.listed_at[warehouse.index()], ProductId(u32::MAX - vendor.0), number)
    }
}

fn stream_of(family: Family, listed_at: u32, product: ProductId, number: u32) -> Stream {
    family.of_pair(u64::from(product.0) << 32 | u64::from(listed_at), number.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn purchase_orders_of_other_products_warehouses_and_numbers_draw_other_lead_times() {
        let first_bits = |product, warehouse, number| {
            stream_of(Family::new(1, 0, Purpose::LeadTime), warehouse, ProductId(product), number).bits()
        };
        let mut seen: Vec<u64> = (0..4)
            .flat_map(|product| {
                (0..4).flat_map(move |warehouse| (1..5).map(move |number| (product, warehouse, number)))
            })
            .map(|(product, warehouse, number)| first_bits(product, warehouse, number))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 4 * 4 * 4);
    }
}
