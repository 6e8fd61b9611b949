//! Purchase orders as vendors take them: several products in one, at a charge an order and a line, collected over a time, joined by
//! can-order levels, held against a minimum.

use std::collections::BTreeMap;

use backorder::domain::Model;
use backorder::engine::Plan;
use backorder::experiment::{Settings, replicate};
use backorder::measures::Metric;
use backorder::observe::Story;
use serde_json::Value;

use crate::support::replay::{self, NoFiles};
use crate::support::story::scenario;
use crate::support::timeline;

/// Two products of a vendor who delivers in three days, of each five in stock, at (s, S) = (2, 6).
fn told(vendor: &str, replenishment: &str, rest: &str) {
    timeline(&format!(
        r#"set vendors = [{{ id = "acme", lead_time = "3d"{vendor} }}]
        set products = [{{ id = "whey", vendor = "acme" }}, {{ id = "soy", vendor = "acme" }}]
        set replenishment = {{ policy = "s-S", reorder_point = 2, order_up_to = 6{replenishment} }}
        stock boise whey 5
        stock boise soy 5
        {rest}"#
    ));
}

#[test]
fn without_a_word_about_it_every_product_has_its_own_orders() {
    told(
        ", line_cost = 1.0",
        "",
        "
        order 1d home whey 3, soy 4
        ---
        1d replenishment-ordered product=whey units=4 purchase_order=1
        1d replenishment-ordered product=soy units=5 purchase_order=1
        never purchase-order-placed
        ",
    );
}

#[test]
fn what_is_wanted_within_a_day_goes_on_one_order() {
    told(
        r#", consolidate = "1d""#,
        "",
        "
        order 1d     home whey 3
        order 1d12h  home soy 4
        order 1d18h  home whey 1
        order 2d1h   home whey 1
        ---
        2d  purchase-order-placed  warehouse=boise vendor=acme number=1 lines=2 units=10
        2d  replenishment-ordered  product=whey units=5 line_of=1
        2d  replenishment-ordered  product=soy units=5 line_of=1
        5d  receipt                product=whey units=5
        5d  receipt                product=soy units=5
        never 1d replenishment-ordered
        fires early-replenishment 2
        ",
    );
}

#[test]
fn what_ceases_to_be_wanted_is_left_out() {
    told(
        r#", consolidate = "2d""#,
        "",
        "
        order   1d home whey 8
        order   1d home soy 4
        contact 2d order 1 line 1 remove
        ---
        3d  purchase-order-placed  lines=1 units=5
        never replenishment-ordered product=whey
        ",
    );
}

#[test]
fn an_order_below_its_minimum_is_filled_up_evenly() {
    // 4 whey lift it to 6; of 8 more, soy takes one to draw level, and then each in turn.
    told(
        ", order_minimum = { units = 12 }",
        "",
        "
        order 1d home whey 3
        ---
        1d  purchase-order-placed  number=1 lines=2 units=12
        1d  replenishment-ordered  product=whey units=8 line_of=1
        1d  replenishment-ordered  product=soy units=4 line_of=1
        ",
    );
}

#[test]
fn an_order_below_its_minimum_waits_where_it_is_to_wait() {
    told(
        r#", order_minimum = { units = 9 }, below_minimum = "wait""#,
        "",
        "
        order 1d home whey 3
        order 2d home soy 1
        order 3d home soy 3
        ---
        3d  purchase-order-placed  number=1 lines=2 units=9
        3d  replenishment-ordered  product=whey units=4 line_of=1
        3d  replenishment-ordered  product=soy units=5 line_of=1
        never 1d replenishment-ordered
        never 2d replenishment-ordered
        ",
    );
}

