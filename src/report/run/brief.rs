//! Tables of warehouses, vendors and products as they are printed: few columns, few rows, as the whole ones are too wide for paper.

use crate::measures::Metric;
use crate::report::data::CsvTable;
use crate::report::document::Block;
use crate::report::number::{self, grouped};
use crate::report::table::{Cell, Column, Table};

/// So many rows are printed.
const MAX_ROWS: usize = 8;

/// The columns that are printed, as far as the table has them.
const COLUMNS: [Metric; 6] = [
    Metric::Units,
    Metric::UnitFillRate,
    Metric::BackordersMeanUnits,
    Metric::OnHandMeanUnits,
    Metric::OnHandMeanCost,
    Metric::LeadTimeDaysMean,
];

/// A table's first rows of those given, on paper alone; nothing of an empty one.
pub(super) fn brief(title: &str, sheet: &CsvTable, rows: &[usize]) -> Option<Block> {
    let shown = &rows[..rows.len().min(MAX_ROWS)];
    let has = |metric: &&Metric| shown.iter().any(|&row| sheet.number(row, metric.name()).is_some());
    let measures: Vec<Metric> = COLUMNS.iter().filter(has).copied().collect();
    if shown.is_empty() || measures.is_empty() {
        return None;
    }
    let headings = measures.iter().map(|metric| Column::number(metric.definition().label));
    let first = Column::words(sheet.header.first().map_or("", String::as_str));
    let mut table = Table::new(title, std::iter::once(first).chain(headings));
    for &row in shown {
        let figure = |metric: &Metric| {
            let mean = sheet.number(row, metric.name());
            let half_width = sheet.number(row, &format!("{}_half_width", metric.name()));
            let unit = metric.definition().unit;
            let words = mean.map_or_else(|| number::NONE.into(), |mean| number::in_short(unit, mean, half_width));
            Cell::number(words, mean)
        };
        let name = Cell::words(sheet.cell(row, 0));
        table.row(std::iter::once(name).chain(measures.iter().map(figure)));
    }
    if shown.len() < sheet.rows() {
        let all = grouped(sheet.rows() as f64, 0);
        table.footnote = Some(format!("{} of {all}.", shown.len()).into());
    }
    Some(Block::from(table).in_print())
}
