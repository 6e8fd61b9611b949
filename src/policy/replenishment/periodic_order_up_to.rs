//! `periodic-R-S`: at each review, order up to the order-up-to level. What to order is as for a base stock; what
//! differs is that the policy looks only at the reviews, so its level has to cover the review period too.

use super::base_stock;

/// Units to order at a review; 0 for none.
#[inline]
pub const fn units(inventory_position: i32, order_up_to: i32) -> u32 {
    base_stock::units(inventory_position, order_up_to)
}
