//! `tune`: the settings of least cost that meet what must hold, and what each point of service costs.

mod args;
mod groups;
mod kept;
mod levels;
mod manifest;
mod proposed;
mod rewrite;
mod rounds;
mod settings;
mod told;
mod written;

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Instant, SystemTime};

use super::console;
use super::failure::Failure;
use super::folder::{Inputs, Request, ResultFolder};
use super::no_results::no_results;
use super::options::Output;
use super::progress;
use super::provenance::refuse_other_scenario;
use super::shard::Schedulers;
use super::sweep::{CELLS, Journal};
use crate::domain::Model;
use crate::domain::phrase::plural;
use crate::experiment::tune::{Effort, Guarantee, LevelsTuned, Memory, Outcome, Procedure, Simulations, tune_scenario};
use crate::experiment::{Gates, RunError, Runner};
use crate::scenario::Budget;
pub(super) use args::{EXAMPLES, TuneArgs};

use kept::Journalled;
use manifest::{Found, Manifest};
use rounds::{Rounds, Waiting};
use settings::Tuning;
use written::Finishing;

/// Replications for search and choice.
const BUDGET: u64 = 3_000;

/// So many shards a round has, at most.
const SHARDS: u32 = 8;

/// Tells which round is waited for: its plan goes to standard output.
fn told(waiting: &Waiting, output: Output) -> Result<(), Failure> {
    let Waiting { plan, missing, shards, alternatives, replications } = waiting;
    if output.json {
        let value = serde_json::json!({ "plan": plan, "shards": shards, "missing": missing });
        console::json(&format!("{value:#}\n"))?;
    } else {
        console::data(&format!("{}\n", plan.display()))?;
    }
    if !output.quiet {
        let submit = plan.with_file_name("submit.sh");
        let next = if submit.is_file() {
            format!("sh {}, which submits this round and those after it.", submit.display())
        } else {
            format!("backorder shard run {} --index 0, and the others; then this command again.", plan.display())
        };
        let (of, each) = (plural(*alternatives, "alternative"), plural(*replications, "replication"));
        let verb = if *missing == 1 { "is" } else { "are" };
        let all = plural(*shards as usize, "shard");
        console::message(&format!("A round of {of}, {each}: {missing} of {all} {verb} missing."));
        console::message(&format!("Next: {next}"));
    }
    Ok(())
}

