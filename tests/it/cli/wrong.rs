//! What is wrong with a command or a scenario ends with exit code 2, says what to do, and leaves no files.

use super::{assert_exit, backorder, folder, stderr, stdout};

/// Six different mistakes.
const SIX: &str = r#"name = "six mistakes"

[run]
horizon = "thirty days"

[[zones]]
id = "home"

[[warehouses]]
id = "boise"
handlng = "4h"

[[lanes]]
from = "bosie"
to = "home"
parcel_cost = -5.0
transit = "2d"

[[products]]
id = "whey"

[[products]]
id = "whey"

[rules.split]
ship_available = 1.5
"#;

#[test]
fn six_mistakes_are_shown_with_six_carets() {
    let folder = folder("six");
    std::fs::write(folder.join("six.toml"), SIX).expect("a scenario");
    let output = backorder(&folder, "validate six.toml");
    assert_exit(&output, 2);
    assert_eq!(stdout(&output), "");
    let messages = stderr(&output);
    let errors = messages.lines().filter(|line| line.starts_with("error: ")).count();
    let carets = messages.lines().filter(|line| line.contains("| ") && line.trim_end().ends_with('^')).count();
    assert_eq!((errors, carets), (6, 6), "{messages}");
    for place in ["six.toml:4:", "six.toml:11:", "six.toml:14:", "six.toml:16:", "six.toml:23:", "six.toml:26:"] {
        assert!(messages.contains(place), "{place} is missing in\n{messages}");
    }
    assert!(messages.contains("handling") && messages.contains("boise"), "{messages}");
}

#[test]
fn a_run_of_a_wrong_scenario_writes_nothing() {
    let folder = folder("wrong-run");
    std::fs::write(folder.join("six.toml"), SIX).expect("a scenario");
    let output = backorder(&folder, "run six.toml --trace trace.jsonl");
    assert_exit(&output, 2);
    assert_eq!(stdout(&output), "");
    let left = std::fs::read_dir(&folder).expect("the folder").count();
    assert_eq!(left, 1, "only the scenario is there");
}

#[test]
fn validate_answers_in_json() {
    let folder = folder("validate-json");
    std::fs::write(folder.join("six.toml"), SIX).expect("a scenario");
    let output = backorder(&folder, "validate six.toml --json");
    assert_exit(&output, 2);
    let answer: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(answer["valid"], false);
    assert_eq!(answer["diagnostics"].as_array().map(Vec::len), Some(6), "{answer:#}");
    let output = backorder(&folder, "validate @rules/swap.toml --json");
    assert_exit(&output, 0);
    let answer: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(answer["valid"], true);
}

#[test]
fn programs_are_given_every_mistake_where_a_terminal_shows_some() {
    let folder = folder("validate-many");
    let many: String = (0..26).map(|key| format!("key_{key} = 1\n")).collect();
    std::fs::write(folder.join("many.toml"), format!("{many}{SIX}")).expect("a scenario");
    let output = backorder(&folder, "validate many.toml --json");
    assert_exit(&output, 2);
    let answer: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let all = answer["diagnostics"].as_array().expect("a list");
    assert_eq!((all.len() as u64, all.len()), (answer["errors"].as_u64().unwrap_or(0), 32), "{answer:#}");
    assert!(
        all.iter().all(|one| one["location"]["line"].as_u64() > Some(0) && one["location"]["text"] != ""),
        "{all:#?}"
    );
    let told = stderr(&backorder(&folder, "validate many.toml"));
    assert!(told.contains("… and 12 more, all of which `backorder validate --json` lists\n\n32 errors\n"), "{told}");
    // Of a sweep too, each is counted once, whatever the number of its cells.
    let swept = stderr(&backorder(&folder, "sweep many.toml --vary customers.keep_when_backordered=0.5,1.0"));
    assert!(swept.contains("… and 22 more; `backorder validate --json --set …` lists all of a cell\n"), "{swept}");
    assert!(swept.contains("32 errors in 2 cells; nothing was run"), "{swept}");
}

#[test]
fn a_file_that_names_a_scenario_tells_of_that_beside_its_own_mistakes() {
    let folder = folder("names-nothing");
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
    write("base.toml", "scenario = \"nope.toml\"\nreplications = 0\n");
    write("study.toml", "scenario = \"nope.toml\"\ncolour = 1\n[[axes]]\nkey = \"run.seed\"\nvalues = [1, 2]\n");
    write("over.toml", "scenario = \"study.toml\"\n");
    for (command, own, errors) in [
        ("check base.toml", "`replications` must be at least 1", "2 errors"),
        ("sweep study.toml", "unknown key `colour`", "2 errors"),
        ("check over.toml", "unknown key `colour`", "2 errors"),
    ] {
        let output = backorder(&folder, command);
        assert_exit(&output, 2);
        let told = stderr(&output);
        for word in [own, "nope.toml: there is no such file", errors] {
            assert!(told.contains(word), "{command}: {word}:\n{told}");
        }
    }
    // Where only one of the two is wrong, that is told once.
    write("good.toml", "scenario = \"nope.toml\"\n");
    let told = stderr(&backorder(&folder, "check good.toml"));
    assert_eq!(told.matches("nope.toml: ").count(), 1, "{told}");
}

