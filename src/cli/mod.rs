//! The command line: one file a subcommand; the only room that opens files and prints.
//!
//! Data goes to standard output, messages to standard error. The exit code says how it went: 0 done, 1 failed while
//! running, 2 the scenario or the command line is wrong, 3 a gate does not hold, 4 a gate is not decidable at this many
//! replications or had no occasion, 130 interrupted.

mod asked;
mod check;
mod closing;
mod compare;
mod console;
mod failure;
mod fingerprint;
mod folder;
mod gates;
mod import;
mod load;
mod manual;
mod new;
mod no_results;
mod options;
mod paint;
mod progress;
mod provenance;
mod reader;
mod report;
mod reproduce;
mod rules;
mod run;
mod schema;
mod shard;
mod signals;
mod sweep;
mod theory;
mod trace;
mod tune;
mod validate;
mod variants;
mod way;
mod what_if;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::report::{is_hidden, shell};
use options::{Output, ScenarioArgs};

/// Simulates order fulfilment: real backorder rules, random lead times and demand, many warehouses.
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    // As all that is printed; without a terminal it would be wider.
    max_term_width = 80,
    after_help = "Exit codes: 0 done, 1 failed while running, 2 the scenario or the command \
line is wrong, 3 a gate (--require) does not hold, or a baseline moved, 4 that is not decidable at this many replications or had no occasion, 130 interrupted."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a scenario and write a folder of results
    Run(run::RunArgs),
    /// Compare scenarios on the same customers and lead times, or show what each rule is worth
    #[command(after_long_help = compare::EXAMPLES)]
    Compare(compare::CompareArgs),
    /// Run a scenario in every cell of a grid, or seek the least setting that meets a goal
    #[command(after_long_help = sweep::EXAMPLES)]
    Sweep(Box<sweep::SweepArgs>),
    /// Find the settings of least cost that meet what must hold, or propose levels for every product
    #[command(after_long_help = tune::EXAMPLES)]
    Tune(tune::TuneArgs),
    /// Divide a sweep among many machines, and merge what they found
    #[command(after_long_help = shard::EXAMPLES)]
    Shard(shard::ShardArgs),
    /// Hold scenarios against stored baselines: what moved, by how much, by which rule
    #[command(after_long_help = check::EXAMPLES)]
    Check(check::CheckArgs),
    /// Tell what happens in one replication: everything as JSON lines, or one order's story
    Trace(trace::TraceArgs),
    /// Check a scenario without running it; every mistake is shown at once
    Validate(ScenarioArgs),
    /// Hold simulated measures against exact ones from theory
    Theory(theory::TheoryArgs),
    /// List the retailer's rules, or explain one
    Rules(rules::RulesArgs),
    /// Make report.html and the charts of a result folder again, from its data alone
    Report(report::ReportArgs),
    /// Print the JSON Schema of scenario files, of study files, or of baselines
    Schema(schema::SchemaArgs),
    /// Write a folder with a starter scenario, commented and ready to run
    New(new::NewArgs),
    /// Make a scenario of a shop's exports: orders, stock, purchases, receipts, products
    #[command(after_long_help = import::EXAMPLES)]
    Import(Box<import::ImportArgs>),
    /// Print completions for a shell
    Completions(manual::CompletionsArgs),
    /// Print the manual page (`backorder man | man -l -`)
    Man,
}

/// Runs the program with the arguments it was started with, and tells how it went.
pub fn main() -> ExitCode {
    let Cli { command, output } = match Cli::try_parse() {
        Ok(asked) => asked,
        Err(error) => return told(&error),
    };
    let done = match command {
        Command::Run(args) => run::run(&args, output),
        Command::Compare(args) => compare::compare(&args, output),
        Command::Sweep(args) => sweep::sweep(&args, output),
        Command::Tune(args) => tune::tune(&args, output),
        Command::Shard(args) => shard::shard(&args, output),
        Command::Check(args) => check::check(&args, output),
        Command::Trace(args) => trace::trace(&args, output),
        Command::Validate(args) => validate::validate(&args, output),
        Command::Theory(args) => theory::theory(&args, output),
        Command::Rules(args) => rules::rules(&args, output),
        Command::New(args) => new::new(&args, output),
        Command::Import(args) => import::import(&args, output),
        Command::Report(args) => report::report(&args, output),
        Command::Schema(args) => schema::schema(&args),
        Command::Completions(args) => manual::completions(args.shell, Cli::command()),
        Command::Man => manual::man(Cli::command()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::message(&failure.message);
            ExitCode::from(failure.code)
        }
    }
}

/// Prints what is wrong with the command line, or the help that was asked for. The words that are wrong are shown as they
/// are, in colours, but for what a terminal would obey.
fn told(error: &clap::Error) -> ExitCode {
    let is_hostile = std::env::args_os().any(|word| word.to_string_lossy().contains(is_hidden));
    if is_hostile && error.use_stderr() {
        console::message(&error.render().to_string());
    } else {
        // Where nobody reads, nobody wants to know.
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
