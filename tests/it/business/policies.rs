//! Each replenishment policy, from the inventory position alone: what it orders is a pure function of the position and
//! the levels, so its promise is checked on random positions without any run.

use backorder::domain::settings::Words;
use backorder::domain::{Distribution, Levels, ReplenishmentPolicy, Vendor};
use backorder::policy::replenishment::{PairLevels, as_the_vendor_sells};
use proptest::prelude::*;

/// What a policy orders at a position.
fn units(policy: ReplenishmentPolicy, levels: Levels, position: i32) -> i64 {
    let levels = PairLevels::new(policy, levels).expect("the levels the policy needs");
    levels.units_to_order(policy, position).into()
}

fn vendor(minimum_units: u32, multiple: u32) -> Vendor {
    Vendor { minimum_units, multiple, ..Vendor::new("acme", Distribution::Constant(0.0)) }
}

const POSITIONS: std::ops::RangeInclusive<i32> = -2_000..=2_000;

proptest! {
    #[test]
    fn min_max_orders_up_to_the_upper_level_and_only_at_the_lower_one(
        position in POSITIONS, reorder_point in -1..500i32, gap in 1..500i32,
    ) {
        let order_up_to = reorder_point + gap;
        let levels = Levels { reorder_point: Some(reorder_point), order_up_to: Some(order_up_to), quantity: None };
        let ordered = units(ReplenishmentPolicy::MinMax, levels, position);
        if position > reorder_point {
            prop_assert_eq!(ordered, 0);
        } else {
            prop_assert_eq!(i64::from(position) + ordered, i64::from(order_up_to));
        }
        prop_assert!(i64::from(position) + ordered > i64::from(reorder_point));
    }

    #[test]
    fn fixed_quantities_lift_the_position_just_above_the_reorder_point(
        position in POSITIONS, reorder_point in -1..500i32, quantity in 1..300i32,
    ) {
        let levels = Levels { reorder_point: Some(reorder_point), order_up_to: None, quantity: Some(quantity) };
        let ordered = units(ReplenishmentPolicy::FixedQuantity, levels, position);
        prop_assert_eq!(ordered % i64::from(quantity), 0);
        let after = i64::from(position) + ordered;
        if position > reorder_point {
            prop_assert_eq!(ordered, 0);
        } else {
            let (low, high) = (i64::from(reorder_point) + 1, i64::from(reorder_point + quantity));
            prop_assert!((low..=high).contains(&after), "{} to {}: {}", low, high, after);
        }
    }

    #[test]
    fn a_base_stock_is_exactly_restored(position in POSITIONS, order_up_to in 0..500i32) {
        let levels = Levels { reorder_point: None, order_up_to: Some(order_up_to), quantity: None };
        let ordered = units(ReplenishmentPolicy::BaseStock, levels, position);
        prop_assert_eq!(i64::from(position) + ordered, i64::from(position.max(order_up_to)));
    }

    #[test]
    fn a_periodic_review_orders_what_a_base_stock_would(position in POSITIONS, order_up_to in 0..500i32) {
        let levels = Levels { reorder_point: None, order_up_to: Some(order_up_to), quantity: None };
        let at_review = units(ReplenishmentPolicy::PeriodicOrderUpTo, levels, position);
        prop_assert_eq!(i64::from(position) + at_review, i64::from(position.max(order_up_to)));
    }

    #[test]
    fn a_vendor_sells_the_least_that_satisfies_wish_minimum_and_multiple(
        wish in 1..5_000u32, minimum in 0..500u32, multiple in 1..100u32,
    ) {
        let sold = as_the_vendor_sells(wish, &vendor(minimum, multiple));
        prop_assert!(sold >= wish && sold >= minimum && sold.is_multiple_of(multiple));
        prop_assert!(sold - multiple < wish.max(minimum));
    }
}

/// The property of the whole: a policy asked again at the position it made orders nothing.
#[test]
fn nobody_orders_twice() {
    let levels = Levels { reorder_point: Some(12), order_up_to: Some(30), quantity: Some(7) };
    for &policy in ReplenishmentPolicy::ALL {
        for position in -100..=100 {
            let after = i64::from(position) + units(policy, levels, position);
            let after = i32::try_from(after).expect("a small number");
            assert_eq!(units(policy, levels, after), 0, "{policy:?} at {position}");
        }
    }
}
