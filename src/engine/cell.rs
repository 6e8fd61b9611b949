//! A pair of warehouse and product: a hot half that every order line touches, and a cold half for what is rare.

use super::limit::MAX_UNITS;
use super::pool::NONE;
use crate::policy::replenishment::PairLevels;

/// The hot half of a pair: 8 bytes, aligned, so that a product's shelves in eight warehouses fill exactly one cache line.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(8))]
pub struct Shelf {
    /// Units on hand that nobody was promised.
    pub free: i32,
    /// When free stock falls to this level or below, the cold half must be examined: the shelf is empty, the inventory position
    /// may have reached the reorder point, or a purchase order may have to be expedited.
    pub attention: i32,
}

impl Shelf {
    /// Whether the cold half has to be examined.
    #[inline(always)]
    pub const fn needs_a_look(&self) -> bool {
        self.free <= self.attention
    }

    /// Adds free units; `false` where that would exceed [`MAX_UNITS`]: nothing is added then.
    #[inline(always)]
    pub(super) const fn add(&mut self, units: u32) -> bool {
        let free = self.free as i64 + units as i64;
        let is_counted = free <= MAX_UNITS;
        if is_counted {
            self.free = free as i32;
        }
        is_counted
    }

    /// Whether it covers the units of a line whole, and need not be looked at afterwards: attention is never below 0, and a line has
    /// fewer than 2³⁰ units.
    #[inline(always)]
    pub const fn has_more_than_attention_after(&self, units: u32) -> bool {
        self.free - units as i32 > self.attention
    }
}

/// The cold half of a pair, in half a cache line that is never split between two.
///
/// Inventory position = free + `on_order` − `waiting`.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub struct Cell {
    /// Units ordered and not yet received.
    pub on_order: i32,
    /// Units waiting whose home this is.
    pub waiting: i32,
    /// The levels that the pair is ordered by as soon as its position falls to the trigger, which is `i32::MIN` for never.
    levels: PairLevels,
    /// The free stock at or below which the earliest-promised purchase order may have to be expedited; -1 where there is
    /// nothing to expedite.
    watch: i32,
    /// The oldest open purchase order, where the vendor expedites: a list through the promises; [`NONE`] when there is none.
    pub oldest: u32,
    /// Purchase orders placed so far.
    pub purchase_orders: u32,
    /// Whether it is marked for a review of its position at the end of the instant.
    is_touched: bool,
}

impl Cell {
    /// A pair in which nothing has happened yet.
    pub(super) fn new(levels: Option<PairLevels>) -> Self {
        let levels = levels.unwrap_or(PairLevels::NONE);
        Self { on_order: 0, waiting: 0, levels, watch: -1, oldest: NONE, purchase_orders: 0, is_touched: false }
    }

    /// The levels that it is ordered by as soon as its position falls; `None` where positions are reviewed periodically.
    #[inline(always)]
    pub(super) fn levels(&self) -> Option<PairLevels> {
        (self.levels != PairLevels::NONE).then_some(self.levels)
    }

    /// Sets the levels that it is ordered by as soon as its position falls.
    pub(super) fn set_levels(&mut self, levels: Option<PairLevels>) {
        self.levels = levels.unwrap_or(PairLevels::NONE);
    }

    /// Free stock + on order − waiting units whose home this is. A position beyond 32 bits, which is above any level, is as good as
    /// the largest there is.
    #[inline(always)]
    pub const fn inventory_position(&self, free: i32) -> i32 {
        let position = free as i64 + self.on_order as i64 - self.waiting as i64;
        if position > i32::MAX as i64 { i32::MAX } else { position as i32 }
    }

    /// Adds units to those on order; `false` where that would exceed [`MAX_UNITS`]: nothing is added then.
    #[inline(always)]
    pub(super) const fn add_on_order(&mut self, units: u32) -> bool {
        let on_order = self.on_order as i64 + units as i64;
        let is_counted = on_order <= MAX_UNITS;
        if is_counted {
            self.on_order = on_order as i32;
        }
        is_counted
    }

    /// Changes the units that wait; `false` where that would exceed [`MAX_UNITS`]: nothing changes then.
    #[inline(always)]
    pub(super) const fn change_waiting(&mut self, change: i64) -> bool {
        let waiting = self.waiting as i64 + change;
        let is_counted = waiting <= MAX_UNITS;
        if is_counted {
            self.waiting = waiting as i32;
        }
        is_counted
    }

    /// The free stock at or below which the cold half must be examined.
    #[inline(always)]
    pub(super) fn attention(&self) -> i32 {
        let at_trigger = i64::from(self.levels.trigger) - i64::from(self.on_order) + i64::from(self.waiting);
        at_trigger.max(self.watch.into()).clamp(0, i32::MAX.into()) as i32
    }

    /// Whether the position is so low that the pair is to be ordered for.
    #[inline(always)]
    pub(super) const fn is_low(&self, free: i32) -> bool {
        self.levels.trigger > i32::MIN && self.inventory_position(free) <= self.levels.trigger
    }

    /// Marks the pair for a review of its position at the end of the instant; `true` when it was not marked yet.
    #[inline(always)]
    pub(super) fn touch(&mut self) -> bool {
        !std::mem::replace(&mut self.is_touched, true)
    }

    pub(super) fn looked_at(&mut self) {
        self.is_touched = false;
    }

    /// Whether a purchase order may have to be expedited at this free stock.
    #[inline(always)]
    pub(super) const fn is_watched(&self, free: i32) -> bool {
        free <= self.watch
    }

    /// Sets the free stock at or below which one may have to be expedited; -1 for none.
    pub(super) fn set_watch(&mut self, watch: i32) {
        self.watch = watch;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_stays_small() {
        assert!(size_of::<Shelf>() <= 8, "{} bytes of the hot half", size_of::<Shelf>());
        assert!(size_of::<Cell>() <= 32, "{} bytes of the cold half", size_of::<Cell>());
    }

    #[test]
    fn the_position_counts_what_is_on_order() {
        let cell = Cell { on_order: 10, waiting: 3, ..Cell::new(None) };
        assert_eq!(cell.inventory_position(2), 9);
    }

    #[test]
    fn a_pair_needs_a_look_when_its_position_is_at_the_trigger_or_its_shelf_is_empty() {
        let levels = |trigger: i32| PairLevels { trigger, lift: trigger + 1 };
        let pair = |trigger: Option<i32>| Cell { on_order: 10, waiting: 3, ..Cell::new(trigger.map(levels)) };
        // Free 13 is a position of 20.
        let mut cell = pair(Some(20));
        assert_eq!((cell.attention(), cell.is_low(13), cell.is_low(14)), (13, true, false));
        assert_eq!((pair(Some(2)).attention(), pair(None).attention()), (0, 0));
        assert!(!pair(None).is_low(0));
        cell.set_watch(40);
        assert_eq!((cell.attention(), cell.is_watched(40), cell.is_watched(41)), (40, true, false));
    }
}
