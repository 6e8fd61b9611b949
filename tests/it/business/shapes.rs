//! Demand with a shape: the rate of each month, bursts, batches by zone, baskets. Every expectation follows from the processes that the
//! keys describe, and is met within four and a half standard deviations of a count.

use backorder::domain::{Model, OrderedLine, SimTime, ZoneId};
use backorder::engine::{Observer, Occurrence, Plan};
use backorder::experiment::{Settings, planned, replicate};
use backorder::measures::Metric;
use backorder::scenario;

use crate::support::replay::{NoFiles, load};

const DAY: i64 = 86_400;
/// A twelfth of a year.
const PART: i64 = 365 * DAY / 12;

/// Two zones and three products, in which everything is always there.
fn shop(demand: &str, more: &str) -> String {
    format!(
        "run = {{ horizon = \"1y\", replications = 1, seed = 11 }}\n\
         zones = [{{ id = \"east\", share = 3 }}, {{ id = \"west\", share = 1 }}]\nwarehouses = [{{ id = \"boise\" }}]\n\
         lanes = [{{ from = \"boise\", to = \"east\" }}, {{ from = \"boise\", to = \"west\" }}]\n\
         products = [{{ id = \"a\", share = 5, substitutes = \"milk\" }}, {{ id = \"b\", share = 3, substitutes = \"milk\" }}, {{ id = \"c\", share = 2 }}]\n\
         demand = {{ orders_per_day = 40, {demand} }}\nrules.backorder.accept = false\n{more}"
    )
}

type Order = (SimTime, ZoneId, Vec<OrderedLine>);

#[derive(Default)]
struct Asked(Vec<Order>);

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

fn model(text: &str) -> Model {
    load("shapes.toml", text, &NoFiles)
}

fn asked_in(model: &Model, replication: u32) -> Vec<Order> {
    let mut asked = Asked::default();
    Plan::new(model).run(replication, &mut asked).expect("it runs");
    asked.0
}

fn asked(text: &str) -> Vec<Order> {
    asked_in(&model(text), 0)
}

/// Lines of a product between two seconds.
fn lines(asked: &[Order], seconds: std::ops::Range<i64>, product: u32) -> f64 {
    let inside = asked.iter().filter(|(at, ..)| seconds.contains(&at.0));
    inside.flat_map(|(_, _, lines)| lines).filter(|line| line.product.0 == product).count() as f64
}

#[track_caller]
fn assert_poisson(found: f64, mean: f64, what: &str) {
    assert!((found - mean).abs() <= 4.5 * mean.sqrt().max(1.0), "{what}: {found}, expected {mean}");
}

#[test]
fn a_product_is_asked_for_as_its_season_says_and_the_others_as_before() {
    let yearly = [0.0, 0.5, 1.0, 1.0, 1.0, 2.0, 3.0, 1.0, 1.0, 0.5, 0.25, 0.25];
    let text = shop(
        &format!(
            "lines_per_order = {{ geometric = {{ mean = 1.5 }} }}, shapes = [{{ product = \"b\", yearly = {yearly:?} }}, {{ group = \"milk\", weekly = [1, 1, 1, 1, 1, 2, 2] }}]"
        ),
        "",
    );
    // Orders of one line alone have exactly the mean of each product; of more lines they name a product once.
    for (text, lines_an_order) in [(text.replace("lines_per_order = { geometric = { mean = 1.5 } }, ", ""), 1.0)] {
        let asked = asked(&text);
        for (part, factor) in yearly.iter().enumerate() {
            let seconds = part as i64 * PART..(part as i64 + 1) * PART;
            let days = |weekend: bool| {
                let all = (0..).map(|day| day * DAY..(day + 1) * DAY).take(366);
                let is = |day: &std::ops::Range<i64>| (day.start / DAY % 7 >= 5) == weekend;
                let cut = |day: std::ops::Range<i64>| (day.end.min(seconds.end) - day.start.max(seconds.start)).max(0);
                all.filter(is).map(cut).sum::<i64>() as f64 / DAY as f64
            };
            let weighted = days(false) + 2.0 * days(true);
            let a_day = 40.0 * lines_an_order;
            assert_poisson(lines(&asked, seconds.clone(), 0), a_day * 0.5 * weighted, &format!("a in part {part}"));
            assert_poisson(
                lines(&asked, seconds.clone(), 1),
                a_day * 0.3 * weighted * factor,
                &format!("b in part {part}"),
            );
            assert_poisson(
                lines(&asked, seconds, 2),
                a_day * 0.2 * PART as f64 / DAY as f64,
                &format!("c in part {part}"),
            );
        }
    }
    // The same orders, to the line, whatever policies do, and in every run.
    assert_eq!(asked(&text), asked(&text));
    let several = asked(&text);
    let mean = several.iter().map(|(_, _, lines)| lines.len() as f64).sum::<f64>() / several.len() as f64;
    assert!((1.3..1.5).contains(&mean), "orders keep their lines, as far as there are products: {mean}");
    assert!(several.iter().all(|(_, _, lines)| OrderedLine::are_distinct(lines)));
}

