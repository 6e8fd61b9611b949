//! Builds a scenario in code, looks at the model, and runs it with two levels of stock.
//!
//! ```text
//! cargo run --release --example build_in_code
//! ```

use backorder::domain::Span;
use backorder::experiment::{Settings, replicate};
use backorder::files::{Row, Scenario, ScenarioBuilder};
use backorder::measures::Metric;
use backorder::stats::Estimate;
use std::error::Error;

pub fn main() -> Result<(), Box<dyn Error>> {
    for order_up_to in [5, 8] {
        println!("up to {order_up_to}: {:.3} of the units from the shelf", fill_rate(order_up_to)?);
    }
    // What was built can be kept, and run by the command line.
    println!("\n{}", shop(5).to_toml());
    Ok(())
}

/// One product, bought back one for one: base stock, whose fill rate is known exactly.
pub fn shop(order_up_to: i32) -> ScenarioBuilder {
    let lane = Row::new().with("parcel_cost", 5.0).with("transit", Span::from_days(2));
    let levels = Row::new().with("policy", "base-stock").with("order_up_to", order_up_to);
    Scenario::build("base stock in code")
        .set("run.horizon", Span::from_days(2_000))
        .set("run.warm_up", Span::from_days(40))
        .set("run.replications", 40)
        .zone("home")
        .warehouse("boise")
        .lane("boise", "home", lane)
        .vendor(Row::of("acme").with("lead_time", Span::from_days(2)))
        .product(Row::of("whey").with("vendor", "acme"))
        .set("demand.orders_per_day", 1.5)
        .set("replenishment", levels)
        .set("customers.keep_when_backordered", 1.0)
        .set("rules.cancellation.after", "never")
}

/// The share of the units asked for that were on the shelf.
pub fn fill_rate(order_up_to: i32) -> Result<Estimate, Box<dyn Error>> {
    let model = shop(order_up_to).model()?;
    assert_eq!(model.products()[0].id, "whey");
    let results = replicate(&model, &Settings::default())?;
    Ok(*results.estimate(Metric::UnitFillRate).ok_or("nobody asked for anything")?)
}
