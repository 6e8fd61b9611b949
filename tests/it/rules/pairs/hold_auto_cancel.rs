//! A held order and the age limit, by the order and by the line.

use crate::support::timeline;

#[test]
fn by_the_line_two_aged_lines_go_and_what_was_kept_ships_once() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine, bcaa
        set      rules.split.ship_available = 0.0
        set      rules.cancellation.scope = \"line\"
        ---
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  line-auto-cancelled  order=1 line=3
        31d1s  parcel-released      order=1 parcel=1 lines=1
        31d1s  order-completed      order=1
        fires auto-cancel 2
        fires free-split 0
        ",
    );
}

#[test]
fn by_the_line_an_order_all_of_whose_lines_aged_is_cancelled() {
    timeline(
        "
        order    1d  home  whey, creatine
        set      rules.cancellation.scope = \"line\"
        ---
        31d1s  line-auto-cancelled  order=1 line=1
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  order-cancelled      order=1
        never parcel-released
        ",
    );
}

#[test]
fn a_swapped_in_line_goes_with_its_order_and_frees_its_stock() {
    // The casein kept for order 1 since day 10 goes, on day 31, to order 2 that has waited for casein since day 12.
    timeline(
        "
        products whey(protein) casein(protein) creatine
        stock    boise  casein 1
        order    1d   home  whey, creatine
        contact  10d  order 1 line 1 swap
        order    12d  home  casein
        ---
        10d    line-swapped         order=1 line=1 to=3
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  line-auto-cancelled  order=1 line=3
        31d1s  order-cancelled      order=1
        31d1s  line-covered         order=2 line=1
        31d1s  parcel-shipped       order=2
        ",
    );
}

#[test]
fn by_the_line_a_swapped_in_line_stays_and_ships() {
    timeline(
        "
        products whey(protein) casein(protein) creatine
        stock    boise  casein 1
        order    1d   home  whey, creatine
        contact  10d  order 1 line 1 swap
        set      rules.cancellation.scope = \"line\"
        ---
        10d    line-swapped         order=1 line=1 to=3
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  parcel-shipped       order=1 lines=3
        31d1s  order-completed      order=1
        ",
    );
}

#[test]
fn without_reserving_a_line_that_was_there_ages_as_well() {
    // Nothing was taken for order 1; day 31 ends it whole, and the whey has long been order 2's.
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        order    2d  home  whey
        set      rules.split.ship_available = 0.0
        set      rules.backorder.reserve_while_held = false
        ---
        2d     parcel-shipped       order=2
        31d1s  line-auto-cancelled  order=1 line=1
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  order-cancelled      order=1
        ",
    );
}

#[test]
fn without_reserving_and_by_the_line_both_lines_age_in_the_same_second() {
    // Line 1, whey, is due first and ends although whey lies there: all of the order's lines have waited since day 1.
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        set      rules.split.ship_available = 0.0
        set      rules.backorder.reserve_while_held = false
        set      rules.cancellation.scope = \"line\"
        ---
        31d1s  line-auto-cancelled  order=1 line=1
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  order-cancelled      order=1
        never parcel-released
        ",
    );
}

#[test]
fn without_reserving_a_swapped_in_line_waits_from_the_swap() {
    // Swapped on day 11, casein waits for the creatine without being kept. The creatine's age ends it, by the line, on day
    // 31; then all that is left can be covered.
    timeline(
        "
        products whey(protein) casein(protein) creatine
        stock    boise  casein 1
        order    1d   home  whey, creatine
        contact  11d  order 1 line 1 swap
        set      rules.backorder.reserve_while_held = false
        set      rules.cancellation.scope = \"line\"
        ---
        11d    line-swapped         order=1 line=1 to=3 product=casein
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  parcel-shipped       order=1 lines=3
        31d1s  order-completed      order=1
        never 11d parcel-released
        never line-auto-cancelled line=3
        never line-covered line=3
        ",
    );
}

#[test]
fn without_reserving_a_swapped_in_line_that_lost_its_stock_ages_from_the_swap() {
    // As before, but order 2 takes the casein: it is ten days after the creatine that line 3 ends.
    timeline(
        "
        products whey(protein) casein(protein) creatine
        stock    boise  casein 1
        order    1d   home  whey, creatine
        contact  11d  order 1 line 1 swap
        order    12d  home  casein
        set      rules.backorder.reserve_while_held = false
        set      rules.cancellation.scope = \"line\"
        ---
        12d    parcel-shipped       order=2
        31d1s  line-auto-cancelled  order=1 line=2
        41d1s  line-auto-cancelled  order=1 line=3
        41d1s  order-cancelled      order=1
        ",
    );
}

#[test]
fn the_last_line_covered_in_the_cancelling_second_saves_the_whole_order() {
    timeline(
        "
        stock    boise  whey 1
        receipt  31d1s  boise  creatine 1
        order    1d  home  whey, creatine
        set      rules.split.ship_available = 0.0
        ---
        31d1s  line-covered    order=1 line=2
        31d1s  parcel-shipped  order=1 lines=1,2
        fires auto-cancel 0
        ",
    );
}

#[test]
fn one_of_two_missing_lines_covered_in_that_second_saves_nothing() {
    timeline(
        "
        receipt  31d1s  boise  whey 1
        order    1d  home   whey, creatine
        order    2d  home   whey
        ---
        31d1s  line-covered         order=1 line=1
        31d1s  line-auto-cancelled  order=1 line=1
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  order-cancelled      order=1
        31d1s  line-covered         order=2 line=1
        31d1s  parcel-shipped       order=2
        ",
    );
}
