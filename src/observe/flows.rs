//! Where units went in one replication: from which warehouse to which zone, of which vendor, and how many of them had to wait.

use crate::domain::{LineNumber, Model, OrderNumber, SimTime, VendorId, WarehouseId, ZoneId};
use crate::engine::{LeftAtOnce, Observer, Occurrence, OrderRef};
use std::collections::BTreeSet;
use std::num::NonZeroU64;

use super::by_number::ByNumber;

/// Units that were sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// All of them.
    pub units: u64,
    /// Those of a line that was backordered, sent after the order was placed.
    pub waited: u64,
}

impl Sent {
    fn add(&mut self, units: u64, waited: bool) {
        self.units += units;
        self.waited += if waited { units } else { 0 };
    }
}

/// Watches what is sent of the orders that are placed in the measured time.
#[derive(Clone, Debug)]
pub struct Flows {
    from: i64,
    until: i64,
    /// Each product's vendor.
    vendor_of: Vec<Option<VendorId>>,
    zones: usize,
    vendors: usize,
    /// By warehouse, then zone.
    by_zone: Vec<Sent>,
    /// By warehouse, then vendor.
    by_vendor: Vec<Sent>,
    backordered: Backordered,
}

/// Lines that were backordered, of orders that are under way.
#[derive(Clone, Debug, Default)]
struct Backordered {
    /// The first 64 lines of each order, as bits.
    first: ByNumber<NonZeroU64>,
    /// Lines with higher numbers.
    others: BTreeSet<(OrderNumber, LineNumber)>,
}

impl Backordered {
    fn insert(&mut self, order: OrderNumber, line: LineNumber) {
        match (bit(line), self.first.get_mut(order)) {
            (Some(bit), Some(lines)) => *lines |= bit,
            (Some(bit), None) => self.first.insert(order, bit),
            (None, _) => {
                self.others.insert((order, line));
            }
        }
    }

    fn contains(&self, order: OrderNumber, line: LineNumber) -> bool {
        match bit(line) {
            Some(bit) => self.first.get(order).is_some_and(|lines| lines.get() & bit.get() != 0),
            None => self.others.contains(&(order, line)),
        }
    }

    #[inline(always)]
    fn forget(&mut self, order: OrderNumber) {
        self.first.remove(order);
        if !self.others.is_empty() {
            self.others.retain(|&(other, _)| other != order);
        }
    }
}

/// The bit of a line with a low number; lines are numbered from 1.
const fn bit(line: LineNumber) -> Option<NonZeroU64> {
    if line <= u64::BITS { NonZeroU64::new(1 << (line - 1)) } else { None }
}

impl Flows {
    /// For one replication of a model.
    pub fn new(model: &Model) -> Self {
        let from = model.run.warm_up.span().0;
        let (warehouses, zones, vendors) = (model.warehouses().len(), model.zones().len(), model.vendors().len());
        Self {
            from,
            until: from + model.run.horizon.0,
            vendor_of: model.products().iter().map(|product| product.vendor).collect(),
            zones,
            vendors,
            by_zone: vec![Sent::default(); warehouses * zones],
            by_vendor: vec![Sent::default(); warehouses * vendors],
            backordered: Backordered::default(),
        }
    }

    /// What went from a warehouse to a zone.
    pub fn to_zone(&self, warehouse: WarehouseId, zone: ZoneId) -> Sent {
        self.by_zone[warehouse.index() * self.zones + zone.index()]
    }

    /// What went from a warehouse of a vendor's products.
    pub fn of_vendor(&self, warehouse: WarehouseId, vendor: VendorId) -> Sent {
        self.by_vendor[warehouse.index() * self.vendors + vendor.index()]
    }

    fn is_measured(&self, placed: SimTime) -> bool {
        (self.from..self.until).contains(&placed.0)
    }

    #[inline(always)]
    fn sent(&mut self, order: OrderRef, warehouse: WarehouseId, product: usize, units: u32, waited: bool) {
        let units = u64::from(units);
        self.by_zone[warehouse.index() * self.zones + order.zone.index()].add(units, waited);
        if let Some(vendor) = self.vendor_of[product] {
            self.by_vendor[warehouse.index() * self.vendors + vendor.index()].add(units, waited);
        }
    }
}

impl Observer for Flows {
    /// It only adds up.
    const ACCEPTS_EARLY: bool = true;

    #[inline(always)]
    fn takes_whole(&mut self, _now: SimTime, _departs: SimTime) -> bool {
        true
    }

