//! `summary.json`: every estimate, under the names that scripts rely on.

use crate::experiment::{CONFIDENCE, PromiseResult, Results};
use crate::measures::Metric;
use crate::rules::Rule;
use crate::stats::Estimate;
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
        precision: results.precision.map(|precision| Precision {
            of: precision.of.name(),
            half_width_wanted: precision.wanted,
            half_width_reached: precision.reached,
            decided: precision.decided(),
        }),
        notes: &results.notes,
        promises: results.promises.iter().map(Promise::new).collect(),
        metrics: InOrder(
            Metric::ALL.iter().map(|&metric| (metric.name(), Figures::new(results.estimate(metric)))).collect(),
        ),
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
    metrics: InOrder<Figures>,
    rules: InOrder<Firings>,
}

#[derive(Serialize)]
struct Precision {
    of: &'static str,
    half_width_wanted: f64,
    half_width_reached: Option<f64>,
    decided: bool,
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

/// A JSON object whose keys keep the order of the list.
struct InOrder<V>(Vec<(&'static str, V)>);

impl<V: Serialize> Serialize for InOrder<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
