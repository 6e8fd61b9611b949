//! `compare` and gates: what is compared with what, the exit codes that a CI job reads, and the files.

use std::process::Output;

use serde_json::Value;

use super::{assert_exit, backorder, folder, scenario, stderr, stdout, with};

/// A quick scenario of one product.
const QUICK: &str = "@theory/palm-exponential.toml --set run.horizon=100d --set run.warm_up=20d";

/// A scenario of one product over 600 days, in one word.
fn quick(name: &str) -> String {
    format!("{} --set run.horizon=600d", scenario(&format!("theory/{name}.toml")).display())
}

fn json(output: &Output) -> Value {
    let text = stdout(output);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}:\n{text}"))
}

fn names(comparison: &Value) -> Vec<&str> {
    let scenarios = comparison["scenarios"].as_array().expect("a list");
    scenarios.iter().filter_map(|scenario| scenario["name"].as_str()).collect()
}

#[test]
fn a_gate_decides_the_exit_code_of_a_run() {
    let folder = folder("gates");
    let run = format!("run {QUICK} --replications 20 --quiet");
    for (gate, code) in
        [("unit_fill_rate >= 0.7", 0), ("unit_fill_rate >= 95 %", 3), ("unit_fill_rate >= 0.81", 4), ("swaps > 1", 2)]
    {
        assert_exit(&with(&folder, &run, &["--require", gate]), code);
    }
    // One that fails outweighs one that is open, in whichever order.
    let both = ["--require", "unit_fill_rate >= 0.81", "--require", "unit_fill_rate >= 0.95"];
    let output = with(&folder, &run, &both);
    assert_exit(&output, 3);
    assert!(stderr(&output).contains("A gate does not hold"));
    let change = with(&folder, &run, &["--require", "change(orders) > 0"]);
    assert_exit(&change, 2);
    assert!(stderr(&change).contains("backorder compare"), "{}", stderr(&change));
}

#[test]
fn a_gate_does_not_contradict_the_scorecard() {
    let folder = folder("gates-scorecard");
    // Orders of one line each from one zone at home: none is international, none is backordered in part.
    let run = format!("run {QUICK} --replications 5");
    let certain = with(&folder, &run, &["--require", "international_partial_share <= 0"]);
    assert_exit(&certain, 0);
    let page = stdout(&certain).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("no zone is international") && page.contains("Gates: all hold"), "{page}");
    assert!(page.contains("What holds without a figure is certain"), "{page}");
    // A single replication has no interval, and what is certain needs none.
    let once = format!("run {QUICK} --replications 1 --set rules.cancellation.after=never");
    assert_exit(&with(&folder, &once, &["--require", "auto_cancelled_order_share <= 0.1 %"]), 0);
    let both =
        ["-o", "both", "--set", "replenishment.order_up_to=7", "--require", "B: international_partial_share <= 0"];
    assert_exit(&with(&folder, &format!("compare {QUICK} --replications 5"), &both), 0);

    let run = format!("{run} --set rules.split.ship_available=0.9");
    let without = with(&folder, &run, &["--require", "shipped_ahead_share >= 0.5"]);
    assert_exit(&without, 4);
    let page = stdout(&without).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        page.contains("Gates: not all had an occasion") && page.contains("help only where the scenario lets"),
        "{page}"
    );
    let told = stderr(&without);
    assert!(told.contains("A gate had no occasion") && !told.contains("at this many"), "{told}");
    let summary = json(&with(&folder, &format!("{run} --json"), &["--require", "shipped_ahead_share >= 0.5"]));
    assert_eq!(summary["gates"][0]["verdict"], "no occasion");
}

#[test]
fn a_gate_stands_in_the_table_and_in_json() {
    let folder = folder("gates-shown");
    let run = format!("run {QUICK} --replications 20");
    let gate = ["--require", "unit_fill_rate >= 0.7"];
    let table = stdout(&with(&folder, &run, &gate));
    assert!(table.contains("Gates: all hold\n  unit_fill_rate >= 0.7 "), "{table}");
    let summary = json(&with(&folder, &format!("{run} --json"), &gate));
    assert_eq!(summary["gates"][0]["verdict"], "holds");
    assert_eq!(summary["gates"][0]["require"], "unit_fill_rate >= 0.7");
}

