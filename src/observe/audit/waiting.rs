//! The auditor's list of waiting lines: whether stock that could serve one lies idle (invariant 8), and whether one
//! waits past its limit (the second half of invariant 5).

use std::collections::{BTreeMap, BTreeSet};

use super::breach::{Findings, Invariant};
use super::orders::{OpenLine, OpenOrder};
use super::shelves::Shelves;
use super::terms::Terms;
use crate::domain::{CancelClock, LineNumber, Model, OrderNumber, ProductId, SimTime, Span, WarehouseId};

/// The lines that waited at the end of the last instant.
pub(super) struct Waiting {
    by_product: Vec<BTreeSet<(OrderNumber, LineNumber)>>,
    /// When each line passes the limit, with `clock = "line"`.
    line_limits: BTreeSet<(SimTime, OrderNumber, LineNumber)>,
    /// When each product that is out and waited for passes the limit, with `clock = "product"`.
    product_limits: BTreeSet<(SimTime, ProductId)>,
    product_limit: Vec<Option<SimTime>>,
    touched: Vec<ProductId>,
    is_touched: Vec<bool>,
    /// Orders that wait as a whole and changed in this instant.
    touched_orders: Vec<OrderNumber>,
}

/// What the auditor knows at the end of an instant.
pub(super) struct View<'v> {
    pub(super) now: SimTime,
    pub(super) terms: &'v Terms<'v>,
    pub(super) orders: &'v BTreeMap<OrderNumber, OpenOrder>,
    pub(super) shelves: &'v Shelves,
}

/// The first instant at which a clock started at `since` has run for longer than the limit.
fn limit(since: SimTime, after: Span) -> SimTime {
    since + after + Span(1)
}

impl Waiting {
    pub(super) fn new(model: &Model) -> Self {
        let products = model.products.len();
        Self {
            by_product: vec![BTreeSet::new(); products],
            line_limits: BTreeSet::new(),
            product_limits: BTreeSet::new(),
            product_limit: vec![None; products],
            touched: Vec::new(),
            is_touched: vec![false; products],
            touched_orders: Vec::new(),
        }
    }

    /// Stock of a product or the lines that wait for it changed.
    pub(super) fn touch(&mut self, product: ProductId) {
        if !std::mem::replace(&mut self.is_touched[product.index()], true) {
            self.touched.push(product);
        }
    }

    /// Something of an order changed that waits as a whole.
    pub(super) fn touch_order(&mut self, order: OrderNumber) {
        self.touched_orders.push(order);
    }

    /// A line began to wait.
    pub(super) fn add(&mut self, terms: &Terms, order: OrderNumber, line: &OpenLine) {
        self.by_product[line.product.index()].insert((order, line.number));
        if let (Some(after), CancelClock::Line) = (terms.cancel_after, terms.cancel_clock) {
            self.line_limits.insert((limit(line.since, after), order, line.number));
        }
    }

    /// A line no longer waits.
    pub(super) fn remove(&mut self, terms: &Terms, order: OrderNumber, line: &OpenLine) {
        self.by_product[line.product.index()].remove(&(order, line.number));
        if let (Some(after), CancelClock::Line) = (terms.cancel_after, terms.cancel_clock) {
            self.line_limits.remove(&(limit(line.since, after), order, line.number));
        }
    }

    /// Invariants 5 and 8 at the end of an instant, for the products and orders that changed in it.
    pub(super) fn check_instant(&mut self, view: &View<'_>, findings: &mut Findings) {
        let View { now, terms, orders, shelves } = *view;
        let mut whole = std::mem::take(&mut self.touched_orders);
        let mut touched = std::mem::take(&mut self.touched);
        for product in touched.drain(..) {
            self.is_touched[product.index()] = false;
            self.set_product_limit(terms, shelves, product);
            if !self.by_product[product.index()].is_empty() && shelves.some_free(product) {
                self.check_product(view, product, &mut whole, findings);
            }
        }
        self.touched = touched;
        whole.sort_unstable();
        whole.dedup();
        for number in whole.drain(..) {
            if let Some(open) = orders.get(&number).filter(|open| can_cover_all(terms, open, shelves)) {
                findings.add(Invariant::NoIdleStock, now, || {
                    format!("order {number} waits as a whole while all of its {} lines could be covered", waiting(open))
                });
            }
        }
        self.touched_orders = whole;
        // What is past its limit now should have ended in this very instant.
        self.check_limits(SimTime(now.0 + 1), terms, findings);
    }

