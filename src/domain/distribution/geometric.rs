//! The geometric distribution.

use super::family::family;
use super::{CountMoments, Family, Fault};
use libm::pow;

family! {
    /// Geometric on 1, 2, 3, ….
    pub struct Geometric as geometric, "Geometric on 1, 2, 3, …; of a duration, in seconds.", example({ mean = "6d" }) {
        /// Mean, at least 1.
        mean: AboveZero,
    }
}

impl Family for Geometric {
    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.mean * (self.mean - 1.0)
    }

    fn in_words(&self, say: &dyn Fn(f64) -> String) -> String {
        format!("{} on average (geometric, from 1)", say(self.mean))
    }

    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_> {
        Box::new(|k| pow(1.0 - 1.0 / self.mean, k - 1.0))
    }

    fn count_moments(&self, _least: f64, most: f64) -> Option<CountMoments> {
        // Of what is beyond the largest count, that count stays and a geometric is cut off. Where that is most of it, the difference
        // of large numbers would leave little.
        let beyond = pow(1.0 - 1.0 / self.mean, most);
        let square = self.variance() + self.mean * self.mean;
        (beyond < 0.5).then_some(CountMoments {
            mean: (1.0 - beyond) * self.mean,
            square: (1.0 - beyond) * square - beyond * 2.0 * most * self.mean,
        })
    }

    fn faults(&self) -> Vec<Fault> {
        if self.mean >= 1.0 {
            return Vec::new();
        }
        let message = "the `mean` of a geometric must be at least 1, not {}";
        vec![Fault::OutOfRange { parameter: "mean", message, expected: "a mean on 1, 2, 3, …" }]
    }
}
