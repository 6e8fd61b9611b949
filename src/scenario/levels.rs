//! Replenishment levels, wherever they stand: under `[replenishment]`, in a product's row, in a pair's row.

use super::reader::Section;
use crate::domain::settings::TARGET;
use crate::domain::{Level, Levels, Target};

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

/// The target at a key of a table; `Some(None)` where there is none. What is wrong with it is reported.
pub fn target(table: &Section<'_>, key: &'static str) -> Option<Option<Target>> {
    let Some(item) = table.written(key) else { return Some(None) };
    let inner = Section::new(table.cx, item.node, &TARGET)?;
    let read = |key| inner.written(key).map(|_| inner.read::<f64>(key));
    match (read("fill_rate"), read("cycle_service")) {
        (Some(share), None) => Some(Some(Target::UnitFill(share?))),
        (None, Some(share)) => Some(Some(Target::CycleService(share?))),
        (fill_rate, _) => {
            let found = if fill_rate.is_some() { "both" } else { "neither" };
            let message = format!("`{key}` names {found} `fill_rate` and `cycle_service`");
            let message = if fill_rate.is_some() { message } else { message.replace(" and ", " nor ") };
            let finding = item.error("clash", message);
            table.cx.sink.push(finding.expected("one of the two, such as { fill_rate = 0.98 }"));
            None
        }
    }
}
