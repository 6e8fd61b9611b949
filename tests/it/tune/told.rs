//! What `tune` tells of questions that are small, odd, or cannot be answered.

use super::one_product::{OneProduct, json, tune, written};
use crate::cli::{assert_exit, folder, stderr, stdout};

const FEW: [&str; 5] = ["shop.toml", "--budget", "40", "--replications", "3"];

/// A folder with a scenario of reorder point 10 and quantity 30.
fn shop(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    written(&folder, &OneProduct::drawn(0).scenario().replace("horizon = \"720d\"", "horizon = \"60d\""));
    folder
}

fn answer(folder: &std::path::Path, words: &[&str]) -> String {
    answer_with(0, folder, words)
}

/// The answer that comes with an exit code.
fn answer_with(code: i32, folder: &std::path::Path, words: &[&str]) -> String {
    let output = tune(folder, &[&FEW[..], words].concat());
    assert_exit(&output, code);
    stdout(&output).replace('\n', " ")
}

#[test]
fn the_least_budget_is_enough_for_a_choice() {
    let folder = shop("tune-least-budget");
    for selection in ["kn", "ocba"] {
        let words = ["--vary", "replenishment.reorder_point=0..79", "--delta", "0.0001", "--selection", selection];
        let text = answer(&folder, &words);
        let found = json(&folder);
        assert_eq!(found["feasible"], true, "{text}");
        let spent = &found["replications"];
        let spent = [&spent["search"], &spent["selection"]].map(|it| it.as_u64().expect("a number"));
        assert!(spent[1] >= 20 && spent.iter().sum::<u64>() <= 40, "{spent:?}");
    }
    assert_exit(&tune(&folder, &["shop.toml", "--vary", "replenishment.reorder_point=0..9", "--budget", "39"]), 2);
}

#[test]
fn a_single_value_that_is_worse_is_told_without_two_signs() {
    let folder = shop("tune-worse");
    let text = answer(&folder, &["--vary", "replenishment.reorder_point=-1"]);
    assert!(text.contains("Reorder point -1 is worse than today's by ") && !text.contains("by −"), "{text}");
    assert!(text.contains("1 alternative looked at") && text.contains("There was a single finalist"), "{text}");
}

#[test]
fn what_changes_nothing_stays_as_it_is_and_has_no_edge() {
    let folder = shop("tune-idle");
    let ahead = "rules.split.ship_available=0..1 step 0.05";
    let text = answer(&folder, &["--vary", "replenishment.order_up_to=10..20", "--vary", ahead]);
    assert!(text.contains("Order-up-to level and share shipped ahead change nothing here"), "{text}");
    assert!(!text.contains("At the edge"), "{text}");
    assert_eq!(json(&folder)["chosen"]["rules.split.ship_available"], 0.95, "what the scenario has by default");
}

#[test]
fn a_default_is_what_holds_today_only_where_it_does() {
    // The table is set as a whole, and the scenario promises nothing.
    let folder = shop("tune-today");
    let vary = ["--vary", "rules.split.ship_available=0.1,0.2", "--vary", "promise.of=shipped,delivered"];
    answer(&folder, &[&vary[..], &["--set", "rules.split={ship_available=0.7}"]].concat());
    assert_eq!(json(&folder)["today"]["settings"], serde_json::json!({}));
}

