//! The first event that differs between a stored trace and the new one.

use std::collections::BTreeSet;

use super::finding::Parting;
use crate::domain::{Model, WarmUp};
use crate::engine::{Erased, Plan};
use crate::observe::{TraceLines, TraceSummary, TraceWriter, event_digest};
use crate::rules::Rule;

/// So many events behind the first one that differs are looked through for the rule that decided otherwise.
const LOOK_AHEAD: u64 = 200;

/// An event that comes again within so many others was put off by what is new, or drawn forward by what is gone.
const SOON: usize = 50;

/// How the first event that differs does so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Something else happens in its place.
    Other,
    /// It was not there; what stood in its place comes behind it.
    Added,
    /// It is gone; what came behind it stands in its place.
    Gone,
}

/// The first event that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstEvent {
    /// In which replication, from 0.
    pub replication: usize,
    /// On which day, from 0.
    pub day: i64,
    /// Which event of the replication, from 1; `None` where only the day is known.
    pub number: Option<u64>,
    /// How many events that day had.
    pub events_before: u64,
    /// How many it has.
    pub events_after: u64,
    /// How it differs.
    pub change: Change,
    /// The event as it was, where the trace was stored.
    pub before: Option<String>,
    /// The event as it is; `None` where the trace is over by then, or only the day is known.
    pub after: Option<String>,
    /// The rule that decided otherwise: the event's, or that of the first event behind it that differs and has one; `None` where
    /// that event is gone and no more than its digest was stored, and where orders differ before any rule does.
    pub rule: Option<Rule>,
}

/// Finds the first event that differs. Where the new trace was not kept whole, its replication is run once more. `None`
/// where that cannot be done.
pub fn first_event(
    model: &Model,
    before: &TraceSummary,
    after: &TraceSummary,
    Parting { replication, day, .. }: Parting,
) -> Option<FirstEvent> {
    let (events_before, events_after) = (before.events_on(day), after.events_on(day));
    let only_the_day = FirstEvent {
        replication,
        day,
        number: None,
        events_before,
        events_after,
        change: Change::Other,
        before: None,
        after: None,
        rule: None,
    };
    let digest = |line: &String| event_digest(format!("{line}\n").as_bytes());
    let known: Vec<u16> = match &before.text {
        Some(lines) => lines.iter().map(digest).collect(),
        None => before.events.clone(),
    };
    let start = before.events_before(day);
    if known.len() as u64 <= start && before.len() > start {
        return Some(only_the_day);
    }
    let lines = match &after.text {
        Some(lines) => lines.clone(),
        None => lines(model, replication, known.len() as u64 + LOOK_AHEAD)?,
    };
    let new: Vec<u16> = lines.iter().map(digest).collect();
    let same = known.iter().zip(&new).take_while(|(one, other)| one == other).count();
    if same == known.len() && (same as u64) < before.len() {
        // The stored digests end on that day, before the traces part.
        return Some(only_the_day);
    }
    let change = change(&known[same..], &new[same..]);
    let old_lines = before.text.as_deref().unwrap_or_default();
    Some(FirstEvent {
        number: Some(same as u64 + 1),
        change,
        before: old_lines.get(same).cloned(),
        after: lines.get(same).cloned(),
        rule: match change {
            // What is gone was decided otherwise by its own rule, and digests do not tell which that is.
            Change::Gone if old_lines.is_empty() => None,
            Change::Other if old_lines.is_empty() => lines.get(same).and_then(|line| rule_of(line)),
            _ => rule(old_lines, &known, &lines, &new, same),
        },
        ..only_the_day
    })
}

/// How two traces go on that part here: whichever event comes again sooner in the other one was only put off.
fn change(known: &[u16], new: &[u16]) -> Change {
    let again = |event: Option<&u16>, within: &[u16]| {
        let event = event?;
        within.iter().skip(1).take(SOON).position(|other| other == event)
    };
    match (again(known.first(), new), again(new.first(), known)) {
        (Some(added), Some(gone)) if added == gone => Change::Other,
        (Some(added), gone) if gone.is_none_or(|gone| added < gone) => Change::Added,
        (_, Some(_)) => Change::Gone,
        _ if known.is_empty() => Change::Added,
        _ if new.is_empty() => Change::Gone,
        _ => Change::Other,
    }
}

/// The first lines of a replication's trace.
fn lines(model: &Model, replication: usize, count: u64) -> Option<Vec<String>> {
    if model.run.warm_up == WarmUp::Auto {
        return None;
    }
    let mut writer = TraceWriter::new(model, TraceLines::new(0..count));
    Plan::new(model).run(u32::try_from(replication).ok()?, &mut Erased::new(&mut writer)).ok()?;
    Some(writer.into_destination().ok()?.finish())
}

/// The rule of the first event, from a place on, that one of the traces has and the other has not; none where orders differ
/// before any rule does, as whatever rules do otherwise then follows from the orders.
fn rule(old: &[String], old_digests: &[u16], new: &[String], new_digests: &[u16], from: usize) -> Option<Rule> {
    let (was, is): (BTreeSet<u16>, BTreeSet<u16>) =
        (old_digests.iter().copied().collect(), new_digests.iter().copied().collect());
    let end = old.len().max(new.len()).min(from + LOOK_AHEAD as usize);
    let own = [old.get(from), new.get(from)].into_iter().flatten().find_map(|line| rule_of(line));
    for at in from..end {
        let gone = old.get(at).filter(|_| old_digests.get(at).is_some_and(|digest| !is.contains(digest)));
        let added = new.get(at).filter(|_| new_digests.get(at).is_some_and(|digest| !was.contains(digest)));
        let differing = || [gone, added].into_iter().flatten();
        if differing().any(|line| is_order(line)) {
            return None;
        }
        if let Some(rule) = differing().find_map(|line| rule_of(line)) {
            return Some(rule);
        }
    }
    own
}

/// Whether a line of a trace is a customer's order, which no rule decides.
pub fn is_order(line: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(line).is_ok_and(|event| event["event"] == "order-placed")
}

/// The rule that a line of a trace names.
fn rule_of(line: &str) -> Option<Rule> {
    let event: serde_json::Value = serde_json::from_str(line).ok()?;
    Rule::from_id(event.get("rule")?.as_str()?)
}
