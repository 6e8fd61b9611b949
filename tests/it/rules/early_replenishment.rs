//! `early-replenishment`: the policy orders ahead; a purchase order that would come too late is expedited.

use crate::support::timeline;

/// A vendor with a lead time of three days, and one who delivers in ten but can be hurried to two.
const ACME: &str = r#"set vendors = [{ id = "acme", lead_time = "3d" }]
    set products = [{ id = "whey", vendor = "acme" }]"#;
const SLOW: &str = r#"set vendors = [{ id = "acme", lead_time = "10d", expedite = { lead_time = "2d", cost_per_unit = 1.5 } }]
    set products = [{ id = "whey", vendor = "acme" }]"#;

/// (s, S) with the two levels, reviewed at every instant.
fn min_max(reorder_point: i32, order_up_to: i32) -> String {
    format!(
        r#"set replenishment = {{ policy = "s-S", review = "continuous", reorder_point = {reorder_point}, order_up_to = {order_up_to} }}"#
    )
}

fn told(vendor: &str, policy: &str, rest: &str) {
    timeline(&format!("{vendor}\n{policy}\n{rest}"));
}

#[test]
fn at_the_reorder_point_it_orders_up_to_the_level() {
    told(
        ACME,
        &min_max(2, 6),
        "
        stock    boise  whey 5
        order    1d  home  whey 2
        order    2d  home  whey 1
        ---
        2d  replenishment-ordered  warehouse=boise product=whey units=4 rule=early-replenishment
        5d  receipt                warehouse=boise product=whey units=4
        never 1d replenishment-ordered
        fires early-replenishment 1
        ",
    );
}

#[test]
fn the_position_is_looked_at_once_at_the_start() {
    told(
        ACME,
        &min_max(2, 6),
        "
        stock    boise  whey 1
        order    1d  home  whey 2
        ---
        0s  replenishment-ordered  product=whey units=5
        1d  line-backordered       order=1 line=1
        3d  receipt                units=5
        3d  line-covered           order=1 line=1
        ",
    );
}

#[test]
fn what_waits_lowers_the_position() {
    // 2 on hand less 10 waiting is −8; 14 units lift it to 6.
    told(
        ACME,
        &min_max(1, 6),
        "
        stock    boise  whey 2
        order    1d  home  whey 10
        ---
        1d  line-backordered       order=1 line=1 units=10
        1d  replenishment-ordered  units=14
        4d  line-covered           order=1 line=1
        fires early-replenishment 1
        ",
    );
}

#[test]
fn what_is_on_order_is_not_ordered_again() {
    told(
        ACME,
        &min_max(2, 6),
        "
        stock    boise  whey 3
        order    1d      home  whey 1
        order    1d12h   home  whey 1
        order    2d      home  whey 1
        ---
        1d  replenishment-ordered  units=4
        4d  receipt                units=4
        never 1d12h replenishment-ordered
        never 2d replenishment-ordered
        fires early-replenishment 1
        ",
    );
}

#[test]
fn without_a_stock_table_every_pair_starts_at_its_highest_level() {
    told(
        ACME,
        &min_max(2, 6),
        "
        order    1d  home  whey 6
        ---
        1d  parcel-shipped         order=1 lines=1
        1d  replenishment-ordered  units=6
        never 0s replenishment-ordered
        ",
    );
}

#[test]
fn a_stock_table_says_all_there_is() {
    told(
        ACME,
        &format!("{}\nwarehouses boise dayton", min_max(2, 6)),
        "
        stock    boise  whey 6
        order    1d  home  whey 6
        ---
        0s  replenishment-ordered  warehouse=dayton units=6
        1d  parcel-shipped         order=1 warehouse=boise
        never 0s replenishment-ordered warehouse=boise
        ",
    );
}

#[test]
fn a_removal_lifts_the_position_and_cancels_no_purchase_order() {
    // Three units wait, three are ordered for them; the customer leaves, three units stay beyond the level, and the next
    // three that are asked for are not replaced.
    told(
        ACME,
        r#"set replenishment = { policy = "base-stock", order_up_to = 2 }"#,
        "
        order    1d  home  whey 2
        order    2d  home  whey 3
        contact  3d  order 2 line 1 remove
        order    6d  home  whey 3
        order    7d  home  whey 1
        ---
        1d  replenishment-ordered  units=2
        2d  replenishment-ordered  units=3
        4d  receipt  units=2
        5d  receipt  units=3
        6d  parcel-shipped  order=3
        7d  parcel-shipped  order=4
        7d  replenishment-ordered  units=1
        never 6d replenishment-ordered
        ",
    );
}

