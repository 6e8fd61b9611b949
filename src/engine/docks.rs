//! What waits at docks.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::dock_terms::DockTerms;
use crate::domain::{Shift, SimTime, WarehouseId};

/// A parcel at a dock. The order of its fields is the order of picking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Waiting {
    /// What the pick order goes by: when it became ready, when its order was placed, or by when it has to be picked for what was
    /// promised; then its order's number.
    pub(super) rank: (i64, u64),
    /// How many came to this dock before it.
    pub(super) came: u64,
    /// Its slot among the parcels.
    pub(super) parcel: u32,
    /// When it became ready.
    pub(super) ready: SimTime,
    /// From when on it may be picked.
    pub(super) from: SimTime,
}

/// The dock of a warehouse.
pub(super) struct Dock {
    /// Parcels that may not be picked yet, by the instant from which they may.
    pub(super) later: VecDeque<Waiting>,
    /// Parcels that may.
    pub(super) due: BinaryHeap<Reverse<Waiting>>,
    /// The parcel that is being picked, and when it is done.
    pub(super) in_hand: Option<(Waiting, SimTime)>,
    /// When the last one is done to the tick.
    pub(super) idle_from: i64,
    /// The day of the latest shift in which a parcel was picked, and how many were picked in it.
    pub(super) day: i64,
    pub(super) picked: u32,
    /// How many parcels came.
    pub(super) came: u64,
    /// The next instant for which the calendar has an entry.
    pub(super) wakes: SimTime,
}

impl Dock {
    const fn new() -> Self {
        Self {
            later: VecDeque::new(),
            due: BinaryHeap::new(),
            in_hand: None,
            idle_from: 0,
            day: -1,
            picked: 0,
            came: 0,
            wakes: SimTime::NEVER,
        }
    }

    /// Parcels that may be picked from now on stand in line.
    pub(super) fn take_up(&mut self, now: SimTime) {
        while let Some(&first) = self.later.front().filter(|first| first.from <= now) {
            self.later.pop_front();
            self.due.push(Reverse(first));
        }
    }

    /// Whether another parcel may be picked in a shift.
    pub(super) fn has_room(&self, terms: &DockTerms, shift: Shift) -> bool {
        let picked = if self.day == shift.day { self.picked } else { 0 };
        terms.picking.parcels_per_day.is_none_or(|most| picked < most)
    }

    /// The next instant in which something may happen if nothing more can now.
    pub(super) fn next(&self, terms: &DockTerms, now: SimTime) -> SimTime {
        let next_due = match (self.in_hand, self.due.is_empty()) {
            (Some((_, done)), _) => done,
            (None, true) => SimTime::NEVER,
            (None, false) => {
                let shift = terms.time.shift_at_or_after(now);
                let shift = shift.and_then(|shift| match self.has_room(terms, shift) {
                    true => Some(shift),
                    false => terms.time.shift_from(shift.day + 1),
                });
                shift.map_or(SimTime::NEVER, |shift| shift.opens.max(SimTime(now.0 + 1)))
            }
        };
        self.later.front().map_or(next_due, |first| first.from.min(next_due))
    }
}

/// The docks of all warehouses that have one.
pub(super) struct Docks {
    /// By warehouse; empty where none has one.
    pub(super) of: Vec<Option<Dock>>,
    /// Those that have something to do in this instant.
    pub(super) touched: Vec<WarehouseId>,
    /// These parcels, and where they came.
    pub(super) fresh: Vec<(WarehouseId, Waiting)>,
    /// Parcels that are taken back.
    pub(super) taken_back: Vec<Waiting>,
}

impl Docks {
    /// Empty ones of warehouses that pick so.
    pub(super) fn new(terms: &[Option<DockTerms>]) -> Self {
        let of = terms.iter().map(|terms| terms.as_ref().map(|_| Dock::new())).collect();
        Self { of, touched: Vec::new(), fresh: Vec::new(), taken_back: Vec::new() }
    }

    /// Whether no warehouse has one.
    #[inline(always)]
    pub(super) fn are_none(&self) -> bool {
        self.of.is_empty()
    }

    /// Whether a warehouse has one.
    #[inline(always)]
    pub(super) fn has(&self, warehouse: WarehouseId) -> bool {
        self.of.get(warehouse.index()).is_some_and(Option::is_some)
    }

    /// A dock may have something to do now.
    pub(super) fn wake(&mut self, warehouse: WarehouseId, now: SimTime) {
        let dock = self.at(warehouse);
        if dock.wakes <= now {
            dock.wakes = SimTime::NEVER;
        }
        self.touch(warehouse);
    }

    pub(super) fn touch(&mut self, warehouse: WarehouseId) {
        if !self.touched.contains(&warehouse) {
            self.touched.push(warehouse);
        }
    }

    pub(super) fn at(&mut self, warehouse: WarehouseId) -> &mut Dock {
        self.of[warehouse.index()].as_mut().expect("the warehouse has a dock")
    }
}
