//! Time and memory of one replication with all measures, as the retailer grows: from 1,000 to 100,000 products, from 1 to 32
//! warehouses, and over ten times the days.
//!
//! Each size runs in a process of its own, so that the peak of resident memory (`VmHWM` of Linux) is that size's alone.
//! Times are those that the thread spent on a processor, where the system tells them (Linux again), so that what else
//! runs on the machine disturbs them less. One size can be named by products, warehouses and days:
//! `cargo bench --bench growth -- 1000 10 180`. What was measured is in `docs/speed.md`.

#[path = "../network/mod.rs"]
mod network;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use backorder::domain::Model;
use backorder::engine::Plan;
use backorder::observe::Tally;
use network::{Size, Work, median, timed};

/// The sizes: products, warehouses, days measured.
const SIZES: [(usize, usize, u32); 7] = [
    (1_000, 10, 180),
    (10_000, 10, 180),
    (100_000, 10, 180),
    (10_000, 1, 180),
    (10_000, 32, 180),
    (1_000, 10, 1_800),
    (1_000, 10, 18_000),
];
/// Lines an order in the mean, as the retailer's text has it.
const LINES: f64 = 2.2;
/// The same demand over more pairs, and for a day only, so that few orders and purchase orders are open: what they differ by is
/// what a pair needs.
const MORE_PAIRS: (usize, usize, u32) = (10_000, 32, 1);
const LESS_PAIRS: (usize, usize, u32) = (10_000, 10, 1);
/// Measured replications of each size; the median is told.
const RUNS: u32 = 3;
/// Says to a process of ours that it is to measure one size.
const CHILD: &str = "BACKORDER_GROWTH_SIZE";

fn main() -> ExitCode {
    if let Some(size) = std::env::var(CHILD).ok().and_then(|text| size_of(text.split(' '))) {
        measure(size);
        return ExitCode::SUCCESS;
    }
    let asked = size_of(std::env::args().filter(|argument| argument.parse::<usize>().is_ok()));
    let Ok(program) = std::env::current_exe() else {
        eprintln!("the benchmark does not know where it stands");
        return ExitCode::FAILURE;
    };
    println!(
        "| products | warehouses | days | lines | load | plan | replication | ns a line | M lines/s | fill | purchase orders a line | peak memory, KiB |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for size in asked.map_or(SIZES.to_vec(), |size| vec![size]) {
        match measured_by_a_child(&program, size) {
            Ok(row) => print!("{row}"),
            Err(why) => {
                eprintln!("{size:?}: {why}");
                return ExitCode::FAILURE;
            }
        }
    }
    let peak = |size| {
        let row = measured_by_a_child(&program, size).ok()?;
        row.trim().trim_end_matches('|').rsplit('|').next()?.trim().parse::<u64>().ok()
    };
    if let (None, Some(more), Some(less)) = (asked, peak(MORE_PAIRS), peak(LESS_PAIRS)) {
        let pairs = MORE_PAIRS.0 * (MORE_PAIRS.1 - LESS_PAIRS.1);
        println!(
            "\na further pair of warehouse and product: {} bytes",
            more.saturating_sub(less) * 1024 / pairs as u64
        );
    }
    ExitCode::SUCCESS
}

/// One size, measured by a process of its own: its row.
fn measured_by_a_child(program: &Path, (products, warehouses, days): (usize, usize, u32)) -> Result<String, String> {
    let size = format!("{products} {warehouses} {days}");
    let output = Command::new(program).env(CHILD, size).stderr(Stdio::inherit()).output().map_err(|e| e.to_string())?;
    if !output.status.success() {
        return Err(output.status.to_string());
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

/// Products, warehouses and days from three words.
fn size_of<T: AsRef<str>>(mut words: impl Iterator<Item = T>) -> Option<(usize, usize, u32)> {
    let mut number = || words.next()?.as_ref().parse().ok();
    Some((number()?, number()?, number()? as u32))
}

/// Measures one size and prints its row. A line a day and product in the mean, so that sizes are alike but for their size.
fn measure((products, warehouses, days): (usize, usize, u32)) {
    let size = Size { products, warehouses, orders_per_day: products as f64 / LINES, days };
    let (model, loading) = timed(|| size.model());
    let (plan, compile) = timed(|| Plan::new(&model));
    let mut fill = 0.0;
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let (filled, seconds) = timed(|| replication(&model, &plan));
            fill = filled;
            seconds
        })
        .collect();
    let median = median(&mut seconds);
    let peak = resident("VmHWM:");
    // Counting comes last: it is told step by step, and what that keeps is not part of the peak.
    let mut work = Work::default();
    plan.run(0, &mut work).expect("all of it can be counted");
    let lines = work.lines as f64;
    println!(
        "| {products} | {warehouses} | {days} | {} | {loading:.2} s | {compile:.2} s | {median:.2} s | {:.0} | {:.1} | {:.1} % | {:.3} | {} |",
        work.lines,
        median / lines * 1e9,
        lines / median / 1e6,
        fill * 100.0,
        work.purchase_orders as f64 / lines,
        peak.map_or("–".into(), |kib| kib.to_string()),
    );
}

/// One replication with all measures; the share of lines filled at once.
fn replication(model: &Model, plan: &Plan<'_>) -> f64 {
    let mut tally = Tally::new(model);
    plan.run(0, &mut tally).expect("all of it can be counted");
    let outcome = tally.into_outcome();
    outcome.total.lines_filled as f64 / outcome.total.lines as f64
}

/// A figure of this process's resident memory in KiB, where the system tells it: now (`VmRSS:`), or at most (`VmHWM:`).
fn resident(figure: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(figure))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
