//! Notices and what comes in before them.

use crate::support::timeline;

#[test]
fn resolved_a_second_before_it_is_due_nothing_is_sent() {
    timeline(
        "
        receipt  1d59m59s  boise  whey 1
        order    1d  home  whey
        ---
        1d59m59s  parcel-shipped  order=1
        fires backorder-notice 0
        ",
    );
}

#[test]
fn a_receipt_for_one_of_two_orders_spares_one_notice() {
    timeline(
        "
        receipt  1d30m  boise  whey 1
        order    1d  home  whey
        order    1d  home  whey
        ---
        1d30m  parcel-shipped    order=1
        1d1h   backorder-notice  order=2
        never backorder-notice order=1
        fires backorder-notice 1
        ",
    );
}

#[test]
fn a_vendor_around_the_corner_is_quicker_than_a_notice_without_delay() {
    // Both happen in a further pass of the same second; there, receipts come before notices.
    timeline(
        r#"
        set  vendors = [{ id = "acme", lead_time = "0s" }]
        set  products = [{ id = "whey", vendor = "acme" }]
        set  replenishment = { policy = "base-stock", order_up_to = 0 }
        set  rules.notice.delay = "0s"
        order    1d  home  whey
        ---
        1d  line-backordered  order=1 line=1
        1d  line-covered      order=1 line=1
        1d  parcel-shipped    order=1
        fires backorder-notice 0
        "#,
    );
}

#[test]
fn the_waiting_part_of_a_split_order_gets_its_notice() {
    timeline(
        "
        stock    boise  whey 1
        receipt  1d30m  boise  creatine 1
        receipt  5d     boise  bcaa 1
        order    1d  home  whey, creatine, bcaa
        ---
        1d     parcel-shipped    order=1 lines=1
        1d30m  parcel-shipped    order=1 lines=2
        1d1h   backorder-notice  order=1
        5d     parcel-shipped    order=1 lines=3
        ",
    );
}

#[test]
fn a_removal_in_a_held_order_that_then_ships_spares_the_notice() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        contact  1d30m  order 1 line 2 remove
        set      rules.split.ship_available = 0.0
        ---
        1d30m  parcel-shipped  order=1 lines=1
        fires backorder-notice 0
        ",
    );
}

#[test]
fn an_international_order_that_waits_for_its_warehouse_gets_a_notice_although_all_is_in_stock() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 1
        stock    dayton  creatine 1
        receipt  9d  boise  creatine 1
        order    1d  abroad  whey, creatine
        ---
        1d1h  backorder-notice  order=1
        9d    parcel-shipped    order=1
        ",
    );
}

#[test]
fn by_the_unit_a_line_that_lacks_one_unit_gets_a_notice() {
    timeline(
        "
        stock    boise  whey 2
        receipt  1d30m  boise  whey 1
        receipt  5d     boise  whey 1
        order    1d  home  whey 4
        set      rules.split.granularity = \"unit\"
        ---
        1d1h  backorder-notice  order=1
        5d    line-covered      order=1 line=1
        ",
    );
}
