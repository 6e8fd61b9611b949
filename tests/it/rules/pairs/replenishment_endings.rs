//! Lines that end without shipping, and what replenishment makes of them.

use crate::support::timeline;

/// Whey and casein, swapped for one another, from a vendor who takes forty days.
const SHOP: &str = r#"
    set  vendors = [{ id = "acme", lead_time = "40d" }]
    set  products = [{ id = "whey", vendor = "acme", substitutes = "protein" }, { id = "casein", vendor = "acme", substitutes = "protein" }]"#;

fn told(story: &str) {
    timeline(&format!("{SHOP}\n{story}"));
}

#[test]
fn an_auto_cancellation_lifts_the_position() {
    // Level 1, none there: two units wait and three are on order. The cancellation makes the position 3, above the level,
    // and sales of two are not replaced.
    told(
        r#"
        set  replenishment = { policy = "base-stock", order_up_to = 1 }
        stock    boise  casein 1
        order    1d   home  whey 2
        order    45d  home  whey 2
        order    46d  home  whey 1
        ---
        0s     replenishment-ordered  product=whey units=1
        1d     replenishment-ordered  product=whey units=2
        31d1s  order-cancelled        order=1
        45d    parcel-shipped         order=2
        46d    parcel-shipped         order=3
        46d    replenishment-ordered  product=whey units=1
        never 45d replenishment-ordered
        "#,
    );
}

#[test]
fn a_swap_lifts_one_position_and_lowers_the_other() {
    told(
        r#"
        set  replenishment = { policy = "base-stock", order_up_to = 2 }
        stock    boise  casein 2
        stock    boise  whey 2
        order    1d  home  whey 3
        order    1d  home  whey 2
        contact  3d  order 1 line 1 swap
        order    2d  home  whey 1
        contact  4d  order 3 line 1 swap
        ---
        1d  replenishment-ordered  product=whey units=5
        2d  replenishment-ordered  product=whey units=1
        3d  line-removed           order=1 line=1 rule=swap
        4d  line-swapped           order=3 line=1 product=casein
        4d  replenishment-ordered  product=casein units=1
        fires early-replenishment 3
        "#,
    );
}

#[test]
fn a_line_lost_at_display_moves_no_position() {
    told(
        r#"
        set  replenishment = { policy = "base-stock", order_up_to = 1 }
        set  customers.keep_when_backordered = 0.0
        order    1d  home  whey 1
        order    2d  home  whey 1
        ---
        1d  replenishment-ordered  product=whey units=1
        2d  lost-at-display        order=2 line=1
        fires early-replenishment 1
        "#,
    );
}

#[test]
fn a_line_refused_moves_no_position() {
    told(
        r#"
        set  replenishment = { policy = "base-stock", order_up_to = 1 }
        set  rules.backorder.accept = false
        order    1d  home  whey 5
        order    2d  home  whey 1
        ---
        1d  lost-at-display        order=1 line=1
        2d  replenishment-ordered  product=whey units=1
        fires early-replenishment 1
        "#,
    );
}
