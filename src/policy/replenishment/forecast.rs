//! What is expected of each pair's demand: that of the zones whose home it is.

use crate::domain::{Demand, Model, OrderedLine, ProductId, TraceDemand, ZoneId};
use crate::policy::assortment::Assortment;

/// What is known of a pair's demand.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Forecast {
    /// Mean units a day.
    pub mean: f64,
    /// Variance of a day's units: of a compound Poisson process, lines a day × `E[units²]`.
    pub variance: f64,
}

/// The forecast of every pair, by its [position](Model::pair). A product's part of the lines is its share, although an order names
/// it once at most.
pub fn forecasts(model: &Model, assortment: &Assortment) -> Vec<Forecast> {
    let mut all = vec![Forecast::default(); model.products.len() * model.warehouses.len()];
    if let Some(demand) = &model.demand {
        add_generated(model, demand, assortment, &mut all);
    }
    if let Some(trace) = &model.trace {
        add_replayed(model, trace, assortment, &mut all);
    }
    all
}

fn add_generated(model: &Model, demand: &Demand, assortment: &Assortment, all: &mut [Forecast]) {
    let total_share: f64 = model.products.iter().map(|product| product.share).sum();
    let total_zones: f64 = model.zones.iter().map(|zone| zone.share).sum();
    let lines_per_order = demand.lines_per_order.count_moments(Demand::most_lines(&model.products));
    let lines = demand.mean_orders_per_day() * lines_per_order.mean;
    let units = demand.units_per_line.count_moments(Demand::MOST_UNITS);
    for (z, zone) in model.zones.iter().enumerate().filter(|(_, zone)| zone.share > 0.0) {
        for (p, product) in model.products.iter().enumerate().filter(|(_, product)| product.share > 0.0) {
            let product_id = ProductId::from_index(p);
            let Some(warehouse) = assortment.home(model, ZoneId::from_index(z), product_id) else { continue };
            let rate = lines * zone.share / total_zones * product.share / total_share;
            let forecast = &mut all[model.pair(warehouse, product_id)];
            forecast.mean += rate * units.mean;
            forecast.variance += rate * units.square;
        }
    }
}

fn add_replayed(model: &Model, trace: &TraceDemand, assortment: &Assortment, all: &mut [Forecast]) {
    let days = trace.length().days();
    for order in &trace.orders {
        for &OrderedLine { product, units } in &order.lines {
            let Some(warehouse) = assortment.home(model, order.zone, product) else { continue };
            let forecast = &mut all[model.pair(warehouse, product)];
            forecast.mean += f64::from(units) / days;
            forecast.variance += f64::from(units) * f64::from(units) / days;
        }
    }
}
