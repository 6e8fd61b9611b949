//! Days on which somebody works, looked up one by one, from what the scenario says and not from the engine's calendar.

use crate::domain::settings::{DayOff, DaysOff, WeekDays};
use crate::domain::{Model, date_of_day};

/// Whether somebody works on a day of the run who works on some weekdays, and has days off of his own; where he has not, those of the
/// calendar are his if he keeps to it.
pub(super) fn works_on(
    model: &Model,
    week: Option<WeekDays>,
    own: Option<&DaysOff>,
    keeps_to_the_calendar: bool,
    day: i64,
) -> bool {
    let first = model.calendar.first;
    let off = match own {
        Some(own) => own.0.as_slice(),
        None if keeps_to_the_calendar => model.calendar.holidays.0.as_slice(),
        None => &[],
    };
    let is_off = |off: &DayOff| match (*off, first.date) {
        (DayOff::Day(number), _) => number == day,
        (DayOff::Date(date), Some(first)) => date - first == day,
        (DayOff::Yearly(month, of_month), Some(first)) => {
            let (_, m, d) = date_of_day(first + day);
            m == month && d == of_month
        }
        (_, None) => false,
    };
    week.unwrap_or(WeekDays::ALL).0[(first.weekday + day.rem_euclid(7) as usize) % 7] && !off.iter().any(is_off)
}
