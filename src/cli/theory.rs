//! `theory`: simulated measures beside exact ones, with how sure they are.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::Args;

use super::console;
use super::failure::Failure;
use super::load;
use super::options::{FileArgs, Output, ScenarioArgs, parse_jobs};
use super::paint;
use super::progress;
use crate::experiment::theory::{Case, Finding, Judgement, findings, shorten};
use crate::experiment::{RunError, replicate};
use crate::files::read_text;
use crate::report;
use crate::scenario::Override;

/// The file of exact values beside the scenarios.
const EXACT: &str = "exact.json";

#[derive(Debug, Args)]
pub(super) struct TheoryArgs {
    /// Scenarios whose measures are known, or folders of them; the exact values stand in exact.json beside them
    #[arg(value_name = "PATH", default_value = "scenarios/theory")]
    paths: Vec<PathBuf>,
    /// A fortieth as long: enough to find a defect, not to show precision
    #[arg(long)]
    short: bool,
    /// How many threads; all cores when left out. The results do not depend on it
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    jobs: Option<usize>,
    #[command(flatten)]
    files: FileArgs,
}

/// A scenario file, and the case it belongs to.
struct Known {
    file: PathBuf,
    /// What it is called beside its values.
    name: String,
    case: Case,
}

/// Runs scenarios whose measures are known, prints the table and judges it.
pub(super) fn theory(args: &TheoryArgs, output: Output) -> Result<(), Failure> {
    let known = gather(&args.paths)?;
    let mut models = Vec::new();
    for Known { file, case, .. } in &known {
        let set = case.set.iter().map(|setting| Override::parse(setting)).collect::<Result<_, _>>();
        let set = set.map_err(|why| Failure::wrong(format!("case `{}` of {EXACT}: {why}", case.id)))?;
        let scenario = ScenarioArgs { file: file.clone(), set, seed: None, replan: false, files: args.files.clone() };
        let mut model = load::load(&scenario, None, output)?.model;
        if args.short {
            shorten(&mut model);
        }
        models.push(model);
    }
    let bar = progress::bar(Path::new(""), output.quiet);
    let settings = progress::settings(args.jobs, false, &bar);
    let mut all: Vec<Finding> = Vec::new();
    for (Known { name, case, .. }, model) in known.iter().zip(&models) {
        bar.reset();
        bar.set_message(name.clone());
        let results = replicate(model, &settings).map_err(|error| match error {
            RunError::Interrupted => interrupted(),
            _ => Failure::running(format!("{name}: {error}")),
        })?;
        if results.interrupted {
            return Err(interrupted());
        }
        all.extend(findings(case, name, &results).map_err(Failure::wrong)?);
    }
    bar.finish_and_clear();
    let judgement = Judgement::of(&all, !args.short);
    if output.json {
        console::json(&report::theory_json(&judgement))?;
    } else if !output.quiet {
        console::data(&paint::document(&report::theory_document(&judgement)))?;
    }
    if judgement.defects().is_empty() {
        return Ok(());
    }
    Err(Failure::gate(3, format!("Theory and simulation do not agree: {}.", judgement.defects().join("; "))))
}

fn interrupted() -> Failure {
    Failure::interrupted("Interrupted: a part of the values would not be judged as the whole is, so none is shown.")
}

/// The scenarios of the paths, each with its case, in the order of the cases.
fn gather(paths: &[PathBuf]) -> Result<Vec<Known>, Failure> {
    let mut known = Vec::new();
    for path in paths {
        let (folder, only) = match path.extension() {
            Some(extension) if extension == "toml" => (path.parent().unwrap_or(Path::new("")), path.file_stem()),
            _ => (path.as_path(), None),
        };
        let cases = cases_of(folder)?;
        let before = known.len();
        for case in cases {
            let wanted = |name: &&String| only.is_none_or(|only| only == OsStr::new(name.as_str()));
            known.extend(case.scenarios.iter().filter(wanted).map(|name| Known {
                file: folder.join(format!("{name}.toml")),
                name: case.name_of(name).to_string(),
                case: case.clone(),
            }));
        }
        if known.len() == before {
            let (path, exact) = (path.display(), folder.join(EXACT));
            return Err(Failure::wrong(format!("{path}: no case of {} names this scenario; add one", exact.display())));
        }
    }
    Ok(known)
}

/// The cases of a folder.
fn cases_of(folder: &Path) -> Result<Vec<Case>, Failure> {
    let exact = folder.join(EXACT);
    let text = read_text(&exact).map_err(|why| {
        let remedy = "it holds the exact values of the scenarios beside it; name a folder that has one, \
                      such as scenarios/theory of backorder's sources";
        Failure::wrong(format!("{}: {why}; {remedy}", exact.display()))
    })?;
    Case::read_all(&text).map_err(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(|mistake| format!("{}: {mistake}", exact.display())).collect();
        Failure::wrong(lines.join("\nerror: "))
    })
}
