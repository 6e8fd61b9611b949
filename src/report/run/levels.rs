//! The levels on a run's page: the pairs of warehouse and product that tie up most, and the file with all of them.

use crate::report::data::CsvTable;
use crate::report::document::{Block, Content, Fold};
use crate::report::number::grouped;
use crate::report::table::{Cell, Column, Table};

/// So many rows are shown; the file has them all.
const MAX_ROWS: usize = 50;

/// Columns of the file that hold numbers, with their headings and digits.
const NUMBERS: [(&str, &str, usize); 9] = [
    ("forecast_per_day", "forecast a day", 2),
    ("lead_time_demand_mean", "lead-time demand, mean", 1),
    ("lead_time_demand_sd", "lead-time demand, sd", 1),
    ("reorder_point", "reorder point", 0),
    ("order_up_to", "order up to", 0),
    ("quantity", "quantity", 0),
    ("safety_stock", "safety stock", 1),
    ("mean_stock", "mean stock", 1),
    ("capital", "capital", 2),
];

/// The levels, folded, with their file; nothing where nobody buys.
pub(super) fn fold(sheet: &CsvTable) -> Option<Block> {
    let rows = largest(sheet);
    if rows.is_empty() {
        return None;
    }
    // A policy leaves some levels open, and without costs there is no capital.
    let is_used = |(name, ..): &&(&str, &str, usize)| rows.iter().any(|&row| sheet.number(row, name).is_some());
    let numbers: Vec<_> = NUMBERS.iter().filter(is_used).collect();
    let all = grouped(sheet.rows.len() as f64, 0);
    let shown = rows.len();
    let by = if sheet.column("capital").is_empty() { "stock" } else { "capital" };
    let summary = match shown < sheet.rows.len() {
        true => format!("Levels: the {shown} pairs with the most {by} planned, of {all}"),
        false => "Levels of every pair of warehouse and product".to_string(),
    };
    let words = ["product", "warehouse", "vendor"].map(Column::words);
    let headings = numbers.iter().map(|(_, heading, _)| Column::number(*heading));
    let mut table = Table::new(summary.clone(), words.into_iter().chain(headings).chain([Column::words("from")]));
    for &row in &rows {
        let text = |name: &str| Cell::words(sheet.text(row, name));
        let number = |&&(name, _, digits): &&(&str, &str, usize)| {
            let value = sheet.number(row, name);
            Cell::number(value.map_or(String::new(), |value| grouped(value, digits)), value)
        };
        let cells = ["product", "warehouse", "vendor"].into_iter().map(text).chain(numbers.iter().map(number));
        table.row(cells.chain([text("source")]));
    }
    let note = "The forecast is the mean over the whole time, seasons levelled out. Lead-time demand is that of a lead time and, \
                where stock is reviewed every so often, a review period more; safety stock is what the level holds beyond its \
                mean. Mean stock is what the formulas expect of these levels, and capital its cost.";
    let blocks = vec![Block::from(table), Block::paragraph(note), Content::Data("levels.csv".into()).into()];
    Some(Content::Fold(Fold { summary: summary.into(), is_wide: true, blocks }).into())
}

/// The rows with the most capital planned, or stock where there are no costs; of equals the first.
fn largest(sheet: &CsvTable) -> Vec<usize> {
    let key = |row: usize| {
        let number = |name| sheet.number(row, name).unwrap_or(0.0);
        (number("capital"), number("mean_stock"))
    };
    let mut rows: Vec<(usize, (f64, f64))> = (0..sheet.rows.len()).map(|row| (row, key(row))).collect();
    rows.sort_by(|(_, left), (_, right)| right.0.total_cmp(&left.0).then(right.1.total_cmp(&left.1)));
    rows.into_iter().take(MAX_ROWS).map(|(row, _)| row).collect()
}
