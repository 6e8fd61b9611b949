//! The world's state: counters, dense by product and warehouse. What every order line touches is apart from what is rare, and
//! small enough to stay in cache.

use std::iter::repeat_n;

use super::cell::{Cell, Shelf};
use super::observer::Books;
use super::plan::Plan;
use super::pool::NONE;
use super::prefetch::prefetch;
use super::scratch::refill;
use crate::domain::{Effect, OrderedLine, PlannedEvent, ProductId, SimTime, WarehouseId, pair_among};
use crate::policy::sourcing::StockNow;
use crate::rules::{backorder_display, multi_warehouse};

/// The state of a product over the whole network. Its total stock is not kept but added up from the shelves, which are
/// contiguous: it is needed only when one of them has run out or is filled again. Aligned, so that it lies in one cache line.
#[derive(Clone, Copy, Debug)]
#[repr(align(4))]
pub struct ProductState {
    /// Stock came in or became free, and waiting lines have not been asked yet.
    pub is_replenished: bool,
    /// Network stock came or went since pages were last taken anew.
    pub has_turned: bool,
    /// The status last shown, where pages are refreshed at intervals.
    pub displayed_in_stock: bool,
}

/// A product's waiting lines, and how long it has been out of stock. Aligned, so that it lies in one cache line.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))]
pub struct Queue {
    /// The waiting lines, longest-waiting first: a list through the lines.
    pub first: u32,
    /// Its end.
    pub last: u32,
    /// When network stock last fell to 0; second 0 if it never had any.
    pub ran_out: SimTime,
}

/// Pairs of a small world: so many, with what belongs to them, fit a second-level cache of 2 MB.
const SMALL: usize = 16_384;

/// Counters of every pair and product.
#[derive(Default)]
pub struct World {
    /// How many warehouses there are: a product's pairs stand together.
    warehouses: usize,
    shelves: Vec<Shelf>,
    cells: Vec<Cell>,
    /// Units of each pair that are on hand, promised to a line and not yet departed. No decision depends on them: they are kept
    /// only for [observers that read the books](super::observer::Observer::READS_BOOKS), and empty for others.
    reserved: Vec<i64>,
    /// Units of each pair that are ordered ahead and not due: they count as waiting against its position. Empty where nothing is.
    booked: Vec<i64>,
    /// Which warehouses are shut, and what is put aside in them by pair; both empty where no event shuts one.
    shut: Vec<bool>,
    aside: Vec<i64>,
    products: Vec<ProductState>,
    queues: Vec<Queue>,
}

impl World {
    /// Makes it the world at second 0, in the memory that it has.
    pub fn renew(&mut self, plan: &Plan<'_>, keeps_books: bool) {
        let (pairs, warehouses, products) = (plan.stock.len(), plan.model.warehouses.len(), plan.model.products.len());
        let shuts = |event: &PlannedEvent| matches!(event.effect, Effect::Shut { .. });
        let may_shut = plan.model.events.iter().any(shuts);
        let product = ProductState { is_replenished: false, has_turned: true, displayed_in_stock: false };
        let queue = Queue { first: NONE, last: NONE, ran_out: SimTime::ZERO };
        let shelf = |(cell, &free): (&Cell, &i32)| Shelf { free, attention: cell.attention() };
        self.warehouses = warehouses;
        refill(&mut self.cells, (0..pairs).map(|pair| Cell::new(plan.continuous_levels(pair))));
        refill(&mut self.shelves, self.cells.iter().zip(&plan.stock).map(shelf));
        refill(&mut self.shut, repeat_n(false, if may_shut { warehouses } else { 0 }));
        refill(&mut self.aside, repeat_n(0, if may_shut { pairs } else { 0 }));
        refill(&mut self.reserved, repeat_n(0, if keeps_books { pairs } else { 0 }));
        refill(&mut self.booked, repeat_n(0, if plan.books_ahead { pairs } else { 0 }));
        refill(&mut self.products, repeat_n(product, products));
        refill(&mut self.queues, repeat_n(queue, products));
    }

    /// Whether a warehouse is shut.
    #[inline(always)]
    pub fn is_shut(&self, warehouse: WarehouseId) -> bool {
        self.shut.get(warehouse.index()).is_some_and(|&is_shut| is_shut)
    }

    /// Shuts or reopens a warehouse. The caller puts its stock aside.
    pub fn set_shut(&mut self, warehouse: WarehouseId, is_shut: bool) {
        self.shut[warehouse.index()] = is_shut;
    }

    /// Puts units aside that came to a warehouse that is shut.
    pub fn put_aside(&mut self, warehouse: WarehouseId, product: ProductId, units: u32) {
        let pair = self.pair(warehouse, product);
        self.aside[pair] += i64::from(units);
    }

    /// Puts all free units of a pair aside; `true` if there were some.
    pub fn put_all_aside(&mut self, warehouse: WarehouseId, product: ProductId) -> bool {
        let pair = self.pair(warehouse, product);
        let free = std::mem::take(&mut self.shelves[pair].free);
        self.aside[pair] += i64::from(free);
        free > 0
    }

