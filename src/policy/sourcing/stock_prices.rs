//! The shadow price of a unit of stock: what one unit more of a product in a warehouse would save, until stock is expected anew.
//!
//! For each product on its own, a linear program spreads the expected demand of all zones over the warehouses that carry it, at
//! the least cost of parcels, with no more from a warehouse than its free stock gives until its next receipt. The prices are its
//! dual variables (Acimovic and Graves 2015; Jasin and Sinha 2015):
//!
//! - rates, units a day: a zone asks for what is forecast of it; a warehouse gives its free stock over the time that it has to
//!   last: half a mean lead time where something is on order, a whole one (and a review period) where nothing is, the rest of the
//!   run where nobody buys;
//! - costs: a lane's parcel cost over the mean lines of an order, which share a parcel at best. A unit that no warehouse has left
//!   costs twice the zone's dearest parcel;
//! - duals: maximise Σ demand·u − Σ supply·π with u − π ≤ cost along each lane, u at most the cost of a unit not there, and
//!   π ≥ 0; of several solutions the one with the greatest prices, since an order takes a unit away. It is this program that is
//!   solved, by the simplex method.
//!
//! Where every zone's cheapest warehouse has enough for all who would come to it, all prices are 0 and nothing has to be solved.

use crate::domain::{DAY, Demand, Model, PeriodDemand, ProductId, Review, SimTime, Span, WarehouseId, ZoneId};
use crate::policy::assortment::Assortment;
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use std::collections::BTreeMap;

/// What a unit costs that no warehouse has left, in parcels of the dearest lane.
const NOT_THERE: f64 = 2.0;

/// A supply is taken to be so much less than it is, a part of the demand, so that of equally good prices the greatest are found:
/// what a unit fewer would cost. An empty warehouse is taken to have so much, so that its prices are the least.
const LITTLE: f64 = 1e-6;

/// What is known of stock when prices are taken anew.
pub trait StockNow {
    /// Free units of a pair, by its [position](Model::pair).
    fn free(&self, pair: usize) -> i32;
    /// Units of a pair on order.
    fn on_order(&self, pair: usize) -> i32;
    /// Whether a policy buys for a pair.
    fn is_replenished(&self, pair: usize) -> bool;
}

/// Prices of all pairs, taken anew every so often.
pub(super) struct Prices<'a> {
    model: &'a Model,
    assortment: &'a Assortment,
    /// When they are to be taken next.
    due: SimTime,
    interval: Span,
    /// Cents a unit, by pair.
    cents: Vec<i64>,
    /// Part of the generated orders that comes from each zone.
    zone_parts: Vec<f64>,
    /// Generated units a day of each product.
    units_a_day: Vec<f64>,
    /// Replayed units a day, by product and zone.
    replayed: BTreeMap<(ProductId, ZoneId), f64>,
    lines_an_order: f64,
}

impl<'a> Prices<'a> {
    /// All prices are 0 until they are taken for the first time.
    pub(super) fn new(model: &'a Model, assortment: &'a Assortment, interval: Span) -> Self {
        let zones: f64 = model.zones.iter().map(|zone| zone.share).sum();
        let products: f64 = model.products.iter().map(|product| product.share).sum();
        let part = |share: f64, all: f64| if all > 0.0 { share / all } else { 0.0 };
        let generated = |demand: &Demand| {
            let lines = demand.lines_per_order.count_moments(Demand::most_lines(&model.products)).mean;
            (demand.mean_orders_per_day() * lines * demand.units_per_line.count_moments(Demand::MAX_UNITS).mean, lines)
        };
        let (units, generated_lines) = model.demand.as_ref().map_or((0.0, 1.0), generated);
        let mut replayed = BTreeMap::new();
        let mut lines_an_order = generated_lines;
        if let Some(trace) = &model.trace {
            let days = trace.length().days();
            for order in &trace.orders {
                for line in &order.lines {
                    *replayed.entry((line.product, order.zone)).or_default() += f64::from(line.units) / days;
                }
            }
            if model.demand.is_none() && model.period.is_none() {
                let lines: usize = trace.orders.iter().map(|order| order.lines.len()).sum();
                lines_an_order = lines as f64 / trace.orders.len().max(1) as f64;
            }
        }
        let mut units_a_day: Vec<f64> =
            model.products.iter().map(|product| units * part(product.share, products)).collect();
        if let Some(period) = &model.period {
            for (product, units) in period.asked_for(&model.products) {
                units_a_day[product.index()] += PeriodDemand::moments(units).mean / period.period.days();
            }
        }
        Self {
            model,
            assortment,
            due: SimTime::ZERO,
            interval,
            cents: vec![0; model.products.len() * model.warehouses.len()],
            zone_parts: model.zones.iter().map(|zone| part(zone.share, zones)).collect(),
            units_a_day,
            replayed,
            lines_an_order: lines_an_order.max(1.0),
        }
    }

