//! Granularity `unit`: a line takes units from several warehouses, as many as are free, up to its own.
//!
//! What is available is found by walking the lines in their order, each through the warehouses in preference order, whatever the
//! policy. Under `nearest` that walk is also what is taken. The other policies choose a best set of warehouses that holds all those
//! units, by the same comparison as for [whole lines](super::covering), and the same walk through that set is what is taken.

use super::covering::{Goal, Search, most_supplying, prefers};
use super::request::Request;
use crate::domain::{ProductId, SourcingPolicy, WarehouseId};

/// A part of a line that some warehouse supplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Take {
    /// Position of the line in the request.
    pub index: usize,
    /// Rank of the lane, in preference order.
    pub rank: usize,
    /// How many units.
    pub units: u32,
}

/// Walks the lines in their order; each takes up to its units, warehouse by warehouse, of what the lines before it left. Where
/// `whole_lines` only are wanted, a line that cannot be taken whole takes nothing. What is taken is added to `takes`, which are those
/// of the request alone.
pub fn walk(request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>, whole_lines: bool, takes: &mut Vec<Take>) {
    walk_through(request, 0..request.lanes.len(), whole_lines, takes);
}

/// [Walks](walk) through the warehouses of some ranks alone.
fn walk_through(
    request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
    ranks: impl Iterator<Item = usize> + Clone,
    whole_lines: bool,
    takes: &mut Vec<Take>,
) {
    let lines = request.lines;
    for (index, line) in lines.iter().enumerate() {
        let start = takes.len();
        let mut missing = line.units;
        for rank in ranks.clone() {
            let taken: u64 = takes[..start]
                .iter()
                .filter(|take| take.rank == rank && lines[take.index].product == line.product)
                .map(|take| u64::from(take.units))
                .sum();
            let left = request.free_at(rank, line.product).saturating_sub(taken);
            // No more than `missing`, which is 32 bits wide.
            let units = left.min(missing.into()) as u32;
            if units > 0 {
                takes.push(Take { index, rank, units });
                missing -= units;
            }
            if missing == 0 {
                break;
            }
        }
        if missing > 0 && whole_lines {
            takes.truncate(start);
        }
    }
}

impl<F: Fn(WarehouseId, ProductId) -> i32> Request<'_, F> {
    /// Free units of a product at a rank.
    fn free_at(&self, rank: usize, product: ProductId) -> u64 {
        (self.free)(self.lanes[rank].warehouse, product).max(0) as u64
    }
}

/// Working memory of the choice; allocated once.
#[derive(Default)]
pub(super) struct Units {
    /// What is available of the request and has to come from somewhere: each product once, and how many units.
    wanted: Vec<(ProductId, u64)>,
    /// Ranks of the warehouses that have any of it.
    ranks: Vec<usize>,
    /// What each of them has of each wanted product, no more than is wanted: a row a warehouse.
    has: Vec<u64>,
    /// The sum of the rows from each position on.
    ahead: Vec<u64>,
    /// The largest figures in the rows from each position on.
    most_ahead: Vec<u64>,
    /// What a set has, by its size: a row a size.
    held: Vec<u64>,
}

impl Units {
    /// See [`Sourcer::choose_units`](super::Sourcer::choose_units).
    pub(super) fn choose(
        &mut self,
        policy: SourcingPolicy,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        search: &mut Search,
        whole_lines: bool,
        takes: &mut Vec<Take>,
    ) {
        takes.clear();
        walk(request, whole_lines, takes);
        // All from one warehouse: those before it have nothing of this, and since preference ascends in cost, nothing is cheaper.
        let is_one_parcel = takes.windows(2).all(|pair| pair[0].rank == pair[1].rank);
        if policy == SourcingPolicy::Nearest || is_one_parcel {
            return;
        }
        self.look(request, takes);
        let ranks = std::mem::take(&mut self.ranks);
        let candidates = ranks.iter().map(|&rank| (rank, request.lanes[rank].parcel_cost));
        let (set, is_best) = search.best_set_for(policy, candidates, ranks.len(), self);
        self.ranks = ranks;
        let greedy;
        let set = match is_best {
            true => set,
            false => {
                greedy = self.greedy(policy, request);
                if set.is_empty() || prefers(policy, request.lanes, &greedy, set) { &greedy } else { set }
            }
        };
        takes.clear();
        walk_through(request, set.iter().copied(), whole_lines, takes);
    }

