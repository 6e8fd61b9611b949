//! Sourcing: which warehouses serve the available lines of an order.
//!
//! One policy a file. All of them see the same thing: lanes in preference order, lines in their order, and free stock. Two go by
//! more: [`primary_spillover`] by what each warehouse has taken over today, [`shadow_prices`] by prices of stock that are taken anew
//! at intervals. An order that was held may be sourced once more before it leaves: [`reevaluation`].

mod by_units;
mod covering;
mod most_stock;
mod nearest;
mod primary_spillover;
mod reevaluation;
mod request;
mod serving;
mod shadow_prices;
mod sharing;
mod stock_prices;
mod supplies;

pub use by_units::{Take, walk as walk_by_units};
pub use nearest::walk as walk_in_preference_order;
pub use reevaluation::Reevaluation;
pub use request::Request;
pub use stock_prices::StockNow;
pub use supplies::Supplies;

use crate::domain::{Lane, Model, OrderedLine, ProductId, SimTime, SourcingPolicy, WarehouseId};
use crate::policy::assortment::Assortment;
use serving::Served;

/// A sourcing policy with its working memory, and with what it knows of the replication so far, if it goes by that.
pub struct Sourcer<'a> {
    policy: SourcingPolicy,
    supplies: Supplies,
    search: covering::Search,
    sharing: sharing::Sharing,
    units: by_units::Units,
    beyond: Beyond<'a>,
    takes: Vec<Take>,
}

