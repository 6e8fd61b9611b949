//! The rest of a lead time of which a part has passed: a draw from the distribution conditional on being longer than that.
//!
//! Where the survival function can be inverted, it is (constant, exponential, uniform, triangular, Weibull, empirical, geometric,
//! and the tail of a Poisson). Elsewhere the draw is by rejection: from the whole distribution while the condition is likely, else
//! from an exponential that lies above the tail (Robert 1995 for the normal; for the gamma the tangent of its logarithm). Either way
//! the draw is exact, and takes a few steps however late the delivery is. A family without an arm of its own is inverted by bisection.

use super::Stream;
use super::sampler::{Sampler, normal_above};
use crate::domain::distribution::{Gamma, Lognormal, Normal, Poisson, Triangular, Uniform};
use crate::domain::{Distribution, Span};

/// What is left of a time drawn from `distribution` of which `age` has passed without its coming to an end. `None` where no such
/// time is that long: its end is overdue.
pub fn remaining(distribution: &Distribution, age: Span, stream: &mut Stream) -> Option<Span> {
    let passed = age.0 as f64;
    let whole = longer_than(passed, distribution, stream)?;
    Some(Span::from_seconds_f64(whole - passed))
}

/// A draw from `distribution` given that it is more than `passed`, which is at least 0.
fn longer_than(passed: f64, distribution: &Distribution, stream: &mut Stream) -> Option<f64> {
    match *distribution {
        Distribution::Constant(value) => (value > passed).then_some(value),
        // Both forget how long they have lasted.
        Distribution::Exponential(_) | Distribution::Geometric(_) => {
            Some(passed + Sampler::continuous(distribution).draw(stream))
        }
        Distribution::Uniform(Uniform { min, max }) => {
            let least = passed.max(min);
            (max > passed).then(|| least + (max - least) * stream.unit())
        }
        Distribution::Triangular(triangular) => triangular_above(triangular, passed, stream),
        Distribution::Weibull(ref weibull) => {
            let (shape, scale) = weibull.shape_and_scale();
            let hazard = libm::pow(passed / scale, shape) + stream.exponential();
            Some((scale * libm::pow(hazard, 1.0 / shape)).max(passed))
        }
        Distribution::Empirical(ref empirical) => {
            let rest = || empirical.values.iter().zip(&empirical.weights).filter(|&(&value, _)| value > passed);
            let mut left = stream.unit() * rest().map(|(_, weight)| weight).sum::<f64>();
            let mut drawn = None;
            for (&value, &weight) in rest().filter(|&(_, &weight)| weight > 0.0) {
                drawn = Some(value);
                left -= weight;
                if left < 0.0 {
                    break;
                }
            }
            drawn
        }
        Distribution::Normal(Normal { mean, sd }) if sd > 0.0 => Some(normal_above(passed, mean, sd, stream)),
        Distribution::Normal(Normal { mean, .. }) => (mean > passed).then_some(mean),
        Distribution::Lognormal(Lognormal { mean, cv }) => {
            let variance = libm::log1p(cv * cv);
            let center = libm::log(mean) - variance / 2.0;
            // Of no age at all nothing is known; its logarithm is −∞.
            let logarithm = normal_above(libm::log(passed), center, variance.sqrt(), stream);
            Some(libm::exp(logarithm).max(passed))
        }
        Distribution::Gamma(gamma) => Some(gamma_above(gamma, passed, stream)),
        Distribution::Poisson(poisson) => poisson_above(poisson, passed, stream),
        #[allow(unreachable_patterns, reason = "a family that is added needs no arm of its own here")]
        _ => by_bisection(distribution, passed, stream),
    }
}

/// Inverts the survival function, to the last bit. `None` where it is 0 at `passed`: no longer time exists, or none that floating
/// point can tell.
fn by_bisection(distribution: &Distribution, passed: f64, stream: &mut Stream) -> Option<f64> {
    let survival = distribution.survival();
    let left = survival(passed) * stream.unit_above_zero();
    if left <= 0.0 {
        return None;
    }
    let (mut low, mut high) = (passed, passed.max(distribution.mean()));
    while survival(high) > left {
        (low, high) = (high, 2.0 * high);
    }
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return Some(high);
        }
        if survival(middle) > left { low = middle } else { high = middle }
    }
}

fn triangular_above(triangular: Triangular, passed: f64, stream: &mut Stream) -> Option<f64> {
    let Triangular { min, mode, max } = triangular;
    if passed >= max {
        return None;
    }
    let (below, above) = ((max - min) * (mode - min), (max - min) * (max - mode));
    let survival = if passed <= min {
        1.0
    } else if passed < mode {
        1.0 - (passed - min) * (passed - min) / below
    } else {
        (max - passed) * (max - passed) / above
    };
    let left = survival * stream.unit_above_zero();
    let drawn = if left * (max - min) <= max - mode {
        max - (left * above).sqrt()
    } else {
        min + ((1.0 - left) * below).sqrt()
    };
    Some(drawn.max(passed))
}

