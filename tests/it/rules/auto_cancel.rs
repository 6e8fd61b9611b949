//! `auto-cancel`: strictly more than 30 days on backorder, and the order is cancelled with a letter.

use crate::support::{timeline, told};

#[test]
fn a_receipt_at_exactly_thirty_days_still_fills_the_line() {
    timeline(
        "
        receipt  31d  boise  whey 1
        order    1d   home   whey
        ---
        31d  line-covered     order=1 line=1
        31d  order-completed  order=1
        fires auto-cancel 0
        ",
    );
}

#[test]
fn so_does_one_in_the_very_second_of_the_cancellation() {
    timeline(
        "
        receipt  31d1s  boise  whey 1
        order    1d     home   whey
        ---
        31d1s  line-covered     order=1 line=1
        31d1s  order-completed  order=1
        fires auto-cancel 0
        ",
    );
}

#[test]
fn a_second_later_the_order_is_gone_and_this_is_all_that_happens() {
    timeline(
        "
        receipt  31d2s  boise  whey 1
        order    1d     home   whey
        ---
        1d     order-placed         order=1
        1d     line-backordered     order=1 line=1
        1d1h   backorder-notice     order=1
        31d1s  line-auto-cancelled  order=1 line=1 rule=auto-cancel
        31d1s  cancellation-notice  order=1 rule=auto-cancel
        31d1s  order-cancelled      order=1
        exactly order=1
        fires auto-cancel 1
        ",
    );
}

#[test]
fn the_limit_is_a_setting() {
    timeline(
        "
        order    1d  home  whey
        set      rules.cancellation.after = \"10d\"
        ---
        11d1s  line-auto-cancelled  order=1
        never 11d line-auto-cancelled
        ",
    );
}

#[test]
fn a_limit_of_nothing_still_leaves_the_second_it_was_placed_in() {
    timeline(
        "
        receipt  2d1s  boise  creatine 1
        order    1d  home  whey
        order    2d  home  creatine
        set      rules.cancellation.after = \"0s\"
        ---
        1d1s  line-auto-cancelled  order=1
        1d1s  order-cancelled      order=1
        2d1s  parcel-shipped       order=2
        fires backorder-notice 0
        ",
    );
}

#[test]
fn never_means_never() {
    timeline(
        "
        receipt  89d  boise  whey 1
        order    1d   home   whey
        set      rules.cancellation.after = \"never\"
        ---
        89d  parcel-shipped  order=1
        fires auto-cancel 0
        ",
    );
}

#[test]
fn the_whole_order_goes_with_what_it_had_reserved() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        set      rules.split.ship_available = 0.0
        ---
        31d1s  line-auto-cancelled  order=1 line=1
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  cancellation-notice  order=1
        31d1s  order-cancelled      order=1
        never parcel-released
        fires auto-cancel 2
        ",
    );
}

#[test]
fn what_it_had_goes_to_the_next_in_line_in_that_instant() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        order    5d  home  whey
        set      rules.split.ship_available = 0.0
        ---
        31d1s  order-cancelled  order=1
        31d1s  line-covered     order=2 line=1
        31d1s  parcel-shipped   order=2
        ",
    );
}

#[test]
fn by_the_line_only_the_aged_line_goes_and_the_rest_ships() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        set      rules.split.ship_available = 0.0
        set      rules.cancellation.scope = \"line\"
        ---
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  parcel-shipped       order=1 lines=1
        31d1s  order-completed      order=1
        also 31d1s  cancellation-notice  order=1
        never line-auto-cancelled line=1
        fires auto-cancel 1
        ",
    );
}

#[test]
fn two_lines_aged_in_one_second_are_one_letter_by_the_order_and_two_by_the_line() {
    for (scope, letters) in [("order", 1), ("line", 2)] {
        let run = told(&format!(
            "order 1d home whey, creatine
             set rules.cancellation.scope = \"{scope}\""
        ));
        let sent = run.trace.iter().filter(|line| line["event"] == "cancellation-notice").count();
        assert_eq!(sent, letters, "scope {scope}");
        assert!(run.breaches.is_empty(), "{:?}", run.breaches);
    }
}

#[test]
fn an_order_of_which_a_part_has_shipped_is_completed_not_cancelled() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        ---
        1d     parcel-shipped       order=1 lines=1
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  order-completed      order=1
        also 31d1s  cancellation-notice  order=1
        never order-cancelled
        never line-auto-cancelled line=1
        ",
    );
}

#[test]
fn a_released_line_that_has_not_departed_is_out_of_reach() {
    timeline(
        "
        warehouses  boise(4h)
        receipt  31d  boise  whey 1
        order    1d   home   whey
        ---
        31d    parcel-released  order=1
        31d4h  parcel-shipped   order=1
        fires auto-cancel 0
        ",
    );
}

#[test]
fn the_second_line_of_a_held_order_ages_the_covered_first() {
    timeline(
        "
        receipt  20d  boise  whey 1
        order    1d   home   whey, creatine
        ---
        20d    line-covered         order=1 line=1
        31d1s  line-auto-cancelled  order=1 line=1
        31d1s  line-auto-cancelled  order=1 line=2
        31d1s  order-cancelled      order=1
        ",
    );
}

#[test]
fn of_two_due_in_one_second_the_first_may_save_the_second() {
    // Order 1 keeps the only whey while it waits for creatine; order 2 wants whey. Order 1 goes first, and what it kept
    // covers order 2 before its own turn comes.
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey, creatine
        order    1d  home  whey
        set      rules.split.ship_available = 0.0
        ---
        31d1s  order-cancelled  order=1
        31d1s  line-covered     order=2 line=1
        31d1s  parcel-shipped   order=2
        31d1s  order-completed  order=2
        never line-auto-cancelled order=2
        ",
    );
}

#[test]
fn the_customers_call_in_that_second_comes_first() {
    timeline(
        "
        order    1d  home  whey
        contact  31d1s  order 1 line 1 remove
        ---
        31d1s  line-removed     order=1 line=1
        31d1s  order-cancelled  order=1
        fires auto-cancel 0
        ",
    );
}

#[test]
fn orders_age_each_on_their_own_clock() {
    timeline(
        "
        order    1d  home  whey
        order    2d  home  whey
        ---
        31d1s  order-cancelled  order=1
        32d1s  order-cancelled  order=2
        ",
    );
}

#[test]
fn the_cancellation_at_the_end_of_the_run_is_not_run() {
    timeline(
        "
        order    1d  home  whey
        set      run.horizon = \"31d1s\"
        ---
        1d  line-backordered  order=1
        fires auto-cancel 0
        ",
    );
}
