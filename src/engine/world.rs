//! The world's hot state: counters, dense by product and warehouse, small enough to stay in cache.

use super::cell::Cell;
use super::observer::Books;
use super::plan::Plan;
use super::pool::NONE;
use crate::domain::{ProductId, SimTime, WarehouseId};

/// What is known of a product over the whole network.
#[derive(Clone, Copy, Debug)]
pub struct ProductState {
    /// Free units over all warehouses.
    pub network_free: i32,
    /// The product's waiting lines, longest-waiting first: a list through the lines.
    pub first_waiting: u32,
    /// Its end.
    pub last_waiting: u32,
    /// Stock came in or became free, and waiting lines have not been asked yet.
    pub is_replenished: bool,
    /// Network stock came or went since pages were last taken anew.
    pub has_turned: bool,
    /// The status last shown, where pages are refreshed at intervals.
    pub displayed_in_stock: bool,
    /// When network stock last fell to 0; second 0 if it never had any.
    pub ran_out: SimTime,
}

/// Counters of every pair and product.
pub struct World {
    /// How many warehouses there are: a product's pairs stand together.
    warehouses: usize,
    cells: Vec<Cell>,
    products: Vec<ProductState>,
}

impl World {
    /// The world at second 0.
    pub fn new(plan: &Plan<'_>) -> Self {
        let products = plan
            .cells
            .chunks(plan.model.warehouses.len())
            .map(|of_product| ProductState {
                network_free: of_product.iter().map(|cell| cell.free).sum(),
                first_waiting: NONE,
                last_waiting: NONE,
                is_replenished: false,
                has_turned: true,
                displayed_in_stock: false,
                ran_out: SimTime::ZERO,
            })
            .collect();
        Self { warehouses: plan.model.warehouses.len(), cells: plan.cells.clone(), products }
    }

    /// A pair.
    #[inline(always)]
    pub fn cell(&self, warehouse: WarehouseId, product: ProductId) -> &Cell {
        &self.cells[self.pair(warehouse, product)]
    }

    /// A pair, to be changed.
    #[inline(always)]
    pub fn cell_mut(&mut self, warehouse: WarehouseId, product: ProductId) -> &mut Cell {
        let pair = self.pair(warehouse, product);
        &mut self.cells[pair]
    }

    #[inline(always)]
    fn pair(&self, warehouse: WarehouseId, product: ProductId) -> usize {
        product.index() * self.warehouses + warehouse.index()
    }

    /// A product.
    #[inline(always)]
    pub fn product(&self, product: ProductId) -> &ProductState {
        &self.products[product.index()]
    }

    /// A product, to be changed.
    #[inline(always)]
    pub fn product_mut(&mut self, product: ProductId) -> &mut ProductState {
        &mut self.products[product.index()]
    }

    /// Every pair in product-major order.
    pub fn pairs(&self) -> impl Iterator<Item = (WarehouseId, ProductId, &Cell)> {
        let warehouses = self.warehouses;
        self.cells.iter().enumerate().map(move |(at, cell)| {
            (WarehouseId::from_index(at % warehouses), ProductId::from_index(at / warehouses), cell)
        })
    }
}

impl Books for World {
    fn on_hand(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        let cell = self.cell(warehouse, product);
        i64::from(cell.free) + i64::from(cell.reserved)
    }

    fn reserved(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        self.cell(warehouse, product).reserved.into()
    }

    fn on_order(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        self.cell(warehouse, product).on_order.into()
    }

    fn waiting(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        self.cell(warehouse, product).waiting.into()
    }
}
