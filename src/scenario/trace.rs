//! `[demand.trace]`: real orders from a CSV file, one row a line.

use super::assortment::Products;
use super::choices::RESAMPLE;
use super::context::Context;
use super::date::Moment;
use super::diagnostic::grouped;
use super::distribution::no_column;
use super::item::Item;
use super::names::Names;
use super::network::Network;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::sheet::{Field, Header, Records};
use super::source::Place;
use super::table::wrong_width;
use super::tree::{Node, Value};
use crate::domain::{OrderedLine, ProductId, SimTime, TraceDemand, TraceOrder, ZoneId};
use std::borrow::Cow;
use std::collections::HashMap;

/// Reads the trace.
pub fn read(table: &Section<'_>, network: &Network, products: &Products) -> Option<TraceDemand> {
    let file = table.item("file");
    let resample = table.item("resample").and_then(|item| item.choice(RESAMPLE));
    let columns = table.table::<schema::TraceColumns>("columns", "`columns` of [demand.trace]");
    let zones = Zones::read(table, network);
    let orders = read_file(&file?, &columns, &zones?, &products.names)?;
    Some(TraceDemand { resample: resample?, ..orders })
}

/// What the values of the zone column mean. The map is only ever asked for single values.
struct Zones<'c> {
    /// `None` where a listed zone is not there, which has been reported.
    listed: HashMap<&'c str, Option<ZoneId>>,
    names: &'c Names,
}

impl<'c> Zones<'c> {
    fn read(table: &Section<'c>, network: &'c Network) -> Option<Self> {
        let mut zones = Self { listed: HashMap::new(), names: &network.zone_names };
        let Some(item) = table.written("zone_from") else { return Some(zones) };
        let Value::Table(entries) = &item.node.value else {
            let message = format!("`zone_from` must be a table, not {}", item.node.shown());
            let expected = "values of the zone column with zones, such as { \"Texas\" = \"south\" }";
            table.cx.sink.push(item.error("wrong-type", message).expected(expected));
            return None;
        };
        for entry in entries {
            let zone = Item { cx: table.cx, node: &entry.node, key: &entry.key, key_at: entry.key_at };
            zones.listed.insert(&entry.key, zones.names.resolve(&zone).map(ZoneId));
        }
        Some(zones)
    }

    /// The zone of a value, if it has one; `Err` where it means nothing and nobody has said so yet.
    fn get(&self, value: &str) -> Result<Option<ZoneId>, ()> {
        match (self.listed.get(value), self.names.get(value)) {
            (Some(zone), _) => Ok(*zone),
            (None, Some(zone)) => Ok(Some(ZoneId(zone))),
            (None, None) => Err(()),
        }
    }
}

/// Positions of the columns.
struct Columns {
    order: usize,
    date: usize,
    zone: usize,
    product: usize,
    units: usize,
}

impl Columns {
    fn find(file: &Item<'_>, columns: &Section<'_>, header: &Header<'_>, file_name: &str) -> Option<Self> {
        let find = |key| {
            let item = columns.item(key)?;
            let name = item.name()?;
            let position = header.columns.iter().position(|field| field.text == name);
            if position.is_none() {
                // A default has no place of its own: the file that lacks the column is to blame then.
                let place = columns.written(key).unwrap_or(*file);
                let finding = no_column(&place, &name, file_name, header);
                let note = format!("`columns = {{ {key} = \"…\" }}` of [demand.trace] names it");
                columns.cx.sink.push(finding.about(key).note(note));
            }
            position
        };
        let (order, date, zone) = (find("order"), find("date"), find("zone"));
        let (product, units) = (find("product"), find("units"));
        Some(Self { order: order?, date: date?, zone: zone?, product: product?, units: units? })
    }
}

/// Values that mean nothing, each told once with its count.
struct Strangers<'n> {
    kind: &'static str,
    names: &'n Names,
    found: Vec<(String, Place, usize)>,
    index: HashMap<String, usize>,
}

