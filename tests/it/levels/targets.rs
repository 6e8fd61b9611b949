//! Targets of single products, of classes and of vendors; minimum and multiple of a product.

use super::{ONE, Sheet, backorder, done, folder};
use crate::cli::stderr;
use std::fs;

/// The level that theory asks for where 3 are asked for in a lead time: P(Poisson(3) ≤ S − 1) is 0.6472 at 4, 0.8153 at 5,
/// 0.9161 at 6 and 0.9665 at 7.
const LEVELS: [(f64, &str); 4] = [(0.64, "4"), (0.81, "5"), (0.91, "6"), (0.96, "7")];

#[test]
fn the_target_of_a_product_goes_before_its_class_its_vendor_and_all() {
    let folder = folder("targets");
    let target = |which: usize| format!("target = {{ fill_rate = {} }}", LEVELS[which].0);
    let product = ONE.replace("unit_cost", &format!("{}\nunit_cost", target(3)));
    let vendor = |text: &str| text.replace("lead_time = \"2d\"", &format!("lead_time = \"2d\"\n{}", target(1)));
    let abc = format!(
        "abc = {{ A = {{ fill_rate = {} }}, B = {{ fill_rate = 0.5 }}, C = {{ fill_rate = 0.5 }} }}",
        LEVELS[2].0
    );
    let policy = "\n[replenishment]\npolicy = \"base-stock\"\n";
    for (name, text, which, source) in [
        ("all", format!("{ONE}{policy}{}", target(0)), 0, "target: 64 % of units at once"),
        ("vendor", format!("{}{policy}{}", vendor(ONE), target(0)), 1, "target of the vendor: 81 % of units at once"),
        ("vendor-alone", format!("{}{policy}", vendor(ONE)), 1, "target of the vendor: 81 % of units at once"),
        (
            "class",
            format!("{}{policy}{}\n{abc}", vendor(ONE), target(0)),
            2,
            "target of class A: 91 % of units at once",
        ),
        ("class-alone", format!("{ONE}{policy}{abc}"), 2, "target of class A: 91 % of units at once"),
        (
            "product",
            format!("{}{policy}{}\n{abc}", vendor(&product), target(0)),
            3,
            "target of the product: 96 % of units at once",
        ),
        ("product-alone", format!("{product}{policy}"), 3, "target of the product: 96 % of units at once"),
    ] {
        fs::write(folder.join(format!("{name}.toml")), text).unwrap();
        done(&folder, &["run", &format!("{name}.toml")]);
        let levels = Sheet::read(folder.join("output").join(name).join("levels.csv"));
        assert_eq!((levels.cell(0, "order_up_to"), levels.cell(0, "source")), (LEVELS[which].1, source), "{name}");
    }
    // A target is about levels, so that it is planned for.
    done(&folder, &["run", "vendor.toml", "--set", "vendors.acme.target.fill_rate=0.96"]);
    assert_eq!(Sheet::read(folder.join("output/vendor/levels.csv")).cell(0, "order_up_to"), "7");
}

#[test]
fn classes_go_by_the_value_of_demand() {
    let folder = folder("classes");
    // Values of 85, 12, 6 and 2, 105 in all: A up to 84, B up to 99.75. They begin at 0, 85, 97 and 103.
    let rows = "id,vendor,unit_cost,share\nlittle,acme,1,2\nmost,acme,8.5,10\nsome,acme,2,6\nless,acme,6,1\n";
    let abc = "abc = { A = { fill_rate = 0.98 }, B = { cycle_service = 0.9 }, C = { fill_rate = 0.6 } }";
    let start = ONE.find("[[products]]").unwrap()..ONE.find("[demand]").unwrap();
    let mut text = ONE.to_string();
    text.replace_range(start, "[products]\nfile = \"products.csv\"\n\n");
    fs::write(folder.join("shop.toml"), format!("{text}\n[replenishment]\npolicy = \"s-S\"\n{abc}\n")).unwrap();
    fs::write(folder.join("products.csv"), rows).unwrap();
    done(&folder, &["run", "shop.toml"]);
    let levels = Sheet::read(folder.join("output/shop/levels.csv"));
    for (product, source) in [
        ("most", "target of class A: 98 % of units at once"),
        ("some", "target of class B: no stock-out in 90 % of cycles"),
        ("less", "target of class B: no stock-out in 90 % of cycles"),
        ("little", "target of class C: 60 % of units at once"),
    ] {
        assert_eq!(levels.cell(levels.row(product, "boise"), "source"), source, "{product}");
    }
}

#[test]
fn a_product_may_be_sold_otherwise_than_its_vendor_sells() {
    let folder = folder("terms");
    let policy = "\n[replenishment]\npolicy = \"r-Q\"\nreorder_point = 3\nquantity = 5\n";
    let vendor = ONE.replace("lead_time = \"2d\"", "lead_time = \"2d\"\nminimum_units = 30\nmultiple = 7");
    for (name, own, units) in
        [("vendors", "", 35), ("own", "minimum_units = 10\nmultiple = 4\n", 12), ("half", "minimum_units = 0\n", 7)]
    {
        let text = vendor.replace("unit_cost", &format!("{own}unit_cost"));
        fs::write(folder.join(format!("{name}.toml")), format!("{text}{policy}")).unwrap();
        done(&folder, &["run", &format!("{name}.toml"), "--trace", "trace.jsonl", "--force", "--audit"]);
        let trace = fs::read_to_string(folder.join("trace.jsonl")).unwrap();
        let ordered: Vec<&str> = trace.lines().filter(|line| line.contains("\"replenishment-ordered\"")).collect();
        assert!(!ordered.is_empty(), "something is ordered");
        for line in ordered {
            assert!(line.contains(&format!("\"units\":{units},")), "{name}: {line}");
        }
    }
}

#[test]
fn a_class_left_out_and_a_target_of_neither_kind_are_told() {
    let folder = folder("targets-wrong");
    let abc = "abc = { A = { fill_rate = 0.9 }, C = { fill_rate = 0.5, cycle_service = 0.5 } }";
    let vendor = ONE.replace("lead_time = \"2d\"", "lead_time = \"2d\"\ntarget = { }");
    fs::write(folder.join("one.toml"), format!("{vendor}\n[replenishment]\npolicy = \"base-stock\"\n{abc}\n")).unwrap();
    let wrong = backorder(&folder, &["run", "one.toml"]);
    assert_eq!(wrong.status.code(), Some(2));
    let told = stderr(&wrong);
    for part in ["`C` names both `fill_rate` and `cycle_service`", "`target` names neither"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let abc = "abc = { A = { fill_rate = 0.9 }, C = { fill_rate = 0.5 } }";
    fs::write(folder.join("two.toml"), format!("{ONE}\n[replenishment]\npolicy = \"base-stock\"\n{abc}\n")).unwrap();
    let told = stderr(&backorder(&folder, &["run", "two.toml"]));
    assert!(told.contains("lacks `B`"), "{told}");
}
