//! Every distribution, drawn from fixed streams.

use std::collections::BTreeSet;

use backorder::domain::Distribution;
use backorder::random::{CountSampler, Purpose, Sampler, Stream};
use backorder::scenario;

use super::{check, hash};

const DRAWS: u64 = 2_000;

const MEANING: &str = "A distribution's draws are not the ones they were: with the same seed every scenario that uses it now \
    gives other numbers. That happens when a sampler of `src/random` changes, when `rand_distr` does, or when another \
    library of mathematical functions is linked.";

/// Each distribution under the name it has in a scenario, in its several regimes.
fn cases() -> Vec<(&'static str, Distribution)> {
    use Distribution as D;
    vec![
        ("deterministic", D::Constant(3.0)),
        ("exponential", D::Exponential { mean: 86_400.0 }),
        ("gamma", D::Gamma { mean: 518_400.0, cv: 0.5 }),
        ("gamma cv=2", D::Gamma { mean: 518_400.0, cv: 2.0 }),
        ("lognormal", D::Lognormal { mean: 518_400.0, cv: 0.8 }),
        ("weibull", D::Weibull { mean: 518_400.0, cv: 0.6 }),
        ("weibull cv=1.5", D::Weibull { mean: 518_400.0, cv: 1.5 }),
        ("uniform", D::Uniform { min: 1.0, max: 9.0 }),
        ("triangular", D::Triangular { min: 1.0, mode: 2.0, max: 6.0 }),
        ("normal", D::Normal { mean: 10.0, sd: 4.0 }),
        ("normal mean=-2", D::Normal { mean: -2.0, sd: 1.0 }),
        ("poisson", D::Poisson { mean: 2.5 }),
        ("poisson mean=80", D::Poisson { mean: 80.0 }),
        ("geometric", D::Geometric { mean: 2.2 }),
        ("geometric mean=30", D::Geometric { mean: 30.0 }),
        ("empirical", D::Empirical { values: vec![1.0, 2.0, 5.0], weights: vec![5.0, 3.0, 2.0] }),
    ]
}

/// A stream for each draw, as in the engine.
fn streams() -> impl Iterator<Item = Stream> {
    (0..DRAWS).map(|entity| Stream::new(7, 3, Purpose::LeadTime, entity))
}

#[test]
fn every_distribution_draws_what_it_drew() {
    let mut hashes = Vec::new();
    for (name, distribution) in cases() {
        let number = Sampler::continuous(&distribution);
        let bits = streams().flat_map(|mut stream| number.draw(&mut stream).to_bits().to_le_bytes());
        hashes.push((name.to_string(), hash(bits)));
        let count = CountSampler::new(&distribution, 1_000_000);
        let units = streams().flat_map(|mut stream| count.draw(&mut stream).to_le_bytes());
        hashes.push((format!("{name}, as a count"), hash(units)));
    }
    check("distributions.txt", &hashes, MEANING);
}

#[test]
fn no_distribution_of_the_format_is_left_out() {
    let schema = scenario::json_schema();
    let mut in_format = BTreeSet::new();
    for kind in schema["definitions"]["DurationDistribution"]["anyOf"].as_array().expect("a constant, or a table") {
        in_format.extend(kind["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str()));
    }
    let here: BTreeSet<&str> = cases().iter().map(|(name, _)| name.split(' ').next().unwrap_or(name)).collect();
    assert_eq!(here, in_format);
}
