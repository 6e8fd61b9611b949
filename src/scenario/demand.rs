//! `[demand]`: orders generated one by one or by period, and the trace that is replayed.

use super::assortment::Products;
use super::network::Network;
use super::overrides::RowSettings;
use super::period;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::shape::{self, factors};
use super::source::Place;
use super::trace;
use crate::domain::{Demand, DemandShape, Distribution, PeriodDemand, TraceDemand};

/// Where orders come from, other than from hand.
pub struct Orders {
    /// Ones generated one by one.
    pub demand: Option<Demand>,
    /// Ones that come by period.
    pub period: Option<PeriodDemand>,
    /// Replayed ones.
    pub trace: Option<TraceDemand>,
    /// Where each of them stands, as far as that is known.
    pub trace_places: Vec<Place>,
    /// How long after they are placed they fall due, if not at once.
    pub due_after: Option<Distribution>,
}

/// Reads the demand.
pub fn read<'c>(root: &Section<'c>, settings: &'c RowSettings<'c>, network: &Network, products: &Products) -> Orders {
    let Some(table) = root.written_table("demand", &schema::DEMAND) else {
        return Orders { demand: None, period: None, trace: None, trace_places: Vec::new(), due_after: None };
    };
    let trace = table.written_table("trace", &schema::TRACE);
    let trace = trace.and_then(|table| trace::read(&table, network, products));
    let (trace, trace_places) = trace.map(|found| (found.demand, found.places)).unzip();
    let trace_places = trace_places.unwrap_or_default();
    let due_after = table.read::<Option<Distribution>>("due_after").flatten();
    let due_after = due_after.filter(|after| *after != Distribution::Constant(0.0));
    let comes_by_period = table.written("period").is_some();
    let generated = table.written("orders_per_day").is_some();
    if !generated && !comes_by_period && table.written("trace").is_none() {
        let why = ", so there are no orders to generate; a `period` or a `trace` would do too";
        table.missing_because("orders_per_day", why);
    }
    // Read whatever is there, so that a mistake in it is told even where nothing is generated.
    let shape = shape::read(&table, settings, network, products);
    let demand = shape.and_then(|shape| generate(&table, products, shape));
    let period = period::read(&table, products).flatten();
    if !generated && !comes_by_period {
        return Orders { demand: None, period, trace, trace_places, due_after };
    }
    check_shares(&table, network, products);
    Orders { demand: demand.filter(|_| generated && !comes_by_period), period, trace, trace_places, due_after }
}

fn generate(table: &Section<'_>, products: &Products, shape: DemandShape) -> Option<Demand> {
    let rate: Option<Option<f64>> = table.read("orders_per_day");
    let lines_per_order: Option<Distribution> = table.read("lines_per_order");
    let units_per_line = table.read("units_per_line");
    let weekly = factors::<7>(table, "weekly");
    let yearly = factors::<12>(table, "yearly");
    let affinity: Option<f64> = table.read("affinity");
    let sold = Demand::most_lines(&products.list);
    if let Some(distribution) = &lines_per_order
        && let Some(most) = distribution.largest()
        && sold > 0
        && most > f64::from(sold)
    {
        let message = format!("`lines_per_order` reaches {most}, but only {sold} products have a share");
        let at = table.written("lines_per_order").map_or(table.at, |item| item.node.at);
        let finding = Finding::error("too-many-lines", at, message).about("lines_per_order");
        table.cx.sink.push(finding.expected(format!("at most {sold}: the lines of an order name distinct products")));
    }
    if let (Some(affinity), true) = (affinity, products.affinity_groups.is_empty())
        && affinity > 0.0
        && let Some(item) = table.written("affinity")
    {
        let message = "`affinity` has no effect: no product has a `bought_with` group".to_string();
        table.cx.sink.push(Finding::warning("no-effect", item.key_at, message));
    }
    Some(Demand {
        orders_per_day: rate??,
        lines_per_order: lines_per_order?,
        units_per_line: units_per_line?,
        weekly: weekly?,
        yearly: yearly?,
        affinity: affinity?,
        shape,
    })
}

/// Generated orders need a zone and a product to draw.
fn check_shares(table: &Section<'_>, network: &Network, products: &Products) {
    let complain = |kind: &str, rows: &str| {
        let message = format!("the shares of {rows} sum to 0, so [demand] has no {kind} to draw");
        let finding = Finding::error("no-shares", table.at, message);
        table.cx.sink.push(finding.about(kind).help(format!("give at least one {kind} a share above 0")));
    };
    if !network.zones.is_empty() && network.zones.iter().all(|zone| zone.share <= 0.0) {
        complain("zone", "[[zones]]");
    }
    if !products.list.is_empty() && products.list.iter().all(|product| product.share <= 0.0) {
        complain("product", "[[products]]");
    }
}
