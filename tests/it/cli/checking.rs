//! `check`: baselines from the first day to a change that moves them, as a person and as CI meet it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::expected;

use super::{assert_exit, backorder, folder, scenario, stderr, stdout, with};

/// A folder with a story and a retailer of theory as scenarios, and a baseline of each.
fn guarded(name: &str) -> PathBuf {
    let folder = folder(name);
    for story in ["rules/auto-cancel.toml", "theory/reneging.toml"] {
        let file = Path::new(story).file_name().expect("a name");
        fs::copy(scenario(story), folder.join(file)).expect("a scenario to copy");
    }
    fs::create_dir_all(folder.join("guard/theory")).expect("a folder");
    write(&folder, "guard/story.toml", "scenario = \"../auto-cancel.toml\"\n");
    write(
        &folder,
        "guard/theory/reneging.toml",
        "scenario = \"../../reneging.toml\"\nset = [\"run.horizon=200d\", \"run.warm_up=50d\"]\nreplications = 10\n\
         mode = \"statistical\"\nmeasures = [\"unit_fill_rate\", \"removed_line_share\"]\n",
    );
    let first = backorder(&folder, "check guard --update");
    assert_exit(&first, 0);
    assert!(stdout(&first).contains("2 of 2 baselines are new"), "{}", stdout(&first));
    assert!(!folder.join("guard/story.json").exists(), "nothing is taken over by itself");
    assert_exit(&backorder(&folder, "check guard --accept"), 0);
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("a file to write");
}

/// Changes a scenario as a rule's change would show.
fn change(folder: &Path, name: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(name)).expect("a scenario");
    assert!(text.contains(from), "{name} has {from}");
    write(folder, name, &text.replacen(from, to, 1));
}

#[test]
fn what_is_unchanged_passes_with_the_same_bytes_for_any_threads() {
    let folder = guarded("check-unchanged");
    let one = backorder(&folder, "check guard --json --jobs 1");
    assert_exit(&one, 0);
    let json: Value = serde_json::from_str(&stdout(&one)).expect("JSON");
    assert_eq!((json["verdict"].as_str(), json["checked"].as_u64()), (Some("unmoved"), Some(2)));
    assert_eq!(stdout(&backorder(&folder, "check guard --json --jobs 3")), stdout(&one));
    assert_eq!(stdout(&backorder(&folder, "check guard")), "Nothing moved in 2 baselines.\n");
    let again = backorder(&folder, "check guard --update");
    assert!(stdout(&again).contains("Nothing is new"), "{}", stdout(&again));
}

#[test]
fn no_two_outputs_are_one_file() {
    let folder = guarded("check-one-file");
    let refused = backorder(&folder, "check guard --junit said.xml --markdown ./said.xml");
    assert_exit(&refused, 2);
    assert!(stderr(&refused).contains("--markdown and --junit name the same file, said.xml"), "{}", stderr(&refused));
    assert!(!folder.join("said.xml").exists());
    let refused = backorder(&folder, "run auto-cancel.toml --trace a.json --ocel ./a.json");
    assert_exit(&refused, 2);
    assert!(stderr(&refused).contains("--trace and --ocel name the same file"), "{}", stderr(&refused));
}

