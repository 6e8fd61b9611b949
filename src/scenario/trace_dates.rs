//! The dates of a trace: read in the order that the scenario declares, and told once for the whole file where they are in
//! another.

use super::choices::DateOrder;
use super::context::Context;
use super::date::{DateForm, Fault, Moment};
use super::diagnostic::grouped;
use super::notation::lost;
use super::report::Finding;
use super::source::Place;

/// The first date of a kind, and how many there are.
#[derive(Clone, Debug)]
struct Met {
    text: String,
    place: Place,
    rows: usize,
}

/// Reads dates, and remembers those that are in an order which was not declared.
pub struct Dates<'f> {
    form: DateForm,
    /// The file they stand in.
    file: &'f str,
    /// Whether the first date named an hour.
    have_time: Option<bool>,
    /// The last text that could be read, and what it says: rows of an order, and orders of a day, follow one another.
    last: (String, Option<Moment>),
    day_first: Option<Met>,
    month_first: Option<Met>,
    either: Option<Met>,
    serial: Option<Met>,
}

impl<'f> Dates<'f> {
    /// Dates of a form.
    pub fn new(form: DateForm, file: &'f str) -> Self {
        let last = (String::new(), None);
        Self { form, file, have_time: None, last, day_first: None, month_first: None, either: None, serial: None }
    }

    /// Whether they name days only, not hours.
    pub fn are_days(&self) -> bool {
        self.have_time == Some(false)
    }

    /// Whether a date may name an hour, or none, unlike the first one: a spreadsheet's number for a midnight has no fraction.
    fn may_differ(&self) -> bool {
        self.form.order == DateOrder::Serial
    }

    /// Whether a text is another date than one.
    pub fn is_other(&mut self, text: &str, first: Moment) -> bool {
        self.moment(text).is_ok_and(|moment| moment.seconds != first.seconds)
    }

    fn moment(&mut self, text: &str) -> Result<Moment, Fault> {
        let (last, moment) = &mut self.last;
        if let Some(moment) = moment
            && last == text
        {
            return Ok(*moment);
        }
        let read = Moment::parse_in(text, self.form)?;
        last.clear();
        last.push_str(text);
        *moment = Some(read);
        Ok(read)
    }

    /// Reads a date; why one cannot be read is reported, at once or by [`Self::report`].
    pub fn read(&mut self, cx: &Context<'_>, text: &str, place: Place) -> Option<Moment> {
        let moment = match self.moment(text) {
            Ok(moment) => moment,
            Err(fault) => {
                let kind = match fault {
                    Fault::Undeclared(DateOrder::DayFirst, _) => &mut self.day_first,
                    Fault::Undeclared(DateOrder::MonthFirst, _) => &mut self.month_first,
                    Fault::Undeclared(..) => &mut self.serial,
                    Fault::Ambiguous(..) => &mut self.either,
                    fault => {
                        cx.sink.push(self.told(text, place, &fault));
                        return None;
                    }
                };
                kind.get_or_insert_with(|| Met { text: text.to_string(), place, rows: 0 }).rows += 1;
                return None;
            }
        };
        let has_time = *self.have_time.get_or_insert(moment.has_time);
        if self.may_differ() {
            self.have_time = Some(has_time || moment.has_time);
            return Some(moment);
        }
        if has_time != moment.has_time {
            let (this, others) = if has_time { ("no hour", "one") } else { ("an hour", "none") };
            let message = format!("this date has {this}, the first one has {others}");
            let finding = Finding::error("mixed-dates", place, message).about("date");
            let help = "give every row its hour, or leave the hours out of all of them";
            cx.sink.push(finding.expected("dates that all name an hour, or none of them").help(help));
            return None;
        }
        Some(moment)
    }

