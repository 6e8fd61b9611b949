//! What an experiment found: everything the reports are made of.

use super::sequential::Precision;
use super::warm_up::WarmUpFinding;
use crate::domain::Span;
use crate::measures::{Column, Metric, Promise, Verdict};
use crate::observe::DayRow;
use crate::rules::Rule;
use crate::stats::{Estimate, Pair, RatioMoments};

/// The confidence of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// The results of one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// The scenario's name.
    pub scenario: String,
    /// What it is about.
    pub description: String,
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
    /// For each of [`Rule::ALL`], how often it fired per 1,000 orders asked for.
    pub rules: Vec<Option<Estimate>>,
    /// The scorecard.
    pub promises: Vec<PromiseResult>,
    /// Days × replications: the daily series of each replication, all of the same length.
    pub daily: Vec<Vec<DayRow>>,
    /// By product.
    pub by_product: Table,
    /// By warehouse.
    pub by_warehouse: Table,
    /// By vendor.
    pub by_vendor: Table,
    /// By zone.
    pub by_zone: Table,
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
        self.rows.iter().map(|row| row.pairs[metric.index()]).collect()
    }

    /// How often a rule fired per 1,000 orders asked for; `None` where there were no orders.
    pub fn firings(&self, rule: Rule) -> Option<&Estimate> {
        self.rules[rule as usize].as_ref()
    }
}

/// One replication.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Numerator and denominator of each of [`Metric::ALL`].
    pub pairs: Vec<Pair>,
    /// How often each of [`Rule::ALL`] fired.
    pub firings: [i64; Rule::ALL.len()],
}

/// A promise and how it fared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PromiseResult {
    /// Which.
    pub promise: Promise,
    /// The scenario's threshold.
    pub threshold: f64,
    /// The measured number; `None` where there was no occasion.
    pub estimate: Option<Estimate>,
    /// Kept or broken.
    pub verdict: Verdict,
}

/// Measures told apart by product, warehouse, vendor or zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What a row is: `product`, …
    pub key: &'static str,
    /// The rows' names, in file order.
    pub ids: Vec<String>,
    /// The columns.
    pub columns: &'static [Column],
    /// Row by row, one for each column.
    cells: Vec<RatioMoments>,
}

impl Table {
    /// An empty table.
    pub(super) fn new(key: &'static str, ids: Vec<String>, columns: &'static [Column]) -> Self {
        let cells = vec![RatioMoments::default(); ids.len() * columns.len()];
        Self { key, ids, columns, cells }
    }

    /// Adds what a replication says of a row.
    pub(super) fn push(&mut self, row: usize, pair_of: impl Fn(Metric) -> Pair) {
        let width = self.columns.len();
        for (cell, column) in self.cells[row * width..][..width].iter_mut().zip(self.columns) {
            cell.push(pair_of(column.metric));
        }
    }

    /// The cells of a row, one for each column.
    pub fn row(&self, row: usize) -> &[RatioMoments] {
        let width = self.columns.len();
        &self.cells[row * width..][..width]
    }
}
