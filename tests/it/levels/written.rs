//! `levels.csv`: what stands in it, that it can be given back, and what a page shows of it.

use super::{ONE, PRODUCTS, Sheet, TWO, assert_same_measures, done, folder};
use std::fs;

#[test]
fn a_base_stock_is_worked_out_by_hand() {
    let folder = folder("by-hand");
    let text = format!("{ONE}\n[replenishment]\npolicy = \"base-stock\"\norder_up_to = 5\n");
    fs::write(folder.join("one.toml"), text).unwrap();
    done(&folder, &["run", "one.toml"]);
    let levels = Sheet::read(folder.join("output/one/levels.csv"));
    assert_eq!(levels.rows.len(), 1);
    // Poisson(3) in a lead time: sd √3, safety stock 5 − 3, on hand 5 − 3 + E[(X − 5)+] = 2.1346, at 4.00 each.
    for (column, value) in [
        ("product", "whey"),
        ("warehouse", "boise"),
        ("vendor", "acme"),
        ("forecast_per_day", "1.5"),
        ("lead_time_demand_mean", "3"),
        ("lead_time_demand_sd", "1.732"),
        ("reorder_point", ""),
        ("order_up_to", "5"),
        ("quantity", ""),
        ("safety_stock", "2"),
        ("mean_stock", "2.135"),
        ("capital", "8.54"),
        ("source", "[replenishment]"),
    ] {
        assert_eq!(levels.cell(0, column), value, "{column}");
    }
}

#[test]
fn a_review_period_is_waited_through_and_costs_are_needed_for_capital() {
    let folder = folder("review");
    let replenishment = "[replenishment]\npolicy = \"periodic-R-S\"\nreview = \"2d\"\norder_up_to = 8\n";
    let text = format!("{}\n{replenishment}", ONE.replace("unit_cost = 4.00\n", ""));
    fs::write(folder.join("one.toml"), text).unwrap();
    done(&folder, &["run", "one.toml"]);
    let levels = Sheet::read(folder.join("output/one/levels.csv"));
    // Four days: Poisson(6). On hand between 8 − 3 + E[(X₃ − 8)+] after a receipt and 8 − 6 + E[(X₆ − 8)+] before the next one:
    // 5.0053 and 2.3140, in the mean 3.6597.
    for (column, value) in [
        ("lead_time_demand_mean", "6"),
        ("lead_time_demand_sd", "2.449"),
        ("safety_stock", "2"),
        ("mean_stock", "3.66"),
        ("capital", ""),
    ] {
        assert_eq!(levels.cell(0, column), value, "{column}");
    }
}

#[test]
fn each_level_says_where_it_comes_from_and_the_page_shows_it() {
    let folder = folder("sources");
    fs::write(folder.join("two.toml"), TWO).unwrap();
    fs::write(folder.join("products.csv"), PRODUCTS).unwrap();
    done(&folder, &["run", "two.toml"]);
    let levels = Sheet::read(folder.join("output/two/levels.csv"));
    // Every pair: the target speaks of all of them. Nobody asks for "never", and no levels are derived for it.
    assert_eq!(levels.rows.len(), 12);
    let source = |product: &str, warehouse: &str| levels.cell(levels.row(product, warehouse), "source").to_string();
    assert_eq!(source("whey", "boise"), "target: 93 % of units at once");
    assert_eq!(source("soy", "york"), "[[replenishment.levels]] row 1");
    assert_eq!(source("bar", "boise"), "the product's row");
    assert_eq!(source("never", "york"), "");
    // 30 orders a day, of 1.6 lines at the most; three of four from the west, whose home is boise, and 3 of 10.2 lines whey.
    let whey: f64 = levels.cell(levels.row("whey", "boise"), "forecast_per_day").parse().unwrap();
    assert!((10.0..30.0 * 1.6 * 0.75 * 3.0 / 10.2).contains(&whey), "{whey}");
    let page = fs::read_to_string(folder.join("output/two/report.html")).unwrap();
    assert!(page.contains("Levels of every pair of warehouse and product"), "the page shows the levels");
    assert!(page.contains("target: 93 % of units at once"));
}

