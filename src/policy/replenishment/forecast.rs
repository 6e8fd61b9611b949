//! What is expected of each pair's demand: that of the zones whose home it is.

use crate::domain::{
    CountMoments, Demand, DemandShape, Model, OrderedLine, PeriodDemand, ProductId, SimTime, TraceDemand, WarehouseId,
    ZoneId,
};
use crate::policy::assortment::Assortment;
use std::collections::BTreeMap;

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

/// Means of the season over stretches, each found once.
#[derive(Default)]
struct Means(BTreeMap<(i64, u32), f64>);

impl Means {
    /// The mean over the stretch that ends with a second, of products of a kind.
    fn of(&mut self, until: i64, kind: u32, mean: impl FnOnce() -> f64) -> f64 {
        *self.0.entry((until, kind)).or_insert_with(mean)
    }
}

/// What levels that follow the season are planned from.
pub(super) struct SeasonalForecasts {
    /// Of generated orders, in the mean over all seasons.
    generated: Vec<Forecast>,
    /// Of all others, which know no season.
    others: Vec<Forecast>,
}

impl SeasonalForecasts {
    /// Those of a model, changed by the factors of `[forecast]`.
    pub fn new(model: &Model, assortment: &Assortment) -> Self {
        let factors = model.replenishment.as_ref().map(|replenishment| &replenishment.forecast);
        let factor = |zone, product| factors.map_or(1.0, |factors| factors.of(zone, product));
        let mut generated = nothing(model);
        if let Some(demand) = &model.demand {
            add_generated(model, demand, assortment, factor, &mut generated);
        }
        let mut others = nothing(model);
        add_others(model, assortment, factor, &mut others);
        Self { generated, others }
    }

    /// The forecast of every pair from a plan until a moment that depends on the product: of nothing, where nobody asks for it until
    /// then; `None` where nobody ever does.
    pub fn between(&self, model: &Model, from: SimTime, until: impl Fn(ProductId) -> SimTime) -> Vec<Option<Forecast>> {
        let asked_for = |(generated, other): (&Forecast, &Forecast)| generated.mean > 0.0 || other.mean > 0.0;
        let asked_for = self.generated.iter().zip(&self.others).map(asked_for);
        let all = self.until(model, from, until);
        asked_for.zip(all).map(|(asked_for, forecast)| asked_for.then_some(forecast)).collect()
    }

    fn until(&self, model: &Model, from: SimTime, until: impl Fn(ProductId) -> SimTime) -> Vec<Forecast> {
        let mut all = self.others.clone();
        let Some(demand) = &model.demand else { return all };
        let mut means = Means::default();
        let (kinds, kind_of) = demand.shape.kinds(model.products.len());
        let always = always(model, demand, &kinds);
        for (p, of_product) in all.chunks_mut(model.warehouses.len()).enumerate() {
            let until = until(ProductId::from_index(p)).0;
            let kind = kind_of[p] as usize;
            let then = means.of(until, kind_of[p], || demand.mean_factor_of(&kinds[kind], from.0, until));
            let factor = if always[kind] > 0.0 { then / always[kind] } else { 0.0 };
            for (forecast, generated) in of_product.iter_mut().zip(&self.generated[p * model.warehouses.len()..]) {
                forecast.mean += generated.mean * factor;
                forecast.variance += generated.variance * factor;
            }
        }
        all
    }
}

/// The mean factor on the demand for each kind of products over all seasons.
fn always(model: &Model, demand: &Demand, kinds: &[Vec<usize>]) -> Vec<f64> {
    let end = (SimTime::ZERO + model.run.warm_up.span() + model.run.horizon).0;
    let of = |kind: &Vec<usize>| match kind[..] {
        [] => demand.mean_orders_per_day() / demand.orders_per_day,
        _ => demand.mean_factor_over_all(kind, end),
    };
    kinds.iter().map(of).collect()
}

fn nothing(model: &Model) -> Vec<Forecast> {
    vec![Forecast::default(); model.products.len() * model.warehouses.len()]
}

fn with_factors(model: &Model, assortment: &Assortment, factor: impl Fn(ZoneId, ProductId) -> f64) -> Vec<Forecast> {
    let mut all = nothing(model);
    if let Some(demand) = &model.demand {
        add_generated(model, demand, assortment, &factor, &mut all);
    }
    add_others(model, assortment, factor, &mut all);
    all
}

fn add_others(model: &Model, assortment: &Assortment, factor: impl Fn(ZoneId, ProductId) -> f64, all: &mut [Forecast]) {
    if let Some(period) = &model.period {
        add_by_period(model, period, assortment, &factor, all);
    }
    if let Some(trace) = &model.trace {
        add_replayed(model, trace, assortment, &factor, all);
    }
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
    let shape = &demand.shape;
    let (kinds, kind_of) = shape.kinds(model.products.len());
    let always = always(model, demand, &kinds);
    let orders = |kind: u32| match kinds[kind as usize][..] {
        [] => demand.mean_orders_per_day(),
        _ => demand.orders_per_day * always[kind as usize],
    };
    let units = demand.units_per_line.count_moments(Demand::MAX_UNITS);
    let own_units: Vec<Option<CountMoments>> = shape
        .units_by_zone
        .iter()
        .map(|units| units.as_ref().map(|units| units.count_moments(Demand::MAX_UNITS)))
        .collect();
    let units_of = |zone: usize| own_units.get(zone).copied().flatten().unwrap_or(units);
    let singly = 1.0 - shape.baskets_share();
    for (z, zone) in model.zones.iter().enumerate().filter(|(_, zone)| zone.share > 0.0) {
        for (p, product) in model.products.iter().enumerate().filter(|(_, product)| product.share > 0.0) {
            let product_id = ProductId::from_index(p);
            let zone_id = ZoneId::from_index(z);
            let Some(warehouse) = assortment.home(model, zone_id, product_id) else { continue };
            let lines = orders(kind_of[p]) * lines_per_order.mean;
            let rate =
                lines * zone.share / total_zones * product.share / total_share * factor(zone_id, product_id) * singly;
            let units = units_of(z);
            let forecast = &mut all[model.pair(warehouse, product_id)];
            forecast.mean += rate * units.mean;
            forecast.variance += rate * units.square;
        }
    }
    // Bursts leave the mean as it is, and make what is asked for in a long time vary by the time that they are on.
    for (p, of_product) in all.chunks_mut(model.warehouses.len()).enumerate() {
        if let Some(bursts) = shape.bursts_of(&kinds[kind_of[p] as usize]) {
            for forecast in of_product {
                let while_on = forecast.mean / bursts.share();
                forecast.variance += while_on * while_on * bursts.variance_per_day();
            }
        }
    }
    for basket in &shape.baskets {
        let a_day = DemandShape::basket_factor(basket, |product| orders(kind_of[product.index()])) * basket.share;
        for &product in &basket.products {
            for (z, zone) in model.zones.iter().enumerate().filter(|(_, zone)| zone.share > 0.0) {
                let zone_id = ZoneId::from_index(z);
                let Some(warehouse) = assortment.home(model, zone_id, product) else { continue };
                let rate = a_day * zone.share / total_zones * factor(zone_id, product);
                let forecast = &mut all[model.pair(warehouse, product)];
                forecast.mean += rate * units_of(z).mean;
                forecast.variance += rate * units_of(z).square;
            }
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
