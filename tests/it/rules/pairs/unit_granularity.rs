//! Orders divided by the single unit: what is taken, what waits, what leaves.

use crate::support::timeline;

#[test]
fn what_is_there_leaves_now_and_every_unit_as_it_comes() {
    timeline(
        "
        stock    boise  whey 1
        receipt  3d  boise  whey 1
        receipt  5d  boise  whey 1
        order    1d  home  whey 3
        set      rules.split.granularity = \"unit\"
        ---
        1d    order-placed      order=1
        1d    line-backordered  order=1 line=1 units=2
        1d    display-mismatch  order=1 line=1
        1d    parcel-released   order=1 parcel=1 lines=1 rule=partial-split
        1d    parcel-shipped    order=1 parcel=1
        1d    shipment-notice   order=1
        1d1h  backorder-notice  order=1
        3d    parcel-released   order=1 parcel=2 lines=1
        3d    parcel-shipped    order=1 parcel=2
        3d    shipment-notice   order=1
        5d    line-covered      order=1 line=1
        5d    parcel-released   order=1 parcel=3 lines=1
        5d    parcel-shipped    order=1 parcel=3
        5d    shipment-notice   order=1
        5d    order-completed   order=1
        fires free-split 2
        ",
    );
}

#[test]
fn a_line_with_nothing_there_is_held_and_ships_once() {
    timeline(
        "
        receipt  3d  boise  whey 2
        receipt  5d  boise  whey 1
        order    1d  home  whey 3
        set      rules.split.granularity = \"unit\"
        ---
        1d  line-backordered  order=1 line=1 units=3
        5d  line-covered      order=1 line=1
        5d  parcel-released   order=1 parcel=1 lines=1 rule=full-backorder-hold
        never 3d parcel-released
        never 3d line-covered
        ",
    );
}

#[test]
fn unless_full_orders_ship_as_covered() {
    timeline(
        "
        receipt  3d  boise  whey 2
        receipt  5d  boise  whey 1
        order    1d  home  whey 3
        set      rules.split.granularity = \"unit\"
        set      rules.backorder.full_order = \"ship-as-covered\"
        ---
        3d  parcel-shipped  order=1 parcel=1 lines=1
        5d  line-covered    order=1 line=1
        5d  parcel-shipped  order=1 parcel=2 lines=1
        ",
    );
}

#[test]
fn units_kept_for_a_held_line_are_kept() {
    timeline(
        "
        stock    boise  whey 2
        receipt  5d  boise  whey 1
        order    1d  home  whey 3
        order    2d  home  whey 1
        set      rules.split.granularity = \"unit\"
        set      rules.split.ship_available = 0.0
        ---
        5d  parcel-shipped    order=1 parcel=1 lines=1
        2d  line-backordered  order=2 units=1
        never 1d parcel-released
        never parcel-shipped order=2
        ",
    );
}

#[test]
fn the_longest_waiting_takes_what_there_is_even_if_it_is_not_enough() {
    timeline(
        "
        receipt  3d  boise  whey 2
        receipt  5d  boise  whey 2
        order    1d  home  whey 3
        order    2d  home  whey 1
        set      rules.split.granularity = \"unit\"
        ---
        5d  parcel-shipped  order=1
        5d  parcel-shipped  order=2
        never 3d parcel-shipped
        ",
    );
}

#[test]
fn complete_first_passes_over_whom_it_would_not_complete() {
    timeline(
        "
        receipt  3d  boise  whey 2
        receipt  5d  boise  whey 2
        order    1d  home  whey 3
        order    2d  home  whey 1
        set      rules.split.granularity = \"unit\"
        set      rules.backorder.priority = \"complete-first\"
        ---
        3d  parcel-shipped  order=2
        5d  parcel-shipped  order=1
        ",
    );
}

#[test]
fn waiting_units_come_from_several_places() {
    timeline(
        "
        warehouses  boise dayton
        receipt  3d  boise   whey 1
        receipt  3d  dayton  whey 2
        order    1d  home  whey 3
        set      rules.split.granularity = \"unit\"
        ---
        3d  line-covered  order=1 line=1
        also 3d  parcel-shipped  order=1 warehouse=boise  lines=1
        also 3d  parcel-shipped  order=1 warehouse=dayton lines=1
        fires free-split 1
        ",
    );
}

