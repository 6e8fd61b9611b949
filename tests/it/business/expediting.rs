//! Expediting that asks what it costs, keeps to a budget, and says what it brought.

use backorder::domain::Model;
use backorder::experiment::{Results, Settings, replicate};
use backorder::measures::Metric;

use crate::support::replay::{self, NoFiles};
use crate::support::timeline;

/// Two a day are asked for, evenly; twelve are there. At the reorder point of 6, on day 2, twenty are ordered for day 12; they could come
/// within two days.
fn told(expedite: &str, rest: &str) {
    timeline(&format!(
        r#"set vendors = [{{ id = "acme", lead_time = "10d", expedite = {{ lead_time = "2d", {expedite} }} }}]
        set products = [{{ id = "whey", vendor = "acme" }}, {{ id = "soy", vendor = "acme" }}]
        set replenishment = {{ policy = "s-S", reorder_point = 6, order_up_to = 26 }}
        set demand = {{ period = "1d", at = "12h", units_per_period = 2 }}
        set customers.keep_when_backordered = 1.0
        set costs.backorder_per_unit_day = 1.0
        set run.horizon = "20d"
        stock boise whey 12
        stock boise soy 12
        {rest}"#
    ));
}

#[test]
fn it_is_worth_what_it_saves_and_not_a_cent_more() {
    // On day 3 four are left. From day 5 to 12 stock would be short of 0 to 14: 49 unit-days. At 2.44 the twenty cost 48.80.
    told(
        r#"when = "worth-it", cost_per_unit = 2.44"#,
        "
        ---
        2d12h  replenishment-ordered    product=whey units=20
        3d12h  replenishment-expedited  product=whey units=20
        5d12h  receipt                  product=whey units=20
        ",
    );
    // At 2.46 they cost 49.20, and later there is less to save: 48 on day 4, 45 on day 5.
    told(
        r#"when = "worth-it", cost_per_unit = 2.46"#,
        "
        ---
        2d12h   replenishment-ordered  product=whey units=20
        12d12h  receipt                product=whey units=20
        never replenishment-expedited
        ",
    );
}

#[test]
fn without_the_word_the_charge_decides_nothing() {
    told(
        "cost_per_unit = 246.0",
        "
        ---
        3d12h  replenishment-expedited  product=whey units=20
        never expediting-settled
        ",
    );
}

