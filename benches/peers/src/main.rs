//! Order lines a second on one core: the plain inventory problem in published discrete-event libraries, beside the
//! hand-written loop of `benches/plain`.
//!
//!     cargo run --release --manifest-path benches/peers/Cargo.toml
//!
//! All hand-written programs share the warehouse of `benches/plain`, its levels, samplers and stream, and differ only
//! in how they keep events and run them. So in each run they must count the same lines and fill the same of them, and
//! it is checked that they do. Each is written as its library's own documentation shows, in the fastest form found.
//! backorder's engine has streams of its own, so its counts are near, not the same.

#[path = "../../plain/common.rs"]
mod common;
mod in_desque;
mod in_nexosim;
mod in_odem;
#[path = "../../plain/plain_loop.rs"]
mod plain_loop;
#[path = "../../plain/warehouse.rs"]
mod warehouse;

use backorder::engine::Plan;

use common::{counted, measured, median, timed};
use warehouse::{Outcome, Workload};

/// Measured runs of each program.
const RUNS: usize = 7;

/// A hand-written program: what it counts in a replication of the workload.
type Program = fn(&Workload, u32) -> Outcome;

/// The first is what the others are compared with.
const PROGRAMS: [(&str, Program); 4] = [
    ("hand-written loop (heap of 32-byte events)", plain_loop::run),
    ("desque 0.4.0", in_desque::run),
    ("odem-rs 0.4.0", in_odem::run),
    ("nexosim 1.0.0, one thread", in_nexosim::run),
];

/// What the runs of a program came to.
struct Row {
    name: &'static str,
    rates: Vec<f64>,
    /// Over all runs.
    total: Outcome,
}

impl Row {
    fn new(name: &'static str) -> Self {
        Self { name, rates: Vec::new(), total: Outcome::default() }
    }

    fn add(&mut self, (outcome, rate): (Outcome, f64)) {
        self.rates.push(rate);
        self.total.lines += outcome.lines;
        self.total.filled += outcome.filled;
    }
}

fn main() {
    let model = common::model();
    let plan = Plan::new(&model);
    let workload = Workload::new(&model, &plan);
    let mut rows: Vec<Row> = PROGRAMS.iter().map(|&(name, _)| Row::new(name)).collect();
    let mut engine = Row::new("backorder's engine, nobody watching");
    for run in 0..RUNS as u32 {
        let mut first = None;
        for (row, (name, program)) in rows.iter_mut().zip(PROGRAMS) {
            let (outcome, rate) = measured(|| program(&workload, run));
            assert_eq!(*first.get_or_insert(outcome), outcome, "{name} counts as the loop does in run {run}");
            row.add((outcome, rate));
        }
        let outcome = counted(&plan, run);
        let (ran, seconds) = timed(|| plan.run(run, &mut ()));
        ran.expect("all of it can be counted");
        engine.add((outcome, outcome.lines as f64 / seconds));
    }
    rows.push(engine);
    let per_loop = median(&rows[0].rates);
    println!("plain inventory, one core, medians of {RUNS} interleaved runs");
    println!("{:<44}{:>12}{:>10}{:>14}{:>10}", "", "M lines/s", "ratio", "lines", "fill");
    for Row { name, rates, total } in rows {
        let rate = median(&rates);
        println!(
            "{name:<44}{:>12.2}{:>10.2}{:>14}{:>9.3}%",
            rate / 1e6,
            rate / per_loop,
            total.lines,
            total.fill_rate() * 100.0
        );
    }
}
