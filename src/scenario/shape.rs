//! `[[demand.shapes]]`, `[[demand.baskets]]`, and the units of a line that a zone has of its own.

use super::assortment::Products;
use super::item::Range;
use super::network::Network;
use super::overrides::RowSettings;
use super::promise::group;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::source::Place;
use super::table::{RowTable, Rows};
use crate::domain::{Basket, Bursts, DemandShape, Distribution, ProductId, ShapeRow};
use std::collections::BTreeMap;

/// Bursts come at least this much apart on average, start to start.
const LEAST_APART: f64 = 3_600.0;

/// Reads what sets some of the demand apart; `None` where something in it is wrong, which has then been reported.
pub fn read<'c>(
    table: &Section<'c>,
    settings: &'c RowSettings<'c>,
    network: &Network,
    products: &Products,
) -> Option<DemandShape> {
    let (rows, baskets) = (shapes(table, settings, products), baskets(table, settings, products));
    let has_units = network.units_per_line.iter().any(Option::is_some);
    let units_by_zone = if has_units { network.units_per_line.clone() } else { Vec::new() };
    Some(DemandShape { rows: rows?, baskets: baskets?, units_by_zone })
}

fn shapes<'c>(table: &Section<'c>, settings: &'c RowSettings<'c>, products: &Products) -> Option<Vec<ShapeRow>> {
    let mut all = Some(Vec::new());
    let mut in_bursts: BTreeMap<ProductId, Place> = BTreeMap::new();
    let rows = RowTable { key: "shapes", name: "[[demand.shapes]]", settings };
    let read = rows.for_each(table, &schema::SHAPE, |row| {
        let found = shape(&row, products);
        if let Some(found) = &found
            && found.bursts.is_some()
        {
            let every: Vec<ProductId> = match &found.products {
                Some(products) => products.clone(),
                None => (0..products.list.len()).map(ProductId::from_index).collect(),
            };
            let twice = every.iter().find_map(|product| Some((product, *in_bursts.get(product)?)));
            if let Some((product, first)) = twice {
                let name = products.names.name(product.index());
                let message = format!("\"{name}\" has `bursts` in two rows");
                let finding = Finding::error("clash", row.at, message).about("bursts");
                let note = format!("the first stands at {}", row.cx.sources.name_of(first));
                row.cx.sink.push(finding.note(note).help("keep one of them"));
            }
            in_bursts.extend(every.into_iter().map(|product| (product, row.at)));
        }
        match (found, &mut all) {
            (Some(found), Some(all)) => all.push(found),
            _ => all = None,
        }
    });
    all.filter(|_| read != Rows::Incomplete)
}

fn shape(row: &Section<'_>, products: &Products) -> Option<ShapeRow> {
    let product = match row.written("product") {
        Some(item) => products.names.resolve(&item).map(|product| Some(ProductId(product))),
        None => Some(None),
    };
    let of_group = match row.written("group") {
        Some(item) => group(&item, products).map(Some),
        None => Some(None),
    };
    let (weekly, yearly) = (factors::<7>(row, "weekly"), factors::<12>(row, "yearly"));
    let growth: Option<f64> = row.read("growth");
    let bursts = bursts(row);
    let (product, of_group) = (product?, of_group?);
    if let (Some(_), Some(item)) = (product, row.written("group")) {
        let message = "a row is about a `product` or a `group`, not both".to_string();
        row.cx.sink.push(item.error("clash", message).help("write a row for each"));
        return None;
    }
    let name = |key: &'static str| row.written(key).and_then(|item| item.name()).map(|name| format!("{key} {name}"));
    let shape = ShapeRow {
        products: product.map(|product| vec![product]).or(of_group),
        about: name("product").or_else(|| name("group")).unwrap_or_else(|| "all products".to_string()),
        weekly: weekly?,
        yearly: yearly?,
        growth: growth?,
        bursts: bursts?,
    };
    if !shape.has_season() && shape.bursts.is_none() {
        let message = "this row changes nothing".to_string();
        let finding = Finding::warning("no-effect", row.at, message).about("shapes");
        row.cx.sink.push(finding.help("give it `yearly`, `weekly`, `growth` or `bursts`"));
    }
    Some(shape)
}

