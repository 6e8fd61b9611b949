//! The exponential distribution.

use super::Family;
use super::family::family;
use libm::exp;

family! {
    /// Exponential.
    pub struct Exponential as exponential, "Exponential.", example({ mean = "6d" }) {
        /// Mean.
        mean: AboveZero,
    }
}

impl Family for Exponential {
    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.mean * self.mean
    }

    fn in_words(&self, say: &dyn Fn(f64) -> String) -> String {
        format!("{} on average (exponential)", say(self.mean))
    }

    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_> {
        Box::new(|k| exp(-(k - 0.5) / self.mean))
    }
}
