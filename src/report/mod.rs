//! What people and programs read: results as documents (text, HTML, Markdown), charts, csv and json, all as strings. Whoever
//! calls writes them.

mod axis_words;
mod charts;
mod check;
mod comparison;
mod comparison_charts;
mod comparison_decision;
mod comparison_files;
mod comparison_finding;
mod comparison_inputs;
mod condition;
mod csv_table;
mod data;
mod definitions;
mod document;
mod facts;
#[cfg(test)]
mod fixture;
mod flows;
mod gates;
mod html;
mod import;
mod inputs;
mod late;
mod layout;
mod markdown;
mod number;
mod origin;
#[cfg(feature = "parquet")]
mod parquet;
mod planned;
mod prose;
mod rule_worth;
mod run;
pub(crate) mod shell;
mod spreadsheet;
mod summary;
mod sweep;
mod table;
mod tables;
mod text;
mod theory;
mod tune;
mod varied_inputs;
mod visible;
mod what_if;
mod what_if_answer;
mod what_if_overview;
mod words;

#[cfg(feature = "cli")]
pub(crate) use axis_words::each_at;
pub use charts::{Chart, Effect, Outcome, catalogue as chart_catalogue, forest};
pub use check::{
    BaselineSummary, CHECK_TITLE, CellSummary, CheckSummary, Checker, Decided, DecisionMoved, FirstEventSummary,
    MeasureMoved, PartingSummary, RuleMoved, Stored, annotations, check_document, check_markdown, decisions_csv,
    decisions_moved, is_of_baseline, is_of_decisions, junit, sarif,
};
pub use comparison::comparison_document;
pub use comparison_files::{comparison_files, rule_worth_files};
pub use comparison_inputs::{ComparedInputs, DifferingInput, compared_inputs};
#[cfg(feature = "cli")]
pub(crate) use condition::condition_words;
pub use definitions::{definitions_markdown, definitions_text};
pub use document::{Block, Content, Document, Figure, Fold, Role, Section, WIDTH};
pub use facts::{Facts, InputFile, Next, Origin, Seen, facts};
pub use html::page;
pub use import::{import_json, import_page, imported_document, understood_document};
pub use layout::LEVELS as LEVEL_COLUMNS;
pub use markdown::markdown;
#[cfg(feature = "parquet")]
pub use parquet::parquet;
pub use planned::{PlannedLevels, SweptLevels, planned_csv};
#[cfg(feature = "cli")]
pub(crate) use prose::{listed, measure_words, named_difference};
pub use rule_worth::rule_worth_document;
pub use run::run_document;
pub use summary::{
    BestClaim, BestSummary, ByName, Compared, ComparisonSummary, Contrast, ControlVariates, DifferenceSummary,
    EventSummary, Few, Figures, Firings, GateSummary, Kept, Measure, Named, Names, Narrowed, OnDays, PrecisionSummary,
    PromiseSummary, Reading, RuleSummary, RuleWorthSummary, ScenarioSummary, Summary, WaitingSummary,
};
pub use sweep::{KeptReplications, SweepSummary, SweptReplications, cells_csv, sweep_document, sweep_rendered};
#[cfg(feature = "parquet")]
pub use sweep::{ParquetReplications, ShardLabel, ShardRow, read_shard, shard_file, shard_label};
pub use table::{Align, Cell, Column, HalfWidth, Interval, Key, Row, Table};
pub use tables::{daily_csv, events_csv, replications_csv, table_csv, warm_up_csv};
#[cfg(feature = "cli")]
pub(crate) use text::wrap;
pub use text::{Line, Set, lines, text};
pub use theory::{theory_document, theory_json};
pub use tune::{
    LevelsReport, LevelsRow, LevelsSummary, TuneReport, TuneSummary, finalists_csv, levels_csv, levels_document,
    levels_looked_at_csv, levels_rendered, looked_at_csv, proposed_levels_csv, sensitivity_csv, tune_document,
    tune_rendered,
};
pub use varied_inputs::{
    InWords, Looked, VariedAxis, VariedInput, VariedInputs, values_in_words, values_looked_at, varied_inputs,
};
pub use visible::{is_hidden, visible, visible_json};
pub use what_if::{Choice, Lever, WhatIf};
pub use what_if_answer::what_if_answer;
pub use what_if_overview::{Asked, Moved, WhatIfAsked, what_if_overview};
pub use words::{Shown, Span, Style, Text, Tone};

