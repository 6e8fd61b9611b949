//! The upper half of a timeline: a story in a small country where everybody knows the prices.
//!
//! | line | meaning | left out |
//! |---|---|---|
//! | `warehouses boise dayton(4h)` | the warehouses, in file order; handling in brackets | `boise` |
//! | `products whey(protein) soy(protein) bcaa` | the products, in file order; substitute group in brackets | in order of first mention |
//! | `lane boise home 5 2d` | an explicit lane: parcel cost and transit; then only explicit ones exist | see below |
//! | `stock boise whey 5` | on hand at the start | none |
//! | `receipt 3d boise whey 10` | a delivery that no policy ordered | none |
//! | `order 1d home whey 2, creatine` | orders 1, 2, …; one unit where no number stands | none |
//! | `waiting 12d home whey 2` | an order of before the start, so old: numbered after those above | none |
//! | `rest 12d home whey 2` | the same, of which another part has left | none |
//! | `underway 4d boise whey 10` | a purchase order of before the start, so old | none |
//! | `contact 2d order 1 line 2 swap` | a customer calls (or `remove`) | none |
//! | `replay 2026-01-01T12:00 home whey 2` | an order of a file that is replayed, after those above | none |
//! | `set rules.split.ship_available = 0.0` | any key of the scenario file | see below |
//!
//! Zones are those that orders name; `abroad` is international. The warehouse at place *n* (from 0) sends a parcel for
//! 5 + 2n in 2 + n days, abroad for 10 more in 4 days more. A story lasts 90 days, available lines always leave
//! ahead, and everything else has its default.

use std::fmt::Write as _;

use backorder::scenario::Files;

/// What a story stands for.
pub struct Scenario {
    /// The scenario file.
    pub toml: String,
    /// The table of replayed orders beside it.
    replayed: String,
}

impl Files for Scenario {
    fn read(&self, relative_path: &str) -> Result<String, String> {
        if relative_path == REPLAYED { Ok(self.replayed.clone()) } else { Err("only replayed orders are there".into()) }
    }
}

const REPLAYED: &str = "orders.csv";

/// The scenario that a story stands for.
#[track_caller]
pub fn scenario(story: &str) -> Scenario {
    let mut told = Story::default();
    for line in story.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        told.line(line);
    }
    let mut replayed = "order,date,zone,product,units\n".to_string();
    for (number, row) in told.replayed.iter().enumerate() {
        writeln!(replayed, "{number},{row}").expect("a string takes all that is written");
    }
    if !told.replayed.is_empty() {
        told.set("demand.trace", &format!("{{ file = \"{REPLAYED}\" }}"));
    }
    Scenario { toml: told.toml(), replayed }
}

#[derive(Default)]
struct Story {
    zones: Vec<String>,
    warehouses: Vec<(String, Option<String>)>,
    products: Vec<(String, Option<String>)>,
    products_given: bool,
    lanes: Vec<String>,
    stock: Vec<String>,
    receipts: Vec<String>,
    orders: Vec<String>,
    contacts: Vec<String>,
    waiting: Vec<String>,
    underway: Vec<String>,
    replayed: Vec<String>,
    settings: Vec<(String, String)>,
}

