//! Levels product by product: the ladder of marginal analysis, simulated, and the combination that is chosen from it.

use super::marginal::{Rung, best_rungs};
use super::problem::{Bound, Stage};
use super::scenario::stage_seed;
use crate::domain::{DAY, Level, Levels, Model, ProductId, ReplenishmentPolicy, Replications, WarehouseId};
use crate::experiment::{Results, RunError, Settings, replicate};
use crate::measures::Metric;
use crate::policy::assortment::Assortment;
use crate::policy::replenishment::PairLevels;
use crate::policy::replenishment::forecast::forecasts;
use crate::policy::replenishment::levels::levels;

/// The levels of a pair of warehouse and product.
pub type PairRow = (WarehouseId, ProductId, Levels);

/// Rungs below and above today's levels.
const RUNGS: i32 = 4;
/// Prices tried between the cheapest combination and the one that fills most.
const PRICES: usize = 24;

/// How often the interval between the price that is too low and the least found to do is halved.
const FINER: usize = 5;

/// A combination that was simulated as a whole.
struct Look {
    price: f64,
    rungs: Vec<usize>,
    rows: Vec<PairRow>,
    holds: bool,
}

/// What the ladder led to.
#[derive(Clone, Debug)]
pub struct LevelsTuned {
    /// Today's levels, pair by pair in the order of products.
    pub today: Vec<PairRow>,
    /// The levels proposed for the same pairs.
    pub proposed: Vec<PairRow>,
    /// By product: how much the proposal changes its cost, and its units filled at once, over the measured time.
    pub effects: Vec<Rung>,
    /// Whether every bound was found to hold, with its interval, where the proposal was chosen.
    pub holds: bool,
    /// The worth of a further unit filled at once at which the proposal was taken.
    pub price: f64,
    /// Replications run.
    pub spent: u64,
    /// Each combination that was simulated as a whole: the price, and its results.
    pub path: Vec<(f64, Results)>,
}

/// The levels that a model is replenished by, wherever they come from; pairs without any are left out.
pub fn levels_of(model: &Model) -> Vec<PairRow> {
    let Some(replenishment) = &model.replenishment else { return Vec::new() };
    let assortment = Assortment::new(model);
    let all = levels(model, &assortment, &forecasts(model, &assortment));
    let products = (0..model.products.len()).map(|index| ProductId(index as u32));
    let pairs =
        products.flat_map(|product| (0..model.warehouses.len()).map(move |index| (WarehouseId(index as u32), product)));
    pairs
        .filter_map(|(warehouse, product)| {
            let pair = all[model.pair(warehouse, product)];
            (pair != PairLevels::NONE).then(|| (warehouse, product, as_given(replenishment.policy, pair)))
        })
        .collect()
}

/// The keys by which a scenario gives a pair its levels.
fn as_given(policy: ReplenishmentPolicy, pair: PairLevels) -> Levels {
    let given = |level, value| policy.needs().contains(&level).then_some(value);
    Levels {
        reorder_point: given(Level::ReorderPoint, pair.trigger),
        order_up_to: given(Level::OrderUpTo, pair.lift),
        quantity: given(Level::Quantity, pair.lift),
    }
}

/// The model with levels of its own for each of the pairs.
pub fn with_levels(model: &Model, rows: &[PairRow]) -> Model {
    let mut model = model.clone();
    if let Some(replenishment) = &mut model.replenishment {
        replenishment.by_pair = rows.to_vec();
    }
    model
}

/// Levels moved by some rungs: a rung is an eighth of the reorder point, at least a unit. What lies between reorder point
/// and order-up-to level, the lot, stays.
fn moved(levels: Levels, rung: i32) -> Levels {
    let base = levels.reorder_point.or(levels.order_up_to).unwrap_or(0);
    let by = rung * ((base + 4) / 8).max(1);
    match levels.reorder_point {
        Some(point) => {
            let moved = (point + by).max(-1);
            let by = moved - point;
            Levels { reorder_point: Some(moved), order_up_to: levels.order_up_to.map(|up_to| up_to + by), ..levels }
        }
        None => Levels { order_up_to: levels.order_up_to.map(|up_to| (up_to + by).max(0)), ..levels },
    }
}

