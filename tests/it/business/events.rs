//! Events of the scenario: what each does, second by second, and what is measured of it. Every expectation was worked out by hand, or
//! follows from the Poisson process.

use backorder::domain::{OrderedLine, SimTime, ZoneId};
use backorder::engine::{Observer, Occurrence, Plan};
use backorder::experiment::{EventFigure, Settings, replicate};
use backorder::observe::Story;
use backorder::scenario::{self, Loaded, Override};

use crate::support::replay::NoFiles;
use crate::support::timeline;

const DAY: i64 = 86_400;

/// A vendor who takes three days, and a policy that orders up to six units when two or fewer are left.
const SHOP: &str = r#"set vendors = [{ id = "acme", lead_time = "3d" }]
    set products = [{ id = "whey", vendor = "acme" }]
    set replenishment = { policy = "s-S", reorder_point = 2, order_up_to = 6 }"#;

fn told(events: &str, rest: &str) {
    timeline(&format!("set events = [{events}]\n{rest}"));
}

fn told_of_a_shop(events: &str, rest: &str) {
    told(events, &format!("{SHOP}\n{rest}"));
}

#[test]
fn a_stopped_vendor_ships_nothing_that_is_ordered_until_the_end() {
    told_of_a_shop(
        r#"{ name = "strike", from = "1d", to = "10d", vendor = "acme", stopped = true }"#,
        "
        stock  boise  whey 7
        order  12h    home  whey 5
        order  2d     home  whey 4
        ---
        12h  replenishment-ordered  units=4 purchase_order=1
        1d   event-began            name=strike
        1d   disruption-began       vendor=acme
        2d   replenishment-ordered  units=4 purchase_order=2 promised=432000
        3d12h  receipt              units=4 purchase_order=1
        10d  event-ended            name=strike
        10d  disruption-ended       vendor=acme
        13d  receipt                units=4 purchase_order=2
        never 5d receipt
        ",
    );
}

#[test]
fn a_disruption_of_its_own_within_a_stop_begins_and_ends_with_it() {
    told(
        r#"{ name = "strike", from = "5d", to = "8d", vendor = "acme", stopped = true }"#,
        r#"
        set vendors = [{ id = "acme", lead_time = "3d", disruption = { every = "6d", lasts = "4d" } }]
        set products = [{ id = "whey", vendor = "acme" }]
        set run.horizon = "12d"
        order  1d  home  whey
        ---
        5d   disruption-began  vendor=acme
        10d  disruption-ended  vendor=acme
        never 6d disruption-began
        never 8d disruption-ended
        "#,
    );
}

#[test]
fn lead_times_that_begin_meanwhile_are_longer_and_factors_multiply() {
    told_of_a_shop(
        r#"{ name = "slow", from = "1d", to = "30d", vendor = "acme", lead_time_factor = 2.0 }, { name = "slower", from = "10d", vendor = "acme", lead_time_factor = 1.5 }"#,
        "
        stock  boise  whey 7
        order  12h  home  whey 5
        order  2d   home  whey 4
        order  12d  home  whey 4
        order  40d  home  whey 4
        ---
        3d12h   receipt  purchase_order=1
        8d      receipt  purchase_order=2
        21d     receipt  purchase_order=3
        44d12h  receipt  purchase_order=4
        2d      replenishment-ordered  purchase_order=2 promised=432000
        ",
    );
}

#[test]
fn a_shut_warehouse_takes_on_nothing_new_and_goes_on_where_it_stopped() {
    told(
        r#"{ name = "flood", from = "1d", to = "5d", warehouse = "boise", shut = true }"#,
        "
        warehouses boise(4h) dayton
        stock    boise   whey 3
        stock    dayton  whey 1
        receipt  2d  boise  whey 1
        order    23h  home  whey
        order    2d   home  whey
        order    3d   home  whey 3
        order    6d   home  whey
        receipt  7d  boise  whey 1
        ---
        23h    parcel-released   order=1 warehouse=boise
        1d     event-began       name=flood
        1d3h   parcel-shipped    order=1 warehouse=boise
        2d     receipt           warehouse=boise units=1
        2d     parcel-shipped    order=2 warehouse=dayton
        3d     shown-on-backorder  order=3
        3d     line-backordered  order=3
        5d     event-ended       name=flood
        5d     line-covered      order=3
        5d4h   parcel-shipped    order=3 warehouse=boise
        6d     line-backordered  order=4
        7d4h   parcel-shipped    order=4 warehouse=boise
        never display-mismatch
        ",
    );
}

