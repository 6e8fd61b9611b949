//! The triangular distribution.

use super::family::family;
use super::{Family, Fault};

family! {
    /// Triangular.
    pub struct Triangular as triangular, "Triangular.", example({ min = "3d", mode = "5d", max = "10d" }) {
        /// Smallest value.
        min: AtLeastZero,
        /// Most likely value.
        mode: AtLeastZero,
        /// Largest value.
        max: AtLeastZero,
    }
}

impl Family for Triangular {
    fn mean(&self) -> f64 {
        (self.min + self.mode + self.max) / 3.0
    }

    fn variance(&self) -> f64 {
        let Self { min, mode, max } = self;
        (min * min + mode * mode + max * max - min * mode - min * max - mode * max) / 18.0
    }

    fn in_words(&self, say: &dyn Fn(f64) -> String) -> String {
        format!("{} to {}, most likely {} (triangular)", say(self.min), say(self.max), say(self.mode))
    }

    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_> {
        let Self { min, mode, max } = *self;
        Box::new(move |k| match k - 0.5 {
            x if x <= min => 1.0,
            x if x < mode => 1.0 - (x - min) * (x - min) / ((max - min) * (mode - min)),
            x if x < max => (max - x) * (max - x) / ((max - min) * (max - mode)),
            _ => 0.0,
        })
    }

    fn bends(&self) -> ([f64; 3], f64) {
        ([self.min, self.mode, self.max], 0.0)
    }

    fn constant(&self) -> Option<f64> {
        (self.min == self.max).then_some(self.min)
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.min > self.mode {
            faults.push(Fault::Disordered { lower: "min", upper: "mode" });
        }
        if self.mode > self.max {
            faults.push(Fault::Disordered { lower: "mode", upper: "max" });
        }
        faults
    }
}
