//! Products that a zone can get from nowhere: no warehouse with a lane there carries them.

use super::context::Context;
use super::diagnostic::grouped;
use super::names::Names;
use super::report::Finding;
use crate::domain::{Model, ProductId, WarehouseId};
use crate::policy::assortment::Assortment;
use std::collections::BTreeMap;

/// A set of warehouses.
type Set = Vec<u64>;

fn insert(set: &mut Set, warehouse: WarehouseId) {
    set[warehouse.index() / 64] |= 1 << (warehouse.index() % 64);
}

/// Warns of zones without a lane, and of products that a zone can get from nowhere.
pub fn warn(cx: &Context<'_>, model: &Model, zones: &Names) {
    let words = model.warehouses.len().div_ceil(64);
    let carried = products_by_carriers(model, words);
    for (index, zone) in model.zones.iter().enumerate() {
        let place = zones.place(index);
        if zone.lanes.is_empty() {
            let message = format!("no lane leads to \"{}\": its customers can be sent nothing", zone.id);
            let finding = Finding::warning("no-lane", place, message).about("lanes");
            let help = match model.opening {
                None => format!("add [[lanes]] with `to = \"{}\"`", zone.id),
                Some(_) => format!("open a warehouse with a lane to it, or add [[lanes]] with `to = \"{}\"`", zone.id),
            };
            cx.sink.push(finding.help(help));
            continue;
        }
        let mut eligible: Set = vec![0; words];
        for lane in &zone.lanes {
            insert(&mut eligible, lane.warehouse);
        }
        let mut missing: Vec<usize> = Vec::new();
        for (carriers, products) in &carried {
            if carriers.iter().zip(&eligible).all(|(a, b)| a & b == 0) {
                missing.extend(products);
            }
        }
        if missing.is_empty() {
            continue;
        }
        missing.sort_unstable();
        let named: Vec<String> =
            missing.iter().take(3).map(|&product| format!("\"{}\"", model.products[product].id)).collect();
        let more = match missing.len() {
            0..=3 => String::new(),
            n => format!(" and {} more", grouped(n - 3)),
        };
        let message = format!("\"{}\" can get {}{more} from nowhere", zone.id, named.join(", "));
        let finding = Finding::warning("out-of-reach", place, message).about("reach");
        let help = "give a warehouse with a lane there a level, a stock row or a receipt row for it";
        cx.sink.push(finding.help(help).note("orders for it wait until they are cancelled"));
    }
}

/// Products by the set of warehouses that carry them, in the file's order within a set.
fn products_by_carriers(model: &Model, words: usize) -> BTreeMap<Set, Vec<usize>> {
    let assortment = Assortment::new(model);
    let mut by_carriers: BTreeMap<Set, Vec<usize>> = BTreeMap::new();
    let mut carriers: Set = vec![0; words];
    for product in 0..model.products.len() {
        carriers.fill(0);
        for warehouse in (0..model.warehouses.len()).map(WarehouseId::from_index) {
            if assortment.carries(model.pair(warehouse, ProductId::from_index(product))) {
                insert(&mut carriers, warehouse);
            }
        }
        match by_carriers.get_mut(&carriers) {
            Some(products) => products.push(product),
            None => _ = by_carriers.insert(carriers.clone(), vec![product]),
        }
    }
    by_carriers
}
