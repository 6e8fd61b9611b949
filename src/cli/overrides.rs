//! Changes to a scenario by options of their own: `--seed`, `--replications`, `--replan`.

use crate::scenario::{Override, Setting};

/// What the options for single keys of `[run]` change.
pub(super) fn shorthands(seed: Option<u64>, replications: Option<u32>, replan: bool) -> Vec<Setting> {
    let of = |key: &str, value: Option<String>| {
        let change = Override { path: format!("run.{key}"), value: value? };
        Some(Setting { change, option: format!("--{key}") })
    };
    let seed = of("seed", seed.map(|seed| seed.to_string()));
    let replications = of("replications", replications.map(|count| count.to_string()));
    seed.into_iter().chain(replications).chain(of("replan", replan.then(|| "true".to_string()))).collect()
}
