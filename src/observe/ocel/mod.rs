//! An object-centric event log (OCEL 2.0, JSON) of one replication, for process-mining tools.
//!
//! Objects are orders, lines, parcels, purchase orders, products and warehouses; events bear the trace's names, and
//! every object that an event concerns stands in it. Events are written as they happen, objects after them, as the
//! format leaves the order free. Such a log needs dates: second 0 of the replication is midnight of 1 January 2000.

mod waits;

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::own_ids::OwnIds;
use crate::domain::{
    Cents, LineNumber, Loss, Model, OrderNumber, ProductId, SimTime, VendorId, WarehouseId, Wish, utc,
};
use crate::engine::{Books, Observer, Occurrence, OrderRef, ParcelRef};

/// Seconds from 1970 to the start of a replication.
const START: i64 = 946_684_800;

/// A type of objects or events: its name, and its attributes with theirs.
type Type = (&'static str, &'static [(&'static str, &'static str)]);

/// The types of objects with their attributes.
const OBJECT_TYPES: [Type; 6] = [
    ("order", &[("zone", "string"), ("international", "boolean")]),
    ("line", &[("units", "integer")]),
    ("parcel", &[("cost", "float"), ("units", "integer")]),
    ("purchase order", &[("vendor", "string"), ("units", "integer"), ("cost", "float")]),
    ("product", &[("name", "string"), ("price", "float")]),
    ("warehouse", &[("name", "string")]),
];

/// Where held orders are sourced anew before they leave.
const SOURCED_ANEW: Type = ("order-sourced-anew", &[("from_parcels", "integer"), ("to_parcels", "integer")]);

/// The number that an order has of its own, where orders are replayed from a file.
const OWN_NUMBER: (&str, &str) = ("number", "string");
const ORDER_WITH_ITS_OWN_NUMBER: Type = ("order", &[("zone", "string"), ("international", "boolean"), OWN_NUMBER]);

/// The types of events with their attributes; each may carry the rule that decided it.
const EVENT_TYPES: [Type; 20] = [
    ("order-placed", &[]),
    ("lost-at-display", &[("units", "integer"), ("why", "string")]),
    ("shown-on-backorder", &[]),
    ("line-backordered", &[("units", "integer")]),
    ("display-mismatch", &[]),
    ("line-covered", &[("waited_days", "float")]),
    ("parcel-released", &[]),
    ("parcel-shipped", &[]),
    ("parcel-delivered", &[]),
    ("shipment-notice", &[]),
    ("backorder-notice", &[("late", "boolean")]),
    ("contact", &[("wants", "string")]),
    ("line-swapped", &[("units", "integer")]),
    ("line-removed", &[("units", "integer")]),
    ("line-auto-cancelled", &[("units", "integer")]),
    ("cancellation-notice", &[]),
    ("order-cancelled", &[]),
    ("order-completed", &[]),
    ("replenishment-ordered", &[("units", "integer")]),
    ("replenishment-expedited", &[]),
];

/// What comes in where a vendor takes several products a purchase order: its lines are objects of their own.
const LINE_OF_PURCHASE_ORDER: Type =
    ("purchase order line", &[("vendor", "string"), ("units", "integer"), ("cost", "float")]);
const PLACED: Type = ("purchase-order-placed", &[("lines", "integer"), ("units", "integer")]);

/// The event of a receipt stands apart: it may come of a purchase order or by hand.
const RECEIPT: Type = ("receipt", &[("units", "integer")]);

/// An object an event or another object is related to, and how.
type Related = (String, &'static str);

/// Writes the log of one replication.
///
/// A write that fails stops the writing, not the run: [`finish`](Self::finish) tells of it.
pub struct OcelWriter<'a, W: io::Write> {
    model: &'a Model,
    ids: OwnIds,
    out: W,
    /// How many events there are.
    events: u64,
    /// The objects so far, as they will stand in the log.
    objects: String,
    /// Parcels on their way: by arrival and then by departure, with what their delivery concerns.
    under_way: BTreeMap<(SimTime, u64), Vec<Related>>,
    departures: u64,
    /// The lines that the order being placed asks for, without those lost, and their products.
    asked: Vec<(LineNumber, ProductId)>,
    /// Lines of purchase orders of several products that have not arrived.
    order_lines: BTreeSet<(WarehouseId, ProductId, u32)>,
    /// How many lines the order has that was open at the start and is being taken up, and where it is assigned.
    open: (u32, Option<WarehouseId>),
    outcome: io::Result<()>,
}

