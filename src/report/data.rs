//! A result read back from its files: what the page and the charts are made of, during a run and long after it alike. A run has
//! its large tables in memory still.

pub(super) use super::csv_table::CsvTable;
use super::facts::Facts;
use super::layout;
use super::number;
use super::summary::{Kept, Summary};
use crate::measures::Metric;
use std::collections::BTreeMap;

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

    /// Reads a result from the contents of its files, by their names. The files of `tables` are not read: they were just written, and
    /// are in memory still.
    ///
    /// # Errors
    /// Each thing that is wrong with them: a file that is missing, one that cannot be read, a table that does not hold what
    /// was written there.
    pub fn read<'f>(
        files: &'f [(String, String)],
        mut tables: BTreeMap<&'f str, CsvTable>,
    ) -> Result<Self, Vec<String>> {
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
        let is_unread = |name: &str| name.ends_with(".csv") && !tables.contains_key(name);
        let unread: Vec<_> = files.iter().filter(|(name, _)| is_unread(name)).collect();
        for (name, text) in unread {
            match (layout::read(name, text), &summary) {
                (Ok(table), Some(summary)) if name == "replications.csv" && table.rows() != summary.replications => {
                    let (rows, wanted) = (table.rows(), summary.replications);
                    wrong.push(format!("{name}: it has {rows} rows, and summary.json speaks of {wanted} replications"));
                }
                (Ok(table), _) => {
                    tables.insert(name.as_str(), table);
                }
                (Err(found), _) => wrong.extend(found),
            }
        }
        let (Some(summary), Some(facts), true) = (summary, facts, wrong.is_empty()) else { return Err(wrong) };
        let mut needed = |name: &str| tables.remove(name).ok_or_else(|| vec![format!("{name} is missing")]);
        Ok(Self {
            summary,
            facts,
            daily: needed("daily.csv")?,
            by_product: needed("by_product.csv")?,
            by_warehouse: needed("by_warehouse.csv")?,
            by_vendor: needed("by_vendor.csv")?,
            by_zone: needed("by_zone.csv")?,
            by_class: tables.remove("by_class.csv"),
            levels: tables.remove("levels.csv"),
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
