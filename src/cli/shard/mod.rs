//! `shard`: a sweep in parts, for many machines: plan, run one part, merge them, tell which are missing.
//!
//! A shard is a pure function of the plan file and its index; whatever starts it (an array job, an indexed job, a shell
//! loop) need know nothing else. The merge gives the bytes of the sweep on one machine.

mod merge;
mod plan;
mod round;
mod scripts;

pub(super) use round::{Round, Standing};
pub(super) use scripts::Schedulers;

use std::borrow::Cow;
use std::env;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use clap::{Args, Subcommand};

use super::console;
use super::failure::Failure;
use super::folder::{Change, Inputs, Request, ResultFolder, write_file};
use super::no_results::{no_results, nothing};
use super::options::{FileArgs, Output, parse_jobs};
use super::progress;
use super::sweep::{Finishing, Head, LEVELS, Prepared, StudyArgs, Swept, written};
use super::way::way;
use crate::domain::{Model, Replications};
use crate::experiment::tune::OF_PRODUCTS;
use crate::experiment::{Ended, RunError, Runner, Settings, Task};
use crate::files::read_bytes;
use crate::measures::Metric;
use crate::report::{ShardLabel, ShardRow, read_shard, shard_file};
use plan::{MAX_SHARDS, Part, Plan, PlanFile, ranges};
use scripts::Then;

/// Examples in the help of `shard`.
pub(super) const EXAMPLES: &str = "\
Examples:
  backorder shard plan scenarios/studies/warehouse_count.toml --shards 20 --slurm
  sh output/shards-warehouse_count/submit.sh
  backorder shard missing output/shards-warehouse_count/plan.json
  backorder shard merge output/shards-warehouse_count/plan.json
  seq 0 19 | parallel backorder shard run output/shards-warehouse_count/plan.json --index {}";

/// The files of a plan; its shards are written beside them, each by itself.
const PLAN_FILES: [&str; 8] =
    ["plan.json", LEVELS, "array.slurm", "merge.slurm", "next.slurm", "submit.sh", "job.yaml", "merge.yaml"];

/// Variables in which schedulers give an array job its index.
const INDEX_VARIABLES: [(&str, &str); 4] = [
    ("SLURM_ARRAY_TASK_ID", "Slurm"),
    ("JOB_COMPLETION_INDEX", "Kubernetes"),
    ("AWS_BATCH_JOB_ARRAY_INDEX", "AWS Batch"),
    ("HQ_TASK_ID", "HyperQueue"),
];

#[derive(Clone, Debug, Args)]
pub(super) struct ShardArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Clone, Debug, Subcommand)]
enum Action {
    /// Write the plan of a sweep in so many shards
    Plan(PlanArgs),
    /// Run one shard of a plan
    Run(RunArgs),
    /// Merge all shards of a plan into the results of the sweep
    Merge(MergeArgs),
    /// List the shards that are not there yet, as --array takes it: 1,4-7
    Missing(MissingArgs),
}

#[derive(Clone, Debug, Args)]
struct PlanArgs {
    #[command(flatten)]
    swept: StudyArgs,
    /// In how many shards; minutes of work each are best
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_SHARDS)))]
    shards: u32,
    /// The folder for plan and shards [default: output/shards-<name of the file>]
    #[arg(short, long = "output", value_name = "DIR")]
    output: Option<PathBuf>,
    /// Replace files that backorder did not write, or that were changed since
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    schedulers: Schedulers,
    /// How many threads look for a warm-up, where the scenario leaves it open; all cores when left out
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    jobs: Option<usize>,
}

#[derive(Clone, Debug, Args)]
struct RunArgs {
    /// The plan file
    #[arg(value_name = "PLAN")]
    plan: PathBuf,
    /// Which shard, from 0 [default: what Slurm, Kubernetes, AWS Batch or HyperQueue set in the environment]
    #[arg(long, value_name = "I")]
    index: Option<u32>,
    /// Run it even where its file is there already
    #[arg(long)]
    again: bool,
    /// How many threads; all cores when left out. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    jobs: Option<usize>,
    #[command(flatten)]
    files: FileArgs,
}

