//! `r-Q`: at an inventory position at or below the reorder point r, order the least multiple of the quantity Q that
//! lifts the position above r (the (r, nQ) policy where demand comes in batches).

/// Units to order; 0 for none.
///
/// ```
/// use backorder::policy::replenishment::fixed_quantity::units;
/// assert_eq!(units(7, 6, 4), 0);
/// assert_eq!(units(6, 6, 4), 4);
/// assert_eq!(units(2, 6, 4), 8);
/// ```
#[inline]
pub const fn units(inventory_position: i32, reorder_point: i32, quantity: i32) -> u32 {
    if inventory_position > reorder_point || quantity <= 0 {
        return 0;
    }
    ((reorder_point - inventory_position) / quantity + 1) as u32 * quantity as u32
}
