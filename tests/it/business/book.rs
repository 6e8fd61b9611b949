//! The book as it stands: purchase orders on their way and customers who wait already when the run begins. Every expectation was
//! worked out by hand.

use std::num::NonZeroU32;

use backorder::engine::Plan;
use backorder::experiment::{Settings, replicate};
use backorder::measures::Metric;
use backorder::observe::{OcelWriter, Story};
use backorder::scenario::{self, Loaded, Override};

use crate::support::replay::NoFiles;
use crate::support::timeline;

/// A vendor who takes six days.
const ACME: &str = r#"set vendors = [{ id = "acme", lead_time = "6d" }]
    set products = [{ id = "whey", vendor = "acme" }]"#;

#[test]
fn what_remains_of_a_constant_lead_time_is_what_is_waited_for() {
    timeline(&format!(
        "{ACME}
        underway 4d  boise  whey 3
        waiting  9d  home   whey 2
        ---
        0s  purchase-order-open  warehouse=boise product=whey units=3 purchase_order=1 ordered=-345600 promised=172800
        0s  order-open           order=1 placed=-777600 mode=held
        0s  line-open            order=1 line=1 units=2
        2d  receipt              units=3 purchase_order=1
        2d  line-covered         order=1 waited=950400
        2d  parcel-shipped       order=1 lines=1
        2d  order-completed      order=1
        "
    ));
}

