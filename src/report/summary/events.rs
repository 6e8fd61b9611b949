//! What came of a scenario's events, in `summary.json`.

use super::figures::Figures;
use crate::experiment::{EventFigure, EventResult};
use serde::{Deserialize, Serialize};

/// A stretch in which an event is on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct OnDays {
    /// Its first moment, in days from the start of a replication.
    pub from: f64,
    /// The first moment after it; `None` where it goes on to the end.
    pub to: Option<f64>,
}

/// What came of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventSummary {
    /// What it is called.
    pub name: String,
    /// What it changes: `lead time`, `vendor stopped`, `demand`, `warehouse shut`, `lane closed`, `parcel cost`.
    pub changes: String,
    /// When it is on, where that is planned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<OnDays>,
    /// How often it comes within the measured time of a replication.
    pub times: Figures,
    /// Lines supplied whole at once in as many days before it as it has.
    pub line_fill_rate_before: Figures,
    /// The same, while it is on.
    pub line_fill_rate_during: Figures,
    /// The same, in as many days after it.
    pub line_fill_rate_after: Figures,
    /// Units that wait at the end of a day before it.
    pub backorder_units_before: Figures,
    /// Units that wait at the end of the worst day until recovery.
    pub backorder_units_peak: Figures,
    /// Days from its end until the backlog is again what it was.
    pub recovery_days: Figures,
    /// The share of those that ended which recovered within the measured time.
    pub recovered_share: Figures,
}

impl EventSummary {
    /// The names of its figures, in the order of [`figures`](Self::figures).
    pub const NAMES: [&'static str; EventFigure::ALL.len()] = [
        "times",
        "line_fill_rate_before",
        "line_fill_rate_during",
        "line_fill_rate_after",
        "backorder_units_before",
        "backorder_units_peak",
        "recovery_days",
        "recovered_share",
    ];

    /// Its figures.
    pub fn figures(&self) -> [Figures; EventFigure::ALL.len()] {
        [
            self.times,
            self.line_fill_rate_before,
            self.line_fill_rate_during,
            self.line_fill_rate_after,
            self.backorder_units_before,
            self.backorder_units_peak,
            self.recovery_days,
            self.recovered_share,
        ]
    }
}

impl From<&EventResult> for EventSummary {
    fn from(found: &EventResult) -> Self {
        let of = |figure| found.figure(figure).into();
        Self {
            name: found.name.clone(),
            changes: found.kind.to_string(),
            on: found.on.iter().map(|&(from, to)| OnDays { from, to }).collect(),
            times: of(EventFigure::Times),
            line_fill_rate_before: of(EventFigure::FilledBefore),
            line_fill_rate_during: of(EventFigure::FilledDuring),
            line_fill_rate_after: of(EventFigure::FilledAfter),
            backorder_units_before: of(EventFigure::BacklogBefore),
            backorder_units_peak: of(EventFigure::BacklogPeak),
            recovery_days: of(EventFigure::RecoveryDays),
            recovered_share: of(EventFigure::Recovered),
        }
    }
}
