//! What is planned, and what became of it where a question begins with "what if": levels that were kept, or planned anew, with the
//! stock that either comes to.

use crate::domain::phrase::{grouped, in_currency, money};
use crate::domain::{Model, PlannedPair, PlannedTotals};
use crate::policy::replenishment::planned::totals;

pub use crate::policy::replenishment::planned::planned;

/// What a reader has to know of kept levels; nothing where the model plans for itself.
pub fn kept_note(model: &Model) -> Option<String> {
    let kept = model.replenishment.as_ref()?.kept.as_ref()?;
    let now = totals(model, &kept.pairs);
    let anew = kept.anew;
    Some(format!(
        "levels are kept as they are planned without the change: {} in the mean{}; planned anew (--replan), {} of {} pairs would \
         have other levels, and hold {}{}",
        units(&now),
        capital(model, &now, " of capital"),
        grouped(anew.pairs as f64, 0),
        grouped(now.pairs as f64, 0),
        grouped(anew.units, 0),
        capital(model, &anew, ""),
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
    Some(format!(
        "levels are planned for it: {} in the mean{} instead of {}{}",
        units(&now),
        capital(model, &now, " of capital"),
        grouped(before.units, 0),
        capital(first, &before, ""),
    ))
}

fn units(totals: &PlannedTotals) -> String {
    format!("{} units", grouped(totals.units, 0))
}

/// What the stock ties up, with what that is called, in brackets; nothing where no product has a cost.
fn capital(model: &Model, totals: &PlannedTotals, called: &str) -> String {
    if model.products.iter().all(|product| product.unit_cost.0 <= 0) {
        return String::new();
    }
    // Of a large sum cents say nothing.
    let decimals = if totals.capital < 100.0 { 2 } else { 0 };
    let currency = model.costs.currency.as_ref().map(|currency| currency.0.as_str());
    in_currency(currency, || format!(" ({}{called})", money(totals.capital, decimals)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;
    use crate::measures::fixture;

    #[test]
    fn capital_is_told_in_the_currency_of_the_scenario_and_large_sums_without_cents() {
        let mut model = fixture::model();
        let totals = |capital: f64| PlannedTotals { capital, ..PlannedTotals::default() };
        model.products.iter_mut().for_each(|product| product.unit_cost.0 = 0);
        assert_eq!(capital(&model, &totals(0.0), ""), "");
        model.products[0].unit_cost.0 = 100;
        assert_eq!(capital(&model, &totals(8.537), " of capital"), " (8.54 of capital)");
        model.costs.currency = Some(Currency("EUR".into()));
        assert_eq!(capital(&model, &totals(2_962.08), ""), " (EUR 2,962)");
    }
}
