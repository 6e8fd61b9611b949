//! A check in sentences.

use super::decided::DecisionMoved;
use super::summary::{BaselineSummary, CellSummary, CheckSummary, FirstEventSummary, MeasureMoved, RuleMoved};
use crate::domain::{DAY, Span};
use crate::experiment::HEADLINE;
use crate::experiment::check::{Change, Verdict, is_order};
use crate::report::number::{self, grouped, plural};
use crate::report::prose::measure_words;

/// What stands for a scenario or a cell of a study.
pub(super) fn name(baseline: &str, cell: &str) -> String {
    if cell.is_empty() { baseline.to_string() } else { format!("{baseline} [{cell}]") }
}

/// The finding in one sentence.
pub(super) fn sentence(check: &CheckSummary) -> String {
    let of = |verdict: Verdict| check.baselines.iter().filter(|it| it.verdict == verdict).count();
    let (moved, undecided) = (of(Verdict::Moved), of(Verdict::Undecided));
    let all = plural(check.checked, "baseline");
    let decided = DecisionMoved::by_rule(&check.decisions);
    if moved == 0 && !decided.is_empty() {
        let rest = if undecided == 0 {
            format!("nothing moved in {all}")
        } else {
            let verb = if undecided == 1 { "needs" } else { "need" };
            format!("{undecided} of {all} {verb} more replications to tell whether anything moved")
        };
        return format!("{}; {rest}.", capitalised(&deciding(&decided)));
    }
    if moved == 0 && undecided == 0 {
        return format!("Nothing moved in {all}.");
    }
    if moved == 0 {
        let verb = if undecided == 1 { "needs" } else { "need" };
        return format!(
            "Nothing is certain to have moved in {all}; {undecided} of them {verb} more replications to tell."
        );
    }
    let mut text = format!("{moved} of {all} moved");
    if !decided.is_empty() {
        text.push_str(&format!(", as {}", deciding(&decided)));
    } else if let Some(rule) = check.first_event.as_ref().and_then(|event| event.rule.as_deref()) {
        text.push_str(&format!(", by rule `{rule}` first"));
        if let Some(fired) = fired(check, rule) {
            text.push_str(&fired);
        }
    }
    if decided.is_empty() && check.first_event.as_ref().is_some_and(begins_with_an_order) {
        text.push_str("; orders differ first, which no rule decides: inputs are others");
    }
    if let Some((name, measure)) = telling(check) {
        text.push_str(&format!("; {} {} in {name}", measure_words(measure.measure), from_to(measure)));
    }
    text.push('.');
    text
}

/// Whether the first event that differs is a customer's order.
fn begins_with_an_order(event: &FirstEventSummary) -> bool {
    let line = match event.change {
        Change::Gone => &event.before,
        Change::Added | Change::Other => &event.after,
    };
    event.rule.is_none() && line.as_deref().is_some_and(is_order)
}

/// `rule `swap` decides 2 cases otherwise`.
fn deciding(rules: &[(&str, usize)]) -> String {
    let each = rules.iter().map(|(rule, cases)| format!("rule `{rule}` decides {} otherwise", plural(*cases, "case")));
    each.collect::<Vec<_>>().join(" and ")
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// How often the rule fired in the scenario that shows it.
fn fired(check: &CheckSummary, rule: &str) -> Option<String> {
    let event = check.first_event.as_ref()?;
    let cell = cell_of(check, event)?;
    let moved = cell.rules.iter().find(|moved| moved.rule.id() == rule && moved.before != moved.after)?;
    let times =
        |count: i64| if count == 1 { "once".to_string() } else { format!("{} times", grouped(count as f64, 0)) };
    Some(format!(", which fired {} instead of {} in {}", times(moved.after), times(moved.before), event.baseline))
}

fn cell_of<'c>(check: &'c CheckSummary, event: &FirstEventSummary) -> Option<&'c CellSummary> {
    let baseline = check.baselines.iter().find(|it| it.name == event.baseline)?;
    baseline.cells.iter().find(|it| it.cell == event.cell)
}

/// The measure that tells most: of the scenario of the first event, else of the first one in which any moved; a headline
/// measure, if there is one.
fn telling(check: &CheckSummary) -> Option<(String, &MeasureMoved)> {
    let moved =
        |baseline: &'_ BaselineSummary| baseline.cells.iter().any(|cell| cell.measures.iter().any(|it| it.moved));
    let first =
        check.first_event.as_ref().and_then(|event| check.baselines.iter().find(|it| it.name == event.baseline));
    let baseline = first.filter(|it| moved(it)).or_else(|| check.baselines.iter().find(|it| moved(it)))?;
    let cell = baseline.cells.iter().find(|cell| cell.measures.iter().any(|it| it.moved))?;
    let headline = cell.measures.iter().filter(|it| it.moved && HEADLINE.contains(&it.measure));
    let most = headline.max_by(|one, other| relative(one).total_cmp(&relative(other)));
    let measure = most.or_else(|| cell.measures.iter().find(|it| it.moved))?;
    Some((name(&baseline.name, &cell.cell), measure))
}

