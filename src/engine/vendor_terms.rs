//! When vendors work and how fast, compiled.

use crate::domain::{Calendar, Capacity, DAY, Distribution, Model, SimTime, Span, Vendor, WorkingDays};
use crate::random::{Sampler, Stream};

/// How a vendor works that lets purchase orders wait. Its work is counted in ticks, so that a part of a second is not lost: of a vendor
/// with units a day, a second has as many ticks as a day has units; of any other, one.
pub(super) struct VendorTerms {
    days: Option<WorkingDays>,
    service: Service,
    /// Ticks of a second.
    pub(super) rate: i64,
}

/// How long a unit takes.
enum Service {
    /// No time.
    None,
    /// So many ticks.
    Constant(i64),
    /// So many seconds, drawn for each unit.
    Drawn(Sampler),
}

impl VendorTerms {
    /// Those of every vendor; nothing where no vendor has any.
    pub(super) fn of(model: &Model) -> Vec<Option<Self>> {
        if !model.vendors.iter().any(Vendor::lets_orders_wait) {
            return Vec::new();
        }
        let terms = |vendor: &Vendor| vendor.lets_orders_wait().then(|| Self::new(vendor, &model.calendar));
        model.vendors.iter().map(terms).collect()
    }

    fn new(vendor: &Vendor, calendar: &Calendar) -> Self {
        let (service, rate) = match &vendor.capacity {
            None => (Service::None, 1),
            Some(Capacity::UnitsPerDay(units)) => (Service::Constant(DAY), i64::from(*units)),
            Some(Capacity::ServiceTime(Distribution::Constant(seconds))) => {
                (Service::Constant(Span::from_seconds_f64(*seconds).0), 1)
            }
            Some(Capacity::ServiceTime(time)) => (Service::Drawn(Sampler::continuous(time)), 1),
        };
        Self { days: vendor.days(calendar), service, rate }
    }

    /// Ticks of work that so many units are.
    pub(super) fn work(&self, units: u32, stream: impl FnOnce() -> Stream) -> i64 {
        match &self.service {
            Service::None => 0,
            Service::Constant(ticks) => i64::from(units) * ticks,
            Service::Drawn(time) => {
                let mut stream = stream();
                (0..units).map(|_| time.draw_span(&mut stream).0).sum()
            }
        }
    }

    /// The first second of work that is not before an instant; never, where there is none for years.
    pub(super) fn opens(&self, at: SimTime) -> SimTime {
        let Some(days) = &self.days else { return at };
        let today = at.0.div_euclid(DAY);
        match days.next(today) {
            Some(day) if day == today => at,
            Some(day) => SimTime(day * DAY),
            None => SimTime::NEVER,
        }
    }

    /// When so much work is done that is begun at a tick, on working days only, as a tick; never, if that is after the end of the run.
    pub(super) fn done(&self, begun: i64, mut work: i64, end: SimTime) -> i64 {
        let Some(days) = &self.days else { return begun.saturating_add(work) };
        let day_ticks = DAY * self.rate;
        let mut next = days.next(begun / day_ticks);
        while let Some(day) = next.filter(|day| day * DAY <= end.0) {
            let from = begun.max(day * day_ticks);
            let room = (day + 1) * day_ticks - from;
            if work <= room {
                return from + work;
            }
            work -= room;
            next = days.next(day + 1);
        }
        i64::MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::WeekDays;

    const WEEK: WeekDays = WeekDays([true, true, true, true, true, false, false]);

    fn terms(units_per_day: u32) -> VendorTerms {
        let capacity = Some(Capacity::UnitsPerDay(units_per_day));
        let vendor = Vendor { working_days: Some(WEEK), capacity, ..Vendor::new("acme", Distribution::Constant(0.0)) };
        VendorTerms::new(&vendor, &Calendar::default())
    }

    #[test]
    fn work_goes_on_where_it_was_left_when_the_vendor_works_again() {
        let (terms, end) = (terms(7), SimTime(100 * DAY));
        let work = terms.work(10, || unreachable!("nothing is drawn"));
        // On a Friday at noon: three and a half units on that day, the rest from Monday on.
        let begun = (4 * DAY + DAY / 2) * 7;
        assert_eq!(terms.done(begun, work, end), 7 * DAY * 7 + 13 * DAY / 2);
        assert_eq!(terms.done(begun, 7 * DAY / 2, end), 5 * DAY * 7, "done when Friday ends");
        assert_eq!(terms.done(begun, work, SimTime(5 * DAY)), i64::MAX);
    }

    #[test]
    fn who_does_not_work_today_opens_when_the_next_working_day_begins() {
        let terms = terms(1);
        assert_eq!(terms.opens(SimTime(4 * DAY + 5)), SimTime(4 * DAY + 5));
        assert_eq!(terms.opens(SimTime(5 * DAY + 5)), SimTime(7 * DAY));
    }
}
