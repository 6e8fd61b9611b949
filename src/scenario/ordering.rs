//! Purchase orders as vendors take them: settings that come to nothing, minima that nothing reaches, and expediting that asks for
//! costs which nobody gives.

use super::assortment::Products;
use super::reader::Section;
use super::report::Finding;
use super::vendors::Vendors;
use crate::domain::phrase::{grouped, money};
use crate::domain::settings::Follow;
use crate::domain::{
    BelowMinimum, Cents, CostRates, Customers, Demand, Effect, ExpediteWhen, Levels, Model, OrderMinimum, OrderTerms,
    ProductId, Replenishment, ReplenishmentPolicy, RuleSettings, Vendor, VendorId, WarehouseId,
};
use crate::policy::assortment::Assortment;
use crate::policy::replenishment::PairLevels;
use crate::policy::replenishment::forecast::forecasts;
use std::collections::BTreeMap;

/// Warns of vendors' settings that have no effect.
pub fn warn(root: &Section<'_>, vendors: &Vendors, products: &Products, replenishment: Option<&Replenishment>) {
    for (index, vendor) in vendors.list.iter().enumerate() {
        let tell = |message: String, help: &str| {
            let finding = Finding::warning("no-effect", vendors.names.place(index), message).about("order_minimum");
            root.cx.sink.push(finding.help(help));
        };
        let is_free = |cost: Cents| cost == Cents::ZERO;
        let of_vendor = || products.list.iter().filter(|product| product.vendor == Some(VendorId::from_index(index)));
        match vendor.order_minimum {
            None if vendor.below_minimum != BelowMinimum::FillUp => tell(
                format!("`below_minimum` of \"{}\" has no effect: it has no `order_minimum`", vendor.id),
                "add one, such as `order_minimum = { money = 500.0 }`, or drop it",
            ),
            Some(OrderMinimum::Money(money))
                if money > Cents::ZERO && of_vendor().count() > 0 && of_vendor().all(|one| is_free(one.unit_cost)) =>
            {
                let becomes = match vendor.below_minimum {
                    BelowMinimum::Wait => "is ever placed",
                    BelowMinimum::FillUp => "can be filled up to it",
                };
                tell(
                    format!(
                        "no purchase order to \"{}\" {becomes}: its `order_minimum` is in money, and its products cost nothing",
                        vendor.id
                    ),
                    "give its products a `unit_cost`, or the minimum in units",
                );
            }
            _ => {}
        }
        if replenishment.is_none() && asks_for_more(vendor) {
            let message = format!("how \"{}\" takes purchase orders has no effect: nobody orders", vendor.id);
            tell(message, "add [replenishment]");
        }
    }
}

/// Whether a vendor's row says more of purchase orders than what each costs.
fn asks_for_more(vendor: &Vendor) -> bool {
    vendor.takes_several_products() || vendor.line_cost != Cents::ZERO
}

