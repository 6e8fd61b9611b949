//! Purchase orders as vendors take them: settings that come to nothing, minima that nothing reaches, and expediting that asks for
//! costs which nobody gives.

use super::assortment::Products;
use super::reader::Section;
use super::report::Finding;
use super::vendors::Vendors;
use crate::domain::{
    BelowMinimum, Cents, CostRates, Customers, ExpediteWhen, OrderMinimum, Replenishment, RuleSettings, Vendor,
    VendorId,
};

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
