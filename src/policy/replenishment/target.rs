//! Levels from a service target: `target = { fill_rate = 0.98 }` or `{ cycle_service = 0.95 }`.
//!
//! The forecast of a pair is the mean daily demand of the zones whose home it is; disruptions, pooling with other
//! warehouses and customers who leave are left out, as a planner's formula leaves them out: what a run measures usually
//! lies above the target where stock is pooled. Unit fill is that of demand that comes one unit at a time, and lies
//! below the target where a line asks for several units (`docs/conventions.md`, "Levels from a target").

use super::forecast::Forecast;
use super::lead_time_demand::{LeadTimeDemand, MOST};
use crate::domain::{DAY, Levels, Review, Target, Vendor};

/// What the levels of a pair aim at, and what is known of its demand and its vendor. Times are in days.
#[derive(Clone, Copy, Debug)]
pub struct Aim {
    /// The service.
    pub target: Target,
    /// The demand.
    pub forecast: Forecast,
    /// Mean of the vendor's lead time, as it is planned for.
    pub lead_time: f64,
    /// Its variance.
    pub lead_time_variance: f64,
    /// From one review to the next; 0 where it is continuous.
    pub review_period: f64,
    /// Units of an order, where the policy orders in lots.
    pub lot: i32,
}

impl Aim {
    /// The aim of a pair whose product this vendor delivers.
    pub fn new(target: Target, forecast: Forecast, vendor: &Vendor, review: Review, lot: i32) -> Self {
        let day = DAY as f64;
        Self {
            target,
            forecast,
            lead_time: vendor.planned_lead_time().mean() / day,
            lead_time_variance: vendor.planned_lead_time().variance() / (day * day),
            review_period: match review {
                Review::Continuous => 0.0,
                Review::Every(period) => period.days(),
            },
            lot,
        }
    }

    /// Demand over a time, in days, that varies as the lead time does.
    pub fn demand_over(&self, time: f64) -> LeadTimeDemand {
        LeadTimeDemand::over(self.forecast.mean, self.forecast.variance, time, self.lead_time_variance)
    }

    /// The least reorder point, at least 0, that reaches the target with lots of the given size; a review period is added to the
    /// lead time.
    ///
    /// - Unit fill is 1 − (n(r) − n(r+Q))/Q with n(x) = E[(D − x)⁺] and D the lead-time demand: the share of demand met where each
    ///   unit arrives alone, at a position of r+1 … r+Q (Hadley and Whitin 1963, §4-7; Zipkin 2000, §6.2); a line of several units
    ///   finds fewer, as its first units lower the position for its last.
    /// - Cycle service is reached by the least level that the demand exceeds with at most the complementary probability.
    pub fn reorder_point(&self, lot: i32) -> i32 {
        let demand = self.demand_over(self.lead_time + self.review_period);
        match self.target {
            Target::CycleService(probability) => demand.quantile(probability),
            Target::UnitFill(fill) => {
                let ahead = demand.losses_from(lot as usize);
                let allowed = (1.0 - fill) * f64::from(lot);
                Self::first(demand.losses_from(0).zip(ahead).map(|(now, later)| now - later <= allowed))
            }
        }
    }

    /// The levels of a policy that orders in lots: r, and with it the order-up-to level r + Q.
    pub fn levels_of_lots(&self) -> Levels {
        let (reorder_point, lot) = (self.reorder_point(self.lot), self.lot);
        Levels { reorder_point: Some(reorder_point), order_up_to: Some(reorder_point + lot), quantity: Some(lot) }
    }

    /// The first level, from 0, of which something holds.
    pub fn first(mut holds: impl Iterator<Item = bool>) -> i32 {
        holds.position(|here| here).unwrap_or(MOST).min(MOST) as i32
    }
}

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

#[cfg(test)]
mod tests {
    use super::super::levels_for_target;
    use super::*;
    use crate::domain::{Distribution, ReplenishmentPolicy, Span};

    fn levels(
        policy: ReplenishmentPolicy,
        review: Review,
        target: Target,
        forecast: Forecast,
        vendor: &Vendor,
        lot: i32,
    ) -> Levels {
        levels_for_target(policy, &Aim::new(target, forecast, vendor, review, lot))
    }

    fn vendor(days: f64) -> Vendor {
        Vendor::new("acme", Distribution::Constant(days * DAY as f64))
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
