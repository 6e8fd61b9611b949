//! The sourcing policies that go by more than an order and the stock it finds, in small timelines worked out by hand.

use crate::support::timeline;

/// Boise carries whey and has none; the others have plenty. A warehouse takes over one line a day.
const SPILLED: &str = "
    set         sourcing.policy = \"primary-spillover\"
    set         sourcing.spillover_lines_per_day = 1
    warehouses  boise dayton reno
    stock       boise   whey 0
    stock       dayton  whey 9
    stock       reno    whey 9
";

fn story(start: &str, rest: &str) {
    timeline(&format!("{start}{rest}"));
}

#[test]
fn a_line_comes_from_its_primary_warehouse_while_that_has_it() {
    story(
        SPILLED,
        "
        receipt     12h  boise  whey 2
        order       1d   home  whey
        order       1d   home  whey
        order       1d   home  whey
        ---
        1d  parcel-shipped  order=1 warehouse=boise
        1d  parcel-shipped  order=2 warehouse=boise
        1d  parcel-shipped  order=3 warehouse=dayton
        ",
    );
}

#[test]
fn what_spills_over_goes_to_those_who_have_taken_over_less_today() {
    story(
        SPILLED,
        "
        order       1d     home  whey
        order       1d1h   home  whey
        order       1d2h   home  whey
        order       2d     home  whey
        ---
        1d    parcel-shipped  order=1 warehouse=dayton
        1d1h  parcel-shipped  order=2 warehouse=reno
        1d2h  parcel-shipped  order=3 warehouse=dayton
        2d    parcel-shipped  order=4 warehouse=dayton
        never line-backordered
        ",
    );
}

#[test]
fn an_order_counts_its_own_lines() {
    story(
        SPILLED,
        "
        stock       boise   bcaa 0
        stock       dayton  bcaa 9
        stock       reno    bcaa 9
        order       1d  home  whey, bcaa
        ---
        1d  parcel-shipped  order=1 parcel=1 warehouse=dayton lines=1
        1d  parcel-shipped  order=1 parcel=2 warehouse=reno lines=2
        ",
    );
}

#[test]
fn a_line_at_home_farther_away_spills_nowhere() {
    // Nobody plans for soy in boise: its home is dayton, which takes over nothing by serving it.
    story(
        SPILLED,
        "
        stock       dayton  soy 9
        order       1d  home  soy
        order       1d  home  soy
        order       1d  home  whey
        ---
        1d  parcel-shipped  order=1 warehouse=dayton
        1d  parcel-shipped  order=2 warehouse=dayton
        1d  parcel-shipped  order=3 warehouse=dayton
        ",
    );
}

#[test]
fn without_a_limit_the_nearest_takes_over_everything() {
    story(
        &SPILLED.replace("set         sourcing.spillover_lines_per_day = 1\n", ""),
        "
        order       1d  home  whey
        order       1d  home  whey
        ---
        1d  parcel-shipped  order=1 warehouse=dayton
        1d  parcel-shipped  order=2 warehouse=dayton
        ",
    );
}

#[test]
fn an_order_abroad_is_assigned_and_takes_over_nothing() {
    story(
        SPILLED,
        "
        order       1d  abroad  whey
        order       1d  home  whey
        ---
        1d  parcel-shipped  order=1 warehouse=dayton
        1d  parcel-shipped  order=2 warehouse=dayton
        ",
    );
}

#[test]
fn by_the_unit_the_primary_gives_what_it_has_and_the_rest_spills_over() {
    story(
        SPILLED,
        "
        set         rules.split.granularity = \"unit\"
        receipt     12h  boise  whey 1
        order       1d  home  whey 3
        order       1d  home  whey 1
        ---
        1d  parcel-shipped  order=1 parcel=1 warehouse=boise
        1d  parcel-shipped  order=1 parcel=2 warehouse=dayton
        1d  parcel-shipped  order=2 warehouse=reno
        ",
    );
}

/// Both have one unit. East is near boise and far from dayton, west hardly nearer to boise than to dayton; a customer in each asks
/// for one in the two days of the file, the first at once.
const PRICED: &str = "
    set         sourcing.policy = \"shadow-prices\"
    set         run.horizon = \"2d\"
    warehouses  boise dayton
    lane        boise   west  5   2d
    lane        dayton  west  6   2d
    lane        boise   east  5   2d
    lane        dayton  east  20  2d
    stock       boise   whey 1
    stock       dayton  whey 1
    replay      2026-01-01T00:00  west  whey 1
    replay      2026-01-02T12:00  east  whey 1
";

#[test]
fn a_unit_that_another_customer_needs_more_is_spared() {
    // A unit in boise saves east 15, more than the 1 that it saves west.
    story(
        PRICED,
        "
        ---
        0s     parcel-shipped  order=1 warehouse=dayton
        1d12h  parcel-shipped  order=2 warehouse=boise
        ",
    );
}

#[test]
fn where_there_is_enough_the_cheapest_parcel_is_sent() {
    story(
        &PRICED.replace("boise   whey 1", "boise   whey 2"),
        "
        ---
        0s     parcel-shipped  order=1 warehouse=boise
        1d12h  parcel-shipped  order=2 warehouse=boise
        ",
    );
}

#[test]
fn prices_stay_until_they_are_taken_anew() {
    // Boise has nothing to spare at the start; from 18 h on it has plenty, which prices do not know before they are taken anew.
    let start = PRICED.replace("dayton  whey 1", "dayton  whey 2");
    let rest = "
        receipt     18h   boise  whey 5
        order       1d6h  west   whey
        ---
        0s    parcel-shipped  order=2 warehouse=dayton
    ";
    story(&start, &format!("{rest}\n1d6h  parcel-shipped  order=1 warehouse=dayton"));
    let daily = format!("{start}\nset sourcing.price_interval = \"1d\"");
    story(&daily, &format!("{rest}\n1d6h  parcel-shipped  order=1 warehouse=boise"));
}

#[test]
fn a_parcel_more_is_sent_only_where_the_unit_is_worth_it() {
    // Whey and bcaa for west in one parcel from boise cost 5, and the unit of whey that east will need is worth 15; a second parcel
    // from dayton costs 6.
    story(
        PRICED,
        "
        stock       boise   bcaa 9
        order       0s  west  whey, bcaa
        ---
        0s  parcel-shipped  order=1 parcel=1 warehouse=dayton lines=1
        0s  parcel-shipped  order=1 parcel=2 warehouse=boise lines=2
        ",
    );
    // Were dayton farther from west, it would not be.
    story(
        &PRICED.replace("dayton  west  6", "dayton  west  19"),
        "
        stock       boise   bcaa 9
        order       0s  west  whey, bcaa
        ---
        0s  parcel-shipped  order=1 warehouse=boise lines=1,2
        ",
    );
}

#[test]
fn by_the_unit_the_units_that_are_worth_least_are_taken() {
    // Two parcels from boise and dayton cost 11, from dayton and reno 13; boise's unit is worth 15.
    let start = PRICED.replace("warehouses  boise dayton", "warehouses  boise dayton reno");
    story(
        &format!("{start}\nset rules.split.granularity = \"unit\""),
        "
        lane        reno    west  7   2d
        lane        reno    east  20  2d
        stock       reno    whey 1
        order       0s  west  whey 2
        ---
        0s  parcel-shipped  order=1 parcel=1 warehouse=dayton
        0s  parcel-shipped  order=1 parcel=2 warehouse=reno
        ",
    );
}