#[test]
fn nothing_is_ordered_for_a_shut_warehouse_and_positions_are_looked_at_when_it_opens() {
    told_of_a_shop(
        r#"{ name = "stocktake", from = "1d", to = "5d", warehouse = "boise", shut = true }"#,
        "
        stock  boise  whey 4
        order  2d  home  whey 2
        ---
        2d  line-backordered       order=1
        5d  parcel-shipped         order=1
        5d  replenishment-ordered  units=4
        8d  receipt                units=4
        never 2d replenishment-ordered
        ",
    );
}

#[test]
fn who_waits_at_a_warehouse_that_shuts_waits_at_the_next_one() {
    // Both keep one unit and order one for one. Two wait in boise, whose vendor has stopped, when it shuts: dayton orders two.
    told(
        r#"{ from = "0s", to = "2d", vendor = "acme", stopped = true }, { name = "flood", from = "2d", to = "30d", warehouse = "boise", shut = true }"#,
        r#"
        set vendors = [{ id = "acme", lead_time = "10d" }]
        set products = [{ id = "whey", vendor = "acme" }]
        set replenishment = { policy = "base-stock", order_up_to = 1 }
        warehouses boise dayton
        stock  boise   whey 1
        stock  dayton  whey 1
        order  1h   home  whey
        order  2h   home  whey
        order  3h   home  whey
        order  4h   home  whey
        ---
        3h     line-backordered       order=3
        4h     line-backordered       order=4
        2d     replenishment-ordered  warehouse=dayton units=2
        never 30d replenishment-ordered
        "#,
    );
}

#[test]
fn a_warehouse_that_opens_later_is_one_that_is_shut_from_the_start() {
    told(
        r#"{ name = "building", from = "0s", to = "30d", warehouse = "boise", shut = true }"#,
        "
        warehouses boise dayton
        stock  boise   whey 5
        stock  dayton  whey 5
        order  10d  home  whey
        order  40d  home  whey
        ---
        10d  parcel-shipped  order=1 warehouse=dayton
        40d  parcel-shipped  order=2 warehouse=boise
        ",
    );
}

#[test]
fn a_closed_lane_closes_for_one_zone_only() {
    told(
        r#"{ name = "snow", from = "1d", to = "5d", warehouse = "boise", zone = "home", shut = true }"#,
        "
        warehouses boise dayton
        stock  boise   whey 3
        stock  dayton  whey 1
        order  2d  home  whey
        order  2d  away  whey
        order  3d  home  whey
        ---
        2d  parcel-shipped    order=1 warehouse=dayton
        2d  parcel-shipped    order=2 warehouse=boise
        3d  line-backordered  order=3
        3d  display-mismatch  order=3
        5d  parcel-shipped    order=3 warehouse=boise
        ",
    );
}

#[test]
fn an_order_from_abroad_waits_for_the_warehouse_it_is_assigned_to() {
    told(
        r#"{ name = "flood", from = "2d", to = "6d", warehouse = "boise", shut = true }"#,
        "
        warehouses boise dayton
        products whey soy
        stock    boise   soy 1
        stock    dayton  whey 5
        order    1d  abroad  whey, soy
        order    3d  abroad  whey, soy
        receipt  3d  boise   whey 1
        receipt  8d  dayton  soy 1
        ---
        1d  order-placed    order=1 warehouse=boise
        6d  parcel-shipped  order=1 warehouse=boise
        3d  order-placed    order=2 warehouse=dayton
        8d  parcel-shipped  order=2 warehouse=dayton
        ",
    );
}

