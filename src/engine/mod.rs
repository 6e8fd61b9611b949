//! The engine: the dispatch of events.

mod observer;

pub use crate::domain::{Availability, Loss, Mode};
pub use observer::{Books, Observer, Occurrence, OrderRef, ParcelLine, ParcelRef};

use crate::domain::Model;

/// A model compiled for running: samplers, levels, dense tables. Made once, shared by every replication and thread.
pub struct Plan<'a> {
    _model: &'a Model,
}

impl<'a> Plan<'a> {
    /// Compiles a model.
    pub fn new(model: &'a Model) -> Self {
        Self { _model: model }
    }

    /// Runs replication number `replication` (from 0), stating all that happens to `observer`.
    pub fn run(&self, _replication: u32, _observer: &mut impl Observer) {}
}
