//! From what a tuning found to what is kept of it.

use super::super::facts::InputFile;
use super::super::number::in_currency;
use super::document;
use super::found::TuneReport;
use super::kept::{
    Alternative, CandidateSummary, Claim, Condition, Decided, Measured, Moved, SettingValue, Settings, Spent,
    TuneSummary, Variable, Way,
};
use crate::domain::settings::Words;
use crate::experiment::SweepAxis;
use crate::experiment::tune::Candidate;

impl TuneSummary {
    /// What was found, with the files that were read for it.
    pub fn new(report: &TuneReport<'_>, files: &[InputFile]) -> Self {
        let outcome = report.outcome;
        let selection = &outcome.tuned.selection;
        let candidate = |it: &Candidate| CandidateSummary::new(report, it);
        let finalists: Vec<CandidateSummary> = outcome.finalists.iter().map(candidate).collect();
        let chosen = outcome.chosen.as_ref().map(candidate);
        let written = report.axes.iter().zip(&report.today);
        let written = written.filter_map(|(axis, value)| Some((axis.key.clone(), SettingValue::of(value.as_deref()?))));
        let today = CandidateSummary { settings: Settings(written.collect()), ..candidate(&outcome.today) };
        let alternative = |(point, means): &(Vec<u32>, Vec<Option<f64>>)| {
            let turned = if report.maximise { -1.0 } else { 1.0 };
            let conditions = report.conditions.len();
            Alternative {
                settings: report.settings(point),
                objective: means.first().copied().flatten().map(|mean| mean * turned),
                constraints: (0..conditions).map(|index| means.get(1 + index).copied().flatten()).collect(),
                service: means.get(1 + conditions).copied().flatten(),
                finalist: outcome.tuned.finalists.contains(point),
            }
        };
        let mut summary = Self {
            decided: Decided::Settings,
            scenario: report.scenario.to_string(),
            currency: report.currency.map(String::from),
            seed: report.seed,
            objective_measure: report.objective,
            direction: if report.maximise { Way::Maximise } else { Way::Minimise },
            finding: String::new(),
            variables: report
                .axes
                .iter()
                .zip(&report.products)
                .map(|(axis, products)| Variable {
                    key: axis.key.clone(),
                    label: Some(axis.label.clone()).filter(|label| *label != axis.key),
                    values: axis.values.iter().map(|value| SettingValue::of(value)).collect(),
                    products: *products,
                })
                .collect(),
            conditions: report
                .conditions
                .iter()
                .map(|&(condition, measure)| Condition { condition: condition.to_string(), measure })
                .collect(),
            service_measure: report.service,
            feasible: chosen.is_some(),
            nearest: if chosen.is_none() { finalists.first().cloned() } else { None },
            objective: chosen.as_ref().map(|it| it.objective),
            constraints: chosen.as_ref().map(|it| it.constraints.clone()),
            chosen: chosen.map(|it| it.settings),
            saving: today.saving(),
            by_theory: outcome.by_theory.as_ref().map(candidate),
            today,
            finalists,
            sensitivity: outcome
                .sensitivity
                .iter()
                .map(|it| {
                    let axis = &report.axes[it.variable];
                    let value = SettingValue::of(&axis.values[it.level as usize]);
                    Moved { key: axis.key.clone(), value, candidate: candidate(&it.candidate) }
                })
                .collect(),
            changes_nothing: outcome.idle.iter().map(|&index| report.axes[index].key.clone()).collect(),
            replications: Spent {
                budget: report.plan.budget,
                search: outcome.tuned.searched,
                selection: selection.spent,
                estimates: outcome.estimated,
                each_estimate: report.replications,
            },
            estimated_with_seed: report.seed.wrapping_add(2),
            looked_at: outcome.looked_at.len(),
            alternatives: outcome.looked_at.iter().map(alternative).collect(),
            guarantee: Claim {
                procedure: report.plan.procedure.word().to_string(),
                delta: report.plan.guarantee.delta,
                confidence: 1.0 - report.plan.guarantee.alpha,
                among: outcome.tuned.finalists.len(),
                left: selection.left.len(),
                undecided: selection.undecided.len(),
                unsure: selection.chosen.as_ref().is_some_and(|chosen| selection.undecided.contains(chosen)),
                cut_short: selection.cut_short,
                probability: selection.probability,
                reached: !selection.cut_short && outcome.chosen.is_some(),
                words: String::new(),
            },
            files: files.to_vec(),
        };
        (summary.guarantee.words, summary.finding) =
            in_currency(report.currency, || (document::guarantee(&summary), document::finding(&summary)));
        summary
    }
}

impl CandidateSummary {
    fn new(report: &TuneReport<'_>, it: &Candidate) -> Self {
        let measured = report.conditions.iter().zip(&it.bounded);
        Self {
            settings: report.settings(&it.point),
            objective: it.objective.as_ref().into(),
            constraints: measured
                .map(|(&(condition, measure), estimate)| Measured {
                    condition: condition.to_string(),
                    measure,
                    estimate: estimate.as_ref().into(),
                })
                .collect(),
            service: it.watched.first().and_then(Option::as_ref).into(),
            meets_constraints: it.meets,
            misses_constraints: it.misses,
            better_than_chosen: it.better_than_chosen.as_ref().into(),
        }
    }
}

impl TuneReport<'_> {
    /// What an alternative sets, in the order of the axes.
    fn settings(&self, point: &[u32]) -> Settings {
        let of =
            |(axis, &level): (&SweepAxis, &u32)| (axis.key.clone(), SettingValue::of(&axis.values[level as usize]));
        Settings(self.axes.iter().zip(point).map(of).collect())
    }
}