#[derive(Clone, Debug, Args)]
struct MergeArgs {
    /// The plan file
    #[arg(value_name = "PLAN")]
    plan: PathBuf,
    /// The folder for the results [default: output/sweep-<name of the study>]
    #[arg(short, long = "output", value_name = "DIR")]
    output: Option<PathBuf>,
    /// Replace files that backorder did not write, or that were changed since
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Debug, Args)]
struct MissingArgs {
    /// The plan file
    #[arg(value_name = "PLAN")]
    plan: PathBuf,
}

/// Plans, runs, merges or counts shards.
pub(super) fn shard(args: &ShardArgs, output: Output) -> Result<(), Failure> {
    match &args.action {
        Action::Plan(args) => write_plan(args, output),
        Action::Run(args) => run(args, output),
        Action::Merge(args) => merge(args, output),
        Action::Missing(args) => missing(args, output),
    }
}

/// Reads and checks every cell, and writes the plan.
fn write_plan(args: &PlanArgs, output: Output) -> Result<(), Failure> {
    let (study, file) = args.swept.study(None)?;
    let folder = args.output.clone().unwrap_or_else(|| args.swept.default_folder("shards"));
    let mut prepared = Prepared::new(study, &file, args.swept.showing(), None, args.jobs, output)?;
    let mut target = ResultFolder::open(&Request {
        folder: &folder,
        names: PLAN_FILES.map(String::from).to_vec(),
        inputs: &Inputs::of(prepared.inputs()),
        force: args.force,
        resumes: false,
        is_quiet: output.quiet,
        remedy: "name another folder with -o",
    })?;
    let settings = Settings { jobs: args.jobs, ..Settings::default() };
    if prepared.has_warm_up_to_find() {
        let runner = Runner::new(&settings).map_err(Failure::running)?;
        prepared.find_warm_up(&runner).map_err(|error| no_results(&error, &mut target))?;
    }
    let cells = prepared.plan.design.cells();
    let most = match &prepared.plan.replications {
        Replications::Fixed(each) => cells as u64 * u64::from(*each),
        Replications::Sequential { .. } => cells as u64,
    };
    if u64::from(args.shards) > most {
        let what = if most == cells as u64 { "cells" } else { "replications" };
        return Err(Failure::wrong(format!("{} shards are more than the {most} {what} of the study", args.shards)));
    }
    let words = [vec!["backorder".into(), "sweep".into()], args.swept.words()].concat();
    let command = super::shell::line(&words);
    let inputs = prepared.told(&args.swept, &[], None)?;
    let plan = PlanFile::new(
        prepared.manifest(),
        way(target.real(), &file),
        &prepared.plan,
        args.swept.stem(),
        args.shards,
        (command, inputs),
    );
    let mut files = vec![("plan.json".to_string(), plan.text())];
    // The merge may find no scenario any more.
    files.extend(prepared.levels(0..cells)?.map(|levels| (LEVELS.to_string(), levels)));
    files.extend(args.schedulers.files(&folder, &prepared.plan.name, args.shards, &Then::Merge)?);
    let before = replaced(&target.real().join("plan.json"), &plan, args)?;
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let files = files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    target.commit(Change { files, kept: Vec::new(), origin: serde_json::Map::new() })?;
    drop(target);
    before.map_or(Ok(()), |before| merge::remove_shards(&before))?;
    let path = folder.join("plan.json");
    if output.json {
        console::written(&names.iter().map(|name| folder.join(name)).collect::<Vec<_>>())?;
    } else {
        console::data(&format!("{}\n", path.display()))?;
    }
    if !output.quiet {
        let of = most.div_ceil(u64::from(args.shards));
        let what = if most == cells as u64 { "cells" } else { "replications" };
        console::message(&format!("{} shards of at most {of} {what} each.", args.shards));
        let next = if args.schedulers.slurm {
            format!("sh {}", folder.join("submit.sh").display())
        } else {
            format!("backorder shard run {} --index 0", path.display())
        };
        console::message(&format!("Next: {next}"));
    }
    Ok(())
}

