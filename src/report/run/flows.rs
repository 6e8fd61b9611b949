//! What goes from which warehouse to which zone, as a table: the map and the heat maps in figures, for who does not see them.

use crate::measures::Unit;
use crate::report::document::{Block, Content, Fold};
use crate::report::flows::Moved;
use crate::report::number::{NONE, grouped, in_short};
use crate::report::table::{Cell, Column, Table};
use std::cmp::Reverse;

/// So many flows are shown, the largest.
const MAX_ROWS: usize = 50;

/// The table, folded; nothing where one warehouse sends everything to one zone.
pub(super) fn fold(moved: &Moved) -> Option<Block> {
    let mut flows = moved.to_zones.clone();
    if flows.len() < 2 {
        return None;
    }
    flows.sort_by_key(|flow| Reverse(flow.units));
    let columns = [
        Column::words("warehouse"),
        Column::words("zone").labelled("to"),
        Column::number("units sent").labelled("units:"),
        Column::number("of what the zone is sent").labelled("of the zone’s:"),
        Column::number("had to wait").labelled("had to wait:"),
        Column::number("km, as the crow flies").labelled("km:"),
    ];
    let mut table = Table::new("What goes where, in the first replication", columns);
    let share = |part: u64, of: u64| {
        let share = part as f64 / of as f64;
        Cell::number(in_short(Unit::Share, share, None), Some(share))
    };
    for flow in flows.iter().take(MAX_ROWS) {
        let (from, to) = (&moved.warehouses[flow.warehouse], &moved.zones[flow.to]);
        let sent: u64 = moved.to_zones.iter().filter(|it| it.to == flow.to).map(|it| it.units).sum();
        let km = from.place().zip(to.place()).map(|(from, to)| from.km_to(to));
        table.row([
            Cell::words(from.name.as_str()),
            Cell::words(to.name.as_str()),
            Cell::number(grouped(flow.units as f64, 0), Some(flow.units as f64)),
            share(flow.units, sent),
            share(flow.waited, flow.units),
            Cell::number(km.map_or_else(|| NONE.into(), |km| grouped(km, 0)), km),
        ]);
    }
    let mut blocks = vec![Block::from(table)];
    if flows.len() > MAX_ROWS {
        blocks.push(Block::paragraph(format!("{MAX_ROWS} of {} flows are shown.", grouped(flows.len() as f64, 0))));
    }
    blocks.push(Content::Data("report.json".into()).into());
    Some(Content::Fold(Fold { summary: "By warehouse and zone".into(), is_wide: true, blocks }).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::flows::{Site, Units};
    use crate::report::html::fragment;

    #[test]
    fn every_flow_has_its_figures_the_largest_first() {
        let site = |name: &str, at| Site { name: name.into(), at, international: false };
        let units = |warehouse, to, units, waited| Units { warehouse, to, units, waited };
        let mut moved = Moved {
            warehouses: vec![site("reno", Some([39.5, -119.8])), site("dallas", None)],
            zones: vec![site("California", Some([37.2, -119.5])), site("Texas", None)],
            vendors: Vec::new(),
            to_zones: vec![units(1, 0, 20, 5), units(0, 0, 60, 0), units(1, 1, 15, 15)],
            of_vendors: Vec::new(),
        };
        let shown = fragment(&[fold(&moved).expect("three flows")]).replace('\u{a0}', " ");
        let places: Vec<usize> = ["75.0 %", "25.0 %", "100.0 %"].iter().filter_map(|words| shown.find(words)).collect();
        assert!(places.len() == 3 && places.is_sorted(), "{shown}");
        assert!(
            shown.contains("data-label=\"km:\" data-key=\"257.") && shown.contains("data-label=\"km:\" data-key=\"\""),
            "{shown}"
        );
        moved.to_zones.truncate(1);
        assert!(fold(&moved).is_none());
    }
}
