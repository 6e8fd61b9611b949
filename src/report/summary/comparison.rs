//! `comparison.json`: scenarios on the same customers, each against the first.

use super::difference::DifferenceSummary;
use super::events::EventSummary;
use super::figures::Reading;
use super::gate::GateSummary;
use super::kept::Kept;
use super::names::{self, ByName, Names};
use super::run::PrecisionSummary;
use crate::experiment::{Best, Claim, Comparison, Difference, letter};
use crate::measures::Metric;
use crate::stats::CONFIDENCE;
use serde::{Deserialize, Serialize};

/// What every comparison says of its runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// What money is told in, where all scenarios tell it in the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The seed of all.
    pub seed: u64,
    /// How many replications are paired.
    pub replications: usize,
    /// The confidence of every interval.
    pub confidence: f64,
    /// The measured time in days.
    pub horizon_days: f64,
    /// The time before it.
    pub warm_up_days: f64,
    /// The time after it.
    pub run_out_days: f64,
    /// Stopped from outside: fewer replications than wanted.
    pub interrupted: bool,
    /// Where replications went on until the differences were narrow enough: what was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<PrecisionSummary>,
    /// What a reader has to know, in sentences.
    pub notes: Vec<String>,
    /// The measures judged.
    pub judged_together: Names<Metric>,
    /// How the p-values are adjusted for everything judged at once.
    pub correction: String,
}

impl From<&Comparison> for Compared {
    fn from(comparison: &Comparison) -> Self {
        let first = &comparison.results[0];
        let is_one = comparison.results.iter().all(|results| results.currency == first.currency);
        Self {
            currency: first.currency.clone().filter(|_| is_one),
            seed: first.seed,
            replications: comparison.replications,
            confidence: CONFIDENCE,
            horizon_days: first.horizon.days(),
            warm_up_days: first.warm_up.days(),
            run_out_days: first.run_out.days(),
            interrupted: comparison.interrupted,
            precision: comparison.precision.map(PrecisionSummary::from),
            notes: comparison.notes.clone(),
            judged_together: Names(comparison.judged.clone()),
            correction: "Holm".into(),
        }
    }
}

/// A comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparisonSummary {
    /// What was run.
    #[serde(flatten)]
    pub compared: Compared,
    /// The scenarios, in order; the first is the one the others are held against.
    pub scenarios: Vec<ScenarioSummary>,
    /// For each scenario after the first, its differences from it.
    #[serde(rename = "comparisons")]
    pub contrasts: Vec<Contrast>,
    /// The best of three or more, measure by measure.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub best: Vec<BestSummary>,
    /// The gates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<GateSummary>,
}

impl Kept for ComparisonSummary {
    /// Each difference belongs to a scenario.
    fn check(&self) -> Result<(), String> {
        let (scenarios, contrasts) = (self.scenarios.len(), self.contrasts.len());
        if scenarios == contrasts + 1 {
            Ok(())
        } else {
            Err(format!("{scenarios} scenarios with {contrasts} comparisons: each one after the first has one"))
        }
    }
}

impl From<&Comparison> for ComparisonSummary {
    fn from(comparison: &Comparison) -> Self {
        let scenario = |(index, name): (usize, &String)| ScenarioSummary {
            letter: letter(index),
            name: name.clone(),
            changes: comparison.changes[index].clone(),
            scenario: comparison.results[index].scenario.clone(),
            metrics: ByName::new(|metric| comparison.results[index].estimate(metric).into()),
            events: comparison.results[index].events.iter().map(EventSummary::from).collect(),
        };
        let contrast = |(index, differences): (usize, &Vec<Difference>)| Contrast {
            of: letter(index + 1),
            against: letter(0),
            differences: ByName::new(|metric: Metric| (&differences[metric.index()]).into()),
        };
        Self {
            compared: comparison.into(),
            scenarios: comparison.names.iter().enumerate().map(scenario).collect(),
            contrasts: comparison.contrasts.iter().enumerate().map(contrast).collect(),
            best: comparison.best.iter().map(BestSummary::from).collect(),
            gates: comparison.gates.iter().map(GateSummary::from).collect(),
        }
    }
}

