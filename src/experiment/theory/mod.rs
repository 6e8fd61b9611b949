//! Agreement with theory: simulated measures beside exact ones, judged by their own intervals.

mod cases;
mod judge;

pub use cases::{Case, Exact};
pub use judge::{Finding, Judgement, NEAR};

use super::Results;
use crate::domain::{DAY, Model, Replications, Span};

/// How much the short form cuts off: it is a fortieth as long.
const SHORT: i64 = 40;

/// Cuts a scenario to a fortieth: its horizon, or its replications where a short horizon is the point of the case.
pub fn shorten(model: &mut Model) {
    if model.run.horizon > Span::from_days(10 * 365) {
        // Whole weeks, because reviews and demand of some cases follow the week.
        model.run.horizon = Span::from_days(model.run.horizon.0 / DAY / SHORT / 7 * 7);
    } else {
        model.run.replications = Replications::Fixed(60);
    }
}

/// What a scenario of a case gave, beside what is known.
///
/// # Errors
/// A measure of which nothing was measured: the scenario has nothing of the kind.
pub fn findings(case: &Case, scenario: &str, results: &Results) -> Result<Vec<Finding>, String> {
    let finding = |value: &Exact| {
        let name = value.metric.name();
        let estimate =
            results.estimate(value.metric).ok_or_else(|| format!("{scenario}: nothing was measured for {name}"))?;
        // What must be equal needs no interval.
        let half_width = match estimate.half_width {
            None if !value.equals => {
                return Err(format!("{scenario}: {name} was measured in one replication, which gives no interval"));
            }
            half_width => half_width.unwrap_or(0.0),
        };
        Ok(Finding {
            scenario: scenario.to_string(),
            metric: name.to_string(),
            exact: value.exact,
            equals: value.equals,
            mean: estimate.mean,
            half_width,
            replications: estimate.replications,
        })
    };
    case.values.iter().map(finding).collect()
}
