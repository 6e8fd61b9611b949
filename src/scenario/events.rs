//! `[[events]]`: what happens on a day, or at random.

use super::assortment::Products;
use super::names::Names;
use super::network::Network;
use super::overrides::RowSettings;
use super::promise::group;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::source::Place;
use super::start_day::Calendar;
use super::table::RowTable;
use crate::domain::{
    Class, Distribution, Effect, Model, PlannedEvent, ProductId, Repeat, SimTime, Span, VendorId, WarehouseId, WarmUp,
    When, ZoneId,
};
use crate::policy::replenishment::classes;

/// The events, and where each stands.
#[derive(Default)]
pub struct Events {
    /// What the model takes.
    pub rows: Vec<PlannedEvent>,
    /// Their places.
    pub places: Vec<Place>,
    /// The class of products that each is about, where it is about one: which products that is, the whole model says.
    pub classes: Vec<Option<Class>>,
}

/// What an event changes, as its keys say.
const EFFECTS: [&str; 7] =
    ["lead_time_factor", "stopped", "demand_factor", "shut", "parcel_cost_factor", "unit_cost_factor", "price_factor"];
/// The keys that say whom it is about.
const SUBJECTS: [&str; 6] = ["vendor", "zone", "product", "group", "class", "warehouse"];
/// Those that name products, of which an event is about one.
const PRODUCTS: [&str; 4] = ["vendor", "product", "group", "class"];

/// Random events come at least this much apart on average, start to start.
const LEAST_APART: f64 = 3_600.0;

/// What one of them changes, before it is known for whom.
#[derive(Clone, Copy)]
enum Change {
    LeadTime(f64),
    Stopped,
    Demand(f64),
    Shut,
    ParcelCost(f64),
    UnitCost(f64),
    Price(f64),
}

struct Reader<'a> {
    network: &'a Network,
    products: &'a Products,
    vendors: &'a Names,
    calendar: &'a Calendar,
}

/// Reads the events.
pub fn read<'c>(
    root: &Section<'c>,
    settings: &'c RowSettings<'c>,
    network: &Network,
    products: &Products,
    vendors: &Names,
    calendar: &Calendar,
) -> Events {
    let mut events = Events::default();
    let reader = Reader { network, products, vendors, calendar };
    let table = RowTable { key: "events", name: "[[events]]", settings };
    table.for_each(root, &schema::EVENT, |row| {
        let name: Option<Option<String>> = row.read("name");
        let when = reader.when(&row);
        let class: Option<Option<Class>> = row.read("class");
        let effect = class.and_then(|_| reader.effect(&row));
        if let (Some(name), Some(when), Some((effect, in_words)), Some(class)) = (name, when, effect, class) {
            events.rows.push(PlannedEvent { name: name.unwrap_or(in_words), when, effect });
            events.places.push(row.at);
            events.classes.push(class);
        }
    });
    events
}

/// When an event is on that comes at random.
fn at_random(row: &Section<'_>, every: Option<Distribution>, lasts: Option<Distribution>) -> Option<When> {
    let mut is_sound = true;
    for key in ["from", "to", "repeat"] {
        if let Some(item) = row.written(key) {
            let message = format!("`{key}` has no meaning for an event that comes at random");
            row.cx.sink.push(item.error("clash", message).help("drop it, or drop `every` and `lasts`"));
            is_sound = false;
        }
    }
    if every.is_none() {
        row.missing_because("every", ", from one's end to the next one's start");
    }
    if lasts.is_none() {
        row.missing_because("lasts", ", how long one is on");
    }
    let (every, lasts) = (every?, lasts?);
    if every.mean() + lasts.mean() < LEAST_APART {
        let message = "`every` and `lasts` are less than an hour together, on average".to_string();
        row.cx.sink.push(row.written("every")?.error("too-often", message).help("let it come less often"));
        return None;
    }
    is_sound.then_some(When::Random { every, lasts })
}

