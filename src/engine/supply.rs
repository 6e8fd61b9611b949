//! The supply side's state: purchase orders under way and vendors in trouble.

use super::buying::{EarlyReceipt, Joint, Spent};
use super::plan::Plan;
use super::pool::{NONE, Pool};
use super::vendor_queue::VendorQueues;
use crate::domain::{ProductId, SimTime, Span, VendorId, WarehouseId};

/// A purchase order of one product for one warehouse, or a line of one of several products.
#[derive(Clone, Copy, Debug)]
pub(super) struct PurchaseOrder {
    pub(super) warehouse: WarehouseId,
    pub(super) product: ProductId,
    pub(super) units: u32,
    /// Its number within the pair, from 1.
    pub(super) number: u32,
    /// Its further state where the vendor expedites: a slot of [`Supply::promises`], else [`NONE`].
    pub(super) promise: u32,
    /// The number of the order of several products that it is a line of, within vendor and warehouse, from 1; 0 where it is an order
    /// of its own.
    pub(super) joint: u32,
}

/// The further state of a purchase order that its vendor may expedite. Aligned, so that it lies in one cache line.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(super) struct Promise {
    /// Placed + mean lead time, never the draw.
    pub(super) promised: SimTime,
    /// When it comes; never, while its lead time has not begun.
    pub(super) arrival: SimTime,
    pub(super) is_expedited: bool,
    pub(super) is_received: bool,
    /// Calendar entries that name the purchase order; an expedited one leaves its old entry behind.
    pub(super) entries: u32,
    /// The next younger open purchase order of the pair.
    pub(super) younger: u32,
}

impl Promise {
    pub(super) const fn new(promised: SimTime) -> Self {
        Self { promised, arrival: SimTime::NEVER, is_expedited: false, is_received: false, entries: 0, younger: NONE }
    }
}

/// The supply side's state.
#[derive(Default)]
pub(super) struct Supply {
    pub(super) purchase_orders: Pool<PurchaseOrder>,
    pub(super) promises: Pool<Promise>,
    pub(super) vendors: Vec<VendorState>,
    /// What waits at vendors that do not dispatch it at once.
    pub(super) queues: VendorQueues,
    /// What is wanted of vendors that take several products an order.
    pub(super) joint: Joint,
    /// Expedited receipts whose promises are still to come.
    pub(super) early: Pool<EarlyReceipt>,
    /// How many of the next receipts have been prefetched.
    pub(super) receipts_fetched: u32,
}

#[derive(Clone, Debug)]
pub(super) struct VendorState {
    /// No lead time begins: it is down, or an event stops it.
    pub(super) is_disrupted: bool,
    /// A disruption of its own is on.
    pub(super) is_down: bool,
    /// An event of the scenario stops it.
    pub(super) is_stopped: bool,
    /// How many times as long lead times are that begin now.
    pub(super) lead_time_factor: f64,
    /// The mean of lead times that begin now.
    pub(super) expected_lead_time: Span,
    /// Changes of disruption so far; names the next draw.
    pub(super) changes: u64,
    /// Purchase orders whose lead time begins when the disruption ends.
    pub(super) held_back: Vec<u32>,
    /// What it has charged for expediting this month.
    pub(super) expedited: Spent,
}

impl VendorState {
    const fn new(mean_lead_time: Span) -> Self {
        Self {
            is_disrupted: false,
            is_down: false,
            is_stopped: false,
            lead_time_factor: 1.0,
            expected_lead_time: mean_lead_time,
            changes: 0,
            held_back: Vec::new(),
            expedited: Spent::NONE,
        }
    }

    /// Lead times that begin from now on are so many times as long as a vendor's of this mean are.
    pub(super) fn slow_down(&mut self, factor: f64, mean_lead_time: Span) {
        self.lead_time_factor = factor;
        self.expected_lead_time = Span::from_seconds_f64(mean_lead_time.0 as f64 * factor);
    }
}

impl Supply {
    /// Makes it that of second 0, in the memory that it has.
    pub(super) fn renew(&mut self, plan: &Plan<'_>) {
        self.purchase_orders.clear();
        self.promises.clear();
        self.vendors.resize_with(plan.model.vendors.len(), || VendorState::new(Span::ZERO));
        for (index, vendor) in self.vendors.iter_mut().enumerate() {
            let mut held_back = std::mem::take(&mut vendor.held_back);
            held_back.clear();
            let mean_lead_time = plan.vendor(VendorId::from_index(index)).mean_lead_time;
            *vendor = VendorState { held_back, ..VendorState::new(mean_lead_time) };
        }
        self.queues.renew(plan);
        self.joint.renew(plan.joint.lists(plan.model), plan.stock.len());
        self.early.clear();
        self.receipts_fetched = 0;
    }
}
