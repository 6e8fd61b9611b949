//! `sweep`: a scenario in every cell of a grid, or the least setting that meets a goal.

mod broken;
mod find;
mod finish;
mod journal;
mod manifest;
mod prepare;
mod told;

pub(super) use finish::{Finishing, INPUTS, LEVELS, Swept, written};
pub(super) use journal::{Head, Journal};
pub(super) use manifest::{AxisInWriting, FileDigest, Manifest, ValueInWriting, of_files};
pub(super) use prepare::{Prepared, Showing, design, in_words};

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use clap::Args;

use super::failure::Failure;
use super::folder::{Inputs, Request, ResultFolder};
use super::load;
use super::no_results::no_results;
use super::options::{FileArgs, Output, parse_indifference, parse_jobs, parse_metric};
use super::progress;
use super::provenance::refuse_other_scenario;
use super::shell;
use crate::domain::{Model, Replications};
use crate::experiment::{Ended, Gate, RunError, Runner};
use crate::measures::Metric;
use crate::scenario::{self, Axis, Override, Setting, Study, Variant};
use broken::Broken;
use find::Over;
use manifest::measure_names;

/// Examples in the help of `sweep`.
pub(super) const EXAMPLES: &str = "\
Examples:
  backorder sweep scenarios/studies/warehouse_count.toml
  backorder sweep base.toml --vary sourcing.policy=nearest,cheapest
  backorder sweep base.toml --vary 'rules.cancellation.after=10d..40d step 5d' \\
      --vary rules.split.ship_available=0,0.95
  backorder sweep base.toml --variant 'slow: vendors.acme.lead_time=9d' \\
      --variant 'fast: vendors.acme.lead_time=3d'
  backorder sweep base.toml --find 'order_fill_rate >= 0.98' \\
      --over replenishment.target.fill_rate=0.90..0.999";

/// The files of a sweep.
const FILES: [&str; 8] = [
    "sweep.json",
    INPUTS,
    "cells.csv",
    LEVELS,
    "replications.csv",
    "replications.parquet",
    "report.html",
    "warm_up.csv",
];

/// Where the finished cells are kept until all are: in the folder's work, which outlives the program.
pub(super) const CELLS: &str = "cells";

/// What is swept: a study, or a scenario with what is varied in it.
#[derive(Clone, Debug, Args)]
pub(super) struct StudyArgs {
    /// A study file, or a scenario with --vary or --variant
    #[arg(value_name = "STUDY|SCENARIO")]
    pub(super) file: PathBuf,
    /// A setting and its values: KEY=1..8, KEY=0.90..0.99 step 0.01, KEY=10d..40d step 5d, KEY=nearest,cheapest; may be
    /// repeated, for every combination
    #[arg(long, value_name = "KEY=VALUES", value_parser = Axis::parse)]
    pub(super) vary: Vec<Axis>,
    /// Several settings at once, 'NAME: KEY=VALUE, KEY=VALUE'; all variants together are one axis
    #[arg(long, value_name = "VARIANT", value_parser = Variant::parse)]
    pub(super) variant: Vec<Variant>,
    /// Go through the axes side by side, instead of through all combinations
    #[arg(long)]
    pub(super) zip: bool,
    /// Let each cell plan its levels for itself in everything; else levels stay those of the scenario where a cell changes
    /// the world (a lead time, a rate of demand), and are planned anew where it is about levels
    #[arg(long)]
    pub(super) replan: bool,
    /// Change a setting of all cells, e.g. --set run.horizon=180d; may be repeated
    #[arg(long, value_name = "PATH.TO.KEY=VALUE", value_parser = Override::parse)]
    pub(super) set: Vec<Override>,
    /// Seed of every random stream, instead of the scenario's
    #[arg(long)]
    pub(super) seed: Option<u64>,
    /// How many replications of each cell, instead of the study's or the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) replications: Option<u32>,
    /// The measures shown and judged, the first one first: names from summary.json with commas between them
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = parse_metric)]
    pub(super) measures: Vec<Metric>,
    /// A difference up to this does not matter: order_fill_rate=0.5%; may be repeated [default: as for `compare`]
    #[arg(long, value_name = "METRIC=VALUE", value_parser = parse_indifference)]
    pub(super) indifference: Vec<(Metric, f64)>,
    #[command(flatten)]
    pub(super) files: FileArgs,
}

