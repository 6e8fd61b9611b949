//! The plain problem in desque: a type of event each for orders and receipts, the warehouse as the state.
//!
//! desque boxes its events. The box of an order is free, as an order's event holds nothing; only a receipt's is
//! allocated.

use std::cmp::Ordering;

use desque::serial::{Event, Simulation};
use desque::{SimState, SimTime};

use crate::warehouse::{Outcome, Warehouse, Workload};

/// Days; desque wants an order on all times. It is that of desque's examples, and the loop's: `total_cmp` is slower.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Time(f64);

impl Eq for Time {}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.partial_cmp(&other.0).expect("a time is a number")
    }
}

impl SimTime for Time {}

struct State {
    warehouse: Warehouse,
    over: bool,
}

impl SimState<Time> for State {
    fn is_complete(&self, _now: &Time) -> bool {
        self.over
    }
}

#[derive(Debug)]
struct Order;

impl Event<State, Time> for Order {
    fn execute(&mut self, simulation: &mut Simulation<State, Time>) -> desque::Result {
        let now = simulation.current_time().0;
        if let Some(purchase) = simulation.state_mut().warehouse.order(now) {
            let receipt = Receipt { product: purchase.product, units: purchase.units };
            simulation.schedule(receipt, Time(now + purchase.lead_time))?;
        }
        let gap = simulation.state_mut().warehouse.gap();
        simulation.schedule(Order, Time(now + gap))
    }
}

#[derive(Debug)]
struct Receipt {
    product: u32,
    units: i32,
}

impl Event<State, Time> for Receipt {
    fn execute(&mut self, simulation: &mut Simulation<State, Time>) -> desque::Result {
        let now = simulation.current_time().0;
        simulation.state_mut().warehouse.receive(now, self.product, self.units);
        Ok(())
    }
}

/// The horizon, an event of its own: desque asks whether the run is over before it takes the next event, not after.
#[derive(Debug)]
struct End;

impl Event<State, Time> for End {
    fn execute(&mut self, simulation: &mut Simulation<State, Time>) -> desque::Result {
        simulation.state_mut().over = true;
        Ok(())
    }
}

/// Runs the problem.
pub fn run(workload: &Workload, replication: u32) -> Outcome {
    let warehouse = Warehouse::new(workload, replication);
    let mut simulation = Simulation::new(State { warehouse, over: false }, Time(0.0));
    let first = simulation.state_mut().warehouse.gap();
    simulation.schedule(End, Time(workload.days)).expect("the horizon is ahead");
    simulation.schedule(Order, Time(first)).expect("the first order is ahead");
    simulation.run().expect("no event lies in the past");
    simulation.state().warehouse.outcome()
}
