//! WooCommerce: the order export with a row a line item.

use super::part::{Filter, NOTHING, Part};
use crate::import::fields::{Field, Kind};

pub const PARTS: [Part; 1] = [Part {
    layout: "woocommerce",
    title: "WooCommerce orders",
    kind: Kind::Orders,
    signs: &["order date", "item name", "item quantity|item quantity qty", "order id|order number"],
    columns: &[
        (Field::Order, &["order number", "order id"]),
        (Field::Date, &["order date"]),
        (Field::Product, &["item sku"]),
        (Field::Name, &["item name"]),
        (Field::Units, &["item quantity"]),
        (Field::Price, &["item price", "item cost"]),
        (Field::Currency, &["order currency", "currency"]),
        (Field::Total, &["item total", "item subtotal"]),
        (Field::Country, &["shipping country", "billing country"]),
        (Field::Region, &["shipping state", "billing state"]),
    ],
    filters: &[Filter {
        column: &["status", "order status"],
        drop: &[
            "cancelled",
            "refunded",
            "failed",
            "trash",
            "wc-cancelled",
            "wc-refunded",
            "wc-failed",
            "checkout-draft",
        ],
        keep: &[],
    }],
    ..NOTHING
}];
