//! `[network]`: which of the listed warehouses are open, in which of them products lie, and what is left when the others close.
//!
//! Every table is read against all listed warehouses, so that a scenario is checked alike whatever is open. Only then are the
//! closed ones taken out of the model, with their lanes, levels, stock and receipts.

use super::diagnostic::grouped;
use super::item::Item;
use super::network::Network;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::tree::Value;
use crate::domain::{
    Model, OpenPurchaseOrder, Opening, OpeningChoice, Place, Placement, ScriptedReceipt, StockOfClosed, StockRow,
    WarehouseId,
};
use crate::policy::location::{self, Sites};

/// What the table says.
pub struct Asked<'c> {
    /// The value of `open`, and what it asks for.
    open: Option<(Item<'c>, Open)>,
    stock_of_closed: StockOfClosed,
    /// In which warehouses products lie.
    pub placement: Placement,
}

/// `open`.
enum Open {
    /// So many.
    Count(usize),
    /// These, ascending.
    Named(Vec<WarehouseId>),
}

/// Reads the table.
pub fn read<'c>(root: &Section<'c>, network: &Network) -> Option<Asked<'c>> {
    let table = root.table("network", &schema::NETWORK);
    let written = table.written("open");
    let open = written.map(|item| open(&item, network));
    let stock_of_closed = table.read("stock_of_closed");
    let placement = placement(&table);
    if let Some(item) = table.written("stock_of_closed").filter(|_| written.is_none()) {
        let message = "`stock_of_closed` has no effect: no warehouse is closed".to_string();
        let finding = Finding::warning("no-effect", item.key_at, message).about("network");
        root.cx.sink.push(finding.help("say with `open` which are open, or drop it"));
    }
    Some(Asked {
        open: match open {
            Some(open) => written.zip(Some(open?)),
            None => None,
        },
        stock_of_closed: stock_of_closed?,
        placement: placement?,
    })
}

fn open(item: &Item<'_>, network: &Network) -> Option<Open> {
    let names = &network.warehouse_names;
    if !matches!(item.node.value, Value::Array(_)) {
        let count = item.whole_or(1, i64::from(u32::MAX), ", or a list of warehouses' ids")? as usize;
        let listed = network.warehouses.len();
        if count > listed && names.is_complete() {
            let message = format!("`open` asks for {} warehouses, but {} listed", grouped(count), are(listed));
            item.cx.sink.push(item.error("too-many", message).help("list more of them, or open fewer"));
            return None;
        }
        return Some(Open::Count(count));
    }
    let found: Vec<Option<u32>> = item.list()?.map(|name| names.resolve(&name)).collect();
    if found.is_empty() {
        let finding = item.error("empty-list", "no warehouse is open".to_string());
        item.cx.sink.push(finding.help("name at least one, or drop `open`: then all are"));
        return None;
    }
    let mut open: Vec<WarehouseId> = found.into_iter().map(|found| found.map(WarehouseId)).collect::<Option<_>>()?;
    open.sort_unstable();
    if let Some(twice) = open.windows(2).find(|pair| pair[0] == pair[1]) {
        let name = names.name(twice[0].index());
        item.cx.sink.push(item.error("duplicate-id", format!("\"{name}\" is named twice")).help("name it once"));
        return None;
    }
    Some(Open::Named(open))
}

fn are(number: usize) -> String {
    if number == 1 { "1 is".to_string() } else { format!("{} are", grouped(number)) }
}

fn placement(table: &Section<'_>) -> Option<Placement> {
    let Some(item) = table.written("assortment") else { return Some(Placement::Everywhere) };
    if !matches!(item.node.value, Value::Table(_)) {
        return match &*item.text()? {
            "all" => Some(Placement::Everywhere),
            other => {
                let finding = item.error("wrong-word", format!("`assortment` cannot be \"{other}\""));
                item.cx.sink.push(finding.expected("\"all\", or a table with `copies` and `everywhere_above`"));
                None
            }
        };
    }
    let inner = Section::new(table.cx, item.node, &schema::SPREAD)?;
    if inner.entries().is_empty() {
        let finding =
            item.error("missing-key", "`assortment` names neither `copies` nor `everywhere_above`".to_string());
        item.cx.sink.push(finding.help("add one, for example `{ copies = 2 }`, or write \"all\""));
        return None;
    }
    let copies = inner.read("copies");
    let everywhere_above = inner.read("everywhere_above");
    Some(Placement::Spread { copies: copies?, everywhere_above: everywhere_above? })
}

