//! Renderers: from [`Results`] to text, csv and json, as strings. Whoever calls writes them.

mod comparison;
mod comparison_files;
mod definitions;
#[cfg(test)]
mod fixture;
mod gates;
mod number;
mod summary;
mod tables;
mod text;
mod worth;

pub use comparison::comparison_text;
pub use comparison_files::{comparison_files, comparison_json, rule_worth_files, rule_worth_json};
pub use definitions::{definitions_markdown, definitions_text};
pub use summary::summary_json;
pub use tables::{daily_csv, replications_csv, table_csv, warm_up_csv};
pub use text::text;
pub(crate) use text::wrapped;
pub use worth::rule_worth_text;

use crate::experiment::Results;

/// The files of a result folder that follow from the results alone: name and content, in the order in which they are
/// best read.
pub fn files(results: &Results) -> Vec<(&'static str, String)> {
    let mut files = vec![
        ("summary.json", summary_json(results)),
        ("replications.csv", replications_csv(results)),
        ("daily.csv", daily_csv(results)),
        ("by_product.csv", table_csv(&results.by_product)),
        ("by_warehouse.csv", table_csv(&results.by_warehouse)),
        ("by_vendor.csv", table_csv(&results.by_vendor)),
        ("by_zone.csv", table_csv(&results.by_zone)),
    ];
    if let Some(finding) = &results.warm_up_finding {
        files.push(("warm_up.csv", warm_up_csv(finding)));
    }
    files
}
