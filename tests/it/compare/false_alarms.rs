//! No difference is called where there is none: base stock with constant and with exponential lead times of one mean has
//! equal means of all that counts units (Palm's theorem), though no two waits agree.

use backorder::experiment::{Judging, Settings, Standing, compare};
use backorder::measures::Metric;

use super::{contender, long, theory};

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
    let judging = Judging { metrics: EQUAL.to_vec(), zones: Vec::new() };
    let mut contenders = ["palm-constant", "palm-exponential"].map(|name| contender(name, theory(name, 300, 10)));
    let mut alarms = Vec::new();
    for seed in 0..seeds {
        contenders[0].model.run.seed = seed as u64;
        let found = compare(&contenders, &Settings::default(), &judging, &[], &|_, _| ()).expect("it runs");
        let called: Vec<&str> = found.contrasts[0]
            .iter()
            .filter(|difference| {
                let standing = difference.judged.map(|judged| judged.standing);
                matches!(
                    standing,
                    Some(Standing::Better | Standing::Worse | Standing::Higher | Standing::Lower | Standing::Same)
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