    /// Notes what is wanted, and who has it.
    fn look(&mut self, request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>, takes: &[Take]) {
        self.wanted.clear();
        for take in takes {
            let product = request.lines[take.index].product;
            match self.wanted.iter_mut().find(|(other, _)| *other == product) {
                Some((_, units)) => *units += u64::from(take.units),
                None => self.wanted.push((product, take.units.into())),
            }
        }
        let width = self.wanted.len();
        self.ranks.clear();
        self.has.clear();
        for rank in 0..request.lanes.len() {
            let row = self.has.len();
            self.has.extend(self.wanted.iter().map(|&(product, units)| request.free_at(rank, product).min(units)));
            if self.has[row..].iter().any(|&units| units > 0) {
                self.ranks.push(rank);
            } else {
                self.has.truncate(row);
            }
        }
        for rows in [&mut self.ahead, &mut self.most_ahead, &mut self.held] {
            rows.clear();
            rows.resize(self.has.len() + width, 0);
        }
        for at in (0..self.has.len()).rev() {
            self.ahead[at] = self.ahead[at + width] + self.has[at];
            self.most_ahead[at] = self.most_ahead[at + width].max(self.has[at]);
        }
    }

    /// Where the search was cut short: the warehouse that has the most of the open units (for `cheapest`, at the least cost a unit),
    /// again and again; ties by preference.
    fn greedy<F>(&self, policy: SourcingPolicy, request: &Request<'_, F>) -> Vec<usize> {
        let width = self.wanted.len();
        let mut open: Vec<u64> = self.wanted.iter().map(|&(_, units)| units).collect();
        let mut set = Vec::new();
        while open.iter().any(|&units| units > 0) {
            let counts = self.ranks.iter().zip(self.has.chunks(width)).map(|(&rank, has)| {
                // One that is in use already has supplied all it can.
                let supplied = if set.contains(&rank) { 0 } else { has.iter().zip(&open).map(|(a, b)| a.min(b)).sum() };
                (rank, supplied as i64)
            });
            let Some(rank) = most_supplying(policy, request.lanes, counts) else { break };
            set.push(rank);
            let position = self.ranks.iter().position(|&other| other == rank).expect("it is one of those");
            for (open, has) in open.iter_mut().zip(&self.has[position * width..]) {
                *open = open.saturating_sub(*has);
            }
        }
        set.sort_unstable();
        set
    }
}

impl Goal for Units {
    fn join(&mut self, size: usize, candidate: usize) {
        let width = self.wanted.len();
        let (held, joined) = self.held[size * width..].split_at_mut(width);
        let has = &self.has[candidate * width..];
        for (joined, (held, has)) in joined.iter_mut().zip(held.iter().zip(has)).take(width) {
            *joined = held + has;
        }
    }

    fn is_in_reach(&self, size: usize, missing: usize, from: usize) -> bool {
        let width = self.wanted.len();
        let held = &self.held[size * width..];
        let (ahead, most) = (&self.ahead[from * width..], &self.most_ahead[from * width..]);
        self.wanted.iter().enumerate().all(|(at, &(_, units))| {
            // So many more have no more than all that are left, nor than so many times what one of them has at most.
            held[at] + ahead[at].min(most[at] * missing as u64) >= units
        })
    }

