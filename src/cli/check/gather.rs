//! From folders to baselines that are ready to run, with everything wrong in any of them told at once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::failure::Failure;
use super::super::load::{self, Checked};
use super::super::options::Output;
use super::super::shell;
use super::super::sweep::{Prepared, Showing};
use super::args::CheckArgs;
use super::guarded::{self, Guarded};
use crate::domain::Replications;
use crate::experiment::check::{Record, TRACED};
use crate::experiment::{HEADLINE, Runner};
use crate::files::read_text;
use crate::measures::Metric;
use crate::report::Stored;
use crate::scenario::{self, Baseline, Setting, shorthands};

/// So many names are listed in a message.
const MAX_NAMED: usize = 5;

/// Reads all baselines, their scenarios and what is stored of them; and how many were passed over, as only quick ones are
/// wanted.
///
/// # Errors
/// Everything that is wrong.
pub(super) fn gather(args: &CheckArgs, runner: &Runner) -> Result<(Vec<Guarded>, usize), Failure> {
    let (mut all, mut wrong, mut passed_over) = (Vec::new(), Vec::new(), 0);
    for (name, file) in files(&args.paths)? {
        match guard(name, file, args, runner) {
            Ok(Some(guarded)) => all.push(guarded),
            Ok(None) => passed_over += 1,
            Err(messages) => wrong.extend(messages),
        }
    }
    if !wrong.is_empty() {
        return Err(Failure::wrong(wrong.join("\n")));
    }
    if all.is_empty() {
        return Err(Failure::wrong(format!(
            "--quick leaves out every baseline here, as each has `suite = \"full\"` ({passed_over} in all); leave --quick out, \
             or write `suite = \"quick\"` in one that takes seconds"
        )));
    }
    Ok((all, passed_over))
}

/// The baseline files of folders, in the order of their names, each with what it is called; one that is reached in several ways
/// once.
pub(super) fn files(paths: &[PathBuf]) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        let before = found.len();
        if path.is_dir() {
            below(path, path, &mut BTreeSet::new(), &mut found)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") && path.is_file() {
            found.push((stem(path), path.clone()));
        }
        if found.len() == before {
            let baseline = path.with_extension("toml");
            if path.is_file() && baseline.is_file() {
                let (data, baseline) = (path.display(), baseline.display());
                return Err(Failure::wrong(format!(
                    "{data} is what is stored of a baseline; name the baseline, {baseline}"
                )));
            }
            let why = match (path.is_dir(), path.exists()) {
                (true, _) => "it holds no baseline",
                (false, true) => "it is no baseline",
                (false, false) => "there is no such folder or baseline",
            };
            let remedy =
                "a baseline is a file such as retailer.toml with `scenario = \"../scenarios/retailer.toml\"` in it";
            return Err(Failure::wrong(format!("{}: {why}; {remedy}", path.display())));
        }
    }
    found.sort();
    let mut seen = BTreeSet::new();
    found.retain(|(_, file)| seen.insert(same(file)));
    Ok(found)
}

/// What is stored of baselines that are not there any more, in the folders that were named and those of the baselines; each with
/// the baseline that is missing.
pub(super) fn left_behind(paths: &[PathBuf], all: &[Guarded]) -> Vec<(PathBuf, PathBuf)> {
    let named = paths.iter().filter(|path| path.is_dir()).map(PathBuf::as_path);
    let below =
        all.iter().filter_map(|it| it.file.parent()).filter(|folder| paths.iter().any(|path| folder.starts_with(path)));
    let mut seen = BTreeSet::new();
    let folders = named.chain(below).filter(|folder| seen.insert(same(folder)));
    let files =
        folders.filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten().map(|entry| entry.path());
    let data = files.filter(|file| file.extension().is_some_and(|it| it == "json") && guarded::is_data(file));
    let mut found: Vec<(PathBuf, PathBuf)> = data
        .map(|file| (file.with_extension("toml"), file))
        .filter(|(baseline, _)| !baseline.exists())
        .map(|(baseline, file)| (file, baseline))
        .collect();
    found.sort();
    found
}

