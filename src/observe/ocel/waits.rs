//! What the event log tells of parcels that wait at docks, of purchase orders that wait at their vendors, and of promised dates.

use serde_json::json;
use std::io;

use super::{OcelWriter, Related, Type, line_id, order_id};
use crate::domain::{Model, SimTime, WarehouseId};
use crate::engine::{Occurrence, OrderRef, ParcelLine};

/// What happens at docks. A parcel has no number, and is no object, before it is picked: its lines wait.
const AT_DOCKS: [Type; 3] =
    [("parcel-at-dock", &[("why", "string")]), ("parcel-taken-back", &[]), ("picking-limit-reached", &[])];

/// What happens to purchase orders at vendors who let them wait.
const AT_VENDORS: [Type; 3] = [
    ("purchase-order-queued", &[("why", "string"), ("units_ahead", "integer")]),
    ("purchase-order-begun", &[("waited_days", "float")]),
    ("purchase-order-dispatched", &[]),
];

/// What becomes of promised dates.
const OF_DATES: [Type; 3] = [
    ("line-promised", &[("days", "float"), ("by", "string")]),
    ("promise-kept", &[("days_to_spare", "float")]),
    ("promise-broken", &[("days_late", "float"), ("why", "string")]),
];

impl<W: io::Write> OcelWriter<'_, W> {
    /// The types of these events, where the scenario has them.
    pub(super) fn types_of_waiting(model: &Model) -> impl Iterator<Item = &'static Type> + use<W> {
        let docks = model.warehouses.iter().any(|warehouse| warehouse.picking.is_some());
        let queues = model.vendors.iter().any(|vendor| vendor.lets_orders_wait());
        let dates = model.promise.is_some();
        let known = [(docks, &AT_DOCKS), (queues, &AT_VENDORS), (dates, &OF_DATES)];
        known.into_iter().filter(|(is_there, _)| *is_there).flat_map(|(_, types)| types)
    }

    /// An order, its lines that wait together, and the warehouse.
    fn dock_related(&self, order: OrderRef, contents: &[ParcelLine], warehouse: WarehouseId) -> Vec<Related> {
        let mut related = vec![(order_id(order.number), "order")];
        related.extend(contents.iter().map(|content| (line_id(order.number, content.line), "line")));
        related.push((self.warehouse(warehouse), "warehouse"));
        related
    }

    pub(super) fn write_waiting(&mut self, now: SimTime, what: &Occurrence<'_>) {
        use Occurrence as O;
        match *what {
            O::ParcelAtDock { order, warehouse, contents, why, .. } => {
                let related = self.dock_related(order, contents, warehouse);
                self.event(now, "parcel-at-dock", &[("why", json!(why.name()))], &related);
            }
            O::ParcelTakenBack { order, warehouse, contents, .. } => {
                let related = self.dock_related(order, contents, warehouse);
                self.event(now, "parcel-taken-back", &[], &related);
            }
            O::PickingLimitReached { warehouse } => {
                self.event(now, "picking-limit-reached", &[], &[(self.warehouse(warehouse), "warehouse")]);
            }
            O::OrderQueued { warehouse, product, number, ahead, why, .. } => {
                let related = self.supply_related(warehouse, product, Some(number));
                let attributes = [("why", json!(why.name())), ("units_ahead", json!(ahead))];
                self.event(now, "purchase-order-queued", &attributes, &related);
            }
            O::OrderBegun { warehouse, product, number, waited, .. } => {
                let related = self.supply_related(warehouse, product, Some(number));
                self.event(now, "purchase-order-begun", &[("waited_days", json!(waited.days()))], &related);
            }
            O::OrderDispatched { warehouse, product, number, .. } => {
                let related = self.supply_related(warehouse, product, Some(number));
                self.event(now, "purchase-order-dispatched", &[], &related);
            }
            O::LinePromised { order, line, product, promised, basis } => {
                let attributes = [("days", json!((promised - now).days())), ("by", json!(basis.name()))];
                self.event(now, "line-promised", &attributes, &self.line_related(order, line, Some(product)));
            }
            O::PromiseKept { order, line, product, promised, done } => {
                let attributes = [("days_to_spare", json!((promised - done).days()))];
                self.event(now, "promise-kept", &attributes, &self.line_related(order, line, Some(product)));
            }
            O::PromiseBroken { order, line, product, promised, done, why } => {
                let mut attributes = vec![("why", json!(why.name()))];
                attributes.extend(done.map(|done| ("days_late", json!((done - promised).days()))));
                self.event(now, "promise-broken", &attributes, &self.line_related(order, line, Some(product)));
            }
            _ => {}
        }
    }
}
