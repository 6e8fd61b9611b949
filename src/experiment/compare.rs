//! `compare`: several scenarios under common random numbers.
//!
//! All of them run with one seed, and replication i of one meets the same customers, lead times and disruptions as
//! replication i of another. What they share cancels in the difference, so that few replications tell small differences.

use super::best::{self, Best};
use super::contrast::{self, Difference, Judging};
use super::error::RunError;
use super::fold::Fold;
use super::gate::{self, Case, Gate, GateResult};
use super::planned::{kept_note, replanned_note};
use super::plans::Plans;
use super::results::Results;
use super::rows;
use super::runner::{Collection, Runner, Task, run_one};
use super::sequential::{Aim, Precision};
use super::settings::Settings;
use super::warm_up::WarmUpFinding;
use crate::domain::{Model, Replications, Span, WarmUp};
use crate::engine::{Plan, Workspace};
use crate::measures::Metric;
use crate::stats::{CONFIDENCE, paired_ratio_difference};
use std::borrow::Cow;

/// A scenario to compare.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// What it is called.
    pub name: String,
    /// What it changes against the first scenario, for the reader; empty where that is not known in short.
    pub changes: String,
    /// The scenario.
    pub model: Model,
}

/// What a comparison found.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What the scenarios are called, in order; the first is the one the others are held against.
    pub names: Vec<String>,
    /// What each changes, as given.
    pub changes: Vec<String>,
    /// The results of each.
    pub results: Vec<Results>,
    /// How many replications are paired.
    pub replications: usize,
    /// For each scenario after the first, the differences of every measure from it.
    pub contrasts: Vec<Vec<Difference>>,
    /// The measures judged.
    pub judged: Vec<Metric>,
    /// The best of three or more, measure by measure.
    pub best: Vec<Best>,
    /// The gates.
    pub gates: Vec<GateResult>,
    /// Where replications went on until the differences were narrow enough: what was reached.
    pub precision: Option<Precision>,
    /// Stopped from outside: fewer replications than wanted.
    pub interrupted: bool,
    /// What a reader has to know, in sentences.
    pub notes: Vec<String>,
}

/// As many scenarios can be compared at once as there are letters to call them by.
pub const MAX_COMPARED: usize = 26;

/// The letter of a scenario compared: `A`, `B`, … up to the [`MAX_COMPARED`]th, `Z`.
///
/// # Panics
/// Beyond that one: two scenarios of one letter would be taken for each other.
pub fn letter(index: usize) -> char {
    assert!(index < MAX_COMPARED, "there is no letter for scenario {index}");
    char::from(b'A' + index as u8)
}

/// Compares scenarios.
///
/// The first one's seed and number of replications hold for all. Where replications go on until an interval is narrow
/// enough, it is that of the widest paired difference. Where a warm-up is found by itself, all take the longest found.
///
/// # Errors
/// See [`RunError`]; gates that name no scenario of the comparison, and more than [`MAX_COMPARED`] scenarios, are errors
/// too.
///
/// # Panics
/// Without any scenario.
pub fn compare(
    alternatives: &[Alternative],
    settings: &Settings,
    judging: &Judging,
    gates: &[Gate],
) -> Result<Comparison, RunError> {
    compare_called(alternatives, settings, judging, gates, |index| letter(index).to_string())
}

