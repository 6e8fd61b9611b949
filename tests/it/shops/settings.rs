//! The settings by which a scenario reads files as shops have them, and the numbers that orders have of their own.

use super::{assert_says, read, with_files};
use crate::cli::{assert_exit, folder, stderr, stdout, with};

const SHOP: &str = r#"
run = { horizon = "30d", replications = 1 }
zones = { file = "zones.csv", separator = ";", encoding = "windows-1252", columns = { id = "Land", share = "Anteil" }, where = { Aktiv = "ja" }, empty = "skip" }
warehouses = [{ id = "w" }]
lanes = { file = "lanes.csv", unit = "d" }
products = { file = "products.csv", columns = { id = "SKU" }, where = { State = { not = ["Archived"] } } }
stock = [{ warehouse = "w", product = "A", units = 50 }]

[demand.trace]
file = "orders.csv"
separator = ";"
date_format = "D/M/YY"
where = { Status = { not = ["voided", "refunded"] } }
empty = "skip"
columns = { order = "Name", date = "Created", zone = "Land", product = "SKU", units = "Qty" }
"#;

const ORDERS: &str = "\
Name;Status;Created;Land;SKU;Qty
#1058;paid;14/05/26 10:00;Österreich;A;2
#1058;;;;A;1
#1059;voided;14/05/26 11:00;Österreich;A;9
#1059;;;;A;9
#1060;paid;15/05/26 12:00;Österreich;A;1
#1060;;;;;1
";

fn shop(name: &str) -> std::path::PathBuf {
    let folder = with_files(
        name,
        &[
            ("shop.toml", SHOP),
            ("orders.csv", ORDERS),
            ("lanes.csv", "from,to,transit\nw,Österreich,2.5\n"),
            ("products.csv", "SKU,Title,State\nA,Tea,Active\nB,Old tea,archived\n"),
        ],
    );
    let zones = "Land;Anteil;Aktiv;Notiz\nÖsterreich;2;ja;x\nItalia;1;nein;x\n;;ja;Rest\n";
    let western: Vec<u8> = zones.chars().map(|c| u8::try_from(u32::from(c)).expect("a western letter")).collect();
    std::fs::write(folder.join("zones.csv"), western).expect("the folder takes a file");
    folder
}

#[test]
fn files_are_read_as_their_settings_say() {
    let folder = shop("settings");
    let output = with(&folder, "validate shop.toml", &[]);
    assert_exit(&output, 0);
    assert!(stdout(&output).contains("1 zone, 1 warehouse, 1 product, 2 replayed orders"), "{}", stdout(&output));
    assert_says(&stderr(&output), "left out, as `empty = \"skip\"` says");
    let trace = with(&folder, "trace shop.toml", &[]);
    assert_exit(&trace, 0);
    // Two and a half days after an order that leaves at once.
    assert!(stdout(&trace).contains("\"arrives\":252000"), "{}", stdout(&trace));
}

#[test]
fn wrong_settings_are_told_with_what_helps() {
    let folder = shop("settings-wrong");
    for (set, told) in [
        ("zones.encoding=\"utf-9\"", "`encoding` cannot be \"utf-9\""),
        ("zones.columns={ id = \"Lnd\" }", "zones.csv has no column \"Lnd\""),
        ("zones.columns={ name = \"Land\" }", "unknown key `name`"),
        ("zones.where={ Status = 3.5 }", "zones.csv has no column \"Status\""),
        ("zones.where={ Aktiv = { maybe = 1 } }", "`where` cannot have"),
        ("demand.trace.date_format=\"D/M\"", "`date_format` cannot be \"D/M\""),
        ("demand.trace.dates=\"D/M/Y\"", "`date_format` and `dates` say the same thing"),
    ] {
        let output = with(&folder, "validate shop.toml --set", &[set]);
        assert_exit(&output, 2);
        assert_says(&stderr(&output), told);
    }
}

#[test]
fn an_order_keeps_its_own_number() {
    let folder = shop("own-numbers");
    let trace = with(&folder, "trace shop.toml", &[]);
    assert!(stdout(&trace).contains("\"event\":\"order-placed\",\"order\":1,\"id\":\"#1058\""), "{}", stdout(&trace));
    for name in ["#1060", "2"] {
        let story = with(&folder, "trace shop.toml --order", &[name]);
        assert_exit(&story, 0);
        assert_says(&stdout(&story), "Order 2 (#1060) of \"shop\"");
    }
    let unknown = with(&folder, "trace shop.toml --order", &["#9"]);
    assert_exit(&unknown, 2);
    assert_says(&stderr(&unknown), "none of the file that is replayed is called so");
    assert_exit(&with(&folder, "trace shop.toml --ocel log.json", &[]), 0);
    let log = read(&folder, "log.json");
    assert!(log.contains("\"#1058\"") && log.contains("\"number\""), "{log}");
    // Drawn again, an order is not the one that it was.
    let again = with(&folder, "trace shop.toml --set demand.trace.resample=orders", &[]);
    assert!(!stdout(&again).contains("#10"), "{}", stdout(&again));
}

#[test]
fn the_shipped_scenario_is_what_import_makes_of_the_shipped_export() {
    let folder = folder("shops-retail");
    let shipped = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let export = shipped.join("data/online_retail_2011q2.csv.gz");
    let options = "import online-retail --scenario online-retail.toml --packed --quiet --orders";
    let output = with(&folder, options, &[&export.to_string_lossy()]);
    assert_exit(&output, 0);
    assert_exit(&with(&folder, "import online-retail --quiet", &[]), 0);
    for file in ["zones.csv", "lanes.csv", "products.csv", "orders.csv.gz", "import.json", "import.html"] {
        let read =
            |below: &std::path::Path| std::fs::read(below.join("online-retail").join(file)).expect("the file is there");
        assert!(read(&folder) == read(&shipped), "{file}: `backorder import scenarios/online-retail` makes it again");
    }
    // Where the schema stands is all that may differ.
    let rest = |text: String| text.split_once('\n').map(|(_, rest)| rest.to_string());
    let made = rest(read(&folder, "online-retail.toml"));
    assert_eq!(made, rest(read(&shipped, "online-retail.toml")));
    // Changed, it is kept, and what it would be stands beside it.
    let changed = read(&folder, "online-retail.toml").replace("holding_rate = 0.25", "holding_rate = 0.31");
    std::fs::write(folder.join("online-retail.toml"), &changed).expect("it can be changed");
    assert_exit(&with(&folder, "import online-retail --quiet", &[]), 0);
    assert_eq!(read(&folder, "online-retail.toml"), changed);
    assert_eq!(rest(read(&folder, "online-retail.new.toml")), made);
    // What no import wrote is nobody's to replace.
    std::fs::write(folder.join("other.toml"), "mine").expect("the folder takes a file");
    let options = "import other --scenario other.toml --quiet --orders";
    let output = with(&folder, options, &[&export.to_string_lossy()]);
    assert_exit(&output, 2);
    assert_says(&stderr(&output), "other.toml is there already, and no import wrote it");
    assert_eq!(read(&folder, "other.toml"), "mine");
}
