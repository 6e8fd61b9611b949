//! Which warehouse serves whom, where places have no coordinates that a map could show it by.

use super::flows::map;
use super::heat_map::{Field, Sides, heat_map};
use super::{Chart, percent};
use crate::report::data::Data;
use crate::report::flows::{Moved, Units};
use crate::report::number::grouped;
use std::cmp::Reverse;

/// Warehouses and zones that are shown at the most: of zones those that are sent most.
const MAX_SIDE: usize = 12;

/// The share of each zone's units by warehouse; nothing of a single warehouse or zone, or where the map shows it.
pub(super) fn served(data: &Data) -> Option<Chart> {
    match map(data) {
        Some(_) => None,
        None => served_of(data.facts.flows.as_ref()?),
    }
}

/// What a zone is sent.
struct Zone {
    number: usize,
    units: u64,
    /// What it is sent most of from one warehouse.
    most: Units,
}

fn served_of(moved: &Moved) -> Option<Chart> {
    let to = |zone: usize| moved.to_zones.iter().filter(move |it| it.to == zone);
    let mut zones: Vec<Zone> = (0..moved.zones.len())
        .filter_map(|number| {
            // Of equals the first of the list.
            let most = *to(number).rev().max_by_key(|it| it.units)?;
            Some(Zone { number, units: to(number).map(|it| it.units).sum(), most })
        })
        .collect();
    let warehouses: Vec<usize> =
        (0..moved.warehouses.len()).filter(|&number| moved.to_zones.iter().any(|it| it.warehouse == number)).collect();
    if zones.len() < 2 || !(2..=MAX_SIDE).contains(&warehouses.len()) {
        return None;
    }
    zones.sort_by_key(|zone| Reverse(zone.units));
    let all: u64 = zones.iter().map(|zone| zone.units).sum();
    let from_first: u64 = zones.iter().map(|zone| zone.most.units).sum();
    let share = |units: u64, of: u64| units as f64 / of as f64;
    let divided = zones
        .iter()
        .filter(|zone| zone.most.units < zone.units)
        .min_by(|a, b| share(a.most.units, a.units).total_cmp(&share(b.most.units, b.units)));
    let caption = match divided {
        None => "Each zone is sent all its units from one warehouse, in the first replication.".to_string(),
        Some(zone) => format!(
            "{} of the units come from the warehouse that sends their zone most, in the first replication; the most divided is {}, \
             with {} from {}.",
            percent(share(from_first, all)),
            moved.zones[zone.number].name,
            percent(share(zone.most.units, zone.units)),
            moved.warehouses[zone.most.warehouse].name
        ),
    };
    let title = match zones.len() > MAX_SIDE {
        true => format!("Who is served from where, the {MAX_SIDE} largest zones"),
        false => "Who is served from where".to_string(),
    };
    zones.truncate(MAX_SIDE);
    let field = |zone: &Zone, warehouse: usize| {
        let (from, name) = (&moved.warehouses[warehouse].name, &moved.zones[zone.number].name);
        match to(zone.number).find(|it| it.warehouse == warehouse) {
            None => Field { value: None, shown: String::new(), said: format!("{name} from {from}: nothing sent") },
            Some(it) => Field {
                value: Some(share(it.units, zone.units)),
                shown: grouped(share(it.units, zone.units) * 100.0, 1),
                said: format!(
                    "{name} from {from}: {} of its {} units; {} of these had to wait",
                    percent(share(it.units, zone.units)),
                    grouped(zone.units as f64, 0),
                    percent(share(it.waited, it.units))
                ),
            },
        }
    };
    let fields: Vec<Vec<Field>> =
        zones.iter().map(|zone| warehouses.iter().map(|&warehouse| field(zone, warehouse)).collect()).collect();
    let sides = Sides {
        down: "per cent of a zone's units".into(),
        rows: zones.iter().map(|zone| moved.zones[zone.number].name.clone()).collect(),
        across: "warehouse".into(),
        columns: warehouses.iter().map(|&number| moved.warehouses[number].name.clone()).collect(),
    };
    heat_map("served", &title, caption, "report.json", &sides, &fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::flows::Site;

    fn moved(to_zones: &[(usize, usize, u64, u64)]) -> Moved {
        let site = |name: &str| Site { name: name.into(), at: None, international: false };
        let units = |&(warehouse, to, units, waited): &(usize, usize, u64, u64)| Units { warehouse, to, units, waited };
        Moved {
            warehouses: vec![site("reno"), site("dallas")],
            zones: vec![site("west"), site("south"), site("abroad")],
            vendors: Vec::new(),
            to_zones: to_zones.iter().map(units).collect(),
            of_vendors: Vec::new(),
        }
    }

    #[test]
    fn each_zone_tells_from_where_it_is_served_and_the_most_divided_is_named() {
        let chart =
            served_of(&moved(&[(0, 0, 90, 0), (1, 0, 10, 5), (0, 1, 20, 0), (1, 1, 30, 0)])).expect("two by two");
        let told = "80.0 % of the units come from the warehouse that sends their zone most, in the first replication; the most \
                    divided is south, with 60.0 % from dallas.";
        assert_eq!(chart.caption, told);
        let page = chart.inline();
        assert!(page.contains("west from dallas: 10.0 % of its 100 units; 50.0 % of these had to wait"), "{page}");
        assert!(!page.contains("abroad"), "{page}");
        let apart = served_of(&moved(&[(0, 0, 90, 0), (1, 1, 30, 0)])).expect("two by two");
        assert!(apart.caption.starts_with("Each zone is sent all its units from one warehouse"), "{}", apart.caption);
        assert!(served_of(&moved(&[(0, 0, 90, 0), (0, 1, 30, 0)])).is_none(), "one warehouse serves all");
    }
}
