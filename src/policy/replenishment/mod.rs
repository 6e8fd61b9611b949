//! Replenishment: what to buy, and when.
//!
//! A policy sees nothing but the *inventory position* of a pair of warehouse and product (free stock + on order −
//! waiting units whose home it is) and its levels, so each is testable from the position alone. One policy a file;
//! [`levels`] finds the levels of every pair, [`target`] those that a service target asks for, from a [`forecast`].

mod abc;
mod base_stock;
mod fixed_quantity;
pub mod forecast;
pub mod joint;
pub mod lead_time_demand;
pub mod levels;
mod min_max;
mod periodic_order_up_to;
pub mod planned;
mod policy;
pub mod schedule;
pub mod target;
pub mod worth;

pub use abc::classes;
pub use base_stock::BaseStock;
pub use fixed_quantity::FixedQuantity;
pub use min_max::MinMax;
pub use periodic_order_up_to::PeriodicOrderUpTo;
pub use policy::{PairLevels, Policy};

use crate::domain::{Levels, ReplenishmentPolicy, Vendor};
use target::Aim;

/// Hands a question on to the policy that a scenario names. The policies are types, which bear the words' names.
macro_rules! catalogue {
    ($($policy:ident),+) => {
        impl PairLevels {
            /// The levels of a policy from the keys a scenario gives; `None` where a key the policy needs is missing.
            pub fn new(policy: ReplenishmentPolicy, given: Levels) -> Option<Self> {
                match policy {
                    $(ReplenishmentPolicy::$policy => $policy::levels(given),)+
                }
            }

            /// The highest position the policy lifts to: the stock a replication starts with where the scenario gives none.
            pub fn highest(self, policy: ReplenishmentPolicy) -> i32 {
                match policy {
                    $(ReplenishmentPolicy::$policy => $policy::highest(self),)+
                }
            }

            /// Units to order at an inventory position, before the vendor's minimum and multiple; 0 for none.
            #[inline]
            pub fn units_to_order(self, policy: ReplenishmentPolicy, inventory_position: i32) -> u32 {
                match policy {
                    $(ReplenishmentPolicy::$policy => $policy::units(inventory_position, self),)+
                }
            }
        }

        /// The levels of a policy that reach a target.
        pub fn levels_for_target(policy: ReplenishmentPolicy, aim: &Aim) -> Levels {
            match policy {
                $(ReplenishmentPolicy::$policy => $policy::levels_for(aim),)+
            }
        }
    };
}

catalogue!(MinMax, FixedQuantity, BaseStock, PeriodicOrderUpTo);

/// What the vendor makes of a wish for `units`: raised to the minimum, then rounded up to a multiple.
#[inline]
pub fn as_the_vendor_sells(units: u32, vendor: &Vendor) -> u32 {
    vendor.order_terms().units(units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Distribution;

    #[test]
    fn minimum_raises_and_multiple_rounds_up() {
        let vendor = Vendor { minimum_units: 10, multiple: 6, ..Vendor::new("acme", Distribution::Constant(0.0)) };
        assert_eq!([1, 10, 12, 13].map(|units| as_the_vendor_sells(units, &vendor)), [12, 12, 12, 18]);
    }

    #[test]
    fn a_replication_starts_at_the_highest_level() {
        let levels = Levels { reorder_point: Some(3), order_up_to: Some(8), quantity: Some(5) };
        let highest = |policy| PairLevels::new(policy, levels).map(|pair| pair.highest(policy));
        assert_eq!(highest(ReplenishmentPolicy::MinMax), Some(8));
        assert_eq!(highest(ReplenishmentPolicy::FixedQuantity), Some(8));
        assert_eq!(highest(ReplenishmentPolicy::BaseStock), Some(8));
        let none = Levels { reorder_point: Some(3), ..Levels::default() };
        assert_eq!(PairLevels::new(ReplenishmentPolicy::MinMax, none), None);
    }
}
