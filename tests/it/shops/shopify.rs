//! Shopify's order export, with what real ones have: an order's own fields on its first row alone, cancelled and voided orders,
//! codes that are blank, zips behind an apostrophe, tips and gift cards, people in half of its columns.

use super::{all_files, assert_says, import, imported, read, with_files};
use crate::cli::{assert_exit, stderr, stdout, with};

/// The people of the export below: none of them may occur in anything that is written.
const PEOPLE: [&str; 14] = [
    "Ada Lovelace",
    "Lovelace",
    "ada@example.org",
    "12 St James Square",
    "SW1Y 4JH",
    "+44 20 7946 0000",
    "Please ring twice",
    "Grace Hopper",
    "grace@example.org",
    "1 Navy Way",
    "20350",
    "Babbage Ltd",
    "Charles",
    "10.0.0.7",
];

pub const ORDERS: &str = "\
Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem fulfillment status,Billing Name,Shipping Name,Shipping Street,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Vendor,Tags
#1001,ada@example.org,paid,2026-05-01 10:00:00 +0200,fulfilled,EUR,30,2026-05-01 10:00:00 +0200,2,Green tea,9.90,TEA-1,true,fulfilled,Ada Lovelace,Ada Lovelace,\"12 St James Square\nHouse B\",Babbage Ltd,London,'SW1Y 4JH,ENG,GB,+44 20 7946 0000,Please ring twice,ip: 10.0.0.7,,Leaves,
#1001,ada@example.org,,,,,,,1,Mug - Blue,12.50,,true,fulfilled,,,,,,,,,,,,,Pottery,
#1001,ada@example.org,,,,,,,1,Gift Card,25.00,,false,fulfilled,,,,,,,,,,,,,Shop,
#1002,grace@example.org,paid,2026-05-02 18:02:10 +0200,unfulfilled,EUR,9.90,2026-05-02 18:02:10 +0200,1,Green tea,9.90,TEA-1,true,pending,Grace Hopper,Grace Hopper,1 Navy Way,,Washington,20350,DC,US,,,,,Leaves,
#1003,grace@example.org,voided,,,EUR,9.90,2026-05-02 19:00:00 +0200,4,Green tea,9.90,TEA-1,true,pending,Grace Hopper,Grace Hopper,1 Navy Way,,Washington,20350,DC,US,,,,,Leaves,
#1004,ada@example.org,paid,2026-05-03 09:00:00 +0200,,EUR,9.90,2026-05-03 09:00:00 +0200,3,Green tea,9.90,TEA-1,true,pending,Ada Lovelace,Ada Lovelace,12 St James Square,,London,SW1Y 4JH,ENG,GB,,,,2026-05-03 11:00:00 +0200,Leaves,
#1004,ada@example.org,,,,,,,1,Mug - Blue,12.50,,true,pending,,,,,,,,,,,,,Pottery,
#1005,ada@example.org,paid,2026-05-09 12:00:00 +0200,fulfilled,EUR,9.90,2026-05-09 12:00:00 +0200,1,Mug - Blue,12.50,,true,fulfilled,Ada Lovelace,Ada Lovelace,12 St James Square,,London,SW1Y 4JH,ENG,GB,,,,,Pottery,
#1005,ada@example.org,,,,,,,1,Tip,5.00,,false,fulfilled,,,,,,,,,,,,,,
";

#[test]
fn an_export_becomes_a_scenario_that_runs() {
    let folder = with_files("shopify", &[("orders_export.csv", ORDERS)]);
    let (valid, said) = imported(&folder, "--orders orders_export.csv", &[]);
    assert!(valid.contains("2 zones, 1 warehouse, 2 products, 2 vendors, 3 replayed orders"), "{valid}");
    let rows = read(&folder, "shop/orders.csv");
    assert_eq!(
        rows,
        "order,line,date,zone,product,units\n\
         #1001,1,2026-05-01 10:00:00,GB,TEA-1,2\n\
         #1001,2,2026-05-01 10:00:00,GB,Mug - Blue,1\n\
         #1002,1,2026-05-02 18:02:10,US,TEA-1,1\n\
         #1005,1,2026-05-09 12:00:00,GB,Mug - Blue,1\n"
    );
    for told in [
        "3 orders, 4 lines, 5 units of 2 products in 2 zones, 1 of them abroad; 2026-05-01 to 2026-05-09",
        "left out: Financial Status: voided 1",
        "left out: Cancelled at: a date 2",
        "left out: Lineitem requires shipping: false 2",
        "The longest time without orders is 6 days, between 2026-05-02 and 2026-05-09.",
        "home is GB",
    ] {
        assert_says(&said, told);
    }
    assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
    let assumed = said.find("Assumed").expect("what is assumed");
    assert!(assumed < said.find("Understood").expect("what was understood"), "the assumptions come first");
    assert_exit(&with(&folder, "run shop/scenario.toml --replications 1 --quiet -o out", &[]), 0);
}