/// What policies keep that go by more than the order and the free stock.
enum Beyond<'a> {
    Nothing,
    MostStock(Box<most_stock::MostStock>),
    Spillover(Box<primary_spillover::Spillover<'a>>),
    Prices(Box<(stock_prices::Prices<'a>, shadow_prices::ByPrice)>),
}

impl<'a> Sourcer<'a> {
    /// The sourcer of a model at second 0, in the memory of another.
    pub fn new(model: &'a Model, assortment: &'a Assortment, memory: Sourcer<'_>) -> Self {
        let settings = &model.sourcing;
        let beyond = match settings.policy {
            SourcingPolicy::Nearest | SourcingPolicy::FewestParcels | SourcingPolicy::Cheapest => Beyond::Nothing,
            SourcingPolicy::MostStock => Beyond::MostStock(Box::default()),
            SourcingPolicy::PrimarySpillover => {
                let limit = settings.spillover_lines_per_day;
                Beyond::Spillover(Box::new(primary_spillover::Spillover::new(model, assortment, limit)))
            }
            SourcingPolicy::ShadowPrices => {
                let prices = stock_prices::Prices::new(model, assortment, settings.price_interval);
                Beyond::Prices(Box::new((prices, shadow_prices::ByPrice::default())))
            }
        };
        memory.turned_to(settings.policy, beyond)
    }

    /// What is left of it as memory for [another](Self::new).
    pub fn into_memory(self) -> Sourcer<'static> {
        self.turned_to(SourcingPolicy::Nearest, Beyond::Nothing)
    }

    /// The same memory for a policy that knows nothing yet.
    fn turned_to(self, policy: SourcingPolicy, beyond: Beyond<'_>) -> Sourcer<'_> {
        let Self { supplies, search, sharing, units, takes, .. } = self;
        Sourcer { policy, supplies, search, sharing, units, beyond, takes }
    }

    fn with(policy: SourcingPolicy, beyond: Beyond<'a>) -> Self {
        Self {
            policy,
            supplies: Supplies::default(),
            search: covering::Search::default(),
            sharing: sharing::Sharing::default(),
            units: by_units::Units::default(),
            beyond,
            takes: Vec::new(),
        }
    }

    /// Whether it serves an order from the first warehouse that has everything, though nearer ones have some of it: that is one
    /// parcel, and since preference ascends in cost, no dearer than one from any other.
    #[inline(always)]
    pub fn prefers_one_parcel(&self) -> bool {
        self.policy == SourcingPolicy::FewestParcels
    }

    /// Whether it serves an order from the warehouse at a rank that has all of it, where none before has any of it.
    #[inline(always)]
    pub fn agrees_on_the_first_able(&self, rank: usize) -> bool {
        match self.policy {
            SourcingPolicy::Nearest | SourcingPolicy::FewestParcels | SourcingPolicy::Cheapest => true,
            // Behind the first warehouse a line may be one that spills over.
            SourcingPolicy::PrimarySpillover => rank == 0,
            SourcingPolicy::MostStock | SourcingPolicy::ShadowPrices => false,
        }
    }

    /// An order is placed now; a policy that goes by time and stock looks at them.
    #[inline(always)]
    pub fn come_to(&mut self, now: SimTime, end: SimTime, stock: &impl StockNow) {
        match &mut self.beyond {
            Beyond::Nothing | Beyond::MostStock(_) => {}
            Beyond::Spillover(spillover) => spillover.come_to(now),
            Beyond::Prices(prices) if prices.0.are_due(now) => prices.0.take_anew(now, end, stock),
            Beyond::Prices(_) => {}
        }
    }

    /// An order takes what was chosen for it: lines, each with the rank that serves it or a part of it.
    #[inline(always)]
    pub fn count(&mut self, lanes: &[Lane], lines: &[OrderedLine], served: impl Iterator<Item = (usize, usize)>) {
        if let Beyond::Spillover(spillover) = &mut self.beyond {
            spillover.count(lanes, lines, served);
        }
    }

    /// Chooses for each line the rank of the lane that serves it, `None` where nobody can. `choice` is overwritten.
    ///
    /// Which lines are available is found by walking them in order, whatever the policy; the policy then chooses
    /// warehouses for those. A line left over that fits after that choice is served too.
    pub fn choose(
        &mut self,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        choice: &mut Vec<Option<usize>>,
    ) {
        if !matches!(self.beyond, Beyond::Nothing) {
            self.choose_beyond(request, choice);
        } else if request.lines.len() <= Supplies::MAX_LINES && OrderedLine::are_distinct(request.lines) {
            self.look(request);
            self.choose_by_the_look(request, choice);
        } else {
            self.sharing.choose(self.policy, request, &mut self.search, choice);
        }
    }

    /// The same for a policy that goes by more than the order and the free stock.
    fn choose_beyond(
        &mut self,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        choice: &mut Vec<Option<usize>>,
    ) {
        walk_in_preference_order(request, choice);
        let available = choice.iter().zip(request.lines).enumerate();
        self.takes.clear();
        self.takes.extend(
            available.filter_map(|(index, (rank, line))| Some(Take { index, rank: (*rank)?, units: line.units })),
        );
        match &mut self.beyond {
            Beyond::Nothing => {}
            Beyond::MostStock(policy) => policy.choose(request, Served::Whole, &mut self.takes),
            Beyond::Spillover(spillover) => spillover.choose(request, Served::Whole, &mut self.takes),
            Beyond::Prices(prices) => {
                let (prices, chooser) = &mut **prices;
                chooser.choose(
                    &|warehouse, product| prices.of(warehouse, product),
                    request,
                    Served::Whole,
                    &mut self.takes,
                );
            }
        }
        for take in &self.takes {
            choice[take.index] = Some(take.rank);
        }
        sharing::serve_left_over(request, choice);
    }

    /// Chooses who supplies how many units of each line, where lines may be divided by the unit. `takes` is overwritten: line by line,
    /// each in preference order.
    ///
    /// What is available is found by walking lines and warehouses in order, whatever the policy; the policy then chooses a set of
    /// warehouses that holds all of it. Where `whole_lines` only are wanted, a line that is not available whole takes nothing and
    /// leaves what there is to the next.
    pub fn choose_units(
        &mut self,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        whole_lines: bool,
        takes: &mut Vec<Take>,
    ) {
        if matches!(self.beyond, Beyond::Nothing) {
            return self.units.choose(self.policy, request, &mut self.search, whole_lines, takes);
        }
        takes.clear();
        walk_by_units(request, whole_lines, takes);
        match &mut self.beyond {
            Beyond::Nothing => {}
            Beyond::MostStock(policy) => policy.choose(request, Served::ByUnits, takes),
            Beyond::Spillover(spillover) => spillover.choose(request, Served::ByUnits, takes),
            Beyond::Prices(prices) => {
                let (prices, chooser) = &mut **prices;
                chooser.choose(&|warehouse, product| prices.of(warehouse, product), request, Served::ByUnits, takes);
            }
        }
    }

    /// Looks who has what, of an order of at most [`Supplies::MAX_LINES`] lines in which no product stands twice.
    #[inline(always)]
    pub fn look(&mut self, request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>) {
        self.supplies.look(request);
    }

    /// What was seen at the last look.
    #[inline(always)]
    pub fn supplies(&self) -> &Supplies {
        &self.supplies
    }

    /// [Chooses](Self::choose) for the order that was looked at last.
    pub fn choose_by_the_look(
        &mut self,
        request: &Request<'_, impl Fn(WarehouseId, ProductId) -> i32>,
        choice: &mut Vec<Option<usize>>,
    ) {
        let supplies = &self.supplies;
        if !matches!(self.beyond, Beyond::Nothing) {
            self.choose_beyond(request, choice);
        } else if self.policy == SourcingPolicy::Nearest || supplies.is_one_parcel_from_the_first_able() {
            supplies.serve_from(supplies.ranks(), choice);
        } else {
            let set = self.search.best_cover(self.policy, request.lanes, supplies);
            supplies.serve_from(set.iter().copied(), choice);
        }
    }
}

impl Default for Sourcer<'static> {
    /// Memory for a [sourcer](Self::new) to come.
    fn default() -> Self {
        Self::with(SourcingPolicy::Nearest, Beyond::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Cents, Span};
    use crate::random::{Purpose, Stream};

    fn lanes(costs: &[i64]) -> Vec<Lane> {
        costs
            .iter()
            .enumerate()
            .map(|(i, &cost)| Lane {
                warehouse: WarehouseId::from_index(i),
                parcel_cost: Cents(cost),
                transit: Span::ZERO,
            })
            .collect()
    }

    fn lines(wanted: &[(u32, u32)]) -> Vec<OrderedLine> {
        wanted.iter().map(|&(product, units)| OrderedLine { product: ProductId(product), units }).collect()
    }

    /// Chooses with stock given as `stock[warehouse][product]`.
    fn choose(policy: SourcingPolicy, costs: &[i64], stock: &[&[i32]], wanted: &[(u32, u32)]) -> Vec<Option<usize>> {
        let (lanes, lines) = (lanes(costs), lines(wanted));
        let free = |w: WarehouseId, p: ProductId| stock[w.index()][p.index()];
        let mut choice = Vec::new();
        Sourcer::with(policy, Beyond::Nothing).choose(&Request { lanes: &lanes, lines: &lines, free }, &mut choice);
        choice
    }

    #[test]
    fn nearest_takes_line_by_line_the_first_that_can() {
        let choice = choose(SourcingPolicy::Nearest, &[5, 7, 9], &[&[1, 0], &[0, 1], &[1, 1]], &[(0, 1), (1, 1)]);
        assert_eq!(choice, [Some(0), Some(1)]);
    }

    #[test]
    fn fewest_parcels_prefers_one_dearer_warehouse() {
        let choice =
            choose(SourcingPolicy::FewestParcels, &[5, 7, 90], &[&[1, 0], &[0, 1], &[1, 1]], &[(0, 1), (1, 1)]);
        assert_eq!(choice, [Some(2), Some(2)]);
    }

    #[test]
    fn cheapest_prefers_two_cheap_parcels() {
        let choice = choose(SourcingPolicy::Cheapest, &[5, 7, 90], &[&[1, 0], &[0, 1], &[1, 1]], &[(0, 1), (1, 1)]);
        assert_eq!(choice, [Some(0), Some(1)]);
    }

    #[test]
    fn ties_go_by_cost_and_then_by_preference() {
        // Equal costs: {0, 1} comes before {0, 2} and {1, 2}.
        let stock: [&[i32]; 3] = [&[1, 0], &[0, 1], &[0, 1]];
        for policy in [SourcingPolicy::FewestParcels, SourcingPolicy::Cheapest] {
            assert_eq!(choose(policy, &[5, 5, 5], &stock, &[(0, 1), (1, 1)]), [Some(0), Some(1)]);
        }
    }

    #[test]
    fn an_unavailable_line_is_left_out_and_does_not_disturb_the_rest() {
        let choice = choose(SourcingPolicy::FewestParcels, &[5, 7], &[&[0, 3], &[1, 3]], &[(0, 1), (1, 9), (1, 3)]);
        assert_eq!(choice, [Some(1), None, Some(1)]);
    }

    #[test]
    fn two_lines_of_one_product_share_its_stock() {
        // The first warehouse has 3: the lines of 2 and 2 need both; inside the set each takes the first that works.
        let choice = choose(SourcingPolicy::FewestParcels, &[5, 7], &[&[3], &[2]], &[(0, 2), (0, 2)]);
        assert_eq!(choice, [Some(0), Some(1)]);
        // 3 and 2: the first line must leave room for the second.
        let choice = choose(SourcingPolicy::FewestParcels, &[5, 7], &[&[3], &[2]], &[(0, 2), (0, 3)]);
        assert_eq!(choice, [Some(0), None], "the walk decides what is available, whatever the policy");
    }

    #[test]
    fn a_large_order_is_served_as_well_as_a_small_one() {
        // Of seven lines the second warehouse has all, the first, cheap one four.
        let wanted: Vec<(u32, u32)> = (0..7).map(|product| (product, 1)).collect();
        let stock: [&[i32]; 2] = [&[0, 1, 0, 0, 1, 1, 1], &[1; 7]];
        assert_eq!(choose(SourcingPolicy::Cheapest, &[1, 5], &stock, &wanted), [Some(1); 7]);
        // The second has most, but the first and the third have everything between them.
        let stock: [&[i32]; 3] = [&[0, 1, 1, 0, 0, 1, 0], &[1, 0, 1, 0, 1, 0, 1], &[1, 0, 0, 1, 1, 0, 1]];
        let choice = choose(SourcingPolicy::FewestParcels, &[1, 2, 5], &stock, &wanted);
        assert_eq!(choice, [2, 0, 0, 2, 2, 0, 2].map(Some));
    }

    #[test]
    fn a_large_order_whose_lines_share_stock_gives_each_line_in_turn_to_the_first_that_can() {
        let wanted = [1, 1, 0, 0, 1, 0, 1].map(|product| (product, 1));
        let choice = choose(SourcingPolicy::FewestParcels, &[5, 7], &[&[0, 2], &[3, 2]], &wanted);
        assert_eq!(choice, [0, 0, 1, 1, 1, 1, 1].map(Some));
    }

    #[test]
    fn a_search_that_would_take_too_long_settles_for_a_good_set() {
        // Each of 40 warehouses has four or five of 60 lines: twelve at least it takes, and there are billions of such sets. Taking
        // again and again whoever has the most of what is missing makes it eighteen.
        let wanted: Vec<(u32, u32)> = (0..60).map(|product| (product, 1)).collect();
        let rows: Vec<Vec<i32>> = (0..40)
            .map(|w| (0..60).map(|p| i32::from(p % 20 == w % 20 || (p * 7 + w * 3) % 41 == 0)).collect())
            .collect();
        let stock: Vec<&[i32]> = rows.iter().map(Vec::as_slice).collect();
        let costs: Vec<i64> = (0..40).map(|w| 100 + w).collect();
        for policy in [SourcingPolicy::FewestParcels, SourcingPolicy::Cheapest] {
            let choice = choose(policy, &costs, &stock, &wanted);
            assert!(choice.iter().zip(0..).all(|(rank, p): (_, usize)| stock[rank.expect("it is there")][p] == 1));
            let parcels = choice.iter().collect::<std::collections::BTreeSet<_>>().len();
            assert!((12..=18).contains(&parcels), "{policy:?}: {parcels} parcels");
        }
        // The same with a product in two lines, which the search for sharing lines takes.
        let mut sharing = wanted;
        sharing[59].0 = 0;
        let choice = choose(SourcingPolicy::FewestParcels, &costs, &stock, &sharing);
        assert!(choice[..59].iter().all(Option::is_some));
    }

    #[test]
    fn an_order_of_more_lines_than_a_look_holds_goes_to_whoever_has_most_of_it() {
        // Line by line, the nearest that can makes three parcels of these 70 lines. The fourth warehouse lacks but the first line.
        let wanted: Vec<(u32, u32)> = (0..70).map(|product| (product, 1)).collect();
        let has = |products: std::ops::Range<i32>| -> Vec<i32> {
            (0..70).map(|product| i32::from(products.contains(&product))).collect()
        };
        let rows = [has(0..20), has(20..40), has(10..30), has(1..70)];
        let stock: Vec<&[i32]> = rows.iter().map(Vec::as_slice).collect();
        for policy in [SourcingPolicy::FewestParcels, SourcingPolicy::Cheapest] {
            let choice = choose(policy, &[5, 6, 7, 8], &stock, &wanted);
            assert_eq!(choice[0], Some(0));
            assert!(choice[1..].iter().all(|&rank| rank == Some(3)), "{policy:?}: {choice:?}");
        }
    }

    #[test]
    fn the_search_agrees_with_trying_every_assignment() {
        agrees_with_every_assignment(3_000, 5, 1..=4);
    }

    #[test]
    fn the_search_for_a_large_order_agrees_with_trying_every_assignment() {
        agrees_with_every_assignment(150, 3, 7..=8);
    }

    /// At prices that are given, the warehouses are those for which parcels and units together cost least: as trying every
    /// assignment finds them. (What the prices are is checked where they are made.)
    #[test]
    fn at_given_prices_the_choice_agrees_with_trying_every_assignment() {
        let mut stream = Stream::new(5, 0, Purpose::OrderContents, 0);
        let mut chooser = shadow_prices::ByPrice::default();
        let mut unlike_cheapest = 0;
        for _ in 0..3_000 {
            let warehouses = 1 + stream.below(5) as usize;
            let mut costs: Vec<i64> = (0..warehouses).map(|_| stream.below(4) as i64 * 100).collect();
            costs.sort_unstable();
            let prices: Vec<Vec<i64>> =
                (0..warehouses).map(|_| (0..4).map(|_| stream.below(4) as i64 * 60).collect()).collect();
            let stock: Vec<Vec<i32>> =
                (0..warehouses).map(|_| (0..4).map(|_| stream.below(3) as i32).collect()).collect();
            let stock: Vec<&[i32]> = stock.iter().map(Vec::as_slice).collect();
            let wanted: Vec<(u32, u32)> =
                (0..1 + stream.below(4)).map(|product| (product as u32, 1 + stream.below(2) as u32)).collect();
            let available = choose(SourcingPolicy::Nearest, &costs, &stock, &wanted);
            let served: Vec<usize> = (0..wanted.len()).filter(|&index| available[index].is_some()).collect();
            if served.is_empty() {
                continue;
            }
            let (lanes, lines) = (lanes(&costs), lines(&wanted));
            let free = |warehouse: WarehouseId, product: ProductId| stock[warehouse.index()][product.index()];
            let price = |warehouse: WarehouseId, product: ProductId| prices[warehouse.index()][product.index()];
            let take = |&index: &usize| by_units::Take {
                index,
                rank: available[index].expect("it is served"),
                units: wanted[index].1,
            };
            let mut takes: Vec<by_units::Take> = served.iter().map(take).collect();
            let request = Request { lanes: &lanes, lines: &lines, free };
            chooser.choose(&price, &request, serving::Served::Whole, &mut takes);
            let worth = |ranks: &[usize]| {
                let (parcels_cost, parcels, set) = key(SourcingPolicy::Cheapest, &costs, ranks.iter().copied());
                let of_line = |(&index, &rank): (&usize, &usize)| {
                    i64::from(wanted[index].1) * prices[rank][wanted[index].0 as usize]
                };
                (parcels_cost + served.iter().zip(ranks).map(of_line).sum::<i64>(), parcels, set)
            };
            let best = every_assignment(&served, &stock, &wanted).map(|ranks| worth(&ranks)).min();
            let got: Vec<usize> = takes.iter().map(|take| take.rank).collect();
            assert_eq!(best, Some(worth(&got)), "{costs:?} {prices:?} {stock:?} {wanted:?}");
            let cheapest = choose(SourcingPolicy::Cheapest, &costs, &stock, &wanted);
            unlike_cheapest +=
                usize::from(served.iter().zip(&got).any(|(&index, &rank)| cheapest[index] != Some(rank)));
        }
        assert!(unlike_cheapest > 500, "prices changed only {unlike_cheapest} choices");
    }

    fn agrees_with_every_assignment(orders: u32, most_warehouses: u64, lines: std::ops::RangeInclusive<u64>) {
        let mut stream = Stream::new(3, 0, Purpose::OrderContents, 0);
        for _ in 0..orders {
            let warehouses = 1 + stream.below(most_warehouses) as usize;
            let mut costs: Vec<i64> = (0..warehouses).map(|_| stream.below(4) as i64 * 100).collect();
            costs.sort_unstable();
            let products = *lines.end() as usize;
            let stock: Vec<Vec<i32>> =
                (0..warehouses).map(|_| (0..products).map(|_| stream.below(3) as i32).collect()).collect();
            let stock: Vec<&[i32]> = stock.iter().map(Vec::as_slice).collect();
            let count = lines.start() + stream.below(lines.end() - lines.start() + 1);
            let wanted: Vec<(u32, u32)> =
                (0..count).map(|_| (stream.below(products as u64) as u32, 1 + stream.below(2) as u32)).collect();
            for policy in [SourcingPolicy::FewestParcels, SourcingPolicy::Cheapest] {
                let choice = choose(policy, &costs, &stock, &wanted);
                let available = choose(SourcingPolicy::Nearest, &costs, &stock, &wanted);
                let served: Vec<usize> = (0..wanted.len()).filter(|&i| available[i].is_some()).collect();
                let best = every_assignment(&served, &stock, &wanted)
                    .map(|assignment| key(policy, &costs, assignment.iter().copied()))
                    .min();
                let got = served.iter().map(|&i| choice[i].expect("an available line is served"));
                assert_eq!(
                    best,
                    (!served.is_empty()).then(|| key(policy, &costs, got)),
                    "{costs:?} {stock:?} {wanted:?}"
                );
            }
        }
    }

    fn key(policy: SourcingPolicy, costs: &[i64], ranks: impl Iterator<Item = usize>) -> (i64, i64, Vec<usize>) {
        let mut set: Vec<usize> = ranks.collect();
        set.sort_unstable();
        set.dedup();
        let (parcels, cost) = (set.len() as i64, set.iter().map(|&rank| costs[rank]).sum());
        match policy {
            SourcingPolicy::FewestParcels => (parcels, cost, set),
            _ => (cost, parcels, set),
        }
    }

    fn every_assignment<'a>(
        served: &'a [usize],
        stock: &'a [&[i32]],
        wanted: &'a [(u32, u32)],
    ) -> impl Iterator<Item = Vec<usize>> + 'a {
        let n = stock.len();
        let total = if served.is_empty() { 0 } else { n.pow(served.len() as u32) };
        (0..total).filter_map(move |mut code| {
            let mut left: Vec<Vec<i32>> = stock.iter().map(|row| row.to_vec()).collect();
            let mut ranks = Vec::new();
            for &index in served {
                let rank = code % n;
                code /= n;
                let (product, units) = wanted[index];
                left[rank][product as usize] -= units as i32;
                ranks.push(rank);
            }
            left.iter().flatten().all(|&free| free >= 0).then_some(ranks)
        })
    }
}
