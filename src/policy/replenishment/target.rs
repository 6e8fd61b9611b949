//! Levels from a service target: `target = { fill_rate = 0.98 }` or `{ cycle_service = 0.95 }`.
//!
//! The forecast of a pair is the mean daily demand of the zones whose home it is; disruptions, pooling with other
//! warehouses and customers who leave are left out, as a planner's formula leaves them out: what a run measures usually
//! lies above the target where stock is pooled. Unit fill is that of demand that comes one unit at a time, and lies
//! below the target where a line asks for several units (`docs/conventions.md`, "Levels from a target").

use super::forecast::Forecast;
use super::lead_time_demand::{LeadTimeDemand, MOST};
use crate::domain::{DAY, Levels, ReplenishmentPolicy, Review, Target, Vendor};

/// The economic order quantity √(2·K·D/h) for a year's demand D, order cost K and holding cost h a unit and year
/// (Harris 1913); a week's forecast where either cost is nothing; at least 1.
pub fn lot_size(forecast: Forecast, order_cost: f64, holding_cost_per_unit_year: f64) -> i32 {
    let lot = if order_cost > 0.0 && holding_cost_per_unit_year > 0.0 {
        (2.0 * order_cost * forecast.mean * 365.0 / holding_cost_per_unit_year).sqrt()
    } else {
        forecast.mean * 7.0
    };
    libm::rint(lot).clamp(1.0, MOST as f64) as i32
}

/// The levels that reach a target.
///
/// - unit fill under continuous review: 1 − (n(r) − n(r+Q))/Q with n(x) = E[(D − x)⁺] and D the lead-time demand: the
///   share of demand met where each unit arrives alone, at a position of r+1 … r+Q (Hadley and Whitin 1963, §4-7;
///   Zipkin 2000, §6.2); a line of several units finds fewer, as its first units lower the position for its last; with the order-up-to level at r + Q for `s-S` and Q = 1 for `base-stock`; a review period is added to the
///   lead time;
/// - unit fill of `periodic-R-S`: 1 − (n′(S) − n(S))/(d·R), n′ the loss over lead time and review period (Silver, Pyke
///   and Thomas 2017, §6.9);
/// - cycle service: the least level that the demand exceeds with at most the complementary probability.
pub fn levels(
    policy: ReplenishmentPolicy,
    review: Review,
    target: Target,
    forecast: Forecast,
    vendor: &Vendor,
    lot: i32,
) -> Levels {
    let day = DAY as f64;
    let lead_time = vendor.lead_time.mean() / day;
    let lead_time_variance = vendor.lead_time.variance() / (day * day);
    let review_period = match review {
        Review::Continuous => 0.0,
        Review::Every(period) => period.days(),
    };
    let over = |time: f64| LeadTimeDemand::over(forecast.mean, forecast.variance, time, lead_time_variance);
    let protected = over(lead_time + review_period);
    match policy {
        ReplenishmentPolicy::PeriodicOrderUpTo => {
            let order_up_to = match target {
                Target::CycleService(probability) => protected.quantile(probability),
                Target::UnitFill(fill) => {
                    let (with_review, without) = (protected.losses_from(0), over(lead_time).losses_from(0));
                    let allowed = (1.0 - fill) * forecast.mean * review_period;
                    first(with_review.zip(without).map(|(late, early)| late - early <= allowed))
                }
            };
            Levels { order_up_to: Some(order_up_to), ..Levels::default() }
        }
        ReplenishmentPolicy::BaseStock => {
            let reorder_point = reorder_point(protected, target, 1);
            Levels { order_up_to: Some(reorder_point + 1), ..Levels::default() }
        }
        ReplenishmentPolicy::MinMax | ReplenishmentPolicy::FixedQuantity => {
            let reorder_point = reorder_point(protected, target, lot);
            Levels { reorder_point: Some(reorder_point), order_up_to: Some(reorder_point + lot), quantity: Some(lot) }
        }
    }
}

/// The least reorder point, at least 0, that reaches the target with lots of the given size.
fn reorder_point(demand: LeadTimeDemand, target: Target, lot: i32) -> i32 {
    match target {
        Target::CycleService(probability) => demand.quantile(probability),
        Target::UnitFill(fill) => {
            let ahead = demand.losses_from(lot as usize);
            let allowed = (1.0 - fill) * f64::from(lot);
            first(demand.losses_from(0).zip(ahead).map(|(now, later)| now - later <= allowed))
        }
    }
}