impl Reader<'_> {
    /// When an event is on.
    fn when(&self, row: &Section<'_>) -> Option<When> {
        // All are read, so that every mistake is told.
        let moment = |key| row.written(key).map(|item| self.calendar.moment(&item));
        let (from, to) = (moment("from"), moment("to"));
        let every: Option<Option<Distribution>> = row.read("every");
        let lasts: Option<Option<Distribution>> = row.read("lasts");
        let repeat: Option<Repeat> = row.read("repeat");
        let is_sound = from != Some(None) && to != Some(None);
        let (from, to, every, lasts, repeat) = (from.flatten(), to.flatten(), every?, lasts?, repeat?);
        if !is_sound {
            return None;
        }
        if every.is_some() || lasts.is_some() {
            return at_random(row, every, lasts);
        }
        let Some(from) = from else {
            row.missing_because("from", ", when it begins; or `every` and `lasts`, for one that comes at random");
            return None;
        };
        if let (Some(to), Some(item)) = (to, row.written("to"))
            && to <= from
        {
            let message = format!("`to` is {}, which is not after `from`, {}", Span(to.0), Span(from.0));
            row.cx.sink.push(item.error("order", message).help("`to` is the first moment after the event"));
            return None;
        }
        match (repeat, to) {
            (Repeat::Once, to) => Some(When::Once { from, to }),
            (Repeat::Yearly, None) => {
                row.missing_because("to", ", when it ends in each year");
                None
            }
            (Repeat::Yearly, Some(to)) if to - from >= PlannedEvent::YEAR => {
                let message = "an event that comes every year lasts less than one".to_string();
                let finding = row.written("to")?.error("order", message);
                row.cx.sink.push(finding.help("drop `repeat`, or let it end sooner"));
                None
            }
            (Repeat::Yearly, Some(to)) => Some(When::Yearly { from, to }),
        }
    }

    /// What an event changes, and what it is called where it has no name.
    fn effect(&self, row: &Section<'_>) -> Option<(Effect, String)> {
        // All are read, so that every mistake is told.
        let lead_time: Option<Option<f64>> = row.read("lead_time_factor");
        let demand: Option<Option<f64>> = row.read("demand_factor");
        let parcel_cost: Option<Option<f64>> = row.read("parcel_cost_factor");
        let unit_cost: Option<Option<f64>> = row.read("unit_cost_factor");
        let price: Option<Option<f64>> = row.read("price_factor");
        let (stopped, shut): (Option<bool>, Option<bool>) = (row.read("stopped"), row.read("shut"));
        let vendor = self.named(row, "vendor", self.vendors);
        let zone = self.named(row, "zone", &self.network.zone_names);
        let product = self.named(row, "product", &self.products.names);
        let warehouse = self.named(row, "warehouse", &self.network.warehouse_names);
        let group = self.group(row);
        let (vendor, zone, product, warehouse) = (vendor?, zone?, product?, warehouse?);
        let changes = [
            lead_time?.map(Change::LeadTime),
            stopped?.then_some(Change::Stopped),
            demand?.map(Change::Demand),
            shut?.then_some(Change::Shut),
            parcel_cost?.map(Change::ParcelCost),
            unit_cost?.map(Change::UnitCost),
            price?.map(Change::Price),
        ];
        let group = group?;
        let written: Vec<(&'static str, Change)> =
            EFFECTS.into_iter().zip(changes).filter_map(|(key, change)| Some((key, change?))).collect();
        let [(effect, change)] = written[..] else {
            let keys: Vec<&str> = written.iter().map(|(key, _)| *key).collect();
            let finding = if keys.is_empty() {
                let message = format!("{} says nothing of what changes", row.title);
                Finding::error("missing-key", row.at, message).expected(format!("one of {}", quoted(&EFFECTS)))
            } else {
                let message = format!("{} changes several things at once: {}", row.title, quoted(&keys));
                Finding::error("clash", row.at, message).help("write a row for each; rows may have the same days")
            };
            row.cx.sink.push(finding.about("events"));
            return None;
        };
        if let Change::LeadTime(factor)
        | Change::Demand(factor)
        | Change::ParcelCost(factor)
        | Change::UnitCost(factor)
        | Change::Price(factor) = change
            && factor == 1.0
        {
            let message = format!("`{effect}` is 1, so nothing changes");
            let at = row.written(effect).map_or(row.at, |item| item.key_at);
            row.cx.sink.push(Finding::warning("no-effect", at, message).about(effect));
        }
        let (needed, allowed): (&[&str], &[&str]) = match effect {
            "lead_time_factor" | "stopped" => (&["vendor"], &["vendor"]),
            "demand_factor" => (&[], &["zone", "product", "group", "class"]),
            "unit_cost_factor" => (&[], &["vendor", "product", "group", "class"]),
            "price_factor" => (&[], &["product", "group", "class"]),
            "shut" => (&["warehouse"], &["warehouse", "zone"]),
            _ => (&[], &["warehouse", "zone"]),
        };
        let mut is_sound = true;
        for key in SUBJECTS {
            let is_written = row.written(key).is_some();
            if needed.contains(&key) && !is_written {
                row.missing_because(key, &format!(", whom `{effect}` is about"));
                is_sound = false;
            }
            if let Some(item) = row.written(key)
                && !allowed.contains(&key)
            {
                let message = format!("`{key}` has no meaning for `{effect}`");
                let fitting: Vec<String> = allowed.iter().map(|key| format!("`{key}`")).collect();
                let finding = item.error("clash", message).expected(fitting.join(", "));
                row.cx.sink.push(finding);
                is_sound = false;
            }
        }
        let about: Vec<&str> = PRODUCTS.into_iter().filter(|key| row.written(key).is_some()).collect();
        if let [first, second, ..] = about[..]
            && let Some(item) = row.written(second)
            && is_sound
        {
            let message = format!("an event is about a `{first}` or a `{second}`, not both");
            row.cx.sink.push(item.error("clash", message).help("write a row for each"));
            is_sound = false;
        }
        if !is_sound {
            return None;
        }
        let id = |key: &'static str| row.written(key).and_then(|item| item.name()).unwrap_or_default();
        let of_vendor = |vendor: u32| {
            let sold = self.products.list.iter().enumerate().filter(move |(_, it)| it.vendor == Some(VendorId(vendor)));
            sold.map(|(index, _)| ProductId::from_index(index)).collect()
        };
        let products = product.map(|product| vec![ProductId(product)]).or(group).or(vendor.map(of_vendor));
        let of = |keys: &[&'static str]| {
            let named = |&key: &&'static str| row.written(key).map(|_| (key, id(key)));
            let say = |(key, id): (&str, std::borrow::Cow<'_, str>)| match key {
                "class" => format!("class {id}"),
                _ => id.into_owned(),
            };
            let all: Vec<String> = keys.iter().filter_map(named).map(say).collect();
            if all.is_empty() { String::new() } else { format!("{}: ", all.join(", ")) }
        };
        Some(match change {
            Change::LeadTime(factor) => {
                let vendor = VendorId(vendor?);
                (Effect::LeadTime { vendor, factor }, format!("{}: lead time × {factor}", id("vendor")))
            }
            Change::Stopped => (Effect::Stopped { vendor: VendorId(vendor?) }, format!("{} stopped", id("vendor"))),
            Change::Demand(factor) => {
                let of = of(&["product", "group", "class", "zone"]);
                (Effect::Demand { zone: zone.map(ZoneId), products, factor }, format!("{of}demand × {factor}"))
            }
            Change::UnitCost(factor) => {
                (Effect::UnitCost { products, factor }, format!("{}unit cost × {factor}", of(&PRODUCTS)))
            }
            Change::Price(factor) => (Effect::Price { products, factor }, format!("{}price × {factor}", of(&PRODUCTS))),
            Change::Shut => {
                let warehouse = WarehouseId(warehouse?);
                match zone {
                    None => (Effect::Shut { warehouse }, format!("{} shut", id("warehouse"))),
                    Some(zone) => {
                        let words = format!("{} to {} closed", id("warehouse"), id("zone"));
                        (Effect::LaneClosed { warehouse, zone: ZoneId(zone) }, words)
                    }
                }
            }
            Change::ParcelCost(factor) => {
                let (from, to) = (id("warehouse"), id("zone"));
                let ends = match (from.is_empty(), to.is_empty()) {
                    (true, true) => String::new(),
                    (false, true) => format!("from {from}: "),
                    (true, false) => format!("to {to}: "),
                    (false, false) => format!("{from} to {to}: "),
                };
                let (warehouse, zone) = (warehouse.map(WarehouseId), zone.map(ZoneId));
                (Effect::ParcelCost { warehouse, zone, factor }, format!("{ends}parcel cost × {factor}"))
            }
        })
    }

    /// The number of what a key names; `None` where it cannot be made out.
    fn named(&self, row: &Section<'_>, key: &'static str, names: &Names) -> Option<Option<u32>> {
        match row.written(key) {
            Some(item) => names.resolve(&item).map(Some),
            None => Some(None),
        }
    }

    /// The products of a group.
    fn group(&self, row: &Section<'_>) -> Option<Option<Vec<ProductId>>> {
        match row.written("group") {
            Some(item) => group(&item, self.products).map(Some),
            None => Some(None),
        }
    }
}

