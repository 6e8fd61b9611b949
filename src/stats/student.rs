//! Student's t distribution.

use super::normal::normal_quantile;
use libm::{exp, lgamma, log};
use std::cell::Cell;

/// From so many degrees of freedom the series in 1/ν is used; its error there is below 1e-13.
const LARGE: f64 = 10_000.0;

/// Quantiles that each thread keeps.
const KEPT: usize = 64;

/// P(T ≤ t) for a T with `degrees_of_freedom` ν > 0: ½·I(ν/(ν+t²); ν/2, ½) below 0, one minus that above.
pub fn student_t_cdf(t: f64, degrees_of_freedom: f64) -> f64 {
    let tail = tail(t, degrees_of_freedom);
    if t < 0.0 { tail } else { 1.0 - tail }
}

/// The t that |T| exceeds with probability 1 − `confidence`: the factor of a two-sided interval.
///
/// Newton's method on the incomplete beta function, kept inside a bracket; the result is good to about 1e-12. From
/// 10,000 degrees of freedom Fisher's series in 1/ν about the normal quantile (Abramowitz and Stegun 26.7.5).
///
/// # Panics
/// When there is no degree of freedom, or `confidence` is not strictly between 0 and 1.
///
/// ```
/// use backorder::stats::student_t_two_sided;
/// assert!((student_t_two_sided(0.95, 29.0) - 2.045_229_642_132_703).abs() < 1e-11);
/// ```
pub fn student_t_two_sided(confidence: f64, degrees_of_freedom: f64) -> f64 {
    assert!(degrees_of_freedom > 0.0, "an interval needs a degree of freedom");
    assert!(confidence > 0.0 && confidence < 1.0, "a confidence strictly between 0 and 1, not {confidence}");
    // Tables of thousands of rows ask for the quantiles of a few sample sizes, over and over: each takes microseconds.
    thread_local!(static KNOWN: [Cell<(f64, f64, f64)>; KEPT] = const { [const { Cell::new((0.0, 0.0, 0.0)) }; KEPT] });
    let place = degrees_of_freedom as usize % KEPT;
    let (of, degrees, known) = KNOWN.with(|kept| kept[place].get());
    if of == confidence && degrees == degrees_of_freedom {
        return known;
    }
    let found = two_sided(confidence, degrees_of_freedom);
    KNOWN.with(|kept| kept[place].set((confidence, degrees_of_freedom, found)));
    found
}

/// The quantile, computed.
fn two_sided(confidence: f64, degrees_of_freedom: f64) -> f64 {
    let wanted = (1.0 - confidence) / 2.0;
    let z = -normal_quantile(wanted);
    if degrees_of_freedom >= LARGE {
        return fisher(z, degrees_of_freedom);
    }
    // The tail falls as t grows: double until the bracket holds the answer.
    let (mut low, mut high) = (0.0, z.max(1.0));
    while tail(high, degrees_of_freedom) > wanted {
        low = high;
        high *= 2.0;
    }
    let mut t = f64::midpoint(low, high);
    for _ in 0..200 {
        let excess = tail(t, degrees_of_freedom) - wanted;
        if excess > 0.0 {
            low = t;
        } else {
            high = t;
        }
        let mut next = t + excess / density(t, degrees_of_freedom);
        if !(low < next && next < high) {
            next = f64::midpoint(low, high);
        }
        let moved = (next - t).abs();
        t = next;
        if moved <= 1e-15 * t {
            break;
        }
    }
    t
}

/// P(T > |t|).
fn tail(t: f64, degrees_of_freedom: f64) -> f64 {
    let x = degrees_of_freedom / (degrees_of_freedom + t * t);
    let y = t * t / (degrees_of_freedom + t * t);
    incomplete_beta(x, y, degrees_of_freedom / 2.0, 0.5) / 2.0
}

/// The density of T at t.
fn density(t: f64, degrees_of_freedom: f64) -> f64 {
    let half = degrees_of_freedom / 2.0;
    let log_of_scale = lgamma(half + 0.5) - lgamma(half) - 0.5 * log(degrees_of_freedom * std::f64::consts::PI);
    exp(log_of_scale - (half + 0.5) * libm::log1p(t * t / degrees_of_freedom))
}

/// Fisher's expansion of the t quantile about the normal quantile z.
fn fisher(z: f64, degrees_of_freedom: f64) -> f64 {
    let z2 = z * z;
    let first = z * (z2 + 1.0) / 4.0;
    let second = z * (z2 * (5.0 * z2 + 16.0) + 3.0) / 96.0;
    let third = z * (z2 * (z2 * (3.0 * z2 + 19.0) + 17.0) - 15.0) / 384.0;
    let v = degrees_of_freedom;
    z + (first + (second + third / v) / v) / v
}

