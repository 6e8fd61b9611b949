//! No difference is called where there is none: base stock with constant and with exponential lead times of one mean has
//! equal means of all that counts units (Palm's theorem), though no two waits agree.

use backorder::experiment::{Conclusion, Judging, Settings, compare};
use backorder::measures::Metric;

use super::{alternative, long, sow, theory, with_level};

/// Measures whose means the distribution of the lead time does not touch. Waits have one mean by Little's law.
const EQUAL: [Metric; 8] = [
    Metric::UnitFillRate,
    Metric::OrderFillRate,
    Metric::ReadyRate,
    Metric::BackorderWaitDaysMean,
    Metric::BackordersMeanUnits,
    Metric::ShipDaysMean,
    Metric::OnHandMeanUnits,
    Metric::OnOrderMeanUnits,
];

#[test]
fn equal_means_are_called_different_in_at_most_one_seed_of_twenty() {
    let seeds: usize = if long() { 2_000 } else { 40 };
    // On order is exactly λL on average for both, but higher and lower are no worse and better; the rest have a side.
    let judging = Judging { metrics: EQUAL.to_vec(), indifference: Vec::new() };
    let mut alternatives = ["palm-constant", "palm-exponential"].map(|name| alternative(name, &theory(name, 300, 10)));
    let mut alarms = Vec::new();
    for seed in 0..seeds {
        sow(&mut alternatives, seed as u64);
        let found = compare(&alternatives, &Settings::default(), &judging, &[]).expect("it runs");
        let called: Vec<&str> = found.contrasts[0]
            .iter()
            .filter(|difference| {
                let conclusion = difference.judged.map(|judged| judged.conclusion);
                matches!(
                    conclusion,
                    Some(
                        Conclusion::Better
                            | Conclusion::Worse
                            | Conclusion::Higher
                            | Conclusion::Lower
                            | Conclusion::Same
                    )
                )
            })
            .map(|difference| difference.metric.name())
            .collect();
        if !called.is_empty() {
            alarms.push((seed, called));
        }
    }
    // The first two hundred are the claim; all of them say how far it is from chance.
    for first in [seeds.min(200), seeds] {
        let called: Vec<_> = alarms.iter().filter(|(seed, _)| *seed < first).collect();
        println!("{} of {first} seeds call a difference", called.len());
        assert!(called.len() * 20 <= first, "{} of {first}: {called:?}", called.len());
    }
}

/// Where hardly a replication has a backorder, hardly one says anything of the wait: with a level of 9 above 3 units on
/// order, two or three of fifty replications of twenty days do. With the silent ones counted as if they agreed, 15 of the
/// 35 seeds that have a wait on both sides call a difference. One in ten allows for what the delta method costs on a
/// handful of unequal replications, also where all of them speak: at ten, 7 to 8 % instead of 5.
#[test]
fn rare_waits_are_called_different_no_more_often() {
    let seeds = if long() { 400 } else { 40 };
    let judging = Judging { metrics: vec![Metric::BackorderWaitDaysMean], indifference: Vec::new() };
    let others = [(7, 10), (7, 20), (8, 50), (9, 100), (9, 200), (10, 200)];
    for (level, replications) in [(9, 50)].into_iter().chain(others.into_iter().filter(|_| long())) {
        let mut alternatives = ["palm-constant", "palm-exponential"]
            .map(|name| alternative(name, &with_level(theory(name, 20, replications), level)));
        let (mut occasions, mut called) = (0, 0);
        for seed in 0..seeds {
            sow(&mut alternatives, seed);
            let found = compare(&alternatives, &Settings::default(), &judging, &[]).expect("it runs");
            let wait = found.contrasts[0][Metric::BackorderWaitDaysMean.index()];
            occasions += u64::from(wait.estimate.is_some());
            let conclusion = wait.judged.expect("it is judged").conclusion;
            called += u64::from(matches!(conclusion, Conclusion::Better | Conclusion::Worse | Conclusion::Same));
            // (a − b)² ≤ 2(a² + b²), so nothing leaves more than twice the variance of independent runs.
            assert!(wait.variance_ratio.is_none_or(|ratio| ratio <= 2.0), "seed {seed}: {wait:?}");
        }
        println!("level {level}, {replications} replications: {called} of {occasions} seeds call a difference");
        assert!(called * 10 <= occasions, "level {level}, {replications} replications: {called} of {occasions}");
    }
}
