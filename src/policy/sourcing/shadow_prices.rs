//! `shadow-prices`: the warehouses whose parcels and stock together are worth least.
//!
//! A unit of stock costs its shadow price: what it would save elsewhere until stock is expected anew ([`stock_prices`]). An
//! order's available lines come from the set of warehouses for which Σ parcel costs + Σ units × price is least; inside it each line
//! goes to the warehouse where its units are cheapest. Sets are compared by (cost, parcels), then by their preference ranks in
//! ascending order; of equally cheap warehouses a line takes the more preferred one. With all prices at 0 this is
//! [`cheapest`](super::covering), but for who serves what inside the set where several could.
//!
//! So a warehouse that will need its last units for its own customers is spared, though it may be nearer: an order is split or sent
//! from farther away only where that costs less than the unit is worth.

use super::by_units::Take;
use super::covering::MAX_STEPS;
use super::request::Request;
use super::serving::{self, Preference, Served, left, serve};
use crate::domain::{ProductId, WarehouseId};

/// Stands for the cost of what cannot be: no sum of a few of them overflows.
const NEVER: i64 = i64::MAX / 1_024;

/// Working memory of the choice; allocated once.
#[derive(Default)]
pub(super) struct ByPrice {
    /// What has to be served: position in the request, and how many units.
    wanted: Vec<(usize, u32)>,
    /// Ranks of the warehouses that can give anything of it, in preference order.
    ranks: Vec<usize>,
    /// Cost of the units of each wanted line at each of those, [`NEVER`] where it gives none: a row a warehouse.
    costs: Vec<i64>,
    /// The least figures in the rows from each position on.
    ahead: Vec<i64>,
    /// The least figures of the set that is being built, by its size: a row a size.
    held: Vec<i64>,
    /// Ranks of the set that is being built.
    set: Vec<usize>,
    /// Ranks of the best set so far, which costs so much; [`NEVER`] while there is none.
    best: Vec<usize>,
    best_cost: i64,
    /// Steps that may still be taken.
    steps: usize,
    trial: Vec<Take>,
}

/// An order to be served at given prices.
struct AtPrices<'r, F, P> {
    /// Cents a unit of a product in a warehouse.
    price: &'r P,
    request: &'r Request<'r, F>,
    served: Served,
}

impl<F: Fn(WarehouseId, ProductId) -> i32, P: Fn(WarehouseId, ProductId) -> i64> AtPrices<'_, F, P> {
    /// What units of a line are worth at a rank, in cents.
    fn worth(&self, rank: usize, index: usize, units: u32) -> i64 {
        self.key(rank, index, &[]).saturating_mul(units.into()).min(NEVER - 1)
    }

    /// Serves what is wanted from some ranks, see [`serve`].
    fn serve(&self, wanted: &[(usize, u32)], ranks: &[usize], taken: &mut Vec<Take>) -> bool {
        taken.clear();
        serve(self.request, self.served, self, wanted, ranks, (taken, &mut { MAX_STEPS }))
    }
}

/// A line prefers the warehouse where its units cost least.
impl<F: Fn(WarehouseId, ProductId) -> i32, P: Fn(WarehouseId, ProductId) -> i64> Preference for AtPrices<'_, F, P> {
    fn key(&self, rank: usize, index: usize, _taken: &[Take]) -> i64 {
        (self.price)(self.request.lanes[rank].warehouse, self.request.lines[index].product)
    }
}

impl ByPrice {
    /// Serves what `takes` holds, which is what the walk in preference order found to be available, from the warehouses where that
    /// is worth least; `takes` becomes what each gives, line by line. Where the search is cut short and has found nothing, the
    /// walk's choice stands.
    pub(super) fn choose(
        &mut self,
        price: &impl Fn(WarehouseId, ProductId) -> i64,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        served: Served,
        takes: &mut Vec<Take>,
    ) {
        let order = AtPrices { price, request, served };
        self.look(&order, takes);
        self.set.clear();
        self.best.clear();
        (self.best_cost, self.steps) = (NEVER, MAX_STEPS);
        self.visit(&order, 0, 0);
        if self.best_cost < NEVER && order.serve(&self.wanted, &self.best, &mut self.trial) {
            std::mem::swap(takes, &mut self.trial);
        }
    }

    /// Notes what is wanted, and what it would cost where.
    fn look(
        &mut self,
        order: &AtPrices<'_, impl Fn(WarehouseId, ProductId) -> i32, impl Fn(WarehouseId, ProductId) -> i64>,
        takes: &[Take],
    ) {
        serving::wanted(takes, &mut self.wanted);
        let width = self.wanted.len();
        self.ranks.clear();
        self.costs.clear();
        for rank in 0..order.request.lanes.len() {
            let row = self.costs.len();
            self.costs.extend(self.wanted.iter().map(|&(index, units)| {
                let least = if order.served == Served::Whole { i64::from(units) } else { 1 };
                let product = order.request.lines[index].product;
                let is_able = left(order.request, rank, product, &[]) >= least;
                if is_able { order.worth(rank, index, units) } else { NEVER }
            }));
            if self.costs[row..].iter().any(|&cost| cost < NEVER) {
                self.ranks.push(rank);
            } else {
                self.costs.truncate(row);
            }
        }
        self.ahead.clear();
        self.ahead.resize(self.costs.len() + width, NEVER);
        for at in (0..self.costs.len()).rev() {
            self.ahead[at] = self.ahead[at + width].min(self.costs[at]);
        }
        self.held.clear();
        self.held.resize(self.costs.len() + width, NEVER);
    }

    /// Visits every set that extends the one being built by warehouses `from` a position on, and keeps the best: of equals the one
    /// of fewer parcels, then the first. The parcels of the set so far cost so much.
    fn visit(
        &mut self,
        order: &AtPrices<'_, impl Fn(WarehouseId, ProductId) -> i32, impl Fn(WarehouseId, ProductId) -> i64>,
        from: usize,
        parcels: i64,
    ) {
        if self.steps == 0 {
            return;
        }
        self.steps -= 1;
        let (width, size) = (self.wanted.len(), self.set.len());
        let (held, ahead) = (&self.held[size * width..][..width], &self.ahead[from * width..][..width]);
        let sum = |costs: &mut dyn Iterator<Item = i64>| costs.fold(parcels, |sum, cost| NEVER.min(sum + cost));
        let is_worse = |cost: i64| (cost, size) >= (self.best_cost, self.best.len());
        if is_worse(sum(&mut held.iter().zip(ahead).map(|(&held, &ahead)| held.min(ahead)))) {
            return;
        }
        if !is_worse(sum(&mut held.iter().copied())) && order.serve(&self.wanted, &self.set, &mut self.trial) {
            let cost = sum(&mut self.trial.iter().map(|take| order.worth(take.rank, take.index, take.units)));
            if (cost, size) < (self.best_cost, self.best.len()) {
                self.best_cost = cost;
                self.best.clone_from(&self.set);
            }
        }
        for next in from..self.ranks.len() {
            let (before, after) = self.held.split_at_mut((size + 1) * width);
            let joined = before[size * width..].iter().zip(&self.costs[next * width..]);
            for (after, (&held, &cost)) in after.iter_mut().zip(joined) {
                *after = held.min(cost);
            }
            let rank = self.ranks[next];
            self.set.push(rank);
            self.visit(order, next + 1, parcels + order.request.lanes[rank].parcel_cost.0);
            self.set.pop();
        }
    }
}
