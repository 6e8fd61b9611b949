//! The levels of every pair, and the stock that goes with them.

use super::forecast::Forecast;
use super::target::{Aim, lot_size};
use super::{PairLevels, classes, levels_for_target};
use crate::domain::{Level, Levels, Model, ProductId, Replenishment, SimTime, Target, TargetOf};
use crate::policy::assortment::Assortment;

/// Where a level of a pair stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LevelFrom {
    /// Under `[replenishment]`.
    General,
    /// In the product's row.
    Product,
    /// In a row for the pair: its position in [`Replenishment::by_pair`].
    Pair(usize),
    /// In a row for the pair from some moment on: its position in [`Replenishment::later`].
    Later(usize),
    /// Nowhere: it is derived from a target.
    Target(Target, TargetOf),
}

/// The levels of a pair, resolved: each key from the most specific place, or from the target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolved {
    /// The levels that the policy works with; all others are open.
    pub levels: Levels,
    /// Where each of [`Level::ALL`] stands, as far as the policy works with it.
    pub from: [Option<LevelFrom>; Level::ALL.len()],
}

impl Resolved {
    /// The levels as the engine uses them; [`PairLevels::NONE`] where one is missing.
    pub fn pair(&self, replenishment: &Replenishment) -> PairLevels {
        PairLevels::new(replenishment.policy, self.levels).unwrap_or(PairLevels::NONE)
    }
}

/// The levels of every pair that is carried, at a moment in which these forecasts hold; [`PairLevels::NONE`] for all others.
pub(super) fn levels_at(
    model: &Model,
    assortment: &Assortment,
    forecasts: &[Option<Forecast>],
    at: SimTime,
) -> Vec<PairLevels> {
    let mut all = vec![PairLevels::NONE; model.products.len() * model.warehouses.len()];
    let Some(replenishment) = &model.replenishment else { return all };
    if let Some(kept) = &replenishment.kept {
        // The rows of a pair stand in the order of time.
        for pair in kept.pairs.iter().filter(|pair| pair.from <= at) {
            let levels = PairLevels::new(replenishment.policy, pair.levels);
            all[model.pair(pair.warehouse, pair.product)] = levels.unwrap_or(PairLevels::NONE);
        }
    } else {
        resolve(model, replenishment, assortment, forecasts, at, |pair, resolved| {
            all[pair] = resolved.pair(replenishment);
        });
    }
    all
}

/// Goes through every pair that is carried, by [position](Model::pair), and hands on its levels at a moment: each key from the most
/// specific place, and from a target for pairs that lack one and that somebody is expected to ask for.
pub fn resolve(
    model: &Model,
    replenishment: &Replenishment,
    assortment: &Assortment,
    forecasts: &[Option<Forecast>],
    moment: SimTime,
    mut each: impl FnMut(usize, Resolved),
) {
    let warehouses = model.warehouses.len();
    let rows = replenishment.by_pair.iter().enumerate();
    let rows = rows.map(|(row, &(w, p, levels))| (model.pair(w, p), SimTime::ZERO, LevelFrom::Pair(row), levels));
    let later = replenishment.later.iter().enumerate().filter(|(_, row)| row.from <= moment);
    let later = later
        .map(|(number, row)| (model.pair(row.warehouse, row.product), row.from, LevelFrom::Later(number), row.levels));
    let mut by_pair: Vec<(usize, SimTime, LevelFrom, Levels)> = rows.chain(later).collect();
    by_pair.sort_by_key(|&(pair, from, ..)| (pair, from));
    let mut by_pair = by_pair.into_iter().peekable();
    let has_classes = replenishment.targets.by_class.iter().any(Option::is_some);
    let classes = if has_classes { classes(model) } else { Vec::new() };
    for (at, &forecast) in forecasts.iter().enumerate() {
        let product = at / warehouses;
        // Of the rows of a pair, the one that has held the least long.
        let mut row = None;
        while let Some((_, _, from, levels)) = by_pair.next_if(|&(pair, ..)| pair == at) {
            row = Some((from, levels));
        }
        if !assortment.carries(at) {
            continue;
        }
        let places = [
            row,
            replenishment.by_product.get(product).map(|&levels| (LevelFrom::Product, levels)),
            Some((LevelFrom::General, replenishment.general)),
        ];
        let general = Levels::default();
        let given = places.iter().flatten().fold(general, |above, &(_, levels)| above.or(levels));
        let mut levels = given;
        let mut target = None;
        if PairLevels::new(replenishment.policy, given).is_none() {
            let id = ProductId::from_index(product);
            target = replenishment.target_for(id, model.vendor_of(id), classes.get(product).copied());
            let derived = target
                .zip(forecast)
                .and_then(|((target, _), forecast)| derived(model, replenishment, id, target, forecast, given));
            levels = given.or(derived.unwrap_or_default());
        }
        let needed = |level: &Level| replenishment.policy.needs().contains(level);
        let place_of = |level: Level| {
            let place = places.iter().flatten().find(|(_, levels)| levels.get(level).is_some()).map(|&(from, _)| from);
            place.or(target.map(|(target, of)| LevelFrom::Target(target, of)))
        };
        let from = Level::ALL.map(|level| levels.get(level).filter(|_| needed(&level)).and_then(|_| place_of(level)));
        let mut levels = levels.only(replenishment.policy.needs());
        if replenishment.reorder_point_factor != 1.0 {
            levels = levels.raised(replenishment.reorder_point_factor);
        }
        each(at, Resolved { levels, from });
    }
}

/// The levels that a target asks for; `None` where nobody delivers the product.
fn derived(
    model: &Model,
    replenishment: &Replenishment,
    product: ProductId,
    target: Target,
    forecast: Forecast,
    given: Levels,
) -> Option<Levels> {
    let vendor = &model.vendors[model.vendor_of(product)?.index()];
    let holding = model.costs.holding_per_unit_year(model.products[product.index()].unit_cost);
    let cost = (vendor.order_cost + model.line_cost(product, vendor)).decimal();
    let lot = given.quantity.unwrap_or_else(|| lot_size(forecast, cost, holding));
    let aim = Aim::new(target, forecast, vendor, model.review_of(product, replenishment.review), lot);
    Some(levels_for_target(replenishment.policy, &aim))
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
