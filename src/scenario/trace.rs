//! `[demand.trace]`: real orders from a CSV file, one row a line.

use super::assortment::Products;
use super::choices::DateOrder;
use super::context::Context;
use super::date::{DateForm, Moment};
use super::diagnostic::{grouped, listed};
use super::item::Item;
use super::layout::Wanted;
use super::names::Names;
use super::network::Network;
use super::notation::{SHORTENED, TOTAL, is_shortened, is_total};
use super::ordered;
use super::reader::Section;
use super::records::Field;
use super::report::Finding;
use super::schema;
use super::sheet::{Sheet, Text, headers, no_column};
use super::source::Place;
use super::suggest::closest;
use super::trace_dates::Dates;
use super::trace_span::{self, Dated};
use super::trace_start::Start;
use super::tree::{Node, Value};
use crate::domain::settings::Words;
use crate::domain::{DAY, OrderedLine, ProductId, SimTime, TraceDemand, TraceOrder, ZoneId};
use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::hash::{DefaultHasher, Hasher};

/// A trace that was read.
pub struct Found {
    /// Its orders.
    pub demand: TraceDemand,
    /// Where each of them begins; nothing of a trace that was read before.
    pub places: Vec<Place>,
}

/// Reads the trace.
pub fn read(table: &Section<'_>, network: &Network, products: &Products) -> Option<Found> {
    let file = table.item("file");
    let reading = table.reading();
    let dates = date_form(table);
    let resample = table.read("resample");
    let start = Start::read(table, dates.map_or(DateOrder::YearFirst, |form| form.order));
    let columns = table.table("columns", &schema::TRACE_COLUMNS);
    let zones = Zones::read(table, network);
    let traces = table.cx.files.traces();
    let key = traces.map(|_| key_of(table, network, products));
    if let Some(known) = traces.zip(key.as_deref()).and_then(|(traces, key)| traces.get(key)) {
        return Some(Found { demand: TraceDemand { resample: resample?, ..known }, places: Vec::new() });
    }
    let titles = Titles::read(&columns)?;
    let (file, zones, start) = (file?, zones?, start?);
    let reading = reading?;
    let text = Text::open(table.cx, &file.text()?, file.node.at, &reading)?;
    let cx = table.cx;
    // Where there is a single zone, nobody writes it into every row.
    let needs_zone = network.zones.len() != 1 || columns.written("zone").is_some();
    let all: [&str; 5] = [&titles.order, &titles.date, &titles.product, &titles.units, &titles.zone];
    let needed = if needs_zone { &all[..] } else { &all[..4] };
    let wanted = Wanted { needed, filled: &[&titles.product], is_known: &|name| all.contains(&name) };
    let sheet = Sheet::new(cx, &text, wanted, &reading)?;
    let columns = Columns::find(&file, &columns, &titles, &sheet, needs_zone)?;
    let mut sheet = sheet.sharing(columns.order);
    let mut rows = Rows::new(cx, columns, &zones, &products.names, Dates::new(dates?, sheet.name));
    let mut fields: Vec<Field<'_>> = Vec::new();
    while sheet.next_into(&mut fields) {
        rows.take(&sheet, &fields);
    }
    rows.report();
    if sheet.rows() == 0 && sheet.is_sound() {
        cx.sink.push(sheet.without_rows().expected("a header and at least one row"));
    }
    let is_sound = rows.is_sound && sheet.is_sound() && !rows.orders.is_empty();
    if !is_sound {
        return None;
    }
    let mut orders = rows.orders;
    let first_day = start.day(cx, sheet.name, &dated(&orders))?;
    orders.retain(|order| order.moment.day() >= first_day);
    if !trace_span::check(cx, first_day, &dated(&orders)) {
        return None;
    }
    let spread_over_day = rows.dates.are_days();
    let places = orders.iter().map(|order| order.id_at).collect();
    let orders = orders.into_iter().map(|order| TraceOrder {
        id: order.id,
        at: SimTime(order.moment.seconds - first_day * DAY),
        zone: order.zone,
        lines: order.lines,
    });
    let demand = TraceDemand { orders: orders.collect(), first_day, spread_over_day, resample: resample? };
    if let (Some(traces), Some(key)) = (traces, key) {
        traces.keep(key, &demand);
    }
    Some(Found { demand, places })
}

