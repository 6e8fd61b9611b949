//! `[[stock]]`, `[[receipts]]`, `[[orders]]`, `[[open_orders]]`, `[[contacts]]`: what a scenario writes by hand.

use super::classes::class_of;
use super::diagnostic::grouped;
use super::item::Item;
use super::names::Names;
use super::network::Network;
use super::ordered;
use super::overrides::RowSettings;
use super::reader::Section;
use super::replenishment::duplicate_pair;
use super::report::Finding;
use super::schema;
use super::source::Place;
use super::table::{RowTable, Rows};
use super::tree::Value;
use crate::domain::settings::Table;
use crate::domain::{
    OpenOrder, OrderedLine, ProductId, Script, ScriptedContact, ScriptedOrder, ScriptedReceipt, SimTime, Span,
    StockRow, WarehouseId, ZoneId,
};
use std::collections::{BTreeMap, HashMap};

/// The rows, and where their instants stand.
pub struct Written {
    /// What the model takes.
    pub rows: Script,
    /// Instants with their places, for those that come after the end.
    pub places: Vec<(SimTime, Place)>,
    /// Where each order stands; in a file, its first row.
    pub order_places: Vec<Place>,
    /// Where each open order stands.
    pub open_order_places: Vec<Place>,
}

/// A table of orders: those to come, or those that are open.
struct OrderTable {
    key: &'static str,
    name: &'static str,
    in_scenario: &'static Table,
    in_file: &'static Table,
    /// The key that says when, from second 0 or before it.
    when: &'static str,
}

const TO_COME: OrderTable = OrderTable {
    key: "orders",
    name: "[[orders]]",
    in_scenario: &schema::ORDER,
    in_file: &schema::ORDER_ROW,
    when: "at",
};
const OPEN: OrderTable = OrderTable {
    key: "open_orders",
    name: "[[open_orders]]",
    in_scenario: &schema::OPEN_ORDER,
    in_file: &schema::OPEN_ORDER_ROW,
    when: "placed",
};

impl OrderTable {
    /// How long after it is placed an order is due.
    fn due_after(&self, row: &Section<'_>) -> Option<Span> {
        if self.in_scenario.key("due_after").is_some() { row.read("due_after") } else { Some(Span::ZERO) }
    }

    /// Whether another part of an order has left.
    fn part_shipped(&self, row: &Section<'_>) -> Option<bool> {
        if self.in_scenario.key("part_shipped").is_some() { row.read("part_shipped") } else { Some(false) }
    }
}

/// Orders as they are written.
#[derive(Default)]
struct Orders {
    /// Those that could be read; an open one has its age.
    list: Vec<ScriptedOrder>,
    part_shipped: Vec<bool>,
    places: Vec<Place>,
    /// When each is placed, and where that stands.
    instants: Vec<(SimTime, Place)>,
    /// How many there are.
    count: usize,
}

struct Reader<'a, 'c> {
    root: &'a Section<'c>,
    settings: &'c RowSettings<'c>,
    network: &'a Network,
    products: &'a Names,
    classes: &'a Names,
    places: Vec<(SimTime, Place)>,
}

/// Reads the tables. `generated` says whether there are more orders than those written.
pub fn read<'c>(
    root: &Section<'c>,
    settings: &'c RowSettings<'c>,
    network: &Network,
    products: &Names,
    classes: &Names,
    generated: bool,
) -> Written {
    let mut reader = Reader { root, settings, network, products, classes, places: Vec::new() };
    let stock = reader.stock();
    let receipts = reader.receipts();
    let orders = reader.orders(&TO_COME);
    reader.places.extend(&orders.instants);
    let open = reader.orders(&OPEN);
    let contacts = reader.contacts(orders.count + open.count, generated);
    let open_orders = (open.list.into_iter().zip(open.part_shipped))
        .map(|(ScriptedOrder { at, zone, lines, class, .. }, part_shipped)| OpenOrder {
            age: at - SimTime::ZERO,
            zone,
            lines,
            part_shipped,
            class,
        })
        .collect();
    Written {
        rows: Script { stock, receipts, orders: orders.list, contacts, open_purchase_orders: Vec::new(), open_orders },
        places: reader.places,
        order_places: orders.places,
        open_order_places: open.places,
    }
}