#[derive(Clone, Debug, Args)]
pub(super) struct SweepArgs {
    #[command(flatten)]
    pub(super) swept: StudyArgs,
    /// Seek the least setting whose measured figure meets a condition with its interval: 'order_fill_rate >= 0.98'
    #[arg(long, value_name = "CONDITION", value_parser = find::parse_goal, requires = "over", conflicts_with_all = ["vary", "variant", "zip"])]
    pub(super) find: Option<Gate>,
    /// Where to seek it: KEY=0.90..0.999, to the last digit written, or with a step
    #[arg(long, value_name = "KEY=RANGE", value_parser = Over::parse, requires = "find")]
    pub(super) over: Option<Over>,
    /// How many threads; all cores when left out. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    pub(super) jobs: Option<usize>,
    /// The folder for the results [default: output/sweep-<name of the file>, or output/find-<…>]
    #[arg(short, long = "output", value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Replace files that backorder did not write, or that were changed since
    #[arg(long)]
    pub(super) force: bool,
    /// Begin anew where an earlier sweep was ended, instead of continuing it
    #[arg(long)]
    pub(super) afresh: bool,
    /// Check the invariants of the rules at every instant; slower. A breach ends the sweep
    #[arg(long)]
    pub(super) audit: bool,
}

/// Sweeps a scenario, or seeks a setting of it.
pub(super) fn sweep(args: &SweepArgs, output: Output) -> Result<(), Failure> {
    let (started, clock) = (SystemTime::now(), Instant::now());
    let seeks = args.over.as_ref().map(|over| &over.axis);
    let (study, file) = args.swept.study(seeks)?;
    let target = args
        .output
        .clone()
        .unwrap_or_else(|| args.swept.default_folder(if seeks.is_some() { "find" } else { "sweep" }));
    // Where a setting is sought, most of a range is never looked at.
    let ends = seeks.map(|axis| vec![0, axis.values.len() - 1]);
    let mut prepared = Prepared::new(study, &file, args.swept.showing(), ends.as_deref(), args.jobs, output)?;
    if args.find.is_some() && prepared.plan.replications == Replications::Fixed(1) {
        let why =
            "a goal is met where the whole interval meets it, and one replication has none: --replications 2 or more";
        return Err(Failure::wrong(why.to_string()));
    }
    let mut folder = open(&target, &Inputs::of(prepared.inputs()), args.force, true, output)?;
    if args.output.is_none() {
        refuse_other_scenario(&folder, &file, args.force)?;
    }
    let bar = progress::bar(&args.swept.file, output.quiet);
    let settings = progress::settings(args.jobs, args.audit, &bar);
    let runner = Runner::new(&settings).map_err(Failure::running)?;
    let path = folder.work()?.join(CELLS);
    if args.afresh {
        // One that is not there need not be removed.
        let _ = fs::remove_file(&path);
    }
    settle_warm_up(&mut prepared, &path, &runner).map_err(|error| no_results(&error, &mut folder))?;
    let mut manifest = prepared.manifest();
    manifest.find = args.find.as_ref().map(|gate| gate.text.clone());
    let mut journal = Journal::open(&path, &target, &manifest)?;
    let command = args.command();
    let finishing = Finishing { command: &command, scenario: &file, started, clock, output, audited: args.audit };
    if let Some(gate) = &args.find {
        let found = find::find(&prepared, gate, &runner, &mut journal, &bar);
        bar.finish_and_clear();
        let found = found.map_err(|error| error.told(&mut folder))?;
        let more = args.more();
        let inputs = prepared.told(&args.swept, &more, Some(gate))?;
        return find::finish(&prepared, found, inputs, journal, &mut folder, &finishing);
    }
    let ended = run_cells(&prepared, &runner, &mut journal, &bar);
    bar.finish_and_clear();
    let cells = prepared.plan.design.cells();
    match ended.map_err(|error| error.told(&mut folder))? {
        Ended::Complete => {
            let read = |cell: usize| journal.read(cell);
            let swept = Swept {
                plan: prepared.plan.clone(),
                goal: None,
                levels: prepared.levels(0..cells)?,
                inputs: Some(prepared.told(&args.swept, &[], None)?),
                sources: prepared.sources(),
            };
            written(swept, read, &mut folder, &finishing)?;
            journal.remove();
            Ok(())
        }
        Ended::Stopped => Err(Failure::interrupted(format!(
            "Interrupted: {} of {cells} cells are finished and kept; the same command continues.",
            journal.len()
        ))),
    }
}

