//! `free-split`: every parcel after an order's first is on the house.

use crate::support::timeline;

#[test]
fn two_places_two_parcels_one_of_them_free() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 1
        stock    dayton  creatine 1
        order    1d  home  whey, creatine
        ---
        1d  order-placed     order=1
        also 1d  parcel-released  order=1 warehouse=boise  lines=1
        also 1d  parcel-released  order=1 warehouse=dayton lines=2
        1d  order-completed  order=1
        fires free-split 1
        ",
    );
}

#[test]
fn three_places_two_of_them_free() {
    timeline(
        "
        warehouses  boise dayton camden
        stock    boise   whey 1
        stock    dayton  creatine 1
        stock    camden  bcaa 1
        order    1d  home  whey, creatine, bcaa
        ---
        1d  order-completed  order=1
        also 1d  parcel-released  parcel=1
        also 1d  parcel-released  parcel=2
        also 1d  parcel-released  parcel=3
        fires free-split 2
        ",
    );
}

#[test]
fn one_parcel_is_no_split() {
    timeline(
        "
        stock    boise   whey 1
        stock    boise   creatine 1
        order    1d  home  whey, creatine
        ---
        1d  parcel-released  order=1 parcel=1 lines=1,2
        fires free-split 0
        fires multi-warehouse 1
        ",
    );
}

#[test]
fn a_parcel_that_follows_later_is_as_free_as_one_beside_it() {
    timeline(
        "
        stock    boise  creatine 1
        receipt  6d  boise  whey 1
        order    1d  home  whey, creatine
        ---
        1d  parcel-released  order=1 parcel=1
        6d  parcel-released  order=1 parcel=2
        fires free-split 1
        ",
    );
}

#[test]
fn units_of_one_line_in_two_parcels_are_a_split_too() {
    timeline(
        "
        stock    boise  whey 1
        receipt  6d  boise  whey 1
        order    1d  home  whey 2
        set      rules.split.granularity = \"unit\"
        ---
        1d  parcel-released  order=1 parcel=1 lines=1
        6d  parcel-released  order=1 parcel=2 lines=1
        6d  order-completed  order=1
        fires free-split 1
        ",
    );
}

#[test]
fn two_orders_of_a_parcel_each_are_no_split() {
    timeline(
        "
        stock    boise  whey 2
        order    1d  home  whey
        order    1d  home  whey
        ---
        1d  parcel-released  order=1 parcel=1
        1d  parcel-released  order=2 parcel=1
        fires free-split 0
        ",
    );
}
