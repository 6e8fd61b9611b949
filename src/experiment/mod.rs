//! Experiments: replications in parallel, folded in order, and the estimates made of them.
//!
//! A result depends on the model alone. Replications may run on any number of threads and end in any order; they are
//! folded in the order of their numbers, so the bytes of a result are the same however it was computed.

mod best;
pub mod check;
mod compare;
#[cfg(test)]
mod compare_tests;
mod contrast;
mod control_variates;
mod design;
mod error;
mod events;
mod fold;
mod gate;
mod parallel;
mod planned;
mod plans;
mod replicate;
mod results;
mod rows;
mod rule_worth;
mod runner;
#[cfg(test)]
mod runner_tests;
mod sequential;
mod settings;
mod sweep;
pub mod theory;
pub mod tune;
mod warm_up;
mod welch;
#[cfg(test)]
mod whole_tests;

pub use best::{Best, Claim};
pub use compare::{Alternative, Comparison, MAX_COMPARED, compare, letter};
pub use contrast::{Conclusion, Difference, HEADLINE, Judged, Judging};
pub use design::{Design, Step};
pub use error::RunError;
pub use events::{EventFigure, EventResult};
pub use gate::{Gate, GateResult, GateVerdict, Gates, Relation, overall};
pub use planned::{kept_note, kept_stock, planned};
pub use replicate::{replicate, replicate_observed, replicate_watched};
pub use results::{Cell, Results, Table};
pub use rows::{Estimates, PromiseResult, Row};
pub use rule_worth::{Measured, RuleWorth, WORTH, rule_worth};
pub use runner::{Ended, Finished, Runner, Task};
pub use sequential::Precision;
pub use settings::{Progress, Settings};
pub use sweep::{
    Answer, Change, Figure, Front, Goal, Look, Neighbours, SWEPT, Seek, Side, Sought, Sweep, SweepAxis, SweepCell,
    SweepFold, SweepPlan, seek,
};
pub use warm_up::WarmUpFinding;
pub use welch::Welch;
