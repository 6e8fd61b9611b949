//! `[[zones]]`, `[[warehouses]]`, `[[lanes]]`, `[shipping]`.

use super::calendar;
use super::item::Range;
use super::memory::Allowance;
use super::names::Names;
use super::overrides::RowSettings;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::source::Place as At;
use super::table::{RowTable, Rows};
use super::tree::Value;
use crate::domain::settings::Settings;
use crate::domain::{Calendar, Cents, DAY, Distribution, Lane, Place, Shipping, Span, Warehouse, WarehouseId, Zone};
use std::collections::BTreeMap;

/// Zones with their lanes, warehouses, and the names of both.
pub struct Network {
    /// In the file's order, lanes in preference order.
    pub zones: Vec<Zone>,
    /// Units of a line from their rows, as many as zones.
    pub units_per_line: Vec<Option<Distribution>>,
    /// Zone ids.
    pub zone_names: Names,
    /// In the file's order.
    pub warehouses: Vec<Warehouse>,
    /// Warehouse ids.
    pub warehouse_names: Names,
    /// `[shipping] cost_per_kg`.
    pub parcel_cost_per_kg: f64,
}

/// Reads the network.
pub fn read<'c>(root: &Section<'c>, settings: &'c RowSettings<'c>, calendar: &Calendar) -> Network {
    let explicit = root.written("lanes").is_some();
    let mut network = Network {
        zones: Vec::new(),
        units_per_line: Vec::new(),
        zone_names: Names::new("zone", "[[zones]]"),
        warehouses: Vec::new(),
        warehouse_names: Names::new("warehouse", "[[warehouses]]"),
        parcel_cost_per_kg: 0.0,
    };
    let mut placed = true;
    let table = RowTable { key: "zones", name: "[[zones]]", settings };
    let rows = table.for_each(root, &schema::ZONE, |row| {
        let id = network.zone_names.take(&row);
        let share: Option<f64> = row.read("share");
        let international = row.read("international");
        network.units_per_line.push(row.read("units_per_line").unwrap_or_default());
        let place = place(&row, explicit);
        placed &= place.is_some();
        network.zones.push(Zone {
            id: id.unwrap_or_default(),
            share: share.unwrap_or(1.0),
            international: international.unwrap_or(false),
            place: place.flatten(),
            lanes: Vec::new(),
        });
    });
    if rows != Rows::Complete {
        network.zone_names.incomplete();
    }
    let table = RowTable { key: "warehouses", name: "[[warehouses]]", settings };
    let rows = table.for_each(root, &schema::WAREHOUSE, |row| {
        let id = network.warehouse_names.take(&row);
        let handling = row.read("handling");
        let fixed_cost = row.read("fixed_cost");
        let picking = calendar::picking(root, &row, calendar);
        let place = place(&row, explicit);
        placed &= place.is_some();
        let listed_at = network.warehouses.len() as u32;
        network.warehouses.push(Warehouse {
            id: id.unwrap_or_default(),
            place: place.flatten(),
            handling: handling.unwrap_or(Span::ZERO),
            fixed_cost: fixed_cost.unwrap_or(Cents::ZERO),
            picking: picking.flatten().map(Box::new),
            listed_at,
        });
    });
    if rows != Rows::Complete {
        network.warehouse_names.incomplete();
    }
    // Read in any case, so that a mistake in it is told.
    let shipping: Option<Shipping> = root.settings("shipping");
    network.parcel_cost_per_kg = shipping.as_ref().map_or(0.0, |shipping| shipping.cost_per_kg);
    if explicit {
        explicit_lanes(root, settings, &mut network);
        warn_of_unused(root);
    } else if let (Some(shipping), true) = (&shipping, placed) {
        lanes_by_distance(shipping, Allowance::read(root), &mut network);
    }
    for zone in &mut network.zones {
        // A stable sort: equals stay in the file's order of warehouses.
        zone.lanes.sort_by_key(|lane| lane.warehouse);
        zone.lanes.sort_by_key(|lane| (lane.parcel_cost, lane.transit));
    }
    network
}

