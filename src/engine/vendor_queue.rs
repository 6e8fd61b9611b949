//! What waits at vendors that do not dispatch it at once.

use std::collections::VecDeque;

use super::plan::Plan;
use crate::domain::{SimTime, VendorId};

/// A line of a purchase order that waits to be taken up, or an order of one product.
#[derive(Clone, Copy, Debug)]
pub(super) struct Queued {
    /// Its slot among the purchase orders.
    pub(super) slot: u32,
    pub(super) units: u32,
    pub(super) placed: SimTime,
}

/// What a vendor has to do.
#[derive(Clone, Debug)]
pub(super) struct VendorQueue {
    pub(super) waiting: VecDeque<Queued>,
    /// The units of those.
    pub(super) units: u64,
    /// The line in hand, and when it is done.
    pub(super) in_hand: Option<(Queued, SimTime)>,
    /// Lines of the order in hand that are done.
    pub(super) made: Vec<u32>,
    /// When the last line is done to the tick.
    pub(super) idle_from: i64,
    /// When its last disruption ended.
    pub(super) resumed: SimTime,
    /// The next instant for which the calendar has an entry.
    pub(super) wakes: SimTime,
}

impl VendorQueue {
    const fn new() -> Self {
        Self {
            waiting: VecDeque::new(),
            units: 0,
            in_hand: None,
            made: Vec::new(),
            idle_from: 0,
            resumed: SimTime::ZERO,
            wakes: SimTime::NEVER,
        }
    }

    /// Makes it one in which nothing waits yet.
    fn clear(&mut self) {
        let (mut waiting, mut made) = (std::mem::take(&mut self.waiting), std::mem::take(&mut self.made));
        waiting.clear();
        made.clear();
        *self = Self { waiting, made, ..Self::new() };
    }
}

/// The queues of all vendors, and what was ordered in this instant.
#[derive(Default)]
pub(super) struct VendorQueues {
    /// By vendor; empty where no vendor lets orders wait.
    pub(super) of: Vec<VendorQueue>,
    /// Slots of purchase orders that were not handed in yet.
    pub(super) fresh: Vec<(VendorId, u32)>,
}

impl VendorQueues {
    /// Makes them those of second 0, in the memory that they have.
    pub(super) fn renew(&mut self, plan: &Plan<'_>) {
        self.of.iter_mut().for_each(VendorQueue::clear);
        self.of.resize(plan.vendor_terms.len(), VendorQueue::new());
        self.fresh.clear();
    }
}
