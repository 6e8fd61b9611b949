//! The dates of a column: in which order they are written is found out from those that leave no doubt, and asked where all of
//! them do; hours are those of the clock that hangs in the shop.

use super::complaint::Complaint;
use super::met::Met;
use crate::domain::phrase::grouped;
use crate::scenario::{DateFault, DateForm, DateOrder, Moment, Zone, date_of};
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, civil};

/// What a column's dates have shown so far.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// Dates that begin with the year, or have their month in words.
    plain: usize,
    day_first: Dated,
    month_first: Dated,
    either: Dated,
    serial: Dated,
    short_years: Dated,
    with_time: usize,
    without_time: usize,
    utc: usize,
    /// The least and the greatest offset from UTC.
    offsets: Option<(i64, i64)>,
    /// Hours with the name of a zone, and those that say nothing of their clock.
    named: usize,
    unsaid: usize,
    unreadable: Dated,
}

/// Dates of one kind: the first of them, and how many there are.
#[derive(Clone, Debug, Default)]
struct Dated {
    first: Met,
    count: usize,
}

impl Dated {
    fn meet(&mut self, text: &str, file: &str, line: usize) {
        self.count += 1;
        if self.count == 1 {
            self.first = Met::at(text, file, line);
        }
    }

    fn text(&self) -> &str {
        &self.first.text
    }
}

impl Survey {
    /// Looks at a date; empty ones say nothing.
    pub fn see(&mut self, text: &str, file: &str, line: usize) {
        if text.is_empty() {
            return;
        }
        let asked = DateForm::of(DateOrder::YearFirst);
        let read = Moment::parse_with_zone(text, asked);
        let of_order = |order| Moment::parse_with_zone(text, DateForm::of(order));
        let read = match read {
            Ok(read) => {
                self.plain += 1;
                Some(read)
            }
            Err(DateFault::Undeclared(DateOrder::DayFirst, _)) if is_same_both_ways(text) => {
                self.plain += 1;
                of_order(DateOrder::DayFirst).ok()
            }
            Err(DateFault::Undeclared(DateOrder::DayFirst, _)) => {
                self.day_first.meet(text, file, line);
                of_order(DateOrder::DayFirst).ok()
            }
            Err(DateFault::Undeclared(DateOrder::MonthFirst, _)) => {
                self.month_first.meet(text, file, line);
                of_order(DateOrder::MonthFirst).ok()
            }
            Err(DateFault::Undeclared(..)) => {
                self.serial.meet(text, file, line);
                of_order(DateOrder::Serial).ok()
            }
            Err(DateFault::Ambiguous(..)) => {
                self.either.meet(text, file, line);
                of_order(DateOrder::DayFirst).ok()
            }
            Err(DateFault::ShortYear) => {
                self.short_years.meet(text, file, line);
                // Which of the numbers is the year is asked; whether there is an hour is seen.
                [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst]
                    .into_iter()
                    .find_map(|order| Moment::parse_with_zone(text, DateForm { order, has_short_years: true }).ok())
            }
            Err(DateFault::Worded(_)) => {
                let short = DateForm { order: DateOrder::DayFirst, has_short_years: true };
                let short = Moment::parse_worded_short(text, short);
                if short.is_some() {
                    self.short_years.meet(text, file, line);
                }
                Moment::parse_worded(text).inspect(|_| self.plain += 1).or(short)
            }
            Err(_) => None,
        };
        match read {
            Some((moment, zone)) => {
                *(if moment.has_time { &mut self.with_time } else { &mut self.without_time }) += 1;
                self.utc += usize::from(matches!(zone, Zone::Offset(0)));
                match zone {
                    Zone::Offset(offset) => {
                        let (least, most) = self.offsets.unwrap_or((offset, offset));
                        self.offsets = Some((least.min(offset), most.max(offset)));
                    }
                    Zone::Named(_) => self.named += 1,
                    Zone::Unsaid => self.unsaid += usize::from(moment.has_time),
                }
            }
            None if self.short_years.first.line == line && self.short_years.first.file == file => {}
            None => self.unreadable.meet(text, file, line),
        }
    }

    /// How many dates were looked at.
    pub fn count(&self) -> usize {
        self.plain
            + self.day_first.count
            + self.month_first.count
            + self.either.count
            + self.serial.count
            + self.short_years.count
            + self.unreadable.count
    }

    /// Whether most dates name an hour.
    pub fn have_time(&self) -> bool {
        self.with_time > 0 && self.with_time >= self.without_time * 9
    }

    /// Whether some dates name an hour, and others none.
    pub fn are_mixed(&self) -> bool {
        self.with_time > 0 && self.without_time > 0
    }

    /// Whether the dates are all those of UTC's clock.
    pub fn are_utc(&self) -> bool {
        self.utc > 0 && self.utc == self.with_time
    }

