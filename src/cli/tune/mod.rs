//! `tune`: the settings of least cost that meet what must hold, and what each point of service costs.

mod args;
mod levels;
mod rewrite;
mod settings;
mod written;

use std::path::PathBuf;
use std::time::{Instant, SystemTime};

use super::console;
use super::failure::Failure;
use super::folder::{Inputs, Request, ResultFolder};
use super::no_results::no_results;
use super::options::Output;
use super::progress;
use super::provenance::refuse_other_scenario;
use crate::experiment::Runner;
use crate::experiment::tune::{Guarantee, Plan, tune_scenario};
use crate::scenario::Budget;
pub(super) use args::{EXAMPLES, TuneArgs};

use args::ESTIMATED;
use settings::Tuning;
use written::Finishing;

/// Replications for search and choice.
const BUDGET: u64 = 3_000;

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
        resumes: false,
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
    let today = tuning.settled(&runner).map_err(|error| no_results(&error, &mut finishing.folder))?;
    let budget = match args.budget {
        Some(budget) => {
            let count = tuning.replications_of(budget, &today, &runner);
            let count = count.map_err(|error| no_results(&error, &mut finishing.folder))?;
            if let Budget::Time(time) = budget {
                // Another machine, or another day, would make another number of it.
                asked.budget = Some(Budget::Replications(count));
                if !output.quiet {
                    console::message(&format!(
                        "In {time} this machine runs about {count} replications: --budget {count}."
                    ));
                }
            }
            Some(count)
        }
        None => None,
    };
    finishing.asked = &asked;
    if args.vary.is_empty() {
        return levels::tune(&tuning, &today, budget, &settings, &bar, &mut finishing);
    }
    let found = (|| {
        let delta = match args.delta {
            Some(delta) => delta,
            None => tuning.default_delta(&today, &runner)?,
        };
        let guarantee = Guarantee { delta, alpha: 1.0 - args.confidence.unwrap_or(0.95) };
        let plan = Plan { budget: budget.unwrap_or(BUDGET), guarantee, seed: today.run.seed };
        let problem = tuning.problem(&runner, &today);
        tune_scenario(&problem, plan, &today, args.replications.unwrap_or(ESTIMATED)).map(|outcome| (plan, outcome))
    })();
    bar.finish_and_clear();
    let (plan, outcome) = found.map_err(|error| no_results(&error, &mut finishing.folder))?;
    written::settings(&tuning, plan, &outcome, &mut finishing)
}
