//! The auditor's books of purchase orders: each is such as its vendor takes it.
//!
//! Said again from the wording of the settings: the engine's way of collecting what is wanted is not asked.

use super::breach::{Findings, Invariant};
use crate::domain::{BelowMinimum, Cents, Model, OrderMinimum, ProductId, SimTime, VendorId, WarehouseId};

/// A line of a purchase order, as the engine stated it.
#[derive(Clone, Copy)]
pub(super) struct Ordered {
    pub(super) vendor: VendorId,
    pub(super) warehouse: WarehouseId,
    pub(super) product: ProductId,
    pub(super) units: u32,
    pub(super) cost: Cents,
    pub(super) joint: u32,
}

/// A purchase order of several products whose lines are being stated.
struct Open {
    vendor: VendorId,
    warehouse: WarehouseId,
    number: u32,
    lines: u32,
    units: u64,
    products: Vec<ProductId>,
    ordered: u64,
    /// What its lines come to, in units or cents.
    amount: i128,
}

/// Purchase orders by vendor and warehouse.
pub(super) struct PurchaseOrders {
    /// How many of several products were placed.
    placed: Vec<u32>,
    open: Option<Open>,
}

impl PurchaseOrders {
    pub(super) fn new(model: &Model) -> Self {
        Self { placed: vec![0; model.vendors.len() * model.warehouses.len()], open: None }
    }

    /// A purchase order of several products is placed.
    #[expect(clippy::too_many_arguments, reason = "they are the occurrence's own fields")]
    pub(super) fn place(
        &mut self,
        vendor: VendorId,
        warehouse: WarehouseId,
        number: u32,
        lines: u32,
        units: u64,
        cost: Cents,
        model: &Model,
        now: SimTime,
        findings: &mut Findings,
    ) {
        self.check_instant(now, model, findings);
        let name = || named(model, vendor, warehouse, number);
        let wrong = |found: &str, findings: &mut Findings| {
            findings.add(Invariant::PurchaseOrders, now, || format!("{} {found}", name()));
        };
        if !model.orders_jointly(vendor) {
            wrong("has several products, and its vendor takes them one by one", findings);
        }
        let placed = &mut self.placed[vendor.index() * model.warehouses.len() + warehouse.index()];
        *placed += 1;
        if number != *placed {
            wrong("has not the number that comes next", findings);
        }
        if cost != model.vendors[vendor.index()].order_cost {
            wrong("does not cost what its vendor charges", findings);
        }
        self.open = Some(Open { vendor, warehouse, number, lines, units, products: Vec::new(), ordered: 0, amount: 0 });
    }

    /// A line is stated, or an order of one product.
    pub(super) fn order(&mut self, line: Ordered, model: &Model, now: SimTime, findings: &mut Findings) {
        let Ordered { vendor, warehouse, product, units, cost, joint } = line;
        let terms = &model.vendors[vendor.index()];
        let what = || {
            let (product, warehouse) = (&model.products[product.index()].id, &model.warehouses[warehouse.index()].id);
            format!("{units} {product} ordered for {warehouse}")
        };
        let wrong = |found: &str, findings: &mut Findings| {
            findings.add(Invariant::PurchaseOrders, now, || format!("{}: {found}", what()));
        };
        let own = model.order_terms(product, terms);
        if units < own.minimum_units || units % own.multiple != 0 || units == 0 {
            wrong("not what is sold at a time", findings);
        }
        if model.vendor_of(product) != Some(vendor) {
            wrong("not of its vendor", findings);
        }
        if joint == 0 {
            if cost != terms.order_cost + model.line_cost(product, terms) {
                wrong("the order does not cost what its vendor charges", findings);
            }
            if model.orders_jointly(vendor) {
                wrong("an order of its own, though its vendor takes several products", findings);
            }
            return;
        }
        if cost != model.line_cost(product, terms) {
            wrong("the line does not cost what its vendor charges", findings);
        }
        match &mut self.open {
            Some(open) if (open.vendor, open.warehouse, open.number) == (vendor, warehouse, joint) => {
                if open.products.contains(&product) {
                    wrong("a second line of its order", findings);
                }
                let unit_cost = model.products[product.index()].unit_cost;
                let worth = terms.order_minimum.map_or(0, |minimum| minimum.worth(unit_cost));
                open.products.push(product);
                open.ordered += u64::from(units);
                open.amount += i128::from(units) * i128::from(worth);
            }
            _ => wrong("a line of an order that was not placed directly before", findings),
        }
    }

    /// At the end of an instant, or before the next order, all lines have been stated.
    pub(super) fn check_instant(&mut self, now: SimTime, model: &Model, findings: &mut Findings) {
        let Some(open) = self.open.take() else { return };
        let wrong = |found: String, findings: &mut Findings| {
            let name = named(model, open.vendor, open.warehouse, open.number);
            findings.add(Invariant::PurchaseOrders, now, || format!("{name} {found}"));
        };
        if open.products.len() != open.lines as usize || open.ordered != open.units {
            let (lines, ordered) = (open.products.len(), open.ordered);
            wrong(
                format!("was to have {} lines and {} units, and has {lines} and {ordered}", open.lines, open.units),
                findings,
            );
        }
        let terms = &model.vendors[open.vendor.index()];
        let counts =
            |minimum: OrderMinimum, product: ProductId| minimum.worth(model.products[product.index()].unit_cost) > 0;
        if let Some(minimum) = terms.order_minimum.filter(|minimum| open.amount < minimum.amount().into()) {
            // What is filled up needs something that counts towards the minimum.
            let can_be_filled_up = open.products.iter().any(|&product| counts(minimum, product));
            if terms.below_minimum == BelowMinimum::Wait || can_be_filled_up {
                wrong(format!("comes to less than {}", minimum.in_words()), findings);
            }
        }
    }
}

fn named(model: &Model, vendor: VendorId, warehouse: WarehouseId, number: u32) -> String {
    let (vendor, warehouse) = (&model.vendors[vendor.index()].id, &model.warehouses[warehouse.index()].id);
    format!("purchase order {number} of {warehouse} to {vendor}")
}
