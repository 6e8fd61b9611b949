//! `display-mismatch`: shown in stock, and yet on backorder when placed.

use crate::support::timeline;

#[test]
fn the_only_unit_is_where_no_lane_leads_to_the_customer() {
    timeline(
        "
        warehouses  boise dayton
        lane     boise   home  5  2d
        lane     dayton  home  7  3d
        lane     boise   far   9  4d
        stock    dayton  whey 1
        receipt  3d  boise  whey 1
        order    1d  far  whey
        order    4d  home whey
        ---
        1d    order-placed      order=1
        1d    line-backordered  order=1 line=1
        1d    display-mismatch  order=1 line=1 rule=display-mismatch
        1d1h  backorder-notice  order=1
        3d    line-covered      order=1 line=1
        3d    parcel-released   order=1
        3d    parcel-shipped    order=1
        3d    shipment-notice   order=1
        3d    order-completed   order=1
        7d    parcel-delivered  order=1
        exactly order=1
        fires display-mismatch 1
        ",
    );
}

#[test]
fn too_few_for_the_line_is_a_mismatch_too() {
    timeline(
        "
        stock    boise  whey 2
        order    1d  home  whey 3
        ---
        1d  line-backordered  order=1 line=1 units=3
        1d  display-mismatch  order=1 line=1
        ",
    );
}

#[test]
fn units_in_two_places_that_make_no_whole_line_are_a_mismatch() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 1
        stock    dayton  whey 1
        order    1d  home  whey 2
        ---
        1d  display-mismatch  order=1 line=1
        ",
    );
}

#[test]
fn the_second_line_for_the_last_unit_is_a_mismatch() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, whey
        ---
        1d  line-backordered  order=1 line=2
        1d  display-mismatch  order=1 line=2
        never display-mismatch line=1
        ",
    );
}

#[test]
fn a_line_shown_on_backorder_is_none() {
    timeline(
        "
        order    1d  home  whey
        ---
        1d  line-backordered  order=1 line=1
        fires display-mismatch 0
        fires backorder-display 1
        ",
    );
}

#[test]
fn by_the_unit_a_partly_covered_line_is_a_mismatch() {
    timeline(
        "
        stock    boise  whey 2
        order    1d  home  whey 3
        set      rules.split.granularity = \"unit\"
        ---
        1d  line-backordered  order=1 line=1 units=1
        1d  display-mismatch  order=1 line=1
        ",
    );
}

#[test]
fn whoever_was_misled_may_call_more_often() {
    // Order 1 was misled, order 2 was not; only the misled call, and a day after.
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey 2
        order    2d  home  creatine
        set      customers.contact = { probability = 0.0, after = \"1d\" }
        set      customers.contact_after_mismatch = 1.0
        set      customers.swap_share = 0.0
        ---
        1d  display-mismatch  order=1 line=1
        2d  contact           order=1 line=1
        2d  line-removed      order=1 line=1
        never contact order=2
        fires support-24-7 1
        ",
    );
}

#[test]
fn or_less_often() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey 2
        order    2d  home  creatine
        set      customers.contact = { probability = 1.0, after = \"1d\" }
        set      customers.contact_after_mismatch = 0.0
        set      customers.swap_share = 0.0
        ---
        3d  line-removed  order=2 line=1
        never contact order=1
        ",
    );
}

#[test]
fn left_out_it_is_the_same_for_all() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey 2
        order    2d  home  creatine
        set      customers.contact = { probability = 1.0, after = \"1d\" }
        set      customers.swap_share = 0.0
        ---
        2d  line-removed  order=1 line=1
        3d  line-removed  order=2 line=1
        ",
    );
}

#[test]
fn an_available_line_of_a_held_order_is_none_even_where_nothing_is_reserved() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        set      rules.backorder.reserve_while_held = false
        set      rules.split.ship_available = 0.0
        ---
        1d  line-backordered  order=1 line=2
        fires display-mismatch 0
        ",
    );
}
