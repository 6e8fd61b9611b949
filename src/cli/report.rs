//! `report`: page and charts of a result folder once more, from its data alone.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use clap::Args;

use super::console;
use super::failure::{Failure, in_words};
use super::folder;
use super::options::Output;
use crate::report;

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
    for (name, what, command) in [
        ("comparison.json", "comparison", "compare"),
        ("rule_worth.json", "comparison", "compare"),
        ("sweep.json", "sweep", "sweep"),
    ] {
        if target.join(name).is_file() {
            let why = format!("holds a {what}, whose page is made with it; `backorder {command}` makes both again");
            return Err(Failure::wrong(format!("{} {why}", target.display())));
        }
    }
    let mut files = Vec::new();
    for name in report::DATA_FILES {
        match fs::read_to_string(target.join(name)) {
            Ok(text) => files.push((name.to_string(), text)),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                let why = in_words(&error);
                return Err(Failure::wrong(format!("{}: {why}", target.join(name).display())));
            }
        }
    }
    let made = report::rendered(&files).map_err(|wrong| {
        let told: Vec<String> = wrong.iter().map(|what| format!("error: {}", target.join(what).display())).collect();
        Failure::wrong(format!("{}\n`backorder run SCENARIO` writes a whole result again.", told.join("\n")))
    })?;
    folder::add(target, &made)?;
    if output.json {
        console::written(&made.iter().map(|(name, _)| target.join(name)).collect::<Vec<_>>())?;
    }
    if !output.quiet {
        console::message(&format!(
            "Written to {}: report.html, {} charts in charts/.",
            target.display(),
            made.len() - 1
        ));
        console::message(&format!("To look at: {}", target.join("report.html").display()));
    }
    Ok(())
}
