//! What is doubtful in an export is refused with what helps, or told; nothing of it is guessed without a word.

use super::{assert_says, import, imported, read, with_files};
use crate::cli::{assert_exit, stderr, stdout, with};

const HEAD: &str = "order,date,country,sku,quantity,price\n";
const TWO: &str = "1,2026-05-14,US,A,1,9.90\n2,2026-05-15,US,B,1,9.90\n";

/// Files of orders, and further ones with their options: what is told, and what is not.
#[track_caller]
fn tells(name: &str, orders: &str, more: &[(&str, &str)], options: &str, told: &[&str]) -> std::path::PathBuf {
    let mut files = vec![("o.csv", orders)];
    files.extend(more);
    let folder = with_files(&format!("doubt-{name}"), &files);
    let output = import(&folder, &format!("--orders o.csv {options}"), &[]);
    assert_exit(&output, 0);
    assert_exit(&with(&folder, "validate shop/scenario.toml", &[]), 0);
    told.iter().for_each(|words| assert_says(&stdout(&output), words));
    folder
}

#[track_caller]
fn refuses(name: &str, orders: &str, more: &[(&str, &str)], options: &str, told: &[&str]) {
    let mut files = vec![("o.csv", orders)];
    files.extend(more);
    let folder = with_files(&format!("doubt-{name}"), &files);
    let output = import(&folder, &format!("--orders o.csv {options}"), &[]);
    assert_exit(&output, 2);
    told.iter().for_each(|words| assert_says(&stderr(&output), words));
    assert!(stderr(&output).lines().all(|line| line.chars().count() <= 80), "{}", stderr(&output));
    assert!(!folder.join("shop").exists(), "{name}: nothing is half written");
}

#[test]
fn a_folder_is_made_with_those_that_it_stands_in() {
    let orders = format!("{HEAD}{TWO}");
    let folder = with_files("doubt-nested", &[("o.csv", &orders)]);
    for (at, file) in [("a/b", "../../o.csv"), ("./c/d/e", "../../../o.csv"), ("n/m/../k", "../../o.csv")] {
        assert_exit(&with(&folder, &format!("import {at} --orders ./o.csv --quiet"), &[]), 0);
        let plain = at.replace("m/../", "");
        let settings = read(&folder, &format!("{plain}/import.toml"));
        assert!(settings.contains(&format!("\"{file}\"")), "{at}: {settings}");
        assert_exit(&with(&folder, &format!("import {plain} --quiet"), &[]), 0);
    }
    let output = import(&folder, "--orders .", &[]);
    assert_exit(&output, 2);
    assert_says(&stderr(&output), "--orders .: it is a folder; name the file in it");
    imported(&folder, "--orders o.csv", &[]);
    let output = import(&folder, "--orders missing.csv", &[]);
    assert_exit(&output, 2);
    assert_says(&stderr(&output), "error: missing.csv: there is no such file");
    assert!(!stderr(&output).contains("import.toml"), "{}", stderr(&output));
}

#[test]
fn what_is_filled_in_is_kept_when_the_next_export_comes() {
    let orders = format!("{HEAD}{TWO}");
    let folder = with_files("doubt-filled", &[("o.csv", &orders)]);
    imported(&folder, "--orders o.csv", &[]);
    let fill = |file: &str, from: &str, to: &str| {
        let text = read(&folder, file);
        assert!(text.contains(from), "{text}");
        std::fs::write(folder.join(file), text.replacen(from, to, 1)).expect("it can be filled in");
    };
    fill("shop/products.csv", "5.94", "7.00");
    fill("shop/lanes.csv", "5.00", "4.20");
    // B's price moves, and C is new.
    let more = "3,2026-05-16,US,B,3,11.10\n4,2026-05-16,US,C,1,2.00\n";
    std::fs::write(folder.join("o.csv"), format!("{orders}{more}")).expect("the folder takes a file");
    for _ in 0..2 {
        let (_, said) = imported(&folder, "", &[]);
        assert_says(&said, "In products.csv, 1 value that was filled in is kept");
        assert_says(&said, "In lanes.csv, 1 value that was filled in is kept");
        let products = read(&folder, "shop/products.csv");
        assert!(
            products.contains("A,vendor,9.90,7.00,1,\nB,vendor,10.80,6.48,2,\nC,vendor,2.00,1.20,1,"),
            "{products}"
        );
        assert!(read(&folder, "shop/lanes.csv").contains("main,US,4.20,2d"));
    }
    // A is not in the next export, and comes back with the one behind it.
    std::fs::write(folder.join("o.csv"), format!("{HEAD}{more}")).expect("the folder takes a file");
    let (_, said) = imported(&folder, "", &[]);
    assert_says(&said, "1 row that was filled in is of nothing in this export, and comes back with one that has it");
    assert!(!read(&folder, "shop/products.csv").contains("A,"));
    std::fs::write(folder.join("o.csv"), &orders).expect("the folder takes a file");
    imported(&folder, "", &[]);
    assert!(read(&folder, "shop/products.csv").contains("A,vendor,9.90,7.00,1,"));
    // What is no table to fill in is refused as before, and --force says what it takes.
    fill("shop/orders.csv", "US", "DE");
    let output = import(&folder, "", &[]);
    assert_exit(&output, 2);
    assert_says(&stderr(&output), "orders.csv is not as backorder wrote it");
    let (_, said) = imported(&folder, "--force", &[]);
    assert_says(&said, "In products.csv, 1 value or row that was filled in is gone, as --force says.");
    assert!(read(&folder, "shop/products.csv").contains("A,vendor,9.90,5.94,1,"));
}

