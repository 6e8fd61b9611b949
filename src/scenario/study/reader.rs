//! Study files: a text in, a [`Study`] out, with every mistake told at once.

use super::super::assemble::stem;
use super::super::context::Context;
use super::super::diagnostic::Diagnostics;
use super::super::input::{Files, Override, Setting};
use super::super::item::Item;
use super::super::reader::Section;
use super::super::report::Finding;
use super::super::schema;
use super::super::source::TextKind;
use super::super::tree::{Node, Value};
use super::super::{run, syntax};
use super::axis::{Axis, AxisValue};
use super::variant::Variant;
use super::{Fault, Study};
use crate::domain::settings::Table;
use std::cell::OnceCell;
use toml::de::DeTable;

/// Whether a file's text is a study, rather than a scenario: it names a scenario, or has axes.
pub fn is_study(text: &str) -> bool {
    let (table, _) = DeTable::parse_recoverable(text);
    ["scenario", "axes"].iter().any(|key| table.get_ref().contains_key(*key))
}

/// Why a file's text is no scenario, and which command takes it, where it is a study or a baseline.
pub fn told_as_no_scenario(text: &str) -> Option<&'static str> {
    let (table, _) = DeTable::parse_recoverable(text);
    let has = |key: &str| table.get_ref().contains_key(key);
    let of_baselines = ["mode", "suite", "tolerances"].into_iter().any(has);
    match (has("scenario"), has("axes")) {
        (_, true) => Some("it is a study, which varies a scenario; `backorder sweep` takes it"),
        (true, _) if of_baselines => Some("it is a baseline, which guards a scenario; `backorder check` takes it"),
        (true, _) => Some(
            "it names a scenario, as a study or a baseline does; `backorder sweep` takes the one, `backorder check` the other",
        ),
        _ => None,
    }
}

/// The scenario that a study's or a baseline's text names, also where there is more wrong with it; only a path that may be one of a
/// scenario.
pub fn scenario_named(text: &str) -> Option<String> {
    let (table, _) = DeTable::parse_recoverable(text);
    let value = table.get_ref().get("scenario")?.get_ref().as_str()?;
    value.ends_with(SCENARIO_FILE).then(|| value.to_string())
}

/// What the name of a scenario's file ends with.
const SCENARIO_FILE: &str = ".toml";

/// Nothing stands beside a study but its scenario, which is read later.
struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<String, String> {
        Err("a study has no tables of its own".into())
    }
}

/// Reads a study from the text of the file `name`; `measures` are the names of those that there are.
///
/// # Errors
/// All that is wrong with it.
pub fn read_study(measures: &[&str], name: &str, text: &str) -> Result<Study, Diagnostics> {
    read_alone(measures, name, text, &schema::STUDY, |root| read(root, name))
}

