//! `s-S`: at an inventory position at or below the reorder point s, order up to the order-up-to level S.

use super::policy::{PairLevels, Policy};
use super::target::Aim;
use crate::domain::Levels;

/// The (s, S) policy; its levels are triggered at s and lift to S.
///
/// ```
/// use backorder::policy::replenishment::{MinMax, PairLevels, Policy};
/// let levels = PairLevels { trigger: 6, lift: 15 };
/// assert_eq!([7, 6, -2].map(|position| MinMax::units(position, levels)), [0, 9, 17]);
/// ```
pub struct MinMax;

impl Policy for MinMax {
    fn levels(given: Levels) -> Option<PairLevels> {
        Some(PairLevels { trigger: given.reorder_point?, lift: given.order_up_to? })
    }

    #[inline]
    fn units(inventory_position: i32, levels: PairLevels) -> u32 {
        if inventory_position > levels.trigger || inventory_position >= levels.lift {
            return 0;
        }
        levels.lift.abs_diff(inventory_position)
    }

    /// The reorder point of the lot, and S a lot above it.
    fn levels_for(aim: &Aim) -> Levels {
        aim.levels_of_lots()
    }
}
