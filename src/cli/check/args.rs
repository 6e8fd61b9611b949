//! What `check` is asked for.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::super::options::{FileArgs, parse_jobs};
use super::outputs::OutputArgs;
use crate::scenario::{self, Baseline};

/// Examples in the help of `check`.
pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  backorder check
  backorder check --quick --markdown check.md --junit check.xml
  backorder check ci/baselines --mode statistical
  backorder check --update && git diff --no-index old.json old.json.new
  backorder check --accept";

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    /// Folders of baselines, with those below them, or single ones
    #[arg(value_name = "DIR", default_value = "benches/baselines")]
    pub(super) paths: Vec<PathBuf>,
    /// Only the quick baselines
    #[arg(long)]
    pub(super) quick: bool,
    /// Judge all baselines so, whatever they say themselves
    #[arg(long, value_name = "MODE")]
    pub(super) mode: Option<Mode>,
    /// Other customers and lead times than those stored, which are then not paired: what chance alone can do
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Write what is new beside what is stored, as .new files to look at
    #[arg(long)]
    pub(super) update: bool,
    /// Take over the .new files, without running anything
    #[arg(long, conflicts_with_all = ["update", "quick", "mode", "seed"])]
    pub(super) accept: bool,
    #[command(flatten)]
    pub(super) outputs: OutputArgs,
    /// How many threads; all cores when left out. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    pub(super) jobs: Option<usize>,
    #[command(flatten)]
    pub(super) files: FileArgs,
}

/// How to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Mode {
    /// Equal to the byte
    Exact,
    /// No difference that is certain and matters
    Statistical,
}

impl From<Mode> for scenario::Mode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Exact => Self::Exact,
            Mode::Statistical => Self::Statistical,
        }
    }
}

impl CheckArgs {
    /// How a baseline is judged: as the command line says, else as it says itself.
    pub(super) fn mode_of(&self, baseline: &Baseline) -> scenario::Mode {
        self.mode.map_or(baseline.mode, scenario::Mode::from)
    }
}
