//! What a question that begins with "what if" leaves of the levels: a setting that changes the world, and not the plan, is met by
//! the levels that were planned without it.

use super::input::Setting;
use super::quoting::keys;
use crate::domain::{KeptLevels, Model, PlannedTotals};
use crate::policy::assortment::Assortment;
use crate::policy::replenishment::planned::{planned, totals};
use crate::policy::replenishment::schedule::schedule;

/// Tables of the scenario on which derived levels depend; of all others they know nothing.
const WORLD: [&str; 11] = [
    "zones",
    "warehouses",
    "lanes",
    "shipping",
    "vendors",
    "products",
    "demand",
    "costs",
    "stock",
    "receipts",
    "open_purchase_orders",
];

/// Keys of a product's row that are about its levels.
const OF_PRODUCT: [&str; 6] = ["reorder_point", "order_up_to", "quantity", "target", "minimum_units", "multiple"];

/// Keys of a vendor's row that are about levels.
const OF_VENDOR: [&str; 2] = ["target", "planned_lead_time"];

/// The settings by which a scenario plans its levels, where these are not all: without those that change the world.
pub fn settings_of_the_plan(settings: &[Setting]) -> Option<Vec<Setting>> {
    let plan: Vec<Setting> = settings.iter().filter(|setting| !is_shock(&setting.change.path)).cloned().collect();
    (plan.len() < settings.len()).then_some(plan)
}

/// Whether a path leads to something that levels depend on and that is not about levels itself.
fn is_shock(path: &str) -> bool {
    let keys = keys(path);
    let key = |at: usize| keys.get(at).map_or("", |(_, key)| key);
    if (key(0), key(1)) == ("replenishment", "lead_time_factor") {
        return true;
    }
    let about_levels = match key(0) {
        // Another table of products, or another row, is another plan.
        "products" => key(2).is_empty() || key(1) == "generate" || OF_PRODUCT.contains(&key(2)),
        "vendors" => OF_VENDOR.contains(&key(2)),
        _ => false,
    };
    WORLD.contains(&key(0)) && !about_levels
}

/// Gives a model the levels that another one plans, which is the same scenario without the settings that change the world. Where
/// both plan alike, or are not of the same products and warehouses, nothing changes.
pub fn keep(model: &mut Model, plan: &Model) {
    let ids = |model: &Model| -> (Vec<String>, Vec<String>) {
        let products = model.products.iter().map(|product| product.id.clone());
        (products.collect(), model.warehouses.iter().map(|warehouse| warehouse.id.clone()).collect())
    };
    if model.replenishment.is_none() || plan.replenishment.is_none() || ids(model) != ids(plan) {
        return;
    }
    let [own, kept] = [&*model, plan].map(|model| {
        let assortment = Assortment::new(model);
        (assortment.pairs().collect::<Vec<_>>(), schedule(model, &assortment))
    });
    if own == kept {
        return;
    }
    let differing = own.1.differing(&kept.1);
    let anew = PlannedTotals { pairs: differing, ..totals(model, &planned(model)) };
    let mut pairs = planned(plan);
    for pair in pairs.iter_mut().filter(|pair| !pair.source.is_empty()) {
        pair.source = format!("kept: {}", pair.source);
    }
    if let Some(replenishment) = &mut model.replenishment {
        replenishment.kept = Some(KeptLevels { pairs, anew });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_the_world_is_a_shock_and_what_plans_is_none() {
        for path in [
            "vendors.acme.lead_time",
            "demand.orders_per_day",
            "products.whey.share",
            "zones.\"st. ives\".share",
            "replenishment.lead_time_factor",
        ] {
            assert!(is_shock(path), "{path}");
        }
        for path in [
            "replenishment.target.fill_rate",
            "replenishment.reorder_point_factor",
            "network.open",
            "products.whey.reorder_point",
            "products.\"a.b\".target.fill_rate",
            "vendors.acme.target",
            "vendors.acme.planned_lead_time",
            "forecast.factor",
            "run.horizon",
            "rules.split.ship_available",
            "sourcing.policy",
        ] {
            assert!(!is_shock(path), "{path}");
        }
    }
}