#[test]
fn one_file_and_a_setting_make_a_comparison() {
    let folder = folder("compare-set");
    let compare = "compare --set replenishment.order_up_to=7 --replications 4";
    let output = with(&folder, compare, &[&quick("palm-exponential")]);
    assert_exit(&output, 0);
    let page = stdout(&output);
    let horizon = "run.horizon=600d";
    let expected = format!(
        "A  {horizon}\nB  replenishment.order_up_to=7\nBy units filled at once, B (replenishment.order_up_to=7) is better than A"
    );
    assert!(page.starts_with(&expected), "{page}");
    assert!(page.contains("\nB (replenishment.order_up_to=7) is better in units filled at once +"), "{page}");
    assert!(page.contains("\n4 replications each of 600 days"), "{page}");
    let row = page.lines().find(|line| line.starts_with("  units filled at once")).expect("a row");
    assert!(row.ends_with("better"), "{row}");
    let target = folder.join("output/compare-palm-exponential");
    for name in [
        "comparison.json",
        "inputs.json",
        "differences.csv",
        "replications.csv",
        "provenance.json",
        "report.html",
        "charts/decision.svg",
        "charts/shares-b.svg",
    ] {
        assert!(target.join(name).is_file(), "{name}");
    }
    let again = backorder(&folder, "report output/compare-palm-exponential");
    assert_exit(&again, 0);
    assert!(stderr(&again).contains("report.html, 3 charts in charts/"), "{}", stderr(&again));
    // The command on the page is the same wherever the scenario stood when it was asked for.
    let told = std::fs::read_to_string(target.join("inputs.json")).unwrap();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let command = told["origin"]["command"].as_str().unwrap();
    assert!(command.starts_with("backorder compare 'palm-exponential.toml --set "), "{command}");
    assert_eq!(told["differing"][0]["scenario"], "B", "{told}");
    let page = std::fs::read_to_string(target.join("report.html")).unwrap();
    assert!(page.contains(">What differs<") && page.contains(">Reproduce</h2>"));
}

#[test]
fn more_scenarios_than_letters_are_refused() {
    let folder = folder("compare-many");
    let variants: String = (0..26).map(|level| format!(" --variant replenishment.order_up_to={level}")).collect();
    let output = backorder(&folder, &format!("compare {QUICK}{variants}"));
    assert_exit(&output, 2);
    let why = "27 scenarios are too many for one comparison, as each has a letter: compare at most 26 at a time";
    assert!(stderr(&output).contains(why), "{}", stderr(&output));
    assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 0, "nothing was written");
}

#[test]
fn how_long_to_look_is_no_difference_between_scenarios() {
    let folder = folder("compare-run");
    let compare = format!("compare {QUICK} --set replenishment.order_up_to=7 --replications 3 --json --quiet");
    let comparison = json(&backorder(&folder, &compare));
    assert_eq!(names(&comparison), ["palm-exponential", "replenishment.order_up_to=7"]);
    let notes = serde_json::json!(["B: levels are planned for it: 4 units in the mean instead of 3"]);
    assert_eq!((&comparison["horizon_days"], &comparison["notes"]), (&100.0.into(), &notes));
    let output = backorder(&folder, &format!("compare {QUICK}"));
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("holds for all scenarios"), "{}", stderr(&output));
}

#[test]
fn scenarios_of_one_name_go_by_their_paths_and_the_same_scenario_is_said_to_be() {
    let folder = folder("compare-namesakes");
    let text = std::fs::read_to_string(scenario("theory/palm-exponential.toml")).expect("the scenario");
    let text = text.replace("../backorder.schema.json", "backorder.schema.json").replace("245y", "100d");
    for name in ["old", "new"] {
        std::fs::create_dir_all(folder.join(name)).expect("a folder");
        std::fs::write(folder.join(name).join("plan.toml"), &text).expect("a file");
    }
    let output = backorder(&folder, "compare old/plan.toml new/plan.toml --replications 2 --json --quiet");
    assert_exit(&output, 0);
    let comparison = json(&output);
    assert_eq!(names(&comparison), ["old/plan.toml", "new/plan.toml"]);
    assert_eq!(comparison["notes"], serde_json::json!(["B is the same scenario as A: nothing can differ"]));
}