/// Reports what is missing to weigh expediting: an error where nothing is given of what waiting and lost sales cost, else a warning
/// that names what does not count.
pub fn weigh(
    root: &Section<'_>,
    vendors: &Vendors,
    products: &Products,
    costs: Option<&CostRates>,
    customers: Option<&Customers>,
    rules: Option<&RuleSettings>,
    has_demand: bool,
) {
    let (Some(costs), Some(customers), Some(rules)) = (costs, customers, rules) else { return };
    let asks =
        |vendor: &Vendor| vendor.expedite.as_ref().is_some_and(|offer| offer.when == Some(ExpediteWhen::WorthIt));
    let stays = if rules.backorder.accept { customers.keep_when_backordered } else { 0.0 };
    for (index, vendor) in vendors.list.iter().enumerate().filter(|(_, vendor)| asks(vendor)) {
        let place = vendors.names.place(index);
        let of_vendor = || products.list.iter().filter(|product| product.vendor == Some(VendorId::from_index(index)));
        if of_vendor().next().is_none() {
            continue;
        }
        let has_margin = of_vendor().any(|product| product.price > product.unit_cost);
        let mut missing = Vec::new();
        if stays > 0.0 && costs.backorder_per_unit_day == 0.0 && costs.backorder_per_unit == 0.0 {
            missing.push("what waiting costs (`backorder_per_unit_day` or `backorder_per_unit` of [costs])");
        }
        if stays < 1.0 && costs.lost_margin == 0.0 {
            missing.push("the margin of lost sales (`lost_margin` of [costs])");
        } else if stays < 1.0 && !has_margin {
            missing.push("the margin of lost sales (`price` and `unit_cost` of its products)");
        }
        if !has_demand {
            missing.push("a forecast ([demand])");
        }
        let counts = (stays > 0.0 && (costs.backorder_per_unit_day > 0.0 || costs.backorder_per_unit > 0.0))
            || (stays < 1.0 && costs.lost_margin > 0.0 && has_margin);
        if missing.is_empty() {
            continue;
        }
        let lacks = missing.join(", and ");
        if counts {
            let message = format!("expediting from \"{}\" is weighed without {lacks}", vendor.id);
            root.cx.sink.push(Finding::warning("no-effect", place, message).about("expedite"));
        } else {
            let message =
                format!("whether expediting from \"{}\" is worth it cannot be told without {lacks}", vendor.id);
            let finding = Finding::error("missing-key", place, message).about("expedite");
            root.cx.sink.push(finding.help("give them, or let `when` be \"projected-stock-out\""));
        }
    }
}

/// Warns of vendors who wait for a minimum that nothing comes to: all that may be missing of their products in a whole run, generously
/// counted, is less. Where there is no bound to what may be missing nothing is said.
pub fn warn_of_minima_out_of_reach(root: &Section<'_>, model: &Model) {
    let Some(settings) = &model.replenishment else { return };
    let mut asked = None;
    for (index, vendor) in model.vendors.iter().enumerate() {
        let (Some(minimum), BelowMinimum::Wait) = (vendor.order_minimum, vendor.below_minimum) else { continue };
        let vendor_id = VendorId::from_index(index);
        let Some(asked) = asked.get_or_insert_with(|| most_asked_for(model)) else { return };
        let products = (0..model.products.len()).map(ProductId::from_index);
        let of_vendor = products.filter(|&product| model.vendor_of(product) == Some(vendor_id));
        let missing: Option<f64> = of_vendor
            .map(|product| {
                let units = asked[product.index()] + most_below_levels(model, settings, product, vendor)?;
                Some(match minimum {
                    OrderMinimum::Units(_) => units,
                    OrderMinimum::Money(_) => units * model.products[product.index()].unit_cost.0 as f64,
                })
            })
            .sum();
        // Of what costs nothing another warning tells.
        let Some(missing) = missing.filter(|&missing| missing > 0.0 && missing < minimum.amount() as f64) else {
            continue;
        };
        let (wanted, missing) = match minimum {
            OrderMinimum::Units(units) => {
                (format!("{} units", grouped(f64::from(units), 0)), format!("{} units", grouped(missing.ceil(), 0)))
            }
            OrderMinimum::Money(cents) => (money(cents.decimal(), 2), money(missing / 100.0, 2)),
        };
        let at = root.written("vendors").map_or(root.at, |item| item.key_at);
        let message = format!(
            "no purchase order to \"{}\" is ever placed: its `order_minimum` is {wanted}, and in the whole run less than {missing} of \
             its products can be missing",
            vendor.id
        );
        let finding = Finding::warning("never-ordered", at, message).about("order_minimum");
        root.cx.sink.push(finding.help("lower it, or fill orders up to it: `below_minimum = \"fill-up\"`"));
    }
}

