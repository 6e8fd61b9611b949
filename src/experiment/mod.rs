//! Experiments: replications in parallel, folded in order, and the estimates made of them.
//!
//! A result depends on the model alone. Replications may run on any number of threads and end in any order; they are
//! folded in the order of their numbers, so the bytes of a result are the same however it was computed.

mod best;
mod compare;
#[cfg(test)]
mod compare_tests;
mod contrast;
mod error;
mod fold;
mod gate;
mod known;
mod parallel;
mod replicate;
mod results;
mod sequential;
pub mod theory;
pub mod tune;
mod warm_up;
#[cfg(test)]
mod whole_tests;
mod worth;

pub use best::{Best, Claim};
pub use compare::{Comparison, Contender, MOST_COMPARED, compare, letter};
pub use contrast::{Difference, HEADLINE, Judged, Judging, Standing};
pub use error::RunError;
pub use gate::{Gate, GateResult, GateVerdict, Gates, Relation, overall, parse_value};
pub use replicate::{Settings, replicate, replicate_watched};
pub use results::{CONFIDENCE, Cell, PromiseResult, Results, Row, Table};
pub use sequential::{Precision, nearest};
pub use warm_up::{WarmUpFinding, Welch};
pub use worth::{Measured, RuleWorth, WORTH, rule_worth};
