//! What a scenario writes by hand: stock, receipts, orders, contacts.

use super::super::choices::{WISH, words};
use super::{Duration, Id, Ordinal, SomeUnits, Text, Units};
use schemars::JsonSchema;

/// Units on hand at second 0.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Stock {
    /// A warehouse's id.
    #[schemars(extend("examples" = ["boise"]))]
    warehouse: Id,
    /// A product's id.
    #[schemars(extend("examples" = ["whey"]))]
    product: Id,
    /// How many; 0 says that the warehouse carries the product.
    #[schemars(extend("examples" = [5]))]
    units: Units,
}

/// A delivery that no policy ordered.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Receipt {
    /// When, from the start of the replication.
    #[schemars(extend("examples" = ["3d"]))]
    at: Duration,
    /// A warehouse's id.
    #[schemars(extend("examples" = ["boise"]))]
    warehouse: Id,
    /// A product's id.
    #[schemars(extend("examples" = ["whey"]))]
    product: Id,
    /// How many.
    #[schemars(extend("examples" = [10]))]
    units: SomeUnits,
}

/// An order written by hand.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Order {
    /// When, from the start of the replication.
    #[schemars(extend("examples" = ["1d6h"]))]
    at: Duration,
    /// A zone's id.
    #[schemars(extend("examples" = ["us-west"]))]
    zone: Id,
    /// What is ordered; a product may stand in several lines.
    #[schemars(length(min = 1), extend("examples" = [[{ "product": "whey", "units": 2 }]]))]
    lines: Vec<OrderLine>,
}

/// A line of an order.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct OrderLine {
    /// A product's id.
    #[schemars(extend("examples" = ["whey"]))]
    product: Id,
    /// How many.
    #[schemars(default, extend("default" = 1))]
    units: SomeUnits,
}

/// A row of a CSV file of orders: one line of one order.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct OrderRow {
    /// Which order the line belongs to: rows with the same text here are one order.
    order: Text,
    /// When; needed in an order's first row.
    #[schemars(default)]
    at: Duration,
    /// A zone's id; needed in an order's first row.
    #[schemars(default)]
    zone: Id,
    /// A product's id.
    product: Id,
    /// How many.
    #[schemars(default, extend("default" = 1))]
    units: SomeUnits,
}

/// A customer calls about a line; ignored when it does not wait then.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Contact {
    /// When, from the start of the replication.
    #[schemars(extend("examples" = ["2d"]))]
    at: Duration,
    /// Which order: 1, 2, … in the order of `[[orders]]`, generated ones after them.
    #[schemars(extend("examples" = [1]))]
    order: Ordinal,
    /// Which of its lines, from 1; a swapped-in line takes the next number.
    #[schemars(extend("examples" = [2]))]
    line: Ordinal,
    /// What the customer wants.
    #[schemars(extend("enum" = words(WISH), "examples" = ["remove"]))]
    wants: Text,
}
