//! Demand during a lead time, by its first two moments.
//!
//! Counts up to a mean of [`NORMAL_ABOVE`] are modelled as negative binomial (Poisson where the variance does not
//! exceed the mean), the usual two-moment fit for discrete demand (Axsäter, *Inventory Control*, 2015, §5.1); above,
//! as normal.

use crate::stats::{normal_cdf, normal_density};

/// Mean above which the normal distribution stands in.
pub const NORMAL_ABOVE: f64 = 400.0;

/// Demand in units over some time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeadTimeDemand {
    /// Mean, units.
    pub mean: f64,
    /// Variance, units².
    pub variance: f64,
}

impl LeadTimeDemand {
    /// Demand over a random time: with d units a day in the mean, v the variance of a day's demand and a time of mean
    /// L and variance σ² (days), the mean is d·L and the variance v·L + d²·σ² (Silver, Pyke and Thomas 2017, §6.8).
    pub fn over(daily_mean: f64, daily_variance: f64, time_mean: f64, time_variance: f64) -> Self {
        Self {
            mean: daily_mean * time_mean,
            variance: daily_variance * time_mean + daily_mean * daily_mean * time_variance,
        }
    }

    /// P(demand ≤ x) for x = 0, 1, 2, …, as long as the caller asks.
    fn cumulative(self) -> impl Iterator<Item = f64> {
        let Self { mean, variance } = self;
        let is_poisson = variance <= mean * (1.0 + 1e-9);
        // Negative binomial: success probability mean/variance, size mean²/(variance − mean).
        let (beyond, size) =
            if is_poisson { (0.0, 0.0) } else { (1.0 - mean / variance, mean * mean / (variance - mean)) };
        let first = if is_poisson { libm::exp(-mean) } else { libm::exp(size * libm::log(1.0 - beyond)) };
        let mut probability = first;
        let mut total = 0.0;
        let mut x = 0.0;
        std::iter::from_fn(move || {
            total += probability;
            x += 1.0;
            probability *= if is_poisson { mean / x } else { beyond * (size + x - 1.0) / x };
            Some(total.min(1.0))
        })
    }

    /// The least whole number y, at least 0, for which P(demand ≤ y) reaches the probability.
    pub fn quantile(self, probability: f64) -> i32 {
        if self.mean <= 0.0 {
            return 0;
        }
        if self.mean > NORMAL_ABOVE {
            let sd = self.variance.sqrt();
            return least(|y| normal_cdf((f64::from(y) + 0.5 - self.mean) / sd) >= probability);
        }
        self.cumulative().take(MOST).position(|total| total >= probability).unwrap_or(MOST) as i32
    }

    /// The first-order loss E[(demand − y)⁺] for y = 0, 1, 2, …: n(0) = mean, n(y+1) = n(y) − P(demand > y).
    fn losses(self) -> impl Iterator<Item = f64> {
        let mut loss = self.mean;
        let normal = (self.mean > NORMAL_ABOVE).then(|| self.variance.sqrt());
        let mut cumulative = self.cumulative();
        let mut y = 0.0;
        std::iter::from_fn(move || {
            if let Some(sd) = normal {
                let z = (y - self.mean) / sd;
                y += 1.0;
                return Some(sd * (normal_density(z) - z * (1.0 - normal_cdf(z))));
            }
            let now = loss;
            loss = (loss - (1.0 - cumulative.next().unwrap_or(1.0))).max(0.0);
            Some(now)
        })
    }

    /// Units on hand in the mean, E[(y − demand)⁺] = y − E[demand] + n(y), at an inventory position y that is each of
    /// `from ..= to` equally often, as that of the (r, Q) policy is each of r + 1 … r + Q (Hadley and Whitin 1963, §4-7). Below a
    /// position of 0 there is nothing on hand.
    pub fn mean_on_hand(self, from: i32, to: i32) -> f64 {
        let positions = f64::from(to) - f64::from(from) + 1.0;
        let (from, to) = (from.max(0), to);
        if to < from {
            return 0.0;
        }
        let (low, high) = (f64::from(from), f64::from(to));
        let surplus = (high - low + 1.0) * ((low + high) / 2.0 - self.mean);
        let short = if self.mean <= 0.0 {
            0.0
        } else if self.mean > NORMAL_ABOVE {
            self.normal_losses_beyond(low - 0.5) - self.normal_losses_beyond(high + 0.5)
        } else {
            let some = self.losses().enumerate().take_while(|&(y, loss)| y <= to as usize && loss > NO_LOSS);
            some.filter(|&(y, _)| y >= from as usize).map(|(_, loss)| loss).sum()
        };
        ((surplus + short) / positions).max(0.0)
    }

    /// ∫ n(x) dx from y on, of normal demand: σ²/2·((z² + 1)·(1 − Φ(z)) − z·φ(z)) with z = (y − mean)/σ (Zipkin 2000, §C.2.6).
    fn normal_losses_beyond(self, y: f64) -> f64 {
        let z = (y - self.mean) / self.variance.sqrt();
        self.variance / 2.0 * ((z * z + 1.0) * (1.0 - normal_cdf(z)) - z * normal_density(z))
    }

    /// E[(demand − y)⁺] for y from `from` (at least 0) on.
    pub fn losses_from(self, from: usize) -> impl Iterator<Item = f64> {
        self.losses().skip(from)
    }
}

/// A loss that adds nothing to a sum of them.
const NO_LOSS: f64 = 1e-9;

