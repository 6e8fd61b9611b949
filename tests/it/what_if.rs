//! Pages that answer what if: an answer has the bytes of `backorder compare`, a page says what it holds, and what is refused.

use std::fs;
use std::path::Path;
use std::process::Output;

use backorder::experiment::Settings;
use backorder::files::Scenario;
use backorder::what_if::{Question, answer, levers};
use serde_json::Value;

use crate::cli::{assert_exit, folder, program, scenario, stderr};

/// The question that a scenario of the repository makes, with the files that it names.
fn question(file: &str, set: &[&str], change: &[&str]) -> Question {
    let path = scenario(file);
    let place = path.parent().expect("a folder");
    let text = fs::read_to_string(&path).expect("a scenario");
    let named = text.split("file = \"").skip(1).filter_map(|rest| rest.split('"').next());
    let read = |name: &str| (name.to_string(), fs::read_to_string(place.join(name)).expect("a table"));
    Question {
        scenario: path.file_name().expect("a name").to_string_lossy().into_owned(),
        files: named.map(read).collect(),
        text,
        set: set.iter().map(ToString::to_string).collect(),
        change: change.iter().map(ToString::to_string).collect(),
        ..Question::default()
    }
}

/// The words of a command line as the program writes them, apostrophes apart.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('\'').enumerate();
    let of = |(number, part): (usize, &str)| -> Vec<String> {
        if number % 2 == 1 { vec![part.to_string()] } else { part.split_whitespace().map(str::to_string).collect() }
    };
    parts.flat_map(of).collect()
}

/// Gives the command of an answer where the scenario lies, and compares what it writes with the answer.
#[track_caller]
fn assert_is_as_compared(name: &str, question: &Question) {
    let found = answer(question, &Settings::default()).unwrap_or_else(|wrong| panic!("{wrong}"));
    let output = folder(&format!("what-if-{name}"));
    let asked = words(&found.command);
    assert_eq!(asked[0], "backorder");
    let compared =
        program(&scenario("")).args(&asked[1..]).arg("-qo").arg(output.join("r")).output().expect("it starts");
    assert_exit(&compared, 0);
    let compared = fs::read_to_string(output.join("r/comparison.json")).expect("a comparison");
    assert!(found.comparison == compared, "{}", found.command);
}

#[test]
fn an_answer_is_the_comparison_of_the_command_line_to_the_byte() {
    let short = ["run.horizon=12d", "run.warm_up=8d", "run.run_out=5d"];
    let mut supplements = question(
        "supplements.toml",
        &short,
        &["rules.split.ship_available=0.5", "replenishment.lead_time_factor=1.5", "demand.orders_per_day=3300"],
    );
    (supplements.replications, supplements.seed) = (Some(2), Some(11));
    assert_is_as_compared("supplements", &supplements);
    let mut superstore = question(
        "superstore.toml",
        &["rules.cancellation.after=20d"],
        &["replenishment.reorder_point_factor=1.25", "network.open=[\"reno\",\"dallas\",\"joliet\"]"],
    );
    superstore.replications = Some(2);
    assert_is_as_compared("superstore", &superstore);
}

#[test]
fn levers_are_chosen_for_the_scenario_or_by_it() {
    let ids = |question: &Question| -> Vec<String> {
        let levers = levers(question, &question.load().expect("it loads")).expect("levers");
        for lever in &levers {
            assert!(lever.choices[lever.now].set.is_empty(), "what is there changes nothing: {lever:?}");
            let changes = lever.choices.iter().filter(|choice| !choice.set.is_empty());
            assert!(changes.count() + 1 == lever.choices.len() && lever.choices.len() > 1, "{lever:?}");
        }
        levers.into_iter().map(|lever| lever.id).collect()
    };
    let superstore = question("superstore.toml", &[], &[]);
    // Orders that are replayed have no rate to be multiplied.
    let all = ["ship_available", "cancellation", "sourcing", "reorder_points", "lead_times", "close"];
    assert_eq!(ids(&superstore), all);
    let mut own = superstore.clone();
    own.text.push_str(
        "\n[report]\nlevers = [\"close\", { key = \"costs.contact\", values = \"2..6 step 2\", label = \"A call\" }]\n",
    );
    assert_eq!(ids(&own), ["close", "costs.contact"]);
    let loaded = own.load().expect("it loads");
    let found = levers(&own, &loaded).expect("levers");
    assert_eq!(found[1].label, "A call");
    let labels: Vec<&str> = found[1].choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(labels, ["as above", "2", "4", "6"]);
    // Every choice is one that the scenario can be read with.
    for choice in
        found.iter().chain(&levers(&superstore, &superstore.load().unwrap()).unwrap()).flat_map(|it| &it.choices)
    {
        assert!(superstore.load_with(&choice.set).is_ok(), "{choice:?}");
    }
}