#[test]
fn a_study_or_a_baseline_that_is_taken_for_a_scenario_is_told_as_what_it_is() {
    let folder = folder("no-scenario");
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
    write("study.toml", "scenario = \"a.toml\"\n[[axes]]\nkey = \"run.seed\"\nvalues = [1, 2]\n");
    write("base.toml", "scenario = \"a.toml\"\nmode = \"exact\"\n");
    write("bare.toml", "scenario = \"a.toml\"\n");
    for (file, what) in [
        ("study.toml", "it is a study, which varies a scenario; `backorder sweep` takes it"),
        ("base.toml", "it is a baseline, which guards a scenario; `backorder check` takes it"),
        ("bare.toml", "`backorder sweep` takes the one, `backorder check` the other"),
    ] {
        for command in ["run", "validate", "validate --json", "trace"] {
            let output = backorder(&folder, &format!("{command} {file}"));
            assert_exit(&output, 2);
            let told = stderr(&output);
            assert!(told.starts_with(&format!("error: {file}: ")) && told.contains(what), "{command} {file}: {told}");
            assert_eq!(told.matches("error").count(), 1, "{command} {file}: {told}");
        }
    }
}

#[test]
fn a_valid_scenario_is_said_to_be_so() {
    let folder = folder("valid");
    let output = backorder(&folder, "validate @rules/swap.toml");
    assert_exit(&output, 0);
    assert!(stdout(&output).contains("is valid: 1 zone, 1 warehouse, 3 products"), "{}", stdout(&output));
}

#[test]
fn wrong_command_lines() {
    let folder = folder("command-lines");
    std::fs::write(folder.join("file"), "no folder").expect("a file");
    for (arguments, words) in [
        ("", "Usage"),
        ("simulate x.toml", "simulate"),
        ("run", "<SCENARIO>"),
        ("run @rules/swap.toml --jobs 0", "--jobs"),
        ("run @rules/swap.toml --replications 0", "--replications"),
        ("run @rules/swap.toml --set seed", "equals sign"),
        ("run @rules/swap.toml --set rules.splt.granularity=unit", "--set"),
        ("run @rules/swap.toml -o file", "is a file"),
        ("run missing.toml", "missing.toml: there is no such file"),
        ("run missing/a.toml", "the folder missing does not exist"),
        ("run @rules", "it is a folder"),
        ("run @rules/swop.toml", "swap.toml"),
        ("trace @rules/swap.toml --order 99", "there is no order 99"),
        ("trace @rules/swap.toml --replication 0", "--replication"),
        ("rules auto-cancle", "did you mean `auto-cancel`?"),
        ("validate missing.toml", "there is no such file"),
    ] {
        let output = backorder(&folder, arguments);
        assert_exit(&output, 2);
        assert_eq!(stdout(&output), "", "{arguments}: nothing on standard output");
        assert!(stderr(&output).contains(words), "{arguments}: {words:?} is missing in\n{}", stderr(&output));
    }
    let left = std::fs::read_dir(&folder).expect("the folder").count();
    assert_eq!(left, 1, "nothing was written");
}

#[test]
fn a_wrong_setting_is_told_where_it_was_written() {
    let folder = folder("where-set");
    let base = super::scenario("rules/swap.toml").display().to_string();
    let own = format!("{base} --set rules.split.granularity=units");
    for (words, places) in [
        (vec!["run", &base, "--set", "run.horizon=soon"], vec!["--set"]),
        (vec!["run", &base, "--seed", "18446744073709551615"], vec!["--seed"]),
        (vec!["run", &base, "--replications", "4294967295"], vec!["--replications"]),
        (vec!["compare", &base, "--set", "rules.split.granularity=units"], vec!["--set"]),
        (vec!["compare", &base, "--variant", "by unit: rules.split.granularity=units"], vec!["--variant 'by unit'"]),
        (vec!["compare", &base, "--variant", "rules.split.granularity=units"], vec!["--variant"]),
        (vec!["compare", &base, &own], vec![&own[..own.len() - " rules.split.granularity=units".len()]]),
        // Each of those that are wrong.
        (
            vec!["compare", &base, "--variant", "a: run.horizon=soon", "--variant", "b: run.seed=-1"],
            vec!["--variant 'a'", "--variant 'b'"],
        ),
    ] {
        let output = super::program(&folder).args(&words).output().expect("the program starts");
        assert_exit(&output, 2);
        let messages = stderr(&output);
        let told: Vec<&str> = messages.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect();
        assert_eq!(told, places, "{words:?}:\n{messages}");
    }
    assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 0, "nothing was written");
}

