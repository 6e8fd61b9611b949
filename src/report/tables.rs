//! The csv files. Numbers are written with the fewest digits that read back as the same bits; what there is no number
//! for is an empty cell.

use super::csv_table::CsvTable;
use super::layout::{self, BANDS};
use super::spreadsheet::guarded;
use super::summary::EventSummary;
use crate::experiment::{EventResult, Results, Table, Welch};
use crate::measures::Metric;
use crate::observe::DayRow;
use crate::stats::nearest_rank;

/// Moving averages of `warm_up.csv` reach so many days to either side.
const WELCH_WINDOW: usize = 5;

/// `replications.csv`: a row a replication, a column a measure.
pub fn replications_csv(results: &Results) -> String {
    let is_known = |metric: Metric| !metric.comes_with_a_setting() || results.estimate(metric).is_some();
    let mut sheet = CsvWriter::new();
    sheet.header(&layout::of_replications(is_known));
    for (index, row) in results.rows.iter().enumerate() {
        sheet.whole(index as i64);
        for (_, pair) in Metric::ALL.iter().zip(&row.pairs).filter(|(metric, _)| is_known(**metric)) {
            sheet.number(pair.value());
        }
        sheet.end_row();
    }
    sheet.finish()
}

/// `daily.csv`: a row a day from the start of the replications, warm-up included; for each series its mean and its
/// nearest-rank quantiles over replications. Units are those at the end of the day.
pub fn daily_csv(results: &Results) -> String {
    daily(results, CsvWriter::new()).finish()
}

/// The same, to be finished.
pub(super) fn daily(results: &Results, mut sheet: CsvWriter) -> CsvWriter {
    sheet.header(&layout::of_days());
    let replications = results.daily.len();
    let Some(days) = results.daily.iter().map(Vec::len).min() else { return sheet };
    // Every day has as many values, so that each quantile is always at the same place among them.
    let places: Vec<usize> = (0..replications).collect();
    let quantiles = BANDS.map(|(_, probability)| nearest_rank(&places, probability));
    let mut rows = Vec::with_capacity(replications);
    let mut values = Vec::with_capacity(replications);
    for day in 0..days {
        sheet.whole(day as i64);
        rows.clear();
        rows.extend(results.daily.iter().map(|replication| replication[day].values()));
        for series in 0..DayRow::NAMES.len() {
            values.clear();
            values.extend(rows.iter().map(|row| row[series]));
            values.sort_unstable();
            let sum: i128 = values.iter().map(|&value| i128::from(value)).sum();
            sheet.number(Some(sum as f64 / replications as f64));
            for place in quantiles {
                sheet.whole(values[place]);
            }
        }
        sheet.end_row();
    }
    sheet
}

/// `by_product.csv` and its like: a row a product, warehouse, vendor or zone.
pub fn table_csv(table: &Table) -> String {
    breakdown(table, CsvWriter::new()).finish()
}

/// The same, to be finished.
pub(super) fn breakdown(table: &Table, mut sheet: CsvWriter) -> CsvWriter {
    sheet.header(&layout::of_table(table.key, &table.columns));
    for (index, id) in table.ids.iter().enumerate() {
        sheet.name(id);
        for (cell, column) in table.row(index).into_iter().zip(&table.columns) {
            sheet.number(cell.estimate);
            if column.with_half_width {
                sheet.number(cell.half_width);
            }
        }
        sheet.end_row();
    }
    sheet
}

/// `by_event.csv`: a row an event of the scenario, with its figures.
pub fn events_csv(results: &Results) -> String {
    let mut sheet = CsvWriter::new();
    sheet.header(&layout::of_events());
    for event in &results.events {
        event_row(&mut sheet, event);
    }
    sheet.finish()
}

/// An event with its figures, to the end of the row.
pub(super) fn event_row(sheet: &mut CsvWriter, event: &EventResult) {
    sheet.name(&event.name);
    for figures in EventSummary::from(event).figures() {
        sheet.number(figures.mean);
        sheet.number(figures.half_width);
    }
    sheet.end_row();
}

