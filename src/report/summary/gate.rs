//! A gate and what came of it.

use super::figures::Reading;
use super::names;
use crate::experiment::{Gate, GateResult, GateVerdict, letter};
use crate::measures::Metric;
use serde::{Deserialize, Serialize};

/// A gate and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "Entry", try_from = "Entry")]
pub struct GateSummary {
    /// The gate.
    pub gate: Gate,
    /// The letter of the scenario it was applied to, where several are compared.
    pub scenario: Option<char>,
    /// The measure, or its change.
    pub reading: Reading,
    /// Adjusted for all gates judged at once; `None` where no chance is involved.
    pub p_value: Option<f64>,
    /// The verdict.
    pub verdict: GateVerdict,
}

impl From<&GateResult> for GateSummary {
    fn from(result: &GateResult) -> Self {
        Self {
            gate: result.gate.clone(),
            scenario: result.scenario.map(letter),
            reading: result.estimate.as_ref().into(),
            p_value: result.p_value,
            verdict: result.verdict,
        }
    }
}

/// A gate in JSON.
#[derive(Clone, Serialize, Deserialize)]
struct Entry {
    require: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scenario: Option<char>,
    #[serde(with = "names")]
    measure: Metric,
    threshold: f64,
    mean: Option<f64>,
    half_width: Option<f64>,
    p_value: Option<f64>,
    verdict: String,
    replications_needed: Option<u64>,
}

impl From<GateSummary> for Entry {
    fn from(summary: GateSummary) -> Self {
        let Reading { mean, half_width } = summary.reading;
        Self {
            measure: summary.gate.metric,
            threshold: summary.gate.threshold,
            require: summary.gate.text,
            scenario: summary.scenario,
            mean,
            half_width,
            p_value: summary.p_value,
            verdict: summary.verdict.to_string(),
            replications_needed: match summary.verdict {
                GateVerdict::Undecided { enough } => enough,
                GateVerdict::Holds | GateVerdict::Fails | GateVerdict::NoOccasion => None,
            },
        }
    }
}

impl TryFrom<Entry> for GateSummary {
    type Error = String;

    fn try_from(entry: Entry) -> Result<Self, String> {
        let open = GateVerdict::Undecided { enough: entry.replications_needed };
        let verdicts = [GateVerdict::Holds, GateVerdict::Fails, GateVerdict::NoOccasion, open];
        let verdict = verdicts.into_iter().find(|verdict| verdict.to_string() == entry.verdict);
        Ok(Self {
            gate: Gate::parse(&entry.require)?,
            scenario: entry.scenario,
            reading: Reading { mean: entry.mean, half_width: entry.half_width },
            p_value: entry.p_value,
            verdict: verdict.ok_or_else(|| format!("a gate's verdict cannot be `{}`", entry.verdict))?,
        })
    }
}
