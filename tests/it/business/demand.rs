//! What customers ask for: factors of the week and the year, products bought together, demand by period, traces replayed and drawn
//! again.

use backorder::domain::{DAY, Model, ProductId, SimTime, ZoneId};
use backorder::engine::{Observer, Occurrence, Plan};
use backorder::scenario::Files;

use crate::support::replay::{self, NoFiles};

/// When somebody asked for an order, where, and for what.
type Order = (SimTime, ZoneId, Vec<(ProductId, u32)>);

/// Notes every order asked for.
#[derive(Default)]
struct Asked {
    orders: Vec<Order>,
}

impl Observer for Asked {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        match what {
            Occurrence::OrderAsked { order, .. } => self.orders.push((now, order.zone, Vec::new())),
            Occurrence::LineAsked { product, units, .. } => {
                self.orders.last_mut().expect("a line belongs to an order").2.push((product, units));
            }
            _ => {}
        }
    }
}

fn asked(model: &Model, replication: u32) -> Asked {
    let mut asked = Asked::default();
    Plan::new(model).run(replication, &mut asked).expect("all of it can be counted");
    asked
}

const PLACE: &str =
    "[[zones]]\nid = \"home\"\n[[warehouses]]\nid = \"boise\"\n[[lanes]]\nfrom = \"boise\"\nto = \"home\"\n";

/// Nobody keeps a line, so that hardly anything but demand happens.
fn demand(horizon: &str, demand: &str) -> Model {
    let text = format!(
        "[run]\nhorizon = \"{horizon}\"\nseed = 5\n{PLACE}[customers]\nkeep_when_backordered = 0\n\
         [[receipts]]\nat = \"0s\"\nwarehouse = \"boise\"\nproduct = \"p01\"\nunits = 1\n\
         [products.generate]\ncount = 20\nbought_with = {{ group_size = 2 }}\n[demand]\n{demand}\n"
    );
    replay::load("demand.toml", &text, &NoFiles)
}

/// Orders counted by something that has `N` values.
fn counted<const N: usize>(asked: &Asked, by: impl Fn(SimTime) -> usize) -> [f64; N] {
    let mut counts = [0.0; N];
    for &(at, ..) in &asked.orders {
        counts[by(at)] += 1.0;
    }
    counts
}

/// Counts of a Poisson process lie within five standard deviations of what is expected, and are 0 where 0 is.
#[track_caller]
fn close(counts: &[f64], expected: &[f64]) {
    for (count, expected) in counts.iter().zip(expected) {
        assert!((count - expected).abs() <= 5.0 * expected.sqrt(), "{counts:?}, expected {expected:?}");
    }
}

#[test]
fn a_weekly_pattern_is_followed() {
    let model = demand("70d", "orders_per_day = 100\nweekly = [1, 0, 2, 0.5, 0, 1.5, 2]");
    let counts: [f64; 7] = counted(&asked(&model, 0), |at| (at.0 / DAY % 7) as usize);
    close(&counts, &[1_000.0, 0.0, 2_000.0, 500.0, 0.0, 1_500.0, 2_000.0]);
}

#[test]
fn a_yearly_pattern_is_followed_over_and_over() {
    let factors = "yearly = [3, 1, 0, 1, 1, 0.5, 1, 1, 0, 1, 0.5, 2]";
    let model = demand("2y", &format!("orders_per_day = 12\n{factors}"));
    let part = |at: SimTime| ((at.0 % (365 * DAY)) * 12 / (365 * DAY)) as usize;
    let counts: [f64; 12] = counted(&asked(&model, 0), part);
    close(&counts, &[3.0, 1.0, 0.0, 1.0, 1.0, 0.5, 1.0, 1.0, 0.0, 1.0, 0.5, 2.0].map(|factor| factor * 730.0));
}

#[test]
fn weekly_and_yearly_factors_multiply() {
    let model = demand(
        "1y",
        "orders_per_day = 20\nweekly = [0, 2, 1, 1, 1, 1, 1]\nyearly = [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]",
    );
    let orders = asked(&model, 0);
    let mut expected = [0.0; 3];
    for day in 0..365 {
        let weekly = [0.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0][day % 7];
        // January, by the hour; a twelfth is 30 days and 10 hours.
        let january = (365.0 / 12.0 - day as f64).clamp(0.0, 1.0);
        let december = (day as f64 + 1.0 - 365.0 * 11.0 / 12.0).clamp(0.0, 1.0);
        expected[0] += 20.0 * weekly * 2.0 * january;
        expected[1] += 20.0 * weekly * (1.0 - january - december);
    }
    let counts: [f64; 3] = counted(&orders, |at| {
        let twelfth = at.0 * 12 / (365 * DAY);
        if twelfth == 0 { 0 } else { 1 + usize::from(twelfth == 11) }
    });
    close(&counts, &expected);
}

