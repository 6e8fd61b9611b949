//! What can be asked for on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::variants::{VariantText, parse_variant};
use crate::experiment::{Gate, nearest, parse_value};
use crate::measures::Metric;
use crate::scenario::{Override, Setting};

/// Simulates order fulfilment: real backorder rules, random lead times and demand, many warehouses.
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    // As all that is printed; without a terminal it would be wider.
    max_term_width = 80,
    after_help = "Exit codes: 0 done, 1 failed while running, 2 the scenario or the command \
line is wrong, 3 a gate (--require) does not hold, 4 a gate is not decidable at this many replications, 130 interrupted."
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) output: Output,
}

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

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run a scenario and write a folder of results
    Run(RunArgs),
    /// Compare scenarios on the same customers and lead times, or show what each rule is worth
    #[command(after_long_help = COMPARE_EXAMPLES)]
    Compare(CompareArgs),
    /// Tell what happens in one replication: everything as JSON lines, or one order's story
    Trace(TraceArgs),
    /// Check a scenario without running it; every mistake is shown at once
    Validate(ScenarioArgs),
    /// Hold simulated measures against exact ones from theory
    Theory(TheoryArgs),
    /// List the retailer's rules, or explain one
    Rules(RulesArgs),
    /// Make report.html and the charts of a result folder again, from its data alone
    Report(ReportArgs),
    /// Print the JSON Schema of scenario files
    Schema,
    /// Write a folder with a starter scenario, commented and ready to run
    New(NewArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page (`backorder man | man -l -`)
    Man,
}

/// A scenario, with changes.
#[derive(Clone, Debug, Args)]
pub(super) struct ScenarioArgs {
    /// The scenario file (TOML)
    #[arg(value_name = "SCENARIO")]
    pub(super) file: PathBuf,
    /// Change a setting of the scenario, e.g. --set rules.split.ship_available=0.9; may be repeated
    #[arg(long, value_name = "PATH.TO.KEY=VALUE", value_parser = parse_override)]
    pub(super) set: Vec<Override>,
    /// Seed of every random stream, instead of the scenario's
    #[arg(long)]
    pub(super) seed: Option<u64>,
}

impl ScenarioArgs {
    /// All changes to the scenario, the shorthands included.
    pub(super) fn settings(&self, replications: Option<u32>) -> Vec<Setting> {
        let mut all: Vec<Setting> = self.set.iter().cloned().map(Setting::from).collect();
        all.extend(shorthands(self.seed, replications));
        all
    }
}

/// What the options for single keys of `[run]` change.
pub(super) fn shorthands(seed: Option<u64>, replications: Option<u32>) -> Vec<Setting> {
    let of = |key: &str, value: Option<String>| {
        let change = Override { path: format!("run.{key}"), value: value? };
        Some(Setting { change, option: format!("--{key}") })
    };
    let seed = of("seed", seed.map(|seed| seed.to_string()));
    seed.into_iter().chain(of("replications", replications.map(|count| count.to_string()))).collect()
}

#[derive(Clone, Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// How many replications, instead of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) replications: Option<u32>,
    /// How many threads; all cores when left out. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    pub(super) jobs: Option<usize>,
    /// The folder for the results [default: output/<name of the scenario file>]
    #[arg(short, long = "output", value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Also write the trace of the first replication to a file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(super) trace: Option<PathBuf>,
    /// Also write the first replication to a file as an object-centric event log (OCEL 2.0, JSON)
    #[arg(long, value_name = "FILE")]
    pub(super) ocel: Option<PathBuf>,
    /// Also write every table of the results as a Parquet file
    #[cfg(feature = "parquet")]
    #[arg(long)]
    pub(super) parquet: bool,
    /// Check the invariants of the rules at every instant; slower. A breach ends the run
    #[arg(long)]
    pub(super) audit: bool,
    /// A gate: 'order_fill_rate >= 0.97'. Its interval decides the exit code: holds 0, does not 3, not decidable at this
    /// many replications 4. May be repeated; several are judged together (Holm's correction)
    #[arg(long, value_name = "CONDITION", value_parser = Gate::parse)]
    pub(super) require: Vec<Gate>,
}

/// Examples in the help of `compare`.
const COMPARE_EXAMPLES: &str = "\
Examples:
  backorder compare today.toml tomorrow.toml
  backorder compare base.toml --set sourcing.policy=nearest
  backorder compare base.toml --variant 'nearest: sourcing.policy=nearest' \\
      --variant 'both: sourcing.policy=nearest, rules.split.ship_available=0'
  backorder compare base.toml 'base.toml --set rules.cancellation.after=20d'
  backorder compare a.toml b.toml \\
      --require 'change(order_fill_rate) >= -0.5 %' \\
      --require 'B: cost_per_order <= 12'
  backorder compare --rules base.toml";

