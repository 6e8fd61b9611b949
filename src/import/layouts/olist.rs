//! Olist: orders, their items (a row a unit, no column of units) and customers in three files, joined by their ids.

use super::part::{Filter, Join, NOTHING, Part};
use crate::import::fields::{Field, Kind};

pub const PARTS: [Part; 3] = [
    Part {
        layout: "olist",
        title: "Olist, order items",
        kind: Kind::Orders,
        signs: &["order id", "order item id", "product id", "price"],
        columns: &[(Field::Order, &["order id"]), (Field::Product, &["product id"]), (Field::Price, &["price"])],
        constants: &[(Field::Country, "BR")],
        ..NOTHING
    },
    Part {
        layout: "olist",
        title: "Olist, orders",
        kind: Kind::Orders,
        signs: &["order id", "customer id", "order status", "order purchase timestamp"],
        columns: &[(Field::Date, &["order purchase timestamp"]), (Field::Left, &["order delivered carrier date"])],
        filters: &[Filter { column: &["order status"], drop: &["canceled", "cancelled", "unavailable"], keep: &[] }],
        join: Some(Join { here: &["order id"], there: &["order id"] }),
        ..NOTHING
    },
    Part {
        layout: "olist",
        title: "Olist, customers",
        kind: Kind::Orders,
        signs: &["customer id", "customer unique id", "customer state"],
        columns: &[(Field::Region, &["customer state"])],
        join: Some(Join { here: &["customer id"], there: &["customer id"] }),
        ..NOTHING
    },
];
