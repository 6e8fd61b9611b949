//! `run`: the folder it writes, the table it prints, and that nothing but provenance.json differs between two runs.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::{assert_exit, backorder, folder, stderr, stdout};

/// Every file of a folder, and of the folders in it, with its bytes.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found = BTreeMap::new();
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(contents(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            found.insert(name, std::fs::read(&path).expect("a file"));
        }
    }
    found
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"))
}

#[test]
fn a_run_prints_its_table_and_says_on_the_other_channel_what_it_wrote() {
    let folder = folder("table");
    let output = backorder(&folder, "run @rules/partial-split.toml");
    assert_exit(&output, 0);
    let table = stdout(&output);
    assert!(table.contains("Promises") && table.contains("orders asked for"), "{table}");
    let messages = stderr(&output);
    assert!(messages.contains("Written to output/partial-split: summary.json"), "{messages}");
    assert!(messages.contains("To look at: output/partial-split/report.html"), "{messages}");
    assert!(messages.contains("backorder trace") && messages.contains("--order 1"), "{messages}");
    let files = contents(&folder.join("output/partial-split"));
    for name in [
        "summary.json",
        "replications.csv",
        "daily.csv",
        "by_product.csv",
        "provenance.json",
        "report.html",
        "charts/endings.svg",
    ] {
        assert!(files.contains_key(name), "{name} is missing from {:?}", files.keys());
    }
    let left = std::fs::read_dir(folder.join("output")).expect("the folder").count();
    assert_eq!(left, 1, "nothing temporary stays behind");
    let origin = json(std::str::from_utf8(&files["provenance.json"]).expect("text"));
    let listed: Vec<&str> = origin["files"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(listed.iter().all(|name| files.contains_key(*name)) && listed.len() == files.len(), "{listed:?}");
}

#[test]
fn json_is_the_only_thing_on_standard_output_and_equals_the_file() {
    let folder = folder("json");
    let output = backorder(&folder, "run @rules/swap.toml --json -o out");
    assert_exit(&output, 0);
    let summary = json(&stdout(&output));
    assert_eq!(summary["scenario"], "swap");
    assert!(summary["metrics"]["swapped_line_share"]["mean"].is_number(), "{summary:#}");
    let file = std::fs::read(folder.join("out/summary.json")).expect("the summary was written");
    assert_eq!(file, output.stdout);
}

#[test]
fn quiet_says_nothing_and_with_json_only_the_json() {
    let folder = folder("quiet");
    let output = backorder(&folder, "run @rules/swap.toml --quiet -o out");
    assert_exit(&output, 0);
    assert_eq!((stdout(&output), stderr(&output)), (String::new(), String::new()));
    assert!(folder.join("out/summary.json").is_file());
    let output = backorder(&folder, "run @rules/swap.toml --quiet --json -o out");
    assert!(json(&stdout(&output)).is_object());
    assert_eq!(stderr(&output), "");
}

#[test]
fn threads_trace_and_audit_change_no_byte_of_the_results() {
    let folder = folder("bytes");
    for (name, options) in [
        ("one", "--jobs 1"),
        ("two", "--jobs 2"),
        ("traced", "--jobs 2 --trace trace.jsonl"),
        ("audited", "--jobs 2 --audit"),
    ] {
        let output = backorder(&folder, &format!("run @superstore.toml --replications 3 --quiet -o {name} {options}"));
        assert_exit(&output, 0);
    }
    let of = |name: &str| {
        let mut files = contents(&folder.join(name));
        assert!(files.remove("provenance.json").is_some());
        files
    };
    let one = of("one");
    assert!(one.len() >= 7, "{:?}", one.keys());
    for other in ["two", "traced", "audited"] {
        assert!(of(other) == one, "{other} differs from one");
    }
    let trace = std::fs::read_to_string(folder.join("trace.jsonl")).expect("the trace was written");
    let output = backorder(&folder, "trace @superstore.toml");
    assert!(stdout(&output) == trace, "the trace of a run is that of its first replication");
    assert!(trace.lines().count() > 10_000);
}

#[test]
fn seed_replications_and_settings_can_be_given_on_the_command_line() {
    let folder = folder("settings");
    let run = |options: &str| {
        let output = backorder(&folder, &format!("run @superstore.toml --quiet --json -o out {options}"));
        assert_exit(&output, 0);
        json(&stdout(&output))
    };
    let plain = run("--replications 2 --seed 1");
    assert_eq!((&plain["seed"], &plain["replications"]), (&Value::from(1), &Value::from(2)));
    let other = run("--replications 2 --seed 2");
    assert_ne!(plain["metrics"], other["metrics"]);
    let never_split = run("--replications 2 --seed 1 --set rules.split.ship_available=0");
    let firings = |summary: &Value| summary["rules"]["partial-split"]["fired_per_1000_orders"]["mean"].as_f64();
    assert!(firings(&plain) > Some(0.0));
    assert_eq!(firings(&never_split), Some(0.0));
    let origin = std::fs::read_to_string(folder.join("out/provenance.json")).expect("provenance");
    let command = json(&origin)["reproduce"].as_str().expect("a command").to_string();
    assert!(command.ends_with("--set rules.split.ship_available=0 --seed 1 --replications 2"), "{command}");
}

#[test]
fn a_run_into_a_folder_that_stands_already_replaces_its_files() {
    let folder = folder("again");
    assert_exit(&backorder(&folder, "run @rules/remove.toml --quiet -o out"), 0);
    let first = contents(&folder.join("out"));
    std::fs::write(folder.join("out/notes.txt"), "mine").expect("a file");
    assert_exit(&backorder(&folder, "compare --rules @rules/remove.toml --quiet -o out"), 0);
    let compared = contents(&folder.join("out"));
    assert!(
        compared.contains_key("rule_worth.json") && !compared.contains_key("summary.json"),
        "{:?}",
        compared.keys()
    );
    assert_exit(&backorder(&folder, "run @rules/remove.toml --quiet -o out"), 0);
    let mut second = contents(&folder.join("out"));
    assert_eq!(second.remove("notes.txt").as_deref(), Some(b"mine".as_slice()));
    assert_eq!(first["summary.json"], second["summary.json"]);
    assert!(first.keys().eq(second.keys()), "{:?}", second.keys());
}

#[test]
fn equal_inputs_give_equal_bytes_however_they_are_named() {
    let folder = folder("same-bytes");
    let inner = folder.join("shop");
    for at in [&inner, &folder.join("other")] {
        std::fs::create_dir_all(at).expect("a folder");
        std::fs::copy(super::scenario("rules/partial-split.toml"), at.join("s.toml")).expect("a scenario");
    }
    let of = |at: &Path, words: &[&str], name: &str| {
        let target = folder.join(name);
        let output = super::program(at).args(words).args(["--quiet", "-o"]).arg(&target).output().expect("it starts");
        assert_exit(&output, 0);
        let mut files = contents(&target);
        assert!(files.remove("provenance.json").is_some());
        files
    };
    let absolute = inner.join("s.toml").display().to_string();
    let first = of(&folder, &["run", "shop/s.toml"], "first");
    // The scenario says seed 1, one replication, and that what is available always ships ahead.
    let ways: [(&Path, &[&str]); 6] = [
        (&folder, &["run", "./shop/../shop/s.toml"]),
        (&folder, &["run", &absolute, "--jobs", "2", "--audit"]),
        (&inner, &["run", "s.toml"]),
        (&inner, &["run", "s.toml", "--seed", "1", "--replications", "1"]),
        (&inner, &["run", "s.toml", "--set", "run.seed=1", "--set", "run.replications=1"]),
        (&inner, &["run", "s.toml", "--set", "rules.split.ship_available=1", "--set", "rules.notice.deadline=1d"]),
    ];
    for (at, words) in ways {
        let other = of(at, words, "other-way");
        let differing: Vec<&String> = first.keys().filter(|name| first.get(*name) != other.get(*name)).collect();
        assert!(differing.is_empty() && first.len() == other.len(), "{words:?}: {differing:?}");
    }
    // The command that is told is one for the scenario's own folder, with what changes the result.
    let command = |files: &BTreeMap<String, Vec<u8>>| {
        let facts = json(std::str::from_utf8(&files["report.json"]).expect("text"));
        facts["origin"]["command"].as_str().expect("a command").to_string()
    };
    assert_eq!(command(&first), "backorder run s.toml");
    let changes = ["--set", "rules.split.ship_available=0.5", "--set", "run.seed=987", "--replications", "1"];
    let changed = of(&folder, &[&["run", absolute.as_str()], changes.as_slice()].concat(), "changed");
    assert_eq!(command(&changed), "backorder run s.toml --set rules.split.ship_available=0.5 --seed 987");
    // Nor do the names in a comparison depend on how its files were named.
    let there = folder.join("other/s.toml").display().to_string();
    let plain = of(&folder, &["compare", "shop/s.toml", "other/s.toml"], "plain");
    assert!(plain == of(&folder, &["compare", &absolute, &there], "named"));
    let names = json(std::str::from_utf8(&plain["comparison.json"]).expect("text"));
    assert_eq!(names["scenarios"][1]["name"], "other/s.toml");
}
