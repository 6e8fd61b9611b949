//! `report.json`: what the page and its charts need beside the tables: distributions, inputs in words, origin.

use super::flows::Moved;
use super::inputs::{self, InputGroup};
use super::number::in_currency;
use super::summary::Kept;
use crate::domain::{Model, SimTime, Wish};
use crate::experiment::Results;
use crate::measures::{Column, Metric};
use crate::observe::{Ending, Flows, LineEnd, Moment, OrderLife, PARCEL_BINS, Shapes, VendorLeadTimes, WAIT_BINS};
use crate::stats::nearest_rank;
use serde::{Deserialize, Serialize};

/// Classes of products: the share of the value asked for at which each one ends.
const CLASSES: [(&str, f64); 3] = [("A", 0.80), ("B", 0.95), ("C", 1.0)];

/// Where a result comes from, as far as it is the same for every run of the same inputs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Version of the program.
    pub version: String,
    /// The command that gives the same result.
    pub command: String,
    /// The scenario file and the tables beside it.
    pub sources: Vec<InputFile>,
    /// What may be looked at next; results written before there was such a list have none.
    #[serde(default)]
    pub next: Vec<Next>,
}

/// A command that leads on from a result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Next {
    /// What it shows.
    pub shows: String,
    /// The command.
    pub command: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputFile {
    /// Its name, as given or as the scenario names it.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Everything in `report.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Where the result comes from.
    pub origin: Origin,
    /// What the scenario is about, in its author's words.
    pub description: String,
    /// What went in, in words.
    pub inputs: Vec<InputGroup>,
    /// Age in days at which a waiting line is cancelled; `None` is never.
    pub cancelled_after_days: Option<f64>,
    /// Histograms over all replications.
    pub distributions: Distributions,
    /// Products by how much of the value asked for they bring.
    pub product_classes: Vec<ProductClass>,
    /// Where no product has a price, their classes go by units.
    #[serde(default)]
    pub product_classes_by_units: bool,
    /// Lead times of the first replication's purchase orders.
    pub lead_times: Vec<LeadTime>,
    /// What went where in the first replication; nothing where that is too much to be drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flows: Option<Moved>,
    /// An order of the first replication.
    pub sample_order: Option<SampleOrder>,
}

/// What was seen of the first replication.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Lead times by vendor.
    pub lead_times: &'a [VendorLeadTimes],
    /// What went where.
    pub flows: &'a Flows,
    /// The order that shows most.
    pub life: Option<&'a OrderLife>,
}

impl Kept for Facts {}

/// Histograms; bin i of a wait counts what took more than i and at most i + 1 days, the last bin all that took longer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Distributions {
    /// Lines backordered when placed and covered in the end.
    pub line_wait_days: ByBorder<Vec<u64>>,
    /// Orders released whole in the second of their placing.
    pub orders_at_once: ByBorder<u64>,
    /// The other shipped orders, from placing to the release of the last parcel.
    pub order_wait_days: ByBorder<Vec<u64>>,
    /// Shipped orders of 1, 2, … parcels; the last bin has all that are more.
    pub parcels: Vec<u64>,
    /// How orders ended: name and number.
    pub endings: Vec<(String, u64)>,
}

impl Distributions {
    /// What keeps histograms that were read back from being drawn.
    pub(super) fn mistakes(&self) -> Vec<String> {
        let (lines, orders) = (&self.line_wait_days, &self.order_wait_days);
        [
            ("line_wait_days.domestic", &lines.domestic, WAIT_BINS),
            ("line_wait_days.international", &lines.international, WAIT_BINS),
            ("order_wait_days.domestic", &orders.domestic, WAIT_BINS),
            ("order_wait_days.international", &orders.international, WAIT_BINS),
            ("parcels", &self.parcels, PARCEL_BINS),
        ]
        .into_iter()
        .filter(|(_, bins, wanted)| bins.len() != *wanted)
        .map(|(name, bins, wanted)| format!("`distributions.{name}` has {} numbers, not {wanted}", bins.len()))
        .collect()
    }
}

