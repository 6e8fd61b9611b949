//! The folder of a tuning: the tuned scenario with its files, figures, page.

use std::ffi::OsString;
use std::path::{Component, Path};
use std::time::{Instant, SystemTime};

use super::args::TuneArgs;
use super::groups::Group;
use super::proposed;
use super::rewrite::rewrite;
use super::settings::{Tuning, replications};
use crate::cli::closing;
use crate::cli::console;
use crate::cli::failure::Failure;
use crate::cli::folder::{Change, PROVENANCE, ResultFolder};
use crate::cli::options::Output;
use crate::cli::paint;
use crate::cli::provenance::Provenance;
use crate::cli::shell;
use crate::cli::sweep::{INPUTS, in_words};
use crate::domain::settings::Words;
use crate::experiment::Gates;
use crate::experiment::tune::{Effort, Outcome, levels_of};
use crate::report::{self, Document, Kept, TuneReport, TuneSummary};

/// Where a tuning is written, and what is said of it.
pub(super) struct Finishing<'a> {
    /// What is done: the options, and for those left out the scenario's own wishes.
    pub(super) args: &'a TuneArgs,
    /// The options alone, with the budget in replications: they ask for the same again.
    pub(super) asked: &'a TuneArgs,
    /// The folder.
    pub(super) folder: ResultFolder,
    /// When it began.
    pub(super) started: SystemTime,
    /// For how long it took.
    pub(super) clock: Instant,
    /// How to answer.
    pub(super) output: Output,
}

/// The files that may be written.
pub(super) fn names(tuning: &Tuning) -> Vec<String> {
    let own = [
        "tune.json",
        INPUTS,
        "finalists.csv",
        "looked_at.csv",
        "sensitivity.csv",
        "levels.csv",
        "proposed-levels.csv",
        "tuned.toml",
        "report.html",
        "warm_up.csv",
    ];
    own.into_iter().map(String::from).chain(beside(tuning).map(|(name, _)| name)).collect()
}

/// The files that the scenario reads, in its own folder and below: a tuned scenario finds those beside it, and any other
/// where it was.
fn beside(tuning: &Tuning) -> impl Iterator<Item = (String, String)> {
    let is_inside = |name: &str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    tuning.reader.files_beside().into_iter().filter(move |(name, _)| is_inside(name))
}

/// Writes what tuning of settings found; the answer is whether what must hold does.
pub(super) fn settings(
    tuning: &Tuning,
    plan: Effort,
    outcome: &Outcome,
    finishing: &mut Finishing<'_>,
) -> Result<Gates, Failure> {
    let report = TuneReport {
        scenario: &tuning.today.name,
        currency: tuning.today.costs.currency.as_ref().map(|currency| currency.0.as_str()),
        seed: tuning.today.run.seed,
        axes: in_words(&tuning.axes),
        products: (0..tuning.axes.len())
            .map(|axis| tuning.groups.iter().find(|group| group.axis == axis).map(Group::count))
            .collect(),
        today: tuning.today_settings(),
        objective: tuning.objective,
        maximise: tuning.maximise,
        conditions: tuning.conditions.iter().map(|(gate, _)| (gate.text.as_str(), gate.metric)).collect(),
        service: tuning.service,
        plan,
        replications: replications(finishing.args),
        outcome,
    };
    let found = TuneSummary::new(&report, &tuning.reader.sources());
    let inputs = tuning.told(finishing.asked, Ok(plan));
    let mut data = vec![
        ("tune.json".to_string(), found.to_json()),
        (INPUTS.to_string(), inputs.to_json()),
        ("finalists.csv".to_string(), report::finalists_csv(&found)),
        ("looked_at.csv".to_string(), report::looked_at_csv(&found)),
        ("sensitivity.csv".to_string(), report::sensitivity_csv(&found)),
    ];
    if let Some(chosen) = &outcome.chosen {
        let (mut changes, rows, loaded) = tuning.decided(&chosen.point).map_err(Failure::wrong)?;
        if !rows.is_empty() {
            let rows = proposed::rows(&loaded.model, &levels_of(&tuning.today), &rows);
            data.push(("levels.csv".to_string(), report::levels_csv(&rows, None)));
            data.push(("proposed-levels.csv".to_string(), report::proposed_levels_csv(&rows)));
            changes.extend(proposed::in_file(tuning.reader.text()));
        }
        data.push(("tuned.toml".to_string(), rewrite(tuning.reader.text(), &changes).map_err(Failure::running)?));
    }
    let document = report::tune_document(&found);
    write(tuning, data, |data| report::tune_rendered(&found, Some(&inputs), data), &document, report.seed, finishing)?;
    Ok(found.verdict())
}

