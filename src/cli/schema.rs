//! `schema`: the JSON Schema of scenario files, of study files, or of baselines.

use clap::{Args, ValueEnum};

use super::console;
use super::failure::Failure;
use crate::scenario;

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// Of which files
    #[arg(value_name = "KIND", default_value = "scenario")]
    kind: Kind,
}

/// Kinds of files.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Scenario files
    Scenario,
    /// Study files, for `sweep`
    Study,
    /// Baseline files, for `check`
    Baseline,
}

/// Prints the schema.
pub(super) fn schema(args: &SchemaArgs) -> Result<(), Failure> {
    let schema = match args.kind {
        Kind::Scenario => scenario::json_schema(),
        Kind::Study => scenario::study_json_schema(),
        Kind::Baseline => scenario::baseline_json_schema(),
    };
    console::data(&format!("{schema:#}\n"))
}
