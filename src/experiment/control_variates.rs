//! Control variates from known inputs: how much was asked for and how long lead times were have known means, and what a
//! replication had too much or too little of explains part of its measures.
//!
//! A demand of more units than expected, and lead times longer than expected, are figures of mean 0 that are drawn and
//! never decided: no policy changes a draw, and whether a lead time begins does not depend on its own length.

use crate::domain::{DAY, Demand, Effect, Model, ScriptedOrder, SimTime};
use crate::measures::{Group, Metric, Sums};
use crate::stats::{CONFIDENCE, Controlled, Pair, controlled_ratio};

/// How many controls there are.
pub(super) const CONTROLS: usize = 2;
/// What they are called.
pub(super) const NAMES: [&str; CONTROLS] = ["units asked for", "lead times"];
/// With fewer replications the coefficients are too uncertain to be worth it.
const MIN_REPLICATIONS: usize = 20;
/// Control variates are used where they leave at most this part of the variance.
const MAX_VARIANCE_LEFT: f64 = 0.8;

/// What is known of a model's random inputs.
#[derive(Clone, Copy, Debug)]
pub(super) struct ControlVariates {
    /// Mean units asked for in the measured time.
    units: Option<f64>,
}

impl ControlVariates {
    /// What is known of a model; nothing of demand that is replayed from a file.
    pub fn of(model: &Model) -> Self {
        let (start, end) = (model.run.warm_up.span().0, model.run.warm_up.span().0 + model.run.horizon.0);
        let measured = |order: &&ScriptedOrder| (start..end).contains(&order.at.0);
        let scripted: Vec<&ScriptedOrder> = model.script.orders.iter().filter(measured).collect();
        let scripted_units: f64 =
            scripted.iter().flat_map(|order| &order.lines).map(|line| f64::from(line.units)).sum();
        // Nor of demand that events multiply.
        let is_multiplied = model.events.iter().any(|event| matches!(event.effect, Effect::Demand { .. }));
        if model.trace.is_some() || is_multiplied {
            return Self { units: None };
        }
        if let Some(period) = &model.period {
            let periods = period.moments_between(SimTime(start), SimTime(end)) as f64;
            let units = periods * period.period.days() * period.mean_units_per_day(&model.products);
            return Self { units: Some(units + scripted_units) };
        }
        let Some(demand) = model.demand.as_ref().filter(|demand| demand.shape.is_plain()) else {
            return Self { units: None };
        };
        let generated = mean_orders(demand, start, end);
        let lines = demand.lines_per_order.count_moments(Demand::most_lines(&model.products));
        let units = demand.units_per_line.count_moments(Demand::MAX_UNITS);
        Self { units: Some(generated * lines.mean * units.mean + scripted_units) }
    }

    /// What a replication had more than expected of each control; 0 for what is not known.
    pub fn excess(&self, sums: &Sums) -> [f64; CONTROLS] {
        let units = self.units.map_or(0.0, |units| sums.units as f64 - units);
        [units, sums.lead_time_excess_seconds as f64 / DAY as f64]
    }
}

/// A measure's estimate corrected by the controls, given what each replication had more than expected of them; `None`
/// where they do not narrow the interval enough to be worth it.
pub(super) fn controlled(metric: Metric, pairs: &[Pair], excess: &[[f64; CONTROLS]]) -> Option<Controlled> {
    if pairs.len() < MIN_REPLICATIONS || metric.definition().group == Group::Demand {
        return None;
    }
    let column = |index: usize| -> Vec<f64> { excess.iter().map(|row| row[index]).collect() };
    let columns: Vec<Vec<f64>> = (0..CONTROLS).map(column).collect();
    let controls: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    controlled_ratio(pairs, &controls, CONFIDENCE).filter(|found| found.variance_ratio <= MAX_VARIANCE_LEFT)
}

/// Mean number of generated orders between two seconds, stretch by stretch of one rate.
fn mean_orders(demand: &Demand, start: i64, end: i64) -> f64 {
    let (mut second, mut orders) = (start, 0.0);
    while second < end {
        let (factor, stretch_end) = demand.factor_at(second);
        let stretch_end = stretch_end.min(end);
        orders += factor * demand.orders_per_day * (stretch_end - second) as f64 / DAY as f64;
        second = stretch_end;
    }
    orders
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ClassId, Distribution, OrderedLine, ProductId, Replications, SimTime, Span, WarmUp, ZoneId};
    use crate::experiment::{Settings, replicate};
    use crate::measures::fixture;

    fn demand() -> Demand {
        Demand {
            orders_per_day: 10.0,
            lines_per_order: Distribution::geometric(2.0),
            units_per_line: Distribution::empirical(vec![1.0, 4.0], vec![3.0, 1.0]),
            weekly: [1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5],
            yearly: [1.0; 12],
            affinity: 0.0,
            shape: crate::domain::DemandShape::default(),
        }
    }

    #[test]
    fn orders_follow_the_week_and_the_year() {
        assert!((mean_orders(&demand(), 0, 14 * DAY) - 120.0).abs() < 1e-9);
        assert!((mean_orders(&demand(), 4 * DAY + DAY / 2, 5 * DAY + DAY / 2) - 7.5).abs() < 1e-9);
        let mut seasonal = demand();
        seasonal.weekly = [1.0; 7];
        seasonal.yearly[1] = 3.0;
        assert!((mean_orders(&seasonal, 0, 365 * DAY) - 3_650.0 * 14.0 / 12.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_known_is_what_comes() {
        let mut model = fixture::model();
        model.demand = Some(demand());
        model.run.warm_up = WarmUp::Fixed(Span::from_days(3));
        model.run.horizon = Span::from_days(200);
        model.run.replications = Replications::Fixed(40);
        let line = OrderedLine { product: ProductId(0), units: 500 };
        let order = |day| ScriptedOrder {
            at: SimTime(day * DAY),
            zone: ZoneId(0),
            lines: vec![line],
            due_after: Span::ZERO,
            class: ClassId(0),
        };
        model.script.orders = vec![order(2), order(50)];
        let known = ControlVariates::of(&model);
        let results = replicate(&model, &Settings { jobs: Some(1), ..Settings::default() }).unwrap();
        let estimate = results.estimate(Metric::Units).unwrap();
        // Four standard errors of 40 replications.
        let distance = (estimate.mean - known.units.unwrap()).abs();
        assert!(distance < 2.0 * estimate.half_width.unwrap(), "{estimate:?}, expected {known:?}");
        model.trace = Some(crate::domain::TraceDemand {
            orders: Vec::new(),
            first_day: 0,
            spread_over_day: false,
            resample: crate::domain::Resample::None,
        });
        assert_eq!(ControlVariates::of(&model).units, None);
    }
}
