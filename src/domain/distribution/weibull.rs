//! The Weibull distribution.

use super::Family;
use super::family::family;
use crate::domain::phrase::plain;
use libm::{exp, lgamma, log1p, pow, tgamma};

family! {
    /// Weibull.
    pub struct Weibull as weibull, "Weibull; cv is the standard deviation over the mean.", example({ mean = "6d", cv = 0.5 }) {
        /// Mean.
        mean: AboveZero,
        /// Standard deviation over mean.
        cv: Variation,
    }
}

impl Family for Weibull {
    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        (self.mean * self.cv) * (self.mean * self.cv)
    }

    fn in_words(&self, say: &dyn Fn(f64) -> String) -> String {
        format!("{} on average (Weibull, cv {})", say(self.mean), plain(self.cv))
    }

    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_> {
        let (shape, scale) = self.shape_and_scale();
        Box::new(move |k| exp(-pow((k - 0.5) / scale, shape)))
    }

    fn constant(&self) -> Option<f64> {
        (self.cv == 0.0).then_some(self.mean)
    }
}

impl Weibull {
    /// Shape k and scale λ: 1 + cv² = Γ(1 + 2/k) / Γ(1 + 1/k)², by bisection, and mean = λ·Γ(1 + 1/k).
    pub fn shape_and_scale(&self) -> (f64, f64) {
        let log_ratio = |k: f64| lgamma(1.0 + 2.0 / k) - 2.0 * lgamma(1.0 + 1.0 / k);
        let wanted = log1p(self.cv * self.cv);
        // The ratio falls as the shape grows.
        let (mut low, mut high): (f64, f64) = (0.02, 1_000.0);
        for _ in 0..200 {
            let middle = (low * high).sqrt();
            if log_ratio(middle) > wanted { low = middle } else { high = middle }
        }
        let shape = (low * high).sqrt();
        (shape, self.mean / tgamma(1.0 + 1.0 / shape))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weibull_of_cv_one_is_exponential() {
        let (shape, scale) = Weibull { mean: 3.0, cv: 1.0 }.shape_and_scale();
        assert!((shape - 1.0).abs() < 1e-9 && (scale - 3.0).abs() < 1e-8, "{shape} {scale}");
    }
}
