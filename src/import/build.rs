//! From settings and files to a scenario: everything is read first, then everything is written.

use super::complaint::Complaint;
use super::dates::time_zone;
use super::fields::{Field, Kind};
use super::fit::Demand;
use super::fit::lead_times::{FEW, Fit};
use super::orders::{Differing, Orders};
use super::place::Place;
use super::products::{self, Products};
use super::purchases::{Deliveries, Purchase, Receipt, deliveries, purchases, receipts};
use super::report::{Report, Size};
use super::rows;
use super::scenario::{Scenario, WAREHOUSE};
use super::settings::{DemandKind, Settings};
use super::shape;
use super::source::{Fact, Open, Opened, file_name};
use super::stock::{self, Stock};
use super::trial;
use super::writing::day_named;
use super::zones::{self, Found};
use crate::domain::DAY;
use crate::domain::phrase::{grouped, plural};
use crate::scenario::{DateOrder, Moment, closest};
use std::collections::{BTreeMap, BTreeSet};

/// A scenario out of exports.
#[derive(Debug)]
pub struct Imported {
    /// The files: name and content.
    pub files: Vec<(String, String)>,
    /// What was said and found out, for the next time.
    pub settings: Settings,
    /// What there is to tell.
    pub report: Report,
}

/// Imports what settings name.
///
/// # Errors
/// All that is wrong with the files and with what was said of them.
pub fn import(place: &Place, settings: &Settings, open: Open<'_>) -> Result<Imported, Vec<Complaint>> {
    let name = place.name.as_str();
    let mut wrong = Vec::new();
    let zone = settings.time_zone.as_deref().map(time_zone).transpose();
    let zone = zone.unwrap_or_else(|why| {
        wrong.push(Complaint::of("", why));
        None
    });
    let as_of = as_of(settings, &mut wrong);
    let mut opened = Vec::new();
    for kind in Kind::ALL {
        match Opened::open(kind, settings.source(kind), zone.as_ref(), open) {
            Ok(found) => opened.extend(found),
            Err(complaints) => wrong.extend(complaints),
        }
    }
    if settings.orders.files.is_empty() {
        wrong
            .push(Complaint::of("", "no orders are named").help("--orders FILE names the export of the shop's orders"));
    }
    let read = Read::of(&opened, settings, &mut wrong);
    let Some(Read { orders, products, stock, mut purchases, receipts, notes }) = read.filter(|_| wrong.is_empty())
    else {
        return Err(wrong);
    };
    let zones = zones::find(&orders, &settings.zones);
    let settings = settled(settings, &opened, &orders, &zones);
    let mut report = told(name, &opened, &orders, &zones, &settings);
    report.notes.extend(notes);
    let days = orders.list.iter().map(|order| order.at.div_euclid(DAY));
    let (first, last) = (days.clone().min().unwrap_or(0), days.max().unwrap_or(0));
    let (demand, start) = begins(&settings, as_of, (first, last), &mut report, &mut wrong);
    if as_of.is_some() {
        wrong.extend(orders.unread_left.iter().cloned());
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let deliveries = deliveries(&mut purchases, &receipts, start * DAY);
    report.notes.extend(delivery_notes(&deliveries));
    let lead_times: BTreeMap<String, Fit> =
        deliveries.lead_times.into_iter().filter_map(|(vendor, days)| Some((vendor, Fit::of(days)?))).collect();
    report.notes.extend(few_deliveries(&lead_times));
    let fitted =
        Demand::of(&orders, &products, &report.demand.daily, start_of_fit(demand, start, first, last) - first, first);
    let is_as_of = as_of.is_some() || (demand == DemandKind::Fit && stock.is_some());
    let scenario = Scenario {
        place,
        orders: &orders,
        products: &products,
        zones: &zones,
        shape: &report.demand,
        stock: stock.as_ref(),
        purchases: &purchases,
        lead_times: &lead_times,
        unsaid: &unsaid(&opened),
        fitted: &fitted,
        demand,
        orders_file: if settings.packed { "orders.csv.gz" } else { "orders.csv" },
        start,
        is_as_of,
    };
    let made = scenario.written();
    let warnings = trial::read(place, &made.files)?;
    report.assumptions = made.assumptions;
    report.notes.extend(made.notes);
    if is_as_of && orders.count.fulfilled_in_part > 0 {
        let lines = match orders.count.fulfilled_in_part {
            1 => "1 line is".to_string(),
            many => format!("{} are", plural(many, "line")),
        };
        let why = "and the export does not say how many units: all of them count as open";
        report.notes.push(format!("{lines} fulfilled in part, {why}."));
    }
    report.notes.extend(warnings);
    report.size = Size {
        orders: orders.list.len(),
        lines: orders.lines.len(),
        units: orders.lines.iter().map(|line| u64::from(line.units)).sum(),
        products: report.demand.popularity.len(),
        products_in_all: products.list.len(),
        zones: zones.names.len(),
        abroad: zones.international.iter().filter(|abroad| **abroad).count(),
        warehouses: made.warehouses,
        vendors: made.vendors,
        open_orders: made.open_orders,
        open_purchases: made.open_purchases,
    };
    report.pairs = named_pairs(&fitted, &products);
    report.fitted = Some(fitted);
    report.lead_times = lead_times.into_iter().collect();
    Ok(Imported { files: made.files, settings, report })
}

/// Everything that stands in the files.
struct Read {
    orders: Orders,
    products: Products,
    stock: Option<Stock>,
    purchases: Vec<Purchase>,
    receipts: Vec<Receipt>,
    notes: Vec<String>,
}

impl Read {
    /// Reads all files; `None` where the orders cannot be read.
    fn of(opened: &[Opened], settings: &Settings, wrong: &mut Vec<Complaint>) -> Option<Self> {
        let of_kind = |kind: Kind| opened.iter().find(|source| source.kind == kind);
        let orders = of_kind(Kind::Orders).and_then(|source| kept(rows::read(source, &settings.goods), wrong));
        let orders_or_none = orders.unwrap_or_default();
        let mut products = Products::of(&orders_or_none);
        let mut notes = Vec::new();
        let purchases = of_kind(Kind::Purchases).and_then(|source| kept(purchases(source, &mut products), wrong));
        let (purchases, told) = purchases.unwrap_or_default();
        notes.extend(told);
        let stock =
            of_kind(Kind::Inventory).and_then(|source| kept(stock::read(source, &mut products, WAREHOUSE), wrong));
        if let Some(stock) = &stock {
            notes.extend(stock_notes(stock, &orders_or_none));
        }
        let receipts = of_kind(Kind::Receipts).and_then(|source| kept(receipts(source), wrong));
        let (receipts, told) = receipts.unwrap_or_default();
        notes.extend(told);
        if let Some(source) = of_kind(Kind::Products) {
            notes.extend(kept(products::read(source, &mut products), wrong).unwrap_or_default());
        }
        let codes = products.list.iter().map(|product| product.id.as_str());
        notes.extend(alike("product", codes));
        notes.extend(alike("vendor", products.vendors.all().iter().map(String::as_str)));
        let of_stock = stock.iter().flat_map(|stock| stock.warehouses.iter()).map(String::as_str);
        let of_purchases = purchases.iter().map(|purchase| purchase.warehouse.as_str());
        let of_orders = orders_or_none.warehouses.all().iter().map(String::as_str);
        notes.extend(alike("warehouse", of_stock.chain(of_purchases).chain(of_orders)));
        let is_read = !orders_or_none.list.is_empty();
        is_read.then_some(Self { orders: orders_or_none, products, stock, purchases, receipts, notes })
    }
}

/// What there is to tell of the stock.
fn stock_notes(stock: &Stock, orders: &Orders) -> Vec<String> {
    let mut notes: Vec<String> = stock.no_rows.told(Kind::Inventory).into_iter().collect();
    for (count, what) in [
        (stock.negative, "with less than nothing on hand, taken for nothing"),
        (stock.parts, "with a part of a unit, of which the whole units are there"),
        (stock.parts_of_levels, "with a part of a unit in a level, which is rounded"),
        (stock.doubled, "naming a place and product again, added"),
        (stock.not_stocked, "of places that do not have the product, left out"),
        (stock.without_product, "without a product, left out"),
        (stock.without_place, "without a place, put to the warehouse \"main\""),
    ] {
        if count > 0 {
            notes.push(format!("inventory: {} {what}.", plural(count, "row")));
        }
    }
    let sold = orders.lines.iter().map(|line| line.product).collect::<BTreeSet<_>>();
    let codes = stock.held.keys().map(|(_, product)| product.as_str()).collect::<BTreeSet<_>>();
    let code = |product: &u32| orders.products[*product as usize].code.as_str();
    let lacking: Vec<&str> = sold.iter().map(code).filter(|code| !codes.contains(code)).collect();
    let list = listed(&lacking);
    match lacking.len() {
        0 => {}
        1 => notes.push(format!("inventory: 1 product that was ordered is not in it: there is none of {list}.")),
        many => {
            let products = plural(many, "product");
            notes.push(format!("inventory: {products} that were ordered are not in it: there are none of {list}."));
        }
    }
    notes
}

/// The first of some names, and how many more there are.
fn listed(names: &[&str]) -> String {
    const NAMED: usize = 5;
    let shown = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(NAMED);
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// A warning of names that differ in capitals alone.
fn alike<'n>(what: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    let mut spelled: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for name in names {
        spelled.entry(name.to_lowercase()).or_default().insert(name);
    }
    let twice: Vec<String> = spelled
        .into_values()
        .filter(|names| names.len() > 1)
        .map(|names| names.into_iter().collect::<Vec<_>>().join(" and "))
        .collect();
    let list = listed(&twice.iter().map(String::as_str).collect::<Vec<_>>());
    (!twice.is_empty()).then(|| format!("{list} differ in capitals alone, and are {what}s of their own."))
}

