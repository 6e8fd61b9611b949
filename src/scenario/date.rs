//! Dates as order exports write them, read on the calendar of the place they were written at.

use super::choices::DateOrder;
use super::notation::{unwrapped, western};
use crate::domain::DAY;
use jiff::civil::Date;

/// A moment of a calendar, where the clock that wrote it hangs: offsets from UTC tell of the place, not of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since 1970-01-01 00:00 by that clock.
    pub seconds: i64,
    /// Whether the text names an hour.
    pub has_time: bool,
}

/// Why a text is no date that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing like a date.
    Unknown,
    /// A date in an order that the file does not declare, and what it would be in it.
    Undeclared(DateOrder, Date),
    /// A date in one of two orders: day first, month first.
    Ambiguous(Date, Date),
    /// A year of two digits.
    ShortYear,
    /// A date with the month as a word; what it says, if that is understood.
    Worded(Option<Date>),
    /// A day that the calendar does not have.
    NoSuchDay,
    /// An hour that cannot be read, behind a date that can.
    NoClock,
    /// A time zone by its name, which may mean several offsets.
    ZoneName,
    /// Seconds since 1970, or milliseconds.
    UnixTime,
    /// No date in any order, because no hour, day or month is 0: what stands for no date in a database.
    Zeros,
    /// A date within marks, or in the digits of another script; how to write it.
    Marked(String),
    /// What a spreadsheet shows where a column is too narrow.
    Hashes,
}

impl Moment {
    /// The day, counted from 1970-01-01.
    pub fn day(self) -> i64 {
        self.seconds.div_euclid(DAY)
    }

    /// Whether a text looks like a date, of whatever kind.
    pub fn is_like(text: &str) -> bool {
        !matches!(Self::parse(text, DateOrder::YearFirst), Err(Fault::Unknown | Fault::NoSuchDay))
    }

    /// Reads `2026-05-14`, `2026-05-14 11:23`, `2026-05-14T11:23:45Z`, `2026-05-14 11:23:45 +0100`, `2026/5/14 1:23 PM`,
    /// `20260514`, and what `order` declares.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn parse(text: &str, order: DateOrder) -> Result<Self, Fault> {
        Self::parse_in(text, DateForm::of(order))
    }

    /// The same of dates of any form.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn parse_in(text: &str, form: DateForm) -> Result<Self, Fault> {
        match Self::parse_with_zone(text, form)? {
            (_, Zone::Named(_)) => Err(Fault::ZoneName),
            (moment, _) => Ok(moment),
        }
    }

    /// The same, with what the text says of where the clock hangs.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn parse_with_zone(text: &str, form: DateForm) -> Result<(Self, Zone<'_>), Fault> {
        let text = text.trim();
        let order = form.order;
        if let Some(moment) = serial(text) {
            return match order {
                DateOrder::Serial => Ok((moment, Zone::Unsaid)),
                _ => Err(Fault::Undeclared(DateOrder::Serial, date_of(moment.day()).ok_or(Fault::Unknown)?)),
            };
        }
        let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
        if matches!(whole.len(), 10 | 13) && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return Err(Fault::UnixTime);
        }
        let Some((parts, rest)) = parts_of(text) else { return Err(strange(text, order)) };
        if parts.iter().all(|part| part.bytes().all(|byte| byte == b'0')) {
            return Err(Fault::Zeros);
        }
        Self::of_day_with_clock(date(parts, form)?, rest)
    }

    /// A day with what stands behind it, which is nothing or an hour.
    fn of_day_with_clock(date: Date, rest: &str) -> Result<(Self, Zone<'_>), Fault> {
        let day = i64::from(date.since(EPOCH).map_or(0, |span| span.get_days()));
        if rest.is_empty() {
            return Ok((Self { seconds: day * DAY, has_time: false }, Zone::Unsaid));
        }
        let (second, zone) = clock(rest)?;
        Ok((Self { seconds: day * DAY + second, has_time: true }, zone))
    }

    /// Reads a date with its month in words, which no order of its parts makes doubtful: `May 14, 2026 10:05 AM`,
    /// `14-May-2026`, `Thu, 14 May 2026 10:00:00 +0200`.
    pub fn parse_worded(text: &str) -> Option<(Self, Zone<'_>)> {
        let text = text.trim();
        let Fault::Worded(Some(date)) = worded(text) else { return None };
        let hour = text.find(':').map(|colon| text[..colon].trim_end_matches(|c: char| c.is_ascii_digit()).len());
        // What leads over to the hour is part of it: a blank, or a T.
        let from = hour.map(|hour| text[..hour].char_indices().next_back().map_or(hour, |(before, _)| before));
        Self::of_day_with_clock(date, from.map_or("", |from| &text[from..])).ok()
    }

    /// Reads a date with its month in words and a year of two digits, `14-May-26`, in a form that has such years.
    pub fn parse_worded_short(text: &str, form: DateForm) -> Option<(Self, Zone<'_>)> {
        let text = text.trim();
        let end = text.find([' ', 'T', ',']).unwrap_or(text.len());
        let mut parts = text[..end].split(['-', '/', '.']);
        let (first, word, last) = (parts.next()?, parts.next()?, parts.next()?);
        if !form.has_short_years || last.len() != 2 || parts.next().is_some() {
            return None;
        }
        let month = month_of(word)? as i64 + 1;
        let plain = match form.order {
            DateOrder::YearFirst => format!("{first}-{month}-{last}"),
            DateOrder::DayFirst => format!("{first}/{month}/{last}"),
            DateOrder::MonthFirst | DateOrder::Serial => return None,
        };
        let (parts, _) = parts_of(&plain)?;
        Self::of_day_with_clock(date(parts, form).ok()?, &text[end..]).ok()
    }
}

