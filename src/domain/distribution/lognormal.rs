//! The lognormal distribution.

use super::Family;
use super::family::family;
use crate::domain::phrase::plain;
use libm::{erfc, log, log1p};

family! {
    /// Lognormal, by the moments of the value itself, not of its logarithm.
    pub struct Lognormal as lognormal, "Lognormal; mean and cv of the value itself, not of its logarithm.", example({ mean = "6d", cv = 0.5 }) {
        /// Mean.
        mean: AboveZero,
        /// Standard deviation over mean.
        cv: Variation,
    }
}

impl Family for Lognormal {
    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        (self.mean * self.cv) * (self.mean * self.cv)
    }

    fn in_words(&self, say: &dyn Fn(f64) -> String) -> String {
        format!("{} on average (lognormal, cv {})", say(self.mean), plain(self.cv))
    }

    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_> {
        let log_variance = log1p(self.cv * self.cv);
        let log_mean = log(self.mean) - log_variance / 2.0;
        Box::new(move |k| erfc((log(k - 0.5) - log_mean) / (2.0 * log_variance).sqrt()) / 2.0)
    }

    fn constant(&self) -> Option<f64> {
        (self.cv == 0.0).then_some(self.mean)
    }
}
