//! Time and memory of one replication with all measures, for 1,000, 10,000 and 100,000 products.
//!
//! Each size runs in a process of its own, so that the peak of resident memory (`VmHWM` of Linux) is that size's alone.
//! Times are those that the thread spent on a processor, where the system tells them (Linux again), so that what else
//! runs on the machine disturbs them less. A size can be named: `cargo bench --bench growth -- 1000`. What was measured
//! is in `docs/speed.md`.

mod scenario;

use std::process::{Command, ExitCode};
use std::time::Instant;

use backorder::domain::{Model, SimTime};
use backorder::engine::{Observer, Occurrence, Plan};
use backorder::observe::Tally;
use backorder::scenario::{Files, load};

/// The numbers of products.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// Measured replications of each size; the median is told.
const RUNS: u32 = 3;
/// Says to a process of ours that it is to measure one size.
const CHILD: &str = "BACKORDER_GROWTH_PRODUCTS";

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        Err(format!("{relative_path}: the benchmark's scenario has no tables"))
    }
}

/// Counts what the figures are divided by.
#[derive(Default)]
struct Work {
    lines: u64,
    purchase_orders: u64,
}

impl Observer for Work {
    #[inline(always)]
    fn observe(&mut self, _now: SimTime, what: Occurrence<'_>) {
        match what {
            Occurrence::LineAsked { .. } => self.lines += 1,
            Occurrence::ReplenishmentOrdered { .. } => self.purchase_orders += 1,
            _ => {}
        }
    }
}

fn main() -> ExitCode {
    if let Some(products) = std::env::var(CHILD).ok().and_then(|text| text.parse().ok()) {
        measure(products);
        return ExitCode::SUCCESS;
    }
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    let Ok(program) = std::env::current_exe() else {
        eprintln!("the benchmark does not know where it stands");
        return ExitCode::FAILURE;
    };
    println!(
        "| products | pairs | lines | load | plan | replication | ns a line | M lines/s | fill | purchase orders a line | peak memory |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for products in sizes {
        match Command::new(&program).env(CHILD, products.to_string()).status() {
            Ok(status) if status.success() => {}
            Ok(status) => {
                eprintln!("{products} products: {status}");
                return ExitCode::FAILURE;
            }
            Err(error) => {
                eprintln!("{products} products: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

/// Measures one size and prints its row.
fn measure(products: usize) {
    let text = scenario::text(products);
    let (model, loading) = timed(|| match load("growth", &text, &NoFiles, &[]) {
        Ok(loaded) => loaded.model,
        Err(diagnostics) => panic!("{diagnostics}"),
    });
    let (plan, compile) = timed(|| Plan::new(&model));
    let mut work = Work::default();
    plan.run(0, &mut work);
    let mut fill = 0.0;
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let (filled, seconds) = timed(|| replication(&model, &plan));
            fill = filled;
            seconds
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let median = seconds[seconds.len() / 2];
    let pairs = products * model.warehouses.len();
    let lines = work.lines as f64;
    println!(
        "| {products} | {pairs} | {} | {loading:.2} s | {compile:.2} s | {median:.2} s | {:.0} | {:.1} | {:.1} % | {:.3} | {} |",
        work.lines,
        median / lines * 1e9,
        lines / median / 1e6,
        fill * 100.0,
        work.purchase_orders as f64 / lines,
        peak_memory().map_or("–".into(), |mebibytes| format!("{mebibytes} MB")),
    );
}

/// One replication with all measures; the share of lines filled at once.
fn replication(model: &Model, plan: &Plan<'_>) -> f64 {
    let mut tally = Tally::new(model);
    plan.run(0, &mut tally);
    let outcome = tally.into_outcome();
    outcome.total.lines_filled as f64 / outcome.total.lines as f64
}

/// What a computation gives, and the seconds it took.
fn timed<T>(run: impl FnOnce() -> T) -> (T, f64) {
    let (clock, processor) = (Instant::now(), on_a_processor());
    let result = run();
    let wall = clock.elapsed().as_secs_f64();
    (result, on_a_processor().zip(processor).map_or(wall, |(end, start)| end - start))
}

/// Seconds that this thread has spent on a processor so far, where the system tells it.
fn on_a_processor() -> Option<f64> {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = statistics.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

/// The most memory this process has had at once, in MB of 2²⁰ bytes, where the system tells it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes / 1024)
}
