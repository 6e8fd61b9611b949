//! `validate`: what is wrong with a scenario, all of it at once.

use serde_json::json;

use super::console;
use super::failure::Failure;
use super::load::{self, Checked};
use super::options::{Output, ScenarioArgs};
use crate::domain::Model;
use crate::scenario::Diagnostics;

/// Checks a scenario and says what is in it.
pub(super) fn validate(args: &ScenarioArgs, output: Output) -> Result<(), Failure> {
    let file = args.file.display().to_string();
    if output.json {
        let checked = load::check(&args.file, &args.settings(None), &args.files.allow)?;
        let mut found = Diagnostics::default();
        found.add(match &checked {
            Ok(Checked { loaded, .. }) => loaded.warnings.clone(),
            Err(diagnostics) => diagnostics.list.clone(),
        });
        let told = json!({
            "file": file,
            "valid": checked.is_ok(),
            // All that were found, should a file be wrong in more places than are listed.
            "errors": found.errors,
            "warnings": found.warnings,
            "diagnostics": found.list,
        });
        console::json(&format!("{told:#}\n"))?;
        return checked.map(drop).map_err(Failure::wrong);
    }
    let model = load::load(args, None, output)?.model;
    if output.quiet { Ok(()) } else { console::data(&format!("{file} is valid: {}.\n", contents(&model))) }
}

/// What a scenario holds, in one sentence.
fn contents(model: &Model) -> String {
    let mut parts = vec![count(model.zones.len(), "zone"), warehouses(model), count(model.products.len(), "product")];
    if !model.vendors.is_empty() {
        parts.push(count(model.vendors.len(), "vendor"));
    }
    if !model.script.orders.is_empty() {
        parts.push(count(model.script.orders.len(), "scripted order"));
    }
    if !model.script.open_orders.is_empty() {
        parts.push(count(model.script.open_orders.len(), "open order"));
    }
    if !model.script.open_purchase_orders.is_empty() {
        parts.push(count(model.script.open_purchase_orders.len(), "open purchase order"));
    }
    if !model.events.is_empty() {
        parts.push(count(model.events.len(), "event"));
    }
    if let Some(trace) = &model.trace {
        parts.push(count(trace.orders.len(), "replayed order"));
    }
    if let Some(demand) = &model.demand {
        let orders = if demand.orders_per_day == 1.0 { "order" } else { "orders" };
        parts.push(format!("{} generated {orders} a day", demand.orders_per_day));
    }
    if let Some(period) = &model.period {
        parts.push(format!("demand by period, every {}", period.period));
    }
    parts.join(", ")
}

/// How many warehouses there are and, where not all that are listed are open, which.
fn warehouses(model: &Model) -> String {
    let Some(opening) = &model.opening else { return count(model.warehouses.len(), "warehouse") };
    let open: Vec<&str> = model.warehouses.iter().map(|warehouse| warehouse.id.as_str()).collect();
    format!("{} of {} open ({})", open.len(), count(open.len() + opening.closed.len(), "warehouse"), open.join(", "))
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
