//! Docks: what is ready waits until its warehouse is open and its pickers get to it.
//!
//! Everything is looked up day by day and parcel by parcel: no shift is remembered, no queue is kept in order.

use backorder::domain::settings::{Clock, DayOff, Hours, WeekDays};
use backorder::domain::{PickOrder, Picking, date_of_day};
use serde_json::json;

use super::world::World;

const DAY: i64 = 86_400;

/// So many days ahead are looked through for an open one.
const FAR: i64 = 5_000;

/// What a dock remembers.
#[derive(Clone, Default)]
pub struct Dock {
    /// The parcel in hand, and when it is done: in seconds times lines an hour.
    pub in_hand: Option<(usize, i128)>,
    /// When the one before was done, in the same unit.
    pub last_done: i128,
    /// How many parcels were begun, by day.
    pub begun: Vec<i64>,
    /// A parcel came in this second.
    pub has_new: bool,
}

impl World<'_> {
    pub fn picking(&self, warehouse: usize) -> Option<&Picking> {
        self.model.warehouses()[warehouse].picking.as_deref()
    }

    fn is_open_on(&self, picking: &Picking, day: i64) -> bool {
        let calendar = self.model.calendar();
        let week = picking.opening_days.unwrap_or(WeekDays::ALL).0;
        let shared = if picking.opening_days.is_some() || picking.opening_hours.is_some() {
            calendar.holidays.0.clone()
        } else {
            vec![]
        };
        let holidays = picking.holidays.as_ref().map_or(shared, |own| own.0.clone());
        self.is_working_day(&week, &holidays, day)
    }

    /// Whether somebody works on a day who works on these weekdays, from Monday on, and has these days off.
    pub fn is_working_day(&self, week: &[bool; 7], off: &[DayOff], day: i64) -> bool {
        let first = self.model.calendar().first;
        let is_off = off.iter().any(|off| match *off {
            DayOff::Day(number) => number == day,
            DayOff::Date(date) => first.date.is_some_and(|first| first + day == date),
            DayOff::Yearly(month, of_month) => first.date.is_some_and(|first| {
                let (_, is_month, is_day) = date_of_day(first + day);
                (is_month, is_day) == (month, of_month)
            }),
        });
        week[(first.weekday + day.rem_euclid(7) as usize) % 7] && !is_off
    }

    /// From when to when the warehouse is open on a day, if it is.
    fn hours_of(&self, picking: &Picking, day: i64) -> Option<(i64, i64)> {
        let hours = picking.opening_hours.unwrap_or(Hours::ALL_DAY);
        self.is_open_on(picking, day).then_some((day * DAY + hours.opens, day * DAY + hours.closes))
    }

    /// The day whose hours a second is in.
    fn open_day(&self, picking: &Picking, second: i64) -> Option<i64> {
        let today = second.div_euclid(DAY);
        [today - 1, today]
            .into_iter()
            .find(|&day| self.hours_of(picking, day).is_some_and(|(opens, closes)| opens <= second && second < closes))
    }

    /// The first second of opening that is not before one.
    fn next_open(&self, picking: &Picking, from: i64) -> i64 {
        let first = from.div_euclid(DAY) - 1;
        let hours = (first..first + FAR).filter_map(|day| self.hours_of(picking, day));
        hours.filter(|&(_, closes)| closes > from).map(|(opens, _)| opens.max(from)).next().unwrap_or(i64::MAX)
    }

    /// When a parcel that is ready may be picked at the earliest.
    pub fn chance(&self, picking: &Picking, ready: i64) -> i64 {
        let first = ready.div_euclid(DAY) - 1;
        for day in first..first + FAR {
            let Some((opens, closes)) = self.hours_of(picking, day) else { continue };
            if closes <= ready || picking.cut_off.is_some_and(|Clock(cut_off)| day * DAY + cut_off <= ready) {
                continue;
            }
            let mut at = opens;
            match picking.waves {
                None => at = at.max(ready),
                Some(every) => {
                    while at < ready {
                        at += every.0;
                    }
                }
            }
            if at < closes {
                return at;
            }
        }
        i64::MAX
    }

    /// A parcel is closed at a warehouse with a dock.
    pub fn bring_to_dock(&mut self, parcel: usize) {
        let warehouse = self.parcels[parcel].warehouse;
        self.parcels[parcel].ready = Some(self.now);
        self.parcels[parcel].promised = self.latest_picking(parcel);
        self.docks[warehouse].has_new = true;
    }

    /// Parcels that wait at a warehouse's dock and are not in hand, in the order in which they came.
    fn waiting_at(&self, warehouse: usize) -> Vec<usize> {
        let in_hand = self.docks[warehouse].in_hand.map(|(parcel, _)| parcel);
        let waits = |parcel: &usize| {
            let it = &self.parcels[*parcel];
            it.warehouse == warehouse && it.ready.is_some() && it.departs.is_none() && !it.gone
        };
        let mut waiting: Vec<usize> =
            (0..self.parcels.len()).filter(waits).filter(|parcel| Some(*parcel) != in_hand).collect();
        // Parcels of one second came by the number of their orders, then by their lowest line.
        waiting.sort_by_key(|&parcel| {
            let it = &self.parcels[parcel];
            (it.ready, self.orders[it.order].number, it.contents[0].0)
        });
        waiting
    }

    /// The parcel that is picked next, of those that may be picked now.
    fn first_at(&self, warehouse: usize, picking: &Picking) -> Option<usize> {
        let may = |parcel: &usize| self.chance(picking, self.parcels[*parcel].ready.unwrap_or(i64::MAX)) <= self.now;
        let mut waiting: Vec<usize> = self.waiting_at(warehouse).into_iter().filter(may).collect();
        let order_of = |parcel: usize| &self.orders[self.parcels[parcel].order];
        match picking.order {
            PickOrder::FirstCome => {}
            PickOrder::OldestOrder => {
                waiting.sort_by_key(|&parcel| (order_of(parcel).placed, order_of(parcel).number));
            }
            PickOrder::Promise => {
                waiting.sort_by_key(|&parcel| (self.parcels[parcel].promised, order_of(parcel).number));
            }
        }
        waiting.first().copied()
    }

    /// By when a parcel has to be picked for the earliest date that something in it was promised for.
    fn latest_picking(&self, parcel: usize) -> i64 {
        let contents = &self.parcels[parcel].contents;
        let lines = self.orders[self.parcels[parcel].order].lines.iter();
        let in_it = lines.filter(|line| contents.iter().any(|content| content.0 == line.number));
        let earliest = in_it.filter_map(|line| line.word.promised.filter(|_| !line.word.settled)).min();
        earliest.map_or(i64::MAX, |earliest| earliest - self.way_of(&self.parcels[parcel]))
    }

    fn begun_on(&self, warehouse: usize, day: i64) -> i64 {
        self.docks[warehouse].begun.iter().filter(|&&begun| begun == day).count() as i64
    }

    fn has_room(&self, warehouse: usize, picking: &Picking, day: i64) -> bool {
        picking.parcels_per_day.is_none_or(|most| self.begun_on(warehouse, day) < i64::from(most))
    }

    /// Goes on picking at every dock, warehouse by warehouse.
    pub fn pick_everywhere(&mut self) {
        for warehouse in 0..self.docks.len() {
            self.pick_at(warehouse);
        }
    }

    /// The end of a second: picks what came, and says what has to wait.
    pub fn close_docks(&mut self) {
        for warehouse in 0..self.docks.len() {
            if std::mem::take(&mut self.docks[warehouse].has_new) {
                self.pick_at(warehouse);
            }
        }
        let is_new = |parcel: &usize| {
            let it = &self.parcels[*parcel];
            it.ready == Some(self.now) && it.departs.is_none() && !it.gone
        };
        let mut new: Vec<usize> = (0..self.parcels.len()).filter(is_new).collect();
        new.sort_by_key(|&parcel| (self.parcels[parcel].contents[0].0, self.parcels[parcel].warehouse));
        for parcel in new {
            let why = self.why(parcel);
            let it = &self.parcels[parcel];
            let units: Vec<u32> = it.contents.iter().map(|&(_, _, units)| units).collect();
            let fields = json!({
                "order": self.orders[it.order].number, "lines": it.lines(), "units": units, "why": why,
                "warehouse": self.model.warehouses()[it.warehouse].id,
            });
            self.trace("parcel-at-dock", fields);
        }
    }

    fn why(&self, parcel: usize) -> &'static str {
        let warehouse = self.parcels[parcel].warehouse;
        let picking = self.picking(warehouse).expect("it has a dock");
        let chance = self.chance(picking, self.now);
        let day = self.open_day(picking, self.now);
        match day {
            None => "closed",
            Some(day) if self.hours_of(picking, day).is_some_and(|(_, closes)| chance >= closes) => {
                if picking.cut_off.is_some() { "cut-off" } else { "wave" }
            }
            Some(day) if !self.has_room(warehouse, picking, day) => "limit",
            Some(_) if chance > self.now => "wave",
            Some(_) => "pickers",
        }
    }

    fn pick_at(&mut self, warehouse: usize) {
        let Some(picking) = self.picking(warehouse).cloned() else { return };
        let rate = picking.lines_per_hour.map(i128::from);
        loop {
            if let (Some((parcel, done)), Some(rate)) = (self.docks[warehouse].in_hand, rate) {
                if done > i128::from(self.now) * rate {
                    return;
                }
                self.docks[warehouse].in_hand = None;
                self.pick(parcel);
                continue;
            }
            let Some(day) = self.open_day(&picking, self.now).filter(|&day| self.has_room(warehouse, &picking, day))
            else {
                return;
            };
            let Some(parcel) = self.first_at(warehouse, &picking) else { return };
            self.docks[warehouse].begun.push(day);
            match rate {
                None => self.pick(parcel),
                Some(rate) => {
                    let opens = self.hours_of(&picking, day).map_or(0, |(opens, _)| opens);
                    let free_from = self.chance(&picking, self.parcels[parcel].ready.unwrap_or(0)).max(opens);
                    let begun = self.docks[warehouse].last_done.max(i128::from(free_from) * rate);
                    let done = self.done(&picking, rate, begun, self.parcels[parcel].contents.len() as i128);
                    self.docks[warehouse].last_done = done;
                    self.docks[warehouse].in_hand = Some((parcel, done));
                }
            }
            if picking.parcels_per_day.is_some_and(|most| self.begun_on(warehouse, day) == i64::from(most)) {
                let warehouse = &self.model.warehouses()[warehouse].id;
                self.trace("picking-limit-reached", json!({ "warehouse": warehouse }));
            }
        }
    }

    /// When so many lines are picked: opening hours, one day after the other, until there were enough.
    fn done(&self, picking: &Picking, rate: i128, begun: i128, lines: i128) -> i128 {
        let mut left = lines * 3_600;
        let first = (begun / rate) as i64 / DAY - 1;
        for day in first..first + FAR {
            let Some((opens, closes)) = self.hours_of(picking, day) else { continue };
            let (from, to) = (begun.max(i128::from(opens) * rate), i128::from(closes) * rate);
            if to - from >= left {
                return from + left;
            }
            left -= (to - from).max(0);
        }
        i128::MAX
    }

    fn pick(&mut self, parcel: usize) {
        self.send_off(parcel);
        let order = self.parcels[parcel].order;
        self.end_order_if_over(order);
    }

    /// When something may happen at a dock by the clock alone.
    pub fn next_at_docks(&self) -> Option<i64> {
        (0..self.docks.len()).filter_map(|warehouse| self.next_at_dock(warehouse)).min()
    }

    fn next_at_dock(&self, warehouse: usize) -> Option<i64> {
        let picking = self.picking(warehouse)?;
        if let (Some((_, done)), Some(rate)) = (self.docks[warehouse].in_hand, picking.lines_per_hour) {
            let rate = i128::from(rate);
            return Some(((done + rate - 1) / rate) as i64);
        }
        let next = |parcel: &usize| {
            let chance = self.chance(picking, self.parcels[*parcel].ready.unwrap_or(i64::MAX));
            if chance > self.now {
                return chance;
            }
            let mut from = self.next_open(picking, self.now + 1);
            while from < i64::MAX
                && self.open_day(picking, from).is_some_and(|day| !self.has_room(warehouse, picking, day))
            {
                let day = self.open_day(picking, from).expect("it is open");
                from = self.next_open(picking, self.hours_of(picking, day).expect("it is open").1);
            }
            from
        };
        self.waiting_at(warehouse).iter().map(next).min()
    }

    /// An order is about to be cancelled as a whole: what waits at docks for its open lines is reserved for them again.
    pub fn take_back(&mut self, order: usize) {
        for warehouse in 0..self.docks.len() {
            for parcel in self.waiting_at(warehouse) {
                if self.parcels[parcel].order != order {
                    continue;
                }
                let contents = self.parcels[parcel].contents.clone();
                let (taken, kept): (Vec<_>, Vec<_>) = contents.into_iter().partition(|&(number, _, _)| {
                    self.orders[order].lines.iter().any(|line| line.number == number && !line.ended)
                });
                for &(number, _, units) in &taken {
                    let line = self.orders[order].lines.iter_mut().find(|line| line.number == number).expect("a line");
                    line.reserved.push((warehouse, units));
                }
                self.parcels[parcel].gone = kept.is_empty();
                self.parcels[parcel].contents = kept;
                let lines: Vec<u32> = taken.iter().map(|&(number, _, _)| number).collect();
                let units: Vec<u32> = taken.iter().map(|&(_, _, units)| units).collect();
                let fields = json!({
                    "order": self.orders[order].number, "lines": lines, "units": units,
                    "warehouse": self.model.warehouses()[warehouse].id,
                });
                self.trace("parcel-taken-back", fields);
            }
        }
    }
}
