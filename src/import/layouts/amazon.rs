//! Amazon: the report of all orders, tabs between its columns, and the inventory ledger, whose receipts name the centre.

use super::part::{Filter, NOTHING, Part};
use crate::import::fields::{Field, Kind};

pub const PARTS: [Part; 2] = [
    Part {
        layout: "amazon",
        title: "Amazon, all orders",
        kind: Kind::Orders,
        signs: &["amazon order id", "purchase date", "sku", "quantity"],
        columns: &[
            (Field::Order, &["amazon order id"]),
            (Field::Date, &["purchase date"]),
            (Field::Product, &["sku"]),
            (Field::Name, &["product name"]),
            (Field::Units, &["quantity"]),
            // It is the price of all units of the line.
            (Field::Total, &["item price"]),
            (Field::Currency, &["currency"]),
            (Field::Country, &["ship country"]),
            (Field::Region, &["ship state"]),
            (Field::Fulfilled, &["item status"]),
        ],
        filters: &[
            Filter { column: &["order status"], drop: &["cancelled", "canceled"], keep: &[] },
            Filter { column: &["item status"], drop: &["cancelled", "canceled"], keep: &[] },
        ],
        ..NOTHING
    },
    Part {
        layout: "amazon",
        title: "Amazon, inventory ledger",
        kind: Kind::Receipts,
        signs: &["fnsku", "eventtype|event type", "quantity", "fulfillmentcenter|fulfillment center"],
        columns: &[
            (Field::Purchase, &["referenceid", "reference id"]),
            (Field::Date, &["date", "date and time"]),
            (Field::Product, &["msku"]),
            (Field::Units, &["quantity"]),
            (Field::Warehouse, &["fulfillmentcenter", "fulfillment center"]),
        ],
        filters: &[Filter { column: &["eventtype", "event type"], drop: &[], keep: &["receipts"] }],
        ..NOTHING
    },
];
