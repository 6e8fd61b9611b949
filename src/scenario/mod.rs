//! Text in, [`Model`] out: scenario files, checked completely, with every mistake told at once.
//!
//! A file goes through four rooms. `syntax` makes a tree of values with their places out of TOML; `overrides`
//! changes it as the command line asks; `reader` and `item` read tables by key and values by kind, and `declared` reads what
//! a declaration of the `schema` says, with its default; and one room for each part of the scenario turns them into its part of the model. Nothing
//! stops at the first mistake: whatever is wrong goes into a `report` and reading goes on. Only a scenario without
//! errors becomes a model, so a model cannot be invalid.
//!
//! This room opens no file itself: it is given [`Files`].

mod assemble;
mod assortment;
mod baseline;
mod book;
mod calendar;
mod carriers;
mod choices;
mod classes;
mod compared;
mod context;
mod coverage;
mod date;
mod declared;
mod demand;
mod diagnostic;
mod distribution;
mod encoding;
mod events;
mod forecast;
mod generate;
mod input;
mod item;
mod kept;
mod layout;
mod levels;
mod limits;
mod memory;
mod names;
mod network;
mod never_ships;
mod notation;
mod opening;
mod ordered;
mod ordering;
mod overrides;
mod page_levers;
mod parts;
mod period;
mod products;
mod promise;
mod quoting;
mod reach;
mod reader;
mod reading;
mod records;
mod replenishment;
mod report;
mod run;
mod schema;
mod script;
mod settings;
mod shape;
mod sheet;
mod sizes;
mod source;
mod start_day;
mod study;
mod suggest;
mod syntax;
mod table;
mod trace;
mod trace_dates;
mod trace_span;
mod trace_start;
mod traces;
mod tree;
mod tune;
mod vendors;
mod weight;

#[cfg(test)]
mod tests;

pub use baseline::{Baseline, Mode, Suite, read_baseline};
pub(crate) use choices::DateOrder;
pub use compared::{Compared, Shared, holds_for_all, shorthands, written_with};
pub(crate) use date::{DateForm, Fault as DateFault, Moment, Zone, date_of};
pub use diagnostic::{Diagnostic, Diagnostics, Location, Severity};
#[cfg(feature = "cli")]
pub(crate) use encoding::packed;
pub(crate) use encoding::{Decoded, decoded, encoding, unpacked};
pub use input::{Files, Override, Setting};
pub(crate) use notation::{is_failed, is_none, is_shortened, meant as number_meant, parse_number, unwrapped};
pub use page_levers::WantedLever;
pub(crate) use records::{Field, Layout as RecordLayout, Records, SEPARATORS, Slip, is_blank};
pub use schema::{baseline_json_schema, default_of, json_schema, keys_page, study_json_schema};
pub use study::{
    Axis, AxisValue, Fault, MAX_CELLS, Quantity, Range, Study, Variant, is_study, read_study, scenario_named,
    set_twice, told_as_no_scenario,
};
pub use suggest::closest;
pub use traces::Traces;
pub use tune::{Budget, LEAST_BUDGET, Tune};
pub(crate) use weight::kilograms;

use crate::domain::{Model, Replenishment};
use assemble::Asides;
use context::Context;
use source::{Place, Sources, TextKind};
use std::cell::OnceCell;

/// A scenario that can run.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What the scenario says.
    pub model: Model,
    /// What it says of its tuning.
    pub tune: Tune,
    /// The levers that it asks for on a page with the engine in it; none where the page is to choose.
    pub levers: Vec<WantedLever>,
    /// What in it may not be as meant.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a scenario from the text of the file `name`.
