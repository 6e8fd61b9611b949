//! `inputs.json` of a sweep or a tuning: what is varied, what all of it shares, and where it comes from.

use super::comparison_inputs::NO_SUCH;
use super::comparison_inputs::{self as compared, Place};
use super::document::{Block, Document, Section};
use super::facts::{InputFile, Origin};
use super::inputs::InputGroup;
use super::number::{NONE, plural};
use super::origin;
use super::summary::Kept;
use super::table::{Cell, Column, Table};
use super::words::Text;
use crate::domain::{Model, PlannedPair};
use serde::{Deserialize, Serialize};

/// Of so many values each is named, and told with what it does.
const MAX_NAMED: usize = 12;

/// Everything in `inputs.json` of a sweep or a tuning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariedInputs {
    /// Where the result comes from.
    pub origin: Origin,
    /// Whether the scenario is one without what is varied, and so has inputs of its own.
    #[serde(default)]
    pub stands: bool,
    /// Whether its command names a study, else it names the scenario.
    pub of_study: bool,
    /// What is asked: what holds for all, what is sought, and by how much effort.
    pub asked: Vec<(String, String)>,
    /// What is varied; nothing where levels of every product are proposed.
    pub varied: Vec<VariedAxis>,
    /// The other inputs, as the scenario has them.
    pub shared: Vec<InputGroup>,
}

impl Kept for VariedInputs {}

/// Something that is varied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariedAxis {
    /// What it is called, where that is not its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The setting's key, or the name of an axis of variants; of axes side by side all of them.
    pub key: String,
    /// Its values: all of a few, of more the ends or the first ones, and how many there are.
    pub values: String,
    /// Each input that is not the same at all values looked at.
    pub inputs: Vec<VariedInput>,
}

/// An input that something varied changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariedInput {
    /// The part of the scenario it belongs to.
    pub part: String,
    /// What it is.
    pub what: String,
    /// How it is in the scenario as it stands; `None` where that has no such thing, or is no scenario without what is varied.
    pub own: Option<String>,
    /// How it is at values: at each of a few, at the ends of a longer range.
    pub at: Vec<(String, Option<String>)>,
}

/// A scenario's inputs in words, with what is planned in it.
#[derive(Clone, Debug)]
pub struct InWords(Vec<InputGroup>);

impl InWords {
    /// Those of a model.
    pub fn of(model: &Model, planned: &[PlannedPair]) -> Self {
        Self(compared::of_model(model, planned))
    }

    fn places(&self) -> Vec<(Place<'_>, &str)> {
        compared::places(&self.0)
    }
}

/// Something that is varied, with the inputs at some of its values.
#[derive(Clone, Debug)]
pub struct Looked {
    /// What it is called, where that is not its key.
    pub label: Option<String>,
    /// Its key.
    pub key: String,
    /// Its values in words, as [`values_in_words`] has them.
    pub values: String,
    /// The inputs at values, with their names.
    pub at: Vec<(String, InWords)>,
}

/// Which of so many values are looked at: each of a few, the ends of a range, else the first ones.
pub fn values_looked_at(count: usize, is_range: bool) -> Vec<usize> {
    match (count <= MAX_NAMED, is_range) {
        (false, true) => vec![0, count - 1],
        _ => (0..count.min(MAX_NAMED)).collect(),
    }
}

/// Values in words: all of a few, the ends of a range, else the first ones, and how many there are.
pub fn values_in_words(names: &[&str], is_range: bool) -> String {
    let looked_at: Vec<&str> = values_looked_at(names.len(), is_range).iter().map(|&value| names[value]).collect();
    // Lists and values side by side have commas of their own.
    let apart = if looked_at.iter().any(|name| name.contains(',')) { "; " } else { ", " };
    let count = || plural(names.len(), "value");
    match (looked_at.as_slice(), names.len() <= MAX_NAMED) {
        (all, true) => all.join(apart),
        ([first, last], false) if is_range => format!("{first} to {last}, {}", count()),
        (first, false) => format!("{}{apart}… {}", first.join(apart), count()),
    }
}