/// Draws from the whole distribution until one is long enough.
fn by_rejection(distribution: Distribution, passed: f64, stream: &mut Stream) -> f64 {
    let sampler = Sampler::continuous(&distribution);
    loop {
        let drawn = sampler.draw(stream);
        if drawn > passed {
            return drawn;
        }
    }
}

fn gamma_above(gamma: Gamma, passed: f64, stream: &mut Stream) -> f64 {
    let Gamma { mean, cv } = gamma;
    let (shape, scale) = (1.0 / (cv * cv), mean * cv * cv);
    if shape >= 1.0 {
        // Up to a standard deviation above the mean at least an eighth of the draws will do.
        if passed <= mean * (1.0 + cv) {
            return by_rejection(Distribution::Gamma(gamma), passed, stream);
        }
        // The logarithm of the density is concave, so its tangent at the age lies above it.
        let rate = 1.0 / scale - (shape - 1.0) / passed;
        loop {
            let beyond = stream.exponential() / rate;
            let below_tangent = (shape - 1.0) * (libm::log1p(beyond / passed) - beyond / passed);
            if stream.unit_above_zero() <= libm::exp(below_tangent) {
                return passed + beyond;
            }
        }
    }
    if passed <= 0.01 * scale {
        return by_rejection(Distribution::Gamma(gamma), passed, stream);
    }
    loop {
        let drawn = passed + scale * stream.exponential();
        if stream.unit_above_zero() <= libm::pow(passed / drawn, 1.0 - shape) {
            return drawn;
        }
    }
}

