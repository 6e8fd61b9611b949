//! `tune.json`, `finalists.csv`, `looked_at.csv`, `sensitivity.csv`, `levels.csv`.

use serde_json::{Map, Value, json};

use super::{LevelsReport, TuneReport};
use crate::experiment::Results;
use crate::experiment::tune::Candidate;
use crate::measures::Metric;
use crate::stats::Estimate;

fn estimate_json(estimate: Option<&Estimate>) -> Value {
    match estimate {
        Some(it) => json!({ "mean": it.mean, "half_width": it.half_width }),
        None => Value::Null,
    }
}

fn candidate_json(report: &TuneReport<'_>, candidate: &Candidate) -> Value {
    let settings: Map<String, Value> =
        report.settings(candidate).into_iter().map(|(key, value)| (key.to_string(), value_json(value))).collect();
    let conditions: Vec<Value> = report
        .conditions
        .iter()
        .zip(&candidate.bounded)
        .map(|((text, metric), estimate)| {
            json!({ "condition": text, "measure": metric.name(), "estimate": estimate_json(estimate.as_ref()) })
        })
        .collect();
    json!({
        "settings": settings,
        "objective": estimate_json(candidate.objective.as_ref()),
        "constraints": conditions,
        "service": estimate_json(candidate.watched.first().and_then(Option::as_ref)),
        "meets_constraints": candidate.meets,
        "better_than_chosen": estimate_json(candidate.better_than_chosen.as_ref()),
    })
}

/// A value as JSON: a number where it is one.
fn value_json(text: &str) -> Value {
    text.parse::<i64>()
        .map(Value::from)
        .or_else(|_| text.parse::<f64>().map(Value::from))
        .unwrap_or_else(|_| json!(text))
}

/// Today's settings, as far as they are written anywhere, and their figures.
fn today_json(report: &TuneReport<'_>) -> Value {
    let mut value = candidate_json(report, &report.outcome.today);
    let keys = report.axes.iter().map(|(key, _)| *key);
    let written = keys.zip(&report.today).filter_map(|(key, it)| Some((key.to_string(), value_json(it.as_deref()?))));
    value["settings"] = Value::Object(written.collect());
    value
}

/// The chosen settings by key, objective and constraints with intervals on fresh seeds, replications spent, guarantee.
pub fn tune_json(report: &TuneReport<'_>) -> String {
    let outcome = report.outcome;
    let selection = &outcome.tuned.selection;
    let chosen = outcome.chosen.as_ref();
    let settings = chosen.map(|candidate| {
        report
            .settings(candidate)
            .into_iter()
            .map(|(key, value)| (key.to_string(), value_json(value)))
            .collect::<Map<_, _>>()
    });
    let saving =
        outcome.today.better_than_chosen.as_ref().map(|it| json!({ "mean": -it.mean, "half_width": it.half_width }));
    let value = json!({
        "scenario": report.scenario,
        "seed": report.seed,
        "objective_measure": report.objective.name(),
        "direction": if report.maximise { "maximise" } else { "minimise" },
        "chosen": settings,
        "objective": chosen.map(|it| estimate_json(it.objective.as_ref())),
        "constraints": chosen.map(|it| candidate_json(report, it)["constraints"].clone()),
        "feasible": chosen.is_some(),
        "nearest": if chosen.is_none() { outcome.finalists.first().map(|it| candidate_json(report, it)) } else { None },
        "today": today_json(report),
        "saving": saving,
        "finalists": outcome.finalists.iter().map(|it| candidate_json(report, it)).collect::<Vec<_>>(),
        "changes_nothing": outcome.idle.iter().map(|&index| report.axes[index].0).collect::<Vec<_>>(),
        "replications": {
            "budget": report.plan.budget,
            "search": outcome.tuned.searched,
            "selection": selection.spent,
            "estimates": outcome.estimated,
            "each_estimate": report.replications,
        },
        "estimated_with_seed": report.seed.wrapping_add(2),
        "looked_at": outcome.tuned.looked_at,
        "guarantee": {
            "delta": report.plan.guarantee.delta,
            "confidence": 1.0 - report.plan.guarantee.alpha,
            "among": outcome.tuned.finalists.len(),
            "reached": !selection.cut_short && chosen.is_some(),
            "words": super::document::guarantee(report),
        },
    });
    format!("{value:#}\n")
}