#[test]
fn demand_grows_by_so_much_a_year() {
    let text = shop("shapes = [{ growth = 0.5 }, { product = \"c\", growth = -0.4 }]", "").replace("\"1y\"", "\"2y\"");
    let asked = asked(&text);
    for half in 0..4 {
        let days = half * 182..(half + 1) * 182;
        let mean = |growth: f64| days.clone().map(|day| growth.powf((day as f64 + 0.5) / 365.0)).sum::<f64>();
        let seconds = days.start * DAY..days.end * DAY;
        assert_poisson(lines(&asked, seconds.clone(), 0), 20.0 * mean(1.5), &format!("a in half {half}"));
        assert_poisson(lines(&asked, seconds, 2), 8.0 * mean(1.5 * 0.6), &format!("c in half {half}"));
    }
}

/// An interrupted Poisson process whose times on and off are exponential: with the mean rate m, the rate μ while it is on, and α and β
/// the rates of ending and beginning, a count over t has the mean m·t and the variance m·t + 2·μ²·αβ/(α + β)³·(t − (1 − e^−(α+β)t)/(α + β))
/// (Kuczura 1973; Fischer and Meier-Hellstern 1993).
#[test]
fn bursts_leave_the_mean_and_make_counts_vary_as_an_interrupted_poisson_process() {
    let (on, off, rate) = (4.0, 12.0, 2.0);
    let text = shop(
        "shapes = [{ product = \"c\", bursts = { every = { exponential = { mean = \"12d\" } }, lasts = { exponential = { mean = \"4d\" } } } }]",
        "",
    );
    let text = text.replace("orders_per_day = 40", "orders_per_day = 10").replace("\"1y\"", "\"30000d\"");
    let asked = asked(&text);
    let window = 10.0;
    let counts: Vec<f64> = {
        let mut counts = vec![0.0; 3_000];
        for (at, _, lines) in &asked {
            let c = lines.iter().filter(|line| line.product.0 == 2).count() as f64;
            counts[(at.0 / (10 * DAY)) as usize] += c;
        }
        counts
    };
    let n = counts.len() as f64;
    let mean = counts.iter().sum::<f64>() / n;
    let variance = counts.iter().map(|count| (count - mean) * (count - mean)).sum::<f64>() / (n - 1.0);
    let (alpha, beta): (f64, f64) = (1.0 / on, 1.0 / off);
    let while_on = rate * (on + off) / on;
    let both = alpha + beta;
    let exact = rate * window
        + 2.0 * while_on * while_on * alpha * beta / both.powi(3) * (window - (1.0 - (-both * window).exp()) / both);
    // Windows are correlated: the variance of the mean is that of the long run, and a fifth is room for that of the variance.
    let in_the_long_run = rate * window + 2.0 * while_on * while_on * alpha * beta / both.powi(3) * window;
    assert!((mean - rate * window).abs() < 4.5 * (in_the_long_run / n).sqrt(), "{mean}, expected {}", rate * window);
    assert!((variance / exact - 1.0).abs() < 0.15, "{variance}, expected {exact}");
    assert!(exact > 8.0 * rate * window, "far from Poisson");
    // The others are asked for as ever.
    assert_poisson(lines(&asked, 0..30_000 * DAY, 0), 5.0 * 30_000.0, "a");
    // In another replication bursts come at other times.
    let model = model(&text.replace("\"30000d\"", "\"200d\""));
    assert_ne!(asked_in(&model, 0), asked_in(&model, 1));
}

#[test]
fn batches_are_those_of_the_zone() {
    let text = shop("units_per_line = 2", "").replace(
        "{ id = \"west\", share = 1 }",
        "{ id = \"west\", share = 1, units_per_line = { empirical = { values = [6, 12, 24], weights = [1, 2, 1] } } }",
    );
    let asked = asked(&text);
    let of = |zone: u32| asked.iter().filter(move |(_, of, _)| of.0 == zone).flat_map(|(_, _, lines)| lines);
    assert!(of(0).all(|line| line.units == 2));
    let all = of(1).count() as f64;
    assert_poisson(all, 10.0 * 365.0, "lines of the west");
    for (units, share) in [(6, 0.25), (12, 0.5), (24, 0.25)] {
        let found = of(1).filter(|line| line.units == units).count() as f64;
        let spread = (all * share * (1.0 - share)).sqrt();
        assert!((found - all * share).abs() < 4.5 * spread, "{units}: {found} of {all}");
    }
}

