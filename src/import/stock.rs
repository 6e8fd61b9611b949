//! What lies in the warehouses, and levels where the file has them.

use super::complaint::Complaint;
use super::fields::Field;
use super::limits::{beyond, no_units, number};
use super::products::Products;
use super::rows::product_of;
use super::source::Opened;
use super::table::NoRows;
use crate::scenario::is_none;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The stock of every place and product that the file names.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    /// By warehouse and product, by their names.
    pub held: BTreeMap<(String, String), Held>,
    /// The warehouses, in the order of the file.
    pub warehouses: Vec<String>,
    /// Places with less than nothing of a product in all their rows, which is taken for nothing.
    pub negative: usize,
    /// Places with a part of a unit of a product on hand or on order in all their rows, of which the whole units are there.
    pub parts: usize,
    /// Rows with a part of a unit in a level, which is rounded.
    pub parts_of_levels: usize,
    /// Rows that name a place and product again, which are added.
    pub doubled: usize,
    /// Rows that say that a place does not have the product.
    pub not_stocked: usize,
    /// Rows that name no product, not even by standing below one.
    pub without_product: usize,
    /// Rows that name no place, where others do.
    pub without_place: usize,
    /// Rows that are none.
    pub no_rows: NoRows,
}

/// What a warehouse has of a product.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Held {
    /// Units on hand.
    pub units: u64,
    /// Units on order.
    pub incoming: u64,
    /// The level at which more is ordered.
    pub reorder_point: Option<i64>,
    /// The level up to which is ordered.
    pub order_up_to: Option<u64>,
}

/// Reads the stock; the products that it names are products from now on.
///
/// # Errors
/// All that is wrong with the rows.
pub fn read(source: &Opened, products: &mut Products, warehouse: &str) -> Result<Stock, Vec<Complaint>> {
    let mut stock = Stock::default();
    let mut wrong = Vec::new();
    let mut last = String::new();
    let mut nowhere: Vec<(String, String)> = Vec::new();
    let mut sums: BTreeMap<(String, String), (f64, f64)> = BTreeMap::new();
    let (no_rows, complaints) = source.each_view(|view| {
        if view.left_out().is_some() {
            return;
        }
        let (mut code, _) = product_of(view);
        let has_place = !view.raw(Field::Warehouse).is_empty();
        if code.is_empty() && has_place {
            // The product is blank on its later rows where each place has one.
            code.clone_from(&last);
        }
        if code.is_empty() {
            stock.without_product += 1;
            return;
        }
        stock.without_place += usize::from(!has_place && source.has(Field::Warehouse));
        last.clone_from(&code);
        let mut number = |field: Field| number(source, view, field, &mut wrong);
        let (cost, vendor) = (number(Field::Cost).filter(|cost| *cost > 0.0), view.raw(Field::Vendor).to_string());
        let mut level = |field: Field| number(field).filter(|_| !is_none(view.raw(field)));
        let mut is_rounded = false;
        let mut whole = |level: f64| {
            is_rounded |= level.fract() != 0.0;
            level.round() as i64
        };
        let reorder_point = level(Field::ReorderPoint).map(&mut whole);
        let order_up_to = level(Field::OrderUpTo).map(whole).filter(|level| *level >= 0);
        stock.parts_of_levels += usize::from(is_rounded);
        let incoming = number(Field::Incoming).map_or(0.0, |units| units.max(0.0));
        let mut take = |place: &str, cell: &str| {
            let place = if place.is_empty() { warehouse } else { place };
            // Where none is there and some is on its way, it is stocked.
            if (is_none(cell) && incoming == 0.0) || cell.is_empty() {
                stock.not_stocked += 1;
                nowhere.push((place.to_string(), code.clone()));
                return;
            }
            let Some(units) = source.number(cell) else {
                wrong.push(no_units(view, cell));
                return;
            };
            if let Some(complaint) = beyond(view, Field::OnHand, cell, units) {
                wrong.push(complaint);
                return;
            }
            if !stock.warehouses.iter().any(|known| known == place) {
                stock.warehouses.push(place.to_string());
            }
            let key = (place.to_string(), code.clone());
            // Bins, lots and corrections of one place are added before less than nothing, or a part of a unit, is.
            let sum = sums.entry(key.clone()).or_default();
            (sum.0, sum.1) = (sum.0 + units, sum.1 + incoming);
            match stock.held.entry(key) {
                Entry::Occupied(_) => {
                    stock.doubled += 1;
                    for (field, units) in [(Field::OnHand, sum.0), (Field::Incoming, sum.1)] {
                        wrong.extend(beyond(view, field, &format!("{units} in all"), units));
                    }
                }
                Entry::Vacant(place) => {
                    let order_up_to = order_up_to.map(|level| level as u64);
                    place.insert(Held { units: 0, incoming: 0, reorder_point, order_up_to });
                }
            }
        };
        if source.has(Field::OnHand) {
            take(view.raw(Field::Warehouse), view.raw(Field::OnHand));
        } else {
            view.places().for_each(|(place, cell)| take(place, cell));
        }
        products.meet(&code, None, cost, &vendor);
    });
    wrong.extend(complaints);
    for (key, (units, incoming)) in sums {
        stock.negative += usize::from(units < 0.0);
        stock.parts += usize::from(units.fract() != 0.0 || incoming.fract() != 0.0);
        if let Some(held) = stock.held.get_mut(&key) {
            (held.units, held.incoming) = (units.max(0.0) as u64, incoming as u64);
        }
    }
    stock.no_rows = no_rows;
    if stock.held.is_empty() {
        // Nothing anywhere is less than full shelves, which a scenario without stock begins with.
        for (place, code) in nowhere {
            if !stock.warehouses.contains(&place) {
                stock.warehouses.push(place.clone());
            }
            stock.held.entry((place, code)).or_default();
        }
    }
    if wrong.is_empty() { Ok(stock) } else { Err(wrong) }
}
