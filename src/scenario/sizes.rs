//! Sizes that cannot fit in memory, refused before anything of that size is made.

use super::assortment::Products;
use super::diagnostic::grouped;
use super::item::Item;
use super::limits::{MOST_LANES, MOST_PAIRS, MOST_PRODUCTS};
use super::network::Network;
use super::reader::Section;
use super::report::Finding;

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
