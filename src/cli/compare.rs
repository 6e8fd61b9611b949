//! `compare`: several scenarios on the same customers and lead times; or, with `--rules`, what each rule is worth.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use clap::Args;

use super::closing;
use super::console;
use super::failure::Failure;
use super::folder::{Change, Inputs, PROVENANCE, Request, ResultFolder};
use super::gates;
use super::load::{self, ReadAll};
use super::no_results::no_results;
use super::options::{Output, parse_indifference, parse_jobs, parse_metric};
use super::paint;
use super::progress;
use super::provenance::{self, Provenance};
use super::reproduce::folder_of;
use super::shell;
use super::variants::{Variant, VariantArgs, seen_from, variants};
use super::way;
use crate::domain::{Model, PlannedPair};
use crate::experiment::{
    Alternative, Comparison, Gate, HEADLINE, Judging, RuleWorth, WORTH, compare as compare_scenarios, planned,
    rule_worth,
};
use crate::measures::Metric;
use crate::report::{self, ComparedInputs, ComparisonSummary, InputFile, Kept, RuleWorthSummary};

/// Examples in the help of `compare`.
pub(super) const EXAMPLES: &str = "\
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
    #[command(flatten)]
    compared: VariantArgs,
    /// The measures judged, together: names from summary.json with commas between them
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = parse_metric)]
    metrics: Vec<Metric>,
    /// A difference up to this does not matter: order_fill_rate=0.5%; may be repeated [default: 0.001 of a share, less
    /// near 0 and 1; 0.5 % of the first scenario's figure otherwise]
    #[arg(long, value_name = "METRIC=VALUE", value_parser = parse_indifference)]
    indifference: Vec<(Metric, f64)>,
    /// A gate on every scenario but the first, 'order_fill_rate >= 0.97', on one, 'B: cost_per_order < 12', or on the
    /// difference from the first, 'change(ship_days_mean) <= 0'. Exit code as for `run`
    #[arg(long, value_name = "CONDITION", value_parser = Gate::parse)]
    require: Vec<Gate>,
    /// How many threads; all cores when left out. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    jobs: Option<usize>,
    /// The folder for the results [default: output/compare-<name of the first file>, or output/rules-<…>]
    #[arg(short, long = "output", value_name = "DIR")]
    output: Option<PathBuf>,
    /// Replace files that backorder did not write, or that were changed since
    #[arg(long)]
    force: bool,
    /// Check the invariants of the rules at every instant; slower. A breach ends the comparison
    #[arg(long)]
    audit: bool,
}

/// Compares scenarios.
pub(super) fn compare(args: &CompareArgs, output: Output) -> Result<(), Failure> {
    let (started, clock) = (SystemTime::now(), Instant::now());
    let (alternatives, sources, inputs) = alternatives(variants(&args.compared)?, &args.compared.files.allow, output)?;
    let target = args.output.clone().unwrap_or_else(|| default_folder(args));
    let mut folder = open(args, &target, &Inputs::of(inputs), output)?;
    let judging = judging(args)?;

    let bar = progress::bar(Path::new(&alternatives[0].name), output.quiet);
    let settings = progress::settings(args.jobs, args.audit, &bar);
    let found = if args.compared.rules {
        rule_worth(&alternatives[0].model, &settings, &judging).map(Found::RuleWorth)
    } else {
        compare_scenarios(&alternatives, &settings, &judging, &args.require).map(Found::Comparison)
    };
    bar.finish_and_clear();
    let found = found.map_err(|error| no_results(&error, &mut folder))?;
    let comparison = found.comparison();
    let args = &as_done(args, comparison);
    let plans: Vec<_> = alternatives.iter().map(|it| (&it.model, planned(&it.model))).collect();
    let inputs = {
        let origin = report::Origin {
            version: env!("CARGO_PKG_VERSION").to_string(),
            command: command(&there(args)),
            sources,
            next: Vec::new(),
        };
        report::compared_inputs(&plans, origin)
    };
    let (shown, files) = found.shown(&plans, &inputs, output);

    let mut names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    names.push(PROVENANCE.to_string());
    let files = files.into_iter().map(|(name, content)| (name, content.into_bytes())).collect();
    let origin = origin(args, comparison).recorded(&folder, started, clock.elapsed());
    folder.commit(Change { files, kept: Vec::new(), origin })?;
    drop(folder);
    if output.json {
        console::json(&shown)?;
    } else if !output.quiet {
        console::page(&shown)?;
    }
    if !output.quiet {
        console::message(&closing::told(&target, &names));
        console::message(&format!("Same again: {}", command(args)));
    }
    if comparison.interrupted {
        let done = comparison.replications;
        return Err(Failure::interrupted(format!("Interrupted: this rests on {done} replications.")));
    }
    gates::outcome(&comparison.gates)
}

/// What was found, of either kind.
enum Found {
    RuleWorth(RuleWorth),
    Comparison(Comparison),
}

impl Found {
    fn comparison(&self) -> &Comparison {
        match self {
            Self::RuleWorth(worth) => &worth.comparison,
            Self::Comparison(comparison) => comparison,
        }
    }

    /// What is shown on standard output, and the files.
    fn shown(
        &self,
        plans: &[(&Model, Vec<PlannedPair>)],
        inputs: &ComparedInputs,
        output: Output,
    ) -> (String, Vec<(String, String)>) {
        match self {
            Self::RuleWorth(worth) => {
                let summary = RuleWorthSummary::from(worth);
                let shown = match output.json {
                    true => summary.to_json(),
                    false => paint::document(&report::rule_worth_document(&summary)),
                };
                (shown, report::rule_worth_files(worth, inputs))
            }
            Self::Comparison(found) => {
                let summary = ComparisonSummary::from(found);
                let shown = match output.json {
                    true => summary.to_json(),
                    false => paint::document(&report::comparison_document(&summary)),
                };
                let levels = plans.iter().map(|(model, planned)| report::planned_csv(model, planned));
                (shown, report::comparison_files(found, &levels.collect::<Vec<_>>(), inputs))
            }
        }
    }
}

