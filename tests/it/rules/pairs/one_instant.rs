//! Many things in one second: disruptions, departures, receipts, releases, contacts, cancellations, notices, new orders,
//! reviews.

use crate::support::timeline;

#[test]
fn a_receipt_goes_to_those_who_wait_before_the_orders_of_its_second() {
    timeline(
        "
        receipt  3d  boise  whey 1
        order    1d  home  whey
        order    3d  home  whey
        ---
        3d  parcel-shipped    order=1
        3d  line-backordered  order=2
        ",
    );
}

#[test]
fn all_receipts_come_before_the_release_pass() {
    // The first receipt alone would be passed over by order 1 and taken by order 2.
    timeline(
        "
        receipt  3d  boise  whey 1
        receipt  3d  boise  whey 1
        order    1d  home  whey 2
        order    2d  home  whey 1
        ---
        3d  parcel-shipped  order=1
        never parcel-shipped order=2
        ",
    );
}

#[test]
fn what_a_contact_frees_is_given_out_before_the_next_contact() {
    timeline(
        "
        stock    boise  whey 2
        order    1d  home  whey 3
        order    2d  home  whey 2
        contact  3d  order 1 line 1 remove
        contact  3d  order 2 line 1 remove
        set      rules.split.granularity = \"unit\"
        set      rules.split.ship_available = 0.0
        ---
        3d  order-cancelled  order=1
        3d  parcel-shipped   order=2
        fires support-24-7 1
        fires remove 1
        ",
    );
}

#[test]
fn contacts_go_in_the_files_order() {
    timeline(
        "
        stock    boise  whey 2
        order    1d  home  whey 3
        order    2d  home  whey 2
        contact  3d  order 2 line 1 remove
        contact  3d  order 1 line 1 remove
        set      rules.split.granularity = \"unit\"
        set      rules.split.ship_available = 0.0
        ---
        3d  order-cancelled  order=1
        3d  order-cancelled  order=2
        never parcel-released
        ",
    );
}

#[test]
fn what_a_cancellation_frees_is_there_for_the_orders_of_its_second() {
    timeline(
        "
        stock    boise  whey 1
        order    1d     home  whey, creatine
        order    31d1s  home  whey
        set      rules.split.ship_available = 0.0
        ---
        31d1s  order-cancelled  order=1
        31d1s  parcel-shipped   order=2
        never line-backordered order=2
        ",
    );
}

#[test]
fn orders_of_one_second_go_by_their_numbers() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey
        order    1d  home  whey
        ---
        1d  parcel-shipped    order=1
        1d  line-backordered  order=2
        ",
    );
}

#[test]
fn an_order_of_the_first_second_finds_the_receipt_of_the_first_second() {
    timeline(
        "
        receipt  0s  boise  whey 1
        order    0s  home   whey
        ---
        0s  order-placed     order=1
        0s  parcel-shipped   order=1
        0s  order-completed  order=1
        ",
    );
}

#[test]
fn a_review_counts_the_orders_of_its_second_and_the_removals_too() {
    // Level 6. In the second of the review two units are sold and a waiting one (out of six and one) is given up.
    timeline(
        r#"
        set  vendors = [{ id = "acme", lead_time = "1d" }]
        set  products = [{ id = "whey", vendor = "acme" }]
        set  replenishment = { policy = "periodic-R-S", review = "7d", order_up_to = 6 }
        order    1d  home  whey 7
        order    7d  home  whey 2
        contact  7d  order 1 line 1 remove
        ---
        7d  line-removed           order=1 line=1
        7d  parcel-shipped         order=2
        7d  replenishment-ordered  units=2
        never 0s replenishment-ordered
        "#,
    );
}

#[test]
fn trouble_that_begins_in_the_second_of_an_order_delays_what_is_ordered_then() {
    timeline(
        r#"
        set  vendors = [{ id = "acme", lead_time = "3d", disruption = { every = "1d", lasts = "5d" } }]
        set  products = [{ id = "whey", vendor = "acme" }]
        set  replenishment = { policy = "base-stock", order_up_to = 1 }
        set  run.horizon = "10d"
        order    1d  home  whey
        ---
        1d  disruption-began       vendor=acme
        1d  replenishment-ordered  units=1
        6d  disruption-ended       vendor=acme
        9d  receipt                units=1
        never 4d receipt
        "#,
    );
}

#[test]
fn trouble_that_ends_in_that_second_does_not() {
    timeline(
        r#"
        set  vendors = [{ id = "acme", lead_time = "3d", disruption = { every = "1d", lasts = "5d" } }]
        set  products = [{ id = "whey", vendor = "acme" }]
        set  replenishment = { policy = "base-stock", order_up_to = 1 }
        set  run.horizon = "10d"
        order    6d  home  whey
        ---
        6d  disruption-ended       vendor=acme
        6d  replenishment-ordered  units=1
        9d  receipt                units=1
        "#,
    );
}

#[test]
fn a_parcel_departs_before_anything_else_of_its_second() {
    // Packed since day 1, it leaves on day 2; the call of that second about the line that still waits comes after.
    timeline(
        "
        warehouses  boise(1d)
        stock    boise  whey 1
        order    1d  home  whey, creatine
        contact  2d  order 1 line 2 remove
        ---
        2d  parcel-shipped   order=1 lines=1
        2d  shipment-notice  order=1
        2d  line-removed     order=1 line=2
        2d  order-completed  order=1
        ",
    );
}

#[test]
fn a_swap_and_a_release_of_one_second_share_a_parcel() {
    // The creatine comes in and leaves; the whey is swapped in that second and leaves from the same place: one parcel.
    timeline(
        "
        products whey(protein) casein(protein) creatine bcaa
        stock    boise  casein 1
        stock    boise  bcaa 1
        receipt  2d  boise  creatine 1
        order    1d  home  whey, creatine, bcaa
        contact  2d  order 1 line 1 swap
        ---
        1d  parcel-released  order=1 parcel=1 lines=3
        2d  parcel-released  order=1 parcel=2 lines=2,4
        2d  order-completed  order=1
        fires free-split 1
        ",
    );
}