/// Runs the cells that are not finished yet.
fn run_cells(
    prepared: &Prepared,
    runner: &Runner,
    journal: &mut Journal,
    bar: &indicatif::ProgressBar,
) -> Result<Ended, Broken> {
    let cells = prepared.plan.design.cells();
    let missing: Vec<usize> = (0..cells).filter(|&cell| !journal.has(cell)).collect();
    progress::of_cells(bar, cells - missing.len(), cells);
    let mut failed = None;
    let ended = prepared.plan.run(
        &missing,
        runner,
        |cell| Ok(Cow::<Model>::Owned(prepared.model(cell))),
        |cell, rows| match journal.push(cell, rows.iter().map(|row| row.pairs.as_slice())) {
            Ok(()) => ControlFlow::Continue(()),
            Err(failure) => {
                failed = Some(failure);
                ControlFlow::Break(())
            }
        },
    );
    match failed {
        Some(failure) => Err(Broken::Kept(failure)),
        None => ended.map_err(Broken::Run),
    }
}

/// Finds the warm-up of all cells, unless the journal knows it.
fn settle_warm_up(prepared: &mut Prepared, path: &Path, runner: &Runner) -> Result<(), RunError> {
    if !prepared.has_warm_up_to_find() {
        return Ok(());
    }
    match Journal::head::<Manifest>(path).and_then(|manifest| manifest.warm_up_found()) {
        Some(found) => {
            prepared.settle_warm_up(found);
            Ok(())
        }
        None => prepared.find_warm_up(runner),
    }
}

/// The folder of a sweep, where it may be written. `resumes` takes up the cells that an earlier one left.
pub(super) fn open(
    target: &Path,
    inputs: &Inputs,
    force: bool,
    resumes: bool,
    output: Output,
) -> Result<ResultFolder, Failure> {
    ResultFolder::open(&Request {
        folder: target,
        names: FILES.map(String::from).to_vec(),
        inputs,
        force,
        resumes,
        is_quiet: output.quiet,
        remedy: "name another folder with -o",
    })
}

impl StudyArgs {
    /// The study, and the path of its scenario. `sought` is an axis that stands for all others.
    pub(super) fn study(&self, sought: Option<&Axis>) -> Result<(Study, PathBuf), Failure> {
        let text = crate::files::read_text(&self.file)
            .map_err(|why| Failure::wrong(format!("{}: {why}", self.file.display())))?;
        let (mut study, scenario) = if scenario::is_study(&text) {
            let name = self.file.display().to_string();
            let study = scenario::read_study(&measure_names(), &name, &text)
                .map_err(|wrong| Failure::wrong(load::with_its_scenario(&self.file, &text, wrong)))?;
            let scenario = self.file.parent().unwrap_or(Path::new("")).join(&study.scenario);
            if crate::files::read_text(&scenario).is_ok_and(|text| scenario::is_study(&text)) {
                let (study, itself) = (self.file.display(), scenario.display());
                let why =
                    format!("{study}: `scenario` names {itself}, which is a study; name the scenario that it varies");
                return Err(Failure::wrong(why));
            }
            (study, scenario)
        } else {
            (self.bare_study(), self.file.clone())
        };
        // In the place of the file's axis of the same key. A second one of that key stays, and is told as one too many.
        let mut own = self.axes()?;
        for known in &mut study.axes {
            if let Some(at) = own.iter().position(|axis| axis.key == known.key) {
                *known = Axis { label: known.label.take(), ..own.remove(at) };
            }
        }
        study.axes.extend(own);
        if let Some(sought) = sought {
            study.axes = vec![sought.clone()];
        }
        study.zip |= self.zip;
        let own = self.set.iter().cloned().map(Setting::from).chain(crate::scenario::shorthands(
            self.seed,
            self.replications,
            self.replan,
        ));
        for setting in own {
            // The command line takes the place of the file.
            study.set.retain(|known| known.change.path != setting.change.path);
            study.set.push(setting);
        }
        Ok((study, scenario))
    }