fn quoted(keys: &[&str]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

/// Finds the products of the events that are about a class.
pub fn find_classes(model: &mut Model, of_events: &[Option<Class>]) {
    if of_events.iter().all(Option::is_none) {
        return;
    }
    let classes = classes(model);
    for (event, class) in model.events.iter_mut().zip(of_events) {
        if let (Some(class), Some(products)) = (class, event.effect.products_mut()) {
            let is_in = |(_, of): &(usize, &Class)| *of == class;
            *products = Some(classes.iter().enumerate().filter(is_in).map(|(p, _)| ProductId::from_index(p)).collect());
        }
    }
}

/// Tells of events that never come, or change nothing.
pub fn warn(root: &Section<'_>, model: &Model, places: &[Place]) {
    let WarmUp::Fixed(warm_up) = model.run.warm_up else { return };
    let end = SimTime::ZERO + warm_up + model.run.horizon + model.run.run_out;
    for (event, place) in model.events.iter().zip(places) {
        let tell = |code, message: String, help: &str| {
            let finding = Finding::warning(code, *place, message).about("events");
            root.cx.sink.push(finding.help(help));
        };
        if let When::Once { from, .. } | When::Yearly { from, .. } = event.when
            && from >= end
        {
            let message = format!("\"{}\" never happens: the run ends at {}", event.name, Span(end.0));
            tell("after-the-end", message, "let it begin sooner, or let the run go on for longer");
        }
        match &event.effect {
            Effect::Demand { .. } if model.demand.is_none() => {
                let message = format!("\"{}\" changes nothing: there are no generated orders", event.name);
                tell(
                    "no-effect",
                    message,
                    "a factor is on the orders of `orders_per_day`; those of a trace and those by period stay as they are",
                );
            }
            Effect::Demand { products: Some(products), .. }
            | Effect::UnitCost { products: Some(products), .. }
            | Effect::Price { products: Some(products), .. }
                if products.is_empty() =>
            {
                let message = format!("\"{}\" changes nothing: it is about no product", event.name);
                tell("no-effect", message, "name a vendor or a class that has products");
            }
            Effect::UnitCost { .. } if !model.costs.purchase && model.costs.lost_margin == 0.0 => {
                let message = format!("\"{}\" changes nothing: no cost depends on what units cost to buy", event.name);
                tell("no-effect", message, "add `purchase = true` to [costs], or a rate of `lost_margin`");
            }
            Effect::Price { .. } if model.costs.lost_margin == 0.0 => {
                let message = format!("\"{}\" changes nothing: no cost depends on the price", event.name);
                tell("no-effect", message, "add a rate of `lost_margin` to [costs]");
            }
            Effect::Demand { zone, products, .. } if model.demand.is_some() => {
                let is_asked = zone.is_none_or(|zone| model.zones[zone.index()].share > 0.0)
                    && products.iter().flatten().all(|product| model.products[product.index()].share > 0.0);
                if !is_asked {
                    let message = format!("\"{}\" is about a zone or a product with a share of 0", event.name);
                    tell("no-effect", message, "what nobody asks for stays so, however often it is multiplied");
                }
            }
            Effect::LeadTime { vendor, .. } | Effect::Stopped { vendor } => {
                let is_used = model.replenishment.is_some()
                    && model.products.iter().any(|product| product.vendor == Some(*vendor));
                if !is_used {
                    let id = &model.vendors[vendor.index()].id;
                    let message = format!("\"{}\" changes nothing: nothing is ordered from \"{id}\"", event.name);
                    tell("no-effect", message, "add [replenishment], or give some product that vendor");
                }
            }
            Effect::LaneClosed { warehouse, zone } => {
                let has_lane = model.zones[zone.index()].lanes.iter().any(|lane| lane.warehouse == *warehouse);
                if !has_lane {
                    let message = format!("\"{}\" closes a lane that the scenario does not have", event.name);
                    tell("no-effect", message, "name a warehouse and a zone with a lane between them");
                }
            }
            _ => {}
        }
    }
}
