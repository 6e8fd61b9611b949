//! Order lines a second on one core: the engine with all its measures, beside a plain hand-written loop in the same run.
//!
//! The loop does what a textbook program does: a `BinaryHeap` of 32-byte events with every arrival in it, a weighted
//! index, a gamma lead time, a queue of backorders. It knows no rules, no zones, no parcels and only the fill rate.
//! Both run the same scenario with the same levels, in turn, and the medians and their ratio are printed.

mod plain_loop;

use std::time::Instant;

use backorder::domain::{Model, ProductId, WarehouseId};
use backorder::engine::{Observer, Occurrence, Plan};
use backorder::observe::Tally;
use backorder::scenario;

/// Measured runs of each program.
const RUNS: usize = 7;

/// The scenario needs no table beside it.
struct NoFiles;

impl scenario::Files for NoFiles {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        Err(format!("{relative_path}: the benchmark's scenario has no tables"))
    }
}

/// Counts lines, and those filled at once.
#[derive(Default)]
struct Lines {
    placed: u64,
    filled: u64,
}

impl Observer for Lines {
    #[inline(always)]
    fn observe(&mut self, _now: backorder::domain::SimTime, what: Occurrence<'_>) {
        if let Occurrence::LinePlaced { units, available, .. } = what {
            self.placed += 1;
            self.filled += u64::from(available == units);
        }
    }
}

fn main() {
    let text = include_str!("scenario.toml");
    let model = match scenario::load("benches/plain/scenario.toml", text, &NoFiles, &[]) {
        Ok(loaded) => loaded.model,
        Err(diagnostics) => panic!("{diagnostics}"),
    };
    let plan = Plan::new(&model);
    let mut engine = Vec::new();
    let mut bare = Vec::new();
    let mut hand = Vec::new();
    let (mut fill_engine, mut fill_hand) = (0.0, 0.0);
    for run in 0..RUNS as u32 {
        let (lines, seconds) = timed(|| {
            let mut observers = (Lines::default(), Tally::new(&model));
            plan.run(run, &mut observers);
            observers.0
        });
        fill_engine = lines.filled as f64 / lines.placed as f64;
        engine.push(lines.placed as f64 / seconds);
        let (lines, seconds) = timed(|| {
            let mut lines = Lines::default();
            plan.run(run, &mut lines);
            lines
        });
        bare.push(lines.placed as f64 / seconds);
        let (outcome, seconds) = timed(|| plain_loop::run(&workload(&model, &plan), run));
        fill_hand = outcome.filled as f64 / outcome.lines as f64;
        hand.push(outcome.lines as f64 / seconds);
    }
    let per_loop = median(&hand);
    println!("plain inventory, one core, medians of {RUNS} interleaved runs");
    println!("{:<44}{:>12}{:>10}{:>10}", "", "M lines/s", "ratio", "fill");
    for (name, rate, fill) in [
        ("hand-written loop (heap of 32-byte events)", per_loop, fill_hand),
        ("engine, nobody watching", median(&bare), fill_engine),
        ("engine, all measures", median(&engine), fill_engine),
    ] {
        println!("{name:<44}{:>12.2}{:>10.2}{:>9.1}%", rate / 1e6, rate / per_loop, fill * 100.0);
    }
}

/// What the loop needs to know of the scenario.
fn workload(model: &Model, plan: &Plan<'_>) -> plain_loop::Workload {
    let demand = model.demand.as_ref().expect("the scenario has demand");
    plain_loop::Workload {
        orders_per_day: demand.orders_per_day,
        days: (model.run.horizon + model.run.warm_up.span()).days(),
        shares: model.products.iter().map(|product| product.share).collect(),
        levels: (0..model.products.len())
            .map(|product| {
                let levels = plan.levels(WarehouseId(0), ProductId::from_index(product));
                levels.map_or((0, 1), |levels| (levels.trigger, levels.lift))
            })
            .collect(),
        lead_time_days: 6.0,
        lead_time_cv: 0.5,
    }
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = run();
    (result, start.elapsed().as_secs_f64())
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
