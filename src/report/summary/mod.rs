//! Results as they are kept and read again: the content of `summary.json`, written and read back by the same types, so that
//! a report is a function of the files alone. Verdicts are values here; their words stand in the files.

mod comparison;
mod difference;
mod events;
mod figures;
mod gate;
mod kept;
pub(super) mod names;
mod rule_worth;
mod run;
mod waiting;

pub use comparison::{BestClaim, BestSummary, Compared, ComparisonSummary, Contrast, ScenarioSummary};
pub use difference::DifferenceSummary;
pub use events::{EventSummary, OnDays};
pub use figures::{Figures, Reading};
pub use gate::GateSummary;
pub use kept::Kept;
pub use names::{ByName, Few, Named, Names};
pub use rule_worth::{RuleSummary, RuleWorthSummary};
pub use run::{ControlVariates, Firings, Measure, Narrowed, PrecisionSummary, PromiseSummary, Summary};
pub use waiting::WaitingSummary;
