//! What the story tells of vendors: purchase orders that wait there, or are not placed for want of a minimum, while the order waits for them.

use super::Story;
use super::page::moment;
use super::scene::{AtVendor, OnOrder, Short};
use super::words::count;
use crate::domain::{OrderMinimum, ProductId, SimTime, VendorId, WarehouseId};
use crate::engine::Occurrence;

impl Story<'_> {
    fn vendor(&self, vendor: VendorId) -> &str {
        &self.model.vendors[vendor.index()].id
    }

    /// Whether the order waits for a product that is ordered for a warehouse.
    fn waits_for_supply(&self, warehouse: WarehouseId, product: ProductId) -> bool {
        let serves = |order| self.sources(order).contains(&warehouse);
        self.concerns(product) && self.about.is_some_and(serves)
    }

    /// Something happens to a purchase order of a vendor that lets them wait, or has a minimum.
    pub(super) fn supply(&mut self, now: SimTime, what: &Occurrence<'_>) {
        use Occurrence as O;
        match *what {
            O::ReplenishmentOrdered { vendor, warehouse, product, units, promised, .. } => {
                let terms = &self.model.vendors[vendor.index()];
                let is_told = terms.lets_orders_wait() || terms.order_minimum.is_some();
                if is_told && self.waits_for_supply(warehouse, product) {
                    let text = format!(
                        "{} orders {} from {}, promised for {}.",
                        self.warehouse(warehouse),
                        self.amount(units, product),
                        self.vendor(vendor),
                        self.date(promised)
                    );
                    self.say(now, None, text);
                }
            }
            O::OrderQueued { vendor, warehouse, product, units, number, .. }
                if self.waits_for_supply(warehouse, product) =>
            {
                if let Some(at) = self.scene.numbered(warehouse, product, number).map(|open| open.at_vendor) {
                    let (what, verb) = (self.amount(units, product), if units == 1 { "waits" } else { "wait" });
                    let text = format!(
                        "{what} for {} {verb} at {}{}.",
                        self.warehouse(warehouse),
                        self.vendor(vendor),
                        self.why_there(now, vendor, at)
                    );
                    self.say(now, None, text);
                }
            }
            O::OrderBegun { vendor, warehouse, product, units, waited, done, .. }
                if done > now && self.waits_for_supply(warehouse, product) =>
            {
                let (they, were) = if units == 1 { ("it", "was") } else { ("they", "were") };
                let text = format!(
                    "{} takes up {} for {}, {waited} after {they} {were} ordered; {they} will be done on {}.",
                    self.vendor(vendor),
                    self.amount(units, product),
                    self.warehouse(warehouse),
                    moment(done)
                );
                self.say(now, None, text);
            }
            O::OrderDispatched { vendor, warehouse, product, units, .. }
                if self.waits_for_supply(warehouse, product) =>
            {
                let (vendor, what) = (self.vendor(vendor), self.amount(units, product));
                let text = format!("{vendor} dispatches {what} for {}.", self.warehouse(warehouse));
                self.say(now, None, text);
            }
            O::OrderBelowMinimum { vendor, warehouse, product, .. } if self.waits_for_supply(warehouse, product) => {
                if self.told_short.insert((vendor, warehouse))
                    && let Some(short) = self.scene.short(vendor, warehouse)
                {
                    let text = format!("{}.", self.why_not_ordered(vendor, warehouse, product, short));
                    self.say(now, None, text);
                }
            }
            O::PurchaseOrderPlaced { vendor, warehouse, .. } => {
                self.told_short.remove(&(vendor, warehouse));
            }
            _ => {}
        }
    }

    /// Why a purchase order is at its vendor that has not been dispatched.
    fn why_there(&self, now: SimTime, vendor: VendorId, at: AtVendor) -> String {
        let has_capacity = self.model.vendors[vendor.index()].capacity.is_some();
        let behind = |ahead: u64| match ahead {
            0 => String::new(),
            _ if !has_capacity => String::new(),
            _ => format!(", behind {} ordered before", count(u32::try_from(ahead).unwrap_or(u32::MAX), "unit")),
        };
        match at {
            AtVendor::Closed { until: Some(until), ahead } if until > now => {
                format!(", which does not work until {}{}", moment(until), behind(ahead))
            }
            AtVendor::Closed { until: None, ahead } => format!(", which does not work{}", behind(ahead)),
            AtVendor::Disrupted { ahead } => format!(", which is disrupted{}", behind(ahead)),
            AtVendor::Closed { ahead, .. } | AtVendor::Behind { ahead } => behind(ahead),
            AtVendor::InHand { done } => format!(", which works on it until {}", moment(done)),
            AtVendor::UnderWay => String::new(),
        }
    }

    /// What is said behind a purchase order that is on order when a line has to wait.
    pub(super) fn state_at_vendor(&self, now: SimTime, open: &OnOrder) -> String {
        let Some(vendor) = open.vendor else { return String::new() };
        let is = match open.at_vendor {
            AtVendor::UnderWay => return String::new(),
            AtVendor::InHand { .. } => "is",
            _ => "waits",
        };
        format!("; it {is} at {}{}", self.vendor(vendor), self.why_there(now, vendor, open.at_vendor))
    }

    /// What a warehouse wants and has not ordered, as it does not come to the vendor's minimum.
    pub(super) fn not_ordered(&mut self, warehouse: WarehouseId, product: ProductId) -> Option<String> {
        let vendor = self.model.vendor_of(product)?;
        let short = self.scene.short(vendor, warehouse).filter(|short| short.products.contains(&product))?;
        let text = format!("{}.", self.why_not_ordered(vendor, warehouse, product, short));
        self.told_short.insert((vendor, warehouse));
        Some(text)
    }

    fn why_not_ordered(&self, vendor: VendorId, warehouse: WarehouseId, product: ProductId, short: &Short) -> String {
        let in_words = |amount: i64| match self.model.vendors[vendor.index()].order_minimum {
            Some(OrderMinimum::Money(_)) => OrderMinimum::Money(crate::domain::Cents(amount)).in_words(),
            _ => OrderMinimum::Units(u32::try_from(amount).unwrap_or(u32::MAX)).in_words(),
        };
        format!(
            "{} wants {}, but all it wants of {} comes to {}, and the minimum is {}: nothing is ordered yet",
            self.warehouse(warehouse),
            self.product(product),
            self.vendor(vendor),
            in_words(short.wanted),
            in_words(short.minimum)
        )
    }
}
