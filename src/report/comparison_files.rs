//! A comparison as files: `comparison.json`, `differences.csv`, `replications.csv`.

use super::comparison::comparison_document;
use super::comparison_charts::{chart_files, worth_files};
use super::document::Document;
use super::html;
use super::rule_worth::rule_worth_document;
use super::summary::{Few, GateSummary, PrecisionSummary};
use super::tables::{Sheet, warm_up_csv};
use crate::experiment::{Claim, Comparison, Conclusion, Difference, Measured, RuleWorth, letter};
use crate::measures::Metric;
use crate::rules::{Relaxation, Rule};
use crate::stats::CONFIDENCE;
use serde::Serialize;

/// The files of a comparison's folder: name and content.
pub fn comparison_files(comparison: &Comparison) -> Vec<(String, String)> {
    let mut data = vec![
        ("comparison.json".into(), comparison_json(comparison)),
        ("differences.csv".into(), differences_csv(comparison)),
        ("replications.csv".into(), replications_csv(comparison)),
    ];
    data.extend(welch_files(comparison));
    with_page(&comparison_document(comparison), data, chart_files(comparison))
}

/// The data of a Welch plot for each scenario whose warm-up was looked for: `warm_up-a.csv`, …
fn welch_files(comparison: &Comparison) -> Vec<(String, String)> {
    let of = |index: usize| {
        let finding = comparison.results[index].warm_up_finding.as_ref()?;
        Some((format!("warm_up-{}.csv", letter(index).to_ascii_lowercase()), warm_up_csv(&finding.welch)))
    };
    (0..comparison.results.len()).filter_map(of).collect()
}

/// The files of the folder of rules' worth.
pub fn rule_worth_files(worth: &RuleWorth) -> Vec<(String, String)> {
    let mut data = vec![
        ("rule_worth.json".into(), rule_worth_json(worth)),
        ("differences.csv".into(), differences_csv(&worth.comparison)),
        ("replications.csv".into(), replications_csv(&worth.comparison)),
    ];
    data.extend(welch_files(&worth.comparison));
    with_page(&rule_worth_document(worth), data, worth_files(worth))
}

/// The page, which holds the data, then the data, then the charts.
fn with_page(document: &Document, data: Vec<(String, String)>, charts: Vec<(String, String)>) -> Vec<(String, String)> {
    let page = html::page(document, &data.iter().collect::<Vec<_>>());
    let mut files = vec![("report.html".into(), page)];
    files.extend(data);
    files.extend(charts);
    files
}

/// The comparison as indented JSON with a newline at its end.
///
/// # Panics
/// Never: every value here has a JSON form.
pub fn comparison_json(comparison: &Comparison) -> String {
    json(&ComparisonJson::new(comparison))
}

/// What each rule is worth, as indented JSON with a newline at its end. `effects` are the scenario with the rule less the
/// scenario without it.
///
/// # Panics
/// Never: every value here has a JSON form.
pub fn rule_worth_json(worth: &RuleWorth) -> String {
    let rules = worth.rules.iter().map(|&(rule, measured)| RuleJson::new(worth, rule, measured)).collect();
    json(&RuleWorthJson { base: Base::new(&worth.comparison), rules })
}

fn json(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("strings, numbers and lists have a JSON form");
    text.push('\n');
    text
}

/// What every comparison says of its runs.
#[derive(Serialize)]
struct Base<'a> {
    seed: u64,
    replications: usize,
    confidence: f64,
    horizon_days: f64,
    warm_up_days: f64,
    run_out_days: f64,
    interrupted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<PrecisionSummary>,
    notes: &'a [String],
    judged_together: Vec<&'static str>,
    correction: &'static str,
}

impl<'a> Base<'a> {
    fn new(comparison: &'a Comparison) -> Self {
        let first = &comparison.results[0];
        Self {
            seed: first.seed,
            replications: comparison.replications,
            confidence: CONFIDENCE,
            horizon_days: first.horizon.days(),
            warm_up_days: first.warm_up.days(),
            run_out_days: first.run_out.days(),
            interrupted: comparison.interrupted,
            precision: comparison.precision.map(PrecisionSummary::from),
            notes: &comparison.notes,
            judged_together: comparison.judged.iter().map(|metric| metric.name()).collect(),
            correction: "Holm",
        }
    }
}

#[derive(Serialize)]
struct ComparisonJson<'a> {
    #[serde(flatten)]
    base: Base<'a>,
    scenarios: Vec<ScenarioJson<'a>>,
    comparisons: Vec<ContrastJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    best: Vec<BestJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gates: Vec<GateSummary>,
}

