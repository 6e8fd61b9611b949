//! `remove`: the customer takes a waiting line off the order; what is left is looked at again at once.

use crate::support::timeline;

#[test]
fn what_is_left_of_a_held_order_ships_in_that_instant() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        contact  2d  order 1 line 2 remove
        set      rules.split.ship_available = 0.0
        ---
        1d    order-placed      order=1
        1d    line-backordered  order=1 line=2
        1d1h  backorder-notice  order=1
        2d    contact           order=1 line=2
        2d    line-removed      order=1 line=2 rule=remove
        2d    parcel-released   order=1 parcel=1 lines=1
        2d    parcel-shipped    order=1 parcel=1
        2d    shipment-notice   order=1
        2d    order-completed   order=1
        4d    parcel-delivered  order=1
        exactly order=1
        fires remove 1
        fires support-24-7 1
        ",
    );
}

#[test]
fn removing_the_only_line_cancels_the_order_without_a_letter() {
    timeline(
        "
        order    1d  home  whey
        contact  2d  order 1 line 1 remove
        ---
        1d    order-placed      order=1
        1d    line-backordered  order=1 line=1
        1d1h  backorder-notice  order=1
        2d    contact           order=1 line=1
        2d    line-removed      order=1 line=1
        2d    order-cancelled   order=1
        exactly order=1
        fires auto-cancel 0
        ",
    );
}

#[test]
fn while_another_line_waits_the_order_is_still_held() {
    timeline(
        "
        receipt  5d  boise  creatine 1
        order    1d  home   whey, creatine
        contact  2d  order 1 line 1 remove
        ---
        2d  line-removed    order=1 line=1
        5d  parcel-shipped  order=1 parcel=1 lines=2
        ",
    );
}

#[test]
fn after_a_part_has_shipped_the_order_is_complete_without_the_rest() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        contact  2d  order 1 line 2 remove
        ---
        1d  parcel-shipped   order=1 lines=1
        2d  line-removed     order=1 line=2
        2d  order-completed  order=1
        never order-cancelled
        ",
    );
}

#[test]
fn it_is_complete_only_when_the_last_parcel_has_departed() {
    timeline(
        "
        warehouses  boise(4h)
        stock    boise  whey 1
        order    1d    home  whey, creatine
        contact  1d2h  order 1 line 2 remove
        ---
        1d    parcel-released  order=1 lines=1
        1d2h  line-removed     order=1 line=2
        1d4h  parcel-shipped   order=1 lines=1
        1d4h  order-completed  order=1
        never 1d2h order-completed
        never order-cancelled
        ",
    );
}

#[test]
fn a_line_that_came_in_that_second_is_not_removed() {
    timeline(
        "
        receipt  2d  boise  whey 1
        order    1d  home   whey
        contact  2d  order 1 line 1 remove
        ---
        2d  parcel-shipped  order=1
        never contact
        never line-removed
        ",
    );
}

#[test]
fn a_call_in_the_second_before_the_order_exists_finds_nothing() {
    // Contacts come before new orders in one second.
    timeline(
        "
        receipt  3d  boise  whey 1
        order    1d  home   whey
        contact  1d  order 1 line 1 remove
        ---
        3d  parcel-shipped  order=1
        never contact
        ",
    );
}

#[test]
fn a_call_about_a_covered_line_changes_nothing() {
    timeline(
        "
        stock    boise  whey 1
        receipt  5d  boise  creatine 1
        order    1d  home   whey, creatine
        contact  2d  order 1 line 1 remove
        set      rules.split.ship_available = 0.0
        ---
        5d  parcel-shipped  order=1 lines=1,2
        never contact
        ",
    );
}

#[test]
fn a_call_about_a_released_line_that_has_not_departed_changes_nothing() {
    timeline(
        "
        warehouses  boise(4h)
        receipt  2d  boise  whey 1
        order    1d    home  whey
        contact  2d2h  order 1 line 1 remove
        ---
        2d    parcel-released  order=1
        2d4h  parcel-shipped   order=1
        never contact
        ",
    );
}

#[test]
fn a_call_about_an_order_or_a_line_that_never_was_changes_nothing() {
    timeline(
        "
        order    1d  home  whey
        receipt  5d  boise whey 1
        contact  2d  order 1 line 7 remove
        ---
        5d  parcel-shipped  order=1
        never contact
        ",
    );
}

#[test]
fn a_second_call_about_the_same_line_finds_it_gone() {
    timeline(
        "
        order    1d  home  whey
        contact  2d  order 1 line 1 remove
        contact  2d  order 1 line 1 remove
        contact  3d  order 1 line 1 swap
        ---
        2d  line-removed     order=1 line=1
        2d  order-cancelled  order=1
        fires support-24-7 1
        fires remove 1
        ",
    );
}

#[test]
fn lines_removed_one_after_the_other_leave_nothing_to_ship() {
    timeline(
        "
        order    1d  home  whey, creatine
        contact  2d  order 1 line 1 remove
        contact  3d  order 1 line 2 remove
        ---
        2d  line-removed     order=1 line=1
        3d  line-removed     order=1 line=2
        3d  order-cancelled  order=1
        never parcel-released
        ",
    );
}