#[test]
fn what_validate_warns_of_is_told() {
    let orders = format!("{HEAD}{TWO}3,2062-05-14,US,A,1,9.90\n");
    tells("years", &orders, &[], "", &["Validate warns of line", "as it is written"]);
}

#[test]
fn what_is_more_than_a_number_is_none() {
    let rows = [
        ("2 dozen", "9.90"),
        ("50%", "9.90"),
        ("2k", "9.90"),
        ("X1", "9.90"),
        ("min 6", "9.90"),
        ("1", "1.234.56"),
        ("1", "\"9,9.9\""),
        ("1", "9k"),
    ];
    let text: String = rows.iter().map(|(units, price)| format!("1,2026-05-14,US,A,{units},{price}\n")).collect();
    let told: Vec<String> = (2..)
        .zip(rows)
        .map(|(line, (units, price))| match units {
            "1" => format!("o.csv:{line}: \"{}\" is no price", price.trim_matches('"')),
            units => format!("o.csv:{line}: \"{units}\" is no number of units"),
        })
        .collect();
    let told: Vec<&str> = told.iter().map(String::as_str).chain(["write the number alone"]).collect();
    refuses("numbers", &format!("{HEAD}{text}"), &[], "", &told);
    let read_of = format!("{HEAD}1,2026-05-14,US,A,2 pcs,$9.90\n2,2026-05-14,US,B,3 Stk.,\"$1,200.00\"\n");
    let folder = tells("pieces", &read_of, &[], "", &["5 units"]);
    assert!(read(&folder, "shop/products.csv").contains("B,vendor,1200.00"));
}

#[test]
fn weights_are_read_by_their_unit() {
    let orders = format!("{HEAD}{TWO}");
    for (name, list, written) in [
        ("cell", "sku,price,weight\nA,9.90,500 g\nB,1,1 lb\n", ["0.5", "0.453592"]),
        ("header", "sku,price,Weight (g)\nA,9.90,500\nB,1,1250\n", ["0.5", "1.25"]),
        (
            "column",
            "Handle,Variant SKU,Variant Price,Variant Weight,Variant Weight Unit\na,A,9.90,500,g\nb,B,9.90,16,oz\n",
            ["0.5", "0.453592"],
        ),
    ] {
        let folder = tells(&format!("weight-{name}"), &orders, &[("p.csv", list)], "--products p.csv", &[]);
        let products = read(&folder, "shop/products.csv");
        for (product, weight) in ["A", "B"].iter().zip(written) {
            let row = products.lines().find(|line| line.starts_with(product)).expect("its row");
            assert!(row.ends_with(&format!(",{weight}")), "{name}: {products}");
        }
    }
    let list = [("p.csv", "sku,price,weight\nA,9.90,2\n")];
    tells("weight-bare", &orders, &list, "--products p.csv", &["1 weight names no unit and is read as kilograms"]);
    let list = [("p.csv", "sku,price,weight\nA,9.90,2 stone\n")];
    refuses("weight-stone", &orders, &list, "--products p.csv", &["p.csv:2: \"stone\" is no unit of a weight"]);
}

#[test]
fn a_column_that_is_not_recognised_is_named_where_one_is_lacking() {
    let assumed = [
        "no column says which order a row is of: each row is an order of its own",
        "no column says how many: each row is one unit; the columns that are not read are Vorgang, Wieviel: --column units='…'",
    ];
    let folder = tells("unread", "Vorgang,Date,SKU,Wieviel\nT1,2026-05-14,A,1\nT1,2026-05-14,B,2\n", &[], "", &assumed);
    let scenario = read(&folder, "shop/scenario.toml");
    assert!(scenario.contains("# - no column says how many"), "{scenario}");
    let folder = tells("known", "Transaction ID,Date,SKU,Pcs\nT1,2026-05-14,A,1\nT1,2026-05-14,B,2\n", &[], "", &[]);
    assert!(read(&folder, "shop/orders.csv").ends_with("T1,1,2026-05-14,home,A,1\nT1,2,2026-05-14,home,B,2\n"));
}

