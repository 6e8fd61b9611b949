//! `summary.json`: every estimate, under the names that scripts rely on.

use super::gates::GateJson;
use crate::experiment::{self, PromiseResult, Results};
use crate::measures::Metric;
use crate::rules::Rule;
use crate::stats::{CONFIDENCE, Controlled, Estimate, quantile_interval};
use serde::{Serialize, Serializer};

/// The summary as indented JSON with a newline at its end.
///
/// A measure without a denominator has `null` for each of its figures, one of a single replication `null` for what
/// needs several. Numbers are written with the fewest digits that read back as the same bits.
///
/// # Panics
/// Never: every value here has a JSON form.
pub fn summary_json(results: &Results) -> String {
    let summary = Summary {
        scenario: &results.scenario,
        seed: results.seed,
        replications: results.replications(),
        confidence: CONFIDENCE,
        horizon_days: results.horizon.days(),
        warm_up_days: results.warm_up.days(),
        run_out_days: results.run_out.days(),
        interrupted: results.interrupted,
        precision: results.precision.map(Precision::new),
        notes: &results.notes,
        promises: results.promises.iter().map(Promise::new).collect(),
        gates: results.gates.iter().map(GateJson::new).collect(),
        metrics: InOrder(Metric::ALL.iter().map(|&metric| (metric.name(), Measure::new(results, metric))).collect()),
        control_variates: ControlVariates::new(results),
        rules: InOrder(
            Rule::ALL
                .into_iter()
                .map(|rule| (rule.id(), Firings { fired_per_1000_orders: Figures::new(results.firings(rule)) }))
                .collect(),
        ),
    };
    let mut text = serde_json::to_string_pretty(&summary).expect("strings, numbers and lists have a JSON form");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Summary<'a> {
    scenario: &'a str,
    seed: u64,
    replications: usize,
    confidence: f64,
    horizon_days: f64,
    warm_up_days: f64,
    run_out_days: f64,
    interrupted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<Precision>,
    notes: &'a [String],
    promises: Vec<Promise>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gates: Vec<GateJson<'a>>,
    metrics: InOrder<Measure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    control_variates: Option<ControlVariates>,
    rules: InOrder<Firings>,
}

/// What sequential replication aimed at and reached.
#[derive(Serialize)]
pub(super) struct Precision {
    of: &'static str,
    half_width_wanted: f64,
    half_width_reached: Option<f64>,
    decided: bool,
}

impl Precision {
    pub(super) fn new(found: experiment::Precision) -> Self {
        Self {
            of: found.of.name(),
            half_width_wanted: found.wanted,
            half_width_reached: found.reached,
            decided: found.decided(),
        }
    }
}

#[derive(Serialize)]
struct Promise {
    promise: &'static str,
    measure: &'static str,
    kept_when: &'static str,
    threshold: f64,
    mean: Option<f64>,
    half_width: Option<f64>,
    verdict: String,
}

impl Promise {
    fn new(result: &PromiseResult) -> Self {
        Self {
            promise: result.promise.words(),
            measure: result.promise.metric().name(),
            kept_when: match result.promise.sign(result.threshold) {
                "≥" => ">=",
                "≤" => "<=",
                other => other,
            },
            threshold: result.threshold,
            mean: result.estimate.map(|estimate| estimate.mean),
            half_width: result.estimate.and_then(|estimate| estimate.half_width),
            verdict: result.verdict.to_string(),
        }
    }
}

#[derive(Serialize)]
struct Firings {
    fired_per_1000_orders: Figures,
}

#[derive(Serialize)]
struct Figures {
    mean: Option<f64>,
    half_width: Option<f64>,
    std_dev: Option<f64>,
    p05: Option<f64>,
    p50: Option<f64>,
    p95: Option<f64>,
}

