//! Sourcing, customers, rules, costs, promises.

use super::super::choices::{
    CANCEL_CLOCK, CANCEL_SCOPE, FULL_ORDER, GRANULARITY, POOL, PRIORITY, SOURCING, SWAP_IF_NONE, words,
};
use super::{Duration, DurationDistribution, DurationOrNever, Flag, Money, NotNegative, Share, Text};
use schemars::JsonSchema;

/// How the available lines of a domestic order are spread over warehouses.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Sourcing {
    /// `"nearest"`: line by line, the first warehouse in preference order that can. `"fewest-parcels"`: a smallest set
    /// of warehouses. `"cheapest"`: a set of least total parcel cost.
    #[schemars(default, extend("default" = "fewest-parcels", "enum" = words(SOURCING)))]
    policy: Text,
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

/// Settings of the retailer's rules.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Rules {
    /// What waits, and for what.
    #[schemars(default)]
    backorder: BackorderRule,
    /// How an order is divided.
    #[schemars(default)]
    split: SplitRule,
    /// The e-mail about a backorder.
    #[schemars(default)]
    notice: NoticeRule,
    /// The age limit of backorders.
    #[schemars(default)]
    cancellation: CancellationRule,
    /// Orders across a border.
    #[schemars(default)]
    international: InternationalRule,
    /// Swaps for something similar.
    #[schemars(default)]
    swap: SwapRule,
    /// The status shown on the product page.
    #[schemars(default)]
    display: DisplayRule,
}

/// What waits, and for what.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct BackorderRule {
    /// `false`: a line that is not available is lost instead of waiting.
    #[schemars(default, extend("default" = true))]
    accept: Flag,
    /// An order with no line available: `"hold"` until every line is covered, or `"ship-as-covered"`.
    #[schemars(default, extend("default" = "hold", "enum" = words(FULL_ORDER)))]
    full_order: Text,
    /// A waiting line of a domestic order is served by any eligible warehouse of the `"network"`, or by the one
    /// `"warehouse"` its order was assigned to.
    #[schemars(default, extend("default" = "network", "enum" = words(POOL)))]
    pool: Text,
    /// Who gets arriving stock: `"first-come"`, or `"complete-first"`, orders that become complete first.
    #[schemars(default, extend("default" = "first-come", "enum" = words(PRIORITY)))]
    priority: Text,
    /// Whether a held order reserves the stock of its covered lines.
    #[schemars(default, extend("default" = true))]
    reserve_while_held: Flag,
}

/// How an order is divided.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SplitRule {
    /// Probability that the available part of a partly backordered order ships right away.
    #[schemars(default, extend("default" = 0.95))]
    ship_available: Share,
    /// How finely: by whole `"line"`, by `"unit"`, or the `"order"` not at all.
    #[schemars(default, extend("default" = "line", "enum" = words(GRANULARITY)))]
    granularity: Text,
}

/// The e-mail about a backorder.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct NoticeRule {
    /// From the purchase to the notice.
    #[schemars(default, extend("default" = "1h"))]
    delay: DurationDistribution,
    /// A notice later than this after the purchase counts as late.
    #[schemars(default, extend("default" = "24h"))]
    deadline: Duration,
}

/// The age limit of backorders.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CancellationRule {
    /// A line that has waited longer than this is cancelled; `"never"` switches the rule off.
    #[schemars(default, extend("default" = "30d"))]
    after: DurationOrNever,
    /// What the age is of: the `"line"`'s own wait, or the time since the `"product"` ran out.
    #[schemars(default, extend("default" = "line", "enum" = words(CANCEL_CLOCK)))]
    clock: Text,
    /// What is cancelled: every unshipped line of the `"order"`, or the `"line"` alone.
    #[schemars(default, extend("default" = "order", "enum" = words(CANCEL_SCOPE)))]
    scope: Text,
}

/// Orders across a border.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct InternationalRule {
    /// Whether international orders ship only complete, in one parcel.
    #[schemars(default, extend("default" = true))]
    complete_only: Flag,
}

/// Swaps for something similar.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SwapRule {
    /// Where no substitute has stock, the line is taken off (`"remove"`) or goes on waiting (`"wait"`).
    #[schemars(default, extend("default" = "remove", "enum" = words(SWAP_IF_NONE)))]
    if_none: Text,
}

/// The status shown on the product page.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct DisplayRule {
    /// How often the status is taken; `"0s"`: always current.
    #[schemars(default, extend("default" = "0s"))]
    refresh: Duration,
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
