//! A result read back from its files: what the page and the charts are made of, during a run and long after it alike.

use super::facts::Facts;
use super::number;
use crate::measures::Metric;
use crate::rules::Rule;
use crate::stats::Estimate;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The files that a page is made of.
const NEEDED: [&str; 7] =
    ["summary.json", "report.json", "daily.csv", "by_product.csv", "by_warehouse.csv", "by_vendor.csv", "by_zone.csv"];

/// A result.
pub(super) struct Data {
    /// `summary.json`.
    pub summary: Summary,
    /// `report.json`.
    pub facts: Facts,
    /// `daily.csv`.
    pub daily: Sheet,
    /// `by_product.csv`.
    pub by_product: Sheet,
    /// `by_warehouse.csv`.
    pub by_warehouse: Sheet,
    /// `by_vendor.csv`.
    pub by_vendor: Sheet,
    /// `by_zone.csv`.
    pub by_zone: Sheet,
}

/// `summary.json` as far as it is used here.
#[derive(Deserialize)]
pub(super) struct Summary {
    pub scenario: String,
    pub seed: u64,
    pub replications: usize,
    pub confidence: f64,
    pub horizon_days: f64,
    pub warm_up_days: f64,
    pub run_out_days: f64,
    pub interrupted: bool,
    pub notes: Vec<String>,
    pub promises: Vec<PromiseRow>,
    #[serde(default)]
    pub gates: Vec<GateRow>,
    metrics: BTreeMap<String, Figures>,
    rules: BTreeMap<String, Firings>,
}

/// A row of the scorecard.
#[derive(Deserialize)]
pub(super) struct PromiseRow {
    pub promise: String,
    pub measure: String,
    pub kept_when: String,
    pub threshold: f64,
    pub mean: Option<f64>,
    pub half_width: Option<f64>,
    pub verdict: String,
}

/// A gate and how it went.
#[derive(Deserialize)]
pub(super) struct GateRow {
    pub require: String,
    pub measure: String,
    pub mean: Option<f64>,
    pub half_width: Option<f64>,
    pub verdict: String,
}

#[derive(Deserialize)]
struct Figures {
    mean: Option<f64>,
    half_width: Option<f64>,
    std_dev: Option<f64>,
    p05: Option<f64>,
    p50: Option<f64>,
    p95: Option<f64>,
}

#[derive(Deserialize)]
struct Firings {
    fired_per_1000_orders: Figures,
}

impl Figures {
    fn estimate(&self, replications: usize) -> Option<Estimate> {
        let mean = self.mean?;
        let quantile = |value: Option<f64>| value.unwrap_or(mean);
        Some(Estimate {
            mean,
            half_width: self.half_width,
            std_dev: self.std_dev,
            p05: quantile(self.p05),
            p50: quantile(self.p50),
            p95: quantile(self.p95),
            replications,
            silent: 0,
        })
    }
}

impl Summary {
    /// The estimate of a measure.
    pub fn estimate(&self, metric: Metric) -> Option<Estimate> {
        self.metrics.get(metric.name())?.estimate(self.replications)
    }

    /// The mean of a measure.
    pub fn mean(&self, metric: Metric) -> Option<f64> {
        Some(self.estimate(metric)?.mean)
    }

    /// A measure with its unit, without its interval: `97.3 %`.
    pub fn shown(&self, metric: Metric) -> String {
        number::estimate(metric.definition().unit, self.estimate(metric).as_ref()).0
    }

    /// How often a rule fired per 1,000 orders.
    pub fn firings(&self, rule: Rule) -> Option<Estimate> {
        self.rules.get(rule.id())?.fired_per_1000_orders.estimate(self.replications)
    }
}

impl Data {
    /// Reads a result from the contents of its files, by their names.
    ///
    /// # Errors
    /// Which file is missing or cannot be read, and why.
    pub fn read(files: &[(String, String)]) -> Result<Self, String> {
        let text = |name: &str| {
            let found = files.iter().find(|(file, _)| file == name);
            found.map(|(_, text)| text.as_str()).ok_or_else(|| format!("{name} is missing"))
        };
        fn json<'a, T: Deserialize<'a>>(name: &str, text: &'a str) -> Result<T, String> {
            serde_json::from_str(text).map_err(|error| format!("{name} cannot be read: {error}"))
        }
        let sheet = |name: &str| Sheet::read(text(name)?).map_err(|why| format!("{name} cannot be read: {why}"));
        for name in NEEDED {
            text(name)?;
        }
        Ok(Self {
            summary: json("summary.json", text("summary.json")?)?,
            facts: json("report.json", text("report.json")?)?,
            daily: sheet("daily.csv")?,
            by_product: sheet("by_product.csv")?,
            by_warehouse: sheet("by_warehouse.csv")?,
            by_vendor: sheet("by_vendor.csv")?,
            by_zone: sheet("by_zone.csv")?,
        })
    }
}

/// A csv file.
pub(super) struct Sheet {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    pub fn read(text: &str) -> Result<Self, String> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_string).collect();
        let header = cells(reader.headers().map_err(|error| error.to_string())?);
        let rows = reader.records().map(|record| record.map(|record| cells(&record)));
        Ok(Self { header, rows: rows.collect::<Result<_, _>>().map_err(|error| error.to_string())? })
    }

    /// The number in a row's cell; `None` where there is none.
    pub fn number(&self, row: usize, column: &str) -> Option<f64> {
        let column = self.header.iter().position(|name| name == column)?;
        self.rows[row][column].parse().ok()
    }

    /// The numbers of a column, where every row has one; else nothing.
    pub fn column(&self, name: &str) -> Vec<f64> {
        (0..self.rows.len()).map(|row| self.number(row, name)).collect::<Option<_>>().unwrap_or_default()
    }
}
