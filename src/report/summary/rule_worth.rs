//! `rule_worth.json`: what each rule of a scenario brings and costs.

use super::comparison::Compared;
use super::difference::DifferenceSummary;
use super::figures::Reading;
use super::kept::Kept;
use super::names::{self, ByName};
use crate::experiment::{Measured, RuleWorth};
use crate::measures::Metric;
use crate::rules::{Relaxation, Rule};
use serde::{Deserialize, Serialize};

/// What the rules of a scenario are worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleWorthSummary {
    /// What was run.
    #[serde(flatten)]
    pub compared: Compared,
    /// The scenario's name.
    pub scenario: String,
    /// Its measures as it is.
    pub metrics: ByName<Metric, Reading>,
    /// Each rule in the order of the catalogue.
    pub rules: Vec<RuleSummary>,
}

impl Kept for RuleWorthSummary {
    /// What was measured has effects.
    fn check(&self) -> Result<(), String> {
        match self.rules.iter().find(|rule| rule.measured != rule.effects.is_some()) {
            None => Ok(()),
            Some(rule) if rule.measured => Err(format!("the rule `{}` is measured and has no effects", rule.rule.id())),
            Some(rule) => Err(format!("the rule `{}` is not measured and has effects", rule.rule.id())),
        }
    }
}

/// What a rule is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleSummary {
    /// Which.
    #[serde(with = "names")]
    pub rule: Rule,
    /// What it promises.
    pub promise: String,
    /// Whether its worth was measured.
    pub measured: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
    /// The setting that takes it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relaxed: Option<String>,
    /// What happens then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_it: Option<String>,
    /// How often it fires in the scenario as it is.
    pub fired_per_1000_orders: Reading,
    /// The scenario with the rule less the scenario without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effects: Option<ByName<Metric, DifferenceSummary>>,
}

impl From<&RuleWorth> for RuleWorthSummary {
    fn from(worth: &RuleWorth) -> Self {
        let as_it_is = &worth.comparison.results[0];
        Self {
            compared: (&worth.comparison).into(),
            scenario: as_it_is.scenario.clone(),
            metrics: ByName::new(|metric| as_it_is.estimate(metric).into()),
            rules: worth.rules.iter().map(|&(rule, measured)| RuleSummary::new(worth, rule, measured)).collect(),
        }
    }
}

impl RuleSummary {
    fn new(worth: &RuleWorth, rule: Rule, measured: Measured) -> Self {
        let (relaxed, without_it) = match rule.relaxed() {
            Relaxation::Opposite { setting, means, .. } => (Some(setting.to_string()), Some(means.to_string())),
            Relaxation::None { .. } => (None, None),
        };
        let why_not = match measured {
            Measured::By(_) => None,
            Measured::Without => Some("the scenario does without it already"),
            Measured::NoOpposite(why) => Some(why),
        };
        let effect = |metric| worth.effect(measured, metric).as_ref().map(DifferenceSummary::from);
        let effects: Option<Vec<DifferenceSummary>> = Metric::ALL.iter().map(|&metric| effect(metric)).collect();
        Self {
            rule,
            promise: rule.promise().into(),
            measured: why_not.is_none(),
            why_not: why_not.map(str::to_string),
            relaxed,
            without_it,
            fired_per_1000_orders: worth.comparison.results[0].firings(rule).into(),
            effects: effects.map(|all| ByName::new(|metric: Metric| all[metric.index()])),
        }
    }

    /// What the rule changes in a measure; `None` where it was not measured.
    pub fn effect(&self, metric: Metric) -> Option<&DifferenceSummary> {
        self.effects.as_ref().map(|effects| effects.of(metric))
    }
}
