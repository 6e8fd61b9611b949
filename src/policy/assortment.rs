//! Which warehouse carries what, and where a zone's demand for a product is at home.
//!
//! Products that levels or a target speak of without naming a warehouse lie where `[network] assortment` places them: in all, or
//! the popular ones in all and each other one in a few. Popular are those with the most lines a day. The others are dealt out in
//! order of popularity, each to the warehouses that so far carry the least demand, an equal part to each of its copies; ties go by
//! the file's order. It is the rule of longest processing time first (Graham 1969), under which loads end up nearly equal, and
//! products that are asked for together end up in different places unless they are popular.

use crate::domain::{Demand, Lane, Levels, Model, Placement, ProductId, WarehouseId, ZoneId};

/// The pairs that are carried: those with a level, a row of stock or receipts, or an open purchase order.
#[derive(Clone, Debug)]
pub struct Assortment {
    warehouses: usize,
    /// By the pair's [position](Model::pair).
    carried: Vec<bool>,
    /// Whether all are.
    is_complete: bool,
}

impl Assortment {
    /// The assortment of a model.
    pub fn new(model: &Model) -> Self {
        let warehouses = model.warehouses.len();
        let mut carried = vec![false; model.products.len() * warehouses];
        if let Some(kept) = model.replenishment.as_ref().and_then(|replenishment| replenishment.kept.as_ref()) {
            for pair in &kept.pairs {
                carried[model.pair(pair.warehouse, pair.product)] = true;
            }
        } else if let Some(replenishment) = &model.replenishment {
            place(model, &mut carried);
            let has_key = |levels: &Levels| *levels != Levels::default();
            let is_planned_everywhere = replenishment.target.is_some() || has_key(&replenishment.general);
            for (product, of_product) in carried.chunks_mut(warehouses).enumerate() {
                let has_target = || {
                    let product = ProductId::from_index(product);
                    replenishment.has_target_for(product, model.vendor_of(product))
                };
                let has_levels = || replenishment.by_product.get(product).is_some_and(has_key);
                if !is_planned_everywhere && !has_levels() && !has_target() {
                    of_product.fill(false);
                }
            }
            for &(warehouse, product, _) in &replenishment.by_pair {
                carried[model.pair(warehouse, product)] = true;
            }
            for row in &replenishment.later {
                carried[model.pair(row.warehouse, row.product)] = true;
            }
        }
        for row in model.script.stock.iter().flatten() {
            carried[model.pair(row.warehouse, row.product)] = true;
        }
        for row in &model.script.receipts {
            carried[model.pair(row.warehouse, row.product)] = true;
        }
        for row in &model.script.open_purchase_orders {
            carried[model.pair(row.warehouse, row.product)] = true;
        }
        Self { warehouses, is_complete: carried.iter().all(|&is_carried| is_carried), carried }
    }

    /// Whether a pair is carried, by its [position](Model::pair).
    #[inline(always)]
    pub fn carries(&self, pair: usize) -> bool {
        self.is_complete || self.carried[pair]
    }

    /// Every pair that is carried, in the order of positions.
    pub fn pairs(&self) -> impl Iterator<Item = (WarehouseId, ProductId)> {
        let carried = (0..self.carried.len()).filter(|&pair| self.carries(pair));
        carried.map(|pair| {
            (WarehouseId::from_index(pair % self.warehouses), ProductId::from_index(pair / self.warehouses))
        })
    }

    /// The home of a zone's demand for a product: the first warehouse in preference order that carries it.
    #[inline(always)]
    pub fn home(&self, model: &Model, zone: ZoneId, product: ProductId) -> Option<WarehouseId> {
        self.first_carrier(model, &model.zones[zone.index()].lanes, product)
    }

    /// The first warehouse of some lanes that carries a product.
    #[inline(always)]
    pub fn first_carrier(&self, model: &Model, lanes: &[Lane], product: ProductId) -> Option<WarehouseId> {
        let warehouses = lanes.iter().map(|lane| lane.warehouse);
        warehouses.into_iter().find(|&warehouse| self.carries(model.pair(warehouse, product)))
    }
}

/// Marks the pairs in which products lie by the placement.
fn place(model: &Model, carried: &mut [bool]) {
    let warehouses = model.warehouses.len();
    let Placement::Spread { copies, everywhere_above } = model.placement else { return carried.fill(true) };
    let copies = (copies as usize).min(warehouses);
    let popularity = lines_a_day(model);
    let mut by_popularity: Vec<usize> = (0..popularity.len()).collect();
    by_popularity.sort_by(|&one, &other| popularity[other].total_cmp(&popularity[one]));
    let popular = libm::round((1.0 - everywhere_above) * popularity.len() as f64) as usize;
    let (popular, others) = by_popularity.split_at(popular);
    for &product in popular {
        carried[product * warehouses..][..warehouses].fill(true);
    }
    let mut loads = vec![0.0; warehouses];
    let mut lightest: Vec<usize> = (0..warehouses).collect();
    for &product in others {
        lightest.sort_by(|&one, &other| f64::total_cmp(&loads[one], &loads[other]).then(one.cmp(&other)));
        for &warehouse in &lightest[..copies] {
            carried[product * warehouses + warehouse] = true;
            loads[warehouse] += popularity[product] / copies as f64;
        }
    }
}

/// Lines a day that are expected of each product: generated, replayed and written ones.
fn lines_a_day(model: &Model) -> Vec<f64> {
    let mut lines = vec![0.0; model.products.len()];
    if let Some(demand) = &model.demand {
        let all: f64 = model.products.iter().map(|product| product.share).sum();
        let most = Demand::most_lines(&model.products);
        let a_day = demand.mean_orders_per_day() * demand.lines_per_order.count_moments(most).mean;
        for (lines, product) in lines.iter_mut().zip(&model.products).filter(|(_, product)| product.share > 0.0) {
            *lines += a_day * product.share / all;
        }
    }
    if let Some(period) = &model.period {
        for (product, units) in period.asked_for(&model.products) {
            lines[product.index()] += units.chance_of_some() / period.period.days();
        }
    }
    if let Some(trace) = &model.trace {
        let days = trace.length().days();
        trace.orders.iter().flat_map(|order| &order.lines).for_each(|line| lines[line.product.index()] += 1.0 / days);
    }
    let days = model.run.horizon.days();
    let scripted = model.script.orders.iter().flat_map(|order| &order.lines);
    scripted.for_each(|line| lines[line.product.index()] += 1.0 / days);
    lines
}