    fn is_met(&mut self, _ranks: &[usize]) -> bool {
        true // With none missing, what is in reach is held.
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Beyond, Request, Sourcer};
    use super::*;
    use crate::domain::{Cents, Lane, OrderedLine, Span};
    use crate::random::{Purpose, Stream};

    const POLICIES: [SourcingPolicy; 3] =
        [SourcingPolicy::Nearest, SourcingPolicy::FewestParcels, SourcingPolicy::Cheapest];

    fn lanes(costs: &[i64]) -> Vec<Lane> {
        let lane = |(at, &cost): (usize, &i64)| Lane {
            warehouse: WarehouseId::from_index(at),
            parcel_cost: Cents(cost),
            transit: Span::ZERO,
        };
        costs.iter().enumerate().map(lane).collect()
    }

    fn lines(wanted: &[(u32, u32)]) -> Vec<OrderedLine> {
        wanted.iter().map(|&(product, units)| OrderedLine { product: ProductId(product), units }).collect()
    }

    /// What is taken, as (line, rank, units), with stock given as `stock[warehouse][product]`.
    fn taken(
        policy: SourcingPolicy,
        costs: &[i64],
        stock: &[Vec<i32>],
        wanted: &[(u32, u32)],
        whole_lines: bool,
    ) -> Vec<(usize, usize, u32)> {
        let (lanes, lines) = (lanes(costs), lines(wanted));
        let free = |w: WarehouseId, p: ProductId| stock[w.index()][p.index()];
        let mut takes = Vec::new();
        let request = Request { lanes: &lanes, lines: &lines, free };
        Sourcer::with(policy, Beyond::Nothing).choose_units(&request, whole_lines, &mut takes);
        takes.into_iter().map(|take| (take.index, take.rank, take.units)).collect()
    }

    #[test]
    fn nearest_takes_what_is_free_warehouse_by_warehouse_after_the_lines_before_it() {
        let taken = |wanted: &[(u32, u32)], whole_lines| {
            taken(SourcingPolicy::Nearest, &[5, 5], &[vec![3], vec![2]], wanted, whole_lines)
        };
        assert_eq!(taken(&[(0, 2), (0, 2), (0, 4)], false), [(0, 0, 2), (1, 0, 1), (1, 1, 1), (2, 1, 1)]);
        assert_eq!(taken(&[(0, 2), (0, 4), (0, 3)], true), [(0, 0, 2), (2, 0, 1), (2, 1, 2)]);
    }

    #[test]
    fn fewest_parcels_sends_one_where_one_warehouse_has_all_units() {
        let stock = [vec![2], vec![1], vec![3]];
        assert_eq!(taken(SourcingPolicy::FewestParcels, &[1, 2, 9], &stock, &[(0, 3)], false), [(0, 2, 3)]);
        // Two cheap parcels cost less than that one.
        assert_eq!(taken(SourcingPolicy::Cheapest, &[1, 2, 9], &stock, &[(0, 3)], false), [(0, 0, 2), (0, 1, 1)]);
        assert_eq!(taken(SourcingPolicy::Cheapest, &[1, 2, 2], &stock, &[(0, 3)], false), [(0, 2, 3)]);
    }

    #[test]
    fn inside_the_set_units_are_taken_in_preference_order() {
        // Five are there of eight wanted; it takes all three warehouses to hold them.
        let stock = [vec![2], vec![1], vec![2]];
        for policy in POLICIES {
            assert_eq!(taken(policy, &[1, 2, 9], &stock, &[(0, 8)], false), [(0, 0, 2), (0, 1, 1), (0, 2, 2)]);
            assert_eq!(taken(policy, &[1, 2, 9], &stock, &[(0, 8)], true), []);
        }
        // Four of them: the first and the last have those, and the first gives what it has.
        let four = taken(SourcingPolicy::FewestParcels, &[1, 2, 9], &stock, &[(0, 4)], false);
        assert_eq!(four, [(0, 0, 2), (0, 2, 2)]);
    }

