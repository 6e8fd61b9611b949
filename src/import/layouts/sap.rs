//! SAP: extracts of VBAP (lines of sales orders), EKKO and EKPO (purchase orders and their lines) and EKBE (their history). A
//! lead time is EKBE.BUDAT of a goods receipt less EKKO.BEDAT.

use super::part::{Filter, Join, NOTHING, Part};
use crate::import::fields::{Field, Kind};

pub const PARTS: [Part; 4] = [
    Part {
        layout: "sap",
        title: "SAP VBAP, sales order lines",
        kind: Kind::Orders,
        signs: &["vbeln", "posnr", "matnr", "kwmeng", "erdat"],
        columns: &[
            (Field::Order, &["vbeln"]),
            (Field::Date, &["erdat"]),
            (Field::Product, &["matnr"]),
            (Field::Units, &["kwmeng"]),
            (Field::Price, &["netpr"]),
            (Field::Total, &["netwr"]),
            (Field::Currency, &["waerk"]),
            (Field::Warehouse, &["werks"]),
            (Field::Country, &["land1"]),
            (Field::Region, &["regio"]),
        ],
        // What was rejected has a reason.
        filters: &[Filter { column: &["abgru"], drop: &[], keep: &[""] }],
        ..NOTHING
    },
    Part {
        layout: "sap",
        title: "SAP EKPO, purchase order lines",
        kind: Kind::Purchases,
        signs: &["ebeln", "ebelp", "matnr", "menge", "netpr"],
        columns: &[
            (Field::Purchase, &["ebeln"]),
            (Field::Line, &["ebelp"]),
            (Field::Product, &["matnr"]),
            (Field::Warehouse, &["werks"]),
            (Field::Units, &["menge"]),
            (Field::Cost, &["netpr"]),
        ],
        // A mark says that a line was deleted or blocked.
        filters: &[Filter { column: &["loekz"], drop: &[], keep: &[""] }],
        ..NOTHING
    },
    Part {
        layout: "sap",
        title: "SAP EKKO, purchase orders",
        kind: Kind::Purchases,
        signs: &["ebeln", "lifnr", "bedat"],
        columns: &[(Field::Vendor, &["lifnr"]), (Field::Date, &["bedat"])],
        join: Some(Join { here: &["ebeln"], there: &["ebeln"] }),
        ..NOTHING
    },
    Part {
        layout: "sap",
        title: "SAP EKBE, purchase order history",
        kind: Kind::Receipts,
        signs: &["ebeln", "ebelp", "budat", "menge"],
        columns: &[
            (Field::Purchase, &["ebeln"]),
            (Field::Line, &["ebelp"]),
            (Field::Date, &["budat"]),
            (Field::Units, &["menge"]),
            (Field::Product, &["matnr"]),
            (Field::Warehouse, &["werks"]),
        ],
        filters: &[Filter { column: &["bewtp"], drop: &[], keep: &["e"] }],
        ..NOTHING
    },
];
