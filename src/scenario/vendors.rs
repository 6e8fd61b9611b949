//! `[[vendors]]`.

use super::declared::Values;
use super::levels::target;
use super::names::Names;
use super::overrides::RowSettings;
use super::reader::Section;
use super::report::Finding;
use super::table::{RowTable, Rows};
use crate::domain::settings::{ORDER_MINIMUM, Setting, Settings, Value};
use crate::domain::{Disruption, Target, Vendor};

/// Vendors and their names.
pub struct Vendors {
    /// In the file's order.
    pub list: Vec<Vendor>,
    /// Their ids.
    pub names: Names,
}

impl Vendors {
    /// Their targets; none at all where no vendor has one.
    pub fn targets(&self) -> Vec<Option<Target>> {
        let all: Vec<Option<Target>> = self.list.iter().map(|vendor| vendor.target).collect();
        if all.iter().any(Option::is_some) { all } else { Vec::new() }
    }
}

/// Reads the vendors.
pub fn read<'c>(root: &Section<'c>, settings: &'c RowSettings<'c>) -> Vendors {
    let mut vendors = Vendors { list: Vec::new(), names: Names::new("vendor", "[[vendors]]") };
    let table = RowTable { key: "vendors", name: "[[vendors]]", settings };
    let rows = table.for_each(root, &Vendor::TABLE, |row| {
        let values = row.values(&Vendor::TABLE);
        vendors.names.take_read(&row, values.get("id"));
        vendors.list.extend(vendor(&row, values));
    });
    if rows == Rows::Incomplete {
        vendors.names.incomplete();
    }
    vendors
}

/// The vendor of a row, if nothing is wrong with it.
fn vendor(row: &Section<'_>, values: Values) -> Option<Vendor> {
    let disruption = match values.get("disruption") {
        Some(table @ Value::Table(_)) => Some(Disruption::from_value(table.clone())),
        _ => None,
    };
    if disruption.is_some_and(|disruption| disruption.every.mean() < 1.0) {
        let entry = row.written("disruption")?.node.entry("every")?;
        let message = "`every` must be longer than \"0s\": disruptions would follow without end".to_string();
        row.cx.sink.push(Finding::error("out-of-range", entry.node.at, message).about("every"));
        return None;
    }
    let minimum = has_one_minimum(row);
    target(row, "target")?;
    minimum?;
    values.all().map(Vendor::from_value)
}

/// Reports an `order_minimum` of neither or both; what is wrong with an amount is told where it is read.
fn has_one_minimum(row: &Section<'_>) -> Option<()> {
    let Some(item) = row.written("order_minimum") else { return Some(()) };
    let inner = Section::new(row.cx, item.node, &ORDER_MINIMUM)?;
    let message = match (inner.written("units"), inner.written("money")) {
        (Some(_), None) | (None, Some(_)) => return Some(()),
        (Some(_), Some(_)) => "`order_minimum` names both `units` and `money`",
        (None, None) => "`order_minimum` names neither `units` nor `money`",
    };
    let finding = item.error("clash", message.to_string());
    row.cx.sink.push(finding.expected("one of the two, such as { money = 500.0 }"));
    None
}
