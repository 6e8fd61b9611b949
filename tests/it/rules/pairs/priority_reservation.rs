//! Who gets arriving stock, and whether a held order may keep it.

use crate::support::timeline;

#[test]
fn the_order_placed_first_goes_first_whatever_its_number() {
    timeline(
        "
        receipt  5d  boise  whey 1
        order    3d  home   whey
        order    1d  home   whey
        ---
        5d  parcel-shipped  order=2
        never parcel-shipped order=1
        ",
    );
}

#[test]
fn of_two_placed_in_one_second_the_lower_number() {
    timeline(
        "
        receipt  5d  boise  whey 1
        order    1d  home   whey
        order    1d  home   whey
        ---
        5d  parcel-shipped  order=1
        never parcel-shipped order=2
        ",
    );
}

#[test]
fn within_an_order_the_lower_line() {
    timeline(
        "
        receipt  5d  boise  whey 1
        receipt  6d  boise  whey 1
        order    1d  home   whey, whey
        ---
        5d  line-covered    order=1 line=1
        6d  line-covered    order=1 line=2
        6d  parcel-shipped  order=1 lines=1,2
        ",
    );
}

#[test]
fn a_swapped_in_line_that_waits_goes_by_its_orders_placing() {
    // It joins the list of its product ahead of a line that has stood there for longer.
    timeline(
        "
        set      rules.backorder.reserve_while_held = false
        products whey(protein) casein(protein) creatine
        stock    boise  casein 3
        order    1d  home   whey 2, creatine
        order    2d  home   casein 5
        contact  3d  order 1 line 1 swap
        order    4d  home   casein 3
        receipt  5d  boise  creatine 1
        receipt  6d  boise  casein 5
        ---
        3d  line-swapped    order=1 to=3 product=casein
        4d  parcel-shipped  order=3
        6d  parcel-shipped  order=1 lines=2,3
        never parcel-shipped order=2
        ",
    );
}

#[test]
fn a_large_line_does_not_block_a_small_one_behind_it() {
    timeline(
        "
        receipt  3d  boise  whey 2
        receipt  4d  boise  whey 4
        order    1d  home   whey 5
        order    2d  home   whey 1
        ---
        3d  parcel-shipped  order=2
        4d  parcel-shipped  order=1
        ",
    );
}

#[test]
fn first_come_a_held_order_takes_what_it_cannot_ship_yet() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  5d  boise  creatine 1
        order    1d  home   whey, creatine
        order    2d  home   whey
        ---
        3d  line-covered    order=1 line=1
        5d  parcel-shipped  order=1
        never parcel-shipped order=2
        ",
    );
}

#[test]
fn complete_first_the_order_that_becomes_complete_goes_before_it() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  5d  boise  creatine 1
        receipt  6d  boise  whey 1
        order    1d  home   whey, creatine
        order    2d  home   whey
        set      rules.backorder.priority = \"complete-first\"
        ---
        3d  parcel-shipped  order=2
        5d  line-covered    order=1 line=2
        6d  parcel-shipped  order=1 lines=1,2
        ",
    );
}

#[test]
fn complete_first_among_orders_that_become_complete_the_first_come() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  3d  boise  creatine 1
        order    1d  home   whey, creatine
        order    2d  home   whey
        set      rules.backorder.priority = \"complete-first\"
        ---
        3d  parcel-shipped  order=1 lines=1,2
        never parcel-shipped order=2
        ",
    );
}

#[test]
fn complete_first_counts_only_the_lines_that_still_wait() {
    timeline(
        "
        receipt  3d  boise  creatine 1
        receipt  4d  boise  whey 1
        order    1d  home   whey, creatine
        order    2d  home   whey
        set      rules.backorder.priority = \"complete-first\"
        ---
        3d  line-covered    order=1 line=2
        4d  parcel-shipped  order=1 lines=1,2
        never parcel-shipped order=2
        ",
    );
}