/// What a date says of where the clock hangs that it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone<'t> {
    /// Nothing.
    Unsaid,
    /// So many seconds before UTC's clock.
    Offset(i64),
    /// A name, which may mean several offsets: `CET`, `[Europe/Berlin]`.
    Named(&'t str),
}

/// How a file writes dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateForm {
    /// The order of day, month and year.
    pub order: DateOrder,
    /// Whether years have two digits: 70 to 99 are those of the last century.
    pub has_short_years: bool,
}

impl DateForm {
    /// Years of four digits.
    pub const fn of(order: DateOrder) -> Self {
        Self { order, has_short_years: false }
    }

    /// Reads a pattern as spreadsheets and programs write it: `D/M/YYYY`, `dd.mm.yy hh:mm`, `%m/%d/%Y`, `serial`. Only the order of
    /// day, month and year counts, and how many digits a year has: hours are understood as they are written.
    pub fn from_pattern(pattern: &str) -> Option<Self> {
        let pattern = pattern.trim();
        if pattern.eq_ignore_ascii_case("serial") {
            return Some(Self::of(DateOrder::Serial));
        }
        // The `m` of minutes stands behind that of the month.
        let date = pattern.split([' ', 'T', 'H', 'h']).next().unwrap_or_default();
        let is_strftime = date.contains('%');
        let mut parts = String::new();
        for c in date.chars().map(|c| c.to_ascii_uppercase()).filter(|c| "DMY".contains(*c)) {
            if !parts.ends_with(c) {
                parts.push(c);
            }
        }
        let order = match parts.as_str() {
            "YMD" => DateOrder::YearFirst,
            "DMY" => DateOrder::DayFirst,
            "MDY" => DateOrder::MonthFirst,
            _ => return None,
        };
        let years = date.chars().filter(|c| matches!(c, 'Y' | 'y')).count();
        Some(Self { order, has_short_years: if is_strftime { date.contains("%y") } else { years == 2 } })
    }

