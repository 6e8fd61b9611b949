//! A result read back from its files: what the page and the charts are made of, during a run and long after it alike.

use super::facts::Facts;
use super::layout;
use super::number;
use super::spreadsheet::unguarded;
use super::summary::{Kept, Summary};
use crate::measures::Metric;

/// The files that a page is made of.
const NEEDED: [&str; 7] =
    ["summary.json", "report.json", "daily.csv", "by_product.csv", "by_warehouse.csv", "by_vendor.csv", "by_zone.csv"];

/// A result.
pub(super) struct Data {
    /// `summary.json`.
    pub summary: Summary,
    /// `report.json`.
    pub facts: Facts,
    /// `daily.csv`.
    pub daily: CsvTable,
    /// `by_product.csv`.
    pub by_product: CsvTable,
    /// `by_warehouse.csv`.
    pub by_warehouse: CsvTable,
    /// `by_vendor.csv`.
    pub by_vendor: CsvTable,
    /// `by_zone.csv`.
    pub by_zone: CsvTable,
    /// `by_class.csv`, where customers differ.
    pub by_class: Option<CsvTable>,
    /// `levels.csv`; results written before there was such a file have none.
    pub levels: Option<CsvTable>,
}

impl Data {
    /// A measure with its unit, without its interval: `97.3 %`.
    pub fn shown(&self, metric: Metric) -> String {
        number::estimate(metric.definition().unit, self.summary.figures(metric)).0
    }

    /// Reads a result from the contents of its files, by their names.
    ///
    /// # Errors
    /// Each thing that is wrong with them: a file that is missing, one that cannot be read, a table that does not hold what
    /// was written there.
    pub fn read(files: &[(String, String)]) -> Result<Self, Vec<String>> {
        let text = |name: &str| files.iter().find(|(file, _)| file == name).map(|(_, text)| text.as_str());
        let mut wrong: Vec<String> =
            NEEDED.iter().filter(|name| text(name).is_none()).map(|name| format!("{name} is missing")).collect();
        let summary: Option<Summary> = kept("summary.json", text("summary.json"), &mut wrong);
        let facts: Option<Facts> = kept("report.json", text("report.json"), &mut wrong);
        let mistakes = facts.iter().flat_map(|facts| {
            let of_flows = facts.flows.iter().flat_map(super::flows::Moved::mistakes);
            facts.distributions.mistakes().into_iter().chain(of_flows).collect::<Vec<_>>()
        });
        wrong.extend(mistakes.map(|mistake| format!("report.json: {mistake}")));
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
            match (layout::check(name, text), &summary) {
                (Ok(rows), Some(summary)) if name == "replications.csv" && rows != summary.replications => {
                    let wanted = summary.replications;
                    wrong.push(format!("{name}: it has {rows} rows, and summary.json speaks of {wanted} replications"));
                }
                (Ok(_), _) => {}
                (Err(found), _) => wrong.extend(found),
            }
        }
        let (Some(summary), Some(facts), true) = (summary, facts, wrong.is_empty()) else { return Err(wrong) };
        let sheet =
            |name: &str| CsvTable::read(text(name).unwrap_or_default()).map_err(|why| vec![format!("{name}: {why}")]);
        Ok(Self {
            summary,
            facts,
            daily: sheet("daily.csv")?,
            by_product: sheet("by_product.csv")?,
            by_warehouse: sheet("by_warehouse.csv")?,
            by_vendor: sheet("by_vendor.csv")?,
            by_zone: sheet("by_zone.csv")?,
            by_class: text("by_class.csv").map(|_| sheet("by_class.csv")).transpose()?,
            levels: text("levels.csv").map(|_| sheet("levels.csv")).transpose()?,
        })
    }
}

/// What the main file of a result holds, and whether the tables beside it are whole.
///
/// # Errors
/// Each thing that is wrong with them.
pub(super) fn summary<T: Kept>(main: &str, files: &[(String, String)]) -> Result<T, Vec<String>> {
    let mut wrong = Vec::new();
    let text = files.iter().find(|(file, _)| file == main).map(|(_, text)| text.as_str());
    let summary = kept(main, text, &mut wrong);
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        wrong.extend(layout::whole(name, text));
    }
    match summary {
        Some(summary) if wrong.is_empty() => Ok(summary),
        None if text.is_none() => Err(vec![format!("{main} is missing")]),
        _ => Err(wrong),
    }
}

/// What a file beside the main one holds; nothing where it is not there.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn beside<T: Kept>(name: &str, files: &[(String, String)]) -> Result<Option<T>, Vec<String>> {
    let mut wrong = Vec::new();
    let text = files.iter().find(|(file, _)| file == name).map(|(_, text)| text.as_str());
    let found = kept(name, text, &mut wrong);
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

/// What a JSON file holds; why it cannot be read goes to what is wrong.
fn kept<T: Kept>(name: &str, text: Option<&str>, wrong: &mut Vec<String>) -> Option<T> {
    T::from_json(text?).map_err(|why| wrong.push(format!("{name}:{why}"))).ok()
}

/// A csv file.
pub(super) struct CsvTable {
    pub header: Vec<String>,
    /// As they stand in the file: a result can have a hundred thousand, so the cells of a row are one text.
    rows: Vec<csv::StringRecord>,
}

impl CsvTable {
    pub fn read(text: &str) -> Result<Self, String> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| error.to_string())?;
        let header = header.iter().map(|name| unguarded(name).to_string()).collect();
        let rows = reader.into_records().collect::<Result<_, _>>().map_err(|error| error.to_string())?;
        Ok(Self { header, rows })
    }

    /// How many rows it has below its header.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// What stands in a row's cell.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        unguarded(&self.rows[row][column])
    }

    /// The row with this name.
    pub fn row_of(&self, name: &str) -> Option<usize> {
        (0..self.rows()).find(|&row| self.cell(row, 0) == name)
    }

    /// The number in a row's cell; `None` where there is none.
    pub fn number(&self, row: usize, column: &str) -> Option<f64> {
        let column = self.header.iter().position(|name| name == column)?;
        self.cell(row, column).parse().ok()
    }

    /// What a row's waiting units are worth at the unit cost by which its stock is valued; `None` without costs, stock or such columns.
    pub fn worth_waiting(&self, row: usize) -> Option<f64> {
        let units = self.number(row, "backorders_mean_units")?;
        let on_hand = self.number(row, "on_hand_mean_units").filter(|&on_hand| on_hand > 0.0)?;
        Some(units * self.number(row, "on_hand_mean_cost").filter(|&cost| cost > 0.0)? / on_hand)
    }

    /// What stands in a row's cell; nothing where there is no such column.
    pub fn text(&self, row: usize, column: &str) -> &str {
        self.header.iter().position(|name| name == column).map_or("", |column| self.cell(row, column))
    }

    /// The numbers of a column, where every row has one; else nothing.
    pub fn column(&self, name: &str) -> Vec<f64> {
        (0..self.rows()).map(|row| self.number(row, name)).collect::<Option<_>>().unwrap_or_default()
    }
}
