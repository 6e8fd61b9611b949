//! A held order that is about to leave is sourced anew, if that makes fewer parcels.

use super::anew::Anew;
use super::observer::{Observer, Occurrence};
use super::open_orders::{Allocation, Line, Order};
use super::pool::NONE;
use super::simulation::Simulation;
use crate::domain::{Lane, Mode, OrderedLine, ProductId, WarehouseId};
use crate::policy::sourcing::{Request, Take};
use crate::rules::multi_warehouse;

impl<O: Observer> Simulation<'_, O> {
    /// All that is left of an order is covered. If it can leave in fewer parcels, its reservations move. It is looked at as if it gave
    /// back all it has and came now: units that are withheld from its customer stay on the shelf.
    #[inline]
    pub(super) fn source_anew(&mut self, order: u32) {
        if self.model.sourcing.reevaluate {
            self.source_held_order_anew(order);
        }
    }

    #[inline(never)]
    fn source_held_order_anew(&mut self, order: u32) {
        let Order { about, mode, assigned, first_line, .. } = self.open.orders[order];
        if mode != Mode::Held || assigned.is_some() {
            return;
        }
        let mut anew = std::mem::take(&mut self.anew);
        self.note_reservations(first_line, &mut anew);
        let parcels = anew.count_warehouses();
        if parcels > 1 {
            let (world, lines, reserved) = (&self.world, &anew.lines, &anew.reserved);
            let (lanes, withheld) = (self.lanes_of(order), self.plan.withheld_from(about.class));
            let free = |warehouse: WarehouseId, product: ProductId| {
                let is_own =
                    |&&(line, at, _): &&(usize, WarehouseId, u32)| at == warehouse && lines[line].product == product;
                let own: i32 = reserved.iter().filter(is_own).map(|&(_, _, units)| units as i32).sum();
                multi_warehouse::free_to_take(world.free(warehouse, product).saturating_add(own), withheld)
            };
            let request = Request { lanes, lines, free };
            let by_unit = multi_warehouse::divides_lines(self.model.rules.split.granularity);
            if let Some(fewer) = anew.reevaluation.serve_in_fewer(&request, by_unit, parcels, &mut anew.takes) {
                let (from, to) = (parcels as u32, fewer as u32);
                self.emit(Occurrence::OrderSourcedAnew { order: about, from, to });
                self.move_reservations(lanes, &anew);
                anew.has_moved = true;
            }
        }
        self.anew = anew;
    }

    /// Notes the lines of an order that have anything reserved, and what that is.
    fn note_reservations(&self, first_line: u32, anew: &mut Anew) {
        anew.lines.clear();
        anew.slots.clear();
        anew.reserved.clear();
        let mut slot = first_line;
        while slot != NONE {
            let Line { product, reserved, next_in_order, .. } = self.open.lines[slot];
            let (index, mut units_of_line, mut part) = (anew.lines.len(), 0, reserved);
            while part != NONE {
                let Allocation { warehouse, units, next, .. } = self.open.allocations[part];
                anew.reserved.push((index, warehouse, units));
                units_of_line += units;
                part = next;
            }
            if units_of_line > 0 {
                anew.lines.push(OrderedLine { product, units: units_of_line });
                anew.slots.push(slot);
            }
            slot = next_in_order;
        }
    }

    /// Lines that other warehouses are to serve give back what they have, all of them; then each takes it there.
    fn move_reservations(&mut self, lanes: &[Lane], anew: &Anew) {
        let is_moved = |index: usize| {
            let has = |take: &Take| {
                let here =
                    anew.reserved.iter().filter(|&&(line, at, _)| (line, at) == (index, lanes[take.rank].warehouse));
                here.map(|&(_, _, units)| units).sum::<u32>()
            };
            // What a line takes adds up to what it has, so that a difference shows in what it takes.
            anew.takes.iter().any(|take| take.index == index && take.units != has(take))
        };
        for (_, &slot) in anew.slots.iter().enumerate().filter(|&(index, _)| is_moved(index)) {
            self.free_reserved(slot);
        }
        for take in anew.takes.iter().filter(|take| is_moved(take.index)) {
            self.reserve(anew.slots[take.index], lanes[take.rank].warehouse, take.units);
        }
    }
}
