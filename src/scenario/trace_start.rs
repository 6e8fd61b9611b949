//! Which day of a trace begins at second 0: the one that `start` names, else that of its first order, which is told where it looks
//! as if the days before it belonged to the trace, too, and just had no orders.

use super::choices::DateOrder;
use super::context::Context;
use super::date::{Moment, date_of};
use super::diagnostic::grouped;
use super::item::Item;
use super::reader::Section;
use super::report::Finding;
use super::source::Place;
use super::trace_span::{Dated, LONG_PAUSE_DAYS};
use super::tree::Value;

/// A trace of whole months has at least so many days.
const FEWEST_DAYS_OF_A_MONTH: i64 = 21;
/// So many days without orders at an end of a month are no reason to doubt that the trace is of the whole month.
const FEW_DAYS: i64 = 7;

/// The first day of a trace.
#[derive(Clone, Copy)]
pub struct Start<'c> {
    /// The day that the scenario names, and where.
    named: Option<(i64, Item<'c>)>,
}

impl<'c> Start<'c> {
    /// Reads `start`; what is wrong with it is reported.
    pub fn read(table: &Section<'c>, order: DateOrder) -> Option<Self> {
        let Some(item) = table.written("start") else { return Some(Self { named: None }) };
        if matches!(item.node.value, Value::Date(_)) {
            let message = "`start` must be a date in quotes".to_string();
            let help = "write it as text: `start = \"2026-05-01\"`";
            table.cx.sink.push(item.error("wrong-type", message).expected(EXPECTED).help(help));
            return None;
        }
        let text = item.name()?;
        match Moment::parse(&text, order) {
            Ok(moment) if !moment.has_time => Some(Self { named: Some((moment.day(), item)) }),
            Ok(moment) => {
                let message = format!("`start` is \"{text}\", which names an hour; a trace begins at midnight");
                let day = date_of(moment.day()).map(|date| format!("write `start = \"{date}\"`"));
                table.cx.sink.push(item.error("bad-date", message).expected(EXPECTED).help_if(day));
                None
            }
            Err(_) => {
                let message = format!("`start` is \"{text}\", which is no date");
                table.cx.sink.push(item.error("bad-date", message).expected(EXPECTED));
                None
            }
        }
    }

    /// The day that begins at second 0, of a trace in `file` with orders of these days. Orders before it are to be left out, which is
    /// told; `None` where that would leave none, which is an error.
    pub fn day(self, cx: &Context<'_>, file: &str, orders: &[Dated]) -> Option<i64> {
        let (first, last) = (orders.iter().min_by_key(|order| order.0)?, orders.iter().max_by_key(|order| order.0)?);
        let Some((start, item)) = self.named else {
            warn_of_empty_days(cx, file, *first, last.0);
            return Some(first.0);
        };
        if last.0 < start {
            let message = format!("no order of {file} is as late as `start`, {}", named(start));
            let expected = format!("a day from {} to {}", named(first.0), named(last.0));
            cx.sink.push(item.error("out-of-range", message).expected(expected));
            return None;
        }
        let mut before: Vec<Place> = orders.iter().filter(|order| order.0 < start).map(|order| order.1).collect();
        before.sort_unstable();
        if let Some(&place) = before.first() {
            let message = format!("this order is left out: it is before the trace's `start`, {}", named(start));
            let finding = Finding::warning("before-the-start", place, message).about("date");
            cx.sink.push(match before.len() {
                1 => finding,
                2 => finding.note("another order is left out, too"),
                more => finding.note(format!("{} other orders are left out, too", grouped(more - 1))),
            });
        }
        let empty = first.0 - start;
        if empty > LONG_PAUSE_DAYS && empty > last.0 - first.0 + 1 {
            let message = format!(
                "with this `start` the trace has {} days without an order before its first one, on {}",
                grouped(empty as usize),
                named(first.0)
            );
            let finding = Finding::warning("trace-span", item.node.at, message).about("start");
            cx.sink.push(finding.help("if the year is mistyped, mend it"));
        }
        Some(start)
    }
}

const EXPECTED: &str = "a day, the year in front, such as \"2026-05-01\"";

fn named(day: i64) -> String {
    date_of(day).map_or_else(|| "a day beyond the calendar".to_string(), |date| date.to_string())
}

/// Warns where a trace seems to be of whole months, as exports are, and its first day is not a month's first: the days before it
/// may have had no orders, and without `start` all others move up.
fn warn_of_empty_days(cx: &Context<'_>, file: &str, (first, place): Dated, last: i64) {
    let Some(month) = whole_months(first, last) else { return };
    let (first, last) = (named(first), named(last));
    let message =
        format!("day 0 of the run is {first}, that of the first order, though {file} looks like whole months");
    let finding = Finding::warning("trace-start", place, message).about("date");
    let finding = finding.note(format!("its orders go to {last}; days without orders in front of them are not known"));
    cx.sink.push(finding.help(format!(
        "write `start = \"{}\"` beside `file` if the days before had no orders, else `start = \"{first}\"`",
        named(month)
    )));
}

/// The first day of the month of a trace's first day, where that is another and the trace seems to be of whole months.
fn whole_months(first: i64, last: i64) -> Option<i64> {
    let (begins, ends) = (date_of(first)?, date_of(last)?);
    let missing = i64::from(begins.day()) - 1;
    let left = i64::from(ends.days_in_month()) - i64::from(ends.day());
    let is_of_months = (1..FEW_DAYS).contains(&missing) && left < FEW_DAYS && last - first >= FEWEST_DAYS_OF_A_MONTH;
    is_of_months.then_some(first - missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::choices::DateOrder;

    #[test]
    fn a_trace_of_whole_months_may_lack_its_first_days() {
        let day = |text: &str| Moment::parse(text, DateOrder::YearFirst).expect("a date").day();
        let months = |first: &str, last: &str| whole_months(day(first), day(last)).map(named);
        assert_eq!(months("2014-01-03", "2017-12-30").as_deref(), Some("2014-01-01"));
        assert_eq!(months("2026-05-02", "2026-05-31").as_deref(), Some("2026-05-01"));
        assert_eq!(months("2026-05-01", "2026-05-31"), None, "nothing is missing");
        assert_eq!(months("2026-05-14", "2026-06-30"), None, "it begins within a month");
        assert_eq!(months("2026-05-02", "2026-06-16"), None, "it ends within a month");
        assert_eq!(months("2026-01-29", "2026-01-31"), None, "three days are no month");
    }
}
