//! `fewest-parcels` and `cheapest`: a best set of warehouses that covers every available line.
//!
//! Sets are compared by (parcels, cost) for `fewest-parcels` and by (cost, parcels) for `cheapest`, then by their
//! preference ranks in ascending order. Inside the chosen set each line in turn goes to the first warehouse in
//! preference order that leaves a way to cover the rest.

use super::{EXACT_UP_TO_LINES, Supplies};
use crate::domain::{Cents, Lane, SourcingPolicy};

/// Working memory of the search; allocated once.
#[derive(Default)]
pub(super) struct Search {
    /// Warehouses worth looking at.
    candidates: Vec<Candidate>,
    /// The set that is being built, as positions in `candidates`.
    set: Vec<usize>,
    best_key: Option<(i64, i64)>,
    /// Ranks of the best set so far.
    best: Vec<usize>,
}

#[derive(Clone, Copy)]
struct Candidate {
    rank: usize,
    cost: Cents,
    /// Bit i: it can supply the i-th line to be covered, taken alone.
    supplies: u64,
}

impl Search {
    /// The ranks of the warehouses that serve an order in which no product stands twice; each line is for the first of them that
    /// has it.
    pub(super) fn best_cover(&mut self, policy: SourcingPolicy, lanes: &[Lane], supplies: &Supplies) -> &[usize] {
        if supplies.available().count_ones() as usize > EXACT_UP_TO_LINES {
            self.greedy(policy, lanes, supplies);
            return &self.best;
        }
        self.candidates.clear();
        for (rank, supplied) in supplies.iter() {
            // One that supplies no line that a more preferred one does not supply too is never needed: that one costs no more.
            let is_dominated = self.candidates.iter().any(|other| supplied & !other.supplies == 0);
            if supplied != 0 && !is_dominated {
                self.candidates.push(Candidate { rank, cost: lanes[rank].parcel_cost, supplies: supplied });
            }
        }
        self.best_set(policy, supplies.available(), |_| true);
        &self.best
    }

    /// The ranks of a best set of candidates, each with its cost and what it can supply of `everything`, that covers everything in
    /// a way that `fits`; empty where none does. `fits` is asked with the ranks of a set that covers everything if it does so line
    /// by line.
    pub(super) fn best_set_of(
        &mut self,
        policy: SourcingPolicy,
        candidates: impl Iterator<Item = (usize, Cents, u64)>,
        everything: u64,
        fits: impl FnMut(&[usize]) -> bool,
    ) -> &[usize] {
        self.candidates.clear();
        self.candidates.extend(candidates.map(|(rank, cost, supplies)| Candidate { rank, cost, supplies }));
        self.best_set(policy, everything, fits);
        &self.best
    }

    fn best_set(&mut self, policy: SourcingPolicy, everything: u64, mut fits: impl FnMut(&[usize]) -> bool) {
        self.best.clear();
        self.best_key = None;
        // A warehouse that covers no line of its own is not needed, so no set is larger than the lines.
        for size in 1..=(everything.count_ones() as usize).min(self.candidates.len()) {
            self.set.clear();
            self.visit(policy, everything, size, (0, 0, 0), &mut fits);
            if policy == SourcingPolicy::FewestParcels && self.best_key.is_some() {
                break;
            }
        }
    }

    /// Visits every set of `size` candidates that extends `set` by candidates `from` a position on, in lexicographic order of
    /// ranks, and keeps the best: of equals the first. The set so far has `supplied` and `cost`s so much.
    fn visit(
        &mut self,
        policy: SourcingPolicy,
        everything: u64,
        size: usize,
        (from, supplied, cost): (usize, u64, i64),
        fits: &mut impl FnMut(&[usize]) -> bool,
    ) {
        let key = match policy {
            SourcingPolicy::Cheapest => (cost, size as i64),
            _ => (size as i64, cost),
        };
        if self.best_key.is_some_and(|best| key >= best) {
            return;
        }
        if self.set.len() == size {
            if supplied == everything && fits(&self.set) {
                self.best_key = Some(key);
                self.best.clone_from(&self.set);
            }
            return;
        }
        let missing = size - self.set.len();
        for next in from..=self.candidates.len().saturating_sub(missing) {
            let Some(&candidate) = self.candidates.get(next) else { break };
            self.set.push(candidate.rank);
            let extended = (next + 1, supplied | candidate.supplies, cost + candidate.cost.0);
            self.visit(policy, everything, size, extended, fits);
            self.set.pop();
        }
    }

    /// Beyond the exact search: the warehouse that supplies the most open lines (for `cheapest`, at the least cost a line), again
    /// and again; ties by preference.
    fn greedy(&mut self, policy: SourcingPolicy, lanes: &[Lane], supplies: &Supplies) {
        self.best.clear();
        let mut open = supplies.available();
        while open != 0 {
            let counts = supplies.iter().map(|(rank, supplied)| (rank, (supplied & open).count_ones() as i64));
            let Some(rank) = most_supplying(policy, lanes, counts) else { return };
            self.best.push(rank);
            open &= !supplies.of(rank);
        }
    }
}

/// The rank of the warehouse that supplies the most lines, for `cheapest` at the least parcel cost a line; of equals the first.
/// `None` where nobody supplies any.
pub(super) fn most_supplying(
    policy: SourcingPolicy,
    lanes: &[Lane],
    counts: impl Iterator<Item = (usize, i64)>,
) -> Option<usize> {
    let mut best: Option<(usize, i64, i64)> = None;
    for (rank, count) in counts.filter(|&(_, count)| count > 0) {
        let cost = lanes[rank].parcel_cost.0;
        let is_better = best.is_none_or(|(_, most, least)| match policy {
            // cost/count < least/most, without a division.
            SourcingPolicy::Cheapest => (cost * most, -count) < (least * count, -most),
            _ => count > most,
        });
        if is_better {
            best = Some((rank, count, cost));
        }
    }
    best.map(|(rank, ..)| rank)
}