    /// Cents a unit of a product in a warehouse.
    #[inline]
    pub(super) fn of(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        self.cents[self.model.pair(warehouse, product)]
    }

    /// Whether prices are to be taken anew before an order that is placed now.
    #[inline(always)]
    pub(super) fn are_due(&self, now: SimTime) -> bool {
        now >= self.due
    }

    /// Takes all prices anew, and notes the next time: multiples of the interval.
    pub(super) fn take_anew(&mut self, now: SimTime, end: SimTime, stock: &impl StockNow) {
        self.due = SimTime((now.0 / self.interval.0 + 1) * self.interval.0);
        let rest_of_run = (end - now).days();
        for product in (0..self.model.products.len()).map(ProductId::from_index) {
            let program = self.program(product, rest_of_run, stock);
            let first = self.model.pair(WarehouseId(0), product);
            let cents = &mut self.cents[first..first + self.model.warehouses.len()];
            cents.fill(0);
            // Where the solver gives up, the product has no prices until the next time.
            for (&warehouse, price) in program.warehouses.iter().zip(program.prices().unwrap_or_default()) {
                cents[warehouse] = libm::round(price) as i64;
            }
        }
    }

    /// The linear program of a product.
    fn program(&self, product: ProductId, rest_of_run: f64, stock: &impl StockNow) -> Program {
        let model = self.model;
        let pair = |warehouse: usize| model.pair(WarehouseId::from_index(warehouse), product);
        let carriers: Vec<usize> =
            (0..model.warehouses.len()).filter(|&warehouse| self.assortment.carries(pair(warehouse))).collect();
        let lasts = |pair: usize| {
            let vendor = model.products[product.index()].vendor.filter(|_| stock.is_replenished(pair));
            let (Some(vendor), Some(replenishment)) = (vendor, &model.replenishment) else { return rest_of_run };
            let lead_time = model.vendors[vendor.index()].lead_time.mean() / DAY as f64;
            let days = match (stock.on_order(pair) > 0, replenishment.review) {
                (true, _) => lead_time / 2.0,
                (false, Review::Continuous) => lead_time,
                (false, Review::Every(period)) => lead_time + period.days(),
            };
            days.min(rest_of_run)
        };
        let supply = |&warehouse: &usize| {
            let pair = pair(warehouse);
            // An hour at least, so that what is about to arrive counts as much as it can be waited for.
            f64::from(stock.free(pair).max(0)) / lasts(pair).max(1.0 / 24.0)
        };
        let mut program = Program {
            supplies: carriers.iter().map(supply).collect(),
            warehouses: carriers,
            demands: Vec::new(),
            costs: Vec::new(),
        };
        for (at, zone) in model.zones.iter().enumerate() {
            let replayed = self.replayed.get(&(product, ZoneId::from_index(at))).copied().unwrap_or(0.0);
            let demand = self.units_a_day[product.index()] * self.zone_parts[at] + replayed;
            let cost_from = |&warehouse: &usize| {
                let lane = zone.lanes.iter().find(|lane| lane.warehouse.index() == warehouse)?;
                Some(lane.parcel_cost.0 as f64 / self.lines_an_order)
            };
            let costs: Vec<Option<f64>> = program.warehouses.iter().map(cost_from).collect();
            if demand > 0.0 && costs.iter().any(Option::is_some) {
                program.demands.push(demand);
                program.costs.extend(costs);
            }
        }
        program
    }
}

/// How the demand for a product is best spread over warehouses, as rates.
struct Program {
    /// Positions of the warehouses that carry it.
    warehouses: Vec<usize>,
    /// What each of them can give, units a day.
    supplies: Vec<f64>,
    /// What each zone asks for, units a day.
    demands: Vec<f64>,
    /// Cents a unit from each warehouse to a zone, a zone's together; `None` where no lane leads.
    costs: Vec<Option<f64>>,
}