impl<'a> ComparisonJson<'a> {
    fn new(comparison: &'a Comparison) -> Self {
        let scenario = |(index, name): (usize, &'a String)| ScenarioJson {
            letter: letter(index),
            name,
            changes: &comparison.changes[index],
            scenario: &comparison.results[index].scenario,
            metrics: Few(Metric::ALL
                .iter()
                .map(|&metric| {
                    let estimate = comparison.results[index].estimate(metric);
                    let mean = estimate.map(|estimate| estimate.mean);
                    let half_width = estimate.and_then(|estimate| estimate.half_width);
                    (metric, Interval { mean, half_width })
                })
                .collect()),
        };
        let best = |found: &crate::experiment::Best| {
            let (claim, rivals, replications_needed) = match &found.claim {
                Claim::Best => ("best", Vec::new(), None),
                Claim::WithinIndifference(_) => ("best within the indifference zone", Vec::new(), None),
                Claim::Contested { rivals, enough } => {
                    ("not decidable", rivals.iter().map(|&rival| letter(rival)).collect(), *enough)
                }
            };
            BestJson {
                measure: found.metric.name(),
                leader: letter(found.leader),
                claim,
                not_told_from: rivals,
                replications_needed,
                pairs_held_together: found.pairs,
            }
        };
        Self {
            base: Base::new(comparison),
            scenarios: comparison.names.iter().enumerate().map(scenario).collect(),
            comparisons: comparison
                .contrasts
                .iter()
                .enumerate()
                .map(|(index, differences)| ContrastJson {
                    of: letter(index + 1),
                    against: letter(0),
                    differences: Few(differences.iter().map(|it| (it.metric, DifferenceJson::new(it))).collect()),
                })
                .collect(),
            best: comparison.best.iter().map(best).collect(),
            gates: comparison.gates.iter().map(GateSummary::from).collect(),
        }
    }
}

#[derive(Serialize)]
struct ScenarioJson<'a> {
    letter: char,
    name: &'a str,
    changes: &'a str,
    scenario: &'a str,
    metrics: Few<Metric, Interval>,
}

#[derive(Serialize)]
struct Interval {
    mean: Option<f64>,
    half_width: Option<f64>,
}

#[derive(Serialize)]
struct ContrastJson {
    of: char,
    against: char,
    differences: Few<Metric, DifferenceJson>,
}

/// A difference. `p_value` and `verdict` are there for the measures judged; the p-value is adjusted for all of them.
#[derive(Serialize)]
pub(super) struct DifferenceJson {
    mean: Option<f64>,
    half_width: Option<f64>,
    std_dev: Option<f64>,
    indifference: f64,
    variance_ratio: Option<f64>,
    p_value: Option<f64>,
    verdict: Option<String>,
    replications_needed: Option<u64>,
}

impl DifferenceJson {
    pub(super) fn new(difference: &Difference) -> Self {
        let conclusion = difference.judged.map(|judged| judged.conclusion);
        Self {
            mean: difference.estimate.map(|estimate| estimate.mean),
            half_width: difference.estimate.and_then(|estimate| estimate.half_width),
            std_dev: difference.estimate.and_then(|estimate| estimate.std_dev),
            indifference: difference.indifference,
            variance_ratio: difference.variance_ratio,
            p_value: difference.judged.and_then(|judged| judged.p_value),
            verdict: conclusion.map(|conclusion| conclusion.to_string()),
            replications_needed: match conclusion {
                Some(Conclusion::Unclear { enough }) => enough,
                _ => None,
            },
        }
    }
}

#[derive(Serialize)]
struct BestJson {
    measure: &'static str,
    leader: char,
    claim: &'static str,
    not_told_from: Vec<char>,
    replications_needed: Option<u64>,
    pairs_held_together: usize,
}

#[derive(Serialize)]
struct RuleWorthJson<'a> {
    #[serde(flatten)]
    base: Base<'a>,
    rules: Vec<RuleJson>,
}

#[derive(Serialize)]
struct RuleJson {
    rule: &'static str,
    promise: &'static str,
    measured: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why_not: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relaxed: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    without_it: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effects: Option<Few<Metric, DifferenceJson>>,
}

impl RuleJson {
    fn new(worth: &RuleWorth, rule: Rule, measured: Measured) -> Self {
        let (relaxed, without_it) = match rule.relaxed() {
            Relaxation::Opposite { setting, means, .. } => (Some(setting), Some(means)),
            Relaxation::None { .. } => (None, None),
        };
        let effects: Vec<(Metric, DifferenceJson)> = Metric::ALL
            .iter()
            .filter_map(|&metric| Some((metric, DifferenceJson::new(&worth.effect(measured, metric)?))))
            .collect();
        Self {
            rule: rule.id(),
            promise: rule.promise(),
            measured: matches!(measured, Measured::By(_)),
            why_not: match measured {
                Measured::By(_) => None,
                Measured::Without => Some("the scenario does without it already"),
                Measured::NoOpposite(why) => Some(why),
            },
            relaxed,
            without_it,
            effects: (!effects.is_empty()).then_some(Few(effects)),
        }
    }
}

