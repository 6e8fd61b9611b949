//! Decisions about some products: which products there are in a class, and the levels that a decision comes to.

use std::collections::BTreeMap;

use super::pairs::{PairRow, levels_of, with_levels};
pub use crate::domain::Class;
use crate::domain::{Level, Levels, Model, ProductId, Target, Targets, WarehouseId};
use crate::policy::assortment::Assortment;
pub use crate::policy::replenishment::classes;

/// What is decided about some products, in every warehouse that carries them.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision<'a> {
    /// The products, in their order.
    pub products: &'a [ProductId],
    /// What about them.
    pub order: Order,
}

/// What some products are replenished by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Order {
    /// A level, the same for each of them.
    Level(Level, i32),
    /// The levels that theory derives for a service target.
    Target(Target),
}

/// The rows of `[replenishment.levels]` by which a model follows decisions: its own, and those of the products decided about.
/// A target gives every level; a level that is decided by itself goes before it.
pub fn decided_levels(model: &Model, decisions: &[Decision<'_>]) -> Vec<PairRow> {
    let Some(replenishment) = &model.replenishment else { return Vec::new() };
    let mut rows: BTreeMap<(ProductId, WarehouseId), Levels> =
        replenishment.by_pair.iter().map(|&(warehouse, product, levels)| ((product, warehouse), levels)).collect();
    for Decision { products, order } in decisions {
        let Order::Target(target) = order else { continue };
        for (warehouse, product, levels) in levels_by_theory(model, *target) {
            if products.binary_search(&product).is_ok() {
                rows.insert((product, warehouse), levels);
            }
        }
    }
    let assortment = Assortment::new(model);
    for Decision { products, order } in decisions {
        let Order::Level(level, units) = *order else { continue };
        for (warehouse, product) in assortment.pairs().filter(|(_, product)| products.binary_search(product).is_ok()) {
            let levels = rows.entry((product, warehouse)).or_default();
            match level {
                Level::ReorderPoint => levels.reorder_point = Some(units),
                Level::OrderUpTo => levels.order_up_to = Some(units),
                Level::Quantity => levels.quantity = Some(units),
            }
        }
    }
    rows.into_iter().map(|((product, warehouse), levels)| (warehouse, product, levels)).collect()
}

/// The levels that theory derives for a target, pair by pair, whatever levels the model gives.
pub fn levels_by_theory(model: &Model, target: Target) -> Vec<PairRow> {
    let mut planned = with_levels(model, &[]);
    if let Some(replenishment) = &mut planned.replenishment {
        replenishment.general = Levels::default();
        replenishment.by_product = Vec::new();
        replenishment.target = Some(target);
        replenishment.targets = Targets::default();
    }
    levels_of(&planned)
}