/// The regularised incomplete beta function I(x; a, b), with y = 1 − x given apart because it may be tiny.
fn incomplete_beta(x: f64, y: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    let log_x = if x > 0.5 { libm::log1p(-y) } else { log(x) };
    let log_y = if y > 0.5 { libm::log1p(-x) } else { log(y) };
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log_x + b * log_y);
    // The continued fraction converges fast on the side of the mean where x is small; use the symmetry on the other.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(x, a, b) / a
    } else {
        1.0 - front * beta_fraction(y, b, a) / b
    }
}

/// The continued fraction of the incomplete beta function, by the modified Lentz method (Press et al., Numerical
/// Recipes, §6.4).
fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..10_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut factor = 1.0;
        for term in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            factor = c * d;
            fraction *= factor;
        }
        if (factor - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    #[test]
    fn a_quantile_that_was_kept_is_the_one_computed() {
        // 29 and 93 are kept in the same place, and so are two confidences of 29.
        for _ in 0..2 {
            for (confidence, degrees) in [(0.95, 29.0), (0.95, 93.0), (0.99, 29.0), (0.95, 29.5), (0.95, 29.5)] {
                assert_eq!(student_t_two_sided(confidence, degrees), two_sided(confidence, degrees));
            }
        }
    }

    #[test]
    fn published_table() {
        // NIST/SEMATECH e-Handbook, table 1.3.6.7.2: upper critical values at 0.05, 0.025, 0.01, 0.005 (3 digits).
        for (degrees, row) in [
            (1.0, [6.314, 12.706, 31.821, 63.657]),
            (2.0, [2.920, 4.303, 6.965, 9.925]),
            (3.0, [2.353, 3.182, 4.541, 5.841]),
            (5.0, [2.015, 2.571, 3.365, 4.032]),
            (9.0, [1.833, 2.262, 2.821, 3.250]),
            (10.0, [1.812, 2.228, 2.764, 3.169]),
            (29.0, [1.699, 2.045, 2.462, 2.756]),
            (60.0, [1.671, 2.000, 2.390, 2.660]),
            (100.0, [1.660, 1.984, 2.364, 2.626]),
        ] {
            for (confidence, published) in [0.9, 0.95, 0.98, 0.99].into_iter().zip(row) {
                let t = student_t_two_sided(confidence, degrees);
                assert!((t - published).abs() <= 0.000_500_1, "{degrees} {confidence}: {t} against {published}");
            }
        }
    }

    #[test]
    fn closed_forms() {
        // ν = 1: tan(π(p − ½)); ν = 2: x·√(2/(1−x²)) with x = 2p − 1; ν = 4 from Shaw (2006): 2√q with the cosine root.
        for confidence in [0.5, 0.8, 0.9, 0.95, 0.99, 0.999] {
            let p: f64 = 0.5 + confidence / 2.0;
            let one = (PI * (p - 0.5)).tan();
            assert!((student_t_two_sided(confidence, 1.0) / one - 1.0).abs() < 1e-11, "{confidence}");
            let two = confidence * (2.0 / (1.0 - confidence * confidence)).sqrt();
            assert!((student_t_two_sided(confidence, 2.0) / two - 1.0).abs() < 1e-11, "{confidence}");
            let alpha = 4.0 * p * (1.0 - p);
            let q = ((alpha.sqrt().acos() / 3.0).cos()) / alpha.sqrt();
            let four = 2.0 * (q - 1.0).sqrt();
            assert!((student_t_two_sided(confidence, 4.0) / four - 1.0).abs() < 1e-11, "{confidence}");
        }
    }

    #[test]
    fn quantile_and_probability_are_inverse() {
        for degrees in [1.0, 2.0, 3.0, 7.0, 29.0, 99.0, 500.0, 1_999.0, 9_999.0] {
            for confidence in [0.1, 0.5, 0.9, 0.95, 0.99, 0.9999] {
                let t = student_t_two_sided(confidence, degrees);
                let back = student_t_cdf(t, degrees) - student_t_cdf(-t, degrees);
                assert!((back - confidence).abs() < 1e-11, "{degrees} {confidence}: {back}");
            }
        }
    }

    #[test]
    fn the_series_takes_over_without_a_step() {
        for confidence in [0.5, 0.95, 0.99] {
            let z = -normal_quantile((1.0 - confidence) / 2.0);
            let exact = student_t_two_sided(confidence, 9_999.0);
            assert!((exact - fisher(z, 9_999.0)).abs() < 1e-11, "{confidence}: {exact} {}", fisher(z, 9_999.0));
            assert!((student_t_two_sided(confidence, 1e9) - z).abs() < 1e-8);
        }
    }
}
