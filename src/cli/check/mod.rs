//! `check`: scenarios and studies, held against what they came to before.

mod accept;
mod args;
mod decided;
mod foreign;
mod gather;
mod guarded;
mod outputs;

use std::path::{Path, PathBuf};

use super::console;
use super::failure::Failure;
use super::folder::write_file;
use super::options::Output;
use super::paint;
use super::progress;
use super::shell;
use crate::domain::settings::Words;
use crate::experiment::check::{Case, Finding, Record, Standard, Verdict, check as judge, first_event, record};
use crate::experiment::{RunError, Runner};
use crate::measures::Metric;
use crate::report::{
    self, BaselineSummary, CellSummary, CheckSummary, Checker, Decided, DecisionMoved, FirstEventSummary, Stored,
};
use crate::scenario;
use args::Mode;
pub(super) use args::{CheckArgs, EXAMPLES};
use guarded::Guarded;
use outputs::Outputs;

/// Holds baselines against what is stored of them.
pub(super) fn check(args: &CheckArgs, output: Output) -> Result<(), Failure> {
    if args.accept {
        return accept::accept(&args.paths, args.outputs.force, output);
    }
    let bar = progress::bar(Path::new(""), output.quiet);
    let settings = progress::settings(args.jobs, false, &bar);
    let runner = Runner::new(&settings).map_err(Failure::running)?;
    let (all, passed_over) = gather::gather(args, &runner)?;
    let outputs = Outputs::open(&args.outputs, &all)?;
    if args.update {
        foreign::refuse(&args.paths, &all, args.outputs.force)?;
    }
    let decisions = if args.update { Vec::new() } else { decided::moved(&args.paths)? };

    bar.set_length(all.iter().map(|it| u64::from(it.replications) * it.cells.len() as u64).sum());
    let mut records = Vec::new();
    for guarded in &all {
        bar.set_message(guarded.name.clone());
        records.push(run(guarded, &runner, args.seed.is_none(), &bar)?);
    }
    bar.finish_and_clear();
    if args.update {
        return update(args, &all, records, output);
    }
    let check = held(args, &all, &records, decisions, passed_over);
    outputs.write(&check)?;
    if output.json {
        console::json(&check.to_json())?;
    } else if !output.quiet {
        console::page(&paint::document(&report::check_document(&check)))?;
    }
    match check.verdict {
        Verdict::Unmoved => Ok(()),
        Verdict::Moved => Err(Failure::gate(3, "Baselines moved.")),
        Verdict::Undecided => {
            Err(Failure::gate(4, "Whether baselines moved is not decidable at this many replications."))
        }
    }
}

/// Runs the cells of a baseline.
fn run(
    guarded: &Guarded,
    runner: &Runner,
    watched: bool,
    bar: &indicatif::ProgressBar,
) -> Result<Vec<Record>, Failure> {
    let interrupted = || Failure::interrupted("Interrupted: nothing was judged, and nothing was written.");
    let mut records = Vec::new();
    for (cell, model) in &guarded.cells {
        let found = record(runner, model, guarded.replications, watched).map_err(|error| match error {
            RunError::Interrupted => interrupted(),
            error => {
                let cell = if cell.is_empty() { String::new() } else { format!(" [{cell}]") };
                Failure::running(format!("{}{cell}: {error}", guarded.file.display()))
            }
        })?;
        records.push(found.ok_or_else(interrupted)?);
        bar.inc(u64::from(guarded.replications));
    }
    Ok(records)
}

/// Whether the replications are of the seed that the stored ones are of.
fn is_paired(args: &CheckArgs, guarded: &Guarded) -> bool {
    guarded.stored.as_ref().is_some_and(|stored| stored.seed == args.seed.unwrap_or(guarded.seed))
}