/// The same, with what notes call a scenario by its number.
pub(super) fn compare_called(
    alternatives: &[Alternative],
    settings: &Settings,
    judging: &Judging,
    gates: &[Gate],
    called: impl Fn(usize) -> String,
) -> Result<Comparison, RunError> {
    assert!(!alternatives.is_empty(), "a comparison needs scenarios");
    if alternatives.len() > MAX_COMPARED {
        return Err(RunError::TooMany { scenarios: alternatives.len(), most: MAX_COMPARED });
    }
    let names: Vec<String> = alternatives.iter().map(|alternative| alternative.name.clone()).collect();
    for gate in gates {
        gate_targets(gate, &names)?;
    }
    let runner = Runner::new(settings)?;
    let (models, findings, mut notes) = aligned(alternatives, &runner, &called)?;
    let judging = &judging.of(&models);
    let plans = Plans::new(|index: usize| Ok(Cow::Borrowed(&models[index])));
    let mut folds: Vec<Fold> = models.iter().map(Fold::new).collect();
    let run = |workspace: &mut Workspace, model: &Model, plan: &Plan<'_>, task: Task| {
        run_one(workspace, plan, model, task.replication, settings.audit)
            .map_err(|error| RunError::Of { scenario: names[task.alternative].clone(), error: Box::new(error) })
    };
    let progress = |done, wanted| settings.report_progress(done, wanted);
    let wanted = &models[0].run.replications;
    let grown = runner.side_by_side(&plans, &mut folds, wanted, run, precision, progress)?;
    let (replications, wanted) = (grown.replications, grown.wanted);
    if let Some(found) = grown.precision {
        notes.push(format!("widest difference, {}", found.note(wanted)));
    }
    if replications == 0 {
        return Err(RunError::Interrupted);
    }
    let interrupted = replications < wanted;
    if interrupted {
        notes.push(format!("interrupted after {replications} replications of {wanted}"));
    }
    let mut results: Vec<Results> = folds.into_iter().zip(&models).map(|(fold, model)| fold.finish(model)).collect();
    for (results, finding) in results.iter_mut().zip(findings) {
        results.interrupted = interrupted;
        results.warm_up_finding = finding;
    }
    if results.iter().any(|other| other.currency != results[0].currency) {
        notes.push("the scenarios tell money in different currencies: their costs cannot be compared".into());
    }
    for (index, (results, model)) in results.iter().zip(&models).enumerate() {
        let kept = kept_note(model);
        for note in &results.notes {
            let is_its_own = kept.as_ref() == Some(note);
            let note = if is_its_own { format!("{}: {note}", called(index)) } else { note.clone() };
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        let replanned = if index > 0 { replanned_note(&models[0], model) } else { None };
        notes.extend(replanned.map(|note| format!("{}: {note}", called(index))));
    }
    let comparison = Comparison {
        names,
        changes: alternatives.iter().map(|alternative| alternative.changes.clone()).collect(),
        results,
        replications: replications as usize,
        contrasts: Vec::new(),
        judged: judging.metrics.clone(),
        best: Vec::new(),
        gates: Vec::new(),
        precision: grown.precision,
        interrupted,
        notes,
    };
    Ok(assemble(comparison, judging, gates))
}

/// Adds everything that follows from the replications.
fn assemble(mut comparison: Comparison, judging: &Judging, gates: &[Gate]) -> Comparison {
    let Comparison { names, results, replications, .. } = &comparison;
    let replications = *replications;
    let mut contrasts: Vec<Vec<Difference>> =
        results[1..].iter().map(|second| contrast::differences(&results[0], second, replications, judging)).collect();
    contrast::judge(&mut contrasts, judging);
    let best = if results.len() > 2 { best::best(results, replications, judging, &contrasts) } else { Vec::new() };
    let cases = gates.iter().flat_map(|gate| {
        let targets = gate_targets(gate, names).unwrap_or_default();
        targets.into_iter().map(|target| case(gate, target, results, replications)).collect::<Vec<_>>()
    });
    let gates = gate::judge(cases.collect());
    (comparison.contrasts, comparison.best, comparison.gates) = (contrasts, best, gates);
    comparison
}

/// The scenarios as they are compared: one seed, one number of replications, one warm-up.
type Aligned = (Vec<Model>, Vec<Option<WarmUpFinding>>, Vec<String>);

fn aligned(
    alternatives: &[Alternative],
    runner: &Runner,
    called: &impl Fn(usize) -> String,
) -> Result<Aligned, RunError> {
    let first = &alternatives[0].model.run;
    let mut notes = Vec::new();
    let mut replications = first.replications.clone();
    if replications == Replications::Fixed(1) && alternatives.iter().all(|alternative| !alternative.model.is_random()) {
        // Two that agree show what one cannot: that there is nothing to doubt.
        replications = Replications::Fixed(2);
        notes.push("nothing here is random: all replications are alike, and the differences are exact".into());
    }
    let (mut models, mut findings) = (Vec::new(), Vec::new());
    for (index, Alternative { name, model, .. }) in alternatives.iter().enumerate() {
        let mut model = model.clone();
        if model.run.seed != first.seed {
            notes.push(format!("{}: seed {} instead of {}, as for all", called(index), first.seed, model.run.seed));
        }
        model.run.seed = first.seed;
        model.run.replications = replications.clone();
        if (model.run.horizon, model.run.run_out) != (first.horizon, first.run_out) {
            notes.push(format!(
                "{} is measured over another time than {}: compare rates and means, not counts",
                called(index),
                called(0)
            ));
        }
        let found = runner.settled(&model);
        findings.push(found.map_err(|error| RunError::Of { scenario: name.clone(), error: Box::new(error) })?.1);
        if index > 0 && is_same(&models[0], &model) {
            notes.push(format!("{} is the same scenario as {}: nothing can differ", called(index), called(0)));
        }
        models.push(model);
    }
    let is_found = findings.iter().any(Option::is_some);
    if is_found || models.iter().any(|model| model.run.warm_up != models[0].run.warm_up) {
        // Who is measured must be the same customers everywhere, so all start at the latest start.
        let each: Vec<(Span, &str)> = models
            .iter()
            .zip(&findings)
            .map(|(model, finding)| {
                finding.as_ref().map_or((model.run.warm_up.span(), "given"), |finding| (finding.cut, "by MSER-5"))
            })
            .collect();
        let longest = each.iter().map(|(cut, _)| *cut).fold(Span::ZERO, Span::max);
        let each = each.iter().enumerate().map(|(index, (cut, how))| format!("{} {cut} {how}", called(index)));
        let each = each.collect::<Vec<_>>().join(", ");
        let days = if is_found { "; warm_up-a.csv, … have the pilots' days" } else { "" };
        notes.push(format!("warm-up: {longest} for all, the longest of {each}{days}"));
        models.iter_mut().for_each(|model| model.run.warm_up = WarmUp::Fixed(longest));
    }
    Ok((models, findings, notes))
}