#[test]
fn what_is_decided_is_said_in_words_and_what_it_is_today_where_it_stands_nowhere() {
    let folder = shop("tune-words");
    let vary = ["--vary", "replenishment.reorder_point=40..42", "--vary", "sourcing.policy=fewest-parcels,nearest"];
    let more = ["--set", "run.run_out=5d", "--set", "replenishment.quantity=25", "--require", "cost_per_order <= 100"];
    let text = answer(&folder, &[&vary[..], &more].concat());
    assert!(
        !text.contains("replenishment.") && !text.contains("sourcing.") && !text.contains("cost_per_order"),
        "{text}"
    );
    assert!(text.contains("Cost per order ≤ 100: measured "), "{text}");
    let found = json(&folder);
    assert_eq!(found["today"]["settings"]["sourcing.policy"], "fewest-parcels", "it is the default");
    assert_eq!(found["variables"][0]["label"], "reorder point");
    let inputs = std::fs::read_to_string(folder.join("output/tune-shop/inputs.json")).expect("it was written");
    let inputs: serde_json::Value = serde_json::from_str(&inputs).expect("JSON");
    assert_eq!(inputs["varied"][1]["label"], "sourcing policy");
    let asked = inputs["asked"].as_array().expect("rows");
    let set = serde_json::json!(["Settings of the scenario", "run out 5d, quantity 25"]);
    assert!(asked.contains(&set), "{asked:?}");
    assert!(asked.contains(&serde_json::json!(["Must hold on average", "cost per order ≤ 100"])), "{asked:?}");
}

#[test]
fn differences_of_shares_are_points() {
    let folder = shop("tune-points");
    let text = answer(&folder, &["--vary", "replenishment.reorder_point=30..32", "--maximise", "order_fill_rate"]);
    let gain = text.strip_prefix("Tuning of ").and_then(|text| text.split_once("Gains ")).expect("more is filled").1;
    let (gain, rest) = gain.split_once(" points in orders filled at once, ").expect("points, and no share of a share");
    assert!(gain.contains(" ± ") && !gain.contains('%') && rest.contains(" % instead of "), "{text}");
}

#[test]
fn a_condition_is_not_named_twice_where_nothing_meets_it() {
    let folder = shop("tune-contradiction");
    let both = ["--require", "unit_fill_rate >= 0.9", "--require", "unit_fill_rate <= 0.1"];
    let text = answer_with(3, &folder, &[&["--vary", "replenishment.reorder_point=0..40"][..], &both].concat());
    assert!(text.contains("meets units filled at once ≥ 90 % and units filled at once ≤ 10 %"), "{text}");
    let nearest =
        text.split("Nearest came").nth(1).and_then(|rest| rest.split(" %.").next()).expect("what came nearest");
    assert_eq!(nearest.matches("units filled at once").count(), 1, "{text}");
}

/// Two regions, and so short a horizon that a few replications show little.
const UNSURE: &str = r#"
    name = "b"
    run = { horizon = "30d", replications = 2, seed = 7 }
    zones = [{ id = "w", share = 3 }, { id = "e", share = 4 }]
    warehouses = [{ id = "boise" }, { id = "har" }]
    lanes = [
        { from = "boise", to = "w", parcel_cost = 5.0, transit = "2d" },
        { from = "har", to = "e", parcel_cost = 6.0, transit = "1d" },
    ]
    vendors = [{ id = "acme", lead_time = { gamma = { mean = "6d", cv = 0.5 } }, order_cost = 15.0 }]
    products = [
        { id = "whey", vendor = "acme", price = 39.9, unit_cost = 22.0, share = 3 },
        { id = "soy", vendor = "acme", price = 29.9, unit_cost = 17.0 },
    ]
    demand = { orders_per_day = 20 }
    replenishment = { policy = "s-S", target = { fill_rate = 0.9 } }
"#;

/// What is told where the budget leaves it open whether anything meets what must hold, in one line, with `looked_at.csv`.
fn left_open(name: &str, words: &[&str]) -> (String, Vec<Vec<f64>>) {
    let folder = folder(name);
    written(&folder, UNSURE);
    let output = tune(&folder, &[&["shop.toml", "--replications", "3"], words].concat());
    assert_exit(&output, 4);
    let found = json(&folder);
    assert_eq!((found["feasible"].as_bool(), found["chosen"].is_null()), (Some(false), true), "nothing is chosen");
    assert!(found["guarantee"]["undecided"].as_u64() > Some(0), "{found}");
    let table = std::fs::read_to_string(folder.join("output/tune-shop/looked_at.csv")).expect("it was written");
    let row = |line: &str| line.split(',').map(|cell| cell.parse().expect("a number")).collect();
    (stdout(&output).split_whitespace().collect::<Vec<_>>().join(" "), table.lines().skip(1).map(row).collect())
}

