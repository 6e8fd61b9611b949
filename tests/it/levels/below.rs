//! Reorder points below 0: nothing is ordered before so many customers wait.

use crate::support::replay::{NoFiles, load};
use backorder::experiment::{Results, Settings, replicate};
use backorder::measures::Metric;

const SHOP: &str = concat!(
    one_warehouse!(),
    r#"
[[products]]
id = "whey"
vendor = "acme"

[rules]
cancellation = { after = "never" }
split = { ship_available = 1.0 }
"#
);

fn results(text: &str) -> Results {
    replicate(&load("below.toml", &format!("{text}{SHOP}"), &NoFiles), &Settings::default()).expect("the scenario runs")
}

#[track_caller]
fn mean(results: &Results, metric: Metric) -> f64 {
    results.estimate(metric).expect("it is measured").mean
}

/// The economic order quantity with planned backorders (Hadley and Whitin 1963, §2-7), one unit asked for a day, delivered at
/// once, five an order. After an order that was placed when n wait there are 5 − n on hand, so that in the five days of a cycle
/// (5 − n)(6 − n)/2 unit-days lie there and n(n − 1)/2 are waited. Where a day of waiting costs as much as a day of lying there,
/// the least of both is at n = 3: 3 + 3 of five days.
#[test]
fn planned_backorders_are_those_of_the_textbook() {
    let orders: String = (1..=160)
        .map(|day| format!("{{ at = \"{day}d\", zone = \"home\", lines = [{{ product = \"whey\" }}] }},\n"))
        .collect();
    let at = |waiting: i32| {
        results(&format!(
            "run = {{ warm_up = \"20d\", horizon = \"100d\", run_out = \"20d\", replications = 1 }}
             vendors = [{{ id = \"acme\", lead_time = \"0s\" }}]
             replenishment = {{ policy = \"r-Q\", reorder_point = {}, quantity = 5 }}
             orders = [\n{orders}]",
            -waiting
        ))
    };
    let mut cost = Vec::new();
    for waiting in 1..=5 {
        let found = at(waiting);
        let n = f64::from(waiting);
        let (on_hand, backorders) = ((5.0 - n) * (6.0 - n) / 2.0 / 5.0, n * (n - 1.0) / 2.0 / 5.0);
        assert!((mean(&found, Metric::OnHandMeanUnits) - on_hand).abs() < 1e-9, "{waiting}: on hand");
        assert!((mean(&found, Metric::BackordersMeanUnits) - backorders).abs() < 1e-9, "{waiting}: backorders");
        assert!((mean(&found, Metric::UnitFillRate) - (5.0 - n) / 5.0).abs() < 1e-9, "{waiting}: fill");
        cost.push(on_hand + backorders);
    }
    let least = cost.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).map(|(index, _)| index + 1);
    assert_eq!((least, cost[2]), (Some(3), 1.2), "{cost:?}");
}

/// (r, Q) with r = −4 and Q = 6, 3 expected in a lead time: the position is each of −3 … 2 equally often (Zipkin 2000, §6.2).
#[test]
fn a_reorder_point_below_zero_agrees_with_theory() {
    let found = results(
        "run = { warm_up = \"100d\", horizon = \"1000d\", run_out = \"60d\", replications = 40, seed = 5 }
         vendors = [{ id = \"acme\", lead_time = \"2d\" }]
         demand = { orders_per_day = 1.5 }
         replenishment = { policy = \"r-Q\", reorder_point = -4, quantity = 6 }",
    );
    let probability = |x: i32| (0..x).fold((-3.0_f64).exp(), |p, k| p * 3.0 / f64::from(k + 1));
    let on_hand = |y: i32| (0..y.max(0)).map(|x| f64::from(y - x) * probability(x)).sum::<f64>();
    let all = || (-3..=2).map(|y| (y, 1.0 / 6.0));
    let exact_on_hand: f64 = all().map(|(y, share)| share * on_hand(y)).sum();
    let exact_backorders: f64 = all().map(|(y, share)| share * (3.0 - f64::from(y) + on_hand(y))).sum();
    let exact_fill: f64 = all().map(|(y, share)| share * (0..y.max(0)).map(probability).sum::<f64>()).sum();
    for (metric, exact) in [
        (Metric::OnHandMeanUnits, exact_on_hand),
        (Metric::BackordersMeanUnits, exact_backorders),
        (Metric::UnitFillRate, exact_fill),
    ] {
        let estimate = found.estimate(metric).expect("it is measured");
        let half_width = estimate.half_width.expect("there is an interval");
        // Four standard errors are about two half-widths.
        assert!((estimate.mean - exact).abs() < 2.0 * half_width, "{metric:?}: {} and {exact}", estimate.mean);
        assert!(half_width < 0.08 * exact, "{metric:?}: ± {half_width} tells little of {exact}");
    }
}
