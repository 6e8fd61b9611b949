//! The file as a whole, and `[run]`.

use super::super::choices::{EmptyRows, TimeUnit};
use super::classes::CUSTOMER_CLASS;
use super::events::EVENT;
use super::market::{DEMAND, FORECAST, PRODUCT, PRODUCTS_GENERATED, REPLENISHMENT};
use super::network::{CALENDAR, LANE, NETWORK, WAREHOUSE, ZONE};
use super::promise::PROMISE;
use super::report::REPORT;
use super::script::{CONTACT, OPEN_ORDER, OPEN_PURCHASE_ORDER, ORDER, RECEIPT, STOCK};
use super::tune::TUNE;
use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::{
    DATE, DURATION, DURATION_OR_AUTO, FILE, FLAG, LABEL, MAX_REPLICATIONS, POSITIVE, REPLICATIONS, ROW_VALUES, SEED,
    SEPARATOR, SKIPPED_ROWS, SOME_TIME, TEXT,
};
use crate::domain::settings::{Kind, Setting, Settings, Shape};
use crate::domain::{CostRates, Customers, Promises, RuleSettings, Shipping, SourcingSettings, Vendor};

table! {
    /// A retailer's network, stock, demand and rules, and how long to simulate them.
    pub SCENARIO as "Scenario": "the scenario" {
        /// The scenario's name; default: the file's.
        name: TEXT = optional;
        /// What it is about.
        description: TEXT = "";
        /// How long and how often to run, from which seed.
        run: RUN_TABLE = optional;
        /// Where customers are.
        zones: ZONES = needed;
        /// Where stock is. Their order is the last tie-break everywhere.
        warehouses: WAREHOUSES = needed;
        /// Which of the warehouses are open, and in which of them products lie.
        network: NETWORK_TABLE = optional;
        /// On which days nobody works.
        calendar: CALENDAR_TABLE = optional;
        /// Ways from warehouses to zones. Without any, every warehouse serves every zone and `[shipping]` derives cost and
        /// transit from the great-circle distance.
        lanes: LANES = optional;
        /// Cost and time of parcels where there are no explicit lanes.
        shipping: Shipping::KIND = optional;
        /// Who delivers products to warehouses.
        vendors: VENDORS = optional;
        /// What is sold: rows, a file, or `[products.generate]`.
        products: PRODUCTS = needed;
        /// Randomly generated or replayed orders. Without it there are only scripted ones.
        demand: DEMAND_TABLE = optional;
        /// How warehouses order from vendors. Without it there are only scripted receipts.
        replenishment: REPLENISHMENT_TABLE = optional;
        /// What the planner expects, where that differs from what will be asked for; it changes levels and nothing else.
        forecast: FORECAST_TABLE = optional;
        /// How the available lines of an order are spread over warehouses.
        sourcing: SourcingSettings::KIND = optional;
        /// What customers do.
        customers: Customers::KIND = optional;
        /// Classes of customers, who differ in what they do, in who is served first, and in what is reserved for them.
        customer_classes: CUSTOMER_CLASSES = optional;
        /// Settings of the retailer's rules.
        rules: RuleSettings::KIND = optional;
        /// Cost rates that do not stand with a vendor or a lane.
        costs: CostRates::KIND = optional;
        /// What date customers are promised for a line. Without it, nobody is promised a date.
        promise: PROMISE_TABLE = optional;
        /// Thresholds of the scorecard.
        promises: Promises::KIND = optional;
        /// On hand at second 0. Without the table, every pair starts at its highest level where a replenishment policy
        /// runs, else empty; with it, a pair not named starts empty.
        stock: STOCKS = optional;
        /// Purchase orders of before second 0 that have not arrived.
        open_purchase_orders: OPEN_PURCHASE_ORDERS = optional;
        /// Customers' orders of before second 0 that still wait. In a CSV file, one row a line: `order`, `placed`, `zone`, `product`,
        /// `units`.
        open_orders: OPEN_ORDERS = optional;
        /// Deliveries that no policy ordered.
        receipts: RECEIPTS = optional;
        /// Orders written by hand; numbers 1, 2, … in the file's order, before any generated order. In a CSV file, one row
        /// a line: `order`, `at`, `zone`, `product`, `units`.
        orders: ORDERS = optional;
        /// Customers who call about a waiting line.
        contacts: CONTACTS = optional;
        /// What happens on a day, or at random: a vendor slows down or stops, demand is multiplied, a warehouse or a lane closes, parcels
        /// cost more.
        events: EVENTS = optional;
        /// What `backorder tune` may decide, and what it aims at.
        tune: TUNE_TABLE = optional;
        /// What the page of a result is to have.
        report: REPORT_TABLE = optional;
    }
}

