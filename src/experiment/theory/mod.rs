//! Agreement with theory: simulated measures beside exact ones, judged by their own intervals.

mod cases;
mod judge;

pub use cases::{Case, Exact};
pub use judge::{FAR, Finding, Judgement, MANY, NEAR, Spread};

use super::Results;
use super::results::Cell;
use crate::domain::{DAY, Model, Replications, Span};
use crate::measures::Metric;

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
/// A measure of which nothing was measured: the scenario has nothing of the kind, or no such class of customers.
pub fn findings(case: &Case, scenario: &str, results: &Results) -> Result<Vec<Finding>, String> {
    let finding = |value: &Exact| {
        let name = match &value.class {
            Some(class) => format!("{} of {class}", value.metric.name()),
            None => value.metric.name().to_string(),
        };
        let measured = match &value.class {
            Some(class) => of_class(results, class, value.metric),
            None => results.estimate(value.metric).map(|estimate| (estimate.mean, estimate.half_width)),
        };
        let (mean, half_width) = measured.ok_or_else(|| format!("{scenario}: nothing was measured for {name}"))?;
        // What must be equal needs no interval.
        let half_width = match half_width {
            None if !value.equals => {
                return Err(format!("{scenario}: {name} was measured in one replication, which gives no interval"));
            }
            half_width => half_width.unwrap_or(0.0),
        };
        Ok(Finding {
            scenario: scenario.to_string(),
            metric: name,
            exact: value.exact,
            equals: value.equals,
            mean,
            half_width,
            replications: results.rows.len(),
        })
    };
    case.values.iter().map(finding).collect()
}

/// A measure of a class of customers, with the half-width of its interval.
fn of_class(results: &Results, class: &str, metric: Metric) -> Option<(f64, Option<f64>)> {
    let table = &results.by_class;
    let row = table.ids.iter().position(|id| id == class)?;
    let column = table.columns.iter().position(|column| column.metric == metric)?;
    let Cell { estimate, half_width } = table.row(row)[column];
    Some((estimate?, half_width))
}
