//! A held order and a customer who takes lines off it.

use crate::support::timeline;

#[test]
fn the_last_missing_line_removed_lets_both_places_ship() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 1
        stock    dayton  creatine 1
        order    1d  home  whey, creatine, bcaa
        contact  2d  order 1 line 3 remove
        set      rules.split.ship_available = 0.0
        ---
        2d  line-removed  order=1 line=3
        also 2d  parcel-shipped  order=1 warehouse=boise  lines=1
        also 2d  parcel-shipped  order=1 warehouse=dayton lines=2
        2d  order-completed  order=1
        never 1d parcel-released
        fires free-split 1
        ",
    );
}

#[test]
fn one_of_two_missing_lines_removed_leaves_the_order_waiting_for_the_other() {
    timeline(
        "
        stock    boise  whey 1
        receipt  4d  boise  bcaa 1
        order    1d  home  whey, creatine, bcaa
        contact  2d  order 1 line 2 remove
        set      rules.split.ship_available = 0.0
        ---
        2d  line-removed     order=1 line=2
        4d  line-covered     order=1 line=3
        4d  parcel-shipped   order=1 parcel=1 lines=1,3
        never 2d parcel-released
        ",
    );
}

#[test]
fn what_came_for_a_line_that_was_removed_is_there_for_the_next() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  9d  boise  whey 1
        order    1d  home   whey
        order    2d  home   whey
        contact  2d12h  order 1 line 1 remove
        ---
        2d12h  order-cancelled  order=1
        3d     parcel-shipped   order=2
        ",
    );
}

#[test]
fn without_reserving_a_line_that_was_there_waits_too_and_can_be_removed() {
    timeline(
        "
        stock    boise  whey 1
        receipt  4d  boise  creatine 1
        order    1d  home  whey, creatine
        contact  2d  order 1 line 1 remove
        set      rules.split.ship_available = 0.0
        set      rules.backorder.reserve_while_held = false
        ---
        1d  line-backordered  order=1 line=2
        2d  contact           order=1 line=1
        2d  line-removed      order=1 line=1
        4d  parcel-shipped    order=1 lines=2
        never line-backordered line=1
        ",
    );
}

#[test]
fn without_reserving_what_is_left_must_still_be_there() {
    // The whey that was there on day 1 went to order 2; with the creatine off the order, the next whey completes it.
    timeline(
        "
        stock    boise  whey 1
        receipt  4d  boise  whey 1
        order    1d  home  whey, creatine
        order    2d  home  whey
        contact  3d  order 1 line 2 remove
        set      rules.split.ship_available = 0.0
        set      rules.backorder.reserve_while_held = false
        ---
        2d  parcel-shipped  order=2
        3d  line-removed    order=1 line=2
        4d  parcel-shipped  order=1 lines=1
        never 3d parcel-released
        ",
    );
}

#[test]
fn without_reserving_a_removal_is_a_moment_to_try_again() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  4d  boise  creatine 1
        order    1d  home   whey, creatine, bcaa
        contact  5d  order 1 line 3 remove
        set      rules.backorder.reserve_while_held = false
        ---
        5d  line-removed    order=1 line=3
        5d  line-covered    order=1 line=1
        5d  line-covered    order=1 line=2
        5d  parcel-shipped  order=1 parcel=1 lines=1,2
        never 3d line-covered
        never 4d line-covered
        ",
    );
}

#[test]
fn a_held_order_that_loses_its_only_waiting_line_is_not_cancelled_but_ships() {
    timeline(
        "
        stock    boise  whey 1
        products whey creatine(amino) bcaa(amino)
        order    1d  home  whey, creatine
        contact  2d  order 1 line 2 swap
        set      rules.split.ship_available = 0.0
        ---
        2d  line-removed     order=1 line=2 rule=swap
        2d  parcel-shipped   order=1 lines=1
        2d  order-completed  order=1
        never order-cancelled
        ",
    );
}