/// Takes the closed warehouses out of a model in which all listed ones are open. What stands in the way is reported.
pub fn close(root: &Section<'_>, asked: &Asked<'_>, model: &mut Model) {
    warn_of_idle_placement(root, asked, model);
    let Some((item, open)) = &asked.open else { return };
    let places = Places::of(model);
    let (open, choice) = match open {
        Open::Named(open) => (open.clone(), OpeningChoice::Named),
        Open::Count(count) => {
            if !places.report_missing(item, model) {
                return;
            }
            let Some(found) = places.median(*count) else { return };
            let open = found.open.iter().map(|&at| WarehouseId::from_index(at)).collect();
            (open, OpeningChoice::LeastDistance { gap: found.gap() })
        }
    };
    let mean_km = places.mean_km(&open);
    let Some(rows_of_closed) = take_out(item, model, &open, asked.stock_of_closed) else { return };
    let is_open = |at: &usize| open.binary_search(&WarehouseId::from_index(*at)).is_ok();
    let (kept, closed): (Vec<_>, Vec<_>) = model.warehouses.drain(..).enumerate().partition(|(at, _)| is_open(at));
    model.warehouses = kept.into_iter().map(|(_, warehouse)| warehouse).collect();
    model.opening = Some(Opening {
        closed: closed.into_iter().map(|(_, warehouse)| warehouse.id).collect(),
        choice,
        mean_km,
        stock_of_closed: asked.stock_of_closed,
        rows_of_closed,
    });
}

/// A placement speaks of levels that hold in every warehouse; where there are none, it places nothing.
fn warn_of_idle_placement(root: &Section<'_>, asked: &Asked<'_>, model: &Model) {
    let no_level = crate::domain::Levels::default();
    let is_planned = model.replenishment.as_ref().is_some_and(|found| {
        found.has_target() || found.general != no_level || found.by_product.iter().any(|levels| *levels != no_level)
    });
    if asked.placement != Placement::Everywhere && !is_planned {
        let written = root.written("network").and_then(|item| item.node.entry("assortment"));
        let at = written.map_or(root.at, |entry| entry.key_at);
        let message = "`assortment` has no effect: every product lies where a row of its own puts it".to_string();
        let finding = Finding::warning("no-effect", at, message).about("assortment");
        root.cx.sink.push(finding.note("it places products that have a `target`, or levels without a warehouse"));
    }
}

/// Where everybody is, as far as the file says, and how much is asked for from where.
struct Places {
    zones: Vec<Option<Place>>,
    warehouses: Vec<Option<Place>>,
    /// Billionths of the demand.
    weights: Vec<u64>,
}

impl Places {
    fn of(model: &Model) -> Self {
        let orders = orders_a_day(model);
        let all: f64 = orders.iter().sum();
        let billionths = |orders: f64| if all > 0.0 { libm::round(orders / all * 1e9) as u64 } else { 1 };
        Self {
            zones: model.zones.iter().map(|zone| zone.place).collect(),
            warehouses: model.warehouses.iter().map(|warehouse| warehouse.place).collect(),
            weights: orders.into_iter().map(billionths).collect(),
        }
    }