/// A scenario compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScenarioSummary {
    /// Its letter.
    pub letter: char,
    /// What it is called.
    pub name: String,
    /// What it changes against the first, as given.
    pub changes: String,
    /// The scenario's own name.
    pub scenario: String,
    /// Its measures.
    pub metrics: ByName<Metric, Reading>,
    /// What came of its events.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventSummary>,
}

/// A scenario against the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    /// The scenario's letter.
    pub of: char,
    /// The first one's letter.
    pub against: char,
    /// The scenario less the first.
    pub differences: ByName<Metric, DifferenceSummary>,
}

/// Which scenario is best by a measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BestSummary {
    /// The measure.
    #[serde(with = "names")]
    pub measure: Metric,
    /// The scenario with the best mean.
    pub leader: char,
    /// Those that are exactly as good, in every replication.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equal: Vec<char>,
    /// How sure that is.
    pub claim: BestClaim,
    /// The scenarios it cannot be told from.
    pub not_told_from: Vec<char>,
    /// About how many replications would tell, as far as can be said.
    pub replications_needed: Option<u64>,
    /// Over how many pairs the intervals hold together.
    pub pairs_held_together: usize,
}

/// How sure the best one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BestClaim {
    /// It is better than every other that is not exactly as good.
    #[serde(rename = "best")]
    Best,
    /// It is the best, or worse than the best by no more than the indifference zone.
    #[serde(rename = "best within the indifference zone")]
    WithinIndifference,
    /// It cannot be told from some others.
    #[serde(rename = "not decidable")]
    Contested,
}

impl BestSummary {
    /// The leader and those that are exactly as good.
    pub fn leaders(&self) -> Vec<char> {
        let mut leaders: Vec<char> = self.equal.iter().copied().chain([self.leader]).collect();
        leaders.sort_unstable();
        leaders
    }
}

impl From<&Best> for BestSummary {
    fn from(found: &Best) -> Self {
        let (claim, rivals, replications_needed) = match &found.claim {
            Claim::Best => (BestClaim::Best, &[][..], None),
            Claim::WithinIndifference(_) => (BestClaim::WithinIndifference, &[][..], None),
            Claim::Contested { rivals, enough } => (BestClaim::Contested, rivals.as_slice(), *enough),
        };
        Self {
            measure: found.metric,
            leader: letter(found.leader),
            equal: found.equal.iter().map(|&equal| letter(equal)).collect(),
            claim,
            not_told_from: rivals.iter().map(|&rival| letter(rival)).collect(),
            replications_needed,
            pairs_held_together: found.pairs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::compared;

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        let summary = ComparisonSummary::from(&compared());
        let text = summary.to_json();
        let read = ComparisonSummary::from_json(&text).unwrap();
        assert_eq!(read, summary);
        assert_eq!(read.to_json(), text);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let text = ComparisonSummary::from(&compared()).to_json();
        for (from, to, told) in [
            ("\"verdict\": \"worse\"", "\"verdict\": \"wurse\"", "the verdict on a difference cannot be `wurse`"),
            ("\"claim\": \"best\"", "\"claim\": \"first\"", "unknown variant `first`"),
            ("\"unit_fill_rate\": {", "\"unit_fill\": {", "there is no measure `unit_fill`"),
            ("\"name\": \"less\",", "\"names\": \"less\",", "missing field `name`"),
        ] {
            assert!(text.contains(from), "{from}");
            let error = ComparisonSummary::from_json(&text.replacen(from, to, 1)).unwrap_err();
            assert!(error.contains(told), "{error}");
        }
        let mut summary = ComparisonSummary::from(&compared());
        summary.contrasts.pop();
        let error = ComparisonSummary::from_json(&summary.to_json()).unwrap_err();
        assert!(error.contains("3 scenarios with 1 comparisons"), "{error}");
    }
}