    /// Whether some dates name the clock that they are of, and others are of another one or of none that is named. An hour apart are
    /// the summer and the winter of one clock.
    pub fn are_of_several_clocks(&self) -> bool {
        let kinds = [self.offsets.is_some(), self.named > 0, self.unsaid > 0].into_iter().filter(|is| *is).count();
        kinds > 1 || self.offsets.is_some_and(|(least, most)| most - least > 3_600)
    }

    /// In which form the dates are written, and how that is known.
    ///
    /// # Errors
    /// What keeps it from being known, with what to say.
    pub fn form(&self, given: Option<DateForm>) -> Result<(DateForm, String), Vec<Complaint>> {
        if let Some(form) = given {
            return Ok((form, "as said".to_string()));
        }
        let plain = |order, why: String| Ok((DateForm::of(order), why));
        if self.short_years.count > 0 {
            let what =
                format!("the year of \"{}\" has two digits, so what is the day is not known", self.short_years.text());
            let help = "--date-format D/M/YY, M/D/YY or YY-MM-DD says which";
            return Err(vec![self.short_years.first.complaint(what).help(help)]);
        }
        if self.serial.count > 0 && self.serial.count + self.unreadable.count >= self.plain {
            return plain(DateOrder::Serial, format!("a spreadsheet's day numbers, such as {}", self.serial.text()));
        }
        match (self.day_first.count, self.month_first.count) {
            (0, 0) if self.either.count > 0 => {
                let first = self.either.text();
                let (day, month) = match Moment::parse(first, DateOrder::YearFirst) {
                    Err(DateFault::Ambiguous(day, month)) => (day.to_string(), month.to_string()),
                    _ => (String::new(), String::new()),
                };
                let what = format!(
                    "\"{first}\" may be {day} or {month}, and no date of the {} in the file tells which",
                    grouped(self.count() as f64, 0)
                );
                let help = format!("--date-format D/M/YYYY for {day}, --date-format M/D/YYYY for {month}");
                Err(vec![self.either.first.complaint(what).help(help)])
            }
            (0, 0) => plain(DateOrder::YearFirst, "the year in front, or the month in words".to_string()),
            (_, 0) => plain(DateOrder::DayFirst, format!("shown by \"{}\"", self.day_first.text())),
            (0, _) => plain(DateOrder::MonthFirst, format!("shown by \"{}\"", self.month_first.text())),
            _ => {
                let other = format!(
                    "\"{}\" has the day in front, \"{}\" the month",
                    self.day_first.text(),
                    self.month_first.text()
                );
                let help = "dates of both kinds cannot be told apart: have the export write them as 2026-05-14";
                Err(vec![self.day_first.first.complaint(other).help(help)])
            }
        }
    }
}

/// Whether day and month are the same number.
fn is_same_both_ways(text: &str) -> bool {
    let of = |order| Moment::parse(text, order).map(Moment::day);
    of(DateOrder::DayFirst).is_ok_and(|day| of(DateOrder::MonthFirst) == Ok(day))
}

/// Reads the dates of a column.
#[derive(Clone, Debug)]
pub struct Dates {
    form: DateForm,
    /// Where the clock hangs that the times are to be those of.
    zone: Option<TimeZone>,
}

/// The first and the last year in which a shop can have had orders: other dates stand for none, or are mistyped.
const YEARS: std::ops::Range<i16> = 1990..2100;

/// What a cell says of when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A moment by the shop's clock: seconds since 1970-01-01 00:00 there.
    At(Moment),
    /// A date that stands for none: 1900-01-01, 9999-12-31, 0000-00-00.
    Placeholder,
}

impl Dates {
    /// Dates of a form, by the clock of a zone where one is named.
    pub fn new(form: DateForm, zone: Option<TimeZone>) -> Self {
        Self { form, zone }
    }

