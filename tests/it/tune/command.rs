//! `backorder tune` as a user runs it: exact (r, Q) optima, bounds, what is written, what is told.

use serde_json::Value;

use super::beds::seeds;
use super::one_product::{BOTH, OneProduct, json, tune, written};
use crate::cli::{assert_exit, folder, program, stderr, stdout};

#[test]
fn the_exact_reorder_point_and_quantity_or_one_within_half_a_percent() {
    let cases = seeds(2, 30);
    let of = cases.end;
    let good = cases
        .filter(|&number| {
            let case = OneProduct::drawn(number);
            let folder = folder(&format!("tune-exact-{number}"));
            written(&folder, &case.scenario());
            let output = tune(&folder, &[&["shop.toml", "-q"][..], &BOTH].concat());
            assert_exit(&output, 0);
            let chosen = &json(&folder)["chosen"];
            let level = |key: &str| chosen[key].as_i64().expect("a level");
            let cost = case.cost(level("replenishment.reorder_point"), level("replenishment.quantity"));
            let excess = cost / case.best() - 1.0;
            println!("{number}: {chosen} {:.3} % above the least cost", 100.0 * excess);
            excess <= 0.005
        })
        .count() as u64;
    assert_eq!(good, of, "{good} of {of}");
}

#[test]
fn the_tuned_scenario_gives_the_stated_figures_again() {
    let folder = folder("tune-again");
    written(&folder, &OneProduct::drawn(3).scenario());
    let few = ["--budget", "400", "--replications", "10"];
    assert_exit(&tune(&folder, &[&["shop.toml", "--jobs", "1"][..], &BOTH, &few].concat()), 0);
    let found = json(&folder);
    let toml = std::fs::read_to_string(folder.join("output/tune-shop/tuned.toml")).expect("the tuned scenario");
    assert!(toml.contains("# was 10; a guess"), "{toml}");
    let seed = found["estimated_with_seed"].to_string();
    let again = program(&folder)
        .args(["run", "output/tune-shop/tuned.toml", "--seed", &seed, "--replications", "10", "--json", "-o", "again"])
        .output()
        .expect("the program starts");
    assert_exit(&again, 0);
    let summary: Value = serde_json::from_str(&stdout(&again)).expect("it is JSON");
    assert_eq!(summary["metrics"]["cost_per_order"]["mean"], found["objective"]["mean"]);
    // Today's settings stand beside the chosen ones.
    let today = &found["today"]["settings"];
    assert_eq!(*today, serde_json::json!({ "replenishment.reorder_point": 10, "replenishment.quantity": 30 }));
    let page = std::fs::read_to_string(folder.join("output/tune-shop/report.html")).expect("the page");
    for told in [
        "<caption>Today&#39;s settings and the chosen ones</caption>",
        "<caption>The chosen settings with one of them moved a level</caption>",
        "<code>backorder run tuned.toml --seed 5 --replications 10</code> gives them again.",
    ] {
        assert!(page.contains(told) || page.contains(&told.replace("&#39;", "'")), "{told} is missing");
    }
    assert!(!page.contains(">Finding<"), "the finding stands at the top, not under a heading");
    let chart = folder.join("output/tune-shop/charts/cost_against_service.svg");
    let chart = std::fs::read_to_string(chart).expect("the chart");
    assert!(!chart.contains(">−"), "no axis reaches below 0 where nothing does");
    // The same bytes for any number of threads.
    assert_exit(&tune(&folder, &[&["shop.toml", "--jobs", "2", "-o", "two"][..], &BOTH, &few].concat()), 0);
    let two = std::fs::read_to_string(folder.join("two/tune.json")).expect("the file");
    assert_eq!(serde_json::from_str::<Value>(&two).expect("it is JSON"), found);
}

