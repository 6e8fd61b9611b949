//! An order that leaves at once, reported as a whole to an [observer that accepts it so](Observer::takes_whole).
//!
//! Such an order changes nothing but free stock, so nothing of it has to be remembered, no departure has to be entered in the
//! calendar, and how many lines it has does not matter. This is the way of nearly all orders of a run that is neither traced nor
//! audited; [`at_once`](super::at_once) decides which those are, and sends the others on their way step by step.

use crate::domain::{Lane, OrderedLine, SimTime, WarehouseId};
use crate::engine::observer::{AtOnceParcel, LeftAtOnce, Observer, OrderRef};
use crate::engine::simulation::Simulation;
use crate::rules::shipment_notice;

impl<'a, O: Observer> Simulation<'a, O> {
    /// Sends all lines of the order at hand on their way from one warehouse, if the observer takes it as a whole; `false`:
    /// nothing has been done.
    #[inline(always)]
    pub(in crate::engine) fn leave_whole(&mut self, order: OrderRef, lane: &Lane) -> bool {
        let Some(departs) = self.departs_as_a_whole(lane.warehouse) else { return false };
        let cost = lane.parcel_cost + self.arrivals.weight_cost();
        let parcel = AtOnceParcel { warehouse: lane.warehouse, cost, departs, arrives: departs + lane.transit };
        let needs_a_look = self.take_all(|_| lane.warehouse);
        let lines = self.arrivals.lines();
        self.observer.left_at_once(LeftAtOnce { order, lines, parcels: &[parcel], parcel_of: &[] });
        if needs_a_look {
            self.look_at_all(|_| lane.warehouse);
        }
        true
    }

    /// The same from the warehouses that `choice` gives each line, one parcel a warehouse, by their lowest line.
    pub(in crate::engine) fn leave_whole_in_parcels(
        &mut self,
        order: OrderRef,
        lanes: &[Lane],
        choice: &[Option<usize>],
    ) -> bool {
        let lane_of = |index: usize| &lanes[choice[index].expect("every line is served")];
        self.scratch.at_once.clear();
        self.scratch.parcel_of.clear();
        self.scratch.weights.clear();
        for index in 0..choice.len() {
            let lane = lane_of(index);
            // Of the few parcels all are looked at: which one it is nobody can foresee.
            let found = |begun, (at, parcel): (usize, &AtOnceParcel)| {
                if parcel.warehouse == lane.warehouse { Some(at) } else { begun }
            };
            let begun = self.scratch.at_once.iter().enumerate().fold(None, found);
            let parcel = match begun {
                Some(begun) => begun,
                None => {
                    let Some(departs) = self.departs_as_a_whole(lane.warehouse) else { return false };
                    let (warehouse, cost, arrives) = (lane.warehouse, lane.parcel_cost, departs + lane.transit);
                    self.scratch.at_once.push(AtOnceParcel { warehouse, cost, departs, arrives });
                    self.scratch.weights.push(0.0);
                    self.scratch.at_once.len() - 1
                }
            };
            self.scratch.parcel_of.push(parcel as u32);
            let OrderedLine { product, units } = self.arrivals.lines()[index];
            if self.plan.weight_costs_something() {
                self.scratch.weights[parcel] += self.plan.weight_of(product, units);
            }
        }
        if self.plan.weight_costs_something() {
            for (parcel, &weight) in self.scratch.at_once.iter_mut().zip(&self.scratch.weights) {
                parcel.cost += self.plan.cost_of_weight(weight);
            }
        }
        let needs_a_look = self.take_all(|index| lane_of(index).warehouse);
        let (lines, parcels) = (self.arrivals.lines(), &self.scratch.at_once);
        self.observer.left_at_once(LeftAtOnce { order, lines, parcels, parcel_of: &self.scratch.parcel_of });
        if needs_a_look {
            self.look_at_all(|index| lane_of(index).warehouse);
        }
        true
    }

    /// When a parcel that is made ready now departs, if that is before the end and the observer takes the order as a whole.
    #[inline(always)]
    fn departs_as_a_whole(&mut self, warehouse: WarehouseId) -> Option<SimTime> {
        let departs = shipment_notice::sent_at(self.now, self.model.warehouses[warehouse.index()].handling);
        (!O::READS_BOOKS && departs < self.plan.end && self.observer.takes_whole(self.now, departs)).then_some(departs)
    }

    /// Takes every line off a shelf; `true` when one of them asks for a look. Its cold half is fetched at once: the order is told
    /// before the look.
    #[inline(always)]
    fn take_all(&mut self, warehouse_of: impl Fn(usize) -> WarehouseId) -> bool {
        let mut needs_a_look = false;
        for (index, line) in self.arrivals.lines().iter().enumerate() {
            let warehouse = warehouse_of(index);
            if self.world.take_off_the_shelf(warehouse, line.product, line.units) {
                self.world.fetch_cell(self.model.pair(warehouse, line.product));
                needs_a_look = true;
            }
        }
        needs_a_look
    }

    /// Examines the cold half of every pair from which a line was taken and that needs it.
    #[inline(always)]
    pub(in crate::engine) fn look_at_all(&mut self, warehouse_of: impl Fn(usize) -> WarehouseId) {
        for index in 0..self.arrivals.lines().len() {
            let OrderedLine { product, .. } = self.arrivals.lines()[index];
            let warehouse = warehouse_of(index);
            if self.world.shelf(warehouse, product).needs_a_look() {
                self.look_at(warehouse, product);
            }
        }
    }
}