impl<'c> Reader<'_, 'c> {
    fn table(&self, key: &'static str, name: &'static str) -> RowTable<'c> {
        RowTable { key, name, settings: self.settings }
    }

    fn stock(&mut self) -> Option<Vec<StockRow>> {
        let mut stock = Vec::new();
        let mut seen: BTreeMap<(u32, u32), Place> = BTreeMap::new();
        let table = self.table("stock", "[[stock]]");
        let there = table.for_each(self.root, &schema::STOCK, |row| {
            let warehouse = row.item("warehouse").and_then(|item| self.network.warehouse_names.resolve(&item));
            let product = row.item("product").and_then(|item| self.products.resolve(&item));
            let units = row.item("units").and_then(|item| ordered::on_hand(&item));
            let (Some(warehouse), Some(product)) = (warehouse, product) else { return };
            if let Some(first) = seen.insert((warehouse, product), row.at) {
                let help = "keep one of them; where both are there, in two places of one warehouse, write their sum";
                duplicate_pair(&row, first, help, &self.network.warehouse_names, warehouse, self.products, product);
            }
            if let Some(units) = units {
                stock.push(StockRow { warehouse: WarehouseId(warehouse), product: ProductId(product), units });
            }
        });
        (there != Rows::Absent).then_some(stock)
    }

    fn receipts(&mut self) -> Vec<ScriptedReceipt> {
        let mut receipts = Vec::new();
        let table = self.table("receipts", "[[receipts]]");
        table.for_each(self.root, &schema::RECEIPT, |row| {
            let at = instant(row.item("at"), &mut self.places);
            let warehouse = row.item("warehouse").and_then(|item| self.network.warehouse_names.resolve(&item));
            let product = row.item("product").and_then(|item| self.products.resolve(&item));
            let units = row.read("units");
            if let (Some(at), Some(warehouse), Some(product), Some(units)) = (at, warehouse, product, units) {
                let (warehouse, product) = (WarehouseId(warehouse), ProductId(product));
                receipts.push(ScriptedReceipt { at, warehouse, product, units });
            }
        });
        receipts
    }

    fn orders(&self, table: &OrderTable) -> Orders {
        let from_file = self.root.written(table.key).is_some_and(|item| matches!(item.node.value, Value::Table(_)));
        if from_file { self.orders_from_file(table) } else { self.orders_in_scenario(table) }
    }

    fn orders_in_scenario(&self, of: &OrderTable) -> Orders {
        let mut orders = Orders::default();
        let table = self.table(of.key, of.name);
        table.for_each(self.root, of.in_scenario, |row| {
            orders.count += 1;
            let at = row.item(of.when).and_then(|item| when(of, &item, &mut orders.instants));
            let zone = row.item("zone").and_then(|item| self.network.zone_names.resolve(&item));
            let lines = row.item("lines").and_then(|item| lines(&item, self.products));
            let part_shipped = of.part_shipped(&row);
            let due_after = of.due_after(&row);
            let class = class_of(&row, self.classes);
            if let (Some(at), Some(zone), Some(lines), Some(part_shipped), Some(due_after), Some(class)) =
                (at, zone, lines, part_shipped, due_after, class)
            {
                orders.list.push(ScriptedOrder { at, zone: ZoneId(zone), lines, due_after, class });
                orders.part_shipped.push(part_shipped);
                orders.places.push(row.at);
            }
        });
        orders
    }

    /// One row a line: rows of one `order` belong together, whose first row says when and where.
    fn orders_from_file(&self, of: &OrderTable) -> Orders {
        let mut orders = Orders::default();
        // Asked for single labels only. `None` stands for an order whose first row cannot be read.
        let mut by_label: HashMap<String, Option<usize>> = HashMap::new();
        let table = self.table(of.key, of.name);
        table.for_each_as(self.root, of.in_scenario, of.in_file, &[], |row| {
            let product = row.item("product").and_then(|item| self.products.resolve(&item));
            let units = ordered::units_of(&row);
            let Some((label, name)) = row.item("order").and_then(|item| item.name().map(|name| (item, name))) else {
                return;
            };
            if !by_label.contains_key(&*name) {
                let number = by_label.len() + 1;
                if of.key == TO_COME.key {
                    misnumbered(&label, &name, number);
                }
                let why = ", which the first row of an order must give";
                let at = row.needed(of.when, why).and_then(|item| when(of, &item, &mut orders.instants));
                let zone = row.needed("zone", why).and_then(|item| self.network.zone_names.resolve(&item));
                let part_shipped = of.part_shipped(&row);
                let said = part_shipped.zip(of.due_after(&row)).zip(class_of(&row, self.classes));
                let order = at.zip(zone).zip(said).map(|((at, zone), ((part_shipped, due_after), class))| {
                    orders.list.push(ScriptedOrder { at, zone: ZoneId(zone), lines: Vec::new(), due_after, class });
                    orders.part_shipped.push(part_shipped);
                    orders.places.push(row.at);
                    orders.list.len() - 1
                });
                by_label.insert(name.to_string(), order);
            } else if let Some(Some(order)) = by_label.get(&*name) {
                self.agrees(of, &row, &orders.list[*order]);
            }
            if let (Some(product), Some(units), Some(Some(order))) = (product, units, by_label.get(&*name)) {
                orders.list[*order].lines.push(OrderedLine { product: ProductId(product), units });
            }
        });
        orders.count = by_label.len();
        orders
    }

    /// A later row of an order may repeat when and where, but not change it.
    fn agrees(&self, of: &OrderTable, row: &Section<'_>, order: &ScriptedOrder) {
        let at = row.written(of.when).and_then(|item| Some((item, item.instant()?)));
        let zone = row.written("zone").and_then(|item| Some((item, self.network.zone_names.resolve(&item)?)));
        let differs = |item: &Item<'_>| {
            let message = format!("`{}` differs from the first row of its order", item.key);
            let finding = item.error("clash", message);
            row.cx.sink.push(finding.help("leave it empty here, or give the line to another order"));
        };
        if let Some((item, at)) = at
            && at != order.at
        {
            differs(&item);
        }
        if let Some((item, zone)) = zone
            && ZoneId(zone) != order.zone
        {
            differs(&item);
        }
    }

    fn contacts(&mut self, orders: usize, generated: bool) -> Vec<ScriptedContact> {
        let mut contacts = Vec::new();
        let table = self.table("contacts", "[[contacts]]");
        table.for_each(self.root, &schema::CONTACT, |row| {
            let at = instant(row.item("at"), &mut self.places);
            let order = row.item("order").and_then(|item| {
                let number = item.whole(1, i64::MAX)?;
                if number as u64 > orders as u64 && !generated {
                    let message = format!("there is no order {}", grouped(number as usize));
                    let expected = match orders {
                        0 => "an order; the scenario has no [[orders]] and no [demand]".to_string(),
                        1 => "1, the only order".to_string(),
                        n => format!("a number from 1 to {}", grouped(n)),
                    };
                    row.cx.sink.push(item.error("dangling", message).expected(expected));
                }
                Some(number as u64)
            });
            let line = row.read("line");
            let wants = row.read("wants");
            if let (Some(at), Some(order), Some(line), Some(wants)) = (at, order, line, wants) {
                contacts.push(ScriptedContact { at, order, line, wants });
            }
        });
        contacts
    }
}

