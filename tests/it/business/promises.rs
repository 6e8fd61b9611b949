//! Promised dates and orders that are placed ahead, worked out by hand. Day 0 is a Monday.

use backorder::experiment::{Settings, replicate};
use backorder::measures::Metric;

use crate::support::replay::{NoFiles, load};
use crate::support::{story, timeline};

const DAY: i64 = 86_400;

/// The last second of a day.
const fn end_of(day: i64) -> i64 {
    (day + 1) * DAY - 1
}

#[test]
fn working_days_are_counted_from_the_day_of_the_order_or_past_the_cut_off_from_the_next() {
    // On Thursday, day 3: by ten in time, at three too late; a weekend lies between. The lane takes two days.
    let (monday, tuesday) = (end_of(7), end_of(8));
    timeline(&format!(
        "
        stock   boise  whey 9
        order   3d10h  home   whey
        order   3d15h  home   whey
        order   5d     home   whey
        set     promise = {{ working_days = 2, cut_off = \"15:00\" }}
        ---
        3d10h  line-promised  order=1 line=1 promised={monday} by=stock
        3d10h  promise-kept   order=1 line=1 promised={monday} done={}
        3d15h  line-promised  order=2 line=1 promised={tuesday} by=stock
        5d     line-promised  order=3 line=1 promised={}
        never promise-broken
        ",
        5 * DAY + 36_000,
        end_of(9),
    ));
}

#[test]
fn without_a_time_it_is_promised_by_handling_and_transit_of_the_first_warehouse_that_carries_it() {
    // The first one has run out, the second has it: a day more by its lane than was promised by the first.
    timeline(&format!(
        "
        warehouses  boise(4h) dayton
        stock   boise   whey 0
        stock   dayton  whey 1
        order   1d  home  whey
        set     promise = {{ of = \"delivered\" }}
        ---
        1d  line-promised   order=1 promised={promised} by=stock
        1d  promise-broken  order=1 promised={promised} done={}
        ",
        4 * DAY,
        promised = 3 * DAY + 4 * 3_600,
    ));
}

#[test]
fn what_is_shown_on_backorder_is_promised_by_the_next_receipt_that_is_shown() {
    // Promised for day 4, it comes on day 6; a week of lead time where nothing is on its way.
    timeline(&format!(
        "
        order   1d  home  whey
        order   1d  home  soy
        set     vendors = [{{ id = \"v\", lead_time = \"7d\" }}]
        set     products = [{{ id = \"whey\", vendor = \"v\" }}, {{ id = \"soy\", vendor = \"v\" }}]
        set     replenishment = {{ policy = \"base-stock\", review = \"60d\", order_up_to = 0 }}
        set     open_purchase_orders = [{{ warehouse = \"boise\", product = \"whey\", units = 1, ordered = \"1d\", promised = \"4d\" }}]
        set     promise = {{ of = \"delivered\" }}
        ---
        1d  line-promised    order=1 promised={} by=restock back={}
        1d  line-backordered order=1
        6d  parcel-shipped   order=1
        6d  promise-broken   order=1 promised={} done={}
        1d  line-promised    order=2 promised={} by=restock back={}
        ",
        6 * DAY,
        4 * DAY,
        6 * DAY,
        8 * DAY,
        10 * DAY,
        8 * DAY,
    ));
}

#[test]
fn a_page_that_is_old_promises_what_is_not_there() {
    timeline(&format!(
        "
        stock   boise  whey 1
        receipt 9d  boise  whey 1
        order   1d  home  whey
        order   2d  home  whey
        set     rules.display.refresh = \"30d\"
        set     promise = {{ within = \"3d\" }}
        ---
        2d  line-promised     order=2 promised={} by=stock
        2d  line-backordered  order=2
        2d  display-mismatch  order=2
        9d  promise-broken    order=2 done={}
        ",
        5 * DAY,
        11 * DAY,
    ));
}

#[test]
fn a_zone_and_a_product_may_have_terms_of_their_own() {
    timeline(&format!(
        "
        stock   boise  whey 9
        stock   boise  rack 9
        order   1d  home    whey, rack
        order   1d  abroad  whey
        set     promise = {{ within = \"3d\", rows = [{{ product = \"rack\", within = \"9d\" }}, {{ zone = \"abroad\", within = \"5d\" }}] }}
        ---
        1d  line-promised   order=1 line=1 promised={}
        1d  line-promised   order=1 line=2 promised={}
        1d  line-promised   order=2 line=1 promised={}
        1d  promise-broken  order=2 line=1 done={}
        ",
        4 * DAY,
        10 * DAY,
        6 * DAY,
        7 * DAY,
    ));
}

#[test]
fn what_a_customer_gives_up_in_time_is_nobody_s_broken_promise_and_what_is_cancelled_is() {
    timeline(
        "
        order    1d   home  whey
        order    1d   home  whey
        order    1d   home  whey
        contact  4d   order 1 line 1 remove
        contact  12d  order 2 line 1 remove
        set      promise = { within = \"5d\", restock_within = \"4d\" }
        ---
        4d     line-removed         order=1
        4d     order-cancelled      order=1
        12d    line-removed         order=2
        12d    promise-broken       order=2
        31d1s  line-auto-cancelled  order=3
        31d1s  promise-broken       order=3
        never promise-broken        order=1
        never promise-kept
        ",
    );
}

#[test]
fn an_order_that_is_placed_ahead_claims_stock_when_it_is_due() {
    // Asked for first, it takes its turn on day 3: the unit has gone to an order of day 2, and the next comes on day 5.
    timeline(&format!(
        "
        stock    boise  whey 1
        receipt  5d  boise  whey 1
        order    1d  home  whey
        set      promise = {{ within = \"2d\" }}
        set      orders = [{{ at = \"1d\", zone = \"home\", lines = [{{ product = \"whey\" }}], due_after = \"2d\" }}, {{ at = \"2d\", zone = \"home\", lines = [{{ product = \"whey\" }}] }}]
        ---
        1d  order-booked      order=1 due={due}
        1d  line-booked       order=1 line=1 product=whey units=1
        2d  order-placed      order=2
        2d  parcel-shipped    order=2
        3d  order-placed      order=1
        3d  line-promised     order=1 promised={} by=ahead
        3d  line-backordered  order=1
        5d  parcel-shipped    order=1
        5d  promise-broken    order=1 done={}
        ",
        5 * DAY,
        7 * DAY,
        due = 3 * DAY,
    ));
}

#[test]
fn whoever_replenishes_knows_of_what_is_placed_ahead_at_once() {
    // Base stock of one, a lead time of two days, ordered three days ahead: what replaces it is there before it is taken.
    timeline(
        "
        order    1d  home  whey
        set      vendors = [{ id = \"v\", lead_time = \"2d\" }]
        set      products = [{ id = \"whey\", vendor = \"v\" }]
        set      replenishment = { policy = \"base-stock\", order_up_to = 1 }
        set      orders = [{ at = \"1d\", zone = \"home\", lines = [{ product = \"whey\", units = 2 }], due_after = \"3d\" }]
        ---
        1d  order-booked    order=1
        also 1d  replenishment-ordered  product=whey units=2
        also 3d  receipt  product=whey units=2
        4d  order-placed    order=1
        4d  parcel-shipped  order=1
        never line-backordered
        never 4d  replenishment-ordered
        ",
    );
}

#[test]
fn shares_and_days_late_are_of_what_came_or_is_past_its_date() {
    // Of five lines: two in time, one a day late, one three days late, one open long past its date; one was given up in time.
    let told = story::scenario(
        "
        stock    boise  whey 2
        receipt  4d   boise  whey 1
        receipt  6d   boise  whey 1
        order    1d   home  whey, whey
        order    1d   home  whey
        order    1d   home  whey
        order    1d   home  whey
        order    1d   home  soy
        contact  2d   order 5 line 1 remove
        set      run.horizon = \"20d\"
        set      promise = { of = \"shipped\", within = \"1d\", restock_within = \"1d\" }
        ",
    );
    let model = load("told.toml", &told.toml, &NoFiles);
    let results = replicate(&model, &Settings::default()).expect("it runs");
    let measured = |metric| results.estimate(metric).expect("something was promised").mean;
    assert_eq!(measured(Metric::OnTimeLineShare), 2.0 / 5.0);
    assert_eq!(measured(Metric::DaysLateMean), (1.0 + 3.0) / 2.0);
    assert_eq!(measured(Metric::OnTimeOrderShare), 1.0 / 4.0);
}

#[test]
fn who_promises_nothing_has_no_such_measures() {
    let told = story::scenario("stock boise whey 2\norder 1d home whey");
    let results = replicate(&load("told.toml", &told.toml, &NoFiles), &Settings::default()).expect("it runs");
    assert!(results.estimate(Metric::OnTimeLineShare).is_none());
}
