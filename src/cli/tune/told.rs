//! What goes into a tuning, in words.

use super::args::TuneArgs;
use super::groups::Group;
use super::settings::Tuning;
use crate::cli::asked;
use crate::cli::options::{FileArgs, ScenarioArgs};
use crate::cli::reproduce;
use crate::cli::shell;
use crate::cli::sweep::in_words;
use crate::domain::Model;
use crate::domain::phrase::{grouped, in_currency, percent, plural};
use crate::domain::settings::Words;
use crate::experiment::tune::{Bound, Effort, Procedure};
use crate::experiment::{Gate, planned};
use crate::report::{
    InWords, Looked, Origin, VariedInputs, condition_words, measure_words, named_difference, values_in_words,
    values_looked_at, varied_inputs,
};

impl Tuning {
    /// What goes in: what may be decided and what that changes, what stays, the files that were read. `asked` are the options of
    /// the command line, `effort` what was spent on settings, else on levels of every product `budget` replications.
    pub(super) fn told(&self, asked: &TuneArgs, effort: Result<Effort, u64>) -> VariedInputs {
        let of = |model: &Model| InWords::of(model, &planned(model));
        let today = of(&self.today);
        let spoken = in_words(&self.axes);
        let looked = self.axes.iter().enumerate().map(|(number, axis)| {
            let names: Vec<&str> = axis.values.iter().map(|value| value.name.as_str()).collect();
            let is_range = axis.positions().is_some();
            let group = self.groups.iter().find(|group| group.axis == number);
            // Some products' levels are told as a whole in the tables.
            let at = values_looked_at(names.len(), is_range).into_iter().filter_map(|value| {
                let loaded = self.by_itself(axis, value).filter(|_| group.is_none())?;
                Some((names[value].to_string(), of(&loaded.model)))
            });
            let products =
                group.map_or_else(String::new, |group| format!("; {}", plural(Group::count(group), "product")));
            Looked {
                label: Some(spoken[number].label.clone()).filter(|label| *label != axis.key),
                key: axis.key.clone(),
                values: values_in_words(&names, is_range) + &products,
                at: at.collect(),
            }
        });
        let origin = Origin {
            version: env!("CARGO_PKG_VERSION").to_string(),
            command: shell::line(&asked.there().words()),
            sources: self.reader.sources(),
            next: Vec::new(),
        };
        varied_inputs(origin, false, self.asked(effort), (Some(&today), &today), looked.collect())
    }

    /// What is asked: what is sought, what must hold, by how much effort.
    fn asked(&self, effort: Result<Effort, u64>) -> Vec<(String, String)> {
        let currency = self.today.costs.currency.as_ref().map(|currency| currency.0.as_str());
        let goal = if self.maximise { "Maximised" } else { "Minimised" };
        let mut rows = vec![(goal, measure_words(self.objective))];
        if !self.conditions.is_empty() {
            let words = |(gate, _): &(Gate, Bound)| in_currency(currency, || condition_words(gate));
            let all = self.conditions.iter().map(words).collect::<Vec<_>>();
            rows.push(("Must hold on average", all.join(" and ")));
        }
        match effort {
            Ok(Effort { budget, guarantee, procedure, .. }) => {
                rows.push(("Replications for search and choice", grouped(budget as f64, 0)));
                rows.push((
                    "A difference that matters",
                    in_currency(currency, || named_difference(self.objective, guarantee.delta)),
                ));
                rows.push(("Choice among finalists", procedure.phrase().to_string()));
                if procedure == Procedure::KimNelson {
                    rows.push(("Confidence of the choice", percent(1.0 - guarantee.alpha)));
                }
            }
            Err(budget) => {
                rows.insert(0, ("Decided", "levels of every pair of warehouse and product".to_string()));
                if self.conditions.is_empty() {
                    rows.push(("Must hold on average", "today's share of units filled at once".to_string()));
                }
                rows.push(("Replications for all levels moved and combinations", grouped(budget as f64, 0)));
            }
        }
        rows.extend(asked::settings(&self.set).map(|set| ("Settings of the scenario", set)));
        rows.into_iter().map(|(what, how)| (what.to_string(), how)).collect()
    }
}

impl TuneArgs {
    /// The same where the scenario stands, so that it does not matter how that was named.
    fn there(&self) -> Self {
        let (file, allow) = reproduce::there(&self.scenario.file, &self.scenario.files.allow);
        let file = reproduce::safe(file.as_os_str()).into();
        Self { scenario: ScenarioArgs { file, files: FileArgs { allow }, ..self.scenario.clone() }, ..self.clone() }
    }
}
