//! The file as a whole, and `[run]`.

use super::{
    Contact, Costs, Customers, Declared, Demand, Duration, DurationOrAuto, Lane, NetworkChoices, Order, Positive,
    Products, Promises, Receipt, Replenishment, Rows, Seed, Shipping, Sourcing, Stock, Text, Tune, Vendor, Warehouse,
    Zone,
};
use crate::domain::RuleSettings;
use schemars::JsonSchema;

/// A retailer's network, stock, demand and rules, and how long to simulate them.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Scenario {
    /// The scenario's name; default: the file's.
    #[schemars(default)]
    name: Text,
    /// What it is about.
    #[schemars(default, extend("default" = ""))]
    description: Text,
    /// How long and how often to run, from which seed.
    #[schemars(default)]
    run: Run,
    /// Where customers are.
    zones: Rows<Zone>,
    /// Where stock is. Their order is the last tie-break everywhere.
    warehouses: Rows<Warehouse>,
    /// Which of the warehouses are open, and in which of them products lie.
    #[schemars(default)]
    network: NetworkChoices,
    /// Ways from warehouses to zones. Without any, every warehouse serves every zone and `[shipping]` derives cost and
    /// transit from the great-circle distance.
    #[schemars(default)]
    lanes: Rows<Lane>,
    /// Cost and time of parcels where there are no explicit lanes.
    #[schemars(default)]
    shipping: Shipping,
    /// Who delivers products to warehouses.
    #[schemars(default)]
    vendors: Rows<Vendor>,
    /// What is sold: rows, a file, or `[products.generate]`.
    products: Products,
    /// Randomly generated or replayed orders. Without it there are only scripted ones.
    #[schemars(default)]
    demand: Demand,
    /// How warehouses order from vendors. Without it there are only scripted receipts.
    #[schemars(default)]
    replenishment: Replenishment,
    /// How the available lines of an order are spread over warehouses.
    #[schemars(default)]
    sourcing: Sourcing,
    /// What customers do.
    #[schemars(default)]
    customers: Customers,
    /// Settings of the retailer's rules.
    #[schemars(default)]
    rules: Declared<RuleSettings>,
    /// Cost rates that do not stand with a vendor or a lane.
    #[schemars(default)]
    costs: Costs,
    /// Thresholds of the scorecard.
    #[schemars(default)]
    promises: Promises,
    /// On hand at second 0. Without the table, every pair starts at its highest level where a replenishment policy
    /// runs, else empty; with it, a pair not named starts empty.
    #[schemars(default)]
    stock: Rows<Stock>,
    /// Deliveries that no policy ordered.
    #[schemars(default)]
    receipts: Rows<Receipt>,
    /// Orders written by hand; numbers 1, 2, … in the file's order, before any generated order. In a CSV file, one row
    /// a line: `order`, `at`, `zone`, `product`, `units`.
    #[schemars(default)]
    orders: Rows<Order>,
    /// Customers who call about a waiting line.
    #[schemars(default)]
    contacts: Rows<Contact>,
    /// What `backorder tune` may decide, and what it aims at.
    #[schemars(default)]
    tune: Tune,
}

/// How long and how often to run, from which seed.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Run {
    /// Measured time, after the warm-up. May be left out where a trace of orders is replayed: then the run ends with
    /// the trace's last day.
    #[schemars(default, extend("examples" = ["1y"]))]
    horizon: Duration,
    /// Time before the measures start, or `"auto"`: found by MSER-5 on a pilot run.
    #[schemars(default, extend("default" = "0s"))]
    warm_up: DurationOrAuto,
    /// Time after the horizon in which measured orders may still finish; demand and replenishment go on.
    #[schemars(default, extend("default" = "0s"))]
    run_out: Duration,
    /// How many replications, or until an interval is narrow enough. Default: 30 where anything is random, else 1.
    #[schemars(default)]
    replications: Replications,
    /// Seed of every random stream.
    #[schemars(default, extend("default" = 1))]
    seed: Seed,
    /// The most memory to take, in GB of 10⁹ bytes: a scenario that would need more is refused before it takes any.
    #[schemars(default, extend("default" = 4))]
    memory_gb: Positive,
}

/// A number of replications, or when to stop.
#[derive(Default, JsonSchema)]
#[schemars(untagged)]
pub enum Replications {
    /// So many.
    #[default]
    #[schemars(skip)]
    None,
    /// So many.
    Fixed(ReplicationCount),
    /// Until an interval is narrow enough.
    Sequential(Sequential),
}

/// A number of replications.
#[derive(Default, JsonSchema)]
pub struct ReplicationCount(#[schemars(range(min = 1, max = 1_000_000))] u32);

/// Replications until the interval of a metric is narrow enough.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Sequential {
    /// At least so many.
    #[schemars(default, range(min = 2, max = 1_000_000), extend("default" = 10))]
    min: u32,
    /// At most so many.
    #[schemars(default, range(min = 2, max = 1_000_000), extend("default" = 1000))]
    max: u32,
    /// The half-width of the 95 % interval to reach, in the metric's own unit; this or `relative_half_width`.
    #[schemars(default, extend("examples" = [0.005]))]
    half_width: Positive,
    /// Instead, the half-width to reach as a share of the metric's true value: 0.02 for a relative error of 2 %.
    #[schemars(default, extend("examples" = [0.02]))]
    relative_half_width: Positive,
    /// The metric whose interval it is, by its name in `summary.json`.
    #[schemars(default, extend("default" = "order_fill_rate"))]
    of: Text,
}
