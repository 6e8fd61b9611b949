//! `run`: a scenario's replications, a folder of results, and a table to read.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use clap::Args;

use super::closing;
use super::console;
use super::failure::Failure;
use super::folder::{Change, Inputs, PROVENANCE, Request, ResultFolder, Wanted, WholeFile, refuse_one_file};
use super::gates;
use super::load::Read;
use super::no_results::no_results;
use super::options::{Output, ScenarioArgs, parse_jobs};
use super::paint;
use super::progress;
use super::provenance::{self, Provenance};
use super::reader::Reader;
use super::reproduce::Asked;
use super::trace::{OCEL_BEGINS, TRACE_BEGINS, write_ocel};
use super::what_if;
use crate::domain::{Model, WarmUp};
use crate::engine::{Erased, Plan};
use crate::experiment::{Gate, GateVerdict, Results, planned, replicate_watched};
use crate::measures::Verdict;
use crate::observe::{Flows, LeadTimes, OrderLife, SampleOrder, TraceWriter};
use crate::report::{self, DATA_FILES, Kept, Next, PlannedLevels, Summary};

#[derive(Clone, Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// How many replications, instead of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) replications: Option<u32>,
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
    /// Replace files that backorder did not write, or that were changed since
    #[arg(long)]
    force: bool,
    /// Make a page that answers what if: it holds the scenario, all files it reads, and the engine
    #[arg(long)]
    what_if: bool,
    /// With --what-if: orders that were really placed may lie in the page
    #[arg(long, requires = "what_if")]
    embed_orders: bool,
    /// Check the invariants of the rules at every instant; slower. A breach ends the run
    #[arg(long)]
    audit: bool,
    /// A gate: 'order_fill_rate >= 0.97'. Its interval decides the exit code: holds 0, does not 3, not decidable at this
    /// many replications or without occasion 4. May be repeated; several are judged together (Holm's correction)
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
    // What is asked is found by reading the scenario again without some of it: the files are opened once for all of that.
    let reader = Reader::open(&args.scenario.file, &args.scenario.files.allow)?;
    let checked = reader.checked(&args.scenario.settings(args.replications));
    let Read { model, sources, inputs } = checked.map_err(Failure::wrong)?.told(output);
    let inputs = Inputs::of(inputs);
    let asked = Asked::new(&args.scenario, args.replications, &args.require, &model, &reader);
    let asked = asked.writing(args.parquet.then_some("--parquet"));
    drop(reader);
    let mut what_if = None;
    if args.what_if {
        what_if = Some(what_if::part(&args.scenario, &asked, &sources, args.embed_orders)?);
    }
    let mut folder = open(args, &inputs, output)?;
    let logs = Logs::new(args, &inputs, &folder)?;

    let ((mut results, closer), levels) = std::thread::scope(|scope| {
        // On a thread of its own for a short time, so that it need not be done when the replications are over. Levels depend on the
        // warm-up, which may still have to be found.
        let is_settled = matches!(model.run.warm_up, WarmUp::Fixed(_));
        let beside = (is_settled && args.jobs != Some(1)).then(|| scope.spawn(|| levels_of(&model)));
        let done = replications(&model, args, &mut folder, output);
        let levels = beside.map(|beside| beside.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause)));
        done.map(|done| (done, levels))
    })?;
    results.judge(&args.require).map_err(Failure::wrong)?;
    // The same result again is one of so many replications as had finished.
    let asked = if results.interrupted { asked.of(results.replications()) } else { asked };
    let model = settled(model, &results);
    let life = closer.1.into_life();
    let next = |asked: &Asked| next(asked, &results, life.as_ref());
    // The data are the same with levers and without, and `report` makes a page of either kind of them.
    let with_page = asked.writing(what_if.iter().flat_map(|it| it.options.iter().copied()));
    let origin = report::Origin {
        version: env!("CARGO_PKG_VERSION").to_string(),
        command: asked.there().run(),
        sources,
        next: next(&asked.there()),
    };
    let (lead_times, flows) = closer.0;
    let seen = report::Seen { lead_times: &lead_times.into_vendors(), flows: &flows, life: life.as_ref() };
    let facts = report::facts(&model, &results, &seen, origin);
    if let Some(what_if) = &mut what_if {
        (what_if.replications, what_if.seed) = (results.replications(), results.seed);
    }
    let levels = levels.unwrap_or_else(|| levels_of(&model));
    let files = report::files_with_page(&results, levels, &facts, what_if.as_ref());
    let files = files.into_iter().map(|(name, content)| (name, content.into_bytes())).collect();
    let files = with_parquet(args, files);
    let mut names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    names.push(PROVENANCE.to_string());
    let origin = origin_of(args, &with_page, &results).recorded(&folder, started, clock.elapsed());
    folder.commit(Change { files, kept: Vec::new(), origin })?;
    drop(folder);

    // The results stand, whatever becomes of these.
    let logged = if results.interrupted { Ok(Vec::new()) } else { logs.write(&model) };
    if output.json {
        console::json(&Summary::from(&results).to_json())?;
    } else if !output.quiet {
        console::page(&paint::document(&report::run_document(&Summary::from(&results))))?;
    }
    if !output.quiet {
        let target = target(args)?;
        let logged = logged.as_deref().unwrap_or_default();
        console::message(&closing(&closing::told(&target, &names), logged, &with_page.run(), &next(&with_page)));
    }
    let verdict = match results.interrupted {
        true => Err(Failure::interrupted(format!(
            "Interrupted: these are the results of {} replications.",
            results.replications()
        ))),
        false => gates::outcome(&results.gates),
    };
    match (logged, verdict) {
        (Err(failed), Err(verdict)) => {
            console::message(&failed.message);
            Err(verdict)
        }
        (Err(failed), Ok(())) => Err(failed),
        (Ok(_), verdict) => verdict,
    }
}

