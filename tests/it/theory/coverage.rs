//! Coverage: over many seeds, the 95 % intervals hold the exact value about 95 times in a hundred.
//!
//! Base stock with an exponential lead time, ten replications of 400 days: short enough for a thousand experiments, and long
//! enough that what is still open at the end does not matter.

use backorder::experiment::{Settings, replicate};
use backorder::measures::Metric;

use super::cases;

/// What the share of intervals that hold the exact value must be.
const COVERAGE: std::ops::RangeInclusive<f64> = 0.925..=0.97;

#[test]
fn intervals_hold_the_exact_value_as_often_as_they_say() {
    let seeds = if super::long() { 4_000 } else { 400 };
    let palm = cases::all_cases().into_iter().find(|case| case.id == "palm").expect("there is such a case");
    let shorter = [("run.horizon", "400d"), ("run.warm_up", "40d"), ("run.replications", "10")];
    let model = cases::load_with("palm-exponential", &shorter);
    // A mean of the replications, and a ratio of two means.
    let metrics = ["on_hand_mean_units", "unit_fill_rate"];
    let exact =
        metrics.map(|name| palm.values.iter().find(|value| value.metric.name() == name).expect("it is known").exact);
    let mut held = [0_u32; 2];
    for seed in 0..seeds {
        let results = replicate(&model.clone().with_seed(seed), &Settings::default()).expect("the scenario runs");
        for ((held, name), exact) in held.iter_mut().zip(metrics).zip(exact) {
            let metric = Metric::from_name(name).expect("there is such a measure");
            let (low, high) = results.estimate(metric).and_then(|it| it.interval()).expect("there is an interval");
            *held += u32::from(low <= exact && exact <= high);
        }
    }
    for (name, held) in metrics.iter().zip(held) {
        let share = f64::from(held) / seeds as f64;
        println!("{name}: {held} of {seeds} intervals hold the exact value ({:.1} %)", 100.0 * share);
        assert!(COVERAGE.contains(&share), "{name}: {held} of {seeds}");
    }
}
