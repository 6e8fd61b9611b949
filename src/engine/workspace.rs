//! The memory that a replication works in, which the next one on the same thread uses again.
//!
//! Nothing of what a replication was about is left in it: every part is made that of second 0 before it is used. Only lists keep their
//! room, so that a replication that is no larger than those before it allocates next to nothing for its state.

use super::anew::Anew;
use super::arrivals::OrderBuffers;
use super::booked::Booked;
use super::calendar::{Calendar, LaneId};
use super::docks::Docks;
use super::leaving::{AtOnce, Closing, Part};
use super::open_orders::OpenOrders;
use super::pool::Pool;
use super::promise_book::PromiseBuffers;
use super::roads::OpenRoads;
use super::scratch::Scratch;
use super::supply::Supply;
use super::world::World;
use crate::domain::{OrderNumber, ProductId, WarehouseId};
use crate::policy::replenishment::PairLevels;
use crate::policy::sourcing::Sourcer;

/// Memory for replications that run one after the other, of one plan or of several. It makes them faster and changes nothing else.
///
/// ```
/// use backorder::engine::{Observer, Occurrence, Plan, Workspace};
/// # use backorder::domain::SimTime;
/// # struct Orders(u64);
/// # impl Observer for Orders {
/// #     fn observe(&mut self, _now: SimTime, what: Occurrence<'_>) {
/// #         self.0 += u64::from(matches!(what, Occurrence::OrderAsked { .. }));
/// #     }
/// # }
///
/// let model = backorder::files::Scenario::open("scenarios/rules/free-split.toml").unwrap().model().unwrap();
/// let plan = Plan::new(&model);
/// let mut workspace = Workspace::default();
/// for replication in 0..3 {
///     let (mut orders, mut alone) = (Orders(0), Orders(0));
///     plan.run_in(&mut workspace, replication, &mut orders).unwrap();
///     plan.run(replication, &mut alone).unwrap();
///     assert_eq!(orders.0, alone.0);
/// }
/// ```
#[derive(Default)]
pub struct Workspace {
    /// Nothing before the first replication.
    pub(super) memory: Option<Memory>,
}

/// The parts, as they were left.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) calendar: Calendar,
    pub(super) arrivals: OrderBuffers,
    pub(super) world: World,
    pub(super) roads: OpenRoads<'static>,
    pub(super) events_on: Vec<bool>,
    pub(super) open: OpenOrders,
    pub(super) departures: Vec<Option<LaneId>>,
    pub(super) at_once: AtOnce,
    pub(super) docks: Docks,
    pub(super) supply: Supply,
    pub(super) sourcer: Sourcer<'static>,
    pub(super) anew: Anew,
    pub(super) levels_now: Vec<PairLevels>,
    pub(super) replenished: Vec<ProductId>,
    pub(super) turned: Vec<ProductId>,
    pub(super) touched: Vec<(WarehouseId, ProductId)>,
    pub(super) closing: Vec<Closing>,
    pub(super) parting: Vec<Part>,
    pub(super) named: Vec<(OrderNumber, u32)>,
    pub(super) booked: Pool<Booked>,
    pub(super) waiting_units: Vec<i64>,
    pub(super) promises: PromiseBuffers,
    pub(super) scratch: Scratch,
}
