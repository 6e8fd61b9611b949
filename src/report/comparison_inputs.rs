//! `inputs.json`: what goes into the scenarios of a comparison, in words: what differs between them, what all share, and where
//! it comes from.

use super::document::{Block, Section};
use super::facts::Origin;
use super::inputs::{self, InputGroup};
use super::number::{NONE, in_currency};
use super::origin;
use super::planned::together;
use super::summary::{ComparisonSummary, Kept};
use super::table::{Cell, Column, Table};
use super::words::Text;
use crate::domain::{Model, PlannedPair};
use crate::experiment::letter;
use serde::{Deserialize, Serialize};

/// What stands for an input that a scenario lacks.
pub(super) const NO_SUCH: &str = "none";

/// Everything in `inputs.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparedInputs {
    /// Where the result comes from.
    pub origin: Origin,
    /// What is equal in all scenarios.
    pub shared: Vec<InputGroup>,
    /// What is not: for each scenario after the first, each input that differs.
    pub differing: Vec<DifferingInput>,
}

impl Kept for ComparedInputs {}

/// An input in which a scenario differs from the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DifferingInput {
    /// The scenario's letter.
    pub scenario: char,
    /// The part of the scenario it belongs to.
    pub part: String,
    /// What it is.
    pub what: String,
    /// How it is in the first scenario; `None` where that has no such thing.
    pub first: Option<String>,
    /// How it is here.
    pub here: Option<String>,
}

/// An input by its part, its name, and which one of that name it is: two baskets have one name.
pub(super) type Place<'a> = (&'a str, &'a str, usize);

