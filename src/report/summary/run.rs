//! `summary.json`: every estimate of a run, under the names that scripts rely on.

use super::events::EventSummary;
use super::figures::{Figures, Reading};
use super::gate::GateSummary;
use super::kept::Kept;
use super::names::{self, ByName, Few, Said};
use super::waiting::WaitingSummary;
use crate::experiment::{self, PromiseResult, Results};
use crate::measures::{Metric, Promise, Verdict};
use crate::report::number;
use crate::rules::Rule;
use crate::stats::{CONFIDENCE, Controlled, Estimate, quantile_interval};
use serde::{Deserialize, Serialize};

/// The results of a run.
///
/// A measure without a denominator has `null` for each of its figures, one of a single replication `null` for what
/// needs several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The scenario's name.
    pub scenario: String,
    /// What money is told in, where the scenario says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The seed.
    pub seed: u64,
    /// How many replications there are.
    pub replications: usize,
    /// The confidence of every interval.
    pub confidence: f64,
    /// The measured time in days.
    pub horizon_days: f64,
    /// The time before it.
    pub warm_up_days: f64,
    /// The time after it.
    pub run_out_days: f64,
    /// Stopped from outside: fewer replications than wanted.
    pub interrupted: bool,
    /// What sequential replication aimed at and reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<PrecisionSummary>,
    /// What a reader has to know, in sentences.
    pub notes: Vec<String>,
    /// The scorecard.
    pub promises: Vec<PromiseSummary>,
    /// When much of the waiting was, where it was not spread over the time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<WaitingSummary>,
    /// The gates, where some were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<GateSummary>,
    /// What came of the scenario's events, where it has some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventSummary>,
    /// Every measure.
    pub metrics: ByName<Metric, Measure>,
    /// The estimates that control variates narrow, where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control_variates: Option<ControlVariates>,
    /// How often each rule fired.
    pub rules: ByName<Rule, Firings>,
}

impl Summary {
    /// The figures of a measure.
    pub fn figures(&self, metric: Metric) -> Figures {
        self.metrics.of(metric).figures
    }

    /// The mean of a measure; `None` where nothing happened that it is about.
    pub fn mean(&self, metric: Metric) -> Option<f64> {
        self.figures(metric).mean
    }

    /// How often a rule fired per 1,000 orders asked for.
    pub fn firings(&self, rule: Rule) -> Figures {
        self.rules.of(rule).fired_per_1000_orders
    }
}

impl Kept for Summary {}

impl From<&Results> for Summary {
    fn from(results: &Results) -> Self {
        Self {
            scenario: results.scenario.clone(),
            currency: results.currency.clone(),
            seed: results.seed,
            replications: results.replications(),
            confidence: CONFIDENCE,
            horizon_days: results.horizon.days(),
            warm_up_days: results.warm_up.days(),
            run_out_days: results.run_out.days(),
            interrupted: results.interrupted,
            precision: results.precision.map(PrecisionSummary::from),
            notes: results.notes.clone(),
            promises: results.promises.iter().map(PromiseSummary::from).collect(),
            waiting: WaitingSummary::new(results),
            gates: results.gates.iter().map(GateSummary::from).collect(),
            events: results.events.iter().map(EventSummary::from).collect(),
            metrics: ByName::new(|metric| Measure::new(results, metric)),
            control_variates: ControlVariates::new(results),
            rules: ByName::new(|rule| Firings { fired_per_1000_orders: results.firings(rule).into() }),
        }
    }
}

/// What sequential replication aimed at and reached.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrecisionSummary {
    /// The measure.
    #[serde(with = "names")]
    pub of: Metric,
    /// The half-width aimed at, in the measure's unit.
    pub half_width_wanted: f64,
    /// The half-width reached; `None` where there is no interval.
    pub half_width_reached: Option<f64>,
    /// Whether the aim was reached.
    pub decided: bool,
}

impl From<experiment::Precision> for PrecisionSummary {
    fn from(found: experiment::Precision) -> Self {
        Self {
            of: found.of,
            half_width_wanted: found.wanted,
            half_width_reached: found.reached,
            decided: found.decided(),
        }
    }
}

