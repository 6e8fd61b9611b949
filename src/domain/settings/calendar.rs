//! Days and hours as scenario files write them: weekdays, times of day, holidays, and the day on which a run begins.

use super::declare::words;
use super::setting::Setting;
use super::table::{Kind, Notation, Shape};
use super::value::Value;
use crate::domain::{DAY, Span, date_of_day, day_of_date};

words! {
    /// Which of the parcels that wait at a warehouse's dock is picked first.
    pub enum PickOrder {
        /// The one that has been ready for longest.
        FirstCome = "first-come", "in the order in which they became ready";
        /// The one whose order was placed first, however late its stock came.
        OldestOrder = "oldest-order", "the parcel of the oldest order first";
        /// The one that has to be picked first for what was promised of it (`[promise]`): its earliest date, less handling and transit.
        /// What was promised nothing comes last.
        Promise = "promise", "the parcel that has to leave first for what was promised";
    }
}

/// The weekdays, from Monday on.
pub const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The weekday of a day counted from 1970-01-01, a Thursday: 0 is Monday.
pub fn weekday_of(day: i64) -> usize {
    (day + 3).rem_euclid(7) as usize
}

/// A weekday by its name or its first three letters.
fn weekday(text: &str) -> Option<usize> {
    let text = text.trim().to_ascii_lowercase();
    WEEKDAYS.iter().position(|name| *name == text || (text.len() == 3 && name.starts_with(&text)))
}

/// A weekday as sentences have it.
pub fn named(weekday: usize) -> String {
    let name = WEEKDAYS[weekday % 7];
    format!("{}{}", name[..1].to_uppercase(), &name[1..])
}

/// The numbers of a text of digits with a sign between them: `15:00`, `2026-12-25`.
fn parts<const N: usize>(text: &str, sign: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut numbers = [0; N];
    let mut parts = text.trim().split(sign);
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part =
            parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// A date, counted from 1970-01-01.
fn date(text: &str) -> Option<Result<i64, String>> {
    let [year, month, day] = parts(text, '-', [4, 2, 2])?;
    let counted = day_of_date(year, month, day);
    let is_a_day = (1..=12).contains(&month) && day >= 1 && date_of_day(counted) == (year, month, day);
    Some(if is_a_day { Ok(counted) } else { Err("the calendar has no such day".to_string()) })
}

/// A time of day, in seconds after midnight; 24:00 is the end of the day.
fn clock(text: &str) -> Result<i64, String> {
    let Some([hour, minute]) = parts(text, ':', [2, 2]) else { return Err("that is no time of day".to_string()) };
    let second = hour * 3_600 + minute * 60;
    if minute < 60 && second <= DAY { Ok(second) } else { Err("a day has no such time".to_string()) }
}

/// A time of day as it is written: `15:00`.
pub fn clock_in_words(second: i64) -> String {
    let second = if second > DAY { second - DAY } else { second };
    format!("{:02}:{:02}", second / 3_600, second / 60 % 60)
}

/// Makes a type of numbers in a notation of its own a setting.
macro_rules! notation {
    ($type:ty: $name:literal, $in_words:literal, $notation:expr, $value:ident => $setting:expr) => {
        impl Setting for $type {
            const KIND: Kind = Kind::new($name, $in_words, Shape::Notation(&$notation));

            fn from_value(value: Value) -> Self {
                let Value::List(list) = value else { panic!("{} is read as {value:?}", $name) };
                let number = |value: &Value| match value {
                    Value::Whole(number) => *number,
                    other => panic!("{} is read as {other:?}", $name),
                };
                let $value: Vec<i64> = list.iter().map(number).collect();
                $setting
            }
        }
    };
}

/// A time of day, in seconds after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock(pub i64);

const CLOCK: Notation = Notation {
    pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$",
    expected: "hours and minutes, such as \"15:00\"",
    parse: |text| clock(text).map(|second| vec![second]),
    examples: &["15:00", "08:30"],
};
notation!(Clock: "ClockTime", "a time of day", CLOCK, numbers => Self(numbers[0]));

/// From when to when somebody works on a working day, in seconds after its midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The first second.
    pub opens: i64,
    /// The first second after them: beyond a day's length where they go on after midnight.
    pub closes: i64,
}