/// What files of orders leave unsaid, with the columns that nothing is read of.
fn unsaid(opened: &[Opened]) -> Vec<String> {
    let Some(orders) = opened.iter().find(|source| source.kind == Kind::Orders && source.is_of("plain")) else {
        return Vec::new();
    };
    let unread = orders.unread();
    let mut list = Vec::new();
    let mut assume = |what: &str, option: &str| {
        let there = match unread.as_slice() {
            [] => String::new(),
            [one] => format!("; there is `{one}`: --column {option}='{one}'"),
            several => {
                let several: Vec<&str> = several.iter().map(String::as_str).collect();
                format!("; the columns that are not read are {}: --column {option}='…'", listed(&several))
            }
        };
        list.push(format!("{what}{there}"));
    };
    if !orders.has(Field::Order) {
        assume("no column says which order a row is of: each row is an order of its own", "order");
    }
    let has_items = orders.has(Field::Items) && !orders.has(Field::Product) && !orders.has(Field::Name);
    if !orders.has(Field::Units) && !has_items {
        assume("no column says how many: each row is one unit", "units");
    }
    list
}

/// What was read; what is wrong is put to the rest.
fn kept<T>(read: Result<T, Vec<Complaint>>, wrong: &mut Vec<Complaint>) -> Option<T> {
    read.map_err(|complaints| wrong.extend(complaints)).ok()
}