/// A promise and how it fared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PromiseSummary {
    /// Which.
    #[serde(with = "names")]
    pub promise: Promise,
    /// The measure it is judged by.
    #[serde(with = "names")]
    pub measure: Metric,
    /// How the measure must stand to the threshold: `>=`, `>`, `<=` or `=`.
    pub kept_when: String,
    /// The threshold.
    pub threshold: f64,
    /// What was measured.
    #[serde(flatten)]
    pub reading: Reading,
    /// Kept or broken.
    pub verdict: Verdict,
    /// Why the settings leave nothing that could break it; left out where something can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cannot_break: Option<String>,
}

impl PromiseSummary {
    /// What must be measured: `≥ 99 %`.
    pub fn wanted(&self) -> String {
        let unit = self.promise.metric().definition().unit;
        format!("{} {}", self.promise.sign(self.threshold), number::threshold(unit, self.threshold))
    }
}

impl From<&PromiseResult> for PromiseSummary {
    fn from(result: &PromiseResult) -> Self {
        let kept_when = match result.promise.sign(result.threshold) {
            "≥" => ">=",
            "≤" => "<=",
            other => other,
        };
        Self {
            promise: result.promise,
            measure: result.promise.metric(),
            kept_when: kept_when.into(),
            threshold: result.threshold,
            reading: result.estimate.as_ref().into(),
            verdict: result.verdict,
            cannot_break: result.cannot_break.map(String::from),
        }
    }
}

/// How often a rule fired.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Firings {
    /// Per 1,000 orders asked for.
    pub fired_per_1000_orders: Figures,
}

/// A measure: its figures, and the order-statistic intervals of the replications' quantiles; `None` where there are too
/// few replications to bound one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// The interval of the 5 % quantile.
    pub p05_interval: Option<(f64, f64)>,
    /// The interval of the median.
    pub p50_interval: Option<(f64, f64)>,
    /// The interval of the 95 % quantile.
    pub p95_interval: Option<(f64, f64)>,
}

impl Said for Firings {}

impl Said for Measure {
    fn nothing() -> Option<Self> {
        let (p05_interval, p50_interval, p95_interval) = (None, None, None);
        Some(Self { figures: None::<&Estimate>.into(), p05_interval, p50_interval, p95_interval })
    }
}

impl Measure {
    fn new(results: &Results, metric: Metric) -> Self {
        let mut values: Vec<f64> = results.pairs(metric).into_iter().filter_map(|pair| pair.value()).collect();
        values.sort_by(f64::total_cmp);
        let [p05_interval, p50_interval, p95_interval] =
            [0.05, 0.5, 0.95].map(|probability| quantile_interval(&values, probability, CONFIDENCE));
        Self { figures: results.estimate(metric).into(), p05_interval, p50_interval, p95_interval }
    }
}

/// The estimates that control variates narrow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ControlVariates {
    /// What the control variates are.
    pub controls: Vec<String>,
    /// The measures they narrow.
    pub metrics: Few<Metric, Narrowed>,
}

/// An estimate that control variates narrow.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Narrowed {
    /// The corrected mean.
    pub mean: f64,
    /// Half of its interval.
    pub half_width: f64,
    /// Variance with the controls over the variance without: one over it is how many times the replications a plain
    /// interval of that width would take.
    pub variance_ratio: f64,
}

