//! The gamma function's relatives: what maximum likelihood and tests of goodness need.

use libm::{exp, fabs, lgamma, log};

/// The derivative of the logarithm of the gamma function, for x above 0. Recurrence up to 6, then the asymptotic series
/// (Abramowitz and Stegun, 6.3.5 and 6.3.18).
pub fn digamma(x: f64) -> f64 {
    let (mut x, mut sum) = (x, 0.0);
    while x < 6.0 {
        sum -= 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    sum + log(x) - 0.5 / x - square * (1.0 / 12.0 - square * (1.0 / 120.0 - square * (1.0 / 252.0 - square / 240.0)))
}

/// The derivative of [`digamma`], for x above 0 (Abramowitz and Stegun, 6.4.6 and 6.4.12).
pub fn trigamma(x: f64) -> f64 {
    let (mut x, mut sum) = (x, 0.0);
    while x < 6.0 {
        sum += 1.0 / (x * x);
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = 1.0 / 6.0 - square * (1.0 / 30.0 - square * (1.0 / 42.0 - square / 30.0));
    sum + 1.0 / x + 0.5 * square + series * square / x
}

/// The chance that a gamma variable of a shape and scale 1 is at most x: by its series below the mean, by its continued fraction
/// above (Abramowitz and Stegun, 6.5.29 and 6.5.31).
pub fn gamma_cdf(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let scale = exp(shape * log(x) - x - lgamma(shape));
    if x < shape + 1.0 {
        let (mut term, mut sum, mut at) = (1.0 / shape, 1.0 / shape, shape);
        for _ in 0..2_000 {
            at += 1.0;
            term *= x / at;
            sum += term;
            if term < sum * 1e-15 {
                break;
            }
        }
        return (sum * scale).min(1.0);
    }
    // Lentz's way through the continued fraction of the upper tail.
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - shape;
    let (mut c, mut d) = (1.0 / TINY, 1.0 / b);
    let mut fraction = d;
    for i in 1..2_000 {
        let a = -f64::from(i) * (f64::from(i) - shape);
        b += 2.0;
        d = a * d + b;
        d = 1.0 / if fabs(d) < TINY { TINY } else { d };
        c = b + a / c;
        c = if fabs(c) < TINY { TINY } else { c };
        let change = d * c;
        fraction *= change;
        if fabs(change - 1.0) < 1e-15 {
            break;
        }
    }
    (1.0 - scale * fraction).max(0.0)
}

/// The chance that a chi-squared variable is above x.
pub fn chi_squared_above(x: f64, degrees_of_freedom: f64) -> f64 {
    1.0 - gamma_cdf(degrees_of_freedom / 2.0, x / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    #[test]
    fn known_values() {
        const EULER: f64 = 0.577_215_664_901_532_9;
        near(digamma(1.0), -EULER);
        near(digamma(0.5), -EULER - 2.0 * std::f64::consts::LN_2);
        near(digamma(10.0), 2.251_752_589_066_721);
        let pi = std::f64::consts::PI;
        near(trigamma(1.0), pi * pi / 6.0);
        near(trigamma(0.5), pi * pi / 2.0);
    }

    #[test]
    fn tails_are_those_of_the_tables() {
        // Of shape 1 it is exponential.
        for x in [0.1, 1.0, 3.0, 20.0] {
            near(gamma_cdf(1.0, x), 1.0 - f64::exp(-x));
        }
        assert!((chi_squared_above(3.841_458_820_694_124, 1.0) - 0.05).abs() < 1e-9);
        assert!((chi_squared_above(18.307_038_053_275_146, 10.0) - 0.05).abs() < 1e-9);
        assert!((chi_squared_above(124.342_113_404, 100.0) - 0.05).abs() < 1e-7);
        near(gamma_cdf(5.0, 0.0), 0.0);
    }
}