/// The inputs of the scenarios, each with what is planned in it; the first is the one the others are held against.
///
/// # Panics
/// Without any scenario.
pub fn compared_inputs(scenarios: &[(&Model, Vec<PlannedPair>)], origin: Origin) -> ComparedInputs {
    let all: Vec<Vec<InputGroup>> = scenarios.iter().map(|(model, planned)| of_model(model, planned)).collect();
    let placed: Vec<Vec<(Place<'_>, &str)>> = all.iter().map(|groups| places(groups)).collect();
    let (first, others) = placed.split_first().expect("a comparison has a first scenario");
    let found = |rows: &[(Place<'_>, &str)], wanted: Place<'_>| -> Option<String> {
        rows.iter().find(|(place, _)| *place == wanted).map(|(_, how)| (*how).to_string())
    };
    let mut differing = Vec::new();
    for (index, rows) in others.iter().enumerate() {
        let own = rows.iter().filter(|(place, _)| found(first, *place).is_none());
        for &(place, _) in first.iter().chain(own) {
            let (first, here) = (found(first, place), found(rows, place));
            if first != here {
                let (part, what) = (place.0.to_string(), place.1.to_string());
                differing.push(DifferingInput { scenario: letter(index + 1), part, what, first, here });
            }
        }
    }
    let is_shared = |place: Place<'_>, how: &str| {
        others.iter().all(|rows| rows.iter().any(|(other, value)| *other == place && *value == how))
    };
    let shared = grouped_again(first.iter().filter(|(place, how)| is_shared(*place, how)).copied());
    ComparedInputs { origin, shared, differing }
}

/// Inputs that were taken out of their groups, in groups again.
pub(super) fn grouped_again<'a>(inputs: impl Iterator<Item = (Place<'a>, &'a str)>) -> Vec<InputGroup> {
    let mut groups: Vec<InputGroup> = Vec::new();
    for ((heading, what, _), how) in inputs {
        if groups.last().is_none_or(|group| group.heading != heading) {
            groups.push(InputGroup { heading: heading.to_string(), rows: Vec::new() });
        }
        let group = groups.last_mut().expect("one was just added");
        group.rows.push((what.to_string(), how.to_string()));
    }
    groups
}

/// The inputs of a model, with what is planned in it.
pub(super) fn of_model(model: &Model, planned: &[PlannedPair]) -> Vec<InputGroup> {
    in_currency(model.costs.currency.as_ref().map(|it| it.0.as_str()), || {
        let mut groups = inputs::in_words(model);
        groups.extend(together(model, planned));
        groups
    })
}

/// Inputs by their places.
pub(super) fn places(groups: &[InputGroup]) -> Vec<(Place<'_>, &str)> {
    let mut found: Vec<(Place<'_>, &str)> = Vec::new();
    for group in groups {
        for (what, how) in &group.rows {
            let same = |(place, _): &&(Place<'_>, &str)| place.0 == group.heading && place.1 == what;
            let number = found.iter().filter(same).count();
            found.push(((&group.heading, what, number), how));
        }
    }
    found
}

/// What differs between the scenarios, and what all share.
pub(super) fn section(comparison: &ComparisonSummary, inputs: &ComparedInputs) -> Section {
    let first = &comparison.scenarios[0];
    let columns = [
        Column::words("Input"),
        Column::words(format!("in {}", first.letter)).labelled(format!("{}:", first.letter)),
        Column::words("here").labelled("here:"),
    ];
    let mut table = Table::new("What differs", columns);
    for scenario in &comparison.scenarios[1..] {
        table.group(format!("{}: {}", scenario.letter, scenario.name));
        let mut own = inputs.differing.iter().filter(|it| it.scenario == scenario.letter).peekable();
        if own.peek().is_none() {
            let what = match scenario.changes.as_str() {
                "" => Text::from("nothing that is told here"),
                changes => Text::default().code(changes),
            };
            table.row([Cell::words(what), Cell::words(NONE), Cell::words(NONE)]);
        }
        for it in own {
            let how = |how: &Option<String>| Cell::words(how.as_deref().unwrap_or(NO_SUCH));
            table.row([Cell::words(it.what.as_str()).with_detail(it.part.as_str()), how(&it.first), how(&it.here)]);
        }
    }
    let mut section = Section::on_page("inputs", "Inputs").with(Block::from(table).on_page());
    section.push(Block::heading("What all share").on_page());
    section.push(origin::inputs(&inputs.shared).on_page());
    section
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Span;
    use crate::measures::fixture;

    fn origin() -> Origin {
        Origin { version: "1".into(), command: "backorder".into(), sources: Vec::new(), next: Vec::new() }
    }

    #[test]
    fn what_differs_is_told_of_each_scenario_and_the_rest_is_shared() {
        let (first, mut limit, mut none) = (fixture::model(), fixture::model(), fixture::model());
        limit.rules.cancellation.after = Some(Span::from_days(20));
        none.demand = None;
        let inputs = compared_inputs(&[(&first, Vec::new()), (&limit, Vec::new()), (&none, Vec::new())], origin());
        let of = |letter: char| inputs.differing.iter().filter(move |it| it.scenario == letter);
        let cancelled: Vec<_> = of('B').collect();
        assert_eq!(cancelled.len(), 1, "{cancelled:?}");
        assert!(cancelled[0].here.as_deref().is_some_and(|here| here.contains("20")), "{cancelled:?}");
        assert!(of('C').all(|it| it.part == "Demand"), "{inputs:?}");
        assert!(of('C').count() == 0 || of('C').any(|it| it.here.is_none()), "{inputs:?}");
        let all: usize = of_model(&first, &[]).iter().map(|group| group.rows.len()).sum();
        let shared: usize = inputs.shared.iter().map(|group| group.rows.len()).sum();
        let differing: std::collections::BTreeSet<_> = inputs
            .differing
            .iter()
            .filter(|it| it.first.is_some())
            .map(|it| (it.part.clone(), it.what.clone(), it.first.clone()))
            .collect();
        assert_eq!(shared + differing.len(), all, "every input of the first stands in one of the two");
        assert_eq!(ComparedInputs::from_json(&inputs.to_json()), Ok(inputs));
    }

    #[test]
    fn one_scenario_alone_shares_everything() {
        let model = fixture::model();
        let inputs = compared_inputs(&[(&model, Vec::new())], origin());
        assert_eq!((inputs.shared, inputs.differing), (of_model(&model, &[]), Vec::new()));
    }
}
