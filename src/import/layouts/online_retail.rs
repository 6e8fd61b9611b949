//! UCI Online Retail: a row a line; an invoice that begins with `C` is a cancellation, and rows without a price are corrections
//! of the stock.

use super::part::{NOTHING, Part};
use crate::import::fields::{Field, Kind};

pub const PARTS: [Part; 1] = [Part {
    layout: "online-retail",
    title: "UCI Online Retail",
    kind: Kind::Orders,
    signs: &["invoiceno|invoice", "stockcode", "quantity", "invoicedate", "unitprice|price"],
    columns: &[
        (Field::Order, &["invoiceno", "invoice"]),
        (Field::Date, &["invoicedate"]),
        (Field::Product, &["stockcode"]),
        (Field::Name, &["description"]),
        (Field::Units, &["quantity"]),
        (Field::Price, &["unitprice", "price"]),
        (Field::Country, &["country"]),
    ],
    ..NOTHING
}];
