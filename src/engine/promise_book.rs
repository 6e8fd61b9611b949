//! What was promised, by the slots of orders and lines, and the purchase orders whose dates are shown.

use super::observer::Occurrence;
use crate::domain::{LateFor, Model, Promising, SimTime, Span, WarehouseId};

/// What is promised, and what is on its way.
pub(super) struct Promises<'a> {
    /// What the scenario says of it.
    pub(super) settings: &'a Promising,
    /// By the slots of lines.
    lines: Vec<LinePromise>,
    /// By the slots of orders.
    orders: Vec<OrderPromise>,
    /// Purchase orders on their way, by product.
    pub(super) incoming: Vec<Vec<Incoming>>,
    /// Of the parcel that is picked now: when it was ready, and from when on its warehouse's hours let it be picked.
    pub(super) picked: Option<(SimTime, SimTime)>,
}

/// Memory for what is promised.
#[derive(Default)]
pub(super) struct PromiseBuffers {
    lines: Vec<LinePromise>,
    orders: Vec<OrderPromise>,
    incoming: Vec<Vec<Incoming>>,
}

/// What a line was promised.
#[derive(Clone, Copy)]
pub(super) struct LinePromise {
    /// By when; never, where nothing is promised or what was promised has been settled.
    pub(super) by: SimTime,
    /// Units that have not left.
    pub(super) left: u32,
    /// When the last of those that left arrives, or left, whichever is promised.
    pub(super) done: SimTime,
    /// When it was promised.
    pub(super) asked: SimTime,
    /// When the last of its units that had to wait was covered; never, where none has been.
    pub(super) covered: SimTime,
    /// From when on it may be picked at the dock to which it came.
    pub(super) pickable: SimTime,
    /// What it will be late for, by the parcel that arrives last, and when that arrives.
    pub(super) late: Option<(LateFor, SimTime)>,
}

/// What became of the promises of an order.
#[derive(Clone, Copy, Default)]
pub(super) struct OrderPromise {
    pub(super) some_settled: bool,
    pub(super) some_broken: bool,
}

/// A purchase order on its way.
#[derive(Clone, Copy)]
pub(super) struct Incoming {
    pub(super) warehouse: WarehouseId,
    /// Its number within the pair.
    number: u32,
    pub(super) promised: SimTime,
}

impl LinePromise {
    pub(super) const NOTHING: Self = Self {
        by: SimTime::NEVER,
        left: 0,
        done: SimTime(i64::MIN),
        asked: SimTime::ZERO,
        covered: SimTime::NEVER,
        pickable: SimTime::ZERO,
        late: None,
    };
}

impl<'a> Promises<'a> {
    /// Nothing promised yet, in the memory of others; `None` where the scenario promises nothing.
    pub(super) fn new(model: &'a Model, memory: PromiseBuffers) -> Option<Self> {
        let settings = model.promise.as_ref()?;
        let PromiseBuffers { mut lines, mut orders, mut incoming } = memory;
        lines.clear();
        orders.clear();
        incoming.iter_mut().for_each(Vec::clear);
        incoming.resize(model.products.len(), Vec::new());
        Some(Self { settings, lines, orders, incoming, picked: None })
    }

    /// What is left of them as memory for others.
    pub(super) fn into_memory(self) -> PromiseBuffers {
        PromiseBuffers { lines: self.lines, orders: self.orders, incoming: self.incoming }
    }

    /// What the line in a slot was promised.
    pub(super) fn line(&mut self, slot: u32) -> &mut LinePromise {
        let slot = slot as usize;
        if self.lines.len() <= slot {
            self.lines.resize(slot + 1, LinePromise::NOTHING);
        }
        &mut self.lines[slot]
    }

    /// What became of the promises of the order in a slot.
    pub(super) fn order(&mut self, slot: u32) -> &mut OrderPromise {
        let slot = slot as usize;
        if self.orders.len() <= slot {
            self.orders.resize(slot + 1, OrderPromise::default());
        }
        &mut self.orders[slot]
    }

    /// Notes what is said of a purchase order.
    pub(super) fn hear(&mut self, now: SimTime, model: &Model, what: &Occurrence<'_>) {
        match *what {
            Occurrence::ReplenishmentOrdered { warehouse, product, number, promised, .. }
            | Occurrence::PurchaseOrderOpen { warehouse, product, number, promised, .. } => {
                self.incoming[product.index()].push(Incoming { warehouse, number, promised });
            }
            Occurrence::ReplenishmentExpedited { vendor, warehouse, product, number, .. } => {
                let Some(offer) = &model.vendors[vendor.index()].expedite else { return };
                let sooner = now + Span::from_seconds_f64(offer.lead_time.mean());
                let is_it = |one: &&mut Incoming| (one.warehouse, one.number) == (warehouse, number);
                if let Some(one) = self.incoming[product.index()].iter_mut().find(is_it) {
                    one.promised = one.promised.min(sooner);
                }
            }
            Occurrence::Receipt { warehouse, product, purchase_order: Some(number), .. } => {
                self.incoming[product.index()].retain(|one| (one.warehouse, one.number) != (warehouse, number));
            }
            _ => {}
        }
    }
}
