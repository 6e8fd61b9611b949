//! Events that change unit costs and prices, events of a class of products, and events by date. Every expectation was worked out by
//! hand.

use backorder::domain::{Effect, ProductId, SimTime, When};
use backorder::experiment::{Results, Settings, replicate};
use backorder::measures::Metric;
use backorder::scenario::{self, Loaded};

use crate::support::replay::NoFiles;

const DAY: i64 = 86_400;

fn load(text: &str) -> Result<Loaded, String> {
    scenario::load("prices.toml", text, &NoFiles, &[]).map_err(|wrong| wrong.to_string())
}

/// A shop that sells one unit at noon of every day of sixty; a unit costs 4, sells at 10, and its vendor takes two days.
fn one_a_day(stock: &str, events: &str) -> String {
    let orders: Vec<String> = (0..60)
        .map(|day| format!("{{ at = \"{}h\", zone = \"home\", lines = [{{ product = \"whey\" }}] }}", 24 * day + 12))
        .collect();
    format!(
        "run = {{ horizon = \"60d\", replications = 1 }}\nzones = [{{ id = \"home\" }}]\nwarehouses = [{{ id = \"boise\" }}]\n\
         lanes = [{{ from = \"boise\", to = \"home\" }}]\nvendors = [{{ id = \"acme\", lead_time = \"2d\" }}, {{ id = \"other\", lead_time = \"2d\" }}]\n\
         products = [{{ id = \"whey\", vendor = \"acme\", unit_cost = 4, price = 10, substitutes = \"protein\" }}, \
         {{ id = \"soy\", vendor = \"other\", substitutes = \"protein\" }}]\norders = [{}]\n\
         rules.backorder.accept = false\ncosts = {{ purchase = true, lost_margin = 1.0 }}\n{stock}\nevents = [{events}]\n",
        orders.join(", ")
    )
}

fn results(text: &str) -> Results {
    let model = load(text).expect("it is a scenario").model;
    replicate(&model, &Settings { jobs: Some(1), audit: true, ..Settings::default() }).unwrap()
}

/// A part of the costs of all 60 orders together.
#[track_caller]
fn cost(text: &str, metric: Metric) -> f64 {
    results(text).estimate(metric).expect("it is measured").mean * 60.0
}

#[track_caller]
fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found}, expected {expected}");
}

#[test]
fn what_vendors_deliver_meanwhile_costs_more_to_buy() {
    // Always three on hand or on their way: what is ordered at noon of a day comes at noon two days later, 58 units in sixty days,
    // of which ten in ten days.
    let shop = |events: &str| {
        one_a_day("[replenishment]\npolicy = \"base-stock\"\norder_up_to = 3\n[[stock]]\nwarehouse = \"boise\"\nproduct = \"whey\"\nunits = 3", "").replace("events = []", &format!("[[events]]\nname = \"none\"\nfrom = \"0s\"\nvendor = \"acme\"\nlead_time_factor = 1.0\n{events}"))
    };
    let event = |keys: &str| format!("[[events]]\nfrom = \"10d\"\nto = \"20d\"\n{keys}\n");
    assert_close(cost(&shop(""), Metric::CostPerOrderPurchase), 58.0 * 4.0);
    for about in ["vendor = \"acme\"", "product = \"whey\"", "group = \"protein\"", "class = \"A\"", ""] {
        let text = shop(&event(&format!("unit_cost_factor = 1.5\n{about}")));
        let found = if about.starts_with("class") {
            // The class is of the forecast, and orders written by hand are no forecast: everything is C.
            assert_close(cost(&text, Metric::CostPerOrderPurchase), 58.0 * 4.0);
            cost(&text.replace("class = \"A\"", "class = \"C\""), Metric::CostPerOrderPurchase)
        } else {
            cost(&text, Metric::CostPerOrderPurchase)
        };
        assert_close(found, 48.0 * 4.0 + 10.0 * 6.0);
    }
    let both = event("unit_cost_factor = 1.5") + &event("unit_cost_factor = 2.0\nproduct = \"whey\"");
    assert_close(cost(&shop(&both), Metric::CostPerOrderPurchase), 48.0 * 4.0 + 10.0 * 12.0);
    assert_close(
        cost(&shop(&event("unit_cost_factor = 1.5\nvendor = \"other\"")), Metric::CostPerOrderPurchase),
        58.0 * 4.0,
    );
}

