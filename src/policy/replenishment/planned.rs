//! What is planned, for a reader: every pair's forecast, the demand until its orders come, its levels and where they come from.

use super::PairLevels;
use super::lead_time_demand::LeadTimeDemand;
use super::levels::{LevelFrom, Resolved};
use super::schedule::resolve_all;
use crate::domain::{
    DAY, Levels, Model, PlannedPair, PlannedTotals, ProductId, Replenishment, Review, TargetOf, Vendor, WarehouseId,
};
use crate::policy::assortment::Assortment;

/// Every pair that is carried, in the order of products, with what is planned of it. Nothing where nobody buys.
pub fn planned(model: &Model) -> Vec<PlannedPair> {
    let Some(replenishment) = &model.replenishment else { return Vec::new() };
    if let Some(kept) = &replenishment.kept {
        return kept.pairs.clone();
    }
    let assortment = Assortment::new(model);
    let mut all: Vec<PlannedPair> = Vec::new();
    // The last row of each pair.
    let mut last = vec![usize::MAX; model.products.len() * model.warehouses.len()];
    resolve_all(model, replenishment, &assortment, |from, at, forecast, resolved| {
        let levels = if resolved.pair(replenishment) == PairLevels::NONE { Levels::default() } else { resolved.levels };
        if all.get(last[at]).is_some_and(|row| row.levels == levels) {
            return;
        }
        last[at] = all.len();
        let product = ProductId::from_index(at / model.warehouses.len());
        let vendor = model.vendor_of(product).map(|vendor| &model.vendors[vendor.index()]);
        let demand = vendor.map(|vendor| {
            Until::new(vendor, model.review_of(product, replenishment.review), forecast.mean, forecast.variance)
        });
        let pair = Some(resolved.pair(replenishment)).filter(|&pair| pair != PairLevels::NONE);
        all.push(PlannedPair {
            warehouse: WarehouseId::from_index(at % model.warehouses.len()),
            product,
            from,
            forecast_per_day: forecast.mean,
            lead_time_demand_mean: demand.map(|demand| demand.covered.mean),
            lead_time_demand_sd: demand.map(|demand| demand.covered.variance.sqrt()),
            levels,
            safety_stock: demand.zip(pair).map(|(demand, _)| ordered_at(&resolved) - demand.covered.mean),
            mean_stock: demand.zip(pair).map(|(demand, pair)| {
                let (lowest, highest) = (pair.trigger.saturating_add(1), pair.highest(replenishment.policy));
                demand.mean_on_hand(lowest, highest)
            }),
            source: if pair.is_some() { source(replenishment, &resolved) } else { String::new() },
        });
    });
    all.sort_by_key(|row| (row.product, row.warehouse, row.from));
    all
}

/// What is planned of all pairs together.
pub fn totals(model: &Model, planned: &[PlannedPair]) -> PlannedTotals {
    let mut totals = PlannedTotals::default();
    let end = model.run.end();
    for rows in planned.chunk_by(|one, other| (one.product, one.warehouse) == (other.product, other.warehouse)) {
        if rows.iter().all(|row| row.mean_stock.is_none()) {
            continue;
        }
        let ends = rows.iter().skip(1).map(|row| row.from).chain([end]);
        // What a row holds counts for as long as it does.
        let units: f64 = match rows {
            [only] => only.mean_stock.unwrap_or(0.0),
            _ => {
                let held =
                    rows.iter().zip(ends).map(|(row, to)| row.mean_stock.unwrap_or(0.0) * (to - row.from).days());
                held.sum::<f64>() / (end - rows[0].from).days()
            }
        };
        totals.pairs += 1;
        totals.units += units;
        totals.capital += units * model.products[rows[0].product.index()].unit_cost.decimal();
    }
    totals
}

/// The demand until what is ordered comes.
#[derive(Clone, Copy)]
struct Until {
    /// Over a lead time and a review period: what a position after an order has to cover.
    covered: LeadTimeDemand,
    /// Over a lead time.
    lead_time: LeadTimeDemand,
}

impl Until {
    fn new(vendor: &Vendor, review: Review, mean: f64, variance: f64) -> Self {
        let day = DAY as f64;
        let planned = vendor.planned_lead_time();
        let (lead_time, spread) = (planned.mean() / day, planned.variance() / (day * day));
        let review = match review {
            Review::Continuous => 0.0,
            Review::Every(period) => period.days(),
        };
        let over = |time: f64| LeadTimeDemand::over(mean, variance, time, spread);
        Self { covered: over(lead_time + review), lead_time: over(lead_time) }
    }

    /// Units on hand in the mean at positions from `lowest` to `highest`: between those just after a receipt and those just before
    /// the next, as if they fell evenly.
    fn mean_on_hand(&self, lowest: i32, highest: i32) -> f64 {
        (self.lead_time.mean_on_hand(lowest, highest) + self.covered.mean_on_hand(lowest, highest)) / 2.0
    }
}

/// The position that is ordered at: the reorder point, or the order-up-to level of a policy without one.
fn ordered_at(resolved: &Resolved) -> f64 {
    resolved.levels.reorder_point.or(resolved.levels.order_up_to).map_or(0.0, f64::from)
}

/// Where levels come from, in words; several places where keys stand in several.
fn source(replenishment: &Replenishment, resolved: &Resolved) -> String {
    let mut places: Vec<String> = Vec::new();
    for from in resolved.from.iter().flatten() {
        let place = match *from {
            LevelFrom::General => "[replenishment]".to_string(),
            LevelFrom::Product => "the product's row".to_string(),
            LevelFrom::Pair(row) => {
                let table = replenishment.places.file.as_deref().unwrap_or("[[replenishment.levels]]");
                match replenishment.places.rows.get(row) {
                    Some(number) => format!("{table} row {number}"),
                    None => table.to_string(),
                }
            }
            LevelFrom::Later(row) => {
                let table = replenishment.places.file.as_deref().unwrap_or("[[replenishment.levels]]");
                format!("{table} row {}", replenishment.later[row].row)
            }
            LevelFrom::Target(target, of) => {
                let whose = match of {
                    TargetOf::Product => " of the product".to_string(),
                    TargetOf::Class(class) => format!(" of class {class:?}"),
                    TargetOf::Vendor => " of the vendor".to_string(),
                    TargetOf::All => String::new(),
                };
                format!("target{whose}: {}", target.in_words())
            }
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.join("; ")
}