#[derive(Clone, Debug, Args)]
pub(super) struct CompareArgs {
    /// The scenarios: files, the first being the one the others are held against. A file may carry settings of its own,
    /// in one word: 'base.toml --set sourcing.policy=nearest'
    #[arg(value_name = "SCENARIO", required = true)]
    pub(super) scenarios: Vec<String>,
    /// A further scenario, the first file with these settings: 'NAME: KEY=VALUE, KEY=VALUE'; may be repeated
    #[arg(long, value_name = "VARIANT", value_parser = parse_variant)]
    pub(super) variant: Vec<VariantText>,
    /// Take back each rule of the scenario in turn and show what it brings and costs
    #[arg(long, conflicts_with_all = ["variant", "require"])]
    pub(super) rules: bool,
    /// Change a setting of all scenarios; with one file and no variant, the second scenario is that file so changed
    /// (settings of [run] hold for both)
    #[arg(long, value_name = "PATH.TO.KEY=VALUE", value_parser = parse_override)]
    pub(super) set: Vec<Override>,
    /// The measures judged, together: names from summary.json with commas between them
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = parse_metric)]
    pub(super) metrics: Vec<Metric>,
    /// A difference up to this does not matter: order_fill_rate=0.5%; may be repeated [default: 0.001 of a share, less
    /// near 0 and 1; 0.5 % of the first scenario's figure otherwise]
    #[arg(long, value_name = "METRIC=VALUE", value_parser = parse_zone)]
    pub(super) indifference: Vec<(Metric, f64)>,
    /// A gate on every scenario but the first, 'order_fill_rate >= 0.97', on one, 'B: cost_per_order < 12', or on the
    /// difference from the first, 'change(ship_days_mean) <= 0'. Exit code as for `run`
    #[arg(long, value_name = "CONDITION", value_parser = Gate::parse)]
    pub(super) require: Vec<Gate>,
    /// Seed of every random stream, instead of the first scenario's
    #[arg(long)]
    pub(super) seed: Option<u64>,
    /// How many replications of each, instead of the first scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) replications: Option<u32>,
    /// How many threads; all cores when left out. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    pub(super) jobs: Option<usize>,
    /// The folder for the results [default: output/compare-<name of the first file>, or output/rules-<…>]
    #[arg(short, long = "output", value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Check the invariants of the rules at every instant; slower. A breach ends the comparison
    #[arg(long)]
    pub(super) audit: bool,
}

#[derive(Debug, Args)]
pub(super) struct TraceArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// Tell the story of one order, by its number (with --json: its events alone)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) order: Option<u64>,
    /// Write an object-centric event log (OCEL 2.0, JSON) to a file instead
    #[arg(long, value_name = "FILE", conflicts_with = "order")]
    pub(super) ocel: Option<PathBuf>,
    /// Which replication, from 1
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) replication: u32,
}

#[derive(Debug, Args)]
pub(super) struct TheoryArgs {
    /// Scenarios whose measures are known, or folders of them; the exact values stand in exact.json beside them
    #[arg(value_name = "PATH", default_value = "scenarios/theory")]
    pub(super) paths: Vec<PathBuf>,
    /// A fortieth as long: enough to find a defect, not to show precision
    #[arg(long)]
    pub(super) short: bool,
    /// How many threads; all cores when left out. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    pub(super) jobs: Option<usize>,
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// The folder, made where it is missing
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// How many orders come in a day; asked for where left out [default: 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) orders_per_day: Option<u32>,
    /// How many warehouses there are; asked for where left out [default: 2]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=8))]
    pub(super) warehouses: Option<u8>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// The folder of a result
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    /// The rule to explain
    #[arg(value_name = "RULE")]
    pub(super) rule: Option<String>,
}

pub(super) fn parse_override(text: &str) -> Result<Override, String> {
    match text.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() => {
            Ok(Override { path: path.trim().to_string(), value: value.trim().to_string() })
        }
        _ => Err("a setting and its value are written with an equals sign between them: run.seed=7".to_string()),
    }
}

fn parse_metric(name: &str) -> Result<Metric, String> {
    let name = name.trim();
    Metric::from_name(name)
        .ok_or_else(|| format!("there is no measure `{name}`; did you mean `{}`? summary.json has all", nearest(name)))
}

fn parse_zone(text: &str) -> Result<(Metric, f64), String> {
    let (name, value) = text.split_once('=').ok_or("a measure and a number: order_fill_rate=0.005")?;
    let metric = parse_metric(name)?;
    match parse_value(metric, value.trim())? {
        Some(zone) if zone >= 0.0 => Ok((metric, zone)),
        _ => Err(format!("`{}` is no number of at least 0", value.trim())),
    }
}

fn parse_jobs(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("a whole number of threads, at least 1".to_string()),
        Ok(jobs) => Ok(jobs),
    }
}
