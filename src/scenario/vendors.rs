//! `[[vendors]]`.

use super::distribution::{self, Kind};
use super::names::Names;
use super::overrides::RowSettings;
use super::reader::Section;
use super::schema;
use super::table::{RowTable, Rows};
use crate::domain::{Disruption, Expedite, Vendor};

/// Vendors and their names.
pub struct Vendors {
    /// In the file's order.
    pub list: Vec<Vendor>,
    /// Their ids.
    pub names: Names,
}

/// Reads the vendors.
pub fn read<'c>(root: &Section<'c>, settings: &'c RowSettings<'c>) -> Vendors {
    let mut vendors = Vendors { list: Vec::new(), names: Names::new("vendor", "[[vendors]]") };
    let table = RowTable { key: "vendors", name: "[[vendors]]", row: "a row of [[vendors]]", settings };
    let rows = table.for_each::<schema::Vendor>(root, |row| {
        let id = vendors.names.take(&row);
        if let Some(vendor) = vendor(&row, id) {
            vendors.list.push(vendor);
        }
    });
    if rows == Rows::Incomplete {
        vendors.names.incomplete();
    }
    vendors
}

fn vendor(row: &Section<'_>, id: Option<String>) -> Option<Vendor> {
    let lead_time = row.item("lead_time").and_then(|item| distribution::read(&item, Kind::Duration));
    let order_cost = row.item("order_cost")?.money();
    let minimum_units = row.item("minimum_units")?.units(0);
    let multiple = row.item("multiple")?.units(1);
    let expedite = row.written_table::<schema::Expedite>("expedite", "`expedite`").map(|table| expedite(&table));
    let disruption =
        row.written_table::<schema::Disruption>("disruption", "`disruption`").map(|table| disruption(&table));
    Some(Vendor {
        id: id?,
        lead_time: lead_time?,
        order_cost: order_cost?,
        minimum_units: minimum_units?,
        multiple: multiple?,
        expedite: match expedite {
            Some(expedite) => Some(expedite?),
            None => None,
        },
        disruption: match disruption {
            Some(disruption) => Some(disruption?),
            None => None,
        },
    })
}

fn expedite(table: &Section<'_>) -> Option<Expedite> {
    let lead_time = table.item("lead_time").and_then(|item| distribution::read(&item, Kind::Duration));
    let cost_per_unit = table.item("cost_per_unit")?.money();
    Some(Expedite { lead_time: lead_time?, cost_per_unit: cost_per_unit? })
}

fn disruption(table: &Section<'_>) -> Option<Disruption> {
    let every = table.item("every").and_then(|item| {
        let every = distribution::read(&item, Kind::Duration)?;
        if every.mean() < 1.0 {
            let message = "`every` must be longer than \"0s\": disruptions would follow without end".to_string();
            item.cx.sink.push(item.error("out-of-range", message));
            return None;
        }
        Some(every)
    });
    let lasts = table.item("lasts").and_then(|item| distribution::read(&item, Kind::Duration));
    Some(Disruption { every: every?, lasts: lasts? })
}
