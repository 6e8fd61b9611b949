//! Every way into the program for what others write, each with the promise it has to keep whatever the bytes: an answer,
//! never a panic or a loop.

use std::collections::BTreeMap;

use backorder::domain::Model;
use backorder::engine::Plan;
use backorder::observe::Auditor;
use backorder::scenario::{self, Axis, Diagnostics, Files, Loaded, Override, Severity};

use crate::properties::dice::Dice;
use crate::properties::generator;

/// Files in memory.
struct Tables(BTreeMap<&'static str, String>);

impl Files for Tables {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        self.0.get(relative_path).cloned().ok_or_else(|| "there is no such file".to_string())
    }
}

/// A scenario that all others are made from: small, and with something in every table.
const SCENARIO: &str = r#"
run = { horizon = "90d" }
zones = [{ id = "home", lat = 1, lon = 1 }, { id = "höme", international = true, lat = 2, lon = 2 }]
warehouses = [{ id = "boise", lat = 1, lon = 1 }, { id = "reno", lat = 3, lon = 3 }]
vendors = [{ id = "acme", lead_time = "6d" }]
products = [{ id = "whey", vendor = "acme", reorder_point = 1, order_up_to = 5 }, { id = "pea", vendor = "acme" }]
demand = { orders_per_day = 3 }
replenishment = { policy = "s-S", reorder_point = 2, order_up_to = 9 }
"#;

/// Pieces of scenario files.
const OF_TOML: [&str; 64] = [
    "\r",
    "\n",
    "\r\n",
    " ",
    "\t",
    "#",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "\\",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "-1",
    "0",
    "1",
    "9",
    "1e400",
    "0.5",
    "true",
    "nan",
    "é",
    "\u{301}",
    "\u{202e}",
    "\u{7}",
    "[run]\n",
    "[demand]\n",
    "[[zones]]\n",
    "[[warehouses]]\n",
    "[[vendors]]\n",
    "[[products]]\n",
    "[products]\n",
    "[[orders]]\n",
    "[[stock]]\n",
    "id = \"a\"\n",
    "horizon = ",
    "\"9d\"\n",
    "lead_time = ",
    "gamma = ",
    "{ mean = \"6d\", cv = 0.5 }",
    "empirical = ",
    "values = [",
    "file = ",
    "\"t.csv\"",
    "trace = ",
    "at = ",
    "lines = [",
    "product = ",
    "units = ",
    "from = ",
    "to = ",
    "replications = ",
    "generate = { count = 3 }",
    "policy = \"s-S\"\n",
    "a.b.c = 1\n",
    "2026-05-14",
    "\"home\"",
];

/// Pieces of tables.
const OF_CSV: [&str; 48] = [
    "\r",
    "\n",
    "\r\n",
    ",",
    ";",
    "\t",
    "|",
    "\"",
    "\"\"",
    " ",
    "\u{feff}",
    "sep=;\n",
    "Total",
    "'",
    "=\"A\"",
    "é",
    "e\u{301}",
    "\u{a0}",
    "\u{202e}",
    "order",
    "date",
    "zone",
    "product",
    "units",
    "id",
    "price",
    "lead_time.gamma.mean",
    "lead_time",
    "days",
    "warehouse",
    "home",
    "whey",
    "boise",
    "acme",
    "1",
    "-1",
    "0.5",
    "1.200,00",
    "$9.90",
    "6d",
    "2026-05-14",
    "14/05/2026",
    "2026-05-14 11:23:45 +0100",
    "1900-01-01",
    "46156.35",
    "order,date,zone,product,units\n",
    "id,price\n",
    "po,days\n",
];

/// A text out of bytes: as they are, or as pieces of which each byte names one.
fn text(bytes: &[u8], pieces: &[&str]) -> String {
    match bytes.split_first() {
        Some((kind, rest)) if kind % 4 == 0 => String::from_utf8_lossy(rest).into_owned(),
        Some((_, rest)) => {
            let piece = |&byte: &u8| match byte {
                128.. => char::from(byte - 128).to_string(),
                byte => pieces[usize::from(byte) % pieces.len()].to_string(),
            };
            rest.iter().map(piece).collect()
        }
        None => String::new(),
    }
}

/// Whatever is read is answered: by a model that has what it needs, or by errors that can be shown.
fn answered(read: Result<Loaded, Diagnostics>) -> Option<Model> {
    let (list, errors, told) = match &read {
        Ok(loaded) => (&loaded.warnings, 0, String::new()),
        Err(found) => (&found.list, found.errors, found.to_string()),
    };
    assert!(list.len() <= 20, "no more is shown");
    assert_eq!(read.is_err(), errors > 0);
    for found in list {
        let shown = found.to_string();
        assert!(shown.lines().all(|line| !line.contains(|c: char| c.is_control())), "{shown:?}");
        assert!(read.is_err() || found.severity == Severity::Warning);
    }
    assert!(read.is_ok() || told.contains("error: "), "{told}");
    let model = read.ok()?.model;
    assert!(!model.zones().is_empty() && !model.warehouses().is_empty() && !model.products().is_empty());
    Some(model)
}