fn figures(estimate: Option<&Estimate>) -> [String; 2] {
    match estimate {
        Some(it) => [it.mean.to_string(), it.half_width.map(|half| half.to_string()).unwrap_or_default()],
        None => [String::new(), String::new()],
    }
}

fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).expect("a row of text is written to memory");
    }
    String::from_utf8(writer.into_inner().expect("memory takes all")).expect("text in, text out")
}

/// The columns of a candidate's measures.
fn measured(report: &TuneReport<'_>) -> Vec<String> {
    let mut metrics: Vec<Metric> = vec![report.objective];
    metrics.extend(report.conditions.iter().map(|(_, metric)| *metric));
    if !metrics.contains(&report.service) {
        metrics.push(report.service);
    }
    metrics.iter().flat_map(|metric| [metric.name().to_string(), format!("{}_half_width", metric.name())]).collect()
}

fn measures(report: &TuneReport<'_>, candidate: &Candidate) -> Vec<String> {
    let mut row: Vec<String> = figures(candidate.objective.as_ref()).to_vec();
    row.extend(candidate.bounded.iter().flat_map(|estimate| figures(estimate.as_ref())));
    if report.objective != report.service && report.conditions.iter().all(|(_, metric)| *metric != report.service) {
        row.extend(figures(candidate.watched.first().and_then(Option::as_ref)));
    }
    row
}

/// The finalists that the choice left, on fresh seeds.
pub fn finalists_csv(report: &TuneReport<'_>) -> String {
    let keys = report.axes.iter().map(|(key, _)| key.to_string());
    let header: Vec<String> = keys.chain(measured(report)).chain(["meets_constraints".to_string()]).collect();
    let rows = report.outcome.finalists.iter().map(|candidate| {
        let values = report.settings(candidate).into_iter().map(|(_, value)| value.to_string());
        values.chain(measures(report, candidate)).chain([candidate.meets.to_string()]).collect()
    });
    csv(std::iter::once(header).chain(rows))
}

/// The chosen settings with one of them moved a level, on fresh seeds.
pub fn sensitivity_csv(report: &TuneReport<'_>) -> String {
    let header: Vec<String> = ["key".to_string(), "value".to_string()]
        .into_iter()
        .chain(measured(report))
        .chain([
            "better_than_chosen".to_string(),
            "better_than_chosen_half_width".to_string(),
            "meets_constraints".to_string(),
        ])
        .collect();
    let rows = report.outcome.sensitivity.iter().map(|it| {
        let (key, values) = &report.axes[it.variable];
        let mut row = vec![key.to_string(), values[it.level as usize].to_string()];
        row.extend(measures(report, &it.candidate));
        row.extend(figures(it.candidate.better_than_chosen.as_ref()));
        row.push(it.candidate.meets.to_string());
        row
    });
    csv(std::iter::once(header).chain(rows))
}

/// Every alternative that the search looked at, with the means of its few replications.
pub fn looked_at_csv(report: &TuneReport<'_>) -> String {
    let mut header: Vec<String> = report.axes.iter().map(|(key, _)| key.to_string()).collect();
    header.push(report.objective.name().to_string());
    header.extend(report.conditions.iter().map(|(_, metric)| metric.name().to_string()));
    let rows = report.outcome.looked_at.iter().map(|(point, means)| {
        let mut row: Vec<String> =
            report.axes.iter().zip(point).map(|((_, values), &level)| values[level as usize].to_string()).collect();
        let columns = means.iter().take(1 + report.conditions.len()).enumerate();
        row.extend(columns.map(|(index, mean)| {
            let turned = if index == 0 && report.maximise { -1.0 } else { 1.0 };
            mean.map(|mean| (mean * turned).to_string()).unwrap_or_default()
        }));
        row
    });
    csv(std::iter::once(header).chain(rows))
}

