//! Whatever an import writes can be run: what no scenario takes is refused where it stands in the export, and nothing is written.

use super::{assert_says, import, with_files};
use crate::cli::{assert_exit, stderr, with};

/// Files, each its name with its text.
type Export = &'static [(&'static str, &'static str)];

/// Files that hold a number beyond what a scenario takes: the options, the place that is told, the value and the remedy.
const BEYOND: [(&str, Export, &str, &[&str]); 9] = [
    (
        "barcode",
        &[("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,400638133\n2,2026-05-05,b,1\n")],
        "",
        &["orders.csv:2: \"400638133\" is beyond", "at most 100,000,000", "a barcode", "(--column units=…)"],
    ),
    (
        "barcode-taken-back",
        &[("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,1\n1,2026-05-04,a,-4006381333931\n")],
        "",
        &["orders.csv:3: \"-4006381333931\" is beyond"],
    ),
    (
        "price",
        &[("orders.csv", "Order,Date,SKU,Quantity,Price\n1,2026-05-04,a,1,1000000000.01\n2,2026-05-05,b,1,2\n")],
        "",
        &["orders.csv:2: \"1000000000.01\" is beyond", "sold for may be at most 1,000,000,000", "(--column price=…)"],
    ),
    (
        "total",
        &[("orders.csv", "Order,Date,SKU,Quantity,Line total\n1,2026-05-04,a,2,4000000000\n")],
        "",
        &["orders.csv:2: \"4000000000\" is beyond", "what a unit is sold for", "(--column total=…)"],
    ),
    (
        "list",
        &[
            ("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,2\n"),
            ("list.csv", "SKU,Price,Cost,Weight\na,2e9,3e9,4e12\n"),
        ],
        "--products list.csv",
        &["list.csv:2: \"2e9\" is beyond", "\"3e9\" is beyond", "\"4e12\" is beyond", "(--column products.weight=…)"],
    ),
    (
        "stock",
        &[
            ("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,2\n"),
            (
                "stock.csv",
                "SKU,Stock,Incoming,Cost,Reorder point,Order up to\na,100000001,100000002,2e9,-100000003,100000004\n",
            ),
        ],
        "--inventory stock.csv",
        &[
            "stock.csv:2: \"100000001\" is beyond",
            "\"100000002\" is beyond",
            "\"2e9\" is beyond",
            "\"-100000003\" is beyond",
            "\"100000004\" is beyond",
            "(--column inventory.stock=…)",
        ],
    ),
    (
        "stock-in-all",
        &[
            ("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,2\n"),
            ("stock.csv", "SKU,Stock\na,60000000\na,60000000\n"),
        ],
        "--inventory stock.csv",
        &["stock.csv:3: \"120000000 in all\" is beyond"],
    ),
    (
        "purchases",
        &[
            ("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,2\n2,2026-05-09,a,2\n"),
            ("stock.csv", "SKU,Stock\na,6\n"),
            ("po.csv", "PO,SKU,Quantity,Date,Cost\n7,a,400638133,2026-05-05,3e9\n"),
        ],
        "--inventory stock.csv --purchases po.csv --as-of 2026-05-08",
        &["po.csv:2: \"400638133\" is beyond", "\"3e9\" is beyond", "(--column purchases.units=…)"],
    ),
    (
        "no-number",
        &[("orders.csv", "Order,Date,SKU,Quantity,Price\n1,2026-05-04,a,1,nan\n2,2026-05-05,b,inf,2\n")],
        "",
        &["orders.csv:2: \"nan\" is no price", "orders.csv:3: \"inf\" is no number of units"],
    ),
];

#[test]
fn what_no_scenario_takes_is_refused_where_it_stands() {
    for (name, files, options, told) in BEYOND {
        let folder = with_files(&format!("beyond-{name}"), files);
        let output = import(&folder, &format!("--orders orders.csv {options}"), &[]);
        assert_exit(&output, 2);
        told.iter().for_each(|word| assert_says(&stderr(&output), word));
        assert!(!folder.join("shop").exists(), "{name}: nothing is half written");
    }
}

