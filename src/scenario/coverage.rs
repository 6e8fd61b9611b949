//! Whether every pair of warehouse and product that a policy looks after has what the policy needs.

use super::assortment::Products;
use super::context::Context;
use super::diagnostic::listed;
use super::names::Names;
use super::network::Network;
use super::reader::Section;
use super::replenishment::Found;
use super::report::Finding;
use super::source::Place;
use crate::domain::settings::Words;
use crate::domain::{Level, Levels, ProductId, Replenishment, ReplenishmentPolicy};

/// The check of one load.
struct Check<'a> {
    cx: &'a Context<'a>,
    found: &'a Found,
    policy: ReplenishmentPolicy,
    /// Whether customers may wait, so that a position may fall below 0.
    may_wait: bool,
}

/// Reports pairs with too few levels or contradicting ones, products without a vendor, and levels nobody reads.
pub fn check(
    root: &Section<'_>,
    found: &Found,
    may_wait: bool,
    network: &Network,
    products: &Products,
    vendors: &Names,
) {
    let settings = &found.settings;
    let check = Check { cx: root.cx, found, policy: settings.policy, may_wait };
    let none = Levels::default();
    let any_level = settings.general != none
        || !settings.by_pair.is_empty()
        || !settings.later.is_empty()
        || settings.by_product.iter().any(|levels| *levels != none);
    if found.sound && !any_level && !settings.has_target() {
        let message = "[replenishment] has neither levels nor a `target`".to_string();
        let help = format!("add {}, or `target = {{ fill_rate = 0.98 }}`", check.needed());
        root.cx.sink.push(Finding::error("missing-key", found.at, message).help(help));
        return;
    }
    if !found.sound {
        // A level that could not be read may be the one that seems to be missing; those that could be may be out of order.
        check.rows_out_of_order(network, products);
        return;
    }
    let mut complete_pairs = vec![0_usize; products.list.len()];
    let mut has_pair = vec![false; products.list.len()];
    let later = settings.later.iter().map(|row| (row.warehouse, row.product, row.levels));
    let rows = settings.by_pair.iter().copied().zip(&found.pair_places).map(|it| (it, true));
    let later = later.zip(&found.later_places).map(|it| (it, false));
    for (((warehouse, product, own), place), is_first) in rows.chain(later) {
        let by_product = settings.by_product[product.index()].or(settings.general);
        let levels = own.or(by_product);
        let has_target = settings.has_target_for(product, products.list[product.index()].vendor);
        let complete = has_target || check.complete(&levels);
        // A row without levels only says that the warehouse carries the product.
        let is_bought = levels != none;
        complete_pairs[product.index()] += usize::from(complete && is_first);
        has_pair[product.index()] |= is_bought;
        if !is_bought {
            continue;
        }
        let name = || {
            let (product, warehouse) =
                (products.names.name(product.index()), network.warehouse_names.name(warehouse.index()));
            format!("\"{product}\" in \"{warehouse}\"")
        };
        check.pair_or_product(&levels, complete, *place, name);
    }
    for (index, own) in settings.by_product.iter().enumerate() {
        let has_target = settings.has_target_for(ProductId::from_index(index), products.list[index].vendor);
        let levels = own.or(settings.general);
        if levels != none {
            let place = if *own == none { found.at } else { products.names.place(index) };
            let complete = has_target || check.complete(&levels) || complete_pairs[index] >= network.warehouses.len();
            let name = || match *own == none {
                true => "every product".to_string(),
                false => format!("\"{}\"", products.names.name(index)),
            };
            check.pair_or_product(&levels, complete, place, name);
        }
        let vendorless =
            products.list[index].vendor.is_none() && !products.strange_vendors.contains(&ProductId::from_index(index));
        let ordered = levels != none || has_pair[index] || has_target;
        // A row without a name that can be read has been told.
        let is_named = !products.names.name(index).is_empty();
        if ordered && vendorless && is_named && vendors.len() > 0 {
            check.no_vendor(products.names.name(index), products.names.place(index), vendors);
        }
    }
    check.warn_of_unread(root, settings);
    check.warn_of_idle_targets(root, products);
}

