//! `shipment-notice`: one at each parcel's departure.

use crate::support::timeline;

#[test]
fn it_is_sent_when_the_parcel_departs_not_when_it_is_released() {
    timeline(
        "
        warehouses  boise(4h)
        stock    boise  whey 1
        order    1d  home  whey
        ---
        1d    order-placed      order=1
        1d    parcel-released   order=1 parcel=1
        1d4h  parcel-shipped    order=1 parcel=1
        1d4h  shipment-notice   order=1 rule=shipment-notice
        1d4h  order-completed   order=1
        3d4h  parcel-delivered  order=1
        exactly order=1
        fires shipment-notice 1
        ",
    );
}

#[test]
fn two_parcels_two_notices_each_at_its_own_departure() {
    timeline(
        "
        warehouses  boise(4h) dayton(1d)
        stock    boise   whey 1
        stock    dayton  creatine 1
        order    1d  home  whey, creatine
        ---
        1d4h  shipment-notice  order=1
        2d    shipment-notice  order=1
        2d    order-completed  order=1
        never 1d4h order-completed
        fires shipment-notice 2
        ",
    );
}

#[test]
fn a_held_order_has_one_parcel_and_one_notice() {
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  5d  boise  creatine 1
        order    1d  home   whey, creatine
        ---
        5d  shipment-notice  order=1
        fires shipment-notice 1
        ",
    );
}

#[test]
fn a_departure_at_the_end_of_the_run_is_not_run() {
    timeline(
        "
        warehouses  boise(4h)
        stock    boise  whey 1
        order    1d  home  whey
        set      run.horizon = \"28h\"
        ---
        1d  parcel-released  order=1
        never parcel-shipped
        fires shipment-notice 0
        ",
    );
}

#[test]
fn a_second_earlier_it_is() {
    timeline(
        "
        warehouses  boise(4h)
        stock    boise  whey 1
        order    1d  home  whey
        set      run.horizon = \"1d4h1s\"
        ---
        1d4h  shipment-notice  order=1
        never parcel-delivered
        ",
    );
}

#[test]
fn times_count_from_the_start_of_the_replication_warm_up_included() {
    timeline(
        "
        stock    boise  whey 2
        order    1d  home  whey
        order    5d  home  whey
        set      run.warm_up = \"4d\"
        set      run.horizon = \"1d\"
        ---
        1d  shipment-notice  order=1
        never order-placed order=2
        ",
    );
}
