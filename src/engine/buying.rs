//! What a replication keeps for buying beyond purchase orders under way: what is wanted and not ordered yet, what
//! expediting has cost this month, and early receipts whose promises are still to come.

use crate::domain::{ProductId, SimTime, VendorId, WarehouseId};
use crate::policy::replenishment::joint::Candidate;

/// What a warehouse wants of a vendor.
#[derive(Clone, Debug)]
pub(super) struct Collecting {
    /// The products, in the order in which they came to want something.
    pub(super) products: Vec<ProductId>,
    pub(super) stage: Stage,
    /// Orders placed so far.
    pub(super) placed: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing is wanted.
    Idle,
    /// The order will be placed in this instant, or when the collecting time is over.
    Due,
    /// It did not come to the minimum, and is tried again whenever something is wanted.
    BelowMinimum,
}

/// What is being collected.
#[derive(Default)]
pub(super) struct Joint {
    /// By vendor, then warehouse; empty where no vendor takes several products an order.
    pub(super) lists: Vec<Collecting>,
    /// Whether a pair stands in its list; empty likewise.
    pub(super) is_listed: Vec<bool>,
    /// Lists whose orders are placed in this instant.
    pub(super) due: Vec<u32>,
    /// The lines of the order that is being made up.
    pub(super) lines: Vec<JointLine>,
    /// What it may be filled up with.
    pub(super) candidates: Vec<Candidate>,
}

impl Joint {
    /// Makes it that of second 0, with nothing collected yet, for so many lists of so many pairs.
    pub(super) fn renew(&mut self, lists: usize, pairs: usize) {
        for list in &mut self.lists {
            list.products.clear();
            (list.stage, list.placed) = (Stage::Idle, 0);
        }
        self.lists.resize(lists, Collecting { products: Vec::new(), stage: Stage::Idle, placed: 0 });
        self.is_listed.clear();
        self.is_listed.resize(if lists > 0 { pairs } else { 0 }, false);
        self.due.clear();
    }
}

/// A product of an order that is being made up, and its units.
#[derive(Clone, Copy, Debug)]
pub(super) struct JointLine {
    pub(super) product: ProductId,
    pub(super) units: u64,
}

/// An expedited receipt that came before its promise.
#[derive(Clone, Copy, Debug)]
pub(super) struct EarlyReceipt {
    pub(super) vendor: VendorId,
    pub(super) warehouse: WarehouseId,
    pub(super) product: ProductId,
    pub(super) units: u32,
    pub(super) number: u32,
    pub(super) arrived: SimTime,
    /// Free units less those that wait, with the receipt.
    pub(super) net_stock: i64,
}

/// What a vendor has charged for expediting in a month.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spent {
    pub(super) month: i64,
    pub(super) cents: i64,
}

impl Spent {
    pub(super) const NONE: Self = Self { month: 0, cents: 0 };
}
