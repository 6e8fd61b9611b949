//! `sweep --find`: the least setting that meets a goal, as measured, with the path to it.

use std::borrow::Cow;
use std::ops::ControlFlow;

use indicatif::ProgressBar;

use super::super::failure::Failure;
use super::super::folder::ResultFolder;
use super::broken::Broken;
use super::finish::{self, Finishing, Swept};
use super::journal::Journal;
use super::prepare::Prepared;
use crate::domain::Model;
use crate::experiment::{Design, Ended, Gate, Goal, Relation, RunError, Runner, Seek, Sought, SweepPlan, Task, seek};
use crate::report::VariedInputs;
use crate::scenario::Axis;
use crate::stats::Pair;

/// Where a goal is sought.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Over {
    /// The setting with its values, from the least to the greatest.
    pub(in crate::cli) axis: Axis,
    /// As it was written.
    pub(in crate::cli) text: String,
}

impl Over {
    /// Reads `KEY=0.90..0.999`.
    pub(in crate::cli) fn parse(text: &str) -> Result<Self, String> {
        Ok(Self { axis: Axis::parse_range(text)?, text: text.trim().to_string() })
    }
}

/// Reads a goal.
pub(in crate::cli) fn parse_goal(text: &str) -> Result<Gate, String> {
    let gate = Gate::parse(text)?;
    if gate.compares() {
        return Err(format!("`{text}` compares scenarios; a goal is about one measure: order_fill_rate >= 0.98"));
    }
    if gate.relation == Relation::Exactly {
        return Err(format!("`{text}` holds at a single point; a goal is a bound: order_fill_rate >= 0.98"));
    }
    Ok(gate)
}

/// Seeks the setting. What is measured is kept in the journal: after the settings themselves, their fresh replications.
pub(super) fn find(
    prepared: &Prepared,
    gate: &Gate,
    runner: &Runner,
    journal: &mut Journal,
    bar: &ProgressBar,
) -> Result<Sought, Broken> {
    let settings = prepared.plan.design.cells();
    let mut broken = None;
    let found = seek(Seek { gate: gate.clone(), settings }, |setting, is_fresh| {
        let key = if is_fresh { settings + setting } else { setting };
        let rows = || -> Result<Vec<Vec<Pair>>, Broken> {
            if !journal.has(key) {
                let rows = measured(prepared, runner, journal, setting, is_fresh, bar)?;
                journal.push(key, rows.iter().map(Vec::as_slice)).map_err(Broken::Kept)?;
            }
            journal.read(key).map_err(Broken::Kept)
        };
        let mut rows = rows;
        match rows() {
            Ok(rows) => Ok(rows.iter().map(|row| row[gate.metric.index()]).collect()),
            Err(why) => {
                broken = Some(why);
                Err(RunError::Interrupted)
            }
        }
    });
    found.map_err(|error| broken.unwrap_or(Broken::Run(error)))
}

/// The replications of a setting: those that choose, or as many more that have no part in it.
fn measured(
    prepared: &Prepared,
    runner: &Runner,
    journal: &mut Journal,
    setting: usize,
    is_fresh: bool,
    bar: &ProgressBar,
) -> Result<Vec<Vec<Pair>>, Broken> {
    let model = prepared.checked_model(setting).map_err(Broken::Kept)?;
    let model_of = |_: usize| -> Result<Cow<'_, Model>, RunError> { Ok(Cow::Borrowed(&model)) };
    let mut rows = Vec::new();
    bar.set_message(prepared.plan.name_of(setting));
    let ended = if is_fresh {
        let chosen_by = journal.read(setting).map_err(Broken::Kept)?.len() as u32;
        let tasks = Task::in_turn(0..1, chosen_by..2 * chosen_by);
        runner.rows(&tasks, model_of, |_, row| {
            rows.push(row.pairs);
            ControlFlow::Continue(())
        })
    } else {
        runner.alternatives(0..1, &prepared.plan.replications, model_of, |done| {
            rows.extend(done.rows.into_iter().map(|row| row.pairs));
            ControlFlow::Continue(())
        })
    };
    match ended.map_err(Broken::Run)? {
        Ended::Complete => {
            bar.inc(1);
            Ok(rows)
        }
        Ended::Stopped => {
            let why =
                format!("Interrupted: {} settings are measured and kept; the same command continues.", journal.len());
            Err(Broken::Kept(Failure::interrupted(why)))
        }
    }
}

/// Writes what was found: a sweep of the settings that were measured, and the path.
pub(super) fn finish(
    prepared: &Prepared,
    found: Sought,
    inputs: VariedInputs,
    mut journal: Journal,
    folder: &mut ResultFolder,
    finishing: &Finishing<'_>,
) -> Result<(), Failure> {
    let mut looked: Vec<usize> = found.looks.iter().map(|look| look.setting).collect();
    looked.sort_unstable();
    let mut plan: SweepPlan = prepared.plan.clone();
    let axis = &mut plan.axes[0];
    axis.values = looked.iter().map(|&setting| axis.values[setting].clone()).collect();
    let positions = axis.positions.take();
    axis.positions = positions.map(|positions| looked.iter().map(|&setting| positions[setting]).collect());
    plan.design = Design::grid(vec![looked.len()]);
    let range = [0, prepared.plan.design.cells() - 1].map(|end| prepared.plan.axes[0].values[end].clone());
    let (is_found, is_missed) = (found.answer.is_some(), found.is_missed());
    let goal = Goal { sought: found.renumbered(&looked), range };
    let levels = prepared.levels(looked.iter().copied())?;
    let read = |cell: usize| journal.read(looked[cell]);
    let swept = Swept { plan, goal: Some(goal), levels, inputs: Some(inputs), sources: prepared.sources() };
    finish::written(swept, read, folder, finishing)?;
    journal.remove();
    match (is_found, is_missed) {
        (true, _) => Ok(()),
        (false, true) => Err(Failure::gate(3, "The goal is not met by any setting that was measured.")),
        (false, false) => Err(Failure::gate(
            4,
            "Whether a setting of the range meets the goal is not decidable at this many replications.",
        )),
    }
}