#[test]
fn affinity_raises_joint_purchases() {
    let joint_share = |affinity: f64| {
        let model = demand("60d", &format!("orders_per_day = 100\nlines_per_order = 2\naffinity = {affinity}"));
        let orders = asked(&model, 0).orders;
        let joint = orders.iter().filter(|(_, _, lines)| {
            let group = |line: usize| model.products()[lines[line].0.index()].bought_with;
            lines.len() == 2 && group(0) == group(1)
        });
        joint.count() as f64 / orders.len() as f64
    };
    // Twenty products in groups of two: by chance the second of an order is the first one's partner in 1 of 19.
    assert!((joint_share(0.0) - 1.0 / 19.0).abs() < 0.02);
    assert!((joint_share(0.5) - (0.5 + 0.5 / 19.0)).abs() < 0.03);
    assert_eq!(joint_share(1.0), 1.0);
}

/// Orders of two lines, of products `a`, `b`, … with these shares: how often each stands in second place after `a`.
fn after_the_first<const N: usize>(shares: [f64; N], demand: &str) -> [f64; N] {
    let mut text = format!("[run]\nhorizon = \"90d\"\nseed = 5\n{PLACE}");
    for (place, share) in shares.into_iter().enumerate() {
        let id = char::from(b'a' + place as u8);
        text += &format!("[[products]]\nid = \"{id}\"\nshare = {share:.1}\nbought_with = \"all\"\n");
    }
    text += &format!("[demand]\norders_per_day = 100\nlines_per_order = 2\n{demand}\n");
    text += "[[receipts]]\nat = \"0s\"\nwarehouse = \"boise\"\nproduct = \"a\"\nunits = 1\n";
    let mut second = [0.0; N];
    for (_, _, lines) in asked(&replay::load("shares.toml", &text, &NoFiles), 0).orders {
        if lines[0].0.index() == 0 {
            second[lines[1].0.index()] += 1.0;
        }
    }
    second
}

#[test]
fn what_is_bought_together_is_drawn_by_share() {
    let second = after_the_first([9.0, 1.0, 2.0, 3.0], "affinity = 1.0");
    let all: f64 = second.iter().sum();
    assert!(all > 5_000.0, "{second:?}");
    close(&second, &[0.0, all / 6.0, all / 3.0, all / 2.0]);
}

#[test]
fn beside_a_product_with_nearly_all_of_the_demand_the_others_keep_their_shares() {
    let second = after_the_first([1e6, 3.0, 0.0, 1.0], "");
    let all: f64 = second.iter().sum();
    assert!(all > 8_000.0, "{second:?}");
    close(&second, &[0.0, all * 0.75, 0.0, all * 0.25]);
}

