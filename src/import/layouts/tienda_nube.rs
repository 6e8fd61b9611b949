//! Tienda Nube (Nuvemshop): semicolons, days in front, codes as `=""`, an order's own fields blank on its later rows, free gifts
//! as products.

use super::part::{Filter, NOTHING, Part};
use crate::import::fields::{Field, Kind};

pub const PARTS: [Part; 1] = [Part {
    layout: "tienda-nube",
    title: "Tienda Nube orders",
    kind: Kind::Orders,
    signs: &[
        "número de orden|numero de orden|número do pedido",
        "fecha|data",
        "nombre del producto|nome do produto",
        "cantidad del producto|quantidade do produto|quantidade comprada",
    ],
    columns: &[
        (Field::Order, &["número de orden", "numero de orden", "número do pedido"]),
        (Field::Date, &["fecha", "data"]),
        (Field::Product, &["sku"]),
        (Field::Name, &["nombre del producto", "nome do produto"]),
        (Field::Units, &["cantidad del producto", "quantidade do produto", "quantidade comprada"]),
        (Field::Price, &["precio del producto", "valor do produto"]),
        (Field::Currency, &["moneda", "moeda"]),
        (Field::Country, &["país", "pais"]),
        (Field::Region, &["provincia o estado", "estado"]),
    ],
    filters: &[
        Filter { column: &["estado de la orden", "status do pedido"], drop: &["cancelada", "cancelado"], keep: &[] },
        Filter {
            column: &["estado del pago", "status do pagamento"],
            drop: &["anulado", "reembolsado", "rechazado"],
            keep: &[],
        },
    ],
    ..NOTHING
}];
