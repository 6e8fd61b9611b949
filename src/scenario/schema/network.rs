//! Zones, warehouses, lanes, shipping, vendors.

use super::{
    Duration, DurationDistribution, Flag, Id, Latitude, Longitude, Money, NotNegative, Positive, SomeUnits, Units,
    Weight,
};
use schemars::JsonSchema;

/// A customer zone.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Zone {
    /// Its name.
    #[schemars(extend("examples" = ["us-west"]))]
    id: Id,
    /// Weight among the zones of generated orders; shares are normalised.
    #[schemars(default, extend("default" = 1.0))]
    share: Weight,
    /// Latitude in degrees; needed where there are no explicit lanes.
    #[schemars(default, extend("examples" = [37.8]))]
    lat: Latitude,
    /// Longitude in degrees; needed where there are no explicit lanes.
    #[schemars(default, extend("examples" = [-122.3]))]
    lon: Longitude,
    /// Orders from here cross a border, so customs forbid shipping them in parts.
    #[schemars(default, extend("default" = false))]
    international: Flag,
}

/// A warehouse.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Warehouse {
    /// Its name.
    #[schemars(extend("examples" = ["boise"]))]
    id: Id,
    /// Latitude in degrees; needed where there are no explicit lanes.
    #[schemars(default, extend("examples" = [43.6]))]
    lat: Latitude,
    /// Longitude in degrees; needed where there are no explicit lanes.
    #[schemars(default, extend("examples" = [-116.2]))]
    lon: Longitude,
    /// From a parcel's release to its departure.
    #[schemars(default, extend("default" = "0s"))]
    handling: Duration,
}

/// A way from a warehouse to a zone. The warehouses with a lane to a zone are eligible for it, in ascending order of
/// parcel cost, then transit, then the file's order.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Lane {
    /// A warehouse's id.
    #[schemars(extend("examples" = ["boise"]))]
    from: Id,
    /// A zone's id.
    #[schemars(extend("examples" = ["us-west"]))]
    to: Id,
    /// What one parcel costs the retailer.
    #[schemars(default, extend("default" = 0.0))]
    parcel_cost: Money,
    /// From departure to delivery.
    #[schemars(default, extend("default" = "0s"))]
    transit: Duration,
}

/// Cost and time of parcels by great-circle distance, where there are no explicit lanes; `cost_per_kg` counts with
/// explicit lanes too.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Shipping {
    /// Cost of a parcel over no distance.
    #[schemars(default, extend("default" = 5.0))]
    parcel_base: Money,
    /// Added for each 1,000 km.
    #[schemars(default, extend("default" = 1.0))]
    parcel_per_1000_km: Money,
    /// Added to a parcel to an international zone.
    #[schemars(default, extend("default" = 15.0))]
    international_parcel: Money,
    /// Time of a parcel over no distance.
    #[schemars(default, extend("default" = "1d"))]
    transit_base: Duration,
    /// Kilometres that a parcel covers in a day, on top of `transit_base`.
    #[schemars(default, extend("default" = 800.0))]
    km_per_day: Positive,
    /// Added to the time of a parcel to an international zone.
    #[schemars(default, extend("default" = "4d"))]
    international_transit: Duration,
    /// Added to a parcel's cost for each kilogram in it.
    #[schemars(default, extend("default" = 0.0))]
    cost_per_kg: NotNegative,
}

/// A vendor, who delivers products to warehouses.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Vendor {
    /// Its name.
    #[schemars(extend("examples" = ["acme"]))]
    id: Id,
    /// From placing a purchase order to its receipt.
    #[schemars(extend("examples" = ["6d", { "gamma": { "mean": "6d", "cv": 0.5 } }]))]
    lead_time: DurationDistribution,
    /// Cost of each purchase order.
    #[schemars(default, extend("default" = 0.0))]
    order_cost: Money,
    /// A purchase order is raised to at least so many units.
    #[schemars(default, extend("default" = 0))]
    minimum_units: Units,
    /// A purchase order is rounded up to a multiple of so many units.
    #[schemars(default, extend("default" = 1))]
    multiple: SomeUnits,
    /// Faster delivery at extra cost. Without it, nothing is expedited.
    #[schemars(default)]
    expedite: Expedite,
    /// Times in which the vendor starts no lead time. Without it, there are none.
    #[schemars(default)]
    disruption: Disruption,
}

/// Faster delivery at extra cost.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Expedite {
    /// Lead time of an expedited order, from the decision to expedite.
    #[schemars(extend("examples" = ["2d"]))]
    lead_time: DurationDistribution,
    /// Extra cost of every unit of the purchase order.
    #[schemars(default, extend("default" = 0.0))]
    cost_per_unit: Money,
}

/// Times in which a vendor starts no lead time: orders placed meanwhile begin theirs when the disruption ends.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Disruption {
    /// From one disruption's end (the first: second 0) to the next one's start.
    #[schemars(extend("examples" = [{ "exponential": { "mean": "180d" } }]))]
    every: DurationDistribution,
    /// How long one lasts.
    #[schemars(extend("examples" = ["20d"]))]
    lasts: DurationDistribution,
}
