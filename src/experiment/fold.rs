//! Folding replications into results, one after the other in the order of their numbers.

use super::control_variates::NAMES;
use super::events::EventFold;
use super::planned::kept_note;
use super::results::{Results, Table};
use super::rows::{Estimates, Row, RowBasis};
use super::runner::Collection;
use crate::domain::{Model, Resample, Vendor};
use crate::measures::{
    AT_DOCKS, AT_VENDORS, BY_CLASS, BY_PRODUCT, BY_VENDOR, BY_WAREHOUSE, BY_ZONE, Basis, Metric, Sums, known,
};
use crate::observe::{DayRow, Outcome, Shapes};

/// Results in the making. What is as long as the tables of a scenario is folded into moments at once; only what is small
/// is kept for every replication.
pub(super) struct Fold<'m> {
    model: &'m Model,
    events: EventFold,
    basis: RowBasis,
    rows: Vec<Row>,
    daily: Vec<Vec<DayRow>>,
    shapes: Shapes,
    by_product: Table,
    by_warehouse: Table,
    by_vendor: Table,
    by_zone: Table,
    by_class: Table,
}

impl Collection for Fold<'_> {
    type Item = Outcome;

    fn push(&mut self, outcome: Outcome) {
        let of = |sums: &Sums, metric: Metric| self.basis.pair(sums, metric);
        for product in 0..outcome.products() {
            let sums = outcome.product(product);
            self.by_product.push(product, |metric| of(&sums, metric));
        }
        for (table, parts) in [
            (&mut self.by_warehouse, &outcome.warehouses),
            (&mut self.by_vendor, &outcome.vendors),
            (&mut self.by_zone, &outcome.zones),
            (&mut self.by_class, &outcome.classes),
        ] {
            // Where all customers are alike, they are no rows of a table.
            if table.ids.is_empty() {
                continue;
            }
            for (row, sums) in parts.iter().enumerate() {
                table.push(row, |metric| of(sums, metric));
            }
        }
        self.events.push(self.model, &outcome.daily);
        self.rows.push(self.basis.row(&outcome));
        self.daily.push(outcome.daily);
        self.shapes += &outcome.shapes;
    }

    fn rows(&self) -> &[Row] {
        &self.rows
    }
}

impl<'m> Fold<'m> {
    pub fn new(model: &'m Model) -> Self {
        fn ids<T>(rows: &[T], id: impl Fn(&T) -> &String) -> Vec<String> {
            rows.iter().map(|row| id(row).clone()).collect()
        }
        let basis = Basis::of(model);
        let mut of_warehouses = known(BY_WAREHOUSE, &basis);
        if model.warehouses.iter().any(|warehouse| warehouse.picking.is_some()) {
            of_warehouses.extend(AT_DOCKS);
        }
        let mut of_vendors = known(BY_VENDOR, &basis);
        if model.vendors.iter().any(Vendor::lets_orders_wait) {
            of_vendors.extend(AT_VENDORS);
        }
        Self {
            model,
            events: EventFold::new(model),
            basis: RowBasis::of(model),
            rows: Vec::new(),
            daily: Vec::new(),
            shapes: Shapes::default(),
            by_product: Table::new("product", ids(&model.products, |product| &product.id), known(BY_PRODUCT, &basis)),
            by_warehouse: Table::new("warehouse", ids(&model.warehouses, |warehouse| &warehouse.id), of_warehouses),
            by_vendor: Table::new("vendor", ids(&model.vendors, |vendor| &vendor.id), of_vendors),
            by_zone: Table::new("zone", ids(&model.zones, |zone| &zone.id), known(BY_ZONE, &basis)),
            by_class: Table::new("class", ids(&model.classes, |class| &class.id), known(BY_CLASS, &basis)),
        }
    }

    /// The results.
    pub fn finish(self, model: &Model) -> Results {
        let Estimates { metrics, controlled, rules, promises } = Estimates::of(&self.rows, model);
        let mut notes = Vec::new();
        if self.rows.len() == 1 {
            notes.push("one replication: there are no intervals".into());
        }
        if model.trace.as_ref().is_some_and(|trace| trace.resample == Resample::None) {
            notes.push("demand is replayed: the intervals leave demand's uncertainty out".into());
        }
        notes.extend(kept_note(model));
        Results {
            scenario: model.name.clone(),
            description: model.description.clone(),
            currency: model.costs.currency.as_ref().map(|currency| currency.0.clone()),
            seed: model.run.seed,
            horizon: model.run.horizon,
            warm_up: model.run.warm_up.span(),
            run_out: model.run.run_out,
            rows: self.rows,
            metrics,
            controlled,
            controls: NAMES,
            gates: Vec::new(),
            rules,
            promises,
            daily: self.daily,
            shapes: self.shapes,
            by_product: self.by_product,
            by_warehouse: self.by_warehouse,
            by_vendor: self.by_vendor,
            by_zone: self.by_zone,
            by_class: self.by_class,
            events: self.events.finish(model),
            precision: None,
            warm_up_finding: None,
            interrupted: false,
            notes,
        }
    }
}
