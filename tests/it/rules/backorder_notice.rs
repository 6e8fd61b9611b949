//! `backorder-notice`: one notice an order, `delay` after its placing, if a line still waits then.

use crate::support::timeline;

#[test]
fn one_notice_an_order_however_many_lines_wait() {
    timeline(
        "
        order    1d  home  whey, creatine
        set      run.horizon = \"9d\"
        ---
        1d    line-backordered  order=1 line=1
        1d    line-backordered  order=1 line=2
        1d1h  backorder-notice  order=1 rule=backorder-notice
        fires backorder-notice 1
        ",
    );
}

#[test]
fn an_order_that_has_everything_gets_none() {
    timeline(
        "
        stock    boise  whey 1
        order    1d  home  whey
        ---
        1d  order-completed  order=1
        fires backorder-notice 0
        ",
    );
}

#[test]
fn resolved_in_the_second_the_notice_is_due_none_is_sent() {
    timeline(
        "
        receipt  1d1h  boise  whey 1
        order    1d    home   whey
        ---
        1d1h  parcel-shipped  order=1
        fires backorder-notice 0
        ",
    );
}

#[test]
fn resolved_a_second_later_it_has_been_sent() {
    timeline(
        "
        receipt  1d1h1s  boise  whey 1
        order    1d      home   whey
        ---
        1d1h    backorder-notice  order=1
        1d1h1s  parcel-shipped    order=1
        ",
    );
}

#[test]
fn with_one_line_covered_and_one_waiting_it_is_sent() {
    timeline(
        "
        receipt  1d30m  boise  whey 1
        receipt  3d     boise  creatine 1
        order    1d     home   whey, creatine
        ---
        1d30m  line-covered      order=1 line=1
        1d1h   backorder-notice  order=1
        3d     parcel-shipped    order=1
        ",
    );
}

#[test]
fn the_delay_is_a_setting() {
    timeline(
        "
        receipt  9d  boise  whey 1
        order    1d  home   whey
        set      rules.notice.delay = \"36h\"
        ---
        2d12h  backorder-notice  order=1
        never 1d1h backorder-notice
        ",
    );
}

#[test]
fn a_notice_without_delay_goes_out_in_the_second_of_the_order() {
    timeline(
        "
        receipt  9d  boise  whey 1
        order    1d  home   whey
        set      rules.notice.delay = \"0s\"
        ---
        1d  line-backordered  order=1
        1d  backorder-notice  order=1
        9d  parcel-shipped    order=1
        ",
    );
}

#[test]
fn nothing_is_sent_for_an_order_whose_line_was_removed_before() {
    timeline(
        "
        order    1d     home  whey
        contact  1d30m  order 1 line 1 remove
        ---
        1d30m  line-removed     order=1 line=1
        1d30m  order-cancelled  order=1
        fires backorder-notice 0
        ",
    );
}

#[test]
fn nothing_is_sent_for_an_order_removed_in_the_second_it_is_due() {
    timeline(
        "
        order    1d    home  whey
        contact  1d1h  order 1 line 1 remove
        ---
        1d1h  order-cancelled  order=1
        fires backorder-notice 0
        ",
    );
}

#[test]
fn nothing_is_sent_for_a_line_that_was_swapped_before() {
    timeline(
        "
        products whey(protein) soy(protein)
        stock    boise  soy 1
        order    1d     home  whey
        contact  1d30m  order 1 line 1 swap
        ---
        1d30m  parcel-shipped  order=1 lines=2
        fires backorder-notice 0
        ",
    );
}

#[test]
fn an_order_cancelled_before_or_in_that_second_gets_the_other_letter() {
    // Cancellations come before notices, so ending in the very second the notice is due, one second past the limit of
    // 59 minutes 59 seconds, it is still too late for it.
    timeline(
        "
        order    1d  home  whey
        set      rules.cancellation.after = \"59m59s\"
        ---
        1d1h  line-auto-cancelled  order=1 line=1
        1d1h  cancellation-notice  order=1
        fires backorder-notice 0
        ",
    );
}

#[test]
fn a_notice_in_the_second_before_the_cancellation_is_sent() {
    timeline(
        "
        order    1d  home  whey
        set      rules.cancellation.after = \"1h\"
        ---
        1d1h    backorder-notice     order=1
        1d1h1s  line-auto-cancelled  order=1 line=1
        ",
    );
}

#[test]
fn a_notice_at_the_deadline_is_not_late() {
    timeline(
        "
        receipt  9d  boise  whey 1
        order    1d  home   whey
        set      rules.notice.delay = \"24h\"
        ---
        2d  backorder-notice  order=1
        never backorder-notice late=true
        ",
    );
}

#[test]
fn a_second_after_the_deadline_it_is() {
    timeline(
        "
        receipt  9d  boise  whey 1
        order    1d  home   whey
        set      rules.notice.delay = \"1d1s\"
        ---
        2d1s  backorder-notice  order=1 late=true
        ",
    );
}

#[test]
fn the_deadline_is_a_setting() {
    timeline(
        "
        receipt  9d  boise  whey 1
        order    1d  home   whey
        set      rules.notice.deadline = \"30m\"
        ---
        1d1h  backorder-notice  order=1 late=true
        ",
    );
}
