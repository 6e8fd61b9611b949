//! The plain problem in nexosim: one model with an input for orders and one for receipts, which it schedules itself.
//!
//! The warehouse is the model's environment, as it need not be saved. One model has nothing to run in parallel, so one
//! thread is the fastest.

use std::time::Duration;

use nexosim::model::{BuildContext, Context, Model, ProtoModel, schedulable};
use nexosim::ports::QuerySource;
use nexosim::simulation::{Mailbox, SimInit, SimulationError};
use nexosim::time::MonotonicTime;
use serde::{Deserialize, Serialize};

use crate::warehouse::{Outcome, Warehouse, Workload};

const SECONDS_OF_A_DAY: f64 = 86_400.0;

/// Arbitrary; the problem knows only how long it is since.
const START: MonotonicTime = MonotonicTime::EPOCH;

/// nexosim's clock has whole nanoseconds.
fn days(days: f64) -> Duration {
    Duration::from_secs_f64(days * SECONDS_OF_A_DAY)
}

#[derive(Serialize, Deserialize)]
struct Retailer;

#[Model(type Env = Warehouse)]
impl Retailer {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>, warehouse: &mut Warehouse) {
        self.next_order(cx, warehouse);
    }

    #[nexosim(schedulable)]
    fn order(&mut self, _: (), cx: &Context<Self>, warehouse: &mut Warehouse) {
        if let Some(purchase) = warehouse.order(now(cx)) {
            let what = (purchase.product, purchase.units);
            cx.schedule_event(days(purchase.lead_time), schedulable!(Self::receive), what).expect("it is ahead");
        }
        self.next_order(cx, warehouse);
    }

    #[nexosim(schedulable)]
    fn receive(&mut self, (product, units): (u32, i32), cx: &Context<Self>, warehouse: &mut Warehouse) {
        warehouse.receive(now(cx), product, units);
    }

    /// What was counted up to now.
    async fn outcome(&mut self, _: (), _: &Context<Self>, warehouse: &mut Warehouse) -> Outcome {
        warehouse.outcome()
    }

    fn next_order(&self, cx: &Context<Self>, warehouse: &mut Warehouse) {
        cx.schedule_event(days(warehouse.gap()), schedulable!(Self::order), ()).expect("it is ahead");
    }
}

/// Days since the start.
fn now(cx: &Context<Retailer>) -> f64 {
    cx.time().duration_since(START).as_secs_f64() / SECONDS_OF_A_DAY
}

/// Gives the model its warehouse.
struct Prototype(Warehouse);

impl ProtoModel for Prototype {
    type Model = Retailer;

    fn build(self, _: &mut BuildContext<Self>) -> (Retailer, Warehouse) {
        (Retailer, self.0)
    }
}

/// Runs the problem.
pub fn run(workload: &Workload, replication: u32) -> Outcome {
    simulate(workload, replication).expect("no event lies in the past")
}

fn simulate(workload: &Workload, replication: u32) -> Result<Outcome, SimulationError> {
    let mut bench = SimInit::with_num_threads(1);
    let mailbox = Mailbox::new();
    let outcome = QuerySource::new().connect(Retailer::outcome, &mailbox).register(&mut bench);
    let prototype = Prototype(Warehouse::new(workload, replication));
    let mut simulation = bench.add_model(prototype, mailbox, "retailer").init(START)?;
    simulation.step_until(days(workload.days))?;
    Ok(simulation.process_query(&outcome, ())?)
}
