//! The engine: what happens, in which order.
//!
//! It does no I/O, reads no wall clock and walks no unordered container. [`Plan`] compiles a model once; [`Plan::run`] is a
//! pure function of (plan, replication) that emits everything that happens to an [`Observer`]. Decisions come from
//! [`rules`](crate::rules) and [`policy`](crate::policy); the engine carries them out.

#![deny(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stdout)]

mod affinity;
mod ahead;
mod anew;
mod arrivals;
mod book;
mod booked;
mod buying;
mod buying_plan;
mod calendar;
mod cancel;
mod cell;
mod companions;
mod contacts;
mod dispatching;
mod dock_terms;
mod docks;
mod drawing;
mod entry;
mod erased;
mod event;
mod events;
mod expedite;
mod forwarding;
mod generated;
mod joint;
mod leaving;
mod limit;
mod notices;
mod observer;
mod open_orders;
mod parcels;
mod parting;
mod periods;
mod picking;
mod placing;
mod plan;
mod pool;
mod prefetch;
mod promise_book;
mod promising;
mod release;
mod replay;
mod replenish;
mod roads;
mod scratch;
mod shape;
mod shape_clock;
mod shocks;
mod simulation;
mod sourced_anew;
mod stock;
mod supply;
mod surge;
mod timeline;
mod vendor_queue;
mod vendor_terms;
mod wheel;
mod workspace;
mod world;

pub use erased::Erased;
pub use event::{Event, Phase};
pub use limit::{Counted, Excess, Limit};
pub use observer::{
    AtOnceParcel, Books, LeftAtOnce, Observer, Occurrence, OrderRef, ParcelLine, ParcelRef, QueuedWhy, Waits,
};
pub use plan::Plan;
pub use prefetch::prefetch;
pub use replay::replayed_orders;
pub use timeline::{Happening, happenings};
pub use workspace::Workspace;

impl Plan<'_> {
    /// Runs a replication (numbered from 0) and emits all that happens to `observer`.
    ///
    /// # Errors
    /// When a counter met its limit; what was emitted by then must be discarded.
    ///
    /// ```
    /// # use backorder::engine::{Occurrence, Observer, Plan};
    /// # use backorder::domain::SimTime;
    /// /// Counts orders.
    /// struct Orders(u64);
    /// impl Observer for Orders {
    ///     fn observe(&mut self, _now: SimTime, what: Occurrence<'_>) {
    ///         self.0 += u64::from(matches!(what, Occurrence::OrderAsked { .. }));
    ///     }
    /// }
    /// ```
    pub fn run(&self, replication: u32, observer: &mut impl Observer) -> Result<(), Limit> {
        self.run_in(&mut Workspace::default(), replication, observer)
    }

    /// The same in memory that an earlier replication, of this plan or another, has left.
    ///
    /// # Errors
    /// When a counter met its limit; what was emitted by then must be discarded.
    pub fn run_in(
        &self,
        workspace: &mut Workspace,
        replication: u32,
        observer: &mut impl Observer,
    ) -> Result<(), Limit> {
        let shocks = shocks::Shocks::new(self, replication);
        let memory = workspace.memory.take().unwrap_or_default();
        let mut simulation = simulation::Simulation::new(self, &shocks, replication, observer, memory);
        let run = simulation.run();
        workspace.memory = Some(simulation.into_memory());
        run.map_err(|excess| Limit::new(self.model, excess))
    }
}
