//! Purchase orders of several products: what a warehouse wants of a vendor is collected, and placed as one order with a line each.
//!
//! A product that wants something is noted with its warehouse and vendor. When the vendor's collecting time is over (at once, where
//! there is none), every noted product is asked again how much it wants at its position then, others join by their can-order levels,
//! and the order is held against the vendor's minimum. A line is to stock what a purchase order of one product is: it counts as on
//! order, is numbered within its pair, is expedited and received by itself. The lines of an order share one draw of the lead time,
//! named by the vendor, the warehouse and the order's number.

use super::buying::{JointLine, Stage};
use super::event::Event;
use super::observer::{Observer, Occurrence};
use super::simulation::Simulation;
use crate::domain::{BelowMinimum, OrderMinimum, ProductId, Span, VendorId, WarehouseId};
use crate::policy::replenishment::joint::{Candidate, fill_up, units_that_join};

impl<O: Observer> Simulation<'_, O> {
    /// A product wants something of a vendor that takes several products an order.
    pub(super) fn want(&mut self, vendor: VendorId, warehouse: WarehouseId, product: ProductId) {
        let list = vendor.index() * self.model.warehouses.len() + warehouse.index();
        let joint = &mut self.supply.joint;
        let collecting = &mut joint.lists[list];
        if !std::mem::replace(&mut joint.is_listed[self.model.pair(warehouse, product)], true) {
            collecting.products.push(product);
        }
        let stage = std::mem::replace(&mut collecting.stage, Stage::Due);
        let time = match stage {
            Stage::Due => return,
            Stage::Idle => self.model.vendors[vendor.index()].consolidate.unwrap_or(Span::ZERO),
            Stage::BelowMinimum => Span::ZERO,
        };
        if time == Span::ZERO {
            joint.due.push(list as u32);
        } else {
            self.schedule_before_end(self.now + time, Event::OrderIsPlaced { list: list as u32 });
        }
    }

    /// Places the orders for which all positions have been looked at that are looked at in this instant.
    #[inline]
    pub(super) fn place_what_is_due(&mut self) {
        if self.supply.joint.due.is_empty() {
            return;
        }
        let mut due = std::mem::take(&mut self.supply.joint.due);
        for list in due.drain(..) {
            self.place_joint_order(list);
        }
        self.supply.joint.due = due;
    }

    /// Makes up a purchase order of what a list holds, and places it unless it has to wait for its minimum.
    pub(super) fn place_joint_order(&mut self, list: u32) {
        let warehouses = self.model.warehouses.len();
        let (vendor, warehouse) =
            (VendorId::from_index(list as usize / warehouses), WarehouseId::from_index(list as usize % warehouses));
        let Some(settings) = &self.model.replenishment else { return };
        let collecting = &mut self.supply.joint.lists[list as usize];
        collecting.stage = Stage::Idle;
        let mut products = std::mem::take(&mut collecting.products);
        let mut lines = std::mem::take(&mut self.supply.joint.lines);
        lines.clear();
        for product in products.drain(..) {
            self.supply.joint.is_listed[self.model.pair(warehouse, product)] = false;
            let levels = self.levels_now(warehouse, product).filter(|_| !self.world.is_shut(warehouse));
            let position = self.world.inventory_position(warehouse, product);
            let wanted = levels.map_or(0, |levels| levels.units_to_order(settings.policy, position));
            if wanted > 0 {
                lines.push(self.line_of(vendor, product, wanted));
            }
        }
        self.supply.joint.lists[list as usize].products = products;
        if !lines.is_empty() {
            let terms = &self.model.vendors[vendor.index()];
            let missed = |lines: &[JointLine]| terms.order_minimum.filter(|&minimum| self.is_below(minimum, lines));
            if terms.below_minimum == BelowMinimum::Wait && missed(&lines).is_some() {
                self.keep_for_later(vendor, warehouse, list, &lines);
            } else {
                self.let_others_join(vendor, warehouse, &mut lines);
                if let Some(minimum) = missed(&lines) {
                    self.fill_up_order(vendor, warehouse, minimum, &mut lines);
                }
                lines.sort_unstable_by_key(|line| line.product);
                self.place_lines(vendor, warehouse, list, &lines);
            }
        }
        self.supply.joint.lines = lines;
    }

    fn line_of(&self, vendor: VendorId, product: ProductId, wanted: u32) -> JointLine {
        let units = self.plan.as_sold(wanted, product, &self.model.vendors[vendor.index()]);
        JointLine { product, units: units.into() }
    }

    /// Products of the vendor at or below their can-order levels.
    fn let_others_join(&self, vendor: VendorId, warehouse: WarehouseId, lines: &mut Vec<JointLine>) {
        let Some(settings) = &self.model.replenishment else { return };
        let Some(share) = settings.can_order else { return };
        let wanted = lines.len();
        for &product in &self.plan.joint.products[vendor.index()] {
            let Some(levels) = self.levels_now(warehouse, product) else { continue };
            let position = self.world.inventory_position(warehouse, product);
            let units = units_that_join(settings.policy, levels, share, position);
            if units > 0 && lines[..wanted].iter().all(|line| line.product != product) {
                lines.push(self.line_of(vendor, product, units));
            }
        }
    }

    /// Whether an order does not come to a minimum.
    fn is_below(&self, minimum: OrderMinimum, lines: &[JointLine]) -> bool {
        self.amount(minimum, lines) < minimum.amount().into()
    }

    /// What lines come to, in the units or cents of a minimum.
    fn amount(&self, minimum: OrderMinimum, lines: &[JointLine]) -> i128 {
        let worth = |product: ProductId| minimum.worth(self.model.products[product.index()].unit_cost);
        lines.iter().map(|line| i128::from(line.units) * i128::from(worth(line.product))).sum()
    }

    /// Fills an order up to its minimum, with any of the vendor's products that the warehouse replenishes.
    fn fill_up_order(
        &mut self,
        vendor: VendorId,
        warehouse: WarehouseId,
        minimum: OrderMinimum,
        lines: &mut Vec<JointLine>,
    ) {
        let mut candidates = std::mem::take(&mut self.supply.joint.candidates);
        candidates.clear();
        let terms = &self.model.vendors[vendor.index()];
        for &product in &self.plan.joint.products[vendor.index()] {
            if self.levels_now(warehouse, product).is_some() {
                candidates.push(Candidate {
                    product,
                    position: self.world.inventory_position(warehouse, product),
                    per_day: self.plan.forecast_per_day[self.model.pair(warehouse, product)],
                    terms: self.model.order_terms(product, terms),
                    worth: minimum.worth(self.model.products[product.index()].unit_cost),
                    units: lines.iter().find(|line| line.product == product).map_or(0, |line| line.units),
                });
            }
        }
        fill_up(&mut candidates, minimum.amount());
        lines.clear();
        let ordered = candidates.iter().filter(|candidate| candidate.units > 0);
        lines.extend(ordered.map(|&Candidate { product, units, .. }| JointLine { product, units }));
        self.supply.joint.candidates = candidates;
    }

    /// An order below its minimum waits: its products stay noted.
    fn keep_for_later(&mut self, vendor: VendorId, warehouse: WarehouseId, list: u32, lines: &[JointLine]) {
        let joint = &mut self.supply.joint;
        let collecting = &mut joint.lists[list as usize];
        collecting.stage = Stage::BelowMinimum;
        for line in lines {
            joint.is_listed[self.model.pair(warehouse, line.product)] = true;
            collecting.products.push(line.product);
        }
        let Some(minimum) = self.model.vendors[vendor.index()].order_minimum else { return };
        let wanted = i64::try_from(self.amount(minimum, lines)).unwrap_or(i64::MAX);
        for &JointLine { product, .. } in lines {
            let minimum = minimum.amount();
            self.emit(Occurrence::OrderBelowMinimum { vendor, warehouse, product, wanted, minimum });
        }
    }

    fn place_lines(&mut self, vendor: VendorId, warehouse: WarehouseId, list: u32, lines: &[JointLine]) {
        let terms = &self.model.vendors[vendor.index()];
        let collecting = &mut self.supply.joint.lists[list as usize];
        collecting.placed += 1;
        let number = collecting.placed;
        let units = lines.iter().map(|line| line.units).sum();
        let (count, cost) = (lines.len() as u32, terms.order_cost);
        self.emit(Occurrence::PurchaseOrderPlaced { vendor, warehouse, number, lines: count, units, cost });
        for line in lines {
            // More than can be counted is more than a pair may have on order, which is where the replication then ends.
            let units = u32::try_from(line.units).unwrap_or(u32::MAX);
            let line_cost = self.plan.line_cost(line.product, terms);
            self.order_line(vendor, warehouse, line.product, units, line_cost, number);
        }
    }
}