#[test]
fn what_was_looked_at_and_not_judged_is_not_said_to_miss() {
    let (text, looked_at) = left_open(
        "tune-not-judged",
        &[
            "--vary",
            "replenishment.reorder_point=0..60",
            "--vary",
            "replenishment.order_up_to=20..150",
            "--require",
            "unit_fill_rate >= 0.9",
            "--budget",
            "200",
        ],
    );
    assert!(text.contains("The budget did not show of any of the 2 finalists whether it meets units filled"), "{text}");
    let met = looked_at.iter().filter(|row| row[3] >= 0.9).count();
    let of = |count: usize| format!("Of the {} others looked at {count} met it in", looked_at.len() - 2);
    // Each of the two finalists is among those that met it, or not.
    assert!(met > 10 && (met - 2..=met).any(|count| text.contains(&of(count))), "{met}: {text}");
    // The one with most to spare, and of several the one that costs least.
    let order = |a: &&Vec<f64>, b: &&Vec<f64>| a[3].total_cmp(&b[3]).then(b[2].total_cmp(&a[2]));
    let safest = looked_at.iter().max_by(order).expect("something was looked at");
    let safest = format!("most to spare had reorder point {}, order-up-to level {}: ", safest[0], safest[1]);
    assert!(text.contains(&safest) && text.contains("A larger --budget"), "{safest}: {text}");
    assert!(!text.contains(" yes ") && text.contains(" in the mean"), "{text}");
}

#[test]
fn nearest_is_what_meets_it_in_the_mean_if_anything_does() {
    let vary = ["--vary", "replenishment.target.fill_rate=0.5..0.98 step 0.02"];
    let more = ["--require", "order_fill_rate >= 0.9", "--budget", "100"];
    let (text, _) = left_open("tune-nearest", &[&vary[..], &more].concat());
    let table = text.split("meets ").last().expect("a table of finalists");
    assert!(table.contains("in the mean") && table.contains("not shown"), "one of each kind: {text}");
    let nearest = text.split_once("Nearest came target fill rate ").expect("what came nearest").1;
    let (value, rest) = nearest.split_once(": orders filled at once ").expect("and its figure");
    let mean: f64 = rest.split(' ').next().and_then(|mean| mean.parse().ok()).expect("a mean");
    assert!(mean >= 90.0 && rest.contains(", which meets it in the mean."), "{text}");
    assert!(table.trim_start().starts_with(value), "the table has it first: {text}");
}

#[test]
fn values_that_cannot_stand_there_are_wrong_and_not_passed_over() {
    let folder = shop("tune-values");
    for (words, told) in [
        (&["--vary", "sourcing.policy=nearest,cheepest"][..], "did you mean \"cheapest\"?"),
        (&["--vary", "replenishment.quantity=-5..10"], "must be at least 1, not -5"),
        (&["--vary", "replenishment.reorder_point=0..10 step 0.5"], "must be a whole number, not 0.5"),
        (&["--vary", "replenishment.target.fill_rate=0.8..1.0 step 0.1"], "must be below 1"),
        (&["--vary", "run.horizon=30d,60d"], "`run.horizon` is no decision"),
        (&["--minimise", "on_hand_mean_cost"], "--minimise goes with --vary"),
        (&["--vary", "replenishment.quantity=1..9", "--require", ">= 3"], "`>= 3` is no condition"),
    ] {
        let output = tune(&folder, &[&FEW[..], words].concat());
        assert_exit(&output, 2);
        assert!(stderr(&output).contains(told), "{words:?}: {}", stderr(&output));
        assert!(!folder.join("output").exists(), "nothing was written");
    }
}

