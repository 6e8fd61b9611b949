//! What the planner believes may differ from the truth: a planned lead time, factors on the forecast.

use super::{ONE, PRODUCTS, Sheet, TWO, backorder, done, folder};
use crate::cli::stderr;
use std::fs;
use std::path::Path;

const TARGET: &str = "\n[replenishment]\npolicy = \"base-stock\"\ntarget = { fill_rate = 0.81 }\n";

#[track_caller]
fn orders(out: &Path) -> Vec<String> {
    let rows = Sheet::read(out.join("replications.csv"));
    (0..rows.rows.len()).map(|row| rows.cell(row, "units").to_string()).collect()
}

#[test]
fn levels_are_planned_for_what_is_believed_and_nothing_else_changes() {
    let folder = folder("believed");
    fs::write(folder.join("truth.toml"), format!("{ONE}{TARGET}")).unwrap();
    done(&folder, &["run", "truth.toml"]);
    // Who expects 6 in a lead time holds 9 for 81 %, and 5 for 3: P(Poisson(6) ≤ 8) = 0.847, P(≤ 7) = 0.744.
    for (name, text) in [
        ("vendor", ONE.replace("lead_time = \"2d\"", "lead_time = \"2d\"\nplanned_lead_time = \"4d\"")),
        ("all", format!("{ONE}\n[forecast]\nfactor = 2")),
        ("product", format!("{ONE}\n[forecast]\nproducts = {{ whey = 2 }}")),
        ("zone", format!("{ONE}\n[forecast]\nzones = {{ home = 4 }}\nfactor = 0.5")),
        (
            "group",
            format!(
                "{}\n[forecast]\ngroups = {{ protein = 2 }}",
                ONE.replace("unit_cost", "substitutes = \"protein\"\nunit_cost")
            ),
        ),
    ] {
        fs::write(folder.join(format!("{name}.toml")), format!("{text}{TARGET}")).unwrap();
        done(&folder, &["run", &format!("{name}.toml")]);
        let out = folder.join("output").join(name);
        let levels = Sheet::read(out.join("levels.csv"));
        assert_eq!(levels.cell(0, "order_up_to"), "9", "{name}");
        assert_eq!(levels.cell(0, "lead_time_demand_mean"), "6", "{name}");
        assert_eq!(orders(&out), orders(&folder.join("output/truth")), "{name}: customers know nothing of it");
    }
    let page = fs::read_to_string(folder.join("output/vendor/report.html")).unwrap();
    assert!(page.contains("levels are planned for"), "the inputs tell of it");
}

#[test]
fn factors_are_multiplied_and_the_forecast_shows_them() {
    let folder = folder("factors");
    let text = format!("{TWO}\n[forecast]\nfactor = 1.5\nproducts = {{ whey = 2 }}\nzones = {{ west = 0.5 }}\n");
    fs::write(folder.join("two.toml"), TWO).unwrap();
    fs::write(folder.join("planner.toml"), text).unwrap();
    fs::write(folder.join("products.csv"), PRODUCTS).unwrap();
    done(&folder, &["run", "two.toml"]);
    done(&folder, &["run", "planner.toml"]);
    let [truth, plan] = ["two", "planner"].map(|name| Sheet::read(folder.join("output").join(name).join("levels.csv")));
    // Boise is the home of the west, York of the east.
    for (product, warehouse, factor) in
        [("whey", "boise", 1.5), ("whey", "york", 3.0), ("soy", "boise", 0.75), ("soy", "york", 1.5)]
    {
        let of =
            |sheet: &Sheet| -> f64 { sheet.cell(sheet.row(product, warehouse), "forecast_per_day").parse().unwrap() };
        assert!((of(&plan) / of(&truth) - factor).abs() < 2e-3, "{product} in {warehouse}");
    }
}

#[test]
fn factors_on_what_does_not_exist_are_told() {
    let folder = folder("factors-wrong");
    let forecast = "\n[forecast]\nfactor = -1\nproducts = { wey = 2 }\nzones = { hom = 1 }\ngroups = { protein = 1 }\n";
    fs::write(folder.join("one.toml"), format!("{ONE}{TARGET}{forecast}")).unwrap();
    let wrong = backorder(&folder, &["run", "one.toml"]);
    assert_eq!(wrong.status.code(), Some(2));
    let told = stderr(&wrong);
    for part in [
        "`factor` must be at least 0, not -1",
        "there is no product \"wey\"",
        "there is no zone \"hom\"",
        "there is no group of products \"protein\"",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    fs::write(folder.join("idle.toml"), format!("{ONE}\n[forecast]\nfactor = 2\n")).unwrap();
    let idle = done(&folder, &["run", "idle.toml"]);
    assert!(stderr(&idle).contains("[forecast] has no effect"), "{}", stderr(&idle));
}
