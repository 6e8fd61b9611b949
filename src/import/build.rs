//! From settings and files to a scenario: everything is read first, then everything is written.

use super::complaint::Complaint;
use super::dates::time_zone;
use super::fields::Kind;
use super::fit::Demand;
use super::fit::lead_times::{FEW, Fit};
use super::orders::{DatedAnew, Orders};
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
use crate::scenario::{DateOrder, Moment};
use std::collections::BTreeMap;

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
        fitted: &fitted,
        demand,
        orders_file: if settings.packed { "orders.csv.gz" } else { "orders.csv" },
        start,
        is_as_of,
    };
    let made = scenario.written();
    let refused = trial::refusals(place, &made.files);
    if !refused.is_empty() {
        return Err(refused);
    }
    report.assumptions = made.assumptions;
    report.notes.extend(made.notes);
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
        let (purchases, left_out) = purchases.unwrap_or_default();
        if left_out > 0 {
            notes.push(format!(
                "purchases: {} are left out: no number, date, product or units, or cancelled.",
                plural(left_out, "row")
            ));
        }
        let stock =
            of_kind(Kind::Inventory).and_then(|source| kept(stock::read(source, &mut products, WAREHOUSE), wrong));
        if let Some(stock) = &stock {
            for (count, what) in [
                (stock.negative, "with less than nothing on hand, taken for nothing"),
                (stock.parts, "with a part of a unit, of which the whole units are there"),
                (stock.parts_of_levels, "with a part of a unit in a level, which is rounded"),
                (stock.doubled, "naming a place and product again, added"),
                (stock.not_stocked, "of places that do not have the product, left out"),
            ] {
                if count > 0 {
                    notes.push(format!("inventory: {} {what}.", plural(count, "row")));
                }
            }
            let sold = orders_or_none.lines.iter().map(|line| line.product).collect::<std::collections::BTreeSet<_>>();
            let codes =
                stock.held.keys().map(|(_, product)| product.as_str()).collect::<std::collections::BTreeSet<_>>();
            let lacking = sold
                .iter()
                .filter(|&&product| !codes.contains(orders_or_none.products[product as usize].code.as_str()))
                .count();
            if lacking > 0 {
                notes.push(format!(
                    "inventory: {} that were ordered are not in it: there are none of them.",
                    plural(lacking, "product")
                ));
            }
        }
        let receipts = of_kind(Kind::Receipts).and_then(|source| kept(receipts(source), wrong));
        let (receipts, left_out) = receipts.unwrap_or_default();
        if left_out > 0 {
            notes.push(format!(
                "receipts: {} are left out: no date or units, or of another kind.",
                plural(left_out, "row")
            ));
        }
        if let Some(source) = of_kind(Kind::Products) {
            kept(products::read(source, &mut products), wrong);
        }
        let is_read = !orders_or_none.list.is_empty();
        is_read.then_some(Self { orders: orders_or_none, products, stock, purchases, receipts, notes })
    }
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
        note(format!(
            "these look like no goods, and are not on the list of import.toml: {list}. --ignore leaves them out."
        ));
    }
    for (number, one, several) in [
        (
            count.case_only,
            "product whose code differs from another one in capitals alone is a product of its own",
            "products whose codes differ from others in capitals alone are products of their own",
        ),
        (count.rounded, "line with a part of a unit is rounded up", "lines with a part of a unit are rounded up"),
        (
            count.free,
            "line that costs nothing is kept, as gifts take stock, too; --free drop leaves it out",
            "lines that cost nothing are kept, as gifts take stock, too; --free drop leaves them out",
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
    if let Some(DatedAnew { orders, rows, file, line }) = &count.dated_anew {
        let (file, rows) = (file_name(file), plural(*rows, "row"));
        let what = match orders {
            1 => format!("1 order has {rows} of another date than its first one, which holds"),
            _ => format!("{} have {rows} of other dates than their first ones, which hold", plural(*orders, "order")),
        };
        let help =
            "if these are several orders, give each a number of its own, or see whether the column is the right one";
        note(format!("{what}; see {file}:{line}: {help} (--column order=…)."));
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
