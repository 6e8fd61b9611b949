//! Working time: on which days and at which hours somebody works, counted from the start of a replication.

use super::settings::{Clock, DayOff, DaysOff, FirstDay, Hours, PickOrder, WEEKDAYS, WeekDays};
use super::{DAY, SimTime, Span, date_of_day};

/// No working day within so many means that there is none: days off may be as many as somebody likes to write.
const LONGEST_REST: i64 = 4_000;

/// Which day begins at second 0, and on which days nobody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Day 0: the date that `[run] start` or a trace gives it, else a Monday.
    pub first: FirstDay,
    /// Days on which nobody works who says when he works, unless he has days off of his own.
    pub holidays: DaysOff,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { first: FirstDay::MONDAY, holidays: DaysOff::default() }
    }
}

/// The days on which somebody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingDays {
    /// The weekdays, from Monday on.
    named: WeekDays,
    /// The same by weekday of the run: day 0, day 7 and so on are the first.
    week: [bool; 7],
    /// The date of day 0, counted from 1970-01-01, where it has one.
    date: Option<i64>,
    off: Vec<DayOff>,
}

impl WorkingDays {
    /// These weekdays of a calendar, less days off.
    pub fn new(calendar: &Calendar, week: WeekDays, off: &DaysOff) -> Self {
        let first = calendar.first.weekday;
        Self {
            named: week,
            week: std::array::from_fn(|day| week.0[(first + day) % 7]),
            date: calendar.first.date,
            off: off.0.clone(),
        }
    }

    /// The weekdays, holidays or not.
    pub fn weekdays(&self) -> WeekDays {
        self.named
    }

    /// Days on which somebody does not work who works on those weekdays.
    pub fn off(&self) -> &[DayOff] {
        &self.off
    }

    /// Whether somebody works on a day of the run.
    pub fn works(&self, day: i64) -> bool {
        self.week[day.rem_euclid(7) as usize] && !self.off.iter().any(|off| self.is_off(*off, day))
    }

    fn is_off(&self, off: DayOff, day: i64) -> bool {
        match off {
            DayOff::Day(of_the_run) => of_the_run == day,
            DayOff::Date(date) => self.date.is_some_and(|first| first + day == date),
            DayOff::Yearly(month, of_month) => self.date.is_some_and(|first| {
                let (_, its_month, its_day) = date_of_day(first + day);
                (its_month, its_day) == (month, of_month)
            }),
        }
    }

    /// The first working day from a day on, that one included; `None` where there is none for years.
    pub fn next(&self, from: i64) -> Option<i64> {
        (from..from + LONGEST_REST).find(|&day| self.works(day))
    }

    /// How many of the days in a stretch are working days.
    pub fn count(&self, days: std::ops::Range<i64>) -> i64 {
        days.filter(|&day| self.works(day)).count() as i64
    }
}

/// The working time of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The day of the run on which it begins.
    pub day: i64,
    /// Its first second.
    pub opens: SimTime,
    /// The first second after it.
    pub closes: SimTime,
}

/// The working days of somebody, and the hours of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingTime {
    /// The days.
    pub days: WorkingDays,
    /// The hours.
    pub hours: Hours,
}

impl WorkingTime {
    fn shift_of(&self, day: i64) -> Shift {
        let midnight = day * DAY;
        Shift { day, opens: SimTime(midnight + self.hours.opens), closes: SimTime(midnight + self.hours.closes) }
    }

    /// The shift of the first working day from a day on.
    pub fn shift_from(&self, day: i64) -> Option<Shift> {
        self.days.next(day).map(|day| self.shift_of(day))
    }

    /// The shift that is on at an instant, or else the next one to begin.
    pub fn shift_at_or_after(&self, at: SimTime) -> Option<Shift> {
        // One that began the day before may go on after midnight.
        let mut shift = self.shift_from(at.0.div_euclid(DAY) - 1)?;
        while shift.closes <= at {
            shift = self.shift_from(shift.day + 1)?;
        }
        Some(shift)
    }

    /// The shift that is on at an instant.
    pub fn shift_at(&self, at: SimTime) -> Option<Shift> {
        self.shift_at_or_after(at).filter(|shift| shift.opens <= at)
    }

    /// Working seconds from one instant to another.
    pub fn seconds(&self, from: SimTime, to: SimTime) -> i64 {
        let mut seconds = 0;
        let mut next = self.shift_at_or_after(from);
        while let Some(shift) = next.filter(|shift| shift.opens < to) {
            seconds += shift.closes.min(to).0 - shift.opens.max(from).0;
            next = self.shift_from(shift.day + 1);
        }
        seconds
    }

