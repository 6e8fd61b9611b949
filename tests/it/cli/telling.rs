//! `trace`, `rules`, `schema`, help.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use backorder::rules::Rule;
use serde_json::Value;

use super::{assert_exit, backorder, folder, program, scenario, stderr, stdout};

#[test]
fn the_story_of_an_international_order() {
    let folder = folder("story");
    let output = backorder(&folder, "trace @rules/international-complete.toml --order 1");
    assert_exit(&output, 0);
    assert_eq!(stderr(&output), "");
    let story = stdout(&output);
    assert!(story.lines().all(|line| line.chars().count() <= 80), "{story}");
    let flat = story.split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in [
        "an international order leaves in one parcel from one warehouse",
        "It is assigned to boise",
        "[international-complete]",
        "is on backorder: boise cannot supply it. [multi-warehouse]",
        "boise receives 1 × glutamine.",
        "The order is complete: 1 parcel sent.",
    ] {
        assert!(flat.contains(sentence), "{sentence:?} is missing in\n{story}");
    }
}

#[test]
fn a_trace_is_json_lines_in_order_of_time() {
    let folder = folder("trace");
    let output = backorder(&folder, "trace @rules/international-complete.toml");
    assert_exit(&output, 0);
    let events: Vec<Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("a JSON object")).collect();
    assert!(events.windows(2).all(|pair| pair[0]["t"].as_i64() <= pair[1]["t"].as_i64()));
    assert!(events.iter().any(|event| event["event"] == "receipt"));
    let one = backorder(&folder, "trace @rules/international-complete.toml --order 1 --json");
    let of_one: Value = serde_json::from_str(&stdout(&one)).expect("one document, as every --json prints");
    let expected: Vec<Value> = events.into_iter().filter(|event| event["order"] == 1).collect();
    assert_eq!((&of_one["order"], &of_one["replication"]), (&Value::from(1), &Value::from(1)));
    assert_eq!(of_one["events"], Value::from(expected));
}

#[test]
fn replications_differ_and_each_can_be_traced() {
    let folder = folder("replications");
    let trace = |number: u32| {
        let output = backorder(&folder, &format!("trace @superstore.toml --replication {number}"));
        assert_exit(&output, 0);
        output.stdout
    };
    let first = trace(1);
    assert!(first == trace(1));
    assert!(first != trace(2));
}

#[test]
fn a_reader_that_stops_reading_ends_the_trace_quietly() {
    let folder = folder("pipe");
    let mut child = program(&folder)
        .arg("trace")
        .arg(scenario("superstore.toml"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
    reader.read_line(&mut line).expect("a first line");
    drop(reader);
    let output = child.wait_with_output().expect("the program ends");
    assert!(line.starts_with("{\"t\":"), "{line}");
    assert_exit(&output, 0);
    assert_eq!(stderr(&output), "");
}

/// Asserts that a text fits 80 columns; a link that does not may have a line of its own.
#[track_caller]
fn assert_narrow(what: &str, text: &str) {
    let is_link = |line: &str| line.trim_start().starts_with("http") && !line.trim().contains(' ');
    let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > 80 && !is_link(line)).collect();
    assert!(wide.is_empty(), "{what}:\n{}", wide.join("\n"));
}

#[test]
fn the_help_of_every_command_fits_80_columns() {
    let folder = folder("help-width");
    let help = |words: &[&str], columns: Option<&str>| {
        let mut command = program(&folder);
        match columns {
            Some(columns) => command.env("COLUMNS", columns),
            None => command.env_remove("COLUMNS"),
        };
        let output = command.args(words).output().expect("the program starts");
        assert_exit(&output, 0);
        stdout(&output)
    };
    let all = help(&["--help"], None);
    let listed = all.split("\nCommands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("commands");
    let names =
        listed.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|name| !name.is_empty());
    let names: Vec<&str> = names.collect();
    assert!(names.len() >= 12 && names.contains(&"compare") && names.contains(&"man"), "{names:?}");
    for columns in [None, Some("80")] {
        for option in ["-h", "--help"] {
            assert_narrow(option, &help(&[option], columns));
            for name in names.iter().filter(|name| **name != "help") {
                assert_narrow(name, &help(&[name, option], columns));
            }
        }
    }
}

#[test]
fn the_catalogue_and_a_rules_page() {
    let folder = folder("rules");
    let output = backorder(&folder, "rules");
    assert_exit(&output, 0);
    for rule in Rule::ALL {
        assert!(stdout(&output).contains(&format!("\n{} ", rule.id())), "{} is missing", rule.id());
        let page = backorder(&folder, &format!("rules {}", rule.id()));
        assert_exit(&page, 0);
        let (page, written) = (stdout(&page), rule.page());
        assert!(page.split_whitespace().eq(written.split_whitespace()), "{page}");
        assert_eq!(
            page.matches("\n\n").count(),
            written.matches("\n\n").count(),
            "paragraphs stay paragraphs:\n{page}"
        );
        assert_narrow(rule.id(), &page);
    }
    let listed: Value = serde_json::from_str(&stdout(&backorder(&folder, "rules --json"))).expect("JSON");
    assert_eq!(listed.as_array().map(Vec::len), Some(Rule::ALL.len()));
    assert_eq!(listed[0]["id"], Rule::ALL[0].id());
}

#[test]
fn the_schema_is_json() {
    let output = backorder(&folder("schema"), "schema");
    assert_exit(&output, 0);
    let schema: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert!(schema["$schema"].is_string() && schema["properties"]["rules"].is_object(), "{schema:#}");
}

#[test]
fn help_lists_what_there_is() {
    let output = backorder(&folder("help"), "--help");
    assert_exit(&output, 0);
    for command in ["run", "trace", "validate", "rules", "schema"] {
        assert!(stdout(&output).lines().any(|line| line.trim_start().starts_with(command)), "{}", stdout(&output));
    }
    let version = backorder(&folder("version"), "--version");
    assert_eq!(stdout(&version), format!("backorder {}\n", env!("CARGO_PKG_VERSION")));
}
