//! The audit: the invariants of the retailer's rules, checked at every instant of a run.
//!
//! The auditor keeps books of its own, of stock, orders, lines and notices, from what the engine states and from
//! nothing else. At the end of each instant it compares them with the engine's for every shelf that changed, and at the
//! end of the run for all. What it says of an order rests on the rules' wording, not on the rules' code.
//!
//! Of the order of statements it asks two things: what a line loses when it ends is freed before the ending is stated,
//! and a parcel is stated in the instant of its release, at the latest when that instant closes.
//!
//! An instant costs in proportion to what changed in it, so an audited run takes a few times as long as a plain one.

mod books;
mod breach;
mod dates;
mod days;
mod docks;
mod limits;
mod orders;
mod promised;
mod purchase_orders;
mod shelves;
mod sourced_anew;
mod terms;
#[cfg(test)]
mod tests;
mod vendors;
mod waiting;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Model, OrderNumber, SimTime};
use crate::engine::{Books, Observer, Occurrence};

pub use breach::{Breach, Invariant};

use breach::Findings;
use dates::Ahead;
use orders::OpenOrder;
use purchase_orders::PurchaseOrders;
use shelves::Shelves;
use terms::Terms;
use waiting::{View, Waiting};

/// Checks the invariants of one replication.
pub struct Auditor<'a> {
    model: &'a Model,
    terms: Terms<'a>,
    shelves: Shelves,
    orders: BTreeMap<OrderNumber, OpenOrder>,
    waiting: Waiting,
    purchase_orders: PurchaseOrders,
    /// When each open order's notice is due.
    notices: BTreeSet<(SimTime, OrderNumber)>,
    touched: Vec<OrderNumber>,
    /// Units that wait, by product.
    waiting_units: Vec<i64>,
    /// Orders that are not due yet.
    ahead: Ahead,
    /// What was picked, by warehouse.
    picked: Vec<docks::Picked>,
    /// What vendors have to do, by vendor.
    vendors: Vec<vendors::VendorBooks>,
    now: SimTime,
    findings: Findings,
}

impl<'a> Auditor<'a> {
    /// An auditor of one replication of a model.
    pub fn new(model: &'a Model) -> Self {
        Self {
            model,
            terms: Terms::new(model),
            shelves: Shelves::new(model),
            orders: BTreeMap::new(),
            waiting: Waiting::new(model),
            purchase_orders: PurchaseOrders::new(model),
            notices: BTreeSet::new(),
            touched: Vec::new(),
            waiting_units: vec![0; model.products.len()],
            ahead: Ahead::default(),
            picked: vec![docks::Picked::default(); model.warehouses.len()],
            vendors: model.vendors.iter().map(|_| vendors::VendorBooks::default()).collect(),
            now: SimTime::ZERO,
            findings: Findings::default(),
        }
    }

    /// The first breaches found, in order of happening; one cause tends to breach again and again.
    pub fn breaches(&self) -> &[Breach] {
        &self.findings.first
    }

    /// How many breaches were found, the ones that are not listed included.
    pub fn breach_count(&self) -> u64 {
        self.findings.count
    }

    /// Brings the lists of waiting lines up to date with an order, and compares with what the engine said of them.
    fn settle(&mut self, number: OrderNumber) {
        let Some(open) = self.orders.get_mut(&number).filter(|open| open.mode.is_some()) else { return };
        let terms = &self.terms;
        let home = open.assigned.filter(|_| terms.is_one_warehouse(open.order));
        for line in &mut open.lines {
            let waiting = line.waiting();
            if line.counted != waiting {
                if line.counted == 0 {
                    let shelves = &self.shelves;
                    let lanes = terms.lanes(open.order).iter().chain(terms.lanes_without_events(open.order));
                    let mut places = lanes.map(|lane| lane.warehouse);
                    line.home = home.or_else(|| places.find(|&at| shelves.shelf(at, line.product).carried));
                    self.waiting.add(terms, number, line);
                } else if waiting == 0 {
                    self.waiting.remove(terms, number, line);
                }
                self.shelves.wait(line.home, line.product, i64::from(waiting) - i64::from(line.counted));
                line.counted = waiting;
                self.waiting.touch(line.product);
            }
            if line.stated != i64::from(waiting) {
                let (line_number, stated) = (line.number, line.stated);
                self.findings.add(Invariant::Units, self.now, || {
                    format!("order {number} line {line_number}: {waiting} units wait, the engine spoke of {stated}")
                });
                line.stated = i64::from(waiting);
            }
            if line.freed > 0 && line.ending.is_none() {
                let line_number = line.number;
                self.findings.add(Invariant::Endings, self.now, || {
                    format!("order {number} line {line_number} lost units it had reserved and goes on")
                });
            }
        }
    }