#[test]
fn a_comparison_goes_on_until_the_widest_difference_is_narrow_enough() {
    let folder = folder("compare-precision");
    let until = "run.replications={ min = 4, max = 60, half_width = 0.02, of = \"unit_fill_rate\" }";
    let compare = format!("compare {QUICK} --set replenishment.order_up_to=6 --json --quiet");
    let comparison = json(&with(&folder, &compare, &["--set", until]));
    let precision = &comparison["precision"];
    assert_eq!((&precision["of"], &precision["decided"]), (&"unit_fill_rate".into(), &true.into()), "{precision}");
    assert_eq!(
        precision["half_width_reached"],
        comparison["comparisons"][0]["differences"]["unit_fill_rate"]["half_width"]
    );
    assert!(comparison["replications"].as_u64().is_some_and(|count| (5..60).contains(&count)), "{comparison}");
    let never = until.replace("0.02", "0.0001");
    let comparison = json(&with(&folder, &compare, &["--set", &never]));
    assert_eq!((&comparison["precision"]["decided"], &comparison["replications"]), (&false.into(), &60.into()));
    assert!(comparison["notes"][0].as_str().is_some_and(|note| note.contains("not decidable at this many")));
}

#[test]
fn a_warm_up_found_by_itself_shows_what_it_rests_on_found_or_not() {
    let folder = folder("compare-warm-up");
    let looked_for = format!("{QUICK} --set run.horizon=200d --set run.warm_up=auto --replications 2 --quiet");
    let compare = format!("compare {looked_for} --set replenishment.order_up_to=8 -o both");
    assert_exit(&backorder(&folder, &compare), 0);
    let welch =
        |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    for name in ["both/warm_up-a.csv", "both/warm_up-b.csv"] {
        assert!(welch(name).lines().count() > 200, "{name}");
    }
    // Without replenishment the shelf runs down and then stays empty while the backlog grows.
    let wasting = format!("run {looked_for} --set replenishment.policy=r-Q --set replenishment.quantity=1");
    let wasting = format!("{wasting} --set replenishment.reorder_point=5 --set vendors.vendor.lead_time=10y -o none");
    let output = backorder(&folder, &wasting);
    assert_exit(&output, 1);
    let told = stderr(&output);
    assert!(told.contains("no steady state of the inventory level") && told.contains("none/warm_up.csv"), "{told}");
    // The pilot was made longer twice before it was given up.
    assert_eq!(welch("none/warm_up.csv").lines().count(), 1 + 4 * 200);
    assert!(!folder.join("none/summary.json").exists());
}

#[test]
fn variants_files_and_settings_of_their_own() {
    let folder = folder("compare-variants");
    let base = scenario("theory/palm-exponential.toml").display().to_string();
    let set = format!("{base} --set replenishment.order_up_to=4");
    let compare = "compare @theory/palm-exponential.toml @theory/palm-constant.toml --json --quiet --replications 3";
    let variant = "slow: vendors.vendor.lead_time={ gamma = { mean = \"3d\", cv = 0.5 } }, replenishment.order_up_to=6";
    let output = with(&folder, &format!("{compare} --set run.horizon=50d"), &[&set, "--variant", variant]);
    assert_exit(&output, 0);
    let comparison = json(&output);
    assert_eq!(names(&comparison), ["palm-exponential", "palm-constant", "replenishment.order_up_to=4", "slow"]);
    assert_eq!(comparison["horizon_days"], 50.0);
    assert!(comparison["best"].as_array().is_some_and(|best| !best.is_empty()));
    let replications = std::fs::read_to_string(folder.join("output/compare-palm-exponential/replications.csv"));
    assert_eq!(replications.expect("the file").lines().count(), 1 + 4 * 3);
}

#[test]
fn gates_of_a_comparison_speak_of_a_scenario_or_of_a_change() {
    let folder = folder("compare-gates");
    let compare = "compare --set replenishment.order_up_to=7 --replications 6 --quiet";
    for (gate, code) in [
        ("unit_fill_rate >= 0.9", 0),
        ("A: unit_fill_rate >= 0.9", 3),
        ("change(unit_fill_rate) > 10 %", 0),
        ("B: change(on_hand_mean_units) <= 0", 3),
        ("change(backorder_wait_days_mean) < 0.1", 0),
        ("C: orders > 0", 2),
        ("A: change(orders) = 0", 2),
    ] {
        assert_exit(&with(&folder, compare, &[&quick("palm-exponential"), "--require", gate]), code);
    }
    let unknown = with(&folder, compare, &[&quick("palm-exponential"), "--require", "seven: orders > 0"]);
    assert!(stderr(&unknown).contains("they are A (run.horizon=600d), B ("), "{}", stderr(&unknown));
}

