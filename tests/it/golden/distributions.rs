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
        ("exponential", D::exponential(86_400.0)),
        ("gamma", D::gamma(518_400.0, 0.5)),
        ("gamma cv=2", D::gamma(518_400.0, 2.0)),
        ("lognormal", D::lognormal(518_400.0, 0.8)),
        ("weibull", D::weibull(518_400.0, 0.6)),
        ("weibull cv=1.5", D::weibull(518_400.0, 1.5)),
        ("uniform", D::uniform(1.0, 9.0)),
        ("triangular", D::triangular(1.0, 2.0, 6.0)),
        ("normal", D::normal(10.0, 4.0)),
        ("normal mean=-2", D::normal(-2.0, 1.0)),
        ("poisson", D::poisson(2.5)),
        ("poisson mean=80", D::poisson(80.0)),
        ("geometric", D::geometric(2.2)),
        ("geometric mean=30", D::geometric(30.0)),
        ("empirical", D::empirical(vec![1.0, 2.0, 5.0], vec![5.0, 3.0, 2.0])),
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
