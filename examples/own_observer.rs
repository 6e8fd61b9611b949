//! A measure of one's own: the longest that any customer waited for a backordered line, with an interval over replications.
//!
//! An observer is told of everything that happens in a replication, in order. It is chosen at compile time, so that what
//! it does not look at costs nothing.
//!
//! ```text
//! cargo run --release --example own_observer
//! ```

use backorder::domain::{SimTime, Span};
use backorder::engine::{Observer, Occurrence};
use backorder::experiment::{Settings, replicate_observed};
use backorder::files::Scenario;
use backorder::stats::{Estimate, t_interval};
use std::error::Error;

/// The longest wait of a replication.
struct LongestWait(Span);

impl Observer for LongestWait {
    fn observe(&mut self, _now: SimTime, what: Occurrence<'_>) {
        if let Occurrence::LineCovered { waited, .. } = what {
            self.0 = self.0.max(waited);
        }
    }
}

pub fn main() -> Result<(), Box<dyn Error>> {
    println!("longest wait in a year, days: {:.1}", longest_wait()?);
    Ok(())
}

pub fn longest_wait() -> Result<Estimate, Box<dyn Error>> {
    let scenario = Scenario::open("scenarios/theory/palm-exponential.toml")?;
    let model = scenario.set("run.horizon", "1y").set("run.replications", 20).model()?;
    let settings = Settings::default().with_progress(|done, wanted| {
        if done == wanted {
            eprintln!("{done} replications");
        }
    });
    let (_results, observers) = replicate_observed(&model, &settings, |_, _| LongestWait(Span::ZERO))?;
    let days: Vec<f64> = observers.iter().map(|observer| observer.0.days()).collect();
    Ok(t_interval(&days, 0.95).expect("there are replications"))
}
