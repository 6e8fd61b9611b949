//! Runs a scenario file and prints a few measures with their 95 % intervals.
//!
//! ```text
//! cargo run --release --example run_a_file -- scenarios/superstore.toml
//! cargo run --release --example run_a_file -- scenarios/superstore.toml --json > summary.json
//! ```

use backorder::experiment::{Settings, replicate};
use backorder::files::Scenario;
use backorder::measures::Metric;
use backorder::report::{Kept, Summary};
use std::error::Error;

pub fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let file = arguments.next().unwrap_or_else(|| "scenarios/rules/partial-split.toml".to_string());
    run(&file, std::env::args().any(|argument| argument == "--json"))
}

pub fn run(file: &str, json: bool) -> Result<(), Box<dyn Error>> {
    // Everything that is wrong with a scenario is told at once, with file, line and remedy.
    let model = Scenario::open(file)?.set("run.replications", 20).model()?;
    let results = replicate(&model, &Settings::default())?;
    if json {
        print!("{}", Summary::from(&results).to_json());
        return Ok(());
    }
    println!("{}: {} replications", results.scenario, results.replications());
    for metric in [Metric::OrderFillRate, Metric::BackorderWaitDaysMean, Metric::CostPerOrder] {
        match results.estimate(metric) {
            Some(estimate) => println!("{:<50}{estimate:.3}", metric.definition().label),
            None => println!("{:<50}nothing happened that it is about", metric.definition().label),
        }
    }
    Ok(())
}
