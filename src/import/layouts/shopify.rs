//! Shopify: orders, with a row a line item and the order's own fields on its first row alone; inventory, with a row a product
//! and location, or in older files a column a location.

use super::part::{Filter, NOTHING, Part};
use crate::import::fields::{Field, Kind};

pub const PARTS: [Part; 3] = [
    Part {
        layout: "shopify",
        title: "Shopify orders",
        kind: Kind::Orders,
        signs: &["name", "created at", "lineitem quantity", "lineitem name"],
        columns: &[
            (Field::Order, &["name"]),
            (Field::Date, &["created at"]),
            (Field::Product, &["lineitem sku"]),
            (Field::Name, &["lineitem name"]),
            (Field::Units, &["lineitem quantity"]),
            (Field::Price, &["lineitem price"]),
            (Field::Currency, &["currency"]),
            (Field::Country, &["shipping country", "billing country"]),
            (Field::Region, &["shipping province", "billing province"]),
            (Field::Warehouse, &["location"]),
            (Field::Vendor, &["vendor"]),
            (Field::Fulfilled, &["lineitem fulfillment status"]),
            (Field::Left, &["fulfilled at"]),
        ],
        filters: &[
            Filter { column: &["financial status"], drop: &["voided", "refunded", "expired"], keep: &[] },
            Filter { column: &["cancelled at"], drop: &[], keep: &[""] },
            Filter { column: &["lineitem requires shipping"], drop: &["false"], keep: &[] },
        ],
        ..NOTHING
    },
    Part {
        layout: "shopify",
        title: "Shopify inventory",
        kind: Kind::Inventory,
        signs: &["handle", "sku", "location", "on hand current|on hand|available"],
        columns: &[
            (Field::Product, &["sku"]),
            (Field::Name, &["title"]),
            (Field::Options, &["option1 value"]),
            (Field::Warehouse, &["location"]),
            (Field::OnHand, &["on hand current", "on hand", "available"]),
            (Field::Incoming, &["incoming"]),
        ],
        ..NOTHING
    },
    Part {
        layout: "shopify-by-location",
        title: "Shopify inventory, a column a location",
        kind: Kind::Inventory,
        signs: &["handle", "title", "option1 name", "sku"],
        columns: &[(Field::Product, &["sku"]), (Field::Name, &["title"]), (Field::Options, &["option1 value"])],
        is_wide: true,
        ..NOTHING
    },
];
