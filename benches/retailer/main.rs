//! The whole retailer on one core: 10 warehouses, 10,000 products, 30 zones, 10,000 orders a day, every rule on; beside two
//! floors: a bare loop that makes the same draws and touches the same stock cells, and one that also tells the engine's measures
//! of orders, purchase orders and receipts. In turn, so that what else the machine
//! does falls on all of them; medians and ratios are printed.

mod floor;
#[path = "../network/mod.rs"]
mod network;

use backorder::engine::Plan;
use backorder::observe::Tally;
use backorder::rules::Rule;
use network::timed;

/// Measured runs of each program.
const RUNS: usize = 5;

fn main() {
    let size = network::Size { products: 10_000, warehouses: 10, orders_per_day: 10_000.0, days: 180 };
    let model = size.model();
    let plan = Plan::new(&model);
    let mut work = network::Work::default();
    plan.run(0, &mut work).expect("all of it can be counted");
    let floor = floor::Floor::new(&model, &plan);
    let [mut loops, mut told, mut bare, mut full] = [const { Vec::new() }; 4];
    let mut firings = [0; Rule::ALL.len()];
    for _ in 0..RUNS {
        let (lines, seconds) = timed(|| floor.run(0));
        loops.push(seconds / lines as f64);
        let (lines, seconds) = timed(|| {
            let mut tally = Tally::new(&model);
            let lines = floor.run_told(0, &mut tally);
            std::hint::black_box(tally.into_outcome());
            lines
        });
        told.push(seconds / lines as f64);
        let (ran, seconds) = timed(|| plan.run(0, &mut ()));
        ran.expect("all of it can be counted");
        bare.push(seconds / work.lines as f64);
        let (outcome, seconds) = timed(|| {
            let mut tally = Tally::new(&model);
            plan.run(0, &mut tally).expect("all of it can be counted");
            tally.into_outcome()
        });
        full.push(seconds / work.lines as f64);
        firings = outcome.firings;
    }
    let share = |part: u64| part as f64 / work.lines as f64;
    println!("the whole retailer, one core, medians of {RUNS} interleaved runs");
    println!(
        "{:.1} % of {} lines filled at once, {:.1} % from abroad, {:.3} purchase orders a line",
        100.0 * share(work.filled),
        work.lines,
        100.0 * share(work.international),
        share(work.purchase_orders)
    );
    println!("{:<44}{:>12}{:>12}{:>10}{:>12}", "", "ns a line", "M lines/s", "of floor", "of second");
    let (per_line, per_line_told) = (network::median(&mut loops), network::median(&mut told));
    for (name, median) in [
        ("floor: the same draws and stock cells", per_line),
        ("second floor: and tells the measures of it", per_line_told),
        ("engine, nobody watching", network::median(&mut bare)),
        ("engine, all measures", network::median(&mut full)),
    ] {
        println!(
            "{name:<44}{:>12.1}{:>12.2}{:>10.2}{:>12.2}",
            median * 1e9,
            1e-6 / median,
            per_line / median,
            per_line_told / median
        );
    }
    println!("\nfirings of each rule");
    for rule in Rule::ALL {
        println!("{:<24}{:>12}", rule.id(), firings[rule as usize]);
    }
}