    /// How people write it.
    pub fn pattern(self) -> &'static str {
        match (self.order, self.has_short_years) {
            (DateOrder::YearFirst, false) => "YYYY-MM-DD",
            (DateOrder::YearFirst, true) => "YY-MM-DD",
            (DateOrder::DayFirst, false) => "D/M/YYYY",
            (DateOrder::DayFirst, true) => "D/M/YY",
            (DateOrder::MonthFirst, false) => "M/D/YYYY",
            (DateOrder::MonthFirst, true) => "M/D/YY",
            (DateOrder::Serial, _) => "serial",
        }
    }
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);
/// Day 0 of spreadsheets, but for their first two months.
const SPREADSHEET_EPOCH: i64 = -25_569;

/// The date of a day counted from 1970-01-01.
pub fn date_of(day: i64) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// The three numbers of a date, with one separator between them, and what stands behind them.
fn parts_of(text: &str) -> Option<([&str; 3], &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(text);
    // With the hour right behind it: `20260514101500`.
    if first == 8 || first == 14 {
        return Some(([&text[..4], &text[4..6], &text[6..8]], &text[8..]));
    }
    let separator = text[first..].chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let from_second = &text[first + 1..];
    let second = digits(from_second);
    let from_third = from_second[second..].strip_prefix(separator)?;
    let third = digits(from_third);
    let found = [&text[..first], &from_second[..second], &from_third[..third]];
    let are_numbers = found.iter().all(|part| matches!(part.len(), 1 | 2 | 4));
    are_numbers.then_some((found, &from_third[third..]))
}

/// The date of three numbers.
fn date(parts: [&str; 3], form: DateForm) -> Result<Date, Fault> {
    let order = form.order;
    let number = |part: &str| part.parse::<i16>().map_err(|_| Fault::Unknown);
    let numbers = [number(parts[0])?, number(parts[1])?, number(parts[2])?];
    let of = |year: i16, month: i16, day: i16| Date::new(year, month as i8, day as i8).ok();
    if parts[0].len() == 4 {
        return of(numbers[0], numbers[1], numbers[2]).ok_or(Fault::NoSuchDay);
    }
    if parts[2].len() != 4 && !form.has_short_years {
        return Err(Fault::ShortYear);
    }
    let mut numbers = numbers;
    if form.has_short_years && parts.iter().all(|part| part.len() < 4) {
        let year = if order == DateOrder::YearFirst { 0 } else { 2 };
        numbers[year] += if numbers[year] < 70 { 2000 } else { 1900 };
        if order == DateOrder::YearFirst {
            return of(numbers[0], numbers[1], numbers[2]).ok_or(Fault::NoSuchDay);
        }
    }
    let day_first = of(numbers[2], numbers[1], numbers[0]);
    let month_first = of(numbers[2], numbers[0], numbers[1]);
    match order {
        DateOrder::DayFirst => return day_first.ok_or(Fault::NoSuchDay),
        DateOrder::MonthFirst => return month_first.ok_or(Fault::NoSuchDay),
        DateOrder::YearFirst | DateOrder::Serial => {}
    }
    Err(match (day_first, month_first) {
        // The fourth of April, whichever comes first.
        (Some(day_first), Some(month_first)) if day_first == month_first => {
            Fault::Undeclared(DateOrder::DayFirst, day_first)
        }
        (Some(day_first), Some(month_first)) => Fault::Ambiguous(day_first, month_first),
        (Some(date), None) => Fault::Undeclared(DateOrder::DayFirst, date),
        (None, Some(date)) => Fault::Undeclared(DateOrder::MonthFirst, date),
        (None, None) => Fault::NoSuchDay,
    })
}

