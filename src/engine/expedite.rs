//! Expediting that asks what it costs, and what it brought.
//!
//! Where a vendor's `expedite` names `when`, an expedited receipt that comes before its promise is looked at once more at that promise:
//! what of it was needed by then would have been short without it.

use super::buying::{EarlyReceipt, Spent};
use super::event::Event;
use super::observer::{Observer, Occurrence};
use super::simulation::Simulation;
use super::supply::PurchaseOrder;
use crate::domain::{Cents, DAY, Expedite, ExpediteWhen, VendorId};
use crate::policy::replenishment::worth::{Stake, cost_saved};
use crate::rules::early_replenishment;

impl<O: Observer> Simulation<'_, O> {
    /// Whether a purchase order is to be expedited now: it is needed, or worth its charge, and the month's budget has as much left,
    /// which is then spent.
    pub(super) fn decides_to_expedite(&mut self, vendor: VendorId, slot: u32, offer: &Expedite, cost: Cents) -> bool {
        let PurchaseOrder { warehouse, product, units, promise, .. } = self.supply.purchase_orders[slot];
        let promised = self.supply.promises[promise].promised;
        let pair = self.model.pair(warehouse, product);
        let mean_per_day = self.plan.forecast_per_day[pair];
        let is_wanted = match offer.when.unwrap_or(ExpediteWhen::ProjectedStockOut) {
            ExpediteWhen::ProjectedStockOut => {
                let free = self.world.free(warehouse, product);
                early_replenishment::should_expedite(free, mean_per_day, promised, self.now)
            }
            ExpediteWhen::WorthIt => {
                let stake = Stake {
                    net_stock: self.world.net_stock(warehouse, product),
                    units,
                    mean_per_day,
                    variance_per_day: self.plan.worth.variance_per_day[pair],
                    expedited_in: offer.lead_time.mean() / DAY as f64,
                    promised_in: (promised - self.now).days(),
                };
                let saved = cost_saved(&stake, self.plan.worth.shortage[product.index()]);
                early_replenishment::is_worth_its_charge(saved, cost)
            }
        };
        is_wanted && self.spend(vendor, offer, cost)
    }

    /// Takes a charge from the budget of the month, if it has as much left.
    fn spend(&mut self, vendor: VendorId, offer: &Expedite, cost: Cents) -> bool {
        let Some(budget) = offer.budget_per_month else { return true };
        let month = early_replenishment::month_of(self.now);
        let spent = &mut self.supply.vendors[vendor.index()].expedited;
        if spent.month != month {
            *spent = Spent { month, cents: 0 };
        }
        let is_left = early_replenishment::is_within_budget(Cents(spent.cents), cost, budget);
        if is_left {
            spent.cents += cost.0;
        }
        is_left
    }

    /// An expedited purchase order has arrived: if before its promise, it is settled at that.
    pub(super) fn note_early_receipt(&mut self, slot: u32, promise: u32) {
        let PurchaseOrder { warehouse, product, units, number, .. } = self.supply.purchase_orders[slot];
        let promised = self.supply.promises[promise].promised;
        let Some(vendor) = self.plan.vendor_of(product) else { return };
        let offer = &self.model.vendors[vendor.index()].expedite;
        if promised <= self.now || offer.as_ref().is_none_or(|offer| offer.when.is_none()) {
            return;
        }
        let net_stock = self.world.net_stock(warehouse, product);
        let early = EarlyReceipt { vendor, warehouse, product, units, number, arrived: self.now, net_stock };
        let receipt = self.supply.early.insert(early);
        self.schedule_before_end(promised, Event::PromiseIsDue { receipt });
    }

    /// The promise of a purchase order is due that came earlier.
    pub(super) fn settle_early_receipt(&mut self, receipt: u32) {
        let EarlyReceipt { vendor, warehouse, product, units, number, arrived, net_stock } = self.supply.early[receipt];
        self.supply.early.remove(receipt);
        let last = self.world.net_stock(warehouse, product);
        let needed = early_replenishment::needed_early(units, last);
        let seconds = (self.now - arrived).0;
        let unit_seconds = early_replenishment::spared_unit_seconds(units, net_stock, last, seconds);
        self.emit(Occurrence::ExpeditingSettled { vendor, warehouse, product, number, needed, unit_seconds });
    }
}