/// `differences.csv`: a row for each scenario after the first and each measure; second less first.
fn differences_csv(comparison: &Comparison) -> String {
    let mut sheet = Sheet::new();
    sheet.row([
        "scenario",
        "name",
        "measure",
        "first_mean",
        "mean",
        "difference",
        "half_width",
        "std_dev",
        "p05",
        "p50",
        "p95",
        "indifference",
        "variance_ratio",
        "p_value",
        "verdict",
        "replications_needed",
    ]);
    for (index, differences) in comparison.contrasts.iter().enumerate() {
        for difference in differences {
            let mean = |at: usize| comparison.results[at].estimate(difference.metric).map(|estimate| estimate.mean);
            let of = DifferenceJson::new(difference);
            sheet.cell(&letter(index + 1).to_string());
            sheet.cell(&comparison.names[index + 1]);
            sheet.cell(difference.metric.name());
            for value in [mean(0), mean(index + 1), of.mean, of.half_width, of.std_dev] {
                sheet.number(value);
            }
            let spread = difference.estimate.map(|estimate| [estimate.p05, estimate.p50, estimate.p95]);
            for quantile in 0..3 {
                sheet.number(spread.map(|spread| spread[quantile]));
            }
            sheet.number(Some(of.indifference));
            sheet.number(of.variance_ratio);
            sheet.number(of.p_value);
            sheet.cell(of.verdict.as_deref().unwrap_or_default());
            sheet.cell(&of.replications_needed.map_or_else(String::new, |enough| enough.to_string()));
            sheet.end_row();
        }
    }
    sheet.finish()
}

/// `replications.csv`: a row for each scenario and replication, a column a measure.
fn replications_csv(comparison: &Comparison) -> String {
    let mut sheet = Sheet::new();
    sheet.cell("scenario");
    sheet.cell("replication");
    for metric in Metric::ALL {
        sheet.cell(metric.name());
    }
    sheet.end_row();
    for (index, results) in comparison.results.iter().enumerate() {
        for (replication, row) in results.rows[..comparison.replications].iter().enumerate() {
            sheet.cell(&letter(index).to_string());
            sheet.cell(&replication.to_string());
            for pair in &row.pairs {
                sheet.number(pair.value());
            }
            sheet.end_row();
        }
    }
    sheet.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::compared;
    use serde_json::Value;

    #[test]
    fn the_shape_that_scripts_rely_on() {
        let comparison = compared();
        let json: Value = serde_json::from_str(&comparison_json(&comparison)).unwrap();
        assert_eq!((&json["seed"], &json["replications"]), (&Value::from(7), &Value::from(6)));
        let scenarios = json["scenarios"].as_array().unwrap();
        assert_eq!((scenarios.len(), &scenarios[1]["letter"], &scenarios[1]["name"]), (3, &"B".into(), &"less".into()));
        assert!(scenarios[0]["metrics"]["order_fill_rate"]["mean"].is_f64());
        let contrast = &json["comparisons"][0];
        assert_eq!((&contrast["of"], &contrast["against"]), (&"B".into(), &"A".into()));
        assert_eq!(contrast["differences"].as_object().unwrap().len(), Metric::ALL.len());
        let difference = &contrast["differences"]["order_fill_rate"];
        assert_eq!(difference["verdict"], "worse");
        for name in ["mean", "half_width", "std_dev", "indifference", "variance_ratio", "p_value"] {
            assert!(difference[name].is_f64(), "{name}: {difference}");
        }
        assert!(contrast["differences"]["orders"]["verdict"].is_null(), "it was not judged");
        assert!(json["best"].as_array().unwrap().iter().all(|best| best["pairs_held_together"] == 3));
        let gates = json["gates"].as_array().unwrap();
        assert_eq!(gates.len(), 3, "one of B and C each, one of B alone");
        assert_eq!((&gates[2]["scenario"], &gates[2]["verdict"]), (&"B".into(), &"does not hold".into()));
    }

    #[test]
    fn a_row_a_difference_and_a_row_a_replication() {
        let comparison = compared();
        let files = comparison_files(&comparison);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let data = ["report.html", "comparison.json", "differences.csv", "replications.csv"];
        // C differs from A in nothing, so there is nothing to draw of it.
        assert_eq!(names[..4], data);
        assert_eq!(names[4..], ["charts/shares-b.svg", "charts/costs-b.svg", "charts/relative-b.svg"]);
        let rows =
            |at: usize| csv::Reader::from_reader(files[at].1.as_bytes()).into_records().map(Result::unwrap).count();
        assert_eq!((rows(2), rows(3)), (2 * Metric::ALL.len(), 3 * 6));
        // The difference is that of the two means beside it.
        let mut reader = csv::Reader::from_reader(files[2].1.as_bytes());
        for record in reader.records().map(Result::unwrap) {
            let number = |at: usize| record[at].parse::<f64>().ok();
            if let (Some(first), Some(second), Some(difference)) = (number(3), number(4), number(5)) {
                assert!((second - first - difference).abs() <= 1e-9 * first.abs().max(1.0), "{record:?}");
            }
        }
    }
}
