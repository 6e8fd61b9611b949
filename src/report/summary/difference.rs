//! A difference between two scenarios, and what it amounts to.

use super::figures::Reading;
use super::names::Said;
use crate::experiment::{Change, Conclusion, Difference, Judged};
use crate::measures::Metric;
use serde::{Deserialize, Serialize};

/// A paired difference, replication by replication.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "Entry", try_from = "Entry")]
pub struct DifferenceSummary {
    /// The difference; without a mean where one of the two scenarios has no figure.
    pub reading: Reading,
    /// The standard deviation of one replication's difference.
    pub std_dev: Option<f64>,
    /// Differences up to here do not matter.
    pub indifference: f64,
    /// The variance of the paired difference over that of a difference of independent runs.
    pub variance_ratio: Option<f64>,
    /// The p-value, adjusted for everything judged at once; `None` where no chance is involved, or nothing is judged.
    pub p_value: Option<f64>,
    /// What it amounts to, for the measures judged.
    pub conclusion: Option<Conclusion>,
}

impl Said for DifferenceSummary {
    fn nothing() -> Option<Self> {
        let (std_dev, variance_ratio, p_value, conclusion) = (None, None, None, None);
        Some(Self { reading: Reading::default(), std_dev, indifference: 0.0, variance_ratio, p_value, conclusion })
    }
}

impl From<&Difference> for DifferenceSummary {
    fn from(difference: &Difference) -> Self {
        Change::from(*difference).into()
    }
}

impl From<Change> for DifferenceSummary {
    fn from(change: Change) -> Self {
        Self {
            reading: change.figure.into(),
            std_dev: change.std_dev,
            indifference: change.indifference,
            variance_ratio: change.variance_ratio,
            p_value: change.judged.and_then(|judged| judged.p_value),
            conclusion: change.judged.map(|judged| judged.conclusion),
        }
    }
}

impl DifferenceSummary {
    /// The difference as one of a measure.
    pub fn of(self, metric: Metric) -> Change {
        let Self { reading, std_dev, indifference, variance_ratio, p_value, conclusion } = self;
        let judged = conclusion.map(|conclusion| Judged { p_value, conclusion });
        Change { metric, figure: reading.figure(), std_dev, indifference, variance_ratio, judged }
    }
}

/// A difference in JSON. `p_value` and `verdict` are there for the measures judged.
#[derive(Clone, Serialize, Deserialize)]
struct Entry {
    mean: Option<f64>,
    half_width: Option<f64>,
    std_dev: Option<f64>,
    indifference: f64,
    variance_ratio: Option<f64>,
    p_value: Option<f64>,
    verdict: Option<String>,
    replications_needed: Option<u64>,
}

impl From<DifferenceSummary> for Entry {
    fn from(summary: DifferenceSummary) -> Self {
        Self {
            mean: summary.reading.mean,
            half_width: summary.reading.half_width,
            std_dev: summary.std_dev,
            indifference: summary.indifference,
            variance_ratio: summary.variance_ratio,
            p_value: summary.p_value,
            verdict: summary.conclusion.map(|conclusion| conclusion.to_string()),
            replications_needed: summary.conclusion.and_then(Conclusion::enough),
        }
    }
}

impl TryFrom<Entry> for DifferenceSummary {
    type Error = String;

    fn try_from(entry: Entry) -> Result<Self, String> {
        let conclusion = match entry.verdict {
            None => None,
            Some(words) => Some(
                Conclusion::of_words(&words, entry.replications_needed)
                    .ok_or_else(|| format!("the verdict on a difference cannot be `{words}`"))?,
            ),
        };
        Ok(Self {
            reading: Reading { mean: entry.mean, half_width: entry.half_width },
            std_dev: entry.std_dev,
            indifference: entry.indifference,
            variance_ratio: entry.variance_ratio,
            p_value: entry.p_value,
            conclusion,
        })
    }
}
