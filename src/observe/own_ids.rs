//! The numbers that orders have of their own, where they are replayed from a file: the run numbers orders as they come.

use crate::domain::{Model, OrderNumber, SimTime};
use crate::engine::{Observer, Occurrence, replayed_orders};

/// The own numbers of orders as they come up. Orders that are drawn again have none: several would have the same.
pub struct OwnIds {
    /// When each replayed order comes, and its own number.
    coming: Vec<(SimTime, String)>,
    next: usize,
    /// The highest number that came up.
    seen: OrderNumber,
    /// The replayed orders that came up, by their numbers, and their places among the coming ones.
    met: Vec<(OrderNumber, usize)>,
}

impl OwnIds {
    /// The own numbers of a model's orders.
    pub fn new(model: &Model) -> Self {
        // These have their numbers from the beginning.
        let given = model.script.orders.len() + model.script.open_orders.len();
        let id = |row: usize| model.trace.as_ref().map_or_else(String::new, |trace| trace.orders[row].id.clone());
        let coming = replayed_orders(model).into_iter().map(|(at, row)| (at, id(row))).collect();
        Self { coming, next: 0, seen: given as OrderNumber, met: Vec::new() }
    }

    /// Whether any order has one.
    pub fn are_there(&self) -> bool {
        !self.coming.is_empty()
    }

    /// To be told of everything. Orders are numbered as they come; of one second, those written by hand come first, then those
    /// replayed, then all others. One that was booked ahead is asked for once more when it falls due.
    pub fn observe(&mut self, now: SimTime, what: &Occurrence<'_>) {
        let (Occurrence::OrderAsked { order, .. } | Occurrence::OrderBooked { order }) = what else { return };
        if order.number <= self.seen {
            return;
        }
        self.seen = order.number;
        if self.coming.get(self.next).is_some_and(|(at, _)| *at == now) {
            self.met.push((order.number, self.next));
            self.next += 1;
        }
    }

    /// The own number of an order that came up.
    pub fn of(&self, order: OrderNumber) -> Option<&str> {
        let met = self.met.binary_search_by_key(&order, |(number, _)| *number).ok()?;
        Some(&self.coming[self.met[met].1].1)
    }
}

/// Finds the number that an order of a replayed file gets in a run.
pub struct Numbered {
    ids: OwnIds,
    wanted: String,
    /// The number, once the order has come up.
    pub number: Option<OrderNumber>,
}

impl Numbered {
    /// Looks for an order by its own number; `None` where no order of the model has that.
    pub fn of(model: &Model, wanted: &str) -> Option<Self> {
        let ids = OwnIds::new(model);
        let is_there = ids.coming.iter().any(|(_, id)| id == wanted);
        is_there.then(|| Self { ids, wanted: wanted.to_string(), number: None })
    }
}

impl Observer for Numbered {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        self.ids.observe(now, &what);
        if self.number.is_none() {
            let last = self.ids.met.last().filter(|(_, place)| self.ids.coming[*place].1 == self.wanted);
            self.number = last.map(|(number, _)| *number);
        }
    }
}
