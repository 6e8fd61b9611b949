//! Stored data come back as they went, and every form of a check says what moved.

use super::*;
use crate::experiment::check::{Case, Record, Standard, check, first_event, record};
use crate::experiment::{Runner, Settings};
use crate::files::Scenario;
use crate::report::document::WIDTH;
use crate::report::{markdown, text};

const STORY: &str = "scenarios/rules/auto-cancel.toml";

fn recorded(after: &str) -> (crate::domain::Model, Record) {
    let model = Scenario::open(STORY).unwrap().set("rules.cancellation.after", after).model().unwrap();
    let found = record(&Runner::new(&Settings::default()).unwrap(), &model, 1, true).unwrap().unwrap();
    (model, found)
}

fn stored() -> Stored {
    let (_, mut other) = recorded("20d");
    // Denominators that differ, and a trace of digests alone.
    let (_, again) = recorded("21d");
    for (column, more) in other.measures.iter_mut().zip(&again.measures) {
        column.as_mut().unwrap().extend(more.as_ref().unwrap());
    }
    other.firings.extend(again.firings);
    other.traces[0].text = None;
    Stored {
        backorder: "1.2.3".into(),
        platform: "x86_64-linux".into(),
        seed: 7,
        set: vec!["run.horizon=60d".into()],
        sources: vec![crate::report::Source { name: "a \"b\".toml".into(), sha256: "00".into() }],
        cells: vec![(String::new(), recorded("30d").1), ("a.b=1, c=x".into(), other)],
        unknown: Vec::new(),
    }
}

#[test]
fn stored_data_come_back_to_the_bit() {
    let stored = stored();
    let text = stored.to_json();
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
    let mut back = Stored::read(&text).unwrap();
    // Digests of events follow from a trace that is kept whole.
    back.cells[0].1.traces[0].events = stored.cells[0].1.traces[0].events.clone();
    assert_eq!(back, stored);
    assert_eq!(Stored::read(&text).unwrap().to_json(), text);
    assert!(text.lines().any(|line| line == "  \"orders\": {\"n\": [3, 3], \"d\": 1},"), "{text}");
}

#[test]
fn what_is_no_stored_data_is_told_with_its_place() {
    let text = stored().to_json();
    let wrong = |from: &str, to: &str| Stored::read(&text.replacen(from, to, 1)).unwrap_err();
    assert!(wrong("\"seed\": 7", "\"seed\": \"x\"").contains("line 4"), "{}", wrong("\"seed\": 7", "\"seed\": \"x\""));
    assert!(wrong("{\"n\": [3]", "{\"n\": [3, 3]").contains("`orders` has 2 replications"));
    assert!(wrong("\"days\": \"", "\"days\": \"x ").contains("`x` is no day"));
    let renamed = Stored::read(&text.replace("\"orders\":", "\"ordrs\":")).unwrap();
    assert_eq!((renamed.unknown, renamed.cells[0].1.measures[0].is_none()), (vec!["ordrs".to_string()], true));
}

/// The story, and the story with a limit of 29 days.
fn moved() -> CheckSummary {
    let ((_, before), (model, after)) = (recorded("30d"), recorded("29d"));
    let finding =
        check(&[Case { before: &before, after: &after, standard: Standard::Exact, is_paired: true }]).remove(0);
    let event = first_event(&model, &before.traces[0], &after.traces[0], finding.parting.unwrap()).unwrap();
    let cell = CellSummary::new("", &finding);
    let baseline = |name: &str, verdict, cells| BaselineSummary {
        name: name.into(),
        file: format!("benches/base lines/{name}.toml"),
        scenario: "../auto-cancel.toml".into(),
        mode: "exact".into(),
        seed: 1,
        replications: 1,
        paired: true,
        verdict,
        cells,
    };
    let verdict = crate::experiment::check::Verdict::Moved;
    let other = baseline("other", crate::experiment::check::Verdict::Unmoved, Vec::new());
    let baselines = vec![baseline("auto-cancel <&>", verdict, vec![cell]), other];
    let event = FirstEventSummary::new("auto-cancel <&>", "", event);
    let [backorder, platform, command] = ["1.2.3", "x86_64-linux", "backorder check"].map(String::from);
    CheckSummary::new(Checker { backorder, platform, command }, baselines, Some(event), 1, vec!["a note".into()])
}

#[test]
fn the_terminal_says_what_moved_and_by_which_rule() {
    let page = text(&check_document(&moved()));
    assert!(page.lines().all(|line| line.chars().count() <= WIDTH), "{page}");
    let first = page.split("\n\n").next().unwrap().replace('\n', " ");
    let expected = "1 of 2 baselines moved, by rule `auto-cancel` first, which fired 3 times instead of once";
    assert!(first.starts_with(expected), "{page}");
    for word in [
        "auto_cancelled_order_share",
        "33.3 %",
        "100.0 %",
        "at 30d1s line-auto-cancelled, order 1, line 1",
        "auto-cancel fired 3 instead of 1 time",
        "backorder check --update",
        "Note: a note",
    ] {
        assert!(page.contains(word), "{word}: {page}");
    }
}

#[test]
fn a_comment_on_a_pull_request_folds_the_details() {
    let page = markdown(&check_document(&moved()));
    assert!(page.starts_with("# backorder check\n\n1 of 2 baselines moved"), "{page}");
    assert!(page.contains("<details><summary>auto-cancel &lt;&amp;&gt;: "), "{page}");
}

#[test]
fn files_for_machines_are_well_formed_and_escaped() {
    let check = moved();
    let xml = junit(&check);
    assert!(xml.contains("tests=\"2\" failures=\"1\""), "{xml}");
    assert!(xml.contains("name=\"auto-cancel &lt;&amp;&gt;\""), "{xml}");
    assert!(xml.matches("<testcase ").count() == 2 && xml.matches("</testcase>").count() == 1, "{xml}");
    let file: serde_json::Value = serde_json::from_str(&sarif(&check)).unwrap();
    let result = &file["runs"][0]["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&"baseline-moved".into(), &"error".into()));
    let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
    assert_eq!(uri, "benches/base%20lines/auto-cancel%20%3C%26%3E.toml");
    let lines = annotations(&check);
    assert!(lines.starts_with("::error file=benches/base lines/auto-cancel <&>.toml,line=1,title="), "{lines}");
    assert_eq!(lines.lines().count(), 1);
}

#[test]
fn the_summary_is_read_back_as_it_was() {
    let check = moved();
    assert_eq!(serde_json::from_str::<CheckSummary>(&check.to_json()).unwrap(), check);
}