#[test]
fn lines_of_one_order_share_what_there_is_in_their_order() {
    timeline(
        "
        stock    boise  whey 3
        order    1d  home  whey 2, whey 2
        set      rules.split.granularity = \"unit\"
        ---
        1d  line-backordered  order=1 line=2 units=1
        1d  parcel-shipped    order=1 parcel=1 lines=1,2
        never line-backordered line=1
        ",
    );
}

#[test]
fn an_assigned_order_takes_units_from_its_own_warehouse_only() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 2
        stock    dayton  whey 9
        receipt  4d  boise  whey 1
        order    1d  home  creatine, whey 3
        stock    boise   creatine 1
        set      rules.split.granularity = \"unit\"
        set      rules.backorder.pool = \"warehouse\"
        ---
        1d  line-backordered  order=1 line=2 units=1
        1d  parcel-shipped    order=1 parcel=1 warehouse=boise lines=1,2
        4d  parcel-shipped    order=1 parcel=2 warehouse=boise lines=2
        never parcel-released warehouse=dayton
        ",
    );
}

#[test]
fn the_assignment_counts_lines_that_are_there_whole() {
    // Boise has two of three units, Dayton all three: only Dayton has the line.
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 2
        stock    dayton  whey 3
        order    1d  abroad  whey 3
        set      rules.split.granularity = \"unit\"
        ---
        1d  parcel-shipped  order=1 parcel=1 warehouse=dayton
        never line-backordered
        ",
    );
}

#[test]
fn without_reserving_no_unit_is_taken_before_all_can_be() {
    timeline(
        "
        receipt  3d  boise  whey 2
        receipt  5d  boise  whey 2
        order    1d  home  whey 3
        order    4d  home  whey 1
        set      rules.split.granularity = \"unit\"
        set      rules.backorder.reserve_while_held = false
        ---
        5d  line-covered    order=1 line=1
        5d  parcel-shipped  order=1
        4d  parcel-shipped  order=2
        ",
    );
}

#[test]
fn the_products_clock_does_not_run_while_a_unit_is_free_and_units_leave_none_free() {
    // By the unit a waiting line takes every receipt at once: the clock starts again with each.
    timeline(
        "
        receipt  20d  boise  whey 1
        order    1d  home  whey 2
        set      rules.split.granularity = \"unit\"
        set      rules.cancellation.clock = \"product\"
        ---
        50d1s  line-auto-cancelled  order=1 line=1
        50d1s  order-cancelled      order=1
        ",
    );
}

#[test]
fn fewest_parcels_sends_one_where_one_warehouse_has_all_units() {
    timeline(
        "
        warehouses  boise dayton tulsa
        stock    boise   whey 2
        stock    dayton  whey 1
        stock    tulsa   whey 3
        order    1d  home  whey 3
        set      rules.split.granularity = \"unit\"
        ---
        1d  parcel-shipped   order=1 parcel=1 warehouse=tulsa lines=1
        1d  order-completed  order=1
        never parcel-released warehouse=boise
        never line-backordered
        ",
    );
}

#[test]
fn with_too_few_units_anywhere_fewest_parcels_still_takes_all_there_are() {
    // Five of eight are there, and it takes all three warehouses to hold them.
    timeline(
        "
        warehouses  boise dayton tulsa
        stock    boise   whey 2
        stock    dayton  whey 1
        stock    tulsa   whey 2
        order    1d  home  whey 8
        set      rules.split.granularity = \"unit\"
        ---
        1d  line-backordered  order=1 line=1 units=3
        1d  parcel-shipped    order=1 parcel=1 warehouse=boise
        1d  parcel-shipped    order=1 parcel=2 warehouse=dayton
        1d  parcel-shipped    order=1 parcel=3 warehouse=tulsa
        ",
    );
}

#[test]
fn inside_the_chosen_set_units_are_taken_in_preference_order() {
    // Boise and Tulsa hold four between them, Dayton is left out; Boise gives its two first.
    timeline(
        "
        warehouses  boise dayton tulsa
        stock    boise   whey 2
        stock    dayton  whey 1
        stock    tulsa   whey 4
        order    1d  home  whey 5
        order    2d  home  whey 1
        order    3d  home  whey 2
        set      rules.split.granularity = \"unit\"
        ---
        1d  parcel-shipped  order=1 parcel=1 warehouse=boise
        1d  parcel-shipped  order=1 parcel=2 warehouse=tulsa
        2d  parcel-shipped  order=2 parcel=1 warehouse=dayton
        3d  line-backordered  order=3 units=1
        3d  parcel-shipped  order=3 parcel=1 warehouse=tulsa
        ",
    );
}

