//! Purchase orders as vendors take them: settings that come to nothing, and minima that nothing reaches.

use super::assortment::Products;
use super::reader::Section;
use super::report::Finding;
use super::vendors::Vendors;
use crate::domain::{BelowMinimum, Cents, OrderMinimum, Replenishment, Vendor, VendorId};

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
