//! Settings of some products: of a class, of a vendor's, of one.

use std::fs;
use std::path::Path;

use super::one_product::{json, tune, written};
use crate::cli::{assert_exit, folder, program, stderr, stdout};

/// Four products of two vendors: by the value of demand one of class A, one of B, two of C.
const SHOP: &str = r#"
name = "four products"
[run]
horizon = "90d"
warm_up = "10d"
replications = 3
seed = 4
[[zones]]
id = "home"
[[warehouses]]
id = "w"
[[lanes]]
from = "w"
to = "home"
parcel_cost = 4
transit = "1d"
[[vendors]]
id = "acme"
lead_time = "4d"
order_cost = 20
[[vendors]]
id = "brand x"
lead_time = "9d"
order_cost = 5
[[products]]
id = "dear"
vendor = "acme"
price = 90
unit_cost = 70
share = 8
[[products]]
id = "middle"
vendor = "brand x"
price = 30
unit_cost = 20
share = 4
[[products]]
id = "cheap"
vendor = "acme"
price = 4
unit_cost = 2
share = 6
[[products]]
id = "odd"
vendor = "brand x"
price = 9
unit_cost = 6
share = 1
[demand]
orders_per_day = 12
[replenishment]
policy = "s-S"
target = { fill_rate = 0.9 } # for all
[costs]
holding_rate = 0.3
backorder_per_unit_day = 2
"#;

const FEW: [&str; 5] = ["--budget", "60", "--replications", "4", "-q"];

fn tuned(folder: &Path, vary: &[&str]) -> std::process::Output {
    let vary: Vec<&str> = vary.iter().flat_map(|vary| ["--vary", vary]).collect();
    tune(folder, &[&["shop.toml"][..], &vary, &FEW].concat())
}

#[test]
fn classes_and_vendors_have_settings_of_their_own_that_every_command_reads() {
    let folder = folder("tune-groups");
    written(&folder, SHOP);
    let vary = [
        "replenishment.target.fill_rate[class A]=0.8,0.9,0.95",
        "replenishment.target.fill_rate[class C]=0.5,0.9",
        "replenishment.reorder_point[vendor brand x]=20..40 step 10",
        "replenishment.review=1d,7d",
    ];
    assert_exit(&tuned(&folder, &vary), 0);
    let found = json(&folder);
    let of = |index: usize, key: &str| found["variables"][index][key].clone();
    assert_eq!((of(0, "products"), of(1, "products"), of(2, "products")), (1.into(), 2.into(), 2.into()), "{found:#}");
    assert_eq!(of(3, "products"), serde_json::Value::Null);
    assert_eq!(found["today"]["settings"]["replenishment.target.fill_rate[class A]"], 0.9);
    let point = found["chosen"]["replenishment.reorder_point[vendor brand x]"].to_string();
    let out = folder.join("output/tune-shop");
    let levels = fs::read_to_string(out.join("proposed-levels.csv")).expect("the levels");
    assert!(levels.starts_with("warehouse,product,reorder_point,order_up_to\n"), "{levels}");
    assert!(levels.contains(&format!("w,middle,{point},\n")), "of no class: the point alone: {levels}");
    assert!(levels.lines().any(|row| row.starts_with(&format!("w,odd,{point},")) && !row.ends_with(',')), "{levels}");
    assert_eq!(levels.lines().count(), 5, "{levels}");
    let with_today = fs::read_to_string(out.join("levels.csv")).expect("the levels beside today's");
    assert!(
        with_today.starts_with("warehouse,product,reorder_point,order_up_to,today_reorder_point,today_order_up_to\n")
    );
    // The tuned scenario is one like any other, and gives the stated figures.
    let seed = found["estimated_with_seed"].to_string();
    let again = ["run", "output/tune-shop/tuned.toml", "--replications", "4", "--json", "-o", "again", "--seed", &seed];
    let again = program(&folder).args(again).output().expect("the program starts");
    assert_exit(&again, 0);
    let summary: serde_json::Value = serde_json::from_str(&stdout(&again)).expect("it is JSON");
    assert_eq!(summary["metrics"]["cost_per_order"]["mean"], found["objective"]["mean"]);
    let toml = fs::read_to_string(out.join("tuned.toml")).expect("the tuned scenario");
    assert!(toml.contains("target = { fill_rate = 0.9 } # for all"), "what was not decided stays: {toml}");
}

#[test]
fn what_names_no_products_is_told_with_what_there_is() {
    let folder = folder("tune-groups-wrong");
    written(&folder, SHOP);
    for (vary, told) in [
        (&["replenishment.reorder_point[klass A]=1..3"][..], "write [class A], [class B] or [class C], [vendor NAME]"),
        (&["replenishment.reorder_point[class D]=1..3"], "there is no class \"D\"; the classes are A, B and C"),
        (&["replenishment.reorder_point[vendor acmee]=1..3"], "did you mean \"acme\"? there is acme, brand x"),
        (&["replenishment.reorder_point[product dire]=1..3"], "there is dear, middle, cheap, odd"),
        (&["replenishment.reorder_point[class A=1..3"], "the bracket is not closed"),
        (&["replenishment.quantity[class A]=1..3"], "the policy \"s-S\" goes by reorder_point and order_up_to"),
        (&["sourcing.policy[class A]=nearest,cheapest"], "of some products can be decided replenishment.reorder_point"),
        (&["replenishment.target.fill_rate[class A]=0.9,1.2"], "1.2 is no share between 0 and 1"),
        (&["replenishment.reorder_point[class A]=0..3 step 0.5"], "0.0 is no whole number of units"),
        (&["replenishment.order_up_to[class A]=-1..3"], "-1 is no whole number of units, 0 or more"),
        (
            &["replenishment.order_up_to[class A]=9..12", "replenishment.order_up_to[vendor acme]=5..7"],
            "both decide about \"dear\"",
        ),
        (
            &[
                "replenishment.target.fill_rate[class A]=0.8,0.9",
                "replenishment.target.cycle_service[product dear]=0.8,0.9",
            ],
            "both decide about \"dear\"",
        ),
    ] {
        let output = tuned(&folder, vary);
        assert_exit(&output, 2);
        assert!(stderr(&output).contains(told), "{vary:?}: {}", stderr(&output));
        assert!(!folder.join("output").exists(), "nothing was written");
    }
}