    /// Reports zones and warehouses that lie nobody knows where; `true` where there are none.
    fn report_missing(&self, item: &Item<'_>, model: &Model) -> bool {
        let lost = |places: &[Option<Place>]| (0..places.len()).filter(|&at| places[at].is_none()).collect::<Vec<_>>();
        let (zones, warehouses) = (lost(&self.zones), lost(&self.warehouses));
        let tell = |lost: &[usize], what: &str, table: &str, name: &dyn Fn(usize) -> String| {
            let Some(&first) = lost.first() else { return };
            let which = match lost.len() {
                1 => format!("\"{}\" is", name(first)),
                n => format!("\"{}\" and {} more are", name(first), grouped(n - 1)),
            };
            let message = format!("`open` goes by distance, but it is not said where the {what} {which}");
            let finding = item.error("missing-key", message);
            item.cx.sink.push(finding.help(format!("add `lat` and `lon` to {table}, or name the warehouses to open")));
        };
        tell(&zones, "zone", "[[zones]]", &|at| model.zones[at].id.clone());
        tell(&warehouses, "warehouse", "[[warehouses]]", &|at| model.warehouses[at].id.clone());
        zones.is_empty() && warehouses.is_empty()
    }

    /// Metres from every zone to every warehouse, where all places are known.
    fn metres(&self) -> Option<Vec<u32>> {
        let mut metres = Vec::with_capacity(self.zones.len() * self.warehouses.len());
        for zone in &self.zones {
            for warehouse in &self.warehouses {
                metres.push(libm::round((*zone)?.km_to((*warehouse)?) * 1_000.0) as u32);
            }
        }
        Some(metres)
    }

    fn median(&self, open: usize) -> Option<location::Median> {
        let metres = self.metres()?;
        let sites = Sites { weights: &self.weights, count: self.warehouses.len(), metres: &metres };
        Some(location::median(&sites, open))
    }

    /// The mean distance to the nearest of some warehouses.
    fn mean_km(&self, open: &[WarehouseId]) -> Option<f64> {
        let metres = self.metres()?;
        let sites = Sites { weights: &self.weights, count: self.warehouses.len(), metres: &metres };
        let open: Vec<usize> = open.iter().map(|warehouse| warehouse.index()).collect();
        let all: u64 = self.weights.iter().sum();
        Some(sites.total(&open) as f64 / all.max(1) as f64 / 1_000.0)
    }
}

/// Orders a day that are expected of each zone: generated, replayed and written ones. Where there are none at all, the zones'
/// shares.
fn orders_a_day(model: &Model) -> Vec<f64> {
    let shares: Vec<f64> = model.zones.iter().map(|zone| zone.share).collect();
    let mut orders = vec![0.0; model.zones.len()];
    if let Some(demand) = &model.demand {
        let all: f64 = shares.iter().sum();
        let a_day = demand.mean_orders_per_day();
        orders.iter_mut().zip(&shares).filter(|_| all > 0.0).for_each(|(orders, share)| *orders += a_day * share / all);
    }
    if let Some(period) = &model.period {
        let all: f64 = shares.iter().sum();
        let some: f64 = period.asked_for(&model.products).map(|(_, units)| units.chance_of_some()).sum();
        let a_day = some / period.period.days();
        orders.iter_mut().zip(&shares).filter(|_| all > 0.0).for_each(|(orders, share)| *orders += a_day * share / all);
    }
    if let Some(trace) = &model.trace {
        let days = trace.length().days();
        trace.orders.iter().for_each(|order| orders[order.zone.index()] += 1.0 / days);
    }
    let days = model.run.horizon.days();
    model.script.orders.iter().for_each(|order| orders[order.zone.index()] += 1.0 / days);
    if orders.iter().all(|&orders| orders == 0.0) { shares } else { orders }
}

