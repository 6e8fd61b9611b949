//! Products, demand, replenishment.

use super::super::choices::{DateOrder, EmptyRows};
use super::shape::{BASKET, SHAPE, WEEKLY, YEARLY};
use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::{
    DATE, DURATION, DURATION_OR_CONTINUOUS, EVENT_FACTOR, FACTOR, FILE, LABEL, MONEY, NAME, NOT_NEGATIVE, PER_DAY,
    PROBABILITY, PRODUCTS, RANDOM_COUNT, RANDOM_DURATION, RANDOM_NUMBER, RANDOM_UNITS, REORDER_LEVEL, ROW_VALUES, SEED,
    SEPARATOR, SHARE, SKIPPED_ROWS, SMALL_ORDINAL, SOME_FACTOR, SOME_TIME, SOME_UNITS, TEXT, UNITS, WEIGHT, ZIPF,
};
use crate::domain::settings::{Kind, Setting, Shape};
use crate::domain::{Follow, ReplenishmentPolicy, Resample, Target};

table! {
    /// A product (a stock-keeping unit).
    pub PRODUCT as "Product": "a row of [[products]]" {
        /// Its name.
        id: NAME = needed, example("whey");
        /// A vendor's id; needed where a replenishment policy orders the product.
        vendor: NAME = optional, example("acme");
        /// Selling price of a unit.
        price: MONEY = 0.0;
        /// What a unit costs the retailer; the base of holding cost and margin.
        unit_cost: MONEY = 0.0;
        /// Weight of a unit in kilograms; counts where `[shipping] cost_per_kg` is set.
        weight_kg: NOT_NEGATIVE = 0.0;
        /// Weight among the products of generated lines; shares are normalised.
        share: WEIGHT = 1.0;
        /// Name of a group of products that can be swapped for one another, in the file's order.
        substitutes: NAME = optional;
        /// Name of a group of products bought together; see `[demand] affinity`.
        bought_with: NAME = optional;
        /// Units of this product that are asked for in a period, where `[demand] period` is set.
        units_per_period: RANDOM_UNITS = optional, example({ poisson = { mean = 25 } });
        /// Reorder point of this product in every warehouse, in units; below 0: order once so many wait.
        reorder_point: REORDER_LEVEL = optional;
        /// Order-up-to level of this product in every warehouse, in units.
        order_up_to: UNITS = optional;
        /// Order quantity of this product in every warehouse, in units.
        quantity: SOME_UNITS = optional;
        /// The service that its levels are derived for, where it has none of its own; before those of its class and its vendor.
        target: TARGET_TABLE = optional, example({ fill_rate = 0.99 });
        /// Where stock is reviewed every so often: the product is looked at at every so many of the reviews, from the first.
        review_every: SMALL_ORDINAL = 1, example(4);
        /// Cost of its line of a purchase order. Default: the vendor's.
        line_cost: MONEY = optional, example(2.5);
        /// A purchase order of it is raised to at least so many units. Default: the vendor's.
        minimum_units: UNITS = optional;
        /// Once so many units of it wait, its page says that it cannot be ordered, until stock comes or fewer wait; see
        /// `[rules.backorder] at_limit`. Default: no limit.
        max_backorders: UNITS = optional, example(20);
        /// A purchase order of it is rounded up to a multiple of so many units. Default: the vendor's.
        multiple: SOME_UNITS = optional, example(6);
    }
}

table! {
    /// An assortment made up from a few figures.
    pub PRODUCTS_GENERATED as "ProductsGenerated": "[products]" {
        /// What to make up.
        generate: GENERATED = needed;
    }
}

const GENERATED: Kind = Kind::table(&GENERATE);

