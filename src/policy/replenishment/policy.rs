//! What a replenishment policy is: pure functions of the inventory position and the levels of a pair.

use super::target::Aim;
use crate::domain::Levels;

/// The levels that a pair is replenished by, reduced to two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairLevels {
    /// An order is triggered at an inventory position at or below this.
    pub trigger: i32,
    /// Order-up-to level, or quantity for `r-Q`.
    pub lift: i32,
}

impl PairLevels {
    /// The levels of a pair that no policy replenishes.
    pub const NONE: Self = Self { trigger: i32::MIN, lift: i32::MIN };
}

/// A replenishment policy.
pub trait Policy {
    /// The levels of a pair from the keys that a scenario gives; `None` where one is missing that the policy needs.
    fn levels(given: Levels) -> Option<PairLevels>;

    /// Units to order at an inventory position, before the vendor's minimum and multiple; 0 for none.
    fn units(inventory_position: i32, levels: PairLevels) -> u32;

    /// The highest position that the policy lifts to: the stock a replication starts with where the scenario gives none.
    fn highest(levels: PairLevels) -> i32 {
        levels.lift
    }

    /// The levels that reach a service target.
    fn levels_for(aim: &Aim) -> Levels;
}
