//! A scenario as plain lists: easy to make up, to cut down, and to write out as a file.

use std::fmt::Write;

use backorder::domain::Span;

/// A scenario, scripted but for a little chance. Zones, warehouses, products and vendors are named `z1`, `w1`, `p1`, `v1` and so on.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What a question that begins with "what if" changes: a path and its value.
    pub shock: Option<(String, String)>,
    pub horizon: i64,
    pub warm_up: i64,
    pub run_out: i64,
    /// Whether each zone is international.
    pub zones: Vec<bool>,
    /// Each warehouse's handling, in seconds.
    pub warehouses: Vec<i64>,
    /// Further keys of each warehouse, as they are written: when it is open and how much it picks. As many as there are warehouses.
    pub docks: Vec<String>,
    pub lanes: Vec<LaneRow>,
    pub vendors: Vec<VendorRow>,
    pub products: Vec<ProductRow>,
    pub stock: Vec<StockRow>,
    pub receipts: Vec<ReceiptRow>,
    pub orders: Vec<OrderRow>,
    pub contacts: Vec<ContactRow>,
    /// Purchase orders and orders of before second 0; `at` is how long before.
    pub underway: Vec<UnderwayRow>,
    pub waiting: Vec<OrderRow>,
    /// `holidays` of `[calendar]`, as they are written.
    pub holidays: Option<&'static str>,
    /// Rows of `[[events]]`, as they are written.
    pub events: Vec<String>,
    /// Rows of `[[customer_classes]]` without their names, `c1` and so on, as they are written.
    pub classes: Vec<String>,
    /// Units that are reserved, and for which classes.
    pub reserve: Option<(i64, Vec<usize>)>,
    /// `[promise]`, as it is written, and its rows.
    pub promise: Option<(String, Vec<String>)>,
    /// Orders that nobody wrote down.
    pub demand: Option<DemandRow>,
    pub replenishment: Option<Policy>,
    pub settings: Vec<Setting>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LaneRow {
    pub from: usize,
    pub to: usize,
    pub cents: i64,
    pub transit: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct VendorRow {
    pub lead_time: i64,
    /// Whether it is random, with `lead_time` as its mean.
    pub random: bool,
    pub minimum: i64,
    pub multiple: i64,
    /// How long what is wanted is collected for one order.
    pub consolidate: Option<i64>,
    /// What an order has to come to.
    pub order_minimum: Option<OrderMinimumRow>,
    pub expedite: Option<i64>,
    /// `when` and `budget_per_month` of it, where they are named.
    pub expedite_when: Option<&'static str>,
    pub expedite_budget: Option<i64>,
    /// (every, lasts)
    pub disruption: Option<(i64, i64)>,
    /// Further keys, as they are written: when it works and how fast, what is planned for it.
    pub working: String,
}

/// `order_minimum`, in units or in money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrderMinimumRow {
    pub amount: i64,
    pub in_money: bool,
    pub waits: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ProductRow {
    pub vendor: usize,
    /// Substitute group.
    pub group: Option<usize>,
    pub levels: Option<LevelRow>,
    pub unit_cost: i64,
    pub price: i64,
    /// At which reviews it is looked at.
    pub review_every: i64,
    /// How many units may wait.
    pub most: Option<i64>,
    /// Its own target, as it is written.
    pub target: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StockRow {
    pub warehouse: usize,
    pub product: usize,
    pub units: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ReceiptRow {
    pub at: i64,
    pub warehouse: usize,
    pub product: usize,
    pub units: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct UnderwayRow {
    pub age: i64,
    pub warehouse: usize,
    pub product: usize,
    pub units: i64,
    /// Arrives then, not by the lead time.
    pub promised: Option<i64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OrderRow {
    pub at: i64,
    pub zone: usize,
    /// (product, units)
    pub lines: Vec<(usize, i64)>,
    /// How long after that it is due.
    pub due_after: i64,
    /// The customer's class, where there are some.
    pub class: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ContactRow {
    pub at: i64,
    /// From 0.
    pub order: usize,
    /// From 1.
    pub line: usize,
    pub swap: bool,
}

/// `[demand]`.
#[derive(Clone, Debug, PartialEq)]
pub struct DemandRow {
    /// Orders a day, in tenths.
    pub tenths: i64,
    /// Mean lines of an order, in tenths.
    pub lines: i64,
    /// Most units of a line.
    pub units: i64,
    /// How long after it comes an order is due.
    pub due_after: i64,
    /// Whether they come on three days of the week only.
    pub weekly: bool,
    /// Whether the months differ.
    pub yearly: bool,
    /// How many hours a period has, where demand comes by period: of each product 0 to `units`.
    pub period: Option<i64>,
}

/// `[replenishment]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    pub name: &'static str,
    /// `None` is continuous.
    pub review: Option<i64>,
    /// `can_order`, in tenths.
    pub can_order: Option<i64>,
    pub general: Option<LevelRow>,
    pub pairs: Vec<(usize, usize, LevelRow)>,
    /// Levels of pairs from some second on.
    pub later: Vec<(usize, usize, i64, LevelRow)>,
    /// Further keys, as they are written: targets, and what levels follow.
    pub plan: Vec<String>,
    /// `[forecast]`, as it is written.
    pub forecast: Vec<String>,
}

/// The levels a policy may ask for; each policy writes its own. What is left out stands in a more general place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelRow {
    pub reorder_point: Option<i64>,
    /// The lot, the base stock, or what the order-up-to level lies above [`HIGHEST_POINT`].
    pub quantity: Option<i64>,
}

/// A scenario file begins with this where it is to be run with a setting changed, which follows.
pub const SHOCK: &str = "# --set ";

/// No reorder point is higher, so that any point goes with any order-up-to level.
pub const HIGHEST_POINT: i64 = 2;

/// One key of a table, with the value that makes least happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    pub table: &'static str,
    pub key: &'static str,
    pub value: String,
    pub plain: &'static str,
}

/// A duration as files write it, in quotes.
pub fn quoted(seconds: i64) -> String {
    format!("\"{}\"", Span(seconds))
}

impl Draft {
    /// The scenario file.
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        self.write(&mut out).expect("writing to a string");
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        if let Some((path, value)) = &self.shock {
            writeln!(out, "{SHOCK}{path}={value}")?;
        }
        writeln!(out, "name = \"random\"\n")?;
        writeln!(out, "[run]\nhorizon = {}\nwarm_up = {}", quoted(self.horizon), quoted(self.warm_up))?;
        writeln!(out, "run_out = {}\nreplications = 1\nseed = 1\n", quoted(self.run_out))?;
        if let Some(holidays) = self.holidays {
            writeln!(out, "[calendar]\nholidays = {holidays}\n")?;
        }
        for (place, international) in self.zones.iter().enumerate() {
            let foreign = if *international { "\ninternational = true" } else { "" };
            writeln!(out, "[[zones]]\nid = \"z{}\"{foreign}\n", place + 1)?;
        }
        for (place, handling) in self.warehouses.iter().enumerate() {
            let dock = &self.docks[place];
            writeln!(out, "[[warehouses]]\nid = \"w{}\"\nhandling = {}\n{dock}", place + 1, quoted(*handling))?;
        }
        for lane in &self.lanes {
            writeln!(out, "[[lanes]]\nfrom = \"w{}\"\nto = \"z{}\"", lane.from + 1, lane.to + 1)?;
            let cost = lane.cents as f64 / 100.0;
            writeln!(out, "parcel_cost = {cost:.2}\ntransit = {}\n", quoted(lane.transit))?;
        }
        for (place, vendor) in self.vendors.iter().enumerate() {
            let mean = quoted(vendor.lead_time);
            let lead_time = if vendor.random { format!("{{ gamma = {{ mean = {mean}, cv = 0.8 }} }}") } else { mean };
            writeln!(out, "[[vendors]]\nid = \"v{}\"\nlead_time = {lead_time}", place + 1)?;
            writeln!(out, "minimum_units = {}\nmultiple = {}", vendor.minimum, vendor.multiple)?;
            if let Some(time) = vendor.consolidate {
                writeln!(out, "consolidate = {}", quoted(time))?;
            }
            if let Some(OrderMinimumRow { amount, in_money, waits }) = vendor.order_minimum {
                let (key, word) = (if in_money { "money" } else { "units" }, if waits { "wait" } else { "fill-up" });
                writeln!(out, "order_minimum = {{ {key} = {amount} }}\nbelow_minimum = \"{word}\"")?;
            }
            if let Some(lead_time) = vendor.expedite {
                write!(out, "expedite = {{ lead_time = {}, cost_per_unit = 0.5", quoted(lead_time))?;
                if let Some(when) = vendor.expedite_when {
                    write!(out, ", when = \"{when}\"")?;
                }
                if let Some(budget) = vendor.expedite_budget {
                    write!(out, ", budget_per_month = {budget}")?;
                }
                writeln!(out, " }}")?;
            }
            if let Some((every, lasts)) = vendor.disruption {
                writeln!(out, "disruption = {{ every = {}, lasts = {} }}", quoted(every), quoted(lasts))?;
            }
            writeln!(out, "{}", vendor.working)?;
        }
        for (place, product) in self.products.iter().enumerate() {
            writeln!(out, "[[products]]\nid = \"p{}\"", place + 1)?;
            if !self.vendors.is_empty() {
                writeln!(out, "vendor = \"v{}\"", product.vendor + 1)?;
            }
            if product.unit_cost > 0 {
                writeln!(out, "unit_cost = {}", product.unit_cost)?;
            }
            if product.price > 0 {
                writeln!(out, "price = {}", product.price)?;
            }
            if product.review_every > 1 {
                writeln!(out, "review_every = {}", product.review_every)?;
            }
            if let Some(group) = product.group {
                writeln!(out, "substitutes = \"g{}\"", group + 1)?;
            }
            if let Some(most) = product.most {
                writeln!(out, "max_backorders = {most}")?;
            }
            if let (Some(_), Some(target)) = (&self.replenishment, product.target) {
                writeln!(out, "target = {target}")?;
            }
            if let (Some(policy), Some(levels)) = (&self.replenishment, &product.levels) {
                writeln!(out, "{}", levels.keys(policy.name))?;
            }
            writeln!(out)?;
        }
        self.write_script(out)?;
        for event in &self.events {
            writeln!(out, "[[events]]\n{event}\n")?;
        }
        for (place, class) in self.classes.iter().enumerate() {
            writeln!(out, "[[customer_classes]]\nid = \"c{}\"\n{class}\n", place + 1)?;
        }
        if let Some((units, classes)) = &self.reserve {
            let classes: Vec<String> = classes.iter().map(|class| format!("\"c{}\"", class + 1)).collect();
            writeln!(out, "[rules.reserve]\nunits = {units}\nclasses = [{}]\n", classes.join(", "))?;
        }
        if let Some((promise, rows)) = &self.promise {
            writeln!(out, "[promise]\n{promise}\n")?;
            for row in rows {
                writeln!(out, "[[promise.rows]]\n{row}\n")?;
            }
        }
        if let Some(DemandRow { period: Some(hours), units, .. }) = &self.demand {
            let units: Vec<i64> = (0..=*units).collect();
            // Unequal weights, for no round forecast.
            let weights: Vec<i64> = units.iter().map(|units| 7 + 4 * units).rev().collect();
            writeln!(out, "[demand]\nperiod = \"{hours}h\"\nat = \"{}h\"", hours / 2)?;
            writeln!(out, "units_per_period = {{ empirical = {{ values = {units:?}, weights = {weights:?} }} }}")?;
            self.write_due(out)?;
        } else if let Some(demand) = &self.demand {
            writeln!(out, "[demand]\norders_per_day = {:.1}", demand.tenths as f64 / 10.0)?;
            writeln!(out, "lines_per_order = {{ geometric = {{ mean = {:.1} }} }}", demand.lines as f64 / 10.0)?;
            let units: Vec<i64> = (1..=demand.units).collect();
            writeln!(out, "units_per_line = {{ empirical = {{ values = {units:?} }} }}")?;
            if demand.weekly {
                writeln!(out, "weekly = [0.0, 2.0, 0.0, 3.0, 0.0, 2.0, 0.0]")?;
            }
            if demand.yearly {
                writeln!(out, "yearly = [1.0, 3.0, 0.5, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]")?;
            }
            self.write_due(out)?;
        }
        if let Some(policy) = &self.replenishment {
            if !policy.forecast.is_empty() {
                writeln!(out, "[forecast]\n{}\n", policy.forecast.join("\n"))?;
            }
            let review = policy.review.map_or("\"continuous\"".to_string(), quoted);
            writeln!(out, "[replenishment]\npolicy = \"{}\"\nreview = {review}", policy.name)?;
            if let Some(tenths) = policy.can_order {
                writeln!(out, "can_order = {:.1}", tenths as f64 / 10.0)?;
            }
            if let Some(levels) = &policy.general {
                writeln!(out, "{}", levels.keys(policy.name))?;
            }
            writeln!(out, "{}\n", policy.plan.join("\n"))?;
            for (warehouse, product, levels) in &policy.pairs {
                let keys = levels.keys(policy.name);
                writeln!(out, "[[replenishment.levels]]\nwarehouse = \"w{}\"", warehouse + 1)?;
                writeln!(out, "product = \"p{}\"\n{keys}\n", product + 1)?;
            }
            for (warehouse, product, from, levels) in &policy.later {
                let (keys, from) = (levels.keys(policy.name), quoted(*from));
                writeln!(out, "[[replenishment.levels]]\nwarehouse = \"w{}\"", warehouse + 1)?;
                writeln!(out, "product = \"p{}\"\nfrom = {from}\n{keys}\n", product + 1)?;
            }
        }
        let mut table = "";
        for setting in self.settings.iter().filter(|setting| Self::matters(setting)) {
            if setting.table != table {
                table = setting.table;
                writeln!(out, "[{table}]")?;
            }
            writeln!(out, "{} = {}", setting.key, setting.value)?;
        }
        Ok(())
    }

    fn class_of(&self, row: &OrderRow) -> String {
        if self.classes.is_empty() { String::new() } else { format!("\nclass = \"c{}\"", row.class + 1) }
    }

    fn write_due(&self, out: &mut String) -> std::fmt::Result {
        match &self.demand {
            Some(demand) if demand.due_after > 0 => writeln!(out, "due_after = {}\n", quoted(demand.due_after)),
            _ => writeln!(out),
        }
    }

    /// Whether a setting is written: leaving it out is the plain value, except for a few.
    fn matters(setting: &Setting) -> bool {
        match (setting.table, setting.key) {
            ("rules.split", "ship_available") | ("rules.cancellation", "after") | ("customers", "swap_share") => true,
            // Whoever may call needs to know when.
            ("customers.contact", _) => true,
            _ => setting.value != setting.plain,
        }
    }

    fn write_script(&self, out: &mut String) -> std::fmt::Result {
        for row in &self.stock {
            writeln!(out, "[[stock]]\nwarehouse = \"w{}\"\nproduct = \"p{}\"", row.warehouse + 1, row.product + 1)?;
            writeln!(out, "units = {}\n", row.units)?;
        }
        for row in &self.receipts {
            writeln!(out, "[[receipts]]\nat = {}\nwarehouse = \"w{}\"", quoted(row.at), row.warehouse + 1)?;
            writeln!(out, "product = \"p{}\"\nunits = {}\n", row.product + 1, row.units)?;
        }
        for (place, row) in self.orders.iter().enumerate() {
            let lines: Vec<String> = row
                .lines
                .iter()
                .map(|(product, units)| format!("{{ product = \"p{}\", units = {units} }}", product + 1))
                .collect();
            writeln!(out, "[[orders]] # {}\nat = {}\nzone = \"z{}\"", place + 1, quoted(row.at), row.zone + 1)?;
            let due =
                if row.due_after > 0 { format!("\ndue_after = {}", quoted(row.due_after)) } else { String::new() };
            writeln!(out, "lines = [{}]{due}{}\n", lines.join(", "), self.class_of(row))?;
        }
        for row in &self.waiting {
            let line =
                |(product, units): &(usize, i64)| format!("{{ product = \"p{}\", units = {units} }}", product + 1);
            let lines: Vec<String> = row.lines.iter().map(line).collect();
            writeln!(out, "[[open_orders]]\nplaced = {}\nzone = \"z{}\"", quoted(row.at), row.zone + 1)?;
            writeln!(out, "lines = [{}]{}\n", lines.join(", "), self.class_of(row))?;
        }
        for row in &self.underway {
            writeln!(
                out,
                "[[open_purchase_orders]]\nordered = {}\nwarehouse = \"w{}\"",
                quoted(row.age),
                row.warehouse + 1
            )?;
            writeln!(out, "product = \"p{}\"\nunits = {}", row.product + 1, row.units)?;
            if let Some(at) = row.promised {
                writeln!(out, "promised = {}\narrives = \"promised\"", quoted(at))?;
            }
            writeln!(out)?;
        }
        for row in &self.contacts {
            let wants = if row.swap { "swap" } else { "remove" };
            writeln!(out, "[[contacts]]\nat = {}\norder = {}", quoted(row.at), row.order + 1)?;
            writeln!(out, "line = {}\nwants = \"{wants}\"\n", row.line)?;
        }
        Ok(())
    }

    /// Has held orders sourced anew before they leave.
    pub fn reevaluate(&mut self) {
        let value = "true".to_string();
        self.settings.insert(0, Setting { table: "sourcing", key: "reevaluate", value, plain: "false" });
    }

    /// Without generated orders, and without what is planned by them.
    pub fn forget_demand(&mut self) {
        (self.demand, self.shock) = (None, None);
        self.products.iter_mut().for_each(|product| product.target = None);
        if let Some(policy) = &mut self.replenishment
            && !policy.plan.is_empty()
        {
            (policy.plan, policy.forecast) = (vec![], vec![]);
            policy.general = Some(LevelRow { reorder_point: Some(1), quantity: Some(2) });
        }
    }

    /// Gives every setting that stands in this table under this key a value.
    pub fn set(&mut self, table: &str, key: &str, value: &str) {
        for setting in self.settings.iter_mut().filter(|setting| setting.table == table && setting.key == key) {
            setting.value = value.to_string();
        }
    }
}

impl LevelRow {
    fn keys(&self, policy: &str) -> String {
        let point = self.reorder_point.map(|point| format!("reorder_point = {point}"));
        let keys = match policy {
            "s-S" => [point, self.quantity.map(|quantity| format!("order_up_to = {}", HIGHEST_POINT + quantity))],
            "r-Q" => [point, self.quantity.map(|quantity| format!("quantity = {quantity}"))],
            _ => [None, self.quantity.map(|quantity| format!("order_up_to = {quantity}"))],
        };
        keys.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }
}
