//! `backorder-orderable`: what is out of stock can be ordered; customers who will not wait are lost at display.

use crate::support::timeline;

#[test]
fn a_kept_line_waits_and_ships_and_this_is_all_that_happens() {
    timeline(
        "
        receipt  3d  boise  whey 1
        order    1d  home   whey
        ---
        1d    order-placed      order=1 zone=home
        1d    line-backordered  order=1 line=1 product=whey units=1 rule=multi-warehouse
        1d1h  backorder-notice  order=1 rule=backorder-notice
        3d    line-covered      order=1 line=1
        3d    parcel-released   order=1 parcel=1 warehouse=boise lines=1 rule=full-backorder-hold
        3d    parcel-shipped    order=1 parcel=1
        3d    shipment-notice   order=1
        3d    order-completed   order=1
        5d    parcel-delivered  order=1
        exactly order=1
        fires backorder-orderable 0
        ",
    );
}

#[test]
fn an_order_of_nothing_but_lost_lines_is_not_placed() {
    timeline(
        "
        order    1d  home  whey, creatine
        set      customers.keep_when_backordered = 0.0
        ---
        1d  lost-at-display  order=1 line=1 product=whey
        1d  lost-at-display  order=1 line=2 product=creatine
        exactly order=1
        fires backorder-orderable 2
        fires multi-warehouse 0
        ",
    );
}

#[test]
fn the_other_lines_keep_their_numbers() {
    timeline(
        "
        stock    boise  creatine 1
        order    1d  home  whey, creatine
        set      customers.keep_when_backordered = 0.0
        ---
        1d  lost-at-display  order=1 line=1
        1d  order-placed     order=1
        1d  parcel-shipped   order=1 lines=2
        1d  order-completed  order=1
        never line-backordered
        ",
    );
}

#[test]
fn a_line_shown_in_stock_is_not_dropped_whatever_happens_to_it() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey 2
        set      customers.keep_when_backordered = 0.0
        ---
        1d  order-placed      order=1
        1d  line-backordered  order=1 line=1 units=2
        fires backorder-orderable 0
        ",
    );
}

#[test]
fn a_lost_line_takes_no_stock_and_leaves_the_order_fully_available() {
    timeline(
        "
        warehouses  boise dayton
        stock       dayton  creatine 1
        stock       dayton  bcaa 1
        order       1d  abroad  whey, creatine, bcaa
        set         customers.keep_when_backordered = 0.0
        ---
        1d  lost-at-display  order=1 line=1
        1d  parcel-shipped   order=1 warehouse=dayton lines=2,3
        1d  order-completed  order=1
        ",
    );
}

#[test]
fn without_backorders_an_unavailable_line_is_lost_even_when_shown_in_stock() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey 2
        order    2d  home  whey 1
        set      rules.backorder.accept = false
        ---
        1d  lost-at-display  order=1 line=1 rule=backorder-orderable
        2d  parcel-shipped   order=2
        exactly order=1
        fires display-mismatch 0
        fires multi-warehouse 1
        ",
    );
}

#[test]
fn a_refused_line_leaves_its_stock_to_the_next_line_of_the_order() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey 2, whey 1
        set      rules.backorder.accept = false
        ---
        1d  lost-at-display  order=1 line=1
        1d  order-placed     order=1
        1d  parcel-shipped   order=1 lines=2
        ",
    );
}

#[test]
fn without_backorders_an_assigned_order_gets_what_its_warehouse_has() {
    // Abroad is served by one warehouse. Dayton has two of three lines, so the first line, in Boise, is refused.
    timeline(
        "
        warehouses  boise dayton
        stock       boise   whey 1
        stock       dayton  creatine 1
        stock       dayton  bcaa 1
        order       1d  abroad  whey, creatine, bcaa
        set         rules.backorder.accept = false
        ---
        1d  lost-at-display  order=1 line=1
        1d  parcel-shipped   order=1 parcel=1 warehouse=dayton lines=2,3
        1d  order-completed  order=1
        never line-backordered
        never display-mismatch
        ",
    );
}

#[test]
fn without_backorders_a_line_is_refused_whole_even_when_units_count() {
    timeline(
        "
        stock    boise  whey 2
        order    1d  home  whey 3
        order    2d  home  whey 2
        set      rules.backorder.accept = false
        set      rules.split.granularity = \"unit\"
        ---
        1d  lost-at-display  order=1 line=1
        2d  parcel-shipped   order=2 lines=1
        exactly order=1
        ",
    );
}

#[test]
fn without_backorders_nobody_waits_so_nobody_is_told() {
    timeline(
        "
        receipt  2d  boise  whey 5
        order    1d  home   whey
        contact  1d1h order 1 line 1 remove
        set      rules.backorder.accept = false
        ---
        1d  lost-at-display  order=1 line=1
        exactly order=1
        fires backorder-notice 0
        fires support-24-7 0
        ",
    );
}