/// Whether two models are one but for what they are called.
fn is_same(first: &Model, second: &Model) -> bool {
    let renamed = Model { name: first.name.clone(), description: first.description.clone(), ..second.clone() };
    renamed == *first
}

/// Where the widest of the paired differences stands.
fn precision(folds: &[Fold], aim: &Aim) -> Precision {
    let replications = folds.iter().map(|fold| fold.rows().len()).min().unwrap_or(0);
    let pairs = |fold: &Fold| rows::pairs(&fold.rows()[..replications], aim.of);
    let first = pairs(&folds[0]);
    let mut precision = aim.reached_by(rows::estimate(folds[0].rows(), aim.of).as_ref());
    let widths = folds[1..].iter().map(|second| {
        paired_ratio_difference(&first, &pairs(second), CONFIDENCE)
            .and_then(|difference| difference.estimate.half_width)
    });
    precision.reached = widths.collect::<Option<Vec<f64>>>().map(|widths| widths.into_iter().fold(0.0, f64::max));
    precision
}

/// Which scenarios a gate is about.
fn gate_targets(gate: &Gate, names: &[String]) -> Result<Vec<usize>, RunError> {
    let Some(wanted) = &gate.scenario else { return Ok((1..names.len()).collect()) };
    let by_letter = (0..names.len()).find(|&index| *wanted == letter(index).to_string());
    let by_name = names.iter().position(|name| name == wanted);
    if let (Some(lettered), Some(named)) = (by_letter, by_name)
        && lettered != named
    {
        return Err(RunError::Gate(format!(
            "`{}`: {wanted} is the letter of one scenario ({}) and the name of another, which is {}; call that another name",
            gate.text,
            names[lettered],
            letter(named)
        )));
    }
    match by_letter.or(by_name) {
        Some(0) if gate.is_change => Err(RunError::Gate(format!(
            "`{}`: the first scenario has no change, it is what others change from",
            gate.text
        ))),
        Some(index) => Ok(vec![index]),
        None => {
            let all = names.iter().enumerate().map(|(index, name)| format!("{} ({name})", letter(index)));
            let all = all.collect::<Vec<_>>().join(", ");
            Err(RunError::Gate(format!("`{}`: no scenario compared is called `{wanted}`; they are {all}", gate.text)))
        }
    }
}

fn case(gate: &Gate, target: usize, results: &[Results], replications: usize) -> Case {
    let pairs = |results: &Results| rows::pairs(&results.rows[..replications], gate.metric);
    let after = pairs(&results[target]);
    if !gate.is_change {
        let estimate = results[target].estimate(gate.metric).copied();
        return Case {
            certain: results[target].certain(gate.metric),
            ..Case::on(gate, Some(target), &after, estimate)
        };
    }
    let before = pairs(&results[0]);
    let changes = before.iter().zip(&after).filter_map(|(before, after)| Some(after.value()? - before.value()?));
    Case {
        gate: gate.clone(),
        scenario: Some(target),
        estimate: paired_ratio_difference(&before, &after, CONFIDENCE).map(|difference| difference.estimate),
        values: changes.collect(),
        certain: results[target]
            .certain(gate.metric)
            .zip(results[0].certain(gate.metric))
            .map(|(after, before)| after - before),
    }
}