#[test]
fn values_of_which_no_combination_is_valid_are_told_with_the_reason() {
    let folder = folder("tune-no-combination");
    let levels = OneProduct::drawn(0).scenario();
    let levels = levels.replace("\"r-Q\"", "\"s-S\"").replace("quantity = 30", "order_up_to = 50");
    written(&folder, &levels.replace("horizon = \"720d\"", "horizon = \"60d\""));
    let words = ["--vary", "replenishment.reorder_point=45..49", "--vary", "replenishment.order_up_to=30..40"];
    let output = tune(&folder, &[&FEW[..], &words].concat());
    assert_exit(&output, 2);
    let told = stderr(&output);
    assert!(told.contains("no combination of these values") && told.contains("reorder_point < order_up_to"), "{told}");
    assert!(!folder.join("output/tune-shop/tune.json").exists(), "nothing was written");
}

/// One product whose demand over its lead time is Poisson with mean 3, and so has a known share of units filled at each level: 81.5 % at
/// 5, where the cost is least.
const KNOWN: &str = r#"
    run = { horizon = "300d", warm_up = "30d", replications = 20, seed = 1 }
    zones = [{ id = "home" }]
    warehouses = [{ id = "depot" }]
    lanes = [{ from = "depot", to = "home", parcel_cost = 0, transit = "1d" }]
    vendors = [{ id = "vendor", lead_time = { exponential = { mean = "2d" } } }]
    products = [{ id = "widget", vendor = "vendor", unit_cost = 10 }]
    demand = { orders_per_day = 1.5 }
    replenishment = { policy = "base-stock", order_up_to = 5 }
    sourcing = { policy = "nearest" }
    rules = { split = { ship_available = 1.0 }, cancellation = { after = "never" } }
    costs = { holding_per_unit_day = 1, backorder_per_unit_day = 5 }
"#;

#[test]
fn nothing_worse_than_todays_settings_is_proposed_where_these_meet_what_must_hold() {
    let folder = folder("tune-best-is-todays");
    written(&folder, KNOWN);
    for (condition, budget) in
        [("unit_fill_rate >= 0.75", "400"), ("unit_fill_rate >= 0.80", "400"), ("unit_fill_rate <= 0.9", "400")]
    {
        for selection in ["kn", "ocba"] {
            let vary =
                ["shop.toml", "--vary", "replenishment.order_up_to=0..20", "--require", condition, "--budget", budget];
            let output = tune(&folder, &[&vary[..], &["--selection", selection, "-q"]].concat());
            assert_exit(&output, 0);
            assert_eq!(json(&folder)["chosen"]["replenishment.order_up_to"], 5, "{condition} by {selection}");
        }
    }
}

#[test]
fn what_never_went_wrong_is_not_said_to_meet_what_it_cannot_show() {
    let folder = folder("tune-rare");
    written(&folder, KNOWN);
    let vary = ["shop.toml", "--vary", "replenishment.order_up_to=0..20", "--budget", "200", "--replications", "20"];
    let output = tune(&folder, &[&vary[..], &["--require", "unit_fill_rate >= 0.99999"]].concat());
    assert_exit(&output, 4);
    assert_eq!(json(&folder)["feasible"], false, "{}", stdout(&output));
    // Where all of the budget goes to the finalists one is chosen, and the fresh replications have the last word.
    let output =
        tune(&folder, &[&vary[..], &["--require", "unit_fill_rate >= 0.99999", "--selection", "ocba"]].concat());
    let found = json(&folder);
    let filled = found["constraints"][0]["estimate"]["mean"].as_f64();
    let misses = "on fresh random numbers they do not meet what must hold";
    let (text, code) = (stdout(&output).replace('\n', " "), output.status.code());
    assert_eq!(code == Some(0), filled >= Some(0.99999), "{filled:?}: {text}");
    assert_eq!(text.contains(misses), filled.is_some_and(|filled| filled < 0.99999), "{filled:?}: {text}");
}

#[test]
fn levels_without_a_condition_say_what_is_kept() {
    let folder = folder("tune-kept");
    written(&folder, &OneProduct::drawn(1).scenario_of_two().replace("horizon = \"720d\"", "horizon = \"60d\""));
    let output = tune(&folder, &["shop.toml", "--budget", "40", "--replications", "3"]);
    assert_exit(&output, 0);
    let text = stdout(&output).replace('\n', " ");
    assert!(text.contains("Today's share of units filled at once is kept"), "{text}");
}
