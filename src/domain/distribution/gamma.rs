//! The gamma distribution.

use super::Family;
use super::family::family;
use crate::domain::phrase::plain;
use libm::{exp, lgamma, log};

family! {
    /// Gamma: shape 1/cv², scale mean·cv².
    pub struct Gamma as gamma, "Gamma; cv is the standard deviation over the mean.", example({ mean = "6d", cv = 0.5 }) {
        /// Mean.
        mean: AboveZero,
        /// Standard deviation over mean.
        cv: Variation,
    }
}

impl Family for Gamma {
    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        (self.mean * self.cv) * (self.mean * self.cv)
    }

    fn in_words(&self, say: &dyn Fn(f64) -> String) -> String {
        format!("{} on average (gamma, cv {})", say(self.mean), plain(self.cv))
    }

    fn at_least(&self) -> Box<dyn Fn(f64) -> f64 + '_> {
        let shape = 1.0 / (self.cv * self.cv);
        Box::new(move |k| below_and_above(shape, shape * (k - 0.5) / self.mean).1)
    }

    fn constant(&self) -> Option<f64> {
        (self.cv == 0.0).then_some(self.mean)
    }
}

/// The probabilities that a gamma of this shape and scale 1 lies below x and above it: the regularised incomplete gamma functions, by
/// the series left of the mean and the continued fraction right of it (Press et al., *Numerical Recipes*, 2007, §6.2).
pub(super) fn below_and_above(shape: f64, x: f64) -> (f64, f64) {
    let density = exp(shape * log(x) - x - lgamma(shape));
    if x < shape + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / shape, 1.0 / shape, shape);
        while term > sum * f64::EPSILON {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        let below = density * sum;
        return (below, 1.0 - below);
    }
    // Lentz's method.
    let mut b = x + 1.0 - shape;
    let (mut c, mut d) = (f64::INFINITY, 1.0 / b);
    let (mut fraction, mut n, mut factor) = (d, 0.0, 0.0);
    while f64::abs(factor - 1.0) > 4.0 * f64::EPSILON {
        n += 1.0;
        let a = n * (shape - n);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        factor = c * d;
        fraction *= factor;
    }
    let above = density * fraction;
    (1.0 - above, above)
}
