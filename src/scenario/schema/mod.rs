//! The format of a scenario file: every table and key, with its meaning, unit and default.
//!
//! The structs here are descriptions, never built. From them come the JSON Schema that editors use, the list of keys
//! that unknown ones are compared with, and the defaults: a key that a scenario leaves out is read as if the default
//! stated here stood in the file, so that schema and reader cannot disagree.

#![expect(dead_code, reason = "the structs describe the file; they are read by schemars, not built")]

mod catalogue;
mod declared;
mod market;
mod network;
mod scenario;
mod script;
mod settings;
mod study;
mod tune;
mod values;

#[cfg(test)]
pub use catalogue::as_toml;
pub use catalogue::{Catalogue, Definition};
pub use declared::Declared;
pub use market::*;
pub use network::*;
pub use scenario::*;
pub use script::*;
pub use settings::*;
pub use study::*;
pub use tune::*;
pub use values::*;

/// The JSON Schema of a scenario file, complete with defaults and descriptions.
pub fn json_schema() -> serde_json::Value {
    let generator = schemars::generate::SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<Scenario>();
    schema.insert("title".into(), "A backorder scenario".into());
    schema.to_value()
}

/// The JSON Schema of a study file.
pub fn study_json_schema() -> serde_json::Value {
    let generator = schemars::generate::SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<Study>();
    schema.insert("title".into(), "A backorder study".into());
    schema.to_value()
}