/// What the records amount to, held against what is stored.
fn held(
    args: &CheckArgs,
    all: &[Guarded],
    records: &[Vec<Record>],
    decisions: Vec<DecisionMoved>,
    passed_over: usize,
) -> CheckSummary {
    let mut cases = Vec::new();
    for (guarded, records) in all.iter().zip(records) {
        let mode = args.mode_of(&guarded.baseline);
        for ((_, before), after) in guarded.stored.iter().flat_map(|stored| &stored.cells).zip(records) {
            let standard = match mode {
                scenario::Mode::Exact => Standard::Exact,
                scenario::Mode::Statistical => Standard::Statistical(guarded.judging()),
            };
            cases.push(Case { before, after, standard, is_paired: is_paired(args, guarded) });
        }
    }
    let findings = judge(&cases);
    let first = first(all, &cases, &findings);
    let mut findings = findings.iter();
    let summary = |guarded: &Guarded| {
        let cells: Vec<CellSummary> = guarded
            .cells
            .iter()
            .zip(&mut findings)
            .map(|((cell, _), finding)| CellSummary::new(cell, finding))
            .collect();
        let mode = args.mode_of(&guarded.baseline);
        BaselineSummary {
            name: guarded.name.clone(),
            file: guarded.file.display().to_string(),
            scenario: guarded.baseline.scenario.clone(),
            mode: mode.word().to_string(),
            seed: args.seed.unwrap_or(guarded.seed),
            replications: guarded.replications as usize,
            paired: is_paired(args, guarded),
            verdict: cells.iter().map(|cell| cell.verdict).max().unwrap_or(Verdict::Unmoved),
            cells: cells
                .into_iter()
                .filter(|cell| cell.verdict != Verdict::Unmoved || !cell.measures.is_empty())
                .collect(),
        }
    };
    let baselines = all.iter().map(summary).collect();
    let by = Checker {
        backorder: env!("CARGO_PKG_VERSION").to_string(),
        platform: guarded::platform(),
        command: command(args),
    };
    // Who asks whether any difference matters has changed a rule, and knows it.
    let decided = Decided { moved: decisions, counts: args.mode != Some(Mode::Statistical) };
    CheckSummary::new(by, baselines, decided, first, passed_over, notes(args, all, passed_over))
}

/// The first event that differs, of the smallest scenario that shows it.
fn first(all: &[Guarded], cases: &[Case<'_>], findings: &[Finding]) -> Option<FirstEventSummary> {
    let cells = all.iter().flat_map(|guarded| guarded.cells.iter().map(move |(cell, model)| (guarded, cell, model)));
    let parted =
        cells.zip(cases).zip(findings).filter_map(|((cell, case), finding)| Some((cell, case, finding.parting?)));
    let moved = parted.min_by_key(|(_, _, parting)| parting.events)?;
    let ((guarded, cell, model), case, parting) = moved;
    let trace = |record: &'_ Record| record.traces[parting.replication].clone();
    let event = first_event(model, &trace(case.before), &trace(case.after), parting)?;
    Some(FirstEventSummary::new(&guarded.name, cell, event))
}

/// What a reader has to know of what is stored.
fn notes(args: &CheckArgs, all: &[Guarded], passed_over: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if passed_over > 0 {
        let baselines =
            if passed_over == 1 { "baseline of the full suite is" } else { "baselines of the full suite are" };
        notes.push(format!("{passed_over} {baselines} left out, as --quick asks"));
    }
    for (data, baseline) in gather::left_behind(&args.paths, all) {
        notes.push(format!(
            "{} belongs to no baseline, as there is no {}; name the baseline so again, or remove the file",
            data.display(),
            baseline.display()
        ));
    }
    let here = (env!("CARGO_PKG_VERSION").to_string(), guarded::platform());
    let mut others: Vec<((String, String), usize)> = Vec::new();
    for stored in all.iter().filter_map(|guarded| guarded.stored.as_ref()) {
        let made_by = (stored.backorder.clone(), stored.platform.clone());
        match others.iter_mut().find(|(known, _)| *known == made_by) {
            _ if made_by == here => {}
            Some((_, count)) => *count += 1,
            None => others.push((made_by, 1)),
        }
    }
    for ((version, platform), count) in others {
        let (own_version, own_platform) = &here;
        let were = if count == 1 { "was" } else { "were" };
        notes.push(format!(
            "{count} of the baselines {were} made by backorder {version} on {platform}; this is {own_version} on {own_platform}"
        ));
    }
    for guarded in all {
        let Some(stored) = &guarded.stored else { continue };
        let changed: Vec<&str> = guarded
            .sources
            .iter()
            .filter(|source| !stored.sources.contains(source))
            .map(|source| source.name.as_str())
            .collect();
        if !changed.is_empty() {
            notes.push(format!("{}: changed since it was stored: {}", guarded.name, changed.join(", ")));
        }
        let lacking = lacking(stored);
        if !lacking.is_empty() {
            let (names, them) = (gather::first_names(&lacking), if lacking.len() == 1 { "it" } else { "them" });
            notes.push(format!("{}: not stored, so not compared: {names}; --update adds {them}", guarded.name));
        }
        if !stored.unknown.is_empty() {
            let names = stored.unknown.join(", ");
            notes.push(format!("{}: stored, but not known to this version, so not compared: {names}", guarded.name));
        }
    }
    if let Some(seed) = args.seed.filter(|_| all.iter().any(|guarded| !is_paired(args, guarded))) {
        notes.push(format!(
            "the replications of seed {seed} are not paired with the stored ones: intervals are wider, and traces not compared"
        ));
    }
    notes
}

/// What of a record this version would store, and the stored one has not.
fn lacking(stored: &Stored) -> Vec<&'static str> {
    let records = || stored.cells.iter().map(|(_, record)| record);
    let is_lacking = |metric: &Metric| records().any(|record| record.pairs(*metric).is_none());
    let measures = Metric::ALL.iter().filter(|metric| is_lacking(metric)).map(|metric| metric.name());
    let traces = records().any(|record| record.traces.is_empty()).then_some("what happened");
    measures.chain(traces).collect()
}