/// A spreadsheet's day number between 1927 and 2119, with the hour as its fraction.
fn serial(text: &str) -> Option<Moment> {
    let (whole, fraction) = match text.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let day: i64 = (whole.len() == 5 && is_number(whole)).then(|| whole.parse().ok()).flatten()?;
    if !(10_000..=80_000).contains(&day) || fraction.is_some_and(|fraction| !is_number(fraction)) {
        return None;
    }
    let of_day: f64 = fraction.map_or(Some(0.0), |fraction| format!("0.{fraction}").parse().ok())?;
    let seconds = (day + SPREADSHEET_EPOCH) * DAY + (of_day * DAY as f64).round() as i64;
    Some(Moment { seconds, has_time: fraction.is_some() })
}

/// What is wrong with a text that is no row of numbers.
fn strange(text: &str, order: DateOrder) -> Fault {
    if !text.is_empty() && text.bytes().all(|byte| byte == b'#') {
        return Fault::Hashes;
    }
    let plain = western(unwrapped(text).unwrap_or(text));
    if plain != text && Moment::parse(&plain, order).is_ok() {
        return Fault::Marked(plain);
    }
    worded(text)
}

/// The same: a month in words, perhaps.
fn worded(text: &str) -> Fault {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // Where two words begin like months, the first is a weekday: mardi 14 mai, maandag 4 mei.
    let month = words.iter().rev().find_map(|word| month_of(word));
    let number = |digits: std::ops::RangeInclusive<usize>| {
        let is_number = |word: &&&str| digits.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
        words.iter().find(is_number).and_then(|word| word.parse::<i16>().ok())
    };
    let Some(month) = month else { return Fault::Unknown };
    match (number(4..=4), number(1..=2)) {
        (None, None) => Fault::Unknown,
        (Some(year), Some(day)) => Fault::Worded(Date::new(year, month as i8 + 1, day as i8).ok()),
        _ => Fault::Worded(None),
    }
}

/// The month that a word is, from 0.
fn month_of(word: &str) -> Option<usize> {
    /// How months begin in English, German, French, Spanish, Italian and Dutch.
    const MONTHS: [&[&str]; 12] = [
        &["jan", "ene", "gen"],
        &["feb", "fév", "fev"],
        &["mar", "mär", "mrt", "maa"],
        &["apr", "avr", "abr"],
        &["may", "mai", "mei", "mag"],
        &["jun", "juin", "giu"],
        &["jul", "juil", "lug"],
        &["aug", "aoû", "ago"],
        &["sep", "set"],
        &["oct", "okt", "ott"],
        &["nov"],
        &["dec", "dez", "déc", "dic"],
    ];
    let word = word.to_lowercase();
    MONTHS.iter().position(|starts| starts.iter().any(|start| word.starts_with(start)))
}

/// Seconds since midnight of what stands behind a date, and where that clock hangs: `11:23`, `T11:23:45.678Z` (parts of a second
/// are dropped), `1:23:45 PM`, `11:23 +01:00`.
fn clock(rest: &str) -> Result<(i64, Zone<'_>), Fault> {
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let is_between = |c: char| matches!(c, 'T' | 't') || c.is_whitespace();
    if let Some([hour, minute, second]) = hour_in_a_row(rest.trim_start_matches(is_between)) {
        let is_hour = hour < 24 && minute < 60 && second < 60;
        return if is_hour { Ok((hour * 3_600 + minute * 60 + second, Zone::Unsaid)) } else { Err(Fault::NoClock) };
    }
    let rest = rest.strip_prefix(is_between).ok_or(Fault::NoClock)?.trim_start();
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(rest.len());
    let mut parts = rest[..end].split(':');
    let mut next = || parts.next().map(number);
    let (hour, minute) = (next().flatten().ok_or(Fault::NoClock)?, next().flatten().ok_or(Fault::NoClock)?);
    let second = match parts.next() {
        Some(second) => second.split('.').next().and_then(number).ok_or(Fault::NoClock)?,
        None => 0,
    };
    let mut zone = rest[end..].trim();
    let upper = zone.to_ascii_uppercase();
    let half = ["AM", "A.M.", "PM", "P.M."].into_iter().find(|half| upper.starts_with(half));
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + if half.starts_with('P') { 12 } else { 0 },
        Some(_) => return Err(Fault::NoClock),
        None => hour,
    };
    zone = zone[half.map_or(0, str::len)..].trim_start();
    if hour > 23 || minute > 59 || second > 59 || parts.next().is_some() {
        return Err(Fault::NoClock);
    }
    let place = match offset(zone) {
        Some(_) if zone.is_empty() => Zone::Unsaid,
        Some(seconds) => Zone::Offset(seconds),
        None if zone.starts_with(|c: char| c.is_alphabetic() || c == '[') => Zone::Named(zone),
        None => return Err(Fault::NoClock),
    };
    Ok((hour * 3_600 + minute * 60 + second, place))
}