    /// Shifts that begin in a stretch of time.
    pub fn shifts(&self, from: SimTime, to: SimTime) -> i64 {
        // The first day whose opening is not before an instant.
        let first =
            |at: SimTime| (at.0 - self.hours.opens).div_euclid(DAY) + i64::from((at.0 - self.hours.opens) % DAY != 0);
        self.days.count(first(from)..first(to))
    }
}

/// How a warehouse picks: when it is open, and how much it gets done. A parcel whose lines are covered waits at its dock until it is picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picking {
    /// Weekdays on which it is open; every day without.
    pub opening_days: Option<WeekDays>,
    /// From when to when; around the clock without.
    pub opening_hours: Option<Hours>,
    /// Days on which it is closed, where they are its own.
    pub holidays: Option<DaysOff>,
    /// What becomes ready from then on is picked on the next working day; counted from the midnight before a shift begins.
    pub cut_off: Option<Clock>,
    /// Parcels are handed to the pickers at opening and every so often after it.
    pub waves: Option<Span>,
    /// So many parcels are picked on a working day, at most.
    pub parcels_per_day: Option<u32>,
    /// Lines are picked one after another, so many in an hour.
    pub lines_per_hour: Option<u32>,
    /// Which parcel comes first.
    pub order: PickOrder,
}

impl Picking {
    /// At any time, and as much as there is.
    pub const UNLIMITED: Self = Self {
        opening_days: None,
        opening_hours: None,
        holidays: None,
        cut_off: None,
        waves: None,
        parcels_per_day: None,
        lines_per_hour: None,
        order: PickOrder::FirstCome,
    };

    /// Its working time under a calendar. The calendar's holidays are its own where it says when it is open.
    pub fn working_time(&self, calendar: &Calendar) -> WorkingTime {
        let none = DaysOff::default();
        let keeps_hours = self.opening_days.is_some() || self.opening_hours.is_some();
        let shared = if keeps_hours { &calendar.holidays } else { &none };
        let off = self.holidays.as_ref().unwrap_or(shared);
        WorkingTime {
            days: WorkingDays::new(calendar, self.opening_days.unwrap_or(WeekDays::ALL), off),
            hours: self.opening_hours.unwrap_or(Hours::ALL_DAY),
        }
    }

    /// From when on a parcel that becomes ready at an instant may be picked: within opening hours, before the cut-off of its
    /// day, at a wave; `None` where that is never.
    pub fn first_chance(&self, time: &WorkingTime, ready: SimTime) -> Option<SimTime> {
        let mut shift = time.shift_at_or_after(ready)?;
        if let Some(Clock(cut_off)) = self.cut_off {
            while ready.0 >= shift.day * DAY + cut_off {
                shift = time.shift_from(shift.day + 1)?;
            }
        }
        loop {
            let from = ready.max(shift.opens);
            let Some(Span(every)) = self.waves else { return Some(from) };
            let waves = (from - shift.opens).0.div_euclid(every) + i64::from((from - shift.opens).0 % every != 0);
            let wave = SimTime(shift.opens.0 + waves * every);
            if wave < shift.closes {
                return Some(wave);
            }
            shift = time.shift_from(shift.day + 1)?;
        }
    }

    /// What the inputs page says of it.
    pub fn in_words(&self) -> String {
        let mut parts = Vec::new();
        if self.opening_days.is_some() || self.opening_hours.is_some() {
            let days = self.opening_days.unwrap_or(WeekDays::ALL).in_words();
            let hours = self.opening_hours.unwrap_or(Hours::ALL_DAY).in_words();
            parts.push(format!("open {days}, {hours}"));
        }
        if let Some(off) = &self.holidays {
            parts.push(format!("holidays of its own: {}", off.in_words()));
        }
        if let Some(Clock(cut_off)) = self.cut_off {
            parts.push(format!("what is ready by {} is picked the same day", super::settings::clock_in_words(cut_off)));
        }
        if let Some(every) = self.waves {
            parts.push(format!("picked in waves, at opening and every {every}"));
        }
        if let Some(parcels) = self.parcels_per_day {
            parts.push(format!("at most {parcels} parcels a working day"));
        }
        if let Some(lines) = self.lines_per_hour {
            parts.push(format!("{lines} lines an hour"));
        }
        if self.parcels_per_day.is_some() || self.lines_per_hour.is_some() {
            parts.push(super::settings::Words::phrase(self.order).to_string());
        }
        parts.join("; ")
    }
}

impl Calendar {
    /// What the inputs page says of it.
    pub fn in_words(&self) -> Vec<super::settings::Row> {
        let row = |label: &str, text: String| (label.to_string(), text);
        vec![row("Day 0", self.first.in_words()), row("Holidays", self.holidays.in_words())]
    }

