//! `multi-warehouse`: a line waits only when no eligible warehouse can supply it; which of those that can is chosen.

use crate::support::timeline;

#[test]
fn the_cheapest_warehouse_serves_and_this_is_all_that_happens() {
    timeline(
        "
        warehouses  boise dayton
        stock       boise   whey 1
        stock       dayton  whey 1
        order       1d  home  whey
        ---
        1d  order-placed      order=1 zone=home
        1d  parcel-released   order=1 parcel=1 warehouse=boise lines=1 rule=multi-warehouse
        1d  parcel-shipped    order=1 parcel=1 warehouse=boise lines=1
        1d  shipment-notice   order=1
        1d  order-completed   order=1
        3d  parcel-delivered  order=1
        exactly order=1
        fires multi-warehouse 1
        ",
    );
}

#[test]
fn a_warehouse_with_too_few_is_passed_over() {
    timeline(
        "
        warehouses  boise dayton
        stock       boise   whey 1
        stock       dayton  whey 2
        order       1d  home  whey 2
        ---
        1d  parcel-shipped  order=1 warehouse=dayton lines=1
        never line-backordered
        ",
    );
}

#[test]
fn a_line_is_not_made_up_of_two_warehouses() {
    timeline(
        "
        warehouses  boise dayton
        stock       boise   whey 1
        stock       dayton  whey 1
        receipt     3d  boise  whey 1
        order       1d  home  whey 2
        ---
        1d  line-backordered  order=1 line=1 product=whey units=2 rule=multi-warehouse
        3d  line-covered      order=1 line=1
        3d  parcel-shipped    order=1 warehouse=boise lines=1
        never 1d parcel-released
        fires multi-warehouse 1
        ",
    );
}

#[test]
fn at_equal_cost_the_faster_lane_is_preferred() {
    timeline(
        "
        warehouses  boise dayton
        lane        boise   home  5  3d
        lane        dayton  home  5  2d
        stock       boise   whey 1
        stock       dayton  whey 1
        order       1d  home  whey
        ---
        1d  parcel-shipped    order=1 warehouse=dayton
        3d  parcel-delivered  order=1
        ",
    );
}

#[test]
fn at_equal_cost_and_transit_the_file_order_decides() {
    timeline(
        "
        warehouses  boise dayton
        lane        dayton  home  5  2d
        lane        boise   home  5  2d
        stock       boise   whey 1
        stock       dayton  whey 1
        order       1d  home  whey
        ---
        1d  parcel-shipped  order=1 warehouse=boise
        ",
    );
}

#[test]
fn a_warehouse_without_a_lane_never_serves() {
    timeline(
        "
        warehouses  boise dayton
        lane        boise   home  5  2d
        lane        boise   far   9  4d
        lane        dayton  home  7  3d
        stock       dayton  whey 5
        receipt     2d  dayton  whey 5
        receipt     4d  boise   whey 1
        order       1d  far  whey
        order       3d  home  whey
        ---
        1d  line-backordered  order=1 line=1
        4d  line-covered      order=1 line=1
        4d  parcel-shipped    order=1 warehouse=boise
        3d  parcel-shipped    order=2 warehouse=dayton
        ",
    );
}

#[test]
fn fewest_parcels_takes_one_dearer_warehouse_rather_than_two() {
    timeline(
        "
        warehouses  boise dayton
        stock       boise   whey 1
        stock       dayton  whey 1
        stock       dayton  creatine 1
        order       1d  home  whey, creatine
        ---
        1d  parcel-shipped  order=1 parcel=1 warehouse=dayton lines=1,2
        1d  order-completed order=1
        never parcel-released warehouse=boise
        ",
    );
}

#[test]
fn nearest_goes_line_by_line() {
    timeline(
        "
        warehouses  boise dayton
        stock       boise   whey 1
        stock       dayton  whey 1
        stock       dayton  creatine 1
        order       1d  home  whey, creatine
        set         sourcing.policy = \"nearest\"
        ---
        1d  parcel-shipped  order=1 warehouse=boise lines=1
        1d  parcel-shipped  order=1 warehouse=dayton lines=2
        fires free-split 1
        ",
    );
}

#[test]
fn cheapest_takes_two_cheap_parcels_rather_than_a_dear_one() {
    let story = |policy: &str| {
        format!(
            "
            warehouses  boise dayton camden
            lane        boise   home  2  2d
            lane        dayton  home  3  2d
            lane        camden  home  9  2d
            stock       boise   whey 1
            stock       dayton  creatine 1
            stock       camden  whey 1
            stock       camden  creatine 1
            order       1d  home  whey, creatine
            set         sourcing.policy = \"{policy}\"
            ---
            "
        )
    };
    timeline(&format!(
        "{}
        1d  parcel-shipped  order=1 warehouse=boise lines=1
        1d  parcel-shipped  order=1 warehouse=dayton lines=2
        never parcel-released warehouse=camden
        ",
        story("cheapest")
    ));
    timeline(&format!(
        "{}
        1d  parcel-shipped  order=1 warehouse=camden lines=1,2
        fires free-split 0
        ",
        story("fewest-parcels")
    ));
}