/// Leaves what concerns the open warehouses, under their new numbers; returns how many rows of stock and receipts were written
/// for closed ones. `None` where these cannot be moved, which is reported.
fn take_out(item: &Item<'_>, model: &mut Model, open: &[WarehouseId], stock_of_closed: StockOfClosed) -> Option<usize> {
    let number = |warehouse: WarehouseId| open.binary_search(&warehouse).ok().map(WarehouseId::from_index);
    let closed_rows = |warehouses: &mut dyn Iterator<Item = WarehouseId>| {
        warehouses.filter(|&warehouse| number(warehouse).is_none()).collect::<Vec<_>>()
    };
    let stock = model.script.stock.iter().flatten().map(|row| row.warehouse);
    let receipts = model.script.receipts.iter().map(|row| row.warehouse);
    let ordered = model.script.open_purchase_orders.iter().map(|row| row.warehouse);
    let mut with_rows = closed_rows(&mut stock.chain(receipts).chain(ordered));
    let rows_of_closed = with_rows.len();
    with_rows.sort_unstable();
    with_rows.dedup();
    let heirs = match stock_of_closed {
        StockOfClosed::Lost => Vec::new(),
        StockOfClosed::Moved => with_rows
            .into_iter()
            .map(|closed| {
                let heir = nearest(model, closed, open);
                if heir.is_none() {
                    let name = &model.warehouses[closed.index()].id;
                    let message =
                        format!("the stock of \"{name}\", which is closed, cannot move to the nearest open warehouse");
                    let finding = item.error("missing-key", message);
                    let help = "add `lat` and `lon` to all [[warehouses]], or set `stock_of_closed = \"lost\"`";
                    item.cx.sink.push(finding.help(help));
                }
                heir.map(|heir| (closed, heir))
            })
            .collect::<Option<_>>()?,
    };
    let lands = |warehouse: WarehouseId| {
        let heir = || heirs.iter().find(|(closed, _)| *closed == warehouse).and_then(|&(_, heir)| number(heir));
        number(warehouse).or_else(heir)
    };
    for zone in &mut model.zones {
        zone.lanes.retain_mut(|lane| number(lane.warehouse).map(|open| lane.warehouse = open).is_some());
    }
    if let Some(replenishment) = &mut model.replenishment {
        let mut is_open = replenishment.by_pair.iter().map(|(warehouse, ..)| number(*warehouse).is_some());
        replenishment.places.rows.retain(|_| is_open.next().unwrap_or(true));
        replenishment.by_pair.retain_mut(|(warehouse, ..)| number(*warehouse).map(|open| *warehouse = open).is_some());
        replenishment.later.retain_mut(|row| number(row.warehouse).map(|open| row.warehouse = open).is_some());
    }
    // An event of a closed warehouse vanishes with it.
    model.events.retain_mut(|event| {
        event.warehouse_mut().is_none_or(|warehouse| number(*warehouse).map(|open| *warehouse = open).is_some())
    });
    if let Some(rows) = &mut model.script.stock {
        let landed = rows.iter().filter_map(|row| Some(StockRow { warehouse: lands(row.warehouse)?, ..*row }));
        *rows = joined(landed.collect());
    }
    let receipts = model.script.receipts.iter();
    model.script.receipts =
        receipts.filter_map(|row| Some(ScriptedReceipt { warehouse: lands(row.warehouse)?, ..*row })).collect();
    let ordered = model.script.open_purchase_orders.iter();
    model.script.open_purchase_orders =
        ordered.filter_map(|row| Some(OpenPurchaseOrder { warehouse: lands(row.warehouse)?, ..*row })).collect();
    Some(rows_of_closed)
}

/// The open warehouse that is nearest to a closed one; of equals the first. `None` where it is not said where they are.
fn nearest(model: &Model, closed: WarehouseId, open: &[WarehouseId]) -> Option<WarehouseId> {
    let here = model.warehouses[closed.index()].place?;
    let mut nearest: Option<(u64, WarehouseId)> = None;
    for &warehouse in open {
        let metres = libm::round(here.km_to(model.warehouses[warehouse.index()].place?) * 1_000.0) as u64;
        if nearest.is_none_or(|(least, _)| metres < least) {
            nearest = Some((metres, warehouse));
        }
    }
    nearest.map(|(_, warehouse)| warehouse)
}

/// Rows of one pair become one, where the first of them stands.
fn joined(rows: Vec<StockRow>) -> Vec<StockRow> {
    let mut first_of = std::collections::BTreeMap::new();
    let mut joined: Vec<StockRow> = Vec::with_capacity(rows.len());
    for row in rows {
        let at = *first_of.entry((row.warehouse, row.product)).or_insert(joined.len());
        match joined.get_mut(at) {
            Some(first) => first.units = first.units.saturating_add(row.units),
            None => joined.push(row),
        }
    }
    joined
}
