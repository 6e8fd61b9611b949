//! Every other layout that is recognised by its headers, with a sample made up from what its maker publishes.

use super::{assert_says, imported, read, with_files};

/// Imports files and holds `orders.csv` against rows.
#[track_caller]
fn orders_of(name: &str, files: &[(&str, &str)], options: &str, rows: &str) -> String {
    let folder = with_files(&format!("layout-{name}"), files);
    let (_, said) = imported(&folder, options, &[]);
    assert_eq!(read(&folder, "shop/orders.csv"), format!("order,line,date,zone,product,units\n{rows}"), "{name}");
    said
}

#[test]
fn woocommerce() {
    let text = "\
order_id,order_number,order_date,paid_date,status,shipping_total,order_currency,shipping_method,customer_id,billing_first_name,billing_email,shipping_address_1,shipping_country,shipping_state,item_name,item_sku,item_quantity,item_total
11,1011,5/14/2026 10:05:00,,processing,4,USD,flat,7,Ada,ada@example.org,1 Main St,US,TX,Tea,TEA-1,2,9.80
11,1011,5/14/2026 10:05:00,,processing,4,USD,flat,7,Ada,ada@example.org,1 Main St,US,TX,Mug,MUG-1,1,12.50
12,1012,5/3/2026 9:00:00,,cancelled,4,USD,flat,8,Grace,grace@example.org,2 Main St,CA,ON,Tea,TEA-1,1,4.90
13,1013,5/4/2026 9:00:00,,completed,4,USD,flat,8,Grace,grace@example.org,2 Main St,CA,ON,Tea,TEA-1,1,4.90
";
    let rows = "1011,1,2026-05-14 10:05:00,US,TEA-1,2\n1011,2,2026-05-14 10:05:00,US,MUG-1,1\n1013,1,2026-05-04 09:00:00,CA,TEA-1,1\n";
    let said = orders_of("woocommerce", &[("woo.csv", text)], "--orders woo.csv", rows);
    assert_says(&said, "WooCommerce orders");
    assert_says(&said, "left out: status: cancelled 1");
}

#[test]
fn amazon() {
    let text = "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tship-service-level\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\tship-city\tship-state\tship-postal-code\tship-country\tis-business-order
111-1\t\t2026-05-01T06:00:00+00:00\t\tShipped\tAmazon\tAmazon.com\tStandard\tTea \"27\"\tTEA-1\tB00\tShipped\t2\tUSD\t19.80\tAustin\tTX\t78701\tUS\tfalse
111-2\t\t2026-05-02T18:00:00+00:00\t\tCancelled\tAmazon\tAmazon.com\tStandard\tTea\tTEA-1\tB00\tCancelled\t0\tUSD\t\tAustin\tTX\t78701\tUS\tfalse
111-3\t\t2026-05-03T18:00:00+00:00\t\tPending\tAmazon\tAmazon.com\tStandard\tMug\tMUG-1\tB01\tUnshipped\t1\tUSD\t9.00\tReno\tNV\t89501\tUS\tfalse
";
    let rows = "111-1,1,2026-04-30 23:00:00,US-TX,TEA-1,2\n111-3,1,2026-05-03 11:00:00,US-NV,MUG-1,1\n";
    let options = "--orders amazon.txt --time-zone America/Los_Angeles --zones region";
    assert_says(&orders_of("amazon", &[("amazon.txt", text)], options, rows), "Amazon, all orders");
}

#[test]
fn odoo_in_three_files() {
    let lines = "\
Order Reference,Product,Quantity,Delivered Quantity,Unit Price
S0001,[TEA-1] Green tea,2.00,2.00,4.90
,[MUG-1] Mug,1.00,0.00,12.50
S0002,[TEA-1] Green tea,3.00,0.00,4.90
S0003,[TEA-1] Green tea,1.00,0.00,4.90
";
    let orders = "\
Order Reference,Order Date,Customer,Warehouse,Status
S0001,2026-05-14 10:00:00,Ada Lovelace,Main,Sales Order
S0002,2026-05-15 11:00:00,Grace Hopper,Main,Sales Order
S0003,2026-05-15 12:00:00,Grace Hopper,Main,Cancelled
";
    let customers = "Display Name,Email,Street,Country,State\nAda Lovelace,ada@example.org,1 Main St,United Kingdom,\nGrace Hopper,grace@example.org,2 Main St,United States,DC\n";
    let files = [("lines.csv", lines), ("orders.csv", orders), ("customers.csv", customers)];
    let rows = "S0001,1,2026-05-14 10:00:00,United Kingdom,TEA-1,2\nS0001,2,2026-05-14 10:00:00,United Kingdom,MUG-1,1\nS0002,1,2026-05-15 11:00:00,United States,TEA-1,3\n";
    let options = "--orders lines.csv --orders orders.csv --orders customers.csv";
    let said = orders_of("odoo", &files, options, rows);
    assert_says(&said, "Odoo, sale order lines");
    assert!(!said.contains("Lovelace") && !said.contains("Hopper"), "{said}");
}

