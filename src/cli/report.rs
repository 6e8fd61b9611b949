//! `report`: page and charts of a result folder once more, from its data alone.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use super::console;
use super::failure::{Failure, in_words};
use super::folder;
use super::options::Output;
use crate::report::{self, Kind};

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// The folder of a result
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Makes page and charts again.
pub(super) fn report(args: &ReportArgs, output: Output) -> Result<(), Failure> {
    let target = &args.folder;
    if !target.is_dir() {
        return Err(Failure::wrong(format!(
            "{}: there is no such folder; name the folder of a result",
            target.display()
        )));
    }
    let kind = kind(target)?;
    let mut files = Vec::new();
    for name in kind.data_files() {
        match fs::read_to_string(target.join(&name)) {
            Ok(text) => files.push((name, text)),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                let why = in_words(&error);
                return Err(Failure::wrong(format!("{}: {why}", target.join(name).display())));
            }
        }
    }
    let made = report::rendered(kind, &files).map_err(|wrong| {
        let told: Vec<String> = wrong.iter().map(|what| format!("error: {}", target.join(what).display())).collect();
        Failure::wrong(format!("{}\n`{}` writes a whole result again.", told.join("\n"), kind.command()))
    })?;
    folder::add(target, &made)?;
    if output.json {
        console::written(&made.iter().map(|(name, _)| target.join(name)).collect::<Vec<_>>())?;
    }
    if !output.quiet {
        let charts = match made.len() - 1 {
            0 => "report.html".to_string(),
            1 => "report.html, 1 chart in charts/".to_string(),
            charts => format!("report.html, {charts} charts in charts/"),
        };
        console::message(&format!("Written to {}: {charts}.", target.display()));
        console::message(&format!("To look at: {}", target.join("report.html").display()));
    }
    Ok(())
}

/// What kind of result a folder holds.
fn kind(target: &Path) -> Result<Kind, Failure> {
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| target.join(kind.main_file()).is_file()).collect();
    if let [kind] = kinds[..] {
        return Ok(kind);
    }
    if let [first, second, ..] = kinds[..] {
        let (first, second) = (first.main_file(), second.main_file());
        let why = format!("holds {first} and {second}: results of two commands; move one of them to another folder");
        return Err(Failure::wrong(format!("{} {why}", target.display())));
    }
    for (name, command) in [("sweep.json", "sweep"), ("tune.json", "tune")] {
        if target.join(name).is_file() {
            let why = format!("holds {name}, whose page is made with it; `backorder {command}` makes both again");
            return Err(Failure::wrong(format!("{} {why}", target.display())));
        }
    }
    // Whatever is missing is told for a run.
    Ok(Kind::Run)
}
