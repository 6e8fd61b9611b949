//! Parcels: closed at the end of an instant, departed after the warehouse's handling time.

use super::event::Event;
use super::leaving::Closing;
use super::observer::{Observer, Occurrence, ParcelLine, ParcelRef};
use super::open_orders::{Order, Parcel};
use super::pool::NONE;
use super::simulation::Simulation;
use crate::domain::{Lane, SimTime, WarehouseId, ZoneId};
use crate::rules::{free_split, shipment_notice};

impl<'a, O: Observer> Simulation<'a, O> {
    /// Closes a parcel for each order and warehouse of which something was released in this instant: orders by their
    /// first release, an order's parcels by their lowest line, then by the file's order of their warehouses.
    pub(super) fn close_parcels(&mut self) {
        let mut parted = 0;
        for at in 0..self.closing.len() {
            match self.closing[at] {
                Closing::Open(order) => self.close_parcels_of(order),
                Closing::Parting(order) => parted = self.close_parts_of(order, parted),
                Closing::AtOnce(slot) => self.close_at_once(slot),
            }
        }
        self.closing.clear();
        self.parting.clear();
        self.work_at_docks();
    }

    pub(super) fn close_parcels_of(&mut self, order: u32) {
        let first = std::mem::replace(&mut self.open.orders[order].released_now, NONE);
        if self.open.allocations[first].next == NONE {
            let warehouse = self.open.allocations[first].warehouse;
            self.close_parcel(order, warehouse, first);
        } else {
            self.close_parcels_with(order, first);
        }
        self.open.orders[order].is_closing = false;
        self.end_if_over(order);
    }

    /// Closes the parcels of an order of which these allocations were released.
    fn close_parcels_with(&mut self, order: u32, mut slot: u32) {
        let mut released = std::mem::take(&mut self.scratch.released);
        released.clear();
        while slot != NONE {
            released.push(slot);
            slot = self.open.allocations[slot].next;
        }
        released.sort_by_key(|&slot| (self.open.allocations[slot].line, self.open.allocations[slot].warehouse));
        while let Some(&first) = released.first() {
            let warehouse = self.open.allocations[first].warehouse;
            // Chains the parcel's allocations, in line order, and leaves the others for the next parcel.
            let mut last = NONE;
            released.retain(|&slot| {
                let is_in = self.open.allocations[slot].warehouse == warehouse;
                if is_in {
                    self.open.allocations[slot].next = NONE;
                    if last != NONE {
                        self.open.allocations[last].next = slot;
                    }
                    last = slot;
                }
                !is_in
            });
            self.close_parcel(order, warehouse, first);
        }
        self.scratch.released = released;
    }

    #[inline(always)]
    fn close_parcel(&mut self, order: u32, warehouse: WarehouseId, contents: u32) {
        if self.docks.has(warehouse) {
            self.bring_to_dock(order, warehouse, contents);
        } else {
            self.release_parcel(order, warehouse, contents);
        }
    }