#[test]
fn odoo_stock_and_purchases() {
    let orders = "order_id,product_id,product_uom_qty,date_order\nS1,TEA-1,2,2026-05-14\nS2,TEA-1,1,2026-05-20\n";
    let stock = "product_id,location_id,warehouse_id,quantity,reserved_quantity\nTEA-1,WH/Stock,WH,12.0,2.0\nMUG-1,WH/Stock,WH,-3.0,0.0\n";
    let purchases = "\
order_id,partner_id,product_id,product_qty,qty_received,price_unit,date_order,date_approve,date_planned
P001,Leaves Ltd,TEA-1,40.0,40.0,2.10,2026-04-01 08:00:00,2026-04-02 08:00:00,2026-04-12 08:00:00
,,MUG-1,10.0,0.0,5.00,,,2026-05-30 08:00:00
P002,Leaves Ltd,TEA-1,30.0,0.0,2.20,2026-05-10 08:00:00,2026-05-10 08:00:00,2026-05-24 08:00:00
";
    let moves = "product_id,origin,quantity_done,date,state\nTEA-1,P001,40.0,2026-04-14 10:00:00,done\n";
    let files = [("o.csv", orders), ("s.csv", stock), ("p.csv", purchases), ("m.csv", moves)];
    let folder = with_files("layout-odoo-stock", &files);
    let options = "--orders o.csv --inventory s.csv --purchases p.csv --receipts m.csv --as-of 2026-05-16";
    let (valid, said) = imported(&folder, options, &[]);
    assert!(valid.contains("1 warehouse, 2 products, 1 vendor, 2 open purchase orders, 1 replayed order"), "{valid}");
    assert_eq!(read(&folder, "shop/stock.csv"), "warehouse,product,units\nWH,MUG-1,0\nWH,TEA-1,12\n");
    assert_eq!(
        read(&folder, "shop/open-purchase-orders.csv"),
        "warehouse,product,units,vendor,ordered,promised,arrives\n\
         WH,MUG-1,10,Leaves Ltd,43d16h,14d8h,promised\n\
         WH,TEA-1,30,Leaves Ltd,5d16h,8d8h,promised\n"
    );
    let scenario = read(&folder, "shop/scenario.toml");
    assert!(scenario.contains("# 1 delivery, 12.1 days on average"), "{scenario}");
    assert!(read(&folder, "shop/products.csv").contains("TEA-1,Leaves Ltd,3.67,2.20"), "the last cost holds");
    assert_says(&said, "1 row with less than nothing on hand, taken for nothing");
}

#[test]
fn sap_extracts() {
    let vbap = "VBELN;POSNR;MATNR;WERKS;ERDAT;KWMENG;NETPR\n0000004711;000010;TEA-1;1000;20260514;2,000;4,90\n0000004712;000010;MUG-1;1000;20260520;1,000;12,50\n";
    let ekko = "EBELN;LIFNR;BEDAT\n4500000001;0000100017;20260401\n4500000002;0000100017;20260410\n";
    let ekpo = "EBELN;EBELP;MATNR;WERKS;MENGE;NETPR\n4500000001;00010;TEA-1;1000;40,000;2,10\n4500000002;00010;MUG-1;1000;10,000;5,00\n";
    let ekbe = "EBELN;EBELP;VGABE;BEWTP;BUDAT;MENGE\n4500000001;00010;1;E;20260413;40,000\n4500000001;00010;2;Q;20260420;40,000\n4500000002;00010;1;E;20260425;10,000\n";
    let files = [("vbap.csv", vbap), ("ekko.csv", ekko), ("ekpo.csv", ekpo), ("ekbe.csv", ekbe)];
    let folder = with_files("layout-sap", &files);
    let options = "--orders vbap.csv --purchases ekko.csv --purchases ekpo.csv --receipts ekbe.csv";
    let (valid, said) =
        imported(&folder, options, &["--decimal", ",", "--decimal", "purchases:,", "--decimal", "receipts:,"]);
    assert!(valid.contains("1 zone, 1 warehouse, 2 products, 1 vendor, 2 replayed orders"), "{valid}");
    assert!(read(&folder, "shop/orders.csv").contains("0000004711,1,2026-05-14,home,TEA-1,2\n"));
    let scenario = read(&folder, "shop/scenario.toml");
    assert!(scenario.contains("id = \"0000100017\"\n# 2 deliveries, 13.5 days on average"), "{scenario}");
    assert!(scenario.contains("values = [\"12d\", \"15d\"]"), "{scenario}");
    assert_says(&said, "SAP EKPO, purchase");
}