use crate::experiment::{MAX_COMPARED, Results, letter};
use std::collections::BTreeMap;

/// The files of a result folder that hold its data, in the order in which they are best read; all others are made of
/// them. Some of the last are there only where the scenario has customer classes or
/// events, and where a warm-up was found.
pub const DATA_FILES: [&str; 12] = [
    "summary.json",
    "report.json",
    "replications.csv",
    "daily.csv",
    "by_product.csv",
    "by_warehouse.csv",
    "by_vendor.csv",
    "by_zone.csv",
    "by_class.csv",
    "by_event.csv",
    "levels.csv",
    "warm_up.csv",
];

/// The file of what goes into a result of several scenarios.
const INPUTS: &str = "inputs.json";

/// A kind of result, by the file that its page is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A run.
    Run,
    /// A comparison of scenarios.
    Comparison,
    /// What the rules of a scenario are worth.
    RuleWorth,
    /// A sweep, or a goal sought by one.
    Sweep,
    /// A tuning.
    Tune,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Run, Self::Comparison, Self::RuleWorth, Self::Sweep, Self::Tune];

    /// The file that only results of this kind have.
    pub fn main_file(self) -> &'static str {
        match self {
            Self::Run => "summary.json",
            Self::Comparison => "comparison.json",
            Self::RuleWorth => "rule_worth.json",
            Self::Sweep => "sweep.json",
            Self::Tune => "tune.json",
        }
    }

    /// The command that writes such a result.
    pub fn command(self) -> &'static str {
        match self {
            Self::Run => "backorder run SCENARIO",
            Self::Comparison => "backorder compare SCENARIO…",
            Self::RuleWorth => "backorder compare --rules SCENARIO",
            Self::Sweep => "backorder sweep STUDY",
            Self::Tune => "backorder tune SCENARIO",
        }
    }

    /// The files that hold the data of such a result, as far as they are there.
    pub fn data_files(self) -> Vec<String> {
        match self {
            Self::Run => return DATA_FILES.map(String::from).to_vec(),
            Self::Sweep => return [self.main_file(), INPUTS, "cells.csv"].map(String::from).to_vec(),
            Self::Tune => {
                let tables = ["finalists.csv", "looked_at.csv", "sensitivity.csv", "levels.csv", "proposed-levels.csv"];
                return [self.main_file(), INPUTS].into_iter().chain(tables).map(String::from).collect();
            }
            Self::Comparison | Self::RuleWorth => {}
        }
        let tables = [self.main_file(), INPUTS, "differences.csv", "replications.csv"].map(String::from);
        let warm_ups = (0..MAX_COMPARED).map(|index| format!("warm_up-{}.csv", letter(index).to_ascii_lowercase()));
        let levels = (0..MAX_COMPARED).map(comparison_files::levels_file).chain(["by_event.csv".to_string()]);
        let levels = levels.filter(|_| self == Self::Comparison);
        tables.into_iter().chain(levels).chain(warm_ups).collect()
    }
}

/// Charts and page of a result, made of the contents of its data files and of nothing else; the page comes last.
///
/// # Errors
/// Each thing that is wrong with the files: `file:line: what`.
pub fn rendered(kind: Kind, files: &[(String, String)]) -> Result<Vec<(String, String)>, Vec<String>> {
    match kind {
        Kind::Run => run_rendered(files, BTreeMap::new(), None),
        Kind::Comparison => {
            let summary = data::summary(kind.main_file(), files)?;
            let inputs = data::beside(INPUTS, files)?;
            Ok(comparison_files::comparison_rendered(&summary, inputs.as_ref(), files))
        }
        Kind::RuleWorth => {
            let summary = data::summary(kind.main_file(), files)?;
            let inputs = data::beside(INPUTS, files)?;
            Ok(comparison_files::rule_worth_rendered(&summary, inputs.as_ref(), files))
        }
        Kind::Sweep => {
            let summary: SweepSummary = data::summary(kind.main_file(), files)?;
            let sweep = summary.sweep().map_err(|why| vec![format!("{}: {why}", kind.main_file())])?;
            let inputs = data::beside(INPUTS, files)?;
            Ok(sweep_rendered(&sweep, inputs.as_ref(), files, &summary.files))
        }
        Kind::Tune => tune::rendered(kind.main_file(), files),
    }
}