/// The plan that another one takes the place of, if there is one.
///
/// # Errors
/// Without `--force`, when shards of it are computed, of which nothing can be made under another plan.
fn replaced(path: &Path, plan: &PlanFile, args: &PlanArgs) -> Result<Option<Plan>, Failure> {
    let Some(before) = path.is_file().then(|| Plan::read(path).ok()).flatten() else { return Ok(None) };
    if before.file.text() == plan.text() {
        return Ok(None);
    }
    let (computed, of) = (merge::count(&before)?, before.file.shards);
    if computed == 0 || args.force {
        return Ok(Some(before));
    }
    Err(Failure::wrong(format!(
        "{}: {computed} of its {of} shards are computed, and another plan would make nothing of them; name another folder with -o, or \
         plan anew and throw them away with --force",
        path.display()
    )))
}

/// The index of a shard: as given, or as a scheduler set it.
fn index(args: &RunArgs, shards: u32) -> Result<u32, Failure> {
    let (index, from) = match args.index {
        Some(index) => (index, "--index".to_string()),
        None => {
            let set = INDEX_VARIABLES.iter().find_map(|(name, _)| env::var(name).ok().map(|value| (*name, value)));
            let Some((name, value)) = set else {
                let names = INDEX_VARIABLES.map(|(name, whose)| format!("{name} ({whose})")).join(", ");
                return Err(Failure::wrong(format!("which shard? Give --index I, or set one of {names}")));
            };
            let index = value.parse().map_err(|_| Failure::wrong(format!("{name} is `{value}`, which is no index")))?;
            (index, name.to_string())
        }
    };
    if index < shards {
        return Ok(index);
    }
    Err(Failure::wrong(format!("{from} is {index}, and the plan has shards 0 to {}", shards - 1)))
}

/// Runs a shard and writes its file.
fn run(args: &RunArgs, output: Output) -> Result<(), Failure> {
    let plan = Plan::read(&args.plan)?;
    let index = index(args, plan.file.shards)?;
    let path = plan.shard(index);
    let label = ShardLabel { plan: plan.digest.clone(), index };
    let told = |what: &str| {
        if !output.quiet {
            console::message(&format!("{}: {what}", path.display()));
        }
    };
    if !args.again
        && path.exists()
        && read_bytes(&path).is_ok_and(|bytes| read_shard(bytes).is_ok_and(|(found, _)| found == label))
    {
        told("it is there already");
        return Ok(());
    }
    let part = plan.part(index)?;
    let prepared = prepared(&plan, &part, args.jobs, &args.files.allow)?;
    let bar = progress::bar(&path, output.quiet);
    let settings = progress::settings(args.jobs, false, &bar);
    let runner = Runner::new(&settings).map_err(Failure::running)?;
    let of_products = if plan.file.by_product { &OF_PRODUCTS[..] } else { &[] };
    let rows = rows(&prepared, &runner, &part, of_products);
    bar.finish_and_clear();
    match rows.map_err(|error| nothing(&error))? {
        Some(rows) => {
            let bytes = shard_file(&label, &rows).map_err(Failure::running)?;
            write_file(&path, &bytes)?;
            told(&format!("{} replications", rows.len()));
            Ok(())
        }
        None => Err(Failure::interrupted("Interrupted: of a shard that is not whole nothing is written.".to_string())),
    }
}

/// What a plan sweeps, with the cells of a part checked; refused where files have changed since it was made.
fn prepared(plan: &Plan, part: &Part, jobs: Option<usize>, allowed: &[PathBuf]) -> Result<Prepared, Failure> {
    let quiet = Output { json: false, quiet: true };
    let cells: Vec<usize> = part.pieces.iter().map(|(cell, _)| *cell).collect();
    let sweep = plan.sweep()?;
    let showing = super::sweep::Showing {
        measures: sweep.judging.metrics.clone(),
        indifference: sweep.judging.indifference.clone(),
        allowed: allowed.to_vec(),
    };
    let mut prepared = Prepared::new(plan.study()?, &plan.scenario(), showing, Some(&cells), jobs, quiet)?;
    if let Some(found) = plan.file.manifest.warm_up_found() {
        prepared.settle_warm_up(found);
    }
    prepared.plan = sweep;
    let mut now = prepared.manifest();
    // Files that only other cells read are none of this part's business.
    let is_read = |name: &str| now.files.iter().any(|file| file.name == name);
    let unread: Vec<_> = plan.file.manifest.files.iter().filter(|file| !is_read(&file.name)).cloned().collect();
    now.files.extend(unread);
    let changes = plan.file.manifest.changes(&now);
    if changes.is_empty() {
        return Ok(prepared);
    }
    let changes: String = changes.iter().map(|change| format!("\n  {change}")).collect();
    Err(Failure::wrong(format!(
        "{}: since the plan was made something has changed:{changes}\nUndo the change, or plan anew and run all shards again.",
        plan.path.display()
    )))
}

