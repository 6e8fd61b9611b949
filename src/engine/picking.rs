//! The dock: where parcels whose lines are covered wait until their warehouse picks them.
//!
//! A warehouse that says when it is open, or how much it picks, has one; the parcels of all others leave as they are closed. A parcel at the
//! dock has its units reserved and has not left: it is released, numbered and charged when it is picked. Until then a
//! cancellation of its whole order takes it back. It is picked within a shift, not before its
//! [first chance](crate::domain::Picking::first_chance), at most so many a shift, and where lines are picked one after another, behind the parcel in hand.
//!
//! A dock is looked at twice in a second: after its departures, for what had waited for that second; and when the instant closes, for
//! what became ready in it. Both follow the pick order.

use std::cmp::Reverse;

use super::dock_terms::DockTerms;
use super::docks::Waiting;
use super::event::{Event, Phase};
use super::observer::{Observer, Occurrence, Waits};
use super::open_orders::{LineState, Parcel};
use super::pool::NONE;
use super::simulation::Simulation;
use crate::domain::{Cents, PickOrder, Promised, SimTime, Span, WarehouseId};

impl<'a, O: Observer> Simulation<'a, O> {
    fn dock_terms(&self, warehouse: WarehouseId) -> &'a DockTerms {
        self.plan.docks[warehouse.index()].as_ref().expect("the warehouse has a dock")
    }

    /// What was closed for an order at a warehouse with a dock waits there; whether it has to is found out when the instant ends.
    #[cold]
    #[inline(never)]
    pub(super) fn bring_to_dock(&mut self, order: u32, warehouse: WarehouseId, contents: u32) {
        self.open.orders[order].to_depart += 1;
        let (number, cost, transit) = (0, Cents::ZERO, Span::ZERO);
        let parcel = self.open.parcels.insert(Parcel { order, number, warehouse, contents, cost, transit });
        let (terms, about) = (self.dock_terms(warehouse), self.open.orders[order].about);
        let from = terms.picking.first_chance(&terms.time, self.now).unwrap_or(SimTime::NEVER);
        let rank = match terms.picking.order {
            PickOrder::FirstCome => (self.now.0, about.number),
            PickOrder::OldestOrder => (about.placed.0, about.number),
            PickOrder::Promise => (self.latest_picking(order, warehouse, contents).0, about.number),
        };
        self.note_at_dock(order, contents, from);
        let ready = self.now;
        let dock = self.docks.at(warehouse);
        let waiting = Waiting { rank, came: dock.came, parcel, ready, from };
        dock.came += 1;
        dock.later.push_back(waiting);
        self.docks.fresh.push((warehouse, waiting));
        self.docks.touch(warehouse);
    }

    /// By when a parcel has to be picked for the earliest date that something in it was promised for; never, where nothing was.
    fn latest_picking(&mut self, order: u32, warehouse: WarehouseId, contents: u32) -> SimTime {
        let (handling, zone) = (self.model.warehouses[warehouse.index()].handling, self.open.orders[order].about.zone);
        let transit = self.lane_from(warehouse, zone).transit;
        let Some(promises) = &mut self.promises else { return SimTime::NEVER };
        let way = match promises.settings.of {
            Promised::Delivered => handling + transit,
            Promised::Shipped => handling,
        };
        let mut earliest = SimTime::NEVER;
        let mut slot = contents;
        while slot != NONE {
            let allocation = &self.open.allocations[slot];
            if let Some(line) = self.open.line_numbered(order, allocation.line) {
                earliest = earliest.min(promises.line(line).by);
            }
            slot = allocation.next;
        }
        if earliest == SimTime::NEVER { earliest } else { SimTime(earliest.0 - way.0) }
    }

    /// Picks what may be picked at docks that have something to do, and states what came and has to wait.
    #[inline(always)]
    pub(super) fn work_at_docks(&mut self) {
        if !self.docks.touched.is_empty() {
            self.work_at_touched_docks();
        }
    }

    #[cold]
    #[inline(never)]
    fn work_at_touched_docks(&mut self) {
        let mut touched = std::mem::take(&mut self.docks.touched);
        touched.sort_unstable();
        for &warehouse in &touched {
            self.pick_at(warehouse);
        }
        touched.clear();
        self.docks.touched = touched;
        let mut fresh = std::mem::take(&mut self.docks.fresh);
        for (warehouse, waiting) in fresh.drain(..) {
            // The slot of a parcel that was picked is free, or has a parcel with a number.
            let Parcel { order, number, contents, .. } = self.open.parcels[waiting.parcel];
            if number == 0 {
                let (why, until) = self.why_it_waits(warehouse, waiting);
                let about = self.open.orders[order].about;
                let contents = self.contents_of(contents);
                let what = Occurrence::ParcelAtDock { order: about, warehouse, contents: &contents, why, until };
                self.observer.observe(self.now, what);
                self.scratch.contents = contents;
            }
        }
        self.docks.fresh = fresh;
    }

    /// Why a parcel that became ready now is not picked now, and from when on it may be, where that is known.
    fn why_it_waits(&self, warehouse: WarehouseId, waiting: Waiting) -> (Waits, Option<SimTime>) {
        let terms = self.dock_terms(warehouse);
        let dock = self.docks.of[warehouse.index()].as_ref();
        match terms.time.shift_at(self.now) {
            None => (Waits::Closed, Some(waiting.from)),
            Some(shift) if waiting.from >= shift.closes => {
                let why = if terms.picking.cut_off.is_some() { Waits::CutOff } else { Waits::Wave };
                (why, Some(waiting.from))
            }
            // Where the day's parcels are picked, its later waves take none.
            Some(shift) if dock.is_some_and(|dock| !dock.has_room(terms, shift)) => {
                (Waits::Limit, terms.time.shift_from(shift.day + 1).map(|next| next.opens))
            }
            Some(_) if waiting.from > self.now => (Waits::Wave, Some(waiting.from)),
            Some(_) => (Waits::Pickers, None),
        }
    }

    /// Goes on picking at the docks that have something to do in this second, after its departures.
    pub(super) fn wake_docks(&mut self) {
        self.run_phases_up_to(Phase::Picking);
        self.work_at_docks();
    }

    /// Picks all that may be picked now, and enters the next time.
    fn pick_at(&mut self, warehouse: WarehouseId) {
        let (terms, now) = (self.dock_terms(warehouse), self.now);
        self.docks.at(warehouse).take_up(now);
        loop {
            let dock = self.docks.at(warehouse);
            if let Some((parcel, done)) = dock.in_hand {
                if done > now {
                    break;
                }
                dock.in_hand = None;
                self.pick(warehouse, parcel);
                continue;
            }
            let Some(shift) = terms.time.shift_at(now).filter(|shift| dock.has_room(terms, *shift)) else { break };
            let Some(Reverse(next)) = dock.due.pop() else { break };
            if self.open.parcels[next.parcel].contents == NONE {
                self.open.parcels.remove(next.parcel); // It was taken back.
                continue;
            }
            if dock.day != shift.day {
                (dock.day, dock.picked) = (shift.day, 0);
            }
            dock.picked += 1;
            let is_last = terms.picking.parcels_per_day == Some(dock.picked);
            match terms.picking.lines_per_hour.map(i64::from) {
                None => self.pick(warehouse, next),
                Some(rate) => {
                    let lines = self.lines_in(next.parcel);
                    let dock = self.docks.at(warehouse);
                    let begun = dock.idle_from.max(next.from.max(shift.opens).0.saturating_mul(rate));
                    dock.idle_from = terms.done(lines, rate, begun);
                    let done = SimTime(dock.idle_from / rate + i64::from(dock.idle_from % rate != 0));
                    dock.in_hand = Some((next, done));
                }
            }
            if is_last {
                self.emit(Occurrence::PickingLimitReached { warehouse });
            }
        }
        let end = self.plan.end;
        let dock = self.docks.at(warehouse);
        let next = dock.next(terms, now);
        if next < dock.wakes.min(end) {
            dock.wakes = next;
            self.calendar.schedule(next, Event::DockWakes(warehouse));
        }
    }

    /// Lines of which something is in a parcel.
    fn lines_in(&mut self, parcel: u32) -> u32 {
        let contents = self.contents_of(self.open.parcels[parcel].contents);
        let lines = contents.len() as u32;
        self.scratch.contents = contents;
        lines
    }

    /// A parcel is picked: it is released.
    fn pick(&mut self, warehouse: WarehouseId, picked: Waiting) {
        let Parcel { order, contents, .. } = self.open.parcels[picked.parcel];
        self.open.parcels[picked.parcel].number = u32::MAX;
        self.open.parcels.remove(picked.parcel);
        let state = &mut self.open.orders[order];
        state.to_depart -= 1;
        state.released = self.now;
        let about = state.about;
        let lines = self.contents_of(contents);
        let count = lines.len() as u32;
        self.scratch.contents = lines;
        self.emit(Occurrence::ParcelPicked { order: about, warehouse, lines: count, ready: picked.ready });
        if let Some(promises) = &mut self.promises {
            promises.picked = Some((picked.ready, picked.from));
        }
        self.release_parcel(order, warehouse, contents);
        self.end_if_over(order);
    }

    /// Takes what waits at docks for an order back among its open lines, to be cancelled with them. What is in hand leaves, and so does what
    /// belongs to a line that has ended.
    pub(super) fn take_back_from_docks(&mut self, order: u32) {
        if self.docks.are_none() || self.open.orders[order].to_depart == 0 {
            return;
        }
        let mut taken_back = std::mem::take(&mut self.docks.taken_back);
        for at in 0..self.docks.of.len() {
            let Some(dock) = &self.docks.of[at] else { continue };
            let is_of_order = |waiting: &Waiting| {
                let parcel = &self.open.parcels[waiting.parcel];
                parcel.order == order && parcel.contents != NONE
            };
            let due = dock.due.iter().map(|Reverse(waiting)| *waiting);
            taken_back.extend(dock.later.iter().copied().chain(due).filter(is_of_order));
            taken_back.sort_unstable_by_key(|waiting| waiting.came);
            for waiting in taken_back.drain(..) {
                self.take_back(order, WarehouseId::from_index(at), waiting.parcel);
            }
        }
        self.docks.taken_back = taken_back;
    }

    fn take_back(&mut self, order: u32, warehouse: WarehouseId, parcel: u32) {
        let mut slot = self.open.parcels[parcel].contents;
        let about = self.open.orders[order].about;
        let contents = self.contents_of(slot);
        let is_of_an_open_line = |lines: &Self, number: u32| {
            lines.open.line_numbered(order, number).filter(|&line| lines.open.lines[line].state != LineState::Ended)
        };
        let (mut first_kept, mut last_kept) = (NONE, NONE);
        while slot != NONE {
            let next = self.open.allocations[slot].next;
            match is_of_an_open_line(self, self.open.allocations[slot].line) {
                Some(line) => {
                    let state = &mut self.open.lines[line];
                    self.open.allocations[slot].next = std::mem::replace(&mut state.reserved, slot);
                    if state.state == LineState::Released {
                        state.state = LineState::Open;
                        self.open.orders[order].open += 1;
                    }
                }
                None => {
                    self.open.allocations[slot].next = NONE;
                    match last_kept {
                        NONE => first_kept = slot,
                        last => self.open.allocations[last].next = slot,
                    }
                    last_kept = slot;
                }
            }
            slot = next;
        }
        self.open.parcels[parcel].contents = first_kept;
        let is_empty = first_kept == NONE;
        if is_empty {
            self.open.orders[order].to_depart -= 1;
        }
        let mut taken = contents;
        taken.retain(|content| is_of_an_open_line(self, content.line).is_some());
        let what = Occurrence::ParcelTakenBack { order: about, warehouse, contents: &taken, is_empty };
        self.observer.observe(self.now, what);
        self.scratch.contents = taken;
    }
}