impl<'a, W: io::Write> OcelWriter<'a, W> {
    /// A writer of everything that happens. `out` should be buffered.
    pub fn new(model: &'a Model, out: W) -> Self {
        let ids = OwnIds::new(model);
        let order = if ids.are_there() { &ORDER_WITH_ITS_OWN_NUMBER } else { &OBJECT_TYPES[0] };
        let mut writer = Self {
            model,
            ids,
            out,
            events: 0,
            objects: String::new(),
            under_way: BTreeMap::new(),
            departures: 0,
            asked: Vec::new(),
            order_lines: BTreeSet::new(),
            open: (0, None),
            outcome: Ok(()),
        };
        let is_joint = (0..model.vendors.len()).any(|vendor| model.orders_jointly(VendorId::from_index(vendor)));
        let reevaluates = model.sourcing.reevaluate;
        let event_types = EVENT_TYPES
            .iter()
            .chain([&RECEIPT])
            .chain(is_joint.then_some(&PLACED))
            .chain(reevaluates.then_some(&SOURCED_ANEW))
            .chain(Self::types_of_waiting(model));
        let object_types =
            std::iter::once(order).chain(&OBJECT_TYPES[1..]).chain(is_joint.then_some(&LINE_OF_PURCHASE_ORDER));
        let head = format!(
            "{{\"objectTypes\":{},\n\"eventTypes\":{},\n\"events\":[",
            types(object_types, None),
            types(event_types, Some("rule"))
        );
        writer.put(&head);
        for (index, warehouse) in model.warehouses.iter().enumerate() {
            let id = writer.warehouse(WarehouseId::from_index(index));
            writer.object(&id, "warehouse", SimTime::ZERO, &[("name", json!(warehouse.id))], &[]);
        }
        for (index, product) in model.products.iter().enumerate() {
            let id = writer.product(ProductId::from_index(index));
            let attributes = [("name", json!(product.id)), ("price", json!(product.price.decimal()))];
            writer.object(&id, "product", SimTime::ZERO, &attributes, &[]);
        }
        writer
    }

    /// Writes the objects and hands everything on to the destination.
    ///
    /// # Errors
    /// The first write that failed.
    pub fn finish(mut self) -> io::Result<()> {
        let objects = std::mem::take(&mut self.objects);
        self.put(&format!("\n],\n\"objects\":[{objects}\n]}}\n"));
        self.outcome?;
        self.out.flush()
    }

    fn put(&mut self, text: &str) {
        if self.outcome.is_ok() {
            self.outcome = self.out.write_all(text.as_bytes());
        }
    }

    fn warehouse(&self, id: WarehouseId) -> String {
        format!("warehouse {}", self.model.warehouses[id.index()].id)
    }

    fn product(&self, id: ProductId) -> String {
        format!("product {}", self.model.products[id.index()].id)
    }

    /// A pair's purchase orders, and lines of those of several products, are numbered from 1.
    fn purchase_order(&self, warehouse: WarehouseId, product: ProductId, number: u32) -> (String, &'static str) {
        let is_line = self.order_lines.contains(&(warehouse, product, number));
        let kind = if is_line { LINE_OF_PURCHASE_ORDER.0 } else { "purchase order" };
        let at = part(&self.model.warehouses[warehouse.index()].id);
        let what = part(&self.model.products[product.index()].id);
        (format!("{kind} {at}/{what}/{number}"), kind)
    }

    /// The purchase orders of several products of a vendor and warehouse are numbered from 1. No pair's has such an identifier, for
    /// that has two strokes.
    fn joint_order(&self, vendor: VendorId, warehouse: WarehouseId, number: u32) -> String {
        let at = part(&self.model.warehouses[warehouse.index()].id);
        format!("purchase order to {}/{at}/{number} of several products", part(self.vendor(vendor)))
    }

    fn object(&mut self, id: &str, kind: &str, at: SimTime, attributes: &[(&str, Value)], related: &[Related]) {
        let time = utc(START + at.0);
        let attributes: Vec<Value> =
            attributes.iter().map(|(name, value)| json!({"name": name, "time": time, "value": value})).collect();
        let object = json!({
            "id": id,
            "type": kind,
            "attributes": attributes,
            "relationships": relationships(related),
        });
        let comma = if self.objects.is_empty() { "" } else { "," };
        self.objects.push_str(&format!("{comma}\n{object}"));
    }

