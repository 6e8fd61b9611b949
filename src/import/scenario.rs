//! The scenario: its tables, and the file that names them, with what no export says first.

use super::fit::Demand;
use super::fit::lead_times::{Fit, duration};
use super::orders::{Line, Orders};
use super::place::Place;
use super::products::Products;
use super::purchases::Purchase;
use super::report::Shape;
use super::settings::DemandKind;
use super::stock::Stock;
use super::writing::{self, Terms, cell, day_named, money, quoted};
use super::zones::Found;
use crate::domain::DAY;
use crate::domain::phrase::{grouped, plural};
use crate::domain::settings::Range;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Everything that a scenario is made of.
pub struct Scenario<'s> {
    /// Where it is written.
    pub place: &'s Place,
    /// The orders.
    pub orders: &'s Orders,
    /// What is sold.
    pub products: &'s Products,
    /// Where customers are.
    pub zones: &'s Found,
    /// What the demand looks like.
    pub shape: &'s Shape,
    /// What lies in the warehouses.
    pub stock: Option<&'s Stock>,
    /// Orders to vendors.
    pub purchases: &'s [Purchase],
    /// How long each vendor takes.
    pub lead_times: &'s BTreeMap<String, Fit>,
    /// What the files themselves leave unsaid: how many a row is of, which order it belongs to.
    pub unsaid: &'s [String],
    /// The demand as a process.
    pub fitted: &'s Demand,
    /// Whether orders are replayed or generated.
    pub demand: DemandKind,
    /// The name of the file of orders.
    pub orders_file: &'s str,
    /// The day on which the run begins, counted from 1970-01-01.
    pub start: i64,
    /// Whether the run begins on the day of the inventory, with what is open then.
    pub is_as_of: bool,
}

/// The files that were made.
#[derive(Debug, Default)]
pub struct Made {
    /// Name and content.
    pub files: Vec<(String, String)>,
    /// What is assumed.
    pub assumptions: Vec<String>,
    /// What is worth telling.
    pub notes: Vec<String>,
    /// How many warehouses there are.
    pub warehouses: usize,
    /// How many vendors there are.
    pub vendors: usize,
    /// Open orders of customers.
    pub open_orders: usize,
    /// Open lines of orders to vendors.
    pub open_purchases: usize,
}

/// What is assumed where no export says it.
const TERMS: Terms = Terms { at_home: (5.0, "2d"), abroad: (18.0, "6d") };
/// A unit costs so much of what it is sold for.
const COST_SHARE: f64 = 0.6;
/// The warehouse where none is named.
pub const WAREHOUSE: &str = "main";
/// The vendor where none is named.
const VENDOR: &str = "vendor";
/// The lead time where nothing is known of it.
const LEAD_TIME: &str = "{ gamma = { mean = \"14d\", cv = 0.4 } }";