/// Domestic and international apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ByBorder<T> {
    /// Orders that cross no border.
    pub domestic: T,
    /// Orders that do.
    pub international: T,
}

/// A class of products.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductClass {
    /// A, B or C.
    pub class: String,
    /// How many products.
    pub products: usize,
    /// Their share of the value (where products have no prices: of the units) asked for.
    pub share: f64,
    /// Share of their units supplied at once.
    pub unit_fill_rate: f64,
}

/// What a vendor promised and what came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeadTime {
    /// Which vendor.
    pub vendor: String,
    /// Mean lead time of the scenario, without disruptions and expediting.
    pub assumed_days: f64,
    /// How many purchase orders were placed in the measured time and received.
    pub purchase_orders: usize,
    /// The share of them that was expedited.
    pub expedited_share: f64,
    /// Their mean lead time.
    pub mean_days: f64,
    /// Nearest-rank quantiles: 5 %, 25 %, 50 %, 75 %, 95 %.
    pub quantile_days: [f64; 5],
}

/// An order's life; times are days from its placing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleOrder {
    /// Its number.
    pub number: u64,
    /// Where its customer is.
    pub zone: String,
    /// Whether it crosses a border.
    pub international: bool,
    /// Its lines.
    pub lines: Vec<SampleLine>,
    /// What passed between retailer and customer.
    pub moments: Vec<(f64, String)>,
    /// The rules that decided something about it.
    pub rules: Vec<String>,
}

/// A line of that order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleLine {
    /// What.
    pub product: String,
    /// How many.
    pub units: u32,
    /// When it became part of the order.
    pub since: f64,
    /// When it began to wait.
    pub waited_from: Option<f64>,
    /// When it was covered.
    pub covered: Option<f64>,
    /// Where it was sent from.
    pub warehouse: Option<String>,
    /// When its parcel was made ready, left and arrived.
    pub released: Option<f64>,
    /// When it left.
    pub shipped: Option<f64>,
    /// When it arrived.
    pub delivered: Option<f64>,
    /// When and how it ended without being shipped.
    pub ended: Option<(f64, String)>,
}

/// What the page and its charts need beside the tables.
pub fn facts(model: &Model, results: &Results, seen: &Seen<'_>, origin: Origin) -> Facts {
    let Seen { lead_times, flows, life } = *seen;
    Facts {
        origin,
        description: results.description.clone(),
        inputs: in_currency(model.costs.currency.as_ref().map(|it| it.0.as_str()), || inputs::in_words(model)),
        cancelled_after_days: model.rules.cancellation.after.map(|span| span.days()),
        distributions: distributions(&results.shapes),
        product_classes: product_classes(model, results),
        product_classes_by_units: !has_prices(model),
        flows: Moved::of(model, flows),
        lead_times: model
            .vendors
            .iter()
            .zip(lead_times)
            .filter_map(|(vendor, found)| lead_time(vendor, found))
            .collect(),
        sample_order: life.map(|life| sample_order(model, life)),
    }
}

fn distributions(shapes: &Shapes) -> Distributions {
    fn waits<const N: usize>(both: &[[u64; N]; 2]) -> ByBorder<Vec<u64>> {
        ByBorder { domestic: both[0].to_vec(), international: both[1].to_vec() }
    }
    let [domestic, international] = shapes.orders_at_once;
    Distributions {
        line_wait_days: waits(&shapes.line_waits),
        orders_at_once: ByBorder { domestic, international },
        order_wait_days: waits(&shapes.order_waits),
        parcels: shapes.parcels.to_vec(),
        endings: Ending::ALL.map(|ending| (ending.name().to_string(), shapes.endings[ending as usize])).to_vec(),
    }
}