    /// What must hold of an order at the end of an instant in which it changed.
    fn check_order(&mut self, number: OrderNumber) {
        self.check_sourced_anew(number);
        let Some(open) = self.orders.get(&number) else { return };
        let (now, findings) = (self.now, &mut self.findings);
        if open.mode.is_none() {
            if open.lines.iter().any(|line| line.ending.is_none()) {
                findings.add(Invariant::Endings, now, || {
                    format!("order {number} was asked for and neither placed nor lost")
                });
            }
            self.orders.remove(&number);
            return;
        }
        if let Some(line) = open.lines.iter().find(|line| line.ending.is_some() && !line.reserved.is_empty()) {
            findings.add(Invariant::Endings, now, || {
                format!("order {number} line {} ended and keeps units reserved", line.number)
            });
        }
        let waits = open.waiting_line().is_some();
        if open.keeps_units() && !(waits && self.terms.leaves_whole(open)) {
            findings.add(Invariant::LeavesWhole, now, || {
                format!("order {number} has covered lines that did not leave in the instant they could")
            });
        }
        if open.is_over() {
            findings.add(Invariant::Endings, now, || {
                format!("order {number} has no open line and nothing to send, but did not end")
            });
            self.forget(number);
            return;
        }
        if open.backordered && open.notice_due.is_none() {
            findings.add(Invariant::Notice, now, || format!("order {number} is backordered and no notice was planned"));
        }
        if self.terms.waits_as_a_whole(open) && waits {
            self.waiting.touch_order(number);
        }
    }

    /// An order has ended: it leaves the books.
    fn forget(&mut self, number: OrderNumber) {
        self.settle(number);
        self.check_sourced_anew(number);
        self.check_words(number);
        let Some(open) = self.orders.remove(&number) else { return };
        if let Some(due) = open.notice_due {
            self.notices.remove(&(due, number));
        }
        for line in open.lines.iter().filter(|line| line.counted > 0) {
            self.waiting.remove(&self.terms, number, line);
            self.shelves.wait(line.home, line.product, -i64::from(line.counted));
        }
    }

    /// Invariant 7: orders that waited when their notice was due, before `before`, were told.
    fn check_notices(&mut self, before: SimTime) {
        while let Some(&(due, number)) = self.notices.first().filter(|notice| notice.0 < before) {
            self.notices.pop_first();
            let Some(open) = self.orders.get(&number) else { continue };
            if let Some(line) = open.waiting_line().filter(|_| !open.notice_sent) {
                let line_number = line.number;
                self.findings.add(Invariant::Notice, due, || {
                    format!("order {number} got no notice although line {line_number} waited when it was due")
                });
            }
        }
    }
}

impl Observer for Auditor<'_> {
    const READS_BOOKS: bool = true;

    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        if now > self.now {
            // Limits and notices that fell between two instants: nothing happened when something should have.
            self.waiting.check_limits(now, &self.terms, &mut self.findings);
            self.check_notices(now);
            self.ahead.check(now, &mut self.findings);
            self.now = now;
        }
        self.book(what);
    }

    fn instant_ended(&mut self, now: SimTime, books: &impl Books) {
        self.now = now;
        let mut touched = std::mem::take(&mut self.touched);
        for number in touched.drain(..) {
            if let Some(open) = self.orders.get_mut(&number) {
                open.touched = false;
            }
            self.settle(number);
            self.check_order(number);
        }
        self.touched = touched;
        let view = View { now, terms: &self.terms, orders: &self.orders, shelves: &self.shelves };
        self.waiting.check_instant(&view, &mut self.findings);
        self.check_notices(SimTime(now.0 + 1));
        self.ahead.check(SimTime(now.0 + 1), &mut self.findings);
        self.purchase_orders.check_instant(now, self.model, &mut self.findings);
        self.check_vendors();
        self.shelves.check_touched(now, self.model, books, &mut self.findings);
    }

    fn ended(&mut self, end: SimTime, books: &impl Books) {
        self.waiting.check_limits(end, &self.terms, &mut self.findings);
        self.check_notices(end);
        self.ahead.check(end, &mut self.findings);
        self.shelves.check_all(end, self.model, books, &mut self.findings);
    }
}