    fn event(&mut self, at: SimTime, kind: &str, attributes: &[(&str, Value)], related: &[Related]) {
        self.events += 1;
        let attributes: Vec<Value> =
            attributes.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        let event = json!({
            "id": format!("event {}", self.events),
            "type": kind,
            "time": utc(START + at.0),
            "attributes": attributes,
            "relationships": relationships(related),
        });
        let comma = if self.events == 1 { "" } else { "," };
        self.put(&format!("{comma}\n{event}"));
    }

    /// Writes the deliveries before an instant.
    fn deliver_before(&mut self, now: SimTime) {
        while let Some(entry) = self.under_way.first_entry() {
            let at = entry.key().0;
            if at >= now {
                return;
            }
            let related = entry.remove();
            self.event(at, "parcel-delivered", &[], &related);
        }
    }

    fn line_asked(&mut self, now: SimTime, order: OrderRef, number: LineNumber, product: ProductId, units: u32) {
        let related = [(order_id(order.number), "belongs to"), (self.product(product), "asks for")];
        self.object(&line_id(order.number, number), "line", now, &[("units", json!(units))], &related);
    }

    /// A parcel, its order, its lines and its warehouse.
    fn parcel_related(&self, order: OrderRef, parcel: &ParcelRef<'_>) -> Vec<Related> {
        let mut related = vec![(parcel_id(order.number, parcel.number), "parcel"), (order_id(order.number), "order")];
        related.extend(parcel.contents.iter().map(|content| (line_id(order.number, content.line), "line")));
        related.push((self.warehouse(parcel.warehouse), "warehouse"));
        related
    }

    /// A line, its order and its product.
    fn line_related(&self, order: OrderRef, line: LineNumber, product: Option<ProductId>) -> Vec<Related> {
        let mut related = vec![(line_id(order.number, line), "line"), (order_id(order.number), "order")];
        related.extend(product.map(|product| (self.product(product), "product")));
        related
    }

    fn supply_related(&self, warehouse: WarehouseId, product: ProductId, number: Option<u32>) -> Vec<Related> {
        let order = number.map(|number| self.purchase_order(warehouse, product, number));
        order
            .into_iter()
            .chain([(self.warehouse(warehouse), "warehouse"), (self.product(product), "product")])
            .collect()
    }

    fn vendor(&self, id: VendorId) -> &str {
        &self.model.vendors[id.index()].id
    }

