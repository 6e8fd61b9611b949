//! The trace: what happened, one JSON object a line, in order of happening, with the names of the scenario file.
//!
//! The engine states departures, not deliveries; since nothing can stop a parcel on its way, the writer keeps a queue
//! of arrivals and writes each delivery when the clock has passed it. Times are seconds from the start of the
//! replication, durations are seconds, money is a decimal number.
//!
//! Every object has `t` and `event`, and `rule` where a rule decided. Beyond these:
//!
//! | events | fields |
//! |---|---|
//! | `order-placed` | `order`, `id` (its own, where it is replayed from a file), `zone`, `international` (only if so), `mode`, `warehouse` (the assigned one, if any) |
//! | `order-open` | `order`, `zone`, `international`, `placed` (before the start: below 0), `mode`, `part_shipped` (only if so), `warehouse` |
//! | `line-open` | `order`, `line`, `product`, `units` that wait |
//! | `order-booked` | `order`, `zone`, `due`; this, `order-placed` and `order-open` have the customer's `class`, where there are some |
//! | `line-booked` | `order`, `line`, `product`, `units` |
//! | `line-promised` | `order`, `line`, `product`, `promised`: the last second in time; `by`: `stock`, `restock` or `ahead`; `back`: when the product is said to be back |
//! | `promise-kept`, `promise-broken` | `order`, `line`, `product`, `promised`, `done`: when it arrives, if it does |
//! | `lost-at-display` | `order`, `line`, `product`, `units`, `why`: `dropped`, `refused` or `not-orderable` |
//! | `line-replaced` | `order`, `line`, `product`, `units`, `to`: the product that is taken instead, as the other cannot be ordered |
//! | `line-backordered`, `line-removed` | `order`, `line`, `product`, `units` that wait, or were unshipped |
//! | `line-auto-cancelled` | the same, and `since`: when the clock that ran out was started |
//! | `shown-on-backorder`, `display-mismatch` | `order`, `line`, `product` |
//! | `line-covered` | `order`, `line`, `product`, `waited` |
//! | `order-sourced-anew` | `order`, `from`, `parcels`: from how many warehouses it would have left, and from how many it does |
//! | `line-swapped` | `order`, `line`, `to`, `product` (of the new line), `from`, `units`, `warehouse` |
//! | `contact` | `order`, `line`, `wants`: `swap` or `remove` |
//! | `parcel-released`, `parcel-shipped` | `order`, `parcel`, `warehouse`, `lines`, `units` of each; `arrives` once shipped |
//! | `parcel-at-dock` | `order`, `warehouse`, `lines`, `units`, `why`: `closed`, `cut-off`, `wave`, `limit` or `pickers`; `until` if it is known |
//! | `parcel-taken-back` | the same without `why` and `until` |
//! | `picking-limit-reached` | `warehouse` |
//! | `parcel-delivered` | `order`, `parcel`, `warehouse`, `lines` |
//! | `split-not-charged` | `order`, `parcel`, `warehouse`, `saved` |
//! | `shipment-notice` | `order`, `parcel` |
//! | `backorder-notice` | `order`, `late` (only if so) |
//! | `cancellation-notice`, `order-cancelled` | `order` |
//! | `order-completed` | `order`, `parcels` |
//! | `replenishment-ordered` | `vendor`, `warehouse`, `product`, `units`, `purchase_order`, `promised`, `cost` |
//! | `purchase-order-open` | `vendor`, `warehouse`, `product`, `units`, `purchase_order`, `ordered` (below 0), `promised` |
//! | `purchase-order-queued` | `vendor`, `warehouse`, `product`, `units`, `purchase_order`, `ahead`: units before it, `why`: `closed`, `disrupted` or `busy`; `until` if it is known |
//! | `purchase-order-begun` | `vendor`, `warehouse`, `product`, `units`, `purchase_order`, `waited`, `done`: when it will be |
//! | `purchase-order-dispatched` | `vendor`, `warehouse`, `product`, `units`, `purchase_order` |
//! | `replenishment-expedited` | the same without `promised` |
//! | `receipt` | `warehouse`, `product`, `units`, `purchase_order` (if one ordered it) |
//! | `disruption-began`, `disruption-ended` | `vendor` |
//! | `event-began`, `event-ended` | `name` |

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use super::own_ids::OwnIds;
use super::trace_events::event;
use crate::domain::{Loss, Mode, Model, OrderNumber, ProductId, PromiseBasis, SimTime, VendorId, WarehouseId, Wish};
use crate::engine::{Books, Observer, Occurrence, OrderRef, ParcelLine, ParcelRef};
use crate::rules::Rule;