#[test]
fn levers_that_cannot_be_had_are_told() {
    let superstore = question("superstore.toml", &[], &[]);
    let told = |levers_asked: &str| {
        let mut asked = superstore.clone();
        asked.text.push_str(&format!("\n[report]\nlevers = {levers_asked}\n"));
        asked.load().and_then(|loaded| levers(&asked, &loaded).map(|_| ())).expect_err(levers_asked)
    };
    for (asked, says) in [
        ("[\"lead_time\"]", "did you mean \"lead_times\"?"),
        ("[\"close\", \"close\"]", "listed twice"),
        ("[]", "`levers` has 0 levers"),
        ("[\"demand\"]", "the lever `demand`: no orders are generated"),
        ("[{ key = \"costs.contakt\", values = \"1,2\" }]", "did you mean `contact`?"),
        ("[{ key = \"costs.contact\", values = \"1..99\" }]", "at most 30 values"),
        ("[{ values = \"1..9\" }]", "lacks `key`"),
    ] {
        let found = told(asked);
        assert!(found.contains(says), "{asked}: {found}");
    }
}

/// A small scenario, run in a folder of its own with further words.
fn run(folder: &Path, more: &[&str]) -> Output {
    fs::write(folder.join("shop.toml"), SHOP).expect("a scenario");
    fs::write(folder.join("products.csv"), "id,vendor\nwhey,acme\nbars,acme\n").expect("a table");
    program(folder).args(["run", "shop.toml", "-qo", "r"]).args(more).output().expect("the program starts")
}

const SHOP: &str = r#"
run = { horizon = "30d", replications = 3 }
zones = [{ id = "home" }]
warehouses = [{ id = "boise" }, { id = "reno" }]
lanes = [{ from = "boise", to = "home" }, { from = "reno", to = "home", parcel_cost = 2 }]
products = { file = "products.csv" }
demand = { orders_per_day = 5, lines_per_order = 2 }
vendors = [{ id = "acme", lead_time = { gamma = { mean = "3d", cv = 0.5 } } }]
replenishment = { policy = "s-S", reorder_point = 8, order_up_to = 20 }
"#;

#[test]
fn a_page_holds_engine_and_scenario_where_it_is_asked_to_and_only_there() {
    let folder = folder("what-if-page");
    let page = || fs::read_to_string(folder.join("r/report.html")).expect("a page");
    let report = |more: &[&str]| program(&folder).args(["report", "r", "-q"]).args(more).output().expect("it starts");
    assert_exit(&run(&folder, &["--set", "costs.contact=3"]), 0);
    let plain = page();
    assert!(
        !plain.contains("what-if") && !plain.contains("wasm"),
        "nothing of it is in a page that was not asked for it"
    );
    assert_exit(&run(&folder, &["--set", "costs.contact=3", "--what-if"]), 0);
    let asking = page();
    assert!(asking.contains("script-src 'unsafe-inline' 'wasm-unsafe-eval'; worker-src blob:;"));
    assert!(
        asking.contains("<section id=\"what-if\" aria-labelledby=\"what-if-title\" hidden>"),
        "hidden without a script"
    );
    let between = |tag: &str| {
        let (_, rest) = asking.split_once(&format!(" id=\"{tag}\">")).expect(tag);
        rest.split_once("</script>").expect("its end").0.to_string()
    };
    let question: Question = serde_json::from_str(&between("what-if-question")).expect("a question");
    assert_eq!((question.scenario.as_str(), question.text.as_str()), ("shop.toml", SHOP));
    assert_eq!(question.files["products.csv"], "id,vendor\nwhey,acme\nbars,acme\n");
    assert_eq!(question.set, ["costs.contact=3"]);
    let data: Value = serde_json::from_str(&between("what-if-data")).expect("data");
    assert_eq!((&data["replications"], &data["seed"]), (&3.into(), &1.into()));
    assert!(between("what-if-engine").len() > 1_000);
    // Everything else is the page without it.
    let without = |page: &str| page.lines().filter(|line| plain.contains(line)).count();
    assert!(without(&asking) + 2 >= plain.lines().count(), "{} of {}", without(&asking), plain.lines().count());
    // The folder of a result makes the same page, and the one without it, again.
    assert_exit(&report(&[]), 0);
    assert!(page() == plain);
    assert_exit(&report(&["--what-if"]), 0);
    assert!(page() == asking);
}