fn dated(orders: &[Draft]) -> Vec<Dated> {
    orders.iter().map(|order| (order.moment.day(), order.date_at)).collect()
}

/// Everything that a trace depends on, for those that are kept in memory.
fn key_of(table: &Section<'_>, network: &Network, products: &Products) -> String {
    let mut key = String::new();
    for entry in table.entries() {
        let _ = write!(key, "{}={:?};", entry.key, entry.node.value);
    }
    for zone in &network.zones {
        let _ = write!(key, "{:?},", zone.id);
    }
    for product in &products.list {
        let _ = write!(key, "{:?},", product.id);
    }
    key
}

/// How dates are written: the pattern of `date_format`, else the order that `dates` names.
fn date_form(table: &Section<'_>) -> Option<DateForm> {
    let order = match table.written("dates") {
        Some(item) => date_order(&item),
        None => table.read("dates"),
    };
    let Some(item) = table.written("date_format") else { return order.map(DateForm::of) };
    let text = item.name()?;
    if table.written("dates").is_some() {
        let message = "`date_format` and `dates` say the same thing".to_string();
        table.cx.sink.push(item.error("clash", message).help("keep one of them"));
        return None;
    }
    let form = DateForm::from_pattern(&text);
    if form.is_none() {
        let message = format!("`date_format` cannot be \"{text}\"");
        let expected =
            "day, month and year in some order, such as \"D/M/YYYY\", \"MM/DD/YY\", \"%Y-%m-%d\", or \"serial\"";
        table.cx.sink.push(item.error("wrong-word", message).expected(expected));
    }
    form
}

/// The order of the parts of a date; where it is written as spreadsheets and programs write it (`dd/mm/yyyy`, `%d.%m.%Y`), how
/// to write it here.
fn date_order(item: &Item<'_>) -> Option<DateOrder> {
    let text = item.text()?;
    if DateOrder::WORDS.contains(&&*text) {
        return item.setting();
    }
    let mut parts = String::new();
    for c in text.chars().map(|c| c.to_ascii_uppercase()).filter(|c| "DMY".contains(*c)) {
        if !parts.ends_with(c) {
            parts.push(c);
        }
    }
    let meant = match parts.get(..3).unwrap_or_default() {
        "YMD" => "Y-M-D",
        "DMY" => "D/M/Y",
        "MDY" => "M/D/Y",
        _ => return item.setting(),
    };
    let message = format!("`dates` cannot be \"{text}\"");
    let words: Vec<String> = DateOrder::WORDS.iter().map(|word| format!("\"{word}\"")).collect();
    let finding = item.error("wrong-word", message).expected(format!("one of {}", words.join(", ")));
    item.cx.sink.push(finding.help(format!("write `dates = \"{meant}\"`, whatever stands between the parts")));
    None
}

/// What the values of the zone column mean. The map is only ever asked for single values.
struct Zones<'c> {
    /// `None` where a listed zone is not there, which has been reported.
    listed: HashMap<&'c str, Option<ZoneId>>,
    names: &'c Names,
    /// The zone of every order, where there is only one.
    only: Option<ZoneId>,
}