impl ControlVariates {
    fn new(results: &Results) -> Option<Self> {
        let found: Vec<(Metric, Narrowed)> = Metric::ALL
            .iter()
            .zip(&results.controlled)
            .filter_map(|(&metric, controlled)| {
                let Controlled { mean, half_width, variance_ratio } = (*controlled)?;
                Some((metric, Narrowed { mean, half_width, variance_ratio }))
            })
            .collect();
        let controls = results.controls.iter().map(ToString::to_string).collect();
        (!found.is_empty()).then_some(Self { controls, metrics: Few(found) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{quiet, some};
    use serde_json::Value;

    #[test]
    fn the_shape_that_scripts_rely_on() {
        let results = some();
        let text = Summary::from(&results).to_json();
        let summary: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(summary["scenario"], "some orders");
        assert_eq!((&summary["seed"], &summary["replications"]), (&Value::from(7), &Value::from(4)));
        assert_eq!(summary["confidence"], 0.95);
        let figures = &summary["metrics"]["order_fill_rate"];
        for name in ["mean", "half_width", "std_dev", "p05", "p50", "p95"] {
            assert!(figures[name].is_f64(), "{name}: {figures}");
        }
        let always = Metric::ALL.iter().filter(|metric| !metric.comes_with_a_setting());
        assert_eq!(summary["metrics"].as_object().unwrap().len(), always.count());
        assert_eq!(summary["rules"].as_object().unwrap().len(), Rule::ALL.len());
        assert_eq!(summary["rules"]["shipment-notice"]["fired_per_1000_orders"]["mean"], 1_000.0);
        assert_eq!(summary["promises"].as_array().unwrap().len(), 8);
        assert_eq!(summary["promises"][0]["verdict"], "kept");
        assert_eq!(summary["promises"][1]["verdict"], "no occasion");
        // In the catalogue's order, which is no order of the alphabet.
        let at = |name: &str| text.find(&format!("\"{name}\": {{")).unwrap();
        assert!(at("orders") < at("unit_fill_rate") && at("unit_fill_rate") < at("cost_per_order"));
    }

    #[test]
    fn every_number_reads_back_to_the_bit() {
        let results = some();
        let summary: Value = serde_json::from_str(&Summary::from(&results).to_json()).unwrap();
        for metric in Metric::ALL {
            let written = summary["metrics"][metric.name()]["mean"].as_f64();
            assert_eq!(written, results.estimate(*metric).map(|estimate| estimate.mean), "{}", metric.name());
        }
    }

    #[test]
    fn what_there_is_no_number_for_is_null() {
        let summary: Value = serde_json::from_str(&Summary::from(&quiet()).to_json()).unwrap();
        let metrics = &summary["metrics"];
        assert_eq!(metrics["orders"]["mean"], 0.0);
        assert!(metrics["orders"]["half_width"].is_null() && metrics["order_fill_rate"]["mean"].is_null());
        assert!(summary["rules"]["swap"]["fired_per_1000_orders"]["mean"].is_null());
        assert_eq!(summary["promises"][2]["verdict"], "no occasion");
        assert!(summary["promises"][2]["mean"].is_null());
    }

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        let mut results = some();
        let gates =
            ["order_fill_rate = 1", "orders >= 9", "back_within_3_days_share > 0.5", "order_fill_rate >= 100 %"];
        results.judge(&gates.map(|gate| experiment::Gate::parse(gate).unwrap())).unwrap();
        results.controlled[Metric::Orders.index()] =
            Some(Controlled { mean: 10.0, half_width: 0.1, variance_ratio: 0.25 });
        for results in [results, quiet()] {
            let summary = Summary::from(&results);
            let text = summary.to_json();
            let read = Summary::from_json(&text).unwrap();
            assert_eq!(read, summary);
            assert_eq!(read.to_json(), text);
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let text = Summary::from(&some()).to_json();
        for (from, to, told) in [
            ("\"verdict\": \"kept\"", "\"verdict\": \"keppt\"", "unknown variant `keppt`"),
            ("\"orders\": {", "\"order\": {", "there is no measure `order`"),
            ("\"almost always stock", "\"always stock", "there is no promise `always stock in at least one place`"),
            ("\"seed\": 7", "\"seed\": -7", "invalid value: integer `-7`"),
            ("\"swap\": {", "\"remove\": {", "the rule `swap` is missing"),
        ] {
            assert!(text.contains(from), "{from}");
            let error = Summary::from_json(&text.replacen(from, to, 1)).unwrap_err();
            let (line, rest) = error.split_once(':').unwrap();
            assert!(line.parse::<usize>().is_ok_and(|line| line > 1) && rest.contains(told), "{error}");
        }
    }
}