/// Orders of ten days, with or without the hour.
struct Orders(&'static str);

impl Files for Orders {
    fn read(&self, _: &str) -> Result<String, String> {
        let mut text = "order,date,zone,product,units\n".to_string();
        for order in 0..100 {
            let (day, product, units) = (1 + order % 10, 1 + order % 7, 1 + order % 3);
            text += &format!("{order},2026-03-{day:02}{},home,p{product:02},{units}\n", self.0);
        }
        Ok(text)
    }
}

fn replayed(hours: &'static str, resample: &str) -> Model {
    let text = format!(
        "{PLACE}[run]\nseed = 5\n[products.generate]\ncount = 10\nprefix = \"p\"\n[demand]\n\
         trace = {{ file = \"orders.csv\", resample = \"{resample}\" }}\n\
         [[receipts]]\nat = \"0s\"\nwarehouse = \"boise\"\nproduct = \"p01\"\nunits = 1\n"
    );
    replay::load("replayed.toml", &text, &Orders(hours))
}

#[test]
fn an_unsampled_trace_repeats_in_every_replication() {
    for hours in [" 09:15", ""] {
        let model = replayed(hours, "none");
        let first = asked(&model, 0).orders;
        assert_eq!(first.len(), 100);
        assert_eq!(first, asked(&model, 1).orders);
        assert_eq!(first, asked(&model, 7).orders);
    }
}

#[test]
fn a_resampled_trace_differs_between_replications_and_keeps_whole_orders() {
    let model = replayed(" 09:15", "orders");
    let once = asked(&replayed(" 09:15", "none"), 0).orders;
    let (first, second) = (asked(&model, 0).orders, asked(&model, 1).orders);
    assert_ne!(first, second);
    assert_eq!((first.len(), second.len()), (100, 100));
    for order in first.iter().chain(&second) {
        assert!(once.contains(order), "{order:?} is no order of the file");
    }
    // With replacement, about 37 of 100 orders are left out: e⁻¹.
    let left_out = once.iter().collect::<std::collections::BTreeSet<_>>();
    let drawn = first.iter().collect::<std::collections::BTreeSet<_>>();
    assert!(left_out.len() > drawn.len(), "{} of {}", drawn.len(), left_out.len());
    assert_eq!(first, asked(&model, 0).orders);
}

#[test]
fn days_that_are_drawn_again_keep_their_orders_together() {
    for hours in [" 09:15", ""] {
        let model = replayed(hours, "days");
        let day_of = |order: &Order| order.0.0 / DAY;
        let contents = |orders: &[Order], day: i64| -> Vec<_> {
            let of_day = orders.iter().filter(|order| day_of(order) == day);
            let mut contents: Vec<_> = of_day.map(|(_, zone, lines)| (*zone, lines.clone())).collect();
            contents.sort_unstable();
            contents
        };
        let once = asked(&replayed(hours, "none"), 0).orders;
        let days: Vec<i64> = (0..=once.iter().map(day_of).max().expect("there are orders")).collect();
        let of_the_file: Vec<_> = days.iter().map(|&day| contents(&once, day)).collect();
        let (first, second) = (asked(&model, 0).orders, asked(&model, 1).orders);
        assert_ne!(first, second);
        assert_eq!(first, asked(&model, 0).orders);
        for orders in [&first, &second] {
            let drawn: Vec<_> = days.iter().map(|&day| contents(orders, day)).collect();
            assert!(drawn.iter().all(|day| of_the_file.contains(day)), "{drawn:?}");
            assert_ne!(drawn, of_the_file);
        }
    }
}

/// Demand by period in a shop with so many zones, each with its share, of some products.
fn by_period(zones: &[f64], products: &[&str], demand: &str) -> Model {
    let mut text =
        format!("[run]\nhorizon = \"2000d\"\nseed = 5\n[[warehouses]]\nid = \"boise\"\n[demand]\n{demand}\n");
    for (number, share) in zones.iter().enumerate() {
        text += &format!("[[zones]]\nid = \"zone{number}\"\nshare = {share:.1}\n");
        text += &format!("[[lanes]]\nfrom = \"boise\"\nto = \"zone{number}\"\n");
    }
    for product in products {
        text += &format!("[[products]]\nid = \"{product}\"\n");
    }
    text += "[[receipts]]\nat = \"0s\"\nwarehouse = \"boise\"\nproduct = \"whey\"\nunits = 1\n";
    replay::load("period.toml", &text, &NoFiles)
}

#[test]
fn demand_by_period_comes_all_at_once_and_of_every_product_by_itself() {
    let demand = "period = \"1d\"\nat = \"9h\"\nunits_per_period = { poisson = { mean = 2.5 } }";
    let two = asked(&by_period(&[1.0], &["whey", "pea"], demand), 0).orders;
    assert!(two.iter().all(|(at, _, lines)| at.0 % DAY == 9 * 3_600 && lines.len() == 1));
    assert_eq!(two.last().expect("orders").0.0 / DAY, 1_999);
    for product in [0, 1] {
        let mut counts = [0.0; 12];
        let of_product = two.iter().filter(|(_, _, lines)| lines[0].0.index() == product);
        for (_, _, lines) in of_product {
            counts[(lines[0].1 as usize).min(11)] += 1.0;
        }
        counts[0] = 2_000.0 - counts.iter().sum::<f64>();
        // Poisson of mean 2.5: e^-2.5 = 0.082085, times 2.5, 2.5² / 2, …
        let poisson = [0.082085, 0.205212, 0.256516, 0.213763, 0.133602, 0.066801, 0.027834, 0.009941];
        close(&counts[..8], &poisson.map(|chance| 2_000.0 * chance));
    }
    // A third product leaves the draws of the others as they are; so does another replication's not.
    let three = asked(&by_period(&[1.0], &["whey", "pea", "soy"], demand), 0).orders;
    let others: Vec<_> = three.iter().filter(|(_, _, lines)| lines[0].0.index() < 2).cloned().collect();
    assert_eq!(others, two);
    assert_ne!(asked(&by_period(&[1.0], &["whey", "pea"], demand), 1).orders, two);
}

#[test]
fn units_of_a_period_fall_to_zones_by_share() {
    let demand = "period = \"1d\"\nunits_per_period = 12";
    let orders = asked(&by_period(&[1.0, 0.0, 2.0, 3.0], &["whey", "pea"], demand), 0).orders;
    let mut units = [0.0; 4];
    for (_, zone, lines) in &orders {
        units[zone.index()] += f64::from(lines[0].1);
    }
    let all = 2.0 * 12.0 * 2_000.0;
    assert_eq!(units.iter().sum::<f64>(), all, "no unit is lost");
    close(&units, &[all / 6.0, 0.0, all / 3.0, all / 2.0]);
    // Of one product and one day, zones come in the file's order.
    let first_day: Vec<(usize, usize)> =
        orders.iter().filter(|(at, ..)| at.0 == 0).map(|(_, zone, lines)| (lines[0].0.index(), zone.index())).collect();
    assert!(first_day.is_sorted(), "{first_day:?}");
    // Among zones a constant demand is random, in one it is not.
    let alone = by_period(&[1.0], &["whey"], demand);
    assert!(!alone.period().expect("demand by period").is_random(alone.products(), alone.zones()));
    assert_eq!(asked(&alone, 0).orders, asked(&alone, 1).orders);
}
