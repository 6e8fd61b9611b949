//! A bench to plant breaches on: occurrences are stated by hand, as an engine would, with or without a mistake.

use super::super::{Auditor, Breach, Invariant};
use crate::domain::*;
use crate::engine::{Observer, Occurrence as O, OrderRef, ParcelLine};
use crate::observe::fixture::{Ledger, parcel};

/// An auditor and the books of the engine it listens to.
pub(super) struct Bench<'m> {
    auditor: Auditor<'m>,
    pub(super) books: Ledger,
    now: SimTime,
}

/// A line as it is placed: product, units, and how many of them are available.
pub(super) type Placed = (ProductId, u32, u32);

impl<'m> Bench<'m> {
    /// A network that carries every product everywhere, with `stock` on hand.
    pub(super) fn new(model: &'m Model, stock: &[(WarehouseId, ProductId, u32)]) -> Self {
        let mut bench = Self { auditor: Auditor::new(model), books: Ledger::default(), now: SimTime::ZERO };
        for warehouse in (0..model.warehouses.len()).map(WarehouseId::from_index) {
            for product in (0..model.products.len()).map(ProductId::from_index) {
                let row = stock.iter().find(|row| (row.0, row.1) == (warehouse, product));
                bench.say(O::PairCarried { warehouse, product, units: row.map_or(0, |row| row.2) });
            }
        }
        bench
    }

    pub(super) fn say(&mut self, what: O<'_>) {
        self.books.book(what);
        self.auditor.observe(self.now, what);
    }

    /// Ends the present instant and goes on to a later one.
    pub(super) fn at(&mut self, second: i64) {
        self.auditor.instant_ended(self.now, &self.books);
        self.now = SimTime(second);
    }

    /// Ends the run at a second that is not run any more.
    pub(super) fn end(mut self, second: i64) -> Vec<Breach> {
        self.at(second);
        self.auditor.ended(SimTime(second), &self.books);
        assert_eq!(self.auditor.breach_count(), self.auditor.breaches().len() as u64);
        self.auditor.breaches().to_vec()
    }

    pub(super) fn receive(&mut self, warehouse: WarehouseId, product: ProductId, units: u32) {
        self.say(O::Receipt { warehouse, product, units, purchase_order: None });
    }

    /// Places an order: its lines are stated, and what is not available waits at `home`.
    pub(super) fn place(&mut self, order: OrderRef, mode: Mode, assigned: Option<WarehouseId>, lines: &[Placed]) {
        let home = assigned.unwrap_or(WarehouseId(0));
        let numbered = || (1..).zip(lines.iter().copied());
        let count = lines.len() as u32;
        let availability = if lines.iter().all(|line| line.2 == line.1) {
            Availability::All
        } else if lines.iter().all(|line| line.2 == 0) {
            Availability::None
        } else {
            Availability::Some
        };
        self.say(O::OrderAsked { order, lines: count });
        for (line, (product, units, available)) in numbered() {
            let network_available = available > 0;
            self.say(O::LineAsked {
                order,
                line,
                product,
                units,
                network_available,
                displayed_in_stock: network_available,
            });
        }
        self.say(O::OrderPlaced { order, lines: count, availability, mode, assigned });
        for (line, (product, units, available)) in numbered() {
            self.say(O::LinePlaced { order, line, product, units, available });
            if available < units {
                let waiting = units - available;
                self.say(O::LineBackordered { order, line, product, units: waiting, home: Some(home) });
                self.wait(order, line, product, home, waiting.into());
            }
        }
        if lines.iter().any(|line| line.2 < line.1) {
            let due = order.placed + Span(3_600);
            self.say(O::NoticeDue { order, due });
        }
    }

    pub(super) fn wait(
        &mut self,
        order: OrderRef,
        line: LineNumber,
        product: ProductId,
        home: WarehouseId,
        change: i64,
    ) {
        self.say(O::WaitingChanged { order, line, product, home: Some(home), change });
    }

    pub(super) fn reserve(
        &mut self,
        order: OrderRef,
        line: LineNumber,
        product: ProductId,
        warehouse: WarehouseId,
        units: u32,
    ) {
        self.say(O::UnitsReserved { order, line, product, warehouse, units });
    }

    /// Covers a line that waited, at its home.
    pub(super) fn cover(
        &mut self,
        order: OrderRef,
        line: LineNumber,
        product: ProductId,
        warehouse: WarehouseId,
        units: u32,
    ) {
        self.reserve(order, line, product, warehouse, units);
        self.wait(order, line, product, warehouse, -i64::from(units));
    }

    /// Releases a parcel and sends it off at once.
    pub(super) fn ship(
        &mut self,
        order: OrderRef,
        number: u32,
        warehouse: WarehouseId,
        contents: &[(LineNumber, ProductId, u32)],
    ) {
        self.release(order, number, warehouse, contents);
        self.depart(order, number, warehouse, contents);
    }

    pub(super) fn release(
        &mut self,
        order: OrderRef,
        number: u32,
        warehouse: WarehouseId,
        contents: &[(LineNumber, ProductId, u32)],
    ) {
        let departs = self.now;
        self.say(O::ParcelReleased { order, parcel: parcel(number, warehouse, &self::contents(contents)), departs });
    }

    pub(super) fn depart(
        &mut self,
        order: OrderRef,
        number: u32,
        warehouse: WarehouseId,
        contents: &[(LineNumber, ProductId, u32)],
    ) {
        let arrives = self.now + Span::from_days(2);
        self.say(O::ParcelShipped { order, parcel: parcel(number, warehouse, &self::contents(contents)), arrives });
    }

    pub(super) fn notify(&mut self, order: OrderRef) {
        self.say(O::NoticeSent { order, late: false });
    }

    pub(super) fn complete(&mut self, order: OrderRef, parcels: u32) {
        let (released, departed, delivered) = (self.now, self.now, self.now + Span::from_days(2));
        self.say(O::OrderCompleted { order, parcels, released, departed, delivered });
    }

    /// Cancels a whole line for age; its waiting units, if any, end at `home`.
    pub(super) fn cancel(&mut self, order: OrderRef, line: LineNumber, product: ProductId, home: Option<WarehouseId>) {
        self.say(O::LineAutoCancelled { order, line, product, units: 1, since: order.placed });
        if let Some(home) = home {
            self.wait(order, line, product, home, -1);
        }
    }
}

fn contents(of: &[(LineNumber, ProductId, u32)]) -> Vec<ParcelLine> {
    of.iter().map(|&(line, product, units)| ParcelLine { line, product, units }).collect()
}

/// The one breach that was planted.
pub(super) fn assert_breaks(breaches: &[Breach], invariant: Invariant, words: &str) {
    let found: Vec<String> = breaches.iter().map(ToString::to_string).collect();
    assert!(
        breaches.iter().any(|breach| breach.invariant == invariant && breach.found.contains(words)),
        "expected a breach of {invariant:?} that says {words:?}, found {found:#?}"
    );
    assert!(breaches.iter().all(|breach| breach.invariant == invariant), "other breaches too: {found:#?}");
}

/// Nothing was found.
pub(super) fn assert_clean(breaches: &[Breach]) {
    let found: Vec<String> = breaches.iter().map(ToString::to_string).collect();
    assert!(breaches.is_empty(), "{found:#?}");
}
