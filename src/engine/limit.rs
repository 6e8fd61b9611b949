//! The limits of a replication's counters, and the message when one is met.
//!
//! The reader bounds every number of a scenario, but sums of random draws have no bound: a heavy tail, a backlog that grows for
//! decades. A count that would leave its range is left as it is, and the replication ends with that
//! instant and a [`Limit`]. What was emitted of the replication by then must be discarded.

use crate::domain::{DAY, Model, OrderNumber, ProductId, SimTime, WarehouseId};
use std::fmt;

/// The most units of a pair of warehouse and product that may be free, on order or waiting, each: with levels added and subtracted
/// they still fit 32 bits.
pub const MAX_UNITS: i64 = 2_000_000_000;

/// The most orders of a replication: with the rows of a script, the lines of a product are still counted in 32 bits.
pub const MAX_ORDERS: OrderNumber = 4_000_000_000;

/// Why a replication ended early: something grew beyond what can be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// When.
    pub at: SimTime,
    /// What could not be counted.
    pub counted: Counted,
    /// The id of the product, where it is about one.
    pub product: Option<String>,
    /// The id of the warehouse, where it is about one.
    pub warehouse: Option<String>,
    /// The scenario key that causes it.
    pub setting: &'static str,
}

/// What there was too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Units free on a shelf.
    Free,
    /// Units ordered from a vendor and not received.
    OnOrder,
    /// Units waiting that count against a warehouse.
    Waiting,
    /// Purchase orders of a pair.
    PurchaseOrders,
    /// Orders.
    Orders,
    /// Units × seconds of the measured time, from which mean levels are made.
    UnitSeconds,
}

/// A limit as recorded where it is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excess {
    /// When.
    pub at: SimTime,
    /// What could not be counted.
    pub counted: Counted,
    /// The warehouse, where it is about one.
    pub warehouse: Option<WarehouseId>,
    /// The product, where it is about one.
    pub product: Option<ProductId>,
}

impl Limit {
    /// The message about a limit, with the names of the model.
    pub(super) fn new(model: &Model, excess: Excess) -> Self {
        let Excess { at, counted, warehouse, product } = excess;
        let (orders, units_asked_for) = match (&model.demand, &model.period, &model.trace) {
            (None, Some(_), _) => ("demand.period", "demand.units_per_period"),
            (None, None, Some(_)) => ("demand.orders_per_day", "demand.trace"),
            (None, None, None) => ("demand.orders_per_day", "orders"),
            (Some(_), ..) => ("demand.orders_per_day", "demand.units_per_line"),
        };
        let supply = if model.script.receipts.is_empty() { "replenishment" } else { "receipts" };
        Self {
            at,
            counted,
            product: product.map(|product| model.products[product.index()].id.clone()),
            warehouse: warehouse.map(|warehouse| model.warehouses[warehouse.index()].id.clone()),
            setting: match counted {
                Counted::Free => supply,
                Counted::Waiting | Counted::OnOrder => units_asked_for,
                Counted::PurchaseOrders => "replenishment",
                Counted::Orders => orders,
                Counted::UnitSeconds => "run.horizon",
            },
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const PACKS: &str = "count in packs of several units";
        let (most, what, remedy) = match self.counted {
            Counted::Free => ("2,000,000,000", "units in stock", PACKS),
            Counted::OnOrder => ("2,000,000,000", "units on order", PACKS),
            Counted::Waiting => ("2,000,000,000", "units waiting", PACKS),
            Counted::PurchaseOrders => ("4,000,000,000", "purchase orders", "order less often"),
            Counted::Orders => ("4,000,000,000", "orders", "run more and shorter replications"),
            Counted::UnitSeconds => ("9 × 10^18", "units × seconds", "measure for less time, or count in packs"),
        };
        write!(f, "on day {} there are more {what}", self.at.0 / DAY)?;
        if let Some(product) = &self.product {
            write!(f, " of \"{product}\"")?;
        }
        if let Some(warehouse) = &self.warehouse {
            write!(f, " at \"{warehouse}\"")?;
        }
        write!(f, " than can be counted, {most}; that goes back to `{}`: {remedy}", self.setting)
    }
}

impl std::error::Error for Limit {}