    /// The lane by which a parcel leaves a warehouse.
    #[inline(always)]
    pub(super) fn lane_from(&self, warehouse: WarehouseId, zone: ZoneId) -> &'a Lane {
        let leads_from = |lane: &&Lane| lane.warehouse == warehouse;
        let lane = self.roads.lanes[zone.index()].iter().find(leads_from);
        // What was promised before the lane closed still leaves.
        let lane = lane.or_else(|| self.model.zones[zone.index()].lanes.iter().find(leads_from));
        lane.expect("a parcel leaves by a lane")
    }

    /// A parcel of these allocations is made ready to leave.
    #[inline(always)]
    pub(super) fn release_parcel(&mut self, order: u32, warehouse: WarehouseId, contents: u32) {
        let lines = self.contents_of(contents);
        self.release_contents(order, warehouse, &lines, contents);
        self.scratch.contents = lines;
    }

    /// The same of a parcel with these lines, `contents` being [`NONE`] where there are no allocations of them.
    #[inline(always)]
    pub(super) fn release_contents(
        &mut self,
        order_slot: u32,
        warehouse: WarehouseId,
        lines: &[ParcelLine],
        contents: u32,
    ) {
        let order = &mut self.open.orders[order_slot];
        order.parcels += 1;
        order.to_depart += 1;
        let (number, about) = (order.parcels, order.about);
        let lane = self.lane_from(warehouse, about.zone);
        let cost = self.plan.parcel_cost(lane, lines.iter().map(|line| (line.product, line.units)));
        let parcel = Parcel { order: order_slot, number, warehouse, contents, cost, transit: lane.transit };
        let reference = self.describe(&parcel, lines);
        let departs = shipment_notice::sent_at(self.now, self.model.warehouses[warehouse.index()].handling);
        self.emit(Occurrence::ParcelReleased { order: about, parcel: reference, departs });
        if free_split::is_extra(number) {
            let saved = reference.cost;
            self.emit(Occurrence::SplitNotCharged { order: about, parcel: number, warehouse, saved });
        }
        self.note_released(order_slot, lines, departs, lane.transit);
        let is_told_ahead = Self::EMITS_EARLY && departs < self.plan.end;
        if departs == self.now || is_told_ahead {
            self.send(&parcel, lines, departs);
        } else {
            let contents = if contents == NONE { self.list_contents(lines, warehouse) } else { contents };
            let parcel = self.open.parcels.insert(Parcel { contents, ..parcel });
            let lane = self.departures[warehouse.index()];
            self.schedule_in_before_end(lane, departs, Event::ParcelDeparts { parcel });
        }
    }

    /// A released parcel leaves.
    pub(super) fn depart(&mut self, slot: u32) {
        let parcel = self.open.parcels[slot];
        let lines = self.contents_of(parcel.contents);
        self.open.parcels.remove(slot);
        self.send(&parcel, &lines, self.now);
        self.scratch.contents = lines;
        self.end_if_over(parcel.order);
    }

    /// The stock leaves the building, and the customer is told.
    #[inline(always)]
    fn send(&mut self, parcel: &Parcel, lines: &[ParcelLine], departs: SimTime) {
        let about = self.open.orders[parcel.order].about;
        if O::READS_BOOKS {
            for line in lines {
                self.world.change_reserved(parcel.warehouse, line.product, -i64::from(line.units));
            }
        }
        let mut slot = parcel.contents;
        while slot != NONE {
            let next = self.open.allocations[slot].next;
            self.open.allocations.remove(slot);
            slot = next;
        }
        let arrives = departs + parcel.transit;
        let order = &mut self.open.orders[parcel.order];
        order.to_depart -= 1;
        order.departed = order.departed.max(departs);
        order.delivered = order.delivered.max(arrives);
        let reference = self.describe(parcel, lines);
        self.observer.observe(departs, Occurrence::ParcelShipped { order: about, parcel: reference, arrives });
        self.observer.observe(departs, Occurrence::ShipmentNotice { order: about, parcel: parcel.number });
        self.settle_shipped(parcel.order, lines, departs, arrives);
    }

    /// States the end of an order none of whose lines is open and all of whose parcels have left.
    pub(super) fn end_if_over(&mut self, slot: u32) {
        let Order {
            about: order, open, to_depart, is_closing, is_over, parcels, released, departed, delivered, ..
        } = self.open.orders[slot];
        if open > 0 || to_depart > 0 || is_closing || is_over {
            return;
        }
        self.open.orders[slot].is_over = true;
        self.settle_order(slot, self.now.max(departed));
        if parcels > 0 {
            let completed = self.now.max(departed);
            let what = Occurrence::OrderCompleted { order, parcels, released, departed, delivered };
            self.observer.observe(completed, what);
        } else {
            self.emit(Occurrence::OrderCancelled { order });
        }
        self.forget_if_over(slot);
    }

    /// Collects a list of allocations, one entry a line, in the scratch buffer, which the caller gives back.
    #[inline(always)]
    pub(super) fn contents_of(&mut self, first: u32) -> Vec<ParcelLine> {
        let mut lines = std::mem::take(&mut self.scratch.contents);
        lines.clear();
        let mut slot = first;
        while slot != NONE {
            let part = self.open.allocations[slot];
            match lines.last_mut() {
                Some(last) if last.line == part.line => last.units += part.units,
                _ => lines.push(ParcelLine { line: part.line, product: part.product, units: part.units }),
            }
            slot = part.next;
        }
        lines
    }

    fn describe<'b>(&self, parcel: &Parcel, contents: &'b [ParcelLine]) -> ParcelRef<'b> {
        ParcelRef {
            number: parcel.number,
            warehouse: parcel.warehouse,
            contents,
            rule: self.open.orders[parcel.order].rule,
            cost: parcel.cost,
            customer_charge: free_split::customer_charge(parcel.number),
        }
    }
}