table! {
    /// An assortment made up from a few figures, the same for every `[run] seed`.
    pub GENERATE as "Generate": "[products.generate]" {
        /// How many products.
        count: PRODUCTS = needed, example(2000);
        /// Ids are this with a number behind: p0001, p0002, …
        prefix: NAME = "p";
        /// Seed of the draws below; apart from `[run] seed`, so that another run has the same assortment.
        seed: SEED = 1;
        /// How demand is spread: the product of rank r has a share in proportion to 1/r^zipf; 0 makes all equal.
        popularity: POPULARITY_TABLE = optional;
        /// Selling price of a unit.
        price: RANDOM_NUMBER = 0.0;
        /// Share of the price that the retailer keeps: unit cost = price × (1 − margin). Draws are cut to [0, 1].
        margin: RANDOM_NUMBER = 0.0;
        /// Weight of a unit in kilograms.
        weight_kg: RANDOM_NUMBER = 0.0;
        /// Vendors with their shares of the products. Default: all vendors, in equal shares.
        vendors: VENDOR_SHARES = optional, example({ acme = 0.7, brand-x = 0.3 });
        /// Neighbours in rank that can be swapped for one another. Without it, nothing can be.
        substitutes: GROUPS = optional;
        /// Products bought together, each group a mixture of ranks; see `[demand] affinity`.
        bought_with: GROUPS = optional;
    }
}

const POPULARITY_TABLE: Kind = Kind::table(&POPULARITY);
const VENDOR_SHARES: Kind = Kind::new("", "a table of shares", Shape::Map(&WEIGHT));
const GROUPS: Kind = Kind::table(&GROUPING);

table! {
    /// How demand is spread over products.
    pub POPULARITY as "Popularity": "`popularity`" {
        /// The exponent.
        zipf: ZIPF = 0.0, example(0.8);
    }
}

table! {
    /// Groups of products.
    pub GROUPING as "Grouping": "a group" {
        /// Products in a group; the last group may be smaller.
        group_size: PRODUCTS = needed, example(4);
    }
}

table! {
    /// Orders: generated as a Poisson process or by period, or replayed from a file, or generated and replayed.
    pub DEMAND as "Demand": "[demand]" {
        /// Mean orders a day, before the factors. Without it, none are generated.
        orders_per_day: PER_DAY = optional, example(900);
        /// Lines of an order; its products are distinct.
        lines_per_order: RANDOM_COUNT = 1;
        /// Units of a line.
        units_per_line: RANDOM_COUNT = 1;
        /// Factors on `orders_per_day` for days 0…6 from the start of the replication, over and over. The first is that of day 0,
        /// whichever weekday [run] `start` makes it.
        weekly: WEEKLY = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
        /// Factors on `orders_per_day` for twelve equal parts of 365 days from the start, over and over.
        yearly: YEARLY = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
        /// Probability that a further line of an order comes from the `bought_with` group of the line before it.
        affinity: PROBABILITY = 0.0;
        /// Seasons, growth and bursts of some products' demand.
        shapes: SHAPES = optional;
        /// Products that some orders ask for, all of them and nothing else.
        baskets: BASKETS = optional;
        /// Demand comes in periods of this length: in each, every product with a share is asked for by its `units_per_period`, all at
        /// one moment. Stands in place of `orders_per_day` and the keys that go with it.
        period: SOME_TIME = optional, example("1d");
        /// When in its period the demand comes; less than `period`.
        at: DURATION = "0s";
        /// Units of a product that are asked for in a period, perhaps 0, drawn for each product by itself; where there are several
        /// zones, each unit falls to one of them by share. A product's own `units_per_period` comes before it.
        units_per_period: RANDOM_UNITS = optional, example({ poisson = { mean = 25 } });
        /// Orders claim their stock so long after they are placed: a demand lead time, known ahead to whoever replenishes. Default: at
        /// once.
        due_after: RANDOM_DURATION = optional, example("3d");
        /// Orders to replay.
        trace: TRACE_TABLE = optional;
    }
}

const SHAPES: Kind = Kind::rows("ShapeRows", &SHAPE);
const BASKETS: Kind = Kind::rows("BasketRows", &BASKET);
const TRACE_TABLE: Kind = Kind::table(&TRACE);

