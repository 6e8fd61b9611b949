//! `primary-spillover`: each line from its primary warehouse; what that one has not got spills over, and to nobody too much.
//!
//! A line's *primary* warehouse is its home: the first in preference order that carries the product, whose stock is planned for it.
//! What that one has not got spills over to the first other one in preference order that has it and has taken over fewer lines
//! today than `spillover_lines_per_day`. When all that have it have taken over so many, the first of them takes it all the same: the
//! limit says who helps, never that a customer waits for what is there ([`multi_warehouse`](crate::rules::multi_warehouse)). Without
//! a limit this is [`nearest`](super::nearest).
//!
//! Local fulfilment first, and a limit on what a warehouse gives to the customers of others, are the *spillover limit policies* of
//! DeValve, Wei, Wu and Yuan (2023): a stock-out in one place is not to become one in the next. Theirs refuse what is beyond the
//! limit; here a customer is promised whatever some warehouse has. What waiting lines take from a receipt is not counted, as it goes
//! by preference order under every policy; nor what an order takes that is assigned to one warehouse.

use super::by_units::Take;
use super::request::Request;
use super::serving::{Attempt, Preference, Served};
use crate::domain::{DAY, Lane, Model, OrderedLine, ProductId, SimTime, WarehouseId};
use crate::policy::assortment::Assortment;

/// The policy, with what each warehouse has taken over today.
pub(super) struct Spillover<'a> {
    model: &'a Model,
    assortment: &'a Assortment,
    /// Lines that a warehouse takes over in a day.
    limit: u32,
    /// The day that is counted.
    day: i64,
    /// Lines taken over in it, by warehouse.
    taken_over: Vec<u32>,
    attempt: Attempt,
}

/// Whom a line of an order asks first: its primary warehouse, then those that may take over more today, then the others.
struct PrimaryFirst<'s, 'a> {
    policy: &'s Spillover<'a>,
    lanes: &'s [Lane],
    lines: &'s [OrderedLine],
}

impl Preference for PrimaryFirst<'_, '_> {
    fn key(&self, rank: usize, index: usize, taken: &[Take]) -> i64 {
        let primary = |line: usize| self.policy.primary(self.lanes, self.lines[line].product);
        if primary(index) == Some(rank) {
            return 0;
        }
        let by_this_order = taken.iter().filter(|take| take.rank == rank && primary(take.index) != Some(rank)).count();
        let today = self.policy.taken_over[self.lanes[rank].warehouse.index()] as usize;
        1 + i64::from(today + by_this_order >= self.policy.limit as usize)
    }
}

impl<'a> Spillover<'a> {
    /// Nothing taken over yet.
    pub(super) fn new(model: &'a Model, assortment: &'a Assortment, limit: Option<u32>) -> Self {
        Self {
            model,
            assortment,
            limit: limit.unwrap_or(u32::MAX),
            day: 0,
            taken_over: vec![0; model.warehouses.len()],
            attempt: Attempt::default(),
        }
    }

    /// An order is placed now: a new day may have begun.
    #[inline]
    pub(super) fn come_to(&mut self, now: SimTime) {
        if now.0 / DAY != self.day {
            self.day = now.0 / DAY;
            self.taken_over.fill(0);
        }
    }

    /// The rank of the primary warehouse for a product.
    fn primary(&self, lanes: &[Lane], product: ProductId) -> Option<usize> {
        lanes.iter().position(|lane| self.assortment.carries(self.model.pair(lane.warehouse, product)))
    }

    /// Serves what `takes` holds, which is what the walk in preference order found to be available; `takes` becomes what each
    /// warehouse gives, line by line.
    pub(super) fn choose(
        &mut self,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        served: Served,
        takes: &mut Vec<Take>,
    ) {
        let mut attempt = std::mem::take(&mut self.attempt);
        let preference = PrimaryFirst { policy: self, lanes: request.lanes, lines: request.lines };
        attempt.serve(request, served, &preference, takes);
        self.attempt = attempt;
    }

    /// Counts what an order takes: lines, each with the rank that serves it or a part of it.
    pub(super) fn count(
        &mut self,
        lanes: &[Lane],
        lines: &[OrderedLine],
        served: impl Iterator<Item = (usize, usize)>,
    ) {
        for (line, rank) in served {
            if self.primary(lanes, lines[line].product) != Some(rank) {
                self.taken_over[lanes[rank].warehouse.index()] += 1;
            }
        }
    }
}