#[test]
fn every_command_warns_of_the_same_in_the_same_form() {
    let folder = folder("same-warnings");
    let odd = std::fs::read_to_string(super::scenario("rules/swap.toml"))
        .expect("the scenario")
        .replace("[[warehouses]]", "[[zones]]\nid = \"far\"\n\n[[zones]]\nid = \"nowhere\"\n\n[[warehouses]]");
    std::fs::write(folder.join("odd.toml"), odd.replace("../backorder", "backorder")).expect("a scenario");
    let told = |arguments: &str| {
        let output = backorder(&folder, arguments);
        assert_exit(&output, 0);
        let messages = stderr(&output);
        let count = messages.find("2 warnings\n").unwrap_or_else(|| panic!("{arguments}:\n{messages}"));
        let (warnings, rest) = messages.split_at(count);
        assert!(!rest.contains("warning: "), "{arguments}: told twice:\n{messages}");
        warnings.to_string()
    };
    let warnings = told("validate odd.toml");
    assert_eq!(warnings.matches("warning: no lane leads to").count(), 2, "{warnings}");
    assert!(warnings.contains("\n\nwarning: "), "a blank line between them, as between errors:\n{warnings}");
    for arguments in [
        "run odd.toml --replications 1",
        "run odd.toml --replications 1 --json",
        "trace odd.toml",
        "trace odd.toml --order 1",
        "compare odd.toml --set rules.swap.if_none=wait --replications 2",
        "compare odd.toml @rules/swap.toml --replications 2",
        "compare --rules odd.toml --replications 2",
    ] {
        assert_eq!(told(arguments), warnings, "{arguments}");
        let quiet = backorder(&folder, &format!("{arguments} --quiet"));
        assert_eq!(stderr(&quiet), "", "{arguments}");
    }
}

#[test]
fn what_is_wrong_with_scenarios_compared_is_told_of_all_and_once() {
    let folder = folder("all-wrong");
    std::fs::write(folder.join("six.toml"), SIX).expect("a scenario");
    std::fs::write(folder.join("horizon.toml"), SIX.replace("six", "6").replace("thirty days", "soon")).expect("one");
    let output = backorder(
        &folder,
        "compare six.toml horizon.toml missing.toml --set costs.contact=x --variant costs.contact=y",
    );
    assert_exit(&output, 2);
    let messages = stderr(&output);
    assert!(messages.contains("missing.toml: there is no such file"), "{messages}");
    for (what, times) in [("--> six.toml:4:", 1), ("--> horizon.toml:4:", 1), ("--> --set", 1), ("--> --variant", 1)] {
        assert_eq!(messages.matches(what).count(), times, "{what}:\n{messages}");
    }
    assert!(messages.ends_with("\n14 errors\n"), "{messages}");
}

#[test]
fn a_place_that_cannot_be_written_fails_before_the_run() {
    let folder = folder("unwritable");
    std::fs::write(folder.join("file"), "no folder").expect("a file");
    let output = backorder(&folder, "run @rules/swap.toml -o file/out");
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("file/out cannot be written"), "{}", stderr(&output));
    let output = backorder(&folder, "run @rules/swap.toml -o out --trace nowhere/trace.jsonl");
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("nowhere/trace.jsonl cannot be written"), "{}", stderr(&output));
    assert!(!folder.join("out").exists());
    for name in ["..toml", "...toml"] {
        std::fs::copy(super::scenario("rules/swap.toml"), folder.join(name)).expect("a scenario");
        let output = backorder(&folder, &format!("run {name}"));
        assert_exit(&output, 2);
        assert!(stderr(&output).contains("name the folder for the results with -o"), "{}", stderr(&output));
    }
}

#[test]
fn a_run_that_fails_leaves_an_earlier_trace_alone() {
    let folder = folder("earlier-trace");
    std::fs::write(folder.join("trace.jsonl"), "earlier").expect("a file");
    let aim = "run.replications={min=2,max=3,half_width=0.1,of=\"order_fill\"}";
    let output = backorder(&folder, &format!("run @rules/swap.toml -o out --trace trace.jsonl --set {aim}"));
    assert_exit(&output, 2);
    assert_eq!(std::fs::read_to_string(folder.join("trace.jsonl")).expect("it is there"), "earlier");
    assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 1, "and nothing else is");
}

#[test]
fn a_scenario_that_is_no_text_is_told_so() {
    let folder = folder("no-text");
    std::fs::write(folder.join("latin.toml"), b"name = \"a\"\n# \xe9\n").expect("a file");
    let output = backorder(&folder, "validate latin.toml");
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("not UTF-8 text (line 2)"), "{}", stderr(&output));
}
