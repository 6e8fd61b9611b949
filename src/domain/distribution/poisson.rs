//! The Poisson distribution.

use super::Family;
use super::family::family;
use super::gamma::below_and_above;

family! {
    /// Poisson.
    pub struct Poisson as poisson, "Poisson; of a duration, in seconds.", example({ mean = "6d" }) {
        /// Mean.
        mean: AboveZero,
    }
}

impl Family for Poisson {
    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.mean
    }

    fn in_words(&self, say: &dyn Fn(f64) -> String) -> String {
        format!("{} on average (Poisson)", say(self.mean))
    }

    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_> {
        // By the time 1 there are k points of a process of rate λ if the k-th, a gamma of shape k, has come.
        Box::new(|k| below_and_above(k, self.mean).0)
    }
}
