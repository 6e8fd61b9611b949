//! `[demand] period`: demand that comes by period, and what has no place beside it.

use super::assortment::Products;
use super::reader::Section;
use super::report::Finding;
use crate::domain::{Demand, Distribution, PeriodDemand, Span};

/// Keys of `[demand]` that say how single orders come, each with what stands in its place.
const OF_SINGLE_ORDERS: [(&str, &str); 8] = [
    ("orders_per_day", "say how many units a product is asked for in a period: `units_per_period`"),
    ("lines_per_order", "drop it: an order of a period has one line"),
    ("units_per_line", "say how many units a product is asked for in a period: `units_per_period`"),
    ("weekly", "drop it: every period draws from the same distribution"),
    ("yearly", "drop it: every period draws from the same distribution"),
    ("affinity", "drop it: an order of a period has one line"),
    ("shapes", "drop it: every period draws from the same distribution"),
    ("baskets", "drop it: an order of a period has one line"),
];

/// Reads the demand by period; `Some(None)` where the scenario has none.
pub fn read(table: &Section<'_>, products: &Products) -> Option<Option<PeriodDemand>> {
    let at: Option<Span> = table.read("at");
    let general: Option<Option<Distribution>> = table.read("units_per_period");
    let Some(item) = table.written("period") else {
        let is_meant = [("units_per_period", matches!(general, Some(Some(_)))), ("at", at > Some(Span::ZERO))];
        for (key, is_meant) in is_meant {
            if let Some(item) = table.written(key).filter(|_| is_meant) {
                let message = format!("`{key}` needs a `period`");
                let finding = item.error("missing-key", message);
                table.cx.sink.push(finding.help("add it, for example `period = \"1d\"`"));
            }
        }
        warn_of_idle_units(table, products);
        return Some(None);
    };
    let period = item.some_time()?;
    for (key, help) in OF_SINGLE_ORDERS {
        if let Some(item) = table.written(key) {
            let message = format!("`{key}` has no place beside `period`, by which demand comes");
            table.cx.sink.push(item.error("clash", message).help(help));
        }
    }
    let at = at?;
    if at >= period
        && let Some(item) = table.written("at")
    {
        let message = format!("`at` is {at}, and a period only {period} long");
        table.cx.sink.push(item.error("out-of-range", message).expected("a time within the period"));
        return None;
    }
    let by_product = products.units_per_period.clone();
    let by_product = if by_product.iter().all(Option::is_none) { Vec::new() } else { by_product };
    let demand = PeriodDemand { period, at, general: general?, by_product };
    check_units(table, products, &demand)?;
    warn_of_shares(table, products);
    Some(Some(demand))
}

/// Every product that has a share needs its units, and somebody must order something at some time.
fn check_units(table: &Section<'_>, products: &Products, demand: &PeriodDemand) -> Option<()> {
    let sold = || products.list.iter().enumerate().filter(|(_, product)| product.share > 0.0);
    if let Some((index, product)) = sold().find(|&(index, product)| demand.units_of(index, product).is_none()) {
        let others =
            sold().skip(index + 1).filter(|&(index, product)| demand.units_of(index, product).is_none()).count();
        let which = if others == 0 { String::new() } else { format!(" and {others} other products") };
        let message = format!("nothing says how many units of \"{}\"{which} are asked for in a period", product.id);
        let finding = Finding::error("missing-key", table.at, message).about("units_per_period");
        let help = "add `units_per_period = { poisson = { mean = 25 } }` here for all products, or to their rows";
        table.cx.sink.push(finding.help(help));
        return None;
    }
    let units =
        |(index, product)| demand.units_of(index, product).map_or(0.0, |units| PeriodDemand::moments(units).mean);
    if products.names.is_complete() && sold().next().is_some() && sold().map(units).all(|mean| mean <= 0.0) {
        let at = table.written("units_per_period").map_or(table.at, |item| item.node.at);
        let message = "`units_per_period` is 0 for every product, so nobody ever orders".to_string();
        let finding = Finding::error("no-shares", at, message).about("units_per_period");
        table.cx.sink.push(finding.expected("units above 0 for at least one product"));
        return None;
    }
    let most = f64::from(Demand::MAX_UNITS);
    debug_assert!(sold().map(units).all(|mean| mean <= most), "no draw is larger");
    Some(())
}

/// Shares say which products are asked for, and no more.
fn warn_of_shares(table: &Section<'_>, products: &Products) {
    let mut sold = products.list.iter().enumerate().filter(|(_, product)| product.share > 0.0);
    let Some((_, first)) = sold.next() else { return };
    if let Some((index, _)) = sold.find(|(_, product)| product.share != first.share) {
        let message = "the size of a product's `share` has no effect where demand comes by period".to_string();
        let finding = Finding::warning("no-effect", products.names.place(index), message).about("share");
        let finding = finding.help("give products `units_per_period` of their own");
        table.cx.sink.push(finding.note("a product with a share of 0 is never asked for"));
    }
}

/// Units in products' rows do nothing without a period.
fn warn_of_idle_units(table: &Section<'_>, products: &Products) {
    if let Some(index) = products.units_per_period.iter().position(Option::is_some) {
        let message = "`units_per_period` has no effect: [demand] has no `period`".to_string();
        let finding = Finding::warning("no-effect", products.names.place(index), message).about("units_per_period");
        table.cx.sink.push(finding.help("add `period = \"1d\"` to [demand], or drop it"));
    }
}
