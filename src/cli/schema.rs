//! `schema`: the JSON Schema of scenario files.

use super::console;
use super::failure::Failure;
use crate::scenario;

/// Prints the schema.
pub(super) fn schema() -> Result<(), Failure> {
    console::data(&format!("{:#}\n", scenario::json_schema()))
}