/// The replications of a part; `None` where it was stopped.
fn rows(
    prepared: &Prepared,
    runner: &Runner,
    part: &Part,
    of_products: &[Metric],
) -> Result<Option<Vec<ShardRow>>, RunError> {
    let mut rows = Vec::new();
    let model = |cell: usize| -> Result<Cow<'_, Model>, RunError> { Ok(Cow::Owned(prepared.model(cell))) };
    let mut push = |cell: usize, replication: u32, pairs| rows.push(ShardRow { cell: cell as u32, replication, pairs });
    let ended = match prepared.plan.replications {
        Replications::Fixed(_) => {
            let tasks: Vec<Task> = part
                .pieces
                .iter()
                .flat_map(|(cell, range)| range.clone().map(|replication| Task { alternative: *cell, replication }))
                .collect();
            runner.rows_by_product(&tasks, of_products, model, |task, row| {
                push(task.alternative, task.replication, row.pairs);
                ControlFlow::Continue(())
            })
        }
        Replications::Sequential { .. } => {
            let cells: Vec<usize> = part.pieces.iter().map(|(cell, _)| *cell).collect();
            prepared.plan.run(&cells, runner, model, |cell, done| {
                for (replication, row) in (0..).zip(done) {
                    push(cell, replication, row.pairs.clone());
                }
                ControlFlow::Continue(())
            })
        }
    };
    Ok((ended? == Ended::Complete).then_some(rows))
}

/// Merges all shards.
fn merge(args: &MergeArgs, output: Output) -> Result<(), Failure> {
    let (started, clock) = (SystemTime::now(), Instant::now());
    let mut plan = Plan::read(&args.plan)?;
    if plan.file.round.is_some() {
        let why = format!("this is a round of a tuning, which takes its shards in by itself: {}", plan.file.command);
        return Err(Failure::wrong(format!("{}: {why}", args.plan.display())));
    }
    let sweep = plan.sweep()?;
    let target = args.output.clone().unwrap_or_else(|| Path::new("output").join(format!("sweep-{}", plan.file.stem)));
    let mut folder = super::sweep::open(&target, &Inputs::of([plan.path.clone()]), args.force, false, output)?;
    let mut merged = merge::Merged::new(&plan)?;
    let sources = plan.file.manifest.sources();
    let inputs = plan.file.inputs.take();
    let (command, scenario) = (plan.file.command.as_str(), plan.scenario());
    let finishing = Finishing { command, scenario: &scenario, started, clock, output, audited: false };
    let levels = plan.folder().join(LEVELS);
    let levels = if levels.is_file() {
        let text = crate::files::read_text(&levels);
        Some(text.map_err(|why| Failure::wrong(format!("{}: {why}", levels.display())))?)
    } else {
        None
    };
    let swept = Swept { plan: sweep, goal: None, levels, inputs, sources };
    written(swept, |cell| merged.cell(cell), &mut folder, &finishing)
}

/// Prints the shards that are not there.
fn missing(args: &MissingArgs, output: Output) -> Result<(), Failure> {
    let plan = Plan::read(&args.plan)?;
    let (missing, faults) = merge::missing(&plan)?;
    if !output.quiet {
        faults.iter().for_each(|fault| console::message(&format!("warning: {fault}")));
    }
    if output.json {
        console::json(&format!("{:#}\n", serde_json::json!({ "shards": plan.file.shards, "missing": missing })))
    } else if missing.is_empty() {
        if !output.quiet {
            console::message(&format!("All {} shards are there.", plan.file.shards));
        }
        Ok(())
    } else {
        console::data(&format!("{}\n", ranges(&missing)))
    }
}
