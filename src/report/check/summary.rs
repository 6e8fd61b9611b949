//! What a check found, as it is kept: written and read back by the same types.

use serde::{Deserialize, Serialize};

use super::decided::DecisionMoved;
use crate::experiment::check::{Change, Finding, FirstEvent, MovedMeasure, MovedRule, Verdict};
use crate::measures::Metric;
use crate::report::summary::{DifferenceSummary, Reading, names};
use crate::rules::Rule;

/// Everything a check found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckSummary {
    /// The version of the program.
    pub backorder: String,
    /// The kind of machine, such as `x86_64-linux`.
    pub platform: String,
    /// Whether anything moved.
    #[serde(with = "verdict")]
    pub verdict: Verdict,
    /// The finding in one sentence.
    pub sentence: String,
    /// How many baselines were checked.
    pub checked: usize,
    /// How many were passed over, since only the quick ones were asked for.
    pub passed_over: usize,
    /// What the rules decide otherwise than it is stored, each asked by itself.
    pub decisions: Vec<DecisionMoved>,
    /// The first event that differs, of the smallest scenario that shows it.
    pub first_event: Option<FirstEventSummary>,
    /// The rules that fired differently, over all baselines.
    pub rules: Vec<RuleMoved>,
    /// What became of each baseline.
    pub baselines: Vec<BaselineSummary>,
    /// What a reader has to know.
    pub notes: Vec<String>,
    /// The command that takes the change over.
    pub update: String,
}

/// What became of a baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BaselineSummary {
    /// Its file's name without the ending.
    pub name: String,
    /// Its file.
    pub file: String,
    /// The scenario or study, as the baseline names it.
    pub scenario: String,
    /// `exact` or `statistical`.
    pub mode: String,
    /// The seed.
    pub seed: u64,
    /// Replications of each cell.
    pub replications: usize,
    /// Whether the stored replications have the same seed, so that each has its own beside it.
    pub paired: bool,
    /// Whether anything moved in it.
    #[serde(with = "verdict")]
    pub verdict: Verdict,
    /// What it came to; of a study each cell in which something differs, by its settings.
    pub cells: Vec<CellSummary>,
}

/// What became of a scenario, or of a cell of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellSummary {
    /// The cell's settings; empty for a scenario.
    pub cell: String,
    /// Whether anything moved in it.
    #[serde(with = "verdict")]
    pub verdict: Verdict,
    /// The measures that are not the same to the byte.
    pub measures: Vec<MeasureMoved>,
    /// The rules that fired another number of times in some replication; where customers and lead times are others, those of
    /// which chance does not explain it.
    pub rules: Vec<RuleMoved>,
    /// Where its traces part.
    pub parting: Option<PartingSummary>,
}

/// Where traces part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartingSummary {
    /// In which replication, from 1.
    pub replication: usize,
    /// On which day, from 0.
    pub day: i64,
    /// How many events that replication has had.
    pub events: u64,
}

/// A measure that is not the same to the byte.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasureMoved {
    /// Which.
    #[serde(with = "names")]
    pub measure: Metric,
    /// As it was.
    pub before: Reading,
    /// As it is.
    pub after: Reading,
    /// The paired difference.
    pub difference: DifferenceSummary,
    /// Whether it counts as moved.
    pub moved: bool,
}

/// A rule that fired otherwise, which may come to as often as before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleMoved {
    /// Which.
    #[serde(with = "names")]
    pub rule: Rule,
    /// How often it fired, over all replications.
    pub before: i64,
    /// How often it fires.
    pub after: i64,
    /// The change per 1,000 orders, of one scenario.
    pub per_1000_orders: Reading,
    /// In how many baselines, where several are added up.
    pub baselines: usize,
}