/// Writes the trace of one replication.
///
/// A write that fails stops the writing, not the run: [`finish`](Self::finish) tells of it.
pub struct TraceWriter<W: io::Write> {
    out: W,
    names: Names,
    ids: OwnIds,
    only: Option<OrderNumber>,
    /// Parcels on their way, by arrival and then by departure.
    under_way: BTreeMap<(SimTime, u64), Delivery>,
    departures: u64,
    line: String,
    outcome: io::Result<()>,
}

/// A parcel on its way.
struct Delivery {
    order: OrderNumber,
    parcel: u32,
    warehouse: WarehouseId,
    lines: Vec<u32>,
}

/// The scenario's names as JSON strings, so that nothing is escaped twice.
struct Names {
    zones: Vec<String>,
    warehouses: Vec<String>,
    vendors: Vec<String>,
    products: Vec<String>,
    events: Vec<String>,
    classes: Vec<String>,
}

impl Names {
    fn new(model: &Model) -> Self {
        fn quoted<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<String> {
            ids.map(|id| serde_json::Value::from(id.as_str()).to_string()).collect()
        }
        Self {
            zones: quoted(model.zones.iter().map(|zone| &zone.id)),
            warehouses: quoted(model.warehouses.iter().map(|warehouse| &warehouse.id)),
            vendors: quoted(model.vendors.iter().map(|vendor| &vendor.id)),
            products: quoted(model.products.iter().map(|product| &product.id)),
            events: quoted(model.events.iter().map(|event| &event.name)),
            classes: quoted(model.classes.iter().map(|class| &class.id)),
        }
    }
}

impl<W: io::Write> TraceWriter<W> {
    /// A writer of everything that happens. `out` should be buffered: it gets one small write a line.
    pub fn new(model: &Model, out: W) -> Self {
        Self {
            out,
            names: Names::new(model),
            ids: OwnIds::new(model),
            only: None,
            under_way: BTreeMap::new(),
            departures: 0,
            line: String::new(),
            outcome: Ok(()),
        }
    }

    /// A writer of what happens to one order.
    pub fn of_order(model: &Model, out: W, order: OrderNumber) -> Self {
        Self { only: Some(order), ..Self::new(model, out) }
    }

    /// Hands everything on to the destination.
    ///
    /// # Errors
    /// The first write that failed; what stands before it is whole lines.
    pub fn finish(self) -> io::Result<()> {
        self.into_destination().map(drop)
    }

