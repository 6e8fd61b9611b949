//! The lower half of a timeline: what must happen, and what must not.
//!
//! | line | meaning |
//! |---|---|
//! | `1d6h  parcel-shipped  order=1 lines=1,2` | this happens, at this instant; the lines of one order happen in this order |
//! | `also 1d6h  parcel-shipped  order=1` | this happens too, anywhere in the trace |
//! | `never line-backordered  order=2` | nothing like this happens |
//! | `never 3d  receipt` | nothing like this happens at that instant |
//! | `exactly order=1` | of this order happens what the lines above say, and nothing else |
//! | `fires free-split 2` | the rule decides so often |
//!
//! Only the fields that are named are compared. Within one second the events of different orders may come in
//! any order, as may events that are of no order.

use std::collections::BTreeMap;

use backorder::domain::Span;
use backorder::rules::Rule;
use serde_json::Value;

use super::replay::Replay;

/// One line of the lower half.
pub enum Expectation {
    /// Happens, after the earlier ones of the same order.
    Happens(Pattern),
    /// Happens somewhere.
    Also(Pattern),
    /// Does not happen.
    Never(Pattern),
    /// The order's whole trace has been told.
    Exactly(String),
    /// The number of firings of a rule.
    Fires(Rule, u64),
}

/// What an event looks like.
pub struct Pattern {
    /// The line as it was written.
    written: String,
    at: Option<i64>,
    event: String,
    fields: Vec<(String, String)>,
}

impl Pattern {
    /// A pattern from a JSON object with `t`, `event` and the fields that decide.
    pub fn from_json(object: &Value) -> Self {
        let fields = object.as_object().expect("an expected event is an object");
        Self {
            written: object.to_string(),
            at: fields["t"].as_i64(),
            event: plain(&fields["event"]),
            fields: fields
                .iter()
                .filter(|(key, _)| *key != "t" && *key != "event")
                .map(|(key, value)| (key.clone(), plain(value)))
                .collect(),
        }
    }

    fn read(line: &str) -> Self {
        let mut words = line.split_whitespace().peekable();
        let at = words.peek().and_then(|word| Span::parse(word).ok()).map(|span| span.0);
        if at.is_some() {
            words.next();
        }
        let event = words.next().unwrap_or_else(|| panic!("which event? {line}")).to_string();
        assert!(EVENTS.iter().chain(&ASIDES).any(|known| *known == event), "no event is called `{event}`: {line}");
        let fields = words
            .map(|word| word.split_once('=').unwrap_or_else(|| panic!("`{word}` is no key=value: {line}")))
            .map(|(key, value)| (key.to_string(), value.to_string()))
            .collect();
        Self { written: line.to_string(), at, event, fields }
    }

    fn order(&self) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == "order").map(|(_, value)| value.as_str())
    }

    fn fits(&self, happened: &Value) -> bool {
        self.at.is_none_or(|at| happened["t"].as_i64() == Some(at))
            && happened["event"] == self.event.as_str()
            && self.fields.iter().all(|(key, value)| happened.get(key).is_some_and(|there| same(value, &plain(there))))
    }
}

/// Asides of the trace, that need not be told where an order's whole trace is.
const ASIDES: [&str; 2] = ["shown-on-backorder", "split-not-charged"];

/// Every other event a trace may hold, so that a slip of the pen in a `never` line cannot pass.
const EVENTS: [&str; 36] = [
    "line-replaced",
    "order-booked",
    "line-booked",
    "line-promised",
    "promise-kept",
    "promise-broken",
    "order-open",
    "line-open",
    "purchase-order-open",
    "event-began",
    "event-ended",
    "order-placed",
    "order-sourced-anew",
    "lost-at-display",
    "line-backordered",
    "display-mismatch",
    "line-covered",
    "parcel-released",
    "parcel-shipped",
    "shipment-notice",
    "parcel-delivered",
    "backorder-notice",
    "contact",
    "line-swapped",
    "line-removed",
    "line-auto-cancelled",
    "cancellation-notice",
    "order-cancelled",
    "order-completed",
    "purchase-order-placed",
    "replenishment-ordered",
    "replenishment-expedited",
    "expediting-settled",
    "receipt",
    "disruption-began",
    "disruption-ended",
];