#[test]
fn it_comes_when_promised_where_that_is_asked_for_and_at_once_where_it_is_overdue() {
    let promised = r#"{ warehouse = "boise", product = "whey", units = 2, promised = "9d", arrives = "promised" }"#;
    let late = r#"{ warehouse = "boise", product = "whey", units = 4, ordered = "5d", promised = "9d" }"#;
    timeline(&format!(
        "{ACME}
        set open_purchase_orders = [{{ warehouse = \"boise\", product = \"whey\", units = 1, ordered = \"6d\" }}, {promised}, {late}]
        ---
        0s  receipt  units=1 purchase_order=1
        1d  receipt  units=4
        9d  receipt  units=2
        never replenishment-ordered
        "
    ));
}

#[test]
fn what_is_on_its_way_counts_in_the_position_from_the_start() {
    // Position 1 + 5 − 2 = 4 is above the reorder point of 3: nothing is ordered before a unit is sold.
    timeline(&format!(
        "{ACME}
        set replenishment = {{ policy = \"s-S\", reorder_point = 3, order_up_to = 9 }}
        stock    boise whey 1
        underway 2d  boise whey 5
        waiting  1d  home  whey 2
        order    1d  home  whey 1
        ---
        1d  replenishment-ordered  units=6 purchase_order=2 promised=604800
        4d  receipt                units=5 purchase_order=1
        4d  parcel-shipped         order=2
        7d  receipt                units=6 purchase_order=2
        never 0s replenishment-ordered
        "
    ));
}

#[test]
fn who_waits_longest_is_served_first_whatever_the_order_of_the_file() {
    timeline(
        "
        waiting  2d  home  whey
        waiting  5d  home  whey
        order    1d  home  whey
        receipt  2d  boise  whey 1
        receipt  3d  boise  whey 1
        receipt  4d  boise  whey 1
        ---
        2d  parcel-shipped  order=3 rule=full-backorder-hold
        3d  parcel-shipped  order=2
        4d  parcel-shipped  order=1
        ",
    );
}

#[test]
fn the_thirty_days_go_on_and_stock_of_the_start_may_still_save_an_order() {
    timeline(
        "
        products whey soy
        waiting  30d  home  soy
        waiting  31d  home  soy
        waiting  40d  home  whey 2
        stock    boise  whey 2
        ---
        0s  line-auto-cancelled  order=2 since=-2678400
        0s  cancellation-notice  order=2
        0s  order-cancelled      order=2
        1s  line-auto-cancelled  order=1 since=-2592000
        0s  parcel-shipped       order=3
        fires auto-cancel 2
        never backorder-notice
        ",
    );
}

#[test]
fn stock_of_the_start_waits_for_the_receipts_of_the_first_second() {
    // Two units on the shelf would go to the younger order; with the third that comes in the same second they go to the older one.
    timeline(
        "
        stock    boise  whey 2
        receipt  0s  boise  whey 1
        waiting  5d  home  whey 3
        waiting  1d  home  whey 2
        ---
        0s  parcel-shipped  order=1
        never parcel-shipped  order=2
        ",
    );
}

#[test]
fn a_held_order_leaves_in_one_and_the_rest_of_a_split_one_line_by_line() {
    timeline(
        "
        products whey soy
        waiting  3d  home  whey, soy
        rest     2d  home  whey, soy
        receipt  1d  boise  whey 2
        receipt  2d  boise  soy 2
        ---
        0s  order-open      order=1 mode=held
        2d  parcel-shipped  order=1 parcel=1 lines=1,2
        0s  order-open      order=2 mode=split part_shipped=true
        1d  parcel-shipped  order=2 parcel=2 lines=1 rule=partial-split
        2d  parcel-shipped  order=2 parcel=3 lines=2
        2d  order-completed order=2 parcels=3
        ",
    );
}

#[test]
fn an_order_from_abroad_is_assigned_by_what_is_there_at_the_start() {
    timeline(
        "
        warehouses boise dayton
        products whey soy
        stock    dayton  soy 1
        waiting  3d  abroad  whey, soy
        receipt  1d  boise   whey 1
        receipt  2d  dayton  whey 1
        ---
        0s  order-open      order=1 mode=held warehouse=dayton
        2d  parcel-shipped  order=1 warehouse=dayton lines=1,2 rule=international-complete
        ",
    );
}

#[test]
fn a_customer_who_would_have_called_before_the_start_waits_on() {
    timeline(
        "
        set customers.contact = { probability = 1.0, after = \"4d\" }
        set customers.swap_share = 0.0
        waiting  5d  home  whey
        waiting  3d  home  whey
        ---
        1d  contact       order=2 wants=remove
        1d  line-removed  order=2
        never contact  order=1
        ",
    );
}

#[test]
fn contacts_name_open_orders_after_the_written_ones() {
    timeline(
        "
        order    2d  home  whey
        waiting  1d  home  whey
        contact  1d  order 2 line 1 remove
        ---
        1d  line-removed     order=2
        1d  order-cancelled  order=2
        never line-removed  order=1
        ",
    );
}

/// A shop with one warehouse and a vendor who takes six days, with what the test adds.
fn text(more: &str) -> String {
    format!(
        "run = {{ horizon = \"40d\" }}\nzones = [{{ id = \"home\" }}, {{ id = \"abroad\", international = true }}]\n\
         warehouses = [{{ id = \"boise\" }}]\nlanes = [{{ from = \"boise\", to = \"home\" }}, {{ from = \"boise\", to = \"abroad\" }}]\n\
         vendors = [{{ id = \"acme\", lead_time = \"6d\" }}]\nproducts = [{{ id = \"whey\", vendor = \"acme\" }}]\n{more}"
    )
}

fn shop(more: &str) -> Result<Loaded, String> {
    scenario::load("shop.toml", &text(more), &NoFiles, &[]).map_err(|wrong| wrong.to_string())
}

#[test]
fn waits_are_measured_at_their_full_length_and_orders_of_before_are_not_asked_for_again() {
    let book = "open_orders = [{ placed = \"9d\", zone = \"home\", lines = [{ product = \"whey\", units = 2 }] }]\n\
                open_purchase_orders = [{ warehouse = \"boise\", product = \"whey\", units = 2, ordered = \"4d\" }]\n\
                orders = [{ at = \"20d\", zone = \"home\", lines = [{ product = \"whey\" }] }]\n\
                receipts = [{ at = \"21d\", warehouse = \"boise\", product = \"whey\", units = 1 }]\n";
    let model = shop(book).expect("it is a scenario").model.with_replications(NonZeroU32::MIN);
    let results = replicate(&model, &Settings { jobs: Some(1), audit: true, ..Settings::default() }).unwrap();
    let mean = |metric| results.estimate(metric).map(|estimate| estimate.mean);
    // One order was asked for; two lines waited, for 11 days and for 1.
    assert_eq!((mean(Metric::Orders), mean(Metric::OrderFillRate)), (Some(1.0), Some(0.0)));
    assert_eq!((mean(Metric::BackorderWaitDaysMean), mean(Metric::BackorderWaitDaysMax)), (Some(6.0), Some(11.0)));
    // Two units wait for 2 of 40 days and one for 1; two are on order for 2 days.
    assert_eq!(mean(Metric::BackordersMeanUnits), Some(5.0 / 40.0));
    assert_eq!(mean(Metric::OnOrderMeanUnits), Some(4.0 / 40.0));
}

#[test]
fn the_rest_of_a_random_lead_time_is_drawn_given_that_it_is_not_over() {
    // An exponential lead time of 6 days is as good as new after 30; a uniform one of 2 to 8 days after 5 has 0 to 3 left.
    let mean_wait = |lead_time: &str, age: &str| {
        let book = format!(
            "open_orders = [{{ placed = \"1d\", zone = \"home\", lines = [{{ product = \"whey\" }}] }}]\n\
             open_purchase_orders = [{{ warehouse = \"boise\", product = \"whey\", units = 1, ordered = \"{age}\" }}]\n\
             rules = {{ cancellation = {{ after = \"never\" }} }}\n"
        );
        let model = scenario::load(
            "shop.toml",
            &format!(
                "run = {{ horizon = \"400d\", replications = 2000 }}\nzones = [{{ id = \"home\" }}]\nwarehouses = [{{ id = \"boise\" }}]\n\
                 lanes = [{{ from = \"boise\", to = \"home\" }}]\nvendors = [{{ id = \"acme\", lead_time = {lead_time} }}]\n\
                 products = [{{ id = \"whey\", vendor = \"acme\" }}]\n{book}"
            ),
            &NoFiles,
            &[],
        )
        .expect("it is a scenario")
        .model;
        let results = replicate(&model, &Settings { jobs: Some(1), ..Settings::default() }).unwrap();
        *results.estimate(Metric::BackorderWaitDaysMean).expect("somebody waited")
    };
    let exponential = mean_wait("{ exponential = { mean = \"6d\" } }", "30d");
    assert!((exponential.mean - 7.0).abs() < 2.0 * exponential.half_width.unwrap(), "{exponential:?}");
    let uniform = mean_wait("{ uniform = { min = \"2d\", max = \"8d\" } }", "5d");
    assert!((uniform.mean - 2.5).abs() < 2.0 * uniform.half_width.unwrap(), "{uniform:?}");
}

#[test]
fn what_cannot_be_is_told_with_its_place_and_a_remedy() {
    let wrong = |more: &str, words: &[&str]| {
        let told = shop(more).map(drop).expect_err("it cannot be");
        words.iter().for_each(|word| assert!(told.contains(word), "{word} is not in\n{told}"));
    };
    let waits = "{ placed = \"9d\", zone = \"abroad\", lines = [{ product = \"whey\" }]";
    wrong(
        &format!("open_orders = [{waits}, part_shipped = true }}]"),
        &["never leaves in parts", "drop `part_shipped`"],
    );
    wrong(
        "open_orders = [{ placed = \"0s\", zone = \"home\", lines = [{ product = \"whey\" }] }]",
        &["longer than \"0s\""],
    );
    wrong(
        "open_purchase_orders = [{ warehouse = \"boise\", product = \"whey\", units = 2 }]",
        &["lacks `ordered`", "from which the rest of"],
    );
    wrong(
        "open_purchase_orders = [{ warehouse = \"boise\", product = \"whey\", units = 2, arrives = \"promised\" }]",
        &["lacks `promised`", "when it is to"],
    );
    wrong(
        "open_purchase_orders = [{ warehouse = \"boise\", product = \"wey\", vendor = \"amce\", units = 2, ordered = \"1d\" }]",
        &["there is no product \"wey\"", "there is no vendor \"amce\""],
    );
    let book = format!("open_orders = [{waits} }}]");
    let warm_up = Override { path: "run.warm_up".into(), value: "\"30d\"".into() };
    let told = scenario::load("shop.toml", &text(&book), &NoFiles, &[warm_up]).expect_err("it cannot be").to_string();
    assert!(told.contains("[[open_orders]] says how things stand on day 0"), "{told}");
    assert!(told.contains("set `warm_up = \"0s\"`"), "{told}");
    let warned = |more: &str, code: &str| {
        let loaded = shop(more).expect("it is a scenario");
        assert!(loaded.warnings.iter().any(|warning| warning.code == code), "{:?}", loaded.warnings);
    };
    warned("open_orders = [{ placed = \"31d\", zone = \"home\", lines = [{ product = \"whey\" }] }]", "aged");
    warned(
        "open_purchase_orders = [{ warehouse = \"boise\", product = \"whey\", units = 2, ordered = \"6d\" }]",
        "overdue",
    );
    warned(
        "open_purchase_orders = [{ warehouse = \"boise\", product = \"whey\", units = 2, ordered = \"1d\" }]\n\
         replenishment = { policy = \"s-S\", reorder_point = 3, order_up_to = 9 }",
        "no-stock",
    );
}

#[test]
fn a_log_for_process_mining_has_what_was_open_on_its_own_day() {
    let book = "open_orders = [{ placed = \"9d\", zone = \"home\", lines = [{ product = \"whey\", units = 2 }] }]\n\
                open_purchase_orders = [{ warehouse = \"boise\", product = \"whey\", units = 2, ordered = \"4d\" }]\n";
    let model = shop(book).expect("it is a scenario").model;
    let mut log = Vec::new();
    let mut writer = OcelWriter::new(&model, &mut log);
    Plan::new(&model).run(0, &mut writer).unwrap();
    writer.finish().unwrap();
    let log: serde_json::Value = serde_json::from_slice(&log).expect("it is JSON");
    let list = |key: &str| log[key].as_array().expect("a list").clone();
    let ids: Vec<String> = list("objects").iter().map(|object| object["id"].to_string()).collect();
    for event in list("events") {
        for related in event["relationships"].as_array().expect("a list") {
            assert!(ids.contains(&related["objectId"].to_string()), "{related} is no object of {event}");
        }
    }
    let at = |kind: &str| {
        let events = list("events");
        let found = events.iter().find(|event| event["type"] == kind).unwrap_or_else(|| panic!("no {kind}"));
        found["time"].as_str().expect("a time").to_string()
    };
    // The run begins with the year 2000.
    assert_eq!(at("order-placed"), "1999-12-23T00:00:00Z");
    assert_eq!(at("replenishment-ordered"), "1999-12-28T00:00:00Z");
    assert_eq!(at("order-completed"), "2000-01-03T00:00:00Z");
}

#[test]
fn the_story_of_an_open_order_begins_before_the_run() {
    let book = "open_orders = [{ placed = \"9d\", zone = \"home\", lines = [{ product = \"whey\", units = 2 }] }]\n\
                open_purchase_orders = [{ warehouse = \"boise\", product = \"whey\", units = 2, ordered = \"4d\" }]\n";
    let model = shop(book).expect("it is a scenario").model;
    let mut story = Story::new(&model, 1);
    Plan::new(&model).run(0, &mut story).unwrap();
    let told = story.tell(2_000).expect("the order is there");
    for sentence in [
        "A customer in home has been waiting for 2 × whey for 9d when the run begins.",
        "It is held until every line of it is covered.",
        "is covered, 11d after it was placed: boise received whey.",
    ] {
        assert!(told.contains(sentence), "{sentence} is not in\n{told}");
    }
}