/// The day of the inventory, counted from 1970-01-01.
fn as_of(settings: &Settings, wrong: &mut Vec<Complaint>) -> Option<i64> {
    let text = settings.as_of.as_deref()?;
    let day = Moment::parse(text, DateOrder::YearFirst).ok().map(Moment::day);
    if day.is_none() {
        wrong.push(
            Complaint::of("", format!("--as-of {text} is no date")).help("a day with the year in front: 2026-05-14"),
        );
    }
    day
}

/// So many days behind the last order an inventory may be of.
const LATEST: i64 = 366;

/// How demand is described, and the day on which the run begins.
fn begins(
    settings: &Settings,
    as_of: Option<i64>,
    (first, last): (i64, i64),
    report: &mut Report,
    wrong: &mut Vec<Complaint>,
) -> (DemandKind, i64) {
    match (as_of, settings.demand) {
        (None, DemandKind::Replay) => (DemandKind::Replay, first),
        (None, DemandKind::Fit) => (DemandKind::Fit, last + 1),
        (Some(day), _) if day <= first => {
            let (day, from) = (day_named(day), day_named(first));
            let what = format!("--as-of {day}: there are no orders of before that day, the first is of {from}");
            wrong.push(Complaint::of("", what).help("leave --as-of out to begin with the first order"));
            (settings.demand, first)
        }
        (Some(day), _) if day > last + LATEST => {
            let what = format!(
                "--as-of {}: the last order is of {}, more than a year before",
                day_named(day),
                day_named(last)
            );
            wrong.push(Complaint::of("", what).help("see whether the year is right; it is the day of the inventory"));
            (settings.demand, first)
        }
        (Some(day), DemandKind::Replay) if day > last => {
            let note = format!(
                "no order is as late as {}, so what follows is drawn at the rate of those before.",
                day_named(day)
            );
            report.notes.push(note);
            (DemandKind::Fit, day)
        }
        (Some(day), demand) => (demand, day),
    }
}

/// The day before which orders are history, and from which week and year are counted.
fn start_of_fit(demand: DemandKind, start: i64, first: i64, last: i64) -> i64 {
    // What is replayed from its first day on is a history as a whole, shown from there.
    if demand == DemandKind::Replay && start == first { last + 1 } else { start }
}

