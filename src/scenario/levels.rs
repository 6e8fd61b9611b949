//! Replenishment levels, wherever they stand: under `[replenishment]`, in a product's row, in a pair's row.

use super::limits::MOST_UNITS;
use super::reader::Section;
use crate::domain::Levels;

/// The levels of a table that has the three keys; what is wrong with one is reported, and makes `sound` false.
pub fn levels(table: &Section<'_>, sound: &mut bool) -> Levels {
    let mut level = |key, min| {
        let item = table.item(key)?;
        let level = item.whole(min, MOST_UNITS);
        *sound &= level.is_some();
        level.map(|level| level as i32)
    };
    Levels {
        reorder_point: level("reorder_point", -1),
        order_up_to: level("order_up_to", 0),
        quantity: level("quantity", 1),
    }
}