/// The same of a run, whose page can ask "what if".
///
/// # Errors
/// As for [`rendered`].
pub fn rendered_with_levers(
    files: &[(String, String)],
    what_if: &WhatIf,
) -> Result<Vec<(String, String)>, Vec<String>> {
    run_rendered(files, BTreeMap::new(), Some(what_if))
}

/// Charts and page of a run; of the tables that are at hand, the files are not read.
fn run_rendered(
    files: &[(String, String)],
    tables: BTreeMap<&str, csv_table::CsvTable>,
    what_if: Option<&WhatIf>,
) -> Result<Vec<(String, String)>, Vec<String>> {
    let mut data = data::Data::read(files, tables)?;
    // The data are those of a run without levers: what they say of themselves is not what gives this page.
    for option in what_if.map_or(&[][..], |what_if| what_if.options) {
        data.facts.origin.command += &format!(" {option}");
    }
    Ok(number::in_currency(data.summary.currency.as_deref(), || page_of_run(&data, files, what_if)))
}

/// Charts and page of a run.
fn page_of_run(data: &data::Data, files: &[(String, String)], what_if: Option<&WhatIf>) -> Vec<(String, String)> {
    let files: Vec<&(String, String)> =
        DATA_FILES.iter().filter_map(|name| files.iter().find(|(file, _)| file == name)).collect();
    let charts = charts::all(data);
    let mut made: Vec<(String, String)> =
        charts.iter().map(|(_, chart)| (format!("charts/{}.svg", chart.id), chart.standalone())).collect();
    let page = html::page_that_asks(&run::page_document(data, &charts), &files, what_if);
    made.push(("report.html".into(), page));
    made
}

/// The files of a result folder that follow from the results alone: name and content, in the order in which they are
/// best read.
pub fn files(results: &Results) -> Vec<(&'static str, String)> {
    files_and_tables(results).0
}

/// The same, with those tables in memory that a page is made of.
fn files_and_tables(results: &Results) -> (Vec<(&'static str, String)>, BTreeMap<&'static str, csv_table::CsvTable>) {
    let mut files =
        vec![("summary.json", Summary::from(results).to_json()), ("replications.csv", replications_csv(results))];
    let mut tables = BTreeMap::new();
    let mut keep = |name: &'static str, sheet: tables::CsvWriter| {
        let (text, table) = sheet.finish_keeping();
        files.push((name, text));
        tables.extend(table.map(|table| (name, table)));
    };
    keep("daily.csv", tables::daily(results, tables::CsvWriter::keeping()));
    for (name, table) in [
        ("by_product.csv", &results.by_product),
        ("by_warehouse.csv", &results.by_warehouse),
        ("by_vendor.csv", &results.by_vendor),
        ("by_zone.csv", &results.by_zone),
        ("by_class.csv", &results.by_class),
    ] {
        // Where all customers are alike, they are no rows of a table.
        if name != "by_class.csv" || !table.ids.is_empty() {
            keep(name, tables::breakdown(table, tables::CsvWriter::keeping()));
        }
    }
    if !results.events.is_empty() {
        files.push(("by_event.csv", events_csv(results)));
    }
    if let Some(finding) = &results.warm_up_finding {
        files.push(("warm_up.csv", warm_up_csv(&finding.welch)));
    }
    (files, tables)
}

/// All files of a run's result: those that follow from the results, the levels that its model plans, the facts in `report.json`, and
/// the charts and the page that are made of them.
pub fn files_with_page(
    results: &Results,
    levels: PlannedLevels,
    facts: &Facts,
    what_if: Option<&WhatIf>,
) -> Vec<(String, String)> {
    let (files, mut tables) = files_and_tables(results);
    let mut files: Vec<(String, String)> =
        files.into_iter().map(|(name, content)| (name.to_string(), content)).collect();
    tables.extend(levels.table.map(|table| ("levels.csv", table)));
    files.push(("levels.csv".to_string(), levels.text));
    files.push(("report.json".to_string(), facts.to_json()));
    let made = run_rendered(&files, tables, what_if).expect("what was just written can be read");
    files.extend(made);
    files
}
