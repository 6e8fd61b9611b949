//! `run`: a scenario's replications, a folder of results, and a table to read.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use clap::Args;

use super::console;
use super::failure::Failure;
use super::folder::{self, WholeFile};
use super::gates;
use super::load;
use super::no_results::no_results;
use super::options::{Output, ScenarioArgs, parse_jobs};
use super::paint;
use super::progress;
use super::provenance::{self, Origin};
use super::trace::write_ocel;
use crate::domain::{Model, WarmUp};
use crate::engine::Plan;
use crate::experiment::{Gate, GateVerdict, Results, replicate_watched};
use crate::measures::Verdict;
use crate::observe::{LeadTimes, OrderLife, SampleOrder, TraceWriter};
use crate::report::{self, Kept, Kind, Next, Source, Summary};

#[derive(Clone, Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// How many replications, instead of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    replications: Option<u32>,
    /// How many threads; all cores when left out. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    jobs: Option<usize>,
    /// The folder for the results [default: output/<name of the scenario file>]
    #[arg(short, long = "output", value_name = "DIR")]
    output: Option<PathBuf>,
    /// Also write the trace of the first replication to a file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// Also write the first replication to a file as an object-centric event log (OCEL 2.0, JSON)
    #[arg(long, value_name = "FILE")]
    ocel: Option<PathBuf>,
    /// Also write every table of the results as a Parquet file
    #[arg(long)]
    parquet: bool,
    /// Check the invariants of the rules at every instant; slower. A breach ends the run
    #[arg(long)]
    audit: bool,
    /// A gate: 'order_fill_rate >= 0.97'. Its interval decides the exit code: holds 0, does not 3, not decidable at this
    /// many replications 4. May be repeated; several are judged together (Holm's correction)
    #[arg(long, value_name = "CONDITION", value_parser = Gate::parse)]
    require: Vec<Gate>,
}

/// Runs a scenario.
pub(super) fn run(args: &RunArgs, output: Output) -> Result<(), Failure> {
    let (started, clock) = (SystemTime::now(), Instant::now());
    if let Some(gate) = args.require.iter().find(|gate| gate.compares()) {
        let why = "speaks of several scenarios; `backorder compare` takes such gates";
        return Err(Failure::wrong(format!("`{}` {why}", gate.text)));
    }
    let (model, sources) = load::load_with_sources(&args.scenario, args.replications, output)?;
    let target = args.output.clone().unwrap_or_else(|| default_folder(&args.scenario.file));
    folder::check(&target)?;
    let trace = args.trace.as_deref().map(WholeFile::create).transpose()?;
    let ocel = args.ocel.as_deref().map(WholeFile::create).transpose()?;

    let (mut results, closer) = replications(&model, args, &target, output)?;
    results.judge(&args.require).map_err(Failure::wrong)?;
    let args = &as_done(args, &results);
    if let Some((whole, file)) = trace.filter(|_| !results.interrupted) {
        write_trace(&model, &results, file).map_err(|error| whole.failure(&error))?;
        whole.finish()?;
    }
    if let Some((whole, file)) = ocel.filter(|_| !results.interrupted) {
        write_ocel(&settled(&model, &results), 0, file).map_err(|error| whole.failure(&error))?;
        whole.finish()?;
    }
    let mut files: Vec<(String, String)> =
        report::files(&results).into_iter().map(|(name, content)| (name.to_string(), content)).collect();
    let (facts, next) = facts(&model, &results, closer, args, sources);
    files.push(("report.json".to_string(), facts));
    let made = report::rendered(Kind::Run, &files).expect("what was just written can be read");
    files.extend(made);
    let mut files: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|(name, content)| (name, content.into_bytes())).collect();
    if args.parquet {
        files.extend(parquet(&files));
    }
    let mut names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    names.push(provenance::FILE.to_string());
    let from = origin(args, &results).written(started, clock.elapsed(), &names);
    files.push((provenance::FILE.to_string(), from.into_bytes()));
    folder::write(&target, &files)?;

    if output.json {
        console::data(&Summary::from(&results).to_json())?;
    } else if !output.quiet {
        console::data(&paint::document(&report::run_document(&Summary::from(&results))))?;
    }
    if !output.quiet {
        console::message(&closing(args, &results, &target, &names, &next));
    }
    if results.interrupted {
        let done = results.replications();
        return Err(Failure::interrupted(format!("Interrupted: these are the results of {done} replications.")));
    }
    gates::outcome(&results.gates)
}

