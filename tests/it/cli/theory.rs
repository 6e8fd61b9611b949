//! `theory`: exact values beside simulated ones.

use serde_json::Value;

use super::{assert_exit, backorder, folder, scenario, stderr, stdout};

#[test]
fn a_table_of_eighty_columns_and_an_answer_in_words() {
    let folder = folder("theory-table");
    let one = backorder(&folder, "theory @theory/wait-distribution.toml --short --jobs 1");
    assert_exit(&one, 0);
    let table = stdout(&one);
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    let words = table.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in ["wait-distribution", "exact", "simulated", "No single value contradicts theory"] {
        assert!(words.contains(word), "{word} is missing in\n{table}");
    }
    let other = backorder(&folder, "theory @theory/wait-distribution.toml --short --jobs 2");
    assert_eq!(stdout(&other), table, "the number of threads changes nothing");
}

#[test]
fn a_case_of_ones_own_that_is_wrong_is_told_with_exit_code_three() {
    let folder = folder("theory-own");
    std::fs::copy(scenario("theory/palm-constant.toml"), folder.join("mine.toml")).expect("a scenario to copy");
    let exact = r#"{"cases": [{"id": "mine", "values": [{"metric": "unit_fill_rate", "exact": 0.5}]}]}"#;
    std::fs::write(folder.join("exact.json"), exact).expect("a place for the exact values");
    let output = backorder(&folder, "theory . --short --json");
    assert_exit(&output, 3);
    let json: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(json["judgement"]["agrees"], false);
    assert!(json["values"][0]["z"].as_f64().expect("a z-score") > 4.0);
    assert!(stderr(&output).contains("mine: unit_fill_rate is 0.81"), "{}", stderr(&output));
}

#[test]
fn a_mean_without_an_interval_is_told_as_such() {
    let folder = folder("theory-once");
    let text = "name = \"once\"\n\
        zones = [{ id = \"z\" }]\nwarehouses = [{ id = \"w\" }]\nproducts = [{ id = \"p\" }]\n\
        lanes = [{ from = \"w\", to = \"z\", parcel_cost = 5.0, transit = \"1d\" }]\n\
        demand = { orders_per_day = 5 }\n\
        stock = [{ warehouse = \"w\", product = \"p\", units = 40 }]\n\
        run = { horizon = \"10d\", warm_up = \"0s\", replications = 1, seed = 1 }\n";
    std::fs::write(folder.join("once.toml"), text).expect("a place for the scenario");
    let exact = r#"{"cases": [{"id": "once", "values": [{"metric": "unit_fill_rate", "exact": 0.5}]}]}"#;
    std::fs::write(folder.join("exact.json"), exact).expect("a place for the exact values");
    let output = backorder(&folder, "theory .");
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("unit_fill_rate was measured in one replication"), "{}", stderr(&output));
}

#[test]
fn what_is_missing_or_mistaken_is_told_with_its_remedy() {
    let folder = folder("theory-wrong");
    for (arguments, words) in [
        ("theory", ["scenarios/theory/exact.json", "name a folder that has one"]),
        ("theory @rules/auto-cancel.toml", ["exact.json", "it holds the exact values"]),
        ("theory @theory/palm.toml", ["palm.toml", "no case of"]),
    ] {
        let output = backorder(&folder, arguments);
        assert_exit(&output, 2);
        for word in words {
            assert!(stderr(&output).contains(word), "{arguments}: {word} is missing in\n{}", stderr(&output));
        }
    }
    let exact =
        r#"{"cases": [{"id": "a", "values": [{"metric": "fil_rate", "exact": 1}]}, {"id": "b", "values": []}]}"#;
    std::fs::write(folder.join("exact.json"), exact).expect("a place for the exact values");
    let output = backorder(&folder, "theory .");
    assert_exit(&output, 2);
    for word in ["no measure `fil_rate`", "case `b`: it has no values"] {
        assert!(stderr(&output).contains(word), "{}", stderr(&output));
    }
}