impl Figures {
    fn new(estimate: Option<&Estimate>) -> Self {
        Self {
            mean: estimate.map(|estimate| estimate.mean),
            half_width: estimate.and_then(|estimate| estimate.half_width),
            std_dev: estimate.and_then(|estimate| estimate.std_dev),
            p05: estimate.map(|estimate| estimate.p05),
            p50: estimate.map(|estimate| estimate.p50),
            p95: estimate.map(|estimate| estimate.p95),
        }
    }
}

/// A measure: its figures, and the order-statistic intervals of the replications' quantiles; `null` where there are too
/// few replications to bound one.
#[derive(Serialize)]
struct Measure {
    #[serde(flatten)]
    figures: Figures,
    p05_interval: Option<(f64, f64)>,
    p50_interval: Option<(f64, f64)>,
    p95_interval: Option<(f64, f64)>,
}

impl Measure {
    fn new(results: &Results, metric: Metric) -> Self {
        let mut values: Vec<f64> = results.pairs(metric).into_iter().filter_map(|pair| pair.value()).collect();
        values.sort_by(f64::total_cmp);
        let [p05_interval, p50_interval, p95_interval] =
            [0.05, 0.5, 0.95].map(|probability| quantile_interval(&values, probability, CONFIDENCE));
        Self { figures: Figures::new(results.estimate(metric)), p05_interval, p50_interval, p95_interval }
    }
}

/// The estimates that control variates narrow.
#[derive(Serialize)]
struct ControlVariates {
    controls: Vec<&'static str>,
    metrics: InOrder<ControlledJson>,
}

#[derive(Serialize)]
struct ControlledJson {
    mean: f64,
    half_width: f64,
    variance_ratio: f64,
}

impl ControlVariates {
    fn new(results: &Results) -> Option<Self> {
        let found: Vec<(&'static str, ControlledJson)> = Metric::ALL
            .iter()
            .zip(&results.controlled)
            .filter_map(|(metric, controlled)| {
                let Controlled { mean, half_width, variance_ratio } = (*controlled)?;
                Some((metric.name(), ControlledJson { mean, half_width, variance_ratio }))
            })
            .collect();
        (!found.is_empty()).then(|| Self { controls: results.controls.to_vec(), metrics: InOrder(found) })
    }
}

/// A JSON object whose keys keep the order of the list.
pub(super) struct InOrder<V>(pub(super) Vec<(&'static str, V)>);

impl<V: Serialize> Serialize for InOrder<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
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
        let text = summary_json(&results);
        let summary: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(summary["scenario"], "some orders");
        assert_eq!((&summary["seed"], &summary["replications"]), (&Value::from(7), &Value::from(4)));
        assert_eq!(summary["confidence"], 0.95);
        let figures = &summary["metrics"]["order_fill_rate"];
        for name in ["mean", "half_width", "std_dev", "p05", "p50", "p95"] {
            assert!(figures[name].is_f64(), "{name}: {figures}");
        }
        assert_eq!(summary["metrics"].as_object().unwrap().len(), Metric::ALL.len());
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
        let summary: Value = serde_json::from_str(&summary_json(&results)).unwrap();
        for metric in Metric::ALL {
            let written = summary["metrics"][metric.name()]["mean"].as_f64();
            assert_eq!(written, results.estimate(*metric).map(|estimate| estimate.mean), "{}", metric.name());
        }
    }

    #[test]
    fn what_there_is_no_number_for_is_null() {
        let summary: Value = serde_json::from_str(&summary_json(&quiet())).unwrap();
        let metrics = &summary["metrics"];
        assert_eq!(metrics["orders"]["mean"], 0.0);
        assert!(metrics["orders"]["half_width"].is_null() && metrics["order_fill_rate"]["mean"].is_null());
        assert!(summary["rules"]["swap"]["fired_per_1000_orders"]["mean"].is_null());
        assert_eq!(summary["promises"][2]["verdict"], "no occasion");
        assert!(summary["promises"][2]["mean"].is_null());
    }
}
