//! What is planned, and what became of it where a question begins with "what if": levels that were kept, or planned anew, with the
//! stock that either comes to.

use crate::domain::phrase::grouped;
use crate::domain::{Model, PlannedPair, PlannedTotals};
use crate::policy::replenishment::planned::totals;

pub use crate::policy::replenishment::planned::planned;

/// What a reader has to know of kept levels; nothing where the model plans for itself.
pub fn kept_note(model: &Model) -> Option<String> {
    let kept = model.replenishment.as_ref()?.kept.as_ref()?;
    let now = totals(model, &kept.pairs);
    let anew = kept.anew;
    Some(format!(
        "levels are kept as they are planned without the change: {}; planned anew (--replan), {} of {} pairs would have other \
         levels, and hold {}",
        in_words(model, &now),
        grouped(anew.pairs as f64, 0),
        grouped(now.pairs as f64, 0),
        figures(model, &anew),
    ))
}

/// The stock that kept levels hold in the mean, and that levels planned anew would hold, in units; nothing where the model plans
/// for itself.
pub fn kept_stock(model: &Model) -> Option<[f64; 2]> {
    let kept = model.replenishment.as_ref()?.kept.as_ref()?;
    Some([totals(model, &kept.pairs).units, kept.anew.units])
}

/// By how much a scenario plans otherwise than the first one; nothing where it plans alike, or keeps levels.
pub(super) fn replanned_note(first: &Model, model: &Model) -> Option<String> {
    if model.replenishment.as_ref()?.kept.is_some() {
        return None;
    }
    let (now, before) = (planned(model), planned(first));
    let levels = |model: &Model, planned: &[PlannedPair]| -> Vec<_> {
        let id = |pair: &PlannedPair| {
            let (product, warehouse) =
                (&model.products[pair.product.index()], &model.warehouses[pair.warehouse.index()]);
            (product.id.clone(), warehouse.id.clone(), pair.levels)
        };
        planned.iter().map(id).collect()
    };
    if levels(first, &before) == levels(model, &now) {
        return None;
    }
    let (now, before) = (totals(model, &now), totals(first, &before));
    Some(format!("levels are planned for it: {} instead of {}", in_words(model, &now), figures(first, &before)))
}

/// Stock in the mean and, where products have costs, the capital in it.
fn in_words(model: &Model, totals: &PlannedTotals) -> String {
    let units = format!("{} units in the mean", grouped(totals.units, 0));
    if has_costs(model) { format!("{units} ({} of capital)", grouped(totals.capital, 2)) } else { units }
}

/// The same beside another such pair, which says what they are.
fn figures(model: &Model, totals: &PlannedTotals) -> String {
    let units = grouped(totals.units, 0);
    if has_costs(model) { format!("{units} ({})", grouped(totals.capital, 2)) } else { units }
}

fn has_costs(model: &Model) -> bool {
    model.products.iter().any(|product| product.unit_cost.0 > 0)
}