fn instant(item: Option<Item<'_>>, places: &mut Vec<(SimTime, Place)>) -> Option<SimTime> {
    let item = item?;
    let at = item.instant()?;
    places.push((at, item.node.at));
    Some(at)
}

/// When an order is placed: after second 0, or so long before it.
fn when(of: &OrderTable, item: &Item<'_>, instants: &mut Vec<(SimTime, Place)>) -> Option<SimTime> {
    let at = if of.key == OPEN.key { item.some_time().map(|age| SimTime::ZERO + age) } else { item.instant() };
    instants.extend(at.map(|at| (at, item.node.at)));
    at
}

/// The lines of an order; `None` where one of them cannot be read.
fn lines(item: &Item<'_>, products: &Names) -> Option<Vec<OrderedLine>> {
    let read: Vec<Option<OrderedLine>> = item
        .list()?
        .map(|line| {
            let line = Section::new(item.cx, line.node, &schema::ORDER_LINE)?;
            let product = line.item("product").and_then(|item| products.resolve(&item));
            let units = ordered::units_of(&line);
            Some(OrderedLine { product: ProductId(product?), units: units? })
        })
        .collect();
    if read.is_empty() {
        let message = "this order has no lines".to_string();
        let finding = item.error("empty-order", message);
        item.cx.sink.push(finding.help("add one, for example `lines = [{ product = \"whey\", units = 1 }]`"));
        return None;
    }
    read.into_iter().collect()
}

/// A file that numbers its orders must number them as the simulator does, or contacts would mean others.
fn misnumbered(label: &Item<'_>, name: &str, number: usize) {
    if let Ok(labelled) = name.parse::<usize>()
        && labelled != number
    {
        let message = format!("this is order {number} of the file, not {labelled}");
        let finding = Finding::error("misnumbered", label.node.at, message).about("order");
        label.cx.sink.push(finding.expected("numbers 1, 2, 3, … in the file's order, or names that are no numbers"));
    }
}
