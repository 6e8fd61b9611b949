//! Observers of a replication: what is made of the occurrences that the engine states.

mod tally;
mod tally_daily;
mod tally_level;
mod tally_outcome;
mod tally_parts;
#[cfg(test)]
mod tally_tests;

pub use tally::Tally;
pub use tally_daily::DayRow;
pub use tally_outcome::Outcome;