/// More units of each product than are asked for in a run; `None` where demand may be any multiple of its mean.
fn most_asked_for(model: &Model) -> Option<Vec<f64>> {
    let is_raised = model.events.iter().any(|event| matches!(event.effect, Effect::Demand { .. }));
    if is_raised || model.demand.as_ref().is_some_and(|demand| !demand.shape.rows.is_empty()) {
        return None;
    }
    // A run may lie in the busiest days of the week and of the year.
    let peak = |factors: &[f64]| {
        let mean = factors.iter().sum::<f64>() / factors.len() as f64;
        if mean > 0.0 { factors.iter().copied().fold(0.0, f64::max) / mean } else { 1.0 }
    };
    let busiest = |demand: &Demand| peak(&demand.weekly) * peak(&demand.yearly);
    let run = &model.run;
    // A warm-up that is still to be found may be as long as what follows it.
    let warm_up = match run.warm_up.span() {
        span if span.0 == 0 => run.horizon.days(),
        span => span.days(),
    };
    let days = (warm_up + run.horizon.days() + run.run_out.days()) * model.demand.as_ref().map_or(1.0, busiest);
    let forecast = forecasts(model, &Assortment::new(model));
    let mut asked: Vec<f64> = forecast
        .chunks(model.warehouses.len().max(1))
        .map(|pairs| {
            let (mean, variance) =
                pairs.iter().fold((0.0, 0.0), |(mean, variance), pair| (mean + pair.mean, variance + pair.variance));
            // Twice the mean, and six standard deviations.
            2.0 * mean * days + 6.0 * (variance * days).sqrt()
        })
        .collect();
    asked.resize(model.products.len(), 0.0);
    let script = &model.script;
    let written =
        script.orders.iter().map(|order| &order.lines).chain(script.open_orders.iter().map(|order| &order.lines));
    written.flatten().for_each(|line| asked[line.product.index()] += f64::from(line.units));
    // A customer who calls may take any product of the group.
    for group in model.substitute_groups() {
        let all: f64 = group.iter().map(|product| asked[product.index()]).sum();
        group.iter().for_each(|product| asked[product.index()] = all);
    }
    Some(asked)
}

/// The most units of a product that are missing below its levels at the start, and that an order of it may have beyond what is missing;
/// `None` where levels are not known yet.
fn most_below_levels(model: &Model, settings: &Replenishment, product: ProductId, vendor: &Vendor) -> Option<f64> {
    let is_derived = settings.has_target_for(product, model.vendor_of(product));
    let is_of_lots = settings.policy == ReplenishmentPolicy::FixedQuantity;
    // Shelves are full at the start, unless somebody says what lies there.
    let are_full = model.script.stock.is_none() && settings.follow != Follow::Season && !is_of_lots;
    if is_derived && !are_full {
        return None;
    }
    let own: BTreeMap<WarehouseId, Levels> = settings
        .by_pair
        .iter()
        .filter(|(_, of, _)| *of == product)
        .map(|&(warehouse, _, levels)| (warehouse, levels))
        .collect();
    let of_product = settings.by_product.get(product.index()).copied().unwrap_or_default().or(settings.general);
    let highest = |levels: Levels| {
        let found = PairLevels::new(settings.policy, levels);
        found.map_or(0.0, |found| {
            f64::from(found.highest(settings.policy).max(0)) * settings.reorder_point_factor.max(1.0)
        })
    };
    let OrderTerms { minimum_units, multiple } = model.order_terms(product, vendor);
    let lot = f64::from(minimum_units) + f64::from(multiple);
    let later: f64 = settings.later.iter().filter(|row| row.product == product).map(|row| highest(row.levels)).sum();
    let pairs = (0..model.warehouses.len()).map(WarehouseId::from_index).map(|warehouse| {
        let levels = own.get(&warehouse).copied().unwrap_or_default().or(of_product);
        lot + if are_full { 0.0 } else { highest(levels) }
    });
    Some(later + pairs.sum::<f64>())
}