impl Hours {
    /// The whole day.
    pub const ALL_DAY: Self = Self { opens: 0, closes: DAY };

    /// `08:00 to 18:00`.
    pub fn in_words(self) -> String {
        if self == Self::ALL_DAY {
            return "around the clock".to_string();
        }
        let next = if self.closes > DAY { " of the next day" } else { "" };
        format!("{} to {}{next}", clock_in_words(self.opens), clock_in_words(self.closes))
    }
}

const HOURS: Notation = Notation {
    pattern: "^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$",
    expected: "from when to when, such as \"08:00-18:00\"; \"22:00-06:00\" goes on after midnight",
    parse: |text| {
        let Some((from, to)) = text.split_once('-') else { return Err("there is no `-` in it".to_string()) };
        let (opens, closes) = (clock(from)?, clock(to)?);
        if opens == DAY {
            return Err("a day does not open when it ends".to_string());
        }
        Ok(vec![opens, if closes <= opens { closes + DAY } else { closes }])
    },
    examples: &["08:00-18:00", "22:00-06:00"],
};
notation!(Hours: "OpeningHours", "from when to when", HOURS, numbers => Self { opens: numbers[0], closes: numbers[1] });

/// Days of the week, from Monday on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekDays(pub [bool; 7]);

impl WeekDays {
    /// All of them.
    pub const ALL: Self = Self([true; 7]);

    /// `Monday to Friday`.
    pub fn in_words(self) -> String {
        if self == Self::ALL {
            return "every day".to_string();
        }
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for day in (0..7).filter(|&day| self.0[day]) {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == day => *last = day,
                _ => runs.push((day, day)),
            }
        }
        let run = |&(first, last): &(usize, usize)| match last - first {
            0 => named(first),
            1 => format!("{}, {}", named(first), named(last)),
            _ => format!("{} to {}", named(first), named(last)),
        };
        runs.iter().map(run).collect::<Vec<_>>().join(", ")
    }
}

const WEEK_DAYS: Notation = Notation {
    pattern: "^[A-Za-z]{3,9}( *[-,] *[A-Za-z]{3,9})*$",
    expected: "days of the week, such as \"mon-fri\" or \"mon, wed, sat\"",
    parse: |text| {
        let mut days = vec![0; 7];
        for part in text.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let day = |name: &str| weekday(name).ok_or_else(|| format!("`{}` is no day of the week", name.trim()));
            let (mut at, last) = (day(first)?, day(last)?);
            days[at] = 1;
            while at != last {
                at = (at + 1) % 7;
                days[at] = 1;
            }
        }
        Ok(days)
    },
    examples: &["mon-fri", "mon, wed, sat"],
};
notation!(WeekDays: "DaysOfTheWeek", "days of the week", WEEK_DAYS, numbers => Self(std::array::from_fn(|day| numbers[day] == 1)));

/// What day 0 is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstDay {
    /// Its weekday; 0 is Monday.
    pub weekday: usize,
    /// Its date, counted from 1970-01-01, where it has one.
    pub date: Option<i64>,
}

impl FirstDay {
    /// A Monday of which nobody knows the date.
    pub const MONDAY: Self = Self { weekday: 0, date: None };

    /// A day counted from 1970-01-01.
    pub fn dated(day: i64) -> Self {
        Self { weekday: weekday_of(day), date: Some(day) }
    }

    /// `a Monday`, or its date.
    pub fn in_words(&self) -> String {
        match self.date {
            None => format!("a {}", named(self.weekday)),
            Some(date) => format!("{}, {}", named(self.weekday), date_in_words(date)),
        }
    }
}