/// Odd orders, and further files, that are written or refused.
const ODD: [(&str, Export, &str); 12] = [
    ("most-units", &[("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,100000000\n")], ""),
    ("most-money", &[("orders.csv", "Order,Date,SKU,Quantity,Price\n1,2026-05-04,a,1,1000000000\n")], ""),
    (
        "dear",
        &[("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,1\n"), ("list.csv", "SKU,Cost\na,999999999\n")],
        "--products list.csv",
    ),
    ("centuries", &[("orders.csv", "Order,Date,SKU,Quantity\n1,1990-01-01,a,1\n2,2099-12-31,a,1\n")], ""),
    (
        "units-in-all",
        &[(
            "orders.csv",
            "Order,Date,SKU,Quantity\n1,2026-05-04,a,1e8\n2,2026-05-04,a,1e8\n3,2026-05-04,a,1e8\n4,2026-05-04,a,1e8\n\
             5,2026-05-04,a,1e8\n6,2026-05-04,a,1e8\n7,2026-05-04,a,1e8\n8,2026-05-04,a,1e8\n9,2026-05-04,a,1e8\n\
             10,2026-05-04,a,1e8\n11,2026-05-04,a,1e8\n12,2026-05-04,a,1e8\n13,2026-05-04,a,1e8\n14,2026-05-04,a,1e8\n\
             15,2026-05-04,a,1e8\n16,2026-05-04,a,1e8\n",
        )],
        "",
    ),
    (
        "merged",
        &[("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,60000000\n1,2026-05-04,a,60000000\n")],
        "--repeated merge",
    ),
    ("quotes", &[("orders.csv", "Order,Date,SKU,Quantity\n\"1 \"\"x\"\"\",2026-05-04,\"a, b\",1\n")], ""),
    ("fitted-once", &[("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,100000000\n")], "--demand fit"),
    (
        "fitted-fewer",
        &[("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,1\n1,2026-05-04,b,1\n2,2026-05-04,a,1\n")],
        "--demand fit",
    ),
    (
        "received-below-none",
        &[
            ("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,2\n2,2026-05-09,a,2\n"),
            ("stock.csv", "SKU,Stock\na,6\n"),
            ("po.csv", "PO,SKU,Quantity,Received,Date\n7,a,100000000,-100000000,2026-05-05\n"),
        ],
        "--inventory stock.csv --purchases po.csv --as-of 2026-05-08",
    ),
    (
        "long-ago",
        &[
            ("orders.csv", "Order,Date,SKU,Quantity\n1,2026-05-04,a,2\n2,2026-05-09,a,2\n"),
            ("stock.csv", "SKU,Stock\na,6\n"),
            ("po.csv", "PO,SKU,Quantity,Date,Expected\n7,a,5,1990-01-01,2099-12-31\n"),
        ],
        "--inventory stock.csv --purchases po.csv --as-of 2026-05-08",
    ),
    ("zone-of-none", &[("orders.csv", "Order,Date,SKU,Quantity,Country\n1,2026-05-04,a,2,n/a\n")], ""),
];

#[test]
fn what_an_import_writes_can_be_run() {
    let long = "x".repeat(5_000);
    let long = format!("Order,Date,SKU,Quantity\n{long},2026-05-04,{long},1\n");
    let long = [("orders.csv", long.as_str())];
    let odd = ODD.iter().map(|&(name, files, options)| (name, files as &[(&str, &str)], options));
    for (name, files, options) in odd.chain([("long-names", &long[..], "")]) {
        let folder = with_files(&format!("odd-{name}"), files);
        let output = import(&folder, &format!("--orders orders.csv {options}"), &[]);
        if output.status.code() == Some(0) {
            assert_exit(&with(&folder, "validate shop/scenario.toml", &[]), 0);
        } else {
            assert_exit(&output, 2);
            assert_says(&stderr(&output), "error: ");
            assert!(!folder.join("shop").exists(), "{name}: nothing is half written");
        }
        let is_refused = output.status.code() == Some(2);
        let are_refused = ["centuries", "units-in-all", "merged"];
        assert_eq!(is_refused, are_refused.contains(&name), "{name}: {}", stderr(&output));
    }
}