impl<'c> Zones<'c> {
    fn read(table: &Section<'c>, network: &'c Network) -> Option<Self> {
        let only = (network.zones.len() == 1).then_some(ZoneId(0));
        let mut zones = Self { listed: HashMap::new(), names: &network.zone_names, only };
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

/// What the columns are called.
struct Titles {
    order: String,
    date: String,
    zone: String,
    product: String,
    units: String,
}

impl Titles {
    fn read(columns: &Section<'_>) -> Option<Self> {
        let (order, date, zone) = (columns.read("order"), columns.read("date"), columns.read("zone"));
        let (product, units) = (columns.read("product"), columns.read("units"));
        Some(Self { order: order?, date: date?, zone: zone?, product: product?, units: units? })
    }
}

/// Positions of the columns.
#[derive(Clone, Copy)]
struct Columns {
    order: usize,
    date: usize,
    /// `None` where no row names a zone, as there is only one.
    zone: Option<usize>,
    product: usize,
    units: usize,
}

impl Columns {
    fn find(
        file: &Item<'_>,
        columns: &Section<'_>,
        titles: &Titles,
        sheet: &Sheet<'_>,
        needs_zone: bool,
    ) -> Option<Self> {
        let position = |title: &str| sheet.header.columns.iter().position(|field| field.text == title);
        let wanted = [
            ("order", titles.order.as_str()),
            ("date", &titles.date),
            ("zone", &titles.zone),
            ("product", &titles.product),
            ("units", &titles.units),
        ];
        let is_missing = |&(key, title): &(&str, &str)| position(title).is_none() && (needs_zone || key != "zone");
        let missing: Vec<(&'static str, &str)> = wanted.into_iter().filter(is_missing).collect();
        // Defaults have no place of their own: the file that lacks the columns is to blame then, in one sentence.
        let (written, defaults): (Vec<_>, Vec<_>) = missing.iter().partition(|(key, _)| columns.written(key).is_some());
        if let [_, _, ..] = defaults[..] {
            columns.cx.sink.push(no_columns(file, sheet, &defaults));
        }
        let alone = defaults.iter().filter(|_| defaults.len() == 1);
        for &(key, title) in written.iter().chain(alone) {
            let place = columns.written(key).unwrap_or(*file);
            let finding = no_column(&place, title, sheet.name, &sheet.header);
            let note = format!("`columns = {{ {key} = \"…\" }}` of [demand.trace] names it");
            let each_is_one = "where each row is one unit, add a column with a 1 in each".to_string();
            let finding = if key == "units" && !finding.has_help() { finding.help(each_is_one) } else { finding };
            columns.cx.sink.push(finding.about(key).note(note));
        }
        let (order, date) = (position(&titles.order), position(&titles.date));
        let zone = if needs_zone { position(&titles.zone).map(Some) } else { Some(position(&titles.zone)) };
        let (product, units) = (position(&titles.product), position(&titles.units));
        Some(Self { order: order?, date: date?, zone: zone?, product: product?, units: units? })
    }
}

/// Words in the headers of shops' exports, by what they stand above.
const HEADER_WORDS: [(&str, &[&str]); 5] = [
    ("order", &["order id", "order number", "order no", "order", "name", "bestell", "auftrag", "commande", "pedido"]),
    ("date", &["created at", "order date", "purchase date", "date", "created", "datum", "fecha", "time"]),
    ("zone", &["shipping country", "ship country", "country", "province", "state", "region", "land", "pays", "zone"]),
    ("product", &["sku", "product", "item", "article", "artikel", "produkt", "producto"]),
    ("units", &["quantity", "qty", "units", "menge", "anzahl", "stück", "cantidad", "quantité"]),
];

/// The error about several columns that a file does not have, with the setting that names those of its columns which are
/// most likely meant.
fn no_columns(file: &Item<'_>, sheet: &Sheet<'_>, missing: &[(&'static str, &str)]) -> Finding {
    let names: Vec<&str> = sheet.header.columns.iter().map(|field| &*field.text).collect();
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase().replace(['_', '-'], " ")).collect();
    let meant = |key: &str, title: &str| {
        let words = HEADER_WORDS.iter().find(|(known, _)| *known == key).map_or(&[][..], |(_, words)| words);
        let by_word = || words.iter().find_map(|word| lower.iter().position(|name| name.contains(word)));
        closest(title, names.iter().copied()).or_else(|| by_word().map(|at| names[at]))
    };
    let settings: Vec<String> =
        missing.iter().map(|(key, title)| format!("{key} = \"{}\"", meant(key, title).unwrap_or("…"))).collect();
    let titles: Vec<&str> = missing.iter().map(|(_, title)| *title).collect();
    let message = format!("{} has no columns {}", sheet.name, listed(&titles));
    let finding = file.error("missing-column", message).about("columns");
    finding
        .expected(headers(&sheet.header))
        .help(format!("name its own beside `file`, those that are meant: `columns = {{ {} }}`", settings.join(", ")))
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

    /// Reports them; `remedy` says what helps where no name is near.
    fn report(&self, cx: &Context<'_>, remedy: impl Fn(&str) -> String) {
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
            if !finding.has_help() {
                finding = finding.help(remedy(value));
            }
            cx.sink.push(finding);
        }
    }
}

/// An order whose moment is not yet counted from the trace's first day.
struct Draft {
    /// Its own number.
    id: String,
    id_at: Place,
    moment: Moment,
    date_at: Place,
    zone: ZoneId,
    lines: Vec<OrderedLine>,
}

/// Rows that are repeated, out of so many, may well be meant.
const FEW_OF: usize = 100;

/// Rows that all have the same peculiarity: the first of them, and how many there are.
type Peculiar = Option<(Place, usize)>;

/// What was read of the rows so far.
struct Rows<'r> {
    cx: &'r Context<'r>,
    columns: Columns,
    zones: &'r Zones<'r>,
    products: &'r Names,
    dates: Dates<'r>,
    orders: Vec<Draft>,
    /// Asked for single orders only. `None` stands for an order whose first row cannot be read.
    by_id: HashMap<String, Option<usize>>,
    last_id: String,
    /// What `by_id` says of it.
    last_order: Option<usize>,
    /// The texts of a row, one behind the other: memory that is used again.
    row: Vec<u8>,
    /// Hashes of the rows, with their order: asked for single ones only.
    seen: HashSet<u64>,
    unknown_zones: Strangers<'r>,
    unknown_products: Strangers<'r>,
    /// Rows that tell of their order what its first row does not.
    differing: Peculiar,
    /// Rows that say all over again what one before them said.
    repeated: Peculiar,
    /// Rows whose order a spreadsheet has shortened to a power of ten.
    shortened: Peculiar,
    is_sound: bool,
}

impl<'r> Rows<'r> {
    fn new(cx: &'r Context<'r>, columns: Columns, zones: &'r Zones<'r>, products: &'r Names, dates: Dates<'r>) -> Self {
        Self {
            cx,
            columns,
            zones,
            products,
            dates,
            orders: Vec::new(),
            by_id: HashMap::new(),
            last_id: String::new(),
            last_order: None,
            row: Vec::new(),
            seen: HashSet::new(),
            unknown_zones: Strangers::new("zone", zones.names),
            unknown_products: Strangers::new("product", products),
            differing: None,
            repeated: None,
            shortened: None,
            is_sound: true,
        }
    }

    fn take(&mut self, sheet: &Sheet<'_>, fields: &[Field<'_>]) {
        let id = &fields[self.columns.order];
        if id.text.is_empty() && self.last_id.is_empty() {
            let message = "the first row names no order".to_string();
            self.cx.sink.push(Finding::error("empty", sheet.place(id), message).expected("an order's number or name"));
            self.is_sound = false;
            return;
        }
        if is_shortened(&id.text) {
            self.shortened.get_or_insert((sheet.place(id), 0)).1 += 1;
        }
        // An order's rows follow one another, and exports leave its own fields blank on the later ones.
        let known = if id.text.is_empty() || id.text == self.last_id {
            Some(self.last_order)
        } else {
            self.last_id.clear();
            self.last_id.push_str(&id.text);
            self.by_id.get(&self.last_id).copied()
        };
        let order = match known {
            None => {
                let draft = self.first_row(sheet, fields);
                self.is_sound &= draft.is_some();
                let draft = draft.map(|draft| {
                    self.orders.push(draft);
                    self.orders.len() - 1
                });
                self.by_id.insert(self.last_id.clone(), draft);
                draft
            }
            Some(Some(order)) => {
                self.later_row(sheet, fields, order);
                Some(order)
            }
            Some(None) => None,
        };
        self.last_order = order;
        self.note_repeated(sheet, fields);
        let line = self.line(sheet, fields);
        match line.zip(order) {
            Some((line, order)) => self.orders[order].lines.push(line),
            None => self.is_sound = false,
        }
    }

    /// The order that its first row tells of.
    fn first_row(&mut self, sheet: &Sheet<'_>, fields: &[Field<'_>]) -> Option<Draft> {
        let date = &fields[self.columns.date];
        let date_at = sheet.place(date);
        let moment = self.dates.read(self.cx, &date.text, date_at);
        let zone = match self.columns.zone.map(|column| &fields[column]) {
            Some(zone) => match self.zones.get(&zone.text) {
                Ok(zone) => zone,
                Err(()) if zone.text.is_empty() => {
                    let message = "the first row of this order names no zone".to_string();
                    let finding = Finding::error("empty", sheet.place(zone), message).about("zone");
                    self.cx.sink.push(finding.help("fill it in, or take the order's rows out"));
                    None
                }
                Err(()) => {
                    self.unknown_zones.meet(&zone.text, sheet.place(zone));
                    None
                }
            },
            None => self.zones.only,
        };
        let id_at = sheet.place(&fields[self.columns.order]);
        Some(Draft { id: self.last_id.clone(), id_at, moment: moment?, date_at, zone: zone?, lines: Vec::new() })
    }