#[test]
fn olist_in_three_files() {
    let items = "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\na1,1,p9,s,2017-10-06 11:07:15,9.90,2\na1,2,p9,s,2017-10-06 11:07:15,9.90,2\na2,1,p8,s,2017-10-06 11:07:15,5.00,2\n";
    let orders = "order_id,customer_id,order_status,order_purchase_timestamp\na1,c1,delivered,2017-10-02 10:56:33\na2,c2,canceled,2017-10-03 10:56:33\n";
    let customers = "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state\nc1,u1,03149,sao paulo,SP\nc2,u2,47813,barreiras,BA\n";
    let files = [("items.csv", items), ("orders.csv", orders), ("customers.csv", customers)];
    let options = "--orders items.csv --orders orders.csv --orders customers.csv --zones region --repeated merge";
    orders_of("olist", &files, options, "a1,1,2017-10-02 10:56:33,BR-SP,p9,2\n");
}

#[test]
fn tienda_nube() {
    let text = "\
Número de orden;Email;Fecha;Estado de la orden;Estado del pago;Nombre del comprador;Dirección;Provincia o estado;País;Nombre del producto;Precio del producto;Cantidad del producto;SKU
1001;ada@example.org;14/05/2026 10:05;Abierta;Recibido;Ada;Calle 1;Córdoba;Argentina;Té verde;1.200,00;2;=\"\"
1001;;;;;;;;;Regalo;0,00;1;=\"\"
1002;ada@example.org;03/05/2026 10:05;Cancelada;Recibido;Ada;Calle 1;Córdoba;Argentina;Té verde;1.200,00;1;=\"\"
";
    let rows = "1001,1,2026-05-14 10:05:00,Argentina,Té verde,2\n1001,2,2026-05-14 10:05:00,Argentina,Regalo,1\n";
    let said = orders_of("tienda-nube", &[("ventas.csv", text)], "--orders ventas.csv", rows);
    assert_says(&said, "Tienda Nube orders");
    assert_says(&said, "1 line that costs nothing is kept, as gifts take stock, too");
}

#[test]
fn a_small_shops_list() {
    let text = "Date,Customer,Items\n2026-05-14,Ada Lovelace,\"2x Tea, Mug\"\n2026-05-15,Grace Hopper,Tea\n";
    let rows = "row 2,1,2026-05-14,home,Tea,2\nrow 2,2,2026-05-14,home,Mug,1\nrow 3,1,2026-05-15,home,Tea,1\n";
    orders_of("list", &[("sales.csv", text)], "--orders sales.csv", rows);
}

#[test]
fn any_table_by_a_map_of_its_columns() {
    let text = "Beleg;Am;Wer;Teil;Zahl\n7;14.05.2026;Ada;X1;3\n";
    let folder = with_files("layout-map", &[("x.csv", text)]);
    let more = ["--column", "order=Beleg", "--column", "date=Am", "--column", "product=Teil", "--column", "units=Zahl"];
    imported(&folder, "--orders x.csv", &more);
    assert!(read(&folder, "shop/orders.csv").ends_with("7,1,2026-05-14,home,X1,3\n"));
    let kept = read(&folder, "shop/import.toml");
    assert!(kept.contains("product = \"Teil\"") && kept.contains("date_format = \"D/M/YYYY\""), "{kept}");
}