#[test]
fn measures_and_zones_can_be_chosen() {
    let folder = folder("compare-zones");
    let compare = "compare --set replenishment.order_up_to=6 --replications 4 --json --quiet \
                   --metrics unit_fill_rate,on_hand_mean_units --indifference unit_fill_rate=50%";
    let output = with(&folder, compare, &[&quick("palm-exponential")]);
    assert_exit(&output, 0);
    let comparison = json(&output);
    assert_eq!(comparison["judged_together"], serde_json::json!(["unit_fill_rate", "on_hand_mean_units"]));
    let differences = &comparison["comparisons"][0]["differences"];
    assert_eq!(differences["unit_fill_rate"]["verdict"], "no difference that matters");
    assert_eq!(differences["on_hand_mean_units"]["verdict"], "worse");
    for wrong in [
        "--metrics unit_fil_rate",
        "--indifference unit_fill_rate=-0.1",
        "--indifference unit_fill_rate=5",
        "--indifference 0.5",
    ] {
        let output = backorder(&folder, &format!("compare @theory/palm-exponential.toml --set run.seed=1 {wrong}"));
        assert_exit(&output, 2);
    }
}

#[test]
fn the_result_does_not_depend_on_threads() {
    let folder = folder("compare-threads");
    let compare = format!("compare {QUICK} @theory/palm-constant.toml --replications 9 --json --quiet");
    let one = stdout(&backorder(&folder, &format!("{compare} --jobs 1")));
    assert_eq!(stdout(&backorder(&folder, &format!("{compare} --jobs 3"))), one);
}

#[test]
fn each_rule_is_taken_back_in_turn() {
    let folder = folder("compare-rules");
    let output = backorder(&folder, "compare --rules @rules/partial-split.toml");
    assert_exit(&output, 0);
    let page = stdout(&output);
    assert!(page.contains("In words") && page.contains("Not measured"), "{page}");
    for name in ["report.html", "charts/parcels_per_order.svg"] {
        assert!(folder.join("output/rules-partial-split").join(name).is_file(), "{name}");
    }
    let worth = std::fs::read_to_string(folder.join("output/rules-partial-split/rule_worth.json")).expect("the file");
    let worth: Value = serde_json::from_str(&worth).expect("it is JSON");
    let rules = worth["rules"].as_array().expect("a list");
    assert_eq!(rules.len(), 15);
    let of = |id: &str| rules.iter().find(|rule| rule["rule"] == id).expect("it is listed");
    // A scripted story has no chance in it: the difference is exact.
    let parcels = &of("partial-split")["effects"]["parcels_per_order"];
    assert_eq!(
        (&parcels["mean"], &parcels["half_width"], &parcels["verdict"]),
        (&2.0.into(), &0.0.into(), &"worse".into())
    );
    assert_eq!(of("support-24-7")["measured"], false);
}

#[test]
fn what_cannot_be_compared_is_told_with_what_can() {
    let folder = folder("compare-wrong");
    for (arguments, said) in [
        ("compare @theory/palm-exponential.toml", "needs two scenarios"),
        ("compare --rules @theory/palm-exponential.toml @theory/palm-constant.toml", "takes one scenario"),
        ("compare @theory/palm-exponential.toml nowhere.toml", "there is no such file"),
        ("compare @theory/palm-exponential.toml order_up_to=6", "is written --set 'order_up_to=6'"),
        ("compare @theory/palm-exponential.toml --set order_up_to=6", "belongs in [[products]] or"),
        ("compare @theory/palm-exponential.toml --set a.b=6 --set a.b=7", "--variant 'a.b=6' --variant 'a.b=7'"),
        ("compare @theory/palm-exponential.toml @theory/palm-exponential.toml --set a.b=6", "two of the scenarios are"),
        ("compare", "SCENARIO"),
    ] {
        let output = backorder(&folder, arguments);
        assert_exit(&output, 2);
        assert!(stderr(&output).contains(said), "{arguments}: {}", stderr(&output));
    }
    assert!(!folder.join("output").exists(), "nothing was written");
}
