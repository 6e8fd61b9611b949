//! The normal distribution, truncated at 0.

use super::family::family;
use super::{Family, Fault};
use libm::{erfc, exp};
use std::f64::consts::{PI, SQRT_2};

family! {
    /// Normal, truncated at 0: conditioned on being at least 0.
    pub struct Normal as normal, "Normal, truncated at 0; mean and sd are those before the truncation.", example({ mean = "6d", sd = "2d" }) {
        /// Mean before the truncation.
        mean: Signed,
        /// Standard deviation before the truncation.
        sd: AtLeastZero,
    }
}

impl Normal {
    /// Mean and variance after the truncation (Johnson, Kotz and Balakrishnan 1994, §10.1).
    fn truncated(&self) -> (f64, f64) {
        let Self { mean, sd } = *self;
        if sd == 0.0 {
            return (mean.max(0.0), 0.0);
        }
        let alpha = -mean / sd;
        let density = exp(-alpha * alpha / 2.0) / (2.0 * PI).sqrt();
        let above = erfc(alpha / SQRT_2) / 2.0;
        let lambda = density / above;
        (mean + sd * lambda, sd * sd * (1.0 + alpha * lambda - lambda * lambda))
    }
}

impl Family for Normal {
    fn mean(&self) -> f64 {
        self.truncated().0
    }

    fn variance(&self) -> f64 {
        self.truncated().1
    }

    fn in_words(&self, say: &dyn Fn(f64) -> String) -> String {
        let truncated = say(Family::mean(self));
        format!("{truncated} on average (normal of mean {} and sd {}, cut off at 0)", say(self.mean), say(self.sd))
    }

    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_> {
        let Self { mean, sd } = *self;
        let beyond = move |x: f64| erfc((x - mean) / sd / SQRT_2);
        Box::new(move |k| beyond(k - 0.5) / beyond(0.0))
    }

    fn constant(&self) -> Option<f64> {
        (self.sd == 0.0).then_some(self.mean.max(0.0))
    }

    fn faults(&self) -> Vec<Fault> {
        if self.mean >= -5.0 * self.sd {
            return Vec::new();
        }
        let message = "this normal lies below 0, where it is cut off";
        vec![Fault::OutOfRange { parameter: "mean", message, expected: "a mean of at least -5 × sd" }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_normal_has_its_known_moments() {
        let (mean, variance) = Normal { mean: 0.0, sd: 1.0 }.truncated();
        assert!((mean - (2.0 / PI).sqrt()).abs() < 1e-12);
        assert!((variance - (1.0 - 2.0 / PI)).abs() < 1e-12);
    }
}