///
/// # Errors
/// All that is wrong with it, and the warnings.
///
/// ```
/// use backorder::scenario::{Files, load};
///
/// struct None;
/// impl Files for None {
///     fn read(&self, _: &str) -> Result<String, String> {
///         Err("there are no files here".into())
///     }
/// }
///
/// let text = r#"
///     run = { horizon = "30d" }
///     zones = [{ id = "home" }]
///     warehouses = [{ id = "boise" }]
///     lanes = [{ from = "boise", to = "hone" }]
///     products = [{ id = "whey" }]
/// "#;
/// let mistakes = load("story.toml", text, &None, &[]).unwrap_err().to_string();
/// assert!(mistakes.contains("there is no zone \"hone\""));
/// assert!(mistakes.contains("did you mean \"home\"?"));
/// assert!(load("story.toml", &text.replace("hone", "home"), &None, &[]).is_ok());
/// ```
pub fn load(name: &str, text: &str, files: &dyn Files, overrides: &[Override]) -> Result<Loaded, Diagnostics> {
    let settings: Vec<Setting> = overrides.iter().cloned().map(Setting::from).collect();
    load_knowing(&[], name, text, files, &settings)
}

/// The same, with where each change was written, and the names of the measures that `[run] replications = { of = … }` may
/// ask for. What is measured is decided elsewhere, so the names are handed in; without any, every name is taken.
///
/// # Errors
/// All that is wrong with it, and the warnings.
pub fn load_knowing(
    measures: &[&str],
    name: &str,
    text: &str,
    files: &dyn Files,
    settings: &[Setting],
) -> Result<Loaded, Diagnostics> {
    let Reading { mut loaded, replan } = read(measures, name, text, files, settings)?;
    // Only where levels are derived can they change with the world.
    let plans = loaded.model.replenishment.as_ref().is_some_and(Replenishment::has_target);
    if let (false, true, Some(own)) = (replan, plans, kept::settings_of_the_plan(settings))
        && let Ok(plan) = read(measures, name, text, files, &own)
    {
        kept::keep(&mut loaded.model, &plan.loaded.model);
    }
    Ok(loaded)
}

/// A scenario as it was read, and whether it asks for levels that are planned anew whatever is changed.
struct Reading {
    loaded: Loaded,
    replan: bool,
}

fn read(
    measures: &[&str],
    name: &str,
    text: &str,
    files: &dyn Files,
    settings: &[Setting],
) -> Result<Reading, Diagnostics> {
    let cx = Context::new(files, measures);
    if text.len() > Sources::LONGEST {
        let (number, _) = cx.sources.add(name, String::new(), TextKind::Scenario);
        let message = "the scenario is larger than 4 GiB".to_string();
        let finding = report::Finding::error("too-large", Place::whole(number), message);
        cx.sink.push(finding.help("move its tables to CSV files beside it"));
        return Err(cx.sink.into_diagnostics(&cx.sources).about_scenarios());
    }
    let (number, source) = cx.sources.add(name, text.to_string(), TextKind::Scenario);
    let settings: Vec<_> = settings
        .iter()
        .map(|Setting { change, option }| (change, cx.sources.add(option, change.to_string(), TextKind::Setting)))
        .collect();
    let legible = OnceCell::new();
    let (mut root, doubts) = syntax::parse(number, &source, &legible, &cx.sink);
    let mut rows = overrides::RowSettings::default();
    for (setting, (number, source)) in &settings {
        overrides::apply(&mut root, setting, *number, source, &mut rows, &cx.sink);
    }
    let model = assemble::model(&cx, &root, &rows, name);
    rows.report_unused(&cx.sink);
    let replan = root.entry("run").and_then(|run| run.node.entry("replan"));
    let replan = replan.is_some_and(|entry| matches!(entry.node.value, tree::Value::Boolean(true)));
    if let Some(doubts) = doubts {
        cx.sink.retain(|place, code| doubts.let_stand(place, code));
    }
    let failed = cx.sink.has_errors();
    let Context { sources, sink, .. } = cx;
    let diagnostics = sink.into_diagnostics(&sources).about_scenarios();
    match model {
        Some((model, Asides { tune, levers })) if !failed => {
            Ok(Reading { loaded: Loaded { model, tune, levers, warnings: diagnostics.list }, replan })
        }
        _ => Err(diagnostics),
    }
}