#[test]
fn base_stock_replaces_every_unit() {
    told(
        ACME,
        r#"set replenishment = { policy = "base-stock", order_up_to = 4 }"#,
        "
        order    1d  home  whey 1
        order    2d  home  whey 2
        ---
        1d  replenishment-ordered  units=1
        2d  replenishment-ordered  units=2
        4d  receipt  units=1
        5d  receipt  units=2
        fires early-replenishment 2
        ",
    );
}

#[test]
fn fixed_quantities_come_in_the_least_multiple_that_lifts_the_position_above_the_point() {
    // From 8 to 3, which is at the point: one lot lifts it to 8. Then 8 to −2: one lot gives 3, which is not above.
    told(
        ACME,
        r#"set replenishment = { policy = "r-Q", reorder_point = 3, quantity = 5 }"#,
        "
        order    1d  home  whey 5
        order    2d  home  whey 10
        ---
        1d  replenishment-ordered  units=5
        2d  replenishment-ordered  units=10
        fires early-replenishment 2
        ",
    );
}

#[test]
fn a_periodic_review_comes_last_in_its_instant_and_sizes_the_order_then() {
    told(
        ACME,
        r#"set replenishment = { policy = "periodic-R-S", review = "7d", order_up_to = 6 }"#,
        "
        order    1d  home  whey 2
        order    7d  home  whey 1
        order    8d  home  whey 1
        ---
        7d   replenishment-ordered  units=3
        10d  receipt                units=3
        14d  replenishment-ordered  units=1
        never 1d replenishment-ordered
        never 8d replenishment-ordered
        fires early-replenishment 2
        ",
    );
}

#[test]
fn a_periodic_min_max_looks_only_at_its_reviews() {
    told(
        ACME,
        r#"set replenishment = { policy = "s-S", review = "2d", reorder_point = 2, order_up_to = 6 }"#,
        "
        order    1d  home  whey 3
        order    3d  home  whey 1
        ---
        4d  replenishment-ordered  units=4
        never 2d replenishment-ordered
        never 3d replenishment-ordered
        ",
    );
}

#[test]
fn the_vendors_multiple_rounds_up_and_its_minimum_raises() {
    let multiple = r#"set vendors = [{ id = "acme", lead_time = "3d", multiple = 12 }]
        set products = [{ id = "whey", vendor = "acme" }]"#;
    told(
        multiple,
        &min_max(2, 6),
        "
        order    1d  home  whey 5
        ---
        1d  replenishment-ordered  units=12
        ",
    );
    let minimum = r#"set vendors = [{ id = "acme", lead_time = "3d", minimum_units = 20 }]
        set products = [{ id = "whey", vendor = "acme" }]"#;
    told(
        minimum,
        &min_max(2, 6),
        "
        order    1d  home  whey 5
        ---
        1d  replenishment-ordered  units=20
        ",
    );
}

#[test]
fn the_most_specific_level_wins() {
    let products = r#"set vendors = [{ id = "acme", lead_time = "3d" }]
        set products = [{ id = "whey", vendor = "acme", order_up_to = 8 }, { id = "soy", vendor = "acme" }]"#;
    told(
        products,
        r#"warehouses boise dayton
        set replenishment = { policy = "base-stock", order_up_to = 3, levels = [{ warehouse = "dayton", product = "whey", order_up_to = 9 }] }
        set stock = [{ warehouse = "boise", product = "whey", units = 0 }]"#,
        "
        ---
        0s  replenishment-ordered  warehouse=boise  product=whey units=8
        0s  replenishment-ordered  warehouse=dayton product=whey units=9
        0s  replenishment-ordered  warehouse=boise  product=soy  units=3
        0s  replenishment-ordered  warehouse=dayton product=soy  units=3
        ",
    );
}

#[test]
fn a_waiting_line_counts_against_the_first_warehouse_that_carries_the_product() {
    // Only Dayton has a level for whey, and Boise carries none.
    told(
        ACME,
        r#"warehouses boise dayton
        set replenishment = { policy = "s-S", levels = [{ warehouse = "dayton", product = "whey", reorder_point = 0, order_up_to = 2 }] }"#,
        "
        order    1d  home  whey 3
        ---
        1d  line-backordered       order=1 line=1
        1d  replenishment-ordered  warehouse=dayton units=3
        4d  parcel-shipped         order=1 warehouse=dayton
        fires early-replenishment 1
        ",
    );
}