/// Reads a file that has no tables in other files.
///
/// # Errors
/// All that is wrong with it.
pub fn read_alone<T>(
    measures: &[&str],
    name: &str,
    text: &str,
    table: &'static Table,
    read: impl FnOnce(&Section<'_>) -> Option<T>,
) -> Result<T, Diagnostics> {
    let cx = Context::new(&NoFiles, measures);
    let (number, source) = cx.sources.add(name, text.to_string(), TextKind::Scenario);
    let legible = OnceCell::new();
    let (root, doubts) = syntax::parse(number, &source, &legible, &cx.sink);
    let found = Section::new(&cx, &root, table).and_then(|root| read(&root));
    if let Some(doubts) = doubts {
        cx.sink.retain(|place, code| doubts.let_stand(place, code));
    }
    let failed = cx.sink.has_errors();
    let Context { sources, sink, .. } = cx;
    found.filter(|_| !failed).ok_or_else(|| sink.into_diagnostics(&sources))
}

/// Reads every key. `None` where they do not make a study; why not has then been reported.
fn read(root: &Section<'_>, file_name: &str) -> Option<Study> {
    let name: Option<Option<String>> = root.read("name");
    let description: Option<String> = root.read("description");
    let scenario: Option<String> = root.read("scenario").filter(|path: &String| is_of_scenario(root, path));
    let mut set = settings(root);
    let zip: Option<bool> = root.read("zip");
    let measures: Vec<String> = items(root, "measures").iter().filter_map(run::measure).collect();
    for (key, is_right) in [
        ("replications", run::replications(root).is_some()),
        ("seed", root.written("seed").is_none_or(|item| item.whole(0, i64::MAX).is_some())),
    ] {
        if let Some(item) = root.written(key).filter(|_| is_right) {
            set.push(setting(&item, Override { path: format!("run.{key}"), value: written(&item) }));
        }
    }
    let rows = items(root, "axes");
    let axes: Vec<Axis> = rows.iter().filter_map(axis).collect();
    if rows.len() != axes.len() || root.cx.sink.has_errors() {
        return None;
    }
    let name = name?.unwrap_or_else(|| stem(file_name).to_string());
    let (scenario, description) = (scenario?, description?);
    let study = Study { name, description, scenario, set, axes, zip: zip?, measures };
    for Fault { axis, message } in study.faults(root.cx.measures) {
        let at = axis.map_or(root.at, |axis| rows[axis].node.at);
        root.cx.sink.push(Finding::error("not-a-study", at, message));
    }
    Some(study)
}

/// Whether a path is one of a scenario, by its name. Nothing else is opened in the name of a study, not even to be quoted in a
/// message.
pub fn is_of_scenario(root: &Section<'_>, path: &str) -> bool {
    let is_it = path.ends_with(SCENARIO_FILE);
    if let Some(item) = root.written("scenario").filter(|_| !is_it) {
        let finding = item.error("not-a-study", format!("`scenario` is \"{path}\", which is no scenario file"));
        item.cx.sink.push(finding.expected("a file whose name ends in .toml"));
    }
    is_it
}

/// The changes of the scenario that stand under `set`.
pub fn settings(root: &Section<'_>) -> Vec<Setting> {
    let change = |(item, text): (Item<'_>, String)| Some(setting(&item, told(&item, Override::parse(&text))?));
    texts(root, "set").into_iter().filter_map(change).collect()
}

/// A row of `[[axes]]`.
fn axis(row: &Item<'_>) -> Option<Axis> {
    let section = Section::new(row.cx, row.node, &schema::STUDY_AXIS)?;
    let label = section.written("label").map(|item| item.name());
    let axis = match (section.written("key"), section.written("variants")) {
        (Some(key), None) => {
            let key = key.name()?.into_owned();
            let values = section.needed("values", ": it says what the key takes")?;
            axis_of_setting(&key, &values)
        }
        (None, Some(variants)) => {
            let name = section.needed("name", ": it is the column of the variants")?.name()?.into_owned();
            let found = texts(&section, "variants");
            let read = |(item, text): &(Item<'_>, String)| {
                let variant = told(item, Variant::parse(text))?;
                Some((variant.called(), variant.set))
            };
            let read: Option<Vec<_>> = found.iter().map(read).collect();
            told(&variants, Axis::of_variants(&name, read?))
        }
        (Some(key), Some(_)) => {
            let message = "an axis has either `key` and `values`, or `name` and `variants`".to_string();
            row.cx.sink.push(key.error("clash", message).help("make two axes of it"));
            None
        }
        (None, None) => {
            section.missing_because("key", ", or `variants` with a `name`");
            None
        }
    }?;
    Some(Axis { label: label.flatten().map(|label| label.into_owned()), option: place(row), ..axis })
}

/// An axis of one setting, its values in a text or a list.
pub fn axis_of_setting(key: &str, values: &Item<'_>) -> Option<Axis> {
    let axis = match &values.node.value {
        Value::Text(text) => Axis::of_setting(key, text),
        Value::Array(nodes) if nodes.is_empty() => Err(format!("`{key}` has no values")),
        Value::Array(nodes) => {
            let value = |node: &Node<'_>| {
                let written = slice(values, node);
                let name = match &node.value {
                    Value::Text(text) => text.to_string(),
                    _ => written.clone(),
                };
                AxisValue::new(key, name, written)
            };
            Axis::new(key, "", nodes.iter().map(value).collect())
        }
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) => Axis::of_setting(key, &written(values)),
        _ => Err(format!("`values` must be a text or a list, not {}", values.node.shown())),
    };
    told(values, axis)
}

/// The items of a list; a list that has to be there and is not, or is none, is reported.
pub fn items<'c>(section: &Section<'c>, key: &'static str) -> Vec<Item<'c>> {
    let Some(item) = section.item(key) else { return Vec::new() };
    match item.list() {
        Some(items) => items.collect(),
        None => Vec::new(),
    }
}

/// The texts of a list, each with where it stands; what is no text is reported.
fn texts<'c>(section: &Section<'c>, key: &'static str) -> Vec<(Item<'c>, String)> {
    let with_text = |item: Item<'c>| item.text().map(|text| (item, text.into_owned()));
    items(section, key).into_iter().filter_map(with_text).collect()
}

/// A result, or a finding about an item.
fn told<T>(item: &Item<'_>, result: Result<T, String>) -> Option<T> {
    result.map_err(|message| item.cx.sink.push(item.error("not-a-study", message))).ok()
}

/// A setting that stands in the file.
pub fn setting(item: &Item<'_>, change: Override) -> Setting {
    Setting { change, option: place(item) }
}

/// Where an item stands, as messages name it.
pub fn place(item: &Item<'_>) -> String {
    item.cx.sources.name_of(item.node.at)
}

/// The text of an item's value.
fn written(item: &Item<'_>) -> String {
    slice(item, item.node)
}

/// The text of a value within an item.
fn slice(item: &Item<'_>, node: &Node<'_>) -> String {
    let source = item.cx.sources.get(node.at.source);
    source.text[node.at.start as usize..node.at.end as usize].to_string()
}
