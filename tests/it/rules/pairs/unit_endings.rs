//! Orders divided by the single unit: swaps, removals and cancellations of what is partly there.

use crate::support::timeline;

#[test]
fn a_removed_line_frees_the_units_it_had_for_the_next() {
    timeline(
        "
        stock    boise  whey 2
        order    1d  home  whey 3
        order    2d  home  whey 2
        contact  3d  order 1 line 1 remove
        set      rules.split.granularity = \"unit\"
        set      rules.split.ship_available = 0.0
        ---
        3d  line-removed     order=1 line=1
        3d  order-cancelled  order=1
        3d  line-covered     order=2 line=1
        3d  parcel-shipped   order=2
        ",
    );
}

#[test]
fn a_line_part_of_which_has_left_loses_only_the_rest() {
    timeline(
        "
        stock    boise  whey 2
        order    1d  home  whey 3
        contact  3d  order 1 line 1 remove
        set      rules.split.granularity = \"unit\"
        ---
        1d  parcel-shipped   order=1 lines=1
        3d  line-removed     order=1 line=1
        3d  order-completed  order=1
        never order-cancelled
        ",
    );
}

#[test]
fn so_does_a_line_that_ages() {
    timeline(
        "
        stock    boise  whey 2
        order    1d  home  whey 3
        set      rules.split.granularity = \"unit\"
        ---
        1d     parcel-shipped       order=1 lines=1
        31d1s  line-auto-cancelled  order=1 line=1
        31d1s  order-completed      order=1
        also 31d1s  cancellation-notice  order=1
        ",
    );
}

#[test]
fn a_line_that_got_a_unit_late_still_ages_from_its_placing() {
    timeline(
        "
        receipt  25d  boise  whey 1
        order    1d  home  whey 2
        order    26d home  whey
        set      rules.split.granularity = \"unit\"
        ---
        31d1s  order-cancelled  order=1
        31d1s  line-covered     order=2
        31d1s  parcel-shipped   order=2
        ",
    );
}

#[test]
fn a_swap_takes_the_place_of_all_units_not_yet_released_and_frees_those_kept() {
    // Three whey wanted, two kept; three casein in one place take their place, and the two go to order 2.
    timeline(
        "
        products whey(protein) casein(protein) soy(protein)
        stock    boise  whey 2
        stock    boise  casein 2
        stock    boise  soy 3
        order    1d  home  whey 3
        order    2d  home  whey 2
        contact  3d  order 1 line 1 swap
        set      rules.split.granularity = \"unit\"
        set      rules.split.ship_available = 0.0
        ---
        3d  line-swapped    order=1 line=1 to=2 product=soy
        3d  parcel-shipped  order=1 lines=2
        3d  line-covered    order=2 line=1
        3d  parcel-shipped  order=2
        ",
    );
}

#[test]
fn of_a_line_part_of_which_has_left_only_the_rest_is_swapped() {
    timeline(
        "
        products whey(protein) casein(protein)
        stock    boise  whey 2
        stock    boise  casein 1
        order    1d  home  whey 3
        contact  3d  order 1 line 1 swap
        set      rules.split.granularity = \"unit\"
        ---
        1d  parcel-shipped   order=1 parcel=1 lines=1
        3d  line-swapped     order=1 line=1 to=2 product=casein
        3d  parcel-shipped   order=1 parcel=2 lines=2
        3d  order-completed  order=1
        ",
    );
}

#[test]
fn a_substitute_must_be_whole_in_one_place_even_where_units_count() {
    timeline(
        "
        warehouses  boise dayton
        products whey(protein) casein(protein)
        stock    boise   casein 1
        stock    dayton  casein 1
        order    1d  home  whey 2
        contact  3d  order 1 line 1 swap
        set      rules.split.granularity = \"unit\"
        ---
        3d  line-removed     order=1 line=1 rule=swap
        3d  order-cancelled  order=1
        never line-swapped
        ",
    );
}

#[test]
fn a_refused_swap_frees_the_units_kept() {
    timeline(
        "
        products whey(protein) casein(protein)
        stock    boise  whey 2
        order    1d  home  whey 3
        order    2d  home  whey 2
        contact  3d  order 1 line 1 swap
        set      rules.split.granularity = \"unit\"
        set      rules.split.ship_available = 0.0
        ---
        3d  line-removed    order=1 line=1 rule=swap
        3d  parcel-shipped  order=2
        ",
    );
}

#[test]
fn an_international_line_that_lacks_a_unit_is_removed_and_the_rest_goes() {
    timeline(
        "
        stock    boise  whey 2
        stock    boise  creatine 1
        order    1d  abroad  whey 3, creatine
        contact  3d  order 1 line 1 remove
        set      rules.split.granularity = \"unit\"
        ---
        1d  line-backordered  order=1 line=1 units=1
        3d  line-removed      order=1 line=1
        3d  parcel-shipped    order=1 parcel=1 lines=2
        ",
    );
}

#[test]
fn by_the_line_an_aged_line_frees_its_units_and_the_rest_ships() {
    timeline(
        "
        stock    boise  whey 2
        stock    boise  creatine 1
        order    1d  home  whey 3, creatine
        order    2d  home  whey 1
        set      rules.split.granularity = \"unit\"
        set      rules.split.ship_available = 0.0
        set      rules.cancellation.scope = \"line\"
        ---
        31d1s  line-auto-cancelled  order=1 line=1
        31d1s  parcel-shipped       order=1 lines=2
        31d1s  parcel-shipped       order=2
        ",
    );
}