fn bursts(row: &Section<'_>) -> Option<Option<Bursts>> {
    let Some(table) = row.written_table("bursts", &schema::BURSTS) else {
        return row.written("bursts").is_none().then_some(None);
    };
    let every: Option<Distribution> = table.read("every");
    let lasts: Option<Distribution> = table.read("lasts");
    let (every, lasts) = (every?, lasts?);
    if lasts.mean() <= 0.0 || every.mean() + lasts.mean() < LEAST_APART {
        let message = "`every` and `lasts` of bursts are less than an hour together, on average".to_string();
        let at = table.written("lasts").map_or(table.at, |item| item.node.at);
        let finding = Finding::error("too-often", at, message).about("bursts");
        table.cx.sink.push(finding.help("let them last longer, or come less often"));
        return None;
    }
    Some(Some(Bursts { every, lasts }))
}

fn baskets<'c>(table: &Section<'c>, settings: &'c RowSettings<'c>, products: &Products) -> Option<Vec<Basket>> {
    let mut all = Some(Vec::new());
    let rows = RowTable { key: "baskets", name: "[[demand.baskets]]", settings };
    let read = rows.for_each(table, &schema::BASKET, |row| match (basket(&row, products), &mut all) {
        (Some(found), Some(all)) => all.push(found),
        _ => all = None,
    });
    let all = all.filter(|_| read != Rows::Incomplete)?;
    let together: f64 = all.iter().map(|basket: &Basket| basket.share).sum();
    if together > 1.0
        && let Some(item) = table.written("baskets")
    {
        let message = format!("the shares of all baskets sum to {together}, and there are no more orders than all");
        table.cx.sink.push(item.error("out-of-range", message).expected("shares that sum to at most 1"));
        return None;
    }
    Some(all)
}

fn basket(row: &Section<'_>, products: &Products) -> Option<Basket> {
    let share: Option<f64> = row.read("share");
    let item = row.item("products")?;
    let named: Vec<Option<u32>> = item.list()?.map(|item| products.names.resolve(&item)).collect();
    if named.len() < 2 {
        let message = format!("`products` names {}, and a basket is of two or more", named.len());
        row.cx.sink.push(item.error("length", message).expected("a list of products, at least two"));
        return None;
    }
    let named: Vec<ProductId> = named.into_iter().map(|product| product.map(ProductId)).collect::<Option<_>>()?;
    if let Some(twice) = named.iter().enumerate().find(|(index, product)| named[..*index].contains(product)) {
        let message = format!("\"{}\" stands twice in a basket", products.names.name(twice.1.index()));
        row.cx
            .sink
            .push(item.error("duplicate-id", message).help("name it once; `units_per_line` says how many of it"));
        return None;
    }
    Some(Basket { products: named, share: share? })
}

/// The factors of a week or a year at a key.
pub fn factors<const N: usize>(table: &Section<'_>, key: &'static str) -> Option<[f64; N]> {
    let Some(item) = table.written(key) else { return table.read(key) };
    let read: Vec<Option<f64>> = item.list()?.map(|item| item.number(Range::NOT_NEGATIVE.up_to(1e6))).collect();
    if read.len() != N {
        let message = format!("`{key}` has {} factors, not {N}", read.len());
        let expected = if N == 7 { "one for each day of a week" } else { "one for each twelfth of a year" };
        table.cx.sink.push(item.error("length", message).expected(format!("{N} numbers, {expected}")));
        return None;
    }
    let factors: Vec<f64> = read.into_iter().collect::<Option<_>>()?;
    if factors.iter().sum::<f64>() <= 0.0 {
        let message = format!("the factors of `{key}` are all 0, so nobody ever orders");
        table.cx.sink.push(item.error("no-shares", message).expected("at least one factor above 0"));
        return None;
    }
    factors.try_into().ok()
}
