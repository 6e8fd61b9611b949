//! Running numbered tasks on a pool of threads and taking their results in the order of the numbers.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// Runs `task` for each number of `range` on every thread of the pool and hands the results to `take` in ascending order,
/// one at a time. Stops early, after the tasks under way, when `stop` is set or a task fails.
///
/// Numbers are given out in order, so little waits for an earlier one to be taken unless that takes much longer than others, and
/// what was taken when it ends is an unbroken start of the range.
///
/// # Errors
/// The failure of the lowest number that failed, which is the same for any number of threads.
pub(super) fn in_order<T: Send, E: Send>(
    pool: &rayon::ThreadPool,
    range: Range<u32>,
    stop: &AtomicBool,
    task: impl Fn(u32) -> Result<T, E> + Sync,
    take: impl FnMut(T) + Send,
) -> Result<(), E> {
    let desk = Mutex::new(Desk { next: range.start, early: BTreeMap::new(), failure: None, take });
    let next = AtomicU32::new(range.start);
    let failed = AtomicBool::new(false);
    pool.broadcast(|_| {
        while !stop.load(Ordering::Relaxed) && !failed.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= range.end {
                break;
            }
            let result = task(number);
            if result.is_err() {
                failed.store(true, Ordering::Relaxed);
            }
            desk.lock().unwrap_or_else(PoisonError::into_inner).hand_in(number, result);
        }
    });
    match desk.into_inner().unwrap_or_else(PoisonError::into_inner).failure {
        None => Ok(()),
        Some((_, error)) => Err(error),
    }
}

/// Where results are handed in, in any order, and taken in theirs.
struct Desk<T, E, F> {
    next: u32,
    early: BTreeMap<u32, T>,
    failure: Option<(u32, E)>,
    take: F,
}

impl<T, E, F: FnMut(T)> Desk<T, E, F> {
    fn hand_in(&mut self, number: u32, result: Result<T, E>) {
        match result {
            Ok(value) => {
                self.early.insert(number, value);
                while let Some(value) = self.early.remove(&self.next) {
                    (self.take)(value);
                    self.next += 1;
                }
            }
            Err(error) => {
                if self.failure.as_ref().is_none_or(|&(earlier, _)| number < earlier) {
                    self.failure = Some((number, error));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    /// Later numbers are done sooner.
    fn slow_start(number: u32) -> Result<u32, String> {
        std::thread::sleep(Duration::from_micros(u64::from(40 - number) * 20));
        Ok(number)
    }

    #[test]
    fn taken_in_order_whatever_the_threads() {
        for threads in [1, 2, 7] {
            let mut taken = Vec::new();
            in_order(&pool(threads), 3..40, &AtomicBool::new(false), slow_start, |n| taken.push(n)).unwrap();
            assert_eq!(taken, (3..40).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_lowest_failure_is_the_one_reported() {
        for threads in [1, 2, 7] {
            let task = |number| {
                slow_start(number)?;
                if number >= 11 { Err(number.to_string()) } else { Ok(number) }
            };
            let mut taken = 0;
            assert_eq!(
                in_order(&pool(threads), 0..40, &AtomicBool::new(false), task, |_| taken += 1),
                Err("11".into())
            );
            assert_eq!(taken, 11);
        }
    }

    #[test]
    fn stopping_leaves_an_unbroken_start() {
        for threads in [1, 2, 7] {
            let stop = AtomicBool::new(false);
            let task = |number| {
                if number == 9 {
                    stop.store(true, Ordering::Relaxed);
                }
                slow_start(number)
            };
            let mut taken = Vec::new();
            in_order(&pool(threads), 0..40, &stop, task, |n| taken.push(n)).unwrap();
            assert!(taken.len() >= 10 && taken.len() < 40, "{}", taken.len());
            assert_eq!(taken, (0..taken.len() as u32).collect::<Vec<_>>());
        }
    }
}
