//! Products, demand, replenishment.

use super::super::choices::{DATES, RESAMPLE, words};
use super::{
    CountDistribution, DurationOrContinuous, FilePath, Id, InnerShare, Money, NotNegative, NumberDistribution, Ordinal,
    Positive, ReorderLevel, Rows, RowsFile, Seed, Separator, Share, SkippedRows, SomeUnits, Text, Units, Weight,
};
use crate::domain::ReplenishmentPolicy;
use crate::domain::settings::Words;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Products: rows, a file, or generated.
#[derive(Default)]
pub struct Products;

impl JsonSchema for Products {
    fn schema_name() -> Cow<'static, str> {
        "Products".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Rows, `file = \"products.csv\"`, or `generate = { count = 1000 }`.",
            "anyOf": [
                { "type": "array", "items": generator.subschema_for::<Product>(), "minItems": 1 },
                generator.subschema_for::<RowsFile>(),
                generator.subschema_for::<ProductsGenerated>()
            ]
        })
    }
}

/// An assortment made up from a few figures.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ProductsGenerated {
    /// What to make up.
    generate: Generate,
}

/// A product (a stock-keeping unit).
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Product {
    /// Its name.
    #[schemars(extend("examples" = ["whey"]))]
    id: Id,
    /// A vendor's id; needed where a replenishment policy orders the product.
    #[schemars(default, extend("examples" = ["acme"]))]
    vendor: Id,
    /// Selling price of a unit.
    #[schemars(default, extend("default" = 0.0))]
    price: Money,
    /// What a unit costs the retailer; the base of holding cost and margin.
    #[schemars(default, extend("default" = 0.0))]
    unit_cost: Money,
    /// Weight of a unit in kilograms; counts where `[shipping] cost_per_kg` is set.
    #[schemars(default, extend("default" = 0.0))]
    weight_kg: NotNegative,
    /// Weight among the products of generated lines; shares are normalised.
    #[schemars(default, extend("default" = 1.0))]
    share: Weight,
    /// Name of a group of products that can be swapped for one another, in the file's order.
    #[schemars(default)]
    substitutes: Id,
    /// Name of a group of products bought together; see `[demand] affinity`.
    #[schemars(default)]
    bought_with: Id,
    /// Reorder point of this product in every warehouse, in units; -1: order only when something waits.
    #[schemars(default)]
    reorder_point: ReorderLevel,
    /// Order-up-to level of this product in every warehouse, in units.
    #[schemars(default)]
    order_up_to: Units,
    /// Order quantity of this product in every warehouse, in units.
    #[schemars(default)]
    quantity: SomeUnits,
}

/// An assortment made up from a few figures, the same for every `[run] seed`.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Generate {
    /// How many products.
    #[schemars(range(max = 4_000_000), extend("examples" = [2000]))]
    count: Ordinal,
    /// Ids are this with a number behind: p0001, p0002, …
    #[schemars(default, extend("default" = "p"))]
    prefix: Id,
    /// Seed of the draws below; apart from `[run] seed`, so that another run has the same assortment.
    #[schemars(default, extend("default" = 1))]
    seed: Seed,
    /// How demand is spread: the product of rank r has a share in proportion to 1/r^zipf; 0 makes all equal.
    #[schemars(default, extend("default" = { "zipf": 0.0 }))]
    popularity: Popularity,
    /// Selling price of a unit.
    #[schemars(default, extend("default" = 0.0))]
    price: NumberDistribution,
    /// Share of the price that the retailer keeps: unit cost = price × (1 − margin). Draws are cut to [0, 1].
    #[schemars(default, extend("default" = 0.0))]
    margin: NumberDistribution,
    /// Weight of a unit in kilograms.
    #[schemars(default, extend("default" = 0.0))]
    weight_kg: NumberDistribution,
    /// Vendors with their shares of the products. Default: all vendors, in equal shares.
    #[schemars(default, extend("examples" = [{ "acme": 0.7, "brand-x": 0.3 }]))]
    vendors: BTreeMap<String, Weight>,
    /// Neighbours in rank that can be swapped for one another. Without it, nothing can be.
    #[schemars(default)]
    substitutes: Grouping,
    /// Products bought together, each group a mixture of ranks; see `[demand] affinity`.
    #[schemars(default)]
    bought_with: Grouping,
}

/// How demand is spread over products.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Popularity {
    /// The exponent.
    #[schemars(range(max = 10), extend("examples" = [0.8]))]
    zipf: NotNegative,
}

/// Groups of products.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Grouping {
    /// Products in a group; the last group may be smaller.
    #[schemars(extend("examples" = [4]))]
    group_size: Ordinal,
}

/// Orders: generated as a Poisson process, or replayed from a file, or both.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Demand {
    /// Mean orders a day, before the factors. Without it, none are generated.
    #[schemars(default, range(max = 1_000_000_000), extend("examples" = [900]))]
    orders_per_day: Positive,
    /// Lines of an order; its products are distinct.
    #[schemars(default, extend("default" = 1))]
    lines_per_order: CountDistribution,
    /// Units of a line.
    #[schemars(default, extend("default" = 1))]
    units_per_line: CountDistribution,
    /// Factors on `orders_per_day` for days 0…6 from the start of the replication, over and over.
    #[schemars(default, extend("default" = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]))]
    weekly: [Weight; 7],
    /// Factors on `orders_per_day` for twelve equal parts of 365 days from the start, over and over.
    #[schemars(default, extend("default" = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]))]
    yearly: [Weight; 12],
    /// Probability that a further line of an order comes from the `bought_with` group of the line before it.
    #[schemars(default, extend("default" = 0.0))]
    affinity: Share,
    /// Orders to replay.
    #[schemars(default)]
    trace: Trace,
}

