//! The levels of every pair, and the stock that goes with them.

use super::forecast::Forecast;
use super::target::{Aim, lot_size};
use super::{PairLevels, levels_for_target};
use crate::domain::{Levels, Model};
use crate::policy::assortment::Assortment;

/// Resolves the levels of every pair that is carried: each key from the most specific place, a target for pairs that lack one.
pub fn levels(model: &Model, assortment: &Assortment, forecasts: &[Forecast]) -> Vec<PairLevels> {
    let mut all = vec![PairLevels::NONE; model.products.len() * model.warehouses.len()];
    let Some(replenishment) = &model.replenishment else { return all };
    let warehouses = model.warehouses.len();
    let mut by_pair: Vec<(usize, Levels)> =
        replenishment.by_pair.iter().map(|&(w, p, levels)| (model.pair(w, p), levels)).collect();
    by_pair.sort_by_key(|&(at, _)| at);
    let mut by_pair = by_pair.into_iter().peekable();
    for (at, levels) in all.iter_mut().enumerate() {
        let product = at / warehouses;
        let mut given = replenishment.general;
        if let Some(&of_product) = replenishment.by_product.get(product) {
            given = of_product.or(given);
        }
        if let Some((_, of_pair)) = by_pair.next_if(|&(pair, _)| pair == at) {
            given = of_pair.or(given);
        }
        if !assortment.carries(at) {
            continue;
        }
        let resolved = PairLevels::new(replenishment.policy, given).or_else(|| {
            // A pair that is nobody's home gets no target levels: there is nothing to forecast.
            let target = replenishment.target.filter(|_| forecasts[at].mean > 0.0)?;
            let vendor = &model.vendors[model.products[product].vendor?.index()];
            let holding = model.costs.holding_rate * model.products[product].unit_cost.decimal();
            let lot = given.quantity.unwrap_or_else(|| lot_size(forecasts[at], vendor.order_cost.decimal(), holding));
            let aim = Aim::new(target, forecasts[at], vendor, replenishment.review, lot);
            let derived = levels_for_target(replenishment.policy, &aim);
            PairLevels::new(replenishment.policy, given.or(derived))
        });
        *levels = resolved.unwrap_or(PairLevels::NONE);
    }
    all
}

/// The stock at second 0: the scripted rows, or every pair at its highest level where no row is given.
pub fn initial_stock(model: &Model, levels: &[PairLevels]) -> Vec<i32> {
    let mut stock = vec![0; levels.len()];
    match (&model.script.stock, &model.replenishment) {
        (Some(rows), _) => {
            for row in rows {
                stock[model.pair(row.warehouse, row.product)] = row.units as i32;
            }
        }
        (None, Some(replenishment)) => {
            for (stock, levels) in stock.iter_mut().zip(levels).filter(|&(_, &levels)| levels != PairLevels::NONE) {
                *stock = levels.highest(replenishment.policy).max(0);
            }
        }
        (None, None) => {}
    }
    stock
}
