//! The csv files. Numbers are written with the fewest digits that read back as the same bits; what there is no number
//! for is an empty cell.

use crate::experiment::{CONFIDENCE, Results, Table, WarmUpFinding};
use crate::measures::Metric;
use crate::observe::DayRow;
use crate::stats::nearest_rank;

/// Quantiles of the daily series over replications, by the ending of their column's name.
const BANDS: [(&str, f64); 5] = [("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95)];

/// Moving averages of `warm_up.csv` reach so many days to either side.
const WELCH_WINDOW: usize = 5;

/// `replications.csv`: a row a replication, a column a measure.
pub fn replications_csv(results: &Results) -> String {
    let mut sheet = Sheet::new();
    sheet.cell("replication");
    for metric in Metric::ALL {
        sheet.cell(metric.name());
    }
    sheet.end_row();
    for (index, row) in results.rows.iter().enumerate() {
        sheet.cell(&index.to_string());
        for pair in &row.pairs {
            sheet.number(pair.value());
        }
        sheet.end_row();
    }
    sheet.finish()
}

/// `daily.csv`: a row a day from the start of the replications, warm-up included; for each series its mean and its
/// nearest-rank quantiles over replications. Units are those at the end of the day.
pub fn daily_csv(results: &Results) -> String {
    let mut sheet = Sheet::new();
    sheet.cell("day");
    for name in DayRow::NAMES {
        sheet.cell(&format!("{name}_mean"));
        for (band, _) in BANDS {
            sheet.cell(&format!("{name}_{band}"));
        }
    }
    sheet.end_row();
    let days = results.daily.iter().map(Vec::len).min().unwrap_or(0);
    let mut values = Vec::with_capacity(results.daily.len());
    for day in 0..days {
        sheet.cell(&day.to_string());
        for series in 0..DayRow::NAMES.len() {
            values.clear();
            values.extend(results.daily.iter().map(|replication| replication[day].values()[series]));
            values.sort_unstable();
            let sum: i128 = values.iter().map(|&value| i128::from(value)).sum();
            sheet.number(Some(sum as f64 / values.len() as f64));
            for (_, probability) in BANDS {
                sheet.cell(&nearest_rank(&values, probability).to_string());
            }
        }
        sheet.end_row();
    }
    sheet.finish()
}

/// `by_product.csv` and its like: a row a product, warehouse, vendor or zone.
pub fn table_csv(table: &Table) -> String {
    let mut sheet = Sheet::new();
    sheet.cell(table.key);
    for column in table.columns {
        sheet.cell(column.metric.name());
        if column.with_half_width {
            sheet.cell(&format!("{}_half_width", column.metric.name()));
        }
    }
    sheet.end_row();
    for (index, id) in table.ids.iter().enumerate() {
        sheet.cell(id);
        for (cell, column) in table.row(index).iter().zip(table.columns) {
            sheet.number(cell.ratio());
            if column.with_half_width {
                sheet.number(cell.half_width(CONFIDENCE));
            }
        }
        sheet.end_row();
    }
    sheet.finish()
}

/// `warm_up.csv`: the data of a Welch plot, on which a warm-up found by itself rests: daily means over the pilot
/// replications and their moving averages over eleven days (fewer near the ends).
pub fn warm_up_csv(finding: &WarmUpFinding) -> String {
    let mut sheet = Sheet::new();
    sheet.row(["day", "on_hand_units", "on_hand_units_moving", "backorder_units", "backorder_units_moving"]);
    for day in 0..finding.on_hand.len() {
        sheet.cell(&day.to_string());
        for series in [&finding.on_hand, &finding.backorders] {
            // The window shrinks near the ends, so that it stays centred on its day.
            let reach = WELCH_WINDOW.min(day).min(series.len() - 1 - day);
            let window = &series[day - reach..=day + reach];
            sheet.number(Some(series[day]));
            sheet.number(Some(window.iter().sum::<f64>() / window.len() as f64));
        }
        sheet.end_row();
    }
    sheet.finish()
}

/// A csv file in the making.
struct Sheet {
    writer: csv::Writer<Vec<u8>>,
}

impl Sheet {
    fn new() -> Self {
        Self { writer: csv::Writer::from_writer(Vec::new()) }
    }

    fn cell(&mut self, text: &str) {
        self.writer.write_field(text).expect("writing to memory does not fail");
    }

    fn number(&mut self, value: Option<f64>) {
        self.cell(&value.map_or_else(String::new, |value| value.to_string()));
    }

    fn end_row(&mut self) {
        self.writer.write_record(None::<&[u8]>).expect("writing to memory does not fail");
    }

    fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.writer.write_record(cells).expect("writing to memory does not fail, and rows are of one length");
    }

    fn finish(self) -> String {
        let bytes = self.writer.into_inner().expect("writing to memory does not fail");
        String::from_utf8(bytes).expect("text was written")
    }
}