/// What a path is called however it is reached.
pub(super) fn same(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// The baselines of a folder and of those in it; a link may lead back to one that was looked through already.
fn below(
    root: &Path,
    folder: &Path,
    seen: &mut BTreeSet<PathBuf>,
    found: &mut Vec<(String, PathBuf)>,
) -> Result<(), Failure> {
    if !seen.insert(same(folder)) {
        return Ok(());
    }
    let entries = std::fs::read_dir(folder).map_err(|error| Failure::reading(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| Failure::reading(folder, &error))?.path();
        if path.is_dir() {
            below(root, &path, seen, found)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.with_extension("");
            let name = name.strip_prefix(root).unwrap_or(&name).to_string_lossy().replace('\\', "/");
            found.push((name, path));
        }
    }
    Ok(())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A baseline with its scenario and what is stored, nothing where only quick ones are wanted and it is none; or all that is
/// wrong with it.
fn guard(name: String, file: PathBuf, args: &CheckArgs, runner: &Runner) -> Result<Option<Guarded>, Vec<String>> {
    let shown = file.display().to_string();
    let measures: Vec<&str> = Metric::ALL.iter().map(|metric| metric.name()).collect();
    let text = read_text(&file).map_err(|why| vec![format!("error: {shown}: {why}")])?;
    let baseline = scenario::read_baseline(&measures, &shown, &text)
        .map_err(|wrong| vec![load::with_its_scenario(&file, &text, wrong)])?;
    if args.quick && baseline.suite == scenario::Suite::Full {
        return Ok(None);
    }
    let mode = args.mode_of(&baseline);
    if args.seed.is_some() && mode == scenario::Mode::Exact && !args.update {
        let remedy = "add --mode statistical, or leave --seed out";
        return Err(vec![format!(
            "error: {shown}: an exact baseline holds for the seed that it was stored with; {remedy}"
        )]);
    }
    let mut settings = baseline.set.clone();
    for own in shorthands(args.seed, None, false) {
        settings.retain(|known| known.change.path != own.change.path);
        settings.push(own);
    }
    let mut guarded = cells(name, file, baseline, settings, args, runner)?;
    let data = guarded.data();
    if args.update && !data.exists() {
        return Ok(Some(guarded));
    }
    let command = format!("backorder check {}", shell::quoted(guarded.file.as_os_str()));
    let anew = format!("make it anew: {command} --update, then --accept");
    let stored = read_text(&data).map_err(|why| match (data.exists(), guarded.new_data()) {
        (true, _) => format!("error: {}: {why}", data.display()),
        (false, new) if new.exists() => format!(
            "error: {shown}: nothing is stored of it yet; look at {}, and take it over: {command} --accept",
            new.display()
        ),
        (false, _) => format!("error: {shown}: nothing is stored of it yet; {anew}"),
    });
    let stored = stored.and_then(|text| {
        let wrong = |why| format!("error: {}: it is no data of a baseline: {why}; {anew}", data.display());
        Stored::read(&text).map_err(wrong)
    });
    let stored = stored.and_then(|stored| match mismatch(&guarded, &stored, args.seed.is_some()) {
        None => Ok(stored),
        Some(why) => Err(format!("error: {}: {why}; {anew}", data.display())),
    });
    match stored {
        Ok(stored) => guarded.stored = Some(stored),
        // What is to be made anew may be as it will.
        Err(_) if args.update => {}
        Err(why) => return Err(vec![why]),
    }
    Ok(Some(guarded))
}

/// Why what is stored does not answer what the baseline asks.
fn mismatch(guarded: &Guarded, stored: &Stored, is_other_seed: bool) -> Option<String> {
    let (asked, set) = (guarded.replications as usize, guarded.set());
    let cells = || guarded.cells.iter().map(|(cell, _)| cell);
    if stored.replications() != asked {
        return Some(format!("it holds {} replications where the baseline asks for {asked}", stored.replications()));
    }
    if stored.seed != guarded.seed && !is_other_seed {
        return Some(format!(
            "it holds replications of seed {} where the baseline asks for {}",
            stored.seed, guarded.seed
        ));
    }
    if stored.set != set {
        let shown = |set: &[String]| if set.is_empty() { "no changes".to_string() } else { set.join(", ") };
        return Some(format!("it was made with {} where the baseline has {}", shown(&stored.set), shown(&set)));
    }
    if !stored.cells.iter().map(|(cell, _)| cell).eq(cells()) {
        return Some("it holds other cells of the study than there are".to_string());
    }
    damage(guarded, stored, is_other_seed)
}

/// What of a stored record is gone: a measure that is judged, or that every version stored, and traces. Without them a
/// difference would pass unseen.
fn damage(guarded: &Guarded, stored: &Stored, is_other_seed: bool) -> Option<String> {
    let records = || stored.cells.iter().map(|(_, record)| record);
    let judged = guarded.judging().metrics;
    let needed = Metric::ALL.iter().filter(|metric| judged.contains(metric) || HEADLINE.contains(metric));
    let is_gone = |metric: &&Metric| records().any(|record| record.pairs(**metric).is_none());
    let gone: Vec<&str> = needed.filter(is_gone).map(|metric| metric.name()).collect();
    if !gone.is_empty() {
        return Some(format!("of what is judged it does not hold {}", first_names(&gone)));
    }
    // Replications of another seed were not watched.
    let traced = guarded.replications.min(TRACED) as usize;
    let is_without = |record: &Record| record.traces.len() < traced;
    (!is_other_seed && records().any(is_without))
        .then(|| format!("it does not hold the traces of {traced} replications"))
}

/// The first of several names, and how many more there are.
pub(super) fn first_names(names: &[&str]) -> String {
    let (shown, rest) = names.split_at(names.len().min(MAX_NAMED));
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    format!("{}{more}", shown.join(", "))
}

/// The models of a baseline.
fn cells(
    name: String,
    file: PathBuf,
    baseline: Baseline,
    settings: Vec<Setting>,
    args: &CheckArgs,
    runner: &Runner,
) -> Result<Guarded, Vec<String>> {
    let path = file.parent().unwrap_or(Path::new("")).join(&baseline.scenario);
    let in_baseline = |told: String| vec![format!("{told}\n   = named by {}", file.display())];
    let text = read_text(&path).map_err(|why| in_baseline(format!("error: {}: {why}", path.display())))?;
    let guarded = |cells, replications, seed, sources, inputs| Guarded {
        name: name.clone(),
        file: file.clone(),
        baseline: baseline.clone(),
        stored: None,
        cells,
        replications,
        seed,
        sources,
        inputs,
    };
    let fixed = |replications: &Replications| match replications {
        Replications::Fixed(count) => Ok(*count),
        Replications::Sequential { .. } => Err(in_baseline(format!(
            "error: {}: it goes on until an interval is narrow enough, and a baseline has a fixed number of replications; \
             write `replications = 10`",
            path.display()
        ))),
    };
    if !scenario::is_study(&text) {
        let checked = load::check(&path, &settings, &args.files.allow).map_err(|why| in_baseline(why.message))?;
        let Checked { loaded, sources, inputs } = checked.map_err(|wrong| in_baseline(wrong.to_string()))?;
        let (replications, seed) = (fixed(&loaded.model.run.replications)?, loaded.model.run.seed);
        return Ok(guarded(vec![(String::new(), loaded.model)], replications, seed, sources, inputs));
    }
    let measures: Vec<&str> = Metric::ALL.iter().map(|metric| metric.name()).collect();
    let shown = path.display().to_string();
    let mut study = scenario::read_study(&measures, &shown, &text)
        .map_err(|wrong| in_baseline(load::with_its_scenario(&path, &text, wrong)))?;
    for setting in settings {
        // The baseline takes the place of the study.
        study.set.retain(|known| known.change.path != setting.change.path);
        study.set.push(setting);
    }
    let within = path.parent().unwrap_or(Path::new("")).join(&study.scenario);
    let showing = Showing { measures: Vec::new(), indifference: Vec::new(), allowed: args.files.allow.clone() };
    let output = Output { json: false, quiet: true };
    let prepared = Prepared::new(study, &within, showing, None, args.jobs, output);
    let mut prepared = prepared.map_err(|failure| in_baseline(failure.message))?;
    if prepared.has_warm_up_to_find() {
        prepared.find_warm_up(runner).map_err(|error| in_baseline(format!("error: {shown}: {error}")))?;
    }
    let cells = (0..prepared.plan.design.cells()).map(|cell| (prepared.name(cell), prepared.model(cell))).collect();
    let replications = fixed(&prepared.plan.replications)?;
    let mut inputs = prepared.inputs();
    inputs.push(path);
    Ok(guarded(cells, replications, prepared.plan.seed, prepared.sources(), inputs))
}
