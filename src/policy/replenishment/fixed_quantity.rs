//! `r-Q`: at an inventory position at or below the reorder point r, order the least multiple of the quantity Q that
//! lifts the position above r (the (r, nQ) policy where demand comes in batches).

use super::policy::{PairLevels, Policy};
use super::target::Aim;
use crate::domain::Levels;

/// The (r, Q) policy; its levels are triggered at r and lift by Q.
///
/// ```
/// use backorder::policy::replenishment::{FixedQuantity, PairLevels, Policy};
/// let levels = PairLevels { trigger: 6, lift: 4 };
/// assert_eq!([7, 6, 2].map(|position| FixedQuantity::units(position, levels)), [0, 4, 8]);
/// ```
pub struct FixedQuantity;

impl Policy for FixedQuantity {
    fn levels(given: Levels) -> Option<PairLevels> {
        Some(PairLevels { trigger: given.reorder_point?, lift: given.quantity? })
    }

    #[inline]
    fn units(inventory_position: i32, levels: PairLevels) -> u32 {
        let PairLevels { trigger, lift: quantity } = levels;
        if inventory_position > trigger || quantity <= 0 {
            return 0;
        }
        (trigger.abs_diff(inventory_position) / quantity as u32 + 1) * quantity as u32
    }

    fn highest(levels: PairLevels) -> i32 {
        levels.trigger + levels.lift
    }

    /// The lot, and its reorder point.
    fn levels_for(aim: &Aim) -> Levels {
        aim.levels_of_lots()
    }
}
