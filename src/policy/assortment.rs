//! Which warehouse carries what, and where a zone's demand for a product is at home.

use crate::domain::{Levels, Model, ProductId, WarehouseId, ZoneId};

/// The pairs that are carried: those with a level, a stock row or a receipt row.
#[derive(Clone, Debug)]
pub struct Assortment {
    warehouses: usize,
    /// By the pair's [position](Model::pair).
    carried: Vec<bool>,
    /// Whether all are.
    is_complete: bool,
}

impl Assortment {
    /// The assortment of a model.
    pub fn new(model: &Model) -> Self {
        let warehouses = model.warehouses.len();
        let mut carried = vec![false; model.products.len() * warehouses];
        if let Some(replenishment) = &model.replenishment {
            let has_key = |levels: &Levels| *levels != Levels::default();
            for (product, of_product) in carried.chunks_mut(warehouses).enumerate() {
                let everywhere = replenishment.target.is_some()
                    || has_key(&replenishment.general)
                    || replenishment.by_product.get(product).is_some_and(has_key);
                of_product.fill(everywhere);
            }
            for &(warehouse, product, _) in &replenishment.by_pair {
                carried[model.pair(warehouse, product)] = true;
            }
        }
        for row in model.script.stock.iter().flatten() {
            carried[model.pair(row.warehouse, row.product)] = true;
        }
        for row in &model.script.receipts {
            carried[model.pair(row.warehouse, row.product)] = true;
        }
        Self { warehouses, is_complete: carried.iter().all(|&is_carried| is_carried), carried }
    }

    /// Whether a pair is carried, by its [position](Model::pair).
    #[inline(always)]
    pub fn carries(&self, pair: usize) -> bool {
        self.is_complete || self.carried[pair]
    }

    /// Every pair that is carried, in the order of positions.
    pub fn pairs(&self) -> impl Iterator<Item = (WarehouseId, ProductId)> {
        let carried = (0..self.carried.len()).filter(|&pair| self.carries(pair));
        carried.map(|pair| {
            (WarehouseId::from_index(pair % self.warehouses), ProductId::from_index(pair / self.warehouses))
        })
    }

    /// The home of a zone's demand for a product: the first warehouse in preference order that carries it.
    #[inline(always)]
    pub fn home(&self, model: &Model, zone: ZoneId, product: ProductId) -> Option<WarehouseId> {
        let lanes = model.zones[zone.index()].lanes.iter();
        lanes.map(|lane| lane.warehouse).find(|&warehouse| self.carries(model.pair(warehouse, product)))
    }
}
