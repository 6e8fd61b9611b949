//! Orders in which a product stands in several lines, which take its stock from one another, and orders of very many lines: what
//! a warehouse can supply depends on what else it is given. Only scripts and traces have such.

use super::covering::{MAX_STEPS, Search, most_supplying};
use super::request::Request;
use super::walk_in_preference_order;
use crate::domain::{ProductId, SourcingPolicy, WarehouseId};
use crate::rules::multi_warehouse;

impl<F: Fn(WarehouseId, ProductId) -> i32> Request<'_, F> {
    /// Whether the warehouse at `rank` has line `index` whole, after what `choice` gives the other lines.
    fn can_supply(&self, rank: usize, index: usize, choice: &[Option<usize>]) -> bool {
        let wanted = self.lines[index];
        let taken: i64 = self
            .lines
            .iter()
            .zip(choice)
            .enumerate()
            .filter(|&(other, (line, &at))| other != index && at == Some(rank) && line.product == wanted.product)
            .map(|(_, (line, _))| i64::from(line.units))
            .sum();
        i64::from((self.free)(self.lanes[rank].warehouse, wanted.product)) - taken >= i64::from(wanted.units)
    }
}

/// Serves lines that nobody serves yet and that fit after all, each from the first warehouse in preference order that can.
pub(super) fn serve_left_over(
    request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
    choice: &mut [Option<usize>],
) {
    for index in 0..choice.len() {
        if choice[index].is_none() {
            choice[index] = (0..request.lanes.len()).find(|&rank| request.can_supply(rank, index, choice));
        }
    }
}

/// Working memory for such orders.
#[derive(Default)]
pub(super) struct Sharing {
    /// The lines to cover, as positions in the order.
    open: Vec<usize>,
    trial: Vec<Option<usize>>,
}

impl Sharing {
    /// See [`Sourcer::choose`](super::Sourcer::choose).
    pub(super) fn choose(
        &mut self,
        policy: SourcingPolicy,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        search: &mut Search,
        choice: &mut Vec<Option<usize>>,
    ) {
        walk_in_preference_order(request, choice);
        if policy == SourcingPolicy::Nearest || is_one_parcel_from_the_first_able(choice) {
            return;
        }
        self.open.clear();
        self.open.extend((0..choice.len()).filter(|&index| choice[index].is_some()));
        self.trial.clear();
        self.trial.resize(choice.len(), None);
        if self.exact(policy, request, search) || self.greedy(policy, request) {
            choice.copy_from_slice(&self.trial);
        }
        serve_left_over(request, choice);
    }

    /// The best set of warehouses that covers the open lines; the trial is what each of them gets. `false` where none was found: for
    /// more lines than a look holds, or in so many steps.
    fn exact(
        &mut self,
        policy: SourcingPolicy,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        search: &mut Search,
    ) -> bool {
        let open = &self.open;
        if open.len() >= u64::BITS as usize {
            return false;
        }
        let candidates = request.lanes.iter().enumerate().map(|(rank, lane)| {
            let has = |index: usize| {
                let line = request.lines[index];
                multi_warehouse::is_able((request.free)(lane.warehouse, line.product), line.units)
            };
            let supplies =
                open.iter().enumerate().fold(0, |supplies, (bit, &index)| supplies | u64::from(has(index)) << bit);
            (rank, lane.parcel_cost, supplies)
        });
        let candidates = candidates.filter(|&(.., supplies)| supplies != 0);
        let everything = (1 << open.len()) - 1;
        let (trial, mut steps) = (&mut self.trial, MAX_STEPS);
        let set = search.best_set_of(policy, candidates, everything, |set| {
            trial.fill(None);
            assign(request, open, set, trial, &mut steps)
        });
        self.trial.fill(None);
        let mut steps_again = MAX_STEPS;
        !set.is_empty() && assign(request, &self.open, set, &mut self.trial, &mut steps_again)
    }

    /// Where the search did not do it: the warehouse that supplies the most open lines, again and again. `false` where lines of one
    /// product end up in each other's way: the walk's choice stands.
    fn greedy(
        &mut self,
        policy: SourcingPolicy,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
    ) -> bool {
        self.trial.fill(None);
        while self.open.iter().any(|&index| self.trial[index].is_none()) {
            let ranks = 0..request.lanes.len();
            let counts = ranks.map(|rank| {
                // One that is in use already has supplied all it can.
                if self.trial.contains(&Some(rank)) {
                    return (rank, 0);
                }
                let count = self.supply_from(request, rank);
                self.take_back(rank);
                (rank, count)
            });
            let Some(rank) = most_supplying(policy, request.lanes, counts) else { return false };
            self.supply_from(request, rank);
        }
        true
    }

    /// Gives a warehouse every open line without one that it can supply, in order; returns how many.
    fn supply_from(&mut self, request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>, rank: usize) -> i64 {
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

/// Gives each of the `open` lines to a warehouse of the set, with what `trial` gave earlier ones: to the first that leaves a way to
/// cover the rest. `false` where there is none, or none was found in so many steps.
fn assign(
    request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
    open: &[usize],
    set: &[usize],
    trial: &mut [Option<usize>],
    steps: &mut usize,
) -> bool {
    let Some((&index, rest)) = open.split_first() else { return true };
    for &rank in set {
        if *steps > 0 && request.can_supply(rank, index, trial) {
            *steps -= 1;
            trial[index] = Some(rank);
            if assign(request, rest, set, trial, steps) {
                return true;
            }
            trial[index] = None;
        }
    }
    false
}

/// Whether the walk already found what every policy wants: all available lines from one warehouse, which is the first
/// that has any of them. Preference ascends in cost, so nothing is cheaper or fewer.
fn is_one_parcel_from_the_first_able(choice: &[Option<usize>]) -> bool {
    let mut available = choice.iter().flatten();
    available.next().is_none_or(|first| available.all(|rank| rank == first))
}
