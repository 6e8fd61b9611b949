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
        open_orders = { file = "open-orders.csv" }
        open_purchase_orders = { file = "on-order.csv" }
        contacts = { file = "contacts.csv" }
        events = { file = "events.csv" }
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
        (
            "open-orders.csv",
            "order,placed,zone,product,units,part_shipped\nX,9d,home,pea,2,true\nX,,,\"whey, large\",,\nY,2d,abroad,pea,1,\n",
        ),
        (
            "on-order.csv",
            "vendor,warehouse,product,units,ordered,promised,arrives\n,1001,pea,7,4d,,\n,1001,pea,8,,3d,promised\n",
        ),
        (
            "events.csv",
            "name,from,to,warehouse,shut,parcel_cost_factor,every.exponential.mean,lasts\nflood,3d,5d,1001,true,,,\n,,,,,2,9d,1d\n",
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
    let open = &model.script.open_orders;
    assert_eq!((open.len(), open[0].placed(), open[0].part_shipped), (2, SimTime(-9 * DAY), true));
    assert_eq!((&open[0].lines[..], open[1].part_shipped), (&[line(1, 2), line(0, 1)][..], false));
    let ordered = &model.script.open_purchase_orders;
    assert_eq!(
        (ordered[0].age, ordered[0].promised, ordered[0].arrives),
        (Span::from_days(4), None, Arrives::LeadTime)
    );
    assert_eq!((ordered[1].promised, ordered[1].arrives), (Some(SimTime(3 * DAY)), Arrives::Promised));
    assert_eq!(model.events[0].name, "flood");
    assert_eq!(model.events[0].effect, Effect::Shut { warehouse: WarehouseId(0) });
    assert_eq!(model.events[1].name, "parcel cost × 2");
    let lasts = Distribution::Constant(DAY as f64);
    assert_eq!(model.events[1].when, When::Random { every: Distribution::exponential(9.0 * DAY as f64), lasts });
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

pub(super) const TRACE: &str = r#"
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
    let told = "this row gives its order another date or zone than the order's first row";
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
    assert_eq!(at, [1_800, DAY + 23 * 3_600], "days and hours are those of the place, whatever its offset");
    assert_eq!(model.run.horizon, Span::from_days(1), "two days, less the warm-up");
    assert_eq!(model.run.replications, Replications::Fixed(30));
}

#[test]
fn a_mistake_met_often_is_shown_twenty_times_and_counted() {
    let text = SMALL.replace("[{ id = \"whey\" }]", "{ file = \"p.csv\" }");
    let rows: String = (0..5_000).map(|row| format!("p{row},x\n")).collect();
    let found = load_with(&text, &[("p.csv", &format!("id,price\n{rows}"))], &[]).expect_err("prices are wrong");
    assert_eq!((shown(&found).count(), found.errors), (20, 5_000));
    assert!(found.list.iter().map(|one| one.location.line).eq(2..=5_001), "programs are given all of them");
    assert_eq!(found.list[2_000].location.cell.as_deref(), Some("row 2,001, column `price`"));
    let told = "\n… and 4,980 more, all of which `backorder validate --json` lists\n\n5,000 errors\n";
    assert!(found.to_string().ends_with(told), "{found}");
    // A file of a million rows may be wrong in every one: so many are kept, and all are counted.
    let rows: String = (0..30_000).map(|row| format!("p{row},x\n")).collect();
    let found = load_with(&text, &[("p.csv", &format!("id,price\n{rows}"))], &[]).expect_err("prices are wrong");
    assert_eq!((shown(&found).count(), found.list.len(), found.errors), (20, 10_000, 30_000));
    assert!(found.to_string().contains("… and 29,980 more"), "{found}");
}

