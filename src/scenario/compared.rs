//! What the scenarios of a comparison are called, and which settings each is read with: the same on a command line and on a page
//! that asks "what if".

use super::input::{Override, Setting};

/// A scenario of a comparison, still to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What it is called: as it was named, else by what it changes, else as its file without the ending.
    pub name: String,
    /// What it changes, in the words of the command line; empty for a file as it is.
    pub changes: String,
    /// All its settings, in the order in which they are applied, each with where it was written.
    pub settings: Vec<Setting>,
}

/// The settings that all scenarios of a comparison share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Those that are applied first.
    pub set: Vec<Setting>,
    /// Those that are applied last; see [`shorthands`].
    pub shorthands: Vec<Setting>,
}

impl Shared {
    /// A scenario of the file `stem`: `before` are the settings of the scenario that it is made of, `own` those that it changes.
    pub fn scenario(&self, stem: &str, before: &[Setting], own: &[Setting], name: Option<&str>) -> Compared {
        let changes = own.iter().map(|setting| setting.change.to_string()).collect::<Vec<_>>().join(", ");
        let by_itself = || if changes.is_empty() { stem.to_string() } else { changes.clone() };
        let name = name.map_or_else(by_itself, str::to_string);
        let settings = self.set.iter().chain(before).chain(own).chain(&self.shorthands).cloned().collect();
        Compared { name, changes, settings }
    }
}

/// Whether a setting can make no second scenario of a first: how long and how often to look is no difference between scenarios.
pub fn holds_for_all(change: &Override) -> bool {
    change.path.starts_with("run.")
}

/// Changes, each with the option that it was written with.
pub fn written_with(option: &str, changes: &[Override]) -> Vec<Setting> {
    changes.iter().map(|change| Setting { change: change.clone(), option: option.to_string() }).collect()
}

/// What the options for single keys of `[run]` change: `--seed`, `--replications`, `--replan`.
pub fn shorthands(seed: Option<u64>, replications: Option<u32>, replan: bool) -> Vec<Setting> {
    let of = |key: &str, value: Option<String>| {
        let change = Override { path: format!("run.{key}"), value: value? };
        Some(Setting { change, option: format!("--{key}") })
    };
    let seed = of("seed", seed.map(|seed| seed.to_string()));
    let replications = of("replications", replications.map(|count| count.to_string()));
    seed.into_iter().chain(replications).chain(of("replan", replan.then(|| "true".to_string()))).collect()
}