#[test]
fn cheapest_at_equal_cost_takes_fewer_parcels() {
    timeline(
        "
        warehouses  boise dayton camden
        lane        boise   home  4  2d
        lane        dayton  home  5  2d
        lane        camden  home  9  2d
        stock       boise   whey 1
        stock       dayton  creatine 1
        stock       camden  whey 1
        stock       camden  creatine 1
        order       1d  home  whey, creatine
        set         sourcing.policy = \"cheapest\"
        ---
        1d  parcel-shipped  order=1 warehouse=camden lines=1,2
        ",
    );
}

#[test]
fn sets_that_tie_go_by_preference() {
    timeline(
        "
        warehouses  boise camden dayton
        lane        boise   home  5  2d
        lane        camden  home  7  3d
        lane        dayton  home  7  2d
        stock       boise   whey 1
        stock       dayton  creatine 1
        stock       camden  creatine 1
        order       1d  home  whey, creatine
        ---
        1d  parcel-shipped  order=1 warehouse=boise lines=1
        1d  parcel-shipped  order=1 warehouse=dayton lines=2
        never parcel-released warehouse=camden
        ",
    );
}

#[test]
fn a_large_order_goes_where_all_of_it_costs_least() {
    // Elko is dear, but without it some line is nowhere, and it has the others too: nothing is saved by a parcel from Boise or
    // Dayton, though theirs cost less a line.
    timeline(
        "
        warehouses  boise dayton camden elko
        lane        boise   home  5   2d
        lane        dayton  home  10  2d
        lane        camden  home  10  3d
        lane        elko    home  40  2d
        stock       boise   a 1
        stock       boise   b 1
        stock       dayton  a 1
        stock       dayton  b 1
        stock       dayton  c 1
        stock       dayton  d 1
        stock       camden  a 1
        stock       camden  b 1
        stock       camden  c 1
        stock       camden  d 1
        stock       elko    a 1
        stock       elko    b 1
        stock       elko    c 1
        stock       elko    d 1
        stock       elko    e 1
        stock       elko    f 1
        stock       elko    g 1
        order       1d  home  a, b, c, d, e, f, g
        set         sourcing.policy = \"cheapest\"
        ---
        1d  order-placed   order=1
        also 1d  parcel-shipped  order=1 warehouse=elko lines=1,2,3,4,5,6,7
        never parcel-released warehouse=boise
        never parcel-released warehouse=dayton
        never parcel-released warehouse=camden
        ",
    );
}

#[test]
fn a_large_order_in_few_parcels_gives_each_line_to_the_first_of_the_set_that_has_it() {
    // Only Boise and Dayton, or Dayton and Camden, have all seven between them, and Boise is preferred: it sends what it has.
    timeline(
        "
        warehouses  boise dayton camden
        stock       boise   a 1
        stock       boise   b 1
        stock       boise   c 1
        stock       boise   g 1
        stock       dayton  b 1
        stock       dayton  c 1
        stock       dayton  d 1
        stock       dayton  e 1
        stock       dayton  f 1
        stock       camden  a 1
        stock       camden  d 1
        stock       camden  e 1
        stock       camden  g 1
        order       1d  home  a, b, c, d, e, f, g
        set         sourcing.policy = \"fewest-parcels\"
        ---
        1d  order-placed   order=1
        also 1d  parcel-shipped  order=1 warehouse=boise lines=1,2,3,7
        also 1d  parcel-shipped  order=1 warehouse=dayton lines=4,5,6
        never parcel-released warehouse=camden
        ",
    );
}

#[test]
fn inside_the_chosen_set_a_line_leaves_room_for_the_next() {
    // Boise and Dayton together are the cheapest pair that holds both lines; were line 1 to take the unit it prefers, in
    // Boise, line 2 would find two units nowhere among them.
    timeline(
        "
        warehouses  boise dayton camden
        stock       boise   whey 2
        stock       dayton  whey 1
        stock       camden  whey 2
        order       1d  home  whey 1, whey 2
        ---
        1d  order-placed   order=1
        also 1d  parcel-shipped  order=1 warehouse=boise  lines=2
        also 1d  parcel-shipped  order=1 warehouse=dayton lines=1
        never line-backordered
        never parcel-released warehouse=camden
        ",
    );
}

#[test]
fn a_line_that_fits_after_the_policy_has_chosen_is_taken_too() {
    // Walked in order, line 1 takes one of Boise's two units and line 2 finds nothing. Fewest parcels then serves line 1
    // from Dayton, beside the creatine, and Boise's two units are free for line 2 after all.
    let story = |policy: &str| {
        format!(
            "
            warehouses  boise dayton
            stock       boise   whey 2
            stock       dayton  whey 1
            stock       dayton  creatine 1
            order       1d  home  whey 1, whey 2, creatine
            set         sourcing.policy = \"{policy}\"
            ---
            "
        )
    };
    timeline(&format!(
        "{}
        1d  order-placed  order=1
        also 1d  parcel-shipped  order=1 warehouse=boise  lines=2   rule=multi-warehouse
        also 1d  parcel-shipped  order=1 warehouse=dayton lines=1,3 rule=multi-warehouse
        never line-backordered
        ",
        story("fewest-parcels")
    ));
    timeline(&format!(
        "{}
        1d  line-backordered  order=1 line=2 units=2
        also 1d  parcel-shipped  order=1 warehouse=boise  lines=1
        also 1d  parcel-shipped  order=1 warehouse=dayton lines=3
        ",
        story("nearest")
    ));
}