#[test]
fn dearer_parcels_change_who_is_preferred() {
    // A parcel costs 5 from boise and 7 from dayton; 5 × 1.2 is still less, × 1.2 × 1.3 is not.
    told(
        r#"{ name = "fuel", from = "1d", to = "9d", warehouse = "boise", parcel_cost_factor = 1.2 }, { name = "toll", from = "3d", to = "5d", zone = "home", warehouse = "boise", parcel_cost_factor = 1.3 }"#,
        "
        warehouses boise dayton
        stock  boise   whey 5
        stock  dayton  whey 5
        order  2d  home  whey
        order  4d  home  whey
        order  5d  home  whey
        ---
        2d  parcel-shipped  order=1 warehouse=boise
        4d  parcel-shipped  order=2 warehouse=dayton
        5d  parcel-shipped  order=3 warehouse=boise
        ",
    );
}

#[test]
fn an_event_may_come_every_year_or_at_random() {
    told(
        r#"{ name = "fair", from = "10d", to = "20d", repeat = "yearly", warehouse = "boise", parcel_cost_factor = 2.0 }, { name = "storm", every = "300d", lasts = "2d", warehouse = "boise", shut = true }"#,
        r#"
        set run.horizon = "2y"
        stock  boise  whey 1
        order  1d  home  whey
        ---
        10d   event-began  name=fair
        20d   event-ended  name=fair
        300d  event-began  name=storm
        302d  event-ended  name=storm
        375d  event-began  name=fair
        385d  event-ended  name=fair
        602d  event-began  name=storm
        never 740d event-began
        "#,
    );
}

/// A busy shop in which everything is always there, with what the test adds.
fn busy(more: &str) -> String {
    format!(
        "run = {{ horizon = \"60d\", replications = 1, seed = 5 }}\n\
         zones = [{{ id = \"east\", share = 3 }}, {{ id = \"west\", share = 1 }}]\nwarehouses = [{{ id = \"boise\" }}, {{ id = \"dayton\" }}]\n\
         lanes = [{{ from = \"boise\", to = \"east\" }}, {{ from = \"boise\", to = \"west\" }}, {{ from = \"dayton\", to = \"east\", parcel_cost = 1.0 }}]\n\
         products = [{{ id = \"a\", share = 5, substitutes = \"milk\" }}, {{ id = \"b\", share = 3, substitutes = \"milk\" }}, {{ id = \"c\", share = 2 }}]\n\
         stock = [{{ warehouse = \"boise\", product = \"a\", units = 50000 }}, {{ warehouse = \"boise\", product = \"b\", units = 50000 }}, {{ warehouse = \"boise\", product = \"c\", units = 50000 }}]\n\
         demand = {{ orders_per_day = 200, lines_per_order = {{ geometric = {{ mean = 1.4 }} }}, weekly = [1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5] }}\n{more}"
    )
}

/// Everything that is asked for, order by order.
#[derive(Default)]
struct Asked(Vec<(SimTime, ZoneId, Vec<OrderedLine>)>);

impl Observer for Asked {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        match what {
            Occurrence::OrderAsked { order, .. } => self.0.push((now, order.zone, Vec::new())),
            Occurrence::LineAsked { product, units, .. } => {
                self.0.last_mut().expect("a line belongs to an order").2.push(OrderedLine { product, units });
            }
            _ => {}
        }
    }
}

fn load(text: &str) -> Result<Loaded, String> {
    scenario::load("events.toml", text, &NoFiles, &[]).map_err(|wrong| wrong.to_string())
}

fn asked(text: &str) -> Vec<(SimTime, ZoneId, Vec<OrderedLine>)> {
    let model = load(text).expect("it is a scenario").model;
    let mut asked = Asked::default();
    Plan::new(&model).run(0, &mut asked).unwrap();
    asked.0
}