#[test]
fn so_many_orders_are_a_basket_and_nothing_else() {
    let text = shop(
        "lines_per_order = 1, units_per_line = 1, baskets = [{ products = [\"c\", \"a\", \"b\"], share = 0.1 }, { products = [\"a\", \"b\"], share = 0.05 }]",
        "",
    );
    let asked = asked(&text);
    let all = 40.0 * 365.0;
    assert_poisson(asked.len() as f64, all, "orders");
    let count = |wanted: &[u32]| {
        let is = |(_, _, lines): &&Order| lines.iter().map(|line| line.product.0).eq(wanted.iter().copied());
        asked.iter().filter(is).count() as f64
    };
    assert_poisson(count(&[2, 0, 1]), 0.1 * all, "of three");
    assert_poisson(count(&[0, 1]), 0.05 * all, "of two");
    for (product, share) in [(0, 0.5), (1, 0.3), (2, 0.2)] {
        assert_poisson(count(&[product]), 0.85 * all * share, &format!("of product {product} alone"));
    }
    let known: f64 = count(&[2, 0, 1]) + count(&[0, 1]) + (0..3).map(|product| count(&[product])).sum::<f64>();
    assert_eq!(known as usize, asked.len(), "and of nothing else");
}

#[test]
fn an_event_multiplies_the_demand_of_its_days_with_their_season() {
    let yearly = "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 0]";
    let shapes = format!("shapes = [{{ product = \"c\", yearly = {yearly} }}]");
    let plain = asked(&shop(&shapes, ""));
    let event = "events = [{ from = \"305d\", to = \"325d\", product = \"c\", demand_factor = 2.0 }]";
    let more = asked(&shop(&shapes, event));
    let days = 305 * DAY..325 * DAY;
    // Days 305 to 325 are in the eleventh part: 8 a day four times, and again as many.
    assert_poisson(lines(&plain, days.clone(), 2), 8.0 * 4.0 * 20.0, "without");
    assert_poisson(lines(&more, days.clone(), 2) - lines(&plain, days.clone(), 2), 8.0 * 4.0 * 20.0, "on top");
    assert_eq!(lines(&more, days, 0), lines(&plain, 305 * DAY..325 * DAY, 0));
}

/// What is forecast is what comes, pair by pair, and the variance is that of what comes in a long time.
#[test]
fn forecasts_know_the_shape() {
    let text = shop(
        "shapes = [{ product = \"a\", yearly = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1, 1, 1] }, \
         { product = \"b\", bursts = { every = \"15d\", lasts = \"5d\" } }], baskets = [{ products = [\"a\", \"c\"], share = 0.2 }]",
        "vendors = [{ id = \"acme\", lead_time = \"5d\" }]\nreplenishment = { policy = \"base-stock\", target = { fill_rate = 0.9 } }\n",
    );
    let text = text
        .replace("substitutes", "vendor = \"acme\", substitutes")
        .replace("{ id = \"c\", ", "{ id = \"c\", vendor = \"acme\", ");
    let text = text.replace("{ id = \"west\", share = 1 }", "{ id = \"west\", share = 1, units_per_line = 3 }");
    let forecast: Vec<f64> = planned(&model(&text)).iter().map(|pair| pair.forecast_per_day).collect();
    // A line has 0.75 · 1 + 0.25 · 3 = 1.5 units; of 40 orders 32 are single lines and 8 the basket, whose share has the mean of the
    // factors of its two products, 0.75 and 1.
    let expected =
        [32.0 * 0.5 * 0.75 * 1.5 + 8.0 * 0.875 * 1.5, 32.0 * 0.3 * 1.5, 32.0 * 0.2 * 1.5 + 8.0 * 0.875 * 1.5];
    for (found, expected) in forecast.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-9, "{forecast:?}");
    }
    let asked = asked(&text.replace("\"1y\"", "\"4y\""));
    for (product, expected) in expected.into_iter().enumerate() {
        let all = asked.iter().flat_map(|(_, _, lines)| lines).filter(|line| line.product.index() == product);
        let units: f64 = all.map(|line| f64::from(line.units)).sum::<f64>() / (4.0 * 365.0);
        assert!((units / expected - 1.0).abs() < 0.05, "product {product}: {units}, expected {expected}");
    }
    // Levels for demand in bursts hold more: its lead-time demand varies far more than a Poisson count.
    let rows = planned(&model(&text));
    let ratio = |row: usize| {
        let (mean, sd) = (rows[row].lead_time_demand_mean.unwrap(), rows[row].lead_time_demand_sd.unwrap());
        sd * sd / mean
    };
    // Constant times on and off make as many days on in every twenty: nothing varies in the long run but the Poisson counts.
    assert!((ratio(1) - ratio(0)).abs() < 0.5, "{} and {}", ratio(1), ratio(0));
    let random = text.replace(
        "every = \"15d\", lasts = \"5d\"",
        "every = { exponential = { mean = \"15d\" } }, lasts = { exponential = { mean = \"5d\" } }",
    );
    let rows = planned(&model(&random));
    let (mean, sd) = (rows[1].lead_time_demand_mean.unwrap(), rows[1].lead_time_demand_sd.unwrap());
    // 14.4 a day, 57.6 while on: 57.6² · 2·5²·15²/20³ = 4,665.6 a day, times 5 days, and the counts: 14.4 · 5 · (0.75 + 0.25·9)/1.5.
    let exact = 57.6 * 57.6 * 2.0 * 25.0 * 225.0 / 8_000.0 * 5.0 + 5.0 * 9.6 * (0.75 + 0.25 * 9.0);
    assert!((mean - 72.0).abs() < 1e-6 && (sd * sd / exact - 1.0).abs() < 1e-6, "{mean} and {sd}");
}