const PROMISE_TABLE: Kind = Kind::table(&PROMISE);
const CUSTOMER_CLASSES: Kind = Kind::rows("CustomerClassRows", &CUSTOMER_CLASS);
const RUN_TABLE: Kind = Kind::table(&RUN);
const CALENDAR_TABLE: Kind = Kind::table(&CALENDAR);
const ZONES: Kind = Kind::rows("ZoneRows", &ZONE);
const WAREHOUSES: Kind = Kind::rows("WarehouseRows", &WAREHOUSE);
const NETWORK_TABLE: Kind = Kind::table(&NETWORK);
const LANES: Kind = Kind::rows("LaneRows", &LANE);
const VENDORS: Kind = Kind::rows("VendorRows", &Vendor::TABLE);
const DEMAND_TABLE: Kind = Kind::table(&DEMAND);
const FORECAST_TABLE: Kind = Kind::table(&FORECAST);
const REPLENISHMENT_TABLE: Kind = Kind::table(&REPLENISHMENT);
const STOCKS: Kind = Kind::rows("StockRows", &STOCK);
const OPEN_PURCHASE_ORDERS: Kind = Kind::rows("OpenPurchaseOrderRows", &OPEN_PURCHASE_ORDER);
const OPEN_ORDERS: Kind = Kind::rows("OpenOrderRows", &OPEN_ORDER);
const EVENTS: Kind = Kind::rows("EventRows", &EVENT);
const RECEIPTS: Kind = Kind::rows("ReceiptRows", &RECEIPT);
const ORDERS: Kind = Kind::rows("OrderRows", &ORDER);
const TUNE_TABLE: Kind = Kind::table(&TUNE);
const REPORT_TABLE: Kind = Kind::table(&REPORT);
const CONTACTS: Kind = Kind::rows("ContactRows", &CONTACT);
const PRODUCTS: Kind = Kind::new(
    "Products",
    "a table (below)",
    Shape::Either(&[
        Kind::new("", "rows", Shape::List(&Kind::table(&PRODUCT), 1, None)),
        Kind::table(&ROWS_FILE),
        Kind::table(&PRODUCTS_GENERATED),
    ]),
)
.about("Rows, `file = \"products.csv\"`, or `generate = { count = 1000 }`.");

table! {
    /// Rows in a CSV file whose headers are the keys; `lead_time.gamma.mean` is a header for a key within a key.
    pub ROWS_FILE as "RowsFile": "a table of rows" {
        /// The file, relative to the scenario.
        file: FILE = needed;
        /// What stands between its columns: a comma, a semicolon, a tab or a bar.
        separator: SEPARATOR = ",";
        /// Lines above its header, such as a title.
        skip_rows: SKIPPED_ROWS = 0;
        /// Its encoding: `"windows-1252"`, `"utf-16le"`. Default: UTF-8.
        encoding: LABEL = optional, example("windows-1252");
        /// What its columns are called: `{ id = "SKU" }`, by key. Columns that are not named then may be anything.
        columns: HEADERS = optional, example({ id = "SKU" });
        /// Which rows are read, by a column's value: `{ Status = ["active"] }`, or `{ Status = { not = ["archived"] } }`.
        where: ROW_VALUES = optional, example({ Status = ["active"] });
        /// What becomes of rows that lack a value which every row has.
        empty: EmptyRows::KIND = "refuse";
        /// The unit of durations that are plain numbers there.
        unit: TimeUnit::KIND = optional, example("d");
    }
}

const HEADERS: Kind = Kind::new("", "a table of headers", Shape::Map(&LABEL));

table! {
    /// How long and how often to run, from which seed.
    pub RUN as "Run": "[run]" {
        /// Measured time, after the warm-up. May be left out where a trace of orders is replayed: then the run ends with
        /// the trace's last day.
        horizon: SOME_TIME = optional, example("1y");
        /// Time before the measures start, or `"auto"`: found by MSER-5 on a pilot run.
        warm_up: DURATION_OR_AUTO = "0s";
        /// Time after the horizon in which measured orders may still finish; demand and replenishment go on.
        run_out: DURATION = "0s";
        /// How many replications, or until an interval is narrow enough. Default: 30 where anything is random, else 1.
        replications: HOW_OFTEN = optional;
        /// Seed of every random stream.
        seed: SEED = 1;
        /// The day that begins at second 0, for events that are given by date. Default: the first day of a trace, if one is replayed.
        start: DATE = optional, example("2026-05-01");
        /// Whether levels that are derived from a target are planned anew when a setting on the command line, of a variant or of
        /// a sweep changes the world: a lead time, a rate of demand. Else they stay as the scenario plans them without it, for such
        /// a change is a shock; settings about levels themselves are planned for in any case. `--replan` sets it.
        replan: FLAG = false;
        /// The most memory to take, in GB of 10⁹ bytes: a scenario that would need more is refused before it takes any.
        memory_gb: POSITIVE = 4;
    }
}

/// A number of replications, or when to stop.
pub const HOW_OFTEN: Kind = Kind::new(
    "Replications",
    "a number, or a precision (below)",
    Shape::Either(&[REPLICATION_COUNT, Kind::table(&SEQUENTIAL)]),
)
.about("A number of replications, or when to stop.");
const REPLICATION_COUNT: Kind = Kind::new("ReplicationCount", "a whole number", Shape::Whole(1, MAX_REPLICATIONS))
    .about("A number of replications.");

table! {
    /// Replications until the interval of a metric is narrow enough.
    pub SEQUENTIAL as "Sequential": "`replications` of [run]" {
        /// At least so many.
        min: REPLICATIONS = 10;
        /// At most so many.
        max: REPLICATIONS = 1000;
        /// The half-width of the 95 % interval to reach, in the metric's own unit; this or `relative_half_width`.
        half_width: POSITIVE = optional, example(0.005);
        /// Instead, the half-width to reach as a share of the metric's true value: 0.02 for a relative error of 2 %.
        relative_half_width: POSITIVE = optional, example(0.02);
        /// The metric whose interval it is, by its name in `summary.json`.
        of: LABEL = "order_fill_rate";
    }
}