/// Lines of a product in a zone, inside a stretch of days.
fn lines(asked: &[(SimTime, ZoneId, Vec<OrderedLine>)], days: std::ops::Range<i64>, zone: u32, product: u32) -> f64 {
    let inside = asked.iter().filter(|(at, of, _)| days.contains(&(at.0 / DAY)) && of.0 == zone);
    inside.flat_map(|(_, _, lines)| lines).filter(|line| line.product.0 == product).count() as f64
}

/// Whether a count is what a Poisson count of this mean may be: within four and a half standard deviations.
fn is_about(found: f64, mean: f64) -> bool {
    (found - mean).abs() <= 4.5 * mean.sqrt()
}

#[test]
fn an_event_that_multiplies_demand_leaves_every_order_that_comes_anyway_as_it_is() {
    let base = asked(&busy(""));
    let more = asked(&busy("events = [{ from = \"20d\", to = \"40d\", demand_factor = 3.0 }]"));
    let less = asked(&busy("events = [{ from = \"20d\", to = \"40d\", demand_factor = 0.25 }]"));
    let none = asked(&busy("events = [{ from = \"20d\", to = \"40d\", demand_factor = 0.0 }]"));
    let outside = |all: &[(SimTime, ZoneId, Vec<OrderedLine>)]| {
        let inside = 20 * DAY..40 * DAY;
        all.iter().filter(|(at, ..)| !inside.contains(&at.0)).cloned().collect::<Vec<_>>()
    };
    assert!(base.len() > 9_000);
    for others in [&more, &less, &none] {
        assert_eq!(outside(&base), outside(others));
    }
    assert_eq!(none, outside(&base));
    let is_within = |some: &[(SimTime, ZoneId, Vec<OrderedLine>)], all: &[(SimTime, ZoneId, Vec<OrderedLine>)]| {
        let mut all = all.iter();
        some.iter().all(|order| all.any(|other| other == order))
    };
    assert!(is_within(&base, &more) && is_within(&less, &base));
    // Of days 20 to 39 five are days of half the demand: 15 × 200 + 5 × 100.
    let expected = 3_500.0;
    let inside = |all: &[(SimTime, ZoneId, Vec<OrderedLine>)]| (all.len() - outside(all).len()) as f64;
    assert!(is_about(inside(&more) - inside(&base), 2.0 * expected), "{} and {}", inside(&more), inside(&base));
    assert!(is_about(inside(&less), expected / 4.0), "{}", inside(&less));
}

#[test]
fn a_promotion_is_of_one_product_in_one_zone_and_factors_multiply() {
    let days = 20..40;
    let base = asked(&busy(""));
    let promoted = asked(&busy(
        "events = [{ from = \"20d\", to = \"40d\", product = \"b\", demand_factor = 3.0 }, \
         { from = \"20d\", to = \"40d\", zone = \"west\", product = \"b\", demand_factor = 2.0 }, \
         { from = \"20d\", to = \"40d\", zone = \"east\", product = \"c\", demand_factor = 0.5 }]",
    ));
    for (zone, product, factor) in [(0, 0, 1.0), (1, 0, 1.0), (0, 1, 3.0), (1, 1, 6.0), (0, 2, 0.5), (1, 2, 1.0)] {
        let (before, now) = (lines(&base, days.clone(), zone, product), lines(&promoted, days.clone(), zone, product));
        if factor == 1.0 {
            assert_eq!(now, before, "product {product} in zone {zone}");
        } else if factor > 1.0 {
            assert!(
                is_about(now - before, (factor - 1.0) * before),
                "product {product} in zone {zone}: {before}, {now}"
            );
        } else {
            assert!(is_about(now, factor * before), "product {product} in zone {zone}: {before}, {now}");
        }
    }
    let of_group = asked(&busy("events = [{ from = \"20d\", to = \"40d\", group = \"milk\", demand_factor = 2.0 }]"));
    for product in 0..3 {
        let (before, now) = (lines(&base, days.clone(), 0, product), lines(&of_group, days.clone(), 0, product));
        let expected = if product < 2 { before } else { 0.0 };
        assert!(is_about(now - before, expected), "product {product}: {before}, {now}");
    }
}

