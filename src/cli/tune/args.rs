//! What `tune` can be asked for.

use std::path::PathBuf;

use clap::Args;

use crate::cli::options::{ScenarioArgs, parse_jobs, parse_metric};
use crate::domain::settings::{Procedure, Words};
use crate::experiment::Gate;
use crate::measures::Metric;
use crate::scenario::{Axis, Budget, Tune};

/// Examples in the help of `tune`.
pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  backorder tune shop.toml --require 'unit_fill_rate >= 0.97'
  backorder tune shop.toml --vary 'replenishment.reorder_point=0..60' \\
      --vary 'replenishment.quantity=1..80' --minimise cost_per_order
  backorder tune shop.toml --vary sourcing.policy=nearest,cheapest \\
      --vary 'rules.split.ship_available=0..1 step 0.05' --budget 5000";

#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct TuneArgs {
    #[command(flatten)]
    pub(in crate::cli) scenario: ScenarioArgs,
    /// What may be decided, and its values: 'replenishment.reorder_point=0..60', sourcing.policy=nearest,cheapest; may be
    /// repeated. Without it: the levels of every product
    #[arg(long, value_name = "KEY=VALUES", value_parser = Axis::parse)]
    pub(in crate::cli) vary: Vec<Axis>,
    /// The measure to make as small as possible [default: cost_per_order]
    #[arg(long, value_name = "MEASURE", value_parser = parse_metric)]
    pub(in crate::cli) minimise: Option<Metric>,
    /// The measure to make as large as possible
    #[arg(long, value_name = "MEASURE", value_parser = parse_metric, conflicts_with = "minimise")]
    pub(in crate::cli) maximise: Option<Metric>,
    /// What must hold on average: 'unit_fill_rate >= 0.95'; may be repeated
    #[arg(long, value_name = "CONDITION", value_parser = Gate::parse)]
    pub(in crate::cli) require: Vec<Gate>,
    /// Replications for search and choice, or a time such as 10m, which is made into replications [default: 3000; without
    /// --vary 400]
    #[arg(long, value_name = "N|TIME", value_parser = Budget::parse)]
    pub(in crate::cli) budget: Option<Budget>,
    /// The difference of the objective that matters [default: 0.25 % of the least among today's and those that
    /// theory proposes]
    #[arg(long, value_name = "VALUE", value_parser = parse_delta)]
    pub(in crate::cli) delta: Option<f64>,
    /// How sure the choice is to be within `delta` of the best finalist [default: 0.95]
    #[arg(long, value_name = "SHARE", value_parser = parse_confidence)]
    pub(in crate::cli) confidence: Option<f64>,
    /// How one of the finalists is chosen: kn, with a guarantee; ocba, with all of the budget and none [default: kn]
    #[arg(long, value_name = "PROCEDURE", value_parser = parse_procedure)]
    pub(in crate::cli) selection: Option<Procedure>,
    /// How many replications of everything that is estimated at the end, from fresh seeds [default: 50]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    pub(in crate::cli) replications: Option<u32>,
    /// Run nothing here, but write each round as a plan of shards into a folder of its own below DIR, for `shard run`; when
    /// they are there, the same command takes them in and goes on
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) rounds: Option<PathBuf>,
    /// In how many shards each round is planned, at most [default: 8]
    #[arg(long, value_name = "N", requires = "rounds", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(in crate::cli) shards: Option<u32>,
    /// With --rounds also write array.slurm, next.slurm, which goes on with the next round, and submit.sh, which submits both
    #[arg(long, requires = "rounds")]
    pub(in crate::cli) slurm: bool,
    /// With --rounds also write job.yaml, an Indexed Job for Kubernetes
    #[arg(long, requires = "rounds")]
    pub(in crate::cli) kubernetes: bool,
    /// How many threads; all cores when left out. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    pub(in crate::cli) jobs: Option<usize>,
    /// The folder for the results [default: output/tune-<name of the scenario file>]
    #[arg(short, long = "output", value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Replace files that backorder did not write, or that were changed since
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Begin anew where an earlier tuning was ended, instead of continuing it
    #[arg(long)]
    pub(in crate::cli) afresh: bool,
}

impl TuneArgs {
    /// Whether the levels of every product are proposed: nothing else is named that could be decided.
    pub(super) fn is_of_levels(&self) -> bool {
        self.vary.is_empty()
    }

    /// What goes with `--vary` alone, where levels of every product are proposed.
    pub(super) fn idle(&self) -> Vec<String> {
        let idle = [
            (
                self.minimise.is_some_and(|metric| metric != Metric::CostPerOrder),
                "minimise",
                "levels of every product are proposed for the least cost per order",
            ),
            (self.maximise.is_some(), "maximise", "levels of every product are proposed for the least cost"),
            (self.delta.is_some(), "delta", "levels of every product are proposed without a choice among finalists"),
            (self.confidence.is_some(), "confidence", "nothing is guaranteed of levels of every product"),
            (
                self.selection.is_some(),
                "selection",
                "levels of every product are proposed without a choice among finalists",
            ),
        ];
        let idle = idle.into_iter().filter(|(is_asked, ..)| *is_asked && self.is_of_levels());
        idle.map(|(_, option, why)| format!("--{option} goes with --vary: {why}")).collect()
    }

    /// The same, with what a scenario's `[tune]` says of everything that the command line leaves out.
    ///
    /// # Errors
    /// What is wrong with its conditions.
    pub(super) fn with(&self, table: &Tune) -> Result<Self, Vec<String>> {
        let mut merged = self.clone();
        if merged.vary.is_empty() {
            merged.vary.clone_from(&table.vary);
        }
        if self.minimise.is_none() && self.maximise.is_none() {
            let metric = |name: &Option<String>| name.as_deref().and_then(Metric::from_name);
            (merged.minimise, merged.maximise) = (metric(&table.minimise), metric(&table.maximise));
        }
        if self.require.is_empty() {
            let gate = |(text, place): &(String, String)| Gate::parse(text).map_err(|why| format!("{place}: {why}"));
            let (gates, wrong): (Vec<_>, Vec<_>) = table.require.iter().map(gate).partition(Result::is_ok);
            if !wrong.is_empty() {
                return Err(wrong.into_iter().filter_map(Result::err).collect());
            }
            merged.require = gates.into_iter().flatten().collect();
        }
        merged.budget = self.budget.or(table.budget);
        merged.delta = self.delta.or(table.delta);
        merged.confidence = self.confidence.or(table.confidence);
        merged.selection = self.selection.or(table.selection);
        merged.replications = self.replications.or(table.replications);
        Ok(merged)
    }
}

fn parse_delta(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|delta: &f64| delta.is_finite() && *delta > 0.0).ok_or("a number above 0".to_string())
}

fn parse_procedure(text: &str) -> Result<Procedure, String> {
    Procedure::ALL.iter().copied().find(|it| it.word() == text).ok_or_else(|| Procedure::WORDS.join(" or "))
}

fn parse_confidence(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|share: &f64| *share > 0.5 && *share < 1.0)
        .ok_or("a share above 0.5 and below 1, such as 0.95".to_string())
}

/// Replications of everything that is estimated.
pub(in crate::cli) const ESTIMATED: u32 = 50;
