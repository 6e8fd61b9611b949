//! Split orders whose waiting part ends before it comes.

use crate::support::timeline;

#[test]
fn the_waiting_part_ages_and_the_shipped_part_stays_shipped() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 1
        stock    dayton  creatine 1
        order    1d  home  whey, creatine, bcaa
        ---
        31d1s  line-auto-cancelled  order=1 line=3
        31d1s  order-completed      order=1
        never line-auto-cancelled line=1
        never line-auto-cancelled line=2
        never order-cancelled
        fires auto-cancel 1
        ",
    );
}

#[test]
fn an_order_cancelled_while_its_first_parcel_is_being_packed_is_completed_at_departure() {
    timeline(
        "
        warehouses  boise(4h)
        stock    boise  whey 1
        order    1d  home  whey, creatine
        set      rules.cancellation.after = \"2h\"
        ---
        1d      parcel-released      order=1 lines=1
        1d2h1s  line-auto-cancelled  order=1 line=2
        1d4h    parcel-shipped       order=1 lines=1
        1d4h    order-completed      order=1
        also 1d2h1s  cancellation-notice  order=1
        never order-cancelled
        never 1d2h1s order-completed
        ",
    );
}

#[test]
fn what_comes_after_the_cancellation_is_for_the_next() {
    timeline(
        "
        stock    boise  whey 1
        receipt  31d2s  boise  creatine 1
        order    1d   home  whey, creatine
        order    32d  home  creatine
        ---
        31d1s  line-auto-cancelled  order=1 line=2
        32d    parcel-shipped       order=2
        ",
    );
}

#[test]
fn by_the_line_the_other_waiting_line_of_the_same_age_goes_too() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine, bcaa
        set      rules.cancellation.scope = \"line\"
        ---
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  line-auto-cancelled  order=1 line=3
        31d1s  order-completed      order=1
        fires auto-cancel 2
        ",
    );
}

#[test]
fn of_two_waiting_lines_the_one_that_came_in_time_has_left() {
    timeline(
        "
        stock    boise  whey 1
        receipt  20d  boise  creatine 1
        order    1d  home  whey, creatine, bcaa
        ---
        1d     parcel-shipped       order=1 parcel=1 lines=1
        20d    parcel-shipped       order=1 parcel=2 lines=2
        31d1s  line-auto-cancelled  order=1 line=3
        31d1s  order-completed      order=1
        fires free-split 1
        ",
    );
}
