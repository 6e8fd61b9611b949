//! Why an experiment could not be carried out.

use super::welch::Welch;
use crate::engine::Limit;
use std::fmt;

/// Why there are no results.
#[derive(Clone, Debug, PartialEq)]
pub enum RunError {
    /// `[run] replications` names a measure that does not exist.
    UnknownMetric {
        /// What it names.
        name: String,
        /// The closest name there is.
        nearest: &'static str,
    },
    /// `warm_up = "auto"` found no length to trust.
    WarmUp {
        /// Why.
        why: String,
        /// The pilot replications that it was looked for in.
        welch: Box<Welch>,
    },
    /// An audited replication broke an invariant; nothing of the run is to be used.
    Breach {
        /// Which replication, from 0.
        replication: u32,
        /// The first breach: invariant, instant, order or pair.
        breach: String,
        /// How many further breaches there were.
        more: u64,
    },
    /// In a replication something grew beyond what can be counted.
    Limit {
        /// Which one, from 0; a pilot replication, from which the warm-up is found, has no number.
        replication: Option<u32>,
        /// What it was.
        limit: Limit,
    },
    /// Of several scenarios, this one could not be run.
    Of {
        /// What it is called.
        scenario: String,
        /// Why.
        error: Box<RunError>,
    },
    /// More scenarios than can be told apart in one comparison.
    TooMany {
        /// How many there are.
        scenarios: usize,
        /// How many there may be.
        most: usize,
    },
    /// A gate is about something that is not there.
    Gate(String),
    /// Interrupted before the first replication was done.
    Interrupted,
    /// The threads could not be started.
    Threads(String),
}

impl RunError {
    /// A limit met in a replication with a number.
    pub(super) const fn limit(replication: u32, limit: Limit) -> Self {
        Self::Limit { replication: Some(replication), limit }
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownMetric { name, nearest } => {
                write!(f, "[run] replications: there is no measure `{name}`; did you mean `{nearest}`?")
            }
            Self::WarmUp { why, .. } => write!(f, "[run] warm_up = \"auto\": {why}"),
            Self::Breach { replication, breach, more } => {
                write!(f, "the audit of replication {replication} found a broken invariant: {breach}")?;
                match more {
                    0 => Ok(()),
                    1 => f.write_str(" (and 1 more)"),
                    more => write!(f, " (and {more} more)"),
                }?;
                f.write_str("; this is a defect of the simulator, and nothing of this run is to be used")
            }
            Self::Limit { replication: Some(replication), limit } => {
                write!(f, "replication {}: {limit}", u64::from(*replication) + 1)
            }
            Self::Limit { replication: None, limit } => {
                write!(f, "[run] warm_up = \"auto\": in a pilot replication, {limit}")
            }
            Self::Of { scenario, error } => write!(f, "{scenario}: {error}"),
            Self::TooMany { scenarios, most } => {
                write!(f, "{scenarios} scenarios are too many for one comparison, as each has a letter: ")?;
                write!(f, "compare at most {most} at a time")
            }
            Self::Gate(why) => f.write_str(why),
            Self::Interrupted => f.write_str("interrupted before the first replication was done"),
            Self::Threads(why) => write!(f, "the threads could not be started: {why}"),
        }
    }
}

impl std::error::Error for RunError {}
