//! `base-stock`: whenever the inventory position is below the order-up-to level, order the difference.

/// Units to order; 0 for none.
///
/// ```
/// use backorder::policy::replenishment::base_stock::units;
/// assert_eq!(units(5, 5), 0);
/// assert_eq!(units(4, 5), 1);
/// ```
#[inline]
pub const fn units(inventory_position: i32, order_up_to: i32) -> u32 {
    if inventory_position >= order_up_to { 0 } else { (order_up_to - inventory_position) as u32 }
}