    /// How they are written.
    pub fn pattern(&self) -> &'static str {
        self.form.pattern()
    }

    /// Reads a date that is not empty.
    ///
    /// # Errors
    /// Why it cannot be read, and what helps.
    pub fn read(&self, text: &str) -> Result<When, (String, Option<String>)> {
        let read = match Moment::parse_with_zone(text, self.form) {
            Err(DateFault::Worded(_)) => {
                let worded = Moment::parse_worded(text).or_else(|| Moment::parse_worded_short(text, self.form));
                worded.ok_or(DateFault::Unknown)
            }
            // The day and the month are the same, so nothing need be declared.
            Err(DateFault::Undeclared(DateOrder::DayFirst, _)) if is_same_both_ways(text) => {
                Moment::parse_with_zone(text, DateForm::of(DateOrder::DayFirst))
            }
            Err(DateFault::Zeros) => return Ok(When::Placeholder),
            Err(DateFault::Marked(plain)) => return self.read(&plain),
            read => read,
        };
        let (moment, zone) = read.map_err(|fault| (self.told(text, &fault), help_of(&fault)))?;
        if !date_of(moment.day()).is_some_and(|date| YEARS.contains(&date.year())) {
            return Ok(When::Placeholder);
        }
        self.at_the_shop(moment, zone).map(When::At).map_err(|why| (format!("\"{text}\" {why}"), None))
    }

    /// A moment by the shop's clock.
    fn at_the_shop(&self, moment: Moment, zone: Zone<'_>) -> Result<Moment, String> {
        if !moment.has_time {
            return Ok(moment);
        }
        let there = |timestamp: Timestamp, zone: &TimeZone| {
            let shop = zone.to_datetime(timestamp);
            Moment { seconds: seconds_of(shop), has_time: true }
        };
        let timestamp =
            |seconds: i64| Timestamp::from_second(seconds).map_err(|_| "is beyond the calendar".to_string());
        match (zone, &self.zone) {
            (Zone::Offset(offset), Some(zone)) => Ok(there(timestamp(moment.seconds - offset)?, zone)),
            (Zone::Named(name), zone) if name.starts_with('[') => {
                let name = name.trim_matches(['[', ']']);
                let Some(shop) = zone else { return Ok(moment) };
                let of = TimeZone::get(name).map_err(|_| "names a time zone that is not known".to_string())?;
                let local = datetime_of(moment.seconds).ok_or("is beyond the calendar")?;
                let found = of.to_ambiguous_timestamp(local).compatible().map_err(|_| "is beyond the calendar")?;
                Ok(there(found, shop))
            }
            // The zone's own clock, by the name that it has at that time.
            (Zone::Named(name), Some(zone)) => {
                let local = datetime_of(moment.seconds).ok_or("is beyond the calendar")?;
                let found = zone.to_ambiguous_timestamp(local).compatible().map_err(|_| "is beyond the calendar")?;
                let is_it = |at: Timestamp| zone.to_offset_info(at).abbreviation().eq_ignore_ascii_case(name);
                // In the hour that comes twice in autumn either name may hold.
                let hour = jiff::SignedDuration::from_hours(1);
                match is_it(found) || found.checked_add(hour).is_ok_and(is_it) {
                    true => Ok(moment),
                    false => Err(format!("is by the clock of {name}, which is not that of the zone that was named")),
                }
            }
            (Zone::Unsaid | Zone::Offset(_) | Zone::Named(_), _) => Ok(moment),
        }
    }

    /// Whether the shop's clock never shows a time, as it is set forward over it.
    pub fn is_skipped(&self, moment: Moment) -> bool {
        let Some(zone) = &self.zone else { return false };
        datetime_of(moment.seconds)
            .is_some_and(|at| matches!(zone.to_ambiguous_timestamp(at).offset(), AmbiguousOffset::Gap { .. }))
    }

    fn told(&self, text: &str, fault: &DateFault) -> String {
        let form = self.form.pattern();
        match fault {
            DateFault::NoSuchDay => format!("\"{text}\" is no day of the calendar, read as {form}"),
            DateFault::NoClock => format!("the hour of \"{text}\" cannot be read"),
            DateFault::Hashes => format!("\"{text}\" is what a spreadsheet shows where a column is too narrow"),
            DateFault::UnixTime => format!("\"{text}\" looks like seconds since 1970"),
            _ => format!("\"{text}\" is no date, read as {form}"),
        }
    }
}

/// What helps where a date cannot be read.
fn help_of(fault: &DateFault) -> Option<String> {
    let help = match fault {
        DateFault::UnixTime => {
            "have the export write dates; in a spreadsheet, seconds / 86400 + 25569 is the day number that --date-format serial reads"
        }
        DateFault::Hashes => "make the column wider in the spreadsheet, and save the file again",
        _ => return None,
    };
    Some(help.to_string())
}

/// A moment of a calendar as a date and a time.
fn datetime_of(seconds: i64) -> Option<DateTime> {
    let date = date_of(seconds.div_euclid(86_400))?;
    let of_day = seconds.rem_euclid(86_400);
    let time = civil::time((of_day / 3_600) as i8, (of_day / 60 % 60) as i8, (of_day % 60) as i8, 0);
    Some(date.to_datetime(time))
}

fn seconds_of(at: DateTime) -> i64 {
    let days = at.date().since(civil::date(1970, 1, 1)).map_or(0, |span| i64::from(span.get_days()));
    days * 86_400 + i64::from(at.hour()) * 3_600 + i64::from(at.minute()) * 60 + i64::from(at.second())
}

/// A moment as files write it: the day, and the hour where it is known.
pub fn written(seconds: i64, with_time: bool) -> String {
    let Some(at) = datetime_of(seconds) else { return String::new() };
    match with_time {
        true => format!("{} {:02}:{:02}:{:02}", at.date(), at.hour(), at.minute(), at.second()),
        false => at.date().to_string(),
    }
}