#[test]
fn levels_follow_the_season_of_a_product() {
    let text = |follow: &str| {
        shop(
            "shapes = [{ product = \"b\", yearly = [0.2, 0.2, 0.2, 0.2, 0.5, 1, 2, 3, 2, 1, 0.5, 0.2] }]",
            &format!(
                "vendors = [{{ id = \"acme\", lead_time = \"9d\" }}]\nreplenishment = {{ policy = \"base-stock\", target = {{ fill_rate = 0.95 }}, follow = \"{follow}\" }}\n"
            ),
        )
        .replace("substitutes", "vendor = \"acme\", substitutes")
        .replace("{ id = \"c\", ", "{ id = \"c\", vendor = \"acme\", ")
    };
    let rows = planned(&model(&text("season")));
    let of = |product: usize| rows.iter().filter(move |row| row.product.index() == product);
    assert_eq!((of(0).count(), of(2).count()), (1, 1), "theirs know no season");
    assert!(of(1).count() > 10);
    let fill = |text: &str| {
        let results = replicate(&model(text), &Settings::default()).expect("it runs");
        results.estimate(Metric::UnitFillRate).expect("measured").mean
    };
    assert!(fill(&text("season")) > fill(&text("mean")) + 0.03);
}

#[test]
fn what_cannot_be_is_told_all_at_once() {
    let told = |demand: &str| {
        let wrong = scenario::load("shapes.toml", &shop(demand, ""), &NoFiles, &[]).expect_err("it is wrong");
        wrong.to_string()
    };
    let shapes = told(
        "shapes = [{ product = \"x\", growth = -1 }, { group = \"mlik\", yearly = [1] }, { product = \"a\", group = \"milk\" }, \
         { product = \"a\", bursts = { every = \"1s\", lasts = \"1s\" } }, { product = \"a\", bursts = { every = \"9d\", lasts = \"1d\" } }, \
         { group = \"milk\", bursts = { every = \"9d\", lasts = \"1d\" } }]",
    );
    for part in [
        "there is no product \"x\"",
        "`growth` must be above -1, not -1",
        "no product belongs to a group \"mlik\"",
        "`yearly` has 1 factors, not 12",
        "a row is about a `product` or a `group`, not both",
        "less than an hour together",
        "\"a\" has `bursts` in two rows",
    ] {
        assert!(shapes.contains(part), "{part}: {shapes}");
    }
    let baskets = told(
        "baskets = [{ products = [\"a\"], share = 0.6 }, { products = [\"a\", \"a\"], share = 0.6 }, { products = [\"a\", \"x\"], share = 2 }]",
    );
    for part in [
        "`products` names 1, and a basket is of two or more",
        "\"a\" stands twice in a basket",
        "there is no product \"x\"",
        "`share` must be",
    ] {
        assert!(baskets.contains(part), "{part}: {baskets}");
    }
    let sum =
        told("baskets = [{ products = [\"a\", \"b\"], share = 0.6 }, { products = [\"b\", \"c\"], share = 0.6 }]");
    assert!(sum.contains("the shares of all baskets sum to 1.2"), "{sum}");
}
