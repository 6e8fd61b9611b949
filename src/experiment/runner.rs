//! The runner: alternatives × replications, on all threads, delivered in a fixed order.
//!
//! Everything that simulates more than one replication stands on it: [`replicate`](super::replicate()),
//! [`compare`](super::compare()), studies of thousands of cells, a shard of such a study. They choose the tasks and what
//! becomes of the rows; the runner sees to it that all threads are busy, that a plan is compiled when its alternative's
//! turn comes and dropped after it, and that nothing depends on which thread was faster.
//!
//! A replication is a pure function of (model, replication number), and two models of one seed draw the same customers,
//! lead times and disruptions in replications of one number: alternatives are always run under common random numbers.

use super::error::RunError;
use super::parallel::{Threads, in_order};
use super::plans::Plans;
use super::rows::{Row, RowBasis, estimate};
use super::sequential::{Aim, Precision, next_look};
use super::settings::Settings;
use super::warm_up::{self, WarmUpFinding};
use crate::domain::{Model, Replications, WarmUp};
use crate::engine::{Erased, Observer, Plan, Workspace};
use crate::measures::Metric;
use crate::observe::{Auditor, Outcome, Tally};
use std::borrow::Cow;
use std::ops::{ControlFlow, Range};
use std::sync::{Mutex, PoisonError};

/// One replication of one alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Task {
    /// Which alternative, by its number in the experiment.
    pub alternative: usize,
    /// Which replication, from 0.
    pub replication: u32,
}

impl Task {
    /// The replications of each alternative in turn: the first alternative's, then the second's.
    pub fn in_turn(alternatives: Range<usize>, replications: Range<u32>) -> Vec<Self> {
        let of = |alternative| replications.clone().map(move |replication| Self { alternative, replication });
        alternatives.flat_map(of).collect()
    }

    /// All alternatives' first replication, then all alternatives' second: whenever this ends, the alternatives have
    /// equally many.
    pub fn side_by_side(alternatives: Range<usize>, replications: Range<u32>) -> Vec<Self> {
        let of = |replication| alternatives.clone().map(move |alternative| Self { alternative, replication });
        replications.flat_map(of).collect()
    }
}

/// An alternative of which all replications were run.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// Which, by its number in the experiment.
    pub alternative: usize,
    /// Its replications in order, from 0.
    pub rows: Vec<Row>,
    /// Where replications went on until an interval was narrow enough: what was reached.
    pub precision: Option<Precision>,
}

/// Whether an experiment came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Everything was run and delivered.
    Complete,
    /// It was stopped, from outside or by whoever took the rows.
    Stopped,
}

/// Alternatives are handed to the threads so many at a time, to keep the list of tasks short; at the end of each such
/// stretch the last thread at work is waited for.
const STRETCH: usize = 1_000;

/// Threads, and how to use them.
pub struct Runner {
    threads: Threads,
    settings: Settings,
    /// Memory for replications: as much as ever ran at once.
    workspaces: Mutex<Vec<Workspace>>,
}

impl Runner {
    /// Starts the threads.
    ///
    /// # Errors
    /// Where the operating system gives none.
    pub fn new(settings: &Settings) -> Result<Self, RunError> {
        let threads = Threads::start(settings.jobs).map_err(RunError::Threads)?;
        Ok(Self { threads, settings: settings.clone(), workspaces: Mutex::default() })
    }