fn delivery_notes(deliveries: &Deliveries) -> Vec<String> {
    let mut notes = Vec::new();
    for (count, what) in [
        (deliveries.without_order, "without a purchase order that says when they were ordered, left out"),
        (deliveries.before_order, "of before their order, left out"),
    ] {
        if count > 0 {
            notes.push(format!("receipts: {} {what}.", plural(count, "row")));
        }
    }
    if let Some((rows, order, days)) = &deliveries.years_after {
        let (rows, days) = (plural(*rows, "row"), grouped(*days as f64, 0));
        notes.push(format!(
            "receipts: {rows} of more than two years after the order, such as {days} days of {order}: no lead time comes of it."
        ));
    }
    notes
}

/// A warning of vendors whose lead times are fitted to few deliveries.
fn few_deliveries(lead_times: &BTreeMap<String, Fit>) -> Option<String> {
    let few: Vec<String> = lead_times
        .iter()
        .filter(|(_, fit)| fit.is_poor())
        .map(|(vendor, fit)| format!("{vendor} ({})", fit.days.len()))
        .collect();
    let shown = few.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    let more = few.len().saturating_sub(5);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let of = if few.len() == 1 { "a vendor" } else { "vendors" };
    (!few.is_empty())
        .then(|| format!("lead times of {of} with fewer than {FEW} deliveries are a guess: {shown}{more}."))
}

/// The pairs that are bought together most often, by their codes.
fn named_pairs(fitted: &Demand, products: &Products) -> Vec<(String, String, u32, f64)> {
    const SHOWN: usize = 10;
    let code = |product: u32| products.list[product as usize].id.clone();
    fitted
        .together
        .pairs
        .iter()
        .take(SHOWN)
        .map(|pair| (code(pair.one), code(pair.other), pair.orders, pair.lift))
        .collect()
}

/// The settings with all that was found out.
fn settled(said: &Settings, opened: &[Opened], orders: &Orders, zones: &Found) -> Settings {
    let mut settings = said.clone();
    for source in opened {
        *settings.source_mut(source.kind) = source.settled.clone();
    }
    settings.goods.ignore = Some(orders.ignored.clone());
    settings.goods.more_ignored.clear();
    settings.goods.not_ignored.clear();
    settings.zones.just_said.clear();
    settings.zones.home = Some(zones.home.clone()).filter(|home| !home.is_empty());
    settings.zones.default = Some(zones.default.clone());
    settings.zones.map = zones.map.clone();
    settings
}

