//! `[forecast]`: what the planner expects instead of what will be asked for.

use super::assortment::Products;
use super::item::{Item, Range};
use super::network::Network;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::suggest::closest;
use super::tree::Value;
use crate::domain::ForecastFactors;

/// Reads the table; `None` where something in it is wrong, which has then been reported.
pub fn read(root: &Section<'_>, network: &Network, products: &Products) -> Option<ForecastFactors> {
    let Some(table) = root.written_table("forecast", &schema::FORECAST) else {
        return root.written("forecast").is_none().then(ForecastFactors::default);
    };
    if root.written("replenishment").is_none() {
        let message = "[forecast] has no effect: the scenario has no [replenishment] to plan levels for".to_string();
        root.cx.sink.push(Finding::warning("no-effect", table.at, message).help("add one, with a `target`"));
    }
    let general: Option<f64> = table.read("factor");
    let of_products = factors(&table, "products", |entry| one(products.names.find(entry)?));
    let of_zones = factors(&table, "zones", |entry| one(network.zone_names.find(entry)?));
    let of_groups = factors(&table, "groups", |entry| {
        let names = products.groups.keys().map(String::as_str);
        let members = products.groups.get(entry.key);
        if members.is_none() && products.names.is_complete() {
            let meant = closest(entry.key, names).map(|meant| format!("did you mean \"{meant}\"?"));
            let message = format!("there is no group of products \"{}\"", entry.key);
            let finding = Finding::error("dangling", entry.key_at, message).about("groups").help_if(meant);
            entry.cx.sink.push(finding.expected("a name that `substitutes` or `bought_with` of a product has"));
        }
        members.map(|members| members.iter().map(|product| product.index()).collect())
    });
    let (general, of_products, of_zones, of_groups) = (general?, of_products?, of_zones?, of_groups?);
    let mut found = ForecastFactors::default();
    if general != 1.0 || !of_products.is_empty() || !of_groups.is_empty() {
        found.products = vec![general; products.list.len()];
        of_products.iter().chain(&of_groups).for_each(|&(product, factor)| found.products[product] *= factor);
    }
    if !of_zones.is_empty() {
        found.zones = vec![1.0; network.zones.len()];
        of_zones.iter().for_each(|&(zone, factor)| found.zones[zone] *= factor);
    }
    Some(found)
}

fn one(found: u32) -> Option<Vec<usize>> {
    Some(vec![found as usize])
}

/// The factors of a table by what they are on; `members` says what a name stands for, and reports one that stands for nothing.
fn factors(
    table: &Section<'_>,
    key: &'static str,
    members: impl Fn(&Item<'_>) -> Option<Vec<usize>>,
) -> Option<Vec<(usize, f64)>> {
    let Some(item) = table.written(key) else { return Some(Vec::new()) };
    let Value::Table(entries) = &item.node.value else {
        let message = format!("`{key}` must be a table of factors, not {}", item.node.shown());
        let finding = item.error("wrong-type", message);
        table.cx.sink.push(finding.expected("names with their factors, such as { whey = 1.5 }"));
        return None;
    };
    let (mut found, mut sound) = (Vec::new(), true);
    for entry in entries {
        let item = Item { cx: table.cx, node: &entry.node, key: &entry.key, key_at: entry.key_at };
        match (members(&item), item.number(Range::NOT_NEGATIVE.up_to(1e6))) {
            (Some(members), Some(factor)) => found.extend(members.into_iter().map(|member| (member, factor))),
            _ => sound = false,
        }
    }
    sound.then_some(found)
}
