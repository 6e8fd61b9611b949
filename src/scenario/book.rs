//! The book as it stands: `[[open_purchase_orders]]`, and what can only be judged of it and `[[open_orders]]` together with the rest.

use super::assortment::Products;
use super::diagnostic::grouped;
use super::names::Names;
use super::network::Network;
use super::overrides::RowSettings;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::source::Place;
use super::table::RowTable;
use crate::domain::{
    Arrives, CancelClock, Distribution, Model, OpenPurchaseOrder, ProductId, Span, VendorId, WarehouseId, WarmUp,
};
use crate::rules::international_complete;

/// The rows of `[[open_purchase_orders]]`, and where each stands.
#[derive(Default)]
pub struct Ordered {
    /// What the model takes.
    pub rows: Vec<OpenPurchaseOrder>,
    /// Their places.
    pub places: Vec<Place>,
}

/// Reads the open purchase orders.
pub fn read<'c>(
    root: &Section<'c>,
    settings: &'c RowSettings<'c>,
    network: &Network,
    products: &Products,
    vendors: &Names,
) -> Ordered {
    let mut ordered = Ordered::default();
    let table = RowTable { key: "open_purchase_orders", name: "[[open_purchase_orders]]", settings };
    table.for_each(root, &schema::OPEN_PURCHASE_ORDER, |row| {
        let warehouse = row.item("warehouse").and_then(|item| network.warehouse_names.resolve(&item));
        let product = row.item("product").and_then(|item| products.names.resolve(&item));
        let units = row.read("units");
        let arrives: Option<Arrives> = row.read("arrives");
        let given = row.written("vendor").map(|item| vendors.resolve(&item).map(VendorId));
        let usual = product.and_then(|product| products.list.get(product as usize)?.vendor);
        let vendor = given.unwrap_or(usual);
        // One that could not be made out has been told of.
        let is_strange = product.is_some_and(|product| products.strange_vendors.contains(&ProductId(product)));
        if vendor.is_none() && given.is_none() && product.is_some() && !is_strange {
            row.missing_because("vendor", ", and its product has none either");
        }
        let promised = match row.written("promised") {
            Some(item) => item.instant().map(Some),
            None if arrives == Some(Arrives::Promised) => {
                row.missing_because("promised", ", when it is to arrive");
                None
            }
            None => Some(None),
        };
        let age = match row.written("ordered") {
            Some(item) => item.span(),
            None if arrives == Some(Arrives::Promised) => Some(Span::ZERO),
            None => {
                row.missing_because("ordered", ", from which the rest of its lead time follows");
                None
            }
        };
        let rest = (vendor, warehouse, product, units, age, promised, arrives);
        if let (Some(vendor), Some(warehouse), Some(product), Some(units), Some(age), Some(promised), Some(arrives)) =
            rest
        {
            let (warehouse, product) = (WarehouseId(warehouse), ProductId(product));
            ordered.rows.push(OpenPurchaseOrder { vendor, warehouse, product, units, age, promised, arrives });
            ordered.places.push(row.at);
        }
    });
    ordered
}

/// Tells what of the book cannot be, or may not be as meant. `purchase_orders` and `orders` say where its rows stand.
pub fn check(root: &Section<'_>, model: &Model, purchase_orders: &[Place], orders: &[Place]) {
    let script = &model.script;
    for key in ["open_purchase_orders", "open_orders"] {
        let Some(item) = root.written(key) else { continue };
        if model.run.warm_up != WarmUp::Fixed(Span::ZERO) {
            let message = format!("[[{key}]] says how things stand on day 0, but measuring begins after a warm-up");
            let finding = Finding::error("clash", item.key_at, message).about("book");
            let help = "set `warm_up = \"0s\"` in [run], or leave the table out";
            root.cx.sink.push(finding.help(help).note("by then little of the book would be left"));
        }
    }
    if let (Some(item), None, true) =
        (root.written("open_purchase_orders"), &script.stock, model.replenishment.is_some())
    {
        let message = "there are open purchase orders, but no [[stock]]: every pair starts at its highest level".into();
        let finding = Finding::warning("no-stock", item.key_at, message).about("stock");
        root.cx
            .sink
            .push(finding.help("say what is on hand today, in rows of [[stock]] or `[stock] file = \"stock.csv\"`"));
    }
    for (row, place) in script.open_purchase_orders.iter().zip(purchase_orders) {
        let vendor = &model.vendors[row.vendor.index()];
        if row.arrives == Arrives::LeadTime
            && vendor.lead_time.largest().is_some_and(|longest| longest <= row.age.0 as f64)
        {
            let longest = match vendor.lead_time {
                Distribution::Constant(_) => "takes",
                _ => "takes at most",
            };
            let longest = format!("{longest} {}", Span::from_seconds_f64(vendor.lead_time.largest().unwrap_or(0.0)));
            let message = format!(
                "this purchase order was placed {} ago, but \"{}\" {longest}: it arrives in the first second",
                row.age, vendor.id
            );
            let finding = Finding::warning("overdue", *place, message).about("ordered");
            root.cx.sink.push(finding.help("say when it comes: `promised = \"3d\"` and `arrives = \"promised\"`"));
        }
    }
    for (row, place) in script.open_orders.iter().zip(orders) {
        let zone = &model.zones[row.zone.index()];
        if row.part_shipped && international_complete::ships_complete_only(zone.international, &model.rules) {
            let message = format!("an order from \"{}\" never leaves in parts, so no part of it has left", zone.id);
            root.cx
                .sink
                .push(Finding::error("clash", *place, message).about("part_shipped").help("drop `part_shipped`"));
        }
    }
    warn_of_aged(root, model, orders);
}

/// Orders that have waited longer than the rules allow end in the first second, unless there is stock for them.
fn warn_of_aged(root: &Section<'_>, model: &Model, places: &[Place]) {
    let cancellation = &model.rules.cancellation;
    let (Some(after), CancelClock::Line) = (cancellation.after, cancellation.clock) else { return };
    let mut aged = model.script.open_orders.iter().zip(places).filter(|(row, _)| row.age > after);
    let Some((first, place)) = aged.next() else { return };
    let more = aged.count();
    let message = format!(
        "this order has waited for {}, longer than `rules.cancellation.after`, {after}: it is cancelled in the first second \
         unless there is stock for it",
        first.age
    );
    let finding = Finding::warning("aged", *place, message).about("placed");
    let finding = finding.help("leave it out if it was cancelled, or set `after` to the age at which you cancel");
    let note = (more > 0).then(|| format!("so it is with {} more", grouped(more)));
    root.cx.sink.push(match note {
        Some(note) => finding.note(note),
        None => finding,
    });
}
