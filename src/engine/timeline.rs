//! When the events of a replication are on: a pure function of (model, replication), known before anything happens.
//!
//! The engine uses it, and so do the measures about events.

use super::entry::LATEST;
use crate::domain::{Model, PlannedEvent, SimTime, Span, When};
use crate::random::{Family, Purpose, Sampler};

/// A stretch in which an event is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happening {
    /// The event, by its row.
    pub event: u32,
    /// Its first second.
    pub from: SimTime,
    /// The first second after it; [`SimTime::NEVER`] where it has no end.
    pub to: SimTime,
}

/// The instant that is not run any more.
pub(super) fn end_of(model: &Model) -> SimTime {
    model.run.end().min(LATEST)
}

/// Every stretch of every event that begins before the end of a replication, by their beginnings, then by rows.
pub fn happenings(model: &Model, replication: u32) -> Vec<Happening> {
    let end = end_of(model);
    let mut all = Vec::new();
    for (row, event) in (0..).zip(&model.events) {
        let mut add = |from: SimTime, to: SimTime| {
            if from < end && from < to {
                all.push(Happening { event: row, from, to });
            }
        };
        match &event.when {
            When::Once { from, to } => add(*from, to.unwrap_or(SimTime::NEVER)),
            When::Yearly { from, to } => {
                let (mut from, mut to) = (*from, *to);
                while from < end {
                    add(from, to);
                    (from, to) = (from + PlannedEvent::YEAR, to + PlannedEvent::YEAR);
                }
            }
            When::Random { every, lasts } => {
                let family = Family::new(model.run.seed, replication, Purpose::EventTimes);
                let (every, lasts) = (Sampler::continuous(every), Sampler::continuous(lasts));
                let mut at = SimTime::ZERO;
                for change in (0..).step_by(2) {
                    let draw = |sampler: &Sampler, change| sampler.draw_span(&mut family.of_pair(row.into(), change));
                    // Two that follow each other without a gap would be one, and the clock has to move on.
                    let from = at + draw(&every, change).max(Span(i64::from(change > 0)));
                    if from >= end {
                        break;
                    }
                    at = from + draw(&lasts, change + 1);
                    add(from, at);
                }
            }
        }
    }
    all.sort_by_key(|happening| (happening.from, happening.event));
    all
}

/// A beginning or an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) at: SimTime,
    /// The event, by its row.
    pub(super) event: u32,
    pub(super) begins: bool,
}

/// The beginnings and ends before the end of a run, in the order in which they happen. Of one second, beginnings come first, so that
/// one event may take over from another without a gap.
pub(super) fn changes(happenings: &[Happening], end: SimTime) -> Vec<Change> {
    let begins = happenings.iter().map(|&Happening { event, from, .. }| Change { at: from, event, begins: true });
    let ends = happenings.iter().map(|&Happening { event, to, .. }| Change { at: to, event, begins: false });
    let mut all: Vec<Change> = begins.chain(ends).filter(|change| change.at < end).collect();
    all.sort_by_key(|change| (change.at, !change.begins, change.event));
    all
}
