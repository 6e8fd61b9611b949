//! The uniform distribution.

use super::family::family;
use super::{CountMoments, Family, Fault};
use libm::{ceil, floor};

family! {
    /// Uniform between two values; of counts, on the whole numbers from `min` to `max`.
    pub struct Uniform as uniform, "Uniform; of counts, on the whole numbers from min to max.", example({ min = "4d", max = "8d" }) {
        /// Smallest value.
        min: End,
        /// Largest value.
        max: End,
    }
}

impl Family for Uniform {
    fn mean(&self) -> f64 {
        (self.min + self.max) / 2.0
    }

    fn variance(&self) -> f64 {
        (self.max - self.min) * (self.max - self.min) / 12.0
    }

    fn in_words(&self, say: &dyn Fn(f64) -> String) -> String {
        format!("{} to {} (uniform)", say(self.min), say(self.max))
    }

    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_> {
        let (first, last) = (ceil(self.min), floor(self.max).max(ceil(self.min)));
        Box::new(move |k| ((last - k + 1.0) / (last - first + 1.0)).clamp(0.0, 1.0))
    }

    fn bends(&self) -> ([f64; 3], f64) {
        ([self.min, self.min, self.max], 0.0)
    }

    fn count_moments(&self, least: f64, most: f64) -> Option<CountMoments> {
        if self.min < least || self.max > most {
            return None;
        }
        let values = floor(self.max) - ceil(self.min) + 1.0;
        let mean = f64::midpoint(ceil(self.min), floor(self.max));
        Some(CountMoments { mean, square: (values * values - 1.0) / 12.0 + mean * mean })
    }

    fn largest(&self) -> Option<f64> {
        Some(self.max)
    }

    fn constant(&self) -> Option<f64> {
        (self.min == self.max).then_some(self.min)
    }

    fn faults(&self) -> Vec<Fault> {
        if self.min > self.max { vec![Fault::Disordered { lower: "min", upper: "max" }] } else { Vec::new() }
    }
}