#[test]
fn one_line_orders_are_kept_away_too() {
    // The other way in which blocks of orders are drawn.
    let text = |events: &str| busy(events).replace("lines_per_order = { geometric = { mean = 1.4 } }, ", "");
    let base = asked(&text(""));
    let less = asked(&text("events = [{ from = \"20d\", to = \"40d\", product = \"a\", demand_factor = 0.25 }]"));
    let (before, now) = (lines(&base, 20..40, 0, 0), lines(&less, 20..40, 0, 0));
    assert!(is_about(now, before / 4.0), "{before}, {now}");
    for (zone, product) in [(0, 1), (0, 2), (1, 1), (1, 2)] {
        assert_eq!(lines(&base, 0..60, zone, product), lines(&less, 0..60, zone, product));
    }
}

#[test]
fn the_demand_of_a_poisson_process_stays_poisson() {
    // Index of dispersion of counts over 300 windows of four days: 1 for a Poisson count, with a standard deviation of √(2/300).
    let text = busy(
        "events = [{ every = \"4d\", lasts = \"4d\", demand_factor = 3.0 }, { every = \"4d\", lasts = \"4d\", zone = \"west\", demand_factor = 0.5 }]",
    );
    let text = text.replace("\"60d\"", "\"2400d\"").replace(", weekly = [1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5]", "");
    let text = text.replace("orders_per_day = 200", "orders_per_day = 10").replace("50000", "100000");
    let asked = asked(&text);
    let mut counts = [vec![0.0; 300], vec![0.0; 300]];
    for (at, zone, _) in &asked {
        let (window, is_on) = (at.0 / (8 * DAY), at.0 % (8 * DAY) >= 4 * DAY);
        if is_on {
            counts[zone.index()][window as usize] += 1.0;
        }
    }
    for (counts, mean) in counts.iter().zip([10.0 * 4.0 * 0.75 * 3.0, 10.0 * 4.0 * 0.25 * 1.5]) {
        let found = counts.iter().sum::<f64>() / 300.0;
        let variance = counts.iter().map(|count| (count - found) * (count - found)).sum::<f64>() / 299.0;
        assert!((found - mean).abs() < 4.5 * (mean / 300.0).sqrt(), "{found}, expected {mean}");
        assert!((variance / found - 1.0).abs() < 4.5 * (2.0_f64 / 300.0).sqrt(), "{variance}, {found}");
    }
}

#[test]
fn random_events_are_those_of_their_replication_and_of_nobody_else() {
    let storms = |more: &str, replication: u32| {
        let storm = "{ name = \"storm\", every = { exponential = { mean = \"5d\" } }, lasts = { uniform = { min = \"1d\", max = \"2d\" } }, warehouse = \"dayton\", shut = true }";
        let model = load(&busy(&format!("events = [{storm}{more}]"))).expect("it is a scenario").model;
        let all = backorder::engine::happenings(&model, replication);
        all.into_iter().filter(|happening| happening.event == 0).collect::<Vec<_>>()
    };
    let other = ", { every = { exponential = { mean = \"3d\" } }, lasts = \"1d\", demand_factor = 2.0 }";
    assert!(storms("", 0).len() > 3);
    assert_eq!(storms("", 0), storms(other, 0));
    assert_ne!(storms("", 0), storms("", 1));
}

/// A shop that sells one unit at noon of every day, with a base stock of three and a lead time of two days.
fn one_a_day(events: &str) -> String {
    let orders: Vec<String> = (0..60)
        .map(|day| format!("{{ at = \"{}h\", zone = \"home\", lines = [{{ product = \"whey\" }}] }}", 24 * day + 12))
        .collect();
    format!(
        "run = {{ horizon = \"60d\", replications = 1 }}\nzones = [{{ id = \"home\" }}]\nwarehouses = [{{ id = \"boise\" }}]\n\
         lanes = [{{ from = \"boise\", to = \"home\" }}]\nvendors = [{{ id = \"acme\", lead_time = \"2d\" }}]\n\
         products = [{{ id = \"whey\", vendor = \"acme\" }}]\norders = [{}]\n\
         replenishment = {{ policy = \"base-stock\", order_up_to = 3 }}\nevents = [{events}]\n",
        orders.join(", ")
    )
}

