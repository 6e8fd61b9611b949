//! Orders to vendors, what came of them, and how long it took.

use super::complaint::Complaint;
use super::dates::When;
use super::fields::Field;
use super::limits::{beyond, no_units, number};
use super::products::Products;
use super::rows::product_of;
use super::source::{Opened, View};
use crate::domain::DAY;
use crate::domain::phrase::plural;
use std::collections::{BTreeMap, BTreeSet};

/// A line of an order to a vendor.
#[derive(Clone, Debug, PartialEq)]
pub struct Purchase {
    /// The purchase order's number.
    pub id: String,
    /// The line's number, where it has one.
    pub line: String,
    /// What, by its code.
    pub product: String,
    /// Who delivers it.
    pub vendor: String,
    /// Where to.
    pub warehouse: String,
    /// How many.
    pub units: f64,
    /// How many of them have come.
    pub received: f64,
    /// When it was ordered: seconds since 1970-01-01 00:00.
    pub ordered: i64,
    /// When it is expected.
    pub expected: Option<i64>,
}

/// A delivery.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The purchase order's number.
    pub id: String,
    /// The line's number, where it has one.
    pub line: String,
    /// What, by its code; perhaps empty.
    pub product: String,
    /// Who delivered it; perhaps empty.
    pub vendor: String,
    /// How many.
    pub units: f64,
    /// When it came.
    pub at: i64,
    /// When it was ordered, where the file itself says so.
    pub ordered: Option<i64>,
}

/// When a cell says something was; an empty one and one that stands for no date say nothing.
fn when(source: &Opened, view: &View<'_>, field: Field, wrong: &mut Vec<Complaint>) -> Option<i64> {
    let text = view.raw(field);
    if text.is_empty() {
        return None;
    }
    match source.dates.read(text) {
        Ok(When::At(moment)) => Some(moment.seconds),
        Ok(When::Placeholder) => None,
        Err((why, help)) => {
            wrong.push(Complaint { help, ..Complaint::at(view.file(), view.line(), why) });
            None
        }
    }
}

fn units(source: &Opened, view: &View<'_>, field: Field, wrong: &mut Vec<Complaint>) -> f64 {
    let text = view.raw(field);
    match source.number(text) {
        Some(units) => {
            wrong.extend(beyond(view, field, text, units));
            units
        }
        None if text.is_empty() => 0.0,
        None => {
            wrong.push(no_units(view, text));
            0.0
        }
    }
}

/// The name in a cell, or the one that stood there last: parents are blank on nested rows.
fn carried(view: &View<'_>, field: Field, last: &mut String) -> String {
    let text = view.raw(field);
    if !text.is_empty() {
        last.clear();
        last.push_str(text);
    }
    last.clone()
}

/// Reads orders to vendors; what there is to tell of them, too.
///
/// # Errors
/// All that is wrong with the rows.
pub fn purchases(source: &Opened, products: &mut Products) -> Result<(Vec<Purchase>, Vec<String>), Vec<Complaint>> {
    let (mut list, mut wrong, mut left_out) = (Vec::<Purchase>::new(), Vec::new(), 0);
    let (mut last_id, mut last_vendor, mut last_date) = (String::new(), String::new(), None);
    let (none, complaints) = source.each_view(|view| {
        let is_new = !view.raw(Field::Purchase).is_empty() && view.raw(Field::Purchase) != last_id;
        if is_new {
            last_vendor.clear();
            last_date = None;
        }
        let id = carried(view, Field::Purchase, &mut last_id);
        let vendor = carried(view, Field::Vendor, &mut last_vendor);
        let ordered = when(source, view, Field::Date, &mut wrong).or(last_date);
        last_date = ordered;
        let (product, _) = product_of(view);
        let ordered_units = units(source, view, Field::Units, &mut wrong);
        let (Some(ordered), true) = (ordered, !id.is_empty() && !product.is_empty() && ordered_units > 0.0) else {
            left_out += 1;
            return;
        };
        if view.left_out().is_some() {
            left_out += 1;
            return;
        }
        let received = units(source, view, Field::Received, &mut wrong);
        let expected = when(source, view, Field::Expected, &mut wrong);
        let cost = number(source, view, Field::Cost, &mut wrong).filter(|cost| *cost > 0.0);
        products.meet(&product, None, cost, &vendor);
        let (line, warehouse) = (view.raw(Field::Line).to_string(), view.raw(Field::Warehouse).to_string());
        list.push(Purchase { id, line, product, vendor, warehouse, units: ordered_units, received, ordered, expected });
    });
    wrong.extend(complaints);
    let mut notes: Vec<String> = none.told(source.kind).into_iter().collect();
    if left_out > 0 {
        let rows = rows_are(left_out);
        notes.push(format!("purchases: {rows} left out: no number, date, product or units, or cancelled."));
    }
    let key = |purchase: &Purchase| {
        let Purchase { id, line, product, units, ordered, .. } = purchase;
        (id.clone(), line.clone(), product.clone(), units.to_bits(), *ordered)
    };
    let same = list.len() - list.iter().map(key).collect::<BTreeSet<_>>().len();
    if same > 0 {
        notes.push(format!("purchases: {} as another one is; each counts as ordered.", rows_are(same)));
    }
    if wrong.is_empty() { Ok((list, notes)) } else { Err(wrong) }
}

