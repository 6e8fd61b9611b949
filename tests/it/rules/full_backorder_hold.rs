//! `full-backorder-hold`: an order of which nothing was there leaves complete, in one go, when its last line is covered.

use crate::support::timeline;

#[test]
fn nothing_leaves_before_the_last_line_is_covered() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  5d  boise  creatine 1
        order    1d  home   whey, creatine
        ---
        1d    order-placed      order=1
        1d    line-backordered  order=1 line=1
        1d    line-backordered  order=1 line=2
        1d1h  backorder-notice  order=1
        3d    line-covered      order=1 line=1
        5d    line-covered      order=1 line=2
        5d    parcel-released   order=1 parcel=1 lines=1,2 rule=full-backorder-hold
        5d    parcel-shipped    order=1 parcel=1 lines=1,2
        5d    shipment-notice   order=1
        5d    order-completed   order=1
        7d    parcel-delivered  order=1
        exactly order=1
        fires full-backorder-hold 1
        ",
    );
}

#[test]
fn a_receipt_that_is_too_small_covers_nothing() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  4d  boise  whey 1
        order    1d  home   whey 2
        ---
        4d  line-covered    order=1 line=1
        4d  parcel-shipped  order=1 lines=1
        never 3d line-covered
        ",
    );
}

#[test]
fn lines_covered_in_two_places_leave_in_the_same_instant_as_two_parcels() {
    timeline(
        "
        warehouses  boise dayton
        receipt     3d  boise   whey 1
        receipt     5d  dayton  creatine 1
        order       1d  home  whey, creatine
        ---
        3d  line-covered    order=1 line=1
        5d  line-covered    order=1 line=2
        also 5d  parcel-shipped  order=1 warehouse=boise  lines=1
        also 5d  parcel-shipped  order=1 warehouse=dayton lines=2
        never 3d parcel-released
        fires full-backorder-hold 2
        fires free-split 1
        ",
    );
}

#[test]
fn what_it_has_is_kept_from_later_orders() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  5d  boise  creatine 1
        receipt  6d  boise  whey 1
        order    1d  home   whey, creatine
        order    4d  home   whey
        ---
        5d  parcel-shipped    order=1 lines=1,2
        4d  line-backordered  order=2 line=1
        6d  parcel-shipped    order=2
        ",
    );
}

#[test]
fn shipping_as_covered_sends_each_line_when_it_comes() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  5d  boise  creatine 1
        order    1d  home   whey, creatine
        set      rules.backorder.full_order = \"ship-as-covered\"
        ---
        3d  line-covered     order=1 line=1
        3d  parcel-shipped   order=1 parcel=1 lines=1
        5d  line-covered     order=1 line=2
        5d  parcel-shipped   order=1 parcel=2 lines=2
        5d  order-completed  order=1
        fires full-backorder-hold 0
        fires free-split 1
        ",
    );
}

#[test]
fn shipping_as_covered_puts_what_comes_together_into_one_parcel() {
    timeline(
        "
        receipt  3d  boise  creatine 1
        receipt  3d  boise  whey 1
        order    1d  home   whey, creatine
        set      rules.backorder.full_order = \"ship-as-covered\"
        ---
        3d  parcel-shipped   order=1 parcel=1 lines=1,2
        3d  order-completed  order=1
        fires free-split 0
        ",
    );
}

#[test]
fn shipping_as_covered_is_about_full_orders_only() {
    // One line was there and the coin said wait: this order is held, whatever full orders do.
    timeline(
        "
        stock    boise  bcaa 1
        receipt  3d  boise  whey 1
        receipt  5d  boise  creatine 1
        order    1d  home   whey, creatine, bcaa
        set      rules.backorder.full_order = \"ship-as-covered\"
        set      rules.split.ship_available = 0.0
        ---
        3d  line-covered    order=1 line=1
        5d  parcel-shipped  order=1 parcel=1 lines=1,2,3
        never 1d parcel-released
        never 3d parcel-released
        ",
    );
}

#[test]
fn shipping_as_covered_does_not_divide_an_international_order() {
    timeline(
        "
        receipt  3d  boise   whey 1
        receipt  5d  boise   creatine 1
        order    1d  abroad  whey, creatine
        set      rules.backorder.full_order = \"ship-as-covered\"
        ---
        5d  parcel-released  order=1 parcel=1 lines=1,2 rule=international-complete
        never 3d parcel-released
        ",
    );
}

#[test]
fn release_is_one_thing_and_departure_another() {
    timeline(
        "
        warehouses  boise(4h)
        receipt  3d  boise  whey 1
        order    1d  home   whey
        ---
        3d    parcel-released  order=1
        3d4h  parcel-shipped   order=1
        3d4h  order-completed  order=1
        never 3d order-completed
        ",
    );
}

#[test]
fn without_reserving_a_later_order_takes_what_the_held_one_could_not_use() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  5d  boise  creatine 1
        receipt  6d  boise  whey 1
        order    1d  home   whey, creatine
        order    4d  home   whey
        set      rules.backorder.reserve_while_held = false
        ---
        4d  parcel-shipped  order=2
        6d  line-covered    order=1 line=1
        6d  line-covered    order=1 line=2
        6d  parcel-shipped  order=1 lines=1,2
        never 3d line-covered
        never 5d line-covered
        never line-backordered order=2
        ",
    );
}

#[test]
fn without_reserving_only_what_was_missing_is_called_backordered() {
    timeline(
        "
        stock    boise  whey 1
        receipt  5d  boise  creatine 1
        order    1d  home   whey, creatine
        set      rules.backorder.reserve_while_held = false
        set      rules.split.ship_available = 0.0
        ---
        1d  line-backordered  order=1 line=2
        5d  line-covered      order=1 line=2
        5d  parcel-shipped    order=1 lines=1,2
        never line-backordered line=1
        never line-covered line=1
        ",
    );
}

#[test]
fn without_reserving_lines_wait_for_each_other_over_several_warehouses() {
    timeline(
        "
        warehouses  boise dayton
        receipt     3d  boise   whey 1
        receipt     5d  dayton  creatine 1
        order       1d  home  whey, creatine
        set         rules.backorder.reserve_while_held = false
        ---
        also 5d  parcel-shipped  order=1 warehouse=boise  lines=1
        also 5d  parcel-shipped  order=1 warehouse=dayton lines=2
        5d  order-completed  order=1
        never 3d line-covered
        ",
    );
}