#[test]
fn a_minimum_in_money_counts_at_cost() {
    timeline(
        r#"set vendors = [{ id = "acme", lead_time = "3d", order_minimum = { money = 50.0 } }]
        set products = [{ id = "whey", vendor = "acme", unit_cost = 10.0 }, { id = "soy", vendor = "acme" }]
        set replenishment = { policy = "s-S", reorder_point = 2, order_up_to = 6 }
        stock boise whey 5
        stock boise soy 5
        order 1d home whey 3
        ---
        1d  purchase-order-placed  lines=1 units=5
        1d  replenishment-ordered  product=whey units=5
        "#,
    );
}

#[test]
fn a_product_at_its_can_order_level_joins_and_one_above_does_not() {
    // Half-way from 2 to 6 is 4.
    told(
        "",
        ", can_order = 0.5",
        "
        order 12h home soy 1
        order 1d  home whey 3
        ---
        1d  purchase-order-placed  number=1 lines=2 units=6
        1d  replenishment-ordered  product=whey units=4 line_of=1
        1d  replenishment-ordered  product=soy units=2 line_of=1
        never 12h replenishment-ordered
        ",
    );
    told(
        "",
        ", can_order = 0.5",
        "
        order 1d home whey 3
        ---
        1d  purchase-order-placed  number=1 lines=1 units=4
        never replenishment-ordered product=soy
        ",
    );
}

#[test]
fn a_quantity_joins_as_a_whole() {
    timeline(
        r#"set vendors = [{ id = "acme", lead_time = "3d" }]
        set products = [{ id = "whey", vendor = "acme" }, { id = "soy", vendor = "acme" }]
        set replenishment = { policy = "r-Q", reorder_point = 2, quantity = 10, can_order = 0.3 }
        stock boise whey 5
        stock boise soy 5
        order 1d home whey 3
        ---
        1d  replenishment-ordered  product=whey units=10 line_of=1
        1d  replenishment-ordered  product=soy units=10 line_of=1
        "#,
    );
}

#[test]
fn a_product_is_looked_at_at_every_so_many_reviews() {
    timeline(
        r#"set vendors = [{ id = "acme", lead_time = "12h", consolidate = "0s" }]
        set products = [{ id = "whey", vendor = "acme" }, { id = "soy", vendor = "acme", review_every = 3 }]
        set replenishment = { policy = "periodic-R-S", review = "1d", order_up_to = 5 }
        stock boise whey 5
        stock boise soy 5
        order 6h   home whey 1, soy 1
        order 2d6h home whey 1
        ---
        1d  purchase-order-placed  number=1 lines=1 units=1
        1d  replenishment-ordered  product=whey units=1 line_of=1
        3d  purchase-order-placed  number=2 lines=2 units=2
        3d  replenishment-ordered  product=soy units=1 line_of=2
        never 1d replenishment-ordered product=soy
        never 2d replenishment-ordered
        "#,
    );
}

/// Five products from two vendors to two warehouses, with random lead times.
fn shop(vendor: &str) -> Model {
    let mut text = "run = { horizon = \"400d\", warm_up = \"20d\", replications = 3, seed = 9 }\n\
         zones = [{ id = \"home\" }]\nwarehouses = [{ id = \"boise\" }, { id = \"dayton\" }]\n\
         lanes = [{ from = \"boise\", to = \"home\", parcel_cost = 4 }, { from = \"dayton\", to = \"home\", parcel_cost = 5 }]\n\
         [demand]\norders_per_day = 20\n[replenishment]\npolicy = \"s-S\"\nreorder_point = 20\norder_up_to = 60\n"
        .to_string();
    for id in ["acme", "zenith"] {
        text.push_str(&format!(
            "[[vendors]]\nid = \"{id}\"\nlead_time = {{ gamma = {{ mean = \"5d\", cv = 0.6 }} }}\norder_cost = 40\n{vendor}\n"
        ));
    }
    for product in 0..5 {
        let vendor = ["acme", "zenith"][product % 2];
        text.push_str(&format!("[[products]]\nid = \"p{product}\"\nvendor = \"{vendor}\"\nshare = {}\n", product + 1));
    }
    replay::load("shop.toml", &text, &NoFiles)
}

