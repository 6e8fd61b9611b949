//! Pages refreshed now and then, and what they make customers do.

use crate::support::timeline;

#[test]
fn a_stale_page_misleads_until_the_next_refresh() {
    timeline(
        "
        stock    boise  whey 1
        order    1d1h   home  whey
        order    1d2h   home  whey
        order    1d23h  home  whey
        order    2d     home  whey
        set      rules.display.refresh = \"1d\"
        ---
        1d1h   parcel-shipped    order=1
        1d2h   display-mismatch  order=2
        1d23h  display-mismatch  order=3
        2d     line-backordered  order=4
        never display-mismatch order=4
        fires display-mismatch 2
        fires backorder-display 1
        ",
    );
}

#[test]
fn a_misled_customer_calls_and_takes_something_similar() {
    timeline(
        "
        products whey(protein) soy(protein)
        stock    boise  whey 1
        stock    boise  soy 1
        order    1d1h  home  whey
        order    1d2h  home  whey
        set      rules.display.refresh = \"1d\"
        set      customers.contact = { probability = 0.0, after = \"3h\" }
        set      customers.contact_after_mismatch = 1.0
        set      customers.swap_share = 1.0
        ---
        1d2h  display-mismatch  order=2 line=1
        1d5h  line-swapped      order=2 line=1 product=soy
        1d5h  parcel-shipped    order=2 lines=2
        ",
    );
}

#[test]
fn the_page_sees_what_an_auto_cancellation_of_its_second_freed() {
    // Order 1, placed a second before midnight, ages out at midnight of day 31 and frees its whey; the page is refreshed
    // then, after the cancellations and before the new orders.
    timeline(
        "
        stock    boise  whey 1
        order    23h59m59s  home  whey, creatine
        order    31d        home  whey
        set      rules.split.ship_available = 0.0
        set      rules.display.refresh = \"1d\"
        set      customers.keep_when_backordered = 0.0
        receipt  0s  boise  creatine 1
        order    1h  home  creatine
        ---
        31d  order-cancelled  order=1
        31d  parcel-shipped   order=2
        1h   parcel-shipped   order=3
        fires backorder-orderable 0
        ",
    );
}

#[test]
fn a_page_that_says_in_stock_protects_the_second_line_from_being_dropped() {
    timeline(
        "
        stock    boise  whey 2
        order    1d  home  whey 2, whey 2
        receipt  4d  boise  whey 2
        set      customers.keep_when_backordered = 0.0
        ---
        1d  display-mismatch  order=1 line=2
        1d  parcel-shipped    order=1 lines=1
        4d  parcel-shipped    order=1 lines=2
        fires backorder-orderable 0
        ",
    );
}

#[test]
fn without_backorders_a_stale_page_loses_the_sale_and_misleads_nobody() {
    timeline(
        "
        stock    boise  whey 1
        order    1d1h  home  whey
        order    1d2h  home  whey
        set      rules.display.refresh = \"1d\"
        set      rules.backorder.accept = false
        ---
        1d1h  parcel-shipped   order=1
        1d2h  lost-at-display  order=2 line=1
        exactly order=2
        fires display-mismatch 0
        ",
    );
}
