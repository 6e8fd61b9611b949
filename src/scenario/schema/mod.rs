//! The format of a scenario file: every table and key, with its meaning, unit and default.
//!
//! Tables whose values the model holds as they stand are declared with it, in [`domain::settings`](crate::domain::settings); the
//! others here. From them come the JSON Schema that editors use, the page of keys, the list of keys that unknown ones are compared
//! with, and the defaults, so that schema and reader cannot disagree.

mod baseline;
mod classes;
mod defaults;
mod events;
mod homes;
mod json;
mod market;
mod network;
mod page;
mod promise;
mod report;
mod scenario;
mod script;
mod shape;
mod study;
mod tune;

pub use baseline::BASELINE;
pub use classes::CUSTOMER_CLASS;
pub use defaults::default_of;
pub use events::EVENT;
pub use homes::{homes_of, table_of_words};
#[cfg(test)]
pub use json::as_toml;
pub use json::{baseline_json_schema, example, json_schema, study_json_schema};
pub use market::*;
pub use network::*;
pub use page::keys_page;
pub use promise::{PROMISE, PROMISE_ROW};
pub use report::{LEVER, MOST_LEVERS, REPORT};
pub use scenario::*;
pub use script::*;
pub use shape::{BASKET, BURSTS, SHAPE};
pub use study::*;
pub use tune::*;
