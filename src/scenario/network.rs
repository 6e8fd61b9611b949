//! `[[zones]]`, `[[warehouses]]`, `[[lanes]]`, `[shipping]`.

use super::item::Range;
use super::memory::Allowance;
use super::names::Names;
use super::overrides::RowSettings;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::source::Place as At;
use super::table::{RowTable, Rows};
use crate::domain::{Cents, DAY, Lane, Place, Span, Warehouse, WarehouseId, Zone};
use std::collections::BTreeMap;

/// Zones with their lanes, warehouses, and the names of both.
pub struct Network {
    /// In the file's order, lanes in preference order.
    pub zones: Vec<Zone>,
    /// Zone ids.
    pub zone_names: Names,
    /// In the file's order.
    pub warehouses: Vec<Warehouse>,
    /// Warehouse ids.
    pub warehouse_names: Names,
}

/// Reads the network.
pub fn read<'c>(root: &Section<'c>, settings: &'c RowSettings<'c>) -> Network {
    let explicit = root.written("lanes").is_some();
    let mut network = Network {
        zones: Vec::new(),
        zone_names: Names::new("zone", "[[zones]]"),
        warehouses: Vec::new(),
        warehouse_names: Names::new("warehouse", "[[warehouses]]"),
    };
    let mut placed = true;
    let table = RowTable { key: "zones", name: "[[zones]]", row: "a row of [[zones]]", settings };
    let rows = table.for_each::<schema::Zone>(root, |row| {
        let id = network.zone_names.take(&row);
        let share = row.item("share").and_then(|item| item.number(Range::NOT_NEGATIVE));
        let international = row.item("international").and_then(|item| item.flag());
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
    let table = RowTable { key: "warehouses", name: "[[warehouses]]", row: "a row of [[warehouses]]", settings };
    let rows = table.for_each::<schema::Warehouse>(root, |row| {
        let id = network.warehouse_names.take(&row);
        let handling = row.item("handling").and_then(|item| item.span());
        let fixed_cost = row.item("fixed_cost").and_then(|item| item.money());
        let place = place(&row, explicit);
        placed &= place.is_some();
        let listed_at = network.warehouses.len() as u32;
        network.warehouses.push(Warehouse {
            id: id.unwrap_or_default(),
            place: place.flatten(),
            handling: handling.unwrap_or(Span::ZERO),
            fixed_cost: fixed_cost.unwrap_or(Cents::ZERO),
            listed_at,
        });
    });
    if rows != Rows::Complete {
        network.warehouse_names.incomplete();
    }
    let shipping = root.table::<schema::Shipping>("shipping", "[shipping]");
    // Read in any case, so that a mistake in it is told.
    let rates = rates(&shipping);
    if explicit {
        explicit_lanes(root, settings, &mut network);
        warn_of_unused(&shipping);
    } else if let (Some(rates), true) = (rates, placed) {
        lanes_by_distance(&rates, Allowance::read(root), &mut network);
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
    let table = RowTable { key: "lanes", name: "[[lanes]]", row: "a row of [[lanes]]", settings };
    table.for_each::<schema::Lane>(root, |row| {
        let from = row.item("from").and_then(|item| warehouse_names.resolve(&item));
        let to = row.item("to").and_then(|item| zone_names.resolve(&item));
        let parcel_cost = row.item("parcel_cost").and_then(|item| item.money());
        let transit = row.item("transit").and_then(|item| item.span());
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

/// `[shipping]`, as far as it makes lanes.
struct Rates {
    parcel_base: Cents,
    parcel_per_1000_km: Cents,
    international_parcel: Cents,
    transit_base: Span,
    km_per_day: f64,
    international_transit: Span,
}

fn rates(shipping: &Section<'_>) -> Option<Rates> {
    let parcel_base = shipping.item("parcel_base")?.money();
    let parcel_per_1000_km = shipping.item("parcel_per_1000_km")?.money();
    let international_parcel = shipping.item("international_parcel")?.money();
    let transit_base = shipping.item("transit_base")?.span();
    let km_per_day = shipping.item("km_per_day")?.number(Range::POSITIVE);
    let international_transit = shipping.item("international_transit")?.span();
    Some(Rates {
        parcel_base: parcel_base?,
        parcel_per_1000_km: parcel_per_1000_km?,
        international_parcel: international_parcel?,
        transit_base: transit_base?,
        km_per_day: km_per_day?,
        international_transit: international_transit?,
    })
}

/// `[shipping] cost_per_kg`.
pub fn cost_per_kg(root: &Section<'_>) -> Option<f64> {
    // Its unknown keys were reported where lanes were read.
    let shipping = root.table::<schema::Shipping>("shipping", "[shipping]");
    shipping.item("cost_per_kg")?.number(Range::NOT_NEGATIVE.up_to(1e9))
}

fn warn_of_unused(shipping: &Section<'_>) {
    for entry in shipping.entries().iter().filter(|entry| entry.key != "cost_per_kg") {
        if shipping.has(&entry.key) {
            let message = format!("`{}` has no effect: the scenario has explicit [[lanes]]", entry.key);
            let finding = Finding::warning("no-effect", entry.key_at, message).about("shipping");
            shipping.cx.sink.push(finding.help("drop it, or drop the lanes"));
        }
    }
}

fn lanes_by_distance(rates: &Rates, allowance: Allowance, network: &mut Network) {
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
