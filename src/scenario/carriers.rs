//! Which warehouses carry each product, by sets of warehouses: most products of an assortment share a few of them.

use crate::domain::{Model, ProductId, WarehouseId};
use crate::policy::assortment::Assortment;
use std::collections::BTreeMap;

/// A set of warehouses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Set(Vec<u64>);

impl Set {
    fn none(warehouses: usize) -> Self {
        Self(vec![0; warehouses.div_ceil(64)])
    }

    fn insert(&mut self, warehouse: WarehouseId) {
        self.0[warehouse.index() / 64] |= 1 << (warehouse.index() % 64);
    }

    fn has(&self, warehouse: WarehouseId) -> bool {
        self.0[warehouse.index() / 64] >> (warehouse.index() % 64) & 1 == 1
    }

    /// What two sets have in common.
    pub fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    /// Whether there is no warehouse in it.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }
}

/// The warehouses that carry each product.
pub struct Carriers {
    warehouses: usize,
    /// Each set that carries some product, with the products that it carries, in the file's order.
    sets: Vec<(Set, Vec<usize>)>,
    /// Which of the sets carries a product.
    of_product: Vec<u32>,
}

impl Carriers {
    /// Who carries what in a model.
    pub fn new(model: &Model) -> Self {
        let (warehouses, products) = (model.warehouses.len(), model.products.len());
        let assortment = Assortment::new(model);
        let mut by_carriers: BTreeMap<Set, Vec<usize>> = BTreeMap::new();
        for product in 0..products {
            let mut carriers = Set::none(warehouses);
            for warehouse in (0..warehouses).map(WarehouseId::from_index) {
                if assortment.carries(model.pair(warehouse, ProductId::from_index(product))) {
                    carriers.insert(warehouse);
                }
            }
            by_carriers.entry(carriers).or_default().push(product);
        }
        let sets: Vec<(Set, Vec<usize>)> = by_carriers.into_iter().collect();
        let mut of_product = vec![0; products];
        for (index, (_, products)) in (0..).zip(&sets) {
            products.iter().for_each(|&product| of_product[product] = index);
        }
        Self { warehouses, sets, of_product }
    }

    /// A set of some warehouses.
    pub fn set_of(&self, warehouses: impl Iterator<Item = WarehouseId>) -> Set {
        let mut set = Set::none(self.warehouses);
        warehouses.for_each(|warehouse| set.insert(warehouse));
        set
    }

    /// Whether a warehouse carries a product.
    pub fn carries(&self, warehouse: WarehouseId, product: ProductId) -> bool {
        self.sets[self.of_product[product.index()] as usize].0.has(warehouse)
    }

    /// Each set of warehouses that carries some product, with the products that it carries, in the file's order.
    pub fn sets(&self) -> impl Iterator<Item = (&Set, &[usize])> {
        self.sets.iter().map(|(set, products)| (set, products.as_slice()))
    }
}
