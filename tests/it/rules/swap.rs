//! `swap`: a customer who will not wait takes something similar.

use crate::support::timeline;

#[test]
fn the_first_substitute_of_the_file_with_stock_takes_its_place() {
    timeline(
        "
        products whey(protein) casein(protein) creatine soy(protein)
        stock    boise  soy 1
        stock    boise  creatine 1
        order    1d  home  whey
        contact  2d  order 1 line 1 swap
        ---
        1d    order-placed      order=1
        1d    line-backordered  order=1 line=1 product=whey
        1d1h  backorder-notice  order=1
        2d    contact           order=1 line=1
        2d    line-swapped      order=1 line=1 to=2 product=soy rule=swap
        2d    parcel-released   order=1 parcel=1 lines=2
        2d    parcel-shipped    order=1 parcel=1 lines=2
        2d    shipment-notice   order=1
        2d    order-completed   order=1
        4d    parcel-delivered  order=1
        exactly order=1
        fires swap 1
        fires remove 0
        ",
    );
}

#[test]
fn file_order_starts_at_the_top_of_the_file() {
    timeline(
        "
        products soy(protein) whey(protein) casein(protein)
        stock    boise  soy 1
        stock    boise  casein 1
        order    1d  home  whey
        contact  2d  order 1 line 1 swap
        ---
        2d  line-swapped  order=1 product=soy
        ",
    );
}

#[test]
fn a_substitute_must_be_there_for_the_whole_line() {
    timeline(
        "
        products whey(protein) casein(protein) soy(protein)
        stock    boise  casein 1
        stock    boise  soy 2
        order    1d  home  whey 2
        contact  2d  order 1 line 1 swap
        ---
        2d  line-swapped    order=1 product=soy
        2d  parcel-shipped  order=1 lines=2
        ",
    );
}

#[test]
fn the_product_comes_before_the_warehouse() {
    timeline(
        "
        warehouses  boise dayton
        products whey(protein) casein(protein) soy(protein)
        stock    dayton  casein 1
        stock    boise   soy 1
        order    1d  home  whey
        contact  2d  order 1 line 1 swap
        ---
        2d  line-swapped    order=1 product=casein
        2d  parcel-shipped  order=1 warehouse=dayton
        ",
    );
}

#[test]
fn among_warehouses_preference_decides() {
    timeline(
        "
        warehouses  boise dayton
        products whey(protein) casein(protein)
        stock    dayton  casein 1
        stock    boise   casein 1
        order    1d  home  whey
        contact  2d  order 1 line 1 swap
        ---
        2d  parcel-shipped  order=1 warehouse=boise
        ",
    );
}

#[test]
fn a_substitute_that_cannot_reach_the_customer_is_none() {
    timeline(
        "
        warehouses  boise dayton
        lane     boise   far   9  4d
        lane     dayton  home  7  3d
        products whey(protein) casein(protein)
        stock    dayton  casein 1
        order    1d  far  whey
        contact  2d  order 1 line 1 swap
        order    3d  home  casein
        ---
        2d  line-removed     order=1 line=1 rule=swap
        2d  order-cancelled  order=1
        3d  parcel-shipped   order=2
        ",
    );
}

#[test]
fn without_a_substitute_the_line_is_removed() {
    timeline(
        "
        products whey(protein) casein(protein)
        order    1d  home  whey
        contact  2d  order 1 line 1 swap
        ---
        2d  contact          order=1 line=1
        2d  line-removed     order=1 line=1 rule=swap
        2d  order-cancelled  order=1
        never line-swapped
        never cancellation-notice
        fires swap 1
        fires remove 0
        ",
    );
}

#[test]
fn a_product_of_no_group_has_no_substitute() {
    timeline(
        "
        products whey creatine
        stock    boise  creatine 5
        order    1d  home  whey
        contact  2d  order 1 line 1 swap
        ---
        2d  line-removed  order=1 line=1 rule=swap
        ",
    );
}

