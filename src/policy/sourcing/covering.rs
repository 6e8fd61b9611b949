//! `fewest-parcels` and `cheapest`: a best set of warehouses that covers every available line, or holds every available unit.
//!
//! Sets are compared by (parcels, cost) for `fewest-parcels` and by (cost, parcels) for `cheapest`, then by their
//! preference ranks in ascending order. Inside the chosen set each whole line in turn goes to the first warehouse in
//! preference order that leaves a way to cover the rest; [units](super::by_units) are taken in preference order.

use super::Supplies;
use crate::domain::{Cents, Lane, SourcingPolicy};

/// Steps after which a search settles for the best set found so far, or for one made greedily. Finding a smallest cover is hard in
/// general; orders of people need a few steps, and those of this many a millisecond.
pub(super) const MAX_STEPS: usize = 200_000;

/// What a set of warehouses has to hold together. The search builds sets from candidates, which it names by their position in
/// ascending order; `size` is how many a set has so far.
pub(super) trait Goal {
    /// A candidate joins a set, as its `size + 1`st member.
    fn join(&mut self, size: usize, candidate: usize);

    /// Whether a set could hold everything once `missing` candidates from position `from` on have joined it: `false` only where it
    /// is certain that it could not.
    fn is_in_reach(&self, size: usize, missing: usize, from: usize) -> bool;

    /// Whether a set of these ranks, complete and [in reach](Self::is_in_reach), serves the order.
    fn is_met(&mut self, ranks: &[usize]) -> bool;
}

/// Working memory of the search; allocated once.
#[derive(Default)]
pub(super) struct Search {
    /// Warehouses worth looking at, in preference order, hence by ascending cost.
    candidates: Vec<Candidate>,
    /// Ranks of the set that is being built.
    set: Vec<usize>,
    best_key: Option<(i64, i64)>,
    /// Ranks of the best set so far.
    best: Vec<usize>,
    /// Steps that may still be taken.
    steps: usize,
    masks: Masks,
}

#[derive(Clone, Copy)]
struct Candidate {
    rank: usize,
    cost: Cents,
}

/// What candidates supply of the lines to be covered, where each line is served whole: bit i stands for the i-th of these lines.
#[derive(Default)]
struct Masks {
    /// By candidate: what it can supply, each line taken alone.
    supplies: Vec<u64>,
    /// What the candidates from each position on supply together.
    ahead: Vec<u64>,
    /// What a set supplies, by its size.
    held: Vec<u64>,
    everything: u64,
}

impl Masks {
    fn clear(&mut self) {
        self.supplies.clear();
    }

    /// All candidates are known: what is to be covered.
    fn aim_at(&mut self, everything: u64) {
        self.everything = everything;
        self.ahead.clear();
        self.ahead.resize(self.supplies.len() + 1, 0);
        for (at, supplies) in self.supplies.iter().enumerate().rev() {
            self.ahead[at] = self.ahead[at + 1] | supplies;
        }
        self.held.clear();
        self.held.resize(self.supplies.len() + 1, 0);
    }

    /// A warehouse that covers no line of its own is not needed, so no set is larger than the lines.
    const fn largest_set(&self) -> usize {
        self.everything.count_ones() as usize
    }
}

/// Every line is covered by some warehouse of the set, in a way that `fits`, which is asked with the ranks of the set.
struct Covering<'a, F> {
    masks: &'a mut Masks,
    fits: F,
}