/// The time zone of a name.
///
/// # Errors
/// What a name looks like.
pub fn time_zone(name: &str) -> Result<TimeZone, String> {
    let unknown = format!("there is no time zone \"{name}\"; names look like Europe/Berlin, America/New_York, UTC");
    TimeZone::get(name.trim()).map_err(|_| unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(texts: &[&str]) -> Survey {
        let mut survey = Survey::default();
        texts.iter().enumerate().for_each(|(line, text)| survey.see(text, "x.csv", line + 2));
        survey
    }

    fn form(texts: &[&str]) -> Result<&'static str, String> {
        let found = survey(texts).form(None);
        found.map(|(form, _)| form.pattern()).map_err(|wrong| wrong[0].to_string())
    }

    #[test]
    fn the_order_of_a_date_is_shown_by_those_without_doubt_or_asked() {
        assert_eq!(form(&["5/4/2026 8:26", "14/5/2026"]), Ok("D/M/YYYY"));
        assert_eq!(form(&["5/4/2026 8:26", "5/14/2026"]), Ok("M/D/YYYY"));
        assert_eq!(form(&["2026-05-14", "4/4/2026", "May 14, 2026"]), Ok("YYYY-MM-DD"));
        assert_eq!(form(&["46156.35", "46157"]), Ok("serial"));
        let asked = form(&["4/4/2026", "5/4/2026 8:26"]).expect_err("in doubt");
        assert!(asked.contains("x.csv:3") && asked.contains("--date-format D/M/YYYY for 2026-04-05"), "{asked}");
        assert!(asked.contains("--date-format M/D/YYYY for 2026-05-04"), "{asked}");
        assert!(form(&["14/5/2026", "5/14/2026"]).is_err());
        for short in ["14/05/26", "14-May-26"] {
            assert!(form(&[short]).expect_err("a short year").contains("D/M/YY"), "{short}");
        }
    }

    fn read(zone: Option<&str>, text: &str) -> Result<When, String> {
        let zone = zone.map(|name| time_zone(name).expect("a zone"));
        Dates::new(DateForm::of(DateOrder::YearFirst), zone).read(text).map_err(|(why, _)| why)
    }

    fn at(zone: Option<&str>, text: &str) -> String {
        match read(zone, text) {
            Ok(When::At(moment)) => written(moment.seconds, moment.has_time),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn times_are_those_of_the_shop() {
        let berlin = Some("Europe/Berlin");
        assert_eq!(at(None, "2026-05-14T22:30:00Z"), "2026-05-14 22:30:00");
        assert_eq!(at(berlin, "2026-05-14T22:30:00Z"), "2026-05-15 00:30:00", "summer time");
        assert_eq!(at(berlin, "2026-01-14T22:30:00Z"), "2026-01-14 23:30:00", "winter time");
        assert_eq!(at(berlin, "2026-05-14 22:30"), "2026-05-14 22:30:00", "the shop's own clock");
        assert_eq!(at(berlin, "2026-05-14"), "2026-05-14");
        let coast = Some("America/Los_Angeles");
        assert_eq!(at(coast, "2026-05-14 09:00:00 PDT"), "2026-05-14 09:00:00");
        assert!(read(coast, "2026-05-14 09:00:00 CET").is_err());
        assert_eq!(at(coast, "2026-05-14T18:00[Europe/Berlin]"), "2026-05-14 09:00:00");
        // The night in which the clock is set back: two hours apart, though the clock says one.
        let york = Some("America/New_York");
        assert_eq!(at(york, "2026-11-01T05:30:00Z"), "2026-11-01 01:30:00");
        assert_eq!(at(york, "2026-11-01T06:30:00Z"), "2026-11-01 01:30:00");
        assert!(time_zone("Middle/Earth").is_err());
        // The hour that spring leaves out is no hour of the shop's clock, and one of any other.
        let skipped = |zone: Option<&str>| {
            let zone = zone.map(|name| time_zone(name).expect("a zone"));
            let moment = Moment::parse("2026-03-29 02:30", DateOrder::YearFirst).expect("a date");
            Dates::new(DateForm::of(DateOrder::YearFirst), zone).is_skipped(moment)
        };
        assert_eq!([skipped(berlin), skipped(york), skipped(None)], [true, false, false]);
    }

    #[test]
    fn dates_that_stand_for_none_are_known() {
        for text in ["1900-01-01", "9999-12-31", "2206-05-15", "0000-00-00 00:00:00"] {
            assert_eq!(read(None, text), Ok(When::Placeholder), "{text}");
        }
        assert!(read(None, "soon").is_err() && read(None, "2026-02-30").is_err());
    }
}
