//! What an experiment found: everything the reports are made of.

use super::control_variates::CONTROLS;
use super::error::RunError;
use super::events::EventResult;
use super::gate::{self, Case, Gate, GateResult};
use super::rows::{self, PromiseResult, Row};
use super::sequential::Precision;
use super::warm_up::WarmUpFinding;
use crate::domain::Span;
use crate::measures::{Column, Metric, Promise};
use crate::observe::{DayRow, Shapes};
use crate::rules::Rule;
use crate::stats::{CONFIDENCE, Controlled, Estimate, Pair, RatioMoments};

/// The results of one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// The scenario's name.
    pub scenario: String,
    /// What it is about.
    pub description: String,
    /// What money is told in.
    pub currency: Option<String>,
    /// The seed.
    pub seed: u64,
    /// The measured time.
    pub horizon: Span,
    /// The time before it, as given or as found.
    pub warm_up: Span,
    /// The time after it.
    pub run_out: Span,
    /// One row a replication, in order.
    pub rows: Vec<Row>,
    /// An estimate for each of [`Metric::ALL`]; `None` where no replication has a denominator.
    pub metrics: Vec<Option<Estimate>>,
    /// For each of [`Metric::ALL`], the estimate narrowed by control variates where they pay.
    pub controlled: Vec<Option<Controlled>>,
    /// What the control variates are.
    pub controls: [&'static str; CONTROLS],
    /// The gates, where some were asked for.
    pub gates: Vec<GateResult>,
    /// For each of [`Rule::ALL`], how often it fired per 1,000 orders asked for.
    pub rules: Vec<Option<Estimate>>,
    /// The scorecard.
    pub promises: Vec<PromiseResult>,
    /// Days × replications: the daily series of each replication, all of the same length.
    pub daily: Vec<Vec<DayRow>>,
    /// How waits, parcels and endings are distributed, over all replications.
    pub shapes: Shapes,
    /// By product.
    pub by_product: Table,
    /// By warehouse.
    pub by_warehouse: Table,
    /// By vendor.
    pub by_vendor: Table,
    /// By zone.
    pub by_zone: Table,
    /// By the customer's class; without rows where all customers are alike.
    pub by_class: Table,
    /// What came of the scenario's events, in file order.
    pub events: Vec<EventResult>,
    /// What sequential replication reached, where it was asked for.
    pub precision: Option<Precision>,
    /// How the warm-up was found, where it was not given.
    pub warm_up_finding: Option<WarmUpFinding>,
    /// Stopped from outside: fewer replications than wanted.
    pub interrupted: bool,
    /// What a reader has to know, in sentences.
    pub notes: Vec<String>,
}

impl Results {
    /// How many replications there are.
    pub fn replications(&self) -> usize {
        self.rows.len()
    }

    /// The estimate of a measure; `None` where no replication has a denominator.
    pub fn estimate(&self, metric: Metric) -> Option<&Estimate> {
        self.metrics[metric.index()].as_ref()
    }

    /// What each replication says of a measure.
    pub fn pairs(&self, metric: Metric) -> Vec<Pair> {
        rows::pairs(&self.rows, metric)
    }

    /// What a measure certainly is under the settings, whatever happens; `None` where chance has a part in it.
    pub fn certain(&self, metric: Metric) -> Option<f64> {
        let mut certain = self.promises.iter().filter(|it| it.cannot_break.is_some()).map(|it| it.promise);
        certain.find(|promise| promise.metric() == metric).map(Promise::certain_value)
    }

    /// Judges gates by these results, all at once.
    ///
    /// # Errors
    /// When a gate is about a change or names a scenario: there is but one.
    pub fn judge(&mut self, gates: &[Gate]) -> Result<(), RunError> {
        if let Some(gate) = gates.iter().find(|gate| gate.compares()) {
            return Err(RunError::Gate(format!("`{}` is about several scenarios, and there is but one", gate.text)));
        }
        let case = |gate: &Gate| Case {
            certain: self.certain(gate.metric),
            ..Case::on(gate, None, &self.pairs(gate.metric), self.estimate(gate.metric).copied())
        };
        self.gates = gate::judge(gates.iter().map(case).collect());
        Ok(())
    }

    /// How often a rule fired per 1,000 orders asked for; `None` where there were no orders.
    pub fn firings(&self, rule: Rule) -> Option<&Estimate> {
        self.rules[rule as usize].as_ref()
    }
}

/// Measures told apart by product, warehouse, vendor or zone.
///
/// There may be a hundred thousand rows, so nothing is kept for each replication: two sums a cell, and the second moments
/// only where a half-width is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What a row is: `product`, …
    pub key: &'static str,
    /// The rows' names, in file order.
    pub ids: Vec<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// How many columns have a half-width, and how many have none.
    widths: (usize, usize),
    /// Row by row, one for each column with a half-width.
    moments: Vec<RatioMoments>,
    /// Row by row, one for each other column.
    sums: Vec<Pair>,
}

impl Table {
    /// An empty table.
    pub(super) fn new(key: &'static str, ids: Vec<String>, columns: Vec<Column>) -> Self {
        let with = columns.iter().filter(|column| column.with_half_width).count();
        let without = columns.len() - with;
        let (moments, sums) =
            (vec![RatioMoments::default(); ids.len() * with], vec![Pair::NOTHING; ids.len() * without]);
        Self { key, ids, columns, widths: (with, without), moments, sums }
    }

    /// Adds what a replication says of a row.
    pub(super) fn push(&mut self, row: usize, pair_of: impl Fn(Metric) -> Pair) {
        let (with, without) = self.widths;
        let mut moments = self.moments[row * with..].iter_mut();
        let mut sums = self.sums[row * without..].iter_mut();
        for column in &self.columns {
            let pair = pair_of(column.metric);
            if column.with_half_width {
                moments.next().expect("as many as columns").push(pair);
            } else {
                let sum = sums.next().expect("as many as columns");
                sum.numerator += pair.numerator;
                sum.denominator += pair.denominator;
            }
        }
    }

    /// The estimate of a single cell.
    pub fn estimate(&self, row: usize, column: usize) -> Option<f64> {
        let (with, without) = self.widths;
        let widths_before = self.columns[..column].iter().filter(|column| column.with_half_width).count();
        if self.columns[column].with_half_width {
            self.moments[row * with + widths_before].ratio()
        } else {
            self.sums[row * without + column - widths_before].value()
        }
    }

    /// The cells of a row, one for each column: the estimate, and the half-width where the column has one.
    pub fn row(&self, row: usize) -> Vec<Cell> {
        let (with, without) = self.widths;
        let mut moments = self.moments[row * with..].iter();
        let mut sums = self.sums[row * without..].iter();
        let cell = |column: &Column| {
            if column.with_half_width {
                let cell = moments.next().expect("as many as columns");
                Cell { estimate: cell.ratio(), half_width: cell.half_width(CONFIDENCE) }
            } else {
                Cell { estimate: sums.next().expect("as many as columns").value(), half_width: None }
            }
        };
        self.columns.iter().map(cell).collect()
    }
}

/// A cell of a [`Table`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The ratio of means; `None` without a denominator.
    pub estimate: Option<f64>,
    /// Its half-width; `None` where there is none, or none is kept.
    pub half_width: Option<f64>,
}
