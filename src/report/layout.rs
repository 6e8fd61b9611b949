//! What each csv file of a result holds, and whether one that is read back still holds it: a page is not made of what
//! somebody's editor, or a full disk, left of a table.

use super::csv_table::CsvTable;
use super::summary::EventSummary;
use crate::measures::{BY_CLASS, BY_PRODUCT, BY_VENDOR, BY_WAREHOUSE, BY_ZONE, Column, Metric};
use crate::observe::DayRow;
use std::collections::BTreeMap;

/// Quantiles of the daily series over replications, by the ending of their column's name.
pub(super) const BANDS: [(&str, f64); 5] = [("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95)];

/// The series of `warm_up.csv`.
const WELCH: [&str; 3] = ["on_hand_units", "backorder_units", "inventory_level_units"];

/// The same mistake in one file is told so often; then it is only counted.
const MOST: usize = 10;

/// The columns of `replications.csv`: those of measures that come with a setting only where they are `known`.
pub(super) fn of_replications(known: impl Fn(Metric) -> bool) -> Vec<String> {
    let measures = Metric::ALL.iter().copied().filter(|&metric| !metric.comes_with_a_setting() || known(metric));
    std::iter::once("replication".to_string()).chain(measures.map(|metric| metric.name().to_string())).collect()
}

/// The columns of `daily.csv`.
pub(super) fn of_days() -> Vec<String> {
    let endings = || std::iter::once("mean").chain(BANDS.iter().map(|(band, _)| *band));
    let series = DayRow::NAMES.iter().flat_map(|name| endings().map(move |ending| format!("{name}_{ending}")));
    std::iter::once("day".to_string()).chain(series).collect()
}

/// The columns of `by_product.csv` and its like.
pub(super) fn of_table(key: &str, columns: &[Column]) -> Vec<String> {
    let mut names = vec![key.to_string()];
    for column in columns {
        let name = column.metric.name();
        names.push(name.to_string());
        names.extend(column.with_half_width.then(|| format!("{name}_half_width")));
    }
    names
}

/// The columns of `levels.csv`.
pub const LEVELS: [&str; 13] = [
    "product",
    "warehouse",
    "vendor",
    "forecast_per_day",
    "lead_time_demand_mean",
    "lead_time_demand_sd",
    "reorder_point",
    "order_up_to",
    "quantity",
    "safety_stock",
    "mean_stock",
    "capital",
    "source",
];

/// The column of levels that change in the course of time: from when on a row holds.
pub const LEVELS_FROM: &str = "from";
/// The column of a sweep's levels: the cells that have them.
pub const LEVELS_CELLS: &str = "cells";

/// Columns that hold words; the first one of every table names its rows.
const WORDS: [&str; 3] = ["warehouse", "vendor", "source"];

/// Columns by whose numbers the rows of a table are known, not by names.
const COUNTED: [&str; 2] = ["day", "replication"];

/// The columns that a table always has: without those that come with a setting of the scenario.
fn always(columns: &[Column]) -> Vec<Column> {
    columns.iter().filter(|column| !column.metric.comes_with_a_setting()).copied().collect()
}

/// The columns of `by_event.csv`.
pub(super) fn of_events() -> Vec<String> {
    let figures = EventSummary::NAMES.iter().flat_map(|name| [name.to_string(), format!("{name}_half_width")]);
    std::iter::once("event".to_string()).chain(figures).collect()
}

/// The columns of `warm_up.csv`.
pub(super) fn of_warm_up() -> Vec<String> {
    let series = WELCH.iter().flat_map(|name| [name.to_string(), format!("{name}_moving")]);
    std::iter::once("day".to_string()).chain(series).collect()
}

/// The columns of a csv file of a result.
fn of(file: &str) -> Vec<String> {
    match file {
        "replications.csv" => of_replications(|_| false),
        "daily.csv" => of_days(),
        "by_product.csv" => of_table("product", &always(BY_PRODUCT)),
        "by_warehouse.csv" => of_table("warehouse", BY_WAREHOUSE),
        "by_vendor.csv" => of_table("vendor", &always(BY_VENDOR)),
        "by_zone.csv" => of_table("zone", &always(BY_ZONE)),
        "by_class.csv" => of_table("class", &always(BY_CLASS)),
        "by_event.csv" => of_events(),
        "levels.csv" => LEVELS.map(String::from).to_vec(),
        _ => of_warm_up(),
    }
}

/// A csv file of a result.
///
/// # Errors
/// All that keeps its text from being what was written there: each as `file:line: what`.
pub(super) fn read(file: &str, text: &str) -> Result<CsvTable, Vec<String>> {
    let mut mistakes = Mistakes { file, told: Vec::new(), counts: BTreeMap::new() };
    let columns = of(file);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(str::to_string).collect(),
        Err(_) => Vec::new(),
    };
    if header.is_empty() {
        mistakes.tell("empty", 1, format!("it is empty; a header with `{}` stood there", columns[0]));
        return Err(mistakes.told());
    }
    for name in columns.iter().filter(|name| !header.contains(name)) {
        mistakes.tell("column", 1, format!("the column `{name}` is missing"));
    }
    for (index, name) in header.iter().enumerate().filter(|(index, name)| header[..*index].contains(name)) {
        mistakes.tell(
            "twice",
            1,
            format!("the column `{name}` is there twice, the second time in place {}", index + 1),
        );
    }
    // Where a measure has nothing to be taken over, nothing is written; days always have numbers.
    let may_be_empty = !matches!(file, "daily.csv" | "warm_up.csv");
    // What stands in columns that somebody added is not looked at, here or later; nor are words.
    let content = |name: &String| match name.as_str() {
        name if name == columns[0] => Some(if COUNTED.contains(&name) { Content::Count } else { Content::Name }),
        name if WORDS.contains(&name) => None,
        _ => columns.contains(name).then_some(Content::Number { may_be_empty }),
    };
    let contents: Vec<(usize, Content)> =
        header.iter().enumerate().filter_map(|(index, name)| Some((index, content(name)?))).collect();
    let mut table = CsvTable::new(header.iter().map(String::as_str), text.len());
    let mut record = csv::StringRecord::new();
    while let Ok(true) = reader.read_record(&mut record) {
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != header.len() {
            let why = format!("the line has {} fields, and the header {}", record.len(), header.len());
            mistakes.tell("fields", line, why);
            continue;
        }
        for &(index, content) in &contents {
            let cell = &record[index];
            if let Some(why) = content.why_not(cell) {
                let value = if cell.is_empty() { "empty".to_string() } else { format!("\"{cell}\"") };
                mistakes.tell("cell", line, format!("`{}` is {value}{why}", header[index]));
            }
        }
        table.push(&record);
    }
    mistakes.expect_end(text);
    if mistakes.told.is_empty() { Ok(table) } else { Err(mistakes.told()) }
}

/// What shows that a table was cut off or changed by hand, whatever its columns: each as `file:line: what`.
pub(super) fn whole(file: &str, text: &str) -> Vec<String> {
    let mut mistakes = Mistakes { file, told: Vec::new(), counts: BTreeMap::new() };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let columns = reader.headers().map_or(0, csv::StringRecord::len);
    if columns == 0 {
        mistakes.tell("empty", 1, "it is empty".into());
        return mistakes.told();
    }
    for record in reader.records().map_while(Result::ok).filter(|record| record.len() != columns) {
        let line = record.position().map_or(0, csv::Position::line);
        let why = format!("the line has {} fields, and the header {columns}", record.len());
        mistakes.tell("fields", line, why);
    }
    mistakes.expect_end(text);
    mistakes.told()
}

/// What the cells of a column hold.
#[derive(Clone, Copy)]
enum Content {
    /// A name of the row.
    Name,
    /// The number of the row.
    Count,
    /// A number, or perhaps none.
    Number { may_be_empty: bool },
}

impl Content {
    /// Why a cell does not hold it.
    fn why_not(self, cell: &str) -> Option<&'static str> {
        let (is_right, why) = match self {
            Self::Name => (!cell.is_empty(), ", not a name"),
            Self::Count => (cell.parse::<u64>().is_ok(), ", not a whole number"),
            Self::Number { may_be_empty } => {
                let is_number = is_plain_number(cell) || cell.parse::<f64>().is_ok_and(f64::is_finite);
                (is_number || (cell.is_empty() && may_be_empty), ", not a number")
            }
        };
        (!is_right).then_some(why)
    }
}

