//! `levels.csv`: what is planned of every pair of warehouse and product.

use super::layout;
use super::tables::CsvWriter;
use crate::domain::{Model, PlannedPair};

/// `levels.csv`: a row for each pair that is carried, in the order of products; only its header where nobody buys.
///
/// Numbers that are no levels are rounded to a thousandth of a unit, capital to cents: mean stock times unit cost, empty where no
/// product has a cost.
pub fn planned_csv(model: &Model, planned: &[PlannedPair]) -> String {
    let has_costs = model.products().iter().any(|product| product.unit_cost.decimal() > 0.0);
    let mut sheet = CsvWriter::new();
    sheet.header(&layout::LEVELS.map(String::from));
    for pair in planned {
        let product = &model.products()[pair.product.index()];
        let vendor = product.vendor.map(|vendor| model.vendors()[vendor.index()].id.as_str());
        let unit_cost = product.unit_cost.decimal();
        let level = |level: Option<i32>| level.map_or_else(String::new, |units| units.to_string());
        sheet.name(&product.id);
        sheet.name(&model.warehouses()[pair.warehouse.index()].id);
        sheet.name(vendor.unwrap_or_default());
        sheet.number(Some(thousandths(pair.forecast_per_day)));
        sheet.number(pair.lead_time_demand_mean.map(thousandths));
        sheet.number(pair.lead_time_demand_sd.map(thousandths));
        sheet.cell(&level(pair.levels.reorder_point));
        sheet.cell(&level(pair.levels.order_up_to));
        sheet.cell(&level(pair.levels.quantity));
        sheet.number(pair.safety_stock.map(thousandths));
        sheet.number(pair.mean_stock.map(thousandths));
        sheet.cell(
            &pair.mean_stock.filter(|_| has_costs).map_or(String::new(), |mean| format!("{:.2}", mean * unit_cost)),
        );
        sheet.name(&pair.source);
        sheet.end_row();
    }
    sheet.finish()
}

/// A number of units, to a thousandth.
fn thousandths(units: f64) -> f64 {
    let rounded = (units * 1_000.0).round() / 1_000.0;
    // No table shows a zero with a sign.
    if rounded == 0.0 { 0.0 } else { rounded }
}