/// What there is to tell of the files and the orders.
fn told(name: &str, opened: &[Opened], orders: &Orders, zones: &Found, settings: &Settings) -> Report {
    let mut report = Report { name: name.to_string(), ..Report::default() };
    for source in opened {
        report.facts.push((source.kind, source.facts.clone()));
        report.notes.extend(source.notes.iter().map(|note| format!("{}: {note}.", source.kind)));
    }
    report.count = orders.count.clone();
    report.odd = orders.odd.clone();
    report.ignored = orders.ignored.clone();
    report.demand = shape::of(orders);
    let mut choose = |what: &str, found: String, option: &str| {
        report.choices.push(Fact { is_file: false, what: what.into(), found, option: option.into() });
    };
    let ignored = match orders.ignored.as_slice() {
        [] => "nothing is left out".to_string(),
        list => list.join(", "),
    };
    choose("no goods", ignored, "--ignore CODE, --goods CODE");
    let abroad = zones.international.iter().filter(|abroad| **abroad).count();
    let home = if zones.home.is_empty() { "one place".to_string() } else { format!("home is {}", zones.home) };
    choose(
        "zones",
        format!("{}, {abroad} abroad; {home}", zones.names.len()),
        "--home NAME, --zones region, --zone FROM=TO",
    );
    if orders.count.without_place > 0 {
        let found = format!("{} without a place: {}", plural(orders.count.without_place, "order"), zones.default);
        choose("", found, "--zone =NAME");
    }
    let time = settings.time_zone.as_deref().unwrap_or("as it is written");
    let hours = if orders.have_time { "" } else { ", days alone" };
    choose("clock", format!("{time}{hours}"), "--time-zone ZONE");
    let mut note = |text: String| report.notes.push(text);
    let count = &orders.count;
    if !orders.doubtful.is_empty() {
        let list = orders.doubtful.join(", ");
        note(format!("these look like no goods, and are read as goods: {list}. --ignore leaves them out."));
    }
    for (number, one, several) in [
        (count.rounded, "line with a part of a unit is rounded up", "lines with a part of a unit are rounded up"),
        (
            count.free,
            "line that costs nothing is kept, as gifts take stock, too; --free drop leaves it out",
            "lines that cost nothing are kept, as gifts take stock, too; --free drop leaves them out",
        ),
        (
            count.returned_beyond,
            "row takes back more than its order had: what is beyond that is left out",
            "rows take back more than their orders had: what is beyond that is left out",
        ),
        (
            count.in_several_files,
            "order stands in several files: of a product that an earlier file has, that one holds",
            "orders stand in several files: of products that an earlier file has, that one holds",
        ),
        (
            count.skipped_hours,
            "order was placed in an hour that the clock of --time-zone leaves out in spring: see whether it is the right one",
            "orders were placed in an hour that the clock of --time-zone leaves out in spring: see whether it is the right one",
        ),
        (
            count.repeated,
            "line names a product that its order has already, and stays a line of its own; --repeated merge puts them together",
            "lines name a product that their order has already, and stay lines of their own; --repeated merge puts them together",
        ),
    ] {
        match number {
            0 => {}
            1 => note(format!("1 {one}.")),
            number => note(format!("{} {several}.", grouped(number as f64, 0))),
        }
    }
    if let Some(Differing { orders, rows, file, line }) = &count.dated_anew {
        let (file, rows) = (file_name(file), plural(*rows, "row"));
        let what = match orders {
            1 => format!("1 order has {rows} of another date than its first one, which holds"),
            _ => format!("{} have {rows} of other dates than their first ones, which hold", plural(*orders, "order")),
        };
        let help =
            "if these are several orders, give each a number of its own, or see whether the column is the right one";
        note(format!("{what}; see {file}:{line}: {help} (--column order=…)."));
    }
    if let Some(Differing { orders, rows, file, line }) = &count.elsewhere {
        let (file, rows) = (file_name(file), plural(*rows, "row"));
        let what = match orders {
            1 => format!("1 order has {rows} of another country than its first one, which holds"),
            _ => {
                format!("{} have {rows} of other countries than their first ones, which hold", plural(*orders, "order"))
            }
        };
        note(format!("{what}; see {file}:{line}."));
    }
    if let [(main, _), ..] = count.currencies.as_slice() {
        let all: Vec<String> = count.currencies.iter().map(|(code, rows)| format!("{code} ({rows})")).collect();
        let all = listed(&all.iter().map(String::as_str).collect::<Vec<_>>());
        note(format!(
            "prices are in several currencies, {all}: those in {main} are read, and of the others the units alone."
        ));
    }
    for (option, meant) in &count.unknown_goods {
        let help = meant.as_ref().map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
        note(format!("{option} fits nothing in the export{help}."));
    }
    for place in &zones.unknown {
        let countries = zones.countries.iter().map(String::as_str);
        let help = closest(place, countries).map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
        note(format!("--zone {place}=…: no order is of {place}{help}."));
    }
    let is_home = |country: &String| country.to_lowercase() == zones.home.to_lowercase();
    if !zones.home.is_empty() && !zones.countries.is_empty() && !zones.countries.iter().any(is_home) {
        let (home, countries) = (&zones.home, zones.countries.iter().map(String::as_str));
        let help = match closest(home, countries.clone()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("there are {}", listed(&countries.collect::<Vec<_>>())),
        };
        note(format!("no order is of {home}, which is home, so all zones are abroad: --home says which is; {help}."));
    }
    for names in zones::spellings(&zones.names) {
        let (first, rest) = (names[0], &names[1..]);
        let options: Vec<String> = rest.iter().map(|name| format!("--zone '{name}={first}'")).collect();
        let what = format!("{} are zones of their own and may be one country", names.join(", "));
        note(format!("{what}: {} puts them together.", options.join(" ")));
    }
    let first_of = |(times, first): &(usize, String), one: &str, several: &str| match times {
        0 => None,
        1 => Some(format!("{first} {one}.")),
        _ => Some(format!("{}, such as {first}, {several}.", plural(*times, "code"))),
    };
    let told = [
        first_of(
            &count.several_names,
            "goes by several names in the export, and is one product",
            "go by several names in the export; each is one product",
        ),
        first_of(
            &count.rounded_codes,
            "is what a spreadsheet makes of a long number, and may stand for several products: export codes as text",
            "are what a spreadsheet makes of long numbers, and may stand for several products each: export codes as text",
        ),
    ];
    report.notes.extend(told.into_iter().flatten());
    report
}