/// The same as options, in a scenario.
const TABLE: &str = "
[tune]
minimise = \"cost_per_order\"
require = [\"unit_fill_rate >= 0.9\"]
budget = 200
delta = 0.05
confidence = 0.9
replications = 5
[[tune.vary]]
key = \"replenishment.reorder_point\"
values = \"0..20\"
[[tune.vary]]
key = \"replenishment.quantity\"
values = [10, 20, 30]
";

#[test]
fn a_scenario_can_say_what_is_tuned_and_an_option_goes_before() {
    let folder = folder("tune-table");
    let scenario = OneProduct::drawn(2).scenario();
    written(&folder, &(scenario.clone() + TABLE));
    // Nothing within reach meets what must hold, and the exit code says so.
    assert_exit(&tune(&folder, &["shop.toml"]), 3);
    let stated = json(&folder);
    let options = "--minimise cost_per_order --budget 200 --delta 0.05 --confidence 0.9 --replications 5 \
                   --vary replenishment.reorder_point=0..20 --vary replenishment.quantity=10,20,30";
    let options: Vec<&str> = options.split_whitespace().chain(["--require", "unit_fill_rate >= 0.9"]).collect();
    written(&folder, &scenario);
    assert_exit(&tune(&folder, &[&["shop.toml"][..], &options].concat()), 3);
    // Only the file that was read is another one.
    let without_files = |mut found: Value| {
        found["files"] = Value::Null;
        found
    };
    assert_eq!(without_files(json(&folder)), without_files(stated));
    // Other commands pass over the table; an option goes before it.
    written(&folder, &(scenario + TABLE));
    let run = program(&folder).args(["validate", "shop.toml"]).output().expect("the program starts");
    assert_exit(&run, 0);
    assert_exit(
        &tune(&folder, &["shop.toml", "--vary", "replenishment.reorder_point=30,40", "--replications", "6"]),
        0,
    );
    let found = json(&folder);
    assert_eq!(found["chosen"].as_object().map(|chosen| chosen.len()), Some(1), "{found:#}");
}

#[test]
fn a_budget_of_time_is_a_number_of_replications_that_gives_the_same_again() {
    let folder = folder("tune-time");
    written(&folder, &OneProduct::drawn(2).scenario());
    let few = ["shop.toml", "--vary", "replenishment.reorder_point=5..8", "--replications", "5", "--budget"];
    let output = tune(&folder, &[&few[..], &["2s"]].concat());
    assert_exit(&output, 0);
    let told = stderr(&output);
    let count = told.split("--budget ").nth(1).and_then(|rest| rest.split('.').next()).expect("the number is told");
    let found = json(&folder);
    assert!(told.contains(&format!("In 2s this machine runs about {count} replications")), "{told}");
    assert_exit(&tune(&folder, &[&few[..], &[count]].concat()), 0);
    assert_eq!(json(&folder), found);
}

#[test]
fn the_difference_that_matters_does_not_come_from_a_bad_guess() {
    let folder = folder("tune-delta");
    // Its guess of 10 and 30 costs several times the least.
    let case = OneProduct::drawn(14);
    assert!(case.cost(10, 30) > 3.0 * case.best(), "a bad guess");
    written(&folder, &case.scenario());
    let few = ["--budget", "60", "--replications", "3"];
    assert_exit(&tune(&folder, &[&["shop.toml", "-q"][..], &BOTH, &few].concat()), 0);
    let delta = json(&folder)["guarantee"]["delta"].as_f64().expect("it is stated");
    assert!(delta < 0.005 * case.best(), "{delta}, and {} at best", case.best());
}

#[test]
fn what_cannot_be_met_what_changes_nothing_and_an_edge_are_told() {
    let folder = folder("tune-told");
    written(&folder, &OneProduct::drawn(0).scenario());
    let few = ["--budget", "200", "--replications", "5"];
    let point = ["shop.toml", "--vary", "replenishment.reorder_point=0..3"];
    let output = tune(&folder, &[&point[..], &["--require", "unit_fill_rate >= 0.999"], &few].concat());
    assert_exit(&output, 3);
    assert!(stderr(&output).contains("Nothing was found that meets what must hold"), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.contains("meets units filled at once ≥ 99.9 %") && text.contains("Nearest came"), "{text}");
    assert_eq!(json(&folder)["feasible"], false);
    assert!(!folder.join("output/tune-shop/tuned.toml").exists(), "nothing to propose");
    // Far from what must hold, it is told plainly, whatever the budget.
    assert!(
        text.replace('\n', " ").contains("Nothing that was looked at meets units filled at once ≥ 99.9 %"),
        "{text}"
    );
    let output = tune(&folder, &[&point[..], &["--vary", "rules.split.ship_available=0..1 step 0.25"], &few].concat());
    assert_exit(&output, 0);
    let text = stdout(&output).replace('\n', " ");
    assert!(text.contains("At the edge of its range: reorder point"), "{text}");
    assert!(text.contains("Share shipped ahead changes nothing here"), "{text}");
    // Levels that differ nowhere near the chosen one, but do farther off.
    let targets = ["shop.toml", "--vary", "replenishment.reorder_point=-1,0,90", "--minimise", "on_hand_mean_cost"];
    assert_exit(&tune(&folder, &[&targets[..], &["--set", "demand.orders_per_day=0.001"], &few].concat()), 0);
    assert_eq!(json(&folder)["changes_nothing"], serde_json::json!([]));
}

#[test]
fn a_wrong_question_is_told_before_anything_runs() {
    let folder = folder("tune-wrong");
    written(&folder, &OneProduct::drawn(0).scenario());
    for (arguments, told) in [
        (&["--vary", "replenishment.reorder_pint=0..3"][..], "reorder_pint"),
        (&["--vary", "run.seed=1..3"], "no decision"),
        (&["--vary", "replenishment.quantity=1..3", "--vary", "replenishment.quantity=4..5"], "varied twice"),
        (&["--vary", "replenishment.quantity=1..3", "--require", "change(unit_fill_rate) >= 0"], "several scenarios"),
        (&["--vary", "replenishment.quantity=1..3", "--require", "unit_fill_rate = 1"], "at least or at most"),
        (&["--maximise", "unit_fill_rate"], "--maximise goes with --vary"),
        (&["--delta", "1", "--confidence", "0.9"], "--confidence goes with --vary"),
        (&["--slurm"], "--rounds"),
    ] {
        let output = tune(&folder, &[&["shop.toml"][..], arguments].concat());
        assert_exit(&output, 2);
        assert!(stderr(&output).contains(told), "{arguments:?}: {}", stderr(&output));
        assert!(!folder.join("output").exists(), "nothing was written");
    }
}

#[test]
fn levels_of_every_product_are_proposed_and_can_be_run() {
    let folder = folder("tune-levels");
    written(&folder, &OneProduct::drawn(1).scenario_of_two());
    let output =
        tune(&folder, &["shop.toml", "--require", "unit_fill_rate >= 0.9", "--budget", "140", "--replications", "10"]);
    assert_exit(&output, 0);
    let found = json(&folder);
    assert_eq!((&found["levels"], &found["feasible"]), (&Value::from(2), &Value::from(true)), "{found:#}");
    let levels = std::fs::read_to_string(folder.join("output/tune-shop/levels.csv")).expect("the levels");
    assert!(
        levels.starts_with("warehouse,product,reorder_point,quantity,today_reorder_point,today_quantity,"),
        "{levels}"
    );
    assert_eq!(levels.lines().count(), 3);
    let seed = found["estimated_with_seed"].to_string();
    let again = program(&folder)
        .args(["run", "output/tune-shop/tuned.toml", "--seed", &seed, "--replications", "10", "--json", "-o", "again"])
        .output()
        .expect("the program starts");
    assert_exit(&again, 0);
    let page = std::fs::read_to_string(folder.join("output/tune-shop/report.html")).expect("the page");
    let told = format!("<code>backorder run tuned.toml --seed {seed} --replications 10</code> gives them again.");
    assert!(page.contains(&told), "{told} is missing");
    let summary: Value = serde_json::from_str(&stdout(&again)).expect("it is JSON");
    assert_eq!(summary["metrics"]["cost_per_order"]["mean"], found["objective"]["mean"]);
    assert!(summary["metrics"]["unit_fill_rate"]["mean"].as_f64() >= Some(0.89), "{summary:#}");
}

#[test]
fn levels_have_a_trade_off_with_today_on_it_and_what_cannot_be_met_is_told() {
    let folder = folder("tune-levels-told");
    written(&folder, &OneProduct::drawn(1).scenario_of_two());
    let few = ["shop.toml", "--budget", "140", "--replications", "10"];
    assert_exit(&tune(&folder, &[&few[..], &["--require", "unit_fill_rate >= 0.9"]].concat()), 0);
    let at = |name: &str| folder.join("output/tune-shop").join(name);
    let chart = std::fs::read_to_string(at("charts/cost_against_service.svg")).expect("the chart");
    assert!(chart.contains(">today<") && chart.contains(">proposed<"), "{chart}");
    let found = json(&folder);
    let path = found["path"].as_array().expect("prices");
    let (first, last) = (&path[0], &path[path.len() - 1]);
    let service = |it: &Value| it["service"]["mean"].as_f64().expect("a share");
    assert!(service(first) <= service(last), "a higher price buys no less service: {path:?}");
    let looked_at = std::fs::read_to_string(at("looked_at.csv")).expect("the table");
    assert_eq!(looked_at.lines().count(), 1 + path.len() + 9, "{looked_at}");
    // What no levels within reach give.
    let output = tune(&folder, &[&few[..], &["--require", "unit_fill_rate >= 0.99999"]].concat());
    assert_exit(&output, 3);
    let text = stdout(&output).replace('\n', " ");
    assert!(text.contains("No combination that was tried meets units filled at once ≥ 99.999 %"), "{text}");
    assert_eq!(json(&folder)["feasible"], false);
    assert!(at("levels.csv").is_file() && !at("tuned.toml").exists(), "what comes nearest is shown, not proposed");
    // What less stock is asked for lies at the other end of the prices.
    let stock = json(&folder)["today"]["on_hand_mean_cost"]["mean"].as_f64().expect("money");
    let at_most = format!("on_hand_mean_cost <= {}", stock * 0.9);
    assert_exit(&tune(&folder, &[&few[..], &["--require", &at_most]].concat()), 0);
    let found = json(&folder);
    assert_eq!(found["feasible"], true, "{found:#}");
    assert!(found["proposed"]["on_hand_mean_cost"]["mean"].as_f64() < Some(stock * 0.9));
}

#[test]
fn a_search_begins_with_todays_settings_too() {
    let folder = folder("tune-from-today");
    written(&folder, &OneProduct::drawn(3).scenario());
    let few = ["-q", "--budget", "150", "--replications", "3"];
    let looked_at = |words: &[&str], settings: Value| {
        assert_exit(&tune(&folder, &[&["shop.toml"][..], words, &few].concat()), 0);
        let found = json(&folder);
        let alternatives = found["alternatives"].as_array().expect("what was looked at");
        assert_ne!(found["by_theory"]["settings"], settings, "today's is not theory's");
        alternatives.iter().any(|it| it["settings"] == settings)
    };
    let (point, quantity) = ("replenishment.reorder_point", "replenishment.quantity");
    assert!(looked_at(&BOTH, serde_json::json!({ point: 10, quantity: 30 })));
    // What stands nowhere is what the scenario has by default; of a product it is that product's.
    let ahead = "rules.split.ship_available";
    let of_product = "replenishment.reorder_point[product p]";
    let product = format!("{of_product}=0..79");
    let words = ["--vary", &product, "--vary", BOTH[3], "--vary", "rules.split.ship_available=0.05..0.95 step 0.05"];
    assert!(looked_at(&words, serde_json::json!({ of_product: 10, quantity: 30, ahead: 0.95 })));
    // Beside a step the nearest; beyond the range none.
    let coarse = ["--vary", "replenishment.reorder_point=1..77 step 4", "--vary", BOTH[3]];
    assert!(looked_at(&coarse, serde_json::json!({ point: 9, quantity: 30 })));
    let beyond = ["--vary", "replenishment.reorder_point=20..79", "--vary", BOTH[3]];
    assert!(!looked_at(&beyond, serde_json::json!({ point: 20, quantity: 30 })));
}