    /// Hands everything on to the destination, and gives that back.
    ///
    /// # Errors
    /// The first write that failed; what stands before it is whole lines.
    pub fn into_destination(mut self) -> io::Result<W> {
        self.outcome?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Writes the deliveries before an instant.
    fn deliver_before(&mut self, now: SimTime) {
        while let Some(entry) = self.under_way.first_entry() {
            let at = entry.key().0;
            if at >= now {
                return;
            }
            let delivery = entry.remove();
            self.begin(at, "parcel-delivered");
            self.number("order", delivery.order);
            self.number("parcel", delivery.parcel);
            self.warehouse(delivery.warehouse);
            self.list("lines", delivery.lines.iter().copied());
            self.end();
        }
    }

    fn begin(&mut self, now: SimTime, event: &str) {
        self.line.clear();
        self.put(format_args!("{{\"t\":{},\"event\":\"{event}\"", now.0));
    }

    fn end(&mut self) {
        self.line.push_str("}\n");
        if self.outcome.is_ok() {
            self.outcome = self.out.write_all(self.line.as_bytes());
        }
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        self.line.write_fmt(text).expect("writing to a string cannot fail");
    }

    fn number(&mut self, key: &str, value: impl std::fmt::Display) {
        self.put(format_args!(",\"{key}\":{value}"));
    }

    fn text(&mut self, key: &str, value: &str) {
        self.put(format_args!(",\"{key}\":\"{value}\""));
    }

    fn list(&mut self, key: &str, values: impl Iterator<Item = u32>) {
        self.put(format_args!(",\"{key}\":["));
        for (position, value) in values.enumerate() {
            let comma = if position > 0 { "," } else { "" };
            self.put(format_args!("{comma}{value}"));
        }
        self.line.push(']');
    }

    fn name(&mut self, key: &str, of: impl Fn(&Names) -> &String) {
        let name = of(&self.names);
        self.line.write_fmt(format_args!(",\"{key}\":{name}")).expect("writing to a string cannot fail");
    }

    fn warehouse(&mut self, warehouse: WarehouseId) {
        self.name("warehouse", |names| &names.warehouses[warehouse.index()]);
    }

    fn product(&mut self, key: &str, product: ProductId) {
        self.name(key, |names| &names.products[product.index()]);
    }

    fn purchase_order(
        &mut self,
        vendor: VendorId,
        warehouse: WarehouseId,
        product: ProductId,
        units: u32,
        number: u32,
    ) {
        self.name("vendor", |names| &names.vendors[vendor.index()]);
        self.warehouse(warehouse);
        self.product("product", product);
        self.number("units", units);
        self.number("purchase_order", number);
    }

    /// The customer's class, where there are some.
    fn class(&mut self, order: OrderRef) {
        if let Some(class) = self.names.classes.get(order.class.index()) {
            self.line.push_str(",\"class\":");
            self.line.push_str(class);
        }
    }

    fn order_line(&mut self, order: OrderRef, line: u32, product: ProductId) {
        self.number("order", order.number);
        self.number("line", line);
        self.product("product", product);
    }

    fn parcel(&mut self, order: OrderRef, parcel: ParcelRef<'_>) {
        self.number("order", order.number);
        self.number("parcel", parcel.number);
        self.warehouse(parcel.warehouse);
        self.list("lines", parcel.contents.iter().map(|content| content.line));
        self.list("units", parcel.contents.iter().map(|content| content.units));
    }

    fn at_dock(&mut self, order: OrderRef, warehouse: WarehouseId, contents: &[ParcelLine]) {
        self.number("order", order.number);
        self.warehouse(warehouse);
        self.list("lines", contents.iter().map(|content| content.line));
        self.list("units", contents.iter().map(|content| content.units));
    }

    fn rule(&mut self, rule: Option<Rule>) {
        if let Some(rule) = rule {
            self.text("rule", rule.id());
        }
    }

    /// Writes the fields of an occurrence, between its event and its rule.
    fn fields(&mut self, what: Occurrence<'_>) {
        use Occurrence as O;
        match what {
            O::Receipt { warehouse, product, units, purchase_order } => {
                self.warehouse(warehouse);
                self.product("product", product);
                self.number("units", units);
                if let Some(number) = purchase_order {
                    self.number("purchase_order", number);
                }
            }
            O::PurchaseOrderPlaced { vendor, warehouse, number, lines, units, cost } => {
                self.name("vendor", |names| &names.vendors[vendor.index()]);
                self.warehouse(warehouse);
                self.number("number", number);
                self.number("lines", lines);
                self.number("units", units);
                self.number("cost", cost);
            }
            O::ReplenishmentOrdered { vendor, warehouse, product, units, number, promised, cost, joint } => {
                self.purchase_order(vendor, warehouse, product, units, number);
                self.number("promised", promised.0);
                self.number("cost", cost);
                if joint > 0 {
                    self.number("line_of", joint);
                }
            }
            O::ReplenishmentExpedited { vendor, warehouse, product, units, number, cost } => {
                self.purchase_order(vendor, warehouse, product, units, number);
                self.number("cost", cost);
            }
            O::OrderQueued { vendor, warehouse, product, units, number, ahead, why, until } => {
                self.purchase_order(vendor, warehouse, product, units, number);
                self.number("ahead", ahead);
                self.text("why", why.name());
                if let Some(until) = until {
                    self.number("until", until.0);
                }
            }
            O::OrderBegun { vendor, warehouse, product, units, number, waited, done, .. } => {
                self.purchase_order(vendor, warehouse, product, units, number);
                self.number("waited", waited.0);
                self.number("done", done.0);
            }
            O::OrderDispatched { vendor, warehouse, product, units, number } => {
                self.purchase_order(vendor, warehouse, product, units, number);
            }
            O::ExpeditingSettled { vendor, warehouse, product, number, needed, unit_seconds } => {
                self.name("vendor", |names| &names.vendors[vendor.index()]);
                self.warehouse(warehouse);
                self.product("product", product);
                self.number("purchase_order", number);
                self.number("needed", needed);
                self.number("unit_seconds", unit_seconds);
            }
            O::PurchaseOrderOpen { vendor, warehouse, product, units, number, ordered, promised } => {
                self.purchase_order(vendor, warehouse, product, units, number);
                self.number("ordered", ordered.0);
                self.number("promised", promised.0);
            }
            O::OrderOpen { order, mode, assigned, part_shipped, .. } => {
                self.number("order", order.number);
                self.name("zone", |names| &names.zones[order.zone.index()]);
                if order.international {
                    self.line.push_str(",\"international\":true");
                }
                self.number("placed", order.placed.0);
                self.class(order);
                self.text("mode", mode_name(mode));
                if part_shipped {
                    self.line.push_str(",\"part_shipped\":true");
                }
                if let Some(warehouse) = assigned {
                    self.warehouse(warehouse);
                }
            }
            O::EventBegan { event } | O::EventEnded { event } => {
                self.name("name", |names| &names.events[event as usize]);
            }
            O::DisruptionBegan { vendor } | O::DisruptionEnded { vendor } => {
                self.name("vendor", |names| &names.vendors[vendor.index()]);
            }
            O::LineLost { order, line, product, units, why, .. } => {
                self.order_line(order, line, product);
                self.number("units", units);
                self.text(
                    "why",
                    match why {
                        Loss::Dropped => "dropped",
                        Loss::Refused => "refused",
                        Loss::NotOrderable => "not-orderable",
                    },
                );
            }
            O::OrderPlaced { order, mode, assigned, .. } => {
                self.number("order", order.number);
                if let Some(id) = self.ids.of(order.number).map(serde_json::Value::from) {
                    self.number("id", id);
                }
                self.name("zone", |names| &names.zones[order.zone.index()]);
                if order.international {
                    self.line.push_str(",\"international\":true");
                }
                self.class(order);
                self.text("mode", mode_name(mode));
                if let Some(warehouse) = assigned {
                    self.warehouse(warehouse);
                }
            }
            O::ShownOnBackorder { order, line, product } | O::DisplayMismatch { order, line, product } => {
                self.order_line(order, line, product);
            }
            O::OrderBooked { order } => {
                self.number("order", order.number);
                self.name("zone", |names| &names.zones[order.zone.index()]);
                self.number("due", order.placed.0);
                self.class(order);
            }
            O::LinePromised { order, line, product, promised, basis } => {
                self.order_line(order, line, product);
                self.number("promised", promised.0);
                self.text("by", basis.name());
                if let PromiseBasis::Restock(back) = basis {
                    self.number("back", back.0);
                }
            }
            O::LineReplaced { order, line, product, units, to_product } => {
                self.order_line(order, line, product);
                self.number("units", units);
                self.product("to", to_product);
            }
            O::PromiseKept { order, line, product, promised, done } => {
                self.order_line(order, line, product);
                self.number("promised", promised.0);
                self.number("done", done.0);
            }
            O::PromiseBroken { order, line, product, promised, done, why } => {
                self.order_line(order, line, product);
                self.number("promised", promised.0);
                if let Some(done) = done {
                    self.number("done", done.0);
                }
                self.text("why", why.name());
            }
            O::LineBackordered { order, line, product, units, .. }
            | O::LineBooked { order, line, product, units, .. }
            | O::LineOpen { order, line, product, units, .. }
            | O::LineRemoved { order, line, product, units, .. } => {
                self.order_line(order, line, product);
                self.number("units", units);
            }
            O::LineCovered { order, line, product, waited } => {
                self.order_line(order, line, product);
                self.number("waited", waited.0);
            }
            O::ParcelAtDock { order, warehouse, contents, why, until } => {
                self.at_dock(order, warehouse, contents);
                self.text("why", why.name());
                if let Some(until) = until {
                    self.number("until", until.0);
                }
            }
            O::ParcelTakenBack { order, warehouse, contents, .. } => self.at_dock(order, warehouse, contents),
            O::PickingLimitReached { warehouse } => self.warehouse(warehouse),
            O::OrderSourcedAnew { order, from, to } => {
                self.number("order", order.number);
                self.number("from", from);
                self.number("parcels", to);
            }
            O::ParcelReleased { order, parcel, .. } => self.parcel(order, parcel),
            O::ParcelShipped { order, parcel, arrives } => {
                self.parcel(order, parcel);
                self.number("arrives", arrives.0);
            }
            O::SplitNotCharged { order, parcel, warehouse, saved } => {
                self.number("order", order.number);
                self.number("parcel", parcel);
                self.warehouse(warehouse);
                self.number("saved", saved);
            }
            O::ShipmentNotice { order, parcel } => {
                self.number("order", order.number);
                self.number("parcel", parcel);
            }
            O::NoticeSent { order, late } => {
                self.number("order", order.number);
                if late {
                    self.line.push_str(",\"late\":true");
                }
            }
            O::Contact { order, line, wants } => {
                self.number("order", order.number);
                self.number("line", line);
                self.text(
                    "wants",
                    match wants {
                        Wish::Swap => "swap",
                        Wish::Remove => "remove",
                    },
                );
            }
            O::LineSwapped { order, line, product, units, to, to_product, warehouse } => {
                self.number("order", order.number);
                self.number("line", line);
                self.number("to", to);
                self.product("product", to_product);
                self.product("from", product);
                self.number("units", units);
                self.warehouse(warehouse);
            }
            O::LineAutoCancelled { order, line, product, units, since } => {
                self.order_line(order, line, product);
                self.number("units", units);
                self.number("since", since.0);
            }
            O::CancellationNotice { order } | O::OrderCancelled { order } => self.number("order", order.number),
            O::OrderCompleted { order, parcels, .. } => {
                self.number("order", order.number);
                self.number("parcels", parcels);
            }
            O::PairCarried { .. }
            | O::ShelfEmptied { .. }
            | O::ShelfFilled { .. }
            | O::LeadTimeBegan { .. }
            | O::OrderBelowMinimum { .. }
            | O::OrderAsked { .. }
            | O::LineFellDue { .. }
            | O::OrderPromiseSettled { .. }
            | O::LineAsked { .. }
            | O::LinePlaced { .. }
            | O::WaitingChanged { .. }
            | O::UnitsReserved { .. }
            | O::UnitsFreed { .. }
            | O::ParcelPicked { .. }
            | O::NoticeDue { .. } => {}
        }
    }
}

fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::ShipsNow => "ships-now",
        Mode::Split => "split",
        Mode::Held => "held",
    }
}

