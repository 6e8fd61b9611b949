//! Compares a scenario with a changed one on the same customers and lead times, and prints which measures differ.
//!
//! ```text
//! cargo run --release --example compare_two
//! ```

use backorder::experiment::{Alternative, Comparison, Judging, Settings, compare};
use backorder::files::Scenario;
use backorder::measures::Metric;
use std::error::Error;

pub fn main() -> Result<(), Box<dyn Error>> {
    let comparison = shorter_lead_times()?;
    println!("{} against {}", comparison.names[1], comparison.names[0]);
    for difference in &comparison.contrasts[0] {
        if let (Some(estimate), Some(judged)) = (&difference.estimate, &difference.judged) {
            println!("{:<50}{estimate:.4}, {}", difference.metric.definition().label, judged.conclusion);
        }
    }
    Ok(())
}

/// Lead times of one day instead of two, on average.
pub fn shorter_lead_times() -> Result<Comparison, Box<dyn Error>> {
    let scenario =
        Scenario::open("scenarios/theory/palm-exponential.toml")?.set("run.horizon", "1y").set("run.replications", 20);
    let shorter = scenario.clone().set("vendors.0.lead_time", "{ exponential = { mean = \"1d\" } }");
    let alternative = |name: &str, scenario: &Scenario| -> Result<Alternative, Box<dyn Error>> {
        Ok(Alternative { name: name.to_string(), changes: String::new(), model: scenario.model()? })
    };
    let alternatives = [alternative("two days", &scenario)?, alternative("one day", &shorter)?];
    // The verdicts on these three hold together, and a change of half a percentage point does not matter.
    let judging = Judging {
        metrics: vec![Metric::UnitFillRate, Metric::BackordersMeanUnits, Metric::OnHandMeanUnits],
        indifference: vec![(Metric::UnitFillRate, 0.005)],
    };
    Ok(compare(&alternatives, &Settings::default(), &judging, &[])?)
}
