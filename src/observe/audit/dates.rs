//! The auditor's books of dates: orders that are placed ahead, and what lines were promised.

use std::collections::{BTreeMap, BTreeSet};

use super::breach::{Findings, Invariant};
use crate::domain::{OrderNumber, SimTime};
use crate::engine::OrderRef;

/// Orders that are not due yet.
#[derive(Default)]
pub(super) struct Ahead {
    due: BTreeMap<OrderNumber, SimTime>,
    by_time: BTreeSet<(SimTime, OrderNumber)>,
}

impl Ahead {
    /// An order is placed ahead.
    pub(super) fn book(&mut self, now: SimTime, order: OrderRef, findings: &mut Findings) {
        let OrderRef { number, placed: due, .. } = order;
        if due <= now || self.due.insert(number, due).is_some() {
            findings
                .add(Invariant::Ahead, now, || format!("order {number} is placed ahead twice, or for no later time"));
        }
        self.by_time.insert((due, number));
    }

    /// Whether an order is placed ahead and not due.
    pub(super) fn holds(&self, order: OrderNumber) -> bool {
        self.due.contains_key(&order)
    }

    /// An order claims stock; whether it was placed ahead.
    pub(super) fn claim(&mut self, now: SimTime, order: OrderNumber, findings: &mut Findings) -> bool {
        let Some(due) = self.due.remove(&order) else { return false };
        self.by_time.remove(&(due, order));
        if due != now {
            findings
                .add(Invariant::Ahead, now, || format!("order {order} claims stock, which is due at second {}", due.0));
        }
        true
    }

    /// Nobody may have been forgotten who was due before an instant.
    pub(super) fn check(&mut self, before: SimTime, findings: &mut Findings) {
        while let Some(&(due, order)) = self.by_time.first().filter(|entry| entry.0 < before) {
            self.by_time.pop_first();
            self.due.remove(&order);
            findings.add(Invariant::Ahead, due, || format!("order {order} was due, and claimed nothing"));
        }
    }
}

/// What a line was promised, and what is known of it.
#[derive(Clone, Copy, Default)]
pub(super) struct Word {
    /// The last second in time.
    pub(super) promised: Option<SimTime>,
    /// When the last of what left arrives, or left.
    pub(super) done: Option<SimTime>,
    /// Whether it was kept has been said.
    pub(super) is_settled: bool,
}
