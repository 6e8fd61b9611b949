//! `warm_up = "auto"`: how much of the start to cut, by MSER-5 on pilot replications.

use super::error::RunError;
use super::parallel::in_order;
use crate::domain::{DAY, Model, Span, WarmUp};
use crate::engine::Plan;
use crate::observe::{DayRow, Tally};
use crate::stats::mser;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many pilot replications are averaged, day by day, before MSER-5 looks at them (Welch's averaging).
const PILOTS: u32 = 5;
/// Days in a batch.
const BATCH: usize = 5;

/// How the warm-up was found.
#[derive(Clone, Debug, PartialEq)]
pub struct WarmUpFinding {
    /// The warm-up.
    pub cut: Span,
    /// How many pilot replications were averaged.
    pub pilots: u32,
    /// Units on hand at the end of each pilot day, averaged: the data of a Welch plot.
    pub on_hand: Vec<f64>,
    /// Units on backorder at the end of each pilot day, averaged.
    pub backorders: Vec<f64>,
}

impl WarmUpFinding {
    /// What was cut and why, in a sentence.
    pub fn note(&self) -> String {
        format!(
            "warm-up: {} days, where MSER-5 found units on hand and on backorder settled in the daily means of {} pilot \
             replications of {} days",
            self.cut.0 / DAY,
            self.pilots,
            self.on_hand.len()
        )
    }
}

/// Finds the warm-up of a model: the later of the cuts for units on hand and for units on backorder, over a pilot as long
/// as the horizon.
///
/// # Errors
/// When the horizon is too short to tell, or when a series does not settle in its first half.
pub(super) fn find(model: &Model, pool: &rayon::ThreadPool, stop: &AtomicBool) -> Result<WarmUpFinding, RunError> {
    let mut pilot = model.clone();
    pilot.run.warm_up = WarmUp::Fixed(Span::ZERO);
    pilot.run.run_out = Span::ZERO;
    let plan = Plan::new(&pilot);
    // Pilots take the last replication numbers, which no experiment reaches: they share no draw with what is measured.
    let run = |index: u32| {
        let mut tally = Tally::new(&pilot);
        plan.run(u32::MAX - index, &mut tally);
        Ok::<_, RunError>(tally.into_outcome().daily)
    };
    let mut days: Vec<Vec<DayRow>> = Vec::new();
    in_order(pool, 0..PILOTS, stop, run, |daily| days.push(daily))?;
    if stop.load(Ordering::Relaxed) {
        return Err(RunError::Interrupted);
    }
    judge(&days)
}

/// Finds the warm-up in the pilots' daily series.
fn judge(pilots: &[Vec<DayRow>]) -> Result<WarmUpFinding, RunError> {
    let days = pilots.first().map_or(0, Vec::len);
    let mean = |of: fn(&DayRow) -> i64| -> Vec<f64> {
        (0..days)
            .map(|day| pilots.iter().map(|pilot| of(&pilot[day]) as f64).sum::<f64>() / pilots.len() as f64)
            .collect()
    };
    let on_hand = mean(|day| day.on_hand);
    let backorders = mean(|day| day.backorders);
    let mut cut = 0;
    for (what, series) in [("units on hand", &on_hand), ("units on backorder", &backorders)] {
        let found = mser(series, BATCH).ok_or_else(|| {
            RunError::WarmUp(format!(
                "a horizon of {days} days is too short to find the warm-up in; MSER-5 needs {} days or more: give a \
                 duration, such as warm_up = \"30d\"",
                10 * BATCH
            ))
        })?;
        if found.in_last_half {
            return Err(RunError::WarmUp(format!(
                "the {what} do not settle in the first half of a pilot of {days} days (MSER-5 would cut {} of them, \
                 which is not to be trusted): stock may be running down for want of replenishment, or demand may follow \
                 the seasons; take a longer horizon, or give a duration",
                found.cut
            )));
        }
        cut = cut.max(found.cut);
    }
    Ok(WarmUpFinding { cut: Span::from_days(cut as i64), pilots: pilots.len() as u32, on_hand, backorders })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pilots(days: usize, on_hand: impl Fn(usize) -> i64) -> Vec<Vec<DayRow>> {
        let pilot = |shift: usize| {
            (0..days)
                .map(|day| DayRow { on_hand: on_hand(day) + ((day * 7 + shift) % 5) as i64, ..DayRow::default() })
                .collect()
        };
        (0..3).map(pilot).collect()
    }

    #[test]
    fn a_full_start_is_cut() {
        let finding = judge(&pilots(200, |day| if day < 40 { 1_000 - 20 * day as i64 } else { 200 })).unwrap();
        let cut = finding.cut.0 / DAY;
        assert!((30..=50).contains(&cut), "{cut}");
        assert_eq!((finding.on_hand.len(), finding.pilots), (200, 3));
        assert_eq!(finding.backorders, vec![0.0; 200]);
        assert!(finding.note().starts_with(&format!("warm-up: {cut} days")), "{}", finding.note());
    }

    #[test]
    fn what_never_settles_is_refused_with_an_explanation() {
        let error = judge(&pilots(200, |day| (day * day) as i64)).unwrap_err().to_string();
        assert!(error.contains("units on hand do not settle") && error.contains("longer horizon"), "{error}");
    }

    #[test]
    fn too_short_a_horizon_is_refused() {
        let error = judge(&pilots(49, |_| 1)).unwrap_err().to_string();
        assert!(error.contains("49 days is too short") && error.contains("50 days or more"), "{error}");
    }
}