    /// Takes back what was put aside of a pair: at most as much as can be counted.
    pub fn take_back(&mut self, warehouse: WarehouseId, product: ProductId) -> u32 {
        let pair = self.pair(warehouse, product);
        u32::try_from(std::mem::take(&mut self.aside[pair])).unwrap_or(u32::MAX)
    }

    /// What every order line touches.
    #[inline(always)]
    pub fn shelves(&mut self) -> Shelves<'_> {
        Shelves { shelves: &mut self.shelves, products: &self.products }
    }

    /// The free stock of a pair.
    #[inline(always)]
    pub fn free(&self, warehouse: WarehouseId, product: ProductId) -> i32 {
        self.shelves[self.pair(warehouse, product)].free
    }

    /// What somebody may take of the free stock of a pair from whom so many units are withheld.
    #[inline(always)]
    pub fn free_to_take(&self, warehouse: WarehouseId, product: ProductId, withheld: i32) -> i32 {
        multi_warehouse::free_to_take(self.free(warehouse, product), withheld)
    }

    /// The free stock of a product in each warehouse.
    #[inline(always)]
    pub fn free_by_warehouse(&self, product: ProductId) -> impl Iterator<Item = i32> {
        let first = self.pair(WarehouseId(0), product);
        self.shelves[first..first + self.warehouses].iter().map(|shelf| shelf.free)
    }

    /// Whether any warehouse has a product in stock.
    #[inline(always)]
    pub fn is_in_stock(&self, product: ProductId) -> bool {
        backorder_display::shows_in_stock(self.free_by_warehouse(product))
    }

    /// Whether it is so small that it stays in the nearest caches, so that fetching ahead would only take time.
    #[inline(always)]
    pub fn is_small(&self) -> bool {
        self.shelves.len() <= SMALL
    }

    /// Fetches what an order line of a product will touch if a warehouse serves it; see [`prefetch`].
    #[inline(always)]
    pub fn fetch_shelf(&self, pair: usize) {
        prefetch(&self.shelves[pair]);
    }

    /// Fetches the shelves of a product, all of them.
    #[inline(always)]
    pub fn fetch_all_shelves(&self, product: ProductId) {
        let first = self.pair(WarehouseId(0), product);
        prefetch(&self.shelves[first]);
        prefetch(&self.shelves[first + self.warehouses - 1]);
    }

    /// Fetches what a receipt of a pair will touch.
    #[inline(always)]
    pub fn fetch_pair(&self, warehouse: WarehouseId, product: ProductId) {
        let pair = self.pair(warehouse, product);
        prefetch(&self.shelves[pair]);
        prefetch(&self.cells[pair]);
        self.fetch_product(product);
    }

    /// Fetches what is known of a product over the whole network.
    #[inline(always)]
    pub fn fetch_product(&self, product: ProductId) {
        prefetch(&self.products[product.index()]);
        prefetch(&self.queues[product.index()]);
    }

    /// Fetches the cold half of a pair.
    #[inline(always)]
    pub fn fetch_cell(&self, pair: usize) {
        prefetch(&self.cells[pair]);
    }

    /// The hot half of a pair, by its position among all pairs.
    #[inline(always)]
    pub fn shelf_at(&self, pair: usize) -> &Shelf {
        &self.shelves[pair]
    }

    /// The hot half of a pair.
    #[inline(always)]
    pub fn shelf(&self, warehouse: WarehouseId, product: ProductId) -> &Shelf {
        &self.shelves[self.pair(warehouse, product)]
    }

    /// The hot half of a pair, to be changed.
    #[inline(always)]
    pub fn shelf_mut(&mut self, warehouse: WarehouseId, product: ProductId) -> &mut Shelf {
        let pair = self.pair(warehouse, product);
        &mut self.shelves[pair]
    }

    /// Takes free units off a shelf; `true` when the pair needs a look.
    #[inline(always)]
    pub fn take_off_the_shelf(&mut self, warehouse: WarehouseId, product: ProductId, units: u32) -> bool {
        let shelf = self.shelf_mut(warehouse, product);
        shelf.free -= units as i32;
        shelf.needs_a_look()
    }

    /// Changes the units of a pair that are promised and not departed, where they are kept.
    #[inline(always)]
    pub fn change_reserved(&mut self, warehouse: WarehouseId, product: ProductId, by: i64) {
        let pair = self.pair(warehouse, product);
        self.reserved[pair] += by;
    }

    /// Units are ordered ahead that a pair will be asked for, or fall due.
    pub fn change_booked(&mut self, warehouse: WarehouseId, product: ProductId, by: i64) {
        let pair = self.pair(warehouse, product);
        self.booked[pair] += by;
    }

    /// The free stock of a pair less what waits for it, now: without what is ordered ahead and not due yet.
    pub fn net_stock(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        let pair = self.pair(warehouse, product);
        let booked = self.booked.get(pair).copied().unwrap_or(0);
        i64::from(self.shelves[pair].free) - i64::from(self.cells[pair].waiting) + booked
    }

    /// The cold half of a pair.
    #[inline(always)]
    pub fn cell(&self, warehouse: WarehouseId, product: ProductId) -> &Cell {
        &self.cells[self.pair(warehouse, product)]
    }

    /// The cold half of a pair, to be changed.
    #[inline(always)]
    pub fn cell_mut(&mut self, warehouse: WarehouseId, product: ProductId) -> &mut Cell {
        let pair = self.pair(warehouse, product);
        &mut self.cells[pair]
    }

    /// The free stock of a pair, and its cold half, to be changed.
    #[inline(always)]
    pub fn free_and_cell(&mut self, warehouse: WarehouseId, product: ProductId) -> (i32, &mut Cell) {
        let pair = self.pair(warehouse, product);
        (self.shelves[pair].free, &mut self.cells[pair])
    }

    /// Changes the cold half of a pair, shown its free stock, and with it when the hot half asks for a look.
    #[inline(always)]
    pub fn change_cell<T>(
        &mut self,
        warehouse: WarehouseId,
        product: ProductId,
        change: impl FnOnce(&mut Cell, i32) -> T,
    ) -> T {
        let pair = self.pair(warehouse, product);
        let (cell, shelf) = (&mut self.cells[pair], &mut self.shelves[pair]);
        let changed = change(cell, shelf.free);
        shelf.attention = cell.attention();
        changed
    }

    /// The inventory position of a pair: free stock + on order − waiting units whose home it is.
    #[inline(always)]
    pub fn inventory_position(&self, warehouse: WarehouseId, product: ProductId) -> i32 {
        let pair = self.pair(warehouse, product);
        self.cells[pair].inventory_position(self.shelves[pair].free)
    }

    #[inline(always)]
    fn pair(&self, warehouse: WarehouseId, product: ProductId) -> usize {
        pair_among(self.warehouses, warehouse, product)
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

    /// A product's waiting lines.
    #[inline(always)]
    pub fn queue(&self, product: ProductId) -> &Queue {
        &self.queues[product.index()]
    }

    /// A product's waiting lines, to be changed.
    #[inline(always)]
    pub fn queue_mut(&mut self, product: ProductId) -> &mut Queue {
        &mut self.queues[product.index()]
    }
}

