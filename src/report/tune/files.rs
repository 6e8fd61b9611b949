//! `finalists.csv`, `looked_at.csv`, `sensitivity.csv`: a tuning as tables.

use super::super::summary::Reading;
use super::kept::{CandidateSummary, TuneSummary};

/// A table of texts.
pub(super) fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).expect("a row of text is written to memory");
    }
    String::from_utf8(writer.into_inner().expect("memory takes all")).expect("text in, text out")
}

fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn keys(tuning: &TuneSummary) -> impl Iterator<Item = String> {
    tuning.variables.iter().map(|variable| variable.key.clone())
}

/// The columns of a candidate's measures.
fn measured(tuning: &TuneSummary) -> impl Iterator<Item = String> {
    tuning.measures().into_iter().flat_map(|it| [it.name().to_string(), format!("{}_half_width", it.name())])
}

pub(super) fn figures(Reading { mean, half_width }: Reading) -> [String; 2] {
    [number(mean), number(half_width)]
}

fn measures(tuning: &TuneSummary, candidate: &CandidateSummary) -> impl Iterator<Item = String> {
    tuning.readings(candidate).into_iter().flat_map(figures)
}

/// The finalists that the choice left, on fresh seeds.
pub fn finalists_csv(tuning: &TuneSummary) -> String {
    let header = keys(tuning).chain(measured(tuning)).chain(["meets_constraints".to_string()]).collect();
    let rows = tuning.finalists.iter().map(|candidate| {
        let values = candidate.settings.0.iter().map(|(_, value)| value.to_string());
        values.chain(measures(tuning, candidate)).chain([candidate.meets_constraints.to_string()]).collect()
    });
    csv(std::iter::once(header).chain(rows))
}

/// The chosen settings with one of them moved a level, on fresh seeds.
pub fn sensitivity_csv(tuning: &TuneSummary) -> String {
    let last = ["better_than_chosen", "better_than_chosen_half_width", "meets_constraints"].map(String::from);
    let header = ["key", "value"].map(String::from).into_iter().chain(measured(tuning)).chain(last).collect();
    let rows = tuning.sensitivity.iter().map(|it| {
        let mut row = vec![it.key.clone(), it.value.to_string()];
        row.extend(measures(tuning, &it.candidate));
        row.extend(figures(it.candidate.better_than_chosen));
        row.push(it.candidate.meets_constraints.to_string());
        row
    });
    csv(std::iter::once(header).chain(rows))
}

/// Every alternative that the search looked at, with the means of its few replications.
pub fn looked_at_csv(tuning: &TuneSummary) -> String {
    let mut header: Vec<String> = keys(tuning).collect();
    header.push(tuning.objective_measure.name().to_string());
    header.extend(tuning.conditions.iter().map(|it| it.measure.name().to_string()));
    let rows = tuning.alternatives.iter().map(|it| {
        let values = it.settings.0.iter().map(|(_, value)| value.to_string());
        values.chain([number(it.objective)]).chain(it.constraints.iter().map(|&mean| number(mean))).collect()
    });
    csv(std::iter::once(header).chain(rows))
}
