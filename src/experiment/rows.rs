//! The rows of an experiment, one a replication, and everything that follows from them alone.
//!
//! A row is what a replication says of every measure, and small. Rows computed by other threads, other processes or
//! earlier runs fold to the same estimates, to the bit, as long as they come in the order of their replications.

use super::control_variates::{self, CONTROLS, ControlVariates};
use crate::domain::Model;
use crate::measures::{Basis, Metric, Promise, Sums, Verdict};
use crate::observe::Outcome;
use crate::rules::Rule;
use crate::stats::{CONFIDENCE, Controlled, Estimate, Pair, ratio_of_means};

/// One replication.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Numerator and denominator of each of [`Metric::ALL`].
    pub pairs: Vec<Pair>,
    /// How often each of [`Rule::ALL`] fired.
    pub firings: [i64; Rule::ALL.len()],
    /// What it had more than expected of each control variate.
    pub controls: [f64; CONTROLS],
}

/// What it takes, beside a replication's outcome, to make a row of it.
#[derive(Clone, Debug)]
pub(super) struct RowBasis {
    basis: Basis,
    control_variates: ControlVariates,
}

impl RowBasis {
    pub fn of(model: &Model) -> Self {
        Self { basis: Basis::of(model), control_variates: ControlVariates::of(model) }
    }

    /// What sums say of a measure.
    pub fn pair(&self, sums: &Sums, metric: Metric) -> Pair {
        metric.pair(sums, &self.basis)
    }

    /// What a replication says of some measures of each product, product by product.
    pub fn by_product(&self, outcome: &Outcome, measures: &[Metric]) -> Vec<Pair> {
        if measures.is_empty() {
            return Vec::new();
        }
        let of = |index| {
            let sums = outcome.product(index);
            measures.iter().map(move |&metric| self.pair(&sums, metric))
        };
        (0..outcome.products()).flat_map(of).collect()
    }

    /// The row of a replication.
    pub fn row(&self, outcome: &Outcome) -> Row {
        Row {
            pairs: Metric::ALL.iter().map(|&metric| self.pair(&outcome.total, metric)).collect(),
            firings: outcome.firings,
            controls: self.control_variates.excess(&outcome.total),
        }
    }
}

/// What each row says of a measure.
pub(super) fn pairs(rows: &[Row], metric: Metric) -> Vec<Pair> {
    rows.iter().map(|row| row.pairs[metric.index()]).collect()
}

/// The estimate of a measure; `None` where no row has a denominator.
pub(super) fn estimate(rows: &[Row], metric: Metric) -> Option<Estimate> {
    ratio_of_means(&pairs(rows, metric), CONFIDENCE)
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
    /// Why the settings leave nothing that could break it; `None` where it can break.
    pub cannot_break: Option<&'static str>,
}

/// What the rows of one scenario come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimates {
    /// An estimate for each of [`Metric::ALL`]; `None` where no replication has a denominator.
    pub metrics: Vec<Option<Estimate>>,
    /// For each of [`Metric::ALL`], the estimate narrowed by control variates where they pay.
    pub controlled: Vec<Option<Controlled>>,
    /// For each of [`Rule::ALL`], how often it fired per 1,000 orders asked for.
    pub rules: Vec<Option<Estimate>>,
    /// The scorecard.
    pub promises: Vec<PromiseResult>,
}

impl Estimates {
    /// The estimates that rows come to, and how the promises fared by them.
    pub fn of(rows: &[Row], model: &Model) -> Self {
        let controls: Vec<[f64; CONTROLS]> = rows.iter().map(|row| row.controls).collect();
        let controlled = |&metric: &Metric| control_variates::controlled(metric, &pairs(rows, metric), &controls);
        Self {
            metrics: Metric::ALL.iter().map(|&metric| estimate(rows, metric)).collect(),
            controlled: Metric::ALL.iter().map(controlled).collect(),
            rules: Rule::ALL.into_iter().map(|rule| firings(rows, rule)).collect(),
            promises: Promise::ALL.into_iter().map(|promise| promise_result(rows, promise, model)).collect(),
        }
    }
}

fn firings(rows: &[Row], rule: Rule) -> Option<Estimate> {
    let orders = Metric::Orders.index();
    let pair = |row: &Row| Pair::new(1_000.0 * row.firings[rule as usize] as f64, row.pairs[orders].numerator);
    ratio_of_means(&rows.iter().map(pair).collect::<Vec<_>>(), CONFIDENCE)
}

fn promise_result(rows: &[Row], promise: Promise, model: &Model) -> PromiseResult {
    let (pairs, threshold) = (pairs(rows, promise.metric()), promise.threshold(&model.promises));
    let estimate = ratio_of_means(&pairs, CONFIDENCE);
    let verdict = promise.verdict(threshold, &pairs, estimate.as_ref());
    // What is broken can break, whatever the settings let one expect.
    let cannot_break = promise.cannot_break(model).filter(|_| verdict != Verdict::Broken);
    PromiseResult { promise, threshold, estimate, verdict, cannot_break }
}