/// The counters that every order line touches, borrowed apart from the rest, so that a loop over many lines keeps their addresses
/// in registers.
pub struct Shelves<'a> {
    shelves: &'a mut [Shelf],
    products: &'a [ProductState],
}

impl Shelves<'_> {
    /// Takes the lines of an order off their shelves, if these have all of them whole and the products are shown in stock; whether a
    /// pair needs a look afterwards. `None`: nothing has been taken.
    ///
    /// The lines are taken as they are looked at, and put back where one is missing: a loop of its own to look at them first would end
    /// after a number of lines that nobody can foresee, once more for each order.
    #[inline(always)]
    pub fn take_all(&mut self, places: &[u32], lines: &[OrderedLine], is_refreshed: bool) -> Option<bool> {
        let (mut has_all, mut needs_a_look) = (true, false);
        for (line, &place) in lines.iter().zip(places) {
            let shelf = &mut self.shelves[place as usize];
            has_all &= multi_warehouse::is_able(shelf.free, line.units)
                & backorder_display::displays_in_stock(is_refreshed, true, || {
                    self.products[line.product.index()].displayed_in_stock
                });
            shelf.free = shelf.free.wrapping_sub(line.units as i32);
            needs_a_look |= shelf.needs_a_look();
        }
        if !has_all {
            for (line, &place) in lines.iter().zip(places) {
                let shelf = &mut self.shelves[place as usize];
                shelf.free = shelf.free.wrapping_add(line.units as i32);
            }
        }
        has_all.then_some(needs_a_look)
    }
}

/// What a sourcing policy sees of stock.
impl StockNow for (&World, &Plan<'_>) {
    fn free(&self, pair: usize) -> i32 {
        self.0.shelves[pair].free
    }

    fn on_order(&self, pair: usize) -> i32 {
        self.0.cells[pair].on_order
    }

    fn is_replenished(&self, pair: usize) -> bool {
        self.1.is_replenished(pair)
    }
}

impl Books for World {
    fn on_hand(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        let aside = self.aside.get(self.pair(warehouse, product)).copied().unwrap_or(0);
        i64::from(self.free(warehouse, product)) + self.reserved(warehouse, product) + aside
    }

    fn reserved(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        self.reserved.get(self.pair(warehouse, product)).copied().unwrap_or(0)
    }

    fn on_order(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        self.cell(warehouse, product).on_order.into()
    }

    fn waiting(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        self.cell(warehouse, product).waiting.into()
    }
}
