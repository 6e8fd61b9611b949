//! `tune`: the settings of least cost that meet what must hold, and what each point of service costs.

mod levels;
mod rewrite;
mod settings;
mod written;

use std::path::PathBuf;
use std::time::{Instant, SystemTime};

use clap::Args;

use super::failure::Failure;
use super::folder;
use super::no_results::no_results;
use super::options::{Output, ScenarioArgs, parse_jobs, parse_metric};
use super::progress;
use crate::experiment::tune::{Guarantee, Plan, tune_scenario};
use crate::experiment::{Gate, Runner};
use crate::measures::Metric;
use crate::scenario::Axis;
use settings::Tuning;
use written::Finishing;

/// Examples in the help of `tune`.
pub(super) const EXAMPLES: &str = "\
Examples:
  backorder tune shop.toml --require 'unit_fill_rate >= 0.97'
  backorder tune shop.toml --vary 'replenishment.reorder_point=0..60' \\
      --vary 'replenishment.quantity=1..80' --minimise cost_per_order
  backorder tune shop.toml --vary sourcing.policy=nearest,cheapest \\
      --vary 'rules.split.ship_available=0..1 step 0.05' --budget 5000";

#[derive(Clone, Debug, Args)]
pub(super) struct TuneArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// What may be decided, and its values: 'replenishment.reorder_point=0..60', sourcing.policy=nearest,cheapest; may be
    /// repeated. Without it: the levels of every product
    #[arg(long, value_name = "KEY=VALUES", value_parser = Axis::parse)]
    pub(super) vary: Vec<Axis>,
    /// The measure to make as small as possible [default: cost_per_order]
    #[arg(long, value_name = "MEASURE", value_parser = parse_metric)]
    pub(super) minimise: Option<Metric>,
    /// The measure to make as large as possible
    #[arg(long, value_name = "MEASURE", value_parser = parse_metric, conflicts_with = "minimise")]
    pub(super) maximise: Option<Metric>,
    /// What must hold on average: 'unit_fill_rate >= 0.95'; may be repeated
    #[arg(long, value_name = "CONDITION", value_parser = Gate::parse)]
    pub(super) require: Vec<Gate>,
    /// Replications for search and choice [default: 3000; without --vary 400]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(20..))]
    pub(super) budget: Option<u64>,
    /// The difference of the objective that matters [default: 0.5 % of today's]
    #[arg(long, value_name = "VALUE", value_parser = parse_delta)]
    pub(super) delta: Option<f64>,
    /// How sure the choice is to be within `delta` of the best finalist [default: 0.95]
    #[arg(long, value_name = "SHARE", value_parser = parse_confidence)]
    pub(super) confidence: Option<f64>,
    /// How many replications of everything that is estimated at the end, from fresh seeds [default: 50]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    pub(super) replications: Option<u32>,
    /// How many threads; all cores when left out. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    pub(super) jobs: Option<usize>,
    /// The folder for the results [default: output/tune-<name of the scenario file>]
    #[arg(short, long = "output", value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
}

fn parse_delta(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|delta: &f64| delta.is_finite() && *delta > 0.0).ok_or("a number above 0".to_string())
}

fn parse_confidence(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|share: &f64| *share > 0.5 && *share < 1.0)
        .ok_or("a share above 0.5 and below 1, such as 0.95".to_string())
}

/// Replications of everything that is estimated.
const ESTIMATED: u32 = 50;
/// Replications for search and choice.
const BUDGET: u64 = 3_000;

/// Tunes a scenario.
pub(super) fn tune(args: &TuneArgs, output: Output) -> Result<(), Failure> {
    let (started, clock) = (SystemTime::now(), Instant::now());
    let target = args.output.clone().unwrap_or_else(|| {
        let stem = args.scenario.file.file_stem().unwrap_or(args.scenario.file.as_os_str()).to_string_lossy();
        PathBuf::from("output").join(format!("tune-{stem}"))
    });
    let tuning = Tuning::new(args, output)?;
    folder::check(&target)?;
    let bar = progress::bar(&args.scenario.file, output.quiet);
    let settings = progress::settings(args.jobs, false, &bar);
    let runner = Runner::new(&settings).map_err(Failure::running)?;
    let finishing = Finishing { args, target: &target, started, clock, output };
    let today = tuning.settled(&runner).map_err(|error| no_results(&error, &target))?;
    if args.vary.is_empty() {
        return levels::tune(&tuning, &today, &settings, &bar, &finishing);
    }
    let found = (|| {
        let delta = match args.delta {
            Some(delta) => delta,
            None => tuning.default_delta(&today, &runner)?,
        };
        let guarantee = Guarantee { delta, alpha: 1.0 - args.confidence.unwrap_or(0.95) };
        let plan = Plan { budget: args.budget.unwrap_or(BUDGET), guarantee, seed: today.run.seed };
        let problem = tuning.problem(&runner, &today);
        tune_scenario(&problem, plan, &today, args.replications.unwrap_or(ESTIMATED)).map(|outcome| (plan, outcome))
    })();
    bar.finish_and_clear();
    let (plan, outcome) = found.map_err(|error| no_results(&error, &target))?;
    written::settings(&tuning, plan, &outcome, &finishing)
}