#[test]
fn what_a_page_may_not_hold_is_refused() {
    let folder = folder("what-if-refused");
    let report = |of: &str| program(&folder).args(["report", of, "-q", "--what-if"]).output().expect("it starts");
    assert_exit(&run(&folder, &[]), 0);
    fs::write(folder.join("products.csv"), "id,vendor\nwhey,acme\nnuts,acme\n").expect("a table");
    let changed = report("r");
    assert_exit(&changed, 2);
    assert!(stderr(&changed).contains("products.csv: what the page would answer from is not"), "{}", stderr(&changed));
    let compare = ["compare", "shop.toml", "--set", "costs.contact=3", "-qo", "c"];
    assert_exit(&program(&folder).args(compare).output().expect("it starts"), 0);
    let other = report("c");
    assert_exit(&other, 2);
    assert!(stderr(&other).contains("--what-if makes pages of runs"), "{}", stderr(&other));
    // Orders that were really placed do not leave by accident, and nothing is run first.
    let words = ["run", "--what-if", "--replications", "1", "-o", "s"];
    let orders = program(&folder).args(words).arg(scenario("superstore.toml")).output().expect("it starts");
    assert_exit(&orders, 2);
    assert!(stderr(&orders).contains("--embed-orders says that they may lie in the page"), "{}", stderr(&orders));
    assert!(!folder.join("s").exists());
    let alone = program(&folder).args(["run", "shop.toml", "--embed-orders"]).output().expect("it starts");
    assert_exit(&alone, 2);
}

/// The model of a scenario with settings, given as `KEY=VALUE`.
fn model(settings: &[&str]) -> backorder::domain::Model {
    let scenario =
        Scenario::from_text("shop.toml", SHOP).with_table("products.csv", "id,vendor\nwhey,acme\nbars,acme\n");
    let set = |scenario: Scenario, text: &&str| {
        let (path, value) = text.split_once('=').expect("a setting");
        scenario.set(path, value)
    };
    settings.iter().fold(scenario, set).model().unwrap_or_else(|wrong| panic!("{wrong}"))
}

#[test]
fn factors_on_levels_and_lead_times_are_the_levels_and_lead_times_they_make() {
    use backorder::experiment::{planned, replicate};
    let results = |settings: &[&str]| {
        let results = replicate(&model(settings), &Settings::default()).expect("results");
        backorder::report::replications_csv(&results)
    };
    let as_written = results(&[]);
    assert!(as_written == results(&["replenishment.reorder_point_factor=1", "replenishment.lead_time_factor=1"]));
    let slower = results(&["replenishment.lead_time_factor=1.5"]);
    assert!(slower != as_written);
    assert!(slower == results(&["vendors.acme.lead_time={ gamma = { mean = \"4d12h\", cv = 0.5 } }"]));
    // 8 becomes 10, and 20 rises by as many.
    let higher = results(&["replenishment.reorder_point_factor=1.25"]);
    assert!(higher == results(&["replenishment.reorder_point=10", "replenishment.order_up_to=22"]));
    // A level below 0 says how many wait, and is no stock to be multiplied; a policy without a reorder point has one level.
    let levels = |settings: &[&str]| {
        let pair = planned(&model(settings)).into_iter().next().expect("a pair").levels;
        (pair.reorder_point, pair.order_up_to)
    };
    let below = ["replenishment.reorder_point=-3", "replenishment.reorder_point_factor=2"];
    assert_eq!(levels(&below), (Some(-3), Some(20)));
    let base_stock = ["replenishment={ policy = \"base-stock\", order_up_to = 7, reorder_point_factor = 1.5 }"];
    assert_eq!(levels(&base_stock), (None, Some(10)));
    // A target's levels are raised as they are derived; a longer lead time is met by the levels planned without it.
    let target = "replenishment={ policy = \"s-S\", target = { fill_rate = 0.9 } }";
    let (derived, raised) = (levels(&[target]), levels(&[target, "replenishment.reorder_point_factor=2"]));
    assert_eq!(raised.0, derived.0.map(|level| 2 * level));
    assert_eq!(levels(&[target, "replenishment.lead_time_factor=3"]), derived);
    assert!(levels(&[target, "replenishment.lead_time_factor=3", "run.replan=true"]).0 > derived.0);
}
