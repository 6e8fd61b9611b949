//! The whole retailer on one core.

#[path = "../network/mod.rs"]
mod network;

use backorder::engine::Plan;
use backorder::observe::Tally;
use backorder::rules::Rule;
use network::timed;

fn main() {
    let arg = |at: usize, default: u32| std::env::args().filter_map(|a| a.parse().ok()).nth(at).unwrap_or(default);
    let size = network::Size { products: 10_000, warehouses: 10, orders_per_day: 10_000.0, days: arg(1, 180) };
    let model = size.model();
    let plan = Plan::new(&model);
    let mut work = network::Work::default();
    plan.run(0, &mut work);
    println!("{work:?}");
    println!(
        "fill {:.1} %, international {:.1} %, purchase orders a line {:.3}",
        100.0 * work.filled as f64 / work.lines as f64,
        100.0 * work.international as f64 / work.lines as f64,
        work.purchase_orders as f64 / work.lines as f64
    );
    let runs: u32 = arg(0, 3);
    for _ in 0..runs {
        let (outcome, full) = timed(|| {
            let mut tally = Tally::new(&model);
            plan.run(0, &mut tally);
            tally.into_outcome()
        });
        let ((), bare) = timed(|| plan.run(0, &mut ()));
        println!(
            "all measures {:.1} ns a line, bare {:.1} ns a line",
            full / work.lines as f64 * 1e9,
            bare / work.lines as f64 * 1e9
        );
        if runs == 1 {
            for rule in Rule::ALL {
                println!("{} {}", rule.id(), outcome.firings[rule as usize]);
            }
        }
    }
}
