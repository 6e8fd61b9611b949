//! `fewest-parcels` and `cheapest`: a best set of warehouses that covers every available line.
//!
//! Sets are compared by (parcels, cost) for `fewest-parcels` and by (cost, parcels) for `cheapest`, then by their
//! preference ranks in ascending order. Inside the chosen set each line in turn goes to the first warehouse in
//! preference order that leaves a way to cover the rest.

use super::{EXACT_UP_TO_LINES, Request};
use crate::domain::{Cents, ProductId, SourcingPolicy, WarehouseId};

/// Working memory of the search; allocated once.
#[derive(Default)]
pub(super) struct Search {
    /// The lines to cover, as positions in the order.
    open: Vec<usize>,
    /// Warehouses worth looking at, as ranks.
    candidates: Vec<Candidate>,
    /// The set that is being built, as positions in `candidates`.
    set: Vec<usize>,
    best: Vec<usize>,
    best_key: Option<(i64, i64)>,
    trial: Vec<Option<usize>>,
    /// No product stands in two lines, so that a warehouse that can supply two lines can supply both.
    distinct: bool,
}

#[derive(Clone, Copy)]
struct Candidate {
    rank: usize,
    cost: Cents,
    /// Bit i: it can supply the i-th open line, taken alone.
    supplies: u64,
}

impl Search {
    /// Replaces the walk's warehouses of the available lines (those with a choice) by the policy's. `distinct`: no product
    /// stands in two lines.
    pub(super) fn improve(
        &mut self,
        policy: SourcingPolicy,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        distinct: bool,
        choice: &mut [Option<usize>],
    ) {
        self.open.clear();
        self.open.extend((0..choice.len()).filter(|&index| choice[index].is_some()));
        if self.open.len() > EXACT_UP_TO_LINES {
            self.greedy(policy, request, choice);
            return;
        }
        self.distinct = distinct;
        self.gather_candidates(request);
        self.best_key = None;
        for size in 1..=self.open.len().min(self.candidates.len()) {
            self.set.clear();
            self.visit(policy, request, size, 0, 0, 0);
            if policy == SourcingPolicy::FewestParcels && self.best_key.is_some() {
                break;
            }
        }
        if self.best_key.is_some() {
            std::mem::swap(&mut self.set, &mut self.best);
            self.trial.clear();
            self.trial.resize(choice.len(), None);
            if self.assign(request, 0) {
                choice.copy_from_slice(&self.trial);
            }
        }
    }

    /// Lists the warehouses that can supply something. One that supplies no line that a more preferred one does not
    /// supply too is never needed: that one costs no more. (Not so where lines share a product's stock.)
    fn gather_candidates(&mut self, request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>) {
        self.candidates.clear();
        for (rank, lane) in request.lanes.iter().enumerate() {
            let mut supplies = 0;
            for (bit, &index) in self.open.iter().enumerate() {
                let line = request.lines[index];
                if i64::from((request.free)(lane.warehouse, line.product)) >= i64::from(line.units) {
                    supplies |= 1u64 << bit;
                }
            }
            let is_dominated = self.distinct && self.candidates.iter().any(|other| supplies & !other.supplies == 0);
            if supplies != 0 && !is_dominated {
                self.candidates.push(Candidate { rank, cost: lane.parcel_cost, supplies });
            }
        }
    }

    /// Visits every set of `size` candidates that extends `set`, in lexicographic order of ranks, and keeps the best:
    /// of equals the first.
    fn visit(
        &mut self,
        policy: SourcingPolicy,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        size: usize,
        from: usize,
        supplied: u64,
        cost: i64,
    ) {
        let key = match policy {
            SourcingPolicy::Cheapest => (cost, size as i64),
            _ => (size as i64, cost),
        };
        if self.best_key.is_some_and(|best| key >= best) {
            return;
        }
        if self.set.len() == size {
            let everything = (1u64 << self.open.len()) - 1;
            if supplied == everything {
                self.trial.clear();
                self.trial.resize(request.lines.len(), None);
                if self.distinct || self.assign(request, 0) {
                    self.best_key = Some(key);
                    self.best.clone_from(&self.set);
                }
            }
            return;
        }
        let missing = size - self.set.len();
        for next in from..=self.candidates.len().saturating_sub(missing) {
            let Some(&candidate) = self.candidates.get(next) else { break };
            self.set.push(next);
            self.visit(policy, request, size, next + 1, supplied | candidate.supplies, cost + candidate.cost.0);
            self.set.pop();
        }
    }

    /// Gives the open lines from the `bit`-th on to warehouses of the set, with what `trial` gave the earlier ones.
    fn assign(&mut self, request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>, bit: usize) -> bool {
        let Some(&index) = self.open.get(bit) else { return true };
        for position in 0..self.set.len() {
            let candidate = self.candidates[self.set[position]];
            if candidate.supplies & (1 << bit) != 0
                && (self.distinct || request.can_supply(candidate.rank, index, &self.trial))
            {
                self.trial[index] = Some(candidate.rank);
                if self.assign(request, bit + 1) {
                    return true;
                }
                self.trial[index] = None;
            }
        }
        false
    }

    /// Beyond the exact search: the warehouse that supplies the most open lines (for `cheapest`, at the least cost a
    /// line), again and again; ties by preference. Where lines of one product end up in each other's way, the walk's
    /// choice stands.
    fn greedy(
        &mut self,
        policy: SourcingPolicy,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        choice: &mut [Option<usize>],
    ) {
        self.trial.clear();
        self.trial.resize(choice.len(), None);
        while self.open.iter().any(|&index| self.trial[index].is_none()) {
            let mut best: Option<(usize, i64, i64)> = None;
            for (rank, lane) in request.lanes.iter().enumerate() {
                // One that is in use already has supplied all it can.
                if self.trial.contains(&Some(rank)) {
                    continue;
                }
                let count = self.supply_from(request, rank) as i64;
                self.take_back(rank);
                if count == 0 {
                    continue;
                }
                let cost = lane.parcel_cost.0;
                let better = best.is_none_or(|(_, most, least)| match policy {
                    // cost/count < least/most, without a division.
                    SourcingPolicy::Cheapest => (cost * most, -count) < (least * count, -most),
                    _ => count > most,
                });
                if better {
                    best = Some((rank, count, cost));
                }
            }
            let Some((rank, ..)) = best else { return };
            self.supply_from(request, rank);
        }
        choice.copy_from_slice(&self.trial);
    }

    /// Gives a warehouse every open line without one that it can supply, in order; returns how many.
    fn supply_from(&mut self, request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>, rank: usize) -> usize {
        let mut count = 0;
        for &index in &self.open {
            if self.trial[index].is_none() && request.can_supply(rank, index, &self.trial) {
                self.trial[index] = Some(rank);
                count += 1;
            }
        }
        count
    }

    /// Takes back what a warehouse not in use was given on trial.
    fn take_back(&mut self, rank: usize) {
        for at in &mut self.trial {
            if *at == Some(rank) {
                *at = None;
            }
        }
    }
}
