//! What is counted at docks, where parcels wait to be picked.

use super::level::{Level, Window};
use crate::domain::{Calendar, DAY, Picking, SimTime, Span};
use crate::measures::Sums;

/// A queue of parcels: its level, and how long it was at the most within the window.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Queue {
    level: Level,
    peak: i64,
    /// How much of the window had passed at the last change.
    changed: i64,
}

impl Queue {
    /// The queue grows or shrinks when `elapsed` seconds of the window have passed.
    pub fn change(&mut self, by: i64, elapsed: i64, window: Window) {
        self.note(elapsed, window);
        self.level.change(by, elapsed);
        self.changed = elapsed;
    }

    /// What it was until now counts if some of that was within the window.
    fn note(&mut self, elapsed: i64, window: Window) {
        if elapsed > self.changed || (elapsed == window.length && self.changed < window.length) {
            self.peak = self.peak.max(self.level.value);
        }
    }

    /// Its integral over the window, and its peak.
    pub fn finish(mut self, window: Window) -> (i128, i64) {
        self.note(window.length, window);
        (self.level.area(window), self.peak)
    }
}

/// The dock of a warehouse.
#[derive(Clone, Debug, Default)]
pub(super) struct DockTally {
    pub queue: Queue,
    /// Parcels picked within the window, and lines in them.
    parcels: i64,
    lines: i64,
    /// The same of measured orders, how long they waited, and those that were picked on a later day.
    measured: i64,
    waited: i64,
    later: i64,
}

impl DockTally {
    /// A parcel was picked.
    pub fn picked(&mut self, now: SimTime, ready: SimTime, lines: u32, window: Window, is_measured: bool) {
        if window.holds(now) {
            self.parcels += 1;
            self.lines += i64::from(lines);
        }
        if is_measured {
            self.measured += 1;
            self.waited += (now - ready).0;
            self.later += i64::from(now.0 / DAY > ready.0 / DAY);
        }
    }

    /// Working seconds that picking took and that there were, within the window: a parcel is its part of a working day, a line its part of
    /// an hour; of a warehouse with both limits, the one that is nearer.
    fn capacity(&self, picking: &Picking, calendar: &Calendar, window: Window) -> (i64, i64) {
        let time = picking.working_time(calendar);
        let (start, end) = (SimTime(window.start), SimTime(window.start) + Span(window.length));
        let open = time.seconds(start, end);
        let share = |part: i64, of: i64, whole: i64| {
            if of == 0 { 0 } else { (i128::from(part) * i128::from(whole) / i128::from(of)) as i64 }
        };
        let by_parcels =
            picking.parcels_per_day.map(|most| share(self.parcels, time.shifts(start, end) * i64::from(most), open));
        let by_lines = picking.lines_per_hour.map(|rate| share(self.lines, i64::from(rate), 3_600));
        match by_parcels.max(by_lines) {
            Some(used) => (used, open),
            None => (0, 0),
        }
    }

    /// What the warehouse's measures take of it.
    pub fn add_to(self, sums: &mut Sums, picking: &Picking, calendar: &Calendar, window: Window) {
        let (used, open) = self.capacity(picking, calendar, window);
        (sums.picking_seconds_used, sums.picking_seconds_offered) = (used, open);
        (sums.parcels_picked, sums.dock_wait_seconds, sums.parcels_picked_later) =
            (self.measured, self.waited, self.later);
        let (area, peak) = self.queue.finish(window);
        (sums.docks, sums.dock_parcel_seconds, sums.dock_peak) = (1, area, Some(peak));
    }
}

/// Of a warehouse's sums, those that no other part of a replication has.
pub(super) fn of_dock(warehouse: &Sums) -> Sums {
    Sums {
        parcels_picked: warehouse.parcels_picked,
        dock_wait_seconds: warehouse.dock_wait_seconds,
        parcels_picked_later: warehouse.parcels_picked_later,
        docks: warehouse.docks,
        dock_parcel_seconds: warehouse.dock_parcel_seconds,
        picking_seconds_used: warehouse.picking_seconds_used,
        picking_seconds_offered: warehouse.picking_seconds_offered,
        ..Sums::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ClassId;

    #[test]
    fn the_peak_is_that_of_the_measured_time() {
        let window = Window { start: 100, length: 100 };
        let mut queue = Queue::default();
        // Nine before the window, of which four are left when it begins; seven after it.
        for (at, by) in [(10, 9), (50, -5), (150, 2), (160, -3), (250, 4)] {
            queue.change(by, window.elapsed(SimTime(at)), window);
        }
        let (area, peak) = queue.finish(window);
        assert_eq!((area, peak), (4 * 50 + 6 * 10 + 3 * 40, 6));
    }

    #[test]
    fn parcels_that_wait_to_be_picked() {
        use crate::domain::settings::Hours;
        use crate::domain::{WarehouseId, ZoneId};
        use crate::engine::{Observer, Occurrence as O, OrderRef, Waits};
        use crate::measures::{Basis, Metric, fixture};
        use crate::observe::Tally;
        let mut model = fixture::model();
        // Ten measured days of ten hours.
        let hours = Some(Hours { opens: 8 * 3_600, closes: 18 * 3_600 });
        let picking =
            Picking { opening_hours: hours, parcels_per_day: Some(2), lines_per_hour: Some(1), ..Picking::UNLIMITED };
        model.warehouses[0].picking = Some(Box::new(picking));
        let mut tally = Tally::new(&model);
        let (boise, at) = (WarehouseId(0), |hours: i64| SimTime(hours * 3_600));
        let order =
            |number, placed| OrderRef { number, placed, zone: ZoneId(0), international: false, class: ClassId(0) };
        // Ready and picked at nine on day 2; ready at 17 then, picked at nine on day 3; a third one of two lines waits with it for an hour
        // more; a fourth one is taken back after ten hours.
        let docked =
            |order| O::ParcelAtDock { order, warehouse: boise, contents: &[], why: Waits::Closed, until: None };
        tally.observe(at(57), O::ParcelPicked { order: order(1, at(57)), warehouse: boise, lines: 1, ready: at(57) });
        for number in 2..5 {
            tally.observe(at(65), docked(order(number, at(65))));
        }
        let taken = O::ParcelTakenBack { order: order(4, at(65)), warehouse: boise, contents: &[], is_empty: true };
        tally.observe(at(75), taken);
        tally.observe(at(81), O::ParcelPicked { order: order(2, at(65)), warehouse: boise, lines: 1, ready: at(65) });
        tally.observe(at(82), O::ParcelPicked { order: order(3, at(65)), warehouse: boise, lines: 2, ready: at(65) });
        let total = tally.into_outcome().total;
        for (metric, expected) in [
            (Metric::DockWaitHoursMean, (16.0 + 17.0) / 3.0),
            (Metric::LaterDayParcelShare, 2.0 / 3.0),
            (Metric::DockQueueMeanParcels, (10.0 + 16.0 + 17.0) / 240.0),
            (Metric::DockQueuePeakParcels, 3.0),
            // Three of twenty parcels are 15 of 100 hours; four lines are four.
            (Metric::PickingUtilisation, 0.15),
        ] {
            let value = metric.pair(&total, &Basis::of(&model)).value();
            assert_eq!(value, Some(expected), "{}", metric.name());
        }
    }
}
