//! `support-24-7`: a call is handled whatever the hour, its handling time later.

use crate::support::timeline;

#[test]
fn at_seventeen_past_three_in_the_seventh_night() {
    timeline(
        "
        products whey(protein) casein(protein)
        stock    boise  casein 1
        order    1d  home  whey
        contact  6d3h17m9s  order 1 line 1 swap
        ---
        6d3h17m9s  contact         order=1 line=1 rule=support-24-7
        6d3h17m9s  line-swapped    order=1 line=1 to=2 product=casein
        6d3h17m9s  parcel-shipped  order=1 lines=2
        fires support-24-7 1
        ",
    );
}

#[test]
fn in_the_last_second_of_the_year() {
    timeline(
        "
        order    1d  home  whey
        contact  364d23h59m59s  order 1 line 1 remove
        set      run.horizon = \"366d\"
        set      rules.cancellation.after = \"never\"
        ---
        364d23h59m59s  line-removed     order=1 line=1
        364d23h59m59s  order-cancelled  order=1
        ",
    );
}

#[test]
fn every_hour_of_a_day() {
    for hour in 0..24 {
        timeline(&format!(
            "
            order    1d  home  whey
            contact  2d{}  order 1 line 1 remove
            ---
            2d{}  line-removed  order=1 line=1
            ",
            if hour == 0 { String::new() } else { format!("{hour}h") },
            if hour == 0 { String::new() } else { format!("{hour}h") },
        ));
    }
}

#[test]
fn a_call_takes_effect_after_its_handling_time() {
    timeline(
        "
        order    1d  home  whey
        set      customers.contact = { probability = 1.0, after = \"1d\", handling = \"8h\" }
        set      customers.swap_share = 0.0
        ---
        2d8h  line-removed     order=1 line=1
        2d8h  order-cancelled  order=1
        never 2d line-removed
        ",
    );
}

#[test]
fn what_came_in_while_the_call_was_handled_is_kept() {
    timeline(
        "
        receipt  2d4h  boise  whey 1
        order    1d    home   whey
        set      customers.contact = { probability = 1.0, after = \"1d\", handling = \"8h\" }
        set      customers.swap_share = 0.0
        ---
        2d4h  parcel-shipped  order=1
        never line-removed
        ",
    );
}

#[test]
fn a_call_written_by_hand_takes_effect_in_its_second() {
    timeline(
        "
        order    1d  home  whey
        contact  2d  order 1 line 1 remove
        set      customers.contact = { probability = 0.0, after = \"1d\", handling = \"8h\" }
        ---
        2d  line-removed  order=1 line=1
        ",
    );
}

#[test]
fn nobody_calls_about_what_does_not_wait() {
    timeline(
        "
        stock    boise  whey 1
        receipt  1d12h  boise  creatine 1
        order    1d  home  whey, creatine
        set      customers.contact = { probability = 1.0, after = \"1d\" }
        ---
        1d12h  order-completed  order=1
        fires support-24-7 0
        ",
    );
}

#[test]
fn callers_who_want_a_swap_get_one() {
    timeline(
        "
        products whey(protein) casein(protein)
        stock    boise  casein 1
        order    1d  home  whey
        set      customers.contact = { probability = 1.0, after = \"1d\" }
        set      customers.swap_share = 1.0
        ---
        2d  line-swapped    order=1 line=1 product=casein
        2d  parcel-shipped  order=1 lines=2
        ",
    );
}

#[test]
fn each_waiting_line_has_its_own_caller() {
    timeline(
        "
        order    1d  home  whey, creatine
        set      customers.contact = { probability = 1.0, after = \"1d\" }
        set      customers.swap_share = 0.0
        ---
        2d  line-removed     order=1 line=1
        2d  line-removed     order=1 line=2
        2d  order-cancelled  order=1
        fires support-24-7 2
        ",
    );
}

#[test]
fn left_out_nobody_calls() {
    timeline(
        "
        order    1d  home  whey
        ---
        31d1s  order-cancelled  order=1
        fires support-24-7 0
        ",
    );
}

#[test]
fn a_call_without_delay_is_handled_in_the_second_of_the_order() {
    timeline(
        "
        order    1d  home  whey
        set      customers.contact = { probability = 1.0, after = \"0s\" }
        set      customers.swap_share = 0.0
        ---
        1d  line-backordered  order=1 line=1
        1d  line-removed      order=1 line=1
        1d  order-cancelled   order=1
        fires backorder-notice 0
        ",
    );
}
