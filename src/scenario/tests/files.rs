//! Tables in CSV files, and traces of orders.

use super::*;

#[test]
fn any_table_may_stand_in_a_file() {
    let text = r#"
        run = { horizon = "1y" }
        zones = { file = "zones.csv" }
        warehouses = { file = "warehouses.csv" }
        lanes = { file = "lanes.csv" }
        vendors = { file = "vendors.csv" }
        products = { file = "products.csv" }
        stock = { file = "stock.csv" }
        receipts = { file = "receipts.csv" }
        orders = { file = "orders.csv" }
        contacts = { file = "contacts.csv" }
        [replenishment]
        policy = "s-S"
        levels = { file = "levels.csv" }
    "#;
    let files = [
        ("zones.csv", "id,share,international\nhome,0.5,\nabroad,,true\n"),
        ("warehouses.csv", "id,handling\n1001,4h\n1002,\n"),
        ("lanes.csv", "from,to,parcel_cost,transit\n1001,home,5,2d\n1002,abroad,15,5d\n"),
        (
            "vendors.csv",
            "id,lead_time,lead_time.gamma.mean,lead_time.gamma.cv,expedite.lead_time,disruption.every,disruption.lasts\n\
             v,,6d,0.5,2d,,\nw,3d,,,,180d,20d\n",
        ),
        (
            "products.csv",
            "id,vendor,price,share,substitutes,reorder_point,order_up_to\n\"whey, large\",v,39.90,3,g,,\npea,w,,,g,2,9\n",
        ),
        ("stock.csv", "warehouse,product,units\n1001,\"whey, large\",5\n"),
        ("receipts.csv", "at,warehouse,product,units\n3d,1002,pea,10\n"),
        (
            "orders.csv",
            "order,at,zone,product,units\nA,1d,home,pea,2\nA,,,\"whey, large\",\nB,2d,abroad,pea,1\nA,1d,home,pea,4\n",
        ),
        ("contacts.csv", "at,order,line,wants\n2d,1,2,remove\n"),
        ("levels.csv", "warehouse,product,reorder_point,order_up_to\n1001,\"whey, large\",1,7\n"),
    ];
    let model = model_with(text, &files, &[]);
    assert!(model.zones[1].international && model.zones[0].share == 0.5 && model.zones[1].share == 1.0);
    assert_eq!((model.warehouses[0].id.as_str(), model.warehouses[0].handling), ("1001", Span(14_400)));
    assert_eq!(model.zones[1].lanes[0].parcel_cost, Cents(1500));
    assert_eq!(model.vendors[0].lead_time, Distribution::gamma(518_400.0, 0.5));
    assert_eq!(model.vendors[1].lead_time, Distribution::Constant(259_200.0));
    assert!(model.vendors[0].expedite.is_some() && model.vendors[1].expedite.is_none());
    assert!(model.vendors[0].disruption.is_none() && model.vendors[1].disruption.is_some());
    assert_eq!(model.products[0].id, "whey, large");
    assert_eq!(model.script.stock.as_ref().map(|rows| rows[0].units), Some(5));
    assert_eq!(model.script.receipts[0].at, SimTime(3 * DAY));
    let line = |product, units| OrderedLine { product: ProductId(product), units };
    assert_eq!(model.script.orders.len(), 2);
    assert_eq!(model.script.orders[0].lines, [line(1, 2), line(0, 1), line(1, 4)]);
    assert_eq!(model.script.orders[1].zone, ZoneId(1));
    assert_eq!(model.script.contacts[0].wants, Wish::Remove);
    let replenishment = model.replenishment.expect("a policy");
    assert_eq!(replenishment.by_product[1].order_up_to, Some(9));
    assert_eq!(replenishment.by_pair[0].2.reorder_point, Some(1));
}

#[test]
fn settings_reach_the_rows_of_a_file() {
    let text = SMALL.replace("[{ id = \"whey\" }]", "{ file = \"p.csv\" }");
    let file = [("p.csv", "id,price\nwhey,1\npea,2\n")];
    let model = model_with(&text, &file, &[("products.pea.price", "9"), ("products.0.share", "4")]);
    assert_eq!((model.products[1].price, model.products[0].share), (Cents(900), 4.0));
    assert_eq!(codes(&text, &file, &[("products.soy.price", "9")]), ["dangling"]);
    let other = [("p.csv", "id\nx\n"), ("q.csv", "id\ny\n")];
    assert_eq!(model_with(&text, &other, &[("products.file", "q.csv")]).products[0].id, "y");
}

#[test]
fn a_file_is_named_with_the_folder_of_its_scenario() {
    let text = SMALL.replace("[{ id = \"whey\" }]", "{ file = \"p.csv\" }");
    let folder = Folder(BTreeMap::from([("p.csv".to_string(), "id,price\nwhey,x\n".to_string())]));
    let found = load("plans/small.toml", &text, &folder, &[]).expect_err("a price is wrong");
    assert_eq!(found.list[0].location.file, "plans/p.csv");
    let mended = load("plans/small.toml", SMALL, &folder, &[]).expect("nothing is wrong");
    assert_eq!(mended.model.name, "small");
}