table! {
    /// Orders replayed from a CSV file with one row a line. Its first day, or the day that `start` names, begins at second 0.
    pub TRACE as "Trace": "[demand.trace]" {
        /// The file, relative to the scenario.
        file: FILE = needed, example("orders.csv");
        /// Which columns hold what.
        columns: COLUMNS = optional;
        /// What stands between its columns: a comma, a semicolon, a tab or a bar.
        separator: SEPARATOR = ",";
        /// Lines above its header, such as a title.
        skip_rows: SKIPPED_ROWS = 0;
        /// Its encoding: `"windows-1252"`, `"utf-16le"`. Default: UTF-8.
        encoding: LABEL = optional, example("windows-1252");
        /// Which rows are read, by a column's value: `{ Status = ["paid"] }`, or `{ Status = { not = ["voided"] } }`. Where an
        /// order's later rows leave the value blank, that of its first row holds.
        where: ROW_VALUES = optional, example({ Status = ["paid"] });
        /// What becomes of rows that name no product.
        empty: EmptyRows::KIND = "refuse";
        /// How it writes dates.
        dates: DateOrder::KIND = "Y-M-D";
        /// The same as a pattern, in place of `dates`: `"D/M/YY"`, `"dd.mm.yyyy hh:mm"`, `"%m/%d/%Y"`. Only the order of day, month and
        /// year counts, and how many digits a year has.
        date_format: LABEL = optional, example("D/M/YY");
        /// The day that begins at second 0, which may have no orders; orders before it are left out. Default: that of the first
        /// order.
        start: DATE = optional, example("2026-05-01");
        /// What the values of the zone column mean: `{ "Texas" = "south" }`. A zone's own id need not be listed.
        zone_from: ZONES = optional;
        /// Whether orders are drawn again.
        resample: Resample::KIND = "none";
    }
}

const COLUMNS: Kind = Kind::table(&TRACE_COLUMNS);
const ZONES: Kind = Kind::new("", "a table of zones", Shape::Map(&TEXT));

table! {
    /// Headers in a trace's file.
    pub TRACE_COLUMNS as "TraceColumns": "`columns` of [demand.trace]" {
        /// The order a row belongs to; rows of one order are its lines.
        order: LABEL = "order";
        /// When it was placed: `2026-05-14`, `2026-05-14 11:23`, `2026-05-14T11:23:45+01:00`; the day is the one that is written
        /// there, whatever the offset.
        date: LABEL = "date";
        /// Where the customer is. A scenario with a single zone needs no such column.
        zone: LABEL = "zone";
        /// What was ordered.
        product: LABEL = "product";
        /// How many units.
        units: LABEL = "units";
    }
}

table! {
    /// How warehouses order from vendors. Levels may stand here (for all), in a product's row (for that product) and in
    /// `[[replenishment.levels]]` (for that pair); the most specific wins, each key on its own.
    pub REPLENISHMENT as "Replenishment": "[replenishment]" {
        /// Which policy decides.
        policy: ReplenishmentPolicy::KIND = needed, example("s-S");
        /// When to look: `"continuous"`, or every so often from second 0. `periodic-R-S` needs a duration.
        review: DURATION_OR_CONTINUOUS = "continuous";
        /// Joint replenishment, (s, c, S): when a purchase order is placed, products of the same vendor and warehouse join it whose
        /// position is at or below the can-order level, which lies this share of the way from the reorder point to the order-up-to
        /// level (of `r-Q`: this share of the quantity above the reorder point). All vendors then take several products an order.
        can_order: SHARE = optional, example(0.5);
        /// Reorder point in units; below 0: order once so many wait, and nothing is on its way.
        reorder_point: REORDER_LEVEL = optional, example(20);
        /// Order-up-to level in units.
        order_up_to: UNITS = optional, example(60);
        /// Order quantity in units.
        quantity: SOME_UNITS = optional, example(40);
        /// The service that levels are derived for, where none are given.
        target: TARGET_TABLE = optional, example({ fill_rate = 0.98 });
        /// Targets by class of product, which go before `target`: A are the products that make up the first 80 % of the value of the
        /// forecast demand (at cost, else at price), B those up to 95 %, C the rest. A target in a product's row goes before that
        /// of its class, one in its vendor's row behind it.
        abc: ABC_TABLE = optional;
        /// What levels that are derived from a target follow.
        follow: Follow::KIND = "mean";
        /// How often levels are planned anew that follow the season: at second 0, and every so often after it; at least a day.
        plan_every: SOME_TIME = "7d";
        /// Every reorder point, given or derived, is so many times as high, and the order-up-to level higher by as many units; under
        /// a policy without a reorder point, the order-up-to level is so many times as high.
        reorder_point_factor: EVENT_FACTOR = 1.0, example(1.25);
        /// Every vendor's `lead_time` is so many times as long, with the same coefficient of variation; expedited orders and
        /// `planned_lead_time` are left alone. On a command line it is a shock, as another `lead_time` is: levels stay those planned
        /// without it, unless they are planned anew.
        lead_time_factor: SOME_FACTOR = 1.0, example(1.25);
        /// Levels of single pairs of warehouse and product.
        levels: LEVELS = optional;
    }
}

