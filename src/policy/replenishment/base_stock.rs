//! `base-stock`: whenever the inventory position is below the order-up-to level, order the difference.

use super::policy::{PairLevels, Policy};
use super::target::Aim;
use crate::domain::Levels;

/// The base-stock policy; its levels are triggered one unit below the order-up-to level.
///
/// ```
/// use backorder::policy::replenishment::{BaseStock, PairLevels, Policy};
/// let levels = PairLevels { trigger: 4, lift: 5 };
/// assert_eq!([5, 4].map(|position| BaseStock::units(position, levels)), [0, 1]);
/// ```
pub struct BaseStock;

impl Policy for BaseStock {
    fn levels(given: Levels) -> Option<PairLevels> {
        let order_up_to = given.order_up_to?;
        Some(PairLevels { trigger: order_up_to - 1, lift: order_up_to })
    }

    #[inline]
    fn units(inventory_position: i32, levels: PairLevels) -> u32 {
        if inventory_position >= levels.lift { 0 } else { levels.lift.abs_diff(inventory_position) }
    }

    /// One unit above the reorder point of lots of one.
    fn levels_for(aim: &Aim) -> Levels {
        Levels { order_up_to: Some(aim.reorder_point(1) + 1), ..Levels::default() }
    }
}
