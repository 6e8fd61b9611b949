//! `warm_up = "auto"`: how much of the start to cut, by MSER-5 on pilot replications.

use super::error::RunError;
use super::parallel::{Threads, in_order};
use super::welch::Welch;
use crate::domain::{DAY, Model, Span, WarmUp};
use crate::engine::Plan;
use crate::observe::{DayRow, Tally};
use crate::stats::mser;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many pilot replications are averaged, day by day, before MSER-5 looks at them (Welch's averaging).
const PILOTS: u32 = 5;
/// Days in a batch.
const BATCH: usize = 5;
/// A pilot that does not tell is made twice as long, up to so many horizons.
const MAX_HORIZONS: i64 = 4;

/// How the warm-up was found.
#[derive(Clone, Debug, PartialEq)]
pub struct WarmUpFinding {
    /// The warm-up.
    pub cut: Span,
    /// What it was found in.
    pub welch: Welch,
}

impl WarmUpFinding {
    /// What was cut and why, in a sentence.
    pub fn note(&self) -> String {
        format!(
            "warm-up: {} days, where MSER-5 found units on hand and the inventory level (on hand less backorders) settled \
             in the daily means of {} pilot replications of {} days; warm_up.csv has them",
            self.cut.0 / DAY,
            self.welch.pilots,
            self.welch.on_hand.len()
        )
    }
}

/// Finds the warm-up of a model: the later of the cuts for units on hand and for the inventory level, over a pilot as long
/// as the horizon, or longer where that is too short to tell (as Hoad, Robinson and Davies do, see [`mser`]). Units on
/// backorder by themselves are no series for it: where they are rare they are zero for weeks on end, and every such week
/// looks like the one in which all has settled.
///
/// # Errors
/// When the longest pilot is too short to tell, or when a series does not settle in its first half.
pub(super) fn find(model: &Model, threads: &Threads, stop: &AtomicBool) -> Result<WarmUpFinding, RunError> {
    // What is replayed ends.
    let longest = if model.trace.is_some() { 1 } else { MAX_HORIZONS };
    let mut horizons = 1;
    loop {
        match judge(&pilots(model, horizons, threads, stop)?) {
            Err(RunError::WarmUp { .. }) if horizons < longest => horizons *= 2,
            found => return found,
        }
    }
}

/// The daily series of the pilot replications, so many horizons long.
fn pilots(model: &Model, horizons: i64, threads: &Threads, stop: &AtomicBool) -> Result<Vec<Vec<DayRow>>, RunError> {
    let mut pilot = model.clone();
    pilot.run.warm_up = WarmUp::Fixed(Span::ZERO);
    pilot.run.horizon = Span(model.run.horizon.0 * horizons);
    pilot.run.run_out = Span::ZERO;
    let plan = Plan::new(&pilot);
    // Pilots take the last replication numbers, which no experiment reaches: they share no draw with what is measured.
    let run = |index: u64| {
        let mut tally = Tally::new(&pilot);
        let ran = plan.run(u32::MAX - index as u32, &mut tally);
        ran.map_err(|limit| RunError::Limit { replication: None, limit })?;
        Ok::<_, RunError>(tally.into_outcome().daily)
    };
    let mut days: Vec<Vec<DayRow>> = Vec::new();
    in_order(threads, 0..PILOTS.into(), stop, run, |daily| {
        days.push(daily);
        ControlFlow::Continue(())
    })?;
    if stop.load(Ordering::Relaxed) {
        return Err(RunError::Interrupted);
    }
    Ok(days)
}

/// Finds the warm-up in the pilots' daily series.
fn judge(pilots: &[Vec<DayRow>]) -> Result<WarmUpFinding, RunError> {
    let days = pilots.first().map_or(0, Vec::len);
    let mean = |of: fn(&DayRow) -> i64| -> Vec<f64> {
        (0..days)
            .map(|day| pilots.iter().map(|pilot| of(&pilot[day]) as f64).sum::<f64>() / pilots.len() as f64)
            .collect()
    };
    let welch =
        Welch { pilots: pilots.len() as u32, on_hand: mean(|day| day.on_hand), backorders: mean(|day| day.backorders) };
    let mut cut = 0;
    for (what, series) in [("units on hand", &welch.on_hand), ("the inventory level", &welch.inventory_level())] {
        let refused = |why: String| RunError::WarmUp { why, welch: Box::new(welch.clone()) };
        let found = mser(series, BATCH).ok_or_else(|| {
            refused(format!(
                "a pilot of {days} days is too short to find the warm-up in; MSER-5 needs {} days or more: take a longer \
                 horizon, or give a duration, such as warm_up = \"30d\"",
                10 * BATCH
            ))
        })?;
        if found.in_last_half {
            return Err(refused(format!(
                "no steady state of {what} in the first half of a pilot of {days} days (MSER-5 would cut {} of them, \
                 which is not to be trusted): stock may be running down for want of replenishment, or demand may follow \
                 the seasons; take a longer horizon, or give a duration, such as warm_up = \"30d\"",
                found.cut
            )));
        }
        cut = cut.max(found.cut);
    }
    Ok(WarmUpFinding { cut: Span::from_days(cut as i64), welch })
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
        assert_eq!((finding.welch.on_hand.len(), finding.welch.pilots), (200, 3));
        assert_eq!(finding.welch.backorders, vec![0.0; 200]);
        assert!(finding.note().starts_with(&format!("warm-up: {cut} days")), "{}", finding.note());
    }

    #[test]
    fn what_never_settles_is_refused_with_an_explanation() {
        let error = judge(&pilots(200, |day| (day * day) as i64)).unwrap_err();
        let told = error.to_string();
        assert!(told.contains("no steady state of units on hand") && told.contains("longer horizon"), "{told}");
        // What it rests on can be looked at all the same.
        let RunError::WarmUp { welch, .. } = error else { panic!("{error:?}") };
        assert_eq!((welch.on_hand.len(), welch.pilots), (200, 3));
    }

    #[test]
    fn a_backlog_that_grows_is_refused_though_the_shelf_is_steadily_empty() {
        let mut growing = pilots(200, |_| 0);
        for pilot in &mut growing {
            pilot.iter_mut().enumerate().for_each(|(day, row)| row.backorders = (day * day) as i64);
        }
        let error = judge(&growing).unwrap_err().to_string();
        assert!(error.contains("no steady state of the inventory level"), "{error}");
    }

    #[test]
    fn rare_backorders_do_not_make_a_steady_shelf_look_unsettled() {
        // One unit waits now and then, last of all on day 180: the days after it are not the first that are steady.
        let mut steady = pilots(200, |_| 1_000);
        for day in [3, 31, 77, 122, 180] {
            steady[0][day].backorders = 1;
        }
        assert!(judge(&steady).unwrap().cut <= Span::from_days(50));
    }

    #[test]
    fn too_short_a_horizon_is_refused() {
        let error = judge(&pilots(49, |_| 1)).unwrap_err().to_string();
        assert!(error.contains("49 days is too short") && error.contains("50 days or more"), "{error}");
    }
}