/// Products in classes by the value asked for: those that bring the first 80 % are A, up to 95 % B, the rest C.
fn product_classes(model: &Model, results: &Results) -> Vec<ProductClass> {
    let table = &results.by_product;
    let column = |metric| table.columns.iter().position(|column: &Column| column.metric == metric);
    let (Some(units), Some(fill)) = (column(Metric::Units), column(Metric::UnitFillRate)) else {
        return Vec::new();
    };
    let priced = has_prices(model);
    let mut products: Vec<(f64, f64, f64)> = (model.products.iter().enumerate())
        .filter_map(|(index, product)| {
            let units = table.estimate(index, units).filter(|&units| units > 0.0)?;
            let value = if priced { units * product.price.decimal() } else { units };
            Some((value, units, units * table.estimate(index, fill).unwrap_or(0.0)))
        })
        .collect();
    // A stable sort: products of equal value keep the file's order.
    products.sort_by(|left, right| right.0.total_cmp(&left.0));
    let total: f64 = products.iter().map(|product| product.0).sum();
    let mut classes = Vec::new();
    let (mut next, mut reached) = (0, 0.0);
    for (class, until) in CLASSES {
        let start = next;
        // A product belongs to the class in which its value begins, so that a single product is A.
        while next < products.len() && (reached < until * total || until == 1.0) {
            reached += products[next].0;
            next += 1;
        }
        let members = &products[start..next];
        let units: f64 = members.iter().map(|product| product.1).sum();
        if units > 0.0 {
            classes.push(ProductClass {
                class: class.into(),
                products: members.len(),
                share: members.iter().map(|product| product.0).sum::<f64>() / total.max(f64::MIN_POSITIVE),
                unit_fill_rate: members.iter().map(|product| product.2).sum::<f64>() / units,
            });
        }
    }
    classes
}

fn has_prices(model: &Model) -> bool {
    model.products.iter().any(|product| product.price.0 > 0)
}

fn lead_time(vendor: &crate::domain::Vendor, found: &VendorLeadTimes) -> Option<LeadTime> {
    let mut seconds = found.seconds.clone();
    seconds.sort_unstable();
    let orders = seconds.len();
    let days = |seconds: f64| seconds / crate::domain::DAY as f64;
    (orders > 0).then(|| LeadTime {
        vendor: vendor.id.clone(),
        assumed_days: days(vendor.lead_time.mean()),
        purchase_orders: orders,
        expedited_share: found.expedited as f64 / orders as f64,
        mean_days: days(seconds.iter().map(|&seconds| seconds as f64).sum::<f64>() / orders as f64),
        quantile_days: [0.05, 0.25, 0.5, 0.75, 0.95].map(|p| days(nearest_rank(&seconds, p) as f64)),
    })
}

fn sample_order(model: &Model, life: &OrderLife) -> SampleOrder {
    let since = |at: SimTime| (at - life.order.placed).days();
    let zone = &model.zones[life.order.zone.index()];
    SampleOrder {
        number: life.order.number,
        zone: zone.id.clone(),
        international: life.order.international,
        lines: (life.lines.iter())
            .map(|line| SampleLine {
                product: model.products[line.product.index()].id.clone(),
                units: line.units,
                since: since(line.since),
                waited_from: line.waited_from.map(since),
                covered: line.covered.map(since),
                warehouse: line.warehouse.map(|at| model.warehouses[at.index()].id.clone()),
                released: line.released.map(since),
                shipped: line.shipped.map(since),
                delivered: line.delivered.map(since),
                ended: line.ended.map(|(at, how)| (since(at), end_in_words(how).to_string())),
            })
            .collect(),
        moments: life.moments.iter().map(|&(at, what)| (since(at), moment_in_words(what).to_string())).collect(),
        rules: life.rules.iter().map(|rule| rule.id().to_string()).collect(),
    }
}

fn end_in_words(how: LineEnd) -> &'static str {
    match how {
        LineEnd::Lost => "lost at display",
        LineEnd::Swapped => "swapped",
        LineEnd::Removed => "removed",
        LineEnd::AutoCancelled => "cancelled for age",
    }
}

fn moment_in_words(what: Moment) -> &'static str {
    match what {
        Moment::BackorderNotice => "backorder notice",
        Moment::ShipmentNotice => "shipment notice",
        Moment::CancellationNotice => "cancellation notice",
        Moment::Contact(Wish::Swap) => "calls to swap",
        Moment::Contact(Wish::Remove) => "calls to remove",
    }
}