/// `warm_up.csv`: the data of a Welch plot, on which a warm-up found by itself rests: daily means over the pilot
/// replications and their moving averages over eleven days (fewer near the ends).
pub fn warm_up_csv(welch: &Welch) -> String {
    let mut sheet = CsvWriter::new();
    sheet.header(&layout::of_warm_up());
    let level = welch.inventory_level();
    for day in 0..level.len() {
        sheet.whole(day as i64);
        for series in [&welch.on_hand, &welch.backorders, &level] {
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
pub(super) struct CsvWriter {
    writer: csv::Writer<Vec<u8>>,
    /// The row in the making: the library writes whole rows in less time than single fields.
    row: csv::StringRecord,
    /// The digits of the last whole number.
    digits: String,
    /// That number: often the next cell has the same.
    whole: Option<i64>,
    /// What was written, where it is kept.
    table: Option<CsvTable>,
}

impl CsvWriter {
    pub(super) fn new() -> Self {
        let writer = csv::Writer::from_writer(Vec::new());
        Self { writer, row: csv::StringRecord::new(), digits: String::new(), whole: None, table: None }
    }

    /// The same that keeps what it writes in memory, for those who would have to read the file again.
    pub(super) fn keeping() -> Self {
        Self { table: Some(CsvTable::new([], 0)), ..Self::new() }
    }

    pub(super) fn header(&mut self, names: &[String]) {
        self.writer.write_record(names).expect("writing to memory does not fail");
        if let Some(table) = &mut self.table {
            *table = CsvTable::new(names.iter().map(String::as_str), 0);
        }
    }

    pub(super) fn cell(&mut self, text: &str) {
        self.row.push_field(text);
    }

    /// A value of a setting: a number as it is, anything else as a name.
    pub(super) fn value(&mut self, value: &str) {
        if value.parse::<f64>().is_ok() { self.cell(value) } else { self.name(value) }
    }

    /// A name that comes from outside.
    pub(super) fn name(&mut self, name: &str) {
        self.cell(&guarded(name));
    }

    /// A number with the fewest digits that read back as the same bits; an empty cell without one.
    pub(super) fn number(&mut self, value: Option<f64>) {
        match value.map(|value| (value, exactly_whole(value))) {
            None => self.cell(""),
            // Half of all numbers are whole, and these are written in a fraction of the time.
            Some((_, Some(whole))) => self.whole(whole),
            // The library writes the same digits sooner; others than these with an exponent.
            Some((value, None)) if (1e-5..1e15).contains(&value.abs()) => {
                self.row.push_field(zmij::Buffer::new().format_finite(value));
            }
            Some((value, None)) => self.row.push_field(&value.to_string()),
        }
    }

    pub(super) fn whole(&mut self, value: i64) {
        if self.whole != Some(value) {
            // Takes less time than to write it into the memory that is there.
            self.digits = value.to_string();
            self.whole = Some(value);
        }
        self.row.push_field(&self.digits);
    }

    pub(super) fn end_row(&mut self) {
        self.writer.write_byte_record(self.row.as_byte_record()).expect("writing to memory does not fail");
        if let Some(table) = &mut self.table {
            table.push(&self.row);
        }
        self.row.clear();
    }

    pub(super) fn row<const N: usize>(&mut self, cells: [&str; N]) {
        cells.into_iter().for_each(|text| self.cell(text));
        self.end_row();
    }

    /// The file, and its table where it was kept.
    pub(super) fn finish_keeping(mut self) -> (String, Option<CsvTable>) {
        let table = self.table.take();
        (self.finish(), table)
    }

    pub(super) fn finish(self) -> String {
        let bytes = self.writer.into_inner().expect("writing to memory does not fail");
        String::from_utf8(bytes).expect("text was written")
    }
}

/// The whole number that a value is, if that is written with the same digits.
fn exactly_whole(value: f64) -> Option<i64> {
    // Below this, floats tell all whole numbers apart.
    const EXACT: f64 = 9e15;
    let whole = value as i64;
    // A zero may have a sign.
    let is_whole = whole as f64 == value && value.abs() < EXACT && (whole != 0 || value.is_sign_positive());
    is_whole.then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::Metric;
    use crate::report::fixture::{quiet, some};

    /// Header and rows of a csv file, all of one width.
    fn read(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_string).collect::<Vec<_>>();
        let header = cells(reader.headers().unwrap());
        let rows = reader.records().map(|record| cells(&record.unwrap())).collect();
        (header, rows)
    }

    fn cell<'a>(table: &'a (Vec<String>, Vec<Vec<String>>), row: usize, column: &str) -> &'a str {
        &table.1[row][table.0.iter().position(|name| name == column).unwrap()]
    }

    #[test]
    fn numbers_are_written_with_the_fewest_digits_and_no_exponent() {
        const EXACT: f64 = 8_999_999_999_999_999.0;
        const HALF: f64 = 499_999_999_999_999.5;
        let values =
            [0.0, 0.0, -0.0, 0.0, 1.0, 1.5, 1.0, -3.0, EXACT, -9e15, 1e16, 1.5e21, f64::MAX, f64::NAN, f64::INFINITY];
        let fractions = [0.1, -0.3, 1e-5, 9.99e-6, 2.0 / 3.0, 1e-300, f64::MIN_POSITIVE, HALF, 2.0 * HALF, 1e15 + 0.25];
        let values: Vec<f64> = values.into_iter().chain(fractions).collect();
        let mut sheet = CsvWriter::new();
        for &value in &values {
            sheet.number(Some(value));
        }
        sheet.end_row();
        let expected: Vec<String> = values.iter().map(f64::to_string).collect();
        assert_eq!(sheet.finish(), expected.join(",") + "\n");
    }

    #[test]
    fn a_table_that_was_kept_is_the_one_that_is_read() {
        let results = some();
        for sheet in [daily(&results, CsvWriter::keeping()), breakdown(&results.by_product, CsvWriter::keeping())] {
            let (text, kept) = sheet.finish_keeping();
            let [kept, read] =
                [kept.expect("it was kept"), CsvTable::read(&text).expect("it can be read")].map(|table| {
                    let columns = table.header.len();
                    let row = |row| (0..columns).map(|column| table.cell(row, column).to_string()).collect::<Vec<_>>();
                    let rows: Vec<_> = (0..table.rows()).map(row).collect();
                    (table.header, rows)
                });
            assert_eq!(kept, read);
            assert!(!kept.1.is_empty());
        }
    }

    #[test]
    fn a_row_a_replication_and_a_column_a_measure() {
        let table = read(&replications_csv(&some()));
        let always = Metric::ALL.iter().filter(|metric| !metric.comes_with_a_setting());
        assert_eq!((table.0.len(), table.1.len()), (1 + always.count(), 4));
        assert_eq!((cell(&table, 3, "replication"), cell(&table, 3, "orders")), ("3", "10"));
        assert_eq!((cell(&table, 0, "order_fill_rate"), cell(&table, 0, "cycle_service_level")), ("1", ""));
    }

    #[test]
    fn a_row_a_day_from_the_start() {
        let table = read(&daily_csv(&some()));
        assert_eq!((table.0.len(), table.1.len()), (1 + 6 * 6, 11));
        // Two units leave every day from day 1.
        assert_eq!((cell(&table, 0, "on_hand_units_mean"), cell(&table, 10, "on_hand_units_p95")), ("100", "80"));
        assert_eq!((cell(&table, 0, "orders_p50"), cell(&table, 1, "orders_p50")), ("0", "1"));
    }

    #[test]
    fn a_row_a_product_with_half_widths_of_the_key_measures() {
        let results = some();
        let table = read(&table_csv(&results.by_product));
        assert_eq!(table.1.len(), 2);
        assert_eq!(cell(&table, 0, "product"), "whey, 1 kg");
        assert_eq!((cell(&table, 0, "lines"), cell(&table, 0, "unit_fill_rate")), ("5", "1"));
        assert_eq!((cell(&table, 0, "unit_fill_rate_half_width"), cell(&table, 0, "cycle_service_level")), ("0", ""));
        for table in [&results.by_warehouse, &results.by_vendor, &results.by_zone] {
            assert_eq!(read(&table_csv(table)).1.len(), 2, "{}", table.key);
        }
        let zones = read(&table_csv(&results.by_zone));
        assert_eq!((cell(&zones, 1, "zone"), cell(&zones, 1, "international_wait_days_mean")), ("abroad", "0"));
    }

    #[test]
    fn nothing_is_an_empty_cell() {
        let table = read(&replications_csv(&quiet()));
        assert_eq!((cell(&table, 0, "orders"), cell(&table, 0, "order_fill_rate")), ("0", ""));
    }

    #[test]
    fn the_moving_average_stays_centred() {
        let welch = Welch { pilots: 1, on_hand: (0..20).map(f64::from).collect(), backorders: vec![2.0; 20] };
        let table = read(&warm_up_csv(&welch));
        for row in [0, 3, 10, 19] {
            assert_eq!(cell(&table, row, "on_hand_units_moving"), row.to_string());
            assert_eq!(cell(&table, row, "inventory_level_units"), (row as i32 - 2).to_string());
        }
    }
}
