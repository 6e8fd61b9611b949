//! The clock: whole seconds from the start of a replication, as integers, so that order in time is exact.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// An instant: whole seconds since the start of the replication, warm-up included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SimTime(pub i64);

/// A length of time in whole seconds, never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(pub i64);

impl SimTime {
    /// The first instant of a replication.
    pub const ZERO: Self = Self(0);
    /// Later than any instant a run reaches.
    pub const NEVER: Self = Self(i64::MAX);

    /// Days since the start, as a real number.
    #[inline]
    pub fn days(self) -> f64 {
        self.0 as f64 / DAY as f64
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A span of whole days.
    pub const fn from_days(days: i64) -> Self {
        Self(days * DAY)
    }

    /// The span nearest to a real number of seconds, at least 0.
    #[inline]
    pub fn from_seconds_f64(seconds: f64) -> Self {
        // A float-to-integer cast saturates, so an absurd draw becomes "never", not a wrap-around.
        Self((libm::rint(seconds) as i64).clamp(0, i64::MAX / 4))
    }

    /// The span in days, as a real number.
    #[inline]
    pub fn days(self) -> f64 {
        self.0 as f64 / DAY as f64
    }

    /// Reads a duration as scenario files write it: `"36h"`, `"1d6h"`, `"90m"`, `"30s"`, `"2w"`, `"1y"`.
    ///
    /// Parts run from the largest unit to the smallest, each at most once; 1d = 24h, 1w = 7d, 1y = 365d.
    ///
    /// # Errors
    /// A sentence that says what is wrong, for the scenario's diagnostics.
    ///
    /// ```
    /// use backorder::domain::Span;
    /// assert_eq!(Span::parse("1d6h"), Ok(Span(108_000)));
    /// assert!(Span::parse("6 days").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        const UNITS: [(char, i64); 6] =
            [('y', 365 * DAY), ('w', 7 * DAY), ('d', DAY), ('h', 3_600), ('m', 60), ('s', 1)];
        let mut total: i64 = 0;
        let mut digits = String::new();
        let mut largest_allowed = 0;
        if text.is_empty() {
            return Err("a duration is empty".into());
        }
        for c in text.chars() {
            if c.is_ascii_digit() {
                digits.push(c);
                continue;
            }
            let Some(rank) = UNITS.iter().position(|&(unit, _)| unit == c) else {
                return Err(format!("`{c}` is no unit of time; the units are y, w, d, h, m, s"));
            };
            if digits.is_empty() {
                return Err(format!("a whole number is missing before `{c}`"));
            }
            if rank < largest_allowed {
                return Err("units run from the largest to the smallest, each once".into());
            }
            let count: i64 = digits.parse().map_err(|_| "the number is too large".to_string())?;
            total = count
                .checked_mul(UNITS[rank].1)
                .and_then(|part| total.checked_add(part))
                .filter(|&seconds| seconds <= Self::LONGEST.0)
                .ok_or("the duration is longer than 1000y")?;
            digits.clear();
            largest_allowed = rank + 1;
        }
        if digits.is_empty() { Ok(Self(total)) } else { Err(format!("`{digits}` has no unit (y, w, d, h, m, s)")) }
    }

    /// The longest duration a scenario may name: a thousand years.
    pub const LONGEST: Self = Self(1_000 * 365 * DAY);
}

/// A moment of the calendar, from its seconds since 1970, as `2026-05-14T11:23:45Z`.
pub fn utc(seconds: i64) -> String {
    let (day, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (year, month, day) = date_of_day(day);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}

/// Year, month and day of the month of a day, counted from 1970-01-01.
pub fn date_of_day(day: i64) -> (i64, i64, i64) {
    // Howard Hinnant's `civil_from_days`: eras of 400 years that start on 1 March.
    let shifted = day + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

/// The inverse of [`date_of_day`]: Howard Hinnant's `days_from_civil`. A day that its month does not have counts on into the next.
pub fn day_of_date(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

impl Add<Span> for SimTime {
    type Output = Self;
    #[inline]
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl AddAssign<Span> for SimTime {
    #[inline]
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Sub for SimTime {
    type Output = Span;
    #[inline]
    fn sub(self, earlier: Self) -> Span {
        Span(self.0 - earlier.0)
    }
}

impl Add for Span {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Span {
    /// Writes a duration the way scenario files do: `1d6h`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        if rest == 0 {
            return f.write_str("0s");
        }
        for (unit, seconds) in [("d", DAY), ("h", 3_600), ("m", 60), ("s", 1)] {
            let count = rest / seconds;
            rest %= seconds;
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_written() {
        for (text, seconds) in
            [("36h", 129_600), ("2d", 172_800), ("1d6h", 108_000), ("90m", 5_400), ("30s", 30), ("2w", 1_209_600)]
        {
            assert_eq!(Span::parse(text), Ok(Span(seconds)), "{text}");
        }
        assert_eq!(Span::parse("1y"), Ok(Span::from_days(365)));
        assert_eq!(Span::parse("0s"), Ok(Span::ZERO));
    }

    #[test]
    fn what_is_no_duration_says_why() {
        for text in ["", "5", "d", "3x", "1h1d", "1d1d", "-1d", "1.5d", "2000y"] {
            assert!(Span::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn moments_in_utc() {
        for (seconds, text) in [
            (-1, "1969-12-31T23:59:59Z"),
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_767_225_599, "2025-12-31T23:59:59Z"),
        ] {
            assert_eq!(utc(seconds), text);
        }
    }

    #[test]
    fn dates_count_there_and_back() {
        assert_eq!((date_of_day(0), day_of_date(1970, 1, 1)), ((1970, 1, 1), 0));
        for day in (-800_000..800_000).step_by(97) {
            let (year, month, of_month) = date_of_day(day);
            assert_eq!(day_of_date(year, month, of_month), day);
        }
    }

    #[test]
    fn a_span_prints_as_it_parses() {
        for seconds in [0, 1, 59, 3_600, 90_061, 400 * DAY] {
            assert_eq!(Span::parse(&Span(seconds).to_string()), Ok(Span(seconds)));
        }
    }
}
