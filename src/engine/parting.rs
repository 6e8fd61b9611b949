//! What leaves in the very second in which its order is placed, while another line of the order waits.
//!
//! Nothing of such a line will ever be asked for again: it cannot be cancelled, swapped or called about. So it becomes no line among the
//! [open orders](super::open_orders) and no allocation, but stands in a list that is empty again when the instant is over and its parcels
//! are closed. Only where parcels have to be found again line by line, because they wait at a dock or dates are promised, is it
//! remembered as what waits is.

use super::leaving::{Closing, Part};
use super::observer::{Observer, OrderRef, ParcelLine};
use super::open_orders::Allocation;
use super::pool::NONE;
use super::simulation::Simulation;
use crate::domain::{Mode, WarehouseId};
use crate::rules::multi_warehouse;

impl<O: Observer> Simulation<'_, O> {
    /// Whether what is available of an order that is placed now parts from it and is not remembered.
    #[inline(always)]
    pub(super) fn parts_at_once(&self, mode: Mode) -> bool {
        mode != Mode::Held && self.docks.are_none() && self.promises.is_none()
    }

    /// Units of a line are taken off the shelf and will leave when the instant ends.
    #[inline(always)]
    pub(super) fn let_part(&mut self, slot: u32, order: OrderRef, line: ParcelLine, warehouse: WarehouseId) {
        self.parting.push(Part { order: slot, warehouse, line });
        self.take_off_the_shelf(order, line.line, line.product, warehouse, line.units);
    }

    /// All lines of an order have been added: what parts of it leaves when the instant ends.
    #[inline(always)]
    pub(super) fn close_parts_later(&mut self, slot: u32) {
        if self.parting.last().is_some_and(|part| part.order == slot) {
            let order = &mut self.open.orders[slot];
            (order.released, order.is_closing) = (self.now, true);
            self.closing.push(Closing::Parting(slot));
        }
    }

    /// Closes the parcels of what parts from an order, which begins at `first` in the list; where that of the next order begins.
    #[inline(always)]
    pub(super) fn close_parts_of(&mut self, slot: u32, first: usize) -> usize {
        let mut parting = std::mem::take(&mut self.parting);
        let end = first + parting[first..].iter().take_while(|part| part.order == slot).count();
        let parts = &mut parting[first..end];
        if self.open.orders[slot].released_now != NONE {
            self.join_later_parts(slot, parts);
        } else {
            if multi_warehouse::divides_lines(self.model.rules.split.granularity) {
                parts.sort_unstable_by_key(|part| (part.line.line, part.warehouse));
            }
            self.close_parcels_of_parts(slot, parts);
        }
        self.parting = parting;
        end
    }

    /// A parcel for each warehouse, by their lowest line.
    #[inline(always)]
    fn close_parcels_of_parts(&mut self, slot: u32, parts: &[Part]) {
        let mut contents = std::mem::take(&mut self.scratch.contents);
        for (at, &Part { warehouse, .. }) in parts.iter().enumerate() {
            if parts[..at].iter().any(|earlier| earlier.warehouse == warehouse) {
                continue;
            }
            contents.clear();
            contents.extend(parts[at..].iter().filter(|part| part.warehouse == warehouse).map(|part| part.line));
            self.release_contents(slot, warehouse, &contents, NONE);
        }
        self.scratch.contents = contents;
        self.open.orders[slot].is_closing = false;
        self.end_if_over(slot);
    }

    /// More of the order was released in the same instant, and shares its parcels.
    #[cold]
    fn join_later_parts(&mut self, slot: u32, parts: &[Part]) {
        for &Part { warehouse, line: ParcelLine { line, product, units }, .. } in parts {
            let next = self.open.orders[slot].released_now;
            let allocation = Allocation { line, product, warehouse, units, next };
            self.open.orders[slot].released_now = self.open.allocations.insert(allocation);
        }
        self.close_parcels_of(slot);
    }

    /// Allocations of a parcel's lines, for one that has to be remembered until it departs.
    pub(super) fn list_contents(&mut self, lines: &[ParcelLine], warehouse: WarehouseId) -> u32 {
        lines.iter().rev().fold(NONE, |next, &ParcelLine { line, product, units }| {
            self.open.allocations.insert(Allocation { line, product, warehouse, units, next })
        })
    }
}
