//! Order lines a second on one core: the engine with all its measures, beside a plain hand-written loop in the same run.
//!
//! The loop does what a textbook program does: a `BinaryHeap` of 32-byte events with every arrival in it, a weighted
//! index, a gamma lead time, a queue of backorders. It knows no rules, no zones, no parcels and only the fill rate.
//! Both run the same scenario with the same levels, in turn, and the medians and their ratio are printed.
//!
//! `benches/peers` is a package of its own that measures the same loop beside published libraries.

mod common;
mod plain_loop;
mod warehouse;

use backorder::engine::Plan;
use backorder::observe::Tally;

use common::{counted, measured, median, timed};
use warehouse::Workload;

/// Measured runs of each program.
const RUNS: usize = 7;

fn main() {
    let model = common::model();
    let plan = Plan::new(&model);
    let (mut full, mut counting, mut bare, mut hand) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut fill_engine, mut fill_hand) = (0.0, 0.0);
    for run in 0..RUNS as u32 {
        let (outcome, rate) = measured(|| counted(&plan, run));
        fill_engine = outcome.fill_rate();
        counting.push(rate);
        let (_, seconds) = timed(|| {
            let mut tally = Tally::new(&model);
            plan.run(run, &mut tally).expect("all of it can be counted");
            tally.into_outcome()
        });
        full.push(outcome.lines as f64 / seconds);
        let (ran, seconds) = timed(|| plan.run(run, &mut ()));
        ran.expect("all of it can be counted");
        bare.push(outcome.lines as f64 / seconds);
        let (outcome, rate) = measured(|| plain_loop::run(&Workload::new(&model, &plan), run));
        fill_hand = outcome.fill_rate();
        hand.push(rate);
    }
    let per_loop = median(&hand);
    println!("plain inventory, one core, medians of {RUNS} interleaved runs");
    println!("{:<44}{:>12}{:>10}{:>10}", "", "M lines/s", "ratio", "fill");
    for (name, rate, fill) in [
        ("hand-written loop (heap of 32-byte events)", per_loop, fill_hand),
        ("engine, nobody watching", median(&bare), fill_engine),
        ("engine, counting what the loop counts", median(&counting), fill_engine),
        ("engine, all measures", median(&full), fill_engine),
    ] {
        println!("{name:<44}{:>12.2}{:>10.2}{:>9.1}%", rate / 1e6, rate / per_loop, fill * 100.0);
    }
}
