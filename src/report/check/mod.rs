//! `check` in writing: the data that a baseline stores, and what is said of it when it is held against the present.

mod annotations;
mod decided;
mod document;
mod junit;
mod made;
mod sarif;
mod stored;
mod summary;
#[cfg(test)]
mod tests;
mod words;

pub use annotations::annotations;
pub use decided::{DecisionMoved, decisions_csv, decisions_moved, is_of_decisions};
pub use document::{check_document, check_markdown};
pub use junit::junit;
pub use made::{Checker, Decided};
pub use sarif::sarif;
pub use stored::{Stored, is_of_baseline};
pub use summary::{
    BaselineSummary, CellSummary, CheckSummary, FirstEventSummary, MeasureMoved, PartingSummary, RuleMoved,
};

/// The title of every such document.
pub const CHECK_TITLE: &str = "backorder check";