/// The first event that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirstEventSummary {
    /// In which baseline.
    pub baseline: String,
    /// In which cell of its study.
    pub cell: String,
    /// In which replication, from 1.
    pub replication: usize,
    /// On which day, from 0.
    pub day: i64,
    /// Which event of the replication, from 1; nothing where only the day is known.
    pub number: Option<u64>,
    /// How many events that day had.
    pub events_before: u64,
    /// How many it has.
    pub events_after: u64,
    /// `other`, `added` or `gone`.
    #[serde(with = "change")]
    pub change: Change,
    /// The event as it was, where it was stored.
    pub before: Option<String>,
    /// The event as it is.
    pub after: Option<String>,
    /// The rule that decided otherwise.
    pub rule: Option<String>,
}

impl CheckSummary {
    /// As JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a summary has only text keys") + "\n"
    }
}

impl FirstEventSummary {
    /// The summary of an event in a cell of a baseline.
    pub fn new(baseline: &str, cell: &str, event: FirstEvent) -> Self {
        let FirstEvent { replication, day, number, events_before, events_after, change, before, after, rule } = event;
        Self {
            baseline: baseline.to_string(),
            cell: cell.to_string(),
            replication: replication + 1,
            day,
            number,
            events_before,
            events_after,
            change,
            before,
            after,
            rule: rule.map(|rule| rule.id().to_string()),
        }
    }
}

impl CellSummary {
    /// The summary of a finding.
    pub fn new(cell: &str, finding: &Finding) -> Self {
        let parting = finding.parting.map(|it| PartingSummary {
            replication: it.replication + 1,
            day: it.day,
            events: it.events,
        });
        Self {
            cell: cell.to_string(),
            verdict: finding.verdict,
            measures: finding.measures.iter().map(MeasureMoved::from).collect(),
            rules: finding.rules.iter().map(RuleMoved::from).collect(),
            parting,
        }
    }
}

impl From<&MovedMeasure> for MeasureMoved {
    fn from(moved: &MovedMeasure) -> Self {
        Self {
            measure: moved.difference.metric,
            before: moved.before.as_ref().into(),
            after: moved.after.as_ref().into(),
            difference: (&moved.difference).into(),
            moved: moved.has_moved,
        }
    }
}

impl From<&MovedRule> for RuleMoved {
    fn from(moved: &MovedRule) -> Self {
        let MovedRule { rule, before, after, per_1000_orders } = *moved;
        Self { rule, before, after, per_1000_orders: per_1000_orders.as_ref().into(), baselines: 1 }
    }
}

impl RuleMoved {
    /// Those of all cells of all baselines added up by rule.
    pub fn added_up(baselines: &[BaselineSummary]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for rule in Rule::ALL {
            let of = |baseline: &BaselineSummary| -> Vec<RuleMoved> {
                let moved = baseline.cells.iter().flat_map(|cell| &cell.rules);
                moved.filter(|moved| moved.rule == rule).cloned().collect()
            };
            let moved: Vec<Vec<Self>> = baselines.iter().map(of).filter(|moved| !moved.is_empty()).collect();
            let sum = |of: fn(&Self) -> i64| moved.iter().flatten().map(of).sum();
            if !moved.is_empty() {
                let (before, after) = (sum(|it| it.before), sum(|it| it.after));
                all.push(Self { rule, before, after, per_1000_orders: Reading::default(), baselines: moved.len() });
            }
        }
        all
    }
}

/// Words of values that JSON has as text.
macro_rules! in_words {
    ($module:ident, $of:ty, $($word:literal = $value:ident),*) => {
        mod $module {
            use serde::{Deserialize, Deserializer, Serializer, de::Error};

            pub fn serialize<S: Serializer>(value: &$of, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(match value { $(<$of>::$value => $word),* })
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$of, D::Error> {
                let word = String::deserialize(deserializer)?;
                match word.as_str() {
                    $($word => Ok(<$of>::$value),)*
                    other => Err(D::Error::custom(format!("`{other}` is none of {}", [$($word),*].join(", ")))),
                }
            }
        }
    };
}

in_words!(verdict, crate::experiment::check::Verdict, "unmoved" = Unmoved, "undecided" = Undecided, "moved" = Moved);
in_words!(change, crate::experiment::check::Change, "other" = Other, "added" = Added, "gone" = Gone);
