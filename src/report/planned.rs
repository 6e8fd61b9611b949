//! `levels.csv`: what is planned of every pair of warehouse and product.

use super::csv_table::CsvTable;
use super::inputs::InputGroup;
use super::layout;
use super::number::{grouped, money};
use super::tables::CsvWriter;
use crate::domain::{Model, PlannedPair, SimTime, Span};

/// `levels.csv`: a row for each pair that is carried, in the order of products; only its header where nobody buys.
///
/// Levels that change in the course of time have a row for each moment from which on others hold, with that moment.
///
/// Numbers that are no levels are rounded to a thousandth of a unit, capital to cents: mean stock times unit cost, empty where no
/// product has a cost.
pub fn planned_csv(model: &Model, planned: &[PlannedPair]) -> String {
    levels(model, planned, CsvWriter::new()).finish()
}

/// The levels of a run: [`planned_csv`] and, in memory, what the page that is made of it reads there. They follow from the model alone,
/// so they can be made while its replications run.
pub struct PlannedLevels {
    pub(super) text: String,
    pub(super) table: Option<CsvTable>,
}

impl PlannedLevels {
    /// What is planned of each pair of a model.
    pub fn of(model: &Model, planned: &[PlannedPair]) -> Self {
        let (text, table) = levels(model, planned, CsvWriter::keeping()).finish_keeping();
        Self { text, table }
    }
}

fn levels(model: &Model, planned: &[PlannedPair], mut sheet: CsvWriter) -> CsvWriter {
    // Only where some levels change in the course of time is there a column that says from when on they hold.
    let changes = planned.iter().any(|pair| pair.from > SimTime::ZERO);
    sheet.header(&header(None, changes));
    write(&mut sheet, changes, model, planned);
    sheet
}

/// Rows that a sweep's table of levels has at most; of more, none is made.
const MOST_SWEPT_ROWS: usize = 500_000;

/// `levels.csv` of a sweep: what is planned in its cells. Cells that plan alike have their rows once, under the numbers of all of
/// them; every row says from when on it holds.
#[derive(Default)]
pub struct SweptLevels {
    /// The cells that have each plan, and its rows.
    plans: Vec<(Vec<usize>, String)>,
    rows: usize,
}

impl SweptLevels {
    /// Adds what is planned in the next cell.
    pub fn push(&mut self, cell: usize, model: &Model, planned: &[PlannedPair]) {
        if planned.is_empty() || self.rows > MOST_SWEPT_ROWS {
            return;
        }
        let mut sheet = CsvWriter::new();
        write(&mut sheet, true, model, planned);
        let rows = sheet.finish();
        match self.plans.iter_mut().find(|(_, other)| *other == rows) {
            Some((cells, _)) => cells.push(cell),
            None => {
                self.rows += planned.len();
                self.plans.push((vec![cell], rows));
            }
        }
    }

    /// The table; `None` where nobody buys, or where it would be too long for a text.
    pub fn finish(self) -> Option<String> {
        if self.plans.is_empty() || self.rows > MOST_SWEPT_ROWS {
            return None;
        }
        let mut sheet = CsvWriter::new();
        sheet.header(&header(Some(layout::LEVELS_CELLS), true));
        for (cells, rows) in &self.plans {
            let cells = in_words(cells);
            let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(rows.as_bytes());
            for row in rows.records().filter_map(Result::ok) {
                sheet.cell(&cells);
                row.iter().for_each(|cell| sheet.cell(cell));
                sheet.end_row();
            }
        }
        Some(sheet.finish())
    }
}

/// Numbers in order: `0 to 3, 8`. A line between two of them would be a date to a spreadsheet.
fn in_words(cells: &[usize]) -> String {
    let runs = cells.chunk_by(|one, next| one + 1 == *next);
    let say = |run: &[usize]| match run {
        [only] => only.to_string(),
        _ => format!("{} to {}", run[0], run[run.len() - 1]),
    };
    runs.map(say).collect::<Vec<_>>().join(", ")
}

