//! What the test beds share: random numbers of their own for each stage, and plain responses.

use std::convert::Infallible;

use backorder::experiment::tune::{Problem, Response, Stage, Wanted};
use backorder::random::{Family, Purpose, Stream};
use backorder::stats::Pair;

/// The streams of a replication: one an entity, the same for every alternative.
pub(super) fn family(seed: u64, stage: Stage, replication: u32) -> Family {
    Family::new(seed.wrapping_mul(3).wrapping_add(stage as u64), replication, Purpose::Arrivals)
}

/// A response of plain figures.
pub(super) fn plain(values: &[f64]) -> Response {
    values.iter().map(|&value| Pair::new(value, 1.0)).collect()
}

/// How many times a bed is tuned, each time from another seed: a few in `cargo test`, as many as the claims speak of with
/// `BACKORDER_LONG=1`.
pub(super) fn seeds(few: u64, many: u64) -> std::ops::Range<u64> {
    0..if std::env::var_os("BACKORDER_LONG").is_some_and(|value| value == "1") { many } else { few }
}

/// Poisson numbers by inversion.
pub(super) struct Poisson(Vec<f64>);

impl Poisson {
    pub(super) fn new(mean: f64) -> Self {
        let (mut term, mut sum, mut cumulative) = ((-mean).exp(), 0.0, Vec::new());
        for k in 1.. {
            sum += term;
            cumulative.push(sum);
            term *= mean / f64::from(k);
            if term < 1e-18 && f64::from(k) > mean {
                break;
            }
        }
        Self(cumulative)
    }

    pub(super) fn draw(&self, stream: &mut Stream) -> i64 {
        let u = stream.unit();
        self.0.partition_point(|&c| c <= u) as i64
    }
}

/// Runs what is wanted, one replication after the other.
pub(super) fn each(
    wanted: &[Wanted],
    mut run: impl FnMut(&[u32], u32) -> Response,
) -> Result<Vec<Vec<Response>>, Infallible> {
    Ok(wanted.iter().map(|w| w.replications.clone().map(|replication| run(&w.point, replication)).collect()).collect())
}

/// Runs replications of one alternative in the last stage: its true mean, as near as one likes.
pub(super) fn truth<P: Problem<Error = Infallible>>(problem: &P, point: &[u32], replications: u32) -> Vec<f64> {
    let wanted = Wanted { point: point.to_vec(), replications: 0..replications };
    let Ok(answers) = problem.simulate(Stage::Estimate, &[wanted]);
    let columns = answers[0][0].len();
    (0..columns)
        .map(|column| {
            let sum = |of: fn(&Pair) -> f64| answers[0].iter().map(|response| of(&response[column])).sum::<f64>();
            sum(|pair| pair.numerator) / sum(|pair| pair.denominator)
        })
        .collect()
}
