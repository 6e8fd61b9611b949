//! Nobody is read: in every layout, whatever stands in a column that is none of the fields, such as names, addresses and notes, is in
//! nothing that an import writes or prints.

use super::{all_files, imported, with_files};

/// What stands in every cell that is not to be read.
const WHISPER: &str = "Whisper";

/// An export: its headers, and under some of them what two rows hold. Everything else is not to be read.
struct Export {
    file: &'static str,
    separator: char,
    headers: &'static str,
    known: &'static [(&'static str, [&'static str; 2])],
}

impl Export {
    fn text(&self) -> String {
        let between = self.separator.to_string();
        let headers: Vec<&str> = self.headers.split(", ").collect();
        let mut text = format!("{}\n", headers.join(&between));
        for row in 0..2 {
            let cell = |(at, header): (usize, &&str)| {
                let known = self.known.iter().find(|(known, _)| known == header);
                known.map_or_else(|| format!("{WHISPER} {at}-{row}"), |(_, values)| values[row].to_string())
            };
            let cells: Vec<String> = headers.iter().enumerate().map(cell).collect();
            text.push_str(&format!("{}\n", cells.join(&between)));
        }
        for (known, _) in self.known {
            assert!(headers.contains(known), "{} has no header {known}", self.file);
        }
        text
    }
}

const SHOPIFY: Export = Export {
    file: "o.csv",
    separator: ',',
    headers: "Name, Email, Financial Status, Paid at, Fulfillment Status, Fulfilled at, Accepts Marketing, Currency, Subtotal, \
              Shipping, Taxes, Total, Discount Code, Discount Amount, Shipping Method, Created at, Lineitem quantity, Lineitem name, \
              Lineitem price, Lineitem compare at price, Lineitem sku, Lineitem requires shipping, Lineitem taxable, \
              Lineitem fulfillment status, Billing Name, Billing Street, Billing Address1, Billing Address2, Billing Company, \
              Billing City, Billing Zip, Billing Phone, Shipping Name, Shipping Street, Shipping Address1, Shipping Address2, \
              Shipping Company, Shipping City, Shipping Zip, Shipping Province, Shipping Country, Shipping Phone, Notes, \
              Note Attributes, Cancelled at, Payment Method, Payment Reference, Refunded Amount, Vendor, Outstanding Balance, \
              Employee, Location, Device ID, Id, Tags, Risk Level, Source, Lineitem discount, Tax 1 Name, Tax 1 Value",
    known: &[
        ("Name", ["#1", "#2"]),
        ("Financial Status", ["paid", "paid"]),
        ("Fulfilled at", ["2026-05-01 18:00:00 +0200", ""]),
        ("Created at", ["2026-05-01 10:00:00 +0200", "2026-05-02 10:00:00 +0200"]),
        ("Lineitem quantity", ["1", "2"]),
        ("Lineitem name", ["Tea", "Mug"]),
        ("Lineitem price", ["9.90", "12.50"]),
        ("Lineitem sku", ["TEA-1", ""]),
        ("Lineitem requires shipping", ["true", "true"]),
        ("Lineitem fulfillment status", ["fulfilled", "pending"]),
        ("Shipping Province", ["ENG", "TX"]),
        ("Shipping Country", ["GB", "US"]),
        ("Cancelled at", ["", ""]),
        ("Vendor", ["Leaves", "Pottery"]),
        ("Location", ["Lagos", "Lagos"]),
    ],
};

const SHOPIFY_STOCK: Export = Export {
    file: "i.csv",
    separator: ',',
    headers: "Handle, Title, Option1 Name, Option1 Value, SKU, HS Code, COO, Location, Bin name, Incoming, Unavailable, Committed, \
              Available, On hand (current), On hand (new)",
    known: &[
        ("Title", ["Tea", "Mug"]),
        ("Option1 Value", ["Default Title", "Default Title"]),
        ("SKU", ["TEA-1", ""]),
        ("Location", ["Lagos", "Lagos"]),
        ("Incoming", ["0", "5"]),
        ("On hand (current)", ["7", "not stocked"]),
    ],
};

const WOOCOMMERCE: Export = Export {
    file: "o.csv",
    separator: ',',
    headers: "order_id, order_number, order_date, paid_date, status, shipping_total, order_currency, shipping_method, customer_id, \
              billing_first_name, billing_last_name, billing_company, billing_email, billing_phone, billing_address_1, billing_city, \
              shipping_first_name, shipping_last_name, shipping_address_1, shipping_city, shipping_postcode, shipping_state, \
              shipping_country, customer_note, item_name, item_sku, item_quantity, item_total",
    known: &[
        ("order_number", ["11", "12"]),
        ("order_date", ["2026-05-14 10:05:00", "2026-05-15 10:05:00"]),
        ("status", ["completed", "completed"]),
        ("shipping_state", ["TX", "ON"]),
        ("shipping_country", ["US", "CA"]),
        ("item_name", ["Tea", "Mug"]),
        ("item_sku", ["TEA-1", "MUG-1"]),
        ("item_quantity", ["2", "1"]),
        ("item_total", ["9.80", "12.50"]),
    ],
};

const AMAZON: Export = Export {
    file: "o.csv",
    separator: '\t',
    headers: "amazon-order-id, merchant-order-id, purchase-date, last-updated-date, order-status, fulfillment-channel, sales-channel, \
              ship-service-level, product-name, sku, asin, item-status, quantity, currency, item-price, ship-city, ship-state, \
              ship-postal-code, ship-country, is-business-order, buyer-name, buyer-email, recipient-name, ship-address-1",
    known: &[
        ("amazon-order-id", ["111-1", "111-2"]),
        ("purchase-date", ["2026-05-01T06:00:00+00:00", "2026-05-02T06:00:00+00:00"]),
        ("order-status", ["Shipped", "Shipped"]),
        ("product-name", ["Tea", "Mug"]),
        ("sku", ["TEA-1", "MUG-1"]),
        ("item-status", ["Shipped", "Unshipped"]),
        ("quantity", ["1", "2"]),
        ("item-price", ["9.90", "25.00"]),
        ("ship-state", ["TX", "NV"]),
        ("ship-country", ["US", "US"]),
    ],
};

const AMAZON_LEDGER: Export = Export {
    file: "r.csv",
    separator: ',',
    headers: "Date, FNSKU, ASIN, MSKU, Title, EventType, ReferenceID, Quantity, FulfillmentCenter, Disposition, Reason, Country",
    known: &[
        ("Date", ["2026-05-10", "2026-05-11"]),
        ("MSKU", ["TEA-1", "MUG-1"]),
        ("EventType", ["Receipts", "Shipments"]),
        ("ReferenceID", ["FBA1", "FBA2"]),
        ("Quantity", ["10", "-1"]),
        ("FulfillmentCenter", ["LEJ1", "LEJ1"]),
    ],
};

const ODOO: [Export; 3] = [
    Export {
        file: "lines.csv",
        separator: ',',
        headers: "Order Reference, Product, Quantity, Delivered Quantity, Unit Price, Salesperson, Description",
        known: &[
            ("Order Reference", ["S1", "S2"]),
            ("Product", ["[TEA-1] Tea", "[MUG-1] Mug"]),
            ("Quantity", ["1.00", "2.00"]),
            ("Delivered Quantity", ["1.00", "0.00"]),
            ("Unit Price", ["4.90", "12.50"]),
        ],
    },
    Export {
        file: "orders.csv",
        separator: ',',
        headers: "Order Reference, Order Date, Customer, Warehouse, Status, Salesperson, Terms and conditions",
        known: &[
            ("Order Reference", ["S1", "S2"]),
            ("Order Date", ["2026-05-14 10:00:00", "2026-05-15 10:00:00"]),
            ("Customer", ["Whisper Ada", "Whisper Grace"]),
            ("Warehouse", ["Main", "Main"]),
            ("Status", ["Sales Order", "Sales Order"]),
        ],
    },
    Export {
        file: "customers.csv",
        separator: ',',
        headers: "Display Name, Email, Phone, Street, City, Zip, Country, State, Comment",
        known: &[
            ("Display Name", ["Whisper Ada", "Whisper Grace"]),
            ("Country", ["United Kingdom", "United States"]),
            ("State", ["", "DC"]),
        ],
    },
];

const ODOO_PURCHASES: [Export; 3] = [
    Export {
        file: "p.csv",
        separator: ',',
        headers: "order_id, partner_id, product_id, product_qty, qty_received, price_unit, date_order, date_approve, date_planned, \
                  user_id, notes",
        known: &[
            ("order_id", ["P1", "P2"]),
            ("partner_id", ["Leaves Ltd", "Leaves Ltd"]),
            ("product_id", ["TEA-1", "MUG-1"]),
            ("product_qty", ["40.0", "10.0"]),
            ("qty_received", ["40.0", "0.0"]),
            ("price_unit", ["2.10", "5.00"]),
            ("date_order", ["2026-04-01 08:00:00", "2026-04-02 08:00:00"]),
            ("date_approve", ["2026-04-01 08:00:00", "2026-04-02 08:00:00"]),
            ("date_planned", ["2026-04-12 08:00:00", "2026-05-30 08:00:00"]),
        ],
    },
    Export {
        file: "r.csv",
        separator: ',',
        headers: "product_id, origin, quantity_done, date, state, write_uid",
        known: &[
            ("product_id", ["TEA-1", "TEA-1"]),
            ("origin", ["P1", "P9"]),
            ("quantity_done", ["40.0", "5.0"]),
            ("date", ["2026-04-14 10:00:00", "2026-04-15 10:00:00"]),
            ("state", ["done", "done"]),
        ],
    },
    Export {
        file: "i.csv",
        separator: ',',
        headers: "product_id, location_id, warehouse_id, quantity, reserved_quantity, owner_id",
        known: &[
            ("product_id", ["TEA-1", "MUG-1"]),
            ("warehouse_id", ["Main", "Main"]),
            ("quantity", ["12.0", "3.0"]),
            ("reserved_quantity", ["1.0", "0.0"]),
        ],
    },
];

const SAP: [Export; 4] = [
    Export {
        file: "o.csv",
        separator: ';',
        headers: "VBELN, POSNR, MATNR, WERKS, ERDAT, KWMENG, NETPR, KUNNR, ERNAM, ARKTX",
        known: &[
            ("VBELN", ["4711", "4712"]),
            ("MATNR", ["TEA-1", "MUG-1"]),
            ("WERKS", ["1000", "1000"]),
            ("ERDAT", ["20260514", "20260520"]),
            ("KWMENG", ["2", "1"]),
            ("NETPR", ["4.90", "12.50"]),
        ],
    },
    Export {
        file: "ekko.csv",
        separator: ';',
        headers: "EBELN, LIFNR, BEDAT, ERNAM, VERKF, TELF1",
        known: &[("EBELN", ["45", "46"]), ("LIFNR", ["100017", "100018"]), ("BEDAT", ["20260401", "20260410"])],
    },
    Export {
        file: "p.csv",
        separator: ';',
        headers: "EBELN, EBELP, MATNR, WERKS, MENGE, NETPR, TXZ01, AFNAM",
        known: &[
            ("EBELN", ["45", "46"]),
            ("EBELP", ["10", "10"]),
            ("MATNR", ["TEA-1", "MUG-1"]),
            ("WERKS", ["1000", "1000"]),
            ("MENGE", ["40", "10"]),
            ("NETPR", ["2.10", "5.00"]),
        ],
    },
    Export {
        file: "r.csv",
        separator: ';',
        headers: "EBELN, EBELP, VGABE, BEWTP, BUDAT, MENGE, ERNAM",
        known: &[
            ("EBELN", ["45", "46"]),
            ("EBELP", ["10", "10"]),
            ("BEWTP", ["E", "E"]),
            ("BUDAT", ["20260413", "20260425"]),
            ("MENGE", ["40", "10"]),
        ],
    },
];

const RETAIL: Export = Export {
    file: "o.csv",
    separator: ',',
    headers: "InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country",
    known: &[
        ("InvoiceNo", ["536365", "536366"]),
        ("StockCode", ["85123A", "71053"]),
        ("Description", ["HEART", "LANTERN"]),
        ("Quantity", ["6", "2"]),
        ("InvoiceDate", ["12/13/2010 8:26", "12/14/2010 8:26"]),
        ("UnitPrice", ["2.55", "3.39"]),
        ("Country", ["United Kingdom", "France"]),
    ],
};

const OLIST: [Export; 3] = [
    Export {
        file: "items.csv",
        separator: ',',
        headers: "order_id, order_item_id, product_id, seller_id, shipping_limit_date, price, freight_value",
        known: &[("order_id", ["a1", "a2"]), ("product_id", ["p9", "p8"]), ("price", ["9.90", "5.00"])],
    },
    Export {
        file: "orders.csv",
        separator: ',',
        headers: "order_id, customer_id, order_status, order_purchase_timestamp, order_delivered_carrier_date",
        known: &[
            ("order_id", ["a1", "a2"]),
            ("customer_id", ["Whisper c1", "Whisper c2"]),
            ("order_status", ["delivered", "shipped"]),
            ("order_purchase_timestamp", ["2017-10-02 10:56:33", "2017-10-03 10:56:33"]),
        ],
    },
    Export {
        file: "customers.csv",
        separator: ',',
        headers: "customer_id, customer_unique_id, customer_zip_code_prefix, customer_city, customer_state",
        known: &[("customer_id", ["Whisper c1", "Whisper c2"]), ("customer_state", ["SP", "BA"])],
    },
];

const TIENDA_NUBE: Export = Export {
    file: "o.csv",
    separator: ';',
    headers: "Número de orden, Email, Fecha, Estado de la orden, Estado del pago, Nombre del comprador, DNI / CUIT, Teléfono, \
              Nombre para el envío, Dirección, Número, Localidad, Ciudad, Código postal, Provincia o estado, País, \
              Notas del comprador, Notas del vendedor, Nombre del producto, Precio del producto, Cantidad del producto, SKU",
    known: &[
        ("Número de orden", ["1001", "1002"]),
        ("Fecha", ["14/05/2026 10:05", "15/05/2026 10:05"]),
        ("Estado de la orden", ["Abierta", "Abierta"]),
        ("Estado del pago", ["Recibido", "Recibido"]),
        ("Provincia o estado", ["Córdoba", "Salta"]),
        ("País", ["Argentina", "Argentina"]),
        ("Nombre del producto", ["Té verde", "Mate"]),
        ("Precio del producto", ["1.200,00", "950,00"]),
        ("Cantidad del producto", ["2", "1"]),
        ("SKU", ["=\"\"", "=\"\""]),
    ],
};

const LIST: Export = Export {
    file: "o.csv",
    separator: ',',
    headers: "Date, Customer, Name, Address, Phone, E-mail, Items, Notes",
    known: &[("Date", ["2026-05-14", "2026-05-15"]), ("Items", ["2x Tea", "Mug"])],
};

const PLAIN: [Export; 2] = [
    Export {
        file: "o.csv",
        separator: ',',
        headers: "Order No, Date, Name, First Name, Street, City, Zip, Phone, SKU, Qty, Country, Comment",
        known: &[
            ("Order No", ["1", "2"]),
            ("Date", ["2026-05-14", "2026-05-15"]),
            ("SKU", ["TEA-1", "MUG-1"]),
            ("Qty", ["1", "2"]),
            ("Country", ["US", "US"]),
        ],
    },
    Export {
        file: "products.csv",
        separator: ',',
        headers: "sku, price, cost, buyer, notes",
        known: &[("sku", ["TEA-1", "MUG-1"]), ("price", ["9.90", "12.50"]), ("cost", ["4.00", "6.00"])],
    },
];

#[test]
fn no_layout_lets_anything_through_that_is_no_field() {
    let layouts: [(&str, Vec<&Export>, &str); 11] = [
        ("shopify", vec![&SHOPIFY, &SHOPIFY_STOCK], "--orders o.csv --inventory i.csv --as-of 2026-05-03"),
        ("woocommerce", vec![&WOOCOMMERCE], "--orders o.csv"),
        ("amazon", vec![&AMAZON, &AMAZON_LEDGER], "--orders o.csv --receipts r.csv"),
        (
            "odoo",
            ODOO.iter().chain(&ODOO_PURCHASES).collect(),
            "--orders lines.csv --orders orders.csv --orders customers.csv --purchases p.csv --receipts r.csv --inventory i.csv",
        ),
        ("sap", SAP.iter().collect(), "--orders o.csv --purchases ekko.csv --purchases p.csv --receipts r.csv"),
        ("retail", vec![&RETAIL], "--orders o.csv"),
        ("olist", OLIST.iter().collect(), "--orders items.csv --orders orders.csv --orders customers.csv"),
        ("tienda-nube", vec![&TIENDA_NUBE], "--orders o.csv"),
        ("list", vec![&LIST], "--orders o.csv"),
        ("plain", PLAIN.iter().collect(), "--orders o.csv --products products.csv"),
        ("fitted", vec![&SHOPIFY], "--orders o.csv --demand fit"),
    ];
    for (name, exports, options) in layouts {
        let texts: Vec<(&str, String)> = exports.iter().map(|export| (export.file, export.text())).collect();
        let files: Vec<(&str, &str)> = texts.iter().map(|(file, text)| (*file, text.as_str())).collect();
        let folder = with_files(&format!("people-{name}"), &files);
        let (_, said) = imported(&folder, options, &[]);
        let mut all = all_files(&folder.join("shop"));
        assert!(all.len() > 7, "{name}: there is something to search");
        all.push(("what was printed".into(), said));
        for (file, text) in &all {
            assert!(!text.contains(WHISPER), "{name}: {} tells what was not to be read", file.display());
        }
    }
}
