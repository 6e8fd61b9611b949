//! Whether every pair of warehouse and product that a policy looks after has what the policy needs.

use super::assortment::Products;
use super::context::Context;
use super::names::Names;
use super::network::Network;
use super::reader::{Section, listed};
use super::replenishment::Found;
use super::report::Finding;
use super::source::Place;
use crate::domain::{Levels, ProductId, Replenishment, ReplenishmentPolicy};

/// The levels a policy works with.
fn needs(policy: ReplenishmentPolicy) -> &'static [&'static str] {
    match policy {
        ReplenishmentPolicy::MinMax => &["reorder_point", "order_up_to"],
        ReplenishmentPolicy::FixedQuantity => &["reorder_point", "quantity"],
        ReplenishmentPolicy::BaseStock | ReplenishmentPolicy::PeriodicOrderUpTo => &["order_up_to"],
    }
}

fn level(levels: &Levels, key: &str) -> Option<i32> {
    match key {
        "reorder_point" => levels.reorder_point,
        "order_up_to" => levels.order_up_to,
        _ => levels.quantity,
    }
}

/// Each key from the most specific place where it stands.
fn merged(specific: &Levels, general: &Levels) -> Levels {
    Levels {
        reorder_point: specific.reorder_point.or(general.reorder_point),
        order_up_to: specific.order_up_to.or(general.order_up_to),
        quantity: specific.quantity.or(general.quantity),
    }
}

/// The check of one load.
struct Check<'a> {
    cx: &'a Context<'a>,
    found: &'a Found,
    policy_word: &'static str,
    needed: &'static [&'static str],
}

/// Reports pairs with too few levels or contradicting ones, products without a vendor, and levels nobody reads.
pub fn check(root: &Section<'_>, found: &Found, network: &Network, products: &Products, vendors: &Names) {
    let settings = &found.settings;
    let word = super::choices::REPLENISHMENT.iter().find(|(_, policy)| *policy == settings.policy);
    let check =
        Check { cx: root.cx, found, policy_word: word.map_or("", |(word, _)| *word), needed: needs(settings.policy) };
    let none = Levels::default();
    let any_level = settings.general != none
        || !settings.by_pair.is_empty()
        || settings.by_product.iter().any(|levels| *levels != none);
    if found.sound && !any_level && settings.target.is_none() {
        let message = "[replenishment] has neither levels nor a `target`".to_string();
        let help = format!("add {}, or `target = {{ fill_rate = 0.98 }}`", listed(check.needed));
        root.cx.sink.push(Finding::error("missing-key", found.at, message).help(help));
        return;
    }
    if !found.sound {
        // A level that could not be read may be the one that seems to be missing or out of order.
        return;
    }
    let mut complete_pairs = vec![0_usize; products.list.len()];
    let mut has_pair = vec![false; products.list.len()];
    for ((warehouse, product, own), place) in settings.by_pair.iter().zip(&found.pair_places) {
        let by_product = merged(&settings.by_product[product.index()], &settings.general);
        let levels = merged(own, &by_product);
        let complete = check.complete(&levels);
        complete_pairs[product.index()] += usize::from(complete);
        has_pair[product.index()] = true;
        let name = || {
            let (product, warehouse) =
                (products.names.name(product.index()), network.warehouse_names.name(warehouse.index()));
            format!("\"{product}\" in \"{warehouse}\"")
        };
        check.pair_or_product(&levels, complete, *place, name);
    }
    for (index, own) in settings.by_product.iter().enumerate() {
        let levels = merged(own, &settings.general);
        if levels != none {
            let place = if *own == none { found.at } else { products.names.place(index) };
            let complete = check.complete(&levels) || complete_pairs[index] >= network.warehouses.len();
            let name = || match *own == none {
                true => "every product".to_string(),
                false => format!("\"{}\"", products.names.name(index)),
            };
            check.pair_or_product(&levels, complete, place, name);
        }
        let vendorless =
            products.list[index].vendor.is_none() && !products.strange_vendors.contains(&ProductId::from_index(index));
        let ordered = levels != none || has_pair[index] || settings.target.is_some();
        if ordered && vendorless && vendors.len() > 0 {
            check.no_vendor(products.names.name(index), products.names.place(index), vendors);
        }
    }
    check.warn_of_unread(root, settings);
}

impl Check<'_> {
    fn complete(&self, levels: &Levels) -> bool {
        self.found.settings.target.is_some() || self.needed.iter().all(|key| level(levels, key).is_some())
    }

    fn pair_or_product(&self, levels: &Levels, complete: bool, place: Place, name: impl Fn() -> String) {
        if !complete {
            let lacking: Vec<&str> = self.needed.iter().copied().filter(|key| level(levels, key).is_none()).collect();
            let message = format!("the policy \"{}\" also needs {} for {}", self.policy_word, listed(&lacking), name());
            let help = "give it here, in the product's row, or under [replenishment]; or add a `target`";
            self.cx.sink.push(Finding::error("missing-level", place, message).about("level").help(help));
        }
        if self.found.settings.policy == ReplenishmentPolicy::MinMax
            && let (Some(reorder_point), Some(order_up_to)) = (levels.reorder_point, levels.order_up_to)
            && reorder_point >= order_up_to
        {
            let message = format!(
                "`reorder_point` is {reorder_point} and `order_up_to` {order_up_to} for {}: an order would add nothing",
                name()
            );
            let finding = Finding::error("disordered", place, message).about("level");
            self.cx.sink.push(finding.expected("reorder_point < order_up_to"));
        }
    }

    fn no_vendor(&self, product: &str, place: Place, vendors: &Names) {
        let message = format!("\"{product}\" is replenished but has no `vendor`");
        let help = format!("add one to its row, for example `vendor = \"{}\"`", vendors.name(0));
        self.cx.sink.push(Finding::error("missing-vendor", place, message).about("vendor").help(help));
    }

    /// A level that the policy never looks at is told once.
    fn warn_of_unread(&self, root: &Section<'_>, settings: &Replenishment) {
        for key in ["reorder_point", "order_up_to", "quantity"] {
            if self.needed.contains(&key) || level(&settings.general, key).is_none() {
                continue;
            }
            let message = format!("`{key}` has no effect under the policy \"{}\"", self.policy_word);
            let table = root.written("replenishment");
            let at = table.and_then(|table| table.node.entry(key)).map_or(self.found.at, |entry| entry.key_at);
            let finding = Finding::warning("no-effect", at, message);
            self.cx.sink.push(finding.note(format!("it works with {}", listed(self.needed))));
        }
    }
}
