//! `report`: page and charts of a result folder once more, from its data alone.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use super::console;
use super::failure::{Failure, in_words};
use super::folder::{Change, Inputs, Manifest, PROVENANCE, Request, ResultFolder};
use super::options::Output;
use super::what_if;
use crate::report::{self, Kind};

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// The folder of a result
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Make a page that answers what if: it holds the scenario, all files it reads, and the engine
    #[arg(long)]
    what_if: bool,
    /// With --what-if: orders that were really placed may lie in the page
    #[arg(long, requires = "what_if")]
    embed_orders: bool,
    /// Make them of data that were changed, and replace a page or charts that were
    #[arg(long)]
    force: bool,
}

/// The page.
const PAGE: &str = "report.html";

/// Makes page and charts again.
pub(super) fn report(args: &ReportArgs, output: Output) -> Result<(), Failure> {
    let target = &args.folder;
    if !target.is_dir() {
        let what = if target.exists() { "this is no folder" } else { "there is no such folder" };
        return Err(Failure::wrong(format!("{}: {what}; name the folder of a result", target.display())));
    }
    let kind = kind(target)?;
    let mut folder = ResultFolder::open(&Request {
        folder: target,
        names: vec![PAGE.to_string()],
        inputs: &Inputs::default(),
        force: args.force,
        resumes: false,
        is_quiet: output.quiet,
        remedy: "copy the result to another folder",
    })?;
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
    let earlier = folder.earlier()?;
    let made = match args.what_if {
        true if kind != Kind::Run => {
            let why = format!("{}: --what-if makes pages of runs, and this is of another command", target.display());
            return Err(Failure::wrong(format!("{why}; name the folder of a run")));
        }
        true => {
            let origin = earlier.as_ref().map(|earlier| earlier.origin.clone()).unwrap_or_default();
            let part = what_if::part_of_result(folder.real(), &origin, &files, args.embed_orders)?;
            report::rendered_with_levers(&files, &part)
        }
        false => report::rendered(kind, &files),
    };
    let made = made.map_err(|wrong| {
        let told: Vec<String> = wrong.iter().map(|what| format!("error: {}", target.join(what).display())).collect();
        Failure::wrong(format!("{}\n`{}` writes a whole result again.", told.join("\n"), kind.command()))
    })?;
    if !args.force {
        let read = files.iter().map(|(name, _)| name.as_str());
        refuse_mixture(target, kind, earlier.as_ref(), &folder.differing()?, read)?;
    }
    let (origin, digests) = earlier.map(|earlier| (earlier.origin, earlier.digests)).unwrap_or_default();
    let kept = digests.into_keys().filter(|name| !is_made(name)).collect();
    let names: Vec<String> = made.iter().map(|(name, _)| name.clone()).collect();
    let files = made.into_iter().map(|(name, content)| (name, content.into_bytes())).collect();
    folder.commit(Change { files, kept, origin })?;
    if output.json {
        console::written(&names.iter().map(|name| target.join(name)).collect::<Vec<_>>())?;
    }
    if !output.quiet {
        let charts = match names.len() - 1 {
            0 => PAGE.to_string(),
            1 => format!("{PAGE}, 1 chart in charts/"),
            charts => format!("{PAGE}, {charts} charts in charts/"),
        };
        console::message(&format!("Written to {}: {charts}.", target.display()));
        console::message(&format!("To look at: {}", target.join(PAGE).display()));
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
    // Whatever is missing is told for a run.
    Ok(Kind::Run)
}

/// Whether a file of a result is made of the others.
fn is_made(name: &str) -> bool {
    name == PAGE || name.starts_with("charts/")
}

/// Fails where the data of a result are not all those it was written with.
fn refuse_mixture<'n>(
    folder: &Path,
    kind: Kind,
    earlier: Option<&Manifest>,
    differing: &'n [String],
    read: impl Iterator<Item = &'n str>,
) -> Result<(), Failure> {
    let (folder, again) = (folder.display(), format!("`{}` writes a whole result again", kind.command()));
    let Some(earlier) = earlier else {
        let why = format!("{folder}: no {PROVENANCE} of this program tells which files belong together");
        return Err(Failure::wrong(format!("{why}; {again}, --force takes them as they are")));
    };
    let foreign = read.filter(|name| !earlier.digests.contains_key(*name));
    let data: Vec<&str> = differing.iter().map(String::as_str).filter(|name| !is_made(name)).chain(foreign).collect();
    if data.is_empty() {
        return Ok(());
    }
    Err(Failure::wrong(format!(
        "{folder}: not as this result was written: {}. They are gone, were changed, or are of another result; {again}, \
         --force takes what is there",
        data.join(", ")
    )))
}
