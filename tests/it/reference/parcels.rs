//! Parcels: opened by the first line that leaves, closed at the end of the second, departing after the handling.

use serde_json::json;

use super::world::{Line, Parcel, World};

impl World<'_> {
    /// Puts what a line has reserved into this second's parcels of its order, one a warehouse.
    pub fn release(&mut self, order: usize, line: usize) {
        let leaving = &mut self.orders[order].lines[line];
        let (number, product) = (leaving.number, leaving.product);
        for (warehouse, units) in std::mem::take(&mut leaving.reserved) {
            let open = |parcel: &Parcel| {
                parcel.order == order
                    && parcel.warehouse == warehouse
                    && parcel.departs.is_none()
                    && parcel.ready.is_none()
            };
            let place = self.parcels.iter().position(open).unwrap_or_else(|| {
                self.parcels.push(Parcel {
                    order,
                    warehouse,
                    contents: vec![],
                    number: 0,
                    departs: None,
                    departed: false,
                    promised: i64::MAX,
                    ready: None,
                    gone: false,
                });
                self.parcels.len() - 1
            });
            let contents = &mut self.parcels[place].contents;
            match contents.iter_mut().find(|(inside, _, _)| *inside == number) {
                Some((_, _, more)) => *more += units,
                None => contents.push((number, product, units)),
            }
            contents.sort_unstable();
        }
    }

    /// The end of a second: parcels are closed, order by order, by their lowest line number, then in the file's order.
    pub fn close_parcels(&mut self) {
        let mut open: Vec<usize> = (0..self.parcels.len())
            .filter(|&parcel| self.parcels[parcel].departs.is_none() && self.parcels[parcel].ready.is_none())
            .collect();
        open.sort_by_key(|&parcel| {
            let Parcel { order, warehouse, contents, .. } = &self.parcels[parcel];
            (*order, contents[0].0, *warehouse)
        });
        for parcel in open {
            match self.picking(self.parcels[parcel].warehouse) {
                Some(_) => self.bring_to_dock(parcel),
                None => self.send_off(parcel),
            }
        }
        self.close_docks();
    }

    /// A parcel gets its number and leaves after the handling.
    pub fn send_off(&mut self, parcel: usize) {
        let order = self.parcels[parcel].order;
        let number = self.parcels.iter().filter(|other| other.order == order && other.number > 0).count() + 1;
        self.parcels[parcel].number = number;
        let departs = self.now + self.model.warehouses()[self.parcels[parcel].warehouse].handling.0;
        self.parcels[parcel].departs = Some(departs);
        self.trace_parcel("parcel-released", parcel);
        if departs == self.now {
            self.ship(parcel);
        }
    }

    /// Departures of this second, in the order of release.
    pub fn depart(&mut self) {
        let mut leaving: Vec<usize> = (0..self.parcels.len())
            .filter(|&parcel| !self.parcels[parcel].departed)
            .filter(|&parcel| self.parcels[parcel].departs.is_some_and(|departs| departs <= self.now))
            .collect();
        leaving.sort_by_key(|&parcel| (self.parcels[parcel].order, self.parcels[parcel].number));
        for parcel in leaving {
            self.ship(parcel);
        }
    }

    fn ship(&mut self, parcel: usize) {
        self.trace_parcel("parcel-shipped", parcel);
        let shipped = &mut self.parcels[parcel];
        shipped.departed = true;
        let (order, warehouse, number) = (shipped.order, shipped.warehouse, shipped.number);
        for &(_, product, units) in &shipped.contents {
            let pair = &mut self.pairs[warehouse][product];
            pair.on_hand -= i64::from(units);
            pair.reserved -= i64::from(units);
        }
        let (order_number, zone) = (self.orders[order].number, self.orders[order].zone);
        self.trace("shipment-notice", json!({ "order": order_number, "parcel": number, "rule": "shipment-notice" }));
        // What was promised before its lane was closed leaves by it all the same.
        let (lanes, base) = (self.lanes(zone), &self.model.zones()[zone].lanes);
        let lane =
            lanes.iter().chain(base).find(|lane| lane.warehouse.index() == warehouse).expect("it left by a lane");
        let arrives = self.now + lane.transit.0;
        let contents = self.parcels[parcel].contents.clone();
        self.settle_arrivals(order, &contents, arrives);
        if arrives < self.end() {
            let lines = self.parcels[parcel].lines();
            let warehouse = &self.model.warehouses()[warehouse].id;
            self.trace_at(
                arrives,
                "parcel-delivered",
                json!({ "order": order_number, "parcel": number, "warehouse": warehouse, "lines": lines }),
            );
        }
        self.end_order_if_over(order);
    }

    fn trace_parcel(&mut self, event: &str, parcel: usize) {
        let parcel = &self.parcels[parcel];
        let order = &self.orders[parcel.order];
        let units: Vec<u32> = parcel.contents.iter().map(|&(_, _, units)| units).collect();
        let fields = json!({
            "order": order.number, "parcel": parcel.number, "lines": parcel.lines(), "units": units,
            "warehouse": self.model.warehouses()[parcel.warehouse].id, "rule": order.rule,
        });
        self.trace(event, fields);
    }

    /// An order ends when no line of it is open and everything released has departed.
    pub fn end_order_if_over(&mut self, order: usize) {
        let over = !self.orders[order].ended
            && !self.orders[order].lines.iter().any(Line::open)
            && !self.parcels.iter().any(|parcel| parcel.order == order && !parcel.departed && !parcel.gone);
        if over {
            self.orders[order].ended = true;
            let number = self.orders[order].number;
            match self.parcels.iter().filter(|parcel| parcel.order == order && !parcel.gone).count() {
                0 => self.trace("order-cancelled", json!({ "order": number })),
                many => self.trace("order-completed", json!({ "order": number, "parcels": many })),
            }
        }
    }
}