#[test]
fn what_is_ordered_ahead_and_not_due_yet_needs_nothing() {
    // Five are ordered on day 12 for day 15: on day 12 twelve of the twenty were needed, as without them.
    told(
        r#"when = "projected-stock-out", cost_per_unit = 1.0"#,
        "
        set orders = [{ at = \"12d\", zone = \"home\", due_after = \"3d\", lines = [{ product = \"whey\", units = 5 }] }]
        ---
        3d12h   replenishment-expedited  product=whey
        12d12h  expediting-settled       product=whey needed=12 unit_seconds=3110400
        ",
    );
}

#[test]
fn what_it_brought_is_told_at_the_promise() {
    // By then seven days' demand of 14 has taken twelve of the twenty; two more had been there before.
    told(
        r#"when = "projected-stock-out", cost_per_unit = 1.0"#,
        "
        ---
        3d12h   replenishment-expedited  product=whey
        12d12h  expediting-settled       product=whey needed=12 unit_seconds=3110400
        ",
    );
}

#[test]
fn a_months_budget_is_not_exceeded() {
    told(
        "cost_per_unit = 2.0, budget_per_month = 79.0",
        "
        ---
        3d12h  replenishment-expedited  product=whey units=20
        never replenishment-expedited product=soy
        ",
    );
    told(
        "cost_per_unit = 2.0, budget_per_month = 80.0",
        "
        ---
        3d12h  replenishment-expedited  product=whey units=20
        3d12h  replenishment-expedited  product=soy units=20
        ",
    );
}

fn shop(expedite: &str) -> Model {
    let text = format!(
        "run = {{ horizon = \"300d\", warm_up = \"30d\", replications = 4, seed = 11 }}\n\
         zones = [{{ id = \"home\" }}]\nwarehouses = [{{ id = \"boise\" }}]\n\
         lanes = [{{ from = \"boise\", to = \"home\", parcel_cost = 4 }}]\n\
         vendors = [{{ id = \"acme\", lead_time = \"8d\", expedite = {{ lead_time = \"1d\", {expedite} }} }}]\n\
         products = [{{ id = \"whey\", vendor = \"acme\", price = 30, unit_cost = 10 }}]\n\
         demand = {{ orders_per_day = 5 }}\n\
         replenishment = {{ policy = \"s-S\", reorder_point = 36, order_up_to = 90 }}\n\
         customers = {{ keep_when_backordered = 0.8 }}\n\
         costs = {{ backorder_per_unit_day = 2.0, lost_margin = 1.0 }}\n"
    );
    replay::load("expediting.toml", &text, &NoFiles)
}

fn results(expedite: &str) -> Results {
    replicate(&shop(expedite), &Settings::default()).expect("it runs")
}

fn mean(results: &Results, metric: Metric) -> f64 {
    results.estimate(metric).unwrap_or_else(|| panic!("{} is not known", metric.name())).mean
}

#[test]
fn what_it_brings_is_measured_where_it_says_when() {
    let plain = results("cost_per_unit = 0.1");
    for metric in [Metric::UnitsNeededEarly, Metric::BackorderDaysSpared, Metric::CostPerBackorderDaySpared] {
        assert!(plain.estimate(metric).is_none(), "{}", metric.name());
    }
    let measured = results(r#"cost_per_unit = 0.1, when = "projected-stock-out""#);
    // To say when changes nothing but what is known.
    assert_eq!(mean(&plain, Metric::ExpeditingCostPerDay), mean(&measured, Metric::ExpeditingCostPerDay));
    let days = mean(&measured, Metric::BackorderDaysSpared);
    let per_day = mean(&measured, Metric::CostPerBackorderDaySpared);
    assert!(days > 0.0 && mean(&measured, Metric::UnitsNeededEarly) > 0.0);
    assert!((per_day - 300.0 * mean(&measured, Metric::ExpeditingCostPerDay) / days).abs() < 1e-9);
}

#[test]
fn the_dearer_it_is_the_less_is_expedited_and_the_better_for_its_money() {
    let at = |cost: &str| results(&format!(r#"cost_per_unit = {cost}, when = "worth-it""#));
    let share = |results: &Results| mean(results, Metric::ExpeditedOrderShare);
    let (cheap, dear, absurd) = (at("0.2"), at("0.8"), at("20.0"));
    assert!(share(&cheap) > share(&dear) && share(&dear) > 0.0, "{} {}", share(&cheap), share(&dear));
    assert_eq!(share(&absurd), 0.0);
    // For the same charge a weighed unit-day costs no more than one that is bought whatever it costs.
    let unweighed = results(r#"cost_per_unit = 0.8, when = "projected-stock-out""#);
    let price = |results: &Results| mean(results, Metric::CostPerBackorderDaySpared);
    assert!(price(&dear) < price(&unweighed), "{} {}", price(&dear), price(&unweighed));
}

#[test]
fn every_month_has_its_budget() {
    let told = replay::replay(&shop("cost_per_unit = 0.1, budget_per_month = 8.0"));
    let mut months = std::collections::BTreeMap::<i64, f64>::new();
    for line in told.trace.iter().filter(|line| line["event"] == "replenishment-expedited") {
        let month = line["t"].as_i64().expect("a time") / (365 * 86_400 / 12);
        *months.entry(month).or_default() += line["cost"].as_f64().expect("a charge");
    }
    assert!(months.len() > 3, "{months:?}");
    assert!(months.values().all(|&spent| spent <= 8.0 + 1e-9), "{months:?}");
    let free = replay::replay(&shop("cost_per_unit = 0.1"));
    let all = free.trace.iter().filter(|line| line["event"] == "replenishment-expedited").count();
    assert!(all > months.len(), "the budget is one that is felt");
}
