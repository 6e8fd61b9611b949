//! Options that several commands share.

use std::path::PathBuf;

use clap::Args;

use crate::measures::Metric;
use crate::scenario::{Override, Setting, shorthands};

/// How to answer.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Output {
    /// Answer in JSON on standard output
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Print nothing but errors (with --json: nothing but the JSON and errors)
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

/// Which files a scenario may read.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct FileArgs {
    /// Let the scenario read files below this folder too, not only below its own; may be repeated
    #[arg(long = "allow-files", value_name = "DIR")]
    pub(super) allow: Vec<PathBuf>,
}

/// A scenario, with changes.
#[derive(Clone, Debug, Args)]
pub(super) struct ScenarioArgs {
    /// The scenario file (TOML)
    #[arg(value_name = "SCENARIO")]
    pub(super) file: PathBuf,
    /// Change a setting of the scenario, e.g. --set rules.split.ship_available=0.9; may be repeated
    #[arg(long, value_name = "PATH.TO.KEY=VALUE", value_parser = Override::parse)]
    pub(super) set: Vec<Override>,
    /// Seed of every random stream, instead of the scenario's
    #[arg(long)]
    pub(super) seed: Option<u64>,
    /// Plan levels anew for whatever --set changes; else a changed lead time, say, meets the levels planned without it
    #[arg(long)]
    pub(super) replan: bool,
    #[command(flatten)]
    pub(super) files: FileArgs,
}

impl ScenarioArgs {
    /// All changes to the scenario, the shorthands included.
    pub(super) fn settings(&self, replications: Option<u32>) -> Vec<Setting> {
        let mut all: Vec<Setting> = self.set.iter().cloned().map(Setting::from).collect();
        all.extend(shorthands(self.seed, replications, self.replan));
        all
    }
}

/// Reads a number of threads.
pub(super) fn parse_jobs(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("a whole number of threads, at least 1".to_string()),
        Ok(jobs) => Ok(jobs),
    }
}

/// Reads the name of a measure.
pub(super) fn parse_metric(name: &str) -> Result<Metric, String> {
    let name = name.trim();
    let nearest = || Metric::nearest(name).name();
    Metric::from_name(name)
        .ok_or_else(|| format!("there is no measure `{name}`; did you mean `{}`? summary.json has all", nearest()))
}

/// Reads a measure and the difference in it up to which nothing matters.
pub(super) fn parse_indifference(text: &str) -> Result<(Metric, f64), String> {
    let (name, value) = text.split_once('=').ok_or("a measure and a number: order_fill_rate=0.005")?;
    let metric = parse_metric(name)?;
    match metric.parse_value(value.trim())? {
        Some(zone) if zone >= 0.0 => Ok((metric, zone)),
        _ => Err(format!("`{}` is no number of at least 0", value.trim())),
    }
}