#[test]
fn cheapest_takes_units_from_two_places_that_cost_less_than_one() {
    // Boise and Dayton send for 5 and 7, Tulsa for 13.
    timeline(
        "
        warehouses  boise dayton tulsa
        lane     boise  home 5 2d
        lane     dayton home 7 2d
        lane     tulsa  home 13 2d
        stock    boise   whey 2
        stock    dayton  whey 1
        stock    tulsa   whey 3
        order    1d  home  whey 3
        set      rules.split.granularity = \"unit\"
        set      sourcing.policy = \"cheapest\"
        ---
        1d  parcel-shipped  order=1 parcel=1 warehouse=boise
        1d  parcel-shipped  order=1 parcel=2 warehouse=dayton
        never parcel-released warehouse=tulsa
        ",
    );
}

#[test]
fn and_from_one_that_costs_less_than_two() {
    timeline(
        "
        warehouses  boise dayton tulsa
        lane     boise  home 5 2d
        lane     dayton home 7 2d
        lane     tulsa  home 11 2d
        stock    boise   whey 2
        stock    dayton  whey 1
        stock    tulsa   whey 3
        order    1d  home  whey 3
        set      rules.split.granularity = \"unit\"
        set      sourcing.policy = \"cheapest\"
        ---
        1d  parcel-shipped  order=1 parcel=1 warehouse=tulsa
        never parcel-released warehouse=boise
        ",
    );
}

#[test]
fn nearest_takes_unit_by_unit_what_is_nearest() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 2
        stock    dayton  whey 3
        order    1d  home  whey 3
        set      rules.split.granularity = \"unit\"
        set      sourcing.policy = \"nearest\"
        ---
        1d  parcel-shipped  order=1 parcel=1 warehouse=boise
        1d  parcel-shipped  order=1 parcel=2 warehouse=dayton
        ",
    );
}

#[test]
fn a_set_is_chosen_for_the_whole_order_not_for_each_line() {
    // Whey alone would leave from Boise; Dayton has both.
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 2
        stock    dayton  whey 2
        stock    dayton  creatine 2
        order    1d  home  whey 2, creatine 1
        set      rules.split.granularity = \"unit\"
        ---
        1d  parcel-shipped  order=1 parcel=1 warehouse=dayton lines=1,2
        never parcel-released warehouse=boise
        ",
    );
}

#[test]
fn a_line_refused_leaves_its_units_to_the_next_whatever_the_policy() {
    timeline(
        "
        warehouses  boise dayton
        stock    boise   whey 2
        stock    dayton  whey 3
        order    1d  home  whey 6, whey 3
        set      rules.split.granularity = \"unit\"
        set      rules.backorder.accept = false
        ---
        1d  lost-at-display  order=1 line=1 units=6
        1d  parcel-shipped   order=1 parcel=1 warehouse=dayton lines=2
        never parcel-released warehouse=boise
        ",
    );
}

#[test]
fn a_held_order_that_reserves_nothing_reports_all_its_units_as_waiting() {
    timeline(
        "
        stock    boise  whey 2
        receipt  5d  boise  whey 1
        order    1d  home  whey 3, creatine 1
        stock    boise  creatine 1
        set      rules.split.granularity = \"unit\"
        set      rules.split.ship_available = 0.0
        set      rules.backorder.reserve_while_held = false
        ---
        1d  line-backordered  order=1 line=1 units=3
        5d  parcel-shipped    order=1 parcel=1 lines=1,2
        never line-backordered line=2
        ",
    );
}

#[test]
fn the_assignment_passes_over_a_line_that_does_not_fit() {
    // Boise has three of the first line's four, so that the first takes nothing and the second fits; Dayton has neither.
    timeline(
        "
        warehouses  dayton boise
        stock    boise   whey 3
        stock    dayton  whey 2
        order    1d  abroad  whey 4, whey 3
        set      rules.split.granularity = \"unit\"
        ---
        1d  order-placed  order=1 warehouse=boise
        never parcel-shipped
        ",
    );
}
