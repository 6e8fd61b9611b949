//! How a setting is declared: in one place, with its key, what may stand there, its default, its meaning and its sentence.
//!
//! A declaration made with [`settings!`] becomes the struct that the [`Model`](super::Model) holds, its `Default`, and a [`Table`]
//! that everything else follows: the reader of scenario files and of `--set`, the JSON Schema, `docs/scenario-keys.md`, the sentences
//! of the inputs page, and whether a setting makes a run random. An enum whose variants are words of the scenario file is declared
//! with [`words!`].
//!
//! ```
//! use backorder::domain::settings::{Presence, Settings};
//! use backorder::domain::{Granularity, SplitRule};
//!
//! assert_eq!(SplitRule::default(), SplitRule { ship_available: 0.95, granularity: Granularity::Line });
//! let key = SplitRule::TABLE.key("ship_available").unwrap();
//! assert_eq!((key.kind.in_words, key.presence), ("a share, 0 to 1", Presence::Default("0.95")));
//! ```

mod calendar;
mod capacity;
mod classes;
mod costs;
mod currency;
mod customers;
pub(crate) mod declare;
mod demand;
pub mod kinds;
mod network;
mod promise;
mod replenishment;
mod report;
mod rules;
mod setting;
mod shipping;
mod sourcing;
mod table;
mod value;
mod vendors;

pub use calendar::{Clock, DayOff, DaysOff, FirstDay, Hours, PickOrder, WEEKDAYS, WeekDays, clock_in_words};
pub use capacity::{CAPACITY, Capacity};
pub use classes::{ClassRef, ClassRefs};
pub use costs::{CostRates, Promises};
pub use currency::Currency;
pub use customers::{ContactHabit, Customers, Wish};
pub use demand::Resample;
pub use network::StockOfClosed;
pub use promise::{Promised, Restock, Weekday};
pub use replenishment::*;
pub use report::LeverName;
pub use rules::*;
pub use setting::{Row, Setting, Settings, Words};
pub use shipping::Shipping;
pub use sourcing::{SourcingPolicy, SourcingSettings};
pub use table::{Entries, Key, Kind, Notation, Presence, Quantity, Range, Shape, Table};
pub use tune::Procedure;
pub use value::Value;
pub use vendors::{
    Arrives, BelowMinimum, Disruption, Expedite, ExpediteWhen, ORDER_MINIMUM, OrderMinimum, OrderTerms, PlannedTime,
    Vendor,
};

#[cfg(test)]
mod tests;
mod tune;