/// A value as a planner writes it: lists with commas, text without quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn same(expected: &str, there: &str) -> bool {
    expected == there
        || matches!((expected.parse::<f64>(), there.parse::<f64>()), (Ok(left), Ok(right)) if left == right)
}

/// Reads the lower half of a timeline.
pub fn read(text: &str) -> Vec<Expectation> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#') && !line.chars().all(|c| c == '-'))
        .map(|line| {
            let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            match word {
                "never" => Expectation::Never(Pattern::read(rest.trim())),
                "also" => Expectation::Also(Pattern::read(rest.trim())),
                "exactly" => Expectation::Exactly(
                    rest.trim().strip_prefix("order=").unwrap_or_else(|| panic!("exactly what? {line}")).to_string(),
                ),
                "fires" => {
                    let (rule, count) = rest.trim().split_once(char::is_whitespace).expect("fires <rule> <count>");
                    let rule = Rule::from_id(rule).unwrap_or_else(|| panic!("no rule is called `{rule}`"));
                    Expectation::Fires(rule, count.trim().parse().expect("a whole number of firings"))
                }
                _ => {
                    let pattern = Pattern::read(line);
                    assert!(pattern.at.is_some(), "when? {line}");
                    Expectation::Happens(pattern)
                }
            }
        })
        .collect()
}

/// What is not as expected, a sentence each.
pub fn compare(expectations: &[Expectation], run: &Replay) -> Vec<String> {
    let mut complaints = Vec::new();
    let happens: Vec<&Pattern> = expectations
        .iter()
        .filter_map(|expectation| if let Expectation::Happens(pattern) = expectation { Some(pattern) } else { None })
        .collect();
    complaints.extend(in_order(&happens, &run.trace));
    for expectation in expectations {
        match expectation {
            Expectation::Happens(_) => {}
            Expectation::Also(pattern) => {
                if !run.trace.iter().any(|happened| pattern.fits(happened)) {
                    complaints.push(format!("did not happen: {}", pattern.written));
                }
            }
            Expectation::Never(pattern) => complaints.extend(
                run.trace
                    .iter()
                    .filter(|happened| pattern.fits(happened))
                    .map(|happened| format!("should never happen ({}): {happened}", pattern.written)),
            ),
            Expectation::Exactly(order) => complaints.extend(whole(order, &happens, &run.trace)),
            Expectation::Fires(rule, count) => {
                let fired = run.firings.get(rule).copied().unwrap_or(0);
                if fired != *count {
                    complaints.push(format!("{} fired {fired} times instead of {count}", rule.id()));
                }
            }
        }
    }
    complaints
}

/// Checks that the expected events happen in order: those of one order among each other, and those of no order each
/// at its instant.
pub fn in_order(expected: &[&Pattern], trace: &[Value]) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut next: BTreeMap<&str, usize> = BTreeMap::new();
    let mut taken = vec![false; trace.len()];
    for pattern in expected {
        let start = pattern.order().map_or(0, |order| next.get(order).copied().unwrap_or(0));
        match (start..trace.len()).find(|&place| !taken[place] && pattern.fits(&trace[place])) {
            Some(place) => {
                taken[place] = true;
                if let Some(order) = pattern.order() {
                    next.insert(order, place + 1);
                }
            }
            None => complaints.push(format!("did not happen (or not in this order): {}", pattern.written)),
        }
    }
    complaints
}

/// Checks that the expected events of an order are all that happened to it, one for one.
fn whole(order: &str, expected: &[&Pattern], trace: &[Value]) -> Vec<String> {
    let expected: Vec<_> = expected.iter().filter(|pattern| pattern.order() == Some(order)).collect();
    let happened: Vec<_> = trace
        .iter()
        .filter(|line| line.get("order").is_some_and(|is| plain(is) == order))
        .filter(|line| !ASIDES.iter().any(|aside| line["event"] == *aside))
        .collect();
    let mut complaints: Vec<String> = happened
        .iter()
        .filter(|line| !expected.iter().any(|pattern| pattern.fits(line)))
        .map(|line| format!("happened to order {order} and was not told: {line}"))
        .collect();
    if complaints.is_empty() && happened.len() != expected.len() {
        complaints.push(format!("{} events happened to order {order}, {} were told", happened.len(), expected.len()));
    }
    complaints
}
