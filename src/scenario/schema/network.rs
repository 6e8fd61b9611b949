//! Zones, warehouses, lanes, shipping, vendors.

use super::super::choices::{STOCK_OF_CLOSED, words};
use super::{
    Duration, DurationDistribution, Flag, Id, Latitude, Longitude, Money, NotNegative, Ordinal, Positive, Share,
    SomeUnits, Text, Units, Weight,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

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
    /// What having it costs a year, whatever happens in it; a closed one costs nothing.
    #[schemars(default, extend("default" = 0.0))]
    fixed_cost: Money,
}

/// Which of the listed warehouses are open, and in which of them products lie.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct NetworkChoices {
    /// How many warehouses to open, or the ids of those; without it, all are. A number opens those with the least mean
    /// great-circle distance from a customer to the nearest one (needs `lat` and `lon`); the others vanish with their lanes
    /// and levels.
    #[schemars(default, extend("examples" = [3]))]
    open: OpenWarehouses,
    /// What becomes of stock and receipts that are written for a closed warehouse: `"moved"` to the nearest open one, or
    /// `"lost"`.
    #[schemars(default, extend("default" = "moved", "enum" = words(STOCK_OF_CLOSED)))]
    stock_of_closed: Text,
    /// In which open warehouses products lie whose levels hold everywhere: `"all"`, or popular products in all and each
    /// other one in a few. A row of `[[stock]]`, `[[receipts]]` or `[[replenishment.levels]]` places its product in any case.
    #[schemars(default, extend("default" = "all", "examples" = [{ "copies": 2 }]))]
    assortment: AssortmentChoice,
}

/// A number of warehouses, or their ids.
#[derive(Default)]
pub struct OpenWarehouses;

impl JsonSchema for OpenWarehouses {
    fn schema_name() -> Cow<'static, str> {
        "OpenWarehouses".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                generator.subschema_for::<Ordinal>(),
                { "type": "array", "items": generator.subschema_for::<Id>(), "minItems": 1 }
            ]
        })
    }
}

/// `"all"`, or where products lie.
#[derive(Default)]
pub struct AssortmentChoice;

impl JsonSchema for AssortmentChoice {
    fn schema_name() -> Cow<'static, str> {
        "AssortmentChoice".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "const": "all" }, generator.subschema_for::<Spread>()] })
    }
}

/// Popular products in every warehouse, each other one in a few: in order of popularity to those that carry least demand so
/// far.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields, extend("minProperties" = 1))]
pub struct Spread {
    /// Warehouses that a product lies in which is not popular; all, if there are no more.
    #[schemars(default, extend("default" = 1, "examples" = [2]))]
    copies: Ordinal,
    /// Products that are more popular than this share of all products lie everywhere: 0.8 for the most popular fifth. 1: none.
    #[schemars(default, extend("default" = 1.0, "examples" = [0.8]))]
    everywhere_above: Share,
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