impl<F: FnMut(&[usize]) -> bool> Goal for Covering<'_, F> {
    fn join(&mut self, size: usize, candidate: usize) {
        self.masks.held[size + 1] = self.masks.held[size] | self.masks.supplies[candidate];
    }

    fn is_in_reach(&self, size: usize, missing: usize, from: usize) -> bool {
        let ahead = if missing == 0 { 0 } else { self.masks.ahead[from] };
        self.masks.held[size] | ahead == self.masks.everything
    }

    fn is_met(&mut self, ranks: &[usize]) -> bool {
        (self.fits)(ranks)
    }
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
        let mut masks = std::mem::take(&mut self.masks);
        masks.clear();
        self.candidates.clear();
        for (rank, supplied) in supplies.iter() {
            // One that supplies no line that a more preferred one does not supply too is never needed: that one costs no more.
            let is_dominated = masks.supplies.iter().any(|other| supplied & !other == 0);
            if supplied != 0 && !is_dominated {
                self.candidates.push(Candidate { rank, cost: lanes[rank].parcel_cost });
                masks.supplies.push(supplied);
            }
        }
        if let [_, of_second] = *masks.supplies {
            // Nothing is left to search: the dearer one alone where it has everything, else both.
            let first_needed = usize::from(of_second == supplies.available());
            self.best.clear();
            self.best.extend(self.candidates[first_needed..].iter().map(|candidate| candidate.rank));
        } else {
            masks.aim_at(supplies.available());
            let largest = masks.largest_set();
            if !self.best_set(policy, largest, &mut Covering { masks: &mut masks, fits: |_: &[usize]| true }) {
                self.greedy(policy, lanes, supplies);
            }
        }
        self.masks = masks;
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
        let mut masks = std::mem::take(&mut self.masks);
        masks.clear();
        self.candidates.clear();
        for (rank, cost, supplies) in candidates {
            self.candidates.push(Candidate { rank, cost });
            masks.supplies.push(supplies);
        }
        masks.aim_at(everything);
        let largest = masks.largest_set();
        self.best_set(policy, largest, &mut Covering { masks: &mut masks, fits });
        self.masks = masks;
        &self.best
    }

    /// The ranks of the best set of candidates, each with its cost, that meets a goal, in ascending order of preference; empty where
    /// none was found. The second part is `false` where the steps did not suffice to find the best of all.
    pub(super) fn best_set_for(
        &mut self,
        policy: SourcingPolicy,
        candidates: impl Iterator<Item = (usize, Cents)>,
        largest: usize,
        goal: &mut impl Goal,
    ) -> (&[usize], bool) {
        self.candidates.clear();
        self.candidates.extend(candidates.map(|(rank, cost)| Candidate { rank, cost }));
        let is_best = self.best_set(policy, largest, goal);
        (&self.best, is_best)
    }

    /// `false` where the steps did not suffice to find out.
    fn best_set(&mut self, policy: SourcingPolicy, largest: usize, goal: &mut impl Goal) -> bool {
        self.best.clear();
        (self.best_key, self.steps) = (None, MAX_STEPS);
        for size in 1..=largest.min(self.candidates.len()) {
            self.set.clear();
            self.visit(policy, size, (0, 0), goal);
            if policy == SourcingPolicy::FewestParcels && self.best_key.is_some() {
                break;
            }
        }
        self.steps > 0
    }

    /// Visits every set of `size` candidates that extends `set` by candidates `from` a position on, in lexicographic order of
    /// ranks, and keeps the best: of equals the first. The set so far costs so much.
    fn visit(&mut self, policy: SourcingPolicy, size: usize, (from, cost): (usize, i64), goal: &mut impl Goal) {
        if self.steps == 0 {
            return;
        }
        self.steps -= 1;
        let missing = size - self.set.len();
        // Those ahead cost no less than the next one.
        let least = self.candidates.get(from).map_or(0, |next| next.cost.0);
        let is_beaten = self.best_key.is_some_and(|best| key(policy, size, cost + missing as i64 * least) >= best);
        if is_beaten || !goal.is_in_reach(self.set.len(), missing, from) {
            return;
        }
        if missing == 0 {
            if goal.is_met(&self.set) {
                self.best_key = Some(key(policy, size, cost));
                self.best.clone_from(&self.set);
            }
            return;
        }
        for next in from..=self.candidates.len().saturating_sub(missing) {
            let Some(&candidate) = self.candidates.get(next) else { break };
            goal.join(self.set.len(), next);
            self.set.push(candidate.rank);
            self.visit(policy, size, (next + 1, cost + candidate.cost.0), goal);
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
        if self.best.is_empty() || prefers(policy, lanes, &self.set, &self.best) {
            self.best.clone_from(&self.set);
        }
    }
}

/// Whether a policy prefers one set of ranks to another, by cost and number of parcels.
pub(super) fn prefers(policy: SourcingPolicy, lanes: &[Lane], one: &[usize], other: &[usize]) -> bool {
    let worth = |set: &[usize]| key(policy, set.len(), set.iter().map(|&rank| lanes[rank].parcel_cost.0).sum());
    worth(one) < worth(other)
}

/// The rank of the warehouse that supplies the most lines or units, for `cheapest` at the least parcel cost for each; of equals the
/// first.
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
            // cost/count < least/most, without a division; units and cents are many.
            SourcingPolicy::Cheapest => {
                let per = |cost: i64, count: i64| i128::from(cost) * i128::from(count);
                (per(cost, most), -count) < (per(least, count), -most)
            }
            _ => count > most,
        });
        if is_better {
            best = Some((rank, count, cost));
        }
    }
    best.map(|(rank, ..)| rank)
}
