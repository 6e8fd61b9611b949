//! Stored data come back as they went, and every form of a check says what moved.

use super::*;
use crate::experiment::check::{Case, Record, Standard, check, first_event, record};
use crate::experiment::{Runner, Settings};
use crate::files::Scenario;
use crate::report::document::WIDTH;
use crate::report::{InputFile, markdown, text};
use crate::rules::decisions::decisions;

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
        sources: ["b.toml", "a \"b\".csv"].map(|name| InputFile { name: name.into(), sha256: "00".into() }).into(),
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
    // Sources come in the order of their names, and digests of events follow from a trace that is kept whole.
    back.sources.reverse();
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
    CheckSummary::new(
        Checker { backorder, platform, command },
        baselines,
        Decided::default(),
        Some(event),
        1,
        vec!["a note".into()],
    )
}

#[test]
fn the_terminal_says_what_moved_and_by_which_rule() {
    let page = text(&check_document(&moved()));
    assert!(page.lines().all(|line| line.chars().count() <= WIDTH), "{page}");
    let first = page.split("\n\n").next().unwrap().replace('\n', " ");
    let expected = "1 of 2 baselines moved, by rule `auto-cancel` first, which fired 3 times instead of once";
    assert!(first.starts_with(expected), "{page}");
    for word in [
        "orders with an auto-cancellation",
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
fn as_many_firings_as_before_are_not_told_as_a_change() {
    let mut check = moved();
    let first = |check: &CheckSummary| text(&check_document(check)).split("\n\n").next().unwrap().replace('\n', " ");
    assert!(first(&check).contains("first, which fired 3 times instead of once"));
    let rules = |check: &mut CheckSummary| {
        let rules = check.baselines[0].cells[0].rules.iter_mut().chain(&mut check.rules);
        rules.for_each(|moved| moved.before = moved.after);
    };
    rules(&mut check);
    let Some(event) = &check.first_event else { panic!("an event differs") };
    assert_eq!(event.rule.as_deref(), Some("auto-cancel"));
    check.sentence = super::words::sentence(&check);
    let page = text(&check_document(&check)).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("by rule `auto-cancel` first; ") && !page.contains("instead of"), "{page}");
    assert!(
        page.contains("auto-cancel fired 3 times in all, as before, but not as often in each replication"),
        "{page}"
    );
    assert!(page.contains("Where both are the same, single replications differ."), "{page}");
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
    for check in [moved(), decided(true)] {
        assert_eq!(serde_json::from_str::<CheckSummary>(&check.to_json()).unwrap(), check);
    }
}

/// Nothing moved, but two decisions of the limit are others than stored, one is new and one is not asked any more.
fn decided(counts: bool) -> CheckSummary {
    let now = decisions();
    let stored = decisions_csv(&now)
        .replace("waits since 1d, limit 30d\",31d1s", "waits since 1d, limit 30d\",32d")
        .replace("now 31d1s\",yes", "now 31d1s\",no")
        .replace("vendor disrupted: no", "vendor disrupted: never");
    let moved = decisions_moved("guard/decisions.csv", &stored, &now).unwrap();
    let unmoved = self::moved().baselines.remove(1);
    let unmoved = BaselineSummary {
        name: "story".into(),
        verdict: crate::experiment::check::Verdict::Unmoved,
        cells: Vec::new(),
        ..unmoved
    };
    let [backorder, platform, command] = ["1.2.3", "x86_64-linux", "backorder check"].map(String::from);
    let by = Checker { backorder, platform, command };
    CheckSummary::new(by, vec![unmoved], Decided { moved, counts }, None, 0, Vec::new())
}

#[test]
fn a_rule_that_decides_otherwise_is_named_with_its_cases() {
    let check = decided(true);
    assert_eq!(check.verdict, crate::experiment::check::Verdict::Moved);
    let sentence = "Rule `early-replenishment` decides 2 cases otherwise and rule `auto-cancel` decides 2 cases otherwise; \
                    nothing moved in 1 baseline.";
    assert_eq!(check.sentence, sentence);
    let page = text(&check_document(&check));
    for word in [
        "auto-cancel, is cancelled at (waits since 1d, limit 30d): 31d1s instead of 32d",
        "early-replenishment, may be expedited (vendor disrupted: no): new: yes",
        "early-replenishment, may be expedited (vendor disrupted: never): not asked any",
    ] {
        assert!(page.contains(word), "{word}: {page}");
    }
    let xml = junit(&check);
    assert!(xml.contains("tests=\"2\" failures=\"1\"") && xml.contains("name=\"decisions\""), "{xml}");
    let file: serde_json::Value = serde_json::from_str(&sarif(&check)).unwrap();
    let results = file["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    assert_eq!(results[1]["properties"]["rules"][0], "auto-cancel");
    let line = results[1]["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap();
    let stored = decisions_csv(&decisions());
    assert!(stored.lines().nth(line as usize - 1).unwrap().starts_with("auto-cancel,is cancelled at"));
    assert!(annotations(&check).contains(&format!("::error file=guard/decisions.csv,line={line},")));

    assert_eq!(decided(false).verdict, crate::experiment::check::Verdict::Unmoved, "told, and no reason to fail");
    let twice = decisions_csv(&decisions()).replace("limit 30d, now 31d\"", "limit 30d, now 31d1s\"");
    assert!(decisions_moved("d.csv", &twice, &decisions()).unwrap_err().contains("stands there before"));
    assert!(decisions_moved("d.csv", "a,b\n1,2\n", &decisions()).unwrap_err().contains("rule, decision, case, answer"));
}

#[test]
fn a_comment_stays_within_what_github_takes_however_much_moved() {
    let mut check = moved();
    let all = Record { traces: Vec::new(), ..recorded("30d").1 };
    let mut other = all.clone();
    for pair in other.measures.iter_mut().flatten().flatten() {
        pair.numerator += 12_345.5;
    }
    other.firings.iter_mut().flatten().for_each(|fired| *fired += 1_000);
    let finding = experiment_check(&all, &other);
    let baseline = BaselineSummary {
        cells: (0..2_000)
            .map(|cell| {
                CellSummary::new(&format!("replenishment.reorder_point={cell}, vendors.acme.lead_time=12d"), &finding)
            })
            .collect(),
        ..check.baselines[0].clone()
    };
    check.baselines.push(baseline);
    check.notes =
        (0..3_000).map(|number| format!("baseline-{number}: changed since it was stored: shop.toml")).collect();
    let whole = markdown(&check_document(&check)).chars().count();
    let comment = check_markdown(&check);
    assert!(whole > 1_000_000 && comment.chars().count() <= 65_000, "{whole}, {}", comment.chars().count());
    assert!(comment.contains("more moved</summary>") && comment.contains(" more, which --json has"), "{comment}");
    assert!(comment.contains("auto-cancel") && comment.contains("backorder check --accept"), "{comment}");
    // Where it fits, nothing is left out.
    assert_eq!(check_markdown(&moved()), markdown(&check_document(&moved())));
}

fn experiment_check(before: &Record, after: &Record) -> crate::experiment::check::Finding {
    check(&[Case { before, after, standard: Standard::Exact, is_paired: true }]).remove(0)
}
