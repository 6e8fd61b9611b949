//! The command line: one file a subcommand; the only room that opens files and prints.
//!
//! Data goes to standard output, messages to standard error. The exit code says how it went: 0 done, 1 failed while
//! running, 2 the scenario or the command line is wrong, 3 a gate does not hold, 4 a gate is not decidable at this many
//! replications, 130 interrupted.

mod args;
mod compare;
mod console;
mod failure;
mod fingerprint;
mod folder;
mod gates;
mod load;
mod manual;
mod new;
mod no_results;
mod paint;
mod progress;
mod provenance;
mod report;
mod rules;
mod run;
mod schema;
mod theory;
mod trace;
mod validate;
mod variants;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

/// Runs the program with the arguments it was started with, and tells how it went.
pub fn main() -> ExitCode {
    let Cli { command, output } = Cli::parse();
    let done = match command {
        Command::Run(args) => run::run(&args, output),
        Command::Compare(args) => compare::compare(&args, output),
        Command::Trace(args) => trace::trace(&args, output),
        Command::Validate(args) => validate::validate(&args, output),
        Command::Theory(args) => theory::theory(&args, output),
        Command::Rules(args) => rules::rules(&args, output),
        Command::New(args) => new::new(&args, output),
        Command::Report(args) => report::report(&args, output),
        Command::Schema => schema::schema(),
        Command::Completions(args) => manual::completions(args.shell),
        Command::Man => manual::man(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::message(&failure.message);
            ExitCode::from(failure.code)
        }
    }
}
