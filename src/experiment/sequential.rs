//! How many replications are enough: until the interval of one measure is narrow enough.

use super::error::RunError;
use crate::domain::{HalfWidth, Replications};
use crate::measures::Metric;
use crate::stats::Estimate;

/// A precision to be reached by as many replications as it takes.
pub(super) struct Aim {
    pub of: Metric,
    pub half_width: HalfWidth,
    pub max: u32,
}

impl Aim {
    /// How many replications to begin with, and what to go on for.
    ///
    /// # Errors
    /// When the measure to go on for does not exist.
    pub fn of(replications: &Replications) -> Result<(u32, Option<Self>), RunError> {
        match replications {
            Replications::Fixed(count) => Ok((*count, None)),
            Replications::Sequential { min, max, half_width, of } => {
                let metric = Metric::from_name(of)
                    .ok_or_else(|| RunError::UnknownMetric { name: of.clone(), nearest: Metric::nearest(of).name() })?;
                Ok((*min, Some(Self { of: metric, half_width: *half_width, max: *max })))
            }
        }
    }

    /// Where an estimate stands to it.
    pub fn reached_by(&self, estimate: Option<&Estimate>) -> Precision {
        Precision::of(self.of, self.half_width, estimate)
    }
}

/// What sequential replication aimed at and reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// The measure.
    pub of: Metric,
    /// The half-width aimed at, as the scenario has it.
    pub aim: HalfWidth,
    /// The half-width that this comes to, in the measure's unit.
    pub wanted: f64,
    /// The half-width reached; `None` where there is no interval.
    pub reached: Option<f64>,
}

impl Precision {
    /// Where an estimate stands to an aim.
    ///
    /// For a relative error γ of the *true* value the half-width is to be at most γ/(1+γ) of the estimate (Law,
    /// *Simulation Modeling and Analysis*, 5th ed., §9.4.1).
    pub(super) fn of(of: Metric, aim: HalfWidth, estimate: Option<&Estimate>) -> Self {
        let wanted = match aim {
            HalfWidth::Absolute(half_width) => half_width,
            HalfWidth::Relative(share) => share / (1.0 + share) * estimate.map_or(0.0, |estimate| estimate.mean.abs()),
        };
        Self { of, aim, wanted, reached: estimate.and_then(|estimate| estimate.half_width) }
    }

    /// What was reached after so many replications, in a sentence.
    pub(super) fn note(&self, done: u32) -> String {
        let of = self.of.name();
        let wanted = match self.aim {
            HalfWidth::Absolute(wanted) => wanted.to_string(),
            HalfWidth::Relative(share) => {
                format!("{} (a relative error of at most {share})", three_digits(self.wanted))
            }
        };
        let Some(reached) = self.reached.map(three_digits) else {
            return format!("{of}: no interval after {done} replications: not decidable at this many");
        };
        if self.decided() {
            format!("{of}: half-width {reached} after {done} replications; {wanted} was wanted")
        } else {
            format!(
                "{of}: half-width {reached} after {done} replications, {wanted} was wanted: not decidable at this many"
            )
        }
    }

    /// Whether the aim was reached.
    pub fn decided(&self) -> bool {
        self.reached.is_some_and(|reached| reached <= self.wanted)
    }
}

/// A positive number with three significant digits, or more where it has that many before the point.
fn three_digits(value: f64) -> String {
    let magnitude = if value > 0.0 { libm::floor(libm::log10(value)) } else { 0.0 };
    let decimals = (2.0 - magnitude).clamp(0.0, 15.0) as usize;
    format!("{value:.decimals$}")
}

/// How many replications to have before looking again; `done` when it is time to stop.
///
/// The half-width falls as 1/√n, which predicts how many will do. Every look is a chance to stop on a lucky streak, so
/// there are few: at least a tenth more each time, and at most twice as many, since the first guess rests on little.
/// The sizes follow from the numbers found alone, never from threads or time.
pub(super) fn next_look(done: u32, max: u32, precision: &Precision) -> u32 {
    if precision.decided() || done >= max {
        return done;
    }
    let predicted = precision.reached.map_or(f64::INFINITY, |reached| {
        // Of nothing at all an aim of nothing is reached, so there is no 0/0 here.
        let factor = reached / precision.wanted;
        f64::from(done) * factor * factor
    });
    // A float-to-integer cast saturates.
    let predicted = predicted.ceil() as u32;
    predicted.clamp(done.saturating_add((done / 10).max(1)), done.saturating_mul(2)).min(max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(reached: Option<f64>) -> Precision {
        Precision { of: Metric::OrderFillRate, aim: HalfWidth::Absolute(0.01), wanted: 0.01, reached }
    }

    #[test]
    fn a_relative_aim_moves_with_the_estimate() {
        let estimate = crate::stats::t_interval(&[9.0, 10.0, 11.0], 0.95).unwrap();
        let precision = Precision::of(Metric::CostPerOrder, HalfWidth::Relative(0.25), Some(&estimate));
        // γ/(1+γ) = 0.2 of 10; t(0.95, 2)·1/√3 = 2.48.
        assert_eq!((precision.wanted, precision.decided()), (2.0, false));
        assert!(Precision::of(Metric::CostPerOrder, HalfWidth::Relative(0.4), Some(&estimate)).decided());
        assert!(!Precision::of(Metric::CostPerOrder, HalfWidth::Relative(0.4), None).decided());
    }

    #[test]
    fn half_widths_are_said_with_three_digits() {
        let said = [0.0, 0.004_987_6, 0.987_6, 12.345, 98_765.4].map(three_digits);
        assert_eq!(said, ["0.00", "0.00499", "0.988", "12.3", "98765"]);
    }

    #[test]
    fn looks_follow_the_square_law_within_bounds() {
        // Half as narrow again needs 2.25 times as many: doubled first. A little too wide: a tenth more.
        assert_eq!(next_look(20, 1_000, &reached(Some(0.015))), 40);
        assert_eq!(next_look(100, 1_000, &reached(Some(0.012))), 144);
        assert_eq!(next_look(100, 1_000, &reached(Some(0.010_01))), 110);
        assert_eq!(next_look(100, 120, &reached(Some(0.02))), 120);
        assert_eq!(next_look(1, 1_000, &reached(None)), 2);
        assert_eq!(next_look(2_000_000_000, u32::MAX, &reached(None)), 4_000_000_000);
    }

    #[test]
    fn it_stops_when_narrow_enough_or_at_the_maximum() {
        assert_eq!(next_look(100, 1_000, &reached(Some(0.01))), 100);
        assert_eq!(next_look(1_000, 1_000, &reached(Some(0.02))), 1_000);
        assert!(reached(Some(0.01)).decided() && !reached(Some(0.011)).decided() && !reached(None).decided());
    }
}