/// The folder of the results, where they may be written.
fn open(args: &RunArgs, inputs: &Inputs, output: Output) -> Result<ResultFolder, Failure> {
    let target = target(args)?;
    let tables = DATA_FILES.iter().filter_map(|name| name.strip_suffix(".csv"));
    let parquet = tables.map(|name| format!("{name}.parquet"));
    let names = DATA_FILES.iter().map(ToString::to_string).chain(["report.html".to_string()]).chain(parquet).collect();
    let folder = ResultFolder::open(&Request {
        folder: &target,
        names,
        inputs,
        force: args.force,
        resumes: false,
        is_quiet: output.quiet,
        remedy: "name another folder with -o",
    })?;
    if args.output.is_none() {
        provenance::refuse_other_scenario(&folder, &args.scenario.file, args.force)?;
    }
    Ok(folder)
}

/// The folder for the results: the one asked for, or `output/` and the scenario file's name without its ending.
fn target(args: &RunArgs) -> Result<PathBuf, Failure> {
    if let Some(output) = &args.output {
        return Ok(output.clone());
    }
    let file = &args.scenario.file;
    let name = file.file_stem().unwrap_or(file.as_os_str());
    if [".", ".."].iter().any(|way| name == *way) {
        let why = format!("{}: without its ending its name names no folder of its own below output/", file.display());
        return Err(Failure::wrong(format!("{why}; name the folder for the results with -o")));
    }
    Ok(Path::new("output").join(name))
}

/// Files with the csv tables among them once more, as Parquet, where that was asked for.
fn with_parquet(args: &RunArgs, mut files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    if args.parquet {
        let tables = files.iter().filter_map(|(name, content)| Some((name.strip_suffix(".csv")?, content)));
        let made: Vec<_> = tables
            .map(|(name, content)| {
                let table = report::parquet(&String::from_utf8_lossy(content));
                (format!("{name}.parquet"), table.expect("what was just written can be read"))
            })
            .collect();
        files.extend(made);
    }
    files
}

fn origin_of(args: &RunArgs, asked: &Asked, results: &Results) -> Provenance {
    Provenance {
        reproduce: asked.run(),
        scenario_files: vec![args.scenario.file.display().to_string()],
        scenario: args.scenario.file.clone(),
        seed: results.seed,
        replications: results.replications(),
        interrupted: results.interrupted,
        audited: args.audit,
    }
}

/// All replications, with a progress bar.
fn replications(
    model: &Model,
    args: &RunArgs,
    folder: &mut ResultFolder,
    output: Output,
) -> Result<(Results, Closer), Failure> {
    let bar = progress::bar(&args.scenario.file, output.quiet);
    let settings = progress::settings(args.jobs, args.audit, &bar);
    let closer = |model: &Model| ((LeadTimes::new(model), Flows::new(model)), SampleOrder::new(model));
    let results = replicate_watched(model, &settings, closer);
    bar.finish_and_clear();
    results.map_err(|error| no_results(&error, folder))
}

/// The levels that a model plans.
fn levels_of(model: &Model) -> PlannedLevels {
    PlannedLevels::of(model, &planned(model))
}

