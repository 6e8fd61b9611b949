//! `[sourcing]`, `[customers]` and `[costs]`, whose settings depend on one another or on other tables.

use super::reader::Section;
use super::report::Finding;
use crate::domain::settings::{Setting, Settings, Value, Words};
use crate::domain::{Cents, CostRates, Customers, Model, SourcingPolicy, SourcingSettings};

/// Reads `[sourcing]`.
pub fn sourcing(root: &Section<'_>) -> Option<SourcingSettings> {
    let settings: SourcingSettings = root.settings("sourcing")?;
    let table = root.table("sourcing", &SourcingSettings::TABLE);
    for (key, of) in [
        ("spillover_lines_per_day", SourcingPolicy::PrimarySpillover),
        ("price_interval", SourcingPolicy::ShadowPrices),
    ] {
        if let Some(item) = table.written(key).filter(|_| settings.policy != of) {
            let message = format!("`{key}` has no effect under the policy \"{}\"", settings.policy.word());
            let finding = Finding::warning("no-effect", item.key_at, message).about("sourcing");
            root.cx.sink.push(finding.note(format!("it works with \"{}\"", of.word())));
        }
    }
    Some(settings)
}

/// Reads `[customers]`.
pub fn customers(root: &Section<'_>) -> Option<Customers> {
    if root.written("customers").is_none() {
        return Some(Customers::default());
    }
    let table = root.written_table("customers", &Customers::TABLE)?;
    let values = table.values(&Customers::TABLE);
    if table.written("contact").is_none()
        && let Some(Value::Number(probability)) = values.get("contact_after_mismatch")
        && *probability > 0.0
        && let Some(item) = table.written("contact_after_mismatch")
    {
        let message = "`contact_after_mismatch` needs `contact`, which says when a customer calls".to_string();
        let finding = item.error("missing-key", message);
        table.cx.sink.push(finding.help("add `contact = { probability = 0.0, after = \"4d\" }`"));
    }
    values.all().map(Customers::from_value)
}

/// Warns of costs that nothing can cause.
pub fn warn_of_idle_costs(root: &Section<'_>, model: &Model) {
    let table = root.table("costs", &CostRates::TABLE);
    let warn = |key: &'static str, is_idle: bool, why: &str, help: &str| {
        if let Some(item) = table.written(key).filter(|_| is_idle) {
            let message = format!("`{key}` has no effect: {why}");
            root.cx.sink.push(Finding::warning("no-effect", item.key_at, message).about("costs").help(help));
        }
    };
    let costs = &model.costs;
    let nothing_waits = !model.rules.backorder.accept;
    let why = "nothing ever waits where `rules.backorder.accept` is false";
    let help = "charge what is refused by `lost_margin`, which is a share of price less unit cost";
    warn("backorder_per_unit", nothing_waits && costs.backorder_per_unit > 0.0, why, help);
    warn("backorder_per_unit_day", nothing_waits && costs.backorder_per_unit_day > 0.0, why, help);
    let why = "nobody buys, as there is no [replenishment]; receipts written by hand cost nothing";
    warn("purchase", costs.purchase && model.replenishment.is_none(), why, "drop it, or add a policy");
    let is_free = model.products.iter().all(|product| product.unit_cost == Cents::ZERO);
    let why = "no product has a `unit_cost`";
    warn("purchase", costs.purchase && model.replenishment.is_some() && is_free, why, "give products a `unit_cost`");
}
