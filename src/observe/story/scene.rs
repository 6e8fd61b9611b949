//! The scene of a story: free stock everywhere, what is on order, and what else happened in this instant.

use std::collections::BTreeMap;

use crate::domain::{Model, OrderNumber, ProductId, SimTime, VendorId, WarehouseId};
use crate::engine::{Occurrence, ParcelLine, QueuedWhy};

/// What of the order waits at a dock.
pub(super) struct AtDock {
    pub(super) warehouse: WarehouseId,
    /// From when on it may be picked, as far as that was known.
    pub(super) from: SimTime,
    pub(super) contents: Vec<ParcelLine>,
}

/// Units of a product at a warehouse.
#[derive(Clone, Copy)]
pub(super) struct Portion {
    pub(super) warehouse: WarehouseId,
    pub(super) product: ProductId,
    pub(super) units: u32,
}

/// An open purchase order of a product, or a line of one of several products.
#[derive(Clone, Copy)]
pub(super) struct OnOrder {
    pub(super) units: u32,
    pub(super) promised: SimTime,
    /// Whose order it is a line of, its number, and how many lines that has.
    pub(super) line_of: Option<(VendorId, u32, u32)>,
    /// Who delivers it, where it was ordered in the run.
    pub(super) vendor: Option<VendorId>,
    pub(super) at_vendor: AtVendor,
}

/// How far a vendor is with a purchase order, as far as it was said.
#[derive(Clone, Copy)]
pub(super) enum AtVendor {
    /// It was dispatched, or needs not be.
    UnderWay,
    /// The vendor does not work, and has so many units to do before it.
    Closed { until: Option<SimTime>, ahead: u64 },
    /// The vendor is disrupted.
    Disrupted { ahead: u64 },
    /// The vendor has so many units to do before it.
    Behind { ahead: u64 },
    /// The vendor works on it.
    InHand { done: SimTime },
}

/// What a warehouse wants of a vendor, in units or cents, where that is not enough to be ordered.
pub(super) struct Short {
    pub(super) wanted: i64,
    pub(super) minimum: i64,
    pub(super) products: Vec<ProductId>,
    at: SimTime,
}

/// What the network holds, and what changed hands in the present instant.
pub(super) struct Scene {
    warehouses: usize,
    free: Vec<i64>,
    /// Which warehouses an event shuts, and how many events do.
    shut: Vec<u32>,
    /// Open purchase orders by pair and number.
    on_order: BTreeMap<(WarehouseId, ProductId), BTreeMap<u32, OnOrder>>,
    /// What is wanted and not ordered.
    short: BTreeMap<(VendorId, WarehouseId), Short>,
    /// The lines of the purchase order of several products that was placed last.
    lines: u32,
    /// What orders took in this instant.
    pub(super) taken: Vec<(OrderNumber, Portion)>,
    /// What orders gave back in this instant.
    pub(super) given_back: Vec<(OrderNumber, Portion)>,
    /// What arrived in this instant.
    pub(super) arrived: Vec<Portion>,
    now: SimTime,
}

impl Scene {
    pub(super) fn new(model: &Model) -> Self {
        Self {
            warehouses: model.warehouses.len(),
            free: vec![0; model.warehouses.len() * model.products.len()],
            shut: vec![0; model.warehouses.len()],
            on_order: BTreeMap::new(),
            short: BTreeMap::new(),
            lines: 0,
            taken: Vec::new(),
            given_back: Vec::new(),
            arrived: Vec::new(),
            now: SimTime::ZERO,
        }
    }

    /// Free stock of a product at a warehouse.
    pub(super) fn free(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        if self.shut[warehouse.index()] > 0 {
            return 0;
        }
        self.free[product.index() * self.warehouses + warehouse.index()]
    }

    /// A warehouse is shut, or not any more.
    pub(super) fn change_shut(&mut self, warehouse: WarehouseId, begins: bool) {
        let count = &mut self.shut[warehouse.index()];
        *count = if begins { *count + 1 } else { count.saturating_sub(1) };
    }

    /// Open purchase orders of a product at a warehouse, by number.
    pub(super) fn on_order(&self, warehouse: WarehouseId, product: ProductId) -> impl Iterator<Item = OnOrder> {
        self.on_order.get(&(warehouse, product)).into_iter().flat_map(|open| open.values().copied())
    }

