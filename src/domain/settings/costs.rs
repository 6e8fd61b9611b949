//! `[costs]` and `[promises]`: rates of the cost parts, thresholds of the scorecard.

use super::currency::Currency;
use super::declare::settings;
use super::kinds::{RATE, SHARE};
use crate::domain::Cents;
use crate::domain::phrase::{money, percent};

settings! {
    /// Cost rates that do not stand with a vendor or a lane.
    #[derive(Default)]
    pub struct CostRates as "Costs": "[costs]" {
        /// What money is told in on pages and in the terminal: an ISO 4217 code or a sign. It changes no figure. Left out, money is a bare
        /// number.
        currency: Option<Currency> = optional, example("USD"), example("€"),
            says "Money in" => |costs| costs.currency.as_ref().map(|currency| currency.0.clone());
        /// A year's holding cost as a share of unit cost.
        holding_rate: f64 as RATE = 0.0,
            says "Holding" => |costs| format!("{} of unit cost a year", percent(costs.holding_rate));
        /// Cost of a unit on hand for a day, beside what `holding_rate` makes of its unit cost.
        holding_per_unit_day: f64 as RATE = 0.0,
            says "A unit on hand for a day" => |costs| told(costs.holding_per_unit_day);
        /// Cost of a unit waiting for a day.
        backorder_per_unit_day: f64 as RATE = 0.0,
            says "A unit waiting for a day" => |costs| money(costs.backorder_per_unit_day, 2);
        /// Cost of a unit that cannot be supplied when it is asked for and has to wait, once, however long it waits.
        backorder_per_unit: f64 as RATE = 0.0,
            says "A unit that has to wait" => |costs| told(costs.backorder_per_unit);
        /// Cost of an order that ends cancelled.
        cancelled_order: Cents = 0.0,
            says "A cancelled order" => |costs| money(costs.cancelled_order.decimal(), 2);
        /// Cost of a contact handled.
        contact: Cents = 0.0,
            says "A contact" => |costs| money(costs.contact.decimal(), 2);
        /// Times (price − unit cost) of every unit asked for and never shipped (not swapped, not open).
        lost_margin: f64 as RATE = 0.0,
            says "Lost margin" => |costs| format!("{} of price less unit cost", percent(costs.lost_margin));
        /// Whether what the units cost to buy that vendors deliver is a part of the costs.
        purchase: bool = false,
            says "Units that vendors deliver" => |costs| costs.purchase.then_some("their unit cost");
    }
}

impl CostRates {
    /// What holding a unit of some unit cost costs a year, in the currency's unit.
    pub fn holding_per_unit_year(&self, unit_cost: Cents) -> f64 {
        self.holding_rate * unit_cost.decimal() + 365.0 * self.holding_per_unit_day
    }
}

/// A rate that is told only where there is one.
fn told(rate: f64) -> Option<String> {
    (rate > 0.0).then(|| money(rate, if rate < 0.1 { 6 } else { 2 }))
}

settings! {
    /// Thresholds of the scorecard.
    #[derive(Default)]
    pub struct Promises: "[promises]" {
        /// Kept when at least this: lines whose product had free stock somewhere.
        network_availability_share: f64 as SHARE = 0.99;
        /// Kept when at least this: replenishment cycles without a stock-out.
        cycle_service_level: f64 as SHARE = 0.95;
        /// Kept when above this: backordered lines covered within three days.
        back_within_3_days_share: f64 as SHARE = 0.5;
        /// Kept when at most this: notices sent after the deadline.
        late_notice_share: f64 as SHARE = 0.0;
        /// Kept when above this: partly backordered domestic orders whose available part ships right away.
        shipped_ahead_share: f64 as SHARE = 0.5;
        /// Kept when at most this: what customers pay for split orders.
        customer_split_charge: f64 as RATE = 0.0;
        /// Kept when at most this: orders with an auto-cancelled line.
        auto_cancelled_order_share: f64 as SHARE = 0.001;
        /// Kept when at most this: international orders shipped in parts.
        international_partial_share: f64 as SHARE = 0.0;
    }
}
