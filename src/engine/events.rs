//! Events of the scenario: a vendor slows down or stops, a warehouse shuts, a lane closes or costs more, and all of it ends again.
//!
//! What they make of demand is drawn with the [orders](super::surge); which lanes they leave is known [ahead](super::roads). A shut
//! warehouse takes on nothing new: what is free on its shelves is put aside and cannot be promised, what arrives joins it, and
//! nothing is ordered for it. What was promised before still leaves, and who waited there waits at another warehouse.

use super::observer::{Observer, Occurrence};
use super::open_orders::Line;
use super::pool::NONE;
use super::simulation::Simulation;
use super::timeline::Change;
use crate::domain::{Effect, ProductId, WarehouseId};

impl<O: Observer> Simulation<'_, O> {
    /// An event begins or ends.
    pub(super) fn change_event(&mut self, number: u32) {
        let Change { event, begins, .. } = self.shocks.changes[number as usize];
        self.events_on[event as usize] = begins;
        self.emit(if begins { Occurrence::EventBegan { event } } else { Occurrence::EventEnded { event } });
        self.roads.turn_to(self.model, self.shocks.roads.after(number as usize));
        self.arrivals.renew_shelves(&self.roads.nearest);
        let effect = &self.model.events[event as usize].effect;
        match *effect {
            Effect::LeadTime { vendor, .. } => {
                let factor = self.effects_on().map(|effect| match *effect {
                    Effect::LeadTime { vendor: of, factor } if of == vendor => factor,
                    _ => 1.0,
                });
                let (factor, mean) = (factor.product(), self.plan.vendor(vendor).mean_lead_time);
                self.supply.vendors[vendor.index()].slow_down(factor, mean);
            }
            Effect::Stopped { vendor } => {
                let stops = |effect: &Effect| matches!(*effect, Effect::Stopped { vendor: of } if of == vendor);
                let is_stopped = self.effects_on().any(stops);
                self.supply.vendors[vendor.index()].is_stopped = is_stopped;
                self.settle_disruption(vendor);
            }
            Effect::Shut { warehouse } => {
                let shuts = |effect: &Effect| matches!(*effect, Effect::Shut { warehouse: at } if at == warehouse);
                let is_shut = self.effects_on().any(shuts);
                match (is_shut, self.world.is_shut(warehouse)) {
                    (true, false) => self.shut(warehouse),
                    (false, true) => self.reopen(warehouse),
                    _ => {}
                }
            }
            Effect::Demand { .. }
            | Effect::LaneClosed { .. }
            | Effect::ParcelCost { .. }
            | Effect::UnitCost { .. }
            | Effect::Price { .. } => {}
        }
        if effect.changes_lanes() {
            if begins {
                self.move_homes();
            } else {
                self.offer_stock();
            }
        }
    }

    /// Lines that wait at a home from which nothing is sent to their customers any more wait at the next one from now on: the first
    /// warehouse in preference order that carries the product and may serve them. What it takes is ordered there. They stay there when
    /// the old home opens again, as what was ordered for them is on its way. Where there is no other, or the order is to leave one
    /// warehouse, they wait for the old home.
    fn move_homes(&mut self) {
        for product in (0..self.model.products.len()).map(ProductId::from_index) {
            let mut line = self.world.queue(product).first;
            while line != NONE {
                let Line { order, home, shorter_waiting, .. } = self.open.lines[line];
                let order = &self.open.orders[order];
                let lanes = self.roads.lanes[order.about.zone.index()];
                if let (Some(home), None) = (home, order.assigned)
                    && lanes.iter().all(|lane| lane.warehouse != home)
                    && let Some(next) = self.plan.assortment.first_carrier(self.model, lanes, product)
                {
                    self.wait_at(line, next);
                }
                line = shorter_waiting;
            }
        }
    }

    /// What the events change that are on.
    fn effects_on(&self) -> impl Iterator<Item = &Effect> {
        self.model.events.iter().zip(&self.events_on).filter(|&(_, &is_on)| is_on).map(|(event, _)| &event.effect)
    }

    /// Puts aside what is free in a warehouse.
    fn shut(&mut self, warehouse: WarehouseId) {
        self.world.set_shut(warehouse, true);
        for product in (0..self.model.products.len()).map(ProductId::from_index) {
            self.world.change_cell(warehouse, product, |cell, _| cell.set_levels(None));
            if self.world.put_all_aside(warehouse, product) {
                self.emit(Occurrence::ShelfEmptied { warehouse, product });
                if !self.world.is_in_stock(product) {
                    self.turn(product);
                    self.start_product_clock(product);
                }
            }
        }
    }

    /// What was put aside is free again, and positions are looked at.
    fn reopen(&mut self, warehouse: WarehouseId) {
        self.world.set_shut(warehouse, false);
        for product in (0..self.model.products.len()).map(ProductId::from_index) {
            let is_continuous = self.plan.is_reviewed_continuously();
            let levels = self.levels_now(warehouse, product).filter(|_| is_continuous);
            self.world.change_cell(warehouse, product, |cell, _| cell.set_levels(levels));
            let units = self.world.take_back(warehouse, product);
            if units > 0 {
                self.add_free(warehouse, product, units);
            }
            self.touch(warehouse, product);
        }
    }
}
