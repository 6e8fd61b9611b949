//! What expediting a purchase order is worth: the waiting and the lost sales that it is expected to spare, in money.
//!
//! Between the instant when an expedited order would come and the one that it is promised for, its units are there or they are not.
//! With x the net stock now (free less waiting), D(t) the demand until t, of mean m·t and variance v·t, and Q the order's units, the
//! units short at t are E[(D(t) − x)⁺] without it and E[(D(t) − x − Q)⁺] with it; what lies between the two is spared. So expediting
//! saves
//!
//! - the cost of a unit and day of waiting times the integral of that difference from the one instant to the other, and
//! - the cost of a unit that is short when it is asked for, times what the difference grows by meanwhile: the share that stays waits,
//!   the rest is lost with its margin.
//!
//! The expectation is the loss function of the normal distribution, σ·(φ(z) − z·(1 − Φ(z))) with z = (x − m·t)/√(v·t) (Silver, Pyke
//! and Thomas, *Inventory and Production Management in Supply Chains*, 4th edition, 2017, appendix II), and (m·t − x)⁺ where demand
//! does not vary. The integral is the mean of the values at the midpoints of [`PARTS`] equal parts.

use crate::domain::{Cents, Model, ProductId};
use crate::stats::{normal_cdf, normal_density};

/// The stretch between the two instants is looked at in so many places.
pub const PARTS: u32 = 16;

/// What expediting is weighed by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stake {
    /// Free units less those that wait.
    pub net_stock: i64,
    /// Units of the purchase order.
    pub units: u32,
    /// Units a day expected to be asked for.
    pub mean_per_day: f64,
    /// Variance of a day's units.
    pub variance_per_day: f64,
    /// Days from now to the expedited arrival, in the mean.
    pub expedited_in: f64,
    /// Days from now to the promise.
    pub promised_in: f64,
}

/// What being short costs of a product, in the currency's unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shortage {
    /// Each unit that is short when it is asked for.
    pub per_unit: f64,
    /// Each unit and day of waiting.
    pub per_unit_day: f64,
}

impl Shortage {
    /// What it costs of a product in a model: where a customer may drop what is shown On Backorder, a part of what is short is lost
    /// with its margin and does not wait; where backorders are not accepted, all of it is.
    pub fn of(model: &Model, product: ProductId) -> Self {
        let (costs, product) = (&model.costs, &model.products[product.index()]);
        let stays = if model.rules.backorder.accept { model.customers.keep_when_backordered } else { 0.0 };
        let margin = Cents(product.price.0 - product.unit_cost.0).decimal();
        Self {
            per_unit: stays * costs.backorder_per_unit + (1.0 - stays) * costs.lost_margin * margin,
            per_unit_day: stays * costs.backorder_per_unit_day,
        }
    }
}

/// Units short at a time in days: E[(D − x)⁺].
fn short(net_stock: f64, mean_per_day: f64, variance_per_day: f64, days: f64) -> f64 {
    let over = mean_per_day * days - net_stock;
    let deviation = (variance_per_day * days).max(0.0).sqrt();
    if deviation <= 0.0 {
        return over.max(0.0);
    }
    let z = -over / deviation;
    deviation * normal_density(z) + over * normal_cdf(-z)
}

/// What expediting is expected to save, in the currency's unit; nothing where the expedited order would come no sooner.
///
/// ```
/// use backorder::policy::replenishment::worth::{Shortage, Stake, cost_saved};
/// // 4 a day, evenly, and nothing on the shelf; ten units in two days in place of five. When they would come eight are short, half a
/// // day later ten, and of more the order spares none: 4.5 + 25 unit-days, and the two that would have been short meanwhile.
/// let stake = Stake { net_stock: 0, units: 10, mean_per_day: 4.0, variance_per_day: 0.0, expedited_in: 2.0, promised_in: 5.0 };
/// let saved = cost_saved(&stake, Shortage { per_unit: 3.0, per_unit_day: 1.0 });
/// assert!((saved - (2.0 * 3.0 + 29.5)).abs() < 0.05, "{saved}");
/// ```
pub fn cost_saved(stake: &Stake, shortage: Shortage) -> f64 {
    let Stake { net_stock, units, mean_per_day, variance_per_day, expedited_in, promised_in } = *stake;
    let stretch = promised_in - expedited_in;
    if stretch <= 0.0 {
        return 0.0;
    }
    let (without, with) = (net_stock as f64, net_stock as f64 + f64::from(units));
    let spared = |days: f64| {
        short(without, mean_per_day, variance_per_day, days) - short(with, mean_per_day, variance_per_day, days)
    };
    let part = stretch / f64::from(PARTS);
    let unit_days: f64 = (0..PARTS).map(|at| part * spared(expedited_in + (f64::from(at) + 0.5) * part)).sum();
    shortage.per_unit * (spared(promised_in) - spared(expedited_in)) + shortage.per_unit_day * unit_days
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVEN: Stake = Stake {
        net_stock: 6,
        units: 100,
        mean_per_day: 2.0,
        variance_per_day: 0.0,
        expedited_in: 1.0,
        promised_in: 5.0,
    };
    const BOTH: Shortage = Shortage { per_unit: 10.0, per_unit_day: 1.0 };

    #[test]
    fn what_runs_out_before_the_promise_is_spared() {
        // Empty on day 3, four short on day 5: 4 unit-days of a triangle, and four units.
        assert!((cost_saved(&EVEN, BOTH) - (4.0 + 40.0)).abs() < 0.01);
        let lasting = Stake { net_stock: 10, ..EVEN };
        assert_eq!(cost_saved(&lasting, BOTH), 0.0);
    }

    #[test]
    fn those_who_wait_already_are_spared_the_days() {
        // Three wait all four days, nobody is short anew without demand.
        let stake = Stake { net_stock: -3, mean_per_day: 0.0, ..EVEN };
        assert!((cost_saved(&stake, BOTH) - 12.0).abs() < 1e-9);
        // With two units only two of them.
        assert!((cost_saved(&Stake { units: 2, ..stake }, BOTH) - 8.0).abs() < 1e-9);
    }

    #[test]
    fn nothing_is_saved_where_it_comes_no_sooner() {
        assert_eq!(cost_saved(&Stake { expedited_in: 5.0, ..EVEN }, BOTH), 0.0);
        assert_eq!(cost_saved(&Stake { promised_in: -1.0, ..EVEN }, BOTH), 0.0);
    }

    #[test]
    fn demand_that_varies_may_be_short_where_the_mean_is_not() {
        let lasting = Stake { net_stock: 10, ..EVEN };
        let varying = Stake { variance_per_day: 2.0, ..lasting };
        // At the promise: mean 10, sd √10, so that σ·φ(0) = 1.2616 are short.
        let spared = short(10.0, 2.0, 2.0, 5.0);
        assert!((spared - 10.0_f64.sqrt() * 0.398_942_280_401).abs() < 1e-9);
        assert!(cost_saved(&varying, BOTH) > 10.0);
    }
}
