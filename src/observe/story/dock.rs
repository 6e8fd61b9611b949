//! What the story tells of a dock, where what is ready waits to be picked.

use super::Story;
use super::scene::AtDock;
use super::words::list;
use crate::domain::settings::{Hours, WeekDays, clock_in_words};
use crate::domain::{DAY, Picking, SimTime, Span, WarehouseId};
use crate::engine::{ParcelLine, Waits};

impl Story<'_> {
    fn picking(&self, warehouse: WarehouseId) -> &Picking {
        self.model.warehouses[warehouse.index()].picking.as_deref().unwrap_or(&Picking::UNLIMITED)
    }

    /// The weekday and the day of an instant, never broken: `Tuesday, day 8`.
    pub(super) fn day_of(&self, at: SimTime) -> String {
        self.model.calendar.day_in_words(at.0.div_euclid(DAY)).replace(' ', "\u{a0}")
    }

    /// The working day of a warehouse that is on at an instant: of a night shift, the day on which it began.
    fn working_day_of(&self, at: SimTime, warehouse: WarehouseId) -> String {
        let time = self.picking(warehouse).working_time(&self.model.calendar);
        self.day_of(time.shift_at(at).map_or(at, |shift| SimTime(shift.day * DAY)))
    }

    /// What is ready to leave has to wait at the dock.
    pub(super) fn docked(
        &mut self,
        now: SimTime,
        warehouse: WarehouseId,
        contents: &[ParcelLine],
        why: Waits,
        until: Option<SimTime>,
    ) {
        let what = list(contents.iter().map(|content| self.amount(content.units, content.product)));
        let (name, picking) = (self.warehouse(warehouse), self.picking(warehouse));
        let why = match why {
            Waits::Closed => {
                let days = picking.opening_days.unwrap_or(WeekDays::ALL).in_words();
                let hours = picking.opening_hours.unwrap_or(Hours::ALL_DAY).in_words();
                format!("{name} is closed on {} at this hour (it is open {days}, {hours})", self.day_of(now))
            }
            Waits::CutOff => {
                let cut_off = picking.cut_off.map_or(0, |cut_off| cut_off.0);
                format!(
                    "it is past {}, the cut-off of {}",
                    clock_in_words(cut_off),
                    self.working_day_of(now, warehouse)
                )
            }
            Waits::Wave => format!("it waits for the next wave, one every {}", picking.waves.unwrap_or(Span::ZERO)),
            Waits::Limit => {
                format!("{name} has picked as many parcels as it can on {}", self.working_day_of(now, warehouse))
            }
            Waits::Pickers => "the pickers have other parcels to pick before it, or are at it".to_string(),
        };
        let from = until.unwrap_or(now);
        let (waits, it) = if contents.len() == 1 { ("waits", "It") } else { ("wait", "They") };
        let until = until.map_or(String::new(), |until| {
            format!(" {it} can be picked from {}, {}, on.", self.day_of(until), clock_in_words(until.0.rem_euclid(DAY)))
        });
        let text = format!("{what} {waits} at the dock of {name}: {why}.{until}");
        self.at_dock.push(AtDock { warehouse, from, contents: contents.to_vec() });
        self.say(now, None, text);
    }

    /// A warehouse picks no more today: that is told where something of the order stays at its dock for it.
    pub(super) fn limit_reached(&mut self, now: SimTime, warehouse: WarehouseId) {
        if !self.at_dock.iter().any(|waiting| waiting.warehouse == warehouse && waiting.from <= now) {
            return;
        }
        let most = self.picking(warehouse).parcels_per_day.unwrap_or(0);
        let text = format!(
            "{} has picked its {most} parcels of {}; what waits stays at the dock.",
            self.warehouse(warehouse),
            self.working_day_of(now, warehouse)
        );
        self.limits.push((now, text));
    }

    /// The instant is over: limits that were reached in it and kept something of the order at the dock are told.
    pub(super) fn settle_limits(&mut self) {
        for (at, text) in std::mem::take(&mut self.limits) {
            if !self.at_dock.is_empty() {
                self.say(at, None, text);
            }
        }
    }

    /// A parcel of the order is about to be released: how long it waited at the dock.
    pub(super) fn picked(&mut self, now: SimTime, warehouse: WarehouseId, ready: SimTime) {
        self.dock_wait = now - ready;
        self.longest_dock_wait = self.longest_dock_wait.max(self.dock_wait);
        if let Some(at) = self.at_dock.iter().position(|waiting| waiting.warehouse == warehouse) {
            self.at_dock.remove(at);
        }
    }

    /// What waited at a dock is taken back, to be cancelled.
    pub(super) fn taken_back(&mut self, now: SimTime, warehouse: WarehouseId, taken: &[ParcelLine]) {
        let what = list(taken.iter().map(|content| self.amount(content.units, content.product)));
        for line in taken.iter().map(|content| content.line) {
            if let Some(line) = self.line(line) {
                line.is_open = true;
            }
        }
        self.at_dock.retain(|waiting| waiting.warehouse != warehouse || waiting.contents != taken);
        let is = if taken.len() == 1 { "is" } else { "are" };
        let text =
            format!("{what} had not been picked and {is} taken back from the dock of {}.", self.warehouse(warehouse));
        self.say(now, None, text);
    }
}