#[test]
fn complete_first_what_is_left_goes_first_come() {
    // Three units of whey: one completes order 3; then, in order of placing, order 1 keeps one and order 2 one.
    timeline(
        "
        receipt  4d  boise  whey 3
        order    1d  home   whey, creatine
        order    2d  home   whey, bcaa
        order    3d  home   whey
        set      rules.backorder.priority = \"complete-first\"
        ---
        4d  parcel-shipped  order=3
        4d  line-covered    order=1 line=1
        4d  line-covered    order=2 line=1
        never parcel-released order=1
        ",
    );
}

#[test]
fn complete_first_the_second_may_complete_and_the_first_not() {
    timeline(
        "
        receipt  4d  boise  whey 1
        receipt  4d  boise  bcaa 1
        order    1d  home   whey, creatine
        order    2d  home   whey, bcaa
        order    3d  home   whey
        set      rules.backorder.priority = \"complete-first\"
        ---
        4d  parcel-shipped  order=2 lines=1,2
        never line-covered order=1
        never parcel-shipped order=3
        ",
    );
}

#[test]
fn complete_first_holds_for_what_a_cancellation_frees() {
    // Order 1 ages out and frees whey; order 2 has waited longer than order 3, but only order 3 becomes complete.
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        order    2d  home  whey, bcaa
        order    3d  home  whey
        set      rules.split.ship_available = 0.0
        set      rules.backorder.priority = \"complete-first\"
        ---
        31d1s  order-cancelled  order=1
        31d1s  parcel-shipped   order=3
        never line-covered order=2
        ",
    );
}

#[test]
fn without_reserving_the_first_order_that_can_leave_takes_all_it_needs() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  3d  boise  creatine 1
        order    1d  home   whey, creatine
        order    2d  home   whey
        set      rules.backorder.reserve_while_held = false
        ---
        3d  line-covered    order=1 line=1
        3d  line-covered    order=1 line=2
        3d  parcel-shipped  order=1 lines=1,2
        never parcel-shipped order=2
        ",
    );
}

#[test]
fn without_reserving_whoever_can_leave_now_leaves() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  5d  boise  creatine 1
        order    1d  home   whey, creatine
        order    2d  home   whey
        set      rules.backorder.reserve_while_held = false
        ---
        3d  parcel-shipped  order=2
        never line-covered order=1
        ",
    );
}

#[test]
fn without_reserving_a_split_order_still_takes_its_lines_as_they_come() {
    timeline(
        "
        stock    boise  whey 1
        receipt  3d  boise  creatine 1
        order    1d  home  whey, creatine, bcaa
        order    2d  home  creatine
        set      rules.backorder.reserve_while_held = false
        ---
        1d  parcel-shipped  order=1 lines=1
        3d  parcel-shipped  order=1 lines=2
        never parcel-shipped order=2
        ",
    );
}

#[test]
fn without_reserving_an_order_walks_its_lines_once_by_preference() {
    // Line 1 would take a unit in Boise, which leaves no two units anywhere for line 2; the other way round would do, but
    // nobody looks for it. Dayton's second unit settles it.
    timeline(
        "
        warehouses  boise dayton
        receipt  3d  boise   whey 2
        receipt  3d  dayton  whey 1
        receipt  5d  dayton  whey 1
        order    1d  home  whey 1, whey 2
        set      rules.backorder.reserve_while_held = false
        ---
        5d  line-covered  order=1 line=1
        5d  line-covered  order=1 line=2
        also 5d  parcel-shipped  order=1 warehouse=boise  lines=1
        also 5d  parcel-shipped  order=1 warehouse=dayton lines=2
        never 3d line-covered
        ",
    );
}

#[test]
fn reserved_stock_is_safe_from_an_order_that_could_leave_at_once() {
    timeline(
        "
        stock    boise  whey 1
        receipt  9d  boise  creatine 1
        order    1d  home    whey, creatine
        order    2d  abroad  whey
        set      rules.split.ship_available = 0.0
        set      rules.backorder.priority = \"complete-first\"
        ---
        2d  line-backordered  order=2
        9d  parcel-shipped    order=1
        never parcel-shipped order=2
        ",
    );
}