/// The csv tables among files, as Parquet.
fn parquet(files: &[(String, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    let tables = files.iter().filter_map(|(name, content)| Some((name.strip_suffix(".csv")?, content)));
    tables
        .map(|(name, content)| {
            let table = report::parquet(&String::from_utf8_lossy(content)).expect("what was just written can be read");
            (format!("{name}.parquet"), table)
        })
        .collect()
}

/// What asks for the same result: of an interrupted run, for so many replications as had finished.
fn as_done(args: &RunArgs, results: &Results) -> RunArgs {
    let done = u32::try_from(results.replications()).ok().filter(|_| results.interrupted);
    RunArgs { replications: done.or(args.replications), ..args.clone() }
}

fn origin(args: &RunArgs, results: &Results) -> Origin {
    Origin {
        reproduce: command(args, "run"),
        scenario_files: vec![args.scenario.file.display().to_string()],
        seed: results.seed,
        replications: results.replications(),
        interrupted: results.interrupted,
        audited: args.audit,
    }
}

/// `output/` and the scenario file's name without its ending.
fn default_folder(scenario: &Path) -> PathBuf {
    Path::new("output").join(scenario.file_stem().unwrap_or(scenario.as_os_str()))
}

/// All replications, with a progress bar.
fn replications(model: &Model, args: &RunArgs, target: &Path, output: Output) -> Result<(Results, Closer), Failure> {
    let bar = progress::bar(&args.scenario.file, output.quiet);
    let settings = progress::settings(args.jobs, args.audit, &bar);
    let closer = |model: &Model| (LeadTimes::new(model), SampleOrder::new(model));
    let results = replicate_watched(model, &settings, closer);
    bar.finish_and_clear();
    results.map_err(|error| no_results(&error, target))
}

/// The model with the warm-up that was found, so that its first replication is the one that was measured.
fn settled(model: &Model, results: &Results) -> Model {
    let mut model = model.clone();
    model.run.warm_up = WarmUp::Fixed(results.warm_up);
    model
}

/// Who looks closer at the first replication, for what the page shows beside the tables.
type Closer = (LeadTimes, SampleOrder);

/// What the page needs beside the tables, and what may be looked at next.
fn facts(
    model: &Model,
    results: &Results,
    (lead_times, sample): Closer,
    args: &RunArgs,
    sources: Vec<Source>,
) -> (String, Vec<Next>) {
    let model = settled(model, results);
    let life = sample.into_life();
    let next = next(args, results, life.as_ref());
    let version = env!("CARGO_PKG_VERSION").to_string();
    let origin = report::Origin { version, command: command(args, "run"), sources, next: next.clone() };
    (report::facts(&model, results, &lead_times.into_vendors(), life.as_ref(), origin).to_json(), next)
}

/// What leads on from here: more replications where some verdict needs them, the story of the order that the page draws,
/// and what each rule is worth. Nothing where no order came to an end.
fn next(args: &RunArgs, results: &Results, life: Option<&OrderLife>) -> Vec<Next> {
    let Some(life) = life else {
        return Vec::new();
    };
    let next = |shows: &str, command: String| Next { shows: shows.to_string(), command };
    let mut list = Vec::new();
    let more = match results.replications() {
        1 => Some(("With intervals", 20)),
        // Four times as many halve an interval.
        done if is_undecided(results) => Some(("Intervals half as wide", 4 * done)),
        _ => None,
    };
    if let Some((shows, replications)) = more {
        let args = RunArgs { replications: u32::try_from(replications).ok(), ..args.clone() };
        list.push(next(shows, command(&args, "run")));
    }
    let number = life.order.number;
    let story = format!("{} --order {number}", command(args, "trace"));
    list.push(next(&format!("The story of order {number}"), story));
    list.push(next("Each rule's worth", format!("{} --rules", command(args, "compare"))));
    list
}

/// The command that gives the same result as a run: without what does not change it.
fn command(args: &RunArgs, subcommand: &str) -> String {
    let mut words = vec!["backorder".to_string(), subcommand.to_string(), args.scenario.file.display().to_string()];
    for change in &args.scenario.set {
        words.extend(["--set".to_string(), format!("{}={}", change.path, change.value)]);
    }
    if let Some(seed) = args.scenario.seed {
        words.extend(["--seed".to_string(), seed.to_string()]);
    }
    for folder in &args.scenario.files.allow {
        words.extend(["--allow-files".to_string(), folder.display().to_string()]);
    }
    if subcommand == "run" {
        if let Some(replications) = args.replications {
            words.extend(["--replications".to_string(), replications.to_string()]);
        }
        for gate in &args.require {
            words.extend(["--require".to_string(), gate.text.clone()]);
        }
    }
    provenance::line(&words)
}

/// Whether a promise or a gate cannot be decided by so many replications.
fn is_undecided(results: &Results) -> bool {
    results.promises.iter().any(|promise| promise.verdict == Verdict::Undecided)
        || results.gates.iter().any(|gate| matches!(gate.verdict, GateVerdict::Undecided { .. }))
}

/// The first replication once more, in writing.
fn write_trace(model: &Model, results: &Results, file: File) -> io::Result<()> {
    let model = settled(model, results);
    let mut writer = TraceWriter::new(&model, BufWriter::new(file));
    Plan::new(&model).run(0, &mut writer);
    writer.finish()
}

/// What was written, and what to look at next.
fn closing(args: &RunArgs, results: &Results, target: &Path, names: &[String], next: &[Next]) -> String {
    let mut text = folder::told(target, names);
    text.push('\n');
    if let Some(trace) = args.trace.as_ref().filter(|_| !results.interrupted) {
        text.push_str(&format!("Trace of the first replication: {}.\n", trace.display()));
    }
    if let Some(ocel) = args.ocel.as_ref().filter(|_| !results.interrupted) {
        text.push_str(&format!("Event log of the first replication: {}.\n", ocel.display()));
    }
    text.push_str(&format!("Same again: {}\n", command(args, "run")));
    for Next { shows, command } in next {
        let fits = shows.chars().count() + 2 + command.chars().count() <= 80;
        text.push_str(&format!("{shows}:{}{command}\n", if fits { " " } else { "\n  " }));
    }
    text
}