#[test]
fn a_receipt_elsewhere_lifts_the_home_and_lowers_where_it_came() {
    // Both out. Order 3 waits, counts against Boise, and Boise orders a unit for it. A stray unit in Dayton covers it: now
    // Boise has two on order for its level of one, and does not replace the next one it sells. Dayton's position is as
    // it was before the stray unit.
    told(
        ACME,
        r#"warehouses boise dayton
        set replenishment = { policy = "base-stock", order_up_to = 1 }"#,
        "
        receipt  2d12h  dayton  whey 1
        order    1d     home  whey
        order    1d1h   home  whey
        order    2d     home  whey
        order    6d     home  whey
        ---
        1d    replenishment-ordered  warehouse=boise  units=1
        1d1h  replenishment-ordered  warehouse=dayton units=1
        2d    replenishment-ordered  warehouse=boise  units=1
        2d12h parcel-shipped  order=3 warehouse=dayton
        4d    receipt  warehouse=boise
        4d1h  receipt  warehouse=dayton
        5d    receipt  warehouse=boise
        6d    parcel-shipped  order=4 warehouse=boise
        never 2d12h replenishment-ordered
        never 6d replenishment-ordered
        fires early-replenishment 3
        ",
    );
}

#[test]
fn a_vendor_around_the_corner_delivers_in_the_same_second() {
    told(
        r#"set vendors = [{ id = "acme", lead_time = "0s" }]
        set products = [{ id = "whey", vendor = "acme" }]"#,
        r#"set replenishment = { policy = "base-stock", order_up_to = 0 }"#,
        "
        order    1d  home  whey
        ---
        1d  line-backordered       order=1 line=1
        1d  line-covered           order=1 line=1
        1d  parcel-shipped         order=1 lines=1
        1d  replenishment-ordered  units=1
        1d  receipt                units=1
        never backorder-notice
        ",
    );
}

#[test]
fn a_purchase_order_is_hurried_when_stock_runs_out_before_it() {
    // Scripted orders are no forecast, so the only moment to hurry is when the last unit goes. Due on day 11, hurried on
    // day 2 to day 4.
    told(
        SLOW,
        &min_max(2, 6),
        "
        stock    boise  whey 5
        order    1d  home  whey 3
        order    2d  home  whey 2
        order    3d  home  whey 1
        ---
        1d   replenishment-ordered    units=4
        2d   replenishment-expedited  warehouse=boise product=whey units=4 rule=early-replenishment
        3d   line-backordered         order=3
        4d   line-covered             order=3
        4d   receipt                  units=4
        never 11d receipt units=4
        ",
    );
}

#[test]
fn while_something_is_left_nothing_is_hurried() {
    told(
        SLOW,
        &min_max(2, 6),
        "
        stock    boise  whey 5
        order    1d  home  whey 3
        order    2d  home  whey 1
        ---
        11d  receipt  units=4
        never replenishment-expedited
        ",
    );
}

#[test]
fn the_fall_that_calls_for_a_purchase_order_does_not_hurry_it() {
    told(
        SLOW,
        &min_max(2, 6),
        "
        stock    boise  whey 3
        order    1d  home  whey 3
        ---
        1d   replenishment-ordered  units=6
        11d  receipt                units=6
        never replenishment-expedited
        ",
    );
}

#[test]
fn hurrying_never_delays() {
    // The last unit goes on day 10; two days from then would be later than day 11, when it comes anyway.
    told(
        SLOW,
        &min_max(2, 6),
        "
        stock    boise  whey 5
        order    1d   home  whey 3
        order    10d  home  whey 2
        ---
        10d  replenishment-expedited  units=4
        11d  receipt                  units=4
        never 12d receipt
        ",
    );
}

#[test]
fn a_purchase_order_is_hurried_only_once_and_then_the_next_one() {
    // Stock falls to nothing on day 2 (order 1 of day 1 is hurried to day 4) and again on day 5: the only open one then is
    // that of day 3, promised for day 13.
    told(
        SLOW,
        &min_max(2, 6),
        "
        stock    boise  whey 5
        order    1d  home  whey 3
        order    2d  home  whey 2
        order    3d  home  whey 2
        order    5d  home  whey 2
        ---
        1d   replenishment-ordered    units=4
        2d   replenishment-expedited  units=4
        3d   replenishment-ordered    units=4
        4d   receipt                  units=4
        5d   replenishment-expedited  units=4
        7d   receipt                  units=4
        ",
    );
}

