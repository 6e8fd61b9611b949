//! `sweep`: a scenario in every cell of a design, under common random numbers.
//!
//! What was simulated comes in as replications, cell by cell and in order, wherever and whenever they were run: on this
//! machine, before an interruption, in shards elsewhere. Everything else follows from them, so that a sweep has the same
//! bytes however it was computed.

mod figure;
mod front;
mod seek;

pub use figure::{Change, Figure};
pub use front::Front;
pub use seek::{Answer, Look, Seek, Side, Sought, seek};

use super::contrast::{self, Conclusion, Difference, Judging};
use super::design::{Design, Step};
use super::error::RunError;
use super::rows::Row;
use super::runner::{Ended, Runner};
use super::sequential::{Aim, Precision};
use crate::domain::{Model, Replications, Span};
use crate::measures::Metric;
use crate::stats::{CONFIDENCE, Estimate, Pair, ratio_of_means};
use std::borrow::Cow;
use std::ops::ControlFlow;

/// The measures shown when a study names none: service, waits, parcels and cost.
pub const SWEPT: [Metric; 6] = [
    Metric::OrderFillRate,
    Metric::BackorderWaitDaysMean,
    Metric::ParcelsPerOrder,
    Metric::DeliverDaysMean,
    Metric::OnHandMeanCost,
    Metric::CostPerOrder,
];

/// An axis of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepAxis {
    /// Its column in tables: the setting's path, or the name of an axis of variants.
    pub key: String,
    /// What it is called in sentences and on charts.
    pub label: String,
    /// What its values are called.
    pub values: Vec<String>,
    /// Where they stand on a line, where they are numbers or durations (in days) in order.
    pub positions: Option<Vec<f64>>,
    /// Whether they are durations.
    pub is_of_durations: bool,
}

/// What is swept, and how it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepPlan {
    /// The study's name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// The scenario's name.
    pub scenario: String,
    /// What money is told in.
    pub currency: Option<String>,
    /// The axes.
    pub axes: Vec<SweepAxis>,
    /// The cells.
    pub design: Design,
    /// How many replications of each cell.
    pub replications: Replications,
    /// The seed, one for all.
    pub seed: u64,
    /// The measured time of the scenario; an axis may vary it.
    pub horizon: Span,
    /// The time before it.
    pub warm_up: Span,
    /// The time after it.
    pub run_out: Span,
    /// The measures shown, the first one first, and judged between neighbours.
    pub judging: Judging,
    /// What a reader has to know, in sentences.
    pub notes: Vec<String>,
}

/// A cell of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepCell {
    /// The number of each axis' value.
    pub values: Vec<usize>,
    /// How many replications it rests on.
    pub replications: usize,
    /// Each of [`Metric::ALL`]; `None` where no replication has a denominator.
    pub figures: Vec<Option<Figure>>,
    /// Where replications went on until an interval was narrow enough: what was reached.
    pub precision: Option<Precision>,
}

impl Sweep {
    /// The measures: all but those that come with a setting which no cell has.
    pub fn known_measures(&self) -> Vec<Metric> {
        let is_known = |metric: Metric| self.cells.iter().any(|cell| cell.figure(metric).is_some());
        Metric::ALL.iter().copied().filter(|&metric| !metric.comes_with_a_setting() || is_known(metric)).collect()
    }
}

impl SweepCell {
    /// The figure of a measure.
    pub fn figure(&self, metric: Metric) -> Option<Figure> {
        self.figures[metric.index()]
    }
}

/// Two neighbouring cells compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbours {
    /// Which.
    pub step: Step,
    /// The differences of the measures shown, in their order, the second cell less the first.
    pub differences: Vec<Change>,
}

impl Neighbours {
    /// What the difference of a measure comes to.
    pub fn conclusion(&self, metric: Metric) -> Option<Conclusion> {
        let found = self.differences.iter().find(|difference| difference.metric == metric)?;
        found.judged.map(|judged| judged.conclusion)
    }
}

/// What a sweep found.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// What was swept.
    pub plan: SweepPlan,
    /// The cells in order.
    pub cells: Vec<SweepCell>,
    /// Neighbouring cells compared; the verdicts hold together.
    pub neighbours: Vec<Neighbours>,
    /// The cells that no other beats in cost and in service, where both are shown.
    pub front: Option<Front>,
    /// What was sought, where the cells are the settings measured on the way to a goal.
    pub goal: Option<Goal>,
}

/// A goal, and the way to it over the cells of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// What was found; its settings are cells of the sweep.
    pub sought: Sought,
    /// The first and the last value of the range, by name.
    pub range: [String; 2],
}

impl Sweep {
    /// The measures shown.
    pub fn measures(&self) -> &[Metric] {
        &self.plan.judging.metrics
    }

    /// What a cell is called: its settings.
    pub fn name(&self, cell: usize) -> String {
        self.plan.name_of(cell)
    }

    /// The median share of a difference's variance that common random numbers left, over neighbouring cells.
    pub fn variance_left(&self, metric: Metric) -> Option<f64> {
        let of = |neighbours: &Neighbours| {
            neighbours.differences.iter().find(|difference| difference.metric == metric)?.variance_ratio
        };
        let mut ratios: Vec<f64> = self.neighbours.iter().filter_map(of).collect();
        ratios.sort_by(f64::total_cmp);
        (!ratios.is_empty()).then(|| ratios[(ratios.len() - 1) / 2])
    }
}