/// A scenario of all three kinds of files: a table, a trace and values.
fn of_files(layout: &str) -> String {
    let table = |file: &str, more: &str| format!("{{ file = \"{file}\"{layout}{more} }}");
    format!(
        "zones = [{{ id = \"home\" }}]\nwarehouses = [{{ id = \"boise\" }}]\nlanes = [{{ from = \"boise\", to = \"home\" }}]\n\
         products = {}\ndemand.trace = {}\n[[vendors]]\nid = \"v\"\nlead_time.empirical = {}\n",
        table("p.csv", ""),
        table("t.csv", ""),
        table("l.csv", ", column = \"days\", unit = \"d\""),
    )
}

const PRODUCTS: &str = "id,price\nwhey,1.5\npea,2\n";
const ORDERS: &str = "order,date,zone,product,units\nA,2026-05-14,home,whey,1\nB,2026-05-15,home,pea,2\n";
const LEAD_TIMES: &str = "po,days\n1,6.5\n2,0\n";

/// The three files after a change to the text of each.
fn changed(change: impl Fn(&str) -> String) -> [(&'static str, String); 3] {
    [("p.csv", change(PRODUCTS)), ("t.csv", change(ORDERS)), ("l.csv", change(LEAD_TIMES))]
}

fn found_in(layout: &str, files: &[(&'static str, String); 3]) -> Result<Loaded, Diagnostics> {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    load_with(&of_files(layout), &files, &[])
}

/// Code, file and line of all that was found.
fn told(found: Result<Loaded, Diagnostics>) -> Vec<(&'static str, String, usize)> {
    let list = found.map_or_else(|found| found.list, |loaded| loaded.warnings);
    let all = list.into_iter().filter(|one| one.location.file.ends_with(".csv"));
    let mut all: Vec<_> = all.map(|one| (one.code, one.location.file, one.location.line)).collect();
    all.sort_by(|one, other| (&one.1, one.2).cmp(&(&other.1, other.2)));
    all
}

/// The same mistake in each of the three files, on a line.
fn in_each(code: &'static str, line: usize) -> Vec<(&'static str, String, usize)> {
    ["l.csv", "p.csv", "t.csv"].map(|file| (code, file.to_string(), line)).to_vec()
}

#[test]
fn every_kind_of_file_may_be_laid_out_otherwise() {
    let plain = found_in("", &changed(str::to_string)).expect("nothing is wrong").model;
    assert_eq!(plain.vendors[0].lead_time, Distribution::empirical(vec![561_600.0, 0.0], vec![1.0; 2]));
    for (layout, separator, above) in [
        (", separator = \";\"", ";", ""),
        (", separator = \"\\t\"", "\t", ""),
        (", separator = \"|\"", "|", ""),
        (", skip_rows = 2", ",", "A title, of its own\n,,\n"),
        (", separator = \";\", skip_rows = 1", ";", "sep=;\n"),
    ] {
        let files = changed(|text| format!("\u{feff}{above}{}", text.replace(',', separator).replace('\n', "\r\n")));
        let read = found_in(layout, &files).unwrap_or_else(|found| panic!("{layout}: {found}"));
        assert_eq!(read.model, plain, "{layout}");
    }
}

#[test]
fn another_layout_is_told_in_one_sentence_with_its_setting() {
    for (separator, above, code, settings) in [
        (";", "", "separator", "`separator = \";\"`"),
        ("\t", "", "separator", "`separator = \"\\t\"`"),
        (",", "Orders of May\n,,,,\n", "title-row", "`skip_rows = 2`"),
        (";", "Orders of May;;\n", "title-row", "`separator = \";\"` and `skip_rows = 1`"),
        (",", "sep=,\n", "separator", "`skip_rows = 1`"),
        (";", "sep=;\n", "separator", "`separator = \";\"` and `skip_rows = 1`"),
    ] {
        let files = changed(|text| format!("{above}{}", text.replace(',', separator)));
        let found = found_in("", &files).expect_err("the layout is not as asked for");
        let all: Vec<_> = found.list.iter().filter(|one| one.code == code).collect();
        assert_eq!(all.len(), 3, "{above:?} {separator:?}: {found}");
        assert!(all.iter().all(|one| one.help.as_ref().is_some_and(|help| help.contains(settings))), "{found}");
    }
    let found = found_in("", &changed(|text| text.replace('\n', "\r")));
    assert_eq!(told(found), in_each("line-ends", 0));
    // Settings that go too far are told just so.
    let found = found_in(", skip_rows = 1, separator = \";\"", &changed(str::to_string)).expect_err("both are wrong");
    assert!(found.to_string().contains("write `separator = \",\"` and `skip_rows = 0` beside `file`"), "{found}");
}

/// The files with something behind each of their lines: behind the header, and behind the first and second row.
fn lengthened(ends: [&str; 3]) -> [(&'static str, String); 3] {
    changed(|text| text.lines().zip(ends).map(|(line, end)| format!("{line}{end}\n")).collect())
}

#[test]
fn what_is_no_csv_is_refused_in_every_kind_of_file() {
    // The table of products has no column for a note, which is told besides.
    let found = |ends| {
        let told = told(found_in("", &lengthened(ends)));
        told.into_iter().filter(|(code, ..)| *code != "unknown-key").collect::<Vec<_>>()
    };
    assert_eq!(found([",note", ",x", ",\"x"]), in_each("quotes", 3));
    assert_eq!(found([",note", ",\"x\" y", ",\"z\""]), in_each("quotes", 2));
    assert_eq!(found([",note", ",\"x", ",\"z\""]), in_each("quotes", 2));
    assert_eq!(found([",note,note", ",1,2", ",1,2"]), in_each("duplicate-column", 1));
    assert_eq!(found(["", ",1", ""]), in_each("field-count", 2));
    assert_eq!(found([",,", ",,x", ",,"]), in_each("unnamed-column", 2));
    assert!(found_in("", &lengthened([",,", ",,", ",,"])).is_ok(), "columns that hold nothing need no name");
}

#[test]
fn rows_without_any_value_are_left_out_and_told() {
    let files = changed(|text| {
        let header = text.lines().next().expect("a header");
        let empty: String = header.chars().filter(|&c| c == ',').collect();
        format!("{text}{empty}\n\n{empty}\n")
    });
    let loaded = found_in("", &files).expect("they are left out");
    assert_eq!(loaded.model, found_in("", &changed(str::to_string)).expect("nothing is wrong").model);
    assert_eq!(told(Ok(loaded)), in_each("empty-rows", 4));
}

#[test]
fn a_value_that_swallows_rows_is_told() {
    let orders = "order,date,zone,product,units,note\nA,2026-05-14,home,whey,1,\"open\nB,2026-05-15,home,pea,2,x\n\
                  C,2026-05-16,home,pea,2,closed\"\nD,2026-05-16,home,pea,2,\"two\nlines\"\n";
    let mut files = changed(str::to_string);
    files[1].1 = orders.to_string();
    let loaded = found_in("", &files).expect("it is CSV all the same");
    assert_eq!(loaded.model.trace.as_ref().expect("a trace").orders.len(), 2);
    assert_eq!(told(Ok(loaded)), [("swallowed-rows", "t.csv".to_string(), 2)]);
}

#[test]
fn a_header_of_any_depth_is_answered() {
    let deep = format!("id,lead_time{}\nv,1\n", ".a".repeat(100_000));
    let text = format!("{SMALL}vendors = {{ file = \"v.csv\" }}\n");
    assert_eq!(codes(&text, &[("v.csv", &deep)], &[]), ["unknown-key"]);
    let path = ["a"; 60_000].join(".");
    assert_eq!(codes(SMALL, &[], &[(&path, "1")]), ["bad-path"]);
    for text in [
        format!("{path} = 1\n"),
        format!("[{path}]\n"),
        format!("a = {}\n", "[".repeat(60_000)),
        format!("a = {}1{}\n", "{a=".repeat(60_000), "}".repeat(60_000)),
    ] {
        assert_eq!(codes(&format!("{SMALL}{text}"), &[], &[]), ["syntax"]);
    }
}

/// What is said of a trace of some rows of order, date and product.
fn of_trace(settings: &str, rows: &str) -> Result<Loaded, Diagnostics> {
    let rows: String = rows.lines().map(|row| format!("{},1\n", row.replacen(',', ",south,", 1))).collect();
    let file = format!("order,zone,date,product,units\n{rows}");
    load_with(&format!("{TRACE}[demand.trace]\nfile = \"t.csv\"\n{settings}"), &[("t.csv", &file)], &[])
}

#[test]
fn dates_are_read_in_the_order_that_is_declared() {
    let days = |settings: &str, rows: &str| -> Vec<i64> {
        let loaded = of_trace(settings, rows).unwrap_or_else(|found| panic!("{found}"));
        loaded.model.trace.expect("a trace").orders.iter().map(|order| order.at.0 / DAY).collect()
    };
    assert_eq!(days("dates = \"D/M/Y\"", "A,14/05/2026,whey\nB,1.6.2026,whey\nC,2026-05-15,whey\n"), [0, 18, 1]);
    assert_eq!(days("dates = \"M/D/Y\"", "A,5/14/2026 8:26 AM,whey\nB,6/1/2026 12:01 AM,whey\n"), [0, 18]);
    assert_eq!(days("dates = \"serial\"", "A,46156.35,whey\nB,46157.0,whey\n"), [0, 1]);
    let codes = |rows: &str| {
        let found = of_trace("", rows).expect_err("the order is not declared");
        found.list.into_iter().map(|one| (one.code, one.help.unwrap_or_default())).collect::<Vec<_>>()
    };
    let told = codes("A,5/4/2026,whey\nB,14/05/2026,whey\nC,15/05/2026,whey\n");
    assert_eq!(told, [("date-order", "write `dates = \"D/M/Y\"` beside `file`".to_string())]);
    assert_eq!(codes("A,14/05/2026,whey\nB,05/14/2026,whey\n").len(), 2, "mixed");
}

#[test]
fn days_are_those_of_the_place() {
    let trace = |rows: &str| of_trace("", rows).expect("nothing is wrong").model.trace.expect("a trace");
    // The night in which clocks are put back: a day of 25 hours is one day.
    let night = trace("A,2026-11-01 00:30:00 -0400,whey\nB,2026-11-01 23:30:00 -0500,whey\n");
    assert_eq!(night.length(), Span::from_days(1));
    let shops = trace("A,2026-05-14 00:30 +1000,whey\nB,2026-05-14 23:30 -0800,whey\nC,2026-05-15 00:00 +1000,whey\n");
    let at: Vec<i64> = shops.orders.iter().map(|order| order.at.0).collect();
    assert_eq!(at, [1_800, 84_600, DAY]);
}

#[test]
fn a_date_that_stretches_the_trace_is_told() {
    let month: String = (1..=30).map(|day| format!("{day},2026-05-{day:02},whey\n")).collect();
    let told = |rows: &str| {
        let found = of_trace("", rows);
        let list = found.map_or_else(|found| found.list, |loaded| loaded.warnings);
        let list = list.into_iter().filter(|one| one.location.file == "t.csv");
        list.map(|one| (one.severity, one.location.line, one.message)).collect::<Vec<_>>()
    };
    assert_eq!(told(&month), []);
    assert_eq!(told(&format!("{month}A,2026-10-01,whey\n")), [], "a pause of half a year is none");
    let stretched = told(&format!("A,2107-05-01,whey\n{month}"));
    assert_eq!(stretched.len(), 1);
    assert_eq!((stretched[0].0, stretched[0].1), (Severity::Warning, 2));
    assert_eq!(stretched[0].2, "this date makes the trace 81 years long, which is 30 days without it");
    for date in ["1900-01-01", "9999-12-31"] {
        let refused = told(&format!("{month}A,{date},whey\n"));
        assert_eq!((refused.len(), refused[0].0, refused[0].1), (1, Severity::Error, 32), "{refused:?}");
    }
}

#[test]
fn several_placeholder_dates_are_told_too() {
    let told = |days: &[&str]| {
        let rows: String = days.iter().enumerate().map(|(id, day)| format!("{id},{day},whey\n")).collect();
        let found = of_trace("", &rows).map_or_else(|found| found.list, |loaded| loaded.warnings);
        let spans = found.into_iter().filter(|one| one.code == "trace-span");
        spans.map(|one| (one.location.line, one.message)).collect::<Vec<_>>()
    };
    let stretched =
        |line, long, rest| (line, format!("this date makes the trace {long} long, which is {rest} without it"));
    let (one, two) = ("2026-05-14", "2026-05-15");
    assert_eq!(told(&[one, two, "1970-01-01", "1970-01-01"]), [stretched(4, "56 years", "2 days")]);
    assert_eq!(told(&[one, two, "1970-01-02", "1970-01-01", "1970-01-01"]), [stretched(4, "56 years", "2 days")]);
    assert_eq!(told(&[one, two, "2062-05-01", "2062-05-02"]), [stretched(4, "36 years", "2 days")]);
    assert_eq!(
        told(&[one, two, "1970-01-01", "2000-01-01", two]),
        [stretched(4, "56 years", "26 years"), stretched(5, "26 years", "2 days")]
    );
    assert_eq!(told(&["2024-12-01", "2024-12-20", "2025-12-01", "2025-12-20"]), [], "a shop for Christmas");
}

#[test]
fn a_filter_that_meets_none_of_its_values_is_told() {
    let file = "order,date,zone,product,units,status\n1,2026-05-14,south,whey,1,Void\n2,2026-05-14,south,whey,1,paid\n";
    let told = |filter: &str| {
        let text = format!("{TRACE}[demand.trace]\nfile = \"t.csv\"\nwhere = {{ status = {filter} }}\n");
        let found = load_with(&text, &[("t.csv", file)], &[]);
        let list = found.map_or_else(|found| found.list, |loaded| loaded.warnings);
        list.into_iter()
            .filter(|one| ["no-effect", "empty-table"].contains(&one.code))
            .map(|one| (one.message, one.help.or(one.expected).unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    let none = |value: &str, help: &str| (format!("no row of t.csv has \"{value}\" as its `status`"), help.to_string());
    assert_eq!(told("{ not = [\"voided\"] }"), [none("voided", "did you mean \"Void\"?")]);
    assert_eq!(told("{ not = [\"refunded\"] }"), [none("refunded", "one of its values: \"Void\", \"paid\"")]);
    assert_eq!(told("{ not = [\"VOID\"] }"), [], "capitals do not count");
    assert_eq!(told("{ not = [\"void\", \"refunded\"] }"), [], "an export may lack one of them");
    assert_eq!(told("[\"paid\", \"voids\"]"), [none("voids", "did you mean \"Void\"?")]);
    assert_eq!(told("[\"paid\", \"Voi\"]"), [], "an export may lack a code");
    let all = told("\"shipped\"");
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all.iter().any(|(message, _)| message == "`where` leaves out every row of t.csv"), "{all:?}");
}

#[test]
fn an_order_of_a_trace_that_can_never_be_filled_is_named() {
    let stock = "stock = [{ warehouse = \"boise\", product = \"whey\", units = 5 }]\n";
    let text = format!("{TRACE}{stock}[demand.trace]\nfile = \"t.csv\"\n");
    let file = "order,date,zone,product,units\n1001,2026-05-14,south,whey,1\n1002,2026-05-16,west,whey,6\n";
    let loaded = load_with(&text, &[("t.csv", file)], &[]).expect("it can run");
    let told = loaded.warnings.iter().find(|one| one.code == "never-ships").expect("it is told");
    assert_eq!(
        told.message,
        "line 1 of order 1002 of the trace, from \"west\" on 2026-05-16, can never be filled: it asks for 6 of \"whey\", \
         and no warehouse that may serve it has more than 5"
    );
    assert_eq!((told.location.file.as_str(), told.location.line), ("t.csv", 3));
}

#[test]
fn names_that_only_look_the_same_are_told_so() {
    let text = SMALL.replace("whey", "h\u{f6}me").replace("[[", "[");
    let stock = "stock = [{ warehouse = \"boise\", product = \"ho\u{308}me\", units = 1 }]\n";
    let found = load_with(&format!("{text}{stock}"), &[], &[]).expect_err("it is another name");
    assert!(found.to_string().contains("looks the same"), "{found}");
    let twins = SMALL.replace(
        "{ id = \"whey\" }",
        "{ id = \"New York\" }, { id = \"New\u{a0}York\" }, { id = \"h\u{f6}\" }, { id = \"ho\u{308}\" }",
    );
    let loaded = load_with(&twins, &[], &[]).expect("they may both be meant");
    assert_eq!(loaded.warnings.iter().filter(|one| one.code == "look-alike").count(), 2, "{:?}", loaded.warnings);
    let columns = "[demand.trace]\nfile = \"t.csv\"\ncolumns = { units = \"St\u{fc}ck\" }\n";
    let file = "order,date,zone,product,Stu\u{308}ck\nA,2026-05-14,south,whey,1\n";
    let found = load_with(&format!("{TRACE}{columns}"), &[("t.csv", file)], &[]).expect_err("the column is another");
    assert!(found.to_string().contains("looks the same"), "{found}");
}

#[test]
fn of_a_row_no_more_is_told_than_the_faulty_cell() {
    let rows = "A,2026-05-14,south,wey,1,12 Elm Street\nB,soon,south,whey,1,12 Elm Street\nC,2026-05-14,south,whey,-1,12 Elm Street\n\
                D,2026-05-14,,whey,1,12 Elm Street\nD,2026-05-14,south,\"whey,1,12 Elm Street\nE,12 Elm Street\n";
    let file = format!("order,date,zone,product,units,address\n{rows}");
    let text = format!("{TRACE}[demand.trace]\nfile = \"t.csv\"\n");
    let found = load_with(&text, &[("t.csv", &file)], &[]).expect_err("every row is wrong");
    assert_eq!(found.errors, 6, "{found}");
    let all = format!("{found}{}", serde_json::to_string(&found).expect("it is data"));
    assert!(!all.contains("Elm Street"), "{found}");
    // A file that lacks its header must not be taken for one whose header is a customer.
    let found = load_with(&text, &[("t.csv", rows)], &[]).expect_err("there is no header");
    assert_eq!(found.list.iter().map(|one| one.code).collect::<Vec<_>>(), ["no-header"], "{found}");
    assert!(!found.to_string().contains("Elm Street"), "{found}");
}

#[test]
fn the_sum_below_a_table_is_no_row_of_it() {
    let stock = |rows: &str| {
        let file = format!("warehouse,product,units\n{rows}");
        codes(&format!("{SMALL}stock = {{ file = \"s.csv\" }}\n"), &[("s.csv", &file)], &[])
    };
    assert_eq!(stock("boise,whey,5\nTotal,,5\n"), ["total-row"]);
    assert_eq!(stock("boise,whey,5\n,Gesamt:,5\n"), ["total-row"]);
    let products = SMALL.replace("[{ id = \"whey\" }]", "{ file = \"p.csv\" }");
    let loaded =
        load_with(&products, &[("p.csv", "id,price,vendor\nwhey,1,\nTotal,1,\n")], &[]).expect("it may be a product");
    assert_eq!(loaded.warnings.iter().filter(|one| one.code == "total-row").count(), 1);
}

#[test]
fn thousands_and_decimals_are_told_apart() {
    let products = SMALL.replace("[{ id = \"whey\" }]", "{ file = \"p.csv\" }");
    let loaded =
        load_with(&products, &[("p.csv", "id,price\nwhey,1.200\npea,0.125\n")], &[]).expect("they are numbers");
    let told: Vec<_> = loaded.warnings.iter().filter(|one| one.code == "thousands").collect();
    assert_eq!(told.iter().map(|one| one.location.line).collect::<Vec<_>>(), [2]);
}
