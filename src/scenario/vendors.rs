//! `[[vendors]]`.

use super::calendar::check_dates;
use super::declared::Values;
use super::levels::target;
use super::names::Names;
use super::overrides::RowSettings;
use super::reader::Section;
use super::report::Finding;
use super::table::{RowTable, Rows};
use crate::domain::settings::{CAPACITY, ORDER_MINIMUM, Setting, Settings, Table, Value};
use crate::domain::{Calendar, Disruption, Target, Vendor};

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
pub fn read<'c>(root: &Section<'c>, settings: &'c RowSettings<'c>, calendar: &Calendar) -> Vendors {
    let mut vendors = Vendors { list: Vec::new(), names: Names::new("vendor", "[[vendors]]") };
    let table = RowTable { key: "vendors", name: "[[vendors]]", settings };
    let rows = table.for_each(root, &Vendor::TABLE, |row| {
        let values = row.values(&Vendor::TABLE);
        vendors.names.take_read(&row, values.get("id"));
        vendors.list.extend(vendor(root, &row, values, calendar));
    });
    if rows == Rows::Incomplete {
        vendors.names.incomplete();
    }
    vendors
}

/// The vendor of a row, if nothing is wrong with it.
fn vendor(root: &Section<'_>, row: &Section<'_>, values: Values, calendar: &Calendar) -> Option<Vendor> {
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
    let minimum = has_one_of(row, "order_minimum", &ORDER_MINIMUM, ["units", "money"], "{ money = 500.0 }");
    let capacity = has_one_of(row, "capacity", &CAPACITY, ["units_per_day", "service_time"], "{ units_per_day = 400 }");
    target(row, "target")?;
    minimum?;
    capacity?;
    let vendor = values.all().map(Vendor::from_value)?;
    if let Some(off) = &vendor.holidays {
        check_dates(root, row, off);
    }
    if vendor.days(calendar).is_some_and(|days| days.next(0).is_none()) {
        let message = format!("{} never works: all its working days are holidays", row.title);
        row.cx.sink.push(Finding::error("never-open", row.at, message).about("working_days"));
        return None;
    }
    Some(vendor)
}

/// Reports a table within the row that has neither or both of two keys; what is wrong with a value is told where it is read.
fn has_one_of(
    row: &Section<'_>,
    key: &'static str,
    table: &'static Table,
    keys: [&'static str; 2],
    example: &str,
) -> Option<()> {
    let Some(item) = row.written(key) else { return Some(()) };
    let inner = Section::new(row.cx, item.node, table)?;
    let [first, second] = keys;
    let message = match (inner.written(first), inner.written(second)) {
        (Some(_), None) | (None, Some(_)) => return Some(()),
        (Some(_), Some(_)) => format!("`{key}` names both `{first}` and `{second}`"),
        (None, None) => format!("`{key}` names neither `{first}` nor `{second}`"),
    };
    let finding = item.error("clash", message);
    row.cx.sink.push(finding.expected(format!("one of the two, such as {example}")));
    None
}