#[test]
fn lines_of_one_order_take_stock_in_their_order() {
    timeline(
        "
        stock    boise  whey 3
        order    1d  home  whey 2, whey 2, whey 1
        ---
        1d  line-backordered  order=1 line=2 units=2
        1d  parcel-shipped    order=1 lines=1,3
        never line-backordered line=1
        never line-backordered line=3
        ",
    );
}

#[test]
fn what_is_promised_to_a_parcel_is_not_free_although_it_is_still_there() {
    timeline(
        "
        warehouses  boise(4h)
        stock       boise  whey 1
        order       1d    home  whey
        order       1d1h  home  whey
        ---
        1d    parcel-released   order=1
        1d4h  parcel-shipped    order=1
        1d1h  line-backordered  order=2 line=1
        ",
    );
}

#[test]
fn a_release_pass_goes_by_preference_whatever_the_policy() {
    timeline(
        "
        warehouses  boise dayton
        receipt     3d  dayton  whey 1
        receipt     3d  dayton  creatine 1
        receipt     3d  boise   whey 1
        order       1d  home  whey, creatine
        set         sourcing.policy = \"fewest-parcels\"
        ---
        3d  line-covered     order=1 line=1
        3d  line-covered     order=1 line=2
        3d  parcel-released  order=1 warehouse=boise lines=1
        3d  parcel-released  order=1 warehouse=dayton lines=2
        ",
    );
}

#[test]
fn with_a_pool_by_warehouse_an_order_waits_for_its_one_warehouse() {
    // Boise has one line available, Dayton one; Dayton carries both, so the order is Dayton's, and Boise's whey and the
    // receipt there do not help it.
    timeline(
        "
        warehouses  boise dayton
        stock       boise   whey 1
        stock       dayton  creatine 1
        receipt     2d  boise   whey 5
        receipt     4d  dayton  whey 1
        order       1d  home  whey, creatine
        set         rules.backorder.pool = \"warehouse\"
        ---
        1d  line-backordered  order=1 line=1 product=whey
        1d  display-mismatch  order=1 line=1
        1d  parcel-shipped    order=1 warehouse=dayton lines=2 rule=partial-split
        4d  line-covered      order=1 line=1
        4d  parcel-shipped    order=1 warehouse=dayton lines=1
        never parcel-released warehouse=boise
        ",
    );
}

#[test]
fn an_assigned_order_is_judged_at_its_warehouse_alone() {
    // Two of three lines are in Dayton, all three somewhere: part-backordered, held when nothing may leave ahead.
    timeline(
        "
        warehouses  boise dayton
        stock       boise   whey 1
        stock       dayton  creatine 1
        stock       dayton  bcaa 1
        receipt     4d  dayton  whey 1
        order       1d  home  whey, creatine, bcaa
        set         rules.backorder.pool = \"warehouse\"
        set         rules.split.ship_available = 0.0
        ---
        1d  line-backordered  order=1 line=1
        4d  parcel-shipped    order=1 warehouse=dayton lines=1,2,3
        never line-backordered line=2
        never line-backordered line=3
        never 1d parcel-released
        ",
    );
}

#[test]
fn an_order_that_may_not_be_divided_leaves_from_one_warehouse_in_one_parcel() {
    timeline(
        "
        warehouses  boise dayton
        stock       boise   whey 1
        stock       dayton  creatine 1
        receipt     2d  dayton  whey 1
        receipt     3d  boise   creatine 1
        order       1d  home  whey, creatine
        set         rules.split.granularity = \"order\"
        ---
        1d  line-backordered  order=1 line=2 product=creatine
        3d  line-covered      order=1 line=2
        3d  parcel-shipped    order=1 parcel=1 warehouse=boise lines=1,2
        3d  order-completed   order=1
        never 1d parcel-released
        never parcel-released warehouse=dayton
        fires free-split 0
        ",
    );
}

#[test]
fn by_the_unit_a_line_is_made_up_of_two_warehouses() {
    timeline(
        "
        warehouses  boise dayton
        stock       boise   whey 1
        stock       dayton  whey 2
        order       1d  home  whey 3
        set         rules.split.granularity = \"unit\"
        ---
        1d  order-placed  order=1
        also 1d  parcel-shipped  order=1 warehouse=boise lines=1
        also 1d  parcel-shipped  order=1 warehouse=dayton lines=1
        never line-backordered
        fires free-split 1
        ",
    );
}
