//! `tune.json`: a tuning as it is kept. Its documents, tables and charts are made of it alone, then and later.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::facts::InputFile;
use super::super::summary::{Kept, Reading, names};
use crate::experiment::{Gate, Gates, SweepAxis};
use crate::measures::Metric;

/// What a tuning of settings found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TuneSummary {
    /// What was decided.
    pub decided: Decided,
    /// The scenario's name.
    pub scenario: String,
    /// What money is told in, where the scenario says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Its seed: of the search; the choice has the one above, the estimates the one above that.
    pub seed: u64,
    /// What was optimised.
    #[serde(with = "names")]
    pub objective_measure: Metric,
    /// Which way.
    pub direction: Way,
    /// The finding in words.
    pub finding: String,
    /// What could be decided.
    pub variables: Vec<Variable>,
    /// What had to hold.
    pub conditions: Vec<Condition>,
    /// What the objective is traded against.
    #[serde(with = "names")]
    pub service_measure: Metric,
    /// Whether anything that was looked at was found to meet the conditions.
    pub feasible: bool,
    /// The chosen settings; `None` where nothing meets the conditions.
    pub chosen: Option<Settings>,
    /// Their objective on fresh seeds.
    pub objective: Option<Reading>,
    /// What had to hold, as measured there.
    pub constraints: Option<Vec<Measured>>,
    /// What came nearest, where nothing meets the conditions.
    pub nearest: Option<CandidateSummary>,
    /// Today's settings, as far as they are written anywhere, and their figures.
    pub today: CandidateSummary,
    /// By how much the chosen settings are better than today's.
    pub saving: Reading,
    /// The best of the settings that theory proposes, which the search begins with; `None` where it proposes none.
    pub by_theory: Option<CandidateSummary>,
    /// What the choice left, the chosen one first; where none was chosen, what came nearest to meeting the conditions.
    pub finalists: Vec<CandidateSummary>,
    /// The chosen settings with one of them moved a level.
    pub sensitivity: Vec<Moved>,
    /// Settings that change nothing about the chosen ones.
    pub changes_nothing: Vec<String>,
    /// Replications run.
    pub replications: Spent,
    /// The seed of the estimates.
    pub estimated_with_seed: u64,
    /// How many alternatives were looked at.
    pub looked_at: usize,
    /// Each of them, on the search's few replications.
    pub alternatives: Vec<Alternative>,
    /// What is guaranteed of the choice.
    pub guarantee: Claim,
    /// The files that were read.
    pub files: Vec<InputFile>,
}

/// What a tuning decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decided {
    /// Settings.
    Settings,
    /// The levels of every product.
    Levels,
}

/// Which way an objective goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// Less is better.
    Minimise,
    /// More is better.
    Maximise,
}

/// Something that could be decided, and its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// The setting's key.
    pub key: String,
    /// What it is called, where that is not its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The values it could take, level by level.
    pub values: Vec<SettingValue>,
    /// For how many products it was decided, where not for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub products: Option<usize>,
}

impl Variable {
    /// As what is varied is spoken of.
    pub(super) fn axis(&self) -> SweepAxis {
        SweepAxis {
            key: self.key.clone(),
            label: self.label.clone().unwrap_or_else(|| self.key.clone()),
            values: self.values.iter().map(SettingValue::to_string).collect(),
            positions: self.values.iter().map(SettingValue::number).collect(),
            is_of_durations: false,
        }
    }
}

/// What had to hold on average.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// As it was written.
    pub condition: String,
    /// Its measure.
    #[serde(with = "names")]
    pub measure: Metric,
}

/// A condition, and what was measured of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// As it was written.
    pub condition: String,
    /// Its measure.
    #[serde(with = "names")]
    pub measure: Metric,
    /// As measured.
    pub estimate: Reading,
}

impl Measured {
    /// Whether the condition holds as measured: its mean decides, and where that misses, whether the interval does, too.
    pub(super) fn verdict(&self) -> Gates {
        let Some((gate, mean)) = Gate::parse(&self.condition).ok().zip(self.estimate.mean) else {
            return Gates::NoOccasion;
        };
        let half = self.estimate.half_width.unwrap_or(0.0);
        let holds = |value: f64| gate.relation.holds(value, gate.threshold);
        match (holds(mean), holds(mean - half) || holds(mean + half)) {
            (true, _) => Gates::Hold,
            (false, true) => Gates::Undecided,
            (false, false) => Gates::Fail,
        }
    }