/// The inputs of something varied. `own` is the scenario as it stands, where it is one without what is varied; `first` what the
/// others are held against.
pub fn varied_inputs(
    origin: Origin,
    of_study: bool,
    asked: Vec<(String, String)>,
    (own, first): (Option<&InWords>, &InWords),
    axes: Vec<Looked>,
) -> VariedInputs {
    let found = |rows: &[(Place<'_>, &str)], wanted: Place<'_>| -> Option<String> {
        rows.iter().find(|(place, _)| *place == wanted).map(|(_, how)| (*how).to_string())
    };
    let (own, first) = (own.map(InWords::places), first.places());
    let mut changed: Vec<Place<'_>> = Vec::new();
    let mut varied = Vec::new();
    for Looked { label, key, values, at } in &axes {
        let at: Vec<(&str, Vec<(Place<'_>, &str)>)> =
            at.iter().map(|(name, words)| (name.as_str(), words.places())).collect();
        let mut inputs = Vec::new();
        let mut places: Vec<Place<'_>> = Vec::new();
        for &(place, _) in first.iter().chain(at.iter().flat_map(|(_, rows)| rows)) {
            if places.contains(&place) {
                continue;
            }
            places.push(place);
            let here = found(&first, place);
            if at.iter().all(|(_, rows)| found(rows, place) == here) {
                continue;
            }
            inputs.push(VariedInput {
                part: place.0.to_string(),
                what: place.1.to_string(),
                own: own.as_ref().and_then(|own| found(own, place)),
                at: at.iter().map(|(name, rows)| ((*name).to_string(), found(rows, place))).collect(),
            });
            changed.push(place);
        }
        varied.push(VariedAxis { label: label.clone(), key: key.clone(), values: values.clone(), inputs });
    }
    // As the scenario has them: what is varied may change them in other cells than those looked at.
    let stands = own.as_ref().unwrap_or(&first);
    let shared = compared::grouped_again(stands.iter().filter(|(place, _)| !changed.contains(place)).copied());
    VariedInputs { origin, stands: own.is_some(), of_study, asked, varied, shared }
}

/// The last sections of the page of something varied: what went in, and how to get it again. Results written before there was a
/// file of the inputs have none; of them the files that were read are told.
pub(super) fn push(document: &mut Document, inputs: Option<&VariedInputs>, sources: &[InputFile], seed: u64) {
    let Some(inputs) = inputs else {
        if !sources.is_empty() {
            let files = Block::from(origin::files(sources)).on_page();
            document.push(Section::on_page("inputs", "Inputs").with(files));
        }
        document.push(Section::on_page("saved", "Data").with(Block::files()));
        return;
    };
    document.version = inputs.origin.version.clone();
    let mut section = Section::on_page("inputs", "Inputs");
    if !inputs.varied.is_empty() {
        section.push(Block::from(table(inputs)).on_page());
    }
    if !inputs.asked.is_empty() {
        section.push(Block::heading("What is asked").on_page());
        let rows = inputs.asked.iter().map(|(what, how)| (what.into(), how.into())).collect();
        section.push(Block::terms(rows).on_page());
    }
    section.push(
        Block::heading(if inputs.varied.is_empty() {
            "The scenario"
        } else {
            "Other inputs, as the scenario has them"
        })
        .on_page(),
    );
    section.push(origin::inputs(&inputs.shared).on_page());
    document.push(section);
    let whose = if inputs.of_study { "study" } else { "scenario" };
    document.push(origin::reproduce(&inputs.origin, whose, seed, false));
}

/// What is varied, and each input that it changes: as it stands, and at the values.
fn table(inputs: &VariedInputs) -> Table {
    // What a scenario lacks is none; what it is without what is varied, where it is no scenario then, is not known.
    let lacking = if inputs.stands { NO_SUCH } else { NONE };
    let columns = [
        Column::words("Input"),
        Column::words("As it stands").labelled("as it stands:"),
        Column::words("At the values").labelled("at the values:"),
    ];
    let mut table = Table::new("What is varied", columns);
    for axis in &inputs.varied {
        let label = axis.label.as_ref().map_or_else(String::new, |label| format!("{label}, "));
        table.group(format!("{label}{}: {}", axis.key, axis.values));
        for VariedInput { part, what, own, at } in &axis.inputs {
            let input = Cell::words(what.as_str()).with_detail(part.as_str());
            let all = at.iter().enumerate().fold(Text::default(), |all, (number, (name, how))| {
                let apart = if number == 0 { "" } else { "; " };
                all.plain(apart).code(name).plain(format!(": {}", how.as_deref().unwrap_or(NO_SUCH)))
            });
            table.row([input, Cell::words(own.as_deref().unwrap_or(lacking)), Cell::words(all)]);
        }
        if axis.inputs.is_empty() {
            let nothing = Cell::words("What it changes is not told in words");
            table.row([nothing, Cell::words(NONE), Cell::words(NONE)]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Resample, Span, TraceDemand};
    use crate::measures::fixture;
    use crate::report::document::Content;
    use crate::report::table::Row;

    fn origin() -> Origin {
        Origin { version: "1".into(), command: "again".into(), sources: Vec::new(), next: Vec::new() }
    }

    fn after(days: Option<i64>) -> InWords {
        let mut model = fixture::model();
        model.rules.cancellation.after = days.map(Span::from_days);
        InWords::of(&model, &[])
    }

    #[test]
    fn of_few_values_each_is_named_of_a_range_its_ends_of_many_names_the_first() {
        let names: Vec<String> = (0..13).map(|number| format!("{number}d")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(values_in_words(&names[..3], true), "0d, 1d, 2d");
        assert_eq!(values_in_words(&names[..1], true), "0d");
        assert_eq!(values_in_words(&["1, 5d", "2, 9d"], false), "1, 5d; 2, 9d");
        assert_eq!(values_in_words(&names, true), "0d to 12d, 13 values");
        let told = values_in_words(&names, false);
        assert!(told.starts_with("0d, 1d, ") && told.ends_with(" 11d, … 13 values"), "{told}");
        assert_eq!((values_looked_at(13, true), values_looked_at(2, true)), (vec![0, 12], vec![0, 1]));
        assert_eq!(values_looked_at(13, false), (0..12).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_varied_is_told_value_by_value_and_what_stays_by_its_part() {
        let (today, short, long) = (after(None), after(Some(5)), after(Some(20)));
        let limit = Looked {
            label: Some("the limit".into()),
            key: "rules.cancellation.after".into(),
            values: "5d, 20d".into(),
            at: vec![("5d".into(), short.clone()), ("20d".into(), long)],
        };
        let idle =
            Looked { label: None, key: "x".into(), values: "1, 2".into(), at: vec![("1".into(), short.clone())] };
        let inputs = varied_inputs(origin(), true, Vec::new(), (Some(&today), &short), vec![limit, idle]);
        assert_eq!(VariedInputs::from_json(&inputs.to_json()), Ok(inputs.clone()));
        assert!(inputs.varied[1].inputs.is_empty());
        let [changed] = &inputs.varied[0].inputs[..] else { panic!("{inputs:?}") };
        assert!(changed.own.is_some() && changed.own != changed.at[0].1 && changed.at[0].1 != changed.at[1].1);
        let count = |groups: &[InputGroup]| groups.iter().map(|group| group.rows.len()).sum::<usize>();
        assert_eq!(count(&inputs.shared) + 1, count(&short.0), "every other input stays");
        let mut document = Document::new("A study", "x");
        push(&mut document, Some(&inputs), &[], 7);
        let Content::Table(table) = &document.sections[0].blocks[0].content else { panic!("a table comes first") };
        // A row for the limit, and one for the axis of which nothing is told, each below its name.
        assert_eq!(table.rows.len(), 4, "{table:?}");
    }

    #[test]
    fn what_a_scenario_lacks_is_none_and_what_is_not_known_a_dash() {
        let looked = |none: &InWords, some: &InWords| Looked {
            label: None,
            key: "demand.trace".into(),
            values: "none, some".into(),
            at: vec![("none".into(), none.clone()), ("some".into(), some.clone())],
        };
        let words = |cell: &Cell| cell.plain().0.iter().map(|span| span.text.as_str()).collect::<String>();
        let mut with = fixture::model();
        let resample = Resample::None;
        with.trace = Some(TraceDemand { orders: Vec::new(), first_day: 0, spread_over_day: false, resample });
        let (none, some) = (after(None), InWords::of(&with, &[]));
        for (own, told) in [(Some(&none), NO_SUCH), (None, NONE)] {
            let inputs = varied_inputs(origin(), false, Vec::new(), (own, &none), vec![looked(&none, &some)]);
            let cells: Vec<[String; 3]> = (table(&inputs).rows.iter())
                .filter_map(|row| match row {
                    Row::Cells(cells) => Some([0, 1, 2].map(|at| words(&cells[at]))),
                    Row::Group(_) => None,
                })
                .collect();
            let replayed = cells.iter().find(|cells| cells[0] == "Replayed orders").expect("it is varied");
            assert_eq!(replayed[1], told, "{replayed:?}");
            assert!(replayed[2].starts_with("none: none; some: 0"), "{replayed:?}");
        }
    }

    #[test]
    fn a_result_without_inputs_tells_the_files_that_were_read() {
        let mut document = Document::new("A study", "x");
        push(&mut document, None, &[InputFile { name: "x.toml".into(), sha256: "0".into() }], 7);
        let titles: Vec<&str> = document.sections.iter().map(|section| section.title.as_str()).collect();
        assert_eq!(titles, ["Inputs", "Data"]);
    }
}
