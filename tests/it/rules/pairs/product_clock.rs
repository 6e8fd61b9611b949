//! The age limit on the product's clock: it runs while the network has none of it free.

use crate::support::timeline;

#[test]
fn a_product_that_never_was_there_has_been_out_since_the_start() {
    timeline(
        "
        order    1d  home  whey
        set      rules.cancellation.clock = \"product\"
        ---
        30d1s  line-auto-cancelled  order=1 line=1
        30d1s  order-cancelled      order=1
        ",
    );
}

#[test]
fn the_clock_starts_when_the_last_free_unit_goes() {
    timeline(
        "
        stock    boise  whey 1
        order    10d  home  whey
        order    15d  home  whey
        set      rules.cancellation.clock = \"product\"
        ---
        10d    parcel-shipped       order=1
        40d1s  line-auto-cancelled  order=2 line=1
        never 45d1s line-auto-cancelled
        ",
    );
}

#[test]
fn a_line_placed_too_late_is_cancelled_in_the_second_of_its_order() {
    timeline(
        "
        order    40d  home  whey
        set      rules.cancellation.clock = \"product\"
        ---
        40d  order-placed         order=1
        40d  line-backordered     order=1 line=1
        40d  line-auto-cancelled  order=1 line=1
        40d  cancellation-notice  order=1
        40d  order-cancelled      order=1
        exactly order=1
        fires backorder-notice 0
        ",
    );
}

#[test]
fn a_line_placed_in_the_second_the_product_expires_goes_with_it() {
    timeline(
        "
        order    30d1s  home  whey
        set      rules.cancellation.clock = \"product\"
        ---
        30d1s  line-backordered     order=1 line=1
        30d1s  line-auto-cancelled  order=1 line=1
        ",
    );
}

#[test]
fn at_exactly_thirty_days_a_new_order_still_waits() {
    timeline(
        "
        order    30d  home  whey
        set      rules.cancellation.clock = \"product\"
        ---
        30d    line-backordered     order=1 line=1
        30d1s  line-auto-cancelled  order=1 line=1
        never 30d line-auto-cancelled
        ",
    );
}

#[test]
fn a_receipt_that_is_used_up_at_once_starts_the_clock_again() {
    // Two wait; one unit comes on day 20 and goes to the first. Within that second a unit was free: the second waits until
    // 30 days after it.
    timeline(
        "
        receipt  20d  boise  whey 1
        order    1d  home  whey
        order    2d  home  whey
        set      rules.cancellation.clock = \"product\"
        ---
        20d    parcel-shipped       order=1
        50d1s  line-auto-cancelled  order=2 line=1
        ",
    );
}

#[test]
fn while_a_unit_is_free_nothing_is_cancelled() {
    // Three are wanted and one is there: it does not help the order, but the product is not out.
    timeline(
        "
        stock    boise  whey 1
        order    1d   home  whey 3
        order    50d  home  whey 1
        set      rules.cancellation.clock = \"product\"
        ---
        1d     line-backordered     order=1
        80d1s  line-auto-cancelled  order=1
        50d    parcel-shipped       order=2
        fires auto-cancel 1
        ",
    );
}

#[test]
fn a_unit_in_a_place_that_cannot_serve_the_customer_counts_as_well() {
    timeline(
        "
        warehouses  boise dayton
        lane     boise   far   9  4d
        lane     dayton  home  7  3d
        stock    dayton  whey 1
        order    1d   far   whey
        order    89d  home  whey
        set      rules.cancellation.clock = \"product\"
        ---
        1d   line-backordered  order=1
        89d  parcel-shipped    order=2
        fires auto-cancel 0
        ",
    );
}

#[test]
fn reserved_units_do_not_stop_the_clock() {
    timeline(
        "
        stock    boise  whey 1
        order    5d  home  whey, creatine
        order    6d  home  whey
        set      rules.split.ship_available = 0.0
        set      rules.cancellation.clock = \"product\"
        ---
        30d1s  line-auto-cancelled  order=1 line=1
        30d1s  line-auto-cancelled  order=1 line=2
        30d1s  order-cancelled      order=1
        30d1s  line-covered         order=2 line=1
        30d1s  parcel-shipped       order=2
        ",
    );
}

#[test]
fn the_receipt_in_the_expiring_second_comes_first() {
    timeline(
        "
        receipt  30d1s  boise  whey 2
        order    1d  home  whey
        set      rules.cancellation.clock = \"product\"
        ---
        30d1s  parcel-shipped  order=1
        fires auto-cancel 0
        ",
    );
}

#[test]
fn a_receipt_too_small_for_the_oldest_still_stops_the_clock() {
    timeline(
        "
        receipt  29d  boise  whey 1
        receipt  60d  boise  whey 2
        order    1d  home  whey 3
        set      rules.cancellation.clock = \"product\"
        ---
        60d  parcel-shipped  order=1
        fires auto-cancel 0
        ",
    );
}

#[test]
fn every_product_has_its_own_clock_and_by_the_line_its_own_end() {
    // Whey has been out since the start, creatine since day 10.
    timeline(
        "
        stock    boise  creatine 1
        order    10d  home  creatine
        order    12d  home  whey, creatine
        set      rules.cancellation.clock = \"product\"
        set      rules.cancellation.scope = \"line\"
        ---
        30d1s  line-auto-cancelled  order=2 line=1
        40d1s  line-auto-cancelled  order=2 line=2
        40d1s  order-cancelled      order=2
        ",
    );
}

#[test]
fn by_the_order_the_first_product_to_expire_takes_all() {
    timeline(
        "
        stock    boise  creatine 1
        order    10d  home  creatine
        order    12d  home  whey, creatine
        set      rules.cancellation.clock = \"product\"
        ---
        30d1s  line-auto-cancelled  order=2 line=1
        30d1s  line-auto-cancelled  order=2 line=2
        30d1s  order-cancelled      order=2
        ",
    );
}

#[test]
fn all_waiting_orders_of_an_expired_product_go_in_one_second() {
    timeline(
        "
        order    1d   home  whey
        order    9d   home  whey
        order    29d  home  whey
        set      rules.cancellation.clock = \"product\"
        ---
        30d1s  order-cancelled  order=1
        30d1s  order-cancelled  order=2
        30d1s  order-cancelled  order=3
        fires auto-cancel 3
        ",
    );
}

#[test]
fn an_order_part_of_which_can_ship_loses_only_the_expired_part() {
    timeline(
        "
        stock    boise  creatine 1
        order    40d  home  whey, creatine
        set      rules.cancellation.clock = \"product\"
        ---
        40d  line-backordered     order=1 line=1
        40d  line-auto-cancelled  order=1 line=1
        40d  order-completed      order=1
        also 40d  parcel-shipped  order=1 lines=2
        ",
    );
}