impl<W: io::Write> Observer for TraceWriter<W> {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        self.ids.observe(now, &what);
        if self.only.is_some() && self.only != what.order().map(|order| order.number) {
            return;
        }
        let Some(event) = event(&what) else { return };
        self.deliver_before(now);
        self.begin(now, event);
        self.fields(what);
        self.rule(what.rule());
        self.end();
        if let Occurrence::ParcelShipped { order, parcel, arrives } = what {
            self.under_way.insert(
                (arrives, self.departures),
                Delivery {
                    order: order.number,
                    parcel: parcel.number,
                    warehouse: parcel.warehouse,
                    lines: parcel.contents.iter().map(|content| content.line).collect(),
                },
            );
            self.departures += 1;
        }
    }

    fn ended(&mut self, end: SimTime, _books: &impl Books) {
        self.deliver_before(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Cents, Span};
    use crate::engine::ParcelLine;
    use crate::observe::fixture::{ABROAD, BOISE, DAYTON, HOME, Ledger, WHEY, model, order, parcel};

    /// The trace of a few occurrences, each at its second; the run ends at second 200 000.
    fn trace(of: &[(i64, Occurrence<'_>)], only: Option<OrderNumber>) -> String {
        let mut model = model();
        model.products[0].id = "a \"b\"".into();
        let mut bytes = Vec::new();
        let mut writer = TraceWriter { only, ..TraceWriter::new(&model, &mut bytes) };
        for &(second, what) in of {
            writer.observe(SimTime(second), what);
        }
        writer.ended(SimTime(200_000), &Ledger::default());
        writer.finish().expect("a vector takes everything");
        String::from_utf8(bytes).expect("the trace is UTF-8")
    }

    #[test]
    fn names_stand_as_in_the_file_and_decisions_carry_their_rule() {
        let abroad = order(1, ABROAD, 60);
        let contents = [ParcelLine { line: 1, product: WHEY, units: 2 }];
        let text = trace(
            &[
                (
                    60,
                    Occurrence::OrderPlaced {
                        order: abroad,
                        lines: 1,
                        availability: crate::domain::Availability::All,
                        mode: Mode::ShipsNow,
                        assigned: Some(BOISE),
                    },
                ),
                (
                    60,
                    Occurrence::ParcelReleased {
                        order: abroad,
                        parcel: parcel(1, BOISE, &contents),
                        departs: SimTime(60),
                    },
                ),
                (60, Occurrence::SplitNotCharged { order: abroad, parcel: 2, warehouse: BOISE, saved: Cents(610) }),
            ],
            None,
        );
        assert_eq!(
            text,
            "{\"t\":60,\"event\":\"order-placed\",\"order\":1,\"zone\":\"abroad\",\"international\":true,\
             \"mode\":\"ships-now\",\"warehouse\":\"boise\"}\n\
             {\"t\":60,\"event\":\"parcel-released\",\"order\":1,\"parcel\":1,\"warehouse\":\"boise\",\
             \"lines\":[1],\"units\":[2],\"rule\":\"multi-warehouse\"}\n\
             {\"t\":60,\"event\":\"split-not-charged\",\"order\":1,\"parcel\":2,\"warehouse\":\"boise\",\
             \"saved\":6.10,\"rule\":\"free-split\"}\n"
        );
    }

    #[test]
    fn deliveries_come_in_order_of_arrival_before_anything_later_and_not_after_the_end() {
        let contents = [ParcelLine { line: 1, product: WHEY, units: 1 }];
        let leaves = |number, arrives| Occurrence::ParcelShipped {
            order: order(number, HOME, 0),
            parcel: parcel(1, BOISE, &contents),
            arrives: SimTime(arrives),
        };
        let receipt = Occurrence::Receipt { warehouse: DAYTON, product: WHEY, units: 3, purchase_order: None };
        let text = trace(
            &[(0, leaves(1, 200)), (1, leaves(2, 100)), (2, leaves(3, 200_000)), (100, receipt), (150, receipt)],
            None,
        );
        let told: Vec<(i64, String)> = text
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("each line is JSON"))
            .map(|event| (event["t"].as_i64().expect("a time"), event["event"].as_str().expect("an event").to_string()))
            .collect();
        let expected = [
            (0, "parcel-shipped"),
            (1, "parcel-shipped"),
            (2, "parcel-shipped"),
            (100, "receipt"),
            (100, "parcel-delivered"),
            (150, "receipt"),
            (200, "parcel-delivered"),
        ];
        assert_eq!(told, expected.map(|(at, event)| (at, event.to_string())));
        assert!(text.contains("\"product\":\"a \\\"b\\\"\""), "{text}");
    }

    #[test]
    fn one_order_can_be_singled_out() {
        let contact = |number| Occurrence::Contact { order: order(number, HOME, 0), line: 1, wants: Wish::Swap };
        let receipt = Occurrence::Receipt { warehouse: BOISE, product: WHEY, units: 3, purchase_order: None };
        let text = trace(&[(5, contact(1)), (6, receipt), (7, contact(2))], Some(2));
        assert_eq!(
            text,
            "{\"t\":7,\"event\":\"contact\",\"order\":2,\"line\":1,\"wants\":\"swap\",\"rule\":\"support-24-7\"}\n"
        );
    }

    #[test]
    fn what_only_keeps_books_is_not_written() {
        let product = WHEY;
        let carried = Occurrence::PairCarried { warehouse: BOISE, product, units: 3 };
        let due = Occurrence::NoticeDue { order: order(1, HOME, 0), due: SimTime(0) + Span(5) };
        assert_eq!(trace(&[(0, carried), (0, due)], None), "");
    }

    #[test]
    fn a_write_that_fails_is_told_at_the_end() {
        struct Full;
        impl io::Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::from(io::ErrorKind::StorageFull))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let model = model();
        let mut writer = TraceWriter::new(&model, Full);
        let order = order(1, HOME, 0);
        writer.observe(SimTime(0), Occurrence::OrderCancelled { order });
        assert_eq!(writer.finish().expect_err("the disk is full").kind(), io::ErrorKind::StorageFull);
    }
}