    #[test]
    fn a_search_that_would_take_too_long_settles_for_a_good_set() {
        // Each of 60 warehouses has one to three of each of five products; 25 of each are wanted, all different in cost.
        let stock: Vec<Vec<i32>> = (0..60).map(|w| (0..5).map(|p| 1 + (w * 7 + p * 5 + w * p) % 3).collect()).collect();
        let costs: Vec<i64> = (0..60).map(|w| 100 + w * w).collect();
        let wanted: Vec<(u32, u32)> = (0..5).map(|product| (product, 25)).collect();
        for policy in [SourcingPolicy::FewestParcels, SourcingPolicy::Cheapest] {
            let takes = taken(policy, &costs, &stock, &wanted, false);
            assert_eq!(takes.iter().map(|&(.., units)| units).sum::<u32>(), 125, "{policy:?}");
            let parcels = takes.iter().map(|&(_, rank, _)| rank).collect::<std::collections::BTreeSet<_>>().len();
            assert!((9..=17).contains(&parcels), "{policy:?}: {parcels} parcels");
        }
    }

    #[test]
    fn the_choice_agrees_with_trying_every_set() {
        let mut stream = Stream::new(4, 0, Purpose::OrderContents, 0);
        for _ in 0..3_000 {
            let warehouses = 1 + stream.below(5) as usize;
            let mut costs: Vec<i64> = (0..warehouses).map(|_| stream.below(4) as i64 * 100).collect();
            costs.sort_unstable();
            let stock: Vec<Vec<i32>> =
                (0..warehouses).map(|_| (0..3).map(|_| stream.below(5) as i32 - 1).collect()).collect();
            let wanted: Vec<(u32, u32)> =
                (0..1 + stream.below(4)).map(|_| (stream.below(3) as u32, 1 + stream.below(5) as u32)).collect();
            for whole_lines in [false, true] {
                let nearest = taken(SourcingPolicy::Nearest, &costs, &stock, &wanted, whole_lines);
                let of_line = |takes: &[(usize, usize, u32)], line: usize| {
                    takes.iter().filter(|take| take.0 == line).map(|take| take.2).sum::<u32>()
                };
                for policy in [SourcingPolicy::FewestParcels, SourcingPolicy::Cheapest] {
                    let takes = taken(policy, &costs, &stock, &wanted, whole_lines);
                    let case = format!("{policy:?} {costs:?} {stock:?} {wanted:?} {takes:?}");
                    for line in 0..wanted.len() {
                        assert_eq!(of_line(&takes, line), of_line(&nearest, line), "{case}");
                    }
                    let mut ranks: Vec<usize> = takes.iter().map(|take| take.1).collect();
                    ranks.sort_unstable();
                    ranks.dedup();
                    let holds = |set: &[usize]| {
                        (0..3_u32).all(|product| {
                            let lines = (0..wanted.len()).filter(|&line| wanted[line].0 == product);
                            let units: u32 = lines.map(|line| of_line(&nearest, line)).sum();
                            set.iter().map(|&rank| stock[rank][product as usize].max(0)).sum::<i32>() >= units as i32
                        })
                    };
                    let sets = (1_u32..1 << warehouses)
                        .map(|set| (0..warehouses).filter(|rank| set >> rank & 1 == 1).collect::<Vec<_>>());
                    let worth = |set: Vec<usize>| {
                        let (parcels, cost) = (set.len() as i64, set.iter().map(|&rank| costs[rank]).sum::<i64>());
                        let (first, then) =
                            if policy == SourcingPolicy::Cheapest { (cost, parcels) } else { (parcels, cost) };
                        (first, then, set)
                    };
                    let best = sets.filter(|set| holds(set)).map(worth).min().expect("all of them hold it");
                    if !takes.is_empty() {
                        assert_eq!(worth(ranks), best, "{case}");
                    }
                }
            }
        }
    }
}
