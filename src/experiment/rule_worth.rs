//! What each rule is worth: the scenario as it is, and once more with each rule taken back, on the same customers, lead
//! times and disruptions.

use super::compare::{Alternative, Comparison, compare_called};
use super::contrast::{Difference, Judging};
use super::error::RunError;
use super::settings::Settings;
use crate::domain::Model;
use crate::measures::Metric;
use crate::rules::{Relaxation, Rule};

/// The measures that tell a rule's worth: service, what is never shipped, waiting, parcels, money.
pub const WORTH: [Metric; 5] = [
    Metric::OrderFillRate,
    Metric::NeverShippedUnitShare,
    Metric::UnitShipDaysMean,
    Metric::ParcelsPerOrder,
    Metric::CostPerOrder,
];

/// What the rules of a scenario are worth.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleWorth {
    /// The scenario as it is, first, against one scenario for each rule taken back.
    pub comparison: Comparison,
    /// Each rule in the order of the catalogue, and how it was measured.
    pub rules: Vec<(Rule, Measured)>,
}

/// Whether a rule's worth could be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// By the contrast at this place of the comparison.
    By(usize),
    /// The scenario does without the rule already: taking it back changes no setting.
    Without,
    /// The rule has no opposite; why.
    NoOpposite(&'static str),
}

impl RuleWorth {
    /// What the rule changes in a measure: with it less without it. `None` where it was not measured.
    pub fn effect(&self, measured: Measured, metric: Metric) -> Option<Difference> {
        let Measured::By(contrast) = measured else { return None };
        let mut difference = self.comparison.contrasts[contrast][metric.index()];
        // The contrast is that of taking the rule back.
        difference.estimate = difference.estimate.map(|mut estimate| {
            estimate.mean = 0.0 - estimate.mean;
            (estimate.p05, estimate.p50, estimate.p95) = (0.0 - estimate.p95, 0.0 - estimate.p50, 0.0 - estimate.p05);
            estimate
        });
        if let Some(judged) = &mut difference.judged {
            judged.conclusion = judged.conclusion.turned();
        }
        Some(difference)
    }
}

/// Measures what each rule of a scenario is worth.
///
/// # Errors
/// See [`RunError`].
pub fn rule_worth(model: &Model, settings: &Settings, judging: &Judging) -> Result<RuleWorth, RunError> {
    let mut alternatives = vec![Alternative { name: "as it is".into(), changes: String::new(), model: model.clone() }];
    let rules: Vec<(Rule, Measured)> = Rule::ALL
        .into_iter()
        .map(|rule| {
            let measured = match rule.relaxed() {
                Relaxation::None { why } => Measured::NoOpposite(why),
                Relaxation::Opposite { apply, setting, .. } => {
                    let mut relaxed = model.clone();
                    apply(&mut relaxed);
                    if relaxed == *model {
                        Measured::Without
                    } else {
                        alternatives.push(Alternative {
                            name: format!("without {}", rule.id()),
                            changes: setting.to_string(),
                            model: relaxed,
                        });
                        Measured::By(alternatives.len() - 2)
                    }
                }
            };
            (rule, measured)
        })
        .collect();
    // Its page has no letters.
    let names: Vec<String> = alternatives.iter().map(|alternative| alternative.name.clone()).collect();
    let comparison = compare_called(&alternatives, settings, judging, &[], |index| names[index].clone())?;
    Ok(RuleWorth { comparison, rules })
}
