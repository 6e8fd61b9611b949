//! Sizes that cannot fit in memory, and units that cannot be counted.

use super::assortment::Products;
use super::diagnostic::grouped;
use super::limits::MAX_UNITS_IN_ALL;
use super::memory::{self, Counts};
use super::network::Network;
use super::reader::Section;
use super::report::Finding;
use crate::domain::{DAY, Demand, Model, OrderedLine, PeriodDemand, ProductId, Replications, WarmUp};
use std::collections::BTreeMap;

/// Whether the network and the assortment fit.
pub fn check(root: &Section<'_>, network: &Network, products: &Products) -> bool {
    let (products, warehouses, zones) = (products.list.len(), network.warehouses.len(), network.zones.len());
    memory::check(root, Counts { products, warehouses, zones, ..Counts::default() })
}

/// Whether all of a scenario fits, with what its replications add up to.
pub fn check_run(root: &Section<'_>, model: &Model) -> bool {
    let run = &model.run;
    let warm_up = match run.warm_up {
        WarmUp::Fixed(span) => span.0,
        WarmUp::Auto => 0,
    };
    let replications = match run.replications {
        Replications::Fixed(count) => count,
        Replications::Sequential { max, .. } => max,
    };
    let counts = Counts {
        products: model.products.len(),
        warehouses: model.warehouses.len(),
        zones: model.zones.len(),
        replications: replications as usize,
        days: ((warm_up + run.horizon.0) / DAY) as usize,
    };
    memory::check(root, counts)
}

/// So many days' demand may wait at once.
const WAITING_DAYS: f64 = 30.0;

/// Reports products of which so many units come, or are asked for, that they could not be counted.
pub fn check_units(root: &Section<'_>, model: &Model) {
    let name = |product: ProductId| &model.products[product.index()].id;
    let refuse = |key: &'static str, what: String, units: u64| {
        if units > MAX_UNITS_IN_ALL {
            let at = root.written(key).map_or(root.at, |item| item.key_at);
            let most = grouped(MAX_UNITS_IN_ALL as usize);
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
    for row in &model.script.open_purchase_orders {
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
    let to_come = model.script.orders.iter().flat_map(|order| &order.lines);
    let open = model.script.open_orders.iter().flat_map(|order| &order.lines);
    let (product, units) = asked_for(&mut to_come.chain(open));
    refuse("orders", format!("of \"{}\" that are asked for", name(product)), units);
    if let Some(trace) = &model.trace {
        let (product, units) = asked_for(&mut trace.orders.iter().flat_map(|order| &order.lines));
        refuse("demand", format!("of \"{}\" that the trace asks for", name(product)), units);
    }
    if let Some(demand) = &model.demand {
        let most_popular = model.products.iter().max_by(|one, other| one.share.total_cmp(&other.share));
        let shares: f64 = model.products.iter().map(|product| product.share).sum();
        let lines = demand.lines_per_order.count_moments(Demand::most_lines(&model.products)).mean;
        let units_a_day = demand.orders_per_day * lines * demand.units_per_line.count_moments(Demand::MAX_UNITS).mean;
        if let Some(product) = most_popular.filter(|_| shares > 0.0) {
            let what = format!("of \"{}\" that are asked for in {} days", product.id, WAITING_DAYS);
            refuse("demand", what, (units_a_day * product.share / shares * WAITING_DAYS) as u64);
        }
    }
    if let Some(period) = &model.period {
        let a_day = |units| PeriodDemand::moments(units).mean / period.period.days();
        let most = period.asked_for(&model.products).map(|(product, units)| (product, a_day(units)));
        if let Some((product, a_day)) = most.max_by(|one, other| one.1.total_cmp(&other.1)) {
            let what = format!("of \"{}\" that are asked for in {} days", name(product), WAITING_DAYS);
            refuse("demand", what, (a_day * WAITING_DAYS) as u64);
        }
    }
}