/// By how much of the larger figure a measure changed; nothing where it appeared or vanished, which other measures explain.
fn relative(moved: &MeasureMoved) -> f64 {
    match (moved.before.mean, moved.after.mean) {
        (Some(before), Some(after)) if before != after => (after - before).abs() / before.abs().max(after.abs()),
        _ => 0.0,
    }
}

/// `from 33.3 % to 66.7 %`.
pub(super) fn from_to(moved: &MeasureMoved) -> String {
    let unit = moved.measure.definition().unit;
    let [before, after] = [moved.before, moved.after].map(|reading| {
        let mut value = number::beside_difference(unit, reading, moved.difference.reading);
        if value == number::NONE {
            value = "nothing".into();
        }
        value
    });
    if before == after {
        let (difference, _) = number::difference(unit, moved.difference.reading);
        return format!("at {before} differs by {difference}");
    }
    format!("from {before} to {after}")
}

/// An event as people read it: `at 30d1s line-auto-cancelled, order 3, line 1, product glutamine (auto-cancel)`.
pub(super) fn event(line: &str) -> String {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str::<serde_json::Value>(line) else {
        return line.to_string();
    };
    let shown = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let field = |key: &str| fields.get(key).map(shown).unwrap_or_default();
    let at = fields.get("t").and_then(serde_json::Value::as_i64).unwrap_or(0);
    // The order of the trace, not that of the alphabet.
    let mut rest: Vec<(usize, &String)> = fields
        .keys()
        .filter(|key| !["t", "event", "rule"].contains(&key.as_str()))
        .map(|key| (line.find(&format!("\"{key}\":")).unwrap_or(usize::MAX), key))
        .collect();
    rest.sort_unstable();
    let rest: String = rest.iter().map(|(_, key)| format!(", {key} {}", field(key))).collect();
    let rule = fields.get("rule").map_or_else(String::new, |rule| format!(" ({})", shown(rule)));
    format!("at {} {}{rest}{rule}", Span(at), field("event"))
}

/// Where the first event stands, and how it differs.
pub(super) fn place(event: &FirstEventSummary) -> String {
    let mut text = format!("{}, replication {}", name(&event.baseline, &event.cell), event.replication);
    match event.number {
        Some(number) => text.push_str(&format!(", event {}", grouped(number as f64, 0))),
        None => {
            let (from, to) = (Span(event.day * DAY), Span((event.day + 1) * DAY));
            let [before, after] = [event.events_before, event.events_after].map(|count| grouped(count as f64, 0));
            text.push_str(&format!(", between {from} and {to}: {after} events where there were {before}"));
        }
    }
    match (event.change, event.number) {
        (Change::Added, _) => text.push_str(", is new"),
        (Change::Gone, _) => text.push_str(", is gone"),
        (Change::Other, Some(_)) => text.push_str(", is another"),
        (Change::Other, None) => {}
    }
    text
}

/// What became of a cell, in a line: how many measures moved, how many rules fired differently.
pub(super) fn brief(baseline: &BaselineSummary, cell: &CellSummary) -> String {
    let moved = cell.measures.iter().filter(|it| it.moved).count();
    let mut parts = Vec::new();
    if moved > 0 {
        parts.push(format!("{} moved", plural(moved, "measure")));
    }
    if !cell.rules.is_empty() {
        parts.push(format!("{} fired differently", plural(cell.rules.len(), "rule")));
    }
    if parts.is_empty() {
        return self::cell(baseline, cell);
    }
    format!("{}: {}", name(&baseline.name, &cell.cell), parts.join(", "))
}

/// How often a rule fired and fires.
pub(super) fn firings(moved: &RuleMoved) -> String {
    let count = |count: i64| grouped(count as f64, 0);
    let times = if moved.before == 1 { "time" } else { "times" };
    if moved.before == moved.after {
        let (rule, count) = (moved.rule.id(), count(moved.after));
        return format!("{rule} fired {count} {times} in all, as before, but not as often in each replication");
    }
    format!("{} fired {} instead of {} {times}", moved.rule.id(), count(moved.after), count(moved.before))
}

/// A cell's finding in a sentence, for one line elsewhere.
pub(super) fn cell(baseline: &BaselineSummary, cell: &CellSummary) -> String {
    let moved: Vec<&MeasureMoved> = cell.measures.iter().filter(|it| it.moved).collect();
    let mut parts = Vec::new();
    if !moved.is_empty() {
        parts.push(format!("{} moved", plural(moved.len(), "measure")));
    }
    parts.extend(cell.rules.iter().map(firings));
    if parts.is_empty() {
        parts.push(match (cell.verdict, &cell.parting) {
            (Verdict::Undecided, _) => "more replications are needed to tell whether it moved".into(),
            (_, Some(parting)) => {
                format!("another event on day {} of replication {}", parting.day, parting.replication)
            }
            (_, None) => "it moved".into(),
        });
    }
    format!("{}: {}", name(&baseline.name, &cell.cell), parts.join("; "))
}
