//! What expediting costs and saves, once more from the page's words.

use backorder::domain::{Expedite, ExpediteWhen};
use serde_json::json;

use super::certain::seconds;
use super::world::World;

const DAY: f64 = 86_400.0;

/// Units that demand of so many, normal with this variance, is beyond a stock on average.
fn beyond(stock: f64, mean: f64, variance: f64) -> f64 {
    if variance <= 0.0 {
        return (mean - stock).max(0.0);
    }
    let sd = variance.sqrt();
    let z = (stock - mean) / sd;
    let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let above = 0.5 * libm::erfc(z / std::f64::consts::SQRT_2);
    sd * (density - z * above)
}

impl World<'_> {
    /// Whether an open purchase order is worth hurrying; `taker` is the line that takes stock now, by order and place in it.
    pub fn is_worth_hurrying(&self, place: usize, offer: &Expedite, taker: (usize, usize)) -> bool {
        let purchase = &self.purchases[place];
        let (warehouse, product, units) = (purchase.warehouse, purchase.product, f64::from(purchase.units));
        let (costs, about) = (self.model.costs(), &self.model.products()[product]);
        let stays =
            if self.model.rules().backorder.accept { self.model.customers().keep_when_backordered } else { 0.0 };
        let margin = (about.price.0 - about.unit_cost.0) as f64 / 100.0;
        let each = stays * costs.backorder_per_unit + (1.0 - stays) * costs.lost_margin * margin;
        let each_day = stays * costs.backorder_per_unit_day;
        let (from, to) = (seconds(&offer.lead_time) as f64 / DAY, (purchase.promised - self.now) as f64 / DAY);
        if from >= to {
            return false;
        }
        let net = self.net_stock(warehouse, product, Some(taker)) as f64;
        let (mean, variance) = (self.forecast(warehouse, product), self.forecast_variance(warehouse, product));
        let spared = |t: f64| beyond(net, mean * t, variance * t) - beyond(net + units, mean * t, variance * t);
        let step = (to - from) / 16.0;
        let days: f64 = (0..16).map(|k| spared(from + step * (f64::from(k) + 0.5)) * step).sum();
        let saved = each * (spared(to) - spared(from)) + each_day * days;
        saved > offer.cost_per_unit.0 as f64 / 100.0 * units
    }

    /// Whether the month's budget has as much left; then it is spent.
    pub fn spend(&mut self, vendor: usize, offer: &Expedite, units: u32) -> bool {
        let Some(budget) = offer.budget_per_month else { return true };
        let charge = offer.cost_per_unit.0 * i64::from(units);
        let month = self.now / (365 * 86_400 / 12);
        let spent: i64 = self.spent.iter().filter(|one| (one.0, one.1) == (vendor, month)).map(|one| one.2).sum();
        if spent + charge > budget.0 {
            return false;
        }
        self.spent.push((vendor, month, charge));
        true
    }

    /// Free stock less the units that wait for it at home. While an order is placed, its lines wait one after the other.
    fn net_stock(&self, warehouse: usize, product: usize, taker: Option<(usize, usize)>) -> i64 {
        let mut net = self.free(warehouse, product);
        for (place, order) in self.orders.iter().enumerate() {
            for (at, line) in order.lines.iter().enumerate().filter(|(_, line)| line.waits() && line.product == product)
            {
                let is_known = line.backordered
                    || self.all_at_once(place)
                    || taker.is_none_or(|(of, before)| of != place || at < before);
                if line.home == Some(warehouse) && is_known {
                    net -= i64::from(line.waiting);
                }
            }
        }
        net
    }

    /// Whether what expediting brings is measured of a vendor.
    pub fn is_measured(&self, vendor: usize) -> bool {
        self.model.vendors()[vendor].expedite.as_ref().is_some_and(|offer| offer.when.is_some())
    }

    /// Whether a vendor's orders are hurried only where it pays.
    pub fn weighs(offer: &Expedite) -> bool {
        offer.when == Some(ExpediteWhen::WorthIt)
    }

    /// Promises that are due now of orders that were hurried and came before.
    pub fn settle_early(&mut self) {
        for place in 0..self.purchases.len() {
            let purchase = &mut self.purchases[place];
            if !purchase.early || purchase.promised > self.now {
                continue;
            }
            purchase.early = false;
            let (vendor, warehouse, product) = (purchase.vendor, purchase.warehouse, purchase.product);
            let units = i64::from(purchase.units);
            let needed = (units - self.net_stock(warehouse, product, None)).clamp(0, units);
            self.trace(
                "expediting-settled",
                json!({
                    "vendor": self.model.vendors()[vendor].id,
                    "warehouse": self.model.warehouses()[warehouse].id,
                    "product": self.model.products()[product].id,
                    "needed": needed,
                }),
            );
        }
    }
}