/// Reads deliveries; what there is to tell of them, too.
///
/// # Errors
/// All that is wrong with the rows.
pub fn receipts(source: &Opened) -> Result<(Vec<Receipt>, Vec<String>), Vec<Complaint>> {
    let (mut list, mut wrong, mut left_out) = (Vec::new(), Vec::new(), 0);
    let mut last_id = String::new();
    let (none, complaints) = source.each_view(|view| {
        let id = carried(view, Field::Purchase, &mut last_id);
        let at = when(source, view, Field::Date, &mut wrong);
        let came = if source.has(Field::Units) { units(source, view, Field::Units, &mut wrong) } else { 1.0 };
        let (Some(at), true, None) = (at, came > 0.0, view.left_out()) else {
            left_out += 1;
            return;
        };
        let ordered = when(source, view, Field::Ordered, &mut wrong);
        let (product, _) = product_of(view);
        let (line, vendor) = (view.raw(Field::Line).to_string(), view.raw(Field::Vendor).to_string());
        list.push(Receipt { id, line, product, vendor, units: came, at, ordered });
    });
    wrong.extend(complaints);
    let mut notes: Vec<String> = none.told(source.kind).into_iter().collect();
    if left_out > 0 {
        notes.push(format!("receipts: {} left out: no date or units, or of another kind.", rows_are(left_out)));
    }
    if wrong.is_empty() { Ok((list, notes)) } else { Err(wrong) }
}

/// `1 row is`, `2 rows are`.
pub fn rows_are(count: usize) -> String {
    format!("{} {}", plural(count, "row"), if count == 1 { "is" } else { "are" })
}

/// Days that no vendor takes: a delivery of so long after its order is mistyped.
const TOO_LONG: i64 = 2 * 365;

/// What deliveries say of orders to vendors.
#[derive(Clone, Debug, Default)]
pub struct Deliveries {
    /// Lead times in days, by vendor.
    pub lead_times: BTreeMap<String, Vec<f64>>,
    /// Deliveries of orders that are not in the file.
    pub without_order: usize,
    /// Deliveries of before their order.
    pub before_order: usize,
    /// Deliveries of years after their order, and the first of them: its purchase order, and its days.
    pub years_after: Option<(usize, String, i64)>,
}

/// A number without the zeros in front, which one export shows and another leaves away.
fn bare(number: &str) -> &str {
    match number.trim_start_matches('0') {
        "" => number,
        bare => bare,
    }
}

