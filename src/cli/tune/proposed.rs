//! Proposed levels: as a table beside today's, and as what a scenario reads.

use std::collections::BTreeMap;

use super::rewrite::written;
use crate::domain::{Levels, Model, ProductId, WarehouseId};
use crate::experiment::tune::PairRow;
use crate::report::LevelsRow;
use crate::scenario::Override;

/// Proposed levels as rows of a table, each with today's.
pub(super) fn rows(model: &Model, today: &[PairRow], proposed: &[PairRow]) -> Vec<LevelsRow> {
    let given = |levels: &Levels| [levels.reorder_point, levels.order_up_to, levels.quantity];
    let before: BTreeMap<(WarehouseId, ProductId), [Option<i32>; 3]> =
        today.iter().map(|(warehouse, product, levels)| ((*warehouse, *product), given(levels))).collect();
    let row = |(warehouse, product, levels): &PairRow| LevelsRow {
        warehouse: model.warehouses[warehouse.index()].id.clone(),
        product: model.products[product.index()].id.clone(),
        today: before.get(&(*warehouse, *product)).copied().unwrap_or_default(),
        proposed: given(levels),
    };
    proposed.iter().map(row).collect()
}

/// The settings by which a scenario takes its levels from the file beside it.
pub(super) fn in_file(text: &str) -> Vec<Override> {
    let set = |path: &str, value: &str| Override { path: path.into(), value: value.into() };
    // Rows that stand in the scenario itself give way as a whole.
    let mut settings = match written(text, "replenishment.levels") {
        Some(levels) if levels.starts_with('[') => {
            vec![set("replenishment.levels", "{ file = \"proposed-levels.csv\" }")]
        }
        _ => vec![set("replenishment.levels.file", "\"proposed-levels.csv\"")],
    };
    // What is proposed is not to be raised again.
    if written(text, "replenishment.reorder_point_factor").is_some() {
        settings.push(set("replenishment.reorder_point_factor", "1.0"));
    }
    settings
}