    /// The worst of several.
    pub(super) fn verdict_of_all(measured: &[Self]) -> Gates {
        measured.iter().map(Self::verdict).max().unwrap_or(Gates::Hold)
    }
}

/// Some settings and what fresh replications say of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CandidateSummary {
    /// The settings.
    pub settings: Settings,
    /// The objective.
    pub objective: Reading,
    /// What had to hold.
    pub constraints: Vec<Measured>,
    /// What the objective is traded against.
    pub service: Reading,
    /// Whether the mean of every condition's measure is on the right side.
    pub meets_constraints: bool,
    /// Whether the interval of one lies beyond its limit as a whole.
    pub misses_constraints: bool,
    /// By how much the objective is better than the chosen settings'. Paired.
    pub better_than_chosen: Reading,
}

/// The chosen settings with one of them moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// Which one.
    pub key: String,
    /// To what.
    pub value: SettingValue,
    /// What that gives.
    #[serde(flatten)]
    pub candidate: CandidateSummary,
}

/// An alternative that the search looked at, with the means of its few replications.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The settings.
    pub settings: Settings,
    /// The objective.
    pub objective: Option<f64>,
    /// The measure of each condition.
    pub constraints: Vec<Option<f64>>,
    /// What the objective is traded against.
    pub service: Option<f64>,
    /// Whether it was a finalist, which the choice gave more replications; the others were not judged further.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub finalist: bool,
}

/// Replications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// Allowed for search and choice.
    pub budget: u64,
    /// Run in the search.
    pub search: u64,
    /// Run in the choice; levels of every product are proposed without one.
    pub selection: u64,
    /// Run for all estimates together.
    pub estimates: u64,
    /// Run for each estimate.
    pub each_estimate: u32,
}

/// What is guaranteed of a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// By which procedure it was made: `kn` or `ocba`.
    pub procedure: String,
    /// The difference of the objective that matters.
    pub delta: f64,
    /// How sure the choice was asked to be.
    pub confidence: f64,
    /// How many finalists there were.
    pub among: usize,
    /// How many were left, not told apart, when the choice ended.
    pub left: usize,
    /// Of how many the budget did not show whether they meet the conditions.
    pub undecided: usize,
    /// Whether the chosen one is one of these: its interval meets them, or, of today's settings, its mean.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unsure: bool,
    /// Whether the budget ended before the choice was over.
    pub cut_short: bool,
    /// The estimated probability that the chosen one is the best finalist, where no guarantee was reached.
    pub probability: Option<f64>,
    /// Whether the guarantee was reached.
    pub reached: bool,
    /// All of this in words.
    pub words: String,
}

/// The value of a setting: a number where it is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SettingValue {
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Number(f64),
    /// Words.
    Words(String),
}

impl SettingValue {
    /// What a text says.
    pub fn of(text: &str) -> Self {
        let number = || text.parse().ok().filter(|number: &f64| number.is_finite()).map(Self::Number);
        text.parse().ok().map(Self::Whole).or_else(number).unwrap_or_else(|| Self::Words(text.to_string()))
    }

    /// The number that it is.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Whole(number) => Some(*number as f64),
            Self::Number(number) => Some(*number),
            Self::Words(_) => None,
        }
    }
}

impl fmt::Display for SettingValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Words(words) => f.write_str(words),
        }
    }
}

/// Keys and values, in the order of the variables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings(pub Vec<(String, SettingValue)>);

impl Settings {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&SettingValue> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// `replenishment.reorder_point=12, replenishment.quantity=30`.
    pub fn in_writing(&self) -> String {
        self.0.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(", ")
    }

    /// `12, 30`.
    pub fn values(&self) -> String {
        self.0.iter().map(|(_, value)| value.to_string()).collect::<Vec<_>>().join(", ")
    }
}

impl Serialize for Settings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Settings;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of settings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Settings, A::Error> {
                let mut settings = Settings::default();
                while let Some((key, value)) = map.next_entry::<String, _>()? {
                    if settings.get(&key).is_some() {
                        return Err(de::Error::custom(format!("the setting `{key}` is there twice")));
                    }
                    settings.0.push((key, value));
                }
                Ok(settings)
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

impl TuneSummary {
    /// The chosen settings with their figures.
    pub fn best(&self) -> Option<&CandidateSummary> {
        self.finalists.first().filter(|_| self.feasible)
    }

