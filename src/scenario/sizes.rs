//! Sizes that cannot fit in memory, refused before anything of that size is made.

use super::assortment::Products;
use super::diagnostic::grouped;
use super::item::Item;
use super::limits::{MOST_LANES, MOST_PAIRS, MOST_PRODUCTS, MOST_UNITS_IN_ALL};
use super::network::Network;
use super::reader::Section;
use super::report::Finding;
use crate::domain::{Demand, Model, OrderedLine, ProductId};
use std::collections::BTreeMap;

/// The pairs of products and warehouses in words, if there are too many.
fn too_many_pairs(products: usize, warehouses: usize) -> Option<String> {
    let pairs = products.saturating_mul(warehouses);
    let what = || {
        let (products, warehouses) = (grouped(products), grouped(warehouses));
        format!("{products} products in {warehouses} warehouses, {} pairs,", grouped(pairs))
    };
    (pairs > MOST_PAIRS).then(what)
}

/// Whether so many products can be made up for so many warehouses; else it is reported.
pub fn check_generated(count: &Item<'_>, products: usize, warehouses: usize) -> bool {
    let Some(what) = too_many_pairs(products, warehouses) else { return true };
    let message = format!("{what} do not fit in memory: at most {} do", grouped(MOST_PAIRS));
    count.cx.sink.push(count.error("too-large", message).help("make fewer, or group warehouses into fewer"));
    false
}

/// Whether everything fits.
pub fn check(root: &Section<'_>, network: &Network, products: &Products) -> bool {
    let mut fits = true;
    let (zones, warehouses, goods) = (network.zones.len(), network.warehouses.len(), products.list.len());
    let mut refuse = |what: String, key: &'static str, most: usize| {
        let at = root.written(key).map_or(root.at, |item| item.key_at);
        let message = format!("{what} do not fit in memory: at most {} do", grouped(most));
        root.cx.sink.push(Finding::error("too-large", at, message).help("group them into fewer"));
        fits = false;
    };
    if goods > MOST_PRODUCTS {
        refuse(format!("{} products", grouped(goods)), "products", MOST_PRODUCTS);
    } else if let Some(what) = too_many_pairs(goods, warehouses) {
        refuse(what, "products", MOST_PAIRS);
    }
    if zones.saturating_mul(warehouses) > MOST_LANES {
        let what = format!("lanes from {} warehouses to {} zones", grouped(warehouses), grouped(zones));
        refuse(what, "zones", MOST_LANES);
    }
    fits
}

/// So many days' demand may wait at once.
const WAITING_DAYS: f64 = 30.0;

/// Reports products of which so many units come, or are asked for, that they could not be counted.
pub fn check_units(root: &Section<'_>, model: &Model) {
    let name = |product: ProductId| &model.products[product.index()].id;
    let refuse = |key: &'static str, what: String, units: u64| {
        if units > MOST_UNITS_IN_ALL {
            let at = root.written(key).map_or(root.at, |item| item.key_at);
            let most = grouped(MOST_UNITS_IN_ALL as usize);
            let message = format!("{} units {what} cannot be counted: at most {most} can", grouped(units as usize));
            root.cx.sink.push(Finding::error("too-large", at, message).help("count in packs of several units"));
        }
    };
    let mut coming: BTreeMap<_, u64> = BTreeMap::new();
    for row in model.script.stock.iter().flatten() {
        *coming.entry((row.warehouse, row.product)).or_default() += u64::from(row.units);
    }
    for row in &model.script.receipts {
        *coming.entry((row.warehouse, row.product)).or_default() += u64::from(row.units);
    }
    for ((warehouse, product), units) in coming {
        let warehouse = &model.warehouses[warehouse.index()].id;
        refuse("receipts", format!("of \"{}\" that come to \"{warehouse}\"", name(product)), units);
    }
    let asked_for = |orders: &mut dyn Iterator<Item = &OrderedLine>| {
        let mut units = vec![0_u64; model.products.len()];
        orders.for_each(|line| units[line.product.index()] += u64::from(line.units));
        let most = units.into_iter().enumerate().max_by_key(|&(_, units)| units);
        most.map_or((ProductId(0), 0), |(product, units)| (ProductId::from_index(product), units))
    };
    let (product, units) = asked_for(&mut model.script.orders.iter().flat_map(|order| &order.lines));
    refuse("orders", format!("of \"{}\" that are asked for", name(product)), units);
    if let Some(trace) = &model.trace {
        let (product, units) = asked_for(&mut trace.orders.iter().flat_map(|order| &order.lines));
        refuse("demand", format!("of \"{}\" that the trace asks for", name(product)), units);
    }
    if let Some(demand) = &model.demand {
        let most_popular = model.products.iter().max_by(|one, other| one.share.total_cmp(&other.share));
        let shares: f64 = model.products.iter().map(|product| product.share).sum();
        let lines = demand.lines_per_order.count_moments(Demand::most_lines(&model.products)).mean;
        let units_a_day = demand.orders_per_day * lines * demand.units_per_line.count_moments(Demand::MOST_UNITS).mean;
        if let Some(product) = most_popular.filter(|_| shares > 0.0) {
            let what = format!("of \"{}\" that are asked for in {} days", product.id, WAITING_DAYS);
            refuse("demand", what, (units_a_day * product.share / shares * WAITING_DAYS) as u64);
        }
    }
}