    /// An open purchase order by its number.
    pub(super) fn numbered(&self, warehouse: WarehouseId, product: ProductId, number: u32) -> Option<OnOrder> {
        self.on_order.get(&(warehouse, product))?.get(&number).copied()
    }

    /// What a warehouse wants of a vendor and does not order.
    pub(super) fn short(&self, vendor: VendorId, warehouse: WarehouseId) -> Option<&Short> {
        self.short.get(&(vendor, warehouse))
    }

    fn at_vendor(&mut self, warehouse: WarehouseId, product: ProductId, number: u32, at: AtVendor) {
        if let Some(open) = self.on_order.get_mut(&(warehouse, product)).and_then(|open| open.get_mut(&number)) {
            open.at_vendor = at;
        }
    }

    pub(super) fn observe(&mut self, now: SimTime, what: &Occurrence<'_>) {
        use Occurrence as O;
        if now > self.now {
            self.now = now;
            self.taken.clear();
            self.given_back.clear();
            self.arrived.clear();
        }
        match *what {
            O::PairCarried { warehouse, product, units } => self.add(warehouse, product, units.into()),
            O::Receipt { warehouse, product, units, purchase_order } => {
                self.add(warehouse, product, units.into());
                self.arrived.push(Portion { warehouse, product, units });
                if let (Some(number), Some(open)) = (purchase_order, self.on_order.get_mut(&(warehouse, product))) {
                    open.remove(&number);
                }
            }
            O::PurchaseOrderPlaced { vendor, warehouse, lines, .. } => {
                self.lines = lines;
                self.short.remove(&(vendor, warehouse));
            }
            O::OrderBelowMinimum { vendor, warehouse, product, wanted, minimum } => {
                let short = self.short.entry((vendor, warehouse)).or_insert_with(|| Short {
                    wanted,
                    minimum,
                    products: Vec::new(),
                    at: now,
                });
                if short.at < now {
                    short.products.clear();
                }
                (short.at, short.wanted) = (now, wanted);
                short.products.push(product);
            }
            O::OrderQueued { warehouse, product, number, ahead, why, until, .. } => {
                let at = match why {
                    QueuedWhy::Closed => AtVendor::Closed { until, ahead },
                    QueuedWhy::Disrupted => AtVendor::Disrupted { ahead },
                    QueuedWhy::Busy => AtVendor::Behind { ahead },
                };
                self.at_vendor(warehouse, product, number, at);
            }
            O::OrderBegun { warehouse, product, number, done, .. } => {
                self.at_vendor(warehouse, product, number, AtVendor::InHand { done });
            }
            O::OrderDispatched { warehouse, product, number, .. } => {
                self.at_vendor(warehouse, product, number, AtVendor::UnderWay);
            }
            O::ReplenishmentOrdered { vendor, warehouse, product, units, number, promised, joint, .. } => {
                let line_of = (joint > 0).then_some((vendor, joint, self.lines));
                let open = OnOrder { units, promised, line_of, vendor: Some(vendor), at_vendor: AtVendor::UnderWay };
                self.on_order.entry((warehouse, product)).or_default().insert(number, open);
            }
            O::PurchaseOrderOpen { warehouse, product, units, number, promised, .. } => {
                let at_vendor = AtVendor::UnderWay;
                let open = OnOrder { units, promised, line_of: None, vendor: None, at_vendor };
                self.on_order.entry((warehouse, product)).or_default().insert(number, open);
            }
            O::UnitsReserved { order, product, warehouse, units, .. } => {
                self.add(warehouse, product, -i64::from(units));
                self.taken.push((order.number, Portion { warehouse, product, units }));
            }
            O::UnitsFreed { order, product, warehouse, units, .. } => {
                self.add(warehouse, product, units.into());
                self.given_back.push((order.number, Portion { warehouse, product, units }));
            }
            _ => {}
        }
    }

    fn add(&mut self, warehouse: WarehouseId, product: ProductId, units: i64) {
        self.free[product.index() * self.warehouses + warehouse.index()] += units;
    }
}