    /// What could be decided, as it is spoken of.
    pub(super) fn axes(&self) -> Vec<SweepAxis> {
        self.variables.iter().map(Variable::axis).collect()
    }

    /// What one of them is called.
    pub(super) fn called(&self, key: &str) -> String {
        let variable = self.variables.iter().find(|variable| variable.key == key);
        variable.and_then(|variable| variable.label.clone()).unwrap_or_else(|| key.to_string())
    }

    /// Whether more of the objective is better.
    pub fn maximises(&self) -> bool {
        self.direction == Way::Maximise
    }

    /// The measures of which every candidate has a figure: objective, conditions, and what is traded against.
    pub fn measures(&self) -> Vec<Metric> {
        let mut metrics = vec![self.objective_measure];
        metrics.extend(self.conditions.iter().map(|it| it.measure));
        if !metrics.contains(&self.service_measure) {
            metrics.push(self.service_measure);
        }
        metrics
    }

    /// What a candidate has for each of [`Self::measures`].
    pub fn readings(&self, candidate: &CandidateSummary) -> Vec<Reading> {
        let mut readings = vec![candidate.objective];
        readings.extend(candidate.constraints.iter().map(|it| it.estimate));
        if readings.len() < self.measures().len() {
            readings.push(candidate.service);
        }
        readings
    }

    /// Why settings are none of this tuning's.
    fn fault_of(&self, settings: &Settings) -> Option<String> {
        if !settings.0.iter().map(|(key, _)| key).eq(self.variables.iter().map(|variable| &variable.key)) {
            return Some(format!("`{}` does not set what was decided, in its order", settings.in_writing()));
        }
        let odd =
            settings.0.iter().zip(&self.variables).find(|((_, value), variable)| !variable.values.contains(value));
        odd.map(|((key, value), _)| format!("`{key}` cannot be {value}: that is none of its values"))
    }

    fn conditions_fit<'m>(&self, measured: impl ExactSizeIterator<Item = &'m Measured>) -> bool {
        measured.map(|it| (&it.condition, it.measure)).eq(self.conditions.iter().map(|it| (&it.condition, it.measure)))
    }
}

impl Kept for TuneSummary {
    fn check(&self) -> Result<(), String> {
        let moved = self.sensitivity.iter().map(|it| &it.candidate);
        let candidates: Vec<&CandidateSummary> = self.finalists.iter().chain(moved).chain(&self.by_theory).collect();
        let settings = candidates.iter().map(|it| &it.settings);
        if let Some(fault) =
            settings.chain(self.alternatives.iter().map(|it| &it.settings)).find_map(|it| self.fault_of(it))
        {
            return Err(fault);
        }
        let known = |key: &String| self.variables.iter().any(|variable| variable.key == *key);
        let keys = self.today.settings.0.iter().map(|(key, _)| key);
        let keys = keys.chain(self.sensitivity.iter().map(|it| &it.key)).chain(&self.changes_nothing);
        if let Some(key) = keys.into_iter().find(|key| !known(key)) {
            return Err(format!("`{key}` was not decided"));
        }
        if candidates.into_iter().chain([&self.today]).any(|it| !self.conditions_fit(it.constraints.iter()))
            || self.alternatives.iter().any(|it| it.constraints.len() != self.conditions.len())
        {
            return Err("a candidate has other conditions than the tuning".into());
        }
        let best = self.best();
        let chosen = (self.chosen.as_ref(), self.objective.as_ref(), self.constraints.as_ref());
        let first = (best.map(|it| &it.settings), best.map(|it| &it.objective), best.map(|it| &it.constraints));
        if self.feasible && best.is_none() || chosen != first {
            return Err("what was chosen is not the first finalist".into());
        }
        if !self.feasible && self.nearest.as_ref() != self.finalists.first() {
            return Err("what came nearest is not the first finalist".into());
        }
        if self.saving != self.today.saving() {
            return Err("the saving is not the difference between today's settings and the chosen ones".into());
        }
        if self.looked_at != self.alternatives.len() {
            return Err(format!(
                "{} alternatives were looked at, and {} are there",
                self.looked_at,
                self.alternatives.len()
            ));
        }
        Ok(())
    }
}

impl CandidateSummary {
    /// By how much the chosen settings are better.
    pub(super) fn saving(&self) -> Reading {
        Reading { mean: self.better_than_chosen.mean.map(|mean| -mean), ..self.better_than_chosen }
    }
}