const TARGET_TABLE: Kind = Target::KIND;
const ABC_TABLE: Kind = Kind::table(&ABC);
const LEVELS: Kind = Kind::rows("LevelRowRows", &LEVEL_ROW);

table! {
    /// What the planner expects: factors on the demand that there will be. Where several speak of a product and a zone, they are
    /// multiplied.
    pub FORECAST as "Forecast": "[forecast]" {
        /// On all demand: 1.2 plans for a fifth more than comes.
        factor: FACTOR = 1.0, example(1.2);
        /// On the demand for single products.
        products: FACTORS = optional, example({ whey = 1.5 });
        /// On the demand of single zones.
        zones: FACTORS = optional, example({ canada = 0.5 });
        /// On the demand for the products of a group: of substitutes, or of products bought together.
        groups: FACTORS = optional, example({ protein = 0.8 });
    }
}

const FACTORS: Kind = Kind::new("", "a table of factors", Shape::Map(&FACTOR));

table! {
    /// A target for each class.
    pub ABC as "Abc": "`abc` of [replenishment]" {
        /// Of the products that make up the first 80 % of the value.
        A: TARGET_TABLE = needed, example({ fill_rate = 0.98 });
        /// Of those that make up the next 15 %.
        B: TARGET_TABLE = needed, example({ fill_rate = 0.95 });
        /// Of all others.
        C: TARGET_TABLE = needed, example({ fill_rate = 0.9 });
    }
}

/// Columns of the tables of levels that `run` and `tune` write, which a scenario that is given one of them reads over.
pub const LEVELS_READ_OVER: [&str; 14] = [
    "cells",
    "vendor",
    "forecast_per_day",
    "lead_time_demand_mean",
    "lead_time_demand_sd",
    "safety_stock",
    "mean_stock",
    "capital",
    "source",
    "today_reorder_point",
    "today_order_up_to",
    "today_quantity",
    "product_cost_change_per_year",
    "product_units_filled_change_per_year",
];

table! {
    /// Levels of one product in one warehouse. A file may also be the `levels.csv` of a result: what it tells beside these keys is
    /// read over.
    pub LEVEL_ROW as "LevelRow": "a row of [[replenishment.levels]]" {
        /// A warehouse's id.
        warehouse: NAME = needed, example("boise");
        /// A product's id.
        product: NAME = needed, example("whey");
        /// Reorder point in units; below 0: order once so many wait, and nothing is on its way.
        reorder_point: REORDER_LEVEL = optional;
        /// Order-up-to level in units.
        order_up_to: UNITS = optional;
        /// Order quantity in units.
        quantity: SOME_UNITS = optional;
        /// From when on the row holds, until a later one of the same pair.
        from: DURATION = "0s", example("90d");
    }
}