    /// Invariant 8 for the lines that wait for one product; orders that wait as a whole are put aside.
    fn check_product(
        &mut self,
        view: &View<'_>,
        product: ProductId,
        whole: &mut Vec<OrderNumber>,
        findings: &mut Findings,
    ) {
        let View { now, terms, orders, shelves } = *view;
        self.by_product[product.index()].retain(|&(number, line_number)| {
            let open = &orders[&number];
            if terms.waits_as_a_whole(open) {
                whole.push(number);
                return true;
            }
            let needed = needed_by(terms, open, line_number);
            let idle = terms.sources(open).find(|&warehouse| shelves.shelf(warehouse, product).free() >= needed);
            let Some(warehouse) = idle else { return true };
            findings.add(Invariant::NoIdleStock, now, || {
                format!(
                    "order {number} line {line_number} waits for {} while {} has {} free",
                    terms.product(product),
                    terms.warehouse(warehouse),
                    shelves.shelf(warehouse, product).free()
                )
            });
            // Told once.
            false
        });
    }

    /// A line that could have been served by units of a shelf, and whose class goes before another's.
    pub(super) fn passed_over(
        &self,
        terms: &Terms<'_>,
        orders: &BTreeMap<OrderNumber, OpenOrder>,
        (warehouse, product, free): (WarehouseId, ProductId, i64),
        priority: u32,
    ) -> Option<(OrderNumber, LineNumber)> {
        self.by_product[product.index()].iter().copied().find(|&(number, line)| {
            let Some(open) = orders.get(&number) else { return false };
            let goes_before = terms.priority(open.order).is_some_and(|own| own < priority);
            goes_before
                && open.lines[line as usize - 1].waiting() > 0
                && !terms.waits_as_a_whole(open)
                && terms.sources(open).any(|at| at == warehouse)
                && free >= needed_by(terms, open, line)
        })
    }

    /// Keeps the moment at which a product's clock passes the limit.
    fn set_product_limit(&mut self, terms: &Terms, shelves: &Shelves, product: ProductId) {
        let (Some(after), CancelClock::Product) = (terms.cancel_after, terms.cancel_clock) else { return };
        let is_waited_for = !self.by_product[product.index()].is_empty();
        let new = shelves.out_since(product).filter(|_| is_waited_for).map(|since| limit(since, after));
        let old = &mut self.product_limit[product.index()];
        if let Some(old) = *old {
            self.product_limits.remove(&(old, product));
        }
        if let Some(new) = new {
            self.product_limits.insert((new, product));
        }
        *old = new;
    }

    /// Invariant 5, second half: nothing has waited past a limit that lies before `before`.
    pub(super) fn check_limits(&mut self, before: SimTime, terms: &Terms, findings: &mut Findings) {
        while let Some(&(at, order, line)) = self.line_limits.first().filter(|limit| limit.0 < before) {
            self.line_limits.pop_first();
            findings
                .add(Invariant::AgeLimit, at, || format!("order {order} line {line} goes on waiting past the limit"));
        }
        while let Some(&(at, product)) = self.product_limits.first().filter(|limit| limit.0 < before) {
            self.product_limits.pop_first();
            self.product_limit[product.index()] = None;
            findings.add(Invariant::AgeLimit, at, || {
                let lines = self.by_product[product.index()].len();
                format!("{lines} lines go on waiting for {}, out of stock past the limit", terms.product(product))
            });
        }
    }
}

/// Free units of a shelf by which a waiting line could be served.
fn needed_by(terms: &Terms<'_>, open: &OpenOrder, line: LineNumber) -> i64 {
    let units = if terms.by_unit { 1 } else { i64::from(open.lines[line as usize - 1].waiting()) };
    units + terms.withheld_from(open.order)
}

fn waiting(open: &OpenOrder) -> usize {
    open.lines.iter().filter(|line| line.waiting() > 0).count()
}

/// Whether all waiting lines of an order can be covered at once: walked in order, each in preference order.
fn can_cover_all(terms: &Terms, open: &OpenOrder, shelves: &Shelves) -> bool {
    let mut taken: Vec<(WarehouseId, ProductId, i64)> = Vec::new();
    let free = |taken: &[(WarehouseId, ProductId, i64)], at: WarehouseId, product: ProductId| {
        let held: i64 = taken.iter().filter(|entry| (entry.0, entry.1) == (at, product)).map(|entry| entry.2).sum();
        shelves.shelf(at, product).free() - held - terms.withheld_from(open.order)
    };
    let mut some_waits = false;
    for line in &open.lines {
        let mut needed = i64::from(line.waiting());
        some_waits |= needed > 0;
        for warehouse in terms.sources(open) {
            let here = free(&taken, warehouse, line.product);
            let part = if here >= needed {
                needed
            } else if terms.by_unit {
                here.max(0)
            } else {
                0
            };
            taken.push((warehouse, line.product, part));
            needed -= part;
        }
        if needed > 0 {
            return false;
        }
    }
    some_waits
}