impl Scenario<'_> {
    /// The files of the scenario.
    pub fn written(&self) -> Made {
        let mut made = Made::default();
        let warehouses = self.warehouses();
        let vendors = self.vendors();
        let mut body = String::new();
        self.write_run(&mut body);
        let _ = write!(body, "[zones]\n{}\n\n", self.file("zones.csv"));
        for warehouse in &warehouses {
            let _ = write!(body, "[[warehouses]]\nid = {}\nhandling = \"12h\"\n\n", quoted(warehouse));
        }
        let _ = write!(body, "[lanes]\n{}\n\n", self.file("lanes.csv"));
        self.write_vendors(&mut body, &vendors);
        let _ = write!(body, "[products]\n{}\n\n", self.file("products.csv"));
        self.write_demand(&mut body);
        let levels = self.levels(&mut made.notes);
        body.push_str(REPLENISHMENT);
        if levels.is_some() {
            let _ = writeln!(body, "levels = {{ {} }}", self.file("levels.csv"));
        }
        body.push('\n');
        made.files.push(("zones.csv".into(), writing::zones(self.zones)));
        made.files.push(("lanes.csv".into(), writing::lanes(&warehouses, self.zones, &TERMS)));
        made.files.push(("products.csv".into(), self.product_rows(&vendors)));
        if self.demand == DemandKind::Replay {
            made.files.push((self.orders_file.into(), writing::orders(self.orders, self.zones, self.start)));
        }
        made.files.extend(levels.map(|text| ("levels.csv".to_string(), text)));
        if let Some(stock) = self.stock {
            let _ = write!(body, "[stock]\n{}\n\n", self.file("stock.csv"));
            made.files.push(("stock.csv".into(), stock_rows(stock)));
        }
        if self.is_as_of {
            self.write_book(&mut body, &mut made, &warehouses);
        }
        body.push_str(REST);
        made.assumptions = self.assumptions(&vendors, &made);
        (made.warehouses, made.vendors) = (warehouses.len(), vendors.len());
        let mut text = self.head(&made.assumptions);
        text.push_str(&body);
        made.files.insert(0, ("scenario.toml".to_string(), text));
        made
    }

    /// A table's file, as a scenario names it.
    fn file(&self, name: &str) -> String {
        format!("file = {}", quoted(&format!("{}{name}", self.place.tables)))
    }

    fn head(&self, assumptions: &[String]) -> String {
        let Place { name, schema, .. } = self.place;
        let name = name.replace(['\n', '\r'], " ");
        let mut text = format!("#:schema {schema}\n#\n# {name}: imported from the shop's exports.\n#\n");
        text.push_str("# No export says these. Look at them first:\n#\n");
        for assumption in assumptions {
            let _ = writeln!(text, "# - {assumption}");
        }
        let (from, to) = (&self.shape.first, &self.shape.last);
        let how = if self.demand == DemandKind::Replay { "as they came" } else { "drawn anew at their rate" };
        let _ = write!(
            text,
            "\nname = {}\ndescription = \"Orders of {from} to {to}, {how}.\"\n\n",
            quoted(&self.place.name)
        );
        text
    }

    fn write_run(&self, body: &mut String) {
        body.push_str("[run]\n");
        match self.demand {
            DemandKind::Replay => body.push_str("# The horizon is the length of the file of orders.\n"),
            DemandKind::Fit => {
                let _ =
                    writeln!(body, "# Day 0 is {}, for the factors of the week and the year.", day_named(self.start));
                body.push_str("horizon = \"365d\"\n");
                if self.stock.is_none() {
                    body.push_str("warm_up = \"60d\"\n");
                }
            }
        }
        body.push_str("run_out = \"45d\"\nreplications = 10\nseed = 1\n\n");
    }

    /// The warehouses: those of the stock, else those that purchases and orders name, else one.
    fn warehouses(&self) -> Vec<String> {
        let mut warehouses: Vec<String> = self.stock.map(|stock| stock.warehouses.clone()).unwrap_or_default();
        let of_purchases = self.purchases.iter().map(|purchase| purchase.warehouse.as_str());
        let of_orders = self.orders.list.iter().filter_map(|order| Some(self.orders.warehouses.name(order.warehouse?)));
        let named = of_purchases.chain(of_orders).filter(|name| !name.is_empty() && self.stock.is_none());
        for name in named {
            if !warehouses.iter().any(|known| known == name) {
                warehouses.push(name.to_string());
            }
        }
        if warehouses.is_empty() {
            warehouses.push(WAREHOUSE.to_string());
        }
        warehouses
    }

    /// The vendors: those that are named, and one for what names none.
    fn vendors(&self) -> Vec<String> {
        let mut vendors: Vec<String> = self.products.vendors.all().to_vec();
        let lacks = self.products.list.iter().any(|product| product.vendor.is_none());
        if lacks && !vendors.iter().any(|known| known == VENDOR) {
            vendors.push(VENDOR.to_string());
        }
        vendors
    }

    fn write_vendors(&self, body: &mut String, vendors: &[String]) {
        let all = self.all_lead_times();
        for vendor in vendors {
            let (lead_time, note) = match (self.lead_times.get(vendor), &all) {
                (Some(fit), _) => (fit.written(), format!("# {}\n", in_words(fit))),
                (None, Some(fit)) => {
                    (fit.written(), "# Nothing is known of this one: the lead times of all vendors.\n".to_string())
                }
                (None, None) => (LEAD_TIME.to_string(), String::new()),
            };
            let id = quoted(vendor);
            let _ = write!(body, "[[vendors]]\nid = {id}\n{note}lead_time = {lead_time}\norder_cost = 20.00\n\n");
        }
    }

    /// The lead times of all vendors together, where there are any.
    fn all_lead_times(&self) -> Option<Fit> {
        Fit::of(self.lead_times.values().flat_map(|fit| fit.days.iter().copied()).collect())
    }

    fn write_demand(&self, body: &mut String) {
        body.push_str("[demand]\n");
        if self.demand == DemandKind::Replay {
            let start = day_named(self.start);
            let _ = write!(
                body,
                "trace = {{ {}, start = \"{start}\", resample = \"none\" }}\n\n",
                self.file(self.orders_file)
            );
            return;
        }
        let Demand { rate, lines, units, together, .. } = self.fitted;
        let number = |value: f64| format!("{}", (value * 1e4).round() / 1e4);
        let list =
            |factors: &[f64]| factors.iter().map(|&factor| format!("{:.3}", factor)).collect::<Vec<_>>().join(", ");
        let _ = writeln!(body, "orders_per_day = {}", number(rate.orders_per_day));
        if rate.weekly.iter().any(|&factor| factor != 1.0) {
            let _ = writeln!(body, "weekly = [{}]", list(&rate.weekly));
        }
        if rate.is_yearly {
            let _ = writeln!(body, "yearly = [{}]", list(&rate.yearly));
        }
        let _ = writeln!(body, "lines_per_order = {}", lines.written());
        let _ = writeln!(body, "units_per_line = {}", units.written());
        if together.affinity > 0.0 {
            let _ = writeln!(body, "affinity = {:.3}", together.affinity);
        }
        body.push('\n');
    }

    /// Levels where the stock has them for a product.
    fn levels(&self, notes: &mut Vec<String>) -> Option<String> {
        let mut text = String::from("warehouse,product,reorder_point,order_up_to\n");
        let (mut is_any, mut crossed) = (false, 0);
        for ((warehouse, product), held) in &self.stock?.held {
            if let (Some(reorder_point), Some(order_up_to)) = (held.reorder_point, held.order_up_to) {
                if reorder_point >= order_up_to as i64 {
                    crossed += 1;
                    continue;
                }
                is_any = true;
                let _ = writeln!(text, "{},{},{reorder_point},{order_up_to}", cell(warehouse), cell(product));
            }
        }
        if crossed > 0 {
            let rows = plural(crossed, "row");
            notes
                .push(format!("inventory: {rows} with a minimum that is not below the maximum: no levels from there."));
        }
        is_any.then_some(text)
    }

    /// What is open on the day of the inventory: customers who wait, and what vendors have not delivered.
    fn write_book(&self, body: &mut String, made: &mut Made, warehouses: &[String]) {
        let mut rows = String::from("order,placed,zone,product,units,part_shipped\n");
        let start = self.start * DAY;
        for order in self.orders.list.iter().filter(|order| order.at < start && self.orders.say_shipped) {
            let lines = &self.orders.lines[order.lines.clone()];
            let open = |line: &Line| line.open_at(start);
            if lines.iter().all(|line| open(line) == 0) {
                continue;
            }
            made.open_orders += 1;
            let zone = self.zones.of_place[order.place as usize] as usize;
            // What crosses a border never leaves in parts.
            let in_parts = !self.zones.international[zone] && lines.iter().any(|line| open(line) < line.units);
            let age = seconds(start - order.at);
            for line in lines.iter().filter(|line| open(line) > 0) {
                let product = cell(&self.orders.products[line.product as usize].code);
                let (id, zone) = (cell(&order.id), cell(&self.zones.names[zone]));
                let _ = writeln!(rows, "{id},{age},{zone},{product},{},{in_parts}", open(line));
            }
        }
        if made.open_orders > 0 {
            let _ = write!(body, "[open_orders]\n{}\n\n", self.file("open-orders.csv"));
            made.files.push(("open-orders.csv".into(), rows));
        }
        let mut rows = String::from("warehouse,product,units,vendor,ordered,promised,arrives\n");
        let mut parts = 0;
        for purchase in self.purchases.iter().filter(|purchase| purchase.ordered < start) {
            let left = (purchase.units - purchase.received).max(0.0);
            let open = left.floor();
            parts += usize::from(left > open);
            if open < 1.0 {
                continue;
            }
            made.open_purchases += 1;
            let warehouse = if warehouses.contains(&purchase.warehouse) { &purchase.warehouse } else { &warehouses[0] };
            let vendor = if purchase.vendor.is_empty() { String::new() } else { cell(&purchase.vendor) };
            let (promised, arrives) = match purchase.expected.filter(|&at| at >= start) {
                Some(at) => (seconds(at - start), "promised"),
                None => (String::new(), "lead-time"),
            };
            let (warehouse, product, age) =
                (cell(warehouse), cell(&purchase.product), seconds(start - purchase.ordered));
            let _ = writeln!(rows, "{warehouse},{product},{open},{vendor},{age},{promised},{arrives}");
        }
        if parts > 0 {
            let rows = plural(parts, "row");
            made.notes.push(format!(
                "purchases: {rows} with a part of a unit still to come, of which the whole units are on their way."
            ));
        }
        if self.purchases.is_empty() {
            // The stock itself may say what is on its way, though not since when.
            for ((warehouse, product), held) in
                self.stock.iter().flat_map(|stock| &stock.held).filter(|(_, held)| held.incoming > 0)
            {
                made.open_purchases += 1;
                let _ = writeln!(rows, "{},{},{},,1d,,lead-time", cell(warehouse), cell(product), held.incoming);
            }
        }
        if made.open_purchases > 0 {
            let _ = write!(body, "[open_purchase_orders]\n{}\n\n", self.file("open-purchase-orders.csv"));
            made.files.push(("open-purchase-orders.csv".into(), rows));
        }
    }

    fn product_rows(&self, vendors: &[String]) -> String {
        let products = &self.products.list;
        let has_weight = products.iter().any(|product| product.weight.is_some());
        let together = &self.fitted.together.groups;
        let has_pairs = self.demand == DemandKind::Fit && together.iter().any(Option::is_some);
        // What can stand in for what is there to be filled in.
        let mut text = String::from("id,vendor,price,unit_cost,share,substitutes");
        for (is_there, title) in [(has_weight, ",weight_kg"), (has_pairs, ",bought_with")] {
            text.push_str(if is_there { title } else { "" });
        }
        text.push('\n');
        for (number, product) in products.iter().enumerate() {
            let vendor = product.vendor.map_or(VENDOR, |vendor| vendors[vendor as usize].as_str());
            let price = product.price.or(product.cost.map(assumed_price)).unwrap_or(0.0);
            let cost = product.cost.unwrap_or(price * COST_SHARE);
            let share = match self.demand {
                DemandKind::Replay => product.lines.to_string(),
                DemandKind::Fit => format!("{:.6}", self.fitted.weights[number]),
            };
            let group = cell(product.group.as_deref().unwrap_or(""));
            let _ =
                write!(text, "{},{},{},{},{share},{group}", cell(&product.id), cell(vendor), money(price), money(cost));
            if has_weight {
                let _ = write!(text, ",{}", product.weight.unwrap_or(0.0));
            }
            if has_pairs {
                let group =
                    together.get(number).copied().flatten().map_or_else(String::new, |group| format!("pair-{group}"));
                let _ = write!(text, ",{group}");
            }
            text.push('\n');
        }
        text
    }

    /// What no export says, the most important first.
    fn assumptions(&self, vendors: &[String], made: &Made) -> Vec<String> {
        let mut list = self.unsaid.to_vec();
        if self.stock.is_none() {
            list.push(match self.warehouses().as_slice() {
                [one] => format!(
                    "one warehouse, \"{one}\", holds everything; its shelves are full at the start (no --inventory)"
                ),
                _ => "the shelves of every warehouse are full at the start (no --inventory), and any of them serves any order"
                    .to_string(),
            });
        } else if !self.is_as_of {
            let day = day_named(self.start);
            list.push(format!(
                "the stock of the inventory is that of {day}, the first day; --as-of DATE begins on its own day"
            ));
        }
        let all = self.products.list.len();
        let of = |count: usize| if count == all { "every product".to_string() } else { plural(count, "product") };
        let unpriced =
            self.products.list.iter().filter(|product| product.cost.is_none() && product.price.is_none()).count();
        if unpriced > 0 {
            let of = of(unpriced);
            list.push(format!(
                "nothing says what a unit is sold for or costs: 0.00 of {of} (price and unit_cost in products.csv)"
            ));
        }
        let lacking = self.products.list.iter().filter(|product| product.cost.is_none()).count() - unpriced;
        if lacking > 0 {
            let (percent, of) = ((COST_SHARE * 100.0) as u32, of(lacking));
            list.push(format!("a unit costs {percent} % of its price: of {of} (unit_cost in products.csv)"));
        }
        let (home, abroad) = (TERMS.at_home, TERMS.abroad);
        list.push(match self.zones.international.iter().any(|abroad| *abroad) {
            true => format!(
                "a parcel costs {} and takes {} at home, {} and {} abroad (lanes.csv)",
                money(home.0),
                home.1,
                money(abroad.0),
                abroad.1
            ),
            false => format!("a parcel costs {} and takes {} (lanes.csv)", money(home.0), home.1),
        });
        let unknown = vendors.iter().filter(|vendor| !self.lead_times.contains_key(*vendor)).count();
        if self.lead_times.is_empty() {
            let who = if vendors.len() == 1 { "the vendor delivers" } else { "each vendor delivers" };
            list.push(format!("{who} in 14 days on average (gamma, cv 0.4): no receipts were given"));
        } else if unknown > 0 {
            let deliver = if unknown == 1 { "delivers" } else { "deliver" };
            list.push(format!("{} without receipts {deliver} like all others together", plural(unknown, "vendor")));
        }
        list.push("a purchase order costs 20.00 to place; holding stock costs 25 % a year of what it cost".to_string());
        let levels = if made.files.iter().any(|(name, _)| name == "levels.csv") {
            "levels, where the file has none"
        } else {
            "levels"
        };
        list.push(format!("{levels}: what a fill rate of 95 % needs, looked at once a day"));
        list.push("customers wait for what is on backorder, and nobody calls; nothing can be swapped".to_string());
        if self.purchases.is_empty() && self.is_as_of && made.open_purchases > 0 {
            list.push("what is on its way was ordered the day before (no --purchases)".to_string());
        }
        list
    }
}