#[test]
fn places_that_are_none_and_countries_in_several_spellings_are_told() {
    let rows: String = ["DE", "-", "N/A", "?", "Unknown", "", "DE"]
        .iter()
        .enumerate()
        .map(|(at, country)| format!("{at},2026-05-14,{country},A,1,9.90\n"))
        .collect();
    let folder = tells("nowhere", &format!("{HEAD}{rows}"), &[], "", &["5 orders without a place:"]);
    assert_eq!(read(&folder, "shop/zones.csv"), "id,share,international\nDE,7,false\n");
    let rows: String = ["UK", "GB", "United Kingdom", "U.K.", "FR"]
        .iter()
        .enumerate()
        .map(|(at, country)| format!("{at},2026-05-14,{country},A,1,9.90\n"))
        .collect();
    tells("spellings", &format!("{HEAD}{rows}"), &[], "", &["are zones of their own and may be one country: --zone '"]);
    let two = format!("{HEAD}1,2026-05-14,US,A,1,9.90\n1,2026-05-14,DE,B,1,9.90\n");
    tells(
        "two-countries",
        &two,
        &[],
        "",
        &["1 order has 1 row of another country than its first one, which holds; see o.csv:3."],
    );
    let home = format!("{HEAD}1,2026-05-14,France,A,1,9.90\n");
    tells("home", &home, &[], "--home Frnce", &["No order is of Frnce, which is home", "did you mean France?"]);
}

#[test]
fn what_is_said_and_fits_nothing_is_told() {
    let orders = "order,date,country,sku,quantity\n1,2026-05-14,Germany,A,1\n2,2026-05-15,Germany,TIP,1\n";
    let options = "--where country!=Germny --ignore NOPE --goods TUP --zone Gemany=DE";
    tells(
        "fits-nothing",
        orders,
        &[],
        options,
        &[
            "no row has Germny for its `country` (did you mean Germany?).",
            "--ignore NOPE fits nothing in the export.",
            "--goods TUP fits nothing in the export; did you mean TIP?",
            "--zone Gemany=…: no order is of Gemany; did you mean Germany?",
        ],
    );
}

#[test]
fn states_of_orders_that_are_read_are_named_and_doubted() {
    let orders = "Order,Date,SKU,Qty,Status\n1,2026-05-14,A,1,Paid\n2,2026-05-14,B,2,Void\n3,2026-05-15,A,5,Returned\n\
                  4,2026-05-15,A,5,Cancelled by customer\n5,2026-05-15,A,5,cancelled\n";
    tells(
        "states",
        orders,
        &[],
        "",
        &[
            "read: Cancelled by customer (1), Paid (1), Returned (1)",
            "rows whose `Status` is Cancelled by customer (1), Returned (1) are read as all others",
            "left out: Status: Void 1",
        ],
    );
}

#[test]
fn an_inventory_is_read_without_its_sums_and_without_guesses() {
    let orders = format!("{HEAD}{TWO}");
    for (name, text, stock, told) in [
        (
            "total",
            "sku,qty\nA,5\nB,7\nTotal,12\n",
            "main,A,5\nmain,B,7\n",
            "1 row is a total or a note below the table",
        ),
        (
            "blank",
            "sku,location,on hand\nA,w1,5\nB,w1,7\n,,12\n",
            "w1,A,5\nw1,B,7\n",
            "1 row without a product, left out",
        ),
        (
            "case",
            "sku,location,on hand\nA,Berlin,5\nb,berlin,7\n",
            "Berlin,A,5\nberlin,b,7\n",
            "B and b differ in capitals alone, and are products of their own.",
        ),
        (
            "lacking",
            "sku,location,on hand\nA,w1,5\n",
            "w1,A,5\n",
            "1 product that was ordered is not in it: there is none of B.",
        ),
        (
            "wide",
            "Handle,Title,Option1 Name,Option1 Value,SKU,Berlin,Paris,Bin name,Shelf,Total\na,A,Title,Default Title,A,1.200,-3,X1,r1,1197\n\
             b,B,Title,Default Title,B,3,not stocked,X2,r2,3\n",
            "Berlin,A,1200\nBerlin,B,3\nParis,A,0\n",
            "places Berlin, Paris",
        ),
        ("on-its-way", "sku,location,on hand,incoming\nA,w1,5,\nB,w1,n/a,4\n", "w1,A,5\nw1,B,0\n", "Inventory"),
    ] {
        let name = format!("inventory-{name}");
        let told = if told == "Inventory" { "2 products" } else { told };
        let folder = tells(&name, &orders, &[("i.csv", text)], "--inventory i.csv", &[told]);
        assert_eq!(read(&folder, "shop/stock.csv"), format!("warehouse,product,units\n{stock}"), "{name}");
    }
    refuses(
        "boxes",
        &orders,
        &[("i.csv", "sku,qty\nA,5 boxes\n")],
        "--inventory i.csv",
        &["i.csv:2: \"5 boxes\" is no number"],
    );
}