impl<'n> Strangers<'n> {
    fn new(kind: &'static str, names: &'n Names) -> Self {
        Self { kind, names, found: Vec::new(), index: HashMap::new() }
    }

    fn meet(&mut self, value: &str, place: Place) {
        if let Some(&known) = self.index.get(value) {
            self.found[known].2 += 1;
        } else {
            self.index.insert(value.to_string(), self.found.len());
            self.found.push((value.to_string(), place, 1));
        }
    }

    fn report(&self, cx: &Context<'_>) {
        if !self.names.is_complete() {
            return;
        }
        for (value, place, rows) in &self.found {
            if cx.sink.is_full(place.source, "dangling", self.kind) {
                // Only counted from here on: a remedy would not be shown.
                let finding = Finding::error("dangling", *place, format!("no {} \"{value}\"", self.kind));
                cx.sink.push(finding.about(self.kind));
                continue;
            }
            let mut finding = self.names.unknown(*place, value).about(self.kind);
            if *rows > 1 {
                finding = finding.note(format!("{} rows name it", grouped(*rows)));
            }
            if self.kind == "zone" && self.names.closest(value).is_none() {
                finding = finding.help(format!("say which zone it is: `zone_from = {{ \"{value}\" = \"…\" }}`"));
            }
            cx.sink.push(finding);
        }
    }
}

/// An order whose moment is not yet counted from the trace's first day.
struct Draft {
    moment: Moment,
    zone: ZoneId,
    lines: Vec<OrderedLine>,
}