    fn write(&mut self, now: SimTime, what: &Occurrence<'_>) {
        use Occurrence as O;
        self.ids.observe(now, what);
        let rule = what.rule().map(|rule| ("rule", json!(rule.id())));
        let with = |more: &[(&'static str, Value)]| -> Vec<(&'static str, Value)> {
            more.iter().cloned().chain(rule.clone()).collect()
        };
        let units_of = |units: u32| with(&[("units", json!(units))]);
        match *what {
            O::OrderAsked { order, .. } => {
                self.asked.clear();
                self.order_asked(now, order);
            }
            O::LineAsked { order, line, product, units, .. } => {
                self.asked.push((line, product));
                self.line_asked(now, order, line, product, units);
            }
            O::LineLost { order, line, product, units, why, .. } => {
                self.asked.retain(|(asked, _)| *asked != line);
                let why = match why {
                    Loss::Dropped => "dropped",
                    Loss::Refused => "refused",
                    Loss::NotOrderable => "not-orderable",
                };
                let attributes = with(&[("units", json!(units)), ("why", json!(why))]);
                self.event(now, "lost-at-display", &attributes, &self.line_related(order, line, Some(product)));
            }
            O::OrderPlaced { order, assigned, .. } => self.order_placed(now, order, assigned),
            // What was open at the start was placed, or ordered, before it: on its own day.
            O::OrderOpen { order, lines, assigned, .. } => {
                self.asked.clear();
                self.open = (lines, assigned);
                self.order_asked(order.placed, order);
            }
            O::LineOpen { order, line, product, units, .. } => {
                self.asked.push((line, product));
                self.line_asked(order.placed, order, line, product, units);
                if self.asked.len() == self.open.0 as usize {
                    self.order_placed(order.placed, order, self.open.1);
                }
            }
            O::PurchaseOrderOpen { vendor, warehouse, product, units, number, ordered, .. } => {
                let id = self.purchase_order(warehouse, product, number);
                let place = (vendor, warehouse, product);
                self.purchase_ordered(ordered, place, (units, Cents::ZERO), id, None, units_of(units));
            }
            O::ShownOnBackorder { order, line, product } => {
                self.event(now, "shown-on-backorder", &with(&[]), &self.line_related(order, line, Some(product)));
            }
            O::DisplayMismatch { order, line, product } => {
                self.event(now, "display-mismatch", &with(&[]), &self.line_related(order, line, Some(product)));
            }
            O::LineBackordered { order, line, product, units, .. } => {
                self.event(now, "line-backordered", &units_of(units), &self.line_related(order, line, Some(product)));
            }
            O::LineCovered { order, line, product, waited } => {
                let attributes = with(&[("waited_days", json!(waited.days()))]);
                self.event(now, "line-covered", &attributes, &self.line_related(order, line, Some(product)));
            }
            O::OrderSourcedAnew { order, from, to } => {
                let attributes = with(&[("from_parcels", json!(from)), ("to_parcels", json!(to))]);
                self.event(now, "order-sourced-anew", &attributes, &[(order_id(order.number), "order")]);
            }
            O::ParcelReleased { order, parcel, .. } => self.parcel_released(now, order, &parcel, with(&[])),
            O::ParcelShipped { order, parcel, arrives } => {
                let related = self.parcel_related(order, &parcel);
                self.event(now, "parcel-shipped", &with(&[]), &related);
                self.departures += 1;
                self.under_way.insert((arrives, self.departures), related);
            }
            O::ShipmentNotice { order, parcel } => {
                let related = [(parcel_id(order.number, parcel), "parcel"), (order_id(order.number), "order")];
                self.event(now, "shipment-notice", &with(&[]), &related);
            }
            O::NoticeSent { order, late } => {
                self.event(
                    now,
                    "backorder-notice",
                    &with(&[("late", json!(late))]),
                    &[(order_id(order.number), "order")],
                );
            }
            O::Contact { order, line, wants } => {
                let wants = match wants {
                    Wish::Swap => "swap",
                    Wish::Remove => "remove",
                };
                self.event(now, "contact", &with(&[("wants", json!(wants))]), &self.line_related(order, line, None));
            }
            O::LineSwapped { order, line, product, units, to, to_product, warehouse } => {
                self.line_asked(now, order, to, to_product, units);
                let mut related = self.line_related(order, line, Some(product));
                related.push((line_id(order.number, to), "taken instead"));
                related.push((self.product(to_product), "taken instead"));
                related.push((self.warehouse(warehouse), "warehouse"));
                self.event(now, "line-swapped", &units_of(units), &related);
            }
            O::LineRemoved { order, line, product, units, .. } => {
                self.event(now, "line-removed", &units_of(units), &self.line_related(order, line, Some(product)));
            }
            O::LineAutoCancelled { order, line, product, units, .. } => {
                let related = self.line_related(order, line, Some(product));
                self.event(now, "line-auto-cancelled", &units_of(units), &related);
            }
            O::CancellationNotice { order } => {
                self.event(now, "cancellation-notice", &with(&[]), &[(order_id(order.number), "order")]);
            }
            O::OrderCancelled { order } => {
                self.event(now, "order-cancelled", &with(&[]), &[(order_id(order.number), "order")]);
            }
            O::OrderCompleted { order, .. } => {
                self.event(now, "order-completed", &with(&[]), &[(order_id(order.number), "order")]);
            }
            O::PurchaseOrderPlaced { vendor, warehouse, number, lines, units, cost } => {
                let id = self.joint_order(vendor, warehouse, number);
                let about =
                    [("vendor", json!(self.vendor(vendor))), ("units", json!(units)), ("cost", json!(cost.decimal()))];
                self.object(&id, "purchase order", now, &about, &[(self.warehouse(warehouse), "for")]);
                let related = [(id, "purchase order"), (self.warehouse(warehouse), "warehouse")];
                self.event(now, PLACED.0, &with(&[("lines", json!(lines)), ("units", json!(units))]), &related);
            }
            O::ReplenishmentOrdered { vendor, warehouse, product, units, number, cost, joint, .. } => {
                let line_of = (joint > 0).then(|| self.joint_order(vendor, warehouse, joint));
                if line_of.is_some() {
                    self.order_lines.insert((warehouse, product, number));
                }
                let id = self.purchase_order(warehouse, product, number);
                self.purchase_ordered(now, (vendor, warehouse, product), (units, cost), id, line_of, units_of(units));
            }
            O::ReplenishmentExpedited { warehouse, product, number, .. } => {
                let related = self.supply_related(warehouse, product, Some(number));
                self.event(now, "replenishment-expedited", &with(&[]), &related);
            }
            O::Receipt { warehouse, product, units, purchase_order } => {
                self.event(now, RECEIPT.0, &units_of(units), &self.supply_related(warehouse, product, purchase_order));
                if let Some(number) = purchase_order {
                    self.order_lines.remove(&(warehouse, product, number));
                }
            }
            _ => self.write_waiting(now, what),
        }
    }

    fn order_asked(&mut self, at: SimTime, order: OrderRef) {
        let zone = &self.model.zones[order.zone.index()].id;
        let mut attributes = vec![("zone", json!(zone)), ("international", json!(order.international))];
        attributes.extend(self.ids.of(order.number).map(|id| (OWN_NUMBER.0, json!(id))));
        self.object(&order_id(order.number), "order", at, &attributes, &[]);
    }

    fn order_placed(&mut self, at: SimTime, order: OrderRef, assigned: Option<WarehouseId>) {
        let mut related = vec![(order_id(order.number), "order")];
        for &(line, product) in &self.asked {
            related.push((line_id(order.number, line), "line"));
            related.push((self.product(product), "product"));
        }
        related.extend(assigned.map(|at| (self.warehouse(at), "assigned to")));
        self.event(at, "order-placed", &[], &related);
    }

    fn purchase_ordered(
        &mut self,
        at: SimTime,
        (vendor, warehouse, product): (VendorId, WarehouseId, ProductId),
        (units, cost): (u32, Cents),
        (id, kind): (String, &'static str),
        line_of: Option<String>,
        attributes: Vec<(&'static str, Value)>,
    ) {
        let vendor = json!(self.vendor(vendor));
        let about = [("vendor", vendor), ("units", json!(units)), ("cost", json!(cost.decimal()))];
        let mut related = vec![(self.product(product), "of"), (self.warehouse(warehouse), "for")];
        related.extend(line_of.iter().map(|order| (order.clone(), "line of")));
        self.object(&id, kind, at, &about, &related);
        let mut related =
            vec![(id, kind), (self.warehouse(warehouse), "warehouse"), (self.product(product), "product")];
        related.extend(line_of.map(|order| (order, "purchase order")));
        self.event(at, "replenishment-ordered", &attributes, &related);
    }

    fn parcel_released(
        &mut self,
        now: SimTime,
        order: OrderRef,
        parcel: &ParcelRef<'_>,
        attributes: Vec<(&'static str, Value)>,
    ) {
        let related = self.parcel_related(order, parcel);
        let units: u32 = parcel.contents.iter().map(|content| content.units).sum();
        let about = [("cost", json!(parcel.cost.decimal())), ("units", json!(units))];
        self.object(&parcel_id(order.number, parcel.number), "parcel", now, &about, &related[1..]);
        self.event(now, "parcel-released", &attributes, &related);
    }
}

impl<W: io::Write> Observer for OcelWriter<'_, W> {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        self.deliver_before(now);
        self.write(now, &what);
    }

    fn ended(&mut self, end: SimTime, _books: &impl Books) {
        self.deliver_before(end);
    }
}

/// A name as a part of an identifier. Names may hold the sign that stands between them, and no two objects may share an identifier.
fn part(id: &str) -> String {
    id.replace('/', "%2F")
}

fn order_id(number: OrderNumber) -> String {
    format!("order {number}")
}

fn line_id(order: OrderNumber, line: LineNumber) -> String {
    format!("line {order}.{line}")
}

fn parcel_id(order: OrderNumber, parcel: u32) -> String {
    format!("parcel {order}.{parcel}")
}

fn relationships(related: &[Related]) -> Vec<Value> {
    related.iter().map(|(id, how)| json!({"objectId": id, "qualifier": how})).collect()
}

/// Types as the log declares them; `also` is an attribute that all have.
fn types<'a>(of: impl Iterator<Item = &'a Type>, also: Option<&str>) -> Value {
    let all = of.map(|(name, attributes)| {
        let attributes = attributes.iter().copied().chain(also.map(|name| (name, "string")));
        let attributes: Vec<Value> = attributes.map(|(name, kind)| json!({"name": name, "type": kind})).collect();
        json!({"name": name, "attributes": attributes})
    });
    all.collect()
}