#[test]
fn a_days_shift_of_the_limit_is_told_with_rule_measures_and_event() {
    let folder = guarded("check-shifted");
    change(&folder, "auto-cancel.toml", "after = \"30d\"", "after = \"29d\"");
    let moved = with(&folder, "check guard --markdown said.md --junit said.xml --sarif said.sarif --annotations", &[]);
    assert_exit(&moved, 3);
    let page = stdout(&moved);
    let lines = page.lines().filter(|line| !line.starts_with("::"));
    assert!(lines.clone().all(|line| line.chars().count() <= 80), "{page}");
    for word in [
        "1 of 2 baselines moved, by rule `auto-cancel` first",
        "orders with an auto-cancellation",
        "at 30d1s line-auto-cancelled, order 1",
        "story: changed since it was stored: auto-cancel.toml",
        "backorder check guard --accept",
        "::error file=guard/story.toml,line=1",
    ] {
        assert!(page.contains(word), "{word}: {page}");
    }
    for (file, word) in [
        ("said.md", "# backorder check\n\n1 of 2 baselines moved"),
        ("said.xml", "failures=\"1\""),
        ("said.sarif", "baseline-moved"),
    ] {
        let text = fs::read_to_string(folder.join(file)).expect("it was written");
        assert!(text.contains(word), "{word}: {text}");
    }
    let as_shares = backorder(&folder, "check guard --json --mode statistical");
    assert_exit(&as_shares, 3);
    let json: Value = serde_json::from_str(&stdout(&as_shares)).expect("JSON");
    assert_eq!(json["first_event"]["rule"], "auto-cancel");

    assert_exit(&backorder(&folder, "check guard --update"), 0);
    assert!(folder.join("guard/story.json.new").exists() && !folder.join("guard/theory/reneging.json.new").exists());
    assert_exit(&backorder(&folder, "check guard"), 3);
    assert_exit(&backorder(&folder, "check guard --accept"), 0);
    assert_exit(&backorder(&folder, "check guard"), 0);
    let none = backorder(&folder, "check guard --accept");
    assert_exit(&none, 2);
    assert!(stderr(&none).contains("--update writes them"), "{}", stderr(&none));
}

#[test]
fn statistical_baselines_pass_over_what_does_not_matter_and_say_when_they_cannot_tell() {
    let folder = guarded("check-statistical");
    change(&folder, "reneging.toml", "order_up_to = 2", "order_up_to = 3");
    let moved = backorder(&folder, "check guard/theory/reneging.toml");
    assert_exit(&moved, 3);
    assert!(stdout(&moved).contains("\nunits filled at once "), "{}", stdout(&moved));
    assert!(stdout(&moved).contains("Changes are paired"), "{}", stdout(&moved));
    let file = "guard/theory/reneging.toml";
    let text = fs::read_to_string(folder.join(file)).expect("a baseline");
    write(&folder, file, &format!("{text}[tolerances]\nunit_fill_rate = 0.9\nremoved_line_share = 0.9\n"));
    assert_exit(&backorder(&folder, "check guard"), 0);
    write(&folder, file, &text);
    change(&folder, "reneging.toml", "order_up_to = 3", "order_up_to = 2");
    let other = backorder(&folder, "check guard --mode statistical --seed 99");
    assert_exit(&other, 4);
    assert!(stdout(&other).contains("are not paired"), "{}", stdout(&other));
    assert!(!stdout(&other).contains("Changes are paired"), "{}", stdout(&other));
}

#[test]
fn a_rule_that_decides_otherwise_is_told_by_its_own_decisions() {
    let folder = guarded("check-decisions");
    change(&folder, "guard/decisions.csv", "limit 30d\",31d1s", "limit 30d\",32d1s");
    for arguments in ["check guard", "check guard/story.toml", "check guard/theory"] {
        let moved = backorder(&folder, arguments);
        assert_exit(&moved, 3);
        assert!(stdout(&moved).starts_with("Rule `auto-cancel` decides 1 case otherwise;"), "{}", stdout(&moved));
        assert!(stdout(&moved).contains("limit 30d): 31d1s instead of"), "{}", stdout(&moved));
    }
    let told = backorder(&folder, "check guard --mode statistical");
    assert_exit(&told, 0);
    assert!(stdout(&told).contains("31d1s instead of"), "{}", stdout(&told));
    let new = backorder(&folder, "check guard/theory --update");
    assert!(stdout(&new).contains("0 of 1 baselines are new, and the rules' decisions"), "{}", stdout(&new));
    assert!(folder.join("guard/decisions.csv.new").exists() && !folder.join("guard/theory/decisions.csv.new").exists());
    write(&folder, "guard/decisions.csv.new", "nonsense\n");
    let wrong = backorder(&folder, "check guard --accept");
    assert_exit(&wrong, 2);
    assert!(stderr(&wrong).contains("it is no table of decisions"), "{}", stderr(&wrong));
    let wrong = backorder(&folder, "check guard --update");
    assert_exit(&wrong, 2);
    assert!(stderr(&wrong).contains("decisions.csv.new: it is there already and is no table"), "{}", stderr(&wrong));
    fs::remove_file(folder.join("guard/decisions.csv.new")).expect("it is there");
    assert_exit(&backorder(&folder, "check guard --update"), 0);
    assert_exit(&backorder(&folder, "check guard --accept"), 0);
    assert_eq!(stdout(&backorder(&folder, "check guard")), "Nothing moved in 2 baselines.\n");
    write(&folder, "guard/decisions.csv", "rule,decision,case\n");
    let wrong = backorder(&folder, "check guard");
    assert_exit(&wrong, 2);
    assert!(stderr(&wrong).contains("guard/decisions.csv: it is no table of decisions: its columns are not"));
}

