//! Replenishment levels, wherever they stand: under `[replenishment]`, in a product's row, in a pair's row.

use super::reader::Section;
use crate::domain::{Level, Levels};

/// The levels of a table that has the three keys; what is wrong with one is reported, and makes `sound` false.
pub fn levels(table: &Section<'_>, sound: &mut bool) -> Levels {
    let mut level = |level: Level| {
        let read: Option<Option<i32>> = table.read(level.key());
        *sound &= read.is_some();
        read.flatten()
    };
    Levels {
        reorder_point: level(Level::ReorderPoint),
        order_up_to: level(Level::OrderUpTo),
        quantity: level(Level::Quantity),
    }
}
