//! Two histories, side by side: by order, by pair of warehouse and product, by vendor.
//!
//! Within one second the order of events of different orders is free, so each order's events are compared on their
//! own; so are the events of each pair and of each vendor, and the stock in the end.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::reference::Event;

/// The fields that are compared, where either side has them.
const FIELDS: [&str; 31] = [
    "t",
    "event",
    "order",
    "line",
    "product",
    "units",
    "warehouse",
    "lines",
    "to",
    "from",
    "parcel",
    "parcels",
    "zone",
    "international",
    "mode",
    "vendor",
    "wants",
    "why",
    "waited",
    "late",
    "class",
    "due",
    "promised",
    "by",
    "back",
    "done",
    "rule",
    "number",
    "line_of",
    "needed",
    "ahead",
];

/// What the engine tells beyond the events of an order's life.
const ASIDES: [&str; 2] = ["shown-on-backorder", "split-not-charged"];

/// Events in parallel threads of the story, each a text of the deciding fields.
pub type Threads = BTreeMap<String, Vec<String>>;

/// Sorts a history into threads. `fields` says which fields of an event count.
pub fn threads<'a>(events: impl Iterator<Item = &'a Event>, fields: &impl Fn(&str, &str) -> bool) -> Threads {
    let mut threads: BTreeMap<String, Vec<(i64, String, String)>> = BTreeMap::new();
    for event in events {
        let name = event["event"].as_str().unwrap_or_default();
        if ASIDES.contains(&name) {
            continue;
        }
        let thread = match (&event["order"], &event["vendor"]) {
            (Value::Number(order), _) => match name {
                // Deliveries are no step in an instant.
                "parcel-delivered" => format!("order {order}: deliveries"),
                _ => format!("order {order}"),
            },
            (_, Value::String(vendor)) if event["warehouse"].is_null() => format!("vendor {vendor}"),
            (_, Value::String(vendor)) if event["product"].is_null() => {
                format!("purchase orders of {} to {vendor}", event["warehouse"])
            }
            _ => format!("{} at {}", event["product"], event["warehouse"]),
        };
        let mut text = String::new();
        for field in FIELDS {
            let value = &event[field];
            // What a vendor promised follows from its lead time; what a customer was promised does not.
            let is_vendors = field == "promised" && event["order"].is_null();
            if !value.is_null() && fields(name, field) && !is_vendors {
                text.push_str(&format!("{field}={value} "));
            }
        }
        let t = event["t"].as_i64().unwrap_or(-1);
        threads.entry(thread).or_default().push((t, name.to_string(), text));
    }
    threads.into_iter().map(|(thread, events)| (thread, in_free_order(events))).collect()
}

/// Brings neighbours of one second whose order among themselves means nothing into one order.
fn in_free_order(mut events: Vec<(i64, String, String)>) -> Vec<String> {
    const FREE: [&str; 3] = ["lost-at-display", "receipt", "parcel-delivered"];
    for block in events.chunk_by_mut(|one, next| one.0 == next.0 && one.1 == next.1 && FREE.contains(&one.1.as_str())) {
        block.sort();
    }
    events.into_iter().map(|(_, _, text)| text).collect()
}

/// The first difference, told for a reader; `None` if there is none.
pub fn first_difference(one: &Threads, other: &Threads) -> Option<String> {
    let nothing = vec![];
    for thread in one.keys().chain(other.keys()) {
        let (left, right) = (one.get(thread).unwrap_or(&nothing), other.get(thread).unwrap_or(&nothing));
        let Some(place) = (0..left.len().max(right.len())).find(|&place| left.get(place) != right.get(place)) else {
            continue;
        };
        let show = |side: &[String]| {
            let from = place.saturating_sub(3);
            let shown: Vec<String> = (from..(place + 4).min(side.len()))
                .map(|at| format!("  {} {}", if at == place { ">" } else { " " }, side[at]))
                .collect();
            if shown.is_empty() { "    (nothing)".to_string() } else { shown.join("\n") }
        };
        return Some(format!("{thread}\n one:\n{}\n other:\n{}", show(left), show(right)));
    }
    None
}