#[test]
fn a_distribution_may_stand_in_a_file() {
    let vendor = "vendors = [{ id = \"v\", lead_time = { empirical = { file = \"l.csv\", column = \"days\" } } }]\n";
    let model = model_with(&format!("{SMALL}{vendor}"), &[("l.csv", "po,days\n1,6d\n2,8d\n3,6d\n")], &[]);
    let values = vec![518_400.0, 691_200.0, 518_400.0];
    assert_eq!(model.vendors[0].lead_time, Distribution::empirical(values, vec![1.0; 3]));
}

const TRACE: &str = r#"
zones = [{ id = "south" }, { id = "west" }]
warehouses = [{ id = "boise" }]
lanes = [{ from = "boise", to = "south" }, { from = "boise", to = "west" }]
products = [{ id = "whey" }, { id = "pea" }]
"#;

#[test]
fn a_trace_of_days_is_read() {
    let demand = "[demand.trace]\nfile = \"t.csv\"\ncolumns = { order = \"id\", date = \"day\", zone = \"state\", \
                  product = \"sku\", units = \"qty\" }\nzone_from = { \"Texas\" = \"south\" }\n";
    let file = "day,id,state,sku,qty,more\n2014-01-05,B,Texas,whey,1,x\n2014-01-03,A,west,pea,2,\n2014-01-05,B,,pea,3,\n\
                2014-01-09,C,Texas,whey,1,\n2014-01-05,,,whey,4,\n";
    let model = model_with(&format!("{TRACE}{demand}"), &[("t.csv", file)], &[]);
    let trace = model.trace.expect("a trace");
    assert!(trace.spread_over_day && trace.resample == Resample::None);
    let at: Vec<i64> = trace.orders.iter().map(|order| order.at.0 / DAY).collect();
    assert_eq!(at, [2, 0, 6], "days from the first one, in the order of the file");
    let line = |product, units| OrderedLine { product: ProductId(product), units };
    assert_eq!(trace.orders[0].lines, [line(0, 1), line(1, 3)]);
    assert_eq!(trace.orders[2].lines, [line(0, 1), line(0, 4)], "a blank order is the one above");
    assert_eq!((trace.orders[0].zone, trace.orders[1].zone), (ZoneId(0), ZoneId(1)));
    assert_eq!(model.run.horizon, Span::from_days(7), "the trace's length, where no horizon is given");
    assert_eq!(model.demand, None);
}

#[test]
fn a_row_of_a_trace_that_contradicts_its_orders_first_one_is_told() {
    let demand = "[demand.trace]\nfile = \"t.csv\"\n";
    let warnings = |rows: &str| {
        let file = format!("order,date,zone,product,units\n{rows}");
        let loaded = load_with(&format!("{TRACE}{demand}"), &[("t.csv", &file)], &[]).expect("it is read all the same");
        loaded.warnings.into_iter().filter(|found| found.code == "clash").map(|found| found.message).collect::<Vec<_>>()
    };
    // Fields left blank, or told again.
    assert_eq!(warnings("A,2014-01-05,south,whey,1\n,,,pea,3\nA,2014-01-05,south,pea,1\n"), [""; 0]);
    let told = "this row gives order \"A\" another date or zone than its first row";
    assert_eq!(warnings("A,2014-01-05,south,whey,1\nA,2014-01-06,south,pea,1\n"), [told]);
    assert_eq!(warnings("A,2014-01-05,south,whey,1\nA,,west,pea,1\n"), [told]);
    let both = format!("{told}, and so does another row");
    assert_eq!(warnings("A,2014-01-05,south,whey,1\nA,,west,pea,1\nA,2014-01-07,,pea,1\n"), [both]);
}

#[test]
fn levels_that_could_not_be_read_are_not_said_to_be_missing() {
    let buying = "vendors = [{ id = \"v\", lead_time = \"4d\" }]\n\
                  replenishment = { policy = \"base-stock\", levels = { file = \"l.csv\" } }\n";
    assert_eq!(codes(&format!("{SMALL}{buying}"), &[], &[]), ["unreadable-file"]);
}

#[test]
fn a_trace_of_hours_keeps_them() {
    let demand = "run = { warm_up = \"1d\" }\n[demand]\ntrace = { file = \"t.csv\", resample = \"orders\" }\n";
    let file =
        "order,date,zone,product,units\n1,2026-05-14 00:30:00 +0100,south,whey,1\n2,2026-05-15T23:00:00Z,west,pea,1\n";
    let model = model_with(&format!("{TRACE}{demand}"), &[("t.csv", file)], &[]);
    let trace = model.trace.expect("a trace");
    assert!(!trace.spread_over_day && trace.resample == Resample::Orders);
    let at: Vec<i64> = trace.orders.iter().map(|order| order.at.0).collect();
    assert_eq!(at, [1_800, 2 * DAY]);
    assert_eq!(model.run.horizon, Span::from_days(2));
    assert_eq!(model.run.replications, Replications::Fixed(30));
}

#[test]
fn a_mistake_met_often_is_shown_twenty_times_and_counted() {
    let text = SMALL.replace("[{ id = \"whey\" }]", "{ file = \"p.csv\" }");
    let rows: String = (0..5_000).map(|row| format!("p{row},x\n")).collect();
    let found = load_with(&text, &[("p.csv", &format!("id,price\n{rows}"))], &[]).expect_err("prices are wrong");
    assert_eq!((found.list.len(), found.errors), (20, 5_000));
    assert!(found.to_string().ends_with("\n… and 4,980 more\n\n5,000 errors\n"), "{found}");
}