    /// A study of a scenario in which nothing is varied yet.
    fn bare_study(&self) -> Study {
        let name = self.stem();
        let (description, scenario) = (String::new(), self.file.display().to_string());
        let (set, axes, measures) = (Vec::new(), Vec::new(), Vec::new());
        Study { name, description, scenario, set, axes, zip: false, measures }
    }

    /// The axes of the command line.
    fn axes(&self) -> Result<Vec<Axis>, Failure> {
        let mut axes = self.vary.clone();
        if !self.variant.is_empty() {
            let variants = self.variant.iter().map(|variant| (variant.called(), variant.set.clone())).collect();
            axes.push(Axis::of_variants("variant", variants).map_err(Failure::wrong)?);
        }
        Ok(axes)
    }

    /// How cells are shown and judged.
    pub(super) fn showing(&self) -> Showing {
        Showing {
            measures: self.measures.clone(),
            indifference: self.indifference.clone(),
            allowed: self.files.allow.clone(),
        }
    }

    /// `output/`, what it is, and the file's name without its ending.
    pub(super) fn default_folder(&self, kind: &str) -> PathBuf {
        Path::new("output").join(format!("{kind}-{}", self.stem()))
    }

    /// The file's name without its ending.
    pub(super) fn stem(&self) -> String {
        self.file.file_stem().unwrap_or(self.file.as_os_str()).to_string_lossy().into_owned()
    }

    /// The words of the command that change its results.
    pub(super) fn words(&self) -> Vec<OsString> {
        let mut words = vec![self.file.clone().into_os_string()];
        let mut option = |name: &str, value: String| words.extend([name.into(), value.into()]);
        for axis in &self.vary {
            option("--vary", axis.text.clone());
        }
        for variant in &self.variant {
            option("--variant", variant.text.clone());
        }
        for change in &self.set {
            option("--set", change.to_string());
        }
        if let Some(seed) = self.seed {
            option("--seed", seed.to_string());
        }
        if let Some(replications) = self.replications {
            option("--replications", replications.to_string());
        }
        if !self.measures.is_empty() {
            option("--measures", self.measures.iter().map(|metric| metric.name()).collect::<Vec<_>>().join(","));
        }
        for (metric, zone) in &self.indifference {
            option("--indifference", format!("{}={zone}", metric.name()));
        }
        for folder in &self.files.allow {
            option("--allow-files", folder.display().to_string());
        }
        if self.zip {
            words.push("--zip".into());
        }
        if self.replan {
            words.push("--replan".into());
        }
        words
    }
}

impl SweepArgs {
    /// The command that gives the same result: without what does not change it.
    fn command(&self) -> String {
        let mut words: Vec<OsString> = vec!["backorder".into(), "sweep".into()];
        words.extend(self.swept.words());
        words.extend(self.more().into_iter().map(OsString::from));
        shell::line(&words)
    }

    /// Its words beside those of what is swept.
    fn more(&self) -> Vec<&str> {
        match (&self.find, &self.over) {
            (Some(gate), Some(over)) => vec!["--find", &gate.text, "--over", &over.text],
            _ => Vec::new(),
        }
    }
}