/// Where a row says it is; `Some(None)` where it need not say. `None` where something is wrong with it.
fn place(row: &Section<'_>, explicit_lanes: bool) -> Option<Option<Place>> {
    let (lat, lon) = (row.written("lat"), row.written("lon"));
    match (lat, lon) {
        (None, None) if explicit_lanes => Some(None),
        (Some(lat), Some(lon)) => {
            let (lat, lon) = (lat.number(Range::LATITUDE), lon.number(Range::LONGITUDE));
            Some(Some(Place { lat: lat?, lon: lon? }))
        }
        (None, None) => {
            let message = format!("{} lacks `lat` and `lon`: without [[lanes]], costs go by distance", row.title);
            let finding = Finding::error("missing-key", row.at, message).about(row.title);
            row.cx.sink.push(finding.help("add them, for example `lat = 37.8` and `lon = -122.3`, or add [[lanes]]"));
            None
        }
        (Some(_), None) => {
            row.missing_because("lon", ", which belongs to `lat`");
            None
        }
        (None, Some(_)) => {
            row.missing_because("lat", ", which belongs to `lon`");
            None
        }
    }
}

fn explicit_lanes<'c>(root: &Section<'c>, settings: &'c RowSettings<'c>, network: &mut Network) {
    let mut seen: BTreeMap<(u32, u32), At> = BTreeMap::new();
    let Network { zones, zone_names, warehouse_names, .. } = network;
    let table = RowTable { key: "lanes", name: "[[lanes]]", settings };
    table.for_each(root, &schema::LANE, |row| {
        let from = row.item("from").and_then(|item| warehouse_names.resolve(&item));
        let to = row.item("to").and_then(|item| zone_names.resolve(&item));
        let parcel_cost = row.read("parcel_cost");
        let transit = row.read("transit");
        let (Some(from), Some(to)) = (from, to) else { return };
        if let Some(first) = seen.insert((from, to), row.at) {
            let (from, to) = (warehouse_names.name(from as usize), zone_names.name(to as usize));
            let message = format!("there are two lanes from \"{from}\" to \"{to}\"");
            let finding = Finding::error("duplicate-id", row.at, message).about("lanes");
            row.cx.sink.push(
                finding.note(format!("the first stands at {}", row.cx.sources.name_of(first))).help("keep one of them"),
            );
            return;
        }
        if let (Some(parcel_cost), Some(transit), Some(zone)) = (parcel_cost, transit, zones.get_mut(to as usize)) {
            zone.lanes.push(Lane { warehouse: WarehouseId(from), parcel_cost, transit });
        }
    });
}

fn warn_of_unused(root: &Section<'_>) {
    let Some(item) = root.written("shipping") else { return };
    let Value::Table(entries) = &item.node.value else { return };
    for entry in entries.iter().filter(|entry| entry.key != "cost_per_kg") {
        if Shipping::TABLE.key(&entry.key).is_some() {
            let message = format!("`{}` has no effect: the scenario has explicit [[lanes]]", entry.key);
            let finding = Finding::warning("no-effect", entry.key_at, message).about("shipping");
            root.cx.sink.push(finding.help("drop it, or drop the lanes"));
        }
    }
}

fn lanes_by_distance(rates: &Shipping, allowance: Allowance, network: &mut Network) {
    if !allowance.allows_lanes(network.zones.len(), network.warehouses.len()) {
        return;
    }
    for zone in &mut network.zones {
        for (index, warehouse) in network.warehouses.iter().enumerate() {
            let (Some(here), Some(there)) = (zone.place, warehouse.place) else { continue };
            let km = here.km_to(there);
            let (extra_cost, extra_time) = match zone.international {
                true => (rates.international_parcel, rates.international_transit),
                false => (Cents::ZERO, Span::ZERO),
            };
            let by_distance = Cents::from_decimal(rates.parcel_per_1000_km.decimal() * km / 1_000.0);
            let under_way = Span::from_seconds_f64(km / rates.km_per_day * DAY as f64);
            zone.lanes.push(Lane {
                warehouse: WarehouseId::from_index(index),
                parcel_cost: rates.parcel_base + by_distance + extra_cost,
                transit: rates.transit_base + under_way + extra_time,
            });
        }
    }
}