    #[inline(always)]
    fn left_at_once(&mut self, what: LeftAtOnce<'_>) {
        if !self.is_measured(what.order.placed) {
            return;
        }
        for (index, line) in what.lines.iter().enumerate() {
            let parcel = if what.parcels.len() > 1 { what.parcel_of[index] as usize } else { 0 };
            self.sent(what.order, what.parcels[parcel].warehouse, line.product.index(), line.units, false);
        }
    }

    #[inline(always)]
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        match what {
            Occurrence::LineBackordered { order, line, .. } if self.is_measured(order.placed) => {
                self.backordered.insert(order.number, line);
            }
            Occurrence::ParcelReleased { order, parcel, .. } if self.is_measured(order.placed) => {
                for content in parcel.contents {
                    let waited = now > order.placed && self.backordered.contains(order.number, content.line);
                    self.sent(order, parcel.warehouse, content.product.index(), content.units, waited);
                }
            }
            Occurrence::OrderCompleted { order, .. } | Occurrence::OrderCancelled { order } => {
                self.backordered.forget(order.number)
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Cents, ClassId, DAY, OrderedLine, ProductId};
    use crate::engine::{AtOnceParcel, ParcelLine, ParcelRef};
    use crate::measures::fixture;
    use crate::rules::Rule;

    fn order(number: u64, placed: i64) -> OrderRef {
        OrderRef { number, placed: SimTime(placed * DAY), zone: ZoneId(1), international: false, class: ClassId(0) }
    }

    fn release(flows: &mut Flows, now: i64, order: OrderRef, line: LineNumber, units: u32) {
        let contents = &[ParcelLine { line, product: ProductId(0), units }];
        let (cost, customer_charge, rule) = (Cents(0), Cents(0), Rule::MultiWarehouse);
        let parcel = ParcelRef { number: 1, warehouse: WarehouseId(1), contents, rule, cost, customer_charge };
        let now = SimTime(now * DAY);
        flows.observe(now, Occurrence::ParcelReleased { order, parcel, departs: now });
    }

    #[test]
    fn what_waited_is_told_from_what_left_at_once_and_the_warm_up_does_not_count() {
        let model = fixture::model();
        let mut flows = Flows::new(&model);
        let first = model.run.warm_up.span().0 / DAY + 1;
        let (before, placed) = (order(1, -1), order(2, first));
        let (product, home) = (ProductId(0), None);
        flows.observe(placed.placed, Occurrence::LineBackordered { order: placed, line: 1, product, units: 5, home });
        // Two of its five units leave at once, three after a wait, and another line that never waited with them.
        release(&mut flows, first, placed, 1, 2);
        release(&mut flows, first + 3, placed, 1, 3);
        release(&mut flows, first + 3, placed, 2, 4);
        release(&mut flows, first, before, 1, 100);
        let (order, at) = (placed, placed.placed);
        let (released, departed, delivered) = (at, at, at);
        flows.observe(at, Occurrence::OrderCompleted { order, parcels: 2, released, departed, delivered });
        assert!(flows.backordered.first.is_empty() && flows.backordered.others.is_empty());
        assert_eq!(flows.to_zone(WarehouseId(1), ZoneId(1)), Sent { units: 9, waited: 3 });
        assert_eq!(flows.to_zone(WarehouseId(0), ZoneId(1)), Sent::default());
        let lines = [OrderedLine { product: ProductId(0), units: 7 }];
        let departs = placed.placed;
        let parcels = [AtOnceParcel { warehouse: WarehouseId(0), cost: Cents(0), departs, arrives: departs }];
        flows.left_at_once(LeftAtOnce { order: placed, lines: &lines, parcels: &parcels, parcel_of: &[] });
        assert_eq!(flows.to_zone(WarehouseId(0), ZoneId(1)), Sent { units: 7, waited: 0 });
        let of_vendors: u64 =
            (0..model.vendors().len()).map(|id| flows.of_vendor(WarehouseId(1), VendorId::from_index(id)).units).sum();
        assert!(of_vendors == 9 || model.products()[0].vendor.is_none());
    }

    #[test]
    fn of_an_order_of_very_many_lines_each_is_known() {
        let mut backordered = Backordered::default();
        for line in [1, 3, 64, 65, 200] {
            backordered.insert(7, line);
        }
        backordered.insert(9, 65);
        let known = |backordered: &Backordered, order| -> Vec<LineNumber> {
            (1..=300).filter(|&line| backordered.contains(order, line)).collect()
        };
        assert_eq!(known(&backordered, 7), [1, 3, 64, 65, 200]);
        assert_eq!((known(&backordered, 8), known(&backordered, 9)), (vec![], vec![65]));
        backordered.forget(7);
        assert_eq!((known(&backordered, 7), known(&backordered, 9)), (vec![], vec![65]));
    }
}