#[test]
fn or_the_line_goes_on_waiting_on_its_old_clock() {
    timeline(
        "
        products whey(protein) casein(protein)
        order    1d  home  whey
        contact  2d  order 1 line 1 swap
        set      rules.swap.if_none = \"wait\"
        ---
        1d     line-backordered     order=1 line=1
        2d     contact              order=1 line=1
        31d1s  line-auto-cancelled  order=1 line=1
        never line-removed
        fires swap 0
        ",
    );
}

#[test]
fn a_line_that_waited_on_is_covered_like_any_other() {
    timeline(
        "
        products whey(protein) casein(protein)
        receipt  4d  boise  whey 1
        order    1d  home  whey
        contact  2d  order 1 line 1 swap
        set      rules.swap.if_none = \"wait\"
        ---
        2d  contact         order=1 line=1
        4d  line-covered    order=1 line=1
        4d  parcel-shipped  order=1 lines=1
        ",
    );
}

#[test]
fn the_new_line_takes_the_next_number_and_a_call_about_it_finds_nothing_waiting() {
    timeline(
        "
        products whey(protein) casein(protein) creatine
        stock    boise  casein 1
        receipt  5d  boise  creatine 1
        order    1d  home  whey, creatine
        contact  2d  order 1 line 1 swap
        contact  3d  order 1 line 3 remove
        contact  3d  order 1 line 1 remove
        ---
        2d  line-swapped    order=1 line=1 to=3 product=casein
        5d  parcel-shipped  order=1 lines=2,3
        never 3d contact
        never line-removed
        ",
    );
}

#[test]
fn in_a_held_order_the_swapped_line_is_reserved_and_waits_for_the_others() {
    timeline(
        "
        products whey(protein) casein(protein) creatine
        stock    boise  casein 1
        receipt  5d  boise  creatine 1
        order    1d  home  whey, creatine
        contact  2d  order 1 line 1 swap
        order    3d  home  casein
        ---
        2d  line-swapped      order=1 line=1 to=3
        5d  parcel-shipped    order=1 lines=2,3
        3d  line-backordered  order=2
        never 2d parcel-released
        ",
    );
}

#[test]
fn in_a_split_order_the_swapped_line_leaves_at_once() {
    timeline(
        "
        products whey(protein) casein(protein) creatine bcaa
        stock    boise  casein 1
        stock    boise  bcaa 1
        receipt  5d  boise  creatine 1
        order    1d  home  whey, creatine, bcaa
        contact  2d  order 1 line 1 swap
        ---
        1d  parcel-shipped  order=1 lines=3
        2d  line-swapped    order=1 line=1 to=4
        2d  parcel-shipped  order=1 lines=4
        5d  parcel-shipped  order=1 lines=2
        ",
    );
}

#[test]
fn two_swaps_in_one_second_go_in_the_files_order() {
    timeline(
        "
        products whey(protein) casein(protein) soy(protein)
        stock    boise  casein 1
        stock    boise  soy 1
        order    1d  home  whey
        order    1d  home  whey
        contact  2d  order 2 line 1 swap
        contact  2d  order 1 line 1 swap
        ---
        2d  line-swapped  order=2 product=casein
        2d  line-swapped  order=1 product=soy
        ",
    );
}

#[test]
fn a_substitute_that_came_in_this_second_counts() {
    // Two units of whey come in: one for the order that waits for it, one to take the place of the soy.
    timeline(
        "
        products whey(protein) soy(protein)
        receipt  2d  boise  whey 2
        order    1d  home  soy
        order    1d  home  whey
        contact  2d  order 1 line 1 swap
        ---
        2d  line-swapped    order=1 product=whey
        2d  parcel-shipped  order=2
        ",
    );
}

#[test]
fn the_receipt_of_that_second_makes_the_swap_needless() {
    timeline(
        "
        products whey(protein) soy(protein)
        stock    boise  soy 1
        receipt  2d  boise  whey 1
        order    1d  home  whey
        contact  2d  order 1 line 1 swap
        ---
        2d  parcel-shipped  order=1 lines=1
        never contact
        never line-swapped
        ",
    );
}
