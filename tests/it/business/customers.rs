//! Customers that differ, and stock that is reserved for some of them, worked out by hand.

use backorder::experiment::{Settings, replicate};
use backorder::measures::Metric;

use crate::support::replay::{NoFiles, load, load_with, replay};
use crate::support::{story, timeline};

const CLASSES: &str = r#"[{ id = "plus", priority = 1 }, { id = "others", priority = 2 }]"#;

fn order(at: &str, class: &str, units: u32) -> String {
    format!(r#"{{ at = "{at}", zone = "home", class = "{class}", lines = [{{ product = "whey", units = {units} }}] }}"#)
}

#[test]
fn a_waiting_line_of_higher_priority_is_served_before_older_ones() {
    let orders = [order("1d", "others", 1), order("2d", "plus", 1), order("3d", "plus", 1)].join(", ");
    timeline(&format!(
        "
        receipt  4d  boise  whey 1
        receipt  5d  boise  whey 2
        order    1d  home   whey
        set      customer_classes = {CLASSES}
        set      orders = [{orders}]
        ---
        1d  order-placed   order=1 class=others
        2d  order-placed   order=2 class=plus
        4d  parcel-shipped  order=2
        5d  parcel-shipped  order=3
        5d  parcel-shipped  order=1
        never 4d  parcel-shipped  order=1
        "
    ));
}

#[test]
fn what_the_first_in_line_cannot_take_goes_to_the_next() {
    let orders = [order("1d", "plus", 3), order("2d", "others", 1)].join(", ");
    timeline(&format!(
        "
        receipt  4d  boise  whey 2
        receipt  6d  boise  whey 2
        order    1d  home   whey
        set      customer_classes = {CLASSES}
        set      orders = [{orders}]
        ---
        4d  parcel-shipped  order=2
        6d  parcel-shipped  order=1
        "
    ));
}

#[test]
fn the_last_units_are_kept_for_the_class_they_are_reserved_for() {
    // Two of three are reserved: others get one; what comes in fills the reserve before it reaches who waits.
    let orders =
        [order("1d", "others", 1), order("2d", "others", 1), order("3d", "plus", 1), order("4d", "plus", 1)].join(", ");
    timeline(&format!(
        "
        stock    boise  whey 3
        receipt  5d  boise  whey 1
        receipt  6d  boise  whey 2
        order    1d  home   whey
        set      customer_classes = {CLASSES}
        set      rules.reserve = {{ units = 2, classes = [\"plus\"] }}
        set      orders = [{orders}]
        ---
        1d  parcel-shipped    order=1
        2d  line-backordered  order=2
        2d  display-mismatch  order=2
        3d  parcel-shipped    order=3
        4d  parcel-shipped    order=4
        6d  parcel-shipped    order=2
        never 5d  parcel-shipped
        "
    ));
}

#[test]
fn a_class_may_be_named_by_its_place() {
    let orders = [order("1d", "plus", 1), order("1d", "others", 1)].join(", ");
    timeline(&format!(
        "
        stock    boise  whey 1
        order    1d  home   whey
        set      customer_classes = {CLASSES}
        set      rules.reserve = {{ units = 1, classes = [2] }}
        set      rules.backorder.accept = false
        set      orders = [{orders}]
        ---
        1d  lost-at-display  order=1 why=refused
        1d  parcel-shipped   order=2
        "
    ));
}

#[test]
fn classes_have_a_patience_and_a_wish_for_parts_of_their_own() {
    let classes = r#"[{ id = "plus", ship_available = 1.0 }, { id = "others", ship_available = 0.0, keep_when_backordered = 0.0 }]"#;
    let two = |at: &str, class: &str| {
        format!(
            r#"{{ at = "{at}", zone = "home", class = "{class}", lines = [{{ product = "whey" }}, {{ product = "soy" }}] }}"#
        )
    };
    let (first, second, third) = (two("1d", "plus"), two("2d", "others"), order("3d", "others", 9));
    timeline(&format!(
        "
        stock    boise  whey 5
        order    1d  home   whey, soy
        set      rules.display.refresh = \"60h\"
        set      customer_classes = {classes}
        set      orders = [{first}, {second}, {third}]
        ---
        1d  order-placed      order=1 class=plus mode=split
        1d  parcel-shipped    order=1 lines=1
        2d  lost-at-display   order=2 line=2 why=dropped
        2d  parcel-shipped    order=2 lines=1
        3d  order-placed      order=3 mode=held
        "
    ));
}

#[test]
fn measures_are_told_by_class() {
    let orders = [order("1d", "others", 1), order("2d", "plus", 1), order("3d", "others", 1)].join(", ");
    let told = story::scenario(&format!(
        "
        stock    boise  whey 2
        order    1d  home  whey
        set      customer_classes = {CLASSES}
        set      rules.reserve = {{ units = 1, classes = [\"plus\"] }}
        set      orders = [{orders}]
        "
    ));
    let results = replicate(&load("told.toml", &told.toml, &NoFiles), &Settings::default()).expect("it runs");
    assert_eq!(results.by_class.ids, ["plus", "others"]);
    let column = results.by_class.columns.iter().position(|column| column.metric == Metric::LineFillRate).unwrap();
    let fill = |class: usize| results.by_class.row(class)[column].estimate;
    assert_eq!((fill(0), fill(1)), (Some(1.0), Some(0.5)));
    assert_eq!(results.estimate(Metric::LineFillRate).unwrap().mean, 2.0 / 3.0);
}

/// Generated orders, of two classes or of one.
fn generated(classes: &str) -> String {
    format!(
        "run = {{ horizon = \"60d\", replications = 1, seed = 5 }}\n\
         zones = [{{ id = \"home\" }}]\nwarehouses = [{{ id = \"boise\" }}]\n\
         lanes = [{{ from = \"boise\", to = \"home\", parcel_cost = 5.0, transit = \"2d\" }}]\n\
         products = [{{ id = \"whey\" }}, {{ id = \"soy\" }}]\n\
         demand = {{ orders_per_day = 20, lines_per_order = {{ geometric = {{ mean = 1.5 }} }} }}\n\
         stock = [{{ warehouse = \"boise\", product = \"whey\", units = 9999 }}, {{ warehouse = \"boise\", product = \"soy\", units = 9999 }}]\n\
         {classes}\n"
    )
}

fn classes_of(share: &str) -> Vec<String> {
    let text = generated(
        "customer_classes = [{ id = \"a\", share = 0.3 }, { id = \"b\", share = 0.3 }, { id = \"c\", share = 0.4 }]",
    );
    let told = replay(&load_with("classes.toml", &text, &NoFiles, &[("customer_classes.0.share", share)]));
    let placed = told.trace.iter().filter(|event| event["event"] == "order-placed");
    placed.map(|event| event["class"].as_str().expect("an order has a class").to_string()).collect()
}

#[test]
fn a_class_changes_nothing_of_who_comes_and_what_is_asked_for() {
    let without = replay(&load("alike.toml", &generated(""), &NoFiles)).trace;
    let two = "customer_classes = [{ id = \"a\", share = 0.3 }, { id = \"b\", share = 0.7 }]";
    let mut with = replay(&load("two.toml", &generated(two), &NoFiles)).trace;
    for event in &mut with {
        event.as_object_mut().expect("an event is an object").remove("class");
    }
    assert_eq!(without, with);
}

#[test]
fn a_change_of_share_moves_as_few_orders_as_it_can() {
    let (before, after) = (classes_of("0.3"), classes_of("0.35"));
    assert_eq!(before.len(), after.len());
    let moved = before.iter().zip(&after).filter(|(one, other)| one != other).count() as f64 / before.len() as f64;
    // The bounds move from 0.3 and 0.6 to 1/3 and 0.619: about 5 % of orders, each to the class before its own.
    assert!((0.02..0.09).contains(&moved), "{moved}");
    let moves_up = before.iter().zip(&after).all(|(one, other)| other <= one);
    assert!(moves_up);
}

#[test]
fn a_product_that_so_many_wait_for_as_may_cannot_be_ordered() {
    // Two units may wait: the third customer cannot order it; the fourth can, for one unit came in and went to the first.
    timeline(
        "
        receipt  4d  boise  whey 1
        order    1d  home   whey
        order    2d  home   whey
        order    3d  home   whey
        order    5d  home   whey
        set      products = [{ id = \"whey\", max_backorders = 2 }]
        ---
        1d  line-backordered  order=1
        2d  line-backordered  order=2
        3d  lost-at-display   order=3 why=not-orderable
        4d  parcel-shipped    order=1
        5d  line-backordered  order=4
        ",
    );
}

#[test]
fn its_customer_takes_a_substitute_that_is_shown_in_stock_where_the_rules_say_so() {
    timeline(
        "
        stock    boise  soy 1
        order    1d  home   whey
        order    2d  home   whey
        order    3d  home   whey
        set      products = [{ id = \"whey\", max_backorders = 1, substitutes = \"protein\" }, { id = \"soy\", substitutes = \"protein\" }]
        set      rules.backorder.at_limit = \"swap\"
        ---
        1d  line-backordered  order=1
        2d  line-replaced     order=2 product=whey to=soy
        2d  order-placed      order=2
        2d  parcel-shipped    order=2
        3d  lost-at-display   order=3 why=not-orderable
        ",
    );
}