    /// A later row of an order may repeat when and where, but not change it.
    fn later_row(&mut self, sheet: &Sheet<'_>, fields: &[Field<'_>], order: usize) {
        let (date, zone) = (&fields[self.columns.date], self.columns.zone.map(|column| &fields[column]));
        let first = &self.orders[order];
        let other_date = self.dates.is_other(&date.text, first.moment);
        let other_zone =
            zone.filter(|zone| !zone.text.is_empty() && self.zones.get(&zone.text) != Ok(Some(first.zone)));
        if let Some(differs) = if other_date { Some(date) } else { other_zone } {
            self.differing.get_or_insert((sheet.place(differs), 0)).1 += 1;
        }
    }

    fn note_repeated(&mut self, sheet: &Sheet<'_>, fields: &[Field<'_>]) {
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        for text in fields.iter().map(|field| &*field.text).chain([self.last_id.as_str()]) {
            row.extend_from_slice(text.as_bytes());
            // No text holds such a byte.
            row.push(0xff);
        }
        // In one go, which takes a fraction of the time of so many short texts.
        let mut hasher = DefaultHasher::new();
        hasher.write(&row);
        self.row = row;
        if !self.seen.insert(hasher.finish()) {
            self.repeated.get_or_insert((sheet.row_place(fields), 0)).1 += 1;
        }
    }

    fn line(&mut self, sheet: &Sheet<'_>, fields: &[Field<'_>]) -> Option<OrderedLine> {
        let product = &fields[self.columns.product];
        let id = self.products.get(&product.text);
        if product.text.is_empty() {
            let finding = Finding::error("empty", sheet.place(product), "this row names no product".to_string());
            let help = "fill it in; if it is a tip, a fee or a gift, take the row out";
            self.cx.sink.push(finding.about("product").help(help));
        } else if id.is_none() {
            self.unknown_products.meet(&product.text, sheet.place(product));
        }
        let units = &fields[self.columns.units];
        let at = sheet.place(units);
        let node = Node { at, value: Value::Cell(units.text.clone()) };
        let key = &*sheet.header.columns[self.columns.units].text;
        let units = ordered::units(&Item { cx: self.cx, node: &node, key, key_at: at });
        Some(OrderedLine { product: ProductId(id?), units: units? })
    }

    /// Reports what can only be told once all rows are known.
    fn report(&self) {
        self.dates.report(self.cx);
        self.unknown_zones.report(self.cx, |value| {
            if is_total(value) {
                return TOTAL.to_string();
            }
            format!("say which zone it is: `zone_from = {{ \"{value}\" = \"…\" }}`")
        });
        self.unknown_products.report(self.cx, |product| {
            if is_shortened(product) {
                return SHORTENED.to_string();
            }
            if is_total(product) {
                return TOTAL.to_string();
            }
            "add it to the products; if it is none, such as a tip or a gift card, take its rows out".to_string()
        });
        let more = |rows: usize| match rows - 1 {
            0 => String::new(),
            1 => ", and so does another row".to_string(),
            others => format!(", and so do {} other rows", grouped(others)),
        };
        if let Some((at, rows)) = self.differing {
            let message =
                format!("this row gives its order another date or zone than the order's first row{}", more(rows));
            let finding =
                Finding::warning("clash", at, message).note("an order comes when and where its first row says");
            self.cx.sink.push(finding.help("if these are several orders, give each an id of its own"));
        }
        if let Some((at, rows)) = self.shortened {
            let message = match rows {
                1 => "the number of this order is shortened to a power of ten".to_string(),
                rows => format!("the numbers of {} orders are shortened to powers of ten, first here", grouped(rows)),
            };
            let finding = Finding::warning("shortened", at, message).about("order").help(SHORTENED);
            self.cx.sink.push(finding.note("several orders may have become one"));
        }
        // A line that is twice in one order of many is what its customer ordered.
        let many = |rows: usize| rows * FEW_OF > self.seen.len();
        if let Some((at, rows)) = self.repeated.filter(|&(_, rows)| many(rows)) {
            let message = format!("this row says what a row before it said of the same order{}", more(rows));
            let finding =
                Finding::warning("repeated-row", at, message).note("it is read as a further line of the order");
            self.cx.sink.push(finding.help("if the file has it twice by mistake, take one of the two out"));
        }
    }
}