impl Program {
    /// The price of a unit in each warehouse, in cents. `None` where the solver found none.
    fn prices(&self) -> Option<Vec<f64>> {
        let mut left = self.supplies.clone();
        let width = self.supplies.len();
        for (&demand, costs) in self.demands.iter().zip(self.costs.chunks(width.max(1))) {
            let cheapest = (0..width).filter(|&at| costs[at].is_some()).min_by(|&one, &other| {
                let of = |at: usize| costs[at].unwrap_or(f64::INFINITY);
                of(one).total_cmp(&of(other)).then(one.cmp(&other))
            });
            left[cheapest?] -= demand;
        }
        if left.iter().all(|&left| left >= 0.0) {
            return Some(vec![0.0; width]);
        }
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        // All rates as parts of the demand, so that what is little is little for every product.
        let all: f64 = self.demands.iter().sum();
        let most =
            |costs: &[Option<f64>]| costs.iter().flatten().fold(0.0, |most, &cost| f64::max(most, cost)) * NOT_THERE;
        let dearest = most(&self.costs);
        let price_of = |supply: &f64| {
            let supply = supply / all;
            let about = if supply > 0.0 { supply - LITTLE.min(supply / 2.0) } else { LITTLE };
            problem.add_var(-about, (0.0, dearest))
        };
        let prices: Vec<_> = self.supplies.iter().map(price_of).collect();
        for (&demand, costs) in self.demands.iter().zip(self.costs.chunks(width)) {
            let saved = problem.add_var(demand / all, (0.0, most(costs)));
            for (&price, cost) in prices.iter().zip(costs) {
                if let Some(cost) = *cost {
                    problem.add_constraint([(saved, 1.0), (price, -1.0)], ComparisonOp::Le, cost);
                }
            }
        }
        let solution = problem.solve().ok()?.into_solution().ok()?;
        Some(prices.into_iter().map(|price| solution.var_value(price)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two warehouses; zones with their demand and what a unit costs from each.
    fn prices(supplies: [f64; 2], zones: &[(f64, f64, f64)]) -> Vec<f64> {
        let program = Program {
            warehouses: vec![0, 1],
            supplies: supplies.to_vec(),
            demands: zones.iter().map(|zone| zone.0).collect(),
            costs: zones.iter().flat_map(|zone| [Some(zone.1), Some(zone.2)]).collect(),
        };
        program
            .prices()
            .expect("a small program is solved")
            .into_iter()
            .map(|price| (price * 1e6).round() / 1e6)
            .collect()
    }

    #[test]
    fn stock_that_is_enough_costs_nothing() {
        assert_eq!(prices([10.0, 10.0], &[(5.0, 500.0, 600.0), (5.0, 500.0, 2_000.0)]), [0.0, 0.0]);
    }

    #[test]
    fn a_unit_costs_what_its_next_best_customer_pays_more_elsewhere() {
        // The first warehouse has enough for the far zone and half of the near one, whose others pay 100 more.
        assert_eq!(prices([7.5, 10.0], &[(5.0, 500.0, 600.0), (5.0, 500.0, 2_000.0)]), [100.0, 0.0]);
        // It has not got enough for the zone that nobody else can serve as cheaply.
        assert_eq!(prices([4.0, 10.0], &[(5.0, 500.0, 600.0), (5.0, 500.0, 2_000.0)]), [1_500.0, 0.0]);
        // Just enough for it: one unit fewer would cost as much, one more would save only 100.
        assert_eq!(prices([5.0, 10.0], &[(5.0, 500.0, 600.0), (5.0, 500.0, 2_000.0)]), [1_500.0, 0.0]);
    }

    #[test]
    fn where_there_is_too_little_a_unit_costs_as_much_as_going_without() {
        // Going without costs twice the dearest parcel: 4,000, or 1,200 in the near zone.
        assert_eq!(prices([1.0, 1.0], &[(5.0, 500.0, 600.0), (5.0, 500.0, 2_000.0)]), [3_500.0, 2_000.0]);
    }

    /// The least cost at which some units in warehouses serve zones, each of which asks for so many and pays so much a unit from
    /// each warehouse; a unit that is not there costs twice the zone's dearest. Found without prices: one unit more after the
    /// other goes the cheapest way there is, on which units before it may change places (Busacker and Gowen).
    fn least_cost(supplies: &[usize], zones: &[(usize, Vec<i64>)]) -> i64 {
        const FAR: i64 = i64::MAX / 4;
        // The last one stands for going without.
        let without = supplies.len();
        let mut left: Vec<usize> = supplies.iter().copied().chain([usize::MAX]).collect();
        let cost = |zone: usize, at: usize| {
            let of: &[i64] = &zones[zone].1;
            of.get(at).copied().unwrap_or_else(|| 2 * of.iter().max().expect("a lane"))
        };
        let lanes: Vec<(usize, usize)> =
            (0..zones.len()).flat_map(|zone| (0..=without).map(move |at| (zone, at))).collect();
        let mut flow = vec![vec![0_usize; without + 1]; zones.len()];
        let mut total = 0;
        for asking in (0..zones.len()).flat_map(|zone| vec![zone; zones[zone].0]) {
            let mut to_zone = vec![FAR; zones.len()];
            to_zone[asking] = 0;
            let mut via = vec![without; zones.len()];
            let mut to = vec![(FAR, asking); without + 1];
            for _ in 0..zones.len() + without + 1 {
                for &(zone, at) in &lanes {
                    if to_zone[zone] + cost(zone, at) < to[at].0 {
                        to[at] = (to_zone[zone] + cost(zone, at), zone);
                    }
                    if flow[zone][at] > 0 && to[at].0 - cost(zone, at) < to_zone[zone] {
                        to_zone[zone] = to[at].0 - cost(zone, at);
                        via[zone] = at;
                    }
                }
            }
            let mut at =
                (0..=without).filter(|&at| left[at] > 0).min_by_key(|&at| to[at].0).expect("one can go without");
            total += to[at].0;
            left[at] -= 1;
            loop {
                let zone = to[at].1;
                flow[zone][at] += 1;
                if zone == asking {
                    break;
                }
                at = via[zone];
                flow[zone][at] -= 1;
            }
        }
        total
    }

    #[test]
    fn a_price_is_what_a_unit_fewer_costs_as_found_without_prices() {
        use crate::random::{Purpose, Stream};
        let mut stream = Stream::new(9, 0, Purpose::Assortment, 0);
        let (mut free, mut dear) = (0, 0);
        for number in 0..400 {
            let warehouses = 2 + stream.below(3) as usize;
            let supplies: Vec<usize> = (0..warehouses).map(|_| 1 + stream.below(8) as usize).collect();
            let zones: Vec<(usize, Vec<i64>)> = (0..1 + stream.below(4))
                .map(|_| {
                    let units = 1 + stream.below(6) as usize;
                    (units, (0..warehouses).map(|_| 100 * (1 + stream.below(20) as i64)).collect())
                })
                .collect();
            let program = Program {
                warehouses: (0..warehouses).collect(),
                supplies: supplies.iter().map(|&units| units as f64).collect(),
                demands: zones.iter().map(|&(units, _)| units as f64).collect(),
                costs: zones.iter().flat_map(|(_, costs)| costs.iter().map(|&cost| Some(cost as f64))).collect(),
            };
            let prices = program.prices().expect("a small program is solved");
            let cost = least_cost(&supplies, &zones);
            // Where all get what they want from where it is cheapest nothing is solved, and a last unit costs nothing yet.
            if prices.iter().all(|&price| price == 0.0) {
                let cheapest = |(units, costs): &(usize, Vec<i64>)| *units as i64 * costs.iter().min().expect("a lane");
                assert_eq!(cost, zones.iter().map(cheapest).sum::<i64>(), "{number}: {supplies:?} {zones:?}");
                free += 1;
                continue;
            }
            for (at, price) in prices.iter().enumerate() {
                let mut fewer = supplies.clone();
                fewer[at] -= 1;
                let wanted = least_cost(&fewer, &zones) - cost;
                assert!(
                    (price - wanted as f64).abs() < 0.01,
                    "{number}: {prices:?}, not {wanted} at {at}: {supplies:?} {zones:?}"
                );
                dear += usize::from(wanted > 0);
            }
        }
        assert!(free > 20 && dear > 200, "{free} programs without prices, {dear} prices above 0");
    }

    #[test]
    fn an_empty_warehouse_has_the_price_of_its_first_unit() {
        assert_eq!(prices([0.0, 10.0], &[(5.0, 500.0, 600.0)]), [100.0, 0.0]);
    }
}
