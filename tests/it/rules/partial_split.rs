//! `partial-split`: most of the time what is there leaves now and the rest when it comes; otherwise all of it waits.

use crate::support::{timeline, told};

#[test]
fn what_is_there_leaves_now_and_the_rest_when_it_comes() {
    timeline(
        "
        stock    boise  creatine 1
        receipt  6d  boise  whey 1
        order    1d  home  whey, creatine
        ---
        1d    order-placed      order=1
        1d    line-backordered  order=1 line=1
        1d    parcel-released   order=1 parcel=1 lines=2 rule=partial-split
        1d    parcel-shipped    order=1 parcel=1 lines=2
        1d    shipment-notice   order=1
        1d1h  backorder-notice  order=1
        3d    parcel-delivered  order=1
        6d    line-covered      order=1 line=1
        6d    parcel-released   order=1 parcel=2 lines=1 rule=partial-split
        6d    parcel-shipped    order=1 parcel=2 lines=1
        6d    shipment-notice   order=1
        6d    order-completed   order=1
        8d    parcel-delivered  order=1
        exactly order=1
        fires partial-split 2
        ",
    );
}

#[test]
fn otherwise_all_of_it_waits_and_leaves_together() {
    timeline(
        "
        stock    boise  creatine 1
        receipt  6d  boise  whey 1
        order    1d  home  whey, creatine
        set      rules.split.ship_available = 0.0
        ---
        1d  line-backordered  order=1 line=1
        6d  line-covered      order=1 line=1
        6d  parcel-released   order=1 parcel=1 lines=1,2 rule=full-backorder-hold
        6d  parcel-shipped    order=1 parcel=1 lines=1,2
        6d  order-completed   order=1
        never 1d parcel-released
        fires free-split 0
        ",
    );
}

#[test]
fn every_later_line_leaves_the_instant_it_is_covered() {
    timeline(
        "
        stock    boise  whey 1
        receipt  3d  boise  creatine 1
        receipt  5d  boise  bcaa 1
        order    1d  home  whey, creatine, bcaa
        ---
        1d  parcel-shipped   order=1 parcel=1 lines=1
        3d  parcel-shipped   order=1 parcel=2 lines=2
        5d  parcel-shipped   order=1 parcel=3 lines=3
        5d  order-completed  order=1
        fires free-split 2
        ",
    );
}

#[test]
fn later_lines_covered_together_share_a_parcel() {
    timeline(
        "
        stock    boise  whey 1
        receipt  3d  boise  bcaa 1
        receipt  3d  boise  creatine 1
        order    1d  home  whey, creatine, bcaa
        ---
        1d  parcel-shipped  order=1 parcel=1 lines=1
        3d  parcel-shipped  order=1 parcel=2 lines=2,3
        fires free-split 1
        ",
    );
}

#[test]
fn later_lines_covered_together_in_two_places_do_not() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise  whey 1
        receipt  3d  boise   creatine 1
        receipt  3d  dayton  bcaa 1
        order    1d  home  whey, creatine, bcaa
        ---
        1d  parcel-shipped  order=1 lines=1
        also 3d  parcel-shipped  order=1 warehouse=boise  lines=2
        also 3d  parcel-shipped  order=1 warehouse=dayton lines=3
        fires free-split 2
        ",
    );
}

#[test]
fn a_parcel_is_closed_at_the_end_of_its_second() {
    // The whey leaves at once; the vendor delivers the creatine in the same second, from the same warehouse: one parcel.
    timeline(
        r#"
        set  vendors = [{ id = "acme", lead_time = "0s" }]
        set  products = [{ id = "whey" }, { id = "creatine", vendor = "acme" }]
        set  replenishment = { policy = "base-stock", levels = [{ warehouse = "boise", product = "creatine", order_up_to = 0 }] }
        stock    boise  whey 1
        order    1d  home  whey, creatine
        ---
        1d  line-backordered  order=1 line=2
        1d  line-covered      order=1 line=2
        1d  parcel-released   order=1 parcel=1 warehouse=boise lines=1,2
        1d  order-completed   order=1
        never parcel-released parcel=2
        fires free-split 0
        "#,
    );
}

#[test]
fn two_departures_of_one_warehouse_in_different_seconds_are_two_parcels() {
    timeline(
        "
        warehouses  boise(4h)
        stock    boise  whey 1
        receipt  1d1s  boise  creatine 1
        order    1d  home  whey, creatine
        ---
        1d      parcel-released  order=1 parcel=1 lines=1
        1d1s    parcel-released  order=1 parcel=2 lines=2
        1d4h    parcel-shipped   order=1 parcel=1
        1d4h1s  parcel-shipped   order=1 parcel=2
        1d4h1s  order-completed  order=1
        ",
    );
}

#[test]
fn a_waiting_line_may_be_served_by_another_warehouse_than_the_first_parcel() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise  whey 1
        receipt  3d  dayton  creatine 1
        order    1d  home  whey, creatine
        ---
        1d  parcel-shipped  order=1 warehouse=boise lines=1
        3d  parcel-shipped  order=1 warehouse=dayton lines=2
        ",
    );
}

#[test]
fn the_coin_falls_once_an_order_and_about_as_often_as_it_should() {
    // Four hundred orders with one line there and one missing; with three in four leaving ahead, 300 ± 35 is four
    // standard deviations.
    let mut story = String::from(
        "set rules.split.ship_available = 0.75
         set rules.cancellation.after = \"never\"
         stock boise creatine 400\n",
    );
    for order in 1..=400 {
        story.push_str(&format!("order {order}h home whey, creatine\n"));
    }
    let run = told(&story);
    let ahead = run.trace.iter().filter(|line| line["event"] == "parcel-released").count();
    assert!((265..=335).contains(&ahead), "{ahead} of 400 left ahead");
    assert!(run.breaches.is_empty(), "{:?}", run.breaches);
}