#[test]
fn the_time_to_recover_by_hand() {
    // Two purchase orders are on their way when the vendor stops on day 10: they come on days 10 and 11, and one unit lies there. So
    // the orders of days 10, 11 and 12 are filled, and from day 13 on one more waits every day. What was ordered meanwhile arrives
    // two days after the stop ends on day 20, on day 22, when nine wait. At the end of day 22 nobody does.
    let model = load(&one_a_day("{ from = \"10d\", to = \"20d\", vendor = \"acme\", stopped = true }")).unwrap().model;
    let results = replicate(&model, &Settings { jobs: Some(1), audit: true, ..Settings::default() }).unwrap();
    let [event] = &results.events[..] else { panic!("one event") };
    assert_eq!(
        (event.name.as_str(), event.kind, &event.on[..]),
        ("acme stopped", "vendor stopped", &[(10.0, Some(20.0))][..])
    );
    for (figure, expected) in [
        (EventFigure::Times, 1.0),
        (EventFigure::FilledBefore, 1.0),
        (EventFigure::FilledDuring, 0.3),
        (EventFigure::FilledAfter, 0.8),
        (EventFigure::BacklogBefore, 0.0),
        (EventFigure::BacklogPeak, 9.0),
        (EventFigure::RecoveryDays, 3.0),
        (EventFigure::Recovered, 1.0),
    ] {
        assert_eq!(event.figure(figure).map(|estimate| estimate.mean), Some(expected), "{figure:?}");
    }
    // One that goes on to the end has no time to recover, and one after the end did not happen.
    let events = "{ from = \"50d\", vendor = \"acme\", stopped = true }, { from = \"70d\", to = \"80d\", vendor = \"acme\", stopped = true }";
    let model = load(&one_a_day(events)).unwrap().model;
    let results = replicate(&model, &Settings { jobs: Some(1), ..Settings::default() }).unwrap();
    assert_eq!(results.events[0].figure(EventFigure::RecoveryDays), None);
    assert_eq!(results.events[0].figure(EventFigure::BacklogPeak).map(|estimate| estimate.mean), Some(7.0));
    assert_eq!(results.events[1].figure(EventFigure::Times).map(|estimate| estimate.mean), Some(0.0));
}

#[test]
fn results_speak_of_events_only_where_there_are_some() {
    let files = |events: &str| {
        let text = one_a_day(events);
        let text = if events.is_empty() { text.replace("events = []\n", "") } else { text };
        let model = load(&text).unwrap().model;
        let results = replicate(&model, &Settings { jobs: Some(1), ..Settings::default() }).unwrap();
        backorder::report::files(&results)
    };
    let with = files("{ name = \"strike\", from = \"10d\", to = \"20d\", vendor = \"acme\", stopped = true }");
    let without = files("");
    assert!(!without.iter().any(|(name, text)| *name == "by_event.csv" || text.contains("\"events\":")));
    let text = |name: &str| &with.iter().find(|(file, _)| *file == name).expect("it is there").1;
    assert!(text("summary.json").contains("\"recovery_days\""), "{}", text("summary.json"));
    assert!(text("by_event.csv").starts_with("event,times,"), "{}", text("by_event.csv"));
    assert!(text("by_event.csv").contains("\nstrike,1,,1,"), "{}", text("by_event.csv"));
}

#[test]
fn the_story_of_an_order_tells_of_the_events_that_concern_it() {
    let events = "{ name = \"strike\", from = \"10d\", to = \"20d\", vendor = \"acme\", stopped = true }, \
                  { name = \"sale\", from = \"11d\", to = \"18d\", demand_factor = 2.0 }";
    let model = load(&one_a_day(events)).unwrap().model;
    // Order 16 is that of day 15, and waits until day 22.
    let mut story = Story::new(&model, 16);
    Plan::new(&model).run(0, &mut story).unwrap();
    let told = story.tell(2_000).expect("the order is there");
    assert!(told.contains("“strike” ends."), "{told}");
    assert!(!told.contains("sale"), "{told}");
}

