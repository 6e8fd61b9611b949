//! Promised dates: what customers are told of each line when they order, and whether it was kept.
//!
//! All of it lies beside the orders and lines, by their slots, and only where the scenario promises something: who promises nothing
//! keeps nothing. Purchase orders on their way are listed from what is stated of them, so that buying need not know who reads the dates.

use super::observer::{Observer, Occurrence, ParcelLine};
use super::open_orders::{Line, LineState, Order};
use super::pool::NONE;
use super::promise_book::{LinePromise, OrderPromise};
use super::scratch::Wanted;
use super::simulation::Simulation;
use crate::domain::{
    LateFor, LineNumber, LineSteps, OrderedLine, ProductId, PromiseBasis, PromiseTerms, Promised, SimTime, Span,
    breaks_promise, breaks_promise_by_ending,
};

impl<O: Observer> Simulation<'_, O> {
    /// An order is opened: nothing of it is promised yet.
    #[inline(always)]
    pub(super) fn begin_promises(&mut self, slot: u32) {
        if let Some(promises) = &mut self.promises {
            *promises.order(slot) = OrderPromise::default();
        }
    }

    /// Promises dates for the lines in the scratch, which an order is placed with: before it takes any stock.
    #[inline(always)]
    pub(super) fn promise_lines(&mut self, slot: u32) {
        if self.promises.is_some() {
            self.date_lines(slot);
        }
    }

    #[inline(never)]
    fn date_lines(&mut self, slot: u32) {
        let first = self.open.orders[slot].first_line;
        for index in 0..self.scratch.lines.len() {
            let Wanted { number, displayed_in_stock, .. } = self.scratch.wanted[index];
            self.promise_line(slot, first + index as u32, (number, self.scratch.lines[index]), displayed_in_stock);
        }
    }

    /// Promises a date for a line that joins its order now, in a slot that is reserved for it: by what the page showed, or by the day
    /// for which it was ordered ahead.
    pub(super) fn promise_line(
        &mut self,
        slot: u32,
        line: u32,
        (number, asked): (LineNumber, OrderedLine),
        is_shown_in_stock: bool,
    ) {
        let Some(settings) = self.promises.as_ref().map(|promises| promises.settings) else { return };
        let OrderedLine { product, units } = asked;
        let order = self.open.orders[slot].about;
        let terms = settings.terms(order.zone, product);
        let basis =
            PromiseBasis::of(self.is_booked_ahead, is_shown_in_stock, || self.said_to_be_back(slot, product, terms));
        let by = basis
            .zip(self.first_lane(slot, product))
            .map(|(basis, lane)| (basis, settings.promised(terms, basis.counts_from(self.now), lane)));
        let Some(promises) = &mut self.promises else { return };
        *promises.line(line) = LinePromise { left: units, asked: self.now, ..LinePromise::NOTHING };
        let Some((basis, promised)) = by else { return };
        promises.line(line).by = promised;
        self.emit(Occurrence::LinePromised { order, line: number, product, promised, basis });
    }

    /// From release to arrival (to departure, where that is promised) by the lane of the warehouse that the product is looked for first;
    /// `None` where no warehouse serves the customer.
    fn first_lane(&self, slot: u32, product: ProductId) -> Option<Span> {
        let Order { about, assigned, .. } = self.open.orders[slot];
        let home = assigned.or_else(|| self.home(about.zone, product));
        let lanes = self.lanes_of(slot).iter().chain(&self.model.zones[about.zone.index()].lanes);
        let lane = lanes.clone().find(|lane| Some(lane.warehouse) == home).or_else(|| lanes.clone().next())?;
        let handling = self.model.warehouses[lane.warehouse.index()].handling;
        Some(match self.model.promise.as_ref()?.of {
            Promised::Delivered => handling + lane.transit,
            Promised::Shipped => handling,
        })
    }

    /// When a product that is shown On Backorder is said to be back.
    fn said_to_be_back(&self, slot: u32, product: ProductId, terms: PromiseTerms) -> Option<SimTime> {
        let promises = self.promises.as_ref()?;
        let serves = |warehouse| self.lanes_of(slot).iter().any(|lane| lane.warehouse == warehouse);
        let incoming = promises.incoming[product.index()].iter().filter(|one| serves(one.warehouse));
        let lead_time = || {
            self.model.replenishment.as_ref()?;
            Some(self.plan.vendor(self.plan.vendor_of(product)?).mean_lead_time)
        };
        promises.settings.said_to_be_back(terms, self.now, incoming.map(|one| one.promised), lead_time)
    }

    /// All of a line that had to wait is covered.
    #[inline(always)]
    pub(super) fn note_covered(&mut self, line: u32) {
        if let Some(promises) = &mut self.promises {
            promises.line(line).covered = self.now;
        }
    }

    /// A parcel came to a dock, where it may be picked from then on.
    pub(super) fn note_at_dock(&mut self, order: u32, contents: u32, pickable: SimTime) {
        let Some(promises) = &mut self.promises else { return };
        let mut slot = contents;
        while slot != NONE {
            let allocation = &self.open.allocations[slot];
            if let Some(line) = self.open.line_numbered(order, allocation.line) {
                let promise = promises.line(line);
                promise.pickable = promise.pickable.max(pickable);
            }
            slot = allocation.next;
        }
    }

    /// A parcel is released, will depart then and be so long under way: notes of its lines what they are late for, where they are.
    #[inline(always)]
    pub(super) fn note_released(&mut self, slot: u32, contents: &[ParcelLine], departs: SimTime, transit: Span) {
        if self.promises.is_some() {
            self.note_late(slot, contents, departs, transit);
        }
    }

    #[inline(never)]
    fn note_late(&mut self, slot: u32, contents: &[ParcelLine], departs: SimTime, transit: Span) {
        let now = self.now;
        let Some(promises) = &mut self.promises else { return };
        let (ready, pickable) = promises.picked.take().unwrap_or((now, now));
        let done = match promises.settings.of {
            Promised::Delivered => departs + transit,
            Promised::Shipped => departs,
        };
        for content in contents {
            let Some(line) = self.open.line_numbered(slot, content.line) else { continue };
            let promise = promises.line(line);
            if !breaks_promise(promise.by, done) || promise.late.is_some_and(|(_, latest)| latest >= done) {
                continue;
            }
            let covered = if self.open.lines[line].was_backordered { promise.covered } else { promise.asked };
            let steps = LineSteps { asked: promise.asked, covered, ready, pickable };
            promise.late = Some((LateFor::of(promise.by + (now - done), steps), done));
        }
    }

    /// What a line was late for that has not arrived: what it waits for at an instant, or waited for when it ended.
    fn why_never(&self, line: u32, promise: LinePromise, at: SimTime) -> LateFor {
        let Line { state, was_backordered, .. } = self.open.lines[line];
        match state {
            LineState::Released => match promise.late {
                Some((why, _)) => why,
                None if promise.pickable > at => LateFor::Hours,
                None => LateFor::Limit,
            },
            _ if was_backordered && promise.covered == SimTime::NEVER => LateFor::Stock,
            _ => LateFor::Order,
        }
    }

    /// A parcel leaves, and arrives then: lines that are complete with it were promised for a date.
    #[inline(always)]
    pub(super) fn settle_shipped(&mut self, slot: u32, contents: &[ParcelLine], departs: SimTime, arrives: SimTime) {
        if self.promises.is_some() {
            self.judge_shipped(slot, contents, departs, arrives);
        }
    }

    #[inline(never)]
    fn judge_shipped(&mut self, slot: u32, contents: &[ParcelLine], departs: SimTime, arrives: SimTime) {
        let Some(settings) = self.promises.as_ref().map(|promises| promises.settings) else { return };
        let done = match settings.of {
            Promised::Delivered => arrives,
            Promised::Shipped => departs,
        };
        let order = self.open.orders[slot].about;
        for content in contents {
            let Some(line) = self.open.line_numbered(slot, content.line) else { continue };
            let Some(promises) = &mut self.promises else { return };
            let promise = promises.line(line);
            promise.left = promise.left.saturating_sub(content.units);
            promise.done = promise.done.max(done);
            let LinePromise { by, left, done, late, .. } = *promise;
            if left > 0 || by == SimTime::NEVER {
                continue;
            }
            promise.by = SimTime::NEVER;
            let is_broken = breaks_promise(by, done);
            let of_order = promises.order(slot);
            of_order.some_settled = true;
            of_order.some_broken |= is_broken;
            let (line, product, promised) = (content.line, content.product, by);
            let what = if is_broken {
                let (why, _) = late.expect("why a promise breaks is known once its parcel is released");
                Occurrence::PromiseBroken { order, line, product, promised, done: Some(done), why }
            } else {
                Occurrence::PromiseKept { order, line, product, promised, done }
            };
            self.observer.observe(departs, what);
        }
    }

    /// A line ended otherwise than by leaving. What was promised is broken if the retailer cancelled it, or the date had passed; else
    /// nobody can say.
    pub(super) fn settle_ended(&mut self, line: u32, is_cancelled: bool) {
        let now = self.now;
        self.break_promise(line, now, |by| breaks_promise_by_ending(by, now, is_cancelled));
    }

    /// Settles what was promised of a line that will not arrive, at an instant: broken where `is_broken` says so of the date.
    fn break_promise(&mut self, line: u32, at: SimTime, is_broken: impl Fn(SimTime) -> bool) {
        let Some(promises) = &mut self.promises else { return };
        let promise = *promises.line(line);
        let by = promise.by;
        promises.line(line).by = SimTime::NEVER;
        if by == SimTime::NEVER || !is_broken(by) {
            return;
        }
        let Line { order: slot, number, product, .. } = self.open.lines[line];
        *promises.order(slot) = OrderPromise { some_settled: true, some_broken: true };
        let why = self.why_never(line, promise, at);
        let order = self.open.orders[slot].about;
        let what = Occurrence::PromiseBroken { order, line: number, product, promised: by, done: None, why };
        self.observer.observe(at, what);
    }

    /// An order ends: whether all that was promised of it was kept.
    #[inline(always)]
    pub(super) fn settle_order(&mut self, slot: u32, at: SimTime) {
        if self.promises.is_some() {
            self.judge_order(slot, at);
        }
    }

    #[inline(never)]
    fn judge_order(&mut self, slot: u32, at: SimTime) {
        let Some(promises) = &mut self.promises else { return };
        let OrderPromise { some_settled, some_broken } = std::mem::take(promises.order(slot));
        if some_settled {
            let order = self.open.orders[slot].about;
            self.observer.observe(at, Occurrence::OrderPromiseSettled { order, kept: !some_broken });
        }
    }

    /// At the end: what is open past its date is broken.
    pub(super) fn settle_all_promises(&mut self) {
        if self.promises.is_none() {
            return;
        }
        let end = self.plan.end;
        for slot in self.open.orders.all() {
            let Order { is_over, first_line, .. } = self.open.orders[slot];
            if is_over {
                continue;
            }
            let mut line = first_line;
            while line != NONE {
                self.break_promise(line, end, |by| breaks_promise(by, end));
                line = self.open.lines[line].next_in_order;
            }
            if self.promises.as_mut().is_some_and(|promises| promises.order(slot).some_broken) {
                self.settle_order(slot, end);
            }
        }
    }
}