/// Whether a cell is digits with a point among them, as nearly all numbers are written: it can be no other than a finite one.
fn is_plain_number(cell: &str) -> bool {
    const FEW: usize = 300;
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let cell = cell.as_bytes();
    let whole = digits(cell);
    let is_plain = match cell[whole..].split_first() {
        None => true,
        Some((b'.', decimals)) => digits(decimals) == decimals.len(),
        Some(_) => false,
    };
    cell.len() < FEW && whole > 0 && is_plain
}

/// What is wrong with a file, so far.
struct Mistakes<'f> {
    file: &'f str,
    told: Vec<String>,
    counts: BTreeMap<&'static str, usize>,
}

impl Mistakes<'_> {
    fn tell(&mut self, kind: &'static str, line: u64, what: String) {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        if *count <= MOST {
            self.told.push(format!("{}:{line}: {what}", self.file));
        }
    }

    /// A table ends with the end of a line.
    fn expect_end(&mut self, text: &str) {
        if !text.ends_with('\n') {
            let why = "the line is cut off: a table ends with the end of a line";
            self.tell("end", text.lines().count() as u64, why.into());
        }
    }

    /// All of it, and how many more there are.
    fn told(self) -> Vec<String> {
        let more: usize = self.counts.values().map(|count| count.saturating_sub(MOST)).sum();
        let more = (more > 0).then(|| format!("{}: and {more} more like this", self.file));
        self.told.into_iter().chain(more).collect()
    }
}