    /// What a day of the run is called: `Tuesday, day 8`, or its date.
    pub fn day_in_words(&self, day: i64) -> String {
        let name = WEEKDAYS[(self.first.weekday as i64 + day).rem_euclid(7) as usize];
        let name = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        match self.first.date {
            None => format!("{name}, day {day}"),
            Some(first) => {
                let (year, month, of_month) = date_of_day(first + day);
                format!("{name}, {year:04}-{month:02}-{of_month:02}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: WeekDays = WeekDays([true, true, true, true, true, false, false]);
    const HOUR: i64 = 3_600;

    fn shop() -> Picking {
        Picking {
            opening_days: Some(WEEK),
            opening_hours: Some(Hours { opens: 8 * HOUR, closes: 18 * HOUR }),
            cut_off: Some(Clock(15 * HOUR)),
            ..Picking::UNLIMITED
        }
    }

    fn at(day: i64, hour: i64) -> SimTime {
        SimTime(day * DAY + hour * HOUR)
    }

    #[test]
    fn what_comes_after_the_cut_off_is_picked_on_the_next_working_day() {
        let (shop, calendar) = (shop(), Calendar::default());
        let time = shop.working_time(&calendar);
        let chance = |ready| shop.first_chance(&time, ready);
        assert_eq!(chance(at(0, 3)), Some(at(0, 8)), "before opening");
        assert_eq!(chance(at(0, 10)), Some(at(0, 10)), "while it is open");
        assert_eq!(chance(at(0, 15)), Some(at(1, 8)), "from the cut-off on");
        assert_eq!(chance(at(4, 16)), Some(at(7, 8)), "on a Friday");
        assert_eq!(chance(at(5, 10)), Some(at(7, 8)), "on a Saturday");
    }

    #[test]
    fn holidays_are_skipped_by_date_and_by_day() {
        let calendar = Calendar {
            // A Wednesday; Friday is New Year's Day.
            first: FirstDay::dated(crate::domain::day_of_date(2025, 12, 31)),
            holidays: DaysOff(vec![DayOff::Yearly(1, 1), DayOff::Day(2)]),
        };
        let days = shop().working_time(&calendar).days;
        assert_eq!((0..8).filter(|&day| days.works(day)).collect::<Vec<_>>(), [0, 5, 6, 7]);
        assert!(!days.works(366), "and the year after");
        let own = Picking { holidays: Some(DaysOff::default()), ..shop() };
        assert!(own.working_time(&calendar).days.works(1), "a list of its own takes the place of the shared one");
    }

    #[test]
    fn a_night_shift_goes_on_after_midnight() {
        let hours = Hours { opens: 22 * HOUR, closes: 30 * HOUR };
        let night = Picking { opening_hours: Some(hours), opening_days: Some(WEEK), ..Picking::UNLIMITED };
        let time = night.working_time(&Calendar::default());
        assert_eq!(time.shift_at(at(5, 3)).map(|shift| shift.day), Some(4), "Saturday morning belongs to Friday");
        assert_eq!(time.shift_at(at(5, 7)), None);
        assert_eq!(night.first_chance(&time, at(5, 7)), Some(at(7, 22)));
        assert_eq!(time.seconds(at(0, 0), at(7, 0)), 5 * 8 * HOUR);
        assert_eq!(time.seconds(at(0, 23), at(1, 1)), 2 * HOUR);
        assert_eq!(time.shifts(at(0, 0), at(7, 0)), 5);
        assert_eq!(time.shifts(at(0, 23), at(7, 0)), 4, "the first began before");
    }

    #[test]
    fn waves_begin_with_the_opening() {
        let shop = Picking { cut_off: None, waves: Some(Span(4 * HOUR)), ..shop() };
        let time = shop.working_time(&Calendar::default());
        let chance = |ready| shop.first_chance(&time, ready);
        assert_eq!(chance(at(0, 8)), Some(at(0, 8)), "in the second of a wave");
        assert_eq!(chance(at(0, 9)), Some(at(0, 12)));
        assert_eq!(chance(at(0, 17)), Some(at(1, 8)), "after the last one");
        let around = Picking { waves: Some(Span(4 * HOUR)), ..Picking::UNLIMITED };
        let time = around.working_time(&Calendar::default());
        assert_eq!(around.first_chance(&time, at(0, 21)), Some(at(1, 0)));
    }

    #[test]
    fn somebody_who_never_works_is_found_out() {
        let never = Picking { opening_days: Some(WeekDays([false; 7])), ..Picking::UNLIMITED };
        let time = never.working_time(&Calendar::default());
        assert_eq!((never.first_chance(&time, at(0, 0)), time.seconds(at(0, 0), at(9, 0))), (None, 0));
    }
}