/// No level is looked for beyond so many units; validated scenarios hold fewer.
pub const MOST: usize = 1_000_000_000;

/// The least y ≥ 0 for which a condition that stays true once true is true.
fn least(holds: impl Fn(i32) -> bool) -> i32 {
    let (mut low, mut step) = (0, 1);
    while !holds(low + step) && step < MOST as i32 / 2 {
        low += step;
        step *= 2;
    }
    let mut high = low + step;
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poisson_quantiles_and_losses_are_the_known_ones() {
        let demand = LeadTimeDemand { mean: 3.0, variance: 3.0 };
        // P(X ≤ 4) = 0.81526, P(X ≤ 5) = 0.91608, P(X ≤ 6) = 0.96649.
        assert_eq!(demand.quantile(0.95), 6);
        assert_eq!(demand.quantile(0.80), 4);
        // E[(X − 5)+] = 0.134620556272.
        let loss = demand.losses_from(5).next().unwrap_or_default();
        assert!((loss - 0.134_620_556_272).abs() < 1e-9, "{loss}");
    }

    #[test]
    fn a_negative_binomial_keeps_its_two_moments() {
        let demand = LeadTimeDemand { mean: 6.0, variance: 15.0 };
        let cumulative: Vec<f64> = demand.cumulative().take(400).collect();
        let mean: f64 = cumulative.iter().map(|total| 1.0 - total).sum();
        let second: f64 = cumulative.iter().enumerate().map(|(x, total)| (2 * x + 1) as f64 * (1.0 - total)).sum();
        assert!((mean - 6.0).abs() < 1e-9 && (second - 36.0 - 15.0).abs() < 1e-6, "{mean} {second}");
    }

    #[test]
    fn a_little_more_variance_than_poisson_counts() {
        // Negative binomial of size 2 and 2/3: P(demand = 0) = 4/9; of a Poisson of 1 it would be 0.368.
        let demand = LeadTimeDemand { mean: 1.0, variance: 1.5 };
        assert_eq!([0.444, 0.445].map(|probability| demand.quantile(probability)), [0, 1]);
    }

    #[test]
    fn large_demand_is_normal() {
        let demand = LeadTimeDemand { mean: 500.0, variance: 400.0 };
        // Φ(1.959964) = 0.975, Φ(−3.090232) = 0.001: 538.7 and 437.7 with the half that rounding takes.
        assert_eq!([0.975, 0.5, 0.001].map(|probability| demand.quantile(probability)), [539, 500, 438]);
        let huge = LeadTimeDemand { mean: 1e6, variance: 1e6 };
        assert_eq!(huge.quantile(0.975), 1_001_960);
        // 20·φ(0) and 20·(φ(2) − 2·(1 − Φ(2))).
        for (from, known) in [(500, 7.978_846), (540, 0.169_814)] {
            let loss = demand.losses_from(from).next().unwrap_or_default();
            assert!((loss - known).abs() < 1e-6, "{from}: {loss}");
        }
    }

    #[test]
    fn stock_on_hand_is_what_demand_leaves_of_the_position() {
        let poisson = LeadTimeDemand { mean: 3.0, variance: 3.0 };
        // A base stock of 5: 5 − 3 + E[(X − 5)+] = 2.134620556272.
        assert!((poisson.mean_on_hand(5, 5) - 2.134_620_556_272).abs() < 1e-9);
        // r = 0, Q = 2: positions 1 and 2. E[(1 − X)+] = e⁻³, E[(2 − X)+] = 2e⁻³ + 3e⁻³; the mean of both is 3e⁻³.
        assert!((poisson.mean_on_hand(1, 2) - 3.0 * (-3.0_f64).exp()).abs() < 1e-9);
        // r = −2, Q = 4: of the positions −1, 0, 1, 2 only the last two can hold anything.
        assert!((poisson.mean_on_hand(-1, 2) - 1.5 * (-3.0_f64).exp()).abs() < 1e-9);
        assert_eq!(poisson.mean_on_hand(-9, -2), 0.0);
        // Without demand everything stays.
        assert_eq!(LeadTimeDemand { mean: 0.0, variance: 0.0 }.mean_on_hand(3, 6), 4.5);
        // Far above the demand: the position less the mean.
        assert_eq!(poisson.mean_on_hand(1_000_000, 1_000_000), 999_997.0);
        let normal = LeadTimeDemand { mean: 500.0, variance: 400.0 };
        // 540 − 500 + 0.169814, see above.
        assert!((normal.mean_on_hand(540, 540) - 40.169_814).abs() < 1e-3);
    }

    #[test]
    fn time_that_varies_adds_to_the_variance() {
        let demand = LeadTimeDemand::over(2.0, 3.0, 5.0, 7.0);
        assert_eq!(demand, LeadTimeDemand { mean: 10.0, variance: 15.0 + 28.0 });
    }

    #[test]
    fn who_expects_nothing_needs_nothing() {
        assert_eq!(LeadTimeDemand { mean: 0.0, variance: 0.0 }.quantile(0.99), 0);
    }

    #[test]
    fn the_normal_takes_over_smoothly() {
        let discrete = LeadTimeDemand { mean: NORMAL_ABOVE, variance: 900.0 };
        let normal = LeadTimeDemand { mean: NORMAL_ABOVE + 1e-9, variance: 900.0 };
        for probability in [0.5, 0.9, 0.99] {
            assert!(discrete.quantile(probability).abs_diff(normal.quantile(probability)) <= 3);
        }
    }
}