fn date_in_words(day: i64) -> String {
    let (year, month, day) = date_of_day(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// A day on which somebody who works that weekday does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOff {
    /// A day of the run, from 0.
    Day(i64),
    /// A date, counted from 1970-01-01.
    Date(i64),
    /// A month and a day of it, every year.
    Yearly(i64, i64),
}

impl DayOff {
    /// Whether it needs the date of day 0.
    pub fn is_dated(self) -> bool {
        !matches!(self, Self::Day(_))
    }

    fn in_words(self) -> String {
        match self {
            Self::Day(day) => format!("day {day}"),
            Self::Date(date) => date_in_words(date),
            Self::Yearly(month, day) => format!("{month:02}-{day:02} of every year"),
        }
    }
}

const DAY_OFF: Notation = Notation {
    pattern: "^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$|^([0-9]+y)?([0-9]+w)?([0-9]+d)?$",
    expected: "a date, such as \"2026-12-25\", a day of every year, such as \"12-25\", or a day of the run, such as \"24d\"",
    parse: |text| {
        if let Some(date) = date(text) {
            return date.map(|day| vec![1, day]);
        }
        if let Some([month, day]) = parts(text, '-', [2, 2]) {
            // 2024 has all days that any year has.
            let counted = day_of_date(2024, month, day);
            let is_a_day = (1..=12).contains(&month) && day >= 1 && date_of_day(counted) == (2024, month, day);
            return if is_a_day { Ok(vec![2, month, day]) } else { Err("no year has such a day".to_string()) };
        }
        match Span::parse(text) {
            Ok(span) if span.0 % DAY == 0 => Ok(vec![0, span.0 / DAY]),
            Ok(_) => Err("a day of the run is a whole number of days after its start".to_string()),
            Err(_) => Err("that is no day".to_string()),
        }
    },
    examples: &["2026-12-25", "12-25", "24d"],
};
notation!(DayOff: "DayOff", "a day", DAY_OFF, numbers => match numbers[..] {
    [0, day] => Self::Day(day),
    [1, date] => Self::Date(date),
    [_, month, day] => Self::Yearly(month, day),
    _ => panic!("a day off is read as {numbers:?}"),
});

/// Days on which somebody who works that weekday does not work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaysOff(pub Vec<DayOff>);

impl DaysOff {
    /// `2026-12-25, day 24`.
    pub fn in_words(&self) -> String {
        if self.0.is_empty() {
            return "none".to_string();
        }
        self.0.iter().map(|day| day.in_words()).collect::<Vec<_>>().join(", ")
    }
}

impl Setting for DaysOff {
    const KIND: Kind = Kind::new("DaysOff", "a list of days", Shape::List(&DayOff::KIND, 0, None));

    fn from_value(value: Value) -> Self {
        Self(Setting::from_value(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_hours_are_read_as_people_write_them() {
        let week = |text: &str| (WEEK_DAYS.parse)(text);
        assert_eq!(week("mon-fri"), Ok(vec![1, 1, 1, 1, 1, 0, 0]));
        assert_eq!(week("Sat - Mon, Wednesday"), Ok(vec![1, 0, 1, 0, 0, 1, 1]));
        assert!(week("mon-fry").is_err() && week("").is_err());
        assert_eq!((HOURS.parse)("08:00-18:30"), Ok(vec![28_800, 66_600]));
        assert_eq!((HOURS.parse)("22:00-06:00"), Ok(vec![79_200, 108_000]), "a night shift");
        assert_eq!((HOURS.parse)("00:00-24:00"), Ok(vec![0, DAY]));
        for wrong in ["8-18", "08:00", "08:00-25:00", "24:00-08:00", "08:60-09:00"] {
            assert!((HOURS.parse)(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn holidays_are_dates_days_of_a_year_or_days_of_the_run() {
        assert_eq!((DAY_OFF.parse)("24d"), Ok(vec![0, 24]));
        assert_eq!((DAY_OFF.parse)("1970-01-02"), Ok(vec![1, 1]));
        assert_eq!((DAY_OFF.parse)("02-29"), Ok(vec![2, 2, 29]));
        for wrong in ["2026-02-30", "13-01", "12h", "Christmas", "2026-1-5"] {
            assert!((DAY_OFF.parse)(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_first_day_has_the_weekday_of_its_date() {
        // 5 January 2026 is a Monday.
        assert_eq!(FirstDay::dated(20_458).in_words(), "Monday, 2026-01-05");
    }

    #[test]
    fn days_in_words() {
        assert_eq!(WeekDays([true, true, true, true, true, false, false]).in_words(), "Monday to Friday");
        assert_eq!(
            WeekDays([true, false, true, true, false, false, true]).in_words(),
            "Monday, Wednesday, Thursday, Sunday"
        );
        assert_eq!(Hours { opens: 79_200, closes: 108_000 }.in_words(), "22:00 to 06:00 of the next day");
    }
}