/// Puts deliveries to what was ordered: by number and line, else by number and product, else by number. Of each purchase order and
/// day one lead time is taken, as what comes on one lorry was not late a hundred times. What came from second `start` on, where the
/// run begins, is not received yet.
pub fn deliveries(purchases: &mut [Purchase], receipts: &[Receipt], start: i64) -> Deliveries {
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let keys: Vec<(String, String, String)> = purchases
        .iter()
        .map(|purchase| (bare(&purchase.id).to_string(), bare(&purchase.line).to_string(), purchase.product.clone()))
        .collect();
    keys.iter().enumerate().for_each(|(at, (id, ..))| by_id.entry(id).or_default().push(at));
    let mut found = Deliveries::default();
    let mut seen: BTreeSet<(String, String, i64, i64)> = BTreeSet::new();
    let (mut came, mut to_come) = (vec![0.0_f64; purchases.len()], vec![0.0_f64; purchases.len()]);
    for receipt in receipts {
        let lines = by_id.get(bare(&receipt.id)).filter(|_| !receipt.id.is_empty());
        let line = lines.and_then(|lines| {
            let by_line = lines.iter().find(|&&at| !receipt.line.is_empty() && keys[at].1 == bare(&receipt.line));
            let by_product = || lines.iter().find(|&&at| !receipt.product.is_empty() && keys[at].2 == receipt.product);
            let only = || (receipt.product.is_empty() && receipt.line.is_empty()).then(|| &lines[0]);
            by_line.or_else(by_product).or_else(only).copied()
        });
        if let Some(line) = line {
            (if receipt.at < start { &mut came } else { &mut to_come })[line] += receipt.units;
        }
        let ordered = receipt.ordered.or(line.map(|line| purchases[line].ordered));
        let Some(ordered) = ordered else {
            found.without_order += 1;
            continue;
        };
        let vendor = line.map(|line| purchases[line].vendor.clone()).filter(|vendor| !vendor.is_empty());
        let vendor = vendor.unwrap_or_else(|| receipt.vendor.clone());
        // A receipt that names a day alone came after an order of that day, whatever its hour.
        let seconds =
            if receipt.at % DAY == 0 { receipt.at - ordered.div_euclid(DAY) * DAY } else { receipt.at - ordered };
        if seconds < 0 {
            found.before_order += 1;
            continue;
        }
        if seconds > TOO_LONG * DAY {
            found.years_after.get_or_insert_with(|| (0, receipt.id.clone(), seconds / DAY)).0 += 1;
            continue;
        }
        let days = (ordered.div_euclid(DAY), receipt.at.div_euclid(DAY));
        if seen.insert((vendor.clone(), bare(&receipt.id).to_string(), days.0, days.1)) {
            found.lead_times.entry(vendor).or_default().push(seconds as f64 / DAY as f64);
        }
    }
    for (purchase, (came, to_come)) in purchases.iter_mut().zip(came.into_iter().zip(to_come)) {
        purchase.received = (purchase.received - to_come).max(came);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn purchase(id: &str, line: &str, product: &str, day: i64) -> Purchase {
        let (id, line, product) = (id.to_string(), line.to_string(), product.to_string());
        let vendor = "acme".to_string();
        Purchase {
            id,
            line,
            product,
            vendor,
            warehouse: String::new(),
            units: 10.0,
            received: 0.0,
            ordered: day * DAY,
            expected: None,
        }
    }

    fn receipt(id: &str, line: &str, product: &str, day: i64) -> Receipt {
        let (id, line, product) = (id.to_string(), line.to_string(), product.to_string());
        Receipt { id, line, product, vendor: String::new(), units: 4.0, at: day * DAY, ordered: None }
    }

    #[test]
    fn a_delivery_finds_its_order() {
        let mut ordered = [purchase("1", "10", "A", 100), purchase("1", "20", "B", 100), purchase("2", "", "A", 105)];
        let came = [
            receipt("1", "10", "", 106),
            receipt("1", "20", "", 106),
            receipt("001", "00020", "", 110),
            receipt("2", "", "A", 111),
            receipt("2", "", "", 104),
            receipt("9", "", "A", 120),
            receipt("2", "", "A", 105 + TOO_LONG + 1),
        ];
        let earlier = deliveries(&mut ordered.clone(), &came, 110 * DAY);
        let mut exported = [purchase("1", "10", "A", 100), purchase("1", "20", "B", 100), purchase("2", "", "A", 105)];
        exported.iter_mut().for_each(|purchase| purchase.received = 8.0);
        deliveries(&mut exported, &came, 110 * DAY);
        assert_eq!(exported.map(|purchase| purchase.received), [8.0, 4.0, 4.0], "what came later had not come");
        let found = deliveries(&mut ordered, &came, i64::MAX);
        assert_eq!(found.lead_times, earlier.lead_times, "of how long it took all of it tells");
        assert_eq!(found.lead_times["acme"], [6.0, 10.0, 6.0], "one of an order and a day");
        assert_eq!((found.without_order, found.before_order), (1, 1));
        assert_eq!(found.years_after, Some((1, "2".to_string(), TOO_LONG + 1)), "a mistyped year is no lead time");
        assert_eq!(ordered.map(|purchase| purchase.received), [4.0, 8.0, 12.0]);
    }
}