/// The files of a comparison's folder. Each scenario has a letter; where its warm-up was looked for, a file of that name.
fn names() -> Vec<String> {
    let data = [
        "comparison.json",
        "rule_worth.json",
        "inputs.json",
        "differences.csv",
        "replications.csv",
        "by_event.csv",
        "report.html",
    ];
    let lettered = |of: &'static str| ('a'..='z').map(move |letter| format!("{of}-{letter}.csv"));
    data.into_iter().map(String::from).chain(lettered("levels")).chain(lettered("warm_up")).collect()
}

/// The folder of the results, where they may be written.
fn open(args: &CompareArgs, target: &Path, inputs: &Inputs, output: Output) -> Result<ResultFolder, Failure> {
    let folder = ResultFolder::open(&Request {
        folder: target,
        names: names(),
        inputs,
        force: args.force,
        resumes: false,
        is_quiet: output.quiet,
        remedy: "name another folder with -o",
    })?;
    if args.output.is_none() {
        provenance::refuse_other_scenario(&folder, &args.compared.first(), args.force)?;
    }
    Ok(folder)
}

/// The scenarios, the files that they were read from, and the paths of these.
type Scenarios = (Vec<Alternative>, Vec<InputFile>, Vec<PathBuf>);

/// Reads the scenarios.
fn alternatives(variants: Vec<Variant>, allowed: &[PathBuf], output: Output) -> Result<Scenarios, Failure> {
    let scenarios = variants.iter().map(|variant| (variant.file.as_path(), variant.settings.as_slice()));
    let ReadAll { models, sources, inputs } = load::load_all(scenarios, allowed, output)?;
    let alternative = |(Variant { name, changes, .. }, model)| Alternative { name, changes, model };
    Ok((variants.into_iter().zip(models).map(alternative).collect(), sources, inputs))
}

/// What is judged, and within which indifference zones.
fn judging(args: &CompareArgs) -> Result<Judging, Failure> {
    let metrics: Vec<Metric> = match (&args.metrics, args.compared.rules) {
        (chosen, _) if !chosen.is_empty() => {
            let mut metrics: Vec<Metric> = chosen.clone();
            metrics.sort_unstable();
            metrics.dedup();
            metrics
        }
        (_, true) => WORTH.to_vec(),
        (_, false) => HEADLINE.to_vec(),
    };
    Ok(Judging { metrics, indifference: args.indifference.clone() })
}

/// `output/compare-` or `output/rules-` and the first scenario file's name without its ending.
fn default_folder(args: &CompareArgs) -> PathBuf {
    let first = args.compared.first();
    let mut name = OsString::from(if args.compared.rules { "rules-" } else { "compare-" });
    name.push(first.file_stem().unwrap_or_default());
    Path::new("output").join(name)
}

/// What asks for the same comparison: of an interrupted one, for so many replications as had finished.
fn as_done(args: &CompareArgs, comparison: &Comparison) -> CompareArgs {
    let done = u32::try_from(comparison.replications).ok().filter(|_| comparison.interrupted);
    let mut args = args.clone();
    args.compared.replications = done.or(args.compared.replications);
    args
}

fn origin(args: &CompareArgs, comparison: &Comparison) -> Provenance {
    Provenance {
        reproduce: command(args),
        scenario_files: args.compared.scenarios.iter().map(|word| word.to_string_lossy().into_owned()).collect(),
        scenario: args.compared.first(),
        seed: comparison.results[0].seed,
        replications: comparison.replications,
        interrupted: comparison.interrupted,
        audited: args.audit,
    }
}

/// The same where the first scenario stands, so that it does not matter how that folder was named.
fn there(args: &CompareArgs) -> CompareArgs {
    let mut args = args.clone();
    if let Some(folder) = folder_of(&args.compared.first()) {
        args.compared.scenarios = args.compared.scenarios.iter().map(|word| seen_from(&folder, word)).collect();
        args.compared.files.allow = args.compared.files.allow.iter().map(|it| way::word(&folder, it)).collect();
    }
    args
}

/// The command that gives the same result: without what does not change it.
fn command(args: &CompareArgs) -> String {
    let mut words: Vec<OsString> = vec!["backorder".into(), "compare".into()];
    words.extend(args.compared.scenarios.clone());
    let mut option = |name: &str, value: String| words.extend([name.into(), value.into()]);
    for variant in &args.compared.variant {
        option("--variant", variant.text.clone());
    }
    for change in &args.compared.set {
        option("--set", format!("{}={}", change.path, change.value));
    }
    if let Some(seed) = args.compared.seed {
        option("--seed", seed.to_string());
    }
    if let Some(replications) = args.compared.replications {
        option("--replications", replications.to_string());
    }
    if !args.metrics.is_empty() {
        option("--metrics", args.metrics.iter().map(|metric| metric.name()).collect::<Vec<_>>().join(","));
    }
    for (metric, indifference) in &args.indifference {
        option("--indifference", format!("{}={indifference}", metric.name()));
    }
    for gate in &args.require {
        option("--require", gate.text.clone());
    }
    for folder in &args.compared.files.allow {
        option("--allow-files", folder.display().to_string());
    }
    if args.compared.replan {
        words.push("--replan".into());
    }
    if args.compared.rules {
        words.push("--rules".into());
    }
    shell::line(&words)
}
