//! Demand by period: what is read, and what is told.

use super::*;

const SHOP: &str = r#"
run = { horizon = "30d" }
zones = [{ id = "south" }, { id = "west", share = 3 }]
warehouses = [{ id = "boise" }]
lanes = [{ from = "boise", to = "south" }, { from = "boise", to = "west" }]
products = [{ id = "whey" }, { id = "pea", units_per_period = 2 }]
"#;

const BY_DAY: &str = "demand = { period = \"1d\", at = \"9h\", units_per_period = { poisson = { mean = 25 } } }\n";

#[test]
fn demand_by_period_is_read() {
    let model = model(&format!("{SHOP}{BY_DAY}"));
    assert_eq!((&model.demand, &model.trace), (&None, &None));
    let period = model.period.as_ref().expect("demand by period");
    assert_eq!((period.period, period.at), (Span::from_days(1), Span(9 * 3_600)));
    let units: Vec<Distribution> = period.asked_for(&model.products).map(|(_, units)| units.clone()).collect();
    assert_eq!(units, [Distribution::poisson(25.0), Distribution::Constant(2.0)], "a product's own come first");
    assert!((period.mean_units_per_day(&model.products) - 27.0).abs() < 1e-12);
    assert_eq!(model.run.replications, Replications::Fixed(30), "it is random");
}

#[test]
fn units_may_be_0_and_a_product_without_a_share_is_never_asked_for() {
    let shop =
        SHOP.replace("{ id = \"whey\" }", "{ id = \"whey\", share = 0 }").replace(", { id = \"west\", share = 3 }", "");
    let shop = shop.replace(", { from = \"boise\", to = \"west\" }", "");
    let found = |units: &str| {
        let model = model(&format!("{shop}demand = {{ period = \"1w\", units_per_period = {units} }}\n"));
        let period = model.period.as_ref().expect("demand by period");
        (period.asked_for(&model.products).count(), period.is_random(&model.products, &model.zones))
    };
    assert_eq!(found("0"), (1, false), "always two of the other, in one zone: nothing is random");
    let values = "{ empirical = { values = [0, 3], weights = [9, 1] } }";
    assert_eq!(found(values), (1, false));
    let all = format!("{SHOP}demand = {{ period = \"1w\", units_per_period = {values} }}\n");
    let drawn = model(&all).period.expect("demand by period");
    assert_eq!(drawn.general, Some(Distribution::empirical(vec![0.0, 3.0], vec![9.0, 1.0])));
}

#[test]
fn what_has_no_place_beside_a_period_is_told_at_once() {
    let demand = "[demand]\nperiod = \"1d\"\nunits_per_period = 3\norders_per_day = 5\nlines_per_order = 2\nunits_per_line = 2\n\
                  weekly = [1, 1, 1, 1, 1, 1, 2]\nyearly = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]\naffinity = 0.5\n";
    let told: Vec<&str> = codes(&format!("{SHOP}{demand}"), &[], &[]);
    assert_eq!(told, ["clash"; 6]);
}

#[test]
fn slips_of_demand_by_period_are_told() {
    let told = |demand: &str| codes(&format!("{SHOP}demand = {demand}\n"), &[], &[]);
    assert_eq!(told("{ units_per_period = 3 }"), ["missing-key", "missing-key"], "neither a period nor a rate");
    assert_eq!(told("{ orders_per_day = 3, units_per_period = 3, at = \"1h\" }"), ["missing-key", "missing-key"]);
    assert_eq!(told("{ period = \"1d\" }"), ["missing-key"], "nothing is said of whey");
    assert_eq!(told("{ period = \"0s\", units_per_period = 3 }"), ["out-of-range"]);
    assert_eq!(told("{ period = \"1d\", at = \"1d\", units_per_period = 3 }"), ["out-of-range"]);
    assert_eq!(told("{ period = \"1d\", units_per_period = -1 }"), ["out-of-range"]);
    assert_eq!(told("{ period = \"1d\", units_per_period = 1.5 }"), ["not-whole"]);
    let idle = SHOP.replace("units_per_period = 2", "units_per_period = 0");
    assert_eq!(
        codes(&format!("{idle}demand = {{ period = \"1d\", units_per_period = 0 }}\n"), &[], &[]),
        ["no-shares"]
    );
}

#[test]
fn what_has_no_effect_is_told() {
    let warnings = |text: &str| {
        let loaded = load_with(text, &[], &[]).expect("it is sound");
        let idle = loaded.warnings.into_iter().filter(|found| found.code == "no-effect");
        idle.map(|found| found.message).collect::<Vec<_>>()
    };
    assert_eq!(warnings(&format!("{SHOP}{BY_DAY}")), [""; 0]);
    let without = warnings(&format!("{SHOP}demand = {{ orders_per_day = 3 }}\n"));
    assert_eq!(without, ["`units_per_period` has no effect: [demand] has no `period`"]);
    let shares = SHOP.replace("units_per_period = 2", "share = 2");
    let told = "the size of a product's `share` has no effect where demand comes by period";
    assert_eq!(warnings(&format!("{shares}{BY_DAY}")), [told]);
    let costs = "costs = { backorder_per_unit = 3.0, purchase = true }\nrules = { backorder = { accept = false } }\n";
    let told = warnings(&format!("{SHOP}{BY_DAY}{costs}"));
    assert!(told[0].starts_with("`backorder_per_unit` has no effect: nothing ever waits"), "{told:?}");
    assert!(told[1].starts_with("`purchase` has no effect: nobody buys"), "{told:?}");
}