/// The model with the warm-up that was found, so that its first replication is the one that was measured.
fn settled(mut model: Model, results: &Results) -> Model {
    model.run.warm_up = WarmUp::Fixed(results.warm_up);
    model
}

/// Who looks closer at the first replication, for what the page shows beside the tables.
type Closer = ((LeadTimes, Flows), SampleOrder);

/// What leads on from here: more replications where some verdict needs them, the story of the order that the page draws,
/// and what each rule is worth. Nothing where no order came to an end.
fn next(asked: &Asked, results: &Results, life: Option<&OrderLife>) -> Vec<Next> {
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
        list.push(next(shows, asked.of(replications).run()));
    }
    let number = life.order.number;
    list.push(next(&format!("The story of order {number}"), asked.story(number)));
    list.push(next("Each rule's worth", asked.rules()));
    list
}

/// Whether a promise or a gate cannot be decided by so many replications.
fn is_undecided(results: &Results) -> bool {
    results.promises.iter().any(|promise| promise.verdict == Verdict::Undecided)
        || results.gates.iter().any(|gate| matches!(gate.verdict, GateVerdict::Undecided { .. }))
}

/// The trace and the event log of the first replication, where they were asked for.
struct Logs {
    trace: Option<Log>,
    ocel: Option<Log>,
}

/// A file beside the results.
struct Log {
    place: PathBuf,
    /// Opened before the run, so that what cannot be written is told then; `None` where its folder is still to be made,
    /// as it is the results'.
    opened: Option<(WholeFile, File)>,
}

impl Logs {
    fn new(args: &RunArgs, inputs: &Inputs, folder: &ResultFolder) -> Result<Self, Failure> {
        let named = [("--trace", &args.trace), ("--ocel", &args.ocel)];
        let named: Vec<_> = named.into_iter().filter_map(|(option, place)| Some((option, place.as_deref()?))).collect();
        refuse_one_file(&named)?;
        let log = |place: &Option<PathBuf>, option, begins| {
            let Some(place) = place.clone() else { return Ok(None) };
            if folder.may_write(&place) {
                let why = format!("{option}: {} is a file of the results themselves", place.display());
                return Err(Failure::wrong(format!("{why}; name another file")));
            }
            let wanted = Wanted { place: &place, option, begins, inputs, force: args.force };
            let is_to_be_made = !folder.named().exists() && place.parent() == Some(folder.named());
            let opened = if is_to_be_made { None } else { Some(wanted.create()?) };
            Ok(Some(Log { place, opened }))
        };
        let trace = log(&args.trace, "--trace", TRACE_BEGINS)?;
        let ocel = log(&args.ocel, "--ocel", OCEL_BEGINS)?;
        Ok(Self { trace, ocel })
    }

    /// Writes them: the first replication once more. What was written is told in words.
    fn write(self, model: &Model) -> Result<Vec<String>, Failure> {
        let mut told = Vec::new();
        if let Some(log) = self.trace {
            told.push(format!("Trace of the first replication: {}.", log.place.display()));
            log.fill(|file| write_trace(model, file))?;
        }
        if let Some(log) = self.ocel {
            told.push(format!("Event log of the first replication: {}.", log.place.display()));
            log.fill(|file| write_ocel(model, 0, file))?;
        }
        Ok(told)
    }
}

impl Log {
    fn fill(self, write: impl FnOnce(File) -> io::Result<()>) -> Result<(), Failure> {
        let (whole, file) = match self.opened {
            Some(opened) => opened,
            None => WholeFile::create(&self.place)?,
        };
        write(file).map_err(|error| whole.failure(&error))?;
        whole.finish()
    }
}

fn write_trace(model: &Model, file: File) -> io::Result<()> {
    let mut writer = TraceWriter::new(model, BufWriter::new(file));
    Plan::new(model).run(0, &mut Erased::new(&mut writer)).map_err(io::Error::other)?;
    writer.finish()
}

/// What was written, and what to look at next.
fn closing(written: &str, logged: &[String], again: &str, next: &[Next]) -> String {
    let mut text = format!("{written}\n");
    for line in logged {
        text.push_str(&format!("{line}\n"));
    }
    text.push_str(&format!("Same again: {again}\n"));
    for Next { shows, command } in next {
        let fits = shows.chars().count() + 2 + command.chars().count() <= 80;
        text.push_str(&format!("{shows}:{}{command}\n", if fits { " " } else { "\n  " }));
    }
    text
}
