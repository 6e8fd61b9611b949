//! Decisions about some products: which products there are in a class, and the levels that a decision comes to.

use std::collections::BTreeMap;

use super::pairs::{PairRow, levels_of, with_levels};
use crate::domain::{Level, Levels, Model, ProductId, Target, WarehouseId};
use crate::policy::assortment::Assortment;
use crate::policy::replenishment::forecast::forecasts;

/// A class of products by the value of their demand (ABC analysis; Silver, Pyke and Thomas (2017), *Inventory and Production
/// Management in Supply Chains*, 4th edition, chapter 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The products that make up the first 80 % of the value.
    A,
    /// The next 15 %.
    B,
    /// The rest.
    C,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// The share of the value that it and those before it make up.
    const fn up_to(self) -> f64 {
        match self {
            Self::A => 0.8,
            Self::B => 0.95,
            Self::C => 1.0,
        }
    }
}

/// The class of each product. Products are taken by the value of their forecast demand, the most valuable first: units a
/// day times unit cost, where no product has one times price, where none has a price either units alone. One belongs to
/// the first class whose share the products before it do not fill. What nobody asks for is C.
pub fn classes(model: &Model) -> Vec<Class> {
    let units = units_per_day(model);
    let cost = |index: usize| model.products[index].unit_cost.decimal();
    let price = |index: usize| model.products[index].price.decimal();
    let all = 0..model.products.len();
    let value = |index: usize| {
        let each = if all.clone().any(|it| cost(it) > 0.0) {
            cost(index)
        } else if all.clone().any(|it| price(it) > 0.0) {
            price(index)
        } else {
            1.0
        };
        units[index] * each
    };
    let values: Vec<f64> = all.clone().map(value).collect();
    let total: f64 = values.iter().sum();
    let mut order: Vec<usize> = all.collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    let mut classes = vec![Class::C; values.len()];
    let mut before = 0.0;
    for index in order.into_iter().take_while(|&index| values[index] > 0.0) {
        let fits = |class: &Class| before < class.up_to() * total;
        classes[index] = Class::ALL.into_iter().find(fits).unwrap_or(Class::C);
        before += values[index];
    }
    classes
}

/// The forecast of each product over all warehouses.
fn units_per_day(model: &Model) -> Vec<f64> {
    let forecasts = forecasts(model, &Assortment::new(model));
    let of = |product: usize| {
        (0..model.warehouses.len())
            .map(|warehouse| model.pair(WarehouseId::from_index(warehouse), ProductId::from_index(product)))
            .map(|pair| forecasts[pair].mean)
            .sum()
    };
    (0..model.products.len()).map(of).collect()
}

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
    }
    levels_of(&planned)
}
