//! Dates as order exports write them.

use crate::domain::DAY;

/// A moment of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since 1970-01-01 00:00 UTC.
    pub seconds: i64,
    /// Seconds that the place is ahead of UTC; 0 where the text does not say.
    pub offset: i64,
    /// Whether the text names an hour.
    pub has_time: bool,
}

impl Moment {
    /// Midnight of its day, where it is.
    pub fn midnight(self) -> i64 {
        (self.seconds + self.offset).div_euclid(DAY) * DAY - self.offset
    }

    /// Reads `2026-05-14`, `2026-05-14 11:23`, `2026-05-14T11:23:45Z`, `2026-05-14 11:23:45 +0100`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, rest) = (text.get(..10)?, &text[10..]);
        let day = days_from_civil(date)?;
        if rest.is_empty() {
            return Some(Self { seconds: day * DAY, offset: 0, has_time: false });
        }
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let clock_end = rest.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(rest.len());
        let clock = clock_seconds(&rest[..clock_end])?;
        let offset = offset_seconds(rest[clock_end..].trim())?;
        Some(Self { seconds: day * DAY + clock - offset, offset, has_time: true })
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar (Hinnant's `days_from_civil`).
fn days_from_civil(date: &str) -> Option<i64> {
    let bytes = date.as_bytes();
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (year, month, day) = (number(&date[..4])?, number(&date[5..7])?, number(&date[8..])?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days_in_month = [31, 28 + i64::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if !(1..=12).contains(&month) || day < 1 || day > days_in_month[month as usize - 1] {
        return None;
    }
    let from_march = year - i64::from(month <= 2);
    let era = from_march.div_euclid(400);
    let year_of_era = from_march.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// Seconds since midnight of `11:23`, `11:23:45` or `11:23:45.678` (parts of a second are dropped).
fn clock_seconds(clock: &str) -> Option<i64> {
    let mut parts = clock.split(':');
    let (hour, minute) = (number(parts.next()?)?, number(parts.next()?)?);
    let second = match parts.next() {
        Some(second) => number(second.split('.').next()?)?,
        None => 0,
    };
    let valid = hour < 24 && minute < 60 && second < 60 && parts.next().is_none();
    valid.then_some(hour * 3_600 + minute * 60 + second)
}

/// Seconds ahead of UTC of `Z`, `+01:00`, `+0100`, `-08` or nothing.
fn offset_seconds(text: &str) -> Option<i64> {
    if text.is_empty() || text == "Z" || text == "z" || text == "UTC" {
        return Some(0);
    }
    let (sign, digits) = match text.as_bytes()[0] {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|&c| c != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (number(&digits)?, 0),
        4 => (number(digits.get(..2)?)?, number(digits.get(2..)?)?),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

fn number(digits: &str) -> Option<i64> {
    let all_digits = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970() {
        let day = |text: &str| Moment::parse(text).map(|moment| moment.seconds / DAY);
        assert_eq!(day("1970-01-01"), Some(0));
        assert_eq!(day("2000-03-01"), Some(11_017));
        assert_eq!(day("2014-01-03"), Some(16_073));
        assert_eq!(day("2024-02-29"), Some(19_782));
        assert_eq!(
            (day("2023-02-29"), day("2024-13-01"), day("2024-00-10"), day("24-01-01")),
            (None, None, None, None)
        );
    }

    #[test]
    fn hours_and_offsets_are_converted() {
        let seconds = |text: &str| Moment::parse(text).map(|moment| moment.seconds);
        let noon = seconds("2026-05-14 12:00:00 +0000");
        for same in
            ["2026-05-14T12:00Z", "2026-05-14 13:00:00 +0100", "2026-05-14T07:00:00.250-05:00", "2026-05-14 12:00"]
        {
            assert_eq!(seconds(same), noon, "{same}");
        }
        for wrong in
            ["2026-05-14 25:00", "2026-05-14 12", "2026-05-14 12:00 CET", "2026-05-14x", "14.05.2026", "ünïcode-ü"]
        {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn midnight_is_local() {
        let moment = Moment::parse("2026-05-14 00:30:00 +0100").expect("a date");
        assert_eq!(moment.seconds - moment.midnight(), 1_800);
    }
}
