//! Odoo: lines of sale and purchase orders, the orders and the customers that they belong to in files of their own, and the
//! stock. Columns bear the names of fields or of labels. A product is shown as `[CODE] Name`; an order's own fields are blank on
//! nested rows.

use super::part::{Filter, Join, NOTHING, Part};
use crate::import::fields::{Field, Kind};

pub const PARTS: [Part; 6] = [
    Part {
        layout: "odoo",
        title: "Odoo, sale order lines",
        kind: Kind::Orders,
        signs: &["order id|order reference", "product id|product", "product uom qty|quantity|ordered quantity"],
        columns: &[
            (Field::Order, &["order id", "order reference"]),
            (Field::Date, &["date order", "order date"]),
            (Field::Product, &["product id", "product"]),
            (Field::Units, &["product uom qty", "ordered quantity", "quantity"]),
            (Field::Price, &["price unit", "unit price"]),
            (Field::Currency, &["currency id", "currency"]),
            (Field::Shipped, &["qty delivered", "delivered quantity"]),
            (Field::Warehouse, &["warehouse id", "warehouse"]),
        ],
        filters: &[Filter {
            column: &["state", "status"],
            drop: &["cancel", "cancelled", "draft", "sent", "quotation"],
            keep: &[],
        }],
        ..NOTHING
    },
    Part {
        layout: "odoo",
        title: "Odoo, sale orders",
        kind: Kind::Orders,
        signs: &[
            "name|order reference",
            "date order|order date",
            "partner id|customer",
            "warehouse id|warehouse|state|status",
        ],
        columns: &[(Field::Date, &["date order", "order date"]), (Field::Warehouse, &["warehouse id", "warehouse"])],
        filters: &[Filter {
            column: &["state", "status"],
            drop: &["cancel", "cancelled", "draft", "sent", "quotation"],
            keep: &[],
        }],
        join: Some(Join { here: &["name", "order reference"], there: &["order id", "order reference"] }),
        ..NOTHING
    },
    Part {
        layout: "odoo",
        title: "Odoo, customers",
        kind: Kind::Orders,
        signs: &["display name|name|complete name", "country id|country"],
        columns: &[(Field::Country, &["country id", "country"]), (Field::Region, &["state id", "state"])],
        join: Some(Join { here: &["display name", "complete name", "name", "id"], there: &["partner id", "customer"] }),
        ..NOTHING
    },
    Part {
        layout: "odoo",
        title: "Odoo, purchase order lines",
        kind: Kind::Purchases,
        signs: &["order id|order reference", "product id|product", "product qty|quantity", "qty received|received qty"],
        columns: &[
            (Field::Purchase, &["order id", "order reference"]),
            (Field::Vendor, &["partner id", "vendor"]),
            (Field::Product, &["product id", "product"]),
            (Field::Units, &["product qty", "quantity"]),
            (Field::Received, &["qty received", "received qty"]),
            (Field::Cost, &["price unit", "unit price"]),
            (Field::Date, &["date approve", "confirmation date", "date order", "order date", "order deadline"]),
            (Field::Expected, &["date planned", "expected arrival"]),
            (Field::Warehouse, &["warehouse id", "warehouse"]),
        ],
        filters: &[Filter { column: &["state", "status"], drop: &["cancel", "cancelled", "draft", "sent"], keep: &[] }],
        ..NOTHING
    },
    Part {
        layout: "odoo",
        title: "Odoo, stock moves",
        kind: Kind::Receipts,
        signs: &[
            "product id|product",
            "date|effective date",
            "origin|source document",
            "quantity|quantity done|product uom qty",
        ],
        columns: &[
            (Field::Purchase, &["origin", "source document"]),
            (Field::Product, &["product id", "product"]),
            (Field::Units, &["quantity done", "quantity", "product uom qty"]),
            (Field::Date, &["date", "effective date"]),
            (Field::Vendor, &["partner id", "vendor"]),
        ],
        filters: &[Filter { column: &["state", "status"], drop: &[], keep: &["done"] }],
        ..NOTHING
    },
    Part {
        layout: "odoo",
        title: "Odoo, stock",
        kind: Kind::Inventory,
        signs: &["product id|product", "location id|location", "quantity|on hand quantity", "reserved quantity"],
        columns: &[
            (Field::Product, &["product id", "product"]),
            (Field::Warehouse, &["warehouse id", "warehouse", "location id", "location"]),
            (Field::OnHand, &["quantity", "on hand quantity"]),
        ],
        ..NOTHING
    },
];