#[test]
fn nobody_is_named_in_anything_that_is_written_or_printed() {
    let folder = with_files("people", &[("orders_export.csv", ORDERS)]);
    let (_, said) = imported(&folder, "--orders orders_export.csv", &[]);
    assert_exit(
        &with(&folder, "run shop/scenario.toml --replications 1 --quiet -o shop/out --trace shop/trace.jsonl", &[]),
        0,
    );
    let mut all = all_files(&folder.join("shop"));
    assert!(all.len() > 10, "there is something to search");
    all.push(("what was printed".into(), said));
    let broken = ORDERS.replace("2026-05-02 18:02:10 +0200,1,", "whenever,1,");
    std::fs::write(folder.join("broken.csv"), broken).expect("the folder takes a file");
    let output = import(&folder, "--orders broken.csv", &[]);
    assert_exit(&output, 2);
    all.push(("what was complained of".into(), stderr(&output)));
    for (file, text) in &all {
        for person in PEOPLE {
            assert!(!text.contains(person), "{person} in {}", file.display());
        }
    }
}

#[test]
fn the_next_export_is_read_by_the_folder_alone() {
    let folder = with_files("again", &[("orders_export.csv", ORDERS)]);
    imported(&folder, "--orders orders_export.csv --ignore TEA-1 --home US --zone", &["GB=Britain"]);
    assert!(!read(&folder, "shop/orders.csv").contains("TEA-1"));
    assert!(read(&folder, "shop/zones.csv").contains("Britain,2,true"));
    let more =
        "#1006,,paid,,,EUR,9.90,2026-05-10 12:00:00 +0200,1,Mug - Blue,12.50,,true,fulfilled,,,,,,,,GB,,,,,Pottery,\n";
    std::fs::write(folder.join("orders_export.csv"), format!("{ORDERS}{more}")).expect("the folder takes a file");
    let before = read(&folder, "shop/import.toml");
    imported(&folder, "", &[]);
    assert!(read(&folder, "shop/orders.csv").contains("#1006,1,2026-05-10 12:00:00,Britain,Mug - Blue,1"));
    assert_eq!(read(&folder, "shop/import.toml"), before, "what was said holds on");
}

#[test]
fn a_scenario_that_was_changed_is_kept() {
    let folder = with_files("kept", &[("orders_export.csv", ORDERS)]);
    imported(&folder, "--orders orders_export.csv", &[]);
    let changed = read(&folder, "shop/scenario.toml").replace("holding_rate = 0.25", "holding_rate = 0.31");
    std::fs::write(folder.join("shop/scenario.toml"), &changed).expect("it can be changed");
    for _ in 0..2 {
        let (_, said) = imported(&folder, "", &[]);
        assert_says(&said, "scenario.toml was changed since it was imported and is kept");
        assert_eq!(read(&folder, "shop/scenario.toml"), changed);
        assert!(read(&folder, "shop/scenario.new.toml").contains("holding_rate = 0.25"));
    }
    imported(&folder, "--force", &[]);
    assert!(read(&folder, "shop/scenario.toml").contains("holding_rate = 0.25"));
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let folder = with_files("dry", &[("orders_export.csv", ORDERS)]);
    let output = import(&folder, "--orders orders_export.csv --dry-run", &[]);
    assert_exit(&output, 0);
    assert_says(&stdout(&output), "--column date=… ");
    assert!(!folder.join("shop").exists());
}
