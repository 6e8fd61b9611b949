//! Numbered tasks on several threads, their results delivered in the order of the numbers.
//!
//! Without the feature `parallel` the tasks run one after the other on the calling thread, so that no thread is needed
//! where there is none (WebAssembly). What is delivered is the same.

use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// The threads that tasks run on.
pub(super) struct Threads {
    /// `None` is the calling thread alone: another one would have to get memory of its own from the system, beside all that was used and
    /// is free again.
    #[cfg(feature = "parallel")]
    pool: Option<rayon::ThreadPool>,
}

/// More threads would take longer to start than they save.
#[cfg(feature = "parallel")]
const MAX_THREADS: usize = 256;

impl Threads {
    /// Starts so many threads, or one for each core.
    ///
    /// # Errors
    /// The operating system's reason where it gives none.
    #[cfg(feature = "parallel")]
    pub fn start(jobs: Option<usize>) -> Result<Self, String> {
        if jobs == Some(1) {
            return Ok(Self { pool: None });
        }
        let threads = jobs.unwrap_or(0).min(MAX_THREADS);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.map(|pool| Self { pool: Some(pool) }).map_err(|error| error.to_string())
    }

    /// There is only the calling thread.
    ///
    /// # Errors
    /// None; with the feature `parallel` there may be some.
    #[cfg(not(feature = "parallel"))]
    pub fn start(_jobs: Option<usize>) -> Result<Self, String> {
        Ok(Self {})
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        #[cfg(feature = "parallel")]
        return self.pool.as_ref().map_or(1, rayon::ThreadPool::current_num_threads);
        #[cfg(not(feature = "parallel"))]
        return 1;
    }

    /// Does the same on each thread, and waits for all.
    fn on_each(&self, work: impl Fn() + Sync) {
        #[cfg(feature = "parallel")]
        if let Some(pool) = &self.pool {
            pool.broadcast(|_| work());
            return;
        }
        work();
    }
}

/// Runs `task` for each number of `range` on all threads and delivers the results in ascending order, one at a time.
/// Stops early, after the tasks under way, when `stop` is set, a task fails, or `deliver` breaks off.
///
/// Numbers are given out in order, so a result waits for an earlier one only while that takes much longer than others,
/// and what was delivered in the end is an unbroken start of the range.
///
/// # Errors
/// The failure of the lowest number that failed, which is the same for any number of threads.
pub(super) fn in_order<T: Send, E: Send>(
    threads: &Threads,
    range: Range<u64>,
    stop: &AtomicBool,
    task: impl Fn(u64) -> Result<T, E> + Sync,
    deliver: impl FnMut(T) -> ControlFlow<()> + Send,
) -> Result<(), E> {
    let results =
        Mutex::new(InOrder { next: range.start, early: BTreeMap::new(), failure: None, is_broken_off: false, deliver });
    let next = AtomicU64::new(range.start);
    let is_over = AtomicBool::new(false);
    threads.on_each(|| {
        while !stop.load(Ordering::Relaxed) && !is_over.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= range.end {
                break;
            }
            let result = task(number);
            if result.is_err() {
                is_over.store(true, Ordering::Relaxed);
            }
            let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
            if results.take(number, result).is_break() {
                is_over.store(true, Ordering::Relaxed);
            }
        }
    });
    match results.into_inner().unwrap_or_else(PoisonError::into_inner).failure {
        None => Ok(()),
        Some((_, error)) => Err(error),
    }
}

/// Takes results in any order and delivers them in the order of their numbers.
struct InOrder<T, E, F> {
    /// The number delivered next.
    next: u64,
    /// Results that came before their turn.
    early: BTreeMap<u64, T>,
    /// The failure of the lowest number.
    failure: Option<(u64, E)>,
    is_broken_off: bool,
    deliver: F,
}

impl<T, E, F: FnMut(T) -> ControlFlow<()>> InOrder<T, E, F> {
    fn take(&mut self, number: u64, result: Result<T, E>) -> ControlFlow<()> {
        match result {
            Ok(value) => {
                self.early.insert(number, value);
                while !self.is_broken_off
                    && let Some(value) = self.early.remove(&self.next)
                {
                    self.is_broken_off = (self.deliver)(value).is_break();
                    self.next += 1;
                }
            }
            Err(error) => {
                if self.failure.as_ref().is_none_or(|&(earlier, _)| number < earlier) {
                    self.failure = Some((number, error));
                }
            }
        }
        if self.is_broken_off { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn threads(count: usize) -> Threads {
        Threads::start(Some(count)).unwrap()
    }

    /// Later numbers are done sooner.
    fn slow_start(number: u64) -> Result<u64, String> {
        std::thread::sleep(Duration::from_micros((40 - number) * 20));
        Ok(number)
    }

    #[test]
    fn delivered_in_order_whatever_the_threads() {
        for count in [1, 2, 7] {
            let mut delivered = Vec::new();
            let deliver = |number| {
                delivered.push(number);
                ControlFlow::Continue(())
            };
            in_order(&threads(count), 3..40, &AtomicBool::new(false), slow_start, deliver).unwrap();
            assert_eq!(delivered, (3..40).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_lowest_failure_is_the_one_reported() {
        for count in [1, 2, 7] {
            let task = |number| {
                slow_start(number)?;
                if number >= 11 { Err(number.to_string()) } else { Ok(number) }
            };
            let mut delivered = 0;
            let deliver = |_| {
                delivered += 1;
                ControlFlow::Continue(())
            };
            let failed = in_order(&threads(count), 0..40, &AtomicBool::new(false), task, deliver);
            assert_eq!((failed, delivered), (Err("11".into()), 11));
        }
    }

    #[test]
    fn stopping_leaves_an_unbroken_start() {
        for count in [1, 2, 7] {
            let stop = AtomicBool::new(false);
            let task = |number| {
                if number == 9 {
                    stop.store(true, Ordering::Relaxed);
                }
                slow_start(number)
            };
            let mut delivered = Vec::new();
            let deliver = |number| {
                delivered.push(number);
                ControlFlow::Continue(())
            };
            in_order(&threads(count), 0..40, &stop, task, deliver).unwrap();
            assert!(delivered.len() >= 10 && delivered.len() < 40, "{}", delivered.len());
            assert_eq!(delivered, (0..delivered.len() as u64).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_is_delivered_after_breaking_off() {
        for count in [1, 2, 7] {
            let mut delivered = Vec::new();
            let deliver = |number| {
                delivered.push(number);
                if number == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            in_order(&threads(count), 0..40, &AtomicBool::new(false), slow_start, deliver).unwrap();
            assert_eq!(delivered, (0..6).collect::<Vec<_>>());
        }
    }
}