/// Tunes a scenario.
pub(super) fn tune(args: &TuneArgs, output: Output) -> Result<(), Failure> {
    let (started, clock) = (SystemTime::now(), Instant::now());
    let target = args.output.clone().unwrap_or_else(|| {
        let stem = args.scenario.file.file_stem().unwrap_or(args.scenario.file.as_os_str()).to_string_lossy();
        PathBuf::from("output").join(format!("tune-{stem}"))
    });
    // What was asked for on the command line, which says how to ask again, and what holds with the scenario's own wishes.
    let mut asked = args.clone();
    let (tuning, args) = Tuning::new(args, output)?;
    let args = &args;
    let folder = ResultFolder::open(&Request {
        folder: &target,
        names: written::names(&tuning),
        inputs: &Inputs::of(tuning.reader.inputs()),
        force: args.force,
        resumes: true,
        is_quiet: output.quiet,
        remedy: "name another folder with -o",
    })?;
    if args.output.is_none() {
        refuse_other_scenario(&folder, &args.scenario.file, args.force)?;
    }
    let bar = progress::bar(&args.scenario.file, output.quiet);
    let settings = progress::settings(args.jobs, false, &bar);
    let runner = Runner::new(&settings).map_err(Failure::running)?;
    let mut finishing = Finishing { args, asked: args, folder, started, clock, output };
    let path = finishing.folder.work()?.join(CELLS);
    if args.afresh {
        // One that is not there need not be removed.
        let _ = fs::remove_file(&path);
    }
    let mut manifest = Manifest::new(&tuning, args);
    let before = Journal::head::<Manifest>(&path).and_then(|before| before.found);
    let today = match before {
        Some(found) => tuning.warmed_up(found.warm_up()),
        None => tuning.settled(&runner).map_err(|error| no_results(&error, &mut finishing.folder))?,
    };
    let default = if args.is_of_levels() { levels::BUDGET } else { BUDGET };
    let budget = match (before, args.budget) {
        (Some(found), _) => found.budget,
        (None, None) => default,
        (None, Some(budget)) => {
            let count = tuning.replications_of(budget, &today, &runner);
            count.map_err(|error| no_results(&error, &mut finishing.folder))?
        }
    };
    if let Some(Budget::Time(time)) = args.budget {
        // Another machine, or another day, would make another number of it.
        asked.budget = Some(Budget::Replications(budget));
        if !output.quiet {
            console::message(&format!("In {time} this machine runs about {budget} replications: --budget {budget}."));
        }
    }
    finishing.asked = &asked;
    let delta = match (before, args.delta) {
        (Some(found), _) => found.delta,
        (None, None) if !args.is_of_levels() => {
            let delta = tuning.default_delta(&today, &runner);
            Some(delta.map_err(|error| no_results(&error, &mut finishing.folder))?)
        }
        (None, asked) => asked,
    };
    manifest.found = Some(Found { warm_up: today.run.warm_up.span().0, budget, delta });
    let memory = Journalled::new(Journal::open(&path, &target, &manifest)?);
    let shards = args.shards.unwrap_or(SHARDS);
    let rounds = args.rounds.as_ref().map(|folder| Rounds {
        journalled: &memory,
        tuning: &tuning,
        today: &today,
        scenario: &args.scenario.file,
        folder,
        shards,
        command: asked.going_on(&target, shards),
        schedulers: Schedulers { slurm: args.slurm, kubernetes: args.kubernetes },
        output,
        waiting: Mutex::default(),
    });
    let keeper: &dyn Memory = rounds.as_ref().map_or(&memory, |rounds| rounds);
    let found = tuned(&tuning, &today, Simulations::new(&runner, keeper), args, budget, delta);
    bar.finish_and_clear();
    if let (Err(_), Some(waiting)) = (&found, rounds.as_ref().and_then(Rounds::waiting)) {
        return told(&waiting, output);
    }
    let verdict = match found.map_err(|error| memory.told(&error, &mut finishing.folder))? {
        Tuned::Settings(_, outcome) if outcome.looked_at.is_empty() => {
            memory.remove();
            return Err(tuning.nothing_valid());
        }
        Tuned::Settings(plan, outcome) => written::settings(&tuning, plan, &outcome, &mut finishing)?,
        Tuned::Levels(tuned) => levels::written(&tuning, &today, &tuned, budget, &mut finishing)?,
    };
    memory.remove();
    match verdict {
        Gates::Hold => Ok(()),
        Gates::Fail => Err(Failure::gate(3, "Nothing was found that meets what must hold.")),
        Gates::Undecided | Gates::NoOccasion => {
            Err(Failure::gate(4, "Whether what was found meets what must hold is not decidable at this budget."))
        }
    }
}

/// What was found.
enum Tuned {
    Settings(Effort, Box<Outcome>),
    Levels(Box<LevelsTuned>),
}

/// Tunes what is to be decided.
fn tuned(
    tuning: &Tuning,
    today: &Model,
    simulations: Simulations<'_>,
    args: &TuneArgs,
    budget: u64,
    delta: Option<f64>,
) -> Result<Tuned, RunError> {
    let Some(delta) = delta else {
        return levels::tuned(tuning, today, &simulations, budget, args).map(|tuned| Tuned::Levels(Box::new(tuned)));
    };
    let guarantee = Guarantee { delta, alpha: 1.0 - args.confidence.unwrap_or(0.95) };
    let procedure = args.selection.unwrap_or(Procedure::KimNelson);
    let plan = Effort { budget, guarantee, procedure, seed: today.run.seed };
    let outcome = tune_scenario(&tuning.problem(today, simulations), plan, settings::replications(args))?;
    Ok(Tuned::Settings(plan, Box::new(outcome)))
}
