//! Traces kept in memory, so that a scenario that is read a thousand times with other settings has its orders read once.
//!
//! Reading a file of orders takes many times as long as all the rest of a scenario. What comes of it depends on the file, on
//! what `[demand.trace]` says of it, and on which zones and products there are; all of that makes the key, which
//! the reader of traces puts together.

use crate::domain::TraceDemand;
use std::sync::{Mutex, PoisonError};

/// Traces that were read, each with all that it depends on. Files are taken to stay as they are.
#[derive(Debug, Default)]
pub struct Traces(Mutex<Vec<(String, TraceDemand)>>);

impl Traces {
    /// The trace of a key, if it was read before.
    pub(super) fn get(&self, key: &str) -> Option<TraceDemand> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(known, _)| known == key).map(|(_, trace)| trace.clone())
    }

    /// Keeps a trace that was read.
    pub(super) fn keep(&self, key: String, trace: &TraceDemand) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.iter().all(|(known, _)| *known != key) {
            all.push((key, trace.clone()));
        }
    }
}