    /// The error about a date that cannot be read in any order.
    fn told(&self, text: &str, place: Place, fault: &Fault) -> Finding {
        let error = |message: String| Finding::error("bad-date", place, message).about("date");
        let form = match self.form.order {
            DateOrder::YearFirst => "2026-05-14, 2026-05-14 11:23, or 2026-05-14 11:23:45 +0100",
            DateOrder::DayFirst => "14/05/2026 or 14/05/2026 11:23, the day in front, or 2026-05-14",
            DateOrder::MonthFirst => "05/14/2026 or 05/14/2026 11:23, the month in front, or 2026-05-14",
            DateOrder::Serial => "a spreadsheet's number for a day, such as 46156.35, or 2026-05-14",
        };
        match fault {
            _ if text.is_empty() => {
                Finding::error("empty", place, "the first row of this order has no date".to_string())
                    .about("date")
                    .expected(form)
            }
            Fault::ShortYear => error(format!("the year of \"{text}\" has two digits")).expected(form).help(
                "write it with four, or say `date_format = \"D/M/YY\"`, \"M/D/YY\" or \"YY-MM-DD\" beside `file`",
            ),
            Fault::Worded(Some(date)) => {
                error(format!("\"{text}\" has its month in words")).expected(form).help(format!("write {date}"))
            }
            Fault::Worded(None) => error(format!("\"{text}\" has its month in words")).expected(form),
            Fault::NoSuchDay => {
                let (other, name) = match self.form.order {
                    DateOrder::DayFirst => (DateOrder::MonthFirst, "M/D/Y"),
                    _ => (DateOrder::DayFirst, "D/M/Y"),
                };
                let is_turned = self.form.order != DateOrder::YearFirst && Moment::parse(text, other).is_ok();
                error(format!("\"{text}\" is no day of the calendar"))
                    .expected(form)
                    .help_if(is_turned.then(|| format!("it is one with `dates = \"{name}\"`")))
            }
            Fault::Zeros => error(format!("\"{text}\" stands for no date"))
                .expected(form)
                .help("take the order out, or give it its date"),
            Fault::Marked(plain) => {
                error(format!("\"{text}\" is no date")).expected(form).help(format!("write {plain}"))
            }
            Fault::Hashes => {
                error(format!("\"{text}\" is no date")).expected(form).help_if(lost(text).map(str::to_string))
            }
            Fault::NoClock => error(format!("the hour of \"{text}\" cannot be read")).expected(form),
            Fault::ZoneName => error(format!("\"{text}\" names a time zone, which may mean several offsets"))
                .expected(form)
                .help("write the offset, such as +0100, or none"),
            Fault::UnixTime => error(format!(
                "\"{text}\" looks like {} since 1970",
                if is_of_milliseconds(text) { "milliseconds" } else { "seconds" }
            ))
            .expected(form)
            .help("have the export write dates"),
            _ => error(format!("\"{text}\" is no date")).expected(form),
        }
    }

    /// Reports dates whose order was not declared, in a sentence for the whole file.
    pub fn report(&self, cx: &Context<'_>) {
        let push = |met: &Met, message: String, help: String, rows: usize| {
            let finding = Finding::error("date-order", met.place, message).about("date").help(help);
            cx.sink.push(if rows > 1 {
                finding.note(format!("{} rows have such dates", grouped(rows)))
            } else {
                finding
            });
        };
        let setting = |order: &str| format!("write `dates = \"{order}\"` beside `file`");
        let file = self.file;
        let rows = |met: &Option<Met>| met.as_ref().map_or(0, |met| met.rows);
        match (&self.day_first, &self.month_first) {
            (Some(day), None) => {
                let message = format!("the dates of {file} have the day in front, such as \"{}\"", day.text);
                push(day, message, setting("D/M/Y"), day.rows + rows(&self.either));
            }
            (None, Some(month)) => {
                let message = format!("the dates of {file} have the month in front, such as \"{}\"", month.text);
                push(month, message, setting("M/D/Y"), month.rows + rows(&self.either));
            }
            (Some(day), Some(month)) => {
                let help = "write all of them as 2026-05-14".to_string();
                let message = format!("\"{}\" has the day in front, other dates of {file} the month", day.text);
                push(day, message, help.clone(), day.rows);
                let message = format!("\"{}\" has the month in front, other dates of {file} the day", month.text);
                push(month, message, help, month.rows);
            }
            (None, None) => {
                if let Some(either) = &self.either
                    && let Err(Fault::Ambiguous(day_first, month_first)) = Moment::parse_in(&either.text, self.form)
                {
                    let message = format!("\"{}\" may be {day_first} or {month_first}", either.text);
                    let help = "say which: `dates = \"D/M/Y\"` for the former, \"M/D/Y\" for the latter, beside `file`"
                        .to_owned();
                    push(either, message, help, either.rows);
                }
            }
        }
        if let Some(serial) = &self.serial
            && let Err(Fault::Undeclared(_, date)) = Moment::parse_in(&serial.text, self.form)
        {
            let message = format!("\"{}\" is a spreadsheet's number for a day, {date}", serial.text);
            let help =
                "write `dates = \"serial\"` beside `file`, or format the column as yyyy-mm-dd before it is saved";
            push(serial, message, help.to_string(), serial.rows);
        }
    }
}

/// Whether a number of seconds or milliseconds since 1970 is one of milliseconds: of these, today's have three digits more.
fn is_of_milliseconds(text: &str) -> bool {
    text.split('.').next().is_some_and(|whole| whole.len() > 10)
}