/// Writes what is new beside what is stored.
fn update(args: &CheckArgs, all: &[Guarded], records: Vec<Vec<Record>>, output: Output) -> Result<(), Failure> {
    let mut written = Vec::new();
    for (guarded, records) in all.iter().zip(records) {
        let cells = guarded.cells.iter().map(|(cell, _)| cell.clone()).zip(records).collect();
        let stored = Stored {
            backorder: env!("CARGO_PKG_VERSION").to_string(),
            platform: guarded::platform(),
            seed: args.seed.unwrap_or(guarded.seed),
            set: guarded.set(),
            sources: guarded.sources.clone(),
            cells,
            unknown: Vec::new(),
        };
        let new = guarded.new_data();
        let is_same = guarded.stored.as_ref().is_some_and(|before| {
            let (backorder, platform) = (before.backorder.clone(), before.platform.clone());
            Stored { backorder, platform, ..stored.clone() }.to_json() == before.to_json()
        });
        if renew(&new, is_same, || stored.to_json())? {
            written.push(new);
        }
    }
    let moved = written.len();
    for file in decided::files(&args.paths) {
        let (now, new) = (decided::now(), decided::new_file(&file));
        if renew(&new, crate::files::read_text(&file).is_ok_and(|stored| stored == now), || now)? {
            written.push(new);
        }
    }
    if output.json {
        return console::written(&written);
    }
    if output.quiet {
        return Ok(());
    }
    if written.is_empty() {
        return console::data("Nothing is new: what is stored stays as it is.\n");
    }
    let decisions = if written.len() > moved { ", and the rules' decisions" } else { "" };
    let mut text = format!("Written, to be looked at: {moved} of {} baselines are new{decisions}.\n", all.len());
    written.iter().for_each(|path| text.push_str(&format!("  {}\n", path.display())));
    text.push_str(&format!("To take them over: {} --accept\n", command(args)));
    console::data(&text)
}

/// Writes a file of what is new, and says so; where nothing is, takes away one of an earlier `--update`, which would take back
/// what is stored.
fn renew(new: &Path, is_same: bool, content: impl FnOnce() -> String) -> Result<bool, Failure> {
    if !is_same {
        write_file(new, content().as_bytes())?;
        return Ok(true);
    }
    match std::fs::remove_file(new) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::writing(new, &error)),
        _ => Ok(false),
    }
}

/// The command, with the baselines that it is about.
fn command(args: &CheckArgs) -> String {
    let mut words: Vec<std::ffi::OsString> = vec!["backorder".into(), "check".into()];
    let default = [PathBuf::from("benches/baselines")];
    if args.paths != default {
        words.extend(args.paths.iter().map(|path| path.clone().into_os_string()));
    }
    shell::line(&words)
}
