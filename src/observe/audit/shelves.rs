//! The auditor's own books of stock: what is on every shelf, reserved, on order and waited for.

use super::breach::{Findings, Invariant};
use crate::domain::{Model, ProductId, SimTime, WarehouseId};
use crate::engine::Books;

/// One warehouse's shelf for one product.
#[derive(Clone, Copy, Default)]
pub(super) struct Shelf {
    /// The warehouse carries the product.
    pub(super) carried: bool,
    /// Initial stock and all receipts.
    received: i64,
    /// Units that departed.
    shipped: i64,
    /// Units promised to lines and not yet departed.
    reserved: i64,
    /// Units ordered from vendors and not yet received.
    on_order: i64,
    /// Units waiting whose home this is.
    pub(super) waiting: i64,
    /// Something about it changed in this instant.
    touched: bool,
}

impl Shelf {
    fn on_hand(&self) -> i64 {
        self.received - self.shipped
    }

    /// Free stock.
    pub(super) fn free(&self) -> i64 {
        self.on_hand() - self.reserved
    }
}

/// All shelves, dense by product and warehouse.
pub(super) struct Shelves {
    warehouses: usize,
    shelves: Vec<Shelf>,
    /// Which warehouses are shut: nothing there is free.
    shut: Vec<bool>,
    /// Free stock over all open warehouses, by product.
    network_free: Vec<i64>,
    /// When the network's free stock last fell to 0, by product; second 0 where it never had any.
    ran_out: Vec<SimTime>,
    touched: Vec<usize>,
}

impl Shelves {
    pub(super) fn new(model: &Model) -> Self {
        let (warehouses, products) = (model.warehouses.len(), model.products.len());
        Self {
            warehouses,
            shelves: vec![Shelf::default(); warehouses * products],
            shut: vec![false; warehouses],
            network_free: vec![0; products],
            ran_out: vec![SimTime::ZERO; products],
            touched: Vec::new(),
        }
    }

    fn index(&self, warehouse: WarehouseId, product: ProductId) -> usize {
        product.index() * self.warehouses + warehouse.index()
    }

    pub(super) fn shelf(&self, warehouse: WarehouseId, product: ProductId) -> &Shelf {
        &self.shelves[self.index(warehouse, product)]
    }

    /// Shuts or reopens a warehouse.
    pub(super) fn set_shut(&mut self, now: SimTime, warehouse: WarehouseId, is_shut: bool) {
        if self.shut[warehouse.index()] == is_shut {
            return;
        }
        for product in (0..self.network_free.len()).map(ProductId::from_index) {
            let free = self.shelf(warehouse, product).free();
            self.shut[warehouse.index()] = false;
            self.network(now, warehouse, product, if is_shut { -free } else { free });
        }
        self.shut[warehouse.index()] = is_shut;
    }

    /// Whether any warehouse has a free unit.
    pub(super) fn some_free(&self, product: ProductId) -> bool {
        let first = product.index() * self.warehouses;
        self.shelves[first..first + self.warehouses].iter().any(|shelf| shelf.free() > 0)
    }

    /// When the product ran out in the whole network; `None` while any unit is free.
    pub(super) fn out_since(&self, product: ProductId) -> Option<SimTime> {
        (self.network_free[product.index()] < 1).then(|| self.ran_out[product.index()])
    }

    fn touch(&mut self, warehouse: WarehouseId, product: ProductId) -> &mut Shelf {
        let index = self.index(warehouse, product);
        let shelf = &mut self.shelves[index];
        if !shelf.touched {
            shelf.touched = true;
            self.touched.push(index);
        }
        shelf
    }

    fn network(&mut self, now: SimTime, warehouse: WarehouseId, product: ProductId, change: i64) {
        if self.shut[warehouse.index()] {
            return;
        }
        let free = &mut self.network_free[product.index()];
        let before = *free;
        *free += change;
        if before >= 1 && *free < 1 {
            self.ran_out[product.index()] = now;
        }
    }

    pub(super) fn carry(&mut self, now: SimTime, warehouse: WarehouseId, product: ProductId, units: i64) {
        self.touch(warehouse, product).carried = true;
        self.receive(now, warehouse, product, units);
    }

    pub(super) fn receive(&mut self, now: SimTime, warehouse: WarehouseId, product: ProductId, units: i64) {
        self.touch(warehouse, product).received += units;
        self.network(now, warehouse, product, units);
    }

    pub(super) fn order(&mut self, warehouse: WarehouseId, product: ProductId, change: i64) {
        self.touch(warehouse, product).on_order += change;
    }

    /// Reserves free units, or frees them again when `units` is negative.
    pub(super) fn reserve(&mut self, now: SimTime, warehouse: WarehouseId, product: ProductId, units: i64) {
        self.touch(warehouse, product).reserved += units;
        self.network(now, warehouse, product, -units);
    }

    /// Reserved units depart.
    pub(super) fn ship(&mut self, warehouse: WarehouseId, product: ProductId, units: i64) {
        let shelf = self.touch(warehouse, product);
        shelf.shipped += units;
        shelf.reserved -= units;
    }

    pub(super) fn wait(&mut self, home: Option<WarehouseId>, product: ProductId, change: i64) {
        if let Some(home) = home {
            self.touch(home, product).waiting += change;
        }
    }

    /// Invariant 1 for what changed in this instant.
    pub(super) fn check_touched(&mut self, now: SimTime, model: &Model, books: &impl Books, findings: &mut Findings) {
        let mut touched = std::mem::take(&mut self.touched);
        for index in touched.drain(..) {
            self.shelves[index].touched = false;
            self.check(index, now, model, books, findings);
        }
        self.touched = touched;
    }

    /// Invariant 1 for every shelf.
    pub(super) fn check_all(&self, now: SimTime, model: &Model, books: &impl Books, findings: &mut Findings) {
        for index in 0..self.shelves.len() {
            self.check(index, now, model, books, findings);
        }
    }

    fn check(&self, index: usize, now: SimTime, model: &Model, books: &impl Books, findings: &mut Findings) {
        let product = ProductId::from_index(index / self.warehouses);
        let warehouse = WarehouseId::from_index(index % self.warehouses);
        let name = || format!("{} at {}", model.products[product.index()].id, model.warehouses[warehouse.index()].id);
        let shelf = &self.shelves[index];
        if shelf.reserved < 0 || shelf.reserved > shelf.on_hand() {
            findings.add(Invariant::Units, now, || {
                format!("{}: {} reserved of {} on hand", name(), shelf.reserved, shelf.on_hand())
            });
        }
        for (what, own, engine) in [
            ("on hand", shelf.on_hand(), books.on_hand(warehouse, product)),
            ("reserved", shelf.reserved, books.reserved(warehouse, product)),
            ("on order", shelf.on_order, books.on_order(warehouse, product)),
            ("waiting", shelf.waiting, books.waiting(warehouse, product)),
        ] {
            if own != engine {
                findings.add(Invariant::Units, now, || {
                    format!("{}: what happened leaves {own} {what}, the engine's books say {engine}", name())
                });
            }
        }
    }
}
