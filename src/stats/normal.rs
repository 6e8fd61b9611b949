//! The standard normal distribution.

use libm::{erfc, exp, log};
use std::f64::consts::{PI, SQRT_2};

/// P(Z ≤ z) for a standard normal Z.
pub fn normal_cdf(z: f64) -> f64 {
    erfc(-z / SQRT_2) / 2.0
}

/// The density of a standard normal.
pub fn normal_density(z: f64) -> f64 {
    exp(-z * z / 2.0) / (2.0 * PI).sqrt()
}

/// The z with P(Z ≤ z) = `probability`.
///
/// A rational approximation (Abramowitz and Stegun 26.2.23, good to 4.5e-4) is polished by three steps of Newton's
/// method with Halley's correction on [`normal_cdf`], each of which triples the correct digits: the result is as good
/// as `erfc`, about 1e-15.
///
/// # Panics
/// When `probability` is not strictly between 0 and 1.
///
/// ```
/// use backorder::stats::normal_quantile;
/// assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
/// ```
pub fn normal_quantile(probability: f64) -> f64 {
    assert!(probability > 0.0 && probability < 1.0, "a probability strictly between 0 and 1, not {probability}");
    // The lower tail is where `erfc` keeps its relative precision.
    let tail = probability.min(1.0 - probability);
    let t = (-2.0 * log(tail)).sqrt();
    let mut z = -(t
        - (2.515_517 + t * (0.802_853 + t * 0.010_328)) / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308))));
    for _ in 0..3 {
        let step = (normal_cdf(z) - tail) / normal_density(z);
        z -= step / (1.0 + z * step / 2.0);
    }
    if probability < 0.5 { z } else { -z }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_quantiles() {
        // NIST/SEMATECH e-Handbook, table 1.3.6.7.1, with the digits of Wichura's AS 241.
        for (probability, z) in [
            (0.5, 0.0),
            (0.75, 0.674_489_750_196_081_7),
            (0.9, 1.281_551_565_544_600_4),
            (0.95, 1.644_853_626_951_472_2),
            (0.975, 1.959_963_984_540_054),
            (0.99, 2.326_347_874_040_841),
            (0.995, 2.575_829_303_548_901),
            (0.999, 3.090_232_306_167_813_5),
            (1e-10, -6.361_340_902_404_056),
            (1e-20, -9.262_340_089_798_408),
        ] {
            assert!(
                (normal_quantile(probability) - z).abs() < 2e-14,
                "{probability}: {}",
                normal_quantile(probability)
            );
        }
    }

    #[test]
    fn quantile_and_probability_are_inverse() {
        for step in 1..200 {
            let probability = f64::from(step) / 200.0;
            assert!((normal_cdf(normal_quantile(probability)) - probability).abs() < 1e-15);
        }
    }
}