fn first(mut holds: impl Iterator<Item = bool>) -> i32 {
    holds.position(|here| here).unwrap_or(MOST).min(MOST) as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Cents, Distribution, Span};

    fn vendor(days: f64) -> Vendor {
        Vendor {
            id: "acme".into(),
            lead_time: Distribution::Constant(days * DAY as f64),
            order_cost: Cents::ZERO,
            minimum_units: 0,
            multiple: 1,
            expedite: None,
            disruption: None,
        }
    }

    const THREE_IN_TWO_DAYS: Forecast = Forecast { mean: 1.5, variance: 1.5 };

    #[test]
    fn a_base_stock_reaches_the_fill_rate_of_palm() {
        // P(Poisson(3) ≤ S − 1) is 0.8153 at S = 5 and 0.9161 at S = 6.
        let at = |fill| {
            let target = Target::UnitFill(fill);
            let policy = ReplenishmentPolicy::BaseStock;
            levels(policy, Review::Continuous, target, THREE_IN_TWO_DAYS, &vendor(2.0), 1).order_up_to
        };
        assert_eq!((at(0.815), at(0.816)), (Some(5), Some(6)));
    }

    #[test]
    fn an_r_q_reaches_the_exact_fill_rate() {
        // Rate 1.5, lead time 2, r = 3, Q = 5: unit fill 0.866632830422.
        let at = |fill| {
            let policy = ReplenishmentPolicy::FixedQuantity;
            levels(policy, Review::Continuous, Target::UnitFill(fill), THREE_IN_TWO_DAYS, &vendor(2.0), 5)
        };
        assert_eq!(at(0.8666).reorder_point, Some(3));
        assert_eq!(at(0.8667).reorder_point, Some(4));
        assert_eq!(at(0.8666).quantity, Some(5));
    }

    #[test]
    fn a_periodic_level_reaches_the_exact_fill_rate() {
        // Rate 2, lead time 3, review 7: S = 22 fills 0.930035968034.
        let every = |days, fill| {
            let forecast = Forecast { mean: 2.0, variance: 2.0 };
            let review = Review::Every(Span::from_days(days));
            let policy = ReplenishmentPolicy::PeriodicOrderUpTo;
            levels(policy, review, Target::UnitFill(fill), forecast, &vendor(3.0), 1).order_up_to
        };
        assert_eq!((every(7, 0.930), every(7, 0.9301)), (Some(22), Some(23)));
        // Review 1, a low target: what was short before the review counts. S = 8 fills 0.598664566775.
        assert_eq!((every(1, 0.5986), every(1, 0.5987)), (Some(8), Some(9)));
    }

    #[test]
    fn with_an_exponential_lead_time_the_demand_in_it_is_geometric() {
        let vendor = Vendor { lead_time: Distribution::exponential(2.0 * DAY as f64), ..vendor(0.0) };
        let at = |policy, target| levels(policy, Review::Continuous, target, THREE_IN_TWO_DAYS, &vendor, 1);
        // P(demand ≤ y) = 1 − 0.75^(y+1): 0.94369 at 9, 0.95777 at 10.
        let base_stock = |target| at(ReplenishmentPolicy::BaseStock, target).order_up_to;
        assert_eq!(
            [0.9436, 0.9438, 0.9577].map(|fill| base_stock(Target::UnitFill(fill))),
            [Some(10), Some(11), Some(11)]
        );
        assert_eq!(base_stock(Target::CycleService(0.95)), Some(11));
        let lots = at(ReplenishmentPolicy::MinMax, Target::CycleService(0.95));
        assert_eq!(lots, Levels { reorder_point: Some(10), order_up_to: Some(11), quantity: Some(1) });
    }

    #[test]
    fn customers_who_want_several_units_make_the_demand_more_variable() {
        // Mean 3 and variance 6 in two days: negative binomial of size 3 and 1/2, P(demand ≤ 7) = 0.94531.
        let forecast = Forecast { mean: 1.5, variance: 3.0 };
        let at = |probability| {
            let (policy, target) = (ReplenishmentPolicy::MinMax, Target::CycleService(probability));
            levels(policy, Review::Continuous, target, forecast, &vendor(2.0), 4).reorder_point
        };
        assert_eq!((at(0.945), at(0.946)), (Some(7), Some(8)));
    }

    #[test]
    fn a_review_period_is_waited_through_as_well() {
        let day = Review::Every(Span::from_days(1));
        let (policy, target) = (ReplenishmentPolicy::MinMax, Target::UnitFill(0.8666));
        let looked_at_daily = levels(policy, day, target, THREE_IN_TWO_DAYS, &vendor(1.0), 5);
        assert_eq!(looked_at_daily, levels(policy, Review::Continuous, target, THREE_IN_TWO_DAYS, &vendor(2.0), 5));
        assert_eq!(looked_at_daily.reorder_point, Some(3));
        // Poisson of 20 in lead time and review period: P(demand ≤ 27) = 0.94752, P(demand ≤ 28) = 0.96567.
        let forecast = Forecast { mean: 2.0, variance: 2.0 };
        let (policy, target) = (ReplenishmentPolicy::PeriodicOrderUpTo, Target::CycleService(0.95));
        let weekly = levels(policy, Review::Every(Span::from_days(7)), target, forecast, &vendor(3.0), 1);
        assert_eq!(weekly.order_up_to, Some(28));
    }

    #[test]
    fn the_lot_is_the_economic_order_quantity_or_a_week() {
        let forecast = Forecast { mean: 10.0, variance: 10.0 };
        // √(2 · 50 · 3650 / 4) = 302.1
        assert_eq!(lot_size(forecast, 50.0, 4.0), 302);
        assert_eq!(lot_size(forecast, 0.0, 4.0), 70);
        assert_eq!(lot_size(forecast, 50.0, 0.0), 70);
        assert_eq!(lot_size(Forecast::default(), 0.0, 4.0), 1);
    }
}