const UCI: &str = "\
InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom
536365,71053,WHITE METAL LANTERN,6,12/1/2010 8:26,3.39,17850,United Kingdom
536370,POST,POSTAGE,3,12/13/2010 8:45,18,12583,France
536370,22728,ALARM CLOCK BAKELIKE PINK,24,12/13/2010 8:45,3.75,12583,France
C536379,85123A,WHITE HANGING HEART T-LIGHT HOLDER,-6,12/1/2010 9:41,2.55,17850,United Kingdom
536414,22139,,56,12/1/2010 11:52,0,,United Kingdom
";

#[test]
fn online_retail() {
    let rows = "536365,1,2010-12-01 08:26:00,United Kingdom,85123A,6\n536365,2,2010-12-01 08:26:00,United Kingdom,71053,6\n536370,1,2010-12-13 08:45:00,France,22728,24\n";
    let said = orders_of("uci", &[("retail.csv", UCI)], "--orders retail.csv", rows);
    for told in [
        "UCI Online Retail",
        "left out: no goods 1",
        "left out: no price: a correction of the stock 1",
        "left out: returned or cancelled, without its order 1",
        "M/D/YYYY, shown by",
    ] {
        assert_says(&said, told);
    }
}

#[test]
fn shopify_inventory_by_row_and_by_column() {
    let orders = super::shopify::ORDERS;
    let rows = "\
Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Bin name,Incoming,Unavailable,Committed,Available,On hand (current),On hand (new)
tea,Green tea,Title,Default Title,TEA-1,,,Lagos,,5,0,1,9,10,
tea,Green tea,Title,Default Title,TEA-1,,,Accra,,0,0,0,0,not stocked,
mug,Mug,Colour,Blue,MUG-9,,,Lagos,,0,0,0,-2,-2,
";
    let folder = with_files("layout-inventory", &[("o.csv", orders), ("i.csv", rows)]);
    let (valid, said) = imported(&folder, "--orders o.csv --inventory i.csv --as-of 2026-05-10", &[]);
    assert!(valid.contains("1 warehouse, 3 products, 3 vendors, 1 open order, 1 open purchase order"), "{valid}");
    assert_eq!(read(&folder, "shop/stock.csv"), "warehouse,product,units\nLagos,MUG-9,0\nLagos,TEA-1,10\n");
    assert_eq!(
        read(&folder, "shop/open-orders.csv"),
        "order,placed,zone,product,units,part_shipped\n#1002,7d5h58m,US,TEA-1,1,false\n"
    );
    assert_says(&said, "No order is as late as 2026-05-10");
    assert!(read(&folder, "shop/scenario.toml").contains("orders_per_day = "));
    let columns = "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Lagos,Accra\ntea,Green tea,Title,Default Title,TEA-1,,,10,3\n";
    let folder = with_files("layout-inventory-wide", &[("o.csv", orders), ("i.csv", columns)]);
    imported(&folder, "--orders o.csv --inventory i.csv", &[]);
    assert_eq!(read(&folder, "shop/stock.csv"), "warehouse,product,units\nAccra,TEA-1,3\nLagos,TEA-1,10\n");
}

#[test]
fn stock_with_levels_and_a_table_of_products() {
    let orders = "order,date,product,units\n1,2026-05-14,A,1\n2,2026-05-15,B,2\n";
    let stock = "sku,location,on hand,min,max\nA,w1,5,2,10\nA,w1,3,2,10\nB,w1,4,,\n";
    let products = "id;price;unit cost;supplier;category\nA;9,90;5,00;acme;tea\nB;1.299,00;800,00;acme;tea\n";
    let folder = with_files("layout-levels", &[("o.csv", orders), ("s.csv", stock), ("p.csv", products)]);
    let (_, said) = imported(&folder, "--orders o.csv --inventory s.csv --products p.csv", &[]);
    assert_eq!(read(&folder, "shop/levels.csv"), "warehouse,product,reorder_point,order_up_to\nw1,A,2,10\n");
    assert_eq!(
        read(&folder, "shop/products.csv"),
        "id,vendor,price,unit_cost,share,substitutes\nA,acme,9.90,5.00,1,tea\nB,acme,1299.00,800.00,1,tea\n"
    );
    assert!(read(&folder, "shop/stock.csv").contains("w1,A,8\n"));
    assert_says(&said, "1 row naming a place and product again, added");
}