/// Writes the folder: the data, the files that the tuned scenario reads, what is rendered, where it comes from.
pub(super) fn write(
    tuning: &Tuning,
    data: Vec<(String, String)>,
    rendered: impl FnOnce(&[(String, String)]) -> Vec<(String, String)>,
    document: &Document,
    seed: u64,
    finishing: &mut Finishing<'_>,
) -> Result<(), Failure> {
    let (args, output) = (finishing.args, finishing.output);
    let json = data[0].1.clone();
    let shown: Vec<(String, String)> = data.iter().filter(|(name, _)| !name.ends_with(".toml")).cloned().collect();
    let made = rendered(&shown);
    let mut files: Vec<(String, Vec<u8>)> =
        data.into_iter().chain(made).map(|(name, text)| (name, text.into_bytes())).collect();
    // So that the tuned scenario finds what it names beside it.
    for (name, text) in beside(tuning) {
        if files.iter().all(|(known, _)| *known != name) {
            files.push((name, text.into_bytes()));
        }
    }
    let command = finishing.asked.command();
    let mut names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    names.push(PROVENANCE.to_string());
    let origin = Provenance {
        reproduce: command.clone(),
        scenario_files: vec![args.scenario.file.display().to_string()],
        scenario: args.scenario.file.clone(),
        seed,
        replications: replications(args) as usize,
        interrupted: false,
        audited: false,
    };
    let origin = origin.recorded(&finishing.folder, finishing.started, finishing.clock.elapsed());
    finishing.folder.commit(Change { files, kept: Vec::new(), origin })?;
    if output.json {
        console::json(&json)?;
    } else if !output.quiet {
        console::page(&paint::document(document))?;
    }
    if !output.quiet {
        console::message(&closing::told(finishing.folder.named(), &names));
        console::message(&format!("Same again: {command}"));
    }
    Ok(())
}

impl TuneArgs {
    /// The command that gives the same result.
    fn command(&self) -> String {
        shell::line(&self.words())
    }

    /// The command that takes a round of shards in and goes on, word by word.
    pub(super) fn going_on(&self, target: &Path, shards: u32) -> Vec<OsString> {
        let mut words = self.words();
        words.extend(["--quiet".into(), "-o".into(), target.into()]);
        words.extend(self.rounds.iter().flat_map(|folder| ["--rounds".into(), folder.clone().into()]));
        words.extend(["--shards".into(), shards.to_string().into()]);
        words
    }

    /// The command that gives the same result, word by word.
    pub(super) fn words(&self) -> Vec<OsString> {
        let mut words: Vec<OsString> = vec!["backorder".into(), "tune".into(), self.scenario.file.clone().into()];
        let mut option = |name: &str, value: String| words.extend([name.into(), value.into()]);
        for axis in &self.vary {
            option("--vary", axis.text.clone());
        }
        for set in &self.scenario.set {
            option("--set", format!("{}={}", set.path, set.value));
        }
        if let Some(metric) = self.minimise {
            option("--minimise", metric.name().to_string());
        }
        if let Some(metric) = self.maximise {
            option("--maximise", metric.name().to_string());
        }
        for gate in &self.require {
            option("--require", gate.text.clone());
        }
        if let Some(budget) = self.budget {
            option("--budget", budget.to_string());
        }
        if let Some(delta) = self.delta {
            option("--delta", delta.to_string());
        }
        if let Some(confidence) = self.confidence {
            option("--confidence", confidence.to_string());
        }
        if let Some(procedure) = self.selection {
            option("--selection", procedure.word().to_string());
        }
        if let Some(seed) = self.scenario.seed {
            option("--seed", seed.to_string());
        }
        if let Some(replications) = self.replications {
            option("--replications", replications.to_string());
        }
        for folder in &self.scenario.files.allow {
            words.extend(["--allow-files".into(), folder.clone().into()]);
        }
        if self.scenario.replan {
            words.push("--replan".into());
        }
        words
    }
}
