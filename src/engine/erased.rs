//! Observers whose type is erased, so that one compiled engine serves them all.

use super::limit::Excess;
use super::observer::{Books, Observer, Occurrence};
use crate::domain::{ProductId, SimTime, WarehouseId};

/// An observer behind a pointer.
///
/// The engine is compiled anew for each type of observer, which takes long and makes the program larger. That is worth it where
/// replications are counted in thousands; whoever writes one out, or looks for one order in it, comes by way of this. Each occurrence
/// then costs an indirect call, and orders are always told step by step.
pub struct Erased<'a>(&'a mut dyn Told);

impl<'a> Erased<'a> {
    /// Erases the type of an observer. One that [reads the books](Observer::READS_BOOKS) is refused when the program is compiled.
    pub fn new<O: Observer>(observer: &'a mut O) -> Self {
        const { assert!(!O::READS_BOOKS, "the books are kept only for observers whose type is known") }
        Self(observer)
    }
}

/// What an observer is told, by functions without type parameters.
trait Told {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>);
    fn instant_ended(&mut self, now: SimTime, books: &dyn Books);
    fn ended(&mut self, end: SimTime, books: &dyn Books);
    fn excess(&self) -> Option<Excess>;
}

impl<O: Observer> Told for O {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        O::observe(self, now, what);
    }

    fn instant_ended(&mut self, now: SimTime, books: &dyn Books) {
        O::instant_ended(self, now, &books);
    }

    fn ended(&mut self, end: SimTime, books: &dyn Books) {
        O::ended(self, end, &books);
    }

    fn excess(&self) -> Option<Excess> {
        O::excess(self)
    }
}

impl Observer for Erased<'_> {
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        self.0.observe(now, what);
    }

    fn instant_ended(&mut self, now: SimTime, books: &impl Books) {
        self.0.instant_ended(now, books);
    }

    fn ended(&mut self, end: SimTime, books: &impl Books) {
        self.0.ended(end, books);
    }

    fn excess(&self) -> Option<Excess> {
        self.0.excess()
    }
}

impl Books for &dyn Books {
    fn on_hand(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        (**self).on_hand(warehouse, product)
    }

    fn reserved(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        (**self).reserved(warehouse, product)
    }

    fn on_order(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        (**self).on_order(warehouse, product)
    }

    fn waiting(&self, warehouse: WarehouseId, product: ProductId) -> i64 {
        (**self).waiting(warehouse, product)
    }
}