impl Story {
    #[track_caller]
    fn line(&mut self, line: &str) {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let parts: Vec<&str> = rest.split_whitespace().collect();
        match (word, parts.as_slice()) {
            ("warehouses", names) => self.warehouses = names.iter().map(|name| bracketed(name)).collect(),
            ("products", names) => {
                self.products = names.iter().map(|name| bracketed(name)).collect();
                self.products_given = true;
            }
            ("lane", [from, to, cost, transit]) => self
                .lanes
                .push(format!(r#"{{ from = "{from}", to = "{to}", parcel_cost = {cost}, transit = "{transit}" }}"#)),
            ("stock", [warehouse, product, units]) => {
                self.mention(product);
                self.stock.push(format!(r#"{{ warehouse = "{warehouse}", product = "{product}", units = {units} }}"#));
            }
            ("receipt", [at, warehouse, product, units]) => {
                self.mention(product);
                self.receipts.push(format!(
                    r#"{{ at = "{at}", warehouse = "{warehouse}", product = "{product}", units = {units} }}"#
                ));
            }
            ("order", [at, zone, lines @ ..]) => {
                let lines = self.lines_of(zone, &lines.join(" "));
                self.orders.push(format!(r#"{{ at = "{at}", zone = "{zone}", lines = [{lines}] }}"#));
            }
            ("waiting" | "rest", [age, zone, lines @ ..]) => {
                let lines = self.lines_of(zone, &lines.join(" "));
                let part = if word == "rest" { ", part_shipped = true" } else { "" };
                self.waiting.push(format!(r#"{{ placed = "{age}", zone = "{zone}", lines = [{lines}]{part} }}"#));
            }
            ("underway", [age, warehouse, product, units]) => {
                self.mention(product);
                self.underway.push(format!(
                    r#"{{ ordered = "{age}", warehouse = "{warehouse}", product = "{product}", units = {units} }}"#
                ));
            }
            ("replay", [at, zone, product, units]) => {
                self.mention(product);
                self.come_from(zone);
                self.replayed.push(format!("{at},{zone},{product},{units}"));
            }
            ("contact", [at, "order", order, "line", line, wants]) => {
                self.contacts.push(format!(r#"{{ at = "{at}", order = {order}, line = {line}, wants = "{wants}" }}"#))
            }
            ("set", [_, "=", ..]) => {
                let (key, value) = rest.split_once('=').expect("a setting is `key = value`");
                self.set(key.trim(), value.trim());
            }
            _ => panic!("no line of a story reads like this: {line}"),
        }
    }

    fn mention(&mut self, product: &str) {
        if !self.products_given && !self.products.iter().any(|(known, _)| known == product) {
            self.products.push((product.to_string(), None));
        }
    }

    fn lines_of(&mut self, zone: &str, list: &str) -> String {
        let mut lines = Vec::new();
        for line in list.split(',') {
            let mut words = line.split_whitespace();
            let product = words.next().expect("a line of an order names a product");
            let units = words.next().unwrap_or("1");
            self.mention(product);
            lines.push(format!(r#"{{ product = "{product}", units = {units} }}"#));
        }
        self.come_from(zone);
        lines.join(", ")
    }

    fn come_from(&mut self, zone: &str) {
        if !self.zones.iter().any(|known| known == zone) {
            self.zones.push(zone.to_string());
        }
    }

    fn set(&mut self, key: &str, value: &str) {
        self.settings.retain(|(known, _)| known != key);
        self.settings.push((key.to_string(), value.to_string()));
    }

    fn toml(mut self) -> String {
        if self.zones.is_empty() {
            self.zones.push("home".to_string());
        }
        if self.warehouses.is_empty() {
            self.warehouses.push(("boise".to_string(), None));
        }
        let mut defaults = vec![
            ("name".to_string(), r#""a timeline""#.to_string()),
            ("run.horizon".to_string(), r#""90d""#.to_string()),
            ("run.replications".to_string(), "1".to_string()),
            ("run.seed".to_string(), "1".to_string()),
            ("rules.split.ship_available".to_string(), "1.0".to_string()),
            ("zones".to_string(), table(self.zones.iter().map(|zone| zone_row(zone)))),
            ("warehouses".to_string(), table(self.warehouses.iter().map(|row| named(row, "handling")))),
            ("lanes".to_string(), table(self.lanes().into_iter())),
            ("products".to_string(), table(self.products.iter().map(|row| named(row, "substitutes")))),
        ];
        for (key, rows) in [
            ("stock", &self.stock),
            ("receipts", &self.receipts),
            ("orders", &self.orders),
            ("contacts", &self.contacts),
            ("open_orders", &self.waiting),
            ("open_purchase_orders", &self.underway),
        ] {
            if !rows.is_empty() {
                defaults.push((key.to_string(), table(rows.iter().cloned())));
            }
        }
        let mut toml = String::new();
        for (key, value) in &defaults {
            if !self.settings.iter().any(|(set, _)| set == key) {
                writeln!(toml, "{key} = {value}").expect("a string takes all that is written");
            }
        }
        for (key, value) in &self.settings {
            writeln!(toml, "{key} = {value}").expect("a string takes all that is written");
        }
        toml
    }

    fn lanes(&self) -> Vec<String> {
        if !self.lanes.is_empty() {
            return self.lanes.clone();
        }
        let mut lanes = Vec::new();
        for zone in &self.zones {
            for (place, (warehouse, _)) in self.warehouses.iter().enumerate() {
                let (cost, days) = if zone == "abroad" { (15, 6) } else { (5, 2) };
                let (cost, days) = (cost + 2 * place, days + place);
                lanes.push(format!(
                    r#"{{ from = "{warehouse}", to = "{zone}", parcel_cost = {cost}.0, transit = "{days}d" }}"#
                ));
            }
        }
        lanes
    }
}

/// `boise(4h)` as a name and what stands in its brackets.
fn bracketed(word: &str) -> (String, Option<String>) {
    match word.split_once('(') {
        Some((name, inside)) => (name.to_string(), Some(inside.trim_end_matches(')').to_string())),
        None => (word.to_string(), None),
    }
}

fn named((name, extra): &(String, Option<String>), key: &str) -> String {
    match extra {
        Some(value) => format!(r#"{{ id = "{name}", {key} = "{value}" }}"#),
        None => format!(r#"{{ id = "{name}" }}"#),
    }
}

fn zone_row(zone: &str) -> String {
    if zone == "abroad" {
        r#"{ id = "abroad", international = true }"#.into()
    } else {
        format!(r#"{{ id = "{zone}" }}"#)
    }
}

fn table(rows: impl Iterator<Item = String>) -> String {
    format!("[\n{}]", rows.map(|row| format!("    {row},\n")).collect::<String>())
}
