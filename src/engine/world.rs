//! The world's hot state: counters, dense by product and warehouse, small enough to stay in cache.

use super::observer::Books;
use super::plan::{Plan, pair};
use super::pool::NONE;
use crate::domain::{Model, ProductId, SimTime, WarehouseId};
use crate::policy::replenishment::PairLevels;

/// One pair of warehouse and product, in 32 bytes.
///
/// On hand = `free` + `reserved`; inventory position = `free` + `on_order` − `waiting`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cell {
    /// Units on hand that nobody was promised.
    pub free: i32,
    /// Units on hand promised to a line and not yet departed.
    pub reserved: i32,
    /// Units ordered and not yet received.
    pub on_order: i32,
    /// Units waiting whose home this is.
    pub waiting: i32,
    trigger: i32,
    lift: i32,
    /// Purchase orders placed so far.
    pub purchase_orders: u32,
    flags: u32,
}

const CARRIED: u32 = 1;
const LEVELLED: u32 = 2;
const TOUCHED: u32 = 4;

impl Cell {
    /// Whether the warehouse carries the product: a level, a stock row or a receipt row.
    #[inline(always)]
    pub const fn is_carried(&self) -> bool {
        self.flags & CARRIED != 0
    }

    pub(super) fn set_carried(&mut self, carried: bool) {
        self.flags |= if carried { CARRIED } else { 0 };
    }

    /// The levels a policy replenishes this pair by.
    #[inline(always)]
    pub const fn levels(&self) -> Option<PairLevels> {
        if self.flags & LEVELLED == 0 {
            return None;
        }
        Some(PairLevels { trigger: self.trigger, lift: self.lift })
    }

    pub(super) fn set_levels(&mut self, levels: Option<PairLevels>) {
        if let Some(levels) = levels {
            self.flags |= LEVELLED;
            (self.trigger, self.lift) = (levels.trigger, levels.lift);
        }
    }

    /// Free stock + on order − waiting units whose home this is.
    #[inline(always)]
    pub const fn inventory_position(&self) -> i32 {
        self.free + self.on_order - self.waiting
    }

    /// Marks the pair for a look at its position at the end of the instant; `true` when it was not marked yet.
    #[inline(always)]
    pub(super) fn touch(&mut self) -> bool {
        let is_new = self.flags & (TOUCHED | LEVELLED) == LEVELLED;
        self.flags |= TOUCHED;
        is_new
    }

    pub(super) fn looked_at(&mut self) {
        self.flags &= !TOUCHED;
    }
}

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
    /// The status last shown, where pages are refreshed at intervals.
    pub displayed_in_stock: bool,
    /// When network stock last fell to 0; second 0 if it never had any.
    pub ran_out: SimTime,
}

/// Counters of every pair and product.
pub struct World<'a> {
    model: &'a Model,
    cells: Vec<Cell>,
    products: Vec<ProductState>,
}

impl<'a> World<'a> {
    /// The world at second 0.
    pub fn new(plan: &Plan<'a>) -> Self {
        let products = plan
            .cells
            .chunks(plan.model.warehouses.len())
            .map(|of_product| ProductState {
                network_free: of_product.iter().map(|cell| cell.free).sum(),
                first_waiting: NONE,
                last_waiting: NONE,
                is_replenished: false,
                displayed_in_stock: false,
                ran_out: SimTime::ZERO,
            })
            .collect();
        Self { model: plan.model, cells: plan.cells.clone(), products }
    }

    /// A pair.
    #[inline(always)]
    pub fn cell(&self, warehouse: WarehouseId, product: ProductId) -> &Cell {
        &self.cells[pair(self.model, warehouse, product)]
    }

    /// A pair, to be changed.
    #[inline(always)]
    pub fn cell_mut(&mut self, warehouse: WarehouseId, product: ProductId) -> &mut Cell {
        &mut self.cells[pair(self.model, warehouse, product)]
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

    /// Every product.
    pub fn products_mut(&mut self) -> &mut [ProductState] {
        &mut self.products
    }

    /// Every pair in product-major order.
    pub fn pairs(&self) -> impl Iterator<Item = (WarehouseId, ProductId, &Cell)> {
        let warehouses = self.model.warehouses.len();
        self.cells.iter().enumerate().map(move |(at, cell)| {
            (WarehouseId::from_index(at % warehouses), ProductId::from_index(at / warehouses), cell)
        })
    }
}

impl Books for World<'_> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_small() {
        assert!(size_of::<Cell>() <= 32, "{} bytes a pair", size_of::<Cell>());
    }

    #[test]
    fn the_position_counts_what_is_on_order() {
        let cell = Cell { free: 2, reserved: 9, on_order: 10, waiting: 3, ..Cell::default() };
        assert_eq!(cell.inventory_position(), 9);
    }
}
