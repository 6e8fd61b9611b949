//! Observers made of others: of none, of a borrowed one, of two, of one or none.

use super::limit::Excess;
use super::observer::{Books, LeftAtOnce, Observer, Occurrence};
use crate::domain::{ProductId, SimTime};

/// The observer that ignores everything.
impl Observer for () {
    const ACCEPTS_EARLY: bool = true;

    #[inline(always)]
    fn observe(&mut self, _now: SimTime, _what: Occurrence<'_>) {}

    #[inline(always)]
    fn takes_whole(&mut self, _now: SimTime, _departs: SimTime) -> bool {
        true
    }
}

/// An observer that is borrowed.
impl<A: Observer> Observer for &mut A {
    const READS_BOOKS: bool = A::READS_BOOKS;
    const ACCEPTS_EARLY: bool = A::ACCEPTS_EARLY;

    #[inline(always)]
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        A::observe(self, now, what);
    }

    #[inline(always)]
    fn takes_whole(&mut self, now: SimTime, departs: SimTime) -> bool {
        A::takes_whole(self, now, departs)
    }

    #[inline(always)]
    fn left_at_once(&mut self, what: LeftAtOnce<'_>) {
        A::left_at_once(self, what);
    }

    #[inline(always)]
    fn expect(&self, product: ProductId) {
        A::expect(self, product);
    }

    #[inline(always)]
    fn expect_more(&self, product: ProductId) {
        A::expect_more(self, product);
    }

    #[inline(always)]
    fn instant_ended(&mut self, now: SimTime, books: &impl Books) {
        A::instant_ended(self, now, books);
    }

    #[inline(always)]
    fn ended(&mut self, end: SimTime, books: &impl Books) {
        A::ended(self, end, books);
    }

    fn excess(&self) -> Option<Excess> {
        A::excess(self)
    }
}

/// Two observers, the left one first.
impl<A: Observer, B: Observer> Observer for (A, B) {
    const READS_BOOKS: bool = A::READS_BOOKS || B::READS_BOOKS;
    const ACCEPTS_EARLY: bool = A::ACCEPTS_EARLY && B::ACCEPTS_EARLY;

    #[inline(always)]
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        self.0.observe(now, what);
        self.1.observe(now, what);
    }

    #[inline(always)]
    fn takes_whole(&mut self, now: SimTime, departs: SimTime) -> bool {
        self.0.takes_whole(now, departs) && self.1.takes_whole(now, departs)
    }

    #[inline(always)]
    fn left_at_once(&mut self, what: LeftAtOnce<'_>) {
        self.0.left_at_once(what);
        self.1.left_at_once(what);
    }

    #[inline(always)]
    fn expect(&self, product: ProductId) {
        self.0.expect(product);
        self.1.expect(product);
    }

    #[inline(always)]
    fn expect_more(&self, product: ProductId) {
        self.0.expect_more(product);
        self.1.expect_more(product);
    }

    #[inline(always)]
    fn instant_ended(&mut self, now: SimTime, books: &impl Books) {
        self.0.instant_ended(now, books);
        self.1.instant_ended(now, books);
    }

    #[inline(always)]
    fn ended(&mut self, end: SimTime, books: &impl Books) {
        self.0.ended(end, books);
        self.1.ended(end, books);
    }

    fn excess(&self) -> Option<Excess> {
        self.0.excess().or_else(|| self.1.excess())
    }
}

/// An observer that may be absent.
impl<A: Observer> Observer for Option<A> {
    const READS_BOOKS: bool = A::READS_BOOKS;
    const ACCEPTS_EARLY: bool = A::ACCEPTS_EARLY;

    #[inline(always)]
    fn observe(&mut self, now: SimTime, what: Occurrence<'_>) {
        if let Some(observer) = self {
            observer.observe(now, what);
        }
    }

    #[inline(always)]
    fn takes_whole(&mut self, now: SimTime, departs: SimTime) -> bool {
        self.as_mut().is_none_or(|observer| observer.takes_whole(now, departs))
    }

    #[inline(always)]
    fn left_at_once(&mut self, what: LeftAtOnce<'_>) {
        if let Some(observer) = self {
            observer.left_at_once(what);
        }
    }

    #[inline(always)]
    fn expect(&self, product: ProductId) {
        if let Some(observer) = self {
            observer.expect(product);
        }
    }

    #[inline(always)]
    fn expect_more(&self, product: ProductId) {
        if let Some(observer) = self {
            observer.expect_more(product);
        }
    }

    #[inline(always)]
    fn instant_ended(&mut self, now: SimTime, books: &impl Books) {
        if let Some(observer) = self {
            observer.instant_ended(now, books);
        }
    }

    #[inline(always)]
    fn ended(&mut self, end: SimTime, books: &impl Books) {
        if let Some(observer) = self {
            observer.ended(end, books);
        }
    }

    fn excess(&self) -> Option<Excess> {
        self.as_ref()?.excess()
    }
}
