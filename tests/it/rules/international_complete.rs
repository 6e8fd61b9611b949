//! `international-complete`: one parcel, from one warehouse, with every line that is left.

use crate::support::timeline;

#[test]
fn everything_is_there_but_in_two_places() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 1
        stock    dayton  creatine 1
        receipt  2d  dayton  whey 1
        receipt  3d  boise   creatine 1
        order    1d  abroad  whey, creatine
        ---
        1d    order-placed      order=1 zone=abroad
        1d    line-backordered  order=1 line=2 product=creatine units=1
        1d    display-mismatch  order=1 line=2
        1d1h  backorder-notice  order=1
        3d    line-covered      order=1 line=2
        3d    parcel-released   order=1 parcel=1 warehouse=boise lines=1,2 rule=international-complete
        3d    parcel-shipped    order=1 parcel=1
        3d    shipment-notice   order=1
        3d    order-completed   order=1
        9d    parcel-delivered  order=1
        exactly order=1
        fires international-complete 1
        ",
    );
}

#[test]
fn the_warehouse_with_most_lines_available_gets_the_order() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 9
        stock    dayton  creatine 1
        stock    dayton  bcaa 1
        receipt  2d  boise   creatine 9
        receipt  2d  boise   bcaa 9
        receipt  4d  dayton  whey 1
        order    1d  abroad  whey, creatine, bcaa
        ---
        1d  line-backordered  order=1 line=1
        4d  parcel-shipped    order=1 parcel=1 warehouse=dayton lines=1,2,3
        never parcel-released warehouse=boise
        ",
    );
}

#[test]
fn among_equals_the_one_that_carries_most_lines_gets_it() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 1
        stock    dayton  creatine 1
        receipt  4d  dayton  whey 1
        order    1d  abroad  whey, creatine
        ---
        1d  line-backordered  order=1 line=1
        4d  parcel-shipped    order=1 warehouse=dayton lines=1,2
        ",
    );
}

#[test]
fn a_stock_row_of_none_says_that_the_product_is_carried() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 1
        stock    dayton  creatine 1
        stock    dayton  whey 0
        order    1d  abroad  whey, creatine
        contact  2d  order 1 line 1 remove
        ---
        1d  line-backordered  order=1 line=1
        2d  parcel-shipped    order=1 warehouse=dayton lines=2
        ",
    );
}

#[test]
fn then_preference_decides() {
    timeline(
        "
        warehouses  boise dayton
        lane     boise   abroad  17  7d
        lane     dayton  abroad  15  6d
        receipt  3d  boise   whey 1
        receipt  4d  dayton  whey 1
        order    1d  abroad  whey
        ---
        4d  parcel-shipped  order=1 warehouse=dayton
        never 3d line-covered
        ",
    );
}

#[test]
fn lines_are_counted_not_units() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 50
        stock    dayton  creatine 1
        stock    dayton  bcaa 1
        receipt  4d  dayton  whey 50
        order    1d  abroad  whey 50, creatine, bcaa
        ---
        4d  parcel-shipped  order=1 warehouse=dayton lines=1,2,3
        ",
    );
}

#[test]
fn a_line_that_does_not_fit_is_passed_over_in_the_count() {
    // In Boise the second line fits and not the first, in Dayton the first and then not the second: one each, and Boise is
    // preferred.
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 1
        stock    dayton  whey 2
        receipt  4d  boise  whey 2
        order    1d  abroad  whey 2, whey 1
        ---
        1d  line-backordered  order=1 line=1 units=2
        4d  parcel-shipped    order=1 warehouse=boise lines=1,2
        never line-backordered line=2
        ",
    );
}

#[test]
fn with_everything_in_one_place_it_leaves_at_once() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 1
        stock    dayton  whey 1
        stock    dayton  creatine 1
        order    1d  abroad  whey, creatine
        ---
        1d  parcel-shipped   order=1 parcel=1 warehouse=dayton lines=1,2
        1d  order-completed  order=1
        never line-backordered
        ",
    );
}

#[test]
fn removing_the_missing_line_lets_the_rest_go() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  abroad  whey, creatine
        contact  5d  order 1 line 2 remove
        ---
        1d  line-backordered  order=1 line=2
        5d  line-removed      order=1 line=2
        5d  parcel-shipped    order=1 parcel=1 lines=1
        ",
    );
}

#[test]
fn what_it_has_is_reserved_for_it() {
    timeline(
        "
        stock    boise  whey 1
        receipt  5d  boise  creatine 1
        order    1d  abroad  whey, creatine
        order    2d  home    whey
        ---
        5d  parcel-shipped    order=1 lines=1,2
        2d  line-backordered  order=2
        ",
    );
}

#[test]
fn where_customs_allow_parts_it_is_an_order_like_any_other() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 1
        stock    dayton  creatine 1
        receipt  4d  boise  bcaa 1
        order    1d  abroad  whey, creatine, bcaa
        set      rules.international.complete_only = false
        ---
        1d  line-backordered  order=1 line=3
        also 1d  parcel-shipped  order=1 warehouse=boise  lines=1
        also 1d  parcel-shipped  order=1 warehouse=dayton lines=2
        4d  parcel-shipped  order=1 lines=3
        fires international-complete 0
        fires free-split 2
        ",
    );
}

#[test]
fn where_customs_allow_parts_an_undivided_order_is_not_held_for_customs() {
    timeline(
        "
        stock    boise  whey 1
        receipt  4d  boise  creatine 1
        order    1d  abroad  whey, creatine
        set      rules.international.complete_only = false
        set      rules.split.granularity = \"order\"
        ---
        4d  parcel-released  order=1 parcel=1 lines=1,2
        never 1d parcel-released
        fires international-complete 0
        ",
    );
}

#[test]
fn by_the_unit_it_still_leaves_complete_from_one_place() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 2
        stock    dayton  whey 2
        receipt  4d  boise  whey 1
        order    1d  abroad  whey 3
        set      rules.split.granularity = \"unit\"
        ---
        1d  line-backordered  order=1 line=1 units=1
        4d  line-covered      order=1 line=1
        4d  parcel-shipped    order=1 parcel=1 warehouse=boise lines=1
        never 1d parcel-released
        ",
    );
}

#[test]
fn an_aged_line_takes_the_whole_order_or_frees_it() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  abroad  whey, creatine
        ---
        31d1s  line-auto-cancelled  order=1 line=1
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  order-cancelled      order=1
        ",
    );
    timeline(
        "
        stock    boise  whey 1
        order    1d  abroad  whey, creatine
        set      rules.cancellation.scope = \"line\"
        ---
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  parcel-shipped       order=1 parcel=1 lines=1
        never line-auto-cancelled line=1
        ",
    );
}

#[test]
fn without_reserving_it_takes_all_at_once_at_its_warehouse() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 1
        receipt  3d  boise   creatine 1
        receipt  4d  boise   whey 1
        order    1d  abroad  whey, creatine
        order    2d  home    whey
        set      rules.backorder.reserve_while_held = false
        ---
        2d  parcel-shipped  order=2
        4d  line-covered    order=1 line=2
        4d  parcel-shipped  order=1 parcel=1 warehouse=boise lines=1,2
        never 3d line-covered
        ",
    );
}