impl Check<'_> {
    /// The levels that the policy works with, as a sentence lists them.
    fn needed(&self) -> String {
        listed(&self.policy.needs().iter().map(|level| level.key()).collect::<Vec<_>>())
    }

    fn complete(&self, levels: &Levels) -> bool {
        self.policy.needs().iter().all(|&level| levels.get(level).is_some())
    }

    fn pair_or_product(&self, levels: &Levels, complete: bool, place: Place, name: impl Fn() -> String) {
        if !complete {
            let lacking = self.policy.needs().iter().filter(|&&level| levels.get(level).is_none());
            let lacking: Vec<&str> = lacking.map(|level| level.key()).collect();
            let word = self.policy.word();
            let message = format!("the policy \"{word}\" also needs {} for {}", listed(&lacking), name());
            let help = "give it in a row of [[replenishment.levels]], in the product's row, or under [replenishment]; or add a `target`";
            self.cx.sink.push(Finding::error("missing-level", place, message).about("level").help(help));
        }
        let waits_for =
            levels.reorder_point.filter(|point| *point < 0 && self.policy.needs().contains(&Level::ReorderPoint));
        if let (Some(point), false) = (waits_for, self.may_wait) {
            let message = format!("{} is never ordered: its `reorder_point` is {point}, and nobody may wait", name());
            let finding = Finding::warning("never-ordered", place, message).about("level");
            let help = "give a reorder point of 0 or more, or let customers wait: `rules.backorder.accept = true`";
            self.cx.sink.push(finding.help(help));
        }
        self.out_of_order(levels, place, name);
    }

    /// Reports levels that contradict each other in a row, whatever could not be read in others.
    fn rows_out_of_order(&self, network: &Network, products: &Products) {
        let settings = &self.found.settings;
        let later = settings.later.iter().map(|row| (row.warehouse, row.product, row.levels));
        let rows = settings.by_pair.iter().copied().zip(&self.found.pair_places);
        for ((warehouse, product, own), place) in rows.chain(later.zip(&self.found.later_places)) {
            let (product, warehouse) =
                (products.names.name(product.index()), network.warehouse_names.name(warehouse.index()));
            self.out_of_order(&own, *place, || format!("\"{product}\" in \"{warehouse}\""));
        }
        for (index, own) in settings.by_product.iter().enumerate() {
            self.out_of_order(own, products.names.place(index), || format!("\"{}\"", products.names.name(index)));
        }
        self.out_of_order(&settings.general, self.found.at, || "every product".to_string());
    }

    /// Reports levels of which an order would add nothing.
    fn out_of_order(&self, levels: &Levels, place: Place, name: impl Fn() -> String) {
        let both = [Level::ReorderPoint, Level::OrderUpTo].iter().all(|level| self.policy.needs().contains(level));
        if both
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

    /// Targets are for levels that are not given; where all are, neither they nor what is forecast for them count.
    fn warn_of_idle_targets(&self, root: &Section<'_>, products: &Products) {
        let settings = &self.found.settings;
        let are_given = |index: usize| {
            let own = settings.by_product.get(index).copied().unwrap_or_default();
            self.complete(&own.or(settings.general))
        };
        let all_given = !products.list.is_empty() && (0..products.list.len()).all(are_given);
        let warn = |table: &'static str, key: &str, why: &str| {
            if let Some(entry) = root.written(table).and_then(|table| table.node.entry(key)) {
                let message = format!("`{key}` has no effect: {why}");
                let finding = Finding::warning("no-effect", entry.key_at, message).about("target");
                root.cx.sink.push(finding.note("a target is for products whose levels are not given"));
            }
        };
        let why = format!(
            "{} {} given for every product",
            self.needed(),
            if self.policy.needs().len() > 1 { "are" } else { "is" }
        );
        if all_given {
            warn("replenishment", "target", &why);
            warn("replenishment", "abc", &why);
        }
        if !settings.forecast.are_idle() && (all_given || !settings.has_target()) {
            for key in ["factor", "products", "zones", "groups"] {
                warn("forecast", key, "no level is derived from a forecast");
            }
        }
    }

    /// A level that the policy never looks at is told once.
    fn warn_of_unread(&self, root: &Section<'_>, settings: &Replenishment) {
        for level in Level::ALL {
            if self.policy.needs().contains(&level) || settings.general.get(level).is_none() {
                continue;
            }
            let key = level.key();
            let message = format!("`{key}` has no effect under the policy \"{}\"", self.policy.word());
            let table = root.written("replenishment");
            let at = table.and_then(|table| table.node.entry(key)).map_or(self.found.at, |entry| entry.key_at);
            let finding = Finding::warning("no-effect", at, message);
            self.cx.sink.push(finding.note(format!("it works with {}", self.needed())));
        }
    }
}