/// What a unit is sold for where only its cost is known; no more than a scenario takes.
fn assumed_price(cost: f64) -> f64 {
    (cost / COST_SHARE).min(Range::MONEY.max)
}

fn stock_rows(stock: &Stock) -> String {
    let mut text = String::from("warehouse,product,units\n");
    for ((warehouse, product), held) in &stock.held {
        let _ = writeln!(text, "{},{},{}", cell(warehouse), cell(product), held.units);
    }
    text
}

/// A fit in a sentence.
pub fn in_words(fit: &Fit) -> String {
    let observed = plural(fit.days.len(), "delivery").replace("deliverys", "deliveries");
    let poor = if fit.is_poor() { "; so few that this is a guess" } else { "" };
    let mean = fit.days.iter().sum::<f64>() / fit.days.len() as f64;
    let far = match fit.distance {
        0.0 => String::new(),
        distance => format!(", Kolmogorov–Smirnov {distance:.3} (p {:.2})", fit.chance),
    };
    format!(
        "{observed}, {} days on average ± {}: {}{far}{poor}",
        grouped(mean, 1),
        grouped(fit.half_width, 1),
        fit.family.key()
    )
}

/// Seconds as a duration.
fn seconds(seconds: i64) -> String {
    if seconds < 60 { format!("{seconds}s") } else { duration(seconds as f64 / DAY as f64) }
}

const REPLENISHMENT: &str = "\
[replenishment]
policy = \"s-S\"
review = \"1d\"
target = { fill_rate = 0.95 }
";

const REST: &str = "\
[customers]
keep_when_backordered = 1.0      # the share that orders a product shown On Backorder
# contact = { probability = 0.1, after = { exponential = { mean = \"3d\" } } }

[costs]
holding_rate = 0.25              # a year, of unit cost
# backorder_per_unit_day = 0.10
# cancelled_order = 5.00
# lost_margin = 1.0
";
