//! `backorder tune` as a user runs it: exact (r, Q) optima, bounds, what is written, what is told.

use std::path::Path;

use serde_json::Value;

use super::beds::seeds;
use crate::cli::{assert_exit, folder, program, stderr, stdout};

/// One product at one warehouse: Poisson demand, a constant lead time, costs of ordering, holding and backorders.
struct OneProduct {
    per_day: f64,
    lead_days: u32,
    order_cost: f64,
    unit_cost: f64,
    backorder_cost: f64,
}

impl OneProduct {
    /// A case with parameters drawn from a number.
    fn drawn(number: u64) -> Self {
        let part = |prime: u64, of: u64| ((number + 1) * prime % of) as f64;
        Self {
            per_day: 2.0 + part(7, 11),
            lead_days: 1 + part(5, 7) as u32,
            order_cost: 5.0 + 5.0 * part(3, 8),
            unit_cost: 73.0 * (1.0 + part(11, 5)),
            backorder_cost: 0.5 + 0.25 * part(13, 9),
        }
    }

    fn scenario(&self) -> String {
        format!(
            "name = \"one product\"\n\
             [run]\nhorizon = \"720d\"\nwarm_up = \"60d\"\nreplications = 10\nseed = 3\n\
             [[zones]]\nid = \"home\"\n[[warehouses]]\nid = \"w\"\n\
             [[lanes]]\nfrom = \"w\"\nto = \"home\"\nparcel_cost = 0\ntransit = \"1d\"\n\
             [[vendors]]\nid = \"v\"\nlead_time = \"{}d\"\norder_cost = {}\n\
             [[products]]\nid = \"p\"\nvendor = \"v\"\nprice = 1000\nunit_cost = {}\n\
             [demand]\norders_per_day = {}\n\
             [replenishment]\npolicy = \"r-Q\"\nreorder_point = 10 # a guess\nquantity = 30\n\
             [rules.cancellation]\nafter = \"never\"\n\
             [costs]\nholding_rate = 0.25\nbackorder_per_unit_day = {}\nlost_margin = 0\n",
            self.lead_days, self.order_cost, self.unit_cost, self.per_day, self.backorder_cost
        )
    }

    /// The cost a day of a position y after a lead time: h·E[(y − D)+] + b·E[(D − y)+], D Poisson of mean λL.
    fn at_position(&self, y: i64) -> f64 {
        let holding = 0.25 * self.unit_cost / 365.0;
        let mean = self.per_day * f64::from(self.lead_days);
        let (mut term, mut short) = ((-mean).exp(), 0.0);
        let mut over = 0.0;
        for d in 0..(mean as i64 * 3 + 120) {
            over += term * (y - d).max(0) as f64;
            short += term * (d - y).max(0) as f64;
            term *= mean / (d + 1) as f64;
        }
        holding * over + self.backorder_cost * short
    }

    /// The exact cost an order asked for, (Kλ + Σ over the positions r+1 … r+Q)/Q a day (Hadley and Whitin; Federgruen and
    /// Zheng (1992), *An efficient algorithm for computing an optimal (r, Q) policy*, Operations Research 40, 808–813).
    fn cost(&self, r: i64, quantity: i64) -> f64 {
        let positions: f64 = (r + 1..=r + quantity).map(|y| self.at_position(y)).sum();
        (self.order_cost * self.per_day + positions) / quantity as f64 / self.per_day
    }

    /// The least cost over reorder points and quantities.
    fn best(&self) -> f64 {
        let at: Vec<f64> = (0..260).map(|y| self.at_position(y)).collect();
        let mut best = f64::INFINITY;
        for r in 0..80 {
            let mut sum = self.order_cost * self.per_day;
            for quantity in 1..=120_usize {
                sum += at[r + quantity];
                best = best.min(sum / quantity as f64 / self.per_day);
            }
        }
        best
    }
}

fn tune(folder: &Path, arguments: &[&str]) -> std::process::Output {
    program(folder).arg("tune").args(arguments).output().expect("the program starts")
}

fn written(folder: &Path, text: &str) {
    std::fs::write(folder.join("shop.toml"), text).expect("the scenario");
}

fn json(folder: &Path) -> Value {
    let text = std::fs::read_to_string(folder.join("output/tune-shop/tune.json")).expect("the file");
    serde_json::from_str(&text).expect("it is JSON")
}

const BOTH: [&str; 4] = ["--vary", "replenishment.reorder_point=0..79", "--vary", "replenishment.quantity=1..120"];

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
    assert_exit(&tune(&folder, &["shop.toml"]), 0);
    let stated = json(&folder);
    let options = "--minimise cost_per_order --budget 200 --delta 0.05 --confidence 0.9 --replications 5 \
                   --vary replenishment.reorder_point=0..20 --vary replenishment.quantity=10,20,30";
    let options: Vec<&str> = options.split_whitespace().chain(["--require", "unit_fill_rate >= 0.9"]).collect();
    written(&folder, &scenario);
    assert_exit(&tune(&folder, &[&["shop.toml"][..], &options].concat()), 0);
    assert_eq!(json(&folder), stated);
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
    assert_exit(&output, 0);
    let text = stdout(&output);
    assert!(text.contains("meets unit_fill_rate >= 0.999") && text.contains("Nearest came"), "{text}");
    assert_eq!(json(&folder)["feasible"], false);
    assert!(!folder.join("output/tune-shop/tuned.toml").exists(), "nothing to propose");
    let output = tune(&folder, &[&point[..], &["--vary", "rules.split.ship_available=0..1 step 0.25"], &few].concat());
    assert_exit(&output, 0);
    let text = stdout(&output).replace('\n', " ");
    assert!(text.contains("At the edge of its range: replenishment.reorder_point"), "{text}");
    assert!(text.contains("rules.split.ship_available changes nothing here"), "{text}");
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
    let two = OneProduct::drawn(1).scenario().replace(
        "[demand]",
        "share = 3\n[[products]]\nid = \"slow\"\nvendor = \"v\"\nprice = 900\nunit_cost = 700\nshare = 1\n[demand]",
    );
    written(&folder, &two);
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
    let summary: Value = serde_json::from_str(&stdout(&again)).expect("it is JSON");
    assert_eq!(summary["metrics"]["cost_per_order"]["mean"], found["objective"]["mean"]);
    assert!(summary["metrics"]["unit_fill_rate"]["mean"].as_f64() >= Some(0.89), "{summary:#}");
}