#[test]
fn everything_wrong_is_told_at_once_and_nothing_is_run() {
    let folder = guarded("check-wrong");
    for (arguments, word) in [
        ("check", "benches/baselines: there is no such folder"),
        ("check guard/theory/reneging.toml --seed 3 --mode exact", "add --mode statistical"),
        ("check guard/story.toml --junit guard/story.toml", "name another file"),
    ] {
        let wrong = backorder(&folder, arguments);
        assert_exit(&wrong, 2);
        assert!(stderr(&wrong).contains(word), "{}", stderr(&wrong));
    }
    write(&folder, "guard/a.toml", "scenario = \"../auto-cancel.toml\"\nmode = \"exacts\"\nreplications = 0\n");
    write(&folder, "guard/b.toml", "scenario = \"../auto-cancle.toml\"\n");
    write(&folder, "guard/c.toml", "scenario = \"../auto-cancel.toml\"\nset = [\"rules.cancelation.after=3d\"]\n");
    write(&folder, "guard/d.toml", "scenario = \"../auto-cancel.toml\"\n");
    write(&folder, "guard/story.json", "{\"backorder\": 1}\n");
    change(&folder, "guard/theory/reneging.toml", "replications = 10", "replications = 12");
    let wrong = backorder(&folder, "check guard");
    assert_exit(&wrong, 2);
    let told = stderr(&wrong);
    for word in [
        "guard/a.toml:2",
        "did you mean \"exact\"?",
        "guard/a.toml:3",
        "did you mean",
        "named by guard/b.toml",
        "guard/c.toml:2",
        "did you mean `cancellation`?",
        "guard/d.toml: nothing is stored of it yet; make it anew: backorder check guard/d.toml --update",
        "guard/story.json: it is no data of a baseline",
        "guard/theory/reneging.json: it holds 10 replications where the baseline asks for 12",
    ] {
        assert!(told.contains(word), "{word}: {told}");
    }
    write(&folder, "guard/story.json.new", "{}");
    let wrong = backorder(&folder, "check guard --accept");
    assert_exit(&wrong, 2);
    assert!(stderr(&wrong).contains("Nothing was taken over"), "{}", stderr(&wrong));
}

#[test]
fn a_study_is_guarded_cell_by_cell() {
    let folder = folder("check-study");
    fs::copy(scenario("theory/reneging.toml"), folder.join("reneging.toml")).expect("a scenario to copy");
    write(
        &folder,
        "study.toml",
        "scenario = \"reneging.toml\"\nset = [\"run.horizon=100d\", \"run.warm_up=50d\"]\n\
         axes = [{ key = \"replenishment.order_up_to\", values = \"1..3\" }]\n",
    );
    write(&folder, "base.toml", "scenario = \"study.toml\"\nreplications = 2\n");
    assert_exit(&backorder(&folder, "check base.toml --update"), 0);
    assert_exit(&backorder(&folder, "check base.toml --accept"), 0);
    assert_exit(&backorder(&folder, "check base.toml"), 0);
    // One cell is not what it was any more.
    let text = fs::read_to_string(folder.join("base.json")).expect("what is stored");
    let at = text.rfind("\"orders\": {\"n\": [").expect("the orders of the last cell") + 16;
    write(&folder, "base.json", &format!("{}1{}", &text[..at + 1], &text[at + 1..]));
    let moved = backorder(&folder, "check base.toml");
    assert_exit(&moved, 3);
    assert!(stdout(&moved).contains("base [replenishment.order_up_to=3]: 1 measure moved"), "{}", stdout(&moved));
}

