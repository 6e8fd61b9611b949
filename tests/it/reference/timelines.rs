//! The reference must tell the timelines that were worked out by hand: each expected event is found, in order,
//! among the events of its order.

use std::fs;
use std::path::Path;

use backorder::domain::Model;
use backorder::scenario::{Files, load};

use super::{Event, simulate};

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        Err(format!("{relative_path} is not expected"))
    }
}

/// Loads a scenario's text.
pub fn model(text: &str) -> Model {
    load("scenario.toml", text, &NoFiles, &[]).unwrap_or_else(|wrong| panic!("{wrong}")).model
}

/// Whether an event has every field of another.
fn has(event: &Event, wanted: &Event) -> bool {
    wanted.as_object().is_some_and(|fields| fields.iter().all(|(key, value)| event[key] == *value))
}

/// The first expected event that is not found in its place, if any.
fn missing<'a>(events: &[Event], expected: &'a [Event]) -> Option<&'a Event> {
    let mut orders: Vec<&Event> = expected.iter().map(|event| &event["order"]).collect();
    orders.dedup();
    for order in orders {
        let mut told = events.iter().filter(|event| event["order"] == *order);
        for wanted in expected.iter().filter(|event| event["order"] == *order) {
            if !told.any(|event| has(event, wanted)) {
                return Some(wanted);
            }
        }
    }
    None
}

#[test]
fn the_reference_tells_every_timeline() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/timelines");
    let mut told = 0;
    for entry in fs::read_dir(&folder).expect("the timelines' folder") {
        let path = entry.expect("an entry of the folder").path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a scenario");
        let lines = fs::read_to_string(path.with_extension("expected.jsonl")).expect("its expected events");
        let expected: Vec<Event> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let history = simulate(&model(&text)).unwrap_or_else(|refusal| panic!("{}: {refusal}", path.display()));
        if let Some(event) = missing(&history.events, &expected) {
            panic!("{}: no {event} in its place among\n{:#?}", path.display(), history.events);
        }
        told += 1;
    }
    assert!(told >= 18, "only {told} timelines in {}", folder.display());
}
