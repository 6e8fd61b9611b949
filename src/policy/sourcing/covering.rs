//! `fewest-parcels` and `cheapest`: a best set of warehouses that covers every available line.
//!
//! Sets are compared by (parcels, cost) for `fewest-parcels` and by (cost, parcels) for `cheapest`, then by their
//! preference ranks in ascending order. Inside the chosen set each line in turn goes to the first warehouse in
//! preference order that leaves a way to cover the rest.

use super::Supplies;
use crate::domain::{Cents, Lane, SourcingPolicy};

/// Steps after which a search settles for the best set found so far, or for one made greedily. Finding a smallest cover is hard in
/// general; orders of people need a few steps, and those of this many a millisecond.
pub(super) const MOST_STEPS: usize = 200_000;

/// Working memory of the search; allocated once.
#[derive(Default)]
pub(super) struct Search {
    /// Warehouses worth looking at, in preference order, hence by ascending cost.
    candidates: Vec<Candidate>,
    /// What the candidates from each position on supply together.
    ahead: Vec<u64>,
    /// Ranks of the set that is being built.
    set: Vec<usize>,
    best_key: Option<(i64, i64)>,
    /// Ranks of the best set so far.
    best: Vec<usize>,
    /// Steps that may still be taken.
    steps: usize,
}

#[derive(Clone, Copy)]
struct Candidate {
    rank: usize,
    cost: Cents,
    /// Bit i: it can supply the i-th line to be covered, taken alone.
    supplies: u64,
}

/// What sets are compared by, less being better: parcels and cost in the policy's order.
const fn key(policy: SourcingPolicy, parcels: usize, cost: i64) -> (i64, i64) {
    match policy {
        SourcingPolicy::Cheapest => (cost, parcels as i64),
        _ => (parcels as i64, cost),
    }
}

impl Search {
    /// The ranks of the warehouses that serve an order in which no product stands twice; each line is for the first of them that
    /// has it.
    pub(super) fn best_cover(&mut self, policy: SourcingPolicy, lanes: &[Lane], supplies: &Supplies) -> &[usize] {
        self.candidates.clear();
        for (rank, supplied) in supplies.iter() {
            // One that supplies no line that a more preferred one does not supply too is never needed: that one costs no more.
            let is_dominated = self.candidates.iter().any(|other| supplied & !other.supplies == 0);
            if supplied != 0 && !is_dominated {
                self.candidates.push(Candidate { rank, cost: lanes[rank].parcel_cost, supplies: supplied });
            }
        }
        if !self.best_set(policy, supplies.available(), |_| true) {
            self.greedy(policy, lanes, supplies);
        }
        &self.best
    }

    /// The ranks of a best set of candidates, each with its cost and what it can supply of `everything`, that covers everything in
    /// a way that `fits`; empty where none was found. `fits` is asked with the ranks of a set that covers everything if it does so
    /// line by line.
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

    /// `false` where the steps did not suffice to find out.
    fn best_set(&mut self, policy: SourcingPolicy, everything: u64, mut fits: impl FnMut(&[usize]) -> bool) -> bool {
        self.best.clear();
        (self.best_key, self.steps) = (None, MOST_STEPS);
        self.ahead.clear();
        self.ahead.resize(self.candidates.len() + 1, 0);
        for (at, candidate) in self.candidates.iter().enumerate().rev() {
            self.ahead[at] = self.ahead[at + 1] | candidate.supplies;
        }
        // A warehouse that covers no line of its own is not needed, so no set is larger than the lines.
        for size in 1..=(everything.count_ones() as usize).min(self.candidates.len()) {
            self.set.clear();
            self.visit(policy, everything, size, (0, 0, 0), &mut fits);
            if policy == SourcingPolicy::FewestParcels && self.best_key.is_some() {
                break;
            }
        }
        self.steps > 0
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
        if self.steps == 0 {
            return;
        }
        self.steps -= 1;
        let missing = size - self.set.len();
        // Those ahead cost no less than the next one.
        let least = self.candidates.get(from).map_or(0, |next| next.cost.0);
        let is_beaten = self.best_key.is_some_and(|best| key(policy, size, cost + missing as i64 * least) >= best);
        if is_beaten || (supplied | self.ahead[from]) != everything {
            return;
        }
        if missing == 0 {
            if supplied == everything && fits(&self.set) {
                self.best_key = Some(key(policy, size, cost));
                self.best.clone_from(&self.set);
            }
            return;
        }
        for next in from..=self.candidates.len().saturating_sub(missing) {
            let Some(&candidate) = self.candidates.get(next) else { break };
            self.set.push(candidate.rank);
            let extended = (next + 1, supplied | candidate.supplies, cost + candidate.cost.0);
            self.visit(policy, everything, size, extended, fits);
            self.set.pop();
        }
    }

    /// Where the search was cut short: the warehouse that supplies the most open lines (for `cheapest`, at the least cost a line),
    /// again and again; ties by preference. It stands if it is better than what the search found.
    fn greedy(&mut self, policy: SourcingPolicy, lanes: &[Lane], supplies: &Supplies) {
        self.set.clear();
        let mut open = supplies.available();
        while open != 0 {
            let counts = supplies.iter().map(|(rank, supplied)| (rank, (supplied & open).count_ones() as i64));
            let Some(rank) = most_supplying(policy, lanes, counts) else { break };
            self.set.push(rank);
            open &= !supplies.of(rank);
        }
        self.set.sort_unstable();
        let cost = self.set.iter().map(|&rank| lanes[rank].parcel_cost.0).sum();
        if self.best_key.is_none_or(|best| key(policy, self.set.len(), cost) < best) {
            self.best.clone_from(&self.set);
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