#[test]
fn a_vendor_in_trouble_hurries_nothing() {
    // In trouble from 1d12h to 4d12h: what was under way arrives as it would have.
    told(
        r#"set vendors = [{ id = "acme", lead_time = "10d", expedite = { lead_time = "2d", cost_per_unit = 1.5 }, disruption = { every = "36h", lasts = "3d" } }]
        set products = [{ id = "whey", vendor = "acme" }]"#,
        &min_max(2, 6),
        "
        stock    boise  whey 5
        order    1d  home  whey 3
        order    2d  home  whey 2
        ---
        1d     replenishment-ordered  units=4
        1d12h  disruption-began       vendor=acme
        4d12h  disruption-ended       vendor=acme
        6d     disruption-began       vendor=acme
        11d    receipt                units=4
        never replenishment-expedited
        ",
    );
}

#[test]
fn a_purchase_order_placed_in_trouble_starts_when_the_trouble_ends() {
    told(
        r#"set vendors = [{ id = "acme", lead_time = "3d", disruption = { every = "36h", lasts = "20d" } }]
        set products = [{ id = "whey", vendor = "acme" }]"#,
        &min_max(2, 6),
        "
        stock    boise  whey 5
        order    2d  home  whey 3
        ---
        1d12h   disruption-began       vendor=acme
        2d      replenishment-ordered  units=4
        21d12h  disruption-ended       vendor=acme
        24d12h  receipt                units=4
        never 5d receipt
        ",
    );
}

/// Ten days with an order of one unit each at noon, replayed from a file: a forecast of one unit a day.
fn a_unit_a_day() -> String {
    (1..=10).map(|day| format!("replay 2026-01-{day:02}T12:00 home whey 1\n")).collect()
}

#[test]
fn with_a_forecast_a_purchase_order_is_hurried_while_there_is_still_stock() {
    // Ordered at four left, on day 7 and a half, for day 17 and a half. A day later three are left for nine days at one a day.
    told(
        SLOW,
        &min_max(4, 12),
        &format!(
            "
            stock  boise  whey 12
            {}
            ---
            7d12h   replenishment-ordered    units=8
            8d12h   replenishment-expedited  units=8
            10d12h  receipt                  units=8
            never 7d12h replenishment-expedited
            ",
            a_unit_a_day()
        ),
    );
}

#[test]
fn with_a_forecast_that_the_stock_will_meet_nothing_is_hurried() {
    // Ordered at six left for two days later. A day after that five are left, for one day at one a day.
    told(
        r#"set vendors = [{ id = "acme", lead_time = "2d", expedite = { lead_time = "12h" } }]
        set products = [{ id = "whey", vendor = "acme" }]"#,
        &min_max(6, 12),
        &format!(
            "
            stock  boise  whey 12
            {}
            ---
            5d12h  replenishment-ordered  units=6
            7d12h  receipt                units=6
            never replenishment-expedited
            ",
            a_unit_a_day()
        ),
    );
}

#[test]
fn of_several_purchase_orders_the_earliest_promised_is_hurried() {
    // One unit at a time is replaced, in ten days. When the last unit goes, on day 3, the order of day 1 is hurried, and when the
    // unit that comes for it on day 5 goes at once to the customer who waits, the order of day 2 is.
    told(
        SLOW,
        r#"set replenishment = { policy = "base-stock", order_up_to = 3 }"#,
        "
        order    1d  home  whey 1
        order    2d  home  whey 1
        order    3d  home  whey 1
        order    4d  home  whey 1
        ---
        3d  replenishment-expedited  purchase_order=1
        5d  receipt                  purchase_order=1
        5d  parcel-shipped           order=4
        5d  replenishment-expedited  purchase_order=2
        7d  receipt                  purchase_order=2
        never 3d replenishment-expedited purchase_order=2
        ",
    );
}

#[test]
fn trouble_may_begin_at_the_start_and_once_over_it_does_not_come_back_in_the_same_second() {
    // 0 s practically always: a constant 0 s is no scenario.
    told(
        r#"set vendors = [{ id = "acme", lead_time = "3d", disruption = { every = { empirical = { values = ["0s", "1d"], weights = [9999, 1] } }, lasts = "2d" } }]
        set products = [{ id = "whey", vendor = "acme" }]"#,
        &min_max(0, 4),
        "
        stock    boise  whey 1
        order    1d  home  whey
        ---
        0s      disruption-began  vendor=acme
        2d      disruption-ended  vendor=acme
        2d1s    disruption-began  vendor=acme
        4d1s    disruption-ended  vendor=acme
        also 5d  receipt  units=4
        ",
    );
}
