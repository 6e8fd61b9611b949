//! The levels of pairs of warehouse and product: those that a model has, and a model with others.

use crate::domain::{Level, Levels, Model, ProductId, ReplenishmentPolicy, WarehouseId};
use crate::policy::assortment::Assortment;
use crate::policy::replenishment::PairLevels;
use crate::policy::replenishment::schedule::schedule;

/// The levels of a pair of warehouse and product.
pub type PairRow = (WarehouseId, ProductId, Levels);

/// The levels that a model is replenished by, wherever they come from; pairs without any are left out.
pub fn levels_of(model: &Model) -> Vec<PairRow> {
    let Some(replenishment) = &model.replenishment else { return Vec::new() };
    let assortment = Assortment::new(model);
    let all = schedule(model, &assortment).first;
    let products = (0..model.products.len()).map(|index| ProductId(index as u32));
    let pairs =
        products.flat_map(|product| (0..model.warehouses.len()).map(move |index| (WarehouseId(index as u32), product)));
    pairs
        .filter_map(|(warehouse, product)| {
            let pair = all[model.pair(warehouse, product)];
            (pair != PairLevels::NONE).then(|| (warehouse, product, as_given(replenishment.policy, pair)))
        })
        .collect()
}

/// The keys by which a scenario gives a pair its levels.
fn as_given(policy: ReplenishmentPolicy, pair: PairLevels) -> Levels {
    let given = |level, value| policy.needs().contains(&level).then_some(value);
    Levels {
        reorder_point: given(Level::ReorderPoint, pair.trigger),
        order_up_to: given(Level::OrderUpTo, pair.lift),
        quantity: given(Level::Quantity, pair.lift),
    }
}

/// The model with levels of its own for each of the pairs.
pub fn with_levels(model: &Model, rows: &[PairRow]) -> Model {
    let mut model = model.clone();
    if let Some(replenishment) = &mut model.replenishment {
        replenishment.by_pair = rows.to_vec();
        replenishment.later.clear();
        // The rows are levels as they work, not such as would be raised.
        replenishment.reorder_point_factor = 1.0;
    }
    model
}