#[test]
fn the_schema_beside_the_baselines_is_the_one_that_backorder_prints() {
    let printed = stdout(&backorder(&folder("check-schema"), "schema baseline"));
    let meaning = "It is made from the declarations: UPDATE_EXPECTED=1 cargo test --test it checking";
    expected::matches(Path::new("benches/baselines/baseline.schema.json"), &printed, meaning);
}

#[test]
fn the_stories_of_the_rules_are_what_they_were() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stories = backorder(top, "check benches/baselines/rules");
    assert_exit(&stories, 0);
    assert!(stdout(&stories).starts_with("Nothing moved in 15 baselines.\n"), "{}", stdout(&stories));
}

#[test]
fn a_baseline_that_is_reached_in_several_ways_is_checked_once() {
    let folder = guarded("check-ways");
    #[cfg(unix)]
    std::os::unix::fs::symlink(".", folder.join("guard/again")).expect("a link");
    let once = backorder(&folder, "check guard ./guard guard/theory guard/story.toml");
    assert_exit(&once, 0);
    assert_eq!(stdout(&once), "Nothing moved in 2 baselines.\n");
}

#[test]
fn what_is_not_stored_is_told_and_what_waits_is_named() {
    let folder = guarded("check-lacking");
    let text = fs::read_to_string(folder.join("guard/story.json")).expect("what is stored");
    let without: Vec<&str> = text.lines().filter(|line| !line.contains("\"swapped_line_share\"")).collect();
    write(&folder, "guard/story.json", &without.join("\n"));
    let told = backorder(&folder, "check guard");
    assert_exit(&told, 0);
    let note = "Note: story: not stored, so not compared: swapped_line_share; --update adds it";
    assert!(stdout(&told).contains(note), "{}", stdout(&told));
    assert!(stdout(&backorder(&folder, "check guard --update")).contains("1 of 2 baselines are new"));
    fs::remove_file(folder.join("guard/story.json")).expect("it is there");
    let waits = backorder(&folder, "check guard");
    assert_exit(&waits, 2);
    let word = "look at guard/story.json.new, and take it over: backorder check guard/story.toml --accept";
    assert!(stderr(&waits).contains(word), "{}", stderr(&waits));
    assert_exit(&backorder(&folder, "check guard/story.toml --accept"), 0);
    assert_eq!(stdout(&backorder(&folder, "check guard")), "Nothing moved in 2 baselines.\n");
}

#[test]
fn a_path_with_spaces_can_be_typed_as_it_is_told() {
    let folder = guarded("check-spaces");
    fs::rename(folder.join("guard"), folder.join("our guard")).expect("another name");
    fs::remove_file(folder.join("our guard/story.json")).expect("it is there");
    let told = with(&folder, "check", &["our guard"]);
    assert_exit(&told, 2);
    assert!(stderr(&told).contains("backorder check 'our guard/story.toml' --update"), "{}", stderr(&told));
}

#[test]
fn what_judges_nothing_takes_no_options_of_a_judgement() {
    let folder = guarded("check-idle");
    for words in ["--update --markdown said.md", "--accept --junit said.xml", "--accept --quick", "--accept --seed 3"] {
        assert_exit(&backorder(&folder, &format!("check guard {words}")), 2);
    }
    // Under a statistical judgement other decisions are told, as no error.
    let text = fs::read_to_string(folder.join("guard/decisions.csv")).expect("the decisions");
    write(&folder, "guard/decisions.csv", &text.replacen(",no\n", ",perhaps\n", 1));
    let told = backorder(&folder, "check guard --mode statistical --annotations");
    assert_exit(&told, 0);
    assert!(stdout(&told).starts_with("::warning file=guard/decisions.csv"), "{}", stdout(&told));
    let failed = backorder(&folder, "check guard --annotations");
    assert_exit(&failed, 3);
    assert!(stdout(&failed).starts_with("::error file=guard/decisions.csv"), "{}", stdout(&failed));
}

