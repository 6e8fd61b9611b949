//! The tally: the observer that counts what the measures are made of.
//!
//! It is called for every occurrence of tens of millions of lines a second, so it allocates nothing, hashes nothing and
//! keeps each count once, at the finest place where it is wanted; what is coarser is added up when the run is over.
//! Integrals over time are kept as moments (see [`level`]), so a level that does not change costs nothing.
//!
//! [`observer`] counts occurrences one by one, [`at_once`] orders that are told as a whole, which nearly all are;
//! [`outcome`] is what a replication added up to. [`parts`] and [`phase`] hold what is counted by product, warehouse, vendor and
//! phase, [`prices`] what events make of unit costs and prices, [`promises`] what was promised, [`stock`] what lies on shelves, [`daily`] the series of days, [`shapes`] the distributions.

mod at_once;
mod daily;
mod docks;
mod level;
mod observer;
mod outcome;
mod parts;
mod phase;
mod prices;
#[cfg(test)]
mod promise_tests;
mod promises;
#[cfg(test)]
mod purchase_tests;
mod shapes;
mod stock;
#[cfg(test)]
mod tests;
mod vendors;

pub use daily::DayRow;
pub use observer::Tally;
pub use outcome::Outcome;
pub use shapes::{Ending, PARCEL_BINS, Shapes, WAIT_BINS};
