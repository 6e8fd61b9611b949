//! A pair of warehouse and product: the counters that every order line touches.

use crate::domain::{Model, ProductId, WarehouseId};
use crate::policy::replenishment::PairLevels;

/// The position of a pair in dense tables.
#[inline(always)]
pub(super) fn pair(model: &Model, warehouse: WarehouseId, product: ProductId) -> usize {
    product.index() * model.warehouses.len() + warehouse.index()
}

/// One pair of warehouse and product, in 32 bytes.
///
/// On hand = `free` + `reserved`; inventory position = `free` + `on_order` − `waiting`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cell {
    /// Units on hand that nobody was promised.
    pub free: i32,
    /// Units on hand promised to a line and not yet departed.
    pub reserved: i32,
    /// Units ordered and not yet received.
    pub on_order: i32,
    /// Units waiting whose home this is.
    pub waiting: i32,
    trigger: i32,
    lift: i32,
    /// Purchase orders placed so far.
    pub purchase_orders: u32,
    flags: u32,
}

const CARRIED: u32 = 1;
const LEVELLED: u32 = 2;
const TOUCHED: u32 = 4;

impl Cell {
    /// Whether the warehouse carries the product: a level, a stock row or a receipt row.
    #[inline(always)]
    pub const fn is_carried(&self) -> bool {
        self.flags & CARRIED != 0
    }

    pub(super) fn set_carried(&mut self, carried: bool) {
        self.flags |= if carried { CARRIED } else { 0 };
    }

    /// The levels a policy replenishes this pair by.
    #[inline(always)]
    pub const fn levels(&self) -> Option<PairLevels> {
        if self.flags & LEVELLED == 0 {
            return None;
        }
        Some(PairLevels { trigger: self.trigger, lift: self.lift })
    }

    pub(super) fn set_levels(&mut self, levels: Option<PairLevels>) {
        if let Some(levels) = levels {
            self.flags |= LEVELLED;
            (self.trigger, self.lift) = (levels.trigger, levels.lift);
        }
    }

    /// Free stock + on order − waiting units whose home this is.
    #[inline(always)]
    pub const fn inventory_position(&self) -> i32 {
        self.free + self.on_order - self.waiting
    }

    /// Marks the pair for a look at its position at the end of the instant, if that is low enough for an order now;
    /// `true` when it was not marked yet. Whatever lowers the position further will say so again.
    #[inline(always)]
    pub(super) fn touch(&mut self) -> bool {
        let is_new = self.flags & (TOUCHED | LEVELLED) == LEVELLED && self.inventory_position() <= self.trigger;
        self.flags |= if is_new { TOUCHED } else { 0 };
        is_new
    }

    pub(super) fn looked_at(&mut self) {
        self.flags &= !TOUCHED;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_small() {
        assert!(size_of::<Cell>() <= 32, "{} bytes a pair", size_of::<Cell>());
    }

    #[test]
    fn the_position_counts_what_is_on_order() {
        let cell = Cell { free: 2, reserved: 9, on_order: 10, waiting: 3, ..Cell::default() };
        assert_eq!(cell.inventory_position(), 9);
    }
}