#[test]
fn a_baseline_without_what_is_judged_is_damaged() {
    let folder = guarded("check-gutted");
    let gut = |file: &str, change: &dyn Fn(&mut Value)| {
        let place = folder.join(file);
        let whole = fs::read_to_string(&place).expect("what is stored");
        let mut json: Value = serde_json::from_str(&whole).expect("JSON");
        change(&mut json["cells"][0]);
        fs::write(&place, json.to_string()).expect("a file to write");
        let wrong = backorder(&folder, "check guard");
        assert_exit(&wrong, 2);
        assert!(stderr(&wrong).contains("make it anew"), "{}", stderr(&wrong));
        fs::write(&place, whole).expect("a file to write");
        stderr(&wrong)
    };
    let none = gut("guard/story.json", &|cell| cell["measures"] = serde_json::json!({}));
    assert!(none.contains("guard/story.json: of what is judged it does not hold "), "{none}");
    let untraced = gut("guard/story.json", &|cell| cell["traces"] = serde_json::json!([]));
    assert!(untraced.contains("it does not hold the traces of"), "{untraced}");
    let judged = gut("guard/theory/reneging.json", &|cell| {
        cell["measures"].as_object_mut().expect("an object").remove("removed_line_share");
    });
    assert!(judged.contains("it does not hold removed_line_share"), "{judged}");
    assert_exit(&backorder(&folder, "check guard"), 0);
}

#[test]
fn what_quick_leaves_out_is_told_and_nothing_checked_is_no_success() {
    let folder = guarded("check-quick");
    write(&folder, "guard/story.toml", "scenario = \"../auto-cancel.toml\"\nsuite = \"full\"\n");
    let some = backorder(&folder, "check guard --quick");
    assert_exit(&some, 0);
    assert!(stdout(&some).contains("Note: 1 baseline of the full suite is left out"), "{}", stdout(&some));
    let none = backorder(&folder, "check guard/story.toml --quick");
    assert_exit(&none, 2);
    assert!(stderr(&none).contains("leave --quick out"), "{}", stderr(&none));
}

#[test]
fn files_of_others_are_not_replaced_by_what_is_new() {
    let folder = guarded("check-foreign");
    write(&folder, "guard/story.json.new", "my notes\n");
    let wrong = backorder(&folder, "check guard --update");
    assert_exit(&wrong, 2);
    assert!(stderr(&wrong).contains("guard/story.json.new: it is there already"), "{}", stderr(&wrong));
    assert_eq!(fs::read_to_string(folder.join("guard/story.json.new")).expect("it stays"), "my notes\n");
    fs::remove_file(folder.join("guard/story.json.new")).expect("it is there");
    write(&folder, "guard/story.json", "{\"mine\": 1}\n");
    assert_exit(&backorder(&folder, "check guard --update"), 2);
    assert_exit(&backorder(&folder, "check guard --update --force"), 0);
    assert_exit(&backorder(&folder, "check guard --accept"), 2);
    assert_exit(&backorder(&folder, "check guard --accept --force"), 0);
    assert_exit(&backorder(&folder, "check guard"), 0);
    let named = backorder(&folder, "check guard/story.json");
    assert_exit(&named, 2);
    assert!(stderr(&named).contains("name the baseline, guard/story.toml"), "{}", stderr(&named));
    fs::rename(folder.join("guard/story.toml"), folder.join("guard/tale.toml")).expect("another name");
    assert_exit(&backorder(&folder, "check guard/tale.toml --update"), 0);
    assert_exit(&backorder(&folder, "check guard/tale.toml --accept"), 0);
    let told = backorder(&folder, "check guard");
    assert!(stdout(&told).contains("guard/story.json belongs to no baseline"), "{}", stdout(&told));
    for place in ["--markdown guard", "--markdown no/dir/x.md"] {
        assert_exit(&backorder(&folder, &format!("check guard {place}")), 2);
    }
}

#[test]
fn where_orders_differ_no_rule_is_blamed() {
    let folder = guarded("check-orders");
    let text = fs::read_to_string(folder.join("auto-cancel.toml")).expect("a scenario");
    let changed = text.replacen("\"1d\"", "\"2d\"", 1);
    assert_ne!(changed, text);
    write(&folder, "auto-cancel.toml", &changed);
    let moved = backorder(&folder, "check guard --json");
    assert_exit(&moved, 3);
    let json: Value = serde_json::from_str(&stdout(&moved)).expect("JSON");
    let sentence = json["sentence"].as_str().expect("a sentence");
    assert!(sentence.contains("orders differ first") && !sentence.contains("by rule"), "{sentence}");
}
