//! Sourcing, customers, costs, promises.

use super::{Duration, DurationDistribution, Money, NotNegative, Share, Text, Units};
use crate::domain::SourcingPolicy;
use crate::domain::settings::Words;
use schemars::JsonSchema;

/// How the available lines of a domestic order are spread over warehouses.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Sourcing {
    /// `"nearest"`: line by line, the first warehouse in preference order that can. `"fewest-parcels"`: a smallest set
    /// of warehouses. `"cheapest"`: a set of least total parcel cost. `"primary-spillover"`: the nearest that carries the
    /// product; what it has not got spills over to the others, to nobody more than `spillover_lines_per_day` as long as another
    /// can. `"shadow-prices"`: a set of least total parcel cost and worth of stock, at the dual prices of a linear program.
    #[schemars(default, extend("default" = "fewest-parcels", "enum" = SourcingPolicy::WORDS))]
    policy: Text,
    /// Under `primary-spillover`: lines that a warehouse takes over from others in a day before it comes after those that have
    /// taken over fewer. Without it, there is no limit.
    #[schemars(default, extend("examples" = [20]))]
    spillover_lines_per_day: Units,
    /// Under `shadow-prices`: how often prices are taken anew, at the first order of each interval.
    #[schemars(default, extend("default" = "7d"))]
    price_interval: Duration,
}

/// What customers do.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Customers {
    /// Probability that a customer keeps a line displayed On Backorder; else it is lost at display.
    #[schemars(default, extend("default" = 1.0))]
    keep_when_backordered: Share,
    /// Whether and when the customer of a backordered line calls about it. Without it, nobody calls.
    #[schemars(default)]
    contact: ContactHabit,
    /// Replaces `contact.probability` where the line had been displayed in stock. Default: the same.
    #[schemars(default)]
    contact_after_mismatch: Share,
    /// Share of callers who want a swap; the others remove the line.
    #[schemars(default, extend("default" = 0.5))]
    swap_share: Share,
}

/// Whether and when the customer of a backordered line calls about it.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ContactHabit {
    /// Probability that the customer calls.
    #[schemars(extend("examples" = [0.1]))]
    probability: Share,
    /// From being backordered to the call.
    #[schemars(extend("examples" = ["4d"]))]
    after: DurationDistribution,
    /// From the call to its effect.
    #[schemars(default, extend("default" = "0s"))]
    handling: DurationDistribution,
}

/// Cost rates that do not stand with a vendor or a lane.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Costs {
    /// A year's holding cost as a share of unit cost.
    #[schemars(default, extend("default" = 0.0))]
    holding_rate: NotNegative,
    /// Cost of a unit waiting for a day.
    #[schemars(default, extend("default" = 0.0))]
    backorder_per_unit_day: NotNegative,
    /// Cost of an order that ends cancelled.
    #[schemars(default, extend("default" = 0.0))]
    cancelled_order: Money,
    /// Cost of a contact handled.
    #[schemars(default, extend("default" = 0.0))]
    contact: Money,
    /// Times (price − unit cost) of every unit asked for and never shipped (not swapped, not open).
    #[schemars(default, extend("default" = 0.0))]
    lost_margin: NotNegative,
}

/// Thresholds of the scorecard.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Promises {
    /// Kept when at least this: lines whose product had free stock somewhere.
    #[schemars(default, extend("default" = 0.99))]
    network_availability_share: Share,
    /// Kept when at least this: replenishment cycles without a stock-out.
    #[schemars(default, extend("default" = 0.95))]
    cycle_service_level: Share,
    /// Kept when above this: backordered lines covered within three days.
    #[schemars(default, extend("default" = 0.5))]
    back_within_3_days_share: Share,
    /// Kept when at most this: notices sent after the deadline.
    #[schemars(default, extend("default" = 0.0))]
    late_notice_share: Share,
    /// Kept when above this: partly backordered domestic orders whose available part ships right away.
    #[schemars(default, extend("default" = 0.5))]
    shipped_ahead_share: Share,
    /// Kept when at most this: what customers pay for split orders.
    #[schemars(default, extend("default" = 0.0))]
    customer_split_charge: NotNegative,
    /// Kept when at most this: orders with an auto-cancelled line.
    #[schemars(default, extend("default" = 0.001))]
    auto_cancelled_order_share: Share,
    /// Kept when at most this: international orders shipped in parts.
    #[schemars(default, extend("default" = 0.0))]
    international_partial_share: Share,
}
