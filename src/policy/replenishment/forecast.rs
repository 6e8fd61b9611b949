//! What is expected of each pair's demand: that of the zones whose home it is.

use crate::domain::{
    CountMoments, Demand, Model, OrderedLine, PeriodDemand, ProductId, TraceDemand, WarehouseId, ZoneId,
};
use crate::policy::assortment::Assortment;

/// What is known of a pair's demand.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Forecast {
    /// Mean units a day.
    pub mean: f64,
    /// Variance of a day's units: of a compound Poisson process, lines a day × `E[units²]`; of demand by period, that of a period
    /// over its days.
    pub variance: f64,
}

/// The forecast of every pair, by its [position](Model::pair). A product's part of the lines is its share, although an order names
/// it once at most.
pub fn forecasts(model: &Model, assortment: &Assortment) -> Vec<Forecast> {
    with_factors(model, assortment, |_, _| 1.0)
}

/// The forecast that levels are planned for: that of every pair, changed by the factors of `[forecast]`. A factor is one on how
/// many lines there are, so that mean and variance of a day change alike.
pub fn planned_forecasts(model: &Model, assortment: &Assortment) -> Vec<Forecast> {
    match model.replenishment.as_ref().map(|replenishment| &replenishment.forecast) {
        Some(factors) if !factors.are_idle() => {
            with_factors(model, assortment, |zone, product| factors.of(zone, product))
        }
        _ => forecasts(model, assortment),
    }
}

fn with_factors(model: &Model, assortment: &Assortment, factor: impl Fn(ZoneId, ProductId) -> f64) -> Vec<Forecast> {
    let mut all = vec![Forecast::default(); model.products.len() * model.warehouses.len()];
    if let Some(demand) = &model.demand {
        add_generated(model, demand, assortment, &factor, &mut all);
    }
    if let Some(period) = &model.period {
        add_by_period(model, period, assortment, &factor, &mut all);
    }
    if let Some(trace) = &model.trace {
        add_replayed(model, trace, assortment, &factor, &mut all);
    }
    all
}

fn add_generated(
    model: &Model,
    demand: &Demand,
    assortment: &Assortment,
    factor: impl Fn(ZoneId, ProductId) -> f64,
    all: &mut [Forecast],
) {
    let total_share: f64 = model.products.iter().map(|product| product.share).sum();
    let total_zones: f64 = model.zones.iter().map(|zone| zone.share).sum();
    let lines_per_order = demand.lines_per_order.count_moments(Demand::most_lines(&model.products));
    let lines = demand.mean_orders_per_day() * lines_per_order.mean;
    let units = demand.units_per_line.count_moments(Demand::MAX_UNITS);
    for (z, zone) in model.zones.iter().enumerate().filter(|(_, zone)| zone.share > 0.0) {
        for (p, product) in model.products.iter().enumerate().filter(|(_, product)| product.share > 0.0) {
            let product_id = ProductId::from_index(p);
            let zone_id = ZoneId::from_index(z);
            let Some(warehouse) = assortment.home(model, zone_id, product_id) else { continue };
            let rate = lines * zone.share / total_zones * product.share / total_share * factor(zone_id, product_id);
            let forecast = &mut all[model.pair(warehouse, product_id)];
            forecast.mean += rate * units.mean;
            forecast.variance += rate * units.square;
        }
    }
}

/// Each unit falls to a zone by share, so that of N units those of zones with the share q have the mean q·E[N] and the variance
/// q²·Var[N] + q·(1 − q)·E[N].
fn add_by_period(
    model: &Model,
    period: &PeriodDemand,
    assortment: &Assortment,
    factor: impl Fn(ZoneId, ProductId) -> f64,
    all: &mut [Forecast],
) {
    let days = period.period.days();
    let total_zones: f64 = model.zones.iter().map(|zone| zone.share).sum();
    for (product, units) in period.asked_for(&model.products) {
        let CountMoments { mean, square } = PeriodDemand::moments(units);
        let variance = square - mean * mean;
        // The part of the zones whose home each warehouse is, and the same by what the planner believes.
        let mut parts = vec![(0.0, 0.0); model.warehouses.len()];
        for (z, zone) in model.zones.iter().enumerate().filter(|(_, zone)| zone.share > 0.0) {
            let zone_id = ZoneId::from_index(z);
            if let Some(warehouse) = assortment.home(model, zone_id, product) {
                let (part, planned) = &mut parts[warehouse.index()];
                *part += zone.share / total_zones;
                *planned += factor(zone_id, product) * zone.share / total_zones;
            }
        }
        for (warehouse, (part, planned)) in parts.into_iter().enumerate().filter(|(_, (part, _))| *part > 0.0) {
            let forecast = &mut all[model.pair(WarehouseId::from_index(warehouse), product)];
            forecast.mean += planned * mean / days;
            forecast.variance += planned * (part * variance + (1.0 - part) * mean) / days;
        }
    }
}

fn add_replayed(
    model: &Model,
    trace: &TraceDemand,
    assortment: &Assortment,
    factor: impl Fn(ZoneId, ProductId) -> f64,
    all: &mut [Forecast],
) {
    let days = trace.length().days();
    for order in &trace.orders {
        for &OrderedLine { product, units } in &order.lines {
            let Some(warehouse) = assortment.home(model, order.zone, product) else { continue };
            let forecast = &mut all[model.pair(warehouse, product)];
            let factor = factor(order.zone, product);
            forecast.mean += f64::from(units) / days * factor;
            forecast.variance += f64::from(units) * f64::from(units) / days * factor;
        }
    }
}
