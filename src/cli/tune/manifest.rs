//! What a tuning is made of: everything that its bytes depend on, in writing, at the head of its journal.

use serde::{Deserialize, Serialize};

use super::args::{ESTIMATED, TuneArgs};
use super::settings::Tuning;
use crate::cli::sweep::{FileDigest, Head, Manifest as Swept, of_files};
use crate::domain::Span;
use crate::domain::settings::{Procedure, Words};

/// Everything that a tuning's bytes depend on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// The version of the program.
    backorder: String,
    /// The scenario file and the files beside it.
    files: Vec<FileDigest>,
    /// Settings that hold for all alternatives.
    set: Vec<String>,
    /// What may be decided: keys and values.
    vary: Vec<(String, Vec<String>)>,
    /// What is optimised, and which way.
    objective: (String, Way),
    /// What must hold.
    require: Vec<String>,
    /// The budget as it was asked for.
    budget: Option<String>,
    /// The difference that matters, where it was asked for.
    delta: Option<f64>,
    /// How sure the choice is to be.
    confidence: Option<f64>,
    /// How one of the finalists is chosen.
    selection: String,
    /// Replications of each estimate.
    replications: u32,
    /// The seed.
    seed: u64,
    /// What was found before anything was searched for.
    pub(super) found: Option<Found>,
}

/// Which way the objective goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Way {
    Minimise,
    Maximise,
}

/// What is found before anything is searched for; the time that it takes is no figure to find twice.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Found {
    /// The warm-up, in seconds.
    pub(super) warm_up: i64,
    /// The budget in replications.
    pub(super) budget: u64,
    /// The difference that matters; levels of every product have none.
    pub(super) delta: Option<f64>,
}

impl Found {
    /// The warm-up.
    pub(super) fn warm_up(self) -> Span {
        Span(self.warm_up)
    }
}

impl Manifest {
    /// That of a tuning of which nothing is found yet.
    pub(super) fn new(tuning: &Tuning, args: &TuneArgs) -> Self {
        let source = |source: crate::report::InputFile| FileDigest { name: source.name, sha256: source.sha256 };
        let values = |axis: &crate::scenario::Axis| axis.values.iter().map(|value| value.name.clone()).collect();
        Self {
            backorder: Swept::version(),
            files: tuning.reader.sources().into_iter().map(source).collect(),
            set: tuning.set.iter().map(|setting| setting.change.to_string()).collect(),
            vary: tuning.axes.iter().map(|axis| (axis.key.clone(), values(axis))).collect(),
            objective: (
                tuning.objective.name().to_string(),
                if tuning.maximise { Way::Maximise } else { Way::Minimise },
            ),
            require: tuning.conditions.iter().map(|(gate, _)| gate.text.clone()).collect(),
            budget: args.budget.map(|budget| budget.to_string()),
            delta: args.delta,
            confidence: args.confidence,
            selection: args.selection.unwrap_or(Procedure::KimNelson).word().to_string(),
            replications: args.replications.unwrap_or(ESTIMATED),
            seed: tuning.today.run.seed,
            found: None,
        }
    }
}

/// Values as a message has them: of many the first and the last.
fn few(values: &[String]) -> String {
    match values {
        [first, second, .., last] if values.len() > 8 => format!("{first},{second},…,{last} ({} values)", values.len()),
        _ => values.join(","),
    }
}

impl Head for Manifest {
    const STUDY: &'static str = "a tuning";

    fn changes(&self, now: &Self) -> Vec<String> {
        fn json(value: &impl Serialize) -> String {
            serde_json::to_string(value).expect("it has a JSON form")
        }
        let mut changes = Vec::new();
        let mut differs = |what: &str, before: String, after: String| {
            if before != after {
                changes.push(format!("{what} was {before}, and is {after}"));
            }
        };
        differs("the program's version", self.backorder.clone(), now.backorder.clone());
        differs("the seed", self.seed.to_string(), now.seed.to_string());
        differs("the list of settings for all alternatives", json(&self.set), json(&now.set));
        let keys = |all: &Self| {
            let keys: Vec<&str> = all.vary.iter().map(|(key, _)| key.as_str()).collect();
            if keys.is_empty() { "the levels of every product".to_string() } else { keys.join(", ") }
        };
        differs("what may be decided", keys(self), keys(now));
        for (key, values) in &self.vary {
            if let Some((_, others)) = now.vary.iter().find(|(known, _)| known == key) {
                // Two lists may differ in the middle alone.
                let is_told = few(values) != few(others);
                let shown = |all: &[String]| if is_told { few(all) } else { all.join(",") };
                differs(&format!("the list of values of {key}"), shown(values), shown(others));
            }
        }
        differs("the objective", json(&self.objective), json(&now.objective));
        differs("what must hold", json(&self.require), json(&now.require));
        let default = || "left out".to_string();
        let told = |budget: &Option<String>| budget.clone().unwrap_or_else(default);
        differs("the budget", told(&self.budget), told(&now.budget));
        let told = |figure: Option<f64>| figure.map_or_else(default, |figure| figure.to_string());
        differs("the difference that matters", told(self.delta), told(now.delta));
        differs("the confidence", told(self.confidence), told(now.confidence));
        differs("the procedure of selection", self.selection.clone(), now.selection.clone());
        differs("the number of replications of estimates", self.replications.to_string(), now.replications.to_string());
        differs("what was found at first", json(&self.found), json(&now.found));
        changes.extend(of_files(&self.files, &now.files));
        changes
    }
}
