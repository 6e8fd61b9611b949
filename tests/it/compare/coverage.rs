//! Coverage: over many seeds, 95 % intervals hold the exact value about 95 times in a hundred, also where the number of
//! replications was chosen by looking, and of paired differences.
//!
//! Base stock with exponential lead times (Palm): units on order are Poisson with mean λL = 3.

use std::ops::RangeInclusive;

use backorder::experiment::{Judging, Settings, compare, replicate};
use backorder::measures::Metric;
use backorder::stats::Estimate;

use super::{alternative, long, model, sow, theory, with_level};

/// What the share of intervals that hold the exact value must be: of many seeds, and of few.
const LONG: RangeInclusive<f64> = 0.925..=0.97;
const SHORT: RangeInclusive<f64> = 0.87..=1.0;
/// Stopping as soon as the interval is narrow favours samples that happen to spread little; a few looks cost a few percent.
const SEQUENTIAL: RangeInclusive<f64> = 0.90..=0.97;

/// P(N ≤ n) of a Poisson with mean 3.
fn poisson(n: i32) -> f64 {
    let mut term = (-3f64).exp();
    let mut sum = 0.0;
    for k in 0..=n {
        sum += term;
        term *= 3.0 / f64::from(k + 1);
    }
    sum
}

/// Counts how often an interval holds the exact value.
struct Count {
    what: &'static str,
    exact: f64,
    held: u32,
    of: u32,
}

impl Count {
    fn new(what: &'static str, exact: f64) -> Self {
        Self { what, exact, held: 0, of: 0 }
    }

    fn add(&mut self, estimate: Option<&Estimate>) {
        let (low, high) = estimate.and_then(Estimate::interval).expect("there is an interval");
        self.held += u32::from((low..=high).contains(&self.exact));
        self.of += 1;
    }

    fn judge(&self, allowed: &RangeInclusive<f64>) {
        let share = f64::from(self.held) / f64::from(self.of);
        println!(
            "{}: {} of {} intervals hold {:.6} ({:.1} %)",
            self.what,
            self.held,
            self.of,
            self.exact,
            100.0 * share
        );
        assert!(allowed.contains(&share), "{}: {} of {}", self.what, self.held, self.of);
    }
}

#[test]
fn paired_intervals_hold_the_exact_difference() {
    let (seeds, days) = if long() { (2_000, 200) } else { (40, 100) };
    // One more unit of base stock: P(N ≤ 4) − P(N ≤ 3) more is filled, and E[(5−N)⁺] − E[(4−N)⁺] = P(N ≤ 4) more held.
    let mut fill = Count::new("paired difference, unit_fill_rate", poisson(4) - poisson(3));
    let mut held = Count::new("paired difference, on_hand_mean_units", poisson(4));
    let base = theory("palm-exponential", days, 10);
    let mut alternatives = [alternative("4", &with_level(base.clone(), 4)), alternative("5", &with_level(base, 5))];
    for seed in 0..seeds {
        sow(&mut alternatives, seed);
        let found = compare(&alternatives, &Settings::default(), &Judging::default(), &[]).expect("it runs");
        for (count, metric) in [(&mut fill, Metric::UnitFillRate), (&mut held, Metric::OnHandMeanUnits)] {
            count.add(found.contrasts[0][metric.index()].estimate.as_ref());
        }
    }
    for count in [fill, held] {
        count.judge(if long() { &LONG } else { &SHORT });
    }
}

/// Replications until the fill rate's interval is so narrow.
fn aim(how: &str) -> String {
    format!("{{ min = 10, max = 500, {how}, of = \"unit_fill_rate\" }}")
}

#[test]
fn sequential_intervals_hold_the_exact_value() {
    let (seeds, wanted) = if long() { (2_000, 0.015) } else { (30, 0.025) };
    let mut absolute = Count::new("sequential, absolute", poisson(4));
    let mut relative = Count::new("sequential, relative", poisson(4));
    let scenario = theory("palm-exponential", 100, 10);
    let until = |how: String| scenario.clone().set("run.replications", aim(&how));
    let [in_units, in_share] =
        [until(format!("half_width = {wanted}")), until(format!("relative_half_width = {}", wanted / poisson(4)))]
            .map(|scenario| model(&scenario));
    let mut taken = 0;
    for seed in 0..seeds {
        for (count, model) in [(&mut absolute, &in_units), (&mut relative, &in_share)] {
            let model = model.clone().with_seed(seed);
            let results = replicate(&model, &Settings::default()).expect("it runs");
            assert!(results.precision.expect("it was aimed at").decided());
            taken += results.replications();
            count.add(results.estimate(Metric::UnitFillRate));
        }
    }
    println!("{:.1} replications on average", taken as f64 / (2 * seeds) as f64);
    for count in [absolute, relative] {
        count.judge(if long() { &SEQUENTIAL } else { &SHORT });
    }
}

#[test]
fn intervals_of_differences_hold_the_exact_one_after_sequential_stopping() {
    let (seeds, wanted) = if long() { (2_000, 0.008) } else { (20, 0.015) };
    let mut count = Count::new("sequential, paired difference", poisson(4) - poisson(3));
    let judging = Judging { metrics: vec![Metric::UnitFillRate], indifference: Vec::new() };
    let base = theory("palm-exponential", 100, 10).set("run.replications", aim(&format!("half_width = {wanted}")));
    let mut alternatives = [alternative("4", &with_level(base.clone(), 4)), alternative("5", &with_level(base, 5))];
    let mut taken = 0;
    for seed in 0..seeds {
        sow(&mut alternatives, seed);
        let found = compare(&alternatives, &Settings::default(), &judging, &[]).expect("it runs");
        assert!(found.precision.expect("it was aimed at").decided());
        taken += found.replications;
        count.add(found.contrasts[0][Metric::UnitFillRate.index()].estimate.as_ref());
    }
    println!("{:.1} replications on average", taken as f64 / seeds as f64);
    count.judge(if long() { &SEQUENTIAL } else { &SHORT });
}

#[test]
fn intervals_narrowed_by_control_variates_still_hold_the_exact_value() {
    let seeds = if long() { 2_000 } else { 40 };
    let mut count = Count::new("control variates, on_order_mean_units", 3.0);
    let mut gain = 0.0;
    let model = model(&theory("palm-exponential", 100, 30));
    for seed in 0..seeds {
        let results = replicate(&model.clone().with_seed(seed), &Settings::default()).expect("it runs");
        // Units on order are demand times lead time: the controls pay, every time.
        let controlled = results.controlled[Metric::OnOrderMeanUnits.index()].expect("they pay here");
        gain += 1.0 / controlled.variance_ratio;
        let estimate = *results.estimate(Metric::OnOrderMeanUnits).expect("it is measured");
        let (mean, half_width) = (controlled.mean, Some(controlled.half_width));
        count.add(Some(&Estimate { mean, half_width, ..estimate }));
    }
    println!("as good as {:.1} times the replications", gain / seeds as f64);
    assert!(gain / seeds as f64 > 2.0);
    count.judge(if long() { &LONG } else { &SHORT });
}