#[test]
fn nobody_waits_because_a_ship_date_cannot_be_read() {
    let stock = [("i.csv", "sku,location,on hand\nA,w1,5\n")];
    let of = |left: &str| {
        format!(
            "order,date,sku,qty,ship date\n1,14/05/2026,A,1,2026-05-15\n2,15/05/2026,A,1,{left}\n3,30/05/2026,A,1,\n"
        )
    };
    let options = "--inventory i.csv --as-of 2026-05-29";
    refuses(
        "left",
        &of("05/16/2026"),
        &stock,
        options,
        &["o.csv:3: \"05/16/2026\" does not say when it left", "--column left=…"],
    );
    tells("left-unasked", &of("05/16/2026"), &stock, "--inventory i.csv", &[]);
    let folder = tells("left-word", &of("shipped"), &stock, options, &[]);
    assert!(!folder.join("shop/open-orders.csv").exists());
    let folder = tells("left-open", &of("pending"), &stock, options, &[]);
    assert!(read(&folder, "shop/open-orders.csv").contains("\n2,"));
    let shopify = "Name,Financial Status,Created at,Fulfilled at,Lineitem quantity,Lineitem name,Lineitem sku,Lineitem fulfillment status\n\
                   #2,paid,2026-05-15 10:00:00 +0200,,3,Tea,A,partial\n#4,paid,2026-05-15 11:00:00 +0200,,3,Tea,A,restocked\n";
    let folder = tells("restocked", shopify, &stock, options, &["1 line is fulfilled in part"]);
    let open = read(&folder, "shop/open-orders.csv");
    assert!(open.contains("\n#2,") && !open.contains("\n#4,"), "{open}");
}

#[test]
fn prices_of_several_currencies_are_not_averaged() {
    let told = ["Prices are in several currencies, USD (2), JPY (1): those in USD are read"];
    let orders = "order,date,sku,quantity,price,currency\n1,2026-05-14,A,1,10.00,USD\n2,2026-05-14,A,1,1500,JPY\n3,2026-05-14,B,1,3,USD\n";
    let folder = tells("currencies", orders, &[], "", &told);
    assert!(read(&folder, "shop/products.csv").contains("\nA,vendor,10.00,"));
    let signs = format!("{HEAD}1,2026-05-14,US,A,1,$10.00\n2,2026-05-14,DE,A,1,€9.00\n3,2026-05-14,DE,A,1,$10.00\n");
    tells("signs", &signs, &[], "", &["$ (2), EUR (1): those in $ are read"]);
}

#[test]
fn years_that_are_mistyped_beside_orders_are_told() {
    let orders = format!("{HEAD}{TWO}");
    let files = [
        (
            "p.csv",
            "po,date,vendor,sku,qty\nP1,2026-05-01,acme,A,10\nP1,2026-05-01,acme,A,10\nP2,2026-05-01,ACME,B,10\n",
        ),
        ("r.csv", "po,date received,sku,qty\nP1,2026-05-09,A,4\nP1,2062-05-10,A,4\n"),
    ];
    let told = [
        "Receipts: 1 row of more than two years after the order",
        "Purchases: 1 row is as another one is; each counts as ordered.",
        "ACME and acme differ in capitals alone, and are vendors of their own.",
    ];
    let folder = tells("receipts", &orders, &files, "--purchases p.csv --receipts r.csv", &told);
    assert!(!read(&folder, "shop/scenario.toml").contains("13158"));
    refuses("as-of", &orders, &[], "--as-of 9999-12-31", &["the last order is of 2026-05-15, more than a year before"]);
}