#[test]
fn what_is_given_back_gives_the_same_measures() {
    let folder = folder("given-back");
    fs::write(folder.join("two.toml"), TWO).unwrap();
    fs::write(folder.join("products.csv"), PRODUCTS).unwrap();
    done(&folder, &["run", "two.toml"]);
    fs::copy(folder.join("output/two/levels.csv"), folder.join("levels.csv")).unwrap();
    let rows = TWO.find("[[replenishment.levels]]").unwrap()..TWO.find("[costs]").unwrap();
    // In the place of rows and target; then beside the target, which has nothing left to do.
    for (name, with) in [("file", ""), ("both", "target = { fill_rate = 0.5 }\n")] {
        let mut text = TWO.to_string();
        text.replace_range(rows.clone(), "levels = { file = \"levels.csv\" }\n");
        let text = text.replace("target = { fill_rate = 0.93 }\n", with);
        fs::write(folder.join(format!("{name}.toml")), text).unwrap();
        done(&folder, &["run", &format!("{name}.toml")]);
        let again = folder.join("output").join(name);
        assert_same_measures(&folder.join("output/two"), &again);
        let levels = Sheet::read(again.join("levels.csv"));
        assert_eq!(levels.cell(levels.row("whey", "boise"), "source"), "levels.csv row 1");
    }
}

#[test]
fn a_tuning_s_levels_can_be_given_too() {
    let folder = folder("tuned");
    fs::write(folder.join("two.toml"), TWO).unwrap();
    fs::write(folder.join("products.csv"), PRODUCTS).unwrap();
    done(&folder, &["tune", "two.toml", "--set", "run.horizon=20d", "--budget", "40", "--replications", "2"]);
    fs::copy(folder.join("output/tune-two/levels.csv"), folder.join("levels.csv")).unwrap();
    let rows = TWO.find("[[replenishment.levels]]").unwrap()..TWO.find("[costs]").unwrap();
    let mut text = TWO.to_string();
    text.replace_range(rows, "levels = { file = \"levels.csv\" }\n");
    fs::write(folder.join("given.toml"), text).unwrap();
    done(&folder, &["run", "given.toml"]);
    let (tuned, given) = (Sheet::read(folder.join("levels.csv")), Sheet::read(folder.join("output/given/levels.csv")));
    let point = |sheet: &Sheet| sheet.cell(sheet.row("whey", "boise"), "reorder_point").to_string();
    assert_eq!(point(&tuned), point(&given));
}

#[test]
fn a_column_that_no_result_has_is_still_told() {
    let folder = folder("typo");
    let text = format!("{ONE}\n[replenishment]\npolicy = \"base-stock\"\nlevels = {{ file = \"levels.csv\" }}\n");
    fs::write(folder.join("one.toml"), text).unwrap();
    fs::write(folder.join("levels.csv"), "warehouse,product,order_upto,capital\nboise,whey,5,3\n").unwrap();
    let wrong = super::backorder(&folder, &["run", "one.toml"]);
    assert_eq!(wrong.status.code(), Some(2));
    let told = super::stderr(&wrong);
    assert!(told.contains("unknown column `order_upto`") && told.contains("`order_up_to`"), "{told}");
    assert!(!told.contains("`capital` in"), "{told}");
}

#[test]
fn a_comparison_has_the_levels_of_each_scenario_that_plans_otherwise() {
    let folder = folder("compared");
    fs::write(folder.join("two.toml"), TWO).unwrap();
    fs::write(folder.join("products.csv"), PRODUCTS).unwrap();
    let variants = ["more: replenishment.target.fill_rate=0.97", "near: sourcing.policy=nearest"];
    done(&folder, &["compare", "two.toml", "--variant", variants[0], "--variant", variants[1]]);
    let out = folder.join("output/compare-two");
    let [now, more] = ["a", "b"].map(|letter| Sheet::read(out.join(format!("levels-{letter}.csv"))));
    let capital = |sheet: &Sheet| -> f64 {
        (0..sheet.rows.len()).filter_map(|row| sheet.cell(row, "capital").parse::<f64>().ok()).sum()
    };
    assert!(capital(&more) > capital(&now), "{} and {}", capital(&more), capital(&now));
    assert!(!out.join("levels-c.csv").exists(), "C plans as A does");
    // The page is made again from them.
    done(&folder, &["report", "output/compare-two"]);
}
