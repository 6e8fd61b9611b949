//! `periodic-R-S`: at each review, order up to the order-up-to level. What to order is as for a base stock; what
//! differs is that the policy looks only at the reviews, so its level has to cover the review period too.

use super::base_stock::BaseStock;
use super::policy::{PairLevels, Policy};
use super::target::Aim;
use crate::domain::{Levels, Target};

/// The (R, S) policy.
pub struct PeriodicOrderUpTo;

impl Policy for PeriodicOrderUpTo {
    fn levels(given: Levels) -> Option<PairLevels> {
        BaseStock::levels(given)
    }

    #[inline]
    fn units(inventory_position: i32, levels: PairLevels) -> u32 {
        BaseStock::units(inventory_position, levels)
    }

    /// Unit fill is 1 − (n′(S) − n(S))/(d·R) with n(x) = E[(D − x)⁺] over the lead time, n′ over lead time and review period,
    /// and d the demand of a day (Silver, Pyke and Thomas 2017, §6.9).
    fn levels_for(aim: &Aim) -> Levels {
        let protected = aim.demand_over(aim.lead_time + aim.review_period);
        let order_up_to = match aim.target {
            Target::CycleService(probability) => protected.quantile(probability),
            Target::UnitFill(fill) => {
                let without_review = aim.demand_over(aim.lead_time).losses_from(0);
                let allowed = (1.0 - fill) * aim.forecast.mean * aim.review_period;
                let losses = protected.losses_from(0).zip(without_review);
                Aim::first(losses.map(|(late, early)| late - early <= allowed))
            }
        };
        Levels { order_up_to: Some(order_up_to), ..Levels::default() }
    }
}