fn read_file(file: &Item<'_>, columns: &Section<'_>, zones: &Zones<'_>, products: &Names) -> Option<TraceDemand> {
    let cx = file.cx;
    let (number, source) = file.open()?;
    let mut records = Records::new(&source.text);
    let mut fields: Vec<Field<'_>> = Vec::new();
    let empty = |what: &str, at: Place| {
        let message = format!("{} {what}", source.name);
        cx.sink.push(Finding::error("empty-table", at, message).expected("a header and at least one row"));
    };
    if !records.next_into(&mut fields) {
        empty("is empty", Place::whole(number));
        return None;
    }
    let header = Header::new(number, std::mem::take(&mut fields));
    let columns = Columns::find(file, columns, &header, &source.name)?;
    let mut orders: Vec<Draft> = Vec::new();
    // Asked for single orders only. `None` stands for an order whose first row cannot be read.
    let mut by_id: HashMap<String, Option<usize>> = HashMap::new();
    let mut last_id = String::new();
    let mut unknown_zones = Strangers::new("zone", zones.names);
    let mut unknown_products = Strangers::new("product", products);
    let mut first_time: Option<bool> = None;
    let mut sound = true;
    // The first row that tells of its order what the order's first row does not, and how many there are.
    let mut differing: Option<(Place, String, usize)> = None;
    while records.next_into(&mut fields) {
        if fields.len() != header.columns.len() {
            wrong_width(cx, &header, &fields);
            sound = false;
            continue;
        }
        let place = |field: &Field<'_>| Place::new(number, field.start..field.end.max(field.start + 1));
        // Exports leave an order's own fields blank on its later rows.
        let id = &fields[columns.order];
        if !id.text.is_empty() {
            last_id.clear();
            last_id.push_str(&id.text);
        } else if last_id.is_empty() {
            let message = "the first row names no order".to_string();
            cx.sink.push(Finding::error("empty", place(id), message).expected("an order's number or name"));
            sound = false;
            continue;
        }
        if !by_id.contains_key(&last_id) {
            let (date, zone) = (&fields[columns.date], &fields[columns.zone]);
            let moment = moment(cx, date, place(date), &mut first_time);
            let zone_id = zones.get(&zone.text);
            if zone_id.is_err() {
                if zone.text.is_empty() {
                    let message = format!("the first row of order \"{last_id}\" names no zone");
                    cx.sink.push(Finding::error("empty", place(zone), message).about("zone"));
                } else {
                    unknown_zones.meet(&zone.text, place(zone));
                }
            }
            let draft = match (moment, zone_id) {
                (Some(moment), Ok(Some(zone))) => {
                    orders.push(Draft { moment, zone, lines: Vec::new() });
                    Some(orders.len() - 1)
                }
                _ => None,
            };
            by_id.insert(last_id.clone(), draft);
            sound &= draft.is_some();
        } else if let Some(Some(order)) = by_id.get(&last_id) {
            let (date, zone) = (&fields[columns.date], &fields[columns.zone]);
            let first = &orders[*order];
            let other_date = Moment::parse(&date.text).is_some_and(|moment| moment.seconds != first.moment.seconds);
            let other_zone = !zone.text.is_empty() && zones.get(&zone.text) != Ok(Some(first.zone));
            if other_date || other_zone {
                differing.get_or_insert_with(|| (place(if other_date { date } else { zone }), last_id.clone(), 0)).2 +=
                    1;
            }
        }
        let product = &fields[columns.product];
        let product_id = products.get(&product.text);
        if product_id.is_none() {
            unknown_products.meet(&product.text, place(product));
        }
        let units = units(cx, &fields[columns.units], place(&fields[columns.units]));
        match (product_id, units, by_id.get(&last_id)) {
            (Some(product), Some(units), Some(Some(order))) => {
                orders[*order].lines.push(OrderedLine { product: ProductId(product), units });
            }
            _ => sound = false,
        }
    }
    unknown_zones.report(cx);
    unknown_products.report(cx);
    if let Some((at, order, rows)) = differing {
        let more = match rows - 1 {
            0 => String::new(),
            1 => ", and so does another row".to_string(),
            others => format!(", and so do {} other rows", grouped(others)),
        };
        let message = format!("this row gives order \"{order}\" another date or zone than its first row{more}");
        let finding = Finding::warning("clash", at, message).note("an order comes when and where its first row says");
        cx.sink.push(finding.help("if these are several orders, give each an id of its own"));
    }
    if by_id.is_empty() && sound {
        empty("has a header but no rows", header.whole());
    }
    if !sound || orders.is_empty() {
        return None;
    }
    let start = orders.iter().map(|order| order.moment).min_by_key(|moment| moment.seconds)?.midnight();
    let orders = orders.into_iter().map(|order| TraceOrder {
        at: SimTime(order.moment.seconds - start),
        zone: order.zone,
        lines: order.lines,
    });
    Some(TraceDemand {
        orders: orders.collect(),
        spread_over_day: first_time == Some(false),
        resample: crate::domain::Resample::None,
    })
}

fn moment(cx: &Context<'_>, date: &Field<'_>, place: Place, first_time: &mut Option<bool>) -> Option<Moment> {
    let Some(moment) = Moment::parse(&date.text) else {
        let message = format!("\"{}\" is no date", date.text);
        let finding = Finding::error("bad-date", place, message).about("date");
        cx.sink.push(finding.expected("2026-05-14, 2026-05-14 11:23, or 2026-05-14 11:23:45 +0100"));
        return None;
    };
    let has_time = *first_time.get_or_insert(moment.has_time);
    if has_time != moment.has_time {
        let (this, others) = if has_time { ("no hour", "one") } else { ("an hour", "none") };
        let message = format!("this date has {this}, the first one has {others}");
        let finding = Finding::error("mixed-dates", place, message).about("date");
        cx.sink.push(finding.expected("dates that all name an hour, or none of them"));
        return None;
    }
    Some(moment)
}

fn units(cx: &Context<'_>, field: &Field<'_>, at: Place) -> Option<u32> {
    let node = Node { at, value: Value::Cell(Cow::Borrowed(&field.text)) };
    Item { cx, node: &node, key: "units", key_at: at }.units(1)
}
