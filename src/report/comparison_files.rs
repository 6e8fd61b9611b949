//! A comparison, and what rules are worth, as files: data, charts, page.

use super::INPUTS;
use super::comparison::comparison_page;
use super::comparison_charts::{as_files, of_each, worth_charts};
use super::comparison_decision::decision;
use super::comparison_inputs::ComparedInputs;
use super::html;
use super::layout;
use super::number::in_currency;
use super::rule_worth::rule_worth_page;
use super::summary::{ComparisonSummary, DifferenceSummary, Kept, RuleWorthSummary};
use super::tables::{CsvWriter, event_row, warm_up_csv};
use crate::experiment::{Comparison, Conclusion, RuleWorth, letter};
use crate::measures::Metric;

/// The files of a comparison's folder: name and content. `levels` has what is planned in each scenario, as
/// [`planned_csv`](super::planned_csv) writes it: `levels-a.csv`, and of each other one that plans otherwise its own.
pub fn comparison_files(comparison: &Comparison, levels: &[String], inputs: &ComparedInputs) -> Vec<(String, String)> {
    let summary = ComparisonSummary::from(comparison);
    let mut data = vec![
        ("comparison.json".into(), summary.to_json()),
        (INPUTS.into(), inputs.to_json()),
        ("differences.csv".into(), differences_csv(comparison)),
        ("replications.csv".into(), replications_csv(comparison)),
    ];
    let other = levels.iter().enumerate().filter(|(index, text)| *index == 0 || **text != levels[0]);
    data.extend(other.map(|(index, text)| (levels_file(index), text.clone())));
    data.extend(events_csv(comparison).map(|text| ("by_event.csv".to_string(), text)));
    data.extend(welch_files(comparison));
    with_data(comparison_rendered(&summary, Some(inputs), &data), data)
}

/// `by_event.csv`: a row for each scenario and event, with the event's figures; `None` where no scenario has events.
fn events_csv(comparison: &Comparison) -> Option<String> {
    if comparison.results.iter().all(|results| results.events.is_empty()) {
        return None;
    }
    let mut sheet = CsvWriter::new();
    let header = ["scenario", "name"].into_iter().map(String::from).chain(layout::of_events());
    sheet.header(&header.collect::<Vec<_>>());
    for (index, results) in comparison.results.iter().enumerate() {
        for event in &results.events {
            sheet.cell(&letter(index).to_string());
            sheet.name(&comparison.names[index]);
            event_row(&mut sheet, event);
        }
    }
    Some(sheet.finish())
}

/// The file of what is planned in a scenario.
pub(super) fn levels_file(index: usize) -> String {
    format!("levels-{}.csv", letter(index).to_ascii_lowercase())
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
pub fn rule_worth_files(worth: &RuleWorth, inputs: &ComparedInputs) -> Vec<(String, String)> {
    let summary = RuleWorthSummary::from(worth);
    let mut data = vec![
        ("rule_worth.json".into(), summary.to_json()),
        (INPUTS.into(), inputs.to_json()),
        ("differences.csv".into(), differences_csv(&worth.comparison)),
        ("replications.csv".into(), replications_csv(&worth.comparison)),
    ];
    data.extend(welch_files(&worth.comparison));
    with_data(rule_worth_rendered(&summary, Some(inputs), &data), data)
}

/// The page, then the data, then the charts.
fn with_data(mut rendered: Vec<(String, String)>, data: Vec<(String, String)>) -> Vec<(String, String)> {
    let page = rendered.pop();
    page.into_iter().chain(data).chain(rendered).collect()
}

/// Charts and page of a comparison, of which the page holds the data. Results written before there was a file of the inputs have
/// none.
pub(super) fn comparison_rendered(
    summary: &ComparisonSummary,
    inputs: Option<&ComparedInputs>,
    data: &[(String, String)],
) -> Vec<(String, String)> {
    let currency = summary.compared.currency.as_deref();
    let mut files = in_currency(currency, || as_files(decision(summary).into_iter().chain(of_each(summary))));
    let page = html::page(&comparison_page(summary, inputs), &data.iter().collect::<Vec<_>>());
    files.push(("report.html".into(), page));
    files
}

/// Charts and page of what rules are worth.
pub(super) fn rule_worth_rendered(
    summary: &RuleWorthSummary,
    inputs: Option<&ComparedInputs>,
    data: &[(String, String)],
) -> Vec<(String, String)> {
    let currency = summary.compared.currency.as_deref();
    let mut files = in_currency(currency, || as_files(worth_charts(summary)));
    let page = html::page(&rule_worth_page(summary, inputs), &data.iter().collect::<Vec<_>>());
    files.push(("report.html".into(), page));
    files
}

/// `differences.csv`: a row for each scenario after the first and each measure; second less first.
fn differences_csv(comparison: &Comparison) -> String {
    let mut sheet = CsvWriter::new();
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
        for difference in differences.iter().filter(|difference| is_known(comparison, difference.metric)) {
            let mean = |at: usize| comparison.results[at].estimate(difference.metric).map(|estimate| estimate.mean);
            let of = DifferenceSummary::from(difference);
            sheet.cell(&letter(index + 1).to_string());
            sheet.name(&comparison.names[index + 1]);
            sheet.cell(difference.metric.name());
            for value in [mean(0), mean(index + 1), of.reading.mean, of.reading.half_width, of.std_dev] {
                sheet.number(value);
            }
            let spread = difference.estimate.map(|estimate| [estimate.p05, estimate.p50, estimate.p95]);
            for quantile in 0..3 {
                sheet.number(spread.map(|spread| spread[quantile]));
            }
            sheet.number(Some(of.indifference));
            sheet.number(of.variance_ratio);
            sheet.number(of.p_value);
            sheet.cell(&of.conclusion.map_or_else(String::new, |conclusion| conclusion.to_string()));
            sheet.cell(
                &of.conclusion.and_then(Conclusion::enough).map_or_else(String::new, |enough| enough.to_string()),
            );
            sheet.end_row();
        }
    }
    sheet.finish()
}

