//! Changes to a scenario as the command line writes them: `--set path.to.key=value`, and the options for single keys.

use crate::scenario::{Override, Setting};

/// Reads `path.to.key=value`.
pub(super) fn parse_override(text: &str) -> Result<Override, String> {
    match text.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() => {
            Ok(Override { path: path.trim().to_string(), value: value.trim().to_string() })
        }
        _ => Err("a setting and its value are written with an equals sign between them: run.seed=7".to_string()),
    }
}

/// What the options for single keys of `[run]` change.
pub(super) fn shorthands(seed: Option<u64>, replications: Option<u32>) -> Vec<Setting> {
    let of = |key: &str, value: Option<String>| {
        let change = Override { path: format!("run.{key}"), value: value? };
        Some(Setting { change, option: format!("--{key}") })
    };
    let seed = of("seed", seed.map(|seed| seed.to_string()));
    seed.into_iter().chain(of("replications", replications.map(|count| count.to_string()))).collect()
}