impl SweepPlan {
    /// What a cell is called: its settings, `KEY=VALUE, KEY=VALUE`.
    pub fn name_of(&self, cell: usize) -> String {
        let values = self.design.values(cell);
        let named = self.axes.iter().zip(values).map(|(axis, value)| format!("{}={}", axis.key, axis.values[value]));
        named.collect::<Vec<_>>().join(", ")
    }

    /// Runs cells and hands over the replications of each as soon as it is finished, in the order given, until `finished`
    /// breaks off or the run is stopped; a cell that was not finished by then is not handed over. `model` is asked for a
    /// cell's model when its turn comes, by any thread.
    ///
    /// # Errors
    /// The failure of the first cell that failed, by its settings.
    pub fn run<'m>(
        &self,
        cells: &[usize],
        runner: &Runner,
        model: impl Fn(usize) -> Result<Cow<'m, Model>, RunError> + Sync,
        mut finished: impl FnMut(usize, &[Row]) -> ControlFlow<()> + Send,
    ) -> Result<Ended, RunError> {
        let of = |error: RunError, cell: usize| RunError::Of { scenario: self.name_of(cell), error: Box::new(error) };
        let model = |index: usize| model(cells[index]).map_err(|error| of(error, cells[index]));
        runner.alternatives(0..cells.len(), &self.replications, model, |done| {
            finished(cells[done.alternative], &done.rows)
        })
    }
}

/// Takes in the cells of a sweep in their order.
pub struct SweepFold {
    plan: SweepPlan,
    aim: Option<Aim>,
    cells: Vec<SweepCell>,
    /// For each cell, what its replications say of each measure shown.
    shown: Vec<Vec<Vec<Pair>>>,
}

impl SweepFold {
    /// No cell yet.
    ///
    /// # Errors
    /// When replications are to go on for a measure that does not exist.
    pub fn new(plan: SweepPlan) -> Result<Self, RunError> {
        let (_, aim) = Aim::of(&plan.replications)?;
        Ok(Self { plan, aim, cells: Vec::new(), shown: Vec::new() })
    }

    /// Adds the next cell: for each of its replications, in order, what it says of each of [`Metric::ALL`].
    ///
    /// # Panics
    /// When there are more cells than the plan has.
    pub fn push(&mut self, replications: &[Vec<Pair>]) {
        let cell = self.cells.len();
        assert!(cell < self.plan.design.cells(), "a cell of the plan");
        let pairs = |metric: Metric| -> Vec<Pair> { replications.iter().map(|row| row[metric.index()]).collect() };
        let estimates: Vec<Option<Estimate>> =
            Metric::ALL.iter().map(|&metric| ratio_of_means(&pairs(metric), CONFIDENCE)).collect();
        let precision = self.aim.as_ref().map(|aim| aim.reached_by(estimates[aim.of.index()].as_ref()));
        self.shown.push(self.plan.judging.metrics.iter().map(|&metric| pairs(metric)).collect());
        self.cells.push(SweepCell {
            values: self.plan.design.values(cell),
            replications: replications.len(),
            figures: estimates.into_iter().map(|estimate| estimate.map(Figure::from)).collect(),
            precision,
        });
    }

    /// The sweep.
    ///
    /// # Panics
    /// When cells are missing.
    pub fn finish(self) -> Sweep {
        let Self { mut plan, cells, shown, .. } = self;
        assert_eq!(cells.len(), plan.design.cells(), "all cells of the plan");
        let is_ordered: Vec<bool> = plan.axes.iter().map(|axis| axis.positions.is_some()).collect();
        let steps = plan.design.steps(&is_ordered);
        let mut differences: Vec<Vec<Difference>> = steps
            .iter()
            .map(|step| {
                let (before, after) = (&shown[step.from], &shown[step.to]);
                let measures = plan.judging.metrics.iter().zip(before.iter().zip(after));
                measures.map(|(&metric, (before, after))| paired(metric, before, after, &plan.judging)).collect()
            })
            .collect();
        contrast::judge(&mut differences, &plan.judging);
        let is_uneven = |step: &Step| cells[step.from].replications != cells[step.to].replications;
        if steps.iter().any(is_uneven) {
            plan.notes.push(
                "cells have different numbers of replications; neighbours are compared over those that both have, so a \
                 change need not be the difference of their figures; ~n are replications of both, for which `min` is to be \
                 raised"
                    .into(),
            );
        }
        let of = |(step, differences): (Step, Vec<Difference>)| Neighbours {
            step,
            differences: differences.into_iter().map(Change::from).collect(),
        };
        let neighbours = steps.into_iter().zip(differences).map(of).collect();
        let open = cells.iter().filter(|cell| cell.precision.is_some_and(|precision| !precision.decided())).count();
        if open > 0 {
            let of = cells.len();
            plan.notes.push(format!(
                "{open} of {of} cells reached the greatest number of replications without the precision wanted; \
                 sweep.json has what each reached"
            ));
        }
        let front = Front::of(&cells, &plan.judging.metrics);
        Sweep { plan, cells, neighbours, front, goal: None }
    }
}

/// The difference of a measure over the replications that both cells have.
fn paired(metric: Metric, before: &[Pair], after: &[Pair], judging: &Judging) -> Difference {
    let both = before.len().min(after.len());
    contrast::difference(metric, &before[..both], &after[..both], judging)
}
