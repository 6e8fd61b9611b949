//! `most-stock`, and held orders that are sourced anew before they leave, in small timelines worked out by hand.

use crate::support::timeline;

#[test]
fn most_stock_evens_out_the_shelves() {
    // Dayton has 5 against 3, then both have 3, then dayton has 3 against 2.
    timeline(
        "
        set         sourcing.policy = \"most-stock\"
        warehouses  boise dayton
        stock       boise   whey 3
        stock       dayton  whey 5
        order       1d  home  whey 2
        order       2d  home  whey
        order       3d  home  whey 2
        ---
        1d  parcel-shipped  order=1 warehouse=dayton
        2d  parcel-shipped  order=2 warehouse=boise
        3d  parcel-shipped  order=3 warehouse=dayton
        ",
    );
}

#[test]
fn most_stock_takes_by_the_unit_all_that_the_richest_has_and_then_of_the_next() {
    timeline(
        "
        set         sourcing.policy = \"most-stock\"
        set         rules.split.granularity = \"unit\"
        warehouses  boise dayton reno
        stock       boise   whey 2
        stock       dayton  whey 4
        stock       reno    whey 3
        order       1d  home  whey 8
        ---
        1d  parcel-shipped  order=1 warehouse=boise units=1
        1d  parcel-shipped  order=1 warehouse=dayton units=4
        1d  parcel-shipped  order=1 warehouse=reno units=3
        ",
    );
}

#[test]
fn most_stock_has_no_say_where_an_order_leaves_one_warehouse() {
    // Boise has the more of the lines, dayton the more of the stock.
    timeline(
        "
        set         sourcing.policy = \"most-stock\"
        set         rules.split.granularity = \"order\"
        warehouses  boise dayton
        stock       boise   whey 1
        stock       boise   soy 1
        stock       dayton  whey 9
        order       1d  home  whey, soy
        ---
        1d  parcel-shipped  order=1 warehouse=boise lines=1,2
        ",
    );
}

/// An order that is held gathers whey in boise and soy in dayton; before soy comes, dayton receives whey, too.
const APART: &str = "
    set         rules.split.ship_available = 0.0
    warehouses  boise dayton
    stock       boise   whey 1
    order       1d  home  whey, soy
    receipt     3d  dayton  whey 1
    receipt     4d  dayton  soy 1
";

fn story(rest: &str) {
    timeline(&format!("{APART}{rest}"));
}

#[test]
fn without_a_second_look_an_order_leaves_from_where_it_first_found_stock() {
    story(
        "
        ---
        4d  parcel-shipped  order=1 parcel=1 warehouse=boise lines=1
        4d  parcel-shipped  order=1 parcel=2 warehouse=dayton lines=2
        never order-sourced-anew
        ",
    );
}

#[test]
fn with_a_second_look_it_leaves_in_one_parcel() {
    story(
        "
        set         sourcing.reevaluate = true
        ---
        4d  order-sourced-anew  order=1 from=2 parcels=1
        4d  parcel-shipped      order=1 parcel=1 warehouse=dayton lines=1,2
        never parcel-shipped    order=1 parcel=2
        ",
    );
}

#[test]
fn what_it_gives_back_goes_to_who_waits_for_it() {
    // Order 2 wants two units of whey. Boise has one for order 1, and receives another; dayton has one.
    story(
        "
        set         sourcing.reevaluate = true
        order       2d     home  whey 2
        receipt     3d12h  boise whey 1
        ---
        4d  order-sourced-anew  order=1 from=2 parcels=1
        4d  parcel-shipped      order=1 warehouse=dayton lines=1,2
        4d  line-covered        order=2 line=1
        4d  parcel-shipped      order=2 warehouse=boise units=2
        ",
    );
}

#[test]
fn one_that_cannot_leave_in_fewer_parcels_leaves_as_it_is() {
    timeline(
        "
        set         rules.split.ship_available = 0.0
        set         sourcing.reevaluate = true
        warehouses  boise dayton
        stock       boise   whey 1
        order       1d  home  whey, soy
        receipt     4d  dayton  soy 1
        ---
        4d  parcel-shipped  order=1 parcel=1 warehouse=boise lines=1
        4d  parcel-shipped  order=1 parcel=2 warehouse=dayton lines=2
        never order-sourced-anew
        ",
    );
}

#[test]
fn by_the_unit_too_an_order_leaves_from_one_warehouse_that_has_it_all_by_then() {
    timeline(
        "
        set         rules.split.granularity = \"unit\"
        set         rules.split.ship_available = 0.0
        set         sourcing.reevaluate = true
        warehouses  boise dayton
        stock       boise   whey 2
        order       1d  home  whey 3, soy
        receipt     2d  dayton  whey 5
        receipt     4d  dayton  soy 1
        ---
        4d  order-sourced-anew  order=1 from=2 parcels=1
        4d  parcel-shipped      order=1 warehouse=dayton lines=1,2 units=3,1
        ",
    );
}

#[test]
fn a_removal_that_lets_a_held_order_go_has_it_sourced_anew_as_well() {
    timeline(
        "
        set         rules.split.ship_available = 0.0
        set         sourcing.reevaluate = true
        warehouses  boise dayton
        stock       boise   whey 1
        stock       dayton  bcaa 1
        order       1d  home  whey, bcaa, soy
        receipt     2d  dayton  whey 1
        contact     3d  order 1 line 3 remove
        ---
        3d  order-sourced-anew  order=1 from=2 parcels=1
        3d  parcel-shipped      order=1 warehouse=dayton lines=1,2
        ",
    );
}