/// Proposes levels for every product: the combination of least cost that meets the bounds. `replications` are run of every
/// rung and of every combination that is tried, all on the same random numbers.
///
/// # Errors
/// See [`RunError`].
pub fn tune_levels(
    model: &Model,
    settings: &Settings,
    bounds: &[(Metric, Bound)],
    replications: u32,
) -> Result<LevelsTuned, RunError> {
    let mut model = model.clone();
    model.run.seed = stage_seed(model.run.seed, Stage::Search);
    model.run.replications = Replications::Fixed(replications);
    let today = levels_of(&model);
    let at = |rungs: &dyn Fn(ProductId) -> i32| -> Vec<PairRow> {
        today.iter().map(|&(warehouse, product, levels)| (warehouse, product, moved(levels, rungs(product)))).collect()
    };
    let mut curves: Vec<Vec<Rung>> = vec![Vec::new(); model.products.len()];
    let mut spent = 0;
    for rung in -RUNGS..=RUNGS {
        let results = replicate(&with_levels(&model, &at(&|_| rung)), settings)?;
        spent += results.rows.len() as u64;
        for (index, curve) in curves.iter_mut().enumerate() {
            curve.push(rung_of(&model, &results, index));
        }
    }
    let prices = prices(&curves);
    let mut path = Vec::new();
    // The least price at which the bounds hold: service rises with the price, so half of those left are settled each time.
    let mut look = |price: f64| -> Result<Look, RunError> {
        let rungs = best_rungs(&curves, price);
        let rows = at(&|product| rungs[product.index()] as i32 - RUNGS);
        let results = replicate(&with_levels(&model, &rows), settings)?;
        spent += results.rows.len() as u64;
        let holds = bounds.iter().all(|&(metric, bound)| holds(&results, metric, bound));
        path.push((price, results));
        Ok(Look { price, rungs, rows, holds })
    };
    let (mut low, mut high) = (0, prices.len());
    // Where nothing must hold, nothing is paid for service.
    let mut holding = if bounds.is_empty() { Some(look(0.0)?) } else { None };
    let mut failing: Option<Look> = None;
    while low < high && !bounds.is_empty() {
        let middle = (low + high) / 2;
        let found = look(prices[middle])?;
        if found.holds {
            high = middle;
            holding = Some(found);
        } else {
            low = middle + 1;
            failing = Some(found);
        }
    }
    // Between two of the prices lie others, at which further products change.
    for _ in 0..FINER {
        let (Some(below), Some(above)) = (&failing, &holding) else { break };
        // A price of nothing has no ratio to another.
        let price = if below.price > 0.0 { (below.price * above.price).sqrt() } else { above.price / 2.0 };
        let rungs = best_rungs(&curves, price);
        if rungs == below.rungs || rungs == above.rungs {
            break;
        }
        let found = look(price)?;
        if found.holds {
            holding = Some(found);
        } else {
            failing = Some(found);
        }
    }
    let all_hold = holding.is_some();
    // Where none holds, the highest price is the nearest there is.
    let Look { price, rungs, rows: proposed, .. } = holding.or(failing).expect("at least one price was tried");
    let effects = curves
        .iter()
        .zip(&rungs)
        .map(|(curve, &rung)| {
            let (now, then) = (curve[RUNGS as usize], curve[rung]);
            Rung { cost: then.cost - now.cost, filled: then.filled - now.filled }
        })
        .collect();
    Ok(LevelsTuned { today, proposed, effects, holds: all_hold, price, spent, path })
}

/// Whether a bound holds with the interval of its measure.
fn holds(results: &Results, metric: Metric, bound: Bound) -> bool {
    results.estimate(metric).is_some_and(|estimate| bound.slack(estimate.mean) >= estimate.half_width.unwrap_or(0.0))
}

/// What a run says of a product: the parts of cost that are its own, over the measured time, and its units filled at once.
fn rung_of(model: &Model, results: &Results, index: usize) -> Rung {
    let product = &model.products[index];
    let cells = results.by_product.row(index);
    let value = |metric: Metric| {
        let column = results.by_product.columns.iter().position(|column| column.metric == metric);
        column.and_then(|column| cells[column].estimate).unwrap_or(0.0)
    };
    let costs = &model.costs;
    let days = model.run.horizon.0 as f64 / DAY as f64;
    let holding = value(Metric::OnHandMeanCost) * costs.holding_rate * days / 365.0;
    let ordering = product
        .vendor
        .map_or(0.0, |vendor| value(Metric::PurchaseOrders) * model.vendors[vendor.index()].order_cost.decimal());
    let backorders = value(Metric::BackordersMeanUnits) * costs.backorder_per_unit_day * days;
    let units = value(Metric::Units);
    let margin = (product.price.decimal() - product.unit_cost.decimal()).max(0.0) * costs.lost_margin;
    let lost = (units - value(Metric::ShippedUnits)).max(0.0) * margin;
    Rung { cost: holding + ordering + backorders + lost, filled: units * value(Metric::UnitFillRate) }
}

/// Prices of a further unit filled, from none to one at which every product takes what fills most, in equal ratios.
fn prices(curves: &[Vec<Rung>]) -> Vec<f64> {
    let slopes: Vec<f64> = curves
        .iter()
        .flat_map(|curve| curve.windows(2))
        .filter(|pair| pair[1].filled > pair[0].filled && pair[1].cost > pair[0].cost)
        .map(|pair| (pair[1].cost - pair[0].cost) / (pair[1].filled - pair[0].filled))
        .collect();
    let least = slopes.iter().copied().fold(f64::INFINITY, f64::min);
    let most = slopes.iter().copied().fold(0.0, f64::max);
    let mut prices = vec![0.0];
    if most > 0.0 {
        let ratio = (most / least).max(1.0);
        prices.extend((0..PRICES).map(|step| 2.0 * least * libm::pow(ratio, step as f64 / (PRICES - 1) as f64)));
    }
    prices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_move_together_and_end_at_the_bottom() {
        let given = |point, up_to| Levels { reorder_point: point, order_up_to: up_to, quantity: None };
        assert_eq!(moved(given(Some(3), Some(8)), 2), given(Some(5), Some(10)));
        assert_eq!(moved(given(Some(40), Some(60)), -1), given(Some(35), Some(55)));
        assert_eq!(moved(given(Some(1), Some(4)), -4), given(Some(-1), Some(2)), "the lot stays");
        assert_eq!(moved(given(None, Some(2)), -4), given(None, Some(0)));
    }

    #[test]
    fn prices_reach_from_nothing_to_whatever_fills_most() {
        let curve =
            vec![Rung { cost: 0.0, filled: 0.0 }, Rung { cost: 1.0, filled: 10.0 }, Rung { cost: 3.0, filled: 11.0 }];
        let prices = prices(std::slice::from_ref(&curve));
        assert_eq!(prices[0], 0.0);
        assert!(prices[1] >= 0.1 && *prices.last().unwrap() >= 2.0, "{prices:?}");
        assert_eq!(best_rungs(&[curve], *prices.last().unwrap()), [2]);
    }
}