    /// The settings it was made with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// A model whose warm-up is known: as it is, or with the warm-up that was found in pilot replications, and how.
    ///
    /// # Errors
    /// See [`RunError`].
    pub fn settled<'m>(&self, model: &'m Model) -> Result<(Cow<'m, Model>, Option<WarmUpFinding>), RunError> {
        match model.run.warm_up {
            WarmUp::Fixed(_) => Ok((Cow::Borrowed(model), None)),
            WarmUp::Auto => {
                let finding = warm_up::find(model, &self.threads, &self.settings.stop)?;
                let mut settled = model.clone();
                settled.run.warm_up = WarmUp::Fixed(finding.cut);
                Ok((Cow::Owned(settled), Some(finding)))
            }
        }
    }

    /// Runs chosen replications of chosen alternatives and delivers their rows in the order of the tasks, one at a time,
    /// until `deliver` breaks off or the experiment is stopped. Whatever was delivered is an unbroken start of the tasks.
    ///
    /// `model` is asked for an alternative's model when its turn comes, and may be asked by any thread. Tasks of one
    /// alternative should stand together, as in [`Task::in_turn`], for its plan to be held no longer than needed.
    ///
    /// # Errors
    /// The failure of the first task that failed; see [`RunError`].
    ///
    /// # Panics
    /// When a model's warm-up is still to be found; see [`settled`](Self::settled).
    pub fn rows<'m>(
        &self,
        tasks: &[Task],
        model: impl Fn(usize) -> Result<Cow<'m, Model>, RunError> + Sync,
        deliver: impl FnMut(Task, Row) -> ControlFlow<()> + Send,
    ) -> Result<Ended, RunError> {
        self.rows_by_product(tasks, &[], model, deliver)
    }

    /// The same; behind the pairs of a row follow those of `measures`, product by product in the order of the model.
    ///
    /// # Errors
    /// The failure of the first task that failed; see [`RunError`].
    ///
    /// # Panics
    /// When a model's warm-up is still to be found; see [`settled`](Self::settled).
    pub fn rows_by_product<'m>(
        &self,
        tasks: &[Task],
        measures: &[Metric],
        model: impl Fn(usize) -> Result<Cow<'m, Model>, RunError> + Sync,
        mut deliver: impl FnMut(Task, Row) -> ControlFlow<()> + Send,
    ) -> Result<Ended, RunError> {
        let plans = Plans::new(model);
        plans.drop_after(tasks.iter().map(|task| task.alternative));
        let mut delivered = 0;
        let run = |workspace: &mut Workspace, model: &Model, plan: &Plan<'_>, task: Task| {
            let outcome = run_one(workspace, plan, model, task.replication, self.settings.audit)?;
            let basis = RowBasis::of(model);
            let mut row = basis.row(&outcome);
            row.pairs.extend(basis.by_product(&outcome, measures));
            Ok(row)
        };
        self.each(&plans, tasks, run, |task, row| {
            delivered += 1;
            deliver(task, row)
        })?;
        Ok(if delivered == tasks.len() { Ended::Complete } else { Ended::Stopped })
    }

    /// Runs chosen replications of one model, each watched by an observer of its own, and gives the observers back in the
    /// order of the replications: fewer where the experiment was stopped. No observer may [read the books](Observer::READS_BOOKS).
    ///
    /// # Errors
    /// The failure of the first replication that failed; see [`RunError`].
    ///
    /// # Panics
    /// When the model's warm-up is still to be found; see [`settled`](Self::settled).
    pub fn watched<W: Observer + Send>(
        &self,
        model: &Model,
        replications: Range<u32>,
        observer: impl Fn(u32) -> W + Sync,
    ) -> Result<Vec<W>, RunError> {
        let plans = Plans::new(|_| Ok(Cow::Borrowed(model)));
        let run = |workspace: &mut Workspace, _: &Model, plan: &Plan<'_>, Task { replication, .. }: Task| {
            let mut observer = observer(replication);
            plan.run_in(workspace, replication, &mut Erased::new(&mut observer))
                .map_err(|limit| RunError::limit(replication, limit))?;
            Ok(observer)
        };
        let mut observers = Vec::new();
        self.each(&plans, &Task::in_turn(0..1, replications), run, |_, observer| {
            observers.push(observer);
            ControlFlow::Continue(())
        })?;
        Ok(observers)
    }

    /// Runs alternatives one after the other, each for as many replications as `replications` says (its own interval
    /// decides where they go on until one is narrow enough), and hands over the rows of each as soon as it is finished,
    /// in order, until `finished` breaks off or the experiment is stopped. Of an alternative that was not finished by
    /// then nothing is handed over.
    ///
    /// The models' own number of replications counts for nothing here. `model` as for [`rows`](Self::rows).
    ///
    /// # Errors
    /// The failure of the first task that failed; see [`RunError`].
    ///
    /// # Panics
    /// When a model's warm-up is still to be found; see [`settled`](Self::settled).
    pub fn alternatives<'m>(
        &self,
        alternatives: Range<usize>,
        replications: &Replications,
        model: impl Fn(usize) -> Result<Cow<'m, Model>, RunError> + Sync,
        mut finished: impl FnMut(Finished) -> ControlFlow<()> + Send,
    ) -> Result<Ended, RunError> {
        let (least, aim) = Aim::of(replications)?;
        let wanted = alternatives.len() as u64 * u64::from(least);
        let mut done = 0;
        if aim.is_some() {
            for alternative in alternatives.clone() {
                let plans = Plans::new(|_| model(alternative));
                let mut rows = [Vec::new()];
                let settings = &self.settings;
                let progress = |now: u64, wanted_now: u64| {
                    settings.report_progress(done + now, (done + wanted_now).max(wanted));
                };
                let run = |workspace: &mut Workspace, model: &Model, plan: &Plan<'_>, task: Task| {
                    Ok(RowBasis::of(model).row(&run_one(workspace, plan, model, task.replication, settings.audit)?))
                };
                let precision = |rows: &[Vec<Row>], aim: &Aim| aim.reached_by(estimate(&rows[0], aim.of).as_ref());
                let grown = self.side_by_side(&plans, &mut rows, replications, run, precision, progress)?;
                let [rows] = rows;
                done += u64::from(grown.replications);
                if grown.replications < grown.wanted
                    || finished(Finished { alternative, rows, precision: grown.precision }).is_break()
                {
                    return Ok(Ended::Stopped);
                }
            }
            return Ok(Ended::Complete);
        }
        let mut first = alternatives.start;
        while first < alternatives.end {
            let stretch = first..alternatives.end.min(first.saturating_add(STRETCH));
            first = stretch.end;
            let mut rows = Vec::new();
            let ended = self.rows(&Task::in_turn(stretch, 0..least), &model, |task, row| {
                rows.push(row);
                done += 1;
                self.settings.report_progress(done, wanted);
                if task.replication + 1 < least {
                    return ControlFlow::Continue(());
                }
                let rows = std::mem::take(&mut rows);
                finished(Finished { alternative: task.alternative, rows, precision: None })
            })?;
            if ended == Ended::Stopped {
                return Ok(ended);
            }
        }
        Ok(Ended::Complete)
    }

    /// Runs `collections.len()` alternatives side by side, until each has as many replications as `replications` says or
    /// the experiment is stopped. What `run` makes of a replication is pushed to its alternative's collection, in the
    /// order of the replications.
    pub(super) fn side_by_side<'m, C: Collection>(
        &self,
        plans: &Plans<'m, impl Fn(usize) -> Result<Cow<'m, Model>, RunError> + Sync>,
        collections: &mut [C],
        replications: &Replications,
        run: impl Fn(&mut Workspace, &Model, &Plan<'_>, Task) -> Result<C::Item, RunError> + Sync,
        precision: impl Fn(&[C], &Aim) -> Precision,
        progress: impl Fn(u64, u64) + Sync,
    ) -> Result<Grown, RunError> {
        let alternatives = collections.len();
        let mut delivered = 0;
        let mut extend = |collections: &mut [C], replications: Range<u32>| {
            let wanted = alternatives as u64 * u64::from(replications.end);
            self.each(plans, &Task::side_by_side(0..alternatives, replications), &run, |task, value| {
                collections[task.alternative].push(value);
                delivered += 1;
                progress(delivered, wanted);
                ControlFlow::Continue(())
            })?;
            Ok((delivered / alternatives as u64) as u32)
        };
        let (mut wanted, aim) = Aim::of(replications)?;
        let mut done = extend(collections, 0..wanted)?;
        let mut reached = None;
        if let Some(aim) = aim {
            loop {
                let found = precision(collections, &aim);
                reached = Some(found);
                let next = next_look(wanted, aim.max, &found);
                if next == wanted || self.settings.is_stopped() {
                    break;
                }
                done = extend(collections, wanted..next)?;
                wanted = next;
            }
        }
        Ok(Grown { replications: done, wanted, precision: reached })
    }

    /// Runs tasks on all threads and delivers what `run` makes of them in order.
    fn each<'m, T: Send>(
        &self,
        plans: &Plans<'m, impl Fn(usize) -> Result<Cow<'m, Model>, RunError> + Sync>,
        tasks: &[Task],
        run: impl Fn(&mut Workspace, &Model, &Plan<'_>, Task) -> Result<T, RunError> + Sync,
        mut deliver: impl FnMut(Task, T) -> ControlFlow<()> + Send,
    ) -> Result<(), RunError> {
        let task = |number: u64| {
            let number = number as usize;
            let task = tasks[number];
            if let Some(next) = self.next_alternative(tasks, number) {
                plans.prepare(next);
            }
            let spare = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut workspace = spare.unwrap_or_default();
            let result =
                plans.with(task.alternative, |model, plan| Ok((task, run(&mut workspace, model, plan, task)?)));
            self.workspaces.lock().unwrap_or_else(PoisonError::into_inner).push(workspace);
            result
        };
        let deliver = |(task, value)| deliver(task, value);
        in_order(&self.threads, 0..tasks.len() as u64, &self.settings.stop, task, deliver)
    }

    /// The alternative to compile before a task is run: the one after the task's own, by whoever runs the first task of
    /// that. So the plan is there when the first thread needs it, and none waits for another that compiles it. Where an
    /// alternative has fewer tasks than there are threads, each thread compiles for itself.
    fn next_alternative(&self, tasks: &[Task], number: usize) -> Option<usize> {
        let own = tasks[number].alternative;
        let is_first = number == 0 || tasks[number - 1].alternative != own;
        if !is_first {
            return None;
        }
        let rest = &tasks[number..];
        let next = rest.iter().position(|task| task.alternative != own)?;
        (next > self.threads.count()).then(|| rest[next].alternative)
    }
}