/// Orders replayed from a CSV file with one row a line. Its first day begins at second 0.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Trace {
    /// The file, relative to the scenario.
    #[schemars(extend("examples" = ["orders.csv"]))]
    file: FilePath,
    /// Which columns hold what.
    #[schemars(default)]
    columns: TraceColumns,
    /// What stands between its columns: a comma, a semicolon, a tab or a bar.
    #[schemars(default, extend("default" = ","))]
    separator: Separator,
    /// Lines above its header, such as a title.
    #[schemars(default, extend("default" = 0))]
    skip_rows: SkippedRows,
    /// How it writes dates. `"Y-M-D"`: `2026-05-14`, `2026/5/14` or `20260514`, which are read in any case. `"D/M/Y"`: `14/05/2026`
    /// or `14.5.2026`. `"M/D/Y"`: `05/14/2026`. `"serial"`: a spreadsheet's number for a day, `46156.35`.
    #[schemars(default, extend("default" = "Y-M-D", "enum" = words(DATES)))]
    dates: Text,
    /// What the values of the zone column mean: `{ "Texas" = "south" }`. A zone's own id need not be listed.
    #[schemars(default)]
    zone_from: BTreeMap<String, Text>,
    /// `"none"`: every replication replays the same demand. `"orders"`: whole orders are drawn again with replacement,
    /// each with its own date.
    #[schemars(default, extend("default" = "none", "enum" = words(RESAMPLE)))]
    resample: Text,
}

/// Headers in a trace's file.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TraceColumns {
    /// The order a row belongs to; rows of one order are its lines.
    #[schemars(default, extend("default" = "order"))]
    order: Text,
    /// When it was placed: `2026-05-14`, `2026-05-14 11:23`, `2026-05-14T11:23:45+01:00`; the day is the one that is written
    /// there, whatever the offset.
    #[schemars(default, extend("default" = "date"))]
    date: Text,
    /// Where the customer is. A scenario with a single zone needs no such column.
    #[schemars(default, extend("default" = "zone"))]
    zone: Text,
    /// What was ordered.
    #[schemars(default, extend("default" = "product"))]
    product: Text,
    /// How many units.
    #[schemars(default, extend("default" = "units"))]
    units: Text,
}

/// How warehouses order from vendors. Levels may stand here (for all), in a product's row (for that product) and in
/// `[[replenishment.levels]]` (for that pair); the most specific wins, each key on its own.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Replenishment {
    /// `"s-S"`: at or below the reorder point, order up to the order-up-to level. `"r-Q"`: at or below the reorder
    /// point, order multiples of the quantity. `"base-stock"`: whenever below the order-up-to level, order the
    /// difference. `"periodic-R-S"`: at each review, order up to the order-up-to level.
    #[schemars(extend("enum" = ReplenishmentPolicy::WORDS, "examples" = ["s-S"]))]
    policy: Text,
    /// When to look: `"continuous"`, or every so often from second 0. `periodic-R-S` needs a duration.
    #[schemars(default, extend("default" = "continuous"))]
    review: DurationOrContinuous,
    /// Reorder point in units; -1: order only when something waits.
    #[schemars(default, extend("examples" = [20]))]
    reorder_point: ReorderLevel,
    /// Order-up-to level in units.
    #[schemars(default, extend("examples" = [60]))]
    order_up_to: Units,
    /// Order quantity in units.
    #[schemars(default, extend("examples" = [40]))]
    quantity: SomeUnits,
    /// The service that levels are derived for, where none are given.
    #[schemars(default, extend("examples" = [{ "fill_rate": 0.98 }]))]
    target: Target,
    /// Levels of single pairs of warehouse and product.
    #[schemars(default)]
    levels: Rows<LevelRow>,
}

/// The service that derived levels aim at: one of the two.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields, extend("minProperties" = 1, "maxProperties" = 1))]
pub struct Target {
    /// Share of units filled at once.
    #[schemars(default, extend("examples" = [0.98]))]
    fill_rate: InnerShare,
    /// Probability that a replenishment cycle sees no stock-out.
    #[schemars(default, extend("examples" = [0.95]))]
    cycle_service: InnerShare,
}

/// Levels of one product in one warehouse.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LevelRow {
    /// A warehouse's id.
    #[schemars(extend("examples" = ["boise"]))]
    warehouse: Id,
    /// A product's id.
    #[schemars(extend("examples" = ["whey"]))]
    product: Id,
    /// Reorder point in units; -1: order only when something waits.
    #[schemars(default)]
    reorder_point: ReorderLevel,
    /// Order-up-to level in units.
    #[schemars(default)]
    order_up_to: Units,
    /// Order quantity in units.
    #[schemars(default)]
    quantity: SomeUnits,
}