/// A row of `levels.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelsRow {
    /// The warehouse's id.
    pub warehouse: String,
    /// The product's id.
    pub product: String,
    /// Today's reorder point, order-up-to level and quantity.
    pub today: [Option<i32>; 3],
    /// Those proposed.
    pub proposed: [Option<i32>; 3],
}

/// The proposed levels as the rows of `[replenishment.levels]`: warehouse, product and the policy's keys; then today's, and what
/// the change of the product costs and brings a year.
pub fn levels_csv(rows: &[LevelsRow], effects: &[(f64, f64)], proposal_only: bool) -> String {
    const KEYS: [&str; 3] = ["reorder_point", "order_up_to", "quantity"];
    let used: Vec<usize> = (0..3).filter(|&key| rows.iter().any(|row| row.proposed[key].is_some())).collect();
    let mut header = vec!["warehouse".to_string(), "product".to_string()];
    header.extend(used.iter().map(|&key| KEYS[key].to_string()));
    if !proposal_only {
        header.extend(used.iter().map(|&key| format!("today_{}", KEYS[key])));
        header.extend(["product_cost_change_per_year", "product_units_filled_change_per_year"].map(str::to_string));
    }
    let shown = |level: Option<i32>| level.map(|level| level.to_string()).unwrap_or_default();
    let table = rows.iter().zip(effects).map(|(row, (cost, filled))| {
        let mut cells = vec![row.warehouse.clone(), row.product.clone()];
        cells.extend(used.iter().map(|&key| shown(row.proposed[key])));
        if !proposal_only {
            cells.extend(used.iter().map(|&key| shown(row.today[key])));
            cells.extend([format!("{cost:.2}"), format!("{filled:.2}")]);
        }
        cells
    });
    csv(std::iter::once(header).chain(table))
}

/// `tune.json` of proposed levels.
pub fn levels_json(report: &LevelsReport<'_>) -> String {
    let LevelsReport { scenario, seed, objective, tuned, today, proposed, changed, .. } = *report;
    let (conditions, saving) = (&report.conditions, report.saving.as_ref());
    let of = |results: &Results| {
        let conditions: Vec<Value> = conditions
            .iter()
            .map(|(text, metric)| {
                json!({ "condition": text, "measure": metric.name(), "estimate": estimate_json(results.estimate(*metric)) })
            })
            .collect();
        json!({
            "objective": estimate_json(results.estimate(objective)),
            "constraints": conditions,
            "on_hand_mean_cost": estimate_json(results.estimate(Metric::OnHandMeanCost)),
            "unit_fill_rate": estimate_json(results.estimate(Metric::UnitFillRate)),
        })
    };
    let path: Vec<Value> = tuned
        .path
        .iter()
        .map(|(price, results)| {
            json!({
                "price_per_unit_filled": price,
                "objective": estimate_json(results.estimate(objective)),
                "unit_fill_rate": estimate_json(results.estimate(Metric::UnitFillRate)),
            })
        })
        .collect();
    let value = json!({
        "scenario": scenario,
        "seed": seed,
        "objective_measure": objective.name(),
        "direction": "minimise",
        "chosen": { "replenishment.levels": "levels.csv" },
        "levels_changed": changed,
        "levels": tuned.proposed.len(),
        "feasible": tuned.holds,
        "objective": of(proposed)["objective"],
        "constraints": of(proposed)["constraints"],
        "today": of(today),
        "proposed": of(proposed),
        "saving": estimate_json(saving),
        "price_per_unit_filled": tuned.price,
        "path": path,
        "replications": { "search": tuned.spent, "estimates": today.rows.len() + proposed.rows.len() },
        "estimated_with_seed": seed.wrapping_add(2),
        "guarantee": { "reached": false, "words": super::document::NO_GUARANTEE },
    });
    format!("{value:#}\n")
}
