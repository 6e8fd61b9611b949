//! Points that fill the space of decisions evenly.

use super::problem::{Point, Problem};
use crate::random::{Purpose, Stream};

/// The first primes: the bases of Halton's sequence.
const PRIMES: [u64; 24] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89];

/// Up to `count` different admissible points that fill the space evenly: Halton's sequence, shifted at random in each
/// coordinate (Cranley and Patterson (1976), *Randomization of number theoretic methods for multiple integration*, SIAM
/// Journal on Numerical Analysis 13, 904–914). Variables beyond the 24th share bases, differently shifted.
pub(super) fn space_filling<P: Problem>(problem: &P, count: usize, seed: u64) -> Vec<Point> {
    let variables = problem.variables();
    let mut stream = Stream::new(seed, 0, Purpose::Search, 0);
    let shifts: Vec<f64> = variables.iter().map(|_| stream.unit()).collect();
    let mut points = Vec::with_capacity(count);
    // Points that are not admitted are passed over; a space that admits next to nothing must not be searched for ever.
    for index in 1..=(count as u64).saturating_mul(50) {
        if points.len() == count {
            break;
        }
        let level = |(column, (variable, shift)): (usize, (&super::problem::Variable, &f64))| {
            let at = (radical_inverse(index, PRIMES[column % PRIMES.len()]) + shift).fract();
            ((at * f64::from(variable.levels)) as u32).min(variable.levels - 1)
        };
        let point: Point = variables.iter().zip(&shifts).enumerate().map(level).collect();
        if problem.admits(&point) && !points.contains(&point) {
            points.push(point);
        }
    }
    points
}

/// The digits of `index` in a base, mirrored at the point: van der Corput's sequence.
fn radical_inverse(mut index: u64, base: u64) -> f64 {
    let (mut value, mut scale) = (0.0, 1.0 / base as f64);
    while index > 0 {
        value += (index % base) as f64 * scale;
        index /= base;
        scale /= base as f64;
    }
    value
}

/// Every admissible point, where there are at most `most`.
pub(super) fn all_points<P: Problem>(problem: &P, most: u64) -> Option<Vec<Point>> {
    let variables = problem.variables();
    // The grid may be larger than what is admitted; a grid far larger is not worth walking through.
    let grid = variables.iter().try_fold(1_u64, |product, variable| product.checked_mul(u64::from(variable.levels)))?;
    if grid > most.saturating_mul(20) {
        return None;
    }
    let mut points = Vec::new();
    let mut point: Point = vec![0; variables.len()];
    loop {
        if problem.admits(&point) {
            if points.len() as u64 == most {
                return None;
            }
            points.push(point.clone());
        }
        let Some(column) = (0..point.len()).rev().find(|&column| point[column] + 1 < variables[column].levels) else {
            return Some(points);
        };
        point[column] += 1;
        point[column + 1..].fill(0);
    }
}