fn load(text: &str, tables: &[(&'static str, String)], settings: &[Override]) -> Option<Model> {
    answered(scenario::load("s.toml", text, &Tables(tables.iter().cloned().collect()), settings))
}

/// A scenario file.
pub fn scenario(bytes: &[u8]) {
    let text = text(bytes, &OF_TOML);
    let table = || ("t.csv", "order,date,zone,product,units\n1,2026-05-14,home,whey,1\n".to_string());
    load(&text, &[table()], &[]);
    load(&format!("{SCENARIO}{text}"), &[table()], &[]);
}

/// How a file is laid out, by the first of some bytes.
fn layout(bytes: &[u8]) -> (&'static str, &[u8]) {
    match bytes.split_first() {
        Some((first, rest)) => (
            ["", ", separator = \";\"", ", skip_rows = 1", ", separator = \"\\t\", skip_rows = 2"]
                [usize::from(first % 4)],
            rest,
        ),
        None => ("", bytes),
    }
}

/// Tables in files: products, vendors with keys within keys, stock, orders.
pub fn table(bytes: &[u8]) {
    let (layout, bytes) = layout(bytes);
    let file = ("t.csv", text(bytes, &OF_CSV));
    let from_file = format!("{{ file = \"t.csv\"{layout} }}");
    let line = |key: &str| SCENARIO.lines().find(|line| line.starts_with(key)).expect("the scenario has it");
    for key in ["products", "vendors"] {
        load(&SCENARIO.replace(line(key), &format!("{key} = {from_file}")), std::slice::from_ref(&file), &[]);
    }
    for key in ["stock", "orders"] {
        load(&format!("{SCENARIO}{key} = {from_file}\n"), std::slice::from_ref(&file), &[]);
    }
}

/// A trace of orders.
pub fn trace(bytes: &[u8]) {
    let (layout, bytes) = layout(bytes);
    let (dates, bytes) = match bytes.split_first() {
        Some((first, rest)) => (["Y-M-D", "D/M/Y", "M/D/Y", "serial"][usize::from(first % 4)], rest),
        None => ("Y-M-D", bytes),
    };
    let file = ("t.csv", text(bytes, &OF_CSV));
    let trace = format!("trace = {{ file = \"t.csv\"{layout}, dates = \"{dates}\" }}");
    let text = SCENARIO.replace("orders_per_day = 3", &trace);
    if let Some(model) = load(&text, std::slice::from_ref(&file), &[]) {
        let trace = model.trace().expect("a trace was read");
        assert!(trace.orders.iter().all(|order| order.at.0 >= 0 && !order.lines.is_empty()));
        assert!(trace.orders.iter().any(|order| order.at.0 < 86_400), "the first day is day 0");
    }
}

/// The values of a distribution in a file.
pub fn values(bytes: &[u8]) {
    let (layout, bytes) = layout(bytes);
    let file = ("t.csv", text(bytes, &OF_CSV));
    for unit in ["", ", unit = \"d\""] {
        let values = format!("{{ empirical = {{ file = \"t.csv\", column = \"days\"{unit}{layout} }} }}");
        load(&SCENARIO.replace("\"6d\"", &values), std::slice::from_ref(&file), &[]);
    }
}

/// A setting of the command line.
pub fn setting(bytes: &[u8]) {
    let text = text(bytes, &OF_TOML);
    let Ok(setting) = Override::parse(&text) else { return };
    load(SCENARIO, &[], std::slice::from_ref(&setting));
    let table = ("t.csv", "id,price,vendor\nwhey,1,acme\npea,2,acme\n".to_string());
    let line = SCENARIO.lines().find(|line| line.starts_with("products")).expect("the scenario has them");
    load(&SCENARIO.replace(line, "products = { file = \"t.csv\" }"), &[table], &[setting]);
}

/// A distribution, of a time, a count and another number, and what is drawn from it.
pub fn distribution(bytes: &[u8]) {
    use backorder::random::{Family, Purpose, Sampler};
    let written = text(bytes, &OF_TOML);
    let written = written.lines().next().unwrap_or_default();
    let text = SCENARIO.replace("\"6d\"", written);
    if let Some(model) = load(&text, &[], &[]) {
        let sampler = Sampler::continuous(&model.vendors()[0].lead_time);
        let mut stream = Family::new(1, 0, Purpose::LeadTime).of(7);
        for _ in 0..16 {
            let drawn = sampler.draw(&mut stream);
            assert!(drawn >= 0.0 && drawn.is_finite(), "{drawn} from {written}");
        }
    }
    load(&SCENARIO.replace("_day = 3", &format!("_day = 3, units_per_line = {written}")), &[], &[]);
    let made = "[{ id = \"whey\", vendor = \"acme\", reorder_point = 1, order_up_to = 5 }, { id = \"pea\", vendor = \"acme\" }]";
    load(&SCENARIO.replace(made, &format!("{{ generate = {{ count = 3, price = {written} }} }}")), &[], &[]);
}

/// A study file, and an axis of the command line.
pub fn study(bytes: &[u8]) {
    let text = text(bytes, &OF_TOML);
    if let Err(found) = scenario::read_study(&[], "study.toml", &text) {
        assert!(found.errors > 0 && found.to_string().contains("error: "), "{found}");
    }
    if let Ok(axis) = Axis::parse(&text) {
        assert!(!axis.values.is_empty(), "an axis has values");
    }
}

/// A scenario that is valid, run with the auditor watching.
pub fn simulation(bytes: &[u8]) {
    let text = generator::thrown(&mut Dice::of(bytes)).to_toml();
    let loaded = scenario::load("random.toml", &text, &Tables(BTreeMap::new()), &[]);
    let model = loaded.unwrap_or_else(|found| panic!("{found}\nin\n{text}")).model;
    let mut auditor = Auditor::new(&model);
    let run = Plan::new(&model).run(0, &mut auditor);
    assert!(run.is_ok(), "nothing here is large enough for a limit\nin\n{text}");
    assert!(auditor.breaches().is_empty(), "{}\nin\n{text}", auditor.breaches()[0]);
}