/// What the replications of one alternative are gathered in, in their order.
pub(super) trait Collection: Send {
    /// What a thread makes of a replication.
    type Item: Send;

    /// Adds the next replication.
    fn push(&mut self, item: Self::Item);

    /// The rows of the replications so far.
    fn rows(&self) -> &[Row];
}

impl Collection for Vec<Row> {
    type Item = Row;

    fn push(&mut self, row: Row) {
        Vec::push(self, row);
    }

    fn rows(&self) -> &[Row] {
        self
    }
}

/// How far [`Runner::side_by_side`] came.
pub(super) struct Grown {
    /// How many replications every alternative has.
    pub replications: u32,
    /// How many were wanted: more where it was stopped.
    pub wanted: u32,
    /// What was reached, where the number of replications was to follow from that.
    pub precision: Option<Precision>,
}

/// One replication; audited, it is worth nothing when an invariant broke.
pub(super) fn run_one(
    workspace: &mut Workspace,
    plan: &Plan<'_>,
    model: &Model,
    replication: u32,
    audit: bool,
) -> Result<Outcome, RunError> {
    let tally = Tally::new(model);
    if !audit {
        let mut observer = tally;
        plan.run_in(workspace, replication, &mut observer).map_err(|limit| RunError::limit(replication, limit))?;
        return Ok(observer.into_outcome());
    }
    let mut observers = (tally, Auditor::new(model));
    plan.run_in(workspace, replication, &mut observers).map_err(|limit| RunError::limit(replication, limit))?;
    let (tally, auditor) = observers;
    match auditor.breaches().first() {
        None => Ok(tally.into_outcome()),
        Some(breach) => {
            let more = auditor.breach_count() - 1;
            Err(RunError::Breach { replication, breach: breach.to_string(), more })
        }
    }
}
