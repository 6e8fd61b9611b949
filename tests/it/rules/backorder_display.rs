//! `backorder-display`: the page shows what the whole network has free, now or as of its last refresh.

use crate::support::timeline;

#[test]
fn the_page_says_on_backorder_until_something_is_there() {
    timeline(
        "
        receipt  2d  boise  whey 1
        order    1d  home   whey
        order    2d  home   whey
        set      customers.keep_when_backordered = 0.0
        ---
        1d  lost-at-display  order=1 line=1 product=whey rule=backorder-orderable
        2d  order-placed     order=2
        2d  parcel-shipped   order=2
        exactly order=1
        ",
    );
}

#[test]
fn whoever_keeps_the_line_has_seen_the_status() {
    timeline(
        "
        order    1d  home   whey, creatine
        stock    boise  creatine 1
        ---
        1d  line-backordered  order=1 line=1
        fires backorder-display 1
        fires display-mismatch 0
        ",
    );
}

#[test]
fn the_status_counts_every_warehouse_even_one_that_cannot_serve() {
    timeline(
        "
        warehouses  boise dayton
        lane        boise   far   9  4d
        lane        dayton  home  7  3d
        stock       dayton  whey 1
        order       1d  far  whey
        order       2d  home  whey
        set         customers.keep_when_backordered = 0.0
        ---
        1d  order-placed      order=1
        1d  line-backordered  order=1 line=1
        1d  display-mismatch  order=1 line=1
        2d  parcel-shipped    order=2
        fires backorder-display 0
        ",
    );
}

#[test]
fn stock_that_a_held_order_keeps_is_not_shown() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        order    2d  home  whey
        set      rules.split.ship_available = 0.0
        set      customers.keep_when_backordered = 1.0
        ---
        1d  line-backordered  order=1 line=2
        2d  line-backordered  order=2 line=1
        never display-mismatch
        fires backorder-display 2
        ",
    );
}

#[test]
fn a_page_of_this_morning_still_says_in_stock() {
    timeline(
        "
        stock    boise  whey 1
        order    1d6h   home  whey
        order    1d12h  home  whey
        order    2d1h   home  whey
        set      rules.display.refresh = \"1d\"
        set      customers.keep_when_backordered = 0.0
        ---
        1d6h   parcel-shipped    order=1
        1d12h  line-backordered  order=2 line=1
        1d12h  display-mismatch  order=2 line=1 rule=display-mismatch
        2d1h   lost-at-display   order=3 line=1
        ",
    );
}

#[test]
fn a_page_of_this_morning_still_says_on_backorder_and_the_sale_is_lost_over_full_shelves() {
    timeline(
        "
        receipt  1d1h  boise  whey 9
        order    1d2h  home   whey
        order    2d    home   whey
        set      rules.display.refresh = \"1d\"
        set      customers.keep_when_backordered = 0.0
        ---
        1d2h  lost-at-display  order=1 line=1
        2d    parcel-shipped   order=2
        never order-placed order=1
        ",
    );
}

#[test]
fn a_kept_line_of_a_stale_page_finds_the_stock() {
    timeline(
        "
        receipt  1d1h  boise  whey 9
        order    1d2h  home   whey
        set      rules.display.refresh = \"1d\"
        ---
        1d2h  parcel-shipped  order=1
        never line-backordered
        fires backorder-display 1
        ",
    );
}

#[test]
fn a_refresh_sees_the_receipts_of_its_second() {
    timeline(
        "
        receipt  2d  boise  whey 1
        order    2d  home   whey
        set      rules.display.refresh = \"1d\"
        set      customers.keep_when_backordered = 0.0
        ---
        2d  order-placed    order=1
        2d  parcel-shipped  order=1
        ",
    );
}

#[test]
fn a_refresh_does_not_see_the_orders_of_its_second() {
    timeline(
        "
        stock    boise  whey 1
        order    2d  home  whey
        order    2d  home  whey
        set      rules.display.refresh = \"1d\"
        set      customers.keep_when_backordered = 0.0
        ---
        2d  parcel-shipped    order=1
        2d  line-backordered  order=2 line=1
        2d  display-mismatch  order=2 line=1
        never lost-at-display
        ",
    );
}

#[test]
fn an_always_current_page_does_see_the_orders_of_its_second() {
    timeline(
        "
        stock    boise  whey 1
        order    2d  home  whey
        order    2d  home  whey
        set      customers.keep_when_backordered = 0.0
        ---
        2d  parcel-shipped   order=1
        2d  lost-at-display  order=2 line=1
        exactly order=2
        ",
    );
}

#[test]
fn a_page_is_read_before_the_orders_own_lines_take_stock() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, whey
        set      customers.keep_when_backordered = 0.0
        ---
        1d  line-backordered  order=1 line=2
        1d  display-mismatch  order=1 line=2
        never lost-at-display
        ",
    );
}

#[test]
fn the_first_page_is_taken_at_the_start() {
    timeline(
        "
        receipt  0s  boise  whey 1
        order    0s  home   whey
        order    1h  home   whey
        set      rules.display.refresh = \"1w\"
        set      customers.keep_when_backordered = 0.0
        ---
        0s  parcel-shipped    order=1
        1h  line-backordered  order=2 line=1
        1h  display-mismatch  order=2 line=1
        ",
    );
}

#[test]
fn a_refresh_sees_what_a_contact_of_its_second_freed() {
    // Order 1 is held with two of three units of whey (counted by the unit). Its customer removes the line in the second
    // of the refresh, and the page says In Stock to order 2.
    timeline(
        "
        stock    boise  whey 2
        order    1d  home  whey 3
        contact  2d  order 1 line 1 remove
        order    2d  home  whey
        set      rules.split.granularity = \"unit\"
        set      rules.split.ship_available = 0.0
        set      rules.display.refresh = \"1d\"
        set      customers.keep_when_backordered = 0.0
        ---
        2d  line-removed     order=1 line=1
        2d  order-cancelled  order=1
        2d  parcel-shipped   order=2
        never lost-at-display
        ",
    );
}
