//! When units wait within the measured time, in `summary.json`: that nearly all of it is a start-up must not pass for a verdict.

use crate::experiment::Results;
use serde::{Deserialize, Serialize};

/// With fewer measured days there is no telling when units wait.
const LEAST_DAYS: usize = 30;

/// The share of the waiting that makes its first days a start-up, where no more than a part of the time has it.
const START: f64 = 0.9;
/// The share of the waiting of which the shortest stretch is told elsewhere.
const HALF: f64 = 0.5;
/// The part of the measured time that a stretch has at the most to be worth telling.
const SHORT: f64 = 0.25;

/// A stretch of days that has much of the waiting: unit-days, by the units that wait at the end of each day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingSummary {
    /// Its first day, counted from 0 at the start of a replication.
    pub first_day: usize,
    /// The day after its last one.
    pub end_day: usize,
    /// Its share of all the waiting in the measured time.
    pub share: f64,
    /// Whether it begins with the measured time and has nearly all of the waiting: a start-up, where no warm-up was cut.
    pub is_start: bool,
}

impl WaitingSummary {
    /// The stretch; `None` where nothing waits, the time is short, or waiting is spread over it.
    pub(super) fn new(results: &Results) -> Option<Self> {
        let warm_up = results.warm_up.days() as usize;
        let days = results.daily.iter().map(Vec::len).min().unwrap_or(0);
        let waiting: Vec<i64> = (warm_up..days)
            .map(|day| results.daily.iter().map(|replication| replication[day].backorders).sum())
            .collect();
        let found = Self::of_days(&waiting)?;
        Some(Self { first_day: warm_up + found.first_day, end_day: warm_up + found.end_day, ..found })
    }

    /// The same from what waits at the end of each measured day, all replications together.
    fn of_days(waiting: &[i64]) -> Option<Self> {
        let (days, all) = (waiting.len(), waiting.iter().sum::<i64>());
        if days < LEAST_DAYS || all == 0 {
            return None;
        }
        let until: Vec<i64> = std::iter::once(0)
            .chain(waiting.iter().scan(0, |sum, &units| {
                *sum += units;
                Some(*sum)
            }))
            .collect();
        let share = |from: usize, to: usize| (until[to] - until[from]) as f64 / all as f64;
        let longest = (days as f64 * SHORT) as usize;
        if let Some(end) = (1..=longest).find(|&end| share(0, end) >= START) {
            // Told in round numbers of days, of which the last ones wait little.
            let end = end.next_multiple_of(if days >= 100 { 10 } else { 5 });
            return Some(Self { first_day: 0, end_day: end, share: share(0, end), is_start: true });
        }
        // Units that wait are never fewer than none, so that the share only grows with the end.
        let shortest = |from: usize| {
            let length = 1 + until[from + 1..].partition_point(|&to| ((to - until[from]) as f64 / all as f64) < HALF);
            (from + length <= days).then_some((length, from, from + length))
        };
        let (length, first_day, end_day) = (0..days).filter_map(shortest).min()?;
        (length <= longest).then(|| Self { first_day, end_day, share: share(first_day, end_day), is_start: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_in_the_first_days_is_a_start_up() {
        let mut waiting = vec![1; 365];
        waiting[..55].fill(400);
        let found = WaitingSummary::of_days(&waiting).expect("a stretch");
        assert_eq!((found.first_day, found.end_day, found.is_start), (0, 60, true));
        assert_eq!(found.share, 22_005.0 / 22_310.0);
        // Nine tenths of it are not there before the start is half a year long.
        waiting[..200].fill(400);
        assert_eq!(WaitingSummary::of_days(&waiting), None, "spread over half of the time");
    }

    #[test]
    fn a_stretch_within_the_time_is_told_by_its_half() {
        let mut waiting = vec![10; 200];
        waiting[120..140].fill(500);
        let found = WaitingSummary::of_days(&waiting).expect("a stretch");
        assert_eq!((found.first_day, found.end_day, found.is_start), (120, 132, false));
        assert_eq!(WaitingSummary::of_days(&vec![10; 200]), None);
        assert_eq!((WaitingSummary::of_days(&[0; 200]), WaitingSummary::of_days(&[9; 20])), (None, None));
    }
}