#[test]
fn hours_beside_midnights_and_in_other_forms_are_read() {
    let orders = "Order,Date,Time,SKU,Qty\n1,2026-05-14 00:00:00,10:30,A,1\n2,2026-05-14 00:00:00,1830,A,1\n3,2026-05-14 00:00:00,9.15,A,1\n";
    let folder = tells("hours", orders, &[], "", &[]);
    let rows = read(&folder, "shop/orders.csv");
    for hour in ["10:30:00", "18:30:00", "09:15:00"] {
        assert!(rows.contains(&format!("2026-05-14 {hour}")), "{rows}");
    }
    let odd = "Order,Date,Time,SKU,Qty\n1,2026-05-14,morning,A,1\n";
    tells(
        "no-hours",
        odd,
        &[],
        "",
        &["1 row has an hour that cannot be read, such as \"morning\" (o.csv:2): the day alone holds"],
    );
}

#[test]
fn several_files_of_orders_are_each_read_by_their_own_headers() {
    let more = [("p.csv", "Bestellnummer;Datum;Land;Artikelnummer;Menge;Preis\n3;2026-05-16;US;A;1;9.90\n")];
    let folder =
        tells("two-files", &format!("{HEAD}{TWO}"), &more, "--orders p.csv", &["Bestellnummer", "Artikelnummer"]);
    let rows = read(&folder, "shop/orders.csv");
    imported(&folder, "", &[]);
    assert_eq!(read(&folder, "shop/orders.csv"), rows);
    // What is wrong is told of the file that it stands in.
    let more = [("p.csv", &*format!("{HEAD}3,2026-05-20,US,A,1,5\n4,5/4/2026,US,A,1,9.90\n"))];
    refuses("which-file", &format!("{HEAD}{TWO}"), &more, "--orders p.csv", &["p.csv:3: \"5/4/2026\" may be"]);
    let more = [("p.csv", &*format!("{HEAD}3,2026-05-20,US,A,1,\"9,90\"\n"))];
    refuses("which-number", &format!("{HEAD}{TWO}"), &more, "--orders p.csv", &["p.csv:2: \"9,90\" has a comma"]);
}

#[test]
fn tables_that_are_none_say_what_they_lack() {
    for (name, text, told) in [
        (
            "separators",
            "order;date;sku\n1,2026-05-14,A\n2,2026-05-14,A\n",
            "o.csv:1: the headers have semicolons between them, the row below has commas",
        ),
        (
            "quoted",
            "\"order,date,sku\"\n\"1,2026-05-14,A\"\n",
            "o.csv:1: the header stands within a single pair of quotes",
        ),
        ("no-headers", "1,2026-05-14,US,A\n2,2026-05-15,US,A\n", "this line looks like a row, and not like headers"),
    ] {
        refuses(name, text, &[], "", &[told]);
    }
    let items = "order_id,order_item_id,product_id,seller_id,price\na,1,P,s,10\nz,1,P,s,10\n";
    let more =
        [("l.csv", "order_id,customer_id,order_status,order_purchase_timestamp\na,c1,delivered,2018-01-01 10:00:00\n")];
    tells("unjoined", items, &more, "--orders l.csv", &["left out: its order is in no file that has the dates 1"]);
}

#[test]
fn what_may_be_no_goods_is_told_once() {
    let orders = "order,date,sku,description,quantity\n1,2026-05-14,A,Tea,1\n1,2026-05-14,V1,Versandkosten DHL,1\n1,2026-05-14,P,Pfand,1\n";
    let told = "these look like no goods, and are read as goods: V1, P. --ignore leaves them out.";
    let folder = tells("goods", orders, &[], "", &[&told.replacen("these", "These", 1)]);
    let (_, said) = imported(&folder, "", &[]);
    assert!(!said.contains("look like no goods"), "{said}");
}

#[test]
fn rows_of_products_and_returns_that_do_not_fit_are_told() {
    let orders = format!("{HEAD}1,2026-05-14,US,A,1,9.90\n1,2026-05-15,US,A,-5,9.90\n2,2026-05-15,US,B,1,0.004\n");
    let list = [("p.csv", "sku,cost\nA,5.00\nA,-6.00\n")];
    let folder = tells(
        "fit",
        &orders,
        &list,
        "--products p.csv",
        &[
            "1 row takes back more than its order had",
            "Products: 1 row names a product again; what it says holds.",
            "Products: 1 price or cost is below 0, left out.",
        ],
    );
    assert!(read(&folder, "shop/products.csv").contains("B,vendor,0.004"), "{}", read(&folder, "shop/products.csv"));
    let clocks = "order,date,sku,qty\n1,2026-05-14T23:30:00Z,A,1\n2,2026-05-15T10:00:00+02:00,A,1\n";
    tells("clocks", clocks, &[], "", &["hours are by several clocks"]);
}
