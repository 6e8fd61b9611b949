//! Folding replications into results, one after the other in the order of their numbers.

use super::known::{self, Known};
use super::results::{CONFIDENCE, PromiseResult, Results, Row, Table};
use crate::domain::{Model, Resample};
use crate::measures::{BY_PRODUCT, BY_VENDOR, BY_WAREHOUSE, BY_ZONE, Basis, Metric, Promise, Sums};
use crate::observe::{DayRow, Outcome, Shapes};
use crate::rules::Rule;
use crate::stats::{Estimate, Pair, ratio_of_means};

/// Results in the making. What is as long as the tables of a scenario is folded into moments at once; only what is small
/// is kept for every replication.
pub(super) struct Fold {
    basis: Basis,
    known: Known,
    rows: Vec<Row>,
    daily: Vec<Vec<DayRow>>,
    shapes: Shapes,
    by_product: Table,
    by_warehouse: Table,
    by_vendor: Table,
    by_zone: Table,
}

impl Fold {
    pub fn new(model: &Model) -> Self {
        fn ids<T>(rows: &[T], id: impl Fn(&T) -> &String) -> Vec<String> {
            rows.iter().map(|row| id(row).clone()).collect()
        }
        Self {
            basis: Basis { window: model.run.horizon, costs: model.costs.clone() },
            known: Known::of(model),
            rows: Vec::new(),
            daily: Vec::new(),
            shapes: Shapes::default(),
            by_product: Table::new("product", ids(&model.products, |product| &product.id), BY_PRODUCT),
            by_warehouse: Table::new("warehouse", ids(&model.warehouses, |warehouse| &warehouse.id), BY_WAREHOUSE),
            by_vendor: Table::new("vendor", ids(&model.vendors, |vendor| &vendor.id), BY_VENDOR),
            by_zone: Table::new("zone", ids(&model.zones, |zone| &zone.id), BY_ZONE),
        }
    }

    /// Adds the next replication.
    pub fn push(&mut self, outcome: Outcome) {
        let basis = &self.basis;
        let of = |sums: &Sums, metric: Metric| metric.pair(sums, basis);
        for product in 0..outcome.products() {
            let sums = outcome.product(product);
            self.by_product.push(product, |metric| of(&sums, metric));
        }
        for (table, parts) in [
            (&mut self.by_warehouse, &outcome.warehouses),
            (&mut self.by_vendor, &outcome.vendors),
            (&mut self.by_zone, &outcome.zones),
        ] {
            for (row, sums) in parts.iter().enumerate() {
                table.push(row, |metric| of(sums, metric));
            }
        }
        let pairs = Metric::ALL.iter().map(|&metric| of(&outcome.total, metric)).collect();
        let controls = self.known.excess(&outcome.total);
        self.rows.push(Row { pairs, firings: outcome.firings, controls });
        self.daily.push(outcome.daily);
        self.shapes += &outcome.shapes;
    }

    /// How many replications there are.
    pub fn replications(&self) -> u32 {
        self.rows.len() as u32
    }

    /// The estimate of a measure so far.
    pub fn estimate(&self, metric: Metric) -> Option<Estimate> {
        ratio_of_means(&self.pairs(metric), CONFIDENCE)
    }

    /// What each replication so far says of a measure.
    pub fn pairs(&self, metric: Metric) -> Vec<Pair> {
        self.rows.iter().map(|row| row.pairs[metric.index()]).collect()
    }

    fn firings(&self, rule: Rule) -> Option<Estimate> {
        let orders = Metric::Orders.index();
        let pair = |row: &Row| Pair::new(1_000.0 * row.firings[rule as usize] as f64, row.pairs[orders].numerator);
        ratio_of_means(&self.rows.iter().map(pair).collect::<Vec<_>>(), CONFIDENCE)
    }

    fn promise(&self, promise: Promise, threshold: f64) -> PromiseResult {
        let pairs = self.pairs(promise.metric());
        let estimate = ratio_of_means(&pairs, CONFIDENCE);
        PromiseResult { promise, threshold, estimate, verdict: promise.verdict(threshold, &pairs, estimate.as_ref()) }
    }

    /// The results.
    pub fn finish(self, model: &Model) -> Results {
        let metrics = Metric::ALL.iter().map(|&metric| self.estimate(metric)).collect();
        let rules = Rule::ALL.into_iter().map(|rule| self.firings(rule)).collect();
        let promises =
            Promise::ALL.into_iter().map(|promise| self.promise(promise, promise.threshold(&model.promises))).collect();
        let mut notes = Vec::new();
        if self.rows.len() == 1 {
            notes.push("one replication: there are no intervals".into());
        }
        if model.trace.as_ref().is_some_and(|trace| trace.resample == Resample::None) {
            notes.push("demand is replayed: the intervals leave demand's uncertainty out".into());
        }
        Results {
            scenario: model.name.clone(),
            description: model.description.clone(),
            seed: model.run.seed,
            horizon: model.run.horizon,
            warm_up: model.run.warm_up.span(),
            run_out: model.run.run_out,
            controlled: known::controlled(&self.rows),
            controls: known::NAMES,
            gates: Vec::new(),
            rows: self.rows,
            metrics,
            rules,
            promises,
            daily: self.daily,
            shapes: self.shapes,
            by_product: self.by_product,
            by_warehouse: self.by_warehouse,
            by_vendor: self.by_vendor,
            by_zone: self.by_zone,
            precision: None,
            warm_up_finding: None,
            interrupted: false,
            notes,
        }
    }
}
