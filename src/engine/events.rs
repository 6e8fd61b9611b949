//! Events of the scenario: a vendor slows down or stops, a warehouse shuts, a lane closes or costs more, and all of it ends again.
//!
//! What they make of demand is drawn with the [orders](super::surge); which lanes they leave is known [ahead](super::roads). A shut
//! warehouse takes on nothing new: what is free on its shelves is put aside and cannot be promised, what arrives joins it, and
//! nothing is ordered for it. What was promised before still leaves.

use super::observer::{Observer, Occurrence};
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
                self.supply.vendors[vendor.index()].lead_time_factor = factor.product();
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
        if effect.changes_lanes() && !begins {
            self.offer_stock();
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
            let levels = self.plan.continuous_levels(self.model.pair(warehouse, product));
            self.world.change_cell(warehouse, product, |cell, _| cell.set_levels(levels));
            let units = self.world.take_back(warehouse, product);
            if units > 0 {
                self.add_free(warehouse, product, units);
            }
            self.touch(warehouse, product);
        }
    }
}
