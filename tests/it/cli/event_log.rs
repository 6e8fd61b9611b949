//! `--ocel`: the object-centric event log holds what the trace holds, and refers to nothing that is not in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::{assert_exit, backorder, folder, stderr, stdout};

/// Events of the trace that concern no object of the log.
const LEFT_OUT: [&str; 3] = ["disruption-began", "disruption-ended", "split-not-charged"];

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is no list"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no text in {value}"))
}

/// Names of types, each with its attributes.
fn types(log: &Value, key: &str) -> BTreeMap<String, BTreeSet<String>> {
    let attributes = |kind: &Value| list(kind, "attributes").iter().map(|it| text(it, "name").to_string()).collect();
    list(log, key).iter().map(|kind| (text(kind, "name").to_string(), attributes(kind))).collect()
}

/// Objects or events: every one of a declared type, with declared attributes.
fn follow_their_types(log: &Value, key: &str, types: &BTreeMap<String, BTreeSet<String>>) {
    for it in list(log, key) {
        let declared = types.get(text(it, "type")).unwrap_or_else(|| panic!("{it} is of no type"));
        for attribute in list(it, "attributes") {
            assert!(declared.contains(text(attribute, "name")), "{attribute} of {it}");
        }
    }
}

#[test]
fn the_log_holds_what_the_trace_holds() {
    let folder = folder("ocel");
    let retailer = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/scenarios/retailer.toml");
    std::fs::copy(retailer, folder.join("retailer.toml")).expect("the scenario is there");
    // Docks, vendors who let orders wait and take several products an order, promised dates.
    let weekdays = "@weekday-shop.toml --set run.horizon=9d --set run.warm_up=0d --set run.run_out=9d \
                    --set rules.cancellation.after=1d";
    for scenario in ["retailer.toml", "@rules/swap.toml", "@rules/auto-cancel.toml", "@rules/remove.toml", weekdays] {
        let output = backorder(&folder, &format!("trace {scenario} --ocel log.json"));
        assert_exit(&output, 0);
        assert_eq!((stdout(&output), stderr(&output)), (String::new(), String::new()));
        let log = std::fs::read_to_string(folder.join("log.json")).expect("a log");
        let log: Value = serde_json::from_str(&log).expect("JSON");
        follow_their_types(&log, "objects", &types(&log, "objectTypes"));
        follow_their_types(&log, "events", &types(&log, "eventTypes"));
        let ids: BTreeSet<&str> = list(&log, "objects").iter().map(|object| text(object, "id")).collect();
        assert_eq!(ids.len(), list(&log, "objects").len(), "every object once");
        for it in list(&log, "objects").iter().chain(list(&log, "events")) {
            for related in list(it, "relationships") {
                assert!(ids.contains(text(related, "objectId")), "{related} of {it}");
            }
        }
        let trace = stdout(&backorder(&folder, &format!("trace {scenario}")));
        let trace = trace.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let expected: Vec<String> = trace
            .map(|event| text(&event, "event").to_string())
            .filter(|name| !LEFT_OUT.contains(&name.as_str()))
            .collect();
        let found: Vec<String> = list(&log, "events").iter().map(|event| text(event, "type").to_string()).collect();
        assert_eq!(found, expected, "in {scenario}");
        let waits = ["parcel-at-dock", "picking-limit-reached", "purchase-order-dispatched", "promise-broken"];
        for kind in waits {
            assert_eq!(found.iter().any(|it| it == kind), scenario == weekdays, "{kind} in {scenario}");
        }
        assert!(text(&list(&log, "events")[0], "time").starts_with("2000-01-0"));
    }
}

#[test]
fn a_run_writes_the_log_of_its_first_replication() {
    let folder = folder("ocel-run");
    let output = backorder(&folder, "run @rules/swap.toml -o out --ocel log.json");
    assert_exit(&output, 0);
    assert!(stderr(&output).contains("Event log of the first replication: log.json."), "{}", stderr(&output));
    assert_exit(&backorder(&folder, "trace @rules/swap.toml --ocel other.json"), 0);
    let read = |name: &str| std::fs::read(folder.join(name)).expect("a log");
    assert!(read("log.json") == read("other.json"));
    let output = backorder(&folder, "trace @rules/swap.toml --order 1 --ocel log.json");
    assert_exit(&output, 2);
}