fn poisson_above(poisson: Poisson, passed: f64, stream: &mut Stream) -> Option<f64> {
    let Poisson { mean } = poisson;
    if mean <= 0.0 {
        return None;
    }
    if passed <= mean + mean.sqrt() {
        return Some(by_rejection(Distribution::Poisson(poisson), passed, stream));
    }
    // Beyond that, each probability is a smaller part of the one before: their sum, relative to the first, is soon complete.
    let first = libm::floor(passed) + 1.0;
    let (mut sum, mut term, mut value) = (0.0, 1.0, first);
    while term > sum * 1e-17 {
        sum += term;
        value += 1.0;
        term *= mean / value;
    }
    let (mut left, mut term, mut value) = (sum * stream.unit(), 1.0, first);
    while left >= term && term > sum * 1e-17 {
        left -= term;
        value += 1.0;
        term *= mean / value;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    const DAY: f64 = 86_400.0;

    fn stream(draw: u64) -> Stream {
        Stream::new(11, 0, Purpose::ResidualLeadTime, draw)
    }

    /// The conditional distribution itself: the share of whole draws that are longer than an age and at most `x`, among those that
    /// are longer than the age, against the share of conditional draws; Kolmogorov's distance.
    fn distance(distribution: &Distribution, age: f64) -> f64 {
        let n = 40_000;
        let mut conditional: Vec<f64> =
            (0..n).map(|draw| longer_than(age, distribution, &mut stream(draw)).expect("some are longer")).collect();
        let sampler = Sampler::continuous(distribution);
        let mut whole: Vec<f64> = (n..60 * n)
            .map(|draw| sampler.draw(&mut stream(draw)))
            .filter(|&drawn| drawn > age)
            .take(n as usize)
            .collect();
        assert!(whole.len() > 20_000, "{distribution:?} is longer than {age} too rarely for this test");
        conditional.sort_by(f64::total_cmp);
        whole.sort_by(f64::total_cmp);
        let share = |sorted: &[f64], x: f64| sorted.partition_point(|&drawn| drawn <= x) as f64 / sorted.len() as f64;
        let places = whole.iter().step_by(50);
        places.map(|&x| (share(&conditional, x) - share(&whole, x)).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn the_rest_is_drawn_from_the_conditional_distribution() {
        for (distribution, age) in [
            (Distribution::exponential(6.0 * DAY), 4.0 * DAY),
            (Distribution::gamma(6.0 * DAY, 0.5), 4.0 * DAY),
            (Distribution::gamma(6.0 * DAY, 0.5), 11.0 * DAY),
            (Distribution::gamma(6.0 * DAY, 2.0), 9.0 * DAY),
            (Distribution::gamma(6.0 * DAY, 2.0), 0.05 * DAY),
            (Distribution::lognormal(6.0 * DAY, 0.8), 9.0 * DAY),
            (Distribution::lognormal(6.0 * DAY, 0.8), 0.0),
            (Distribution::weibull(6.0 * DAY, 0.6), 8.0 * DAY),
            (Distribution::weibull(6.0 * DAY, 1.7), 8.0 * DAY),
            (Distribution::uniform(2.0 * DAY, 9.0 * DAY), 7.0 * DAY),
            (Distribution::uniform(2.0 * DAY, 9.0 * DAY), DAY),
            (Distribution::triangular(2.0 * DAY, 5.0 * DAY, 12.0 * DAY), 4.0 * DAY),
            (Distribution::triangular(2.0 * DAY, 5.0 * DAY, 12.0 * DAY), 9.0 * DAY),
            (Distribution::normal(6.0 * DAY, 2.0 * DAY), 8.0 * DAY),
            (Distribution::poisson(40.0), 48.0),
            (Distribution::geometric(30.0), 50.0),
            (Distribution::empirical(vec![3.0, 5.0, 8.0, 13.0], vec![4.0, 3.0, 2.0, 1.0]), 3.0),
        ] {
            // Two samples of 20,000 or more: beyond 0.02 with a probability of one in a thousand or less.
            let far = distance(&distribution, age);
            assert!(far < 0.02, "{distribution:?} longer than {age}: {far}");
        }
    }

    #[test]
    fn a_family_without_an_arm_of_its_own_is_drawn_by_the_same_inversion() {
        // The Weibull has an arm, by the closed inverse; both turn the same uniform into the same rest up to the direction of it, so
        // the mean of many is compared: of shape 1 it is exponential and as new.
        let n = 20_000;
        for (distribution, age) in [(Distribution::weibull(6.0, 1.0), 9.0), (Distribution::weibull(6.0, 1.7), 8.0)] {
            let mean = |draw_one: &dyn Fn(&mut Stream) -> f64| {
                (0..n).map(|draw| draw_one(&mut stream(draw)) - age).sum::<f64>() / n as f64
            };
            let inverted = mean(&|stream| by_bisection(&distribution, age, stream).unwrap());
            let closed = mean(&|stream| longer_than(age, &distribution, stream).unwrap());
            assert!((inverted - closed).abs() < 0.05 * closed, "{distribution:?}: {inverted} and {closed}");
        }
        assert_eq!(by_bisection(&Distribution::uniform(1.0, 5.0), 6.0, &mut stream(0)), None);
    }

    #[test]
    fn far_in_the_tail_the_mean_of_the_rest_is_the_known_one() {
        // Mean residual lives by integrating the survival function numerically; n draws each.
        let n = 100_000;
        let mean_rest = |distribution: &Distribution, age: f64| {
            (0..n).map(|draw| longer_than(age, distribution, &mut stream(draw)).unwrap() - age).sum::<f64>() / n as f64
        };
        // Gamma of shape 4 and scale 1.5, age 30: x = 20 scales. ∫ S / S with S = e⁻ˣ Σ xʲ/j!, j < 4.
        let (scale, x): (f64, f64) = (1.5, 20.0);
        let survival = |shape: i32| (0..shape).map(|j| x.powi(j) / libm::tgamma(f64::from(j) + 1.0)).sum::<f64>();
        let expected = scale * (1..=4).map(survival).sum::<f64>() / survival(4);
        let found = mean_rest(&Distribution::gamma(6.0, 0.5), 30.0);
        assert!((found - expected).abs() < 0.02 * expected, "{found}, expected {expected}");
        // A normal beyond 8 standard deviations: φ(8) / Q(8) − 8 by the continued fraction of Mills' ratio.
        let mills = (1..200).rev().fold(0.0, |rest, k| f64::from(k) / (8.0 + rest));
        let found = mean_rest(&Distribution::normal(10.0, 1.0), 18.0);
        assert!((found - mills).abs() < 0.02 * mills, "{found}, expected {mills}");
        // An exponential is as new.
        let found = mean_rest(&Distribution::exponential(6.0), 600.0);
        assert!((found - 6.0).abs() < 0.1, "{found}");
        // A Poisson of 40 beyond 90: the terms fall by 40/91, 40/92, …
        let terms: Vec<f64> = (91..200)
            .scan(1.0, |term, k| {
                let now = *term;
                *term *= 40.0 / f64::from(k + 1);
                Some(now)
            })
            .collect();
        let sum: f64 = terms.iter().sum();
        let expected = terms.iter().zip(91..).map(|(term, k)| term * f64::from(k - 90)).sum::<f64>() / sum;
        let found = mean_rest(&Distribution::poisson(40.0), 90.0);
        assert!((found - expected).abs() < 0.02 * expected, "{found}, expected {expected}");
    }

    #[test]
    fn a_constant_has_what_remains_of_it_and_what_is_overdue_has_nothing() {
        let rest = |distribution: Distribution, age: i64| remaining(&distribution, Span(age), &mut stream(0));
        assert_eq!(rest(Distribution::Constant(500.0), 380), Some(Span(120)));
        assert_eq!(rest(Distribution::Constant(500.0), 500), None);
        assert_eq!(rest(Distribution::uniform(100.0, 500.0), 600), None);
        assert_eq!(rest(Distribution::triangular(100.0, 200.0, 500.0), 500), None);
        assert_eq!(rest(Distribution::empirical(vec![100.0, 300.0], vec![1.0, 1.0]), 300), None);
        assert_eq!(rest(Distribution::empirical(vec![100.0, 300.0], vec![1.0, 1.0]), 299), Some(Span(1)));
    }
}
