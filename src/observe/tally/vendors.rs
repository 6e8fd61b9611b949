//! What is counted at vendors that let purchase orders wait.

use super::level::{Level, Window};
use crate::domain::{DAY, Model, SimTime, Span, Vendor, WorkingDays};
use crate::measures::Sums;

/// The queue of a vendor.
#[derive(Clone, Debug)]
pub(super) struct VendorQueueTally {
    /// Units of purchase orders that it has not taken up.
    units: Level,
    /// Lines taken up within the window, and how long they had waited.
    lines: i64,
    waited: i64,
    /// Working seconds within the window that it had something in hand.
    used: i64,
    /// The days on which it works; every day without.
    days: Option<WorkingDays>,
    has_capacity: bool,
}

impl VendorQueueTally {
    /// Those of every vendor; nothing where no vendor lets orders wait.
    pub fn of(model: &Model) -> Vec<Option<Self>> {
        if !model.vendors.iter().any(Vendor::lets_orders_wait) {
            return Vec::new();
        }
        let tally = |vendor: &Vendor| Self {
            units: Level::default(),
            lines: 0,
            waited: 0,
            used: 0,
            days: vendor.days(&model.calendar),
            has_capacity: vendor.capacity.is_some(),
        };
        model.vendors.iter().map(|vendor| vendor.lets_orders_wait().then(|| tally(vendor))).collect()
    }

    /// Units were ordered when `elapsed` seconds of the window have passed.
    pub fn ordered(&mut self, units: u32, elapsed: i64) {
        self.units.change(i64::from(units), elapsed);
    }

    /// A line was taken up.
    pub fn begun(&mut self, now: SimTime, units: u32, waited: Span, begun: SimTime, done: SimTime, window: Window) {
        self.units.change(-i64::from(units), window.elapsed(now));
        if window.holds(now) {
            self.lines += 1;
            self.waited += waited.0;
        }
        let end = window.start + window.length;
        let (from, to) = (begun.0.clamp(window.start, end), done.0.clamp(window.start, end));
        self.used += self.working_seconds(from, to);
    }

    /// Working seconds from one second to another.
    fn working_seconds(&self, from: i64, to: i64) -> i64 {
        let Some(days) = &self.days else { return to - from };
        let of_day = |day: i64| if days.works(day) { to.min((day + 1) * DAY) - from.max(day * DAY) } else { 0 };
        (from.div_euclid(DAY)..=to.div_euclid(DAY)).map(of_day).sum()
    }

    /// What the vendor's measures take of it.
    pub fn add_to(self, sums: &mut Sums, window: Window) {
        sums.vendor_queues = 1;
        sums.vendor_queue_unit_seconds = self.units.area(window);
        (sums.vendor_lines_begun, sums.vendor_wait_seconds) = (self.lines, self.waited);
        if self.has_capacity {
            sums.vendor_seconds_used = self.used;
            sums.vendor_seconds_offered = self.working_seconds(window.start, window.start + window.length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::WeekDays;
    use crate::domain::{Capacity, Cents, ProductId, VendorId, WarehouseId};
    use crate::engine::{Observer, Occurrence as O};
    use crate::measures::{Basis, Metric, fixture};
    use crate::observe::Tally;

    #[test]
    fn purchase_orders_that_wait_for_their_vendor() {
        let mut model = fixture::model();
        // Ten measured days from day 1 on, of which five are working days: 2, 3, 4, 9 and 10.
        model.vendors[1].working_days = Some(WeekDays([false, false, true, true, true, false, false]));
        model.vendors[1].capacity = Some(Capacity::UnitsPerDay(10));
        let mut tally = Tally::new(&model);
        let (vendor, warehouse, product, at) =
            (VendorId(1), WarehouseId(0), ProductId(1), |hours: i64| SimTime(hours * 3_600));
        let ordered = |number, units| O::ReplenishmentOrdered {
            vendor,
            warehouse,
            product,
            units,
            number,
            promised: at(0),
            cost: Cents(0),
            joint: 0,
        };
        let begun = |number, units, waited, begun, done| O::OrderBegun {
            vendor,
            warehouse,
            product,
            units,
            number,
            waited: Span(i64::from(waited) * 3_600),
            begun: at(begun),
            work: Span::ZERO,
            done: at(done),
        };
        // Ten units ordered at noon of day 2 take a day. Five more, ordered with them, wait for that and are done when day 3 ends.
        tally.observe(at(60), ordered(1, 10));
        tally.observe(at(60), ordered(2, 5));
        tally.observe(at(60), begun(1, 10, 0, 60, 84));
        tally.observe(at(84), begun(2, 5, 24, 84, 96));
        let total = tally.into_outcome().total;
        for (metric, expected) in [
            (Metric::VendorWaitDaysMean, 0.5),
            (Metric::VendorQueueMeanUnits, 5.0 / 10.0),
            (Metric::VendorUtilisation, 1.5 / 5.0),
        ] {
            let value = metric.pair(&total, &Basis::of(&model)).value().expect("it is known");
            assert!((value - expected).abs() < 1e-12, "{}: {value}", metric.name());
        }
    }
}