#[test]
fn the_lines_of_an_order_arrive_together() {
    let model = shop("consolidate = \"2d\"\nline_cost = 5");
    let told = replay::replay(&model);
    assert!(told.breaches.is_empty(), "{:?}", told.breaches);
    let of = |event: &str| -> Vec<Value> { told.trace.iter().filter(|line| line["event"] == event).cloned().collect() };
    let pair = |line: &Value| format!("{} {} {}", line["warehouse"], line["product"], line["purchase_order"]);
    let arrivals: BTreeMap<String, i64> =
        of("receipt").iter().map(|line| (pair(line), line["t"].as_i64().expect("a time"))).collect();
    let mut orders: BTreeMap<String, Vec<Option<i64>>> = BTreeMap::new();
    for line in of("replenishment-ordered") {
        let order = format!("{} {} {}", line["vendor"], line["warehouse"], line["line_of"]);
        orders.entry(order).or_default().push(arrivals.get(&pair(&line)).copied());
    }
    let several = orders.values().filter(|lines| lines.len() > 1).count();
    assert!(several > 20, "{several} orders of several products");
    assert!(orders.values().all(|lines| lines.iter().all(|arrival| *arrival == lines[0])));
    let times: std::collections::BTreeSet<_> = orders.values().map(|lines| lines[0]).collect();
    assert!(times.len() * 10 > orders.len() * 9, "orders draw their own lead times");
}

#[test]
fn orders_and_lines_are_counted_apart_and_both_are_paid() {
    let results = replicate(&shop("consolidate = \"2d\"\nline_cost = 5"), &Settings::default()).expect("it runs");
    let mean = |metric: Metric| results.estimate(metric).map(|estimate| estimate.mean);
    let known = |metric: Metric| mean(metric).expect("it is measured");
    let (orders, lines) = (known(Metric::PurchaseOrders), known(Metric::PurchaseOrderLines));
    assert!(lines > 1.1 * orders, "{lines} lines of {orders} orders");
    assert!((known(Metric::LinesPerPurchaseOrder) - lines / orders).abs() < 1e-9);
    let cost = 40.0 * orders + 5.0 * lines;
    assert!((known(Metric::CostPerPurchaseOrder) - cost / orders).abs() < 1e-9);
    assert!((known(Metric::OrderingCostPerDay) - cost / 400.0).abs() < 1e-9);
    for table in [&results.by_vendor, &results.by_warehouse] {
        let place = table.columns.iter().position(|column| column.metric == Metric::PurchaseOrders).expect("a column");
        let sum: f64 = (0..2).map(|row| table.row(row)[place].estimate.expect("a number")).sum();
        assert!((sum - orders).abs() < 1e-9, "{}: {sum} of {orders}", table.key);
    }
    // With the old settings nothing is told apart.
    let plain = replicate(&shop(""), &Settings::default()).expect("it runs");
    assert!(plain.estimate(Metric::PurchaseOrderLines).is_none());
    assert!(plain.estimate(Metric::PurchaseOrders).expect("it is measured").mean > orders);
}

#[test]
fn the_story_says_which_order_a_product_comes_with() {
    let text = scenario(
        r#"set vendors = [{ id = "acme", lead_time = "3d", consolidate = "0s" }]
        set products = [{ id = "whey", vendor = "acme" }, { id = "soy", vendor = "acme" }]
        set replenishment = { policy = "s-S", reorder_point = 2, order_up_to = 6 }
        stock boise whey 3
        stock boise soy 3
        order 1d home whey 3, soy 3
        order 2d home whey 1"#,
    );
    let model = replay::load("story.toml", &text.toml, &NoFiles);
    let mut story = Story::new(&model, 2);
    Plan::new(&model).run(0, &mut story).expect("all of it can be counted");
    let told = story.tell(80).expect("the order came up").split_whitespace().collect::<Vec<_>>().join(" ");
    let expected =
        "On order for boise: 6 whey, which is promised for day 4 00:00 (in purchase order 1 to acme, of 2 products).";
    assert!(told.contains(expected), "{told}");
}
