//! The plain problem in odem-rs: one process that waits for the next order in a loop, and a job for each purchase order
//! that is due at the receipt and over with it.
//!
//! The jobs come from a pool, which uses their places again.

use std::cell::RefCell;
use std::pin::pin;

use odem_rs::prelude::{Job, Pool, Sim, Simulator};

use crate::warehouse::{Outcome, Warehouse, Workload};

/// Runs the problem.
pub fn run(workload: &Workload, replication: u32) -> Outcome {
    let orders = async |sim: &Sim| {
        let warehouse = RefCell::new(Warehouse::new(workload, replication));
        let receipts = pin!(Pool::dynamic().with(Job::new));
        loop {
            let gap = warehouse.borrow_mut().gap();
            sim.advance(gap).await;
            if sim.now() >= workload.days {
                break;
            }
            let purchase = warehouse.borrow_mut().order(sim.now());
            if let Some(purchase) = purchase {
                let warehouse = &warehouse;
                let receipt = async move {
                    warehouse.borrow_mut().receive(sim.now(), purchase.product, purchase.units);
                };
                sim.schedule(receipts.alloc(receipt), purchase.lead_time);
            }
        }
        warehouse.borrow().outcome()
    };
    Simulator::<()>::default().run(orders).expect("there is always a next order")
}