#[test]
fn a_price_and_a_cost_change_what_a_lost_unit_would_have_earned() {
    // Thirty units lie there, so that of sixty the last thirty are lost, at a margin of 6 each.
    let stock = "stock = [{ warehouse = \"boise\", product = \"whey\", units = 30 }]";
    let lost = |events: &str| cost(&one_a_day(stock, events), Metric::CostPerOrderLostMargin);
    assert_close(lost("{ from = \"40d\", to = \"50d\", price_factor = 1.0 }"), 180.0);
    assert_close(lost("{ from = \"40d\", to = \"50d\", price_factor = 0.5 }"), 20.0 * 6.0 + 10.0);
    let both = "{ from = \"40d\", to = \"50d\", price_factor = 0.5 }, { from = \"45d\", product = \"whey\", unit_cost_factor = 1.25 }";
    // From day 45 on it costs 5: five units at 10 − 4 = 6 less half the price, five at 0, ten at 5, ten at 6.
    assert_close(lost(both), 10.0 * 6.0 + 5.0 * 1.0 + 5.0 * 0.0 + 10.0 * 5.0);
    let by_product = results(&one_a_day(stock, both));
    let total = by_product.estimate(Metric::CostPerOrderLostMargin).unwrap().mean;
    assert_close(total * 60.0, 115.0);
}

#[test]
fn an_event_is_of_a_class_by_the_value_of_its_demand() {
    let text = "run = { horizon = \"10d\" }\nzones = [{ id = \"home\" }]\nwarehouses = [{ id = \"boise\" }]\n\
                lanes = [{ from = \"boise\", to = \"home\" }]\nvendors = [{ id = \"acme\", lead_time = \"2d\" }]\n\
                products = [{ id = \"a\", vendor = \"acme\", share = 8, unit_cost = 1 }, { id = \"b\", vendor = \"acme\", share = 1.5, unit_cost = 1 }, { id = \"c\", vendor = \"acme\", share = 0.5, unit_cost = 1 }]\n\
                demand = { orders_per_day = 5 }\nreplenishment = { policy = \"base-stock\", order_up_to = 9 }\n\
                events = [{ from = \"1d\", to = \"2d\", class = \"B\", demand_factor = 2.0 }]\n";
    let model = load(text).expect("it is a scenario").model;
    let expected = Effect::Demand { zone: None, products: Some(vec![ProductId(1)]), factor: 2.0 };
    assert_eq!((&model.events()[0].effect, model.events()[0].name.as_str()), (&expected, "class B: demand × 2"));
    let wrong =
        load(&text.replace("class = \"B\"", "class = \"D\", product = \"a\"")).expect_err("there is no such class");
    assert!(wrong.contains("class"), "{wrong}");
    let both = load(&text.replace("class = \"B\"", "class = \"B\", product = \"a\"")).expect_err("both");
    assert!(both.contains("an event is about a `product` or a `class`, not both"), "{both}");
}

#[test]
fn events_may_be_given_by_date() {
    let text = |start: &str, from: &str, to: &str| {
        one_a_day("", &format!("{{ from = {from}, to = {to}, price_factor = 0.5 }}"))
            .replace("horizon = \"60d\"", &format!("horizon = \"60d\"{start}"))
    };
    let when = |text: &str| load(text).map(|loaded| loaded.model.events()[0].when.clone());
    let days = |from: i64, to: i64| When::Once { from: SimTime(from), to: Some(SimTime(to)) };
    let start = ", start = \"2026-11-01\"";
    for (from, to) in [("\"2026-11-27\"", "\"2026-11-30\""), ("2026-11-27", "2026-11-30"), ("\"26d\"", "2026-11-30")] {
        assert_eq!(when(&text(start, from, to)), Ok(days(26 * DAY, 29 * DAY)), "{from}");
    }
    assert_eq!(
        when(&text(", start = 2026-11-01", "2026-11-27T18:30:00", "2026-11-28")),
        Ok(days(26 * DAY + 66_600, 27 * DAY))
    );
    for (start, from, told) in [
        ("", "2026-11-27", "nothing says on which day the run starts"),
        (start, "2026-10-27", "before the run starts, on 2026-11-01"),
        (start, "\"2026-11-31\"", "which is no date"),
        (", start = \"November\"", "2026-11-27", "`start` is \"November\", which is no date"),
        (", start = \"2026-11-01 12:00\"", "2026-11-27", "which names an hour"),
        (start, "2026-12-27", "which is not after `from`"),
    ] {
        let wrong = when(&text(start, from, "\"2026-11-30\"")).expect_err(told);
        assert!(wrong.contains(told), "{told}: {wrong}");
    }
}
