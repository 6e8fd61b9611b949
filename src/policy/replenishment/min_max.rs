//! `s-S`: at an inventory position at or below the reorder point s, order up to the order-up-to level S.

/// Units to order; 0 for none.
///
/// ```
/// use backorder::policy::replenishment::min_max::units;
/// assert_eq!(units(7, 6, 15), 0);
/// assert_eq!(units(6, 6, 15), 9);
/// assert_eq!(units(-2, 6, 15), 17);
/// ```
#[inline]
pub const fn units(inventory_position: i32, reorder_point: i32, order_up_to: i32) -> u32 {
    if inventory_position > reorder_point || inventory_position >= order_up_to {
        return 0;
    }
    (order_up_to - inventory_position) as u32
}
