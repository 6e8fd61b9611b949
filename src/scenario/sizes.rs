//! Sizes that cannot fit in memory, refused before anything of that size is made.

use super::diagnostic::grouped;
use super::network::Network;
use super::products::Products;
use super::reader::Section;
use super::report::Finding;

/// The most products of an assortment.
pub const MOST_PRODUCTS: usize = 4_000_000;
/// The most lanes: 2 GiB of them.
pub const MOST_LANES: usize = (1 << 31) / size_of::<crate::domain::Lane>();
/// What a run keeps for a pair of warehouse and product, in bytes, with its measures.
const BYTES_A_PAIR: usize = 64;
/// The most pairs: 2 GiB of them.
const MOST_PAIRS: usize = (1 << 31) / BYTES_A_PAIR;

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
    } else if goods.saturating_mul(warehouses) > MOST_PAIRS {
        let what = format!(
            "{} products in {} warehouses, {} pairs,",
            grouped(goods),
            grouped(warehouses),
            grouped(goods.saturating_mul(warehouses))
        );
        refuse(what, "products", MOST_PAIRS);
    }
    if zones.saturating_mul(warehouses) > MOST_LANES {
        let what = format!("lanes from {} warehouses to {} zones", grouped(warehouses), grouped(zones));
        refuse(what, "zones", MOST_LANES);
    }
    fits
}