/// Whether some scenario knows a measure, of those that come with a setting.
fn is_known(comparison: &Comparison, metric: Metric) -> bool {
    !metric.comes_with_a_setting() || comparison.results.iter().any(|results| results.estimate(metric).is_some())
}

/// `replications.csv`: a row for each scenario and replication, a column a measure.
fn replications_csv(comparison: &Comparison) -> String {
    let mut sheet = CsvWriter::new();
    sheet.cell("scenario");
    sheet.cell("replication");
    let known = || Metric::ALL.iter().copied().filter(|&metric| is_known(comparison, metric));
    for metric in known() {
        sheet.cell(metric.name());
    }
    sheet.end_row();
    for (index, results) in comparison.results.iter().enumerate() {
        for (replication, row) in results.rows[..comparison.replications].iter().enumerate() {
            sheet.cell(&letter(index).to_string());
            sheet.cell(&replication.to_string());
            for metric in known() {
                sheet.number(row.pairs[metric.index()].value());
            }
            sheet.end_row();
        }
    }
    sheet.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{compared, inputs};
    use serde_json::Value;

    /// How many measures are known whatever the scenario says.
    fn always_known() -> usize {
        Metric::ALL.iter().filter(|metric| !metric.comes_with_a_setting()).count()
    }

    #[test]
    fn the_shape_that_scripts_rely_on() {
        let comparison = compared();
        let json: Value = serde_json::from_str(&ComparisonSummary::from(&comparison).to_json()).unwrap();
        assert_eq!((&json["seed"], &json["replications"]), (&Value::from(7), &Value::from(6)));
        let scenarios = json["scenarios"].as_array().unwrap();
        assert_eq!((scenarios.len(), &scenarios[1]["letter"], &scenarios[1]["name"]), (3, &"B".into(), &"less".into()));
        assert!(scenarios[0]["metrics"]["order_fill_rate"]["mean"].is_f64());
        let contrast = &json["comparisons"][0];
        assert_eq!((&contrast["of"], &contrast["against"]), (&"B".into(), &"A".into()));
        assert_eq!(contrast["differences"].as_object().unwrap().len(), always_known());
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
        let files = comparison_files(&comparison, &[], &inputs());
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let data = ["report.html", "comparison.json", "inputs.json", "differences.csv", "replications.csv"];
        // C differs from A in nothing, so there is nothing to draw of it.
        assert_eq!(names[..5], data);
        let charts = ["decision", "waterfall-b", "shares-b", "costs-b", "relative-b"];
        assert_eq!(names[5..], charts.map(|name| format!("charts/{name}.svg")));
        let rows =
            |at: usize| csv::Reader::from_reader(files[at].1.as_bytes()).into_records().map(Result::unwrap).count();
        assert_eq!((rows(3), rows(4)), (2 * always_known(), 3 * 6));
        // The difference is that of the two means beside it.
        let mut reader = csv::Reader::from_reader(files[3].1.as_bytes());
        for record in reader.records().map(Result::unwrap) {
            let number = |at: usize| record[at].parse::<f64>().ok();
            if let (Some(first), Some(second), Some(difference)) = (number(3), number(4), number(5)) {
                assert!((second - first - difference).abs() <= 1e-9 * first.abs().max(1.0), "{record:?}");
            }
        }
    }
}