/// Hour, minute and second of six digits: `101500`.
fn hour_in_a_row(text: &str) -> Option<[i64; 3]> {
    let is_row = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_row.then(|| Some([number(&text[..2])?, number(&text[2..4])?, number(&text[4..])?])).flatten()
}

/// The seconds of an offset from UTC: `Z`, `UTC`, `+01:00`, `+0100`, `-08`, or nothing.
fn offset(text: &str) -> Option<i64> {
    if text.is_empty() || ["Z", "z", "UTC", "GMT"].contains(&text) {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.strip_prefix(['+', '-'])?;
    let digits = match digits.as_bytes() {
        [_, _, b':', _, _] => format!("{}{}", digits.get(..2)?, digits.get(3..)?),
        _ => digits.to_string(),
    };
    let within = |part: Option<&str>, most| number(part?).filter(|&number| number < most);
    let seconds = match digits.len() {
        2 => within(Some(&digits), 24)? * 3_600,
        4 => within(digits.get(..2), 24)? * 3_600 + within(digits.get(2..), 60)? * 60,
        _ => return None,
    };
    Some(sign * seconds)
}

fn number(digits: &str) -> Option<i64> {
    let is_number = !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<i64> {
        Moment::parse(text, DateOrder::YearFirst).ok().map(|moment| moment.seconds)
    }

    #[test]
    fn days_count_from_1970() {
        let day = |text: &str| seconds(text).map(|seconds| seconds / DAY);
        assert_eq!(day("1970-01-01"), Some(0));
        assert_eq!(day("2000-03-01"), Some(11_017));
        assert_eq!(day("2014-01-03"), Some(16_073));
        assert_eq!(day("2024-02-29"), Some(19_782));
        for same in ["2024-2-29", "2024/02/29", "2024.2.29", "20240229", " 2024-02-29 "] {
            assert_eq!(day(same), Some(19_782), "{same}");
        }
        for wrong in ["2023-02-29", "2024-13-01", "2024-00-10", "24-01-01", "2024-01/01", "2024-1", "", "x"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_day_is_that_of_the_place_whatever_its_offset() {
        let noon = seconds("2026-05-14 12:00:00 +0000");
        for same in [
            "2026-05-14T12:00Z",
            "2026-05-14 12:00:00 -0400",
            "2026-05-14T12:00:00.250+05:30",
            "2026-05-14 12:00",
            "2026-05-14, 12:00:00 PM",
            "2026-05-14\u{a0}12:00",
            "2026-05-14 12:00 p.m. UTC",
        ] {
            assert_eq!(seconds(same), noon, "{same}");
        }
        for same in ["20260514120000", "20260514 120000", "20260514T120000"] {
            assert_eq!(seconds(same), noon, "{same}");
        }
        assert_eq!(seconds("20260514 250000"), None);
        assert_eq!(seconds("2026-05-14 12:05 AM"), seconds("2026-05-14 00:05"));
        assert_eq!(seconds("2026-05-14 1:05:09 PM"), seconds("2026-05-14 13:05:09"));
    }

    #[test]
    fn a_weekday_that_begins_like_a_month_is_none() {
        let day = |text: &str| Moment::parse_worded(text).map(|(moment, _)| moment.day());
        let meant = Moment::parse("2026-05-05", DateOrder::YearFirst).ok().map(Moment::day);
        for text in [
            "mardi 5 mai 2026",
            "mar. 5 mai 2026",
            "martes, 5 de mayo de 2026",
            "Tue, 05 May 2026",
            "dinsdag 5 mei 2026",
        ] {
            assert_eq!(day(text), meant, "{text}");
        }
        let short = |text: &str, pattern: &str| {
            let form = DateForm::from_pattern(pattern).expect("a pattern");
            Moment::parse_worded_short(text, form).map(|(moment, _)| moment.seconds)
        };
        assert_eq!(short("05-May-26", "D/M/YY"), meant.map(|day| day * DAY));
        assert_eq!(short("26-May-05 10:00", "YY-MM-DD"), meant.map(|day| day * DAY + 36_000));
        assert_eq!((short("05-May-26", "D/M/YYYY"), short("5-Foo-26", "D/M/YY")), (None, None));
    }

    #[test]
    fn what_is_no_hour_says_why() {
        let fault = |text: &str| Moment::parse(text, DateOrder::YearFirst).expect_err("no moment");
        for text in [
            "2026-05-14 25:00",
            "2026-05-14 12",
            "2026-05-14x",
            "2026-05-14 13:00 PM",
            "2026-05-14 12:00 +ü1",
            "2026-05-14 12:00 +1",
        ] {
            assert_eq!(fault(text), Fault::NoClock, "{text}");
        }
        assert_eq!(fault("2026-05-14 12:00 CET"), Fault::ZoneName);
        assert_eq!(fault("2026-05-14T12:00[Europe/Berlin]"), Fault::ZoneName);
        assert_eq!(fault("ünïcode-ü"), Fault::Unknown);
    }

    #[test]
    fn what_is_not_declared_is_not_guessed() {
        let fault = |text: &str| Moment::parse(text, DateOrder::YearFirst).expect_err("not declared");
        let date = |year, month, day| jiff::civil::date(year, month, day);
        assert_eq!(fault("14/05/2026"), Fault::Undeclared(DateOrder::DayFirst, date(2026, 5, 14)));
        assert_eq!(fault("05/14/2026 8:26"), Fault::Undeclared(DateOrder::MonthFirst, date(2026, 5, 14)));
        assert_eq!(fault("5.4.2026 8:26"), Fault::Ambiguous(date(2026, 4, 5), date(2026, 5, 4)));
        assert_eq!(fault("14/05/26"), Fault::ShortYear);
        assert_eq!(fault("46156.35"), Fault::Undeclared(DateOrder::Serial, date(2026, 5, 14)));
        assert_eq!(fault("May 14, 2026"), Fault::Worded(Some(date(2026, 5, 14))));
        assert_eq!(fault("Thu, 14 May 2026 10:00:00 +0200"), Fault::Worded(Some(date(2026, 5, 14))));
        assert_eq!(fault("14-May-26"), Fault::Worded(None));
        assert_eq!(fault("14. Mai 2026"), Fault::Worded(Some(date(2026, 5, 14))));
        for text in ["1778752800", "1778752800.5", "1778752800123"] {
            assert_eq!(fault(text), Fault::UnixTime, "{text}");
        }
        assert_eq!(fault("0000-00-00 00:00:00"), Fault::Zeros);
        assert_eq!(fault("'2026-05-14"), Fault::Marked("2026-05-14".to_string()));
        assert_eq!(fault("２０２６-０５-１４"), Fault::Marked("2026-05-14".to_string()));
        assert_eq!(fault("########"), Fault::Hashes);
        assert_eq!(fault("31/02/2026"), Fault::NoSuchDay);
    }

    #[test]
    fn a_clock_says_where_it_hangs() {
        let zone = |text| Moment::parse_with_zone(text, DateForm::of(DateOrder::YearFirst)).map(|(_, zone)| zone);
        assert_eq!(zone("2026-05-14 10:00"), Ok(Zone::Unsaid));
        assert_eq!(zone("2026-05-14 10:00 UTC"), Ok(Zone::Offset(0)));
        assert_eq!(zone("2026-05-14 10:00 +0530"), Ok(Zone::Offset(19_800)));
        assert_eq!(zone("2026-05-14 10:00:00-04:00"), Ok(Zone::Offset(-14_400)));
        assert_eq!(zone("2026-05-14 10:00 PDT"), Ok(Zone::Named("PDT")));
        let worded = |text| Moment::parse_worded(text).map(|(moment, _)| moment.seconds);
        for text in
            ["May 14, 2026 10:05 AM", "14-May-2026 10:05", "Thu, 14 May 2026 10:05:00 +0200", "14. Mai 2026, 10:05"]
        {
            assert_eq!(worded(text), seconds("2026-05-14 10:05"), "{text}");
        }
        assert_eq!(worded("May 14, 2026"), seconds("2026-05-14"));
        assert_eq!((worded("14-May-26"), worded("Maybe")), (None, None));
    }

    #[test]
    fn patterns_say_the_order_of_a_date() {
        let form = |pattern| DateForm::from_pattern(pattern).map(|form| (form.pattern(), form.has_short_years));
        for pattern in ["D/M/YYYY", "dd.mm.yyyy hh:mm", "%d/%m/%Y %H:%M", "D/M/Y"] {
            assert_eq!(form(pattern), Some(("D/M/YYYY", false)), "{pattern}");
        }
        assert_eq!(form("%m/%d/%y"), Some(("M/D/YY", true)));
        assert_eq!(form("yyyy-MM-dd'T'HH:mm"), Some(("YYYY-MM-DD", false)));
        assert_eq!((form("serial"), form("D/M")), (Some(("serial", false)), None));
        let short = DateForm { order: DateOrder::DayFirst, has_short_years: true };
        let read = |text| Moment::parse_with_zone(text, short).ok().map(|(moment, _)| moment.seconds);
        assert_eq!(read("14/05/26 8:26"), seconds("2026-05-14 8:26"));
        assert_eq!(read("14/05/99"), seconds("1999-05-14"));
    }

    #[test]
    fn what_is_declared_is_read() {
        let read = |text: &str, order| Moment::parse(text, order).ok().map(|moment| moment.seconds);
        let morning = seconds("2026-05-04 08:26");
        assert_eq!(read("4/5/2026 8:26", DateOrder::DayFirst), morning);
        assert_eq!(read("04.05.2026, 08:26", DateOrder::DayFirst), morning);
        assert_eq!(read("5/4/2026 8:26 AM", DateOrder::MonthFirst), morning);
        assert_eq!(read("2026-05-04 08:26", DateOrder::MonthFirst), morning, "a year in front is never in doubt");
        assert_eq!(read("14/05/2026", DateOrder::MonthFirst), None);
        assert_eq!(read("46156.35", DateOrder::Serial), seconds("2026-05-14 08:24"));
        assert_eq!(read("46156,35", DateOrder::Serial), seconds("2026-05-14 08:24"));
        assert_eq!(read("46156", DateOrder::Serial), seconds("2026-05-14"));
    }

    #[test]
    fn no_text_is_too_strange() {
        for text in
            ["é/5/2026", "1é/5/2026", "1/é/2026", "--", "1--", "9999999999999999-1-1", "2026-05-14 é", "0.é", "46156.é"]
        {
            for order in [DateOrder::YearFirst, DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::Serial] {
                assert!(Moment::parse(text, order).is_err(), "{text}");
            }
        }
    }
}