#[test]
fn what_cannot_be_is_told_with_its_place_and_a_remedy() {
    let wrong = |events: &str, words: &[&str]| {
        let told = load(&busy(&format!("events = [{events}]"))).map(drop).expect_err(events);
        words.iter().for_each(|word| assert!(told.contains(word), "{word} is not in\n{told}"));
    };
    wrong(
        "{ from = \"1d\", to = \"2d\", warehouse = \"bosie\", shut = true }",
        &["there is no warehouse \"bosie\"", "did you mean \"boise\"?"],
    );
    wrong(
        "{ from = \"1d\", to = \"2d\", group = \"mlik\", demand_factor = 2.0 }",
        &["group \"mlik\"", "did you mean \"milk\"?"],
    );
    wrong("{ from = \"5d\", to = \"2d\", demand_factor = 2.0 }", &["`to` is 2d, which is not after `from`, 5d"]);
    wrong("{ to = \"2d\", demand_factor = 2.0 }", &["lacks `from`"]);
    wrong("{ from = \"5d\", to = \"9d\" }", &["says nothing of what changes", "`demand_factor`"]);
    wrong(
        "{ from = \"5d\", demand_factor = 2.0, parcel_cost_factor = 2.0 }",
        &["changes several things at once", "write a row for each"],
    );
    wrong(
        "{ from = \"5d\", product = \"a\", shut = true, warehouse = \"boise\" }",
        &["`product` has no meaning for `shut`"],
    );
    wrong("{ from = \"5d\", shut = true }", &["lacks `warehouse`"]);
    wrong(
        "{ from = \"5d\", every = \"9d\", lasts = \"1d\", demand_factor = 2.0 }",
        &["`from` has no meaning for an event that"],
    );
    wrong("{ every = \"9d\", demand_factor = 2.0 }", &["lacks `lasts`"]);
    wrong("{ every = \"9m\", lasts = \"1m\", demand_factor = 2.0 }", &["less than an hour"]);
    wrong("{ from = \"5d\", repeat = \"yearly\", demand_factor = 2.0 }", &["lacks `to`"]);
    wrong("{ from = \"5d\", to = \"2y\", repeat = \"yearly\", demand_factor = 2.0 }", &["lasts less than one"]);
    let warned = |text: &str, code: &str, words: &str| {
        let loaded = load(text).expect("it is a scenario");
        let told = loaded.warnings.iter().any(|warning| warning.code == code && warning.message.contains(words));
        assert!(told, "{:?}", loaded.warnings);
    };
    warned(
        &busy("events = [{ name = \"late\", from = \"60d\", demand_factor = 2.0 }]"),
        "after-the-end",
        "\"late\" never happens",
    );
    warned(&busy("events = [{ from = \"1d\", demand_factor = 1.0 }]"), "no-effect", "nothing changes");
    warned(
        &busy("events = [{ from = \"1d\", warehouse = \"dayton\", zone = \"west\", shut = true }]"),
        "no-effect",
        "closes a lane that the scenario does not have",
    );
    warned(&one_a_day("{ from = \"1d\", demand_factor = 2.0 }"), "no-effect", "there are no generated orders");
}

#[test]
fn an_event_of_a_warehouse_that_is_not_open_vanishes_with_it() {
    let text = busy(
        "events = [{ from = \"1d\", warehouse = \"boise\", shut = true }, { from = \"2d\", warehouse = \"dayton\", parcel_cost_factor = 2.0 }]",
    );
    let open = Override { path: "network.open".into(), value: "[\"dayton\"]".into() };
    let lost = Override { path: "network.stock_of_closed".into(), value: "\"lost\"".into() };
    let model = scenario::load("events.toml", &text, &NoFiles, &[open, lost]).unwrap().model;
    assert_eq!(model.events().len(), 1);
}