/// What is planned at the start, all pairs together, as inputs in words; nothing where nobody buys.
pub(super) fn together(model: &Model, planned: &[PlannedPair]) -> Option<InputGroup> {
    let pairs: Vec<&PlannedPair> = planned.iter().filter(|pair| pair.from == SimTime::ZERO).collect();
    if pairs.is_empty() {
        return None;
    }
    let units = |of: &dyn Fn(&PlannedPair) -> Option<f64>| {
        let known: Vec<f64> = pairs.iter().filter_map(|&pair| of(pair)).collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>())
    };
    let cost = |pair: &PlannedPair| model.products()[pair.product.index()].unit_cost.decimal();
    let capital = units(&|pair| pair.mean_stock.map(|mean| mean * cost(pair))).filter(|&capital| capital > 0.0);
    let level = |of: fn(&PlannedPair) -> Option<i32>| units(&|pair| of(pair).map(f64::from));
    let of_units = |sum: Option<f64>| sum.map(|sum| format!("{} units", grouped(sum, 0)));
    let rows = [
        ("Pairs of warehouse and product", Some(grouped(pairs.len() as f64, 0))),
        ("Reorder points, together", of_units(level(|pair| pair.levels.reorder_point))),
        ("Order-up-to levels, together", of_units(level(|pair| pair.levels.order_up_to))),
        ("Order quantities, together", of_units(level(|pair| pair.levels.quantity))),
        ("Mean stock planned", of_units(units(&|pair| pair.mean_stock))),
        ("Capital planned", capital.map(|capital| money(capital, 0))),
    ];
    let rows = rows.into_iter().filter_map(|(what, how)| Some((what.to_string(), how?))).collect();
    Some(InputGroup { heading: "Levels planned".into(), rows })
}

fn header(cells: Option<&str>, has_from: bool) -> Vec<String> {
    let from = has_from.then_some(layout::LEVELS_FROM);
    let columns = cells.into_iter().chain(layout::LEVELS[..2].iter().copied()).chain(from);
    columns.chain(layout::LEVELS[2..].iter().copied()).map(String::from).collect()
}

fn write(sheet: &mut CsvWriter, has_from: bool, model: &Model, planned: &[PlannedPair]) {
    let has_costs = model.products().iter().any(|product| product.unit_cost.decimal() > 0.0);
    for pair in planned {
        let product = &model.products()[pair.product.index()];
        let vendor = product.vendor.map(|vendor| model.vendors()[vendor.index()].id.as_str());
        let unit_cost = product.unit_cost.decimal();
        sheet.name(&product.id);
        sheet.name(&model.warehouses()[pair.warehouse.index()].id);
        if has_from {
            sheet.cell(&Span(pair.from.0).to_string());
        }
        sheet.name(vendor.unwrap_or_default());
        sheet.number(Some(thousandths(pair.forecast_per_day)));
        sheet.number(pair.lead_time_demand_mean.map(thousandths));
        sheet.number(pair.lead_time_demand_sd.map(thousandths));
        sheet.number(pair.levels.reorder_point.map(f64::from));
        sheet.number(pair.levels.order_up_to.map(f64::from));
        sheet.number(pair.levels.quantity.map(f64::from));
        sheet.number(pair.safety_stock.map(thousandths));
        sheet.number(pair.mean_stock.map(thousandths));
        sheet.cell(
            &pair.mean_stock.filter(|_| has_costs).map_or(String::new(), |mean| format!("{:.2}", mean * unit_cost)),
        );
        sheet.name(&pair.source);
        sheet.end_row();
    }
}

/// A number of units, to a thousandth.
fn thousandths(units: f64) -> f64 {
    let rounded = (units * 1_000.0).round() / 1_000.0;
    // No table shows a zero with a sign.
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_in_a_row_are_told_as_one_stretch() {
        assert_eq!(in_words(&[0, 1, 2, 3, 8]), "0 to 3, 8");
        assert_eq!((in_words(&[5]), in_words(&[2, 4, 5])), ("5".to_string(), "2, 4 to 5".to_string()));
    }
}
