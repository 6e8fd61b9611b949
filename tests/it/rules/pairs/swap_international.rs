//! Swaps of orders that one warehouse must serve.

use crate::support::timeline;

#[test]
fn only_the_orders_own_warehouse_can_offer_a_substitute() {
    timeline(
        "
        warehouses  boise dayton
        products whey(protein) casein(protein) soy(protein) creatine
        stock    boise   creatine 1
        stock    boise   soy 1
        stock    dayton  casein 1
        order    1d  abroad  whey, creatine
        contact  2d  order 1 line 1 swap
        ---
        1d  line-backordered  order=1 line=1
        2d  line-swapped      order=1 line=1 to=3 product=soy
        2d  parcel-shipped    order=1 parcel=1 warehouse=boise lines=2,3
        ",
    );
}

#[test]
fn with_none_there_the_line_is_removed_and_the_rest_goes() {
    timeline(
        "
        warehouses  boise dayton
        products whey(protein) casein(protein) creatine
        stock    boise   creatine 1
        stock    dayton  casein 5
        order    1d  abroad  whey, creatine
        contact  2d  order 1 line 1 swap
        ---
        2d  line-removed    order=1 line=1 rule=swap
        2d  parcel-shipped  order=1 parcel=1 warehouse=boise lines=2
        ",
    );
}

#[test]
fn with_none_there_the_line_may_go_on_waiting() {
    timeline(
        "
        warehouses  boise dayton
        products whey(protein) casein(protein) creatine
        stock    boise   creatine 1
        stock    dayton  casein 5
        receipt  5d  boise  whey 1
        order    1d  abroad  whey, creatine
        contact  2d  order 1 line 1 swap
        set      rules.swap.if_none = \"wait\"
        ---
        2d  contact         order=1 line=1
        5d  parcel-shipped  order=1 parcel=1 warehouse=boise lines=1,2
        never line-swapped
        never line-removed
        ",
    );
}

#[test]
fn a_swapped_line_waits_with_the_others() {
    timeline(
        "
        products whey(protein) casein(protein) creatine
        stock    boise  casein 1
        receipt  6d  boise  creatine 1
        order    1d  abroad  whey, creatine
        contact  2d  order 1 line 1 swap
        ---
        2d  line-swapped    order=1 to=3
        6d  parcel-shipped  order=1 parcel=1 lines=2,3
        never 2d parcel-released
        ",
    );
}

#[test]
fn what_is_shown_in_stock_elsewhere_can_be_swapped_for_what_is_here() {
    // The story of the help page: shown in stock, on backorder once ordered, and the customer swaps it.
    timeline(
        "
        warehouses  boise dayton
        products whey(protein) soy(protein) creatine
        stock    boise   creatine 1
        stock    boise   soy 1
        stock    dayton  whey 1
        order    1d  abroad  creatine, whey
        set      customers.contact = { probability = 0.0, after = \"6h\" }
        set      customers.contact_after_mismatch = 1.0
        set      customers.swap_share = 1.0
        ---
        1d    line-backordered  order=1 line=2
        1d    display-mismatch  order=1 line=2
        1d1h  backorder-notice  order=1
        1d6h  contact           order=1 line=2
        1d6h  line-swapped      order=1 line=2 to=3 product=soy
        1d6h  parcel-released   order=1 parcel=1 warehouse=boise lines=1,3 rule=international-complete
        ",
    );
}

#[test]
fn a_pool_by_warehouse_binds_the_swap_as_well() {
    timeline(
        "
        warehouses  boise dayton
        products whey(protein) casein(protein) creatine
        stock    boise   creatine 1
        stock    dayton  casein 1
        order    1d  home  whey, creatine
        contact  2d  order 1 line 1 swap
        set      rules.backorder.pool = \"warehouse\"
        ---
        1d  parcel-shipped   order=1 warehouse=boise lines=2
        2d  line-removed     order=1 line=1 rule=swap
        2d  order-completed  order=1
        ",
    );
}

#[test]
fn so_does_an_order_that_may_not_be_divided() {
    timeline(
        "
        warehouses  boise dayton
        products whey(protein) casein(protein) creatine
        stock    boise   creatine 1
        stock    dayton  casein 1
        order    1d  home  whey, creatine
        contact  2d  order 1 line 1 swap
        set      rules.split.granularity = \"order\"
        ---
        2d  line-removed    order=1 line=1 rule=swap
        2d  parcel-shipped  order=1 parcel=1 warehouse=boise lines=2
        never 1d parcel-released
        ",
    );
}
